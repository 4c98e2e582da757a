/*
title: Which of a sector's materials come mainly from one country?
parameters:
  - {name: sector, type: sector, required: true, help: "The sector", example: defence}
  - {name: threshold, type: number, default: "50", unit: "%", help: "The share that counts as exposure, in percent", example: "65"}
  - {name: measure, type: choice, default: world-output, choices: [world-output, sourcing], help: "Share of the world's output, or of what the importer has of it, own output and imports together", example: sourcing}
  - {name: importer, type: economy, default: EU, help: "The market whose supply counts", example: EU}
  - {name: as_of, type: date, default: newest, help: "Day on which membership of the market and the EU's list are read; the shares are the newest in the data", example: "2026-02-03"}
columns:
  - {name: material, type: text, meaning: "The material of which the product is a form"}
  - {name: product, type: text, meaning: "A product that enters a technology of the sector, or of which that is made"}
  - {name: stage, type: text, spare: 3, meaning: "Stage of the value chain"}
  - {name: country, type: text, meaning: "The country that holds the share"}
  - {name: share, type: share, meaning: "Its share"}
  - {name: share_low, type: share, meaning: "The same, low end of the interval; of world output the lower bound"}
  - {name: share_high, type: share, meaning: "The same, high end; of world output the upper bound"}
  - {name: bound, type: text, meaning: "`at most` where a producer withholds its figure, so that the total may leave it out; `at least` for a limit"}
  - {name: share_of, type: text, spare: 3, meaning: "What the share is of: world output, or what the importer has, own output and imports together"}
  - {name: known_by, type: text, spare: 2, meaning: "How a share of what the importer has is known: reconciled, trade-only, market-mix, bloc-mix or world-mix"}
  - {name: observed_share, type: share, spare: 2, meaning: "The published or customs share that stands nearest to a share of what the importer has"}
  - {name: observed_of, type: text, spare: 2, meaning: "What that is a share of: imports, supply or use"}
  - {name: period, type: text, spare: 1, meaning: "Period of the share"}
  - {name: essential_in, type: list, meaning: "Technologies of the sector of which most of the market cannot do without it"}
  - {name: also_in, type: list, spare: 2, meaning: "Technologies in which it is optional, supporting, or needed by a type of which no source says that it is most of the market"}
  - {name: listed, type: text, spare: 2, meaning: "strategic, critical, neither, or not on the list, by the EU's newest list on that day"}
  - {name: sources, type: list, meaning: "Sources of the share"}
  - {name: observed_basis, type: text, detail: true, meaning: "Whether the observed share is of mass or of value"}
  - {name: observed_period, type: text, detail: true, meaning: "Period of the observed share"}
  - {name: observed_source, type: text, detail: true, meaning: "Source of the observed share"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: country_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: sure, type: boolean, detail: true, meaning: "Whether the share is over the threshold even at the low end of its interval; such rows stand first"}
finding:
  - "Materials of {sector} of which one country holds over {threshold} of {share_of} at some stage: {material:count}; most often it is {country:most}; in {sure:count=True} of {rows:row|rows} it does so even at the low end of what is known. First, {product}: {country} holds[ {bound}] {share} ({period}[, {share_low:apart=share_high}][, {known_by}]; {sources})."
notes:
  - "The share is of {share_of}; --measure chooses between world output and sourcing."
  - "Of {product} {share_low:to=share_high} by the interval of 90 %; observed is {observed_share} of the {observed_of} ({observed_period}; {observed_source})."
nothing: "No material of {sector} comes to over {threshold} from one country in the data ({measure})."
caveats:
  - The share is of a product, not of the sector's purchases; how much the sector itself buys from whom is not in the data.
  - Products that the sector's technologies cannot do without stand first; what is optional or needed by some types only stands in a column of its own.
  - Materials without a share at any stage are not exposed here because nothing is known; see `data-gaps`.
method: "Sector ← technology → products that it needs: the forms that enter it and all that these are made of (NEEDS, docs/methods.md). Needed: by half of the technology's market or more. Headline share of world output, or the reconciled share of what the importer has (SUPPLIES_MARKET) where the supplier is no member of it."
data_needed: [MAKES, SUPPLIES_MARKET, NEEDS]
examples: ["orepath ask sector-exposure --sector defence", "orepath ask sector-exposure --sector automotive --threshold 65 --measure sourcing"]
*/
MATCH (market:Economy {id: $importer}) WITH market
MATCH (:Sector {id: $sector})<-[:SERVES]-(technology:Technology)-[need:NEEDS]->(product:Product)-[:AT_STAGE]->(stage:Stage)
WITH market, product, stage, technology, need ORDER BY technology.name
WITH market, product, stage, collect(need) AS needs, collect(CASE WHEN need.essential THEN technology.name END) AS essential_in,
     collect(CASE WHEN NOT need.essential THEN technology.name END) AS also_in
MATCH (product)-[:FORM_OF]->(material:Material)
MATCH (country:Country)-[:HAS]->(industry:Industry)-[makes:MAKES]->(product)
OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(market)
WHERE $measure = 'sourcing' AND country <> market AND NOT EXISTS { MATCH (country)-[member:MEMBER_OF]->(market)
      WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of) }
WITH *, CASE $measure WHEN 'sourcing' THEN supply.share ELSE coalesce(makes.share, makes.share_low, makes.share_high) END AS share,
     CASE WHEN $measure = 'sourcing' OR makes.share IS NOT NULL THEN null
          WHEN makes.share_low IS NOT NULL THEN 'at least' ELSE 'at most' END AS bound
WHERE share > $threshold / 100
OPTIONAL MATCH (list:CriticalityList)-[listing:LISTS]->(material) WHERE list.id STARTS WITH 'EU-' AND list.published <= toString($as_of)
WITH * ORDER BY list.year DESC, listing.critical IS NULL
WITH material, product, stage, country, share, bound, makes, supply, market, essential_in, also_in, needs,
     head(collect(listing)) AS listing
RETURN material.name AS material, product.name AS product, stage.name AS stage, country.name AS country,
       share, CASE $measure WHEN 'sourcing' THEN supply.share_low ELSE makes.share_low END AS share_low,
       CASE $measure WHEN 'sourcing' THEN supply.share_high ELSE makes.share_high END AS share_high, bound,
       CASE $measure WHEN 'sourcing' THEN 'what ' + market.name + ' has' ELSE 'world output' END AS share_of,
       supply.method AS known_by, supply.observed_share AS observed_share, supply.observed_of AS observed_of,
       CASE $measure WHEN 'sourcing' THEN supply.period ELSE makes.period END AS period, essential_in, also_in,
       CASE WHEN listing IS NULL THEN 'not on the list' WHEN listing.strategic THEN 'strategic'
            WHEN listing.critical THEN 'critical' ELSE 'neither' END AS listed,
       CASE $measure WHEN 'sourcing' THEN supply.share_sources ELSE [makes.share_source] END AS sources,
       supply.observed_basis AS observed_basis, supply.observed_period AS observed_period, supply.observed_source AS observed_source,
       COLLECT { UNWIND needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id } AS use_sources,
       all(n IN needs WHERE n.verified) AS verified, material.id AS material_id, product.id AS product_id, country.id AS country_id,
       coalesce(CASE $measure WHEN 'sourcing' THEN supply.share_low ELSE coalesce(makes.share_low, makes.share) END > $threshold / 100, false) AS sure
ORDER BY size(essential_in) > 0 DESC, sure DESC, share DESC, material_id, product_id, country_id
