/*
title: Does what the article and the headlines claim hold, judged by the graph's own figures, and by which rows?
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
  - {name: unit, type: text, meaning: "percent, or number of things"}
  - {name: period, type: text, meaning: "Period of the rows"}
  - {name: rows_behind, type: list, meaning: "The rows: what, figure, period, source; `own source` marks what the claim repeats"}
  - {name: sources, type: list, meaning: "Sources of the rows; of the claim itself where there is none"}
  - {name: publisher_verification, type: text, meaning: "What was found when the claim was checked against documents at collection; no part of the verdict"}
  - {name: verified, type: boolean, meaning: "Whether the document with the claim was read"}
  - {name: tested_by, type: text, detail: true, meaning: "The test that the claim names"}
  - {name: test_arguments, type: list, detail: true, meaning: "What the test was asked with"}
  - {name: test_reason, type: text, detail: true, meaning: "Why it is read and tested so, or why it cannot be tested"}
  - {name: asserted_by, type: text, detail: true, meaning: "Who says so"}
  - {name: made_in, type: text, detail: true, meaning: "The document in which it stands"}
finding:
  - "Of {rows} claims or rows, supported by the data: {verdict:count=supported}, contradicted: {verdict:count=contradicted}, partly: {verdict:count=partly}, not decidable from the data: {verdict:count=not decidable}."
nothing: "No such claim with that verdict is in the data."
caveats:
  - A verdict says what the loaded data show under the reading in `test_reason`; it is no judgement on who made the claim.
  - What a claim repeats cannot support it, so rows of its own source are set aside unless they contradict it.
  - For shares only series of publishers and customs count; documents repeat one another.
  - That no agreement, use or measure is found proves nothing; such a claim is not decidable.
  - Publishers draw on one another too (the EU study on national surveys, BACI on customs); they are no wholly independent witnesses.
method: "Each claim names a test (`tested_by`) and its arguments. A test yields rows with a lower and an upper bound: a country's share of the world's output, of reserves, of the EU's sourcing or imports, summed over the period, in each publication's newest edition; or the number of agreements, restrictions, policies or uses. A claimed number agrees within the tolerance (percentage points; counts exactly), `over N` from N on, words as `test_reason` says. A row within the claimed limits supports, one outside contradicts, one across them does partly, and one without a known total can only contradict. All rows of one kind give the verdict; rows of several kinds give partly."
data_needed: [HOLDS_RESERVES, SUPPLIES, EXPORTS_TO, CLASSIFIES, SCORES]
examples: ["orepath ask claims", "orepath ask claims --verdict contradicted", "orepath ask claims --claim h19 --show rows"]
*/
MATCH (claim:Claim)-[:MADE_IN]->(document:Source)
WHERE claim.test_reason IS NOT NULL AND ($claim IS NULL OR claim.id = $claim)
  AND ($material IS NULL OR EXISTS { MATCH (claim)-[:ABOUT]->(about:Material) WHERE EXISTS { (about)-[:PART_OF*0..3]->(:Material {id: $material}) } })
  AND ($country IS NULL OR EXISTS { (claim)-[:ABOUT]->(:Economy {id: $country}) })
WITH claim, document, coalesce(claim.test_arguments, []) AS given
WITH *, [g IN given WHERE g STARTS WITH 'of=' | substring(g, 3)] AS things, [g IN given WHERE g STARTS WITH 'by=' | substring(g, 3)] AS actors,
     [g IN given WHERE g STARTS WITH 'for=' | substring(g, 4)] AS users, head([g IN given WHERE g STARTS WITH 'to=' | substring(g, 3)]) AS buyer,
     coalesce(head([g IN given WHERE g STARTS WITH 'from=' | substring(g, 5)]), '') AS since,
     coalesce(head([g IN given WHERE g STARTS WITH 'until=' | substring(g, 6)]), '9999') AS until,
     [g IN given WHERE g STARTS WITH 'quoted=' | substring(g, 7)] AS quoted, toFloat(head([g IN given WHERE g STARTS WITH 'low=' | substring(g, 4)])) AS least_read,
     head([g IN given WHERE g STARTS WITH 'class=' | substring(g, 6)]) AS class, claim.tested_by STARTS WITH 'share' AS shares
