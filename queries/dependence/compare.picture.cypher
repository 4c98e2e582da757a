// The markets, and who made most of what each has.
UNWIND [m IN split($markets, ',') | trim(m)] AS id
MATCH (market:Economy {id: id})<-[edge:SUPPLIES_MARKET]-(maker:Industry)-[makes:MAKES]->(product:Product)
WHERE edge.share >= 0.1 AND coalesce(product.id = $product, true)
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
  AND ($sector IS NULL OR EXISTS { MATCH (product)<-[:NEEDS {essential: true}]-(:Technology)-[:SERVES]->(:Sector {id: $sector}) })
MATCH (economy:Economy)-[has:HAS]->(maker) WHERE economy <> market
WITH * ORDER BY edge.method = 'world-mix', COUNT { MATCH (product)<-[:NEEDS {essential: true}]-(:Technology) } DESC, edge.share DESC, edge.id LIMIT 30
RETURN market, edge, maker, makes, product, has, economy
