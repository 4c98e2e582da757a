// The pairs over the threshold, and the technologies and sectors that stand downstream.
MATCH (country:Country)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product:Product)-[:AT_STAGE]->(stage:Stage)
WHERE stage.position < 6 AND coalesce(makes.share, makes.share_low) > $threshold / 100
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH downstream = (product)-[:INPUT_TO*0..3]->(made:Product)-[:FORM_OF]->(used:Material)
MATCH (made)-[:AT_STAGE]->(level:Stage) WHERE level.position < 6
MATCH (used)-[use:USED_IN]->(technology:Technology)-[serves:SERVES]->(sector:Sector)
WHERE use.importance IS NOT NULL AND ($need = 'any' OR use.importance STARTS WITH 'essential')
  AND ($sector IS NULL OR sector.id = $sector)
RETURN country, has, industry, makes, downstream, use, technology, serves, sector
ORDER BY coalesce(makes.share, makes.share_low) DESC, product.id, technology.id, sector.id LIMIT 60