CALL (claim, document, things, actors, buyer, since, until, quoted) { // Tests of shares: a figure for each thing and publication.
  CALL (claim, things, buyer, since, until) {
    MATCH (product:Product)<-[:MAKES|TOTALS]-(industry:Industry)-[r:REPORTED_BY]->(source:Source)-[:EDITION_OF]->(:Publication)
    WHERE claim.tested_by = 'share-of-output' AND product.id IN things AND r.measure IN ['production', 'share-of-supply'] AND r.status <> 'forecast'
    MATCH (economy:Economy)-[:HAS]->(industry)
    RETURN product AS what, source, r.period AS period, r.measure + coalesce(r.basis, '') AS measure, economy, coalesce(r.amount, r.low) AS least,
           coalesce(r.amount, r.high) AS most, CASE r.measure WHEN 'share-of-supply' THEN 100.0 END AS whole
    UNION ALL
    MATCH (economy:Economy)-[r:HOLDS_RESERVES]->(what:Material), (source:Source {id: r.source})
    WHERE claim.tested_by = 'share-of-reserves' AND what.id IN things
    RETURN what, source, r.period AS period, coalesce(r.basis, '') AS measure, economy, coalesce(r.amount, r.low) AS least, coalesce(r.amount, r.high) AS most, null AS whole
    UNION ALL // What a publisher says of a market's sourcing, or customs of its imports.
    MATCH (what:Product)<-[class:CLASSIFIES*0..1]-(form:Product)<-[:MAKES|TOTALS]-(industry:Industry)-[r:SUPPLIES]->(:Economy {id: buyer}), (source:Source {id: r.source})
    WHERE what.id IN things AND CASE claim.tested_by WHEN 'share-of-sourcing' THEN form = what AND r.measured AND EXISTS { (source)-[:EDITION_OF]->(:Publication) }
      WHEN 'share-of-imports' THEN form:TradeCode AND all(c IN class WHERE c.specificity IN ['exact', 'dominant']) ELSE false END
    MATCH (economy:Economy)-[:HAS]->(industry)
    RETURN what, source, r.period AS period, form.id AS measure, economy, coalesce(r.share, r.low) AS least, coalesce(r.share, r.high) AS most, 1.0 AS whole
    UNION ALL
    MATCH (what:Product)<-[class:CLASSIFIES]-(form:TradeCode)<-[:MAKES]-(industry:Industry)<-[:HAS]-(economy:Country)
    WHERE claim.tested_by = 'share-of-imports' AND what.id IN things AND class.specificity IN ['exact', 'dominant']
      AND NOT EXISTS { MATCH (economy)-[in:MEMBER_OF]->(:Economy {id: buyer}) WHERE in.until IS NULL }
    MATCH (industry)-[r:EXPORTS_TO]->(:Country)-[in:MEMBER_OF]->(:Economy {id: buyer}), (source:Source {id: r.source})-[:EDITION_OF]->(:Publication)
    WHERE in.until IS NULL AND toString(r.year) >= since AND toString(r.year) <= until
    RETURN what, source, toString(r.year) AS period, r.reporter_side AS measure, economy, sum(r.value) AS least, sum(r.value) AS most, -1.0 AS whole
  }
  WITH * WHERE left(period, 4) >= since AND right(period, 4) <= until
  WITH what, source, measure, whole, period, economy, sum(least) AS least, CASE WHEN count(most) > 0 THEN sum(most) END AS most
  WITH *, economy.id = 'WLD' AS world, NOT economy:Aggregate AND (economy.id IN actors OR actors = []) AS counted
  // One period: the country's or, where none is named, the largest; the published total or the sum of the parts, whichever is more.
  WITH what, source, measure, whole, period, max(CASE WHEN world THEN least END) AS stated_least, max(CASE WHEN world THEN most END) AS stated_most,
       sum(CASE WHEN NOT world THEN coalesce(least, 0) END) AS parts, count(CASE WHEN counted THEN 1 END) AS found,
       sum(CASE WHEN counted THEN least END) AS all_least, sum(CASE WHEN counted THEN most END) AS all_most, max(CASE WHEN counted THEN most END) AS largest
  WITH *, CASE WHEN whole > 0 THEN whole WHEN stated_least > parts THEN stated_least ELSE parts END AS total_least,
       CASE WHEN whole > 0 THEN whole WHEN whole < 0 OR stated_most < parts THEN parts ELSE stated_most END AS total_most
  WHERE found >= size(actors) AND found > 0 AND total_least > 0
  WITH what, source, measure, min(left(period, 4)) AS first, max(right(period, 4)) AS last, count(*) AS years, count(total_most) AS closed,
       sum(CASE actors WHEN [] THEN largest ELSE all_least END) AS least, sum(CASE actors WHEN [] THEN largest ELSE all_most END) AS most,
       sum(total_least) AS total_least, sum(total_most) AS total_most
  OPTIONAL MATCH (source)-[:EDITION_OF]->(publication:Publication)
  WITH * ORDER BY source.published DESC, source.id, closed DESC, measure
  WITH what, coalesce(publication.id, source.id) AS series, head(collect({source: source.id, high: 100 * most / total_least,
       low: CASE WHEN closed = years THEN 100 * least / total_most END, period: CASE first WHEN last THEN first ELSE first + '-' + last END})) AS best
  WITH * ORDER BY what.id, series
  RETURN collect(best {.source, .low, .high, .period, name: what.name, own: best.source = document.id OR best.source IN quoted OR series IN quoted}) AS figures
}
RETURN 1
