UNWIND [w IN wanted WHERE w.country = country] AS one
WITH market, country, tiers, one, one.product AS product
CALL (market, tiers, product) {
  UNWIND range(1, size(tiers) - 1) AS step
  UNWIND tiers[step] AS held
  WITH market, product, step, held, held.industry AS maker
  MATCH (maker)-[:MAKES]->(product) MATCH (maker)-[edge:SUPPLIES_MARKET]->(market)
  WITH step, sum(edge.share * held.share) AS share, sum(edge.share * held.share_low) AS share_low,
       sum(edge.share * held.share_high) AS share_high ORDER BY step
  RETURN collect({share: share, share_low: share_low, share_high: share_high}) AS others
}
// As `hidden-dependence` says it: the last tier that adds at least half a point, the ends scaled to what others may supply.
WITH *, one.edge AS first
WITH *, CASE WHEN first.share < 1 THEN (1 - first.share_low) / (1 - first.share) ELSE 0.0 END AS scale_low,
     CASE WHEN first.share < 1 THEN (1 - first.share_high) / (1 - first.share) ELSE 0.0 END AS scale_high
WITH *, [{share: first.share, share_low: first.share_low, share_high: first.share_high}] + [o IN others | {share: first.share + o.share,
     share_low: first.share_low + o.share_low * scale_low, share_high: first.share_high + o.share_high * scale_high}] AS held
WITH one, product, head([i IN range(size(held) - 1, 0, -1) WHERE i = 0 OR held[i].share - held[i - 1].share >= 0.005 | held[i]]) AS whole
RETURN one, product, {share: CASE WHEN whole.share > 1 THEN 1.0 ELSE round(whole.share, 6) END,
     share_low: CASE WHEN whole.share_low > 1 THEN 1.0 ELSE round(whole.share_low, 6) END,
     share_high: CASE WHEN whole.share_high > 1 THEN 1.0 ELSE round(whole.share_high, 6) END} AS rests
