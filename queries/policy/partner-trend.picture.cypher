// The partnerships of the party, the partners, and what they make.
MATCH (agreement:StrategicPartnership)-[of:PARTY]->(party:Economy {id: $party})
MATCH (agreement)-[with:PARTY]->(partner:Country)
WHERE agreement.signed <= $as_of AND ($country IS NULL OR partner.id = $country)
OPTIONAL MATCH (partner)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product:Product)-[form:FORM_OF]->(material:Material)
WHERE makes.share >= $least / 100.0 AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
RETURN party, of, agreement, with, partner, has, industry, makes, product, form, material
ORDER BY agreement.id, product.id LIMIT 200
