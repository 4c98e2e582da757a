// And what the flows by value come to, from outside the market, of editions that hold all codes that are the product or mostly.
CALL (product, market) {
  MATCH (product)<-[covers:CLASSIFIES]-(code:TradeCode) WHERE covers.specificity IN ['exact', 'dominant'] AND size(code.code) >= 6
  WITH DISTINCT market, code, head(split(code.id, '/')) AS nomenclature
  WITH market, nomenclature, collect(code) AS codes, COLLECT { MATCH (member:Economy)-[belongs:MEMBER_OF]->(market)
       RETURN {id: member.id, from: belongs.from.year, until: coalesce(belongs.until.year, 9999)} } AS members
  WITH *, CASE WHEN market:Bloc THEN [m IN members | m.id] ELSE [market.id] END AS ids
  UNWIND codes AS code
  MATCH (code)<-[:SHIPS|TOTALS]-(industry:Industry)<-[:HAS]-(seller:Economy) WHERE seller.id <> 'WLD'
  WITH *, [m IN members WHERE m.id = seller.id] AS inside
  MATCH (industry)-[flow:EXPORTS_TO]->(buyer:Economy) WHERE buyer.id IN ids AND flow.value IS NOT NULL
    AND flow.reporter_side IN ['importer', 'reconciled'] AND NOT any(m IN inside WHERE m.from <= flow.year AND m.until > flow.year)
  WITH * WHERE buyer = market OR any(m IN members WHERE m.id = buyer.id AND m.from <= flow.year AND m.until > flow.year)
  WITH market, nomenclature, codes, flow.source AS source, flow.reporter_side AS side, flow.year AS year, seller,
       sum(flow.value) AS value, min(flow.verified) AS verified, collect(DISTINCT code) AS held
  WITH market, nomenclature, codes, source, side, year, sum(value) AS whole, count(CASE WHEN NOT seller:Aggregate THEN 1 END) AS named,
       collect({seller: seller, value: value, verified: verified}) AS sellers, reduce(s = [], h IN collect(held) | s + h) AS held
  WHERE whole > 0 AND all(c IN codes WHERE c IN held) AND EXISTS { MATCH (:Source {id: source})-[:EDITION_OF]->() }
  ORDER BY side, nomenclature DESC, source DESC
  RETURN collect({period: toString(year), source: source, basis: 'value', whole: true, of: 'the imports by value of ' + market.name, named: named,
    codes: COLLECT { UNWIND codes AS c RETURN toUpper(left(c.id, 2)) + ' ' + c.code AS text ORDER BY text },
    parts: [s IN sellers WHERE NOT s.seller:Aggregate
            | {id: s.seller.id, name: s.seller.name, verified: s.verified, share: s.value / whole}]}) AS flows
}
WITH *, outputs + [e IN evidence WHERE e.leads | {period: e.period, source: e.source, whole: true,
       basis: CASE WHEN e.of CONTAINS ' by mass' THEN 'mass' WHEN e.of CONTAINS ' by value' THEN 'value' END,
       of: 'the ' + CASE WHEN last(split(e.of, ' (')) =~ '(CN|HS) .*' THEN head(split(e.of, ' (')) ELSE e.of END + ' of ' + market.name,
       codes: CASE WHEN last(split(e.of, ' (')) =~ '(CN|HS) .*' THEN [left(last(split(e.of, ' (')), 2) + ' '
         + replace(replace(substring(last(split(e.of, ' (')), 3), ' ', ''), ')', '')] ELSE [] END,
       named: size([s IN e.statements WHERE NOT s.economy:Aggregate]),
       parts: [s IN e.statements WHERE NOT s.economy:Aggregate | {id: s.economy.id, name: s.economy.name, verified: s.said.verified,
         share: coalesce(s.said.share, s.said.high), bound: CASE WHEN s.said.share IS NULL THEN 'at most' END}]}] + flows AS known
