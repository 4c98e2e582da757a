// What it makes most of, below the threshold.
MATCH (country:Country {id: $country})-[:HAS]->(:Industry)-[makes:MAKES]->(product:Product)-[:AT_STAGE]->(level:Stage)
WHERE ($stage IS NULL OR level.id = $stage) AND NOT product:TradeCode
  AND ($sector IS NULL OR EXISTS { MATCH (product)<-[need:NEEDS]-(:Technology)-[:SERVES]->(:Sector {id: $sector}) WHERE need.essential })
WITH country, product, makes, coalesce(makes.share, makes.share_low, makes.share_high) AS share WHERE share >= 0.01
ORDER BY share DESC, product.id LIMIT 3
WITH country, collect(product.name + ' (' + CASE WHEN makes.share IS NOT NULL THEN '' WHEN makes.share_low IS NULL THEN 'at most ' ELSE 'at least ' END
     + toString(toInteger(round(100 * share))) + ' %, ' + makes.period + ')') AS most
WHERE size(most) > 0
RETURN 'Its largest shares are of ' + reduce(s = head(most), m IN tail(most) | s + ', ' + m) + ' (--threshold lowers the limit).' AS instead
