// From the country over what it holds to the technologies that cannot do without, and their sectors.
MATCH (country:Economy:Country {id: $country})-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product:Product)-[at:AT_STAGE]->(level:Stage)
WHERE ($stage IS NULL OR level.id = $stage)
  AND coalesce(makes.share, makes.share_low, makes.share_high) >= $threshold / 100
WITH * ORDER BY coalesce(makes.share, makes.share_low, makes.share_high) DESC, product.id LIMIT 40
OPTIONAL MATCH (product)<-[need:NEEDS]-(technology:Technology)-[serves:SERVES]->(sector:Sector)
WHERE need.essential AND ($sector IS NULL OR sector.id = $sector)
RETURN country, has, industry, makes, product, at, level, need, technology, serves, sector LIMIT 300
