/*
title: What does a country control, and which technologies and sectors depend on it?
parameters:
  - {name: country, type: country, required: true, help: "The country", example: China}
  - {name: threshold, type: number, default: "50", unit: "%", help: "The share of world output from which on the country holds a product, in percent", example: "30"}
  - {name: stage, type: stage, help: "Only this stage of the value chain", example: separation-refining}
  - {name: sector, type: sector, help: "Only what reaches this sector", example: defence}
  - {name: importer, type: economy, default: EU, help: "The market whose supply is within reach", example: Japan}
columns:
  - {name: product, type: text, meaning: "What the country makes"}
  - {name: stage, type: text, spare: 3, meaning: "Stage of the value chain"}
  - {name: share, type: share, meaning: "Its share of the world's output"}
  - {name: bound, type: text, meaning: "`at most` or `at least` where the share is only a bound"}
  - {name: period, type: text, spare: 1, meaning: "Period of the share"}
  - {name: source, type: text, meaning: "Source of the share"}
  - {name: rank, type: integer, spare: 3, meaning: "The country's place among the makers of the product"}
  - {name: market_share, type: share, meaning: "Its share of what the market has of it; absent where not known"}
  - {name: market_low, type: share, meaning: "The same, low end of the interval"}
  - {name: market_high, type: share, meaning: "The same, high end"}
  - {name: essential_in, type: list, meaning: "Technologies of which most of the market cannot do without it"}
  - {name: also_in, type: list, spare: 2, meaning: "Technologies in which it is optional, supporting, or needed by a type of which no source says that it is most of the market"}
  - {name: sectors, type: list, meaning: "Sectors that the technologies serve that cannot do without it; with --sector only that one"}
  - {name: feeds, type: list, spare: 2, meaning: "Products of other materials that are made out of it or of what it becomes"}
  - {name: reach, type: list, detail: true, meaning: "The country's reach on each sector, from 0 to 1, the widest first"}
  - {name: market, type: text, detail: true, meaning: "The market"}
  - {name: market_period, type: text, detail: true, meaning: "Period of the share of what the market has"}
  - {name: known_by, type: text, detail: true, meaning: "How that share is known: reconciled, trade-only, market-mix, bloc-mix or world-mix"}
  - {name: market_sources, type: list, detail: true, meaning: "Sources of that share"}
  - {name: forms, type: list, detail: true, meaning: "The products by which it enters the technologies"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: stage_id, type: text, detail: true, meaning: "Id of the stage"}
finding:
  - "{country} makes {threshold} or more of the world's output of {rows:product|products}, first {product} ({bound} {share}, {period}; {source}); technologies that cannot do without them: {essential_in:count}, in {sectors:count:sector|sectors} ({sectors:list})."
  - "{country} makes {threshold} or more of the world's output of {rows:product|products}, first {product} ({share}, {period}; {source}); technologies that cannot do without them: {essential_in:count}, in {sectors:count:sector|sectors} ({sectors:list})."
  - "{country} makes {threshold} or more of the world's output of {rows:product|products}, first {product} ({share}, {period}; {source}); in the data no technology needs one of them without alternative."
notes:
  - "Reach of {country} on sectors by what {market} has, from 0 (nothing that they need passes through it) to 1 (everything does at some stage): {reach}."
  - "Of what {market} has of {product}, {market_share} is made there ([{market_low:apart=market_high}; ]{market_period}; {known_by})."
nothing: "No product of which {country} makes {threshold} or more of the world's output is in the data for what was asked."
caveats:
  - Reach takes the stages of a material to be cut independently, the largest share at each, and says nothing of how much a sector would lose; `what-if` carries a loss down the chain.
  - A share of output is no control; `ownership` has what documents say of who owns the mines and plants, and what stays at home is not in the data.
  - Uses are curated and incomplete, so that a technology that is not listed is not shown to be safe.
  - Customs codes under which a country exports are no output and are not counted.
  - Products without a figure are not held here because nothing is known; see `data-gaps`.
method: "Headline share of world output at least the threshold. Product → technologies that need it: the forms that enter them and all that these are made of (NEEDS, docs/methods.md) → serves sector. Needed: by half of the technology's market or more. Rank by headline share. Reach on a sector = sum over materials of w (1 - product over stages of (1 - share)): w the part of the sector's technologies that need the material, each by the part of its market that does, so that they sum to one; share that of what the market has (where only the world's mix is known, no more than that of world output), of world output where that is not known."
data_needed: [MAKES, SUPPLIES_MARKET, NEEDS]
examples: ["orepath ask country-reach --country China", "orepath ask country-reach --country Chile --threshold 20", "orepath ask country-reach --country CN --sector defence --stage extraction --importer Japan"]
*/
MATCH (country:Economy:Country {id: $country}) WITH country MATCH (market:Economy {id: $importer})
// part: sectors
MATCH (country)-[:HAS]->(industry:Industry)-[makes:MAKES]->(product:Product)-[:AT_STAGE]->(level:Stage)
WHERE $stage IS NULL OR level.id = $stage
OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(market)
WITH country, market, reach, makes, supply, product, level, coalesce(makes.share, makes.share_low, makes.share_high) AS share
WHERE share >= $threshold / 100
// Who needs it, as a form that enters a technology or as what that is made of.
OPTIONAL MATCH (product)<-[need:NEEDS]-(technology:Technology)
WHERE $sector IS NULL OR EXISTS { (technology)-[:SERVES]->(:Sector {id: $sector}) }
WITH market, reach, makes, supply, product, level, share, country, need, technology ORDER BY technology.name
WITH market, reach, makes, supply, product, level, share, country, collect(need) AS needs,
     collect(CASE WHEN need.essential THEN technology END) AS needed,
     collect(CASE WHEN NOT need.essential THEN technology END) AS others
WITH *, COLLECT { UNWIND needed AS technology MATCH (technology)-[:SERVES]->(served:Sector) WHERE $sector IS NULL OR served.id = $sector
                  RETURN DISTINCT served.name AS name ORDER BY name } AS sectors
WHERE $sector IS NULL OR size(needed) > 0
RETURN product.name AS product, level.name AS stage, share,
       CASE WHEN makes.share IS NULL THEN CASE WHEN makes.share_low IS NULL THEN 'at most' ELSE 'at least' END END AS bound,
       makes.period AS period, makes.share_source AS source,
       1 + COUNT { MATCH (product)<-[other:MAKES]-(:Industry)
                   WHERE coalesce(other.share, other.share_low, other.share_high) > share } AS rank,
       supply.share AS market_share, supply.share_low AS market_low, supply.share_high AS market_high,
       [t IN needed | t.name] AS essential_in, [t IN others | t.name] AS also_in, sectors,
       COLLECT { MATCH (product)-[:INPUT_TO*1..3]->(fed:Product)
                 WHERE NOT EXISTS { MATCH (fed)-[:FORM_OF]->(:Material)<-[:FORM_OF]-(product) }
                 RETURN DISTINCT fed.name AS name ORDER BY name } AS feeds,
       reach, market.name AS market, supply.period AS market_period, supply.method AS known_by, supply.share_sources AS market_sources,
       COLLECT { UNWIND needs AS n UNWIND n.forms AS id MATCH (form:Product {id: id}) RETURN DISTINCT form.name AS name ORDER BY name } AS forms,
       COLLECT { UNWIND needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id } AS use_sources,
       all(n IN needs WHERE n.verified) AS verified, product.id AS product_id, level.id AS stage_id
ORDER BY share DESC, level.position, product_id
