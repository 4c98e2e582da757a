// What each publisher's series, customs, or documents admitted by name say of a share: a lower and an upper bound for each thing.
CALL (claim, document, since, until, actors, day) {
  CALL (claim) {
    WITH * WHERE claim.tested_by = 'share-of-output'
    UNWIND claim.test_things AS thing
    MATCH (what:Product {id: thing})
    WITH DISTINCT claim, what
    MATCH (what)<-[:MAKES|TOTALS]-(industry:Industry)-[r:REPORTED_BY]->(source:Source)
    WHERE r.measure IN ['production', 'share-of-supply']
      AND (EXISTS { (source)-[:EDITION_OF]->(:Publication) } OR source.id IN coalesce(claim.test_witnesses, []) + coalesce(claim.test_quoted, []))
    MATCH (economy:Economy)-[:HAS]->(industry) WHERE r.status <> 'forecast'
    RETURN what, source, r.measure + coalesce(r.basis, '') AS kind, r.period AS period, economy, coalesce(r.amount, r.low) AS least,
           coalesce(r.amount, r.high) AS most, r.verified AS read, CASE r.measure WHEN 'share-of-supply' THEN 100.0 END AS whole,
           null AS by, null AS worth, null AS of
    UNION ALL
    WITH * WHERE claim.tested_by = 'share-of-reserves'
    MATCH (what:Material) WHERE what.id IN claim.test_things
    MATCH (economy:Economy)-[r:HOLDS_RESERVES]->(form:Product)-[:FORM_OF]->(what)
    MATCH (source:Source {id: r.source})
    RETURN what, source, form.id + coalesce(r.basis, '') AS kind, r.period AS period, economy, coalesce(r.amount, r.low) AS least,
           coalesce(r.amount, r.high) AS most, r.verified AS read, null AS whole, null AS by, null AS worth, null AS of
    UNION ALL
    WITH * WHERE claim.tested_by IN ['share-of-sourcing', 'share-of-imports', 'share-of-purchases', 'share-of-tariff-lines']
    UNWIND claim.test_things AS thing
    MATCH (what:Product {id: thing})
    WITH DISTINCT claim, what
    MATCH (what)<-[class:CLASSIFIES*0..1]-(form:Product)<-[:MAKES|SHIPS|TOTALS]-(industry:Industry),
          (industry)-[r:SUPPLIES]->(:Economy {id: claim.test_market})
    MATCH (source:Source {id: r.source})
    WHERE CASE WHEN form:TradeCode
            THEN claim.tested_by IN ['share-of-imports', 'share-of-purchases'] AND all(c IN class WHERE c.specificity IN ['exact', 'dominant'])
            ELSE claim.tested_by IN ['share-of-sourcing', 'share-of-purchases', 'share-of-tariff-lines'] AND form = what AND r.measured
              AND (EXISTS { (source)-[:EDITION_OF]->(:Publication) }
                OR source.id IN coalesce(claim.test_witnesses, []) + coalesce(claim.test_quoted, [])) END
    MATCH (economy:Economy)-[:HAS]->(industry)
    RETURN what, source, form.id AS kind, r.period AS period, economy, coalesce(r.share, r.low) AS least,
           coalesce(r.share, r.high) AS most, r.verified AS read, 1.0 AS whole, r.basis AS by, r.value_share AS worth, r.share_of AS of
  }
  WITH *, economy.id = 'WLD' AS world, NOT economy:Aggregate AND (actors = [] OR economy.id IN actors) AS counted
  WHERE left(period, 4) >= since AND right(period, 4) <= until AND coalesce(source.published, '') <= day
  WITH * ORDER BY most DESC, economy.id
  // One period: the share of those named together, else the largest, in the published total or the sum of its parts if that is more.
  WITH what, source, kind, period, actors, of, max(CASE WHEN world THEN least END) AS world_least, max(CASE WHEN world THEN most END) AS world_most,
       sum(CASE WHEN NOT world THEN least END) AS parts, count(CASE WHEN counted THEN most END) AS found, max(whole) AS whole,
       CASE actors WHEN [] THEN max(CASE WHEN counted THEN least END) ELSE sum(CASE WHEN counted THEN least END) END AS least,
       CASE actors WHEN [] THEN max(CASE WHEN counted THEN most END) ELSE sum(CASE WHEN counted THEN most END) END AS most,
       collect(CASE WHEN counted THEN {by: by, worth: worth} END)[0..CASE actors WHEN [] THEN 1 ELSE 1000 END] AS said,
       min(CASE WHEN counted THEN read END) AS read
  OPTIONAL MATCH (source)-[:EDITION_OF]->(series:Publication)
  // A publication without a world total is its own only where the claim's test takes it as complete.
  WITH *, coalesce(whole, CASE WHEN world_least > parts THEN world_least ELSE parts END) AS total_least,
       coalesce(whole, CASE WHEN world_most < parts THEN parts ELSE world_most END,
         CASE WHEN series.id IN coalesce(claim.test_complete, []) THEN parts END) AS total_most
  WHERE found > 0 AND found >= size(actors) AND total_least > 0
  WITH what, source, series, kind, of, min(left(period, 4)) AS first, max(right(period, 4)) AS last, sum(least) AS least, sum(most) AS most,
       sum(total_least) AS total_least, CASE count(*) WHEN count(total_most) THEN sum(total_most) END AS total_most, min(read) AS read,
       // Whether it is by mass or value, and the share by value beside one by mass, where one period has both for all that are named.
       CASE WHEN count(*) = 1 THEN head(collect(said)) ELSE [] END AS said
  // The newest edition of each publication, and of its counts the one with a known total.
  WITH * ORDER BY source.published DESC, source.id, total_most IS NULL, kind
  WITH what, coalesce(series.id, source.id) AS series, head(collect({name: what.name, sources: [source.id], low: 100 * least / total_most,
       high: 100 * most / total_least, period: CASE first WHEN last THEN first ELSE first + '-' + last END, read: coalesce(read, true), of: of,
       by: CASE WHEN all(s IN said WHERE s.by = said[0].by) THEN said[0].by END,
       worth: CASE WHEN said <> [] AND all(s IN said WHERE s.worth IS NOT NULL) THEN 100 * reduce(sum = 0.0, s IN said | sum + s.worth) END
       })) AS figure ORDER BY what.id, series
  RETURN collect(figure {.*, own: any(s IN [series] + figure.sources WHERE s = document.id OR s IN coalesce(claim.test_quoted, []))}) AS shares
}
