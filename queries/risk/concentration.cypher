/*
title: How concentrated is the production of a material, and how well governed are the producers?
parameters:
  - {name: material, type: material, help: "One material, or a group with its members; otherwise all with shares", example: cobalt}
  - {name: stage, type: stage, help: "Only this stage of the value chain", example: extraction}
  - {name: threshold, type: number, default: "0", help: "Leave out products whose index is surely below this (0 to 10 000)", example: "1800"}
  - {name: governance, type: source, help: "Edition of the governance indicators in place of the newest", example: wb-wgi-2024}
columns:
  - {name: product, type: text, meaning: "What is made"}
  - {name: stage, type: text, spare: 2, meaning: "Stage of the value chain"}
  - {name: hhi_low, type: number, meaning: "Herfindahl-Hirschman index, 0 to 10 000, at least: what nobody is named for spread thin; absent where a maker's figure is withheld"}
  - {name: hhi_high, type: number, meaning: "The same, at most: what nobody is named for as one more maker"}
  - {name: level, type: text, meaning: "By the US merger guidelines of 2023: low (under 1 000), moderate, high (over 1 800); two words where the bounds differ"}
  - {name: level_2010, type: text, spare: 2, meaning: "By those of 2010: 1 500 and 2 500"}
  - {name: top, type: text, meaning: "The largest maker"}
  - {name: top_share, type: share, meaning: "Its share of world output; at most that much where the index is absent"}
  - {name: top_share_bound, type: text, meaning: "`at most` where a maker's figure is withheld"}
  - {name: top3_share, type: share, meaning: "Share of the three largest, as the IEA reports it; likewise"}
  - {name: top3_share_bound, type: text, meaning: "`at most`, likewise"}
  - {name: weighted_low, type: number, meaning: "Index weighted by governance: sum of share squared times risk (0 best, 10 worst), 0 to 10, at least"}
  - {name: weighted_high, type: number, meaning: "The same, at most: what nobody is named for as one maker of the worst governance"}
  - {name: makers, type: integer, spare: 1, meaning: "Makers with a share"}
  - {name: named, type: share, spare: 2, meaning: "Share of world output for which a maker is named"}
  - {name: period, type: text, meaning: "Period of the shares"}
  - {name: source, type: text, meaning: "Source of the shares"}
  - {name: governance_source, type: text, spare: 2, meaning: "Source of the governance indicators"}
  - {name: governance_year, type: text, spare: 2, meaning: "Year of the governance indicators"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the source of the shares was read"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
finding:
  - "Of the products with shares of {period}, the newest shown, {product} is the most concentrated: HHI {hhi_low:to=hhi_high} of 10,000, {level} by the guidelines of 2023; {top} makes {top_share}, the three largest {top3_share} ({source}). Weighted by governance {weighted_low:to=weighted_high} of 10 ({governance_year}; {governance_source}). {rows:product|products} in all, those of older periods below."
  - "The concentration of {product} is not known, since a maker's figure is withheld; {top} makes {top_share_bound} {top_share} ({period}; {source})."
nothing: "How concentrated the output of {material} is, or over the threshold, is not in the data."
caveats:
  - Countries are not firms; several firms of one country, or one firm in several, are not seen.
  - Products are ranked within a period, the newest first; of equal ones that which technologies use most leads. Sources differ within a period, and rank the products only roughly.
  - A product of which the makers named come to less than half of the world's output is left out, for nobody knows then who its largest maker is.
  - The thresholds were made for firms in a market, and are used here as the field does, as yardsticks.
method: "HHI = sum of squared headline shares in percent; thresholds of the US DOJ/FTC Merger Guidelines 2023 and 2010; risk = 2 (2.5 - mean of the six governance estimates), as in the EU method of 2017."
data_needed: [MAKES, SCORES, NEEDS]
examples: ["orepath ask concentration --material cobalt", "orepath ask concentration --stage extraction --threshold 5000", "orepath ask concentration --material antimony"]
*/
MATCH (edition:Source)-[:EDITION_OF]->(:Publication {id: 'wb-wgi'}) WHERE $governance IS NULL OR edition.id = $governance
WITH edition ORDER BY edition.published DESC, edition.id LIMIT 1
MATCH (product:Product)-[:FORM_OF]->(material:Material), (product)-[:AT_STAGE]->(level:Stage)
WHERE NOT product:TradeCode AND ($stage IS NULL OR level.id = $stage)
  AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
