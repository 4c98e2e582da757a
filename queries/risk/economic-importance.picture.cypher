// What the material is used in, and the sectors that these uses serve.
MATCH (:CriticalityList)-[listed:LISTS]->(material:Material)-[use:USED_IN {source: listed.source}]->(application:Application)
WHERE listed.economic_importance IS NOT NULL AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
OPTIONAL MATCH (application)-[serves:SERVES]->(sector:Sector)
RETURN material, use, application, serves, sector
ORDER BY listed.economic_importance DESC, material.id, coalesce(use.share * use.value_added, 0.0) DESC, application.id LIMIT 100
