// What the market uses of the product in a year, what members made of what it has today, and the benchmark of that stage.
CALL (market, product, stage) {
  OPTIONAL CALL (market, product) {
    MATCH (:Industry {id: market.id + ':' + product.id})-[used:REPORTED_BY {unit: 't'}]->(edition:Source)
    WHERE used.measure IN ['consumption', 'apparent-consumption', 'reported-consumption'] AND coalesce(used.amount, used.low) > 0
        AND coalesce(used.status, '') <> 'forecast'
      AND used.suspect IS NULL
    RETURN coalesce(used.amount, used.low) AS amount, replace(used.measure, '-', ' ') + ' of ' + used.period AS of, edition.id AS by
    ORDER BY used.period DESC, used.measure, edition.id LIMIT 1
  }
  OPTIONAL CALL (market, product) {
    MATCH (product)<-[:MAKES]-(maker:Industry)-[edge:SUPPLIES_MARKET]->(market) MATCH (economy:Economy)-[:HAS]->(maker)
    WITH edge, economy = market OR EXISTS { MATCH (economy)-[in:MEMBER_OF]->(market) WHERE in.from <= $as_of AND (in.until IS NULL
        OR in.until > $as_of) } AS own
    WHERE edge.method <> 'world-mix'
    RETURN sum(CASE WHEN own THEN edge.share ELSE 0.0 END) AS share, count(edge) AS known
  }
  OPTIONAL CALL (market, stage) {
    MATCH (market)<-[:ADOPTED_BY]-(:Policy)-[:SETS]->(aim:Benchmark {unit: 'percent', direction: 'at-least'})-[:APPLIES_TO]->(stage) RETURN aim
        ORDER BY aim.id LIMIT 1
  }
  RETURN {amount: amount, of: of, sources: CASE WHEN by IS NULL THEN [] ELSE [by] END, own_share: CASE WHEN known > 0 THEN CASE WHEN share > 1
      THEN 1.0 ELSE share END END,
          wanted: aim.value / 100.0} AS total
}
