/*
title: Which of a sector's materials come mainly from one country?
parameters:
  - {name: sector, type: sector, required: true, help: "The sector", example: defence}
  - {name: threshold, type: number, default: "50", unit: "%", help: "The share that counts as exposure, in percent", example: "65"}
  - {name: measure, type: choice, default: world-output, choices: [world-output, sourcing], help: "Share of the world's output, or of the importer's sourcing", example: sourcing}
  - {name: importer, type: economy, default: EU, help: "The market whose sourcing counts", example: EU}
columns:
  - {name: material, type: text, meaning: "The material of which the product is a form"}
  - {name: product, type: text, meaning: "A product that enters a technology of the sector, or of which that is made"}
  - {name: stage, type: text, meaning: "Stage of the value chain"}
  - {name: country, type: text, meaning: "The country that holds the share"}
  - {name: share, type: share, meaning: "Its share"}
  - {name: bound, type: text, meaning: "`at most` where a producer withholds its figure, so that the total may leave it out; `at least` for a limit"}
  - {name: share_of, type: text, meaning: "What the share is of: world output, the importer's sourcing (own production and imports), its imports only, or its use"}
  - {name: period, type: text, meaning: "Period of the share"}
  - {name: essential_in, type: list, meaning: "Technologies of the sector of which most of the market cannot do without it"}
  - {name: also_in, type: list, meaning: "Technologies in which it is optional, supporting, or needed by a type of which no source says that it is most of the market"}
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
  - Products that the sector's technologies cannot do without stand first; what is optional or needed by some types only stands in a column of its own.
  - Materials without a share at any stage are not exposed here because nothing is known; see `data-gaps`.
method: "Sector ← technology → products that it needs: the forms that enter it and all that these are made of (NEEDS, docs/methods.md). Needed: by half of the technology's market or more. Headline share of world output, or the published sourcing share where it is measured and the supplier is no member of the market."
data_needed: [MAKES, SUPPLIES, NEEDS]
examples: ["orepath ask sector-exposure --sector defence", "orepath ask sector-exposure --sector automotive --threshold 65 --measure sourcing"]
*/
MATCH (:Sector {id: $sector})<-[:SERVES]-(technology:Technology)-[need:NEEDS]->(product:Product)-[:AT_STAGE]->(stage:Stage)
WITH product, stage, technology, need ORDER BY technology.name
WITH product, stage, collect(need) AS needs, collect(CASE WHEN need.weight >= 0.5 THEN technology.name END) AS essential_in,
     collect(CASE WHEN coalesce(need.weight, 0.0) < 0.5 THEN technology.name END) AS also_in
MATCH (product)-[:FORM_OF]->(material:Material)
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
WITH material, product, stage, country, share, bound, makes, supply, market, essential_in, also_in, needs,
     head(collect(listing)) AS listing
RETURN material.name AS material, product.name AS product, stage.name AS stage, country.name AS country,
       share, bound,
       CASE WHEN $measure <> 'sourcing' THEN 'world output' WHEN supply.share_of = 'supply' THEN 'sourcing of the '
            WHEN supply.share_of = 'use' THEN 'use of the ' ELSE 'imports of the ' END
         + CASE $measure WHEN 'sourcing' THEN market.name ELSE '' END AS share_of,
       CASE $measure WHEN 'sourcing' THEN supply.period ELSE makes.period END AS period, essential_in, also_in,
       CASE WHEN listing IS NULL THEN 'not on the list' WHEN listing.strategic THEN 'strategic'
            WHEN listing.critical THEN 'critical' ELSE 'neither' END AS listed,
       CASE $measure WHEN 'sourcing' THEN supply.source ELSE makes.share_source END AS source,
       COLLECT { UNWIND needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id } AS use_sources,
       all(n IN needs WHERE n.verified) AS verified, material.id AS material_id, product.id AS product_id, country.id AS country_id
ORDER BY size(essential_in) > 0 DESC, share DESC, material_id, product_id, country_id
