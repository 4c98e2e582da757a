// The assessment of the material, and what it is used in: where substitutes would have to be found.
MATCH (list:CriticalityList)-[listed:LISTS]->(material:Material)
WHERE listed.end_of_life_recycling IS NOT NULL AND list.published <= toString($as_of) AND (NOT $critical OR listed.critical)
  AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
OPTIONAL MATCH (material)-[use:USED_IN {source: listed.source}]->(application:Application)
RETURN list, listed, material, use, application
ORDER BY listed.supply_risk DESC, material.id, coalesce(use.share, 0.0) DESC, application.id LIMIT 60
