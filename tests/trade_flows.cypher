// Flows of magnets and of a basket on both sides' books, and two publications of their output; values invented.
CREATE (eu:Economy:Bloc {id: 'EU27', name: 'European Union'}), (:Economy:Country {id: 'CHN', name: 'China'}),
       (:Economy:Country {id: 'USA', name: 'United States'}), (:Economy:Aggregate {id: 'WLD', name: 'World'}),
       (:Economy:Country {id: 'DEU', name: 'Germany'})-[:MEMBER_OF {from: date('1958-01-01')}]->(eu),
       (:Economy:Country {id: 'FRA', name: 'France'})-[:MEMBER_OF {from: date('1958-01-01')}]->(eu),
       (:Economy:Country {id: 'GBR', name: 'United Kingdom'})-[:MEMBER_OF {from: date('1973-01-01'), until: date('2020-02-01')}]->(eu),
       (:Publication {id: 'trade'})<-[:EDITION_OF]-(:Source {id: 'trade-1', name: 'Trade'}),
       (:Source {id: 'china', name: 'China Customs', kind: 'document'}), (:Source {id: 'customs', name: 'EU Customs', kind: 'document'}),
       (new:Publication {id: 'new'})<-[:EDITION_OF]-(:Source {id: 'new-2', name: 'New 2'}),
       (new)<-[:EDITION_OF]-(:Source {id: 'new-1', name: 'New 1'}), (:Publication {id: 'old'})<-[:EDITION_OF]-(:Source {id: 'old-1', name: 'Old'}),
       (put:Stage {id: 'component', name: 'component manufacturing', position: 6}),
       (rare:Material {id: 'rare-earths', name: 'rare earths'}), (other:Material {id: 'indium', name: 'indium'}),
       (magnet:Product {id: 'rare-earths/magnet', name: 'magnet'})-[:FORM_OF]->(rare), (magnet)-[:AT_STAGE]->(put),
       (metal:Product {id: 'indium/metal', name: 'indium metal'})-[:FORM_OF]->(other), (metal)-[:AT_STAGE]->(put),
       (alloy:Product {id: 'rare-earths/alloy', name: 'alloy'})-[:FORM_OF]->(rare), (alloy)-[:AT_STAGE]->(put),
       (:Technology {id: 'motor', name: 'motor'})-[:NEEDS {id: 'n', essential: true, steps: 0}]->(magnet);
UNWIND [['hs2017/850511', '850511', 'rare-earths/magnet', 'dominant'], ['cn2024/85051110', '85051110', 'rare-earths/magnet', 'exact'],
        ['hs2017/811292', '811292', 'rare-earths/alloy', 'shared'], ['hs2017/811292', '811292', 'indium/metal', 'shared']] AS row
MATCH (product:Product {id: row[2]})
MERGE (code:Product:TradeCode {id: row[0]}) SET code.code = row[1], code.name = row[0]
CREATE (code)-[:CLASSIFIES {id: row[0] + row[2], specificity: row[3], source: 'customs'}]->(product);
UNWIND [['CHN', 'hs2017/850511', 'DEU', 2024, 'trade-1', 'reconciled', 'USD', 100, 10], ['CHN', 'hs2017/850511', 'FRA', 2024, 'trade-1', 'reconciled', 'USD', 50, null],
        ['USA', 'hs2017/850511', 'DEU', 2024, 'trade-1', 'reconciled', 'USD', 50, 1], ['DEU', 'hs2017/850511', 'FRA', 2024, 'trade-1', 'reconciled', 'USD', 70, 7],
        ['CHN', 'hs2017/850511', 'GBR', 2024, 'trade-1', 'reconciled', 'USD', 30, 200], ['CHN', 'hs2017/850511', 'DEU', 2023, 'trade-1', 'reconciled', 'USD', 80, 8],
        ['USA', 'hs2017/850511', 'DEU', 2023, 'trade-1', 'reconciled', 'USD', 120, 8],
        ['CHN', 'hs2017/850511', 'GBR', 2018, 'trade-1', 'reconciled', 'USD', 40, 4], ['CHN', 'hs2017/850511', 'DEU', 2024, 'china', 'exporter', 'USD', 90, 12],
        ['CHN', 'cn2024/85051110', 'EU27', 2024, 'customs', 'importer', 'EUR', 130, null], ['CHN', 'hs2017/811292', 'DEU', 2024, 'trade-1', 'reconciled', 'USD', 5, 0]] AS row
