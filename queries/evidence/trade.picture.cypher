// The largest flows of the newest year asked for, from the seller's industry under the code to the buyer.
CALL () {
  MATCH (:Material {id: $material})<-[:PART_OF*0..3]-(anchor:Material) RETURN anchor
  UNION
  MATCH (anchor:Material|Stage) WHERE $material IS NULL RETURN anchor
}
MATCH (anchor)<-[:FORM_OF|AT_STAGE]-(product:Product) WHERE coalesce(product.id = $product, true)
WITH DISTINCT product
MATCH (product)<-[covers:CLASSIFIES]-(code:TradeCode)
WHERE $code IS NULL OR code.id = toLower(trim($code))
   OR code.code STARTS WITH replace(replace(replace(replace(toLower($code), 'hs', ''), 'cn', ''), ' ', ''), '.', '')
WITH code, head(collect({product: product, covers: covers})) AS held
MATCH (industry:Industry)-[ships:SHIPS]->(code)
MATCH seat = (home:Economy)<-[:MEMBER_OF*0..1]-(seller:Economy)-[:HAS]->(industry) WHERE seller.id <> 'WLD'
  AND (home.id = $exporter OR ($exporter IS NULL AND home = seller))
MATCH way = (industry)-[:EXPORTS_TO]->(buyer:Economy)-[:MEMBER_OF*0..1]->(market:Economy) WHERE buyer.id <> 'WLD'
  AND (market.id = $importer OR ($importer IS NULL AND market = buyer))
WITH *, relationships(way)[0] AS flow
WHERE ($year IN ['newest', 'all'] OR toString(flow.year) = $year) AND coalesce(flow.source = $edition, true)
WITH * ORDER BY flow.year DESC, coalesce(flow.value, 0) DESC, flow.id LIMIT 60
RETURN seat, ships, code, held.covers AS covers, held.product AS product, way
