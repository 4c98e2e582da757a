// Partners, benchmarks, restrictions by hand: one product, its makers, what the EU takes; four statements.
CREATE (eu:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']}),
       (fra:Economy:Country {id: 'FRA', name: 'France'})-[:MEMBER_OF {from: date('1958-01-01')}]->(eu),
       (can:Economy:Country {id: 'CAN', name: 'Canada'}), (aus:Economy:Country {id: 'AUS', name: 'Australia'}),
       (chn:Economy:Country {id: 'CHN', name: 'China'}), (:Economy:Country {id: 'USA', name: 'United States'}),
       (doc:Source {id: 'doc', name: 'A document', published: '2025-01-01', kind: 'document'}),
       (one:Agreement:StrategicPartnership {id: 'eu-can', name: 'EU – Canada', signed: date('2021-06-15'), verified: true}),
       (two:Agreement:StrategicPartnership {id: 'eu-aus', name: 'EU – Australia', signed: date('2024-05-28'), verified: true}),
       (one)-[:PARTY]->(eu), (one)-[:PARTY]->(can), (two)-[:PARTY]->(eu), (two)-[:PARTY]->(aus),
       (one)-[:DOCUMENTED_BY]->(doc), (two)-[:DOCUMENTED_BY]->(doc),
       (list:CriticalityList {id: 'EU-1', year: 2020, published: '2020-09-03'})-[:ADOPTED_BY]->(eu),
       (x:Material {id: 'xium', name: 'xium'}),
       (list)-[:LISTS {id: 'l', source: 'study', verified: true, critical: true, strategic: true, end_of_life_recycling: 0.2}]->(x),
       (p:Product {id: 'xium/refined', name: 'xium, refined'})-[:FORM_OF]->(x),
       (won:Stage {id: 'separation-refining', name: 'refining', position: 4}), (p)-[:AT_STAGE]->(won),
       (:Benchmark {id: 'crma/processing', name: 'processing', value: 40.0})-[:APPLIES_TO]->(won),
       (:Source {id: 'study', name: 'Study', published: '2023'}),
       (:Source {id: 'yearbook', name: 'Yearbook', published: '2024'})-[:EDITION_OF]->(:Publication {id: 'yb', preference: 1}),
       (m:ExportRestriction {id: 'cn-x', name: 'China: licence, xium', kind: 'licence', announced: date('2020-12-01'),
                             effective: date('2020-12-01'), verified: true}),
       (m)-[:IMPOSED_BY]->(chn), (m)-[:RESTRICTS]->(p), (m)-[:DOCUMENTED_BY]->(doc);
// Known are 85 %: who makes the rest is not named. Of Australia only an upper bound is known.
UNWIND [['CHN', 0.6, 0.6], ['CAN', 0.1, 0.1], ['USA', 0.1, 0.1], ['FRA', 0.05, 0.05], ['AUS', null, 0.05]] AS row
MATCH (economy:Economy {id: row[0]}), (product:Product {id: 'xium/refined'})
CREATE (economy)-[:HAS]->(:Industry {id: row[0] + ':xium/refined'})-[:MAKES {share: row[1],
        share_high: row[2], method: 'headline', period: '2023', year: 2023, share_source: 'study'}]->(product);
// Of what the EU has 85 % are known.
UNWIND [['CHN', 0.6, 0.5, 0.7], ['FRA', 0.1, 0.1, 0.1], ['CAN', 0.15, 0.1, 0.2]] AS row
MATCH (industry:Industry {id: row[0] + ':xium/refined'}), (eu:Economy {id: 'EU27'})
CREATE (industry)-[:SUPPLIES_MARKET {share: row[1], share_low: row[2], share_high: row[3], period: '2023', basis: 'mass',
        method: 'reconciled', share_sources: ['study', 'yearbook']}]->(eu);
// Canada and China make 100 t together each year but that of the signature.
UNWIND [['CAN', '2018', 10], ['CAN', '2019', 20], ['CAN', '2020', 30], ['CAN', '2021', 900], ['CAN', '2022', 20],
        ['CAN', '2023', 40], ['CHN', '2018', 90], ['CHN', '2019', 80], ['CHN', '2020', 70], ['CHN', '2021', 10],
        ['CHN', '2022', 80], ['CHN', '2023', 60], ['AUS', '2022', 5]] AS row
MATCH (industry:Industry {id: row[0] + ':xium/refined'}), (edition:Source {id: 'yearbook'})
CREATE (industry)-[:REPORTED_BY {measure: 'production', period: row[1], amount: toFloat(row[2]), unit: 't',
        basis: 'gross-weight', status: CASE row[0] WHEN 'AUS' THEN 'forecast' ELSE 'normal' END, verified: true}]->(edition)
