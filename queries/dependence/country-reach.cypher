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
  - {name: essential_in, type: list, meaning: "Technologies that cannot do without the material"}
  - {name: also_in, type: list, meaning: "Technologies in which it is optional, supporting, or needed by one type only"}
  - {name: sectors, type: list, meaning: "Sectors that the technologies serve for which the material is essential"}
  - {name: feeds, type: list, meaning: "Products of other materials that are made out of it or of what it becomes"}
  - {name: materials, type: list, detail: true, meaning: "The materials whose uses are listed: its own, or for a product of a group those that are made into it"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
  - {name: stage_id, type: text, detail: true, meaning: "Id of the stage"}
finding:
  - "{country} makes {threshold} or more of the world's output of {rows:product|products}, first {product} ({bound} {share}, {period}; {source}); technologies that cannot do without their materials: {essential_in:count}, in {sectors:count:sector|sectors} ({sectors:list})."
  - "{country} makes {threshold} or more of the world's output of {rows:product|products}, first {product} ({share}, {period}; {source}); technologies that cannot do without their materials: {essential_in:count}, in {sectors:count:sector|sectors} ({sectors:list})."
  - "{country} makes {threshold} or more of the world's output of {rows:product|products}, first {product} ({share}, {period}; {source}); in the data no technology needs one of their materials without alternative."
nothing: "No product of which {country} makes {threshold} or more of the world's output is in the data for what was asked."
caveats:
  - A share of output is no control; who owns the mines and plants, and what stays at home, is not in the data.
  - The uses are those of the material, not of each of its forms; a technology may buy another form than the one held.
  - Customs codes under which a country exports are no output and are not counted.
  - Products without a figure are not held here because nothing is known; see `data-gaps`.
method: "Headline share of world output at least the threshold. Material of the product (for a group's product, the members whose own products are made into it) → used in technology → serves sector; links of need only. Rank by headline share."
data_needed: [MAKES, INPUT_TO, USED_IN]
examples: ["orepath ask country-reach --country China", "orepath ask country-reach --country Chile --threshold 20", "orepath ask country-reach --country CN --sector defence --stage extraction"]
*/
MATCH (country:Economy:Country {id: $country})-[:HAS]->(:Industry)-[makes:MAKES]->(product:Product)-[:AT_STAGE]->(level:Stage)
WHERE $stage IS NULL OR level.id = $stage
WITH country, makes, product, level, coalesce(makes.share, makes.share_low, makes.share_high) AS share
WHERE share >= $threshold / 100
// Whose uses: its own material's; for a group's product, those of the members made into it.
CALL (product) {
  MATCH (product)-[:FORM_OF]->(material:Material) RETURN material
  UNION
  MATCH (product)-[:FORM_OF]->(:Material)<-[:PART_OF*1..2]-(material:Material)<-[:FORM_OF]-(:Product)-[:INPUT_TO*1..3]->(product)
  RETURN material
}
OPTIONAL MATCH (material)-[use:USED_IN]->(technology:Technology)
WHERE use.importance IS NOT NULL // shares and quantities of demand say nothing of need
WITH makes, product, level, share, country, material, technology, max(use.importance STARTS WITH 'essential') AS essential,
     min(use.verified) AS read, collect(DISTINCT use.source) AS stated
ORDER BY material.name, technology.name
WITH makes, product, level, share, country, collect(DISTINCT material.name) AS materials,
     collect(DISTINCT CASE WHEN essential THEN technology END) AS needed,
     collect(DISTINCT CASE WHEN NOT essential THEN technology END) AS others, coalesce(min(read), true) AS verified,
     reduce(s = [], list IN collect(stated) | s + [x IN list WHERE NOT x IN s]) AS use_sources
WITH *, COLLECT { UNWIND needed AS technology MATCH (technology)-[:SERVES]->(served:Sector)
                  RETURN DISTINCT served.name AS name ORDER BY name } AS sectors
WHERE $sector IS NULL OR EXISTS { UNWIND needed AS technology MATCH (technology)-[:SERVES]->(:Sector {id: $sector}) }
RETURN product.name AS product, level.name AS stage, share,
       CASE WHEN makes.share IS NULL THEN CASE WHEN makes.share_low IS NULL THEN 'at most' ELSE 'at least' END END AS bound,
       makes.period AS period, makes.share_source AS source,
       1 + COUNT { MATCH (product)<-[other:MAKES]-(:Industry)
                   WHERE coalesce(other.share, other.share_low, other.share_high) > share } AS rank,
       [t IN needed | t.name] AS essential_in, [t IN others WHERE NOT t IN needed | t.name] AS also_in, sectors,
       COLLECT { MATCH (product)-[:INPUT_TO*1..3]->(fed:Product)
                 WHERE NOT EXISTS { MATCH (fed)-[:FORM_OF]->(:Material)<-[:FORM_OF]-(product) }
                 RETURN DISTINCT fed.name AS name ORDER BY name } AS feeds,
       materials, COLLECT { UNWIND use_sources AS id RETURN id ORDER BY id } AS use_sources, verified, product.id AS product_id, level.id AS stage_id
ORDER BY share DESC, level.position, product_id
