// A small graph in which each trap of the field stands once; written whole by one statement.
CREATE (usgs:Publication {id: 'usgs-mcs', name: 'USGS MCS', preference: 10}),
       (eu:Publication {id: 'eu-crm', name: 'EU study', preference: 20}),
       (now:Source {id: 'usgs-mcs-2026', name: 'USGS MCS 2026', kind: 'dataset', publisher: 'USGS', published: '2026-02-06', accessed: date('2026-03-01'), redistributable: true})-[:EDITION_OF]->(usgs),
       (before:Source {id: 'usgs-mcs-2025', name: 'USGS MCS 2025', kind: 'dataset', publisher: 'USGS', published: '2025-01-31', accessed: date('2026-03-01'), redistributable: true})-[:EDITION_OF]->(usgs),
       (study:Source {id: 'eu-crm-2023', name: 'EU study 2023', kind: 'dataset', publisher: 'European Commission', published: '2023-03-16', accessed: date('2026-02-20'), redistributable: true})-[:EDITION_OF]->(eu),
       (doc:Source {id: 'doc-a', name: 'A document', kind: 'document', publisher: 'Somebody', published: '2024'}),
       (mining:Stage {id: 'extraction', name: 'extraction', position: 2, study_code: 'E', alt_names: ['mining']}),
       (refining:Stage {id: 'separation-refining', name: 'separation and refining', position: 4, study_code: 'P', alt_names: ['processing', 'refining']}),
       (CHN:Economy:Country {id: 'CHN', name: 'China', alpha2: 'CN', alpha3: 'CHN'}),
       (USA:Economy:Country {id: 'USA', name: 'United States', alpha2: 'US', alpha3: 'USA', alt_names: ['America']}),
       (CIV:Economy:Country {id: 'CIV', name: 'Côte d’Ivoire', alpha2: 'CI', alpha3: 'CIV'}),
       (COD:Economy:Country {id: 'COD', name: 'DR Congo', alpha2: 'CD', alpha3: 'COD', alt_names: ['Congo']}),
       (COG:Economy:Country {id: 'COG', name: 'Republic of the Congo', alpha2: 'CG', alpha3: 'COG', alt_names: ['Congo']}),
       (GBR:Economy:Country {id: 'GBR', name: 'United Kingdom', alpha2: 'GB', alpha3: 'GBR'}),
       (FRA:Economy:Country {id: 'FRA', name: 'France', alpha2: 'FR', alpha3: 'FRA'}),
       (WLD:Economy:Aggregate {id: 'WLD', name: 'World'}),
       (REST:Economy:Aggregate {id: 'REST:usgs-mcs', name: 'Other countries (USGS)'}),
       (EU27:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']}),
       (FRA)-[:MEMBER_OF {from: date('1958-01-01')}]->(EU27),
       (GBR)-[:MEMBER_OF {from: date('1973-01-01'), until: date('2020-02-01')}]->(EU27),
       (gallium:Material {id: 'gallium', name: 'gallium', symbol: 'Ga', kind: 'element'}),
       (aluminium:Material {id: 'aluminium', name: 'aluminium', symbol: 'Al', kind: 'element'}),
       (antimony:Material {id: 'antimony', name: 'antimony', symbol: 'Sb', kind: 'element'}),
       (rhenium:Material {id: 'rhenium', name: 'rhenium', symbol: 'Re', kind: 'element'}),
       (yttrium:Material {id: 'yttrium', name: 'yttrium', symbol: 'Y', kind: 'element'}),
       (rare:Material {id: 'rare-earths', name: 'rare earths', kind: 'group', alt_names: ['REE']}),
       (neodymium:Material {id: 'neodymium', name: 'neodymium', symbol: 'Nd', kind: 'element'})-[:PART_OF]->(rare),
       (gallium)-[:BYPRODUCT_OF {id: 'b', source: 'doc-a', verified: true}]->(aluminium),
       (alumina:Product {id: 'aluminium/alumina', name: 'alumina'})-[:FORM_OF]->(aluminium), (alumina)-[:AT_STAGE]->(refining),
       (primary:Product {id: 'gallium/primary-low-purity', name: 'gallium, primary'})-[:FORM_OF]->(gallium), (primary)-[:AT_STAGE]->(refining),
       (stibnite:Product {id: 'antimony/ore', name: 'antimony ore'})-[:FORM_OF]->(antimony), (stibnite)-[:AT_STAGE]->(mining),
       (re:Product {id: 'rhenium/ore', name: 'rhenium, mined'})-[:FORM_OF]->(rhenium), (re)-[:AT_STAGE]->(mining),
       (ore:Product {id: 'rare-earths/ore', name: 'rare-earth ore'})-[:FORM_OF]->(rare), (ore)-[:AT_STAGE]->(mining),
       (ndoxide:Product {id: 'neodymium/refined', name: 'neodymium, refined'})-[:FORM_OF]->(neodymium), (ndoxide)-[:AT_STAGE]->(refining),
       (magnet:Product {id: 'rare-earths/ndfeb-magnet', name: 'NdFeB magnet'})-[:FORM_OF]->(rare), (magnet)-[:AT_STAGE]->(refining),
       (alumina)-[:INPUT_TO]->(primary), (ndoxide)-[:INPUT_TO]->(magnet),
       (defence:Sector {id: 'defence', name: 'defence'}), (digital:Sector {id: 'digital', name: 'digital'}),
       (radar:Technology {id: 'radar', name: 'radar'})-[:SERVES]->(defence),
       (missile:Technology {id: 'missile', name: 'missile'})-[:SERVES]->(defence),
       (primary)-[:USED_IN {id: '1', role: 'chips', importance: 'essential', source: 'doc-a', verified: true}]->(radar),
       (primary)-[:USED_IN {id: '2', role: 'seeker', importance: 'optional', source: 'doc-a', verified: false}]->(missile),
       (ndoxide)-[:USED_IN {id: '3', role: 'magnet', importance: 'essential', source: 'doc-a', verified: true}]->(missile),
       (stibnite)-[:USED_IN {id: '4', role: 'primer', importance: 'optional', source: 'doc-a', verified: true}]->(missile),
       (list:CriticalityList {id: 'EU-2023', name: 'EU list 2023', year: 2023}),
       (list)-[:LISTS {id: 'g', source: 'eu-crm-2023', critical: true, strategic: true, import_reliance_processing: 0.98, supply_risk_processing: 3.9, verified: true}]->(gallium),
       (list)-[:LISTS {id: 'a', source: 'eu-crm-2023', critical: true, strategic: false, import_reliance_extraction: 1.0, supply_risk_extraction: 1.8, verified: true}]->(antimony)
WITH *
UNWIND [
  [CHN, primary, now, 'production', '2025', 900.0, 'estimated'], [USA, primary, now, 'production', '2025', 0.0, 'normal'],
  [GBR, primary, now, 'production', '2025', 6.0, 'estimated'], [FRA, primary, now, 'production', '2025', 3.0, 'estimated'],
  [REST, primary, now, 'production', '2025', 0.0, 'normal'], [WLD, primary, now, 'production', '2025', 900.0, 'estimated'],
  [CHN, primary, before, 'production', '2024', 750.0, 'estimated'], [WLD, primary, before, 'production', '2024', 760.0, 'estimated'],
  [CHN, primary, study, 'share-of-supply', '2016-2020', 94.0, 'normal'],
  [CHN, alumina, now, 'production', '2025', 60.0, 'normal'], [WLD, alumina, now, 'production', '2025', 100.0, 'normal'],
  [CHN, stibnite, now, 'production', '2025', 40.0, 'estimated'], [FRA, stibnite, now, 'production', '2025', 60.0, 'estimated'],
  [USA, stibnite, now, 'production', '2025', null, 'withheld'], [WLD, stibnite, now, 'production', '2025', 100.0, 'estimated'],
  [CHN, re, now, 'production', '2025', 50.0, 'estimated'], [USA, re, now, 'production', '2025', null, 'withheld'],
  [REST, re, now, 'production', '2025', 10.0, 'estimated'], [WLD, re, now, 'production', '2025', 80.0, 'estimated'],
  [CHN, ore, now, 'production', '2025', 270.0, 'estimated'], [WLD, ore, now, 'production', '2025', 390.0, 'estimated'],
  [CHN, ndoxide, study, 'share-of-supply', '2016-2020', 85.0, 'normal']
] AS row
WITH row, row[0] AS economy, row[1] AS product, row[2] AS source
MERGE (industry:Industry {id: economy.id + ':' + product.id, name: economy.name + ': ' + product.name})
MERGE (economy)-[:HAS]->(industry)
FOREACH (x IN CASE WHEN economy:Aggregate THEN [1] ELSE [] END | MERGE (industry)-[:TOTALS]->(product))
FOREACH (x IN CASE WHEN economy:Aggregate THEN [] ELSE [1] END | MERGE (industry)-[:MAKES]->(product))
CREATE (industry)-[report:REPORTED_BY {id: industry.id + source.id + row[4], measure: row[3], period: row[4], status: row[6],
        unit: CASE row[3] WHEN 'production' THEN 't' ELSE 'percent' END, basis: 'contained', verified: true, source: source.id,
        rounded: economy.id = 'WLD'}]->(source)
SET report.amount = row[5]
WITH count(*) AS written
MATCH (china:Industry {id: 'CHN:gallium/primary-low-purity'}), (british:Industry {id: 'GBR:gallium/primary-low-purity'}),
      (french:Industry {id: 'FRA:gallium/primary-low-purity'}), (ores:Industry {id: 'CHN:antimony/ore'}), (market:Bloc {id: 'EU27'})
CREATE (china)-[:SUPPLIES {id: 'x', share: 0.5, share_of: 'supply', measured: true, period: '2016-2020', source: 'eu-crm-2023', verified: true, status: 'normal'}]->(market),
       (british)-[:SUPPLIES {id: 'y', share: 0.3, share_of: 'supply', measured: true, period: '2016-2020', source: 'eu-crm-2023', verified: true, status: 'normal'}]->(market),
       (french)-[:SUPPLIES {id: 'z', share: 0.2, share_of: 'supply', measured: true, period: '2016-2020', source: 'eu-crm-2023', verified: true, status: 'normal'}]->(market),
       (ores)-[:SUPPLIES {id: 'v', share: 0.4, share_of: 'supply', measured: false, period: '2016-2020', source: 'eu-crm-2023', verified: true, status: 'normal'}]->(market)
WITH market
MATCH (china:Country {id: 'CHN'}), (usa:Country {id: 'USA'}), (british:Country {id: 'GBR'}), (gallium:Material {id: 'gallium'}), (group:Material {id: 'rare-earths'}), (doc:Source {id: 'doc-a'})
CREATE (china)<-[:IMPOSED_BY]-(a:ExportRestriction {id: 'licence', name: 'gallium licence', kind: 'licence', announced: date('2023-07-03'), effective: date('2023-08-01')})-[:RESTRICTS]->(gallium),
       (china)<-[:IMPOSED_BY]-(b:ExportRestriction {id: 'ban', name: 'ban to the US', kind: 'ban', announced: date('2024-12-03'), effective: date('2024-12-03'), suspended_from: date('2025-11-09'), suspended_until: date('2026-11-27')})-[:RESTRICTS]->(gallium),
       (b)-[:AGAINST]->(usa), (a)-[:DOCUMENTED_BY]->(doc),
       (china)<-[:IMPOSED_BY]-(c:ExportRestriction {id: 'october', name: 'October measure', kind: 'licence', announced: date('2025-10-09'), effective: date('2025-11-08'), suspended_from: date('2025-11-07'), suspended_until: date('2026-11-10')})-[:RESTRICTS]->(group),
       (china)<-[:IMPOSED_BY]-(d:ExportRestriction {id: 'quota', name: 'rare-earth quota', kind: 'quota', announced: date('2010-01-01'), effective: date('2010-01-01'), ended: date('2015-01-01')})-[:RESTRICTS]->(group),
       (p:Agreement:StrategicPartnership {id: 'eu-gbr', name: 'EU–UK partnership', signed: date('2021-06-15'), signed_precision: 'day', binding: false, status: 'in-force', audited_2026: true})-[:PARTY]->(market),
       (p)-[:PARTY]->(british),
       (q:Agreement:StrategicPartnership {id: 'eu-usa', name: 'EU–US partnership', signed: date('2026-04-01'), signed_precision: 'month', binding: false, status: 'in-force'})-[:PARTY]->(market),
       (q)-[:PARTY]->(usa), (q)-[:COVERS {id: 'c', source: 'doc-a', verified: false}]->(gallium)
