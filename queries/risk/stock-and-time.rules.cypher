// 4. Licences that hold for the market, of which no time is known, and bans that have ended.
MATCH (rule:ExportRestriction)-[:RESTRICTS]->(thing) WHERE thing IN materials
    OR EXISTS { (thing)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
WITH DISTINCT market, rule
WHERE (NOT EXISTS { (rule)-[:AGAINST]->() } OR EXISTS { (rule)-[:AGAINST]->(market) }) AND rule.effective <= $as_of
  AND ((rule.kind = 'ban' AND rule.ended <= $as_of AND coalesce(rule.effective_precision, 'day') = 'day' AND coalesce(rule.ended_precision,
      'day') = 'day')
       OR (rule.kind = 'licence' AND NOT EXISTS { MATCH (rule)-[t:TIME_REPORTED_BY]->() WHERE t.measure = 'licence-time' }
           AND NOT coalesce(rule.ended <= $as_of, false) AND NOT coalesce(rule.status IN ['ended', 'superseded', 'dropped', 'not-stated'], false)
           AND NOT coalesce(rule.suspended_from <= $as_of AND coalesce(rule.suspended_until, $as_of) >= $as_of, false)))
WITH rule, CASE WHEN rule.kind = 'ban' THEN toFloat(split(split(toString(duration.inDays(rule.effective, rule.ended)), 'P')[1], 'D')[0]) END AS days
RETURN {rank: CASE WHEN days IS NULL THEN 4 ELSE 6 END, measure: rule.kind, general: false, own: false,
  what: CASE WHEN days IS NULL THEN 'time of a licence' ELSE 'exports banned' END, of: rule.name,
  who: head(COLLECT { MATCH (rule)-[:IMPOSED_BY]->(e:Economy) RETURN e.name ORDER BY e.name }),
  as_stated: coalesce(toString(toInteger(days)) + ' days, ' + toString(rule.effective) + ' to ' + toString(rule.ended), 'not known'), low: days,
      high: days,
  period: left(toString(rule.effective), CASE rule.effective_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END),
  known_as: CASE WHEN days IS NULL THEN 'not in the data' ELSE 'computed' END,
  source: head(COLLECT { MATCH (rule)-[:DOCUMENTED_BY]->(d:Source) RETURN d.id ORDER BY d.id }), remark: rule.instrument, verified: rule.verified,
      id: rule.id} AS row
UNION
// 5. What states and the Union set as days of cover, and as limits for permits: of no single material.
MATCH (owner:Economy)<-[:ADOPTED_BY]-(policy:Policy)-[:SETS]->(aim:Benchmark) WHERE aim.unit IN ['day', 'month']
WITH market, owner, policy, aim, CASE aim.unit WHEN 'day' THEN 1.0 ELSE 365 / 12.0 END * aim.value AS days
RETURN {rank: CASE aim.unit WHEN 'day' THEN 3 ELSE 7 END, measure: 'benchmark', general: true, own: owner = market,
  what: CASE aim.unit WHEN 'day' THEN 'cover aimed at' ELSE 'limit for a permit' END, of: aim.name, who: owner.name,
  as_stated: CASE aim.direction WHEN 'at-most' THEN 'at most ' ELSE 'at least ' END + toString(toInteger(aim.value)) + ' ' + aim.unit + 's',
  low: CASE aim.direction WHEN 'at-most' THEN null ELSE days END, high: CASE aim.direction WHEN 'at-most' THEN days END,
  period: coalesce(left(toString(policy.adopted), 4), 'not stated'), known_as: CASE aim.unit WHEN 'day' THEN 'a target' ELSE 'a limit in law' END,
  source: head(COLLECT { MATCH (aim)-[:DOCUMENTED_BY]->(d:Source) RETURN d.id ORDER BY d.id }), remark: aim.reason, verified: aim.verified,
      id: aim.id} AS row
