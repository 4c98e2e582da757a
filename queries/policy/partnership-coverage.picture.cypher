// The partners of the party, and which share of the world's output of a material each of them makes.
MATCH (party:Economy {id: $party})<-[of:PARTY]-(agreement:Agreement)-[with:PARTY]->(partner:Country)
WHERE partner <> party AND coalesce(agreement.signed, agreement.in_force_from, CASE agreement.status WHEN 'in-force' THEN $as_of END) <= $as_of
  AND (agreement.ended IS NULL OR agreement.ended > $as_of)
  AND ($kind = 'all' OR agreement:StrategicPartnership) AND coalesce(agreement.status, '') <> 'under-negotiation'
OPTIONAL MATCH (partner)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product:Product)-[form:FORM_OF]->(material:Material)
WHERE coalesce(makes.share, makes.share_high) >= 0.01
  AND (($material IS NOT NULL AND EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
    OR ($material IS NULL AND EXISTS { MATCH (material)<-[listed:LISTS]-(:CriticalityList)-[:ADOPTED_BY]->(party) WHERE listed.strategic }))
RETURN party, of, agreement, with, partner, has, industry, makes, product, form, material
ORDER BY agreement.id, product.id LIMIT 300
