MATCH (country:Economy:Country {id: $country})-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product:Product)
WHERE coalesce(makes.share, makes.share_low, makes.share_high) >= $threshold / 100
MATCH (:Sector {id: $sector})<-[serves:SERVES]-(technology:Technology)-[need:NEEDS]->(product)-[form:FORM_OF]->(material:Material)
WHERE $material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) }
RETURN country, has, industry, makes, product, form, material, need, technology, serves, endNode(serves) AS sector
ORDER BY coalesce(need.weight, 0.0) * coalesce(makes.share, makes.share_low, makes.share_high) DESC, product.id, technology.id
LIMIT 40
