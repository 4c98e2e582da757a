/*
title: How does the demand for a material grow, by scenario and by technology?
parameters:
  - {name: material, type: material, help: "A material or a group, with its products; where neither it nor a technology is named, what all uses, or all energy technologies, take of each", example: lithium}
  - {name: technology, type: technology, help: "Only what this technology and its kinds take", example: electric vehicle}
  - {name: year, type: integer, default: "2040", help: "The year that is set against the base year", example: "2030"}
  - {name: scenario, type: choice, default: all, choices: [all, stated-policies, announced-pledges, net-zero-2050, current-policies, high-demand], help: "Only this scenario", example: stated-policies}
  - {name: assuming, type: text, default: base case, help: "The case within the scenario, or a word of its name; `any` for all", example: silicon-rich}
  - {name: edition, type: source, help: "Only this edition; else the newest that speaks of the material", example: iea-cmd-2024}
  - {name: limit, type: integer, default: "40", help: "How many rows", example: "100"}
columns:
  - {name: material, type: text, meaning: "What is demanded: a material, or a product of it"}
  - {name: use, type: text, meaning: "What takes it: a technology, the other uses, or an aggregate of them"}
  - {name: scenario, type: text, meaning: "The publisher's scenario"}
  - {name: scenario_case, type: text, spare: 2, meaning: "The publisher's case within the scenario"}
  - {name: base, type: number, unit: t, meaning: "Demand in the base year of that case"}
  - {name: base_year, type: text, meaning: "The base year"}
  - {name: amount, type: number, unit: t, meaning: "Demand in the year asked for"}
  - {name: year, type: text, meaning: "The year asked for"}
  - {name: growth, type: number, unit: times, meaning: "Demand of that year in terms of the base year; absent where that is zero or not stated"}
  - {name: share, type: share, meaning: "Part of all demand for the material in that year and scenario; absent where the total or a case of it is not stated"}
  - {name: source, type: text, meaning: "Source edition"}
  - {name: counted, type: text, spare: 1, meaning: "What is counted, where the source says so"}
  - {name: base_share, type: share, detail: true, meaning: "The same part in the base year"}
  - {name: growth_low, type: number, unit: times, detail: true, meaning: "Least growth of this use over the scenarios of the case"}
  - {name: growth_high, type: number, unit: times, detail: true, meaning: "Most growth, likewise"}
  - {name: largest, type: text, detail: true, meaning: "The technology, or the other uses, to which most of an aggregate then goes, with its part of it"}
  - {name: aggregate, type: boolean, detail: true, meaning: "Whether the row holds others of its scenario and case"}
  - {name: left_out, type: integer, detail: true, meaning: "Rows left out by the limit"}
  - {name: material_id, type: text, entity: [Material, Product], detail: true, meaning: "Id of the material or product"}
  - {name: use_id, type: text, entity: [Technology, Application], detail: true, meaning: "Id of the technology or application"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the figures were read in the source named"}
finding_per: material_id
finding:
  - "{material}[ ({counted})], {use}: {base} t in {base_year}, {amount} t in {year} in the scenario {scenario} ({scenario_case}), {growth} times as much[; {growth_low:to=growth_high} times over the scenarios][; {largest}] ({source})."
  - "{material}[ ({counted})], {use}: {amount} t in {year} in the scenario {scenario} ({scenario_case}), none in {base_year}[; {largest}] ({source})."
notes:
  - "Left out: {left_out:row|rows} (--limit, --scenario, --technology)."
nothing: "No source that is loaded projects the demand for {material} in {year} ({technology}; scenario {scenario}; {assuming})."
caveats:
  - A scenario is no forecast. Scenarios and cases are alternatives, each with its own assumptions, and are never added up or averaged.
  - An aggregate holds the other rows of its scenario and case; only the others may be added up.
  - The base year is the publisher's model of it as well, and a case may have another than the base case.
  - Demand is of the world, before recycling is taken off, and what a technology takes is not what it wears out.
  - What is loaded may count natural and synthetic graphite together, and a grade of a material beside the whole of it; the names say which.
method: "DEMANDED_BY of one edition, in one region, scenario and case, over the base year of the same case. Share: over the source's own total of all uses, which is stated in the base case only."
data_needed: [DEMANDED_BY]
examples: ["orepath ask demand-outlook --material lithium", "orepath ask demand-outlook --material copper --scenario stated-policies --year 2030", "orepath ask demand-outlook --technology 'electric vehicle' --assuming silicon-rich --year 2050", "orepath ask demand-outlook"]
*/
// 1. The newest edition that speaks of the material leads; editions are never mixed.
// part: edition
WITH *, EXISTS { (used)-[:DEMANDED_BY {source: source}]->(:Application {id: 'all-uses'}) } AS whole
// 2. Each use in each scenario and case, with the base year of that case, and the total where the source states it.
MATCH (used)-[d:DEMANDED_BY {source: source, year: toInteger($year)}]->(user)
WHERE d.scenario <> 'base-year' AND $scenario IN ['all', d.scenario]
  AND (toLower(trim($assuming)) = 'any' OR toLower(d.scenario_case) CONTAINS toLower(trim($assuming)))
  AND ($material IS NOT NULL OR $technology IS NOT NULL OR user.id = 'all-uses' OR d.aggregate AND NOT whole)
  AND ($technology IS NULL OR EXISTS { (user)-[:KIND_OF*0..2]->(:Technology {id: $technology}) })
