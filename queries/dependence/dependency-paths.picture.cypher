// The paths themselves, from the country to the sector.
MATCH chain = (country:Economy:Country {id: $country})-[:HAS]->(:Industry)-[makes:MAKES]->(:Product)
              -[:INPUT_TO*0..3]->(:Product)-[:FORM_OF]->(material:Material)
WHERE coalesce(makes.share, makes.share_low, makes.share_high) >= $threshold / 100
MATCH end = (material)-[:USED_IN]->(:Technology)-[:SERVES]->(:Sector {id: $sector})
WHERE $material IS NULL OR EXISTS { MATCH (material)-[:PART_OF*0..3]->(:Material {id: $material}) }
WITH chain, end, makes ORDER BY makes.share DESC, material.id LIMIT toInteger($limit) * 10
RETURN chain, end
