/*
title: Is what the article and the headlines claim true?
parameters:
  - {name: claim, type: text, help: "Only the claim of this id", example: h19}
  - {name: material, type: material, help: "Only claims about this material", example: cobalt}
  - {name: country, type: economy, help: "Only claims about this country or bloc", example: China}
  - {name: verdict, type: choice, default: all, choices: [all, supported, contradicted, partly, own source only, not decidable, framing], help: "Only claims with this verdict", example: contradicted}
  - {name: show, type: choice, default: claims, choices: [claims, rows], help: "One row a claim, or one for each figure or thing behind it", example: rows}
  - {name: tolerance, type: number, default: "1", help: "How many percentage points a share may lie from a claimed number and still be that number", example: "0.5"}
  - {name: as_of, type: date, help: "Only with what was published, signed or announced by that day; by default with all documents in the data", example: "2026-02-03"}
columns:
  - {name: claim, type: text, entity: Claim, meaning: "Id of the claim"}
  - {name: text, type: text, meaning: "What is claimed, in paraphrase"}
  - {name: verdict, type: text, meaning: "supported, contradicted, partly, own source only (it agrees with the source that it repeats, and no independent one speaks), not decidable (from the data), or framing (it states no fact); with `--show rows` that of the row"}
  - {name: claimed, type: text, meaning: "Which figures agree with the claim; empty where it is enough that there is one"}
  - {name: found, type: text, meaning: "Figures of the rows that decide, or of all where none does"}
  - {name: period, type: text, spare: 1, meaning: "Period of the rows"}
  - {name: because, type: text, meaning: "Why, and on which rows: what, figure, source, period; of many the first, all of them with `--claim` or `--show rows`"}
  - {name: why, type: text, detail: true, meaning: "Why it is not decidable, what the rows that decide have against them, or which framing it is"}
  - {name: rows_behind, type: list, spare: 2, detail: true, meaning: "All rows: what, figure, source, period; `own source` marks what the claim repeats, `not read` what was only credited to a document"}
  - {name: sources, type: list, detail: true, meaning: "Sources of the rows; of the claim itself where there is none"}
  - {name: claimed_low, type: number, unit: unit, detail: true, meaning: "Least figure that agrees with the claim"}
  - {name: claimed_high, type: number, unit: unit, detail: true, meaning: "Greatest figure that does; absent where there is no limit"}
  - {name: graph_low, type: number, unit: unit, detail: true, meaning: "Least figure of the rows that decide, or of all where none does"}
  - {name: graph_high, type: number, unit: unit, detail: true, meaning: "Greatest of them; where only this one is known it is a limit"}
  - {name: unit, type: text, spare: 2, detail: true, meaning: "percent, number of things, or that of the claim"}
  - {name: publisher_verification, type: text, spare: 2, detail: true, meaning: "What was found when the claim was checked against documents at collection; no part of the verdict"}
  - {name: verified, type: boolean, spare: 2, detail: true, meaning: "Whether the document with the claim was read"}
  - {name: tested_by, type: text, detail: true, meaning: "The test that the claim names"}
  - {name: test_reason, type: text, detail: true, meaning: "Why it is read and tested so, or why it cannot be tested"}
  - {name: asserted_by, type: text, detail: true, meaning: "Who says so"}
  - {name: made_in, type: text, detail: true, meaning: "The document in which it stands"}
  - {name: judged_as_of, type: text, detail: true, meaning: "Day up to which documents count; empty where all do"}
  - {name: since_then, type: text, detail: true, meaning: "Of a claim about a share of output in a past period: the newest headline share, where it is of a later year and lies outside what is claimed; it decides nothing"}
  - {name: told, type: text, detail: true, meaning: "The verdict in a sentence, where one claim is asked for"}
finding:
  - "{told}"
  - "Of {rows:claim|claims}[, by documents up to {judged_as_of}], supported by the data: {verdict:count=supported}, contradicted: {verdict:count=contradicted}, partly right: {verdict:count=partly}, agreeing with their own source and no independent one at hand: {verdict:count=own source only}, not decidable: {verdict:count=not decidable}; framing (meetings, hopes, judgements, background), which states no fact that data could decide: {verdict:count=framing}."
  - "Of {rows:row|rows} behind the claims, supporting: {verdict:count=supported}, contradicting: {verdict:count=contradicted}, partly: {verdict:count=partly}, deciding nothing: {verdict:count=not decidable}."
notes:
  - "Since then: {claim} is judged by its own period; {since_then}."
nothing: "No claim that fits what was asked is in the data."
caveats:
  - A verdict says what the loaded data show under the reading in `test_reason`; it is no judgement on who made the claim.
  - What a claim repeats cannot support it. Where independent rows differ from it and its own source agrees, sources differ, and the claim is partly right.
  - For shares, series of publishers and customs count, and the few documents that a claim's test admits by name; other documents repeat one another. Nothing rests on sources of grade D.
  - That no agreement, use or measure is found proves nothing; such a claim is not decidable.
  - Shares of imports are by mass where the source gives one, else by value; where it gives both, the mass decides and the value stands beside it. They are of the tariff line, which may hold a little more than the product.
  - How imports changed is by value and normal trade; no cause is tested, and prices, sanctions and new mines move it as well as an agreement.
  - Publishers draw on one another too (the EU study on national surveys, BACI on customs); they are no wholly independent witnesses.
method: "Each claim names a test (`tested_by`) and its arguments, or the framing that makes it no statement of fact. A test yields rows with a lower and an upper bound: a country's share of the world's output, of reserves, of the EU's sourcing or imports, of several tariff lines together, summed over the period, in each publication's newest edition; of how many products the imports changed; the number of agreements, restrictions, policies, uses or listed minerals; or a sum of what was stated. A claimed number agrees within the tolerance (percentage points; counts exactly), `over N` from N on, words as `test_reason` says. A row within the claimed limits supports, one outside contradicts, one across them does partly, and one without a lower bound can only contradict. All rows of one kind give the verdict; rows of several kinds give partly."
data_needed: [HOLDS_RESERVES, SUPPLIES, EXPORTS_TO, CLASSIFIES, SCORES, NEEDS]
examples: ["orepath ask claims", "orepath ask claims --verdict contradicted", "orepath ask claims --claim h19 --show rows"]
*/
MATCH (claim:Claim)-[:MADE_IN]->(document:Source)
WHERE claim.test_reason IS NOT NULL AND ($claim IS NULL OR toUpper(claim.id) = toUpper($claim))
  AND ($country IS NULL OR EXISTS { (claim)-[:ABOUT]->(:Economy {id: $country}) })
  AND ($material IS NULL OR EXISTS { (claim)-[:ABOUT]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
WITH claim, document, coalesce(claim.test_since, '') AS since, coalesce(claim.test_until, '9999') AS until,
     coalesce(claim.test_actors, []) AS actors, coalesce(toString($as_of), '9999') AS day
// part: shares
// part: counts
// part: trade
// part: lists
WITH claim, document, shares + counts + traded + listed AS figures,
     CASE WHEN claim.tested_by STARTS WITH 'share' THEN $tolerance ELSE 0 END + 1e-9 AS slack
WITH *, coalesce(claim.test_least, claim.low, claim.value - slack, CASE WHEN claim.tested_by IS NOT NULL THEN 1 END) AS claimed_low,
     CASE WHEN claim.test_least IS NULL THEN claim.value + slack ELSE claim.test_most END AS claimed_high
// Each row by itself, in words: inside the claimed limits, outside them, across them, or too open to say.
WITH *, [f IN figures | {name: f.name, sources: f.sources, period: f.period, low: f.low, high: f.high, own: f.own, later: coalesce(f.later, false),
     read: f.read, status: CASE WHEN f.high < claimed_low OR f.low > claimed_high THEN 'contradicted'
       WHEN f.low >= claimed_low AND (claimed_high IS NULL OR f.high <= claimed_high) THEN 'supported'
       WHEN f.low IS NULL THEN 'not decidable' ELSE 'partly' END,
     giver: head(COLLECT { MATCH (s:Source {id: f.sources[0]}) RETURN CASE s.kind WHEN 'document' THEN coalesce(
       trim(split(split(split(s.publisher, '(')[0], ';')[0], ',')[0]), s.name) + coalesce(' ' + left(s.published, 4), '') ELSE s.id END}),
     said: CASE WHEN f.of = 'products' THEN ': ' + toString(round(f.high, 1)) + ' %' WHEN claim.tested_by STARTS WITH 'share'
       THEN ': ' + CASE WHEN f.low IS NULL THEN 'at most ' WHEN f.high - f.low > 0.05 THEN toString(round(f.low, 1)) + ' to ' ELSE '' END
         + toString(round(f.high, 1)) + ' %' + coalesce(' of ' + f.of, '') + coalesce(' by ' + f.by, '')
         + coalesce(', ' + toString(round(f.worth, 1)) + ' % by value', '') ELSE '' END}] AS figures
WITH *, [f IN figures | {name: f.name, sources: f.sources, period: f.period, low: f.low, high: f.high, own: f.own, later: f.later, read: f.read,
       status: f.status, line: f.name + f.said + ' (' + coalesce(f.giver, f.sources[0]) + coalesce(', ' + f.period, '') + ')'
       + CASE WHEN f.own THEN ', own source' ELSE '' END + CASE WHEN f.later THEN ', later: not counted' ELSE '' END
       + CASE WHEN f.read THEN '' ELSE ', not read' END}] AS figures
// The claim by all rows that decide: a claim's own source may contradict it, never support it.
WITH *, CASE WHEN claim.framing IS NULL THEN [f IN figures WHERE f.status <> 'not decidable' AND NOT f.later
         AND (NOT f.own OR f.status = 'contradicted')] ELSE [] END AS deciding,
     any(f IN figures WHERE f.own AND (f.status = 'supported' OR f.high IS NULL)) AS own_agrees
WITH *, CASE WHEN claim.framing IS NOT NULL THEN 'framing' WHEN deciding = [] AND own_agrees THEN 'own source only'
       WHEN deciding = [] THEN 'not decidable' WHEN any(f IN deciding WHERE f.status <> deciding[0].status) THEN 'partly'
       WHEN deciding[0].status = 'contradicted' AND own_agrees THEN 'partly' ELSE deciding[0].status END AS judged
WITH *, CASE WHEN claim.framing IS NOT NULL THEN claim.framing + ': ' + claim.test_reason WHEN claim.tested_by IS NULL THEN claim.test_reason
       WHEN figures = [] THEN 'no such row in the data' WHEN judged = 'own source only' THEN 'no independent source says so, or otherwise'
       WHEN deciding = [] AND all(f IN figures WHERE NOT f.read) THEN 'no row was read in its document'
       WHEN deciding = [] THEN 'the rows give only a limit' WHEN all(f IN deciding WHERE f.own) THEN 'by its own source'
       WHEN judged = 'partly' AND own_agrees AND none(f IN deciding WHERE f.status = 'supported') THEN 'its own source agrees, others differ'
       WHEN judged = 'partly' AND claim.tested_by = 'uses' THEN 'only some types of its technologies need it'
       WHEN judged = 'partly' AND any(f IN deciding WHERE f.status <> deciding[0].status) THEN 'the rows differ'
       WHEN claim.tested_by STARTS WITH 'share' AND any(f IN figures WHERE f.own AND none(g IN figures WHERE g.name = f.name AND NOT g.own))
         THEN 'for some only its own source speaks'
       WHEN any(f IN figures WHERE f.later) THEN toString(size(figures)) + ' by ' + toString(claim.made_on)
       WHEN any(f IN deciding WHERE NOT f.read) THEN 'some rows were not read in their documents' END AS why
WHERE $verdict = 'all' OR judged = $verdict
// What speaks for it or is not counted first, then what decides, then the rest.
WITH *, [f IN figures | CASE WHEN f.later OR judged = 'partly' AND f.own AND f.status = 'supported' THEN 0
       WHEN f.status <> 'not decidable' AND (NOT f.own OR f.status = 'contradicted') THEN 1 ELSE 2 END] AS ranks
WITH claim, document, claimed_low, claimed_high, judged, why, deciding,
     reduce(sorted = [], rank IN [0, 1, 2] | sorted + [i IN range(0, size(figures) - 1) WHERE ranks[i] = rank | figures[i]]) AS figures
UNWIND CASE WHEN $show = 'rows' THEN [f IN figures | [f]] ELSE [CASE deciding WHEN [] THEN figures ELSE deciding END] END AS rows
UNWIND CASE rows WHEN [] THEN [null] ELSE rows END AS row
WITH claim, document, figures, claimed_low, claimed_high, judged, why, rows, min(row.low) AS low, max(row.high) AS high, min(row.period) AS since,
     max(row.period) AS until, CASE WHEN claim.tested_by STARTS WITH 'share' THEN 'percent' WHEN claim.tested_by = 'sum-of-statements'
       THEN claim.unit WHEN claim.tested_by IS NOT NULL THEN 'number' END AS unit
WITH *, CASE $show WHEN 'rows' THEN rows ELSE figures END AS shown,
     CASE unit WHEN 'percent' THEN ' %' WHEN 'number' THEN '' ELSE ' ' + unit END AS sign,
     CASE WHEN all(r IN rows WHERE r.low IS NOT NULL) THEN low END AS least, CASE WHEN claim.framing IS NULL THEN unit END AS kind,
     CASE $show WHEN 'rows' THEN rows[0].status ELSE judged END AS verdict
// part: words
// part: since
RETURN claim.id AS claim, claim.text AS text, verdict, claimed, found, period, because, why, lines AS rows_behind,
       COLLECT { UNWIND CASE shown WHEN [] THEN [{sources: [document.id]}] ELSE shown END AS f
         UNWIND f.sources AS id RETURN DISTINCT id ORDER BY id } AS sources,
       round(claimed_low, 6) AS claimed_low, round(claimed_high, 6) AS claimed_high, least AS graph_low, high AS graph_high, kind AS unit,
       claim.publisher_verification AS publisher_verification, claim.verified AS verified, claim.tested_by AS tested_by,
       claim.test_reason AS test_reason, claim.asserted_by AS asserted_by, document.name AS made_in,
       CASE $show WHEN 'claims' THEN toString($as_of) END AS judged_as_of,
       since_then, told
ORDER BY CASE judged WHEN 'contradicted' THEN 0 WHEN 'partly' THEN 1 WHEN 'own source only' THEN 2 WHEN 'not decidable' THEN 3
         WHEN 'supported' THEN 4 ELSE 5 END, claim, rows_behind
