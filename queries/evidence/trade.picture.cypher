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
MATCH (seller:Economy)-[has:HAS]->(industry:Industry)-[ships:SHIPS]->(code) WHERE seller.id <> 'WLD'
  AND ($exporter IS NULL OR seller.id = $exporter OR EXISTS { MATCH (seller)-[:MEMBER_OF]->(:Bloc {id: $exporter}) })
MATCH (industry)-[flow:EXPORTS_TO]->(buyer:Economy) WHERE buyer.id <> 'WLD'
  AND ($importer IS NULL OR buyer.id = $importer OR EXISTS { MATCH (buyer)-[:MEMBER_OF]->(:Bloc {id: $importer}) })
  AND ($year IN ['newest', 'all'] OR toString(flow.year) = $year) AND coalesce(flow.source = $edition, true)
WITH * ORDER BY flow.year DESC, coalesce(flow.value, 0) DESC, flow.id LIMIT 25
RETURN seller, has, industry, ships, code, held.covers AS covers, held.product AS product, flow, buyer
