// What the country makes, what is made out of it, and the technologies that cannot do without.
MATCH (country:Economy:Country {id: $country})-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product:Product)
WHERE coalesce(makes.share, makes.share_high, makes.share_low) >= $threshold / 100
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(market:Economy {id: $importer})
OPTIONAL MATCH path = (product)<-[need:NEEDS]-(:Technology)-[:SERVES]->(sector:Sector)
WHERE need.weight >= 0.5 AND ($sector IS NULL OR sector.id = $sector)
RETURN country, has, industry, makes, product, supply, market, path
ORDER BY coalesce(makes.share, makes.share_low, 0.0) DESC, product.id, sector.id LIMIT 60
