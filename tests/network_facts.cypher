// Output, capacity and trade of one metal by two makers and a member of the EU: a network's facts.
CREATE (china:Economy:Country {id: 'CHN', name: 'China', alpha3: 'CHN'}),
       (japan:Economy:Country {id: 'JPN', name: 'Japan', alpha3: 'JPN'}),
       (france:Economy:Country {id: 'FRA', name: 'France', alpha3: 'FRA'}),
       (world:Economy:Aggregate {id: 'WLD', name: 'World'}),
       (eu:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']}),
       (france)-[:MEMBER_OF {from: date('1958-01-01')}]->(eu),
       (mining:Stage {id: 'extraction', name: 'extraction', position: 2}),
       (gallium:Material {id: 'gallium', name: 'gallium'}),
       (metal:Product {id: 'gallium/primary', name: 'gallium, primary'})-[:FORM_OF]->(gallium),
       (metal)-[:AT_STAGE]->(mining),
       (code:Product:TradeCode {id: 'hs2022/1', name: 'code', code: '1'}),
       (basket:Product:TradeCode {id: 'hs2022/2', name: 'basket', code: '2'}),
       (code)-[:CLASSIFIES {specificity: 'exact', source: 's'}]->(metal),
       (basket)-[:CLASSIFIES {specificity: 'shared', source: 's'}]->(metal),
       (:Publication {id: 'usgs', preference: 1})<-[:EDITION_OF]-(usgs:Source {id: 'usgs-2026', published: '2026'}),
       (:Publication {id: 'baci', preference: 9})<-[:EDITION_OF]-(:Source {id: 'baci-2026', published: '2026'}),
       (radar:Technology {id: 'radar', name: 'radar'})-[:SERVES]->(:Sector {id: 'defence', name: 'defence'}),
       (gallium)-[:USED_IN {importance: 'essential', source: 'usgs-2026', verified: true}]->(radar)
WITH *
UNWIND [[china, 'production', 80.0], [japan, 'production', 20.0], [japan, 'capacity', 35.0],
        [world, 'production', 100.0]] AS row
WITH *, row[0] AS economy
MERGE (industry:Industry {id: economy.id + ':gallium/primary'})
MERGE (economy)-[:HAS]->(industry)
FOREACH (x IN CASE WHEN economy:Country THEN [1] ELSE [] END | MERGE (industry)-[:MAKES]->(metal))
FOREACH (x IN CASE WHEN economy:Country THEN [] ELSE [1] END | MERGE (industry)-[:TOTALS]->(metal))
CREATE (industry)-[:REPORTED_BY {measure: row[1], period: '2024', amount: row[2], unit: 't', basis: 'gross-weight',
        status: 'normal', verified: true, source: 'usgs-2026'}]->(usgs)
WITH DISTINCT china, japan, france, code, basket
UNWIND [[china, code, france, 30.0], [japan, code, france, 10.0], [china, code, japan, 5.0],
        [china, basket, france, 900.0]] AS row
WITH row[0] AS exporter, row[1] AS code, row[2] AS importer, row[3] AS mass
MERGE (industry:Industry {id: exporter.id + ':' + code.id})
MERGE (exporter)-[:HAS]->(industry)
MERGE (industry)-[:SHIPS]->(code)
CREATE (industry)-[:EXPORTS_TO {source: 'baci-2026', year: 2024, reporter_side: 'reconciled', value: mass, mass: mass}]->(importer)
