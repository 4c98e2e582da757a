// Strategic materials, their forms, and who provides the Union with over the threshold, or may.
MATCH (list:CriticalityList)-[adopted:ADOPTED_BY]->(union:Economy:Bloc {id: 'EU27'})
WHERE list.published <= toString($as_of) AND EXISTS { MATCH (list)-[any:LISTS]->(:Material) WHERE any.strategic }
WITH union, adopted, list ORDER BY list.published DESC, list.id LIMIT 1
MATCH (list)-[listed:LISTS]->(material:Material)<-[form:FORM_OF]-(product:Product)
WHERE listed.strategic AND NOT product:TradeCode
  AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
OPTIONAL MATCH (product)<-[makes:MAKES]-(industry:Industry)-[supply:SUPPLIES|SUPPLIES_MARKET]->(union)
WHERE coalesce(supply.share_high, supply.share) > $threshold / 100.0
  AND (type(supply) = 'SUPPLIES_MARKET' OR (supply.measured
    AND EXISTS { (product)-[:SOURCING_KNOWN_FROM {market: union.id, period: supply.period, precedence: 1}]->(:Source {id: supply.source}) }))
OPTIONAL MATCH (economy:Economy)-[has:HAS]->(industry)
WITH * WHERE $material IS NOT NULL OR supply IS NOT NULL
RETURN list, adopted, union, listed, material, form, product, makes, industry, supply, has, economy
ORDER BY material.id, product.id, industry.id LIMIT 300
