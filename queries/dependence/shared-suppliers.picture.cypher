// Suppliers of both markets with the threshold in each, and what they supply.
MATCH (first:Economy {id: $importer})<-[one:SUPPLIES]-(industry:Industry)-[makes:MAKES]->(product:Product)-[form:FORM_OF]->(material:Material)
WHERE one.measured AND one.share >= $threshold / 100
  AND EXISTS { (product)-[:SOURCING_KNOWN_FROM {market: $importer, period: one.period, precedence: 1}]->(:Source {id: one.source}) }
  AND ($material IS NULL OR EXISTS { MATCH (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH (country:Country)-[has:HAS]->(industry)
WHERE NOT EXISTS { MATCH (country)-[member:MEMBER_OF]->(first) WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of) }
MATCH (country)-[also:HAS]->(twin:Industry)-[two:SUPPLIES]->(second:Economy {id: $other})
WHERE two.measured AND two.share >= $threshold / 100
MATCH (twin)-[ships:MAKES]->(good:Product)-[kind:FORM_OF]->(material)
WHERE EXISTS { (good)-[:SOURCING_KNOWN_FROM {market: $other, period: two.period, precedence: 1}]->(:Source {id: two.source}) }
RETURN first, one, industry, makes, product, form, material, country, has, also, twin, two, second, ships, good, kind LIMIT 100
