// The EU's lists on which the material stands, with the results on the lines.
MATCH (union:Economy {id: 'EU27'})<-[by:ADOPTED_BY]-(list:CriticalityList)-[listed:LISTS]->(material:Material)
WHERE listed.supply_risk IS NOT NULL AND list.published <= toString($as_of)
  AND EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) }
RETURN union, by, list, listed, material
ORDER BY material.id, list.year LIMIT 60
