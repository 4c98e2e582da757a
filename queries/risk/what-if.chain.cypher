// 1. What the country stops, and all that is made of it, each product on the level of its longest way from there.
CALL (country) {
  MATCH (country)-[:HAS]->(:Industry)-[:MAKES]->(start:Product) WHERE $material IS NULL AND NOT start:TradeCode RETURN start
  UNION
  MATCH (start:Product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) WHERE NOT start:TradeCode RETURN start
}
MATCH way = (start)-[:INPUT_TO*0..9]->(product:Product)
WITH country, market, product, max(length(way)) AS level ORDER BY level, product.id
WITH country, market, level, collect(product) AS found ORDER BY level
WITH country, market, collect(found) AS levels
UNWIND range(0, size(levels) - 1) AS level UNWIND range(0, size(levels[level]) - 1) AS place
WITH country, market, level, place, levels[level][place] AS product
