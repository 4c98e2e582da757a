// The partners of the party, and which share of the world's output of a material each of them makes.
MATCH way = (party:Economy {id: $party})<-[:PARTY]-(agreement:Agreement)-[:PARTY]->(side:Economy)<-[membership:MEMBER_OF*0..1]-(partner:Country)
WHERE side <> party AND ($kind = 'all' OR agreement:StrategicPartnership) AND
// part: partnerships.counts
  AND
// part: partnership-coverage.sides
OPTIONAL MATCH (partner)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product:Product)-[form:FORM_OF]->(material:Material)
WHERE coalesce(makes.share, makes.share_high) >= 0.01
  AND (($material IS NOT NULL AND EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
    OR ($material IS NULL AND EXISTS { MATCH (material)<-[listed:LISTS]-(:CriticalityList)-[:ADOPTED_BY]->(party) WHERE listed.strategic }))
RETURN way, party, agreement, partner, has, industry, makes, product, form, material
ORDER BY agreement.id, product.id, partner.id LIMIT 2000
