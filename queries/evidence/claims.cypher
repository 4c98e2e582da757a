/*
title: Is what the article and the headlines claim true?
parameters:
  - {name: claim, type: text, help: "Only the claim of this id", example: h19}
  - {name: material, type: material, help: "Only claims about this material", example: cobalt}
  - {name: country, type: economy, help: "Only claims about this country or bloc", example: China}
  - {name: verdict, type: choice, default: all, choices: [all, supported, contradicted, partly, not decidable], help: "Only claims with this verdict", example: contradicted}
  - {name: show, type: choice, default: claims, choices: [claims, rows], help: "One row a claim, or one for each figure or thing behind it", example: rows}
  - {name: tolerance, type: number, default: "1", help: "How many percentage points a share may lie from a claimed number and still be that number", example: "0.5"}
columns:
  - {name: claim, type: text, meaning: "Id of the claim"}
  - {name: text, type: text, meaning: "What is claimed, in paraphrase"}
  - {name: verdict, type: text, meaning: "supported, contradicted, partly, or not decidable (from the data); with `--show rows` that of the row"}
  - {name: why, type: text, meaning: "Why it is not decidable, or that only one source decides it"}
  - {name: claimed_low, type: number, unit: unit, meaning: "Least figure that agrees with the claim"}
  - {name: claimed_high, type: number, unit: unit, meaning: "Greatest figure that does; absent where there is no limit"}
  - {name: graph_low, type: number, unit: unit, meaning: "Least figure of the rows that decide, or of all where none does"}
  - {name: graph_high, type: number, unit: unit, meaning: "Greatest of them; where only this one is known it is a limit"}
  - {name: unit, type: text, spare: 2, meaning: "percent, or number of things"}
  - {name: period, type: text, spare: 1, meaning: "Period of the rows"}
  - {name: rows_behind, type: list, spare: 2, meaning: "The rows: what, figure, period, source; `own source` marks what the claim repeats"}
  - {name: sources, type: list, meaning: "Sources of the rows; of the claim itself where there is none"}
  - {name: publisher_verification, type: text, spare: 2, meaning: "What was found when the claim was checked against documents at collection; no part of the verdict"}
  - {name: verified, type: boolean, spare: 2, meaning: "Whether the document with the claim was read"}
  - {name: tested_by, type: text, detail: true, meaning: "The test that the claim names"}
  - {name: test_reason, type: text, detail: true, meaning: "Why it is read and tested so, or why it cannot be tested"}
  - {name: asserted_by, type: text, detail: true, meaning: "Who says so"}
  - {name: made_in, type: text, detail: true, meaning: "The document in which it stands"}
finding:
  - "Of {rows:claim|claims} or rows, supported by the data: {verdict:count=supported}, contradicted: {verdict:count=contradicted}, partly: {verdict:count=partly}, not decidable from the data: {verdict:count=not decidable}."
nothing: "No claim that fits what was asked is in the data."
caveats:
  - A verdict says what the loaded data show under the reading in `test_reason`; it is no judgement on who made the claim.
  - What a claim repeats cannot support it, so rows of its own source are set aside unless they contradict it.
  - For shares only series of publishers and customs count; documents repeat one another.
  - That no agreement, use or measure is found proves nothing; such a claim is not decidable.
  - Shares of imports are by mass where the source gives one, else by value; where it gives both, the mass decides and the value stands beside it. They are of the tariff line, which may hold a little more than the product.
  - Publishers draw on one another too (the EU study on national surveys, BACI on customs); they are no wholly independent witnesses.
method: "Each claim names a test (`tested_by`) and its arguments. A test yields rows with a lower and an upper bound: a country's share of the world's output, of reserves, of the EU's sourcing or imports, summed over the period, in each publication's newest edition; or the number of agreements, restrictions, policies or uses. A claimed number agrees within the tolerance (percentage points; counts exactly), `over N` from N on, words as `test_reason` says. A row within the claimed limits supports, one outside contradicts, one across them does partly, and one without a known total can only contradict. All rows of one kind give the verdict; rows of several kinds give partly."
data_needed: [HOLDS_RESERVES, SUPPLIES, EXPORTS_TO, CLASSIFIES, SCORES]
examples: ["orepath ask claims", "orepath ask claims --verdict contradicted", "orepath ask claims --claim h19 --show rows"]
*/
MATCH (claim:Claim)-[:MADE_IN]->(document:Source)
WHERE claim.test_reason IS NOT NULL AND ($claim IS NULL OR toUpper(claim.id) = toUpper($claim))
  AND ($country IS NULL OR EXISTS { (claim)-[:ABOUT]->(:Economy {id: $country}) })
  AND ($material IS NULL OR EXISTS { (claim)-[:ABOUT]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
WITH claim, document, coalesce(claim.test_since, '') AS since, coalesce(claim.test_until, '9999') AS until,
     coalesce(claim.test_actors, []) AS actors
// part: shares
// part: counts
WITH claim, document, shares + counts AS figures, CASE WHEN claim.tested_by STARTS WITH 'share' THEN $tolerance ELSE 0 END + 1e-9 AS slack
WITH *, coalesce(claim.test_least, claim.low, claim.value - slack, CASE WHEN claim.tested_by IS NOT NULL THEN 1 END) AS claimed_low,
     CASE WHEN claim.test_least IS NULL THEN claim.value + slack ELSE claim.test_most END AS claimed_high
// Each row by itself: inside the claimed limits, outside them, across them, or too open to say.
WITH *, [f IN figures | f {.*, status: CASE WHEN f.high < claimed_low OR f.low > claimed_high THEN 'contradicted'
       WHEN f.low >= claimed_low AND (claimed_high IS NULL OR f.high <= claimed_high) THEN 'supported'
       WHEN f.low IS NULL THEN 'not decidable' ELSE 'partly' END}] AS figures
// The claim by all rows that decide: a claim's own source may contradict it, never support it.
WITH *, [f IN figures WHERE f.status <> 'not decidable' AND (NOT f.own OR f.status = 'contradicted')] AS deciding
WITH *, CASE WHEN deciding = [] THEN 'not decidable' WHEN all(f IN deciding WHERE f.status = deciding[0].status) THEN deciding[0].status
     ELSE 'partly' END AS judged, CASE WHEN claim.tested_by IS NULL THEN claim.test_reason WHEN figures = [] THEN 'no such row in the data'
     WHEN deciding = [] AND any(f IN figures WHERE f.own) THEN 'only its own source says so' WHEN deciding = [] THEN 'the rows give only a limit'
     WHEN all(f IN deciding WHERE f.own) THEN 'by its own source' END AS why
WHERE $verdict = 'all' OR judged = $verdict
UNWIND CASE WHEN $show = 'rows' THEN [f IN figures | [f]] ELSE [CASE deciding WHEN [] THEN figures ELSE deciding END] END AS rows
UNWIND CASE rows WHEN [] THEN [null] ELSE rows END AS row
WITH claim, document, figures, claimed_low, claimed_high, judged, why, rows, min(row.low) AS low, max(row.high) AS high, min(row.period) AS since,
     max(row.period) AS until
RETURN claim.id AS claim, claim.text AS text, CASE $show WHEN 'rows' THEN rows[0].status ELSE judged END AS verdict,
       CASE WHEN $show = 'claims' THEN why WHEN rows[0].own THEN 'own source' END AS why, round(claimed_low, 6) AS claimed_low,
       round(claimed_high, 6) AS claimed_high, CASE WHEN all(r IN rows WHERE r.low IS NOT NULL) THEN low END AS graph_low, high AS graph_high,
       CASE WHEN claim.tested_by STARTS WITH 'share' THEN 'percent' WHEN claim.tested_by IS NOT NULL THEN 'number' END AS unit,
       CASE since WHEN until THEN since ELSE since + ' to ' + until END AS period,
       [r IN CASE $show WHEN 'rows' THEN rows ELSE figures END | r.name + CASE WHEN claim.tested_by STARTS WITH 'share' THEN ': '
         + CASE WHEN r.low IS NULL THEN 'at most ' ELSE '' END + toString(round(r.high, 1)) + ' %' + coalesce(' by ' + r.by, '')
         + coalesce(', ' + toString(round(r.worth, 1)) + ' % by value', '') + ', ' + r.sources[0] ELSE '' END
         + coalesce(' (' + r.period + ')', '') + CASE WHEN r.own THEN ', own source' ELSE '' END] AS rows_behind,
       COLLECT { UNWIND CASE figures WHEN [] THEN [{sources: [document.id]}]
                 ELSE CASE $show WHEN 'rows' THEN rows ELSE figures END END AS f
         UNWIND f.sources AS id RETURN DISTINCT id ORDER BY id } AS sources,
       claim.publisher_verification AS publisher_verification, claim.verified AS verified, claim.tested_by AS tested_by,
       claim.test_reason AS test_reason, claim.asserted_by AS asserted_by, document.name AS made_in
ORDER BY claim, rows_behind
