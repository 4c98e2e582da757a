// A maker whose figure the leading source withholds, out of its world total: what other publications leave room for bounds it.
CALL (product) {
  MATCH (product)<-[leads:MAKES]-(:Industry) WHERE leads.share_source IS NOT NULL
  WITH product, min(leads.share_source) AS leader, min(leads.period) AS period, count(coalesce(leads.share, leads.share_low)) AS known
  WHERE known = 0
  MATCH (lead:Source {id: leader})-[:EDITION_OF]->(leading:Publication)
  WHERE EXISTS { MATCH (:Industry {id: 'WLD:' + product.id})-[whole:REPORTED_BY {measure: 'production', period: period}]->(lead)
                 WHERE whole.amount > 0 }
  MATCH (hidden:Country)-[:HAS]->(theirs:Industry)-[:MAKES]->(product)
  WHERE EXISTS { (theirs)-[:REPORTED_BY {measure: 'production', status: 'withheld', period: period}]->(lead) }
  WITH DISTINCT product, hidden, theirs, leading
  OPTIONAL CALL (product, theirs, leading) {
    // Its share as another publication has it,
    MATCH (theirs)-[said:REPORTED_BY {measure: 'share-of-supply'}]->(other:Source)-[:EDITION_OF]->(:Publication)
    WHERE coalesce(said.amount, said.high) IS NOT NULL
    RETURN coalesce(said.amount, said.high) / 100 AS most, other.id AS by
    UNION
    // or what another leaves to makers that it does not name, in its newest year.
    MATCH (rest:Aggregate)-[:HAS]->(others:Industry)-[:TOTALS]->(product) WHERE rest.id STARTS WITH 'REST:'
    MATCH (others)-[left:REPORTED_BY {measure: 'production'}]->(other:Source)-[:EDITION_OF]->(publication:Publication)
    WHERE publication <> leading AND left.amount IS NOT NULL AND left.status <> 'forecast'
    MATCH (:Industry {id: 'WLD:' + product.id})-[every:REPORTED_BY {measure: 'production', period: left.period, unit: left.unit}]->(other)
    WHERE every.amount > 0
    WITH left, every, other ORDER BY left.period DESC, other.published DESC LIMIT 1
    RETURN left.amount / every.amount AS most, other.id AS by
  }
  WITH hidden, max(most) AS most, collect(DISTINCT by) AS by
  RETURN collect(hidden) AS withheld, CASE WHEN count(*) > 0 AND count(*) = count(most) THEN sum(most) END AS room,
         reduce(all = [], b IN collect(by) | all + b) AS bounded_by
}
