/*
title: Where do the chains to our technologies break, and which makers or trade are not known?
parameters:
  - {name: sector, type: sector, help: "Only what technologies of this sector need", example: automotive}
  - {name: material, type: material, help: "Only products of this material or group", example: rare-earths}
  - {name: stage, type: stage, help: "Only products at this stage", example: metal-making-alloying}
columns:
  - {name: product, type: text, meaning: "A product that technologies need, itself or in what is made of it, or that is made of another"}
  - {name: stage, type: text, spare: 2, meaning: "Stage of the value chain"}
  - {name: input, type: text, meaning: "What it is made of, where it is not known from whom its makers have that"}
  - {name: reason, type: text, meaning: "Why that is not known"}
  - {name: missing, type: text, meaning: "What is not known of the product itself: `makers`, `trade`, or `makers and trade`"}
  - {name: makers, type: integer, meaning: "Countries with a share of the world's output by the evidence that leads"}
  - {name: codes, type: list, meaning: "Customs codes that are the product, or mostly"}
  - {name: without_flows, type: list, spare: 1, meaning: "Those of them of which no flow is in the data, in the nomenclature that covers most of them: unknown, not zero"}
  - {name: technologies, type: list, spare: 1, meaning: "Technologies of which most of the market cannot do without it"}
  - {name: also_in, type: list, detail: true, meaning: "Technologies that use it otherwise"}
  - {name: links, type: integer, detail: true, meaning: "Steps from an input to a product, of all products asked for"}
  - {name: fed, type: integer, detail: true, meaning: "Those of them of which it is known from whom the makers have the input"}
  - {name: gaps, type: integer, detail: true, meaning: "Products on the way to technologies of which makers or trade are not known; absent where there is none"}
  - {name: without_makers, type: integer, detail: true, meaning: "Those of them without known makers"}
  - {name: without_trade, type: integer, detail: true, meaning: "Those of them without known trade"}
  - {name: sources, type: list, detail: true, meaning: "Sources of the uses by which it is on the way to a technology, and of the step from the input"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: input_id, type: text, entity: Product, detail: true, meaning: "Id of the input"}
  - {name: stage_id, type: text, detail: true, meaning: "Id of the stage"}
finding:
  - "Of {links:step|steps} from an input to a product, it is known for {fed} from whom the makers have the input. [Of {gaps:product|products} on the way to technologies the makers ({without_makers}) or the trade ({without_trade}) are not known. ]Of what is broken most technologies need [{input} → ]{product}[: {reason}]."
notes:
  - "Steps of which it is not known, by reason: {reason:count=no maker of the product is known} as no maker of the product is known, {reason:count=neither makers nor trade of the input are known} as neither makers nor trade of the input are, {reason:count=from whom the makers have the input is not known} as nothing is known of the makers' own supply of the input."
nothing: "Of all products on the way to the technologies asked for, makers and trade are in the data, and from whom the makers have their inputs."
caveats:
  - Trade counts only where every customs code that is the product, or mostly, has flows; codes that hold several products say nothing of one of them.
  - A product without a customs code of its own, as most alloys and components are, has no trade that could be known.
  - Where a step is known, that may be by the world's mix of the input only; `hidden-dependence` says so.
method: "Products that technologies need (NEEDS), and all that are made of others (INPUT_TO). Makers: headline shares. Trade: reconciled flows under all exact and dominant codes of one edition of the Harmonized System. Steps: FEEDS between any makers of the two products."
data_needed: [NEEDS, MAKES, SHIPS, CLASSIFIES, EXPORTS_TO, FEEDS, INPUT_TO, specificity]
examples: ["orepath ask chain-gaps", "orepath ask chain-gaps --sector automotive", "orepath ask chain-gaps --material rare-earths"]
*/
// 1. What technologies need; where none are asked for, also what else is made of another product.
CALL () {
  MATCH (technology:Technology)-[:NEEDS]->(product:Product)
  WHERE $sector IS NULL OR EXISTS { (technology)-[:SERVES]->(:Sector {id: $sector}) }
  RETURN product
  UNION
  MATCH (:Stage)<-[:AT_STAGE]-(product:Product) WHERE $sector IS NULL AND EXISTS { (:Product)-[:INPUT_TO]->(product) } RETURN product
  UNION
  MATCH (:Material)<-[:FORM_OF]-(product:Product) WHERE $sector IS NULL AND EXISTS { (:Product)-[:INPUT_TO]->(product) } RETURN product
}
OPTIONAL MATCH (product)-[:AT_STAGE]->(stage:Stage)
WITH product, stage WHERE ($stage IS NULL OR stage.id = $stage)
  AND ($material IS NULL OR EXISTS { (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
OPTIONAL MATCH (technology:Technology)-[need:NEEDS]->(product)
WHERE $sector IS NULL OR EXISTS { (technology)-[:SERVES]->(:Sector {id: $sector}) }
WITH product, stage, technology, need ORDER BY technology.name
WITH product, stage, collect(CASE WHEN need.essential THEN technology.name END) AS technologies,
     collect(CASE WHEN NOT coalesce(need.essential, false) THEN technology.name END) AS also_in, collect(need) AS needs
// part: links
// 3. Of the nomenclature in which reconciled trade covers most of the product's codes: these, and those without flows.
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
WITH *, CASE WHEN size(needs) > 0 AND makers = 0 THEN ['makers'] ELSE [] END
     + CASE WHEN size(needs) > 0 AND (codes IS NULL OR size(dark) > 0) THEN ['trade'] ELSE [] END AS lacking
WITH collect({product: product, stage: stage, technologies: technologies, also_in: also_in, needs: needs, broken: broken, codes: codes,
     dark: dark, makers: makers, lacking: lacking}) AS all_products, sum(inputs) AS links, sum(size(broken)) AS unfed
WITH *, [p IN all_products WHERE size(p.lacking) > 0] AS lack
UNWIND all_products AS one
UNWIND CASE WHEN size(one.broken) > 0 THEN one.broken WHEN size(one.lacking) > 0 THEN [{input: null}] ELSE [] END AS step
WITH *, one.product AS product, step.input AS input
RETURN product.name AS product, one.stage.name AS stage, input.name AS input, step.reason AS reason,
       CASE size(one.lacking) WHEN 2 THEN 'makers and trade' WHEN 1 THEN one.lacking[0] END AS missing,
       one.makers AS makers, coalesce(one.codes, []) AS codes, coalesce(one.dark, []) AS without_flows,
       one.technologies AS technologies, one.also_in AS also_in, links, links - unfed AS fed, nullIf(size(lack), 0) AS gaps,
       size([p IN lack WHERE 'makers' IN p.lacking]) AS without_makers, size([p IN lack WHERE 'trade' IN p.lacking]) AS without_trade,
       COLLECT { UNWIND [n IN one.needs | n.use_sources] + COLLECT { MATCH (input)-[into:INPUT_TO]->(product) RETURN into.stated_in } AS some
                 UNWIND some AS id RETURN DISTINCT id ORDER BY id } AS sources,
       all(n IN one.needs WHERE n.verified) AS verified, product.id AS product_id, input.id AS input_id, one.stage.id AS stage_id
ORDER BY input IS NULL, size(technologies) DESC, size(also_in) DESC, product_id, input_id
