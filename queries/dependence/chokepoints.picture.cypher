// The pairs over the threshold, the technologies that need the product, and their sectors.
MATCH (country:Country)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product:Product)
WHERE coalesce(makes.share, makes.share_low) > $threshold / 100
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH (product)<-[need:NEEDS]-(technology:Technology)-[serves:SERVES]->(sector:Sector)
WHERE ($need = 'any' OR need.weight >= 0.5) AND ($sector IS NULL OR sector.id = $sector)
RETURN country, has, industry, makes, product, need, technology, serves, sector
ORDER BY coalesce(makes.share, makes.share_low) DESC, product.id, technology.id, sector.id LIMIT 60
