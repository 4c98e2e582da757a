// The pairs over the threshold, the technologies that need the product, and their sectors.
MATCH (market:Economy {id: $importer})<-[supply:SUPPLIES_MARKET]-(industry:Industry)-[makes:MAKES]->(product:Product)
WHERE supply.share > $threshold / 100
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH (country:Country)-[has:HAS]->(industry)
WHERE country <> market AND NOT EXISTS { MATCH (country)-[member:MEMBER_OF]->(market)
      WHERE coalesce(member.from <= $as_of, true) AND (member.until IS NULL OR member.until > $as_of) }
MATCH (product)<-[need:NEEDS]-(technology:Technology)-[serves:SERVES]->(sector:Sector)
WHERE ($need = 'any' OR need.essential) AND ($sector IS NULL OR sector.id = $sector)
RETURN market, supply, country, has, industry, makes, product, need, technology, serves, sector
ORDER BY supply.share DESC, product.id, technology.id, sector.id LIMIT 60
