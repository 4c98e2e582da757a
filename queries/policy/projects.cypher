/*
title: Which mines and plants are planned or at work in the EU and its partners, and how far would they go?
parameters:
  - {name: material, type: material, help: "Only what yields this material, its group or a member", example: rare-earths}
  - {name: stage, type: stage, help: "Only this stage of the value chain", example: separation-refining}
  - {name: importer, type: economy, default: EU, help: "Whose projects, partners, use and benchmarks", example: EU}
  - {name: where, type: choice, choices: [market, partners, both, all], default: both, help: "In the market, in its partners, in both, or also elsewhere", example: market}
  - {name: as_of, type: date, default: newest, help: "Partners and members on that day", example: "2026-02-03"}
  - {name: limit, type: integer, default: "15", help: "How many rows", example: "100"}
columns:
  - {name: project, type: text, meaning: "The mine or plant"}
  - {name: country, type: text, meaning: "Where it lies"}
  - {name: place, type: text, detail: true, meaning: "`market`, `partner` (an agreement signed or in force), `listed` (elsewhere, but a project under one of the market's policies) or `elsewhere`"}
  - {name: product, type: text, meaning: "What it makes or is meant to make"}
  - {name: status, type: text, meaning: "How far it had come when the source was read: explored, announced, under construction, built, pilot, ramping up, operating, suspended, cancelled, closed, or not stated"}
  - {name: status_text, type: text, detail: true, meaning: "The source's words, where they say more than the status or something else"}
  - {name: capacity, type: number, unit: t, meaning: "Capacity of a year, the largest that a source states, or its bound; empty where none does"}
  - {name: by, type: text, meaning: "Year of the capacity, and whether it is in place, meant, idle (suspended) or given up, by its own forecast and the status; `meant then` for a year that has passed by the day asked for"}
  - {name: share_of_use, type: number, unit: percent, meaning: "The capacity in percent of what the market uses of the product in a year; empty where that is not in the data"}
  - {name: own_today, type: text, meaning: "What members made of all that the market has of the product today (reconciled) / its benchmark for that stage, of all strategic materials together: in the EU 10 % extraction, 40 % processing, 25 % recycling"}
  - {name: source, type: text, meaning: "The document on the capacity, or on the project"}
  - {name: own_share, type: share, detail: true, meaning: "The own share as a number"}
  - {name: wanted, type: share, detail: true, meaning: "The benchmark as a number"}
  - {name: capacity_of, type: text, detail: true, meaning: "Bound, part, and whether it is the capacity to make or to take in"}
  - {name: stage_name, type: text, detail: true, meaning: "Stage of the product"}
  - {name: pipeline, type: number, unit: t, detail: true, meaning: "Capacities stated for the product in the market, added up; a project in several countries, and intake, are left out"}
  - {name: in_place, type: number, unit: t, detail: true, meaning: "Those of them that are in place"}
  - {name: market_use, type: number, unit: t, detail: true, meaning: "What the market uses of the product in a year"}
  - {name: use_of, type: text, detail: true, meaning: "Measure and year of that use"}
  - {name: listed_under, type: text, detail: true, meaning: "Policy that gives it a status of its own, such as Strategic Project"}
  - {name: sources, type: list, detail: true, meaning: "All sources of the row"}
  - {name: claims, type: list, detail: true, meaning: "What documents claim of the projects of the market as a whole"}
  - {name: in_market, type: integer, detail: true, meaning: "Projects in the market that fit"}
  - {name: in_partners, type: integer, detail: true, meaning: "Projects in partners, or listed elsewhere, that fit"}
  - {name: with_capacity, type: integer, detail: true, meaning: "Those of both of which a capacity is stated"}
  - {name: at_work, type: integer, detail: true, meaning: "Projects that fit and make their product: operating or ramping up"}
  - {name: being_built, type: integer, detail: true, meaning: "Those under construction, built and not at work yet, or on a trial scale"}
  - {name: meant, type: integer, detail: true, meaning: "Those announced, or of which the deposit is explored"}
  - {name: stopped, type: integer, detail: true, meaning: "Those suspended, cancelled or closed, if any"}
  - {name: unstated, type: integer, detail: true, meaning: "Those of which no source says how far they have come"}
  - {name: shown, type: integer, detail: true, meaning: "Rows shown, where there are more"}
  - {name: all_rows, type: integer, detail: true, meaning: "Rows that fit"}
  - {name: lead_product, type: text, detail: true, meaning: "The product whose capacities in the market come nearest to its use"}
  - {name: lead_pipeline, type: number, unit: t, detail: true, meaning: "What these capacities come to"}
  - {name: lead_in_place, type: number, unit: t, detail: true, meaning: "What of it is in place"}
  - {name: lead_by, type: text, detail: true, meaning: "The latest year of these capacities"}
  - {name: lead_share, type: number, unit: percent, detail: true, meaning: "Their part of the market's use; may be above 100"}
  - {name: lead_use, type: text, detail: true, meaning: "Measure and year of that use"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the document was read"}
  - {name: project_id, type: text, entity: Project, detail: true, meaning: "Id of the project"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
finding:
  - "Capacities stated for {lead_product} in {importer} add up to {lead_pipeline} t a year by {lead_by}, {lead_in_place} t of it in place: {lead_share} % of what it uses ({lead_use}). Projects that fit:[ {in_market} in {importer};][ {in_partners} in its partners or listed by it;] a capacity is stated for {with_capacity}.[ The first {shown} of {all_rows} rows are shown.]"
  - "No capacity in {importer} that is stated can be set against its use, which is published for hardly any form. Projects that fit:[ {in_market} in {importer};][ {in_partners} in its partners or listed by it;] a capacity is stated for {with_capacity}.[ The first {shown} of {all_rows} rows are shown.]"
notes:
  - "By status: {at_work} at work, {being_built} being built, built or on trial, {meant} announced[, {stopped} suspended or given up]; of {unstated} no source says how far they have come."
  - "Claimed of the projects together, and not tested here: {claims:list}"
nothing: "No mine or plant of that kind, planned or at work, is in the data for {importer} or its partners."
caveats:
  - A capacity is no output. Plants run below it, start late or are never built; no source in the data gives the probability that one is, so it is not known, and the status is all that tells how sure a capacity is.
  - The list is of Strategic Projects and of plants that documents name, and no register. A project without a capacity is no small one.
  - The benchmarks are of annual consumption of all strategic materials together in 2030; no single project or material meets or misses them.
  - Capacities of different years, grades and contents stand side by side (oxide, concentrate, magnets); a part of a project is not added to the whole.
  - The output of a partner's project goes where its contracts say.
method: "Projects by LOCATED_IN and PRODUCES; of each project and product the largest capacity. Use: reported or apparent consumption of the market. Own share: SUPPLIES_MARKET of members. Partners: agreements signed or in force on the day."
data_needed: [OUTPUT_REPORTED_BY, SUPPLIES_MARKET, SETS, ABOUT]
examples: ["orepath ask projects --material rare-earths", "orepath ask projects --material lithium --where market", "orepath ask projects --stage extraction"]
*/
MATCH (market:Economy {id: $importer})
// 1. Projects that fit, where they lie, and what of the material they make.
MATCH (product:Product)<-[:PRODUCES]-(project:Project)-[:LOCATED_IN]->(country:Country)
WHERE ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(m:Material)
        WHERE EXISTS { (m)-[:PART_OF*0..3]->(:Material {id: $material}) } OR EXISTS { (:Material {id: $material})-[:PART_OF*0..3]->(m) } })
