// Of those that supply it by the derived network or by what leads of the observed shares: the largest from outside the market.
WITH *, head([e IN evidence WHERE CASE WHEN $edition IS NULL THEN e.leads ELSE e.source = $edition END]) AS lead
CALL (product, market, one, lead) {
  CALL (one, lead) {
    UNWIND one.edges AS edge WITH startNode(edge) AS maker MATCH (economy:Economy)-[:HAS]->(maker) RETURN economy
    UNION
    UNWIND lead.statements AS statement RETURN statement.economy AS economy
  }
  WITH *, head([e IN one.edges WHERE startNode(e).id = economy.id + ':' + product.id]) AS edge,
       head([s IN lead.statements WHERE s.economy = economy | s.said]) AS said,
       economy = market OR EXISTS { MATCH (economy)-[belongs:MEMBER_OF]->(market)
         WHERE belongs.from <= $as_of AND (belongs.until IS NULL OR belongs.until > $as_of) } AS domestic
  WITH *, coalesce(said.share, said.high, 0.0) AS observed
  ORDER BY domestic OR economy:Aggregate, CASE WHEN observed > coalesce(edge.share, 0.0) THEN observed ELSE coalesce(edge.share, 0.0) END DESC,
           economy.id
  WITH collect(CASE WHEN NOT domestic AND NOT economy:Aggregate THEN {economy: economy, edge: edge, said: said} END) AS foreign,
       sum(CASE WHEN domestic THEN coalesce(edge.share, 0.0) ELSE 0.0 END) AS own
  RETURN head(foreign) AS supplier, own
}
