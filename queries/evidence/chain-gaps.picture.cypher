// The products on the way to technologies of which no maker is known, or the supply of an input, what they are made of, and who needs them.
MATCH (technology:Technology)-[need:NEEDS]->(product:Product)
WHERE ($sector IS NULL OR EXISTS { (technology)-[:SERVES]->(:Sector {id: $sector}) })
  AND ($material IS NULL OR EXISTS { (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
  AND ($stage IS NULL OR EXISTS { (product)-[:AT_STAGE]->(:Stage {id: $stage}) })
OPTIONAL MATCH (input:Product)-[into:INPUT_TO]->(product)
WHERE NOT EXISTS { MATCH (product)<-[:MAKES]-(:Industry)<-[:FEEDS]-(:Industry)-[:MAKES]->(input) }
WITH * WHERE into IS NOT NULL OR NOT EXISTS { MATCH (product)<-[makes:MAKES]-(:Industry) WHERE makes.method IS NOT NULL }
RETURN technology, need, product, input, into ORDER BY need.essential DESC, product.id, technology.id, input.id LIMIT 100
