// From the country over its industry and the product to the technologies of the sector that need it.
MATCH (sector:Sector {id: $sector})<-[serves:SERVES]-(technology:Technology)-[need:NEEDS]->(product:Product)
MATCH (product)<-[makes:MAKES]-(industry:Industry)<-[has:HAS]-(country:Country)
OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(market:Economy {id: $importer}) WHERE $measure = 'sourcing'
WITH *, CASE $measure WHEN 'sourcing' THEN supply.share ELSE coalesce(makes.share, makes.share_low, makes.share_high) END AS share
WHERE share > $threshold / 100
RETURN sector, serves, technology, need, product, makes, industry, has, country, supply, market
