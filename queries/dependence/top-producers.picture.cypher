// The makers of the material's products with more than a thousandth of the world's output.
MATCH (asked:Material {id: $material})<-[part:PART_OF*0..3]-(material:Material)<-[form:FORM_OF]-(product:Product)
MATCH (product)-[at:AT_STAGE]->(stage:Stage) WHERE $stage IS NULL OR stage.id = $stage
MATCH (country:Country)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product)
WHERE coalesce(makes.share, makes.share_high) >= 0.001 AND ($year IS NULL OR makes.period = $year)
  AND ($edition IS NULL OR makes.share_source = $edition)
RETURN asked, part, material, form, product, at, stage, country, has, industry, makes
