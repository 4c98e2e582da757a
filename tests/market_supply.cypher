// What is known of whom the EU has magnets and neodymium from, each kind of evidence once; five statements.
CREATE (eu:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']}),
       (deu:Economy:Country {id: 'DEU', name: 'Germany'})-[:MEMBER_OF {from: date('1958-01-01')}]->(eu),
       (:Economy:Country {id: 'CHN', name: 'China'}), (:Economy:Country {id: 'JPN', name: 'Japan'}),
       (:Economy:Country {id: 'PHL', name: 'Philippines'}),
       (:Publication {id: 'crm', preference: 20})<-[:EDITION_OF]-(study:Source {id: 'study', name: 'Study', published: '2023'}),
       (:Source {id: 'customs', name: 'Customs', published: '2025', kind: 'document'}),
       (:Source {id: 'auditors', name: 'Auditors', published: '2026', kind: 'document'}),
       (:Source {id: 'rumour', name: 'Rumour', published: '2026', kind: 'document', grade: 'D'}),
       (dig:Stage {id: 'extraction', name: 'extraction', position: 2, study_code: 'E'}),
       (won:Stage {id: 'separation-refining', name: 'refining', position: 4, study_code: 'P'}),
       (put:Stage {id: 'component', name: 'component manufacturing', position: 6}),
       (rare:Material {id: 'rare-earths', name: 'rare earths'}), (nd:Material {id: 'neodymium', name: 'neodymium'})-[:PART_OF]->(rare),
       (magnet:Product {id: 'rare-earths/magnet', name: 'magnet'})-[:FORM_OF]->(rare), (magnet)-[:AT_STAGE]->(put),
       (salts:Product {id: 'neodymium/salts', name: 'neodymium salts'})-[:FORM_OF]->(nd), (salts)-[:AT_STAGE]->(won),
       (oxide:Product {id: 'neodymium/oxide', name: 'neodymium oxide'})-[:FORM_OF]->(nd), (oxide)-[:AT_STAGE]->(won),
       (ore:Product {id: 'neodymium/ore', name: 'neodymium ore'})-[:FORM_OF]->(nd), (ore)-[:AT_STAGE]->(dig),
       (sand:Product {id: 'rare-earths/sand', name: 'mineral sand'})-[:FORM_OF]->(rare), (sand)-[:AT_STAGE]->(dig),
       (motor:Technology {id: 'motor', name: 'motor'})-[:NEEDS {id: 'm', essential: true, steps: 0}]->(magnet),
       (motor)-[:NEEDS {id: 'o', essential: true, steps: 1}]->(oxide), (motor)-[:NEEDS {id: 'r', essential: true, steps: 2}]->(ore),
       (:CriticalityList {id: 'EU-1', published: '2023'})-[:LISTS {id: 'l', source: 'study', import_reliance_extraction: 0.8}]->(nd),
       (:CriticalityList {id: 'EU-2', published: '2024'})-[:LISTS {id: 'k', source: 'study', import_reliance_extraction: 0.9}]->(nd)
WITH eu MATCH (list:CriticalityList) CREATE (list)-[:ADOPTED_BY]->(eu);
// Customs count the salts under two codes, and the oxide only together with others.
UNWIND [['cn2024/85051110', '85051110', 'rare-earths/magnet', 'dominant'], ['hs2017/850511', '850511', 'rare-earths/magnet', 'dominant'],
        ['cn2024/11112233', '11112233', 'neodymium/salts', 'exact'], ['cn2024/44445566', '44445566', 'neodymium/salts', 'exact'],
        ['cn2024/77778899', '77778899', 'neodymium/oxide', 'shared']] AS row
MATCH (product:Product {id: row[2]})
CREATE (:Product:TradeCode {id: row[0], code: row[1], name: 'CN 2024 ' + row[1]})-[:CLASSIFIES {specificity: row[3], source: 'customs'}]->(product);
UNWIND [['CHN', 'rare-earths/magnet', 0.94], ['DEU', 'rare-earths/magnet', 0.01], ['CHN', 'neodymium/oxide', 0.85], ['CHN', 'neodymium/ore', 0.68],
        ['JPN', 'neodymium/ore', null], ['DEU', 'neodymium/ore', null], ['CHN', 'neodymium/salts', 0.7], ['DEU', 'rare-earths/sand', 0.5]] AS row
MATCH (economy:Economy {id: row[0]}), (product:Product {id: row[1]})
CREATE (economy)-[:HAS]->(:Industry {id: row[0] + ':' + row[1], name: row[0]})-[makes:MAKES]->(product)
FOREACH (x IN CASE WHEN row[2] IS NULL THEN [] ELSE [1] END |
  SET makes.method = 'headline', makes.share = row[2], makes.share_low = row[2], makes.share_high = row[2], makes.period = '2024', makes.share_source = 'study');
UNWIND [['CHN', 'rare-earths/magnet', 0.88, 0.84, 0.92, 'reconciled', '2024'], ['DEU', 'rare-earths/magnet', 0.04, 0.0, 0.07, 'reconciled', '2024'],
        ['CHN', 'neodymium/oxide', 0.85, 0.45, 0.97, 'world-mix', '2016-2020'], ['CHN', 'neodymium/ore', 0.39, 0.26, 0.52, 'market-mix', '2016-2020'],
        ['JPN', 'neodymium/ore', 0.26, 0.14, 0.38, 'market-mix', '2016-2020'], ['DEU', 'rare-earths/sand', 0.5, 0.1, 0.9, 'world-mix', '2024'],
        ['CHN', 'neodymium/salts', 0.6, 0.5, 0.7, 'reconciled', '2024']] AS row
MATCH (industry:Industry {id: row[0] + ':' + row[1]}), (eu:Economy {id: 'EU27'})
CREATE (industry)-[:SUPPLIES_MARKET {share: row[2], share_low: row[3], share_high: row[4], method: row[5], period: row[6], basis: 'mass',
                                     share_sources: ['study']}]->(eu);
UNWIND [['CHN', 'cn2024/85051110', 'customs', '2024', 0.911, 0.927, 'imports', 'mass', true], ['PHL', 'cn2024/85051110', 'customs', '2024', 0.034, 0.026, 'imports', 'mass', true],
        ['CHN', 'hs2017/850511', 'customs', '2024', 0.9, null, 'imports', 'mass', true], ['CHN', 'rare-earths/magnet', 'auditors', '2024', 0.85, null, 'use', 'mass', true],
        ['CHN', 'rare-earths/magnet', 'rumour', '2025', 0.99, null, 'imports', null, true], ['CHN', 'neodymium/oxide', 'study', '2016-2020', 0.85, null, 'supply', null, false],
        ['JPN', 'neodymium/ore', 'study', '2016-2020', 0.3, null, 'supply', null, true], ['CHN', 'neodymium/ore', 'study', '2016-2020', 0.43, null, 'supply', null, true],
        ['DEU', 'neodymium/ore', 'study', '2016-2020', 0.02, null, 'supply', null, true], ['CHN', 'neodymium/salts', 'study', '2016-2020', 0.5, null, 'supply', null, true],
        ['CHN', 'cn2024/11112233', 'customs', '2024', 0.95, null, 'imports', 'mass', true]] AS row
MATCH (economy:Economy {id: row[0]}), (eu:Economy {id: 'EU27'}), (product:Product {id: row[1]})
MERGE (industry:Industry {id: row[0] + ':' + row[1]})
MERGE (economy)-[:HAS]->(industry)
FOREACH (x IN CASE WHEN product:TradeCode THEN [1] ELSE [] END | MERGE (industry)-[:SHIPS]->(product))
CREATE (industry)-[:SUPPLIES {id: row[0] + row[1] + row[2], source: row[2], period: row[3], share: row[4], value_share: row[5], share_of: row[6],
                              basis: row[7], measured: row[8], verified: true, status: 'normal'}]->(eu)
