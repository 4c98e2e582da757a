// Whether there is anything on the material or imposer at all, whatever the day.
MATCH (restriction:ExportRestriction)-[:IMPOSED_BY]->(imposer:Economy)
WHERE ($country IS NULL OR imposer.id = $country)
  AND ($material IS NULL
       OR EXISTS { MATCH (restriction)-[:RESTRICTS]->()-[:FORM_OF*0..1]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
       OR EXISTS { MATCH (restriction)-[:RESTRICTS]->()-[:FORM_OF*0..1]->(:Material)<-[:PART_OF*0..3]-(:Material {id: $material}) })
WITH restriction ORDER BY coalesce(restriction.announced, restriction.effective), restriction.id
WITH collect(restriction.name + coalesce(' (' + toString(coalesce(restriction.announced, restriction.effective)) + ')', '')) AS everything
WHERE size(everything) > 0
RETURN 'At other times: ' + reduce(s = everything[0], name IN tail(everything) | s + '; ' + name) + '.' AS instead
