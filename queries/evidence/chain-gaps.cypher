/*
title: Which products on the way to our technologies have no known makers or no known trade?
parameters:
  - {name: sector, type: sector, help: "Only what technologies of this sector need", example: automotive}
  - {name: material, type: material, help: "Only products of this material or group", example: rare-earths}
  - {name: stage, type: stage, help: "Only this stage", example: metal-making-alloying}
columns:
  - {name: product, type: text, meaning: "A product that technologies need, itself or in what is made of it"}
  - {name: stage, type: text, meaning: "Stage of the value chain"}
  - {name: missing, type: text, meaning: "`makers`, `trade`, or `makers and trade`"}
  - {name: makers, type: integer, meaning: "Countries with a share of the world's output by the evidence that leads"}
  - {name: codes, type: list, meaning: "Customs codes that are the product, or mostly"}
  - {name: without_flows, type: list, meaning: "Those of them of which no flow is in the data, in the nomenclature that covers most of them: unknown, not zero"}
  - {name: technologies, type: list, meaning: "Technologies of which most of the market cannot do without it"}
  - {name: also_in, type: list, detail: true, meaning: "Technologies that use it otherwise"}
  - {name: sources, type: list, detail: true, meaning: "Sources of the uses by which it is on the way to a technology"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
  - {name: stage_id, type: text, detail: true, meaning: "Id of the stage"}
finding:
  - "Products on the way to technologies of which something is missing: {rows}. Makers: {missing:count=makers}, trade: {missing:count=trade}, both: {missing:count=makers and trade}; the one that most technologies need is {product} ({missing})."
nothing: "Of all products on the way to the technologies asked for, makers and trade are in the data."
caveats:
  - Trade counts only where every customs code that is the product, or mostly, has flows; codes that hold several products say nothing of one of them.
  - A product without a customs code of its own, as most alloys and components are, has no trade that could be known.
method: "Products that technologies need (NEEDS). Makers: headline shares. Trade: reconciled flows under all exact and dominant codes of one edition of the Harmonized System."
data_needed: [NEEDS, MAKES, SHIPS, CLASSIFIES, EXPORTS_TO, specificity]
examples: ["orepath ask chain-gaps", "orepath ask chain-gaps --sector automotive", "orepath ask chain-gaps --material rare-earths"]
*/
MATCH (technology:Technology)-[need:NEEDS]->(product:Product)
WHERE ($sector IS NULL OR EXISTS { (technology)-[:SERVES]->(:Sector {id: $sector}) })
  AND ($material IS NULL OR EXISTS { (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH (product)-[:AT_STAGE]->(stage:Stage) WHERE $stage IS NULL OR stage.id = $stage
WITH product, stage, technology, need ORDER BY technology.name
WITH product, stage, collect(CASE WHEN need.weight >= 0.5 THEN technology.name END) AS technologies,
     collect(CASE WHEN coalesce(need.weight, 0.0) < 0.5 THEN technology.name END) AS also_in, collect(need) AS needs
// Of the nomenclature in which reconciled trade covers most of the product's codes: these, and those without flows.
OPTIONAL CALL (product) {
  MATCH (product)<-[covers:CLASSIFIES]-(code:TradeCode)
  WHERE covers.specificity IN ['exact', 'dominant'] AND code.id STARTS WITH 'hs' AND size(code.code) >= 6
  WITH DISTINCT head(split(code.id, '/')) AS nomenclature, code,
       EXISTS { MATCH (code)<-[:SHIPS]-(:Industry)-[:EXPORTS_TO {reporter_side: 'reconciled'}]->(:Economy) } AS traded
  ORDER BY code.id
  WITH nomenclature, collect(code.id) AS codes, collect(CASE WHEN NOT traded THEN code.id END) AS dark
  RETURN codes, dark ORDER BY size(dark) = size(codes), size(dark), nomenclature DESC LIMIT 1
}
WITH *, COUNT { MATCH (product)<-[makes:MAKES]-(:Industry) WHERE makes.method IS NOT NULL } AS makers
WITH *, CASE WHEN makers = 0 THEN ['makers'] ELSE [] END
     + CASE WHEN codes IS NULL OR size(dark) > 0 THEN ['trade'] ELSE [] END AS gaps
WHERE size(gaps) > 0
RETURN product.name AS product, stage.name AS stage, CASE size(gaps) WHEN 2 THEN 'makers and trade' ELSE gaps[0] END AS missing,
       makers, coalesce(codes, []) AS codes, coalesce(dark, []) AS without_flows, technologies, also_in,
       COLLECT { UNWIND needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id } AS sources,
       all(n IN needs WHERE n.verified) AS verified, product.id AS product_id, stage.id AS stage_id
ORDER BY size(technologies) DESC, size(also_in) DESC, product_id
