// The firm, what it buys, who sells it where, and the widest lines upstream from there.
MATCH (buyer:Company)-[bought:BUYS]->(product:Product)
WHERE ($company IS NULL OR buyer.id = $company) AND ($product IS NULL OR product.id = $product)
OPTIONAL MATCH (home:Economy)-[has:HAS]->(seller:Industry {id: bought.economy + ':' + product.id})-[makes:MAKES]->(product)
OPTIONAL MATCH path = (seller)<-[feeds:FEEDS*1..3]-(:Industry)<-[:HAS]-(country:Country)
WHERE all(f IN feeds WHERE f.share >= 0.05) AND length(path) <= $tiers AND ($country IS NULL OR country.id = $country)
WITH *, reduce(w = 1.0, f IN coalesce(feeds, []) | w * f.share) AS weight
RETURN buyer, bought, product, home, has, seller, makes, path ORDER BY weight DESC, bought.seller, product.id LIMIT 25