OPTIONAL MATCH (used)-[b:DEMANDED_BY {source: source, scenario: 'base-year', scenario_case: d.scenario_case, region: d.region}]->(user)
WITH used, whole, user, d, source, b ORDER BY b.year DESC
WITH used, whole, user, d, source, head(collect(b)) AS b
OPTIONAL MATCH (used)-[total:DEMANDED_BY {source: source, scenario: d.scenario, scenario_case: d.scenario_case, region: d.region,
  year: d.year}]->(:Application {id: 'all-uses'})
OPTIONAL MATCH (used)-[base_total:DEMANDED_BY {source: source, scenario: 'base-year', scenario_case: d.scenario_case, region: d.region,
  year: b.year}]->(:Application {id: 'all-uses'})
WITH *, d.amount / nullIf(b.amount, 0.0) AS growth, d.amount / nullIf(total.amount, 0.0) AS share
WITH *, CASE WHEN d.aggregate THEN COLLECT {
  MATCH (used)-[part:DEMANDED_BY {source: source, scenario: d.scenario, scenario_case: d.scenario_case, region: d.region, year: d.year,
    aggregate: false}]->(one)
  WHERE user.id = 'all-uses' OR one:Technology OR one.id <> 'other-uses'
  WITH part, one ORDER BY part.amount DESC, one.id LIMIT 1
  RETURN 'the largest part then goes to ' + one.name + ' (' + toString(toInteger(round(100 * part.amount / d.amount))) + ' %)' }[0] END AS largest
WITH used, whole, user, d.scenario_case AS variant, d.region AS region,
     collect({d: d, b: b, source: source, growth: growth, share: share, base_share: b.amount / nullIf(base_total.amount, 0.0),
       largest: largest}) AS rows
WITH *, reduce(x = null, r IN rows | CASE WHEN x IS NULL OR r.growth < x THEN r.growth ELSE x END) AS low,
     reduce(x = null, r IN rows | CASE WHEN x IS NULL OR r.growth > x THEN r.growth ELSE x END) AS high
UNWIND rows AS row
// 3. Of each material first what all take; of the whole list what grows most.
WITH *, row.d AS d
ORDER BY used.id = $material DESC, $material IS NULL AND $technology IS NULL AND NOT whole,
     CASE WHEN $material IS NULL THEN -coalesce(high, 0.0) ELSE 0.0 END, used.id,
     variant <> 'base case', variant,
     CASE d.scenario WHEN 'stated-policies' THEN 0 WHEN 'current-policies' THEN 1 WHEN 'announced-pledges' THEN 2
       WHEN 'high-demand' THEN 3 ELSE 4 END,
     user.id <> 'all-uses', NOT d.aggregate, d.amount DESC, user.id
WITH collect({used: used, user: user, variant: variant, row: row, low: low, high: high}) AS every
WITH every[..toInteger($limit)] AS shown, size(every) - toInteger($limit) AS more
UNWIND shown AS one
WITH one, one.row AS row, one.row.d AS d, more
RETURN one.used.name AS material, one.user.name AS use, replace(d.scenario, '-', ' ') AS scenario, one.variant AS scenario_case, row.b.amount AS base,
       toString(row.b.year) AS base_year, d.amount AS amount, toString(d.year) AS year, round(row.growth, 2) AS growth, row.share AS share,
       row.source AS source,
       d.basis_note AS counted, row.base_share AS base_share, CASE WHEN one.low < one.high THEN round(one.low, 2) END AS growth_low,
       CASE WHEN one.low < one.high THEN round(one.high, 2) END AS growth_high, row.largest AS largest, d.aggregate AS aggregate,
       CASE WHEN more > 0 THEN more END AS left_out, one.used.id AS material_id, one.user.id AS use_id, d.verified AS verified
