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
  - {name: risk, type: number, unit: "1", meaning: "GeoPolRisk, 0 to 1: concentration of the world's output times import risk; absent where a maker's figure is withheld or the origin of over half of the supply is unknown"}
  - {name: risk_low, type: number, unit: "1", meaning: "The same, at least"}
  - {name: risk_high, type: number, unit: "1", meaning: "The same, at most: what is of unknown origin counted as of the worst governance"}
  - {name: hhi, type: number, unit: "1", meaning: "Concentration of the world's output (sum of squared shares), 0 to 1"}
  - {name: import_risk, type: number, unit: "1", meaning: "Sum over foreign makers of governance risk times share of what the market has, 0 to 1; unknown origin adds nothing"}
  - {name: top, type: text, meaning: "The maker's country that adds most to it"}
  - {name: unknown, type: share, meaning: "Share of what the market has whose origin is not known"}
  - {name: basis, type: text, spare: 1, meaning: "Whether supply is counted by mass or value"}
  - {name: method, type: text, spare: 2, meaning: "How the market's supply was derived; `world-mix` says nothing of this market"}
  - {name: supply_period, type: text, spare: 1, meaning: "Period of the market's supply"}
  - {name: period, type: text, meaning: "Period of the world's output"}
  - {name: governance_year, type: text, spare: 1, meaning: "Year of the governance indicators"}
  - {name: sources, type: list, meaning: "Sources of supply, output and governance"}
  - {name: hhi_low, type: number, unit: "1", detail: true, meaning: "The concentration, at least: what nobody is named for spread thin"}
  - {name: hhi_high, type: number, unit: "1", detail: true, meaning: "The same, at most: what nobody is named for as one more maker"}
  - {name: import_risk_low, type: number, unit: "1", detail: true, meaning: "The import risk, at least: the shares at those ends of their intervals, together what is known"}
  - {name: import_risk_high, type: number, unit: "1", detail: true, meaning: "The same, at most"}
  - {name: ungoverned, type: list, detail: true, meaning: "Foreign makers whose governance the edition does not score: as none at least, as the worst at most"}
  - {name: ranked_with, type: text, detail: true, meaning: "With which others it is ranked: those known for the market itself or by the world's mix alone, of the older of the periods of supply and output"}
  - {name: market, type: text, detail: true, meaning: "The market"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
finding:
  - "Of the products {ranked_with}, {product} carries the largest geopolitical supply risk: {risk} of 1, bounds {risk_low:to=risk_high}; {top} adds most ({supply_period}, {method}, by {basis}; {sources}). {rows:product|products} in all; those of older figures or by the world's mix stand below."
  - "Of the products {ranked_with}, {product} carries the largest geopolitical supply risk for {market}: {risk_low:to=risk_high} of 1 ({supply_period}, {method}, by {basis}; {sources}). {rows:product|products} in all; those of older figures or by the world's mix stand below."
nothing: "The geopolitical supply risk of {material} for {importer} is not in the data."
caveats:
  - Supply is the reconciled one of the network, re-exports followed to the maker; the published method takes customs data as they stand and own output before exports.
  - Where only the world's makers are known (world-mix) the market is taken to buy as the world does, and the index is the same for all importers but for their own output.
  - Ranked are products known for the market itself before those known by the world's mix alone, the newest figures first; of equal ones that which technologies use most leads.
  - The index ranks products for one market; it is no probability, and indices of different years are not to be compared.
  - Governance stands for the political stability that the authors of the index use; it is the mean of the indicators of the edition.
method: "GeoPolRisk = HHI x sum of g_i f_i / (p + F) (Gemechu et al. 2016; own output p by Helbig et al. 2016; Koyamparambath et al. 2024); g = (2.5 - mean of the governance estimates) / 5, f_i / (p + F) the maker's share of what the market has (SUPPLIES_MARKET). See docs/methods.md."
data_needed: [SUPPLIES_MARKET, MAKES, SCORES, NEEDS]
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
  RETURN collect({year: year, risk: risk})[0] AS governed
}
UNWIND bought AS one
// 1. Who makes what the market has, and how well governed; own output carries no risk. By mass where there is mass.
WITH edition, market, one.product AS product, one.supply.basis AS basis, governed,
     {name: economy.name, foreign: NOT domestic, risk: CASE WHEN domestic THEN 0.0 ELSE governed.risk END, supply: one.supply,
      share: one.supply.share, low: one.supply.share_low, high: one.supply.share_high} AS maker
