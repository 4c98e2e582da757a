// What the country makes and what the market has of it, what is made out of that, and the technologies that cannot do without.
MATCH (country:Economy:Country {id: $country}) WITH country MATCH (market:Economy {id: $importer})
MATCH (country)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(start:Product)
OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(market)
WITH * WHERE (coalesce(makes.share, makes.share_high, makes.share_low) >= $threshold / 100 OR supply.share >= $threshold / 100)
  AND ($material IS NULL OR EXISTS { MATCH (start)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
WITH * ORDER BY coalesce(makes.share, makes.share_low, 0.0) DESC, start.id LIMIT 20
OPTIONAL MATCH chain = (start)-[:INPUT_TO*1..9]->(made:Product)
WHERE EXISTS { MATCH (made)<-[use:NEEDS]-(:Technology) WHERE use.essential AND use.steps = 0 }
WITH *, coalesce(made, start) AS product
OPTIONAL MATCH path = (product)<-[need:NEEDS]-(:Technology)-[:SERVES]->(sector:Sector)
WHERE need.essential AND need.steps = 0 AND ($sector IS NULL OR sector.id = $sector)
RETURN country, has, industry, makes, start, supply, CASE WHEN supply IS NOT NULL THEN market END AS market, chain, path
ORDER BY coalesce(makes.share, makes.share_low, 0.0) DESC, start.id, sector.id LIMIT 60
