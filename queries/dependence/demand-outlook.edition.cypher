MATCH (used)-[any:DEMANDED_BY]->() WHERE coalesce(any.source = $edition, true)
WITH DISTINCT used, any.source AS id
WHERE $material IS NULL OR EXISTS { MATCH (used)-[:FORM_OF*0..1]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
MATCH (edition:Source {id: id})
WITH used, id ORDER BY coalesce(edition.published, right(id, 4)) DESC, id DESC
WITH used, head(collect(id)) AS source
