// The customs codes that hold what was asked for, and of which of them flows are loaded.
CALL () {
  MATCH (:Material {id: $material})<-[:PART_OF*0..3]-(anchor:Material) RETURN anchor
  UNION
  MATCH (anchor:Material|Stage) WHERE $material IS NULL RETURN anchor
}
MATCH (anchor)<-[:FORM_OF|AT_STAGE]-(product:Product)
WHERE coalesce($material, $product, $code) IS NOT NULL AND coalesce(product.id = $product, true)
WITH DISTINCT product
MATCH (product)<-[:CLASSIFIES]-(code:TradeCode)
WHERE $code IS NULL OR code.id = toLower(trim($code))
   OR code.code STARTS WITH replace(replace(replace(replace(toLower($code), 'hs', ''), 'cn', ''), ' ', ''), '.', '')
WITH DISTINCT code
WITH toUpper(left(code.id, 2)) + ' ' + trim(substring(code.code, 0, 4) + ' ' + substring(code.code, 4, 2) + ' ' + substring(code.code, 6)) AS heading,
     EXISTS { MATCH (code)<-[:SHIPS|TOTALS]-(:Industry)-[:EXPORTS_TO]->() } AS flows
WITH heading, max(flows) AS flows ORDER BY heading
WITH collect(heading) AS every, collect(CASE WHEN flows THEN heading END) AS known
RETURN CASE WHEN size(every) = 0 THEN 'No customs code that holds it is in the data.'
            WHEN size(known) = 0 THEN 'Of its customs codes no flow is loaded: ' + reduce(s = head(every), e IN every[1..8] | s + ', ' + e) + '.'
            ELSE 'Flows are loaded of: ' + reduce(s = head(known), e IN known[1..8] | s + ', ' + e) + '.' END AS instead
