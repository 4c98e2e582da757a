// Who makes the product: the thicker the share, the more concentrated it is.
MATCH (product:Product)-[form:FORM_OF]->(material:Material), (product)-[:AT_STAGE]->(level:Stage)
WHERE NOT product:TradeCode AND ($stage IS NULL OR level.id = $stage)
  AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH (economy:Economy)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product)
WHERE makes.method IS NOT NULL AND coalesce(makes.share, makes.share_high, makes.share_low) >= 0.01
RETURN economy, has, industry, makes, product, form, material
ORDER BY coalesce(makes.share, makes.share_high, makes.share_low) DESC, industry.id LIMIT 60
