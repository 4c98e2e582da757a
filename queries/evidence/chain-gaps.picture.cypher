// The products without known makers on the way to technologies, what they are made of, and who needs them.
MATCH (technology:Technology)-[need:NEEDS]->(product:Product)
WHERE ($sector IS NULL OR EXISTS { (technology)-[:SERVES]->(:Sector {id: $sector}) })
  AND ($material IS NULL OR EXISTS { (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
  AND ($stage IS NULL OR EXISTS { (product)-[:AT_STAGE]->(:Stage {id: $stage}) })
  AND NOT EXISTS { MATCH (product)<-[makes:MAKES]-(:Industry) WHERE makes.method IS NOT NULL }
OPTIONAL MATCH (input:Product)-[into:INPUT_TO]->(product)
RETURN technology, need, product, input, into ORDER BY coalesce(need.weight, 0.0) DESC, product.id, technology.id, input.id LIMIT 100
