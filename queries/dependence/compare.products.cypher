// 1. The products asked for of which the supply to one of the markets is derived.
CALL (markets) {
  MATCH (:Material {id: $material})<-[:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(product:Product)
  WHERE NOT product:TradeCode AND coalesce(product.id = $product, true) RETURN product
  UNION
  MATCH (product:Product {id: $product}) WHERE $material IS NULL AND NOT product:TradeCode RETURN product
  UNION
  MATCH (technology:Technology)-[need:NEEDS {essential: true}]->(product:Product) WHERE $material IS NULL AND $product IS NULL
    AND ($sector IS NULL OR EXISTS { (technology)-[:SERVES]->(:Sector {id: $sector}) })
    AND (need.steps = 0 OR NOT EXISTS { MATCH (product)-[:INPUT_TO]->(nearer:Product)<-[:NEEDS {essential: true}]-(technology)
           MATCH (nearer)<-[:MAKES]-(:Industry)-[:SUPPLIES_MARKET]->(one:Economy) WHERE one IN markets })
  RETURN DISTINCT product
}
WITH country, markets, not_found, product,
     EXISTS { MATCH (product)-[:AT_STAGE]->(stage:Stage) WHERE stage.id IN ['extraction', 'beneficiation'] } AS mined,
     COUNT { MATCH (product)<-[:NEEDS {essential: true}]-(user:Technology)
             WHERE $sector IS NULL OR EXISTS { (user)-[:SERVES]->(:Sector {id: $sector}) } } AS uses,
     COUNT { MATCH (product)<-[:MAKES]-(:Industry)-[edge:SUPPLIES_MARKET]->(one:Economy)
             WHERE one IN markets AND edge.method <> 'world-mix' } AS traced
WHERE EXISTS { MATCH (product)<-[:MAKES]-(:Industry)-[:SUPPLIES_MARKET|SUPPLIES]->(one:Economy) WHERE one IN markets }
  AND ($sector IS NULL OR EXISTS { MATCH (product)<-[:NEEDS {essential: true}]-(:Technology)-[:SERVES]->(:Sector {id: $sector}) })
// 2. What each market has of them from whom, and what the country itself made.
UNWIND markets AS market
CALL (product, market, country) {
  OPTIONAL MATCH (product)<-[:MAKES]-(maker:Industry)-[edge:SUPPLIES_MARKET]->(market)
  WITH country, collect(edge) AS edges, head(collect(CASE WHEN maker.id STARTS WITH country.id + ':' THEN edge END)) AS own_edge
  RETURN edges, own_edge
}
WITH country, markets, not_found, market, collect({product: product, mined: mined, uses: uses, traced: traced, edges: edges, own_edge: own_edge,
     not_found: not_found, first: {tier: 1, share: coalesce(own_edge.share, 0.0), share_low: coalesce(own_edge.share_low, 0.0),
       share_high: coalesce(own_edge.share_high, 0.0), line: [], edges: [], through: [],
       by_world_mix: CASE own_edge.method WHEN 'world-mix' THEN own_edge.share ELSE 0.0 END}}) AS wanted
WITH country, collect({market: market, wanted: wanted}) AS wanted
