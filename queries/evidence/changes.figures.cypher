// 4. Publications with an edition in that time, and the two newest of each.
CALL (since) {
  MATCH (series:Publication)<-[:EDITION_OF]-(edition:Source)
  WHERE $kind IN ['all', 'figure'] AND ($publication IS NULL OR series.id = $publication)
    AND edition.kind = 'dataset' AND edition.published <= toString($until)
    AND ($publication IS NOT NULL OR EXISTS { (edition)<-[:REPORTED_BY {measure: 'production'}]-(:Industry) })
  WITH since, series, edition ORDER BY edition.published DESC, edition.id DESC
  WITH since, series, collect(edition)[..2] AS editions
  WHERE $publication IS NOT NULL OR editions[0].published > toString(since)
  RETURN collect({series: series, editions: editions}) AS publications
}
CALL (publications) {
  UNWIND [p IN publications WHERE size(p.editions) = 2] AS one
  UNWIND [0, 1] AS which
  WITH which, one.editions AS editions, one.editions[which] AS edition
  MATCH (edition)<-[report:REPORTED_BY {measure: 'production'}]-(industry:Industry)-[:MAKES]->(product:Product)
  WHERE report.amount IS NOT NULL AND report.suspect IS NULL AND size(report.period) = 4
    AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
  // A total of the makers that the edition names of that year: withheld figures stay out of both editions' shares.
  WITH which, editions, product, report.period AS period, report.unit AS unit, report.basis AS basis,
       collect({industry: industry, amount: report.amount, verified: report.verified}) AS makers, sum(report.amount) AS world
  WHERE world > 0
  WITH editions, product, unit, basis, collect({which: which, period: period, makers: makers, world: world}) AS years
  WITH *, [w IN [0, 1] | reduce(last = '', y IN years | CASE WHEN y.which = w AND y.period > last THEN y.period ELSE last END)] AS newest
  WHERE newest[0] <> '' AND newest[1] <> ''
  // The newest year of each edition; and where that of the later is another, the same year in both.
  UNWIND CASE WHEN newest[0] > newest[1] THEN [[newest[0], newest[1]], [newest[1], newest[1]]] ELSE [[newest[1], newest[1]]] END AS pair
  WITH editions, product, unit, pair, head([y IN years WHERE y.which = 0 AND y.period = pair[0]]) AS now,
       head([y IN years WHERE y.which = 1 AND y.period = pair[1]]) AS was
  WHERE now IS NOT NULL AND was IS NOT NULL
  UNWIND now.makers AS maker
  WITH *, head([m IN was.makers WHERE m.industry = maker.industry]) AS old
  WHERE old IS NOT NULL AND ($country IS NULL OR maker.industry.id STARTS WITH $country + ':')
  WITH editions, product, unit, maker.industry AS industry, {pair: pair, verified: maker.verified AND old.verified,
       amounts: [old.amount, maker.amount], shares: [old.amount / was.world, maker.amount / now.world],
       points: maker.amount / now.world - old.amount / was.world} AS move
  // One row an industry: the newest years, or where only that moved the revised one.
  ORDER BY pair[0] DESC
  WITH editions, product, unit, industry, [m IN collect(move) WHERE abs(m.points) >= $threshold / 100.0] AS all_moves
  WITH *, [m IN all_moves WHERE m.amounts[0] <> m.amounts[1]] AS moves
  WHERE size(moves) > 0
  WITH *, head(moves) AS move, head([m IN all_moves WHERE m.pair[0] = m.pair[1]]) AS revision,
       EXISTS { MATCH (product)-[:FORM_OF]->(:Material)<-[entry:LISTS]-(:CriticalityList) WHERE entry.critical } AS critical
  ORDER BY critical DESC, abs(move.points) DESC, industry.id
  WITH collect({industry: industry, amounts: move.amounts, shares: move.shares, points: move.points, unit: unit, pair: move.pair,
         editions: editions, product: product, verified: move.verified, again: revision.shares[1]}) AS found
  RETURN [i IN range(0, size(found) - 1) | {kind: 'figure', what: found[i].industry.name, date: found[i].editions[0].published, place: i,
    told: [w IN [0, 1] | [found[i].amounts[w], found[i].pair[1 - w], found[i].shares[w]]], points: found[i].points, unit: found[i].unit,
    amounts: found[i].amounts, revised: found[i].pair[0] = found[i].pair[1], again: found[i].again,
    verified: found[i].verified, id: found[i].industry.id,
    sources: [e IN found[i].editions | e.id], 
    materials: COLLECT { WITH found[i].product AS x MATCH (x)-[:FORM_OF]->(m:Material) RETURN m.id AS id ORDER BY id }}] AS compared
}
WITH *, [f IN compared | {kind: f.kind, what: f.what, date: f.date, place: f.place, points: f.points, unit: f.unit, amounts: f.amounts,
       verified: f.verified, id: f.id, sources: f.sources, materials: f.materials,
       before: f.told[0][1] + ': ' + toString(round(100 * f.told[0][2], 1)) + ' %',
       after: f.told[1][1] + ': ' + toString(round(100 * f.told[1][2], 1)) + ' %'
         + CASE WHEN f.again IS NULL OR f.revised THEN '' ELSE ' (' + f.told[0][1] + ' now ' + toString(round(100 * f.again, 1)) + ' %)' END,
       change: CASE WHEN f.points > 0 THEN '+' ELSE '' END + toString(round(100 * f.points, 1)) + ' points, '
         + CASE WHEN f.revised THEN 'revised' ELSE 'a new year' END}] AS figures,
  [i IN range(0, size(publications) - 1) WHERE size(publications[i].editions) = 1 | {kind: 'edition', what: publications[i].series.name, place: i,
     date: publications[i].editions[0].published, before: 'no earlier edition is loaded', after: publications[i].editions[0].name,
     sources: [publications[i].editions[0].id], id: publications[i].series.id, materials: []}] AS alone
