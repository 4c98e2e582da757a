// The sector, its technologies, the forms that tie it most to one country, who makes them, and what that country restricts.
MATCH (market:Economy {id: $importer})
CALL (market) {
  MATCH (:Sector {id: $sector})<-[:SERVES]-(technology:Technology)-[need:NEEDS {essential: true}]->(product:Product)-[:FORM_OF]->(material:Material)
  WHERE NOT (EXISTS { (material)-[:PART_OF]->(:Material) } AND EXISTS { (material)<-[:PART_OF]-(:Material) })
  WITH market, material, product, count(DISTINCT technology) AS technologies
  CALL (market, product) {
    MATCH (country:Economy:Country)-[:HAS]->(industry:Industry)-[:MAKES]->(product) MATCH (industry)-[edge:SUPPLIES_MARKET]->(market)
    WHERE country <> market AND NOT EXISTS { MATCH (country)-[belongs:MEMBER_OF]->(market)
      WHERE belongs.from <= $as_of AND (belongs.until IS NULL OR belongs.until > $as_of) }
    RETURN country, edge ORDER BY edge.share DESC, edge.share_low DESC, country.id LIMIT 1
  }
  WITH * ORDER BY edge.share_low DESC, edge.share DESC, product.id
  WITH market, material, head(collect({product: product, country: country, edge: edge})) AS first, max(technologies) AS technologies
  WITH *, first.edge.share_low > $threshold / 100.0 AS over
  RETURN first.product AS product, first.country AS country, material
  ORDER BY over DESC, CASE WHEN over THEN technologies ELSE first.edge.share_low END DESC, first.edge.share_low DESC,
           first.edge.share DESC, material.id LIMIT $limit
}
MATCH (country)-[has:HAS]->(industry:Industry {id: country.id + ':' + product.id})-[makes:MAKES]->(product)
MATCH (industry)-[edge:SUPPLIES_MARKET]->(market)
OPTIONAL MATCH (sector:Sector {id: $sector})<-[serves:SERVES]-(technology:Technology)-[need:NEEDS {essential: true}]->(product)
OPTIONAL MATCH (country)<-[imposed:IMPOSED_BY]-(measure:ExportRestriction)-[restricts:RESTRICTS]->(material)
WHERE coalesce(measure.announced, measure.effective, $as_of) <= $as_of AND (measure.ended IS NULL OR measure.ended > $as_of)
RETURN country, has, industry, makes, product, edge, market, sector, serves, technology, need, imposed, measure, restricts, material
