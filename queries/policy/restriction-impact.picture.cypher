// The restrictions, what they touch, who makes it, and the importer's agreements with these makers.
MATCH (measure:ExportRestriction)-[imposed:IMPOSED_BY]->(imposer:Economy)
WHERE ($country IS NULL OR imposer.id = $country) AND ($restriction IS NULL OR measure.id = $restriction)
  AND coalesce(measure.announced, measure.effective, $as_of) <= $as_of AND NOT coalesce(measure.ended <= $as_of, false)
MATCH touch = (measure)-[:RESTRICTS]->()-[:FORM_OF|PART_OF*0..3]-(product:Product)
WHERE NOT product:TradeCode
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
OPTIONAL MATCH made = (product)<-[makes:MAKES]-(:Industry)<-[:HAS]-(by:Country) WHERE makes.share >= 0.05
OPTIONAL MATCH deal = (by)<-[:PARTY]-(:Agreement)-[:PARTY]->(:Economy {id: $importer})
OPTIONAL MATCH sold = (product)<-[:MAKES]-(:Industry {id: imposer.id + ':' + product.id})-[:SUPPLIES_MARKET]->(:Economy {id: $importer})
RETURN imposer, imposed, measure, touch, made, deal, sold ORDER BY measure.id, product.id, by.id LIMIT 150
