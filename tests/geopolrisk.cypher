// A market that buys one product of three makers and keeps some of its own, with intervals; two bases, two editions of governance.
CREATE (wgi:Publication {id: 'wb-wgi', preference: 1}),
       (wgi)<-[:EDITION_OF]-(:Source {id: 'governed', name: 'Indicators', published: '2025'}),
       (wgi)<-[:EDITION_OF]-(:Source {id: 'governed-before', name: 'Indicators before', published: '2024'}),
       (:Source {id: 'trade', name: 'Trade', published: '2025'}), (:Source {id: 'output', name: 'Output', published: '2025'}),
       (stability:Indicator {id: 'pv', name: 'political stability'}), (law:Indicator {id: 'rl', name: 'rule of law'}),
       (home:Economy:Country {id: 'HOM', name: 'Home'}), (member:Economy:Country {id: 'MEM', name: 'Member'}),
       (bad:Economy:Country {id: 'BAD', name: 'Badland'}), (good:Economy:Country {id: 'GOO', name: 'Goodland'}),
       (odd:Economy:Country {id: 'ODD', name: 'Oddland'}), (bloc:Economy:Bloc {id: 'BLO', name: 'Bloc'}),
       (home)-[:MEMBER_OF {from: date('2000-01-01')}]->(bloc),
       (member)-[:MEMBER_OF {from: date('2000-01-01'), until: date('2020-01-01')}]->(bloc),
       (x:Material {id: 'x', name: 'ex'}), (ore:Product {id: 'x/ore', name: 'ore of ex'})-[:FORM_OF]->(x),
       (bad)-[:SCORES {id: '1', source: 'governed', year: 2023, estimate: 2.5}]->(stability),
       (bad)-[:SCORES {id: '2', source: 'governed', year: 2024, estimate: -2.0}]->(stability),
       (bad)-[:SCORES {id: '3', source: 'governed', year: 2024, estimate: -1.0}]->(law),
       (bad)-[:SCORES {id: '4', source: 'governed-before', year: 2023, estimate: 0.0}]->(stability),
       (good)-[:SCORES {id: '5', source: 'governed', year: 2024, estimate: 1.5}]->(stability),
       (home)-[:SCORES {id: '6', source: 'governed', year: 2024, estimate: -2.5}]->(stability),
       (member)-[:SCORES {id: '7', source: 'governed', year: 2024, estimate: 0.0}]->(stability);
UNWIND [['BAD', 0.6], ['GOO', 0.3], ['HOM', 0.1], ['MEM', 0.0], ['ODD', 0.0]] AS row
MATCH (economy:Economy {id: row[0]}), (ore:Product {id: 'x/ore'})
CREATE (economy)-[:HAS]->(:Industry {id: row[0] + ':x/ore', name: row[0]})-[:MAKES {share: row[1], share_low: row[1], share_high: row[1],
        period: '2024', method: 'headline', share_source: 'output'}]->(ore);
UNWIND [['BAD', 'HOM', 'mass', 0.4, 0.3, 0.6], ['GOO', 'HOM', 'mass', 0.2, 0.1, 0.3], ['HOM', 'HOM', 'mass', 0.2, 0.1, 0.3],
        ['ODD', 'HOM', 'mass', 0.1, 0.1, 0.1], ['BAD', 'HOM', 'value', 0.9, 0.9, 0.9],
        ['BAD', 'BLO', 'mass', 0.5, 0.5, 0.5], ['MEM', 'BLO', 'mass', 0.25, 0.25, 0.25], ['HOM', 'BLO', 'mass', 0.25, 0.25, 0.25]] AS row
MATCH (maker:Industry {id: row[0] + ':x/ore'}), (market:Economy {id: row[1]})
CREATE (maker)-[:SUPPLIES_MARKET {basis: row[2], share: row[3], share_low: row[4], share_high: row[5], period: '2024', method: 'reconciled',
        share_sources: ['trade']}]->(market)
