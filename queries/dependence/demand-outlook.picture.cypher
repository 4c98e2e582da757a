// What takes the material in the year, by the scenario, without aggregates, which would be drawn twice.
MATCH (used:Material|Product)-[d:DEMANDED_BY {year: toInteger($year), aggregate: false}]->(user)
WHERE d.scenario <> 'base-year' AND $scenario IN ['all', d.scenario] AND coalesce(d.source = $edition, true)
  AND (toLower(trim($assuming)) = 'any' OR toLower(d.scenario_case) CONTAINS toLower(trim($assuming)))
  AND ($material IS NULL OR EXISTS { MATCH (used)-[:FORM_OF*0..1]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
  AND ($technology IS NULL OR EXISTS { (user)-[:KIND_OF*0..2]->(:Technology {id: $technology}) })
MATCH (source:Source {id: d.source})
WITH * ORDER BY coalesce(source.published, right(source.id, 4)) DESC, d.scenario <> 'stated-policies', d.amount DESC, d.id LIMIT 40
OPTIONAL MATCH form = (used)-[:FORM_OF]->(:Material)
RETURN used, d, user, source, form
