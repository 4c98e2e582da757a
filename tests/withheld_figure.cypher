// The figure of the United States is withheld, and the world's total leaves it out: to be run after partners.cypher.
MATCH (:Industry)-[m:MAKES]->(:Product {id: 'xium/refined'})
SET m.share_high = coalesce(m.share, m.share_high) / 0.9, m.share = null, m.share_source = 'yearbook'
WITH count(*) AS n MATCH (i:Industry {id: 'USA:xium/refined'})-[m:MAKES]->(p:Product)
SET m.method = null, m.share_high = null
WITH i, p MATCH (y:Source {id: 'yearbook'}), (s:Source {id: 'study'})
CREATE (i)-[:REPORTED_BY {measure: 'production', period: '2023', status: 'withheld'}]->(y),
       (:Economy:Aggregate {id: 'WLD', name: 'World'})-[:HAS]->(w:Industry {id: 'WLD:xium/refined'})-[:TOTALS]->(p),
       (w)-[:REPORTED_BY {measure: 'production', period: '2023', status: 'normal', amount: 90.0, unit: 't'}]->(y),
       (s)-[:EDITION_OF]->(:Publication {id: 'st', preference: 2})
