// 1. Of the world's output: all that is known of it, in the order in which it leads, with each country's share of the whole.
CALL (product) {
  MATCH (product)-[known:OUTPUT_KNOWN_FROM]->(source:Source)
  WHERE $importer IS NULL AND coalesce(source.id = $edition, coalesce(source.grade, '') <> 'D')
  MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[:MAKES|TOTALS]->(product),
        (industry)-[report:REPORTED_BY {measure: known.measure, period: known.period}]->(source)
  WHERE coalesce(report.basis, '') = coalesce(known.basis, '') AND NOT economy:Bloc AND report.suspect IS NULL AND report.status <> 'forecast'
  WITH known, source, sum(CASE WHEN economy:Aggregate THEN 0 ELSE report.amount END) AS stated,
       sum(CASE WHEN economy:Aggregate AND economy.id <> 'WLD' THEN report.amount ELSE 0 END) AS residual,
       CASE known.measure WHEN 'share-of-supply' THEN 100.0
         ELSE max(CASE WHEN economy.id = 'WLD' THEN coalesce(report.amount, report.low) END) END AS world,
       count(CASE WHEN economy.id = 'WLD' AND report.amount IS NULL AND report.low IS NOT NULL THEN 1 END) > 0 AS least,
       count(CASE WHEN economy.id <> 'WLD' AND report.status = 'withheld' THEN 1 END) > 0 AS withheld,
       [m IN collect({id: economy.id, name: economy.name, total: economy:Aggregate, report: report})
        WHERE NOT m.total AND coalesce(m.report.amount, m.report.high, m.report.low) IS NOT NULL] AS makers
  WITH *, CASE WHEN known.measure = 'share-of-supply' OR coalesce(world, 0) > stated + residual THEN world ELSE stated + residual END AS total
  // One country that states its output is no whole to have a share of.
  WHERE total > 0 AND (known.whole OR known.measure = 'share-of-supply' OR size(makers) > 1)
  // As `top-producers` has it: a total that the stated parts fill, or that is only a least one, leaves somebody out.
  WITH *, NOT known.whole OR least OR (withheld AND total - stated - residual < 0.01 * total) AS open
  ORDER BY known.precedence
  RETURN collect({period: known.period, source: source.id, basis: nullIf(known.basis, 'not-applicable'), codes: [], whole: known.whole,
    of: CASE WHEN known.measure = 'share-of-supply' THEN 'world supply' WHEN known.whole THEN 'world output'
             ELSE 'the output of the countries that state it' END,
    named: size(makers), coverage: CASE WHEN known.whole AND world IS NOT NULL THEN CASE WHEN stated > world THEN 1.0 ELSE stated / world END END,
    parts: [m IN makers | {id: m.id, name: m.name, verified: m.report.verified,
      share: CASE WHEN coalesce(m.report.amount, m.report.high, m.report.low) > total THEN 1.0
                  ELSE coalesce(m.report.amount, m.report.high, m.report.low) / total END,
      bound: CASE WHEN open OR (m.report.amount IS NULL AND m.report.high IS NOT NULL) THEN 'at most'
                  WHEN m.report.amount IS NULL THEN 'at least' END}]}) AS outputs
}
