// The country's industries, what they feed, and the market: the widest paths of at most three steps.
MATCH (market:Economy {id: $importer}) WITH market MATCH (country:Economy:Country {id: $country})
MATCH (asked:Material {id: $material})<-[:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(:Product)<-[:MAKES]-(maker:Industry)
MATCH (maker)-[edge:SUPPLIES_MARKET]->(market)
WHERE $supplier IS NULL OR EXISTS { MATCH (:Economy:Country {id: $supplier})-[:HAS]->(maker) }
WITH DISTINCT market, country, maker, edge
MATCH path = (country)-[:HAS]->(:Industry)-[:FEEDS*0..2]->(maker)
WITH market, maker, edge, path, reduce(w = edge.share_low, r IN relationships(path) | w * coalesce(r.share_low, 1.0)) AS weight
WHERE weight > 0
RETURN path, maker, edge, market ORDER BY weight DESC LIMIT 25
