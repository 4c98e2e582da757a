// The list, the material, and the largest makers and suppliers of the EU that make up its score.
MATCH (list:CriticalityList)-[listed:LISTS]->(material:Material)
WHERE (listed.supply_risk_extraction IS NOT NULL OR listed.supply_risk_processing IS NOT NULL)
  AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..2]->(:Material {id: $material}) })
OPTIONAL MATCH (material)<-[form:FORM_OF]-(product:Product)<-[makes:MAKES]-(industry:Industry)-[supply:SUPPLIES {source: listed.source}]->(market:Economy {id: 'EU27'}),
               (economy:Economy)-[has:HAS]->(industry)
RETURN list, listed, material, form, product, makes, industry, supply, market, economy, has
ORDER BY listed.supply_risk DESC, material.id, coalesce(supply.share, supply.high, 0.0) DESC, industry.id LIMIT 60