OPTIONAL MATCH (product)-[:AT_STAGE]->(stage:Stage)
WITH market, product, project, country, stage WHERE $stage IS NULL OR stage.id = $stage
OPTIONAL MATCH (project)-[:LISTED_UNDER]->(policy:Policy)
WITH *, CASE WHEN country = market OR EXISTS { MATCH (country)-[in:MEMBER_OF]->(market) WHERE in.from <= $as_of AND (in.until IS NULL
    OR in.until > $as_of) } THEN 'market'
     WHEN EXISTS { MATCH (country)<-[:PARTY]-(agreement:Agreement)-[:PARTY]->(market) WHERE
// part: partnerships.counts
       } THEN 'partner'
     WHEN EXISTS { (policy)-[:ADOPTED_BY]->(market) } THEN 'listed' ELSE 'elsewhere' END AS place
WHERE CASE $where WHEN 'market' THEN place = 'market' WHEN 'partners' THEN place IN ['partner', 'listed'] WHEN 'both' THEN place <> 'elsewhere'
    ELSE true END
// 2. Of each project and product the largest capacity that a source states.
OPTIONAL CALL (project, product) {
  MATCH (project)-[report:OUTPUT_REPORTED_BY {product: product.id}]->(:Source) WHERE report.measure IN ['capacity', 'intake-capacity']
  WITH report, coalesce(report.amount, report.high, report.low) AS size
  RETURN report ORDER BY size IS NULL, report.measure, size DESC, report.source LIMIT 1
}
WITH *, CASE WHEN report.unit = 't' THEN coalesce(report.amount, report.high, report.low) END AS capacity,
     CASE WHEN coalesce(report.amount, report.high, report.low) IS NULL THEN null
          WHEN project.status IN ['cancelled', 'closed'] THEN 'given up'
          WHEN report.status = 'forecast' OR project.status IN ['exploration', 'announced', 'under-construction'] THEN 'meant'
          WHEN project.status = 'suspended' THEN 'idle' ELSE 'in place' END AS state,
     COUNT { (project)-[:LOCATED_IN]->() } > 1 AS several