WITH DISTINCT edition, product, level
MATCH (economy:Economy)-[:HAS]->(:Industry)-[makes:MAKES]->(product) WHERE makes.method IS NOT NULL
WITH edition, economy, collect({product: product, level: level, makes: makes}) AS made
// The makers' governance in the edition's newest year, read once an economy.
CALL (edition, economy) {
  MATCH (economy)-[score:SCORES {source: edition.id}]->(:Indicator)
  WITH score.year AS year, 2 * (2.5 - avg(score.estimate)) AS risk ORDER BY year DESC LIMIT 1
  RETURN collect({year: year, rank: risk})[0] AS governed
}
UNWIND made AS one
WITH edition, one.product AS product, one.level AS level, economy, governed, one.makes AS makes,
     coalesce(one.makes.share, one.makes.share_low, 0.0) AS low, coalesce(one.makes.share, one.makes.share_high, one.makes.share_low) AS high
ORDER BY high DESC, economy.id
WITH edition, product, level, collect({economy: economy, high: high}) AS makers, sum(low) AS named, max(makes.period) AS period,
     max(makes.share_source) AS said, max(CASE WHEN makes.share IS NULL AND makes.share_low IS NULL AND high > 0 THEN 1 ELSE 0 END) = 1 AS open,
     sum(low ^ 2) AS thin, sum(high ^ 2) AS thick, max(governed.year) AS year,
     sum(low ^ 2 * coalesce(governed.rank, 0.0)) AS weighted_thin, sum(high ^ 2 * coalesce(governed.rank, 10.0)) AS weighted_thick
WITH *, CASE WHEN named < 1 THEN (1 - named) ^ 2 ELSE 0.0 END AS rest
WITH *, CASE WHEN NOT open THEN 10000 * thin END AS hhi_low,
     CASE WHEN open THEN null WHEN thick + rest > 1 THEN 10000.0 ELSE 10000 * (thick + rest) END AS hhi_high
// Of what hardly anybody is named for, no concentration is known, and no largest maker.
WHERE coalesce(hhi_high, 10000) >= $threshold AND (open OR named >= 0.5)
WITH *, [h IN [hhi_low, hhi_high] | CASE WHEN h > 1800 THEN 'high' WHEN h >= 1000 THEN 'moderate' ELSE 'low' END] AS now,
     [h IN [hhi_low, hhi_high] | CASE WHEN h > 2500 THEN 'high' WHEN h >= 1500 THEN 'moderate' ELSE 'low' END] AS before
MATCH (source:Source {id: said})
WITH *, COLLECT { MATCH (product)<-[need:NEEDS]-(:Technology) RETURN sum(coalesce(need.weight, 0.0)) }[0] AS used
RETURN product.name AS product, level.name AS stage, hhi_low, hhi_high,
       CASE WHEN open THEN null WHEN now[0] = now[1] THEN now[0] ELSE now[0] + ' to ' + now[1] END AS level,
       CASE WHEN open THEN null WHEN before[0] = before[1] THEN before[0] ELSE before[0] + ' to ' + before[1] END AS level_2010,
       makers[0].economy.name AS top, makers[0].high AS top_share, CASE WHEN open THEN 'at most' END AS top_share_bound,
       reduce(s = 0.0, m IN makers[..3] | CASE WHEN s + m.high > 1 THEN 1.0 ELSE s + m.high END) AS top3_share,
       CASE WHEN open THEN 'at most' END AS top3_share_bound,
       CASE WHEN NOT open THEN weighted_thin END AS weighted_low,
       CASE WHEN open THEN null WHEN weighted_thick + 10 * rest > 10 THEN 10.0 ELSE weighted_thick + 10 * rest END AS weighted_high,
       size([m IN makers WHERE m.high > 0]) AS makers,
       CASE WHEN open THEN null WHEN named > 1 THEN 1.0 ELSE named END AS named, period, source.id AS source,
       edition.id AS governance_source, toString(year) AS governance_year,
       NOT EXISTS { MATCH (product)<-[:MAKES]-(:Industry)-[report:REPORTED_BY {period: period}]->(source) WHERE NOT report.verified } AS verified,
       product.id AS product_id
// Not across periods; what is equally concentrated by how much technologies use of it.
ORDER BY toInteger(right(period, 4)) DESC, round(coalesce(hhi_low, -1), 3) DESC,
         used DESC, product_id
