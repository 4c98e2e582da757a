// One tier further, for every industry: of each of its inputs what rests on the country with so many steps upstream, and of
// its inputs the one of which that is most, for one that is missing stops it. Each relationship is followed once.
WITH market, country, wanted, own, tiers, own + last(tiers) AS reached
CALL (country, tiers, reached) {
  UNWIND CASE WHEN $tiers > size(tiers) THEN reached ELSE [] END AS held
  WITH country, held, held.industry AS supplier, size(tiers) = 1 AS first
  MATCH (supplier)-[:MAKES]->(input:Product) MATCH (supplier)-[edge:FEEDS]->(user:Industry)
  WHERE NOT user.id STARTS WITH country.id + ':'
  WITH held, input, edge, user, CASE WHEN held.own THEN edge.share ELSE 0.0 END AS direct,
       CASE WHEN held.own THEN 0.0 ELSE edge.share END AS other, CASE WHEN held.own AND NOT first THEN 0.0 ELSE edge.share * held.weight END AS weight
  WITH user, input, sum(direct) AS direct, sum(CASE WHEN held.own THEN edge.share_low ELSE 0.0 END) AS low,
       sum(CASE WHEN held.own THEN edge.share_high ELSE 0.0 END) AS high, sum(other * held.share) AS share,
       sum(other * held.share_low) AS share_low, sum(other * held.share_high) AS share_high,
       sum(CASE edge.method WHEN 'world-mix' THEN edge.share * held.share ELSE other * held.by_world_mix END) AS by_world_mix,
       max([weight, input.id, [input] + held.line, held.edges + edge]) AS line
  WITH user, line, direct + share AS share, by_world_mix,
       CASE WHEN direct < 1 THEN low + share_low * (1 - low) / (1 - direct) ELSE low END AS share_low,
       CASE WHEN direct < 1 THEN high + share_high * (1 - high) / (1 - direct) ELSE high END AS share_high
  WITH user, max(line) AS line, max([share, by_world_mix]) AS most, max(share_low) AS share_low, max(share_high) AS share_high
  RETURN collect({industry: user, own: false, share: most[0], share_low: share_low, share_high: share_high, by_world_mix: most[1],
         weight: line[0], line: line[2], edges: line[3]}) AS tier
}
WITH market, country, wanted, own, CASE WHEN $tiers > size(tiers) THEN tiers + [tier] ELSE tiers END AS tiers
