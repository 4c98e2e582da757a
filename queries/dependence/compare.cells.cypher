// A cell of the comparison: what is said of one market and one product, in numbers and in words.
WITH *, supplier.edge AS edge, supplier.said AS said, supplier.economy AS economy,
     [x IN [reach.share, reach.share_low, reach.share_high] | CASE WHEN x > 1 THEN 1.0 ELSE round(x, 6) END] AS rests
WITH *, CASE WHEN size(one.edges) > 0 OR reach.share > 0 THEN rests ELSE [] END AS rests,
     size(one.edges) > 0 AND all(e IN one.edges WHERE e.method = 'world-mix') AS only_world
WITH *, [x IN [[edge.share_low, edge.share_high], rests[1..]] | CASE WHEN x[0] IS NOT NULL THEN
     toString(toInteger(round(100 * x[0]))) + '–' + toString(toInteger(round(100 * x[1]))) + ' %' END] AS ends
// Where the market makes most of it itself, that is said beside the little that it has of others.
WITH *, market.name + ': ' + economy.name + ' ' + CASE WHEN edge.share < 0.005 THEN 'under 1' ELSE toString(toInteger(round(100 * edge.share))) END
     + ' % (' + ends[0] + CASE WHEN own >= 0.5 THEN '; its own ' + CASE WHEN own > 0.995 THEN 'over 99' ELSE toString(toInteger(round(100 * own))) END
     + ' %' ELSE '' END + ')' AS stated
WITH country, place, product, collect({position: position, market: market, economy: economy, edge: edge, said: said, lead: lead, own: own,
     rests: rests, first: first, reach: reach, one: one, only_world: only_world, stated: stated, ends: ends, left_out: left_out}) AS cells
WITH *, [c IN cells WHERE size(c.rests) > 0 AND NOT c.only_world] AS traced
WITH *, head(COLLECT { UNWIND traced AS c WITH c WHERE size(traced) > 1 AND c.rests[0] > 0
     RETURN c.market.name + ' (' + toString(toInteger(round(100 * c.rests[0]))) + ' %)' AS text
     ORDER BY c.rests[0] DESC, c.position LIMIT 1 }) AS most
UNWIND cells AS c
WITH *, c.edge AS edge, c.said AS said, c.rests AS rests, c.market AS market, c.reach AS reach, size(c.one.edges) > 0 AS derived
