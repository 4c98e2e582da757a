// 1. What documents say of stocks of users and of stops, of licences and of exports that stood still.
  MATCH (thing)-[time:TIME_REPORTED_BY]->(:Source)
  WHERE left(time.period, size(time.period)) <= left(toString($as_of), size(time.period))
    AND ($sector IS NULL OR time.sector IS NULL OR time.sector = $sector)
    AND (thing IN materials OR ($material IS NULL AND NOT thing:Stage AND NOT thing:Policy)
         OR EXISTS { MATCH (thing)-[:FORM_OF]->(m:Material) WHERE m IN materials }
         OR EXISTS { MATCH (thing)-[:RESTRICTS]->(m:Material) WHERE m IN materials }
         OR EXISTS { MATCH (thing)-[:RESTRICTS]->(:Product)-[:FORM_OF]->(m:Material) WHERE m IN materials }
         OR thing:Stage OR (thing:Policy AND EXISTS { MATCH (thing)-[:ADOPTED_BY]->(:Economy)<-[:IMPOSED_BY]-(rule:ExportRestriction {kind: 'licence'})-[:RESTRICTS]->(m:Material)
                           WHERE m IN materials }))
  WITH thing, time, CASE time.unit WHEN 'day' THEN 1.0 WHEN 'working-day' THEN 1.4 WHEN 'week' THEN 7.0 WHEN 'month' THEN 365 / 12.0 ELSE 365.0 END AS days,
       CASE time.measure WHEN 'user-stock' THEN 1 WHEN 'time-to-stop' THEN 5 WHEN 'production-stop' THEN 5 WHEN 'export-stop' THEN 6 WHEN 'lead-time' THEN 7 ELSE 4 END AS rank
  RETURN {rank: rank, measure: time.measure, general: thing:Stage OR thing:Policy, own: false,
    what: CASE time.measure WHEN 'user-stock' THEN 'stock of users' WHEN 'licence-limit' THEN 'limit for a licence' WHEN 'licence-time' THEN 'time of a licence'
          WHEN 'licence-validity' THEN 'validity of a licence' WHEN 'export-stop' THEN 'exports stood still' WHEN 'time-to-stop' THEN 'until production stopped'
          WHEN 'production-stop' THEN 'production stood still' ELSE 'lead time' END,
    of: thing.name, who: time.region + coalesce(', ' + head(COLLECT { MATCH (s:Sector {id: time.sector}) RETURN s.name }), ''),
    as_stated: CASE WHEN time.amount IS NOT NULL THEN toString(toInteger(time.amount))
                    WHEN time.low IS NOT NULL AND time.high IS NOT NULL THEN toString(toInteger(time.low)) + ' to ' + toString(toInteger(time.high))
                    WHEN time.high IS NOT NULL THEN 'up to ' + toString(toInteger(time.high)) ELSE 'at least ' + toString(toInteger(time.low)) END
               + ' ' + replace(time.unit, '-', ' ') + CASE WHEN coalesce(time.high, time.amount, time.low) = 1 THEN '' ELSE 's' END,
    low: days * coalesce(time.low, time.amount), high: days * coalesce(time.high, time.amount), period: time.period,
    known_as: CASE WHEN time.measure IN ['licence-limit', 'licence-validity'] THEN 'a limit in law' ELSE 'reported' END,
    source: time.source, remark: time.reason, verified: time.verified, id: thing.id} AS row
  UNION
  // 2. Stocks with industry and states, by the statistics of a country: days of its use.
  MATCH (economy:Economy)-[:HAS]->(users:Industry)-[:MAKES]->(form:Product)-[:FORM_OF]->(m:Material) WHERE m IN materials
  MATCH (users)-[held:REPORTED_BY]->(edition:Source)<-[used:REPORTED_BY]-(users)
  WHERE held.measure IN ['stocks', 'stocks-government'] AND used.measure IN ['reported-consumption', 'consumption', 'apparent-consumption']
    AND held.period = used.period AND held.unit = used.unit AND coalesce(held.basis, '') = coalesce(used.basis, '')
    AND used.amount > 0 AND held.amount IS NOT NULL AND held.suspect IS NULL AND used.suspect IS NULL AND left(held.period, 4) <= toString($as_of.year)
  WITH market, economy, form, held, used, edition ORDER BY held.period DESC, edition.published DESC, used.measure DESC
  WITH market, economy, form, held.measure AS measure, collect([held, used, edition])[0] AS newest
  WITH market, economy, form, measure, newest[0] AS held, newest[1] AS used, newest[2] AS edition
  RETURN {rank: 2, measure: measure, general: false, own: economy = market, what: CASE measure WHEN 'stocks' THEN 'stock with industry' ELSE 'stock of the state' END,
    of: form.name, who: economy.name, as_stated: toString(toInteger(round(365 * held.amount / used.amount))) + ' days of use: '
      + toString(toInteger(round(held.amount))) + ' ' + held.unit + ' of ' + toString(toInteger(round(used.amount))) + ' ' + used.unit + ' a year',
    low: 365.0 * held.amount / used.amount, high: 365.0 * held.amount / used.amount, period: held.period, known_as: 'computed', source: edition.id,
    remark: 'Stocks and ' + replace(used.measure, '-', ' ') + ' of one year, in one source, unit and basis.', verified: held.verified AND used.verified, id: form.id} AS row
  UNION
  // 3. What stockpiles hold, have bought or mean to hold.
  MATCH (owner:Economy)<-[:ADOPTED_BY]-(policy:Policy)-[stock:HOLDS_STOCK]->(m:Material)
  WHERE m IN materials AND left(stock.period, 4) <= toString($as_of.year)
  WITH market, owner, policy, stock, m, stock.unit = 'day' AS in_days
  RETURN {rank: 3, measure: 'stockpile', general: false, own: owner = market, what: 'stockpile', of: m.name, who: policy.name,
    as_stated: CASE WHEN coalesce(stock.amount, stock.low, stock.high) IS NULL THEN 'amount not in the data'
                    WHEN in_days THEN toString(toInteger(coalesce(stock.amount, stock.high))) + ' days'
                    WHEN stock.unit = 'USD' THEN toString(toInteger(round(coalesce(stock.amount, stock.high) / 1000000))) + ' million USD'
                    ELSE CASE WHEN stock.amount IS NULL THEN 'up to ' ELSE '' END + toString(toInteger(round(coalesce(stock.amount, stock.high)))) + ' ' + stock.unit END,
    low: CASE WHEN in_days THEN toFloat(coalesce(stock.amount, stock.low)) END, high: CASE WHEN in_days THEN toFloat(coalesce(stock.amount, stock.high)) END,
    period: stock.period, known_as: stock.status, source: stock.source, remark: stock.reason, verified: stock.verified, id: policy.id} AS row
  UNION
  // 4. Licences that hold for the market, of which no time is known, and bans that have ended.
  MATCH (rule:ExportRestriction)-[:RESTRICTS]->(thing) WHERE thing IN materials OR EXISTS { MATCH (thing)-[:FORM_OF]->(m:Material) WHERE m IN materials }
  WITH DISTINCT market, rule
  WHERE (NOT EXISTS { (rule)-[:AGAINST]->() } OR EXISTS { (rule)-[:AGAINST]->(market) }) AND rule.effective <= $as_of
    AND ((rule.kind = 'ban' AND rule.ended <= $as_of AND coalesce(rule.effective_precision, 'day') = 'day' AND coalesce(rule.ended_precision, 'day') = 'day')
         OR (rule.kind = 'licence' AND NOT EXISTS { MATCH (rule)-[t:TIME_REPORTED_BY]->() WHERE t.measure = 'licence-time' }
             AND NOT coalesce(rule.ended <= $as_of, false) AND NOT coalesce(rule.status IN ['ended', 'superseded', 'dropped', 'not stated'], false)
             AND NOT coalesce(rule.suspended_from <= $as_of AND coalesce(rule.suspended_until, $as_of) >= $as_of, false)))
  WITH rule, CASE WHEN rule.kind = 'ban' THEN toFloat(duration.inDays(rule.effective, rule.ended).days) END AS days
  RETURN {rank: CASE WHEN days IS NULL THEN 4 ELSE 6 END, measure: rule.kind, general: false, own: false,
    what: CASE WHEN days IS NULL THEN 'time of a licence' ELSE 'exports banned' END, of: rule.name,
    who: head(COLLECT { MATCH (rule)-[:IMPOSED_BY]->(e:Economy) RETURN e.name ORDER BY e.name }),
    as_stated: coalesce(toString(toInteger(days)) + ' days, ' + toString(rule.effective) + ' to ' + toString(rule.ended), 'not known'), low: days, high: days,
    period: left(toString(rule.effective), CASE rule.effective_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END),
    known_as: CASE WHEN days IS NULL THEN 'not in the data' ELSE 'computed' END,
    source: head(COLLECT { MATCH (rule)-[:DOCUMENTED_BY]->(d:Source) RETURN d.id ORDER BY d.id }), remark: rule.instrument, verified: rule.verified, id: rule.id} AS row
  UNION
  // 5. What states and the Union set as days of cover, and as limits for permits: of no single material.
  MATCH (owner:Economy)<-[:ADOPTED_BY]-(policy:Policy)-[:SETS]->(aim:Benchmark) WHERE aim.unit IN ['day', 'month']
  WITH market, owner, policy, aim, CASE aim.unit WHEN 'day' THEN 1.0 ELSE 365 / 12.0 END * aim.value AS days
  RETURN {rank: CASE aim.unit WHEN 'day' THEN 3 ELSE 7 END, measure: 'benchmark', general: true, own: owner = market,
    what: CASE aim.unit WHEN 'day' THEN 'cover aimed at' ELSE 'limit for a permit' END, of: aim.name, who: owner.name,
    as_stated: CASE aim.direction WHEN 'at-most' THEN 'at most ' ELSE 'at least ' END + toString(toInteger(aim.value)) + ' ' + aim.unit + 's',
    low: CASE aim.direction WHEN 'at-most' THEN null ELSE days END, high: CASE aim.direction WHEN 'at-most' THEN days END,
    period: coalesce(left(toString(policy.adopted), 4), 'not stated'), known_as: CASE aim.unit WHEN 'day' THEN 'a target' ELSE 'a limit in law' END,
    source: head(COLLECT { MATCH (aim)-[:DOCUMENTED_BY]->(d:Source) RETURN d.id ORDER BY d.id }), remark: aim.reason, verified: aim.verified, id: aim.id} AS row
