// The material, its products, the industries that a source reports on, and the sources.
MATCH (material:Material {id: $material})<-[form:FORM_OF]-(product:Product)<-[makes:MAKES]-(industry:Industry)<-[has:HAS]-(country:Country)
MATCH (industry)-[report:REPORTED_BY]->(source:Source)
WHERE coalesce(report.amount, report.low, report.high, 0) > 0
  AND ($country IS NULL OR country.id = $country) AND ($edition IS NULL OR source.id = $edition)
RETURN material, form, product, makes, industry, has, country, report, source
