// What takes the material in the year, by the newest edition; without aggregates, which would be drawn twice.
// part: demand-outlook.edition
MATCH (used)-[d:DEMANDED_BY {source: source, year: toInteger($year), aggregate: false}]->(user)
WHERE d.scenario <> 'base-year' AND $scenario IN ['all', d.scenario]
  AND (toLower(trim($assuming)) = 'any' OR toLower(d.scenario_case) CONTAINS toLower(trim($assuming)))
  AND ($technology IS NULL OR EXISTS { (user)-[:KIND_OF*0..2]->(:Technology {id: $technology}) })
WITH * ORDER BY d.scenario <> 'stated-policies', d.amount DESC, d.id LIMIT 40
OPTIONAL MATCH form = (used)-[:FORM_OF]->(:Material)
RETURN used, d, user, form
