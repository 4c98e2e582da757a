// A few industries made by hand: bounds, customs codes, several sources of one sourcing; three statements.
CREATE (:Publication {id: 'eu-crm', preference: 40})<-[:EDITION_OF]-(:Source {id: 'eu', name: 'Study', published: '2023'}),
       (:Publication {id: 'usgs-mcs', preference: 10})<-[:EDITION_OF]-(:Source {id: 'us', name: 'Survey', published: '2026'}),
       (:Source {id: 'doc', name: 'A document', published: '2024', kind: 'document'}),
       (:Economy:Country {id: 'CHL', name: 'Chile'}),
       (:Economy:Country {id: 'USA', name: 'United States', alpha2: 'US'}),
       (fra:Economy:Country {id: 'FRA', name: 'France'}),
       (eu:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']}),
       (fra)-[:MEMBER_OF {from: date('1958-01-01')}]->(eu),
       (dig:Stage {id: 'extraction', name: 'extraction', position: 2}),
       (won:Stage {id: 'separation-refining', name: 'refining', position: 4}),
       (cu:Material {id: 'copper', name: 'copper'}), (se:Material {id: 'selenium', name: 'selenium'}),
       (te:Material {id: 'tellurium', name: 'tellurium'}),
       (se)-[:BYPRODUCT_OF {id: '1', source: 'doc', verified: true, companionality: 90.0}]->(cu),
       (se)-[:BYPRODUCT_OF {id: '2', source: 'us', verified: false}]->(cu),
       (te)-[:BYPRODUCT_OF {id: '3', source: 'us', verified: false}]->(cu),
       (cu)-[:BYPRODUCT_OF {id: '4', source: 'doc', verified: true, companionality: 5.0}]->(te),
       (ore:Product {id: 'copper/ore', name: 'copper ore'})-[:FORM_OF]->(cu), (ore)-[:AT_STAGE]->(dig),
       (cat:Product {id: 'copper/refined', name: 'cathode'})-[:FORM_OF]->(cu), (cat)-[:AT_STAGE]->(won),
       (sel:Product {id: 'selenium/refined', name: 'selenium'})-[:FORM_OF]->(se), (sel)-[:AT_STAGE]->(won),
       (code:Product:TradeCode {id: 'hs/74', name: 'HS 74'})-[:FORM_OF]->(cu), (code)-[:AT_STAGE]->(won),
       (ore)-[:INPUT_TO]->(cat), (ore)-[:INPUT_TO]->(sel),
       (cable:Technology {id: 'cable', name: 'cable'})-[:SERVES]->(:Sector {id: 'digital', name: 'digital'}),
       (cell:Technology {id: 'cell', name: 'cell'})-[:SERVES]->(:Sector {id: 'space', name: 'space'}),
       (cable)-[:NEEDS {id: 'u', weight: 1.0, importance: 'essential', essential: true, steps: 0, forms: ['copper/refined'], use_sources: ['doc'], verified: true}]->(cat),
       (cell)-[:NEEDS {id: 'v', importance: 'optional', essential: false, steps: 0, forms: ['copper/refined'], use_sources: ['doc'], verified: false}]->(cat),
       (:Economy:Country {id: 'CHN', name: 'China'})-[:HAS]->(:Industry {id: 'CHN:hs/74', name: 'CHN'})-[:SHIPS]->(code),
       (cu)-[:USED_IN {id: 'w', share: 0.4, source: 'doc', verified: true}]->(cell);
UNWIND [['CHL', 'copper/ore', 0.3, 0.3], ['CHN', 'copper/ore', null, 0.1], ['USA', 'copper/ore', 0.2, 0.2],
        ['CHN', 'copper/refined', 0.6, 0.6], ['CHL', 'copper/refined', 0.1, 0.1],
        ['FRA', 'copper/refined', 0.05, 0.05], ['CHN', 'selenium/refined', 0.5, 0.5]] AS row
MATCH (economy:Economy {id: row[0]}), (product:Product {id: row[1]})
CREATE (economy)-[:HAS]->(industry:Industry {id: row[0] + ':' + row[1], name: row[0]})-[makes:MAKES]->(product)
FOREACH (x IN CASE WHEN row[3] IS NULL THEN [] ELSE [1] END |
  SET makes.share = row[2], makes.share_high = row[3], makes.method = 'headline', makes.period = '2025', makes.year = 2025, makes.share_source = 'us')
FOREACH (x IN CASE WHEN row[2] IS NULL THEN [] ELSE [1] END | SET makes.share_low = row[2]);
UNWIND [['CHN:copper/refined', 'EU27', 'eu', 0.5, true], ['CHN:copper/refined', 'EU27', 'doc', 0.9, true],
        ['CHN:copper/refined', 'USA', 'us', 0.4, true], ['FRA:copper/refined', 'EU27', 'eu', 0.3, true],
        ['FRA:copper/refined', 'USA', 'us', 0.4, true], ['CHL:copper/refined', 'EU27', 'eu', 0.2, true],
        ['CHL:copper/refined', 'USA', 'us', 0.2, true], ['CHL:copper/ore', 'EU27', 'eu', 0.9, false],
        ['CHL:copper/ore', 'USA', 'us', 0.9, true], ['CHN:hs/74', 'EU27', 'doc', 0.9, true]] AS row
MATCH (industry:Industry {id: row[0]}), (market:Economy {id: row[1]})
CREATE (industry)-[:SUPPLIES {id: row[0] + row[1] + row[2], source: row[2], share: row[3], measured: row[4],
                              share_of: CASE row[2] WHEN 'eu' THEN 'supply' ELSE 'imports' END,
                              period: '2024', verified: true, status: 'normal'}]->(market)
