// The country's industries in the material, and the sources that report their output or share, newest first.
MATCH (:Material {id: $material})<-[part:PART_OF*0..3]-(material:Material)<-[form:FORM_OF]-(product:Product)-[at:AT_STAGE]->(stage:Stage)
WHERE ($stage IS NULL OR stage.id = $stage) AND ($product IS NULL OR product.id = $product)
MATCH (country:Country)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product)
WHERE coalesce(country.id = $country, makes.share >= 0.2)
OPTIONAL MATCH (industry)-[report:REPORTED_BY]->(source:Source) WHERE $importer IS NULL AND report.measure IN ['production', 'share-of-supply']
  AND report.amount > 0 AND report.status <> 'forecast' AND coalesce(source.id = $edition, true)
OPTIONAL MATCH (industry)-[supply:SUPPLIES]->(market:Economy {id: $importer})
WITH * WHERE report IS NOT NULL OR supply IS NOT NULL
WITH * ORDER BY right(coalesce(report.period, supply.period), 4) DESC, report.id, supply.id LIMIT 30
RETURN part, material, form, product, at, stage, country, has, industry, makes, report, source, supply, market
