// Imposers, their restrictions that had not ended by the day, and what these touch.
MATCH (imposer:Economy)<-[imposed:IMPOSED_BY]-(restriction:ExportRestriction)-[restricts:RESTRICTS]->(target)
WHERE ($country IS NULL OR imposer.id = $country)
  AND coalesce(restriction.announced, restriction.effective, $as_of) <= $as_of
  AND ($include_ended OR restriction.ended IS NULL OR restriction.ended > $as_of)
  AND ($material IS NULL OR EXISTS { MATCH (target)-[:FORM_OF*0..1]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
       OR EXISTS { MATCH (target)-[:FORM_OF*0..1]->(:Material)<-[:PART_OF*0..3]-(:Material {id: $material}) })
OPTIONAL MATCH (restriction)-[aim:AGAINST]->(aimed:Economy)
WITH * WHERE $against IS NULL OR aimed IS NULL OR aimed.id = $against
RETURN imposer, imposed, restriction, restricts, target, aim, aimed
