// World totals on which two publications differ: the world's industry, its product, both sources.
MATCH (product:Product)<-[of:TOTALS]-(world:Industry {id: 'WLD:' + product.id})
MATCH (world)-[a:REPORTED_BY {measure: 'production'}]->(first:Source)-[:EDITION_OF]->(one:Publication),
      (world)-[b:REPORTED_BY {measure: 'production'}]->(second:Source)-[:EDITION_OF]->(other:Publication)
WHERE one.preference < other.preference AND a.period = b.period AND a.basis = b.basis AND a.unit = b.unit
  AND a.amount > 0 AND b.amount > 0 AND a.status <> 'forecast' AND b.status <> 'forecast'
  AND abs(a.amount - b.amount) > $threshold / 100 * CASE WHEN a.amount > b.amount THEN a.amount ELSE b.amount END
  AND ($period IS NULL OR a.period = $period)
  AND ($material IS NULL
       OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH shape = (product)-[:FORM_OF]->(:Material)
RETURN world, of, a, first, b, second, shape ORDER BY product.id, a.period DESC, first.id, second.id LIMIT 60
