// The partners with the largest flows of the newest months, and the restrictions on the goods.
MATCH (industry)-[:EXPORTS_MONTHLY]->()
WITH DISTINCT industry
MATCH (seller:Economy)-[has:HAS]->(industry)-[ships:MAKES|SHIPS]->(code:Product)
WHERE ($exporter IS NULL OR seller.id = $exporter OR EXISTS { (seller)-[:MEMBER_OF]->(:Economy {id: $exporter}) })
  AND ($code IS NULL OR code.id = toLower(trim($code)) OR code.code STARTS WITH replace(replace(replace(toLower($code), 'hs', ''), ' ', ''), '.', ''))
OPTIONAL MATCH (code)-[covers:CLASSIFIES]->(held:Product)
WITH *, coalesce(held, code) AS product
WHERE coalesce(product.id = $product, true)
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH (industry)-[flow:EXPORTS_MONTHLY]->(buyer:Economy)
WHERE buyer.id <> 'WLD' AND coalesce(flow.source = $edition, true)
  AND ($importer IS NULL OR buyer.id = $importer OR EXISTS { (buyer)-[:MEMBER_OF]->(:Economy {id: $importer}) })
WITH * ORDER BY flow.year DESC, flow.month DESC, coalesce(flow.value, 0) DESC, flow.id LIMIT 40
OPTIONAL MATCH rules = (product)-[:FORM_OF]->(:Material)<-[:RESTRICTS]-(rule:ExportRestriction)-[:IMPOSED_BY]->(seller)
WHERE coalesce(rule.id = $restriction, rule.status <> 'superseded')
RETURN seller, has, industry, ships, code, covers, held, flow, buyer, rules
