// The materials in question with their products at the stages, and the figures that there are.
MATCH (list:CriticalityList) WHERE list.id STARTS WITH 'EU-' AND coalesce(list.published <= toString($as_of), true)
WITH list ORDER BY list.year DESC, list.id LIMIT 1
MATCH (list)-[listing:LISTS]->(material:Material)
WHERE ($scope = 'all' OR ($scope = 'critical' AND listing.critical) OR ($scope = 'strategic' AND listing.strategic))
  AND ($material IS NULL OR material.id = $material)
OPTIONAL MATCH (material)<-[form:FORM_OF]-(product:Product)-[at:AT_STAGE]->(stage:Stage)
WHERE NOT EXISTS { MATCH (product)<-[:MAKES]-(:Industry)-[:REPORTED_BY]->(:Source) } AND ($stage IS NULL OR stage.id = $stage)
OPTIONAL MATCH (material)-[tie:BYPRODUCT_OF]->(host:Material)
RETURN list, listing, material, form, product, at, stage, tie, host
