// The country's industries, what they feed, and the market: the widest paths of at most four steps, of shares above 5 %.
MATCH (market:Economy {id: $importer}) WITH market MATCH (country:Economy:Country {id: $country})
MATCH (maker:Industry)-[edge:SUPPLIES_MARKET]->(market) WHERE $supplier IS NULL OR maker.id STARTS WITH $supplier + ':'
MATCH (maker)-[makes:MAKES]->(product:Product)
WHERE edge.share >= 0.05 AND ($product IS NULL OR product.id = $product)
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
       OR EXISTS { MATCH (product)<-[:INPUT_TO*1..4]-(:Product)-[:FORM_OF]->(part:Material)-[:PART_OF*0..3]->(:Material {id: $material})
                   MATCH (part)-[:PART_OF*1..3]->(:Material)<-[:FORM_OF]-(product) })
  AND ($sector IS NULL OR EXISTS { MATCH (product)<-[:NEEDS {essential: true}]-(:Technology)-[:SERVES]->(:Sector {id: $sector}) })
MATCH path = (maker)<-[feeds:FEEDS*0..3]-(:Industry)<-[:HAS]-(country)
WHERE all(f IN feeds WHERE f.share >= 0.05) AND length(path) <= $tiers
WITH market, product, maker, makes, edge, path, reduce(w = edge.share, f IN feeds | w * f.share) AS weight
WITH * ORDER BY weight DESC, edge.id LIMIT 60
RETURN path, maker, makes, product, edge, market,
       COLLECT { UNWIND nodes(path) AS step MATCH way = (step:Industry)-[:MAKES]->(:Product) RETURN way } AS made
