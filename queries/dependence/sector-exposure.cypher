/*
title: Which of a sector's materials come mainly from one country?
parameters:
  - {name: sector, type: sector, required: true, help: "The sector", example: defence}
  - {name: threshold, type: number, default: "50", unit: "%", help: "The share that counts as exposure, in percent", example: "65"}
  - {name: measure, type: choice, default: world-output, choices: [world-output, sourcing], help: "Share of the world's output, or of the importer's sourcing", example: sourcing}
  - {name: importer, type: economy, default: EU, help: "The market whose sourcing counts", example: EU}
columns:
  - {name: material, type: text, meaning: "A material that a technology of the sector uses"}
  - {name: product, type: text, meaning: "The product in question"}
  - {name: stage, type: text, meaning: "Stage of the value chain"}
  - {name: country, type: text, meaning: "The country that holds the share"}
  - {name: share, type: share, meaning: "Its share"}
  - {name: bound, type: text, meaning: "`at most` where a producer withholds its figure, so that the total may leave it out; `at least` for a limit"}
  - {name: share_of, type: text, meaning: "What the share is of: world output, the importer's sourcing (own production and imports), or its imports only"}
  - {name: period, type: text, meaning: "Period of the share"}
  - {name: essential_in, type: list, meaning: "Technologies of the sector that cannot do without the material"}
  - {name: also_in, type: list, meaning: "Technologies in which it is optional, supporting, or needed by one type only"}
  - {name: listed, type: text, meaning: "strategic, critical, neither, or not on the list, by the EU's newest list"}
  - {name: source, type: text, meaning: "Source of the share"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: material_id, type: text, detail: true, meaning: "Id of the material"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
  - {name: country_id, type: text, detail: true, meaning: "ISO 3166-1 alpha-3"}
finding:
  - "Materials of {sector} of which one country holds over {threshold} of {share_of} at some stage: {material:count}; most often it is {country:most}; the highest share is {country}'s {bound} {share} of {product} ({period}; {source})."
  - "Materials of {sector} of which one country holds over {threshold} of {share_of} at some stage: {material:count}; most often it is {country:most}; the highest share is {country}'s {share} of {product} ({period}; {source})."
notes:
  - "The share is of {share_of}; --measure chooses between world output and sourcing."
nothing: "No material of {sector} comes to over {threshold} from one country in the data ({measure})."
caveats:
  - The share is of a product, not of the sector's purchases; how much the sector itself buys from whom is not in the data.
  - Every form of the material is listed, also one that the sector may not buy (solar wafers, ferro-alloys); which form it buys is not in the data.
  - A use that is optional or needed by one type of a technology only stands in a column of its own.
  - Materials without a share at any stage are not exposed here because nothing is known; see `data-gaps`.
method: "Sector ← technology ← material; products of the material, and those of its group that are made out of them. Headline share of world output, or the published sourcing share where it is measured and the supplier is no member of the market."
data_needed: [MAKES, SUPPLIES, USED_IN]
examples: ["orepath ask sector-exposure --sector defence", "orepath ask sector-exposure --sector automotive --threshold 65 --measure sourcing"]
*/
MATCH (sector:Sector {id: $sector})<-[:SERVES]-(technology:Technology)<-[use:USED_IN]-(material:Material)
WHERE use.importance IS NOT NULL // shares and quantities of demand say nothing of need
WITH material, technology, max(use.importance STARTS WITH 'essential') AS essential,
     min(use.verified) AS verified, collect(DISTINCT use.source) AS sources
ORDER BY technology.name
WITH material, collect(CASE WHEN essential THEN technology.name END) AS essential_in,
     collect(CASE WHEN NOT essential THEN technology.name END) AS also_in, min(verified) AS verified,
     reduce(s = [], list IN collect(sources) | s + [x IN list WHERE NOT x IN s]) AS use_sources
// Its own products, and those of its group that are made out of its own (magnets from neodymium).
CALL (material) {
  MATCH (material)<-[:FORM_OF]-(product:Product) RETURN product
  UNION
  MATCH (material)<-[:FORM_OF]-(:Product)-[:INPUT_TO*1..3]->(product:Product)-[:FORM_OF]->(:Material)<-[:PART_OF*1..2]-(material)
  RETURN product
}
MATCH (product)-[:AT_STAGE]->(stage:Stage)
MATCH (country:Country)-[:HAS]->(industry:Industry)-[makes:MAKES]->(product)
// The sourcing share by the evidence that leads.
OPTIONAL MATCH (market:Economy {id: $importer})
WITH *, COLLECT {
       MATCH (industry)-[supply:SUPPLIES]->(market)
       WHERE supply.measured AND supply.share IS NOT NULL AND country <> market
         AND NOT EXISTS { MATCH (country)-[member:MEMBER_OF]->(market) WHERE member.until IS NULL }
         AND EXISTS { (product)-[:SOURCING_KNOWN_FROM {market: market.id, period: supply.period, precedence: 1}]->(:Source {id: supply.source}) }
       RETURN supply }[0] AS supply
WITH *, CASE $measure WHEN 'sourcing' THEN supply.share ELSE coalesce(makes.share, makes.share_low, makes.share_high) END AS share,
     CASE WHEN $measure = 'sourcing' OR makes.share IS NOT NULL THEN null
          WHEN makes.share_low IS NOT NULL THEN 'at least' ELSE 'at most' END AS bound
WHERE share > $threshold / 100
OPTIONAL MATCH (list:CriticalityList)-[listing:LISTS]->(material) WHERE list.id STARTS WITH 'EU-'
WITH * ORDER BY list.year DESC
WITH material, product, stage, country, share, bound, makes, supply, market, essential_in, also_in, verified, use_sources,
     head(collect(listing)) AS listing
RETURN material.name AS material, product.name AS product, stage.name AS stage, country.name AS country,
       share, bound,
       CASE WHEN $measure <> 'sourcing' THEN 'world output' // only the EU study counts own production in
            WHEN supply.source STARTS WITH 'eu-crm' THEN 'sourcing of the ' ELSE 'imports of the ' END
         + CASE $measure WHEN 'sourcing' THEN market.name ELSE '' END AS share_of,
       CASE $measure WHEN 'sourcing' THEN supply.period ELSE makes.period END AS period, essential_in, also_in,
       CASE WHEN listing IS NULL THEN 'not on the list' WHEN listing.strategic THEN 'strategic'
            WHEN listing.critical THEN 'critical' ELSE 'neither' END AS listed,
       CASE $measure WHEN 'sourcing' THEN supply.source ELSE makes.share_source END AS source,
       COLLECT { UNWIND use_sources AS id RETURN id ORDER BY id } AS use_sources,
       verified, material.id AS material_id, product.id AS product_id, country.id AS country_id
ORDER BY share DESC, material_id, product_id, country_id