MATCH (seller:Economy {id: row[0]}), (code:TradeCode {id: row[1]}), (buyer:Economy {id: row[2]})
MERGE (industry:Industry {id: row[0] + ':' + row[1]}) MERGE (seller)-[:HAS]->(industry) MERGE (industry)-[:SHIPS]->(code)
CREATE (industry)-[:EXPORTS_TO {id: row[0] + row[1] + row[2] + row[3] + row[4], year: row[3], source: row[4], reporter_side: row[5], currency: row[6],
                                value: toFloat(row[7]), mass: toFloat(row[8]), verified: true}]->(buyer);
MATCH (industry:Industry {id: 'CHN:cn2024/85051110'}), (eu:Economy {id: 'EU27'})
CREATE (industry)-[:SUPPLIES {id: 's', source: 'customs', period: '2024', share: 0.8, value_share: 0.9, share_of: 'imports', basis: 'mass',
                              measured: true, verified: true, status: 'normal'}]->(eu);
UNWIND [['CHN', 'new-2', '2024', 90, 'normal'], ['USA', 'new-2', '2024', 10, 'normal'], ['WLD', 'new-2', '2024', 100, 'normal'],
        ['CHN', 'new-2', '2023', 80, 'normal'], ['USA', 'new-2', '2023', 20, 'normal'], ['WLD', 'new-2', '2023', 100, 'normal'],
        ['CHN', 'new-1', '2023', 60, 'normal'], ['USA', 'new-1', '2023', 40, 'normal'], ['WLD', 'new-1', '2023', 100, 'normal'],
        ['CHN', 'new-1', '2022', 50, 'normal'], ['WLD', 'new-1', '2022', 100, 'normal'],
        ['CHN', 'old-1', '2018', 50, 'normal'], ['USA', 'old-1', '2018', 25, 'normal'], ['GBR', 'old-1', '2018', 25, 'normal'],
        ['CHN', 'old-1', '2017', 50, 'normal'], ['USA', 'old-1', '2017', 50, 'normal'], ['CHN', 'old-1', '2016', 50, 'normal'],
        ['CHN', 'new-2', '2030', 99, 'forecast'], ['WLD', 'new-2', '2030', 100, 'forecast']] AS row
MATCH (economy:Economy {id: row[0]}), (source:Source {id: row[1]}), (magnet:Product {id: 'rare-earths/magnet'})
MERGE (industry:Industry {id: row[0] + ':rare-earths/magnet'}) MERGE (economy)-[:HAS]->(industry)
FOREACH (x IN CASE row[0] WHEN 'WLD' THEN [1] ELSE [] END | MERGE (industry)-[:TOTALS]->(magnet))
FOREACH (x IN CASE row[0] WHEN 'WLD' THEN [] ELSE [1] END | MERGE (industry)-[:MAKES]->(magnet))
CREATE (industry)-[:REPORTED_BY {id: row[0] + row[1] + row[2], measure: 'production', basis: 'contained', period: row[2], amount: toFloat(row[3]), unit: 't',
                                 status: row[4], verified: true}]->(source);
UNWIND [['new-2', '2024', 1, true], ['new-2', '2023', 2, true], ['new-1', '2023', 3, true], ['new-1', '2022', 4, true], ['old-1', '2018', 5, false],
        ['old-1', '2017', 6, false], ['new-2', '2030', 7, true], ['old-1', '2016', 8, false]] AS row
MATCH (magnet:Product {id: 'rare-earths/magnet'}), (source:Source {id: row[0]})
CREATE (magnet)-[:OUTPUT_KNOWN_FROM {id: row[0] + row[1], measure: 'production', basis: 'contained', period: row[1], precedence: row[2], whole: row[3]}]->(source)
