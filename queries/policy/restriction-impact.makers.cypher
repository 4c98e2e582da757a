// 2. The other makers, with their agreements and governance.
// part: policy/partnership-coverage.withheld
CALL (market, imposer, product, room) {
  MATCH (by:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(product)
  WHERE by <> imposer AND coalesce(makes.share, makes.share_high, 0) > 0
  WITH by, makes, market, by = market OR EXISTS {
          MATCH (by)-[in:MEMBER_OF]->(market) WHERE in.from <= $as_of AND coalesce(in.until > $as_of, true) } AS home,
       COLLECT { MATCH (market)<-[:PARTY]-(agreement:Agreement)-[:PARTY]->(by) WHERE
// part: policy/partnerships.counts
                 RETURN agreement.id AS id ORDER BY id } AS deals
  ORDER BY coalesce(makes.share, makes.share_high) DESC, by.id
  RETURN collect({name: by.name, by: by, share: makes.share, from: makes.share_source,
                  low: coalesce(makes.share_low, makes.share, makes.share_high * (1 - room), 0.0),
                  agreed: home OR size(deals) > 0, deals: CASE WHEN home THEN ['of the importer'] ELSE deals END}) AS makers
}
CALL (makers) {
  UNWIND makers[0..5] AS maker
  CALL (maker) {
    WITH maker.by AS by OPTIONAL MATCH (by)-[score:SCORES]->(:Indicator) WHERE toInteger(score.year) <= $as_of.year
    WITH score.source AS origin, score.year AS year, avg(score.estimate) AS mean, count(score) AS number
    ORDER BY number = 6 DESC, year DESC, origin LIMIT 1
    RETURN CASE WHEN number = 6 THEN mean END AS governance, CASE WHEN number = 6 THEN origin END AS origin
  }
  RETURN collect(maker.name + coalesce(' ' + toString(round(maker.share * 100, 1)) + ' %', ' (bounds only)') + ': '
           + CASE WHEN size(maker.deals) = 0 THEN 'no agreement' ELSE reduce(s = head(maker.deals), d IN tail(maker.deals) | s + ', ' + d) END
           + coalesce('; governance ' + toString(round(governance, 2)), '; governance not in the data')) AS others,
         collect(DISTINCT origin) AS origins
}