ORDER BY maker.share * coalesce(maker.risk, 0.0) DESC, maker.name
WITH edition, market, product, basis, collect(maker) AS makers, sum(maker.share) AS known, sum(maker.low) AS surely,
     sum(maker.share * coalesce(maker.risk, 0.0)) AS import_risk, max(governed.year) AS year
ORDER BY basis
WITH edition, market, product, head(collect({basis: basis, makers: makers, known: known, surely: surely, import_risk: import_risk,
     year: year})) AS one
// 2. The bounds: what is known is shared out within the intervals, first to the best governed, then to the worst.
CALL (one) {
  UNWIND [0.0, 1.0] AS end UNWIND one.makers AS maker
  WITH end, maker, coalesce(maker.risk, end) AS risk ORDER BY end, risk * (1 - 2 * end), maker.name
  WITH end, collect({risk: risk, low: maker.low, span: maker.high - maker.low}) AS makers
  WITH end, reduce(done = [one.known - one.surely, 0.0], m IN makers |
       [CASE WHEN done[0] > m.span THEN done[0] - m.span ELSE 0.0 END,
        done[1] + m.risk * (m.low + CASE WHEN done[0] > m.span THEN m.span ELSE done[0] END)])[1] AS bound ORDER BY end
  RETURN collect(bound) AS bounds
}
// 3. The concentration of the world's output of it.
CALL (product) {
  MATCH (:Economy)-[:HAS]->(:Industry)-[makes:MAKES]->(product) WHERE makes.method IS NOT NULL
  WITH max(makes.period) AS period, max(makes.share_source) AS world,
       sum(coalesce(makes.share, makes.share_low, 0.0)) AS named, sum(coalesce(makes.share, makes.share_low, 0.0) ^ 2) AS even,
       sum(coalesce(makes.share_low, makes.share, 0.0) ^ 2) AS thin, sum(coalesce(makes.share_high, makes.share, makes.share_low) ^ 2) AS thick,
       max(CASE WHEN makes.share IS NULL AND makes.share_low IS NULL AND makes.share_high > 0 THEN 1 ELSE 0 END) = 1 AS open
  WHERE period IS NOT NULL
  RETURN period, world, open, even, thin, thick + CASE WHEN named < 1 THEN (1 - named) ^ 2 ELSE 0.0 END AS most
}
WITH *, CASE WHEN one.known < 1 THEN 1 - one.known ELSE 0.0 END AS unknown, CASE WHEN NOT open THEN even END AS hhi,
     CASE WHEN open OR most > 1 THEN 1.0 ELSE most END AS hhi_high
WITH *, bounds[1] + unknown AS import_risk_high, hhi_high * (bounds[1] + unknown) AS risk_high WHERE risk_high >= $threshold
WITH *, [m IN one.makers WHERE m.foreign] AS abroad, reduce(l = [], m IN one.makers | l + [s IN m.supply.share_sources WHERE NOT s IN l]) AS said,
     reduce(l = [], m IN one.makers | l + [s IN [m.supply.period] WHERE NOT s IN l]) AS periods,
     reduce(l = [], m IN one.makers | l + [s IN [m.supply.method] WHERE NOT s IN l]) AS methods
WITH *, head(methods) = 'world-mix' AS worldly, toInteger(right(reduce(o = period, p IN periods |
     CASE WHEN right(p, 4) < right(o, 4) THEN p ELSE o END), 4)) AS year,
     COLLECT { MATCH (product)<-[need:NEEDS]-(:Technology) RETURN sum(coalesce(need.weight, 0.0)) }[0] AS used
RETURN product.name AS product, CASE WHEN unknown <= 0.5 THEN hhi * one.import_risk END AS risk, thin * bounds[0] AS risk_low, risk_high,
       hhi, one.import_risk AS import_risk,
       CASE WHEN one.import_risk > 0 THEN abroad[0].name END AS top, unknown, one.basis AS basis,
       reduce(s = head(methods), x IN tail(methods) | s + ', ' + x) AS method,
       reduce(s = head(periods), x IN tail(periods) | s + ', ' + x) AS supply_period, period, toString(one.year) AS governance_year,
       said + [s IN [world, edition.id] WHERE NOT s IN said] AS sources, thin AS hhi_low, hhi_high, bounds[0] AS import_risk_low,
       import_risk_high, [m IN abroad WHERE m.risk IS NULL | m.name] AS ungoverned,
       CASE WHEN worldly THEN "known by the world's mix alone" ELSE 'known for ' + market.name + ' itself' END
         + ' with figures of ' + toString(year) AS ranked_with, market.name AS market, product.id AS product_id
ORDER BY worldly, year DESC, round(coalesce(risk, risk_low), 9) DESC, round(risk_high, 9) DESC,
         used DESC, product_id
