/*
title: What is not known about a material, stage by stage?
parameters:
  - {name: material, type: material, help: "Only this material or group", example: gallium}
  - {name: stage, type: stage, help: "Only this stage", example: extraction}
  - {name: scope, type: choice, default: critical, choices: [critical, strategic, all], help: "Critical or strategic materials of the EU's newest list, or all", example: strategic}
  - {name: as_of, type: date, default: newest, help: "Day whose EU list is taken; the figures are the newest in the data", example: "2026-02-03"}
columns:
  - {name: material, type: text, meaning: "The material"}
  - {name: stage, type: text, spare: 1, meaning: "Stage of the value chain: extraction, or separation and refining"}
  - {name: gap, type: text, meaning: "What is missing"}
  - {name: known, type: text, meaning: "What there is, or why there is nothing to know"}
  - {name: products, type: list, spare: 1, meaning: "The material's products at the stage"}
  - {name: newest, type: text, spare: 1, meaning: "Newest period with an output or share of world supply"}
  - {name: sourcing, type: text, meaning: "The EU's sourcing: measured (a published list), by customs (of a code that is the product or mostly), only in a shared customs code, not measured (a list that repeats the world's), or not in the data"}
  - {name: sources, type: list, meaning: "Sources that report an output or share at the stage"}
  - {name: listed, type: text, detail: true, meaning: "strategic, critical or neither, by the EU's newest list"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: stage_id, type: text, detail: true, meaning: "Id of the stage"}
finding:
  - "Pairs of material and stage with a gap: {rows}. Not in the data is who makes it: {gap:count=who makes it}, where the EU gets it: {gap:count=where the EU gets it}, how many tonnes beside the shares: {gap:count=tonnes}."
nothing: "No gap is found for what was asked."
caveats:
  - "A stage that a material does not have is no gap: a by-product has no mine of its own, and a stage without a product that the EU study does not assess is left out."
  - Only extraction and processing are looked at; `chain-gaps` says what is missing on the way from there to technologies.
  - A group without figures of its own is left out; its members are listed.
method: "Materials of the list × the two stages of the EU study. First what makes the pair known: outputs, shares, sourcing; then the first thing that is missing."
data_needed: [REPORTED_BY, SUPPLIES, LISTS]
examples: ["orepath ask data-gaps", "orepath ask data-gaps --scope strategic --stage extraction", "orepath ask data-gaps --material gallium"]
*/
MATCH (list:CriticalityList) WHERE list.id STARTS WITH 'EU-' AND coalesce(list.published <= toString($as_of), true)
WITH list ORDER BY list.year DESC, list.id LIMIT 1
MATCH (material:Material)
OPTIONAL MATCH (list)-[listing:LISTS]->(material)
WITH list, material, listing ORDER BY listing.critical IS NULL
WITH material, head(collect(listing)) AS listing
WITH material, listing, coalesce(listing.critical, false) AS critical, coalesce(listing.strategic, false) AS strategic
WHERE ($scope = 'all' OR ($scope = 'critical' AND critical) OR ($scope = 'strategic' AND strategic))
  AND ($material IS NULL OR EXISTS { MATCH (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH (level:Stage) WHERE level.id IN ['extraction', 'separation-refining'] AND ($stage IS NULL OR level.id = $stage)
// What there is on the pair.
OPTIONAL MATCH (material)<-[:FORM_OF]-(product:Product)-[:AT_STAGE]->(at:Stage)
WHERE at = level OR (level.study_code = 'P' AND at.study_code = 'P')
WITH material, level, listing, critical, strategic, product ORDER BY product.id
WITH material, level, critical, strategic, collect(product) AS products, CASE level.id WHEN 'extraction'
     THEN listing.supply_risk_extraction ELSE listing.supply_risk_processing END IS NOT NULL AS assessed
CALL (products) {
  UNWIND products AS product
  MATCH (product)<-[:MAKES]-(:Industry)-[report:REPORTED_BY]->(source:Source)
  WHERE report.measure IN ['production', 'share-of-supply'] AND report.status <> 'forecast'
    AND coalesce(report.amount, report.low, report.high) IS NOT NULL
  WITH report, source ORDER BY report.measure, source.id
  RETURN collect(DISTINCT report.measure) AS measures, max(report.period) AS newest, collect(DISTINCT source.id) AS sources
}
// Where the EU gets it: by a published list, or by customs, of a code that is the product or mostly, or of one with others in it.
CALL (products) {
  UNWIND products AS product MATCH (union:Economy {id: 'EU27'})
  OPTIONAL MATCH (product)<-[:MAKES]-(:Industry)-[supply:SUPPLIES]->(union)
  WITH product, union, count(supply) AS lists, max(supply.measured) AS listed
  RETURN sum(lists) AS supplies, max(listed) AS measured, collect(DISTINCT head(COLLECT {
    MATCH (product)<-[code:CLASSIFIES]-(:TradeCode)<-[:SHIPS]-(seller:Industry) WHERE code.specificity IN ['exact', 'dominant', 'shared']
      AND (EXISTS { (seller)-[:SUPPLIES {measured: true}]->(union) }
           OR EXISTS { MATCH (seller)-[:EXPORTS_TO {reporter_side: 'importer'}]->(buyer) WHERE buyer = union OR (buyer)-[:MEMBER_OF]->(union) })
    RETURN DISTINCT code.specificity <> 'shared' AS own ORDER BY own DESC })) AS customs
}
WITH *, CASE WHEN measured THEN 'measured' WHEN true IN customs THEN 'by customs' WHEN false IN customs THEN 'only in a shared customs code'
             WHEN supplies > 0 THEN 'not measured' ELSE 'not in the data' END AS sourcing
WITH *, COLLECT { MATCH (material)-[:BYPRODUCT_OF]->(host:Material) RETURN DISTINCT host.name AS name ORDER BY name } AS hosts
WITH *, CASE WHEN size(products) = 0 AND (size(hosts) > 0 OR NOT assessed) THEN null // it has no such stage
             WHEN size(measures) = 0 AND material.kind = 'group' THEN null // its members are listed
             WHEN size(measures) = 0 THEN 'who makes it'
             WHEN NOT sourcing IN ['measured', 'by customs'] THEN 'where the EU gets it'
             WHEN NOT 'production' IN measures THEN 'tonnes' END AS gap
WHERE gap IS NOT NULL
RETURN material.name AS material, level.name AS stage, gap,
       CASE WHEN size(measures) > 0 THEN replace(reduce(s = head(measures), m IN tail(measures) | s + ', ' + m), '-', ' ')
            WHEN size(products) = 0 THEN 'no product at this stage in the data' ELSE 'products without figures' END
       + CASE WHEN size(hosts) = 0 THEN '' ELSE '; recovered as a by-product of '
              + reduce(s = head(hosts), h IN tail(hosts) | s + ', ' + h) END AS known,
       [p IN products | p.name] AS products, newest, sourcing, sources,
       CASE WHEN strategic THEN 'strategic' WHEN critical THEN 'critical' ELSE 'neither' END AS listed,
       material.id AS material_id, level.id AS stage_id
ORDER BY CASE gap WHEN 'who makes it' THEN 0 WHEN 'where the EU gets it' THEN 1 ELSE 2 END, material_id, level.position
