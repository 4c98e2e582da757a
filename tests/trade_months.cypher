// Months of a metal under two codes' editions and of a basket, on the seller's books, with three restrictions; values invented.
CREATE (eu:Economy:Bloc {id: 'EU27', name: 'European Union'}),
       (chn:Economy:Country {id: 'CHN', name: 'China'}), (usa:Economy:Country {id: 'USA', name: 'United States'}),
       (jpn:Economy:Country {id: 'JPN', name: 'Japan'}), (:Economy:Aggregate {id: 'WLD', name: 'World'}),
       (:Economy:Country {id: 'DEU', name: 'Germany'})-[:MEMBER_OF {from: date('1958-01-01')}]->(eu),
       (:Economy:Country {id: 'GBR', name: 'United Kingdom'})-[:MEMBER_OF {from: date('1973-01-01'), until: date('2020-02-01')}]->(eu),
       (:Source {id: 'customs-2024-12', name: 'Customs'}), (:Source {id: 'other-2024-06', name: 'Other'}),
       (put:Stage {id: 'refining', name: 'refining', position: 4}),
       (group:Material {id: 'carbons', name: 'carbons'}), (graphite:Material {id: 'graphite', name: 'graphite'})-[:PART_OF]->(group),
       (gallium:Material {id: 'gallium', name: 'gallium'}), (indium:Material {id: 'indium', name: 'indium'}), (solar:Material {id: 'silicon', name: 'silicon'}),
       (flake:Product {id: 'graphite/flake', name: 'flake'})-[:FORM_OF]->(graphite), (ga:Product {id: 'gallium/metal', name: 'gallium metal'})-[:FORM_OF]->(gallium),
       (ind:Product {id: 'indium/metal', name: 'indium metal'})-[:FORM_OF]->(indium), (module:Product {id: 'silicon/module', name: 'modules'})-[:FORM_OF]->(solar),
       (licence:ExportRestriction {id: 'licence', name: 'licence', kind: 'licence', status: 'in force', announced: date('2023-05-20'), announced_precision: 'day',
         effective: date('2023-07-01'), effective_precision: 'day'})-[:IMPOSED_BY]->(chn), (licence)-[:RESTRICTS]->(group), (licence)-[:RESTRICTS]->(gallium),
       (ban:ExportRestriction {id: 'ban', name: 'ban', kind: 'ban', status: 'in force', effective: date('2024-03-01'), effective_precision: 'month'})-[:IMPOSED_BY]->(chn),
       (ban)-[:RESTRICTS]->(graphite), (ban)-[:AGAINST]->(usa),
       (vague:ExportRestriction {id: 'vague', name: 'vague', kind: 'quota', status: 'ended', effective: date('2024-01-01'), effective_precision: 'year'})-[:IMPOSED_BY]->(chn),
       (vague)-[:RESTRICTS]->(graphite);
UNWIND [['hs2017/250410', '250410', 'graphite/flake', 'exact'], ['hs2022/250410', '250410', 'graphite/flake', 'exact'],
        ['hs2022/811292', '811292', 'gallium/metal', 'shared'], ['hs2022/811292', '811292', 'indium/metal', 'shared']] AS row
MATCH (product:Product {id: row[2]}), (chn:Economy {id: 'CHN'})
MERGE (code:Product:TradeCode {id: row[0]}) SET code.code = row[1], code.name = 'HS ' + substring(row[0], 2, 4) + ' ' + left(row[1], 4) + ' ' + right(row[1], 2) + ' goods'
CREATE (code)-[:CLASSIFIES {id: row[0] + row[2], specificity: row[3], source: 'customs-2024-12'}]->(product)
MERGE (industry:Industry {id: 'CHN:' + row[0]}) MERGE (chn)-[:HAS]->(industry) MERGE (industry)-[:SHIPS]->(code);
MATCH (chn:Economy {id: 'CHN'}), (module:Product {id: 'silicon/module'})
CREATE (chn)-[:HAS]->(:Industry {id: 'CHN:silicon/module'})-[:MAKES]->(module);
// Twelve months of 10 t to Japan and 2 t to Germany, 90 t in the month before the licence, 4 t a month since, none to the United States since the ban.
UNWIND range(0, 23) AS n
WITH 2023 + n / 12 AS year, n % 12 + 1 AS month, n
UNWIND [['JPN', CASE WHEN n = 5 THEN 90.0 WHEN n < 6 THEN 10.0 ELSE 4.0 END], ['DEU', 2.0], ['GBR', 1.0], ['USA', CASE WHEN n < 14 THEN 3.0 END], ['WLD', 1000.0]] AS row
WITH * WHERE row[1] IS NOT NULL
MATCH (industry:Industry {id: 'CHN:hs2022/250410'}), (buyer:Economy {id: row[0]})
CREATE (industry)-[:EXPORTS_MONTHLY {id: 'a' + row[0] + year + '-' + month, year: year, month: month, source: 'customs-2024-12', reporter_side: 'exporter', currency: 'USD',
        value: 1000 * row[1] * CASE WHEN n < 6 THEN 2 ELSE 3 END, mass: row[1], status: 'normal', verified: true}]->(buyer);
UNWIND range(1, 12) AS month
MATCH (industry:Industry {id: 'CHN:hs2017/250410'}), (buyer:Economy {id: 'JPN'})
CREATE (industry)-[:EXPORTS_MONTHLY {id: 'b' + month, year: 2022, month: month, source: 'customs-2024-12', reporter_side: 'exporter', currency: 'USD',
        value: 16000, mass: 8.0, status: 'normal', verified: true}]->(buyer)
CREATE (industry)-[:EXPORTS_MONTHLY {id: 'c' + month, year: 2022, month: month, source: 'other-2024-06', reporter_side: 'exporter', currency: 'USD',
        value: 999, mass: 999, status: 'normal', verified: true}]->(buyer);
UNWIND range(1, 8) AS month
MATCH (industry:Industry {id: 'CHN:hs2022/811292'}), (buyer:Economy {id: 'JPN'})
CREATE (industry)-[:EXPORTS_MONTHLY {id: 'd' + month, year: 2024, month: month, source: 'customs-2024-12', reporter_side: 'exporter', currency: 'USD',
        value: 100, mass: CASE WHEN month > 2 THEN 0.001 END, status: CASE WHEN month > 2 THEN 'normal' ELSE 'not-stated' END, verified: true}]->(buyer);
UNWIND range(1, 4) AS month
MATCH (industry:Industry {id: 'CHN:silicon/module'}), (buyer:Economy)
WHERE buyer.id IN ['JPN', 'DEU']
CREATE (industry)-[:EXPORTS_MONTHLY {id: 'e' + month + buyer.id, year: 2024, month: month, source: 'customs-2024-12', reporter_side: 'exporter', currency: 'USD', value: 500,
        mass: 50.0, power: CASE WHEN month < 4 AND buyer.id = 'JPN' OR month = 1 THEN 7.0 END, status: 'normal', verified: true}]->(buyer)
