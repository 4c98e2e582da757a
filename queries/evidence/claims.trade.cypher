// Imports worked out from the flows: several tariff lines added up, and how they changed from one year to another.
CALL (claim, document, since, until, actors, day) {
  CALL (claim, since, until, actors, day) {
    // Several tariff lines together, by mass, as the members of the market bought them from outside it.
    WITH * WHERE claim.tested_by = 'share-of-tariff-lines'
    UNWIND claim.test_things AS thing
    MATCH (line:TradeCode {id: thing})
    WITH DISTINCT claim, since, until, actors, day, line
    MATCH (line)<-[:SHIPS]-(industry:Industry)<-[:HAS]-(seller:Country)
    WHERE NOT EXISTS { MATCH (seller)-[member:MEMBER_OF]->(:Bloc {id: claim.test_market}) WHERE member.until IS NULL }
    MATCH (industry)-[flow:EXPORTS_TO {reporter_side: 'reconciled'}]->(:Country)-[member:MEMBER_OF]->(:Bloc {id: claim.test_market})
    WHERE member.until IS NULL AND since <= toString(flow.year) <= until AND flow.mass > 0
    WITH claim, day, flow.source AS source, toString(flow.year) AS period, count(DISTINCT line) AS number, sum(flow.mass) AS whole,
         sum(CASE WHEN seller.id IN actors THEN flow.mass ELSE 0.0 END) AS part, sum(flow.value) AS worth,
         sum(CASE WHEN seller.id IN actors THEN flow.value ELSE 0.0 END) AS worth_part
    WITH *, [t IN claim.test_things WHERE EXISTS { (:TradeCode {id: t}) } | last(split(t, '/'))] AS lines
    MATCH (edition:Source {id: source}) WHERE coalesce(edition.published, '') <= day AND number = size(lines)
    RETURN 'customs codes ' + reduce(said = head(lines), l IN tail(lines) | said + ', ' + l) AS name, [source] AS sources, period, 'imports' AS of,
           'mass' AS by, 100 * part / whole AS low, 100 * part / whole AS high, 100 * worth_part / worth AS worth, true AS read
    UNION ALL
    // Of how many critical products the partners' share of the imports rose, and of how many that of the largest seller fell.
    WITH * WHERE claim.tested_by = 'share-of-products-changed'
    MATCH (market:Bloc {id: claim.test_market})
    WITH market, COLLECT { MATCH (buyer:Country)-[member:MEMBER_OF]->(market) WHERE member.until IS NULL RETURN buyer } AS buyers,
         COLLECT { MATCH (market)<-[:PARTY]-(deal:StrategicPartnership)-[:PARTY]->(partner:Country)
                   WHERE toString(deal.signed) <= until + '-12-31' RETURN DISTINCT partner } AS partners
    MATCH (list:CriticalityList)-[listed:LISTS]->(material:Material) WHERE list.id IN claim.test_things AND listed.critical
    MATCH (material)<-[:FORM_OF]-(product:Product)
    WITH DISTINCT claim, since, until, day, buyers, partners, product
    MATCH (product)<-[covers:CLASSIFIES]-(line:TradeCode) WHERE covers.specificity IN ['exact', 'dominant']
    WITH DISTINCT claim, since, until, day, buyers, partners, product, line
    MATCH (line)<-[:SHIPS]-(industry:Industry)-[flow:EXPORTS_TO {reporter_side: 'importer'}]->(buyer:Country)
    WHERE toString(flow.year) IN [since, until] AND buyer IN buyers AND flow.value > 0
    WITH since, until, day, claim, buyers, partners, product, line, industry, flow.source AS source,
         toString(flow.year) AS year, sum(flow.value) AS value
    MATCH (industry)<-[:HAS]-(seller:Country) WHERE NOT seller IN buyers
    WITH since, until, day, claim, product, line.code AS code, source, year, seller, seller IN partners AS friend, sum(value) AS value
    // Lines that both years have, added up by product: each seller's value in the first year and in the last.
    WITH since, until, day, claim, product, code, source, collect({year: year, seller: seller, friend: friend, value: value}) AS sales
    WHERE all(y IN [since, until] WHERE any(s IN sales WHERE s.year = y))
    UNWIND sales AS sale
    WITH product, source, sale.seller AS seller, sale.friend AS friend, sum(CASE sale.year WHEN since THEN sale.value ELSE 0.0 END) AS before,
         sum(CASE sale.year WHEN until THEN sale.value ELSE 0.0 END) AS after
    WITH product, source, 100 * max(before) / sum(before) - 100 * max(after) / sum(after) AS fell,
         100 * sum(CASE WHEN friend THEN after ELSE 0.0 END) / sum(after) - 100 * sum(CASE WHEN friend THEN before ELSE 0.0 END) / sum(before) AS rose
    WITH * ORDER BY product.name
    WITH source, count(*) AS total, collect(CASE WHEN rose > $tolerance THEN product.name END) AS up,
         collect(CASE WHEN fell > $tolerance THEN product.name END) AS down
    UNWIND CASE WHEN claim.test_class IS NULL THEN ['up', 'down'] ELSE ['up'] END AS which
    MATCH (edition:Source {id: source}) WHERE coalesce(edition.published, '') <= day
    WITH source, total, CASE which WHEN 'up' THEN up ELSE down END AS which,
         CASE which WHEN 'up' THEN 'partners gained share' ELSE 'the largest seller lost share' END AS what
    WITH *, size(which) AS number, reduce(said = '', p IN which[0..6] | said + CASE said WHEN '' THEN ' (' ELSE '; ' END + p)
           + CASE WHEN size(which) > 6 THEN ' …)' WHEN which = [] THEN '' ELSE ')' END AS named
    RETURN what + ' in ' + toString(number) + ' of ' + toString(total) + ' products' + named AS name, [source] AS sources,
           since + '-' + until AS period, 'products' AS of, null AS by, 100.0 * number / total AS low, 100.0 * number / total AS high,
           null AS worth, true AS read
  }
  RETURN collect({name: name, sources: sources, period: period, of: of, by: by, low: low, high: high, worth: worth, read: read,
    own: all(s IN sources WHERE s = document.id OR any(q IN coalesce(claim.test_quoted, []) WHERE s = q
      OR EXISTS { (:Source {id: s})-[:EDITION_OF]->(:Publication {id: q}) }))}) AS traded
}
