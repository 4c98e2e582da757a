// Strategic materials by hand: one in every grade, one with a form for each answer; four statements.
CREATE (eu:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']}),
       (fra:Economy:Country {id: 'FRA', name: 'France'})-[:MEMBER_OF {from: date('1958-01-01')}]->(eu),
       (:Economy:Country {id: 'CHN', name: 'China'}), (:Economy:Country {id: 'CHL', name: 'Chile'}),
       (list:CriticalityList {id: 'EU-1', published: '2024-05-03'})-[:ADOPTED_BY]->(eu),
       (dig:Stage {id: 'extraction', name: 'extraction', position: 2}),
       (won:Stage {id: 'separation-refining', name: 'refining', position: 4}),
       (alloyed:Stage {id: 'metal-making-alloying', name: 'alloying', position: 5}),
       (built:Stage {id: 'component', name: 'component manufacturing', position: 6}),
       (:Benchmark {id: 'crma/processing', value: 40.0})-[:APPLIES_TO]->(won), (:Benchmark {id: 'crma/extraction', value: 10.0})-[:APPLIES_TO]->(dig),
       (:Benchmark {id: 'crma/recycling', value: 25.0}),
       (claim:Claim {id: 'eu-2025-above-65'})-[:MADE_IN]->(:Source {id: 'report', name: 'Report'}), (:Source {id: 'study', name: 'Study'})
WITH *
UNWIND [['xium', 'xium', null], ['yium', 'yium', 'Annex I: yium - battery grade.'], ['zium', 'zium', 'Annex I: zium - metallurgy grade.'],
        ['group', 'the group', null], ['member', 'member', null], ['lost', 'lost', null]] AS row
CREATE (material:Material {id: row[0], name: row[1]}), (list)-[:LISTS {id: row[0], source: 'study', verified: true, strategic: true,
        end_of_life_recycling: 0.2, note: row[2]}]->(material)
FOREACH (x IN CASE WHEN row[0] IN ['xium', 'group', 'lost'] THEN [1] ELSE [] END | CREATE (claim)-[:ABOUT]->(material));
MATCH (member:Material {id: 'member'}), (group:Material {id: 'group'}) CREATE (member)-[:PART_OF]->(group);
UNWIND [['xium/ore', 'xium', 'extraction'], ['xium/refined', 'xium', 'separation-refining'], ['xium/other', 'xium', 'separation-refining'],
        ['yium/refined', 'yium', 'separation-refining'], ['yium/pure', 'yium', 'separation-refining'], ['yium/ore', 'yium', 'extraction'],
        ['zium/acid', 'zium', 'separation-refining'], ['zium/alloy', 'zium', 'metal-making-alloying'], ['zium/glass', 'zium', 'separation-refining'],
        ['cell', null, 'component'], ['group/mixed', 'group', 'separation-refining'], ['member/refined', 'member', 'separation-refining']] AS row
MATCH (stage:Stage {id: row[2]})
CREATE (product:Product {id: row[0], name: CASE row[0] WHEN 'cell' THEN 'battery cells' ELSE row[0] END})-[:AT_STAGE]->(stage)
WITH row, product MATCH (material:Material {id: row[1]}) CREATE (product)-[:FORM_OF]->(material)
WITH count(*) AS made
UNWIND [['yium/pure', 'cell'], ['zium/acid', 'zium/alloy']] AS row
MATCH (a:Product {id: row[0]}), (b:Product {id: row[1]}) CREATE (a)-[:INPUT_TO]->(b);
UNWIND [['CHN', 'xium/refined', 0.6, 0.5, 0.7, 'reconciled'], ['FRA', 'xium/refined', 0.2, 0.1, 0.3, 'reconciled'],
        ['CHL', 'xium/ore', 0.9, 0.9, 0.9, 'reconciled'], ['CHN', 'xium/other', 0.2, 0.1, 0.3, 'trade-only'],
        ['CHN', 'yium/refined', 0.9, 0.9, 0.9, 'reconciled'], ['CHN', 'yium/ore', 0.9, 0.1, 1.0, 'world-mix'],
        ['CHL', 'zium/acid', 0.3, 0.2, 0.4, 'market-mix'], ['FRA', 'zium/acid', 0.6, 0.5, 0.7, 'market-mix'],
        ['CHN', 'zium/glass', 0.9, 0.9, 0.9, 'reconciled'], ['CHN', 'group/mixed', 0.3, 0.2, 0.4, 'reconciled'],
        ['FRA', 'group/mixed', 0.6, 0.5, 0.7, 'reconciled'], ['CHN', 'member/refined', 0.95, 0.8, 0.99, 'world-mix']] AS row
MATCH (economy:Economy {id: row[0]}), (product:Product {id: row[1]}), (eu:Economy {id: 'EU27'})
CREATE (economy)-[:HAS]->(industry:Industry {id: row[0] + ':' + row[1]})-[:MAKES]->(product),
       (industry)-[:SUPPLIES_MARKET {share: row[2], share_low: row[3], share_high: row[4], method: row[5], period: '2024', basis: 'mass',
                                     share_sources: ['study']}]->(eu)
