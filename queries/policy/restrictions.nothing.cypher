// Whether there is anything on the material or imposer at all, whatever the day.
MATCH (restriction:ExportRestriction)-[:IMPOSED_BY]->(imposer:Economy)
WHERE ($country IS NULL OR imposer.id = $country)
  AND ($material IS NULL
       OR EXISTS { MATCH (restriction)-[:RESTRICTS]->()-[:FORM_OF*0..1]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
       OR EXISTS { MATCH (restriction)-[:RESTRICTS]->()-[:FORM_OF*0..1]->(:Material)<-[:PART_OF*0..3]-(:Material {id: $material}) })
WITH restriction ORDER BY coalesce(restriction.announced, restriction.effective), restriction.id
// As precisely as the day is known.
WITH *, left(toString(coalesce(restriction.announced, restriction.effective)), CASE coalesce(restriction.announced_precision,
     restriction.effective_precision) WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS day
WITH collect(restriction.name + coalesce(' (' + day + ')', '')) AS everything
WHERE size(everything) > 0
RETURN 'At other times: ' + reduce(s = everything[0], name IN tail(everything) | s + '; ' + name) + '.' AS instead
