// What was imposed, agreed to and listed in that time, by whom and on what.
WITH coalesce($since, $until - duration({years: 1})) AS since
CALL (since) {
  MATCH (thing:ExportRestriction)-[by:IMPOSED_BY]->(who:Economy)
  WHERE any(day IN [thing.announced, thing.effective, thing.suspended_from, thing.ended] WHERE day > since AND day <= $until)
  MATCH (thing)-[on:RESTRICTS]->(what)
  RETURN thing, by, who, on, what
  UNION
  MATCH (thing:Agreement)-[by:PARTY]->(who:Economy)
  WHERE any(day IN [thing.signed, thing.in_force_from, thing.ended] WHERE day > since AND day <= $until)
  OPTIONAL MATCH (thing)-[on:COVERS]->(what:Material)
  RETURN thing, by, who, on, what
}
WITH * WHERE ($country IS NULL OR who.id = $country)
  AND ($material IS NULL OR EXISTS { MATCH (what)-[:FORM_OF*0..1]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
RETURN thing, by, who, on, what ORDER BY thing.id, who.id LIMIT 150
