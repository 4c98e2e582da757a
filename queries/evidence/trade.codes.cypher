// 1. The codes asked for, and what each holds besides: `exact` 0, `dominant` 1, `shared` 2, `proxy` 3. Where none is named,
// those of the product that most technologies cannot do without.
CALL () {
  MATCH (technology:Technology)-[:NEEDS {essential: true}]->(needed:Product) WHERE coalesce($material, $product, $code) IS NULL
    AND EXISTS { MATCH (needed)<-[covers:CLASSIFIES]-(:TradeCode)<-[:SHIPS]-(:Industry) WHERE covers.specificity IN ['exact', 'dominant'] }
  WITH needed, count(technology) AS number ORDER BY number DESC, needed.id LIMIT 1
  RETURN collect(needed.id) AS most
}
CALL () {
  MATCH (:Material {id: $material})<-[:PART_OF*0..3]-(anchor:Material) RETURN anchor
  UNION
  MATCH (anchor:Material|Stage) WHERE $material IS NULL RETURN anchor
}
MATCH (anchor)<-[:FORM_OF|AT_STAGE]-(product:Product) WHERE product.id = coalesce($product, head(most), product.id)
WITH DISTINCT product
MATCH (product)<-[covers:CLASSIFIES]-(code:TradeCode)
WHERE $code IS NULL OR code.id = toLower(trim($code))
   OR code.code STARTS WITH replace(replace(replace(replace(toLower($code), 'hs', ''), 'cn', ''), ' ', ''), '.', '')
WITH DISTINCT code, product, CASE covers.specificity WHEN 'exact' THEN 0 WHEN 'dominant' THEN 1 WHEN 'shared' THEN 2 ELSE 3 END AS place
ORDER BY place, product.name
WITH code, min(place) AS rank, collect({product: product, place: place}) AS held
WITH code, rank, [h IN held WHERE h.place = rank | h.product] AS products
