/*
title: What does a country control, and which technologies and sectors depend on it?
parameters:
  - {name: country, type: country, required: true, help: "The country", example: China}
  - {name: threshold, type: number, default: "50", unit: "%", help: "The share of world output from which on the country holds a product, in percent", example: "30"}
  - {name: stage, type: stage, help: "Only this stage of the value chain", example: separation-refining}
  - {name: sector, type: sector, help: "Only what reaches this sector", example: defence}
columns:
  - {name: product, type: text, meaning: "What the country makes"}
  - {name: stage, type: text, meaning: "Stage of the value chain"}
  - {name: share, type: share, meaning: "Its share of the world's output"}
  - {name: bound, type: text, meaning: "`at most` or `at least` where the share is only a bound"}
  - {name: period, type: text, meaning: "Period of the share"}
  - {name: source, type: text, meaning: "Source of the share"}
  - {name: rank, type: integer, meaning: "The country's place among the makers of the product"}
  - {name: essential_in, type: list, meaning: "Technologies of which most of the market cannot do without it"}
  - {name: also_in, type: list, meaning: "Technologies in which it is optional, supporting, or needed by a type of which no source says that it is most of the market"}
  - {name: sectors, type: list, meaning: "Sectors that the technologies serve that cannot do without it; with --sector only that one"}
  - {name: feeds, type: list, meaning: "Products of other materials that are made out of it or of what it becomes"}
  - {name: forms, type: list, detail: true, meaning: "The products by which it enters the technologies"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
  - {name: stage_id, type: text, detail: true, meaning: "Id of the stage"}
finding:
  - "{country} makes {threshold} or more of the world's output of {rows:product|products}, first {product} ({bound} {share}, {period}; {source}); technologies that cannot do without them: {essential_in:count}, in {sectors:count:sector|sectors} ({sectors:list})."
  - "{country} makes {threshold} or more of the world's output of {rows:product|products}, first {product} ({share}, {period}; {source}); technologies that cannot do without them: {essential_in:count}, in {sectors:count:sector|sectors} ({sectors:list})."
  - "{country} makes {threshold} or more of the world's output of {rows:product|products}, first {product} ({share}, {period}; {source}); in the data no technology needs one of them without alternative."
nothing: "No product of which {country} makes {threshold} or more of the world's output is in the data for what was asked."
caveats:
  - A share of output is no control; who owns the mines and plants, and what stays at home, is not in the data.
  - Uses are curated and incomplete, so that a technology that is not listed is not shown to be safe.
  - Customs codes under which a country exports are no output and are not counted.
  - Products without a figure are not held here because nothing is known; see `data-gaps`.
method: "Headline share of world output at least the threshold. Product → technologies that need it: the forms that enter them and all that these are made of (NEEDS, docs/methods.md) → serves sector. Needed: by half of the technology's market or more. Rank by headline share."
data_needed: [MAKES, NEEDS]
examples: ["orepath ask country-reach --country China", "orepath ask country-reach --country Chile --threshold 20", "orepath ask country-reach --country CN --sector defence --stage extraction"]
*/
MATCH (country:Economy:Country {id: $country})-[:HAS]->(:Industry)-[makes:MAKES]->(product:Product)-[:AT_STAGE]->(level:Stage)
WHERE $stage IS NULL OR level.id = $stage
WITH country, makes, product, level, coalesce(makes.share, makes.share_low, makes.share_high) AS share
WHERE share >= $threshold / 100
// Who needs it, as a form that enters a technology or as what that is made of.
OPTIONAL MATCH (product)<-[need:NEEDS]-(technology:Technology)
WHERE $sector IS NULL OR EXISTS { (technology)-[:SERVES]->(:Sector {id: $sector}) }
WITH makes, product, level, share, country, need, technology ORDER BY technology.name
WITH makes, product, level, share, country, collect(need) AS needs,
     collect(CASE WHEN need.weight >= 0.5 THEN technology END) AS needed,
     collect(CASE WHEN coalesce(need.weight, 0.0) < 0.5 THEN technology END) AS others
WITH *, COLLECT { UNWIND needed AS technology MATCH (technology)-[:SERVES]->(served:Sector) WHERE $sector IS NULL OR served.id = $sector
                  RETURN DISTINCT served.name AS name ORDER BY name } AS sectors
WHERE $sector IS NULL OR size(needed) > 0
RETURN product.name AS product, level.name AS stage, share,
       CASE WHEN makes.share IS NULL THEN CASE WHEN makes.share_low IS NULL THEN 'at most' ELSE 'at least' END END AS bound,
       makes.period AS period, makes.share_source AS source,
       1 + COUNT { MATCH (product)<-[other:MAKES]-(:Industry)
                   WHERE coalesce(other.share, other.share_low, other.share_high) > share } AS rank,
       [t IN needed | t.name] AS essential_in, [t IN others | t.name] AS also_in, sectors,
       COLLECT { MATCH (product)-[:INPUT_TO*1..3]->(fed:Product)
                 WHERE NOT EXISTS { MATCH (fed)-[:FORM_OF]->(:Material)<-[:FORM_OF]-(product) }
                 RETURN DISTINCT fed.name AS name ORDER BY name } AS feeds,
       COLLECT { UNWIND needs AS n UNWIND n.forms AS id MATCH (form:Product {id: id}) RETURN DISTINCT form.name AS name ORDER BY name } AS forms,
       COLLECT { UNWIND needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id } AS use_sources,
       all(n IN needs WHERE n.verified) AS verified, product.id AS product_id, level.id AS stage_id
ORDER BY share DESC, level.position, product_id
