// What the market has from others, with what of it rests on the country by their inputs, beside what the country made itself.
CALL (market, tiers, supplier) {
  UNWIND range(1, size(tiers) - 1) AS steps
  UNWIND tiers[steps] AS held
  WITH steps + 1 AS tier, held, held.industry AS maker
  MATCH (maker)-[edge:SUPPLIES_MARKET]->(market) WHERE supplier IS NULL OR maker.id STARTS WITH supplier + ':'
  MATCH (maker)-[:MAKES]->(product:Product) MATCH (economy:Economy)-[:HAS]->(maker)
  WITH *, CASE WHEN supplier IS NULL THEN edge.share ELSE 1.0 END AS part
  ORDER BY tier, part * held.share DESC, maker.id
  WITH tier, product, sum(part * held.share) AS share, sum(part * held.share_low) AS share_low,
       sum(part * held.share_high) AS share_high, collect(economy.name)[..4] AS through,
       sum(part * CASE edge.method WHEN 'world-mix' THEN held.share ELSE held.by_world_mix END) AS by_world_mix,
       max([part * held.weight, maker.id, held.line, held.edges + edge]) AS line
  WITH product, collect({tier: tier, share: share, share_low: share_low, share_high: share_high,
         by_world_mix: by_world_mix, through: through, line: line[2], edges: line[3]}) AS found
  RETURN collect({product: product, tiers: found}) AS upstream
}
UNWIND wanted AS one
WITH market, country, one, one.first AS first, coalesce(head([u IN upstream WHERE u.product = one.product | u.tiers]), []) AS others
WITH *, CASE WHEN first.share < 1 THEN (1 - first.share_low) / (1 - first.share) ELSE 0.0 END AS scale_low,
     CASE WHEN first.share < 1 THEN (1 - first.share_high) / (1 - first.share) ELSE 0.0 END AS scale_high
WITH market, country, one, [first] + [o IN others | o {.*, share: first.share + o.share,
     share_low: first.share_low + o.share_low * scale_low, share_high: first.share_high + o.share_high * scale_high,
     by_world_mix: first.by_world_mix + o.by_world_mix}] AS held