// part: use
WITH collect({market: market, product: product, project: project, country: country, stage: stage, policy: policy, place: place, report: report,
    capacity: capacity,
     state: state, several: several, total: total}) AS rows
// part: sums
UNWIND summed AS s
WITH *, s.row AS row
RETURN row.project.name AS project, row.country.name AS country, row.place AS place, row.product.name AS product,
       coalesce(replace(row.project.status, '-', ' '), 'not stated') AS status, row.project.status_text AS status_text,
       row.capacity AS capacity, row.report.period + coalesce(', ' + row.state, '')
       + CASE WHEN row.state = 'meant' AND toIntegerOrNull(right(row.report.period, 4)) < $as_of.year THEN ' then; nothing later is in the data'
              ELSE '' END AS by, CASE WHEN s.of_use >= 1 THEN round(s.of_use, 1) ELSE s.of_use END AS share_of_use,
       CASE WHEN s.total.own_share IS NULL AND s.total.wanted IS NULL THEN null
            ELSE coalesce(CASE WHEN 0 < s.total.own_share < 0.005 THEN 'under 1' ELSE toString(toInteger(round(100 * s.total.own_share))) END
                + ' %', 'not known')
              + coalesce(' / ' + toString(toInteger(100 * s.total.wanted)) + ' %', '') END AS own_today,
       coalesce(row.report.source, head(COLLECT { MATCH (p:Project {id: row.project.id})-[:DOCUMENTED_BY]->(d:Source) RETURN d.id
           ORDER BY d.id })) AS source,
       s.total.own_share AS own_share, s.total.wanted AS wanted,
       CASE WHEN row.capacity IS NULL THEN null ELSE CASE WHEN row.report.amount IS NOT NULL THEN '' WHEN row.report.high IS NOT NULL
           THEN 'at most; ' ELSE 'at least; ' END
            + CASE row.report.measure WHEN 'capacity' THEN 'made' ELSE 'taken in' END + coalesce('; ' + row.report.basis_note, '')
            + CASE row.report.part WHEN 'all' THEN '' ELSE '; ' + row.report.part END END AS capacity_of,
       row.stage.name AS stage_name, s.pipeline AS pipeline, CASE WHEN s.pipeline IS NOT NULL THEN s.in_place END AS in_place,
           s.total.amount AS market_use,
       s.total.of AS use_of, row.policy.name AS listed_under,
       COLLECT { UNWIND COLLECT { MATCH (p:Project {id: row.project.id})-[:DOCUMENTED_BY]->(d:Source) RETURN d.id } + coalesce(s.total.sources, [])
           + [row.report.source] AS id
                 WITH id WHERE id IS NOT NULL RETURN DISTINCT id ORDER BY id } AS sources,
       COLLECT { MATCH (claim:Claim)-[:ABOUT]->(m:Material) WHERE (claim.predicate CONTAINS 'EU need' OR claim.predicate CONTAINS 'EU demand')
           AND $importer = 'EU27'
                   AND ($material IS NULL OR EXISTS { (m)-[:PART_OF*0..3]->(:Material {id: $material}) }
                       OR EXISTS { (:Material {id: $material})-[:PART_OF*0..3]->(m) })
                 RETURN DISTINCT claim.name AS name ORDER BY name } AS claims,
       CASE WHEN $where <> 'partners' THEN in_market END AS in_market, CASE WHEN $where <> 'market' THEN in_partners END AS in_partners,
           with_capacity, at_work, being_built, meant, stopped, unstated,
       CASE WHEN size(rows) > $limit THEN toInteger($limit) END AS shown, size(rows) AS all_rows,
       best.row.product.name AS lead_product, best.pipeline AS lead_pipeline, best.in_place AS lead_in_place,
       reduce(y = null, r IN best.own | CASE WHEN y IS NULL OR r.report.period > y THEN r.report.period ELSE y END) AS lead_by,
       round(100 * best.pipeline / best.total.amount) AS lead_share, best.total.of AS lead_use,
       coalesce(row.report.verified, row.project.verified) AS verified, row.project.id AS project_id, row.product.id AS product_id
ORDER BY CASE row.place WHEN 'market' THEN 0 WHEN 'partner' THEN 1 WHEN 'listed' THEN 2 ELSE 3 END, s.of_use IS NULL, s.of_use DESC,
    // Of one material along its chain, from the mine on.
    $material IS NULL AND row.capacity IS NULL, CASE WHEN $material IS NULL THEN -1 ELSE 1 END * coalesce(row.stage.position, 0),
    row.capacity IS NULL, product_id, row.capacity DESC, project_id, country
LIMIT toInteger($limit)
