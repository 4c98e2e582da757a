// The technology, what it takes by mass, and who made most of that form in what the market has.
MATCH (used:Material|Product)-[needs:USED_IN]->(technology:Technology)
WHERE needs.quantity_unit STARTS WITH 'kg-per-'
  AND ($technology IS NULL OR EXISTS { (technology)-[:KIND_OF*0..2]->(:Technology {id: $technology}) })
  AND ($material IS NULL OR EXISTS { MATCH (used)-[:FORM_OF*0..1]->(m:Material)
        WHERE EXISTS { (m)-[:PART_OF*0..3]->(:Material {id: $material}) } OR EXISTS { (:Material {id: $material})-[:PART_OF*1..3]->(m) } })
WITH used, technology, collect(needs)[0] AS needs ORDER BY technology.id, used.id LIMIT 40
OPTIONAL CALL (used) {
  MATCH (used)<-[form:FORM_OF]-(product:Product)<-[makes:MAKES]-(maker:Industry)-[supplies:SUPPLIES_MARKET]->(market:Economy {id: $importer})
  RETURN form, product, makes, maker, supplies, market ORDER BY supplies.share DESC LIMIT 1
}
RETURN used, needs, technology, form, product, makes, maker, supplies, market
