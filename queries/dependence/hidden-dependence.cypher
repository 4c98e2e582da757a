/*
title: How much of a market's supply of a material depends on a country, directly and through its suppliers?
parameters:
  - {name: material, type: material, required: true, help: "A material or a group of materials", example: manganese}
  - {name: country, type: country, required: true, help: "The country on which it may rest", example: South Africa}
  - {name: importer, type: economy, default: EU, help: "The market", example: Japan}
  - {name: supplier, type: country, help: "Only what the market gets from this country; shares are then of that", example: Norway}
  - {name: tiers, type: integer, default: "3", help: "How many steps upstream, at most 4", example: "2"}
columns:
  - {name: chain, type: text, meaning: "The products, from what the market takes upstream"}
  - {name: tier, type: integer, meaning: "Steps from the market: 1 is the direct supplier"}
  - {name: share_low, type: share, meaning: "What surely rests on the country within so many tiers: what is of unknown origin counts zero"}
  - {name: share_high, type: share, meaning: "The same where everything of unknown origin is the country's"}
  - {name: added, type: share, meaning: "What surely rests on it at this tier and at none before"}
  - {name: elsewhere, type: share, meaning: "What surely comes from others at this tier; the rest is of unknown origin"}
  - {name: through, type: list, meaning: "By whose industries it gets to the market: those that take most from the country at this tier"}
  - {name: basis, type: list, meaning: "Whether the shares of this tier are of mass or of value"}
  - {name: methods, type: list, meaning: "How the shares of this tier were derived"}
  - {name: years, type: list, meaning: "Years of the shares of this tier"}
  - {name: sources, type: list, meaning: "Sources of the shares of this tier"}
  - {name: country_name, type: text, detail: true, meaning: "The country"}
  - {name: market, type: text, detail: true, meaning: "The market"}
  - {name: product, type: text, detail: true, meaning: "The product at this tier"}
  - {name: first_product, type: text, detail: true, meaning: "The product that the market takes"}
  - {name: chain_products, type: list, detail: true, meaning: "Ids of the products of the chain"}
finding:
  - "Of what {market} takes of {first_product}, {share_low:to=share_high} rests on {country_name} within {tier:tier|tiers} ({chain}; {years:list}, {sources:list})."
nothing: "On whom the supply of {material} to {importer} rests is not in the derived network: neither its trade and output nor published sourcing shares are in the data."
caveats:
  - The network is derived, not observed; a country's users are taken to use home output and imports in proportion.
  - Where the bounds are far apart the data do not decide it; no figure between them is more likely than another.
  - Trade is counted under customs codes that are the product or mostly it; what leaves a country beyond its own output is of unknown origin.
  - Chains are never added up; several inputs of a product are needed together.
  - "`orepath derive` lists what of trade and output does not fit."
method: "Shares multiplied along chains of products and summed tier by tier; what reached the country is followed no further. See docs/methods.md, The dependency network."
data_needed: [FEEDS, SUPPLIES_MARKET]
examples: ["orepath ask hidden-dependence --material platinum --country South-Africa", "orepath ask hidden-dependence --material manganese --country South-Africa --importer Japan", "orepath ask hidden-dependence --material silicon --country China", "orepath ask hidden-dependence --material graphite --country China --supplier Japan"]
*/
MATCH (market:Economy {id: $importer}) WITH market MATCH (country:Economy:Country {id: $country})
MATCH (asked:Material {id: $material})<-[:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(product:Product)<-[:MAKES]-(maker:Industry)
MATCH (maker)-[edge:SUPPLIES_MARKET]->(market), (economy:Economy)-[:HAS]->(maker)
WHERE $supplier IS NULL OR economy.id = $supplier
// 1. What surely comes from whom; from a single supplier all that it delivers.
WITH DISTINCT market, country, product, economy, maker, edge
WITH market, country, product, collect({node: maker, by: economy, from_country: economy = country, edge: edge,
     weight: CASE WHEN $supplier IS NULL THEN edge.share_low ELSE 1.0 END}) AS parts
WITH market, country, collect({chain: [product], parts: parts, before: 0.0}) AS first
// 2. Tier by tier, each from the one before: what others hold is followed to their own suppliers.
CALL (country, first) {
  UNWIND CASE WHEN $tiers >= 2 THEN first ELSE [] END AS state
  UNWIND [p IN state.parts WHERE NOT p.from_country AND p.weight > 0] AS part
  WITH country, state, part, part.node AS consumer
  MATCH (consumer)<-[edge:FEEDS]-(maker:Industry)-[:MAKES]->(product:Product), (economy:Economy)-[:HAS]->(maker)
  WITH state, product, collect({node: maker, by: part.by, from_country: economy = country, edge: edge,
       weight: part.weight * edge.share_low}) AS parts
  RETURN collect({chain: state.chain + product, parts: parts, before: state.before
         + reduce(s = 0.0, p IN state.parts | s + CASE WHEN p.from_country THEN p.weight ELSE 0 END)}) AS second
}
CALL (country, second) {
  UNWIND CASE WHEN $tiers >= 3 THEN second ELSE [] END AS state
  UNWIND [p IN state.parts WHERE NOT p.from_country AND p.weight > 0] AS part
  WITH country, state, part, part.node AS consumer
  MATCH (consumer)<-[edge:FEEDS]-(maker:Industry)-[:MAKES]->(product:Product), (economy:Economy)-[:HAS]->(maker)
  WITH state, product, collect({node: maker, by: part.by, from_country: economy = country, edge: edge,
       weight: part.weight * edge.share_low}) AS parts
  RETURN collect({chain: state.chain + product, parts: parts, before: state.before
         + reduce(s = 0.0, p IN state.parts | s + CASE WHEN p.from_country THEN p.weight ELSE 0 END)}) AS third
}
CALL (country, third) {
  UNWIND CASE WHEN $tiers >= 4 THEN third ELSE [] END AS state
  UNWIND [p IN state.parts WHERE NOT p.from_country AND p.weight > 0] AS part
  WITH country, state, part, part.node AS consumer
  MATCH (consumer)<-[edge:FEEDS]-(maker:Industry)-[:MAKES]->(product:Product), (economy:Economy)-[:HAS]->(maker)
  WITH state, product, collect({node: maker, by: part.by, from_country: economy = country, edge: edge,
       weight: part.weight * edge.share_low}) AS parts
  RETURN collect({chain: state.chain + product, parts: parts, before: state.before
         + reduce(s = 0.0, p IN state.parts | s + CASE WHEN p.from_country THEN p.weight ELSE 0 END)}) AS fourth
}
UNWIND first + second + third + fourth AS state
WITH market, country, state, reduce(s = 0.0, p IN state.parts | s + CASE WHEN p.from_country THEN p.weight ELSE 0 END) AS added,
     reduce(s = 0.0, p IN state.parts | s + CASE WHEN p.from_country THEN 0 ELSE p.weight END) AS elsewhere
RETURN reduce(s = head(state.chain).name, p IN tail(state.chain) | s + ' ← ' + p.name) AS chain, size(state.chain) AS tier,
       round(state.before + added, 6) AS share_low, round(1.0 - elsewhere, 6) AS share_high, round(added, 6) AS added,
       round(elsewhere, 6) AS elsewhere,
       COLLECT { UNWIND state.parts AS part WITH part WHERE part.from_country AND part.weight > 0
                 WITH part.by.name AS name, sum(part.weight) AS weight ORDER BY weight DESC, name LIMIT 4 RETURN name } AS through,
       COLLECT { UNWIND state.parts AS part RETURN DISTINCT part.edge.basis AS basis ORDER BY basis } AS basis,
       COLLECT { UNWIND state.parts AS part RETURN DISTINCT part.edge.method AS method ORDER BY method } AS methods,
       COLLECT { UNWIND state.parts AS part RETURN DISTINCT toString(part.edge.year) AS year ORDER BY year } AS years,
       COLLECT { UNWIND state.parts AS part UNWIND part.edge.share_sources AS source
                 RETURN DISTINCT source ORDER BY source } AS sources,
       country.name AS country_name, market.name AS market, last(state.chain).name AS product,
       head(state.chain).name AS first_product, [p IN state.chain | p.id] AS chain_products
ORDER BY share_low DESC, share_high DESC, tier, chain_products
