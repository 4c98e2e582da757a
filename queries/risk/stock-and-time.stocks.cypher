// 2. Stocks with industry and states, by the statistics of a country: days of its use.
MATCH (economy:Economy)-[:HAS]->(users:Industry)-[:MAKES]->(form:Product)-[:FORM_OF]->(m:Material) WHERE m IN materials
MATCH (users)-[held:REPORTED_BY]->(edition:Source)<-[used:REPORTED_BY]-(users)
WHERE held.measure IN ['stocks', 'stocks-government'] AND used.measure IN ['reported-consumption', 'consumption', 'apparent-consumption']
  AND held.period = used.period AND held.unit = used.unit AND coalesce(held.basis, '') = coalesce(used.basis, '')
  AND used.amount > 0 AND held.amount IS NOT NULL AND held.suspect IS NULL AND used.suspect IS NULL AND left(held.period, 4) <= toString($as_of.year)
WITH market, economy, form, held, used, edition ORDER BY held.period DESC, edition.published DESC, used.measure DESC
WITH market, economy, form, held.measure AS measure, collect([held, used, edition])[0] AS newest
WITH market, economy, form, measure, newest[0] AS held, newest[1] AS used, newest[2] AS edition
RETURN {rank: 2, measure: measure, general: false, own: economy = market, what: CASE measure WHEN 'stocks' THEN 'stock with industry'
    ELSE 'stock of the state' END,
  of: form.name, who: economy.name, as_stated: toString(toInteger(round(365 * held.amount / used.amount))) + ' days of use',
  low: 365.0 * held.amount / used.amount, high: 365.0 * held.amount / used.amount, period: held.period, known_as: 'computed', source: edition.id,
  remark: 'Stocks of ' + toString(toInteger(round(held.amount))) + ' ' + held.unit + ', ' + replace(used.measure, '-', ' ') + ' of '
      + toString(toInteger(round(used.amount))) + ' ' + used.unit + ' a year.', verified: held.verified AND used.verified, id: form.id} AS row
UNION
// 3. What stockpiles hold, have bought or mean to hold.
MATCH (owner:Economy)<-[:ADOPTED_BY]-(policy:Policy)-[stock:HOLDS_STOCK]->(m:Material)
WHERE m IN materials AND left(stock.period, 4) <= toString($as_of.year)
WITH market, owner, policy, stock, m, stock.unit = 'day' AS in_days
RETURN {rank: 3, measure: 'stockpile', general: false, own: owner = market, what: 'stockpile', of: m.name, who: policy.name,
  as_stated: CASE WHEN coalesce(stock.amount, stock.low, stock.high) IS NULL THEN 'amount not in the data'
                  WHEN in_days THEN toString(toInteger(coalesce(stock.amount, stock.high))) + ' days'
                  WHEN stock.unit = 'USD' THEN toString(toInteger(round(coalesce(stock.amount, stock.high) / 1000000))) + ' million USD'
                  ELSE CASE WHEN stock.amount IS NULL THEN 'up to ' ELSE '' END + toString(toInteger(round(coalesce(stock.amount, stock.high))))
                      + ' ' + stock.unit END,
  low: CASE WHEN in_days THEN toFloat(coalesce(stock.amount, stock.low)) END, high: CASE WHEN in_days THEN toFloat(coalesce(stock.amount,
      stock.high)) END,
  period: stock.period, known_as: replace(stock.status, '-', ' '), source: stock.source, remark: stock.reason, verified: stock.verified,
  id: policy.id} AS row
