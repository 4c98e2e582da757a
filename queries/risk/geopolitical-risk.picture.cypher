// Who supplies the market with the product, straight into it.
MATCH (market:Economy {id: $importer})<-[supply:SUPPLIES_MARKET]-(industry:Industry)-[makes:MAKES]->(product:Product)-[form:FORM_OF]->(material:Material)
WHERE $material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) }
MATCH (economy:Economy)-[has:HAS]->(industry)
RETURN market, supply, industry, makes, product, form, material, economy, has
ORDER BY supply.share DESC, industry.id LIMIT 60
