/*
title: How high is an importer's geopolitical supply risk for a product (GeoPolRisk)?
parameters:
  - {name: importer, type: economy, default: EU, help: "The market", example: Japan}
  - {name: material, type: material, help: "One material, or a group with its members; otherwise all in the network", example: tungsten}
  - {name: threshold, type: number, default: "0", help: "Leave out products whose risk is surely below this (0 to 1)", example: "0.1"}
  - {name: as_of, type: date, default: newest, help: "Day on which membership of the market is read", example: "2026-02-03"}
  - {name: governance, type: source, help: "Edition of the governance indicators in place of the newest", example: wb-wgi-2024}
columns:
  - {name: product, type: text, meaning: "What is bought"}
  - {name: risk_low, type: number, unit: "1", meaning: "GeoPolRisk, 0 to 1, at least"}
  - {name: risk_high, type: number, unit: "1", meaning: "The same, at most: unknown origin counted as of the worst governance"}
  - {name: hhi_low, type: number, unit: "1", meaning: "Concentration of the world's output, 0 to 1, at least"}
  - {name: hhi_high, type: number, unit: "1", meaning: "The same, at most"}
  - {name: import_risk_low, type: number, unit: "1", meaning: "Sum over foreign suppliers of governance risk times share of the market's supply, 0 to 1, at least"}
  - {name: import_risk_high, type: number, unit: "1", meaning: "The same, at most"}
  - {name: top, type: text, meaning: "The supplier that adds most to it"}
  - {name: unknown, type: share, meaning: "Share of the market's supply whose origin is not known"}
  - {name: basis, type: text, meaning: "Whether supply is counted by mass or value"}
  - {name: supply_year, type: text, meaning: "Year of the market's supply"}
  - {name: period, type: text, meaning: "Period of the world's output"}
  - {name: sources, type: list, meaning: "Sources of supply, output and governance"}
  - {name: method, type: text, detail: true, meaning: "How the market's supply was derived"}
  - {name: market, type: text, detail: true, meaning: "The market"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
finding:
  - "Of the products shown ({rows}) {product} carries the largest geopolitical supply risk for {market}: {risk_low:to=risk_high} of 1; {top} adds most ({supply_year}, by {basis}; {sources})."
nothing: "The geopolitical supply risk of {material} for {importer} is not in the data."
caveats:
  - Supply is derived from trade and output, or from published sourcing shares; its unknown part makes the upper bound.
  - The index ranks products for one market; it is no probability, and indices of different years are not to be compared.
  - Governance stands for the political stability that the authors of the index use; it is the mean of the six indicators here.
method: "GeoPolRisk = HHI x sum of g_i f_i / (p + F) (Sonnemann et al. 2015; Gemechu et al. 2016; Koyamparambath et al. 2024); g = (2.5 - mean of six estimates) / 5, f_i / (p + F) the derived share of the market's supply. See docs/methods.md."
data_needed: [SUPPLIES_MARKET, MAKES, SCORES]
examples: ["orepath ask geopolitical-risk --material tungsten", "orepath ask geopolitical-risk --importer Japan", "orepath ask geopolitical-risk --importer USA --material rare-earths"]
*/
MATCH (edition:Source)-[:EDITION_OF]->(:Publication {id: 'wb-wgi'}) WHERE $governance IS NULL OR edition.id = $governance
WITH edition ORDER BY edition.published DESC, edition.id LIMIT 1
MATCH (market:Economy {id: $importer})<-[supply:SUPPLIES_MARKET]-(industry:Industry)-[:MAKES]->(product:Product)-[:FORM_OF]->(material:Material)
WHERE $material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) }
WITH DISTINCT edition, market, supply, industry, product
MATCH (economy:Economy)-[:HAS]->(industry)
WITH edition, market, economy, collect({supply: supply, product: product}) AS bought,
     economy = market OR EXISTS { MATCH (economy)-[member:MEMBER_OF]->(market)
          WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of) } AS domestic
CALL (edition, economy) {
  MATCH (economy)-[score:SCORES {source: edition.id}]->(:Indicator)
  WITH score.year AS year, (2.5 - avg(score.estimate)) / 5 AS risk ORDER BY year DESC LIMIT 1
  RETURN collect(risk)[0] AS risk
}
UNWIND bought AS one
// What comes from whom, weighted by governance; one basis and year for each product.
WITH edition, market, one.product AS product, one.supply.basis AS basis, one.supply.year AS year, domestic, economy,
     coalesce(one.supply.share_low, 0.0) AS low, one.supply AS supply, CASE WHEN domestic THEN 0.0 ELSE risk END AS risk
ORDER BY low * coalesce(risk, 0.0) DESC, economy.id
WITH edition, market, product, basis, year, sum(low) AS origin,
     sum(low * coalesce(risk, 0.0)) AS import_low, sum(low * coalesce(risk, 1.0)) AS import_high,
     head(collect(CASE WHEN NOT domestic THEN economy.name END)) AS top, collect(supply.share_sources) AS said, min(supply.method) AS method
ORDER BY year DESC, basis
WITH edition, market, product, head(collect({basis: basis, year: year, origin: origin, low: import_low, high: import_high,
     name: top, source: said, method: method})) AS one
WITH *, CASE WHEN one.origin < 1 THEN 1 - one.origin ELSE 0.0 END AS unknown
// The concentration of the world's output of it.
MATCH (:Economy)-[:HAS]->(:Industry)-[makes:MAKES]->(product) WHERE makes.method IS NOT NULL
WITH edition, market, product, one, unknown, max(makes.period) AS period, max(makes.share_source) AS world,
     sum(coalesce(makes.share, makes.share_low, 0.0)) AS named, sum(coalesce(makes.share, makes.share_low, 0.0) ^ 2) AS thin,
     sum(coalesce(makes.share, makes.share_high, makes.share_low) ^ 2) AS thick,
     max(CASE WHEN makes.share IS NULL AND makes.share_low IS NULL AND makes.share_high > 0 THEN 1 ELSE 0 END) AS open
WITH *, CASE WHEN open = 1 OR thick + CASE WHEN named < 1 THEN (1 - named) ^ 2 ELSE 0.0 END > 1 THEN 1.0
             ELSE thick + CASE WHEN named < 1 THEN (1 - named) ^ 2 ELSE 0.0 END END AS wide
WITH *, thin * one.low AS risk_low, wide * (one.high + unknown) AS risk_high WHERE risk_high >= $threshold
WITH *, reduce(l = [], x IN one.source | l + [s IN x WHERE NOT s IN l]) AS said
RETURN product.name AS product, risk_low, risk_high, thin AS hhi_low, wide AS hhi_high, one.low AS import_risk_low,
       one.high + unknown AS import_risk_high, one.name AS top, unknown, one.basis AS basis, toString(one.year) AS supply_year, period,
       said + [s IN [world, edition.id] WHERE NOT s IN said] AS sources, one.method AS method, market.name AS market, product.id AS product_id
ORDER BY risk_low DESC, risk_high DESC, product_id
