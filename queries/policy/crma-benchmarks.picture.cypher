// Strategic materials, their forms, and who made over the threshold of what the Union has of them, or may have.
MATCH (list:CriticalityList)-[adopted:ADOPTED_BY]->(union:Economy:Bloc {id: 'EU27'})
WHERE list.published <= toString($as_of) AND EXISTS { MATCH (list)-[any:LISTS]->(:Material) WHERE any.strategic }
WITH union, adopted, list ORDER BY list.published DESC, list.id LIMIT 1
MATCH (list)-[listed:LISTS]->(material:Material)<-[form:FORM_OF]-(product:Product)
WHERE listed.strategic AND NOT product:TradeCode
  AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
OPTIONAL MATCH (product)<-[makes:MAKES]-(industry:Industry)-[edge:SUPPLIES_MARKET]->(union)
WHERE edge.share_high > $threshold / 100.0
OPTIONAL MATCH (economy:Economy)-[has:HAS]->(industry)
WITH * WHERE $material IS NOT NULL OR edge IS NOT NULL
RETURN list, adopted, union, listed, material, form, product, makes, industry, edge, has, economy
ORDER BY material.id, product.id, industry.id LIMIT 300
