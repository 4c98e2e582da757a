// By-products, their hosts, and who mines the hosts.
MATCH (material:Material)-[tie:BYPRODUCT_OF]->(host:Material)
WHERE ($material IS NULL OR EXISTS { MATCH (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
  AND ($host IS NULL OR EXISTS { MATCH (host)-[:PART_OF*0..3]->(:Material {id: $host}) })
  AND coalesce(tie.companionality, $threshold) >= $threshold
OPTIONAL MATCH mined = (host)<-[:FORM_OF]-(ore:Product)<-[makes:MAKES]-(:Industry)<-[:HAS]-(:Country)
WHERE (ore)-[:AT_STAGE]->(:Stage {id: 'extraction'}) AND coalesce(makes.share, makes.share_low, makes.share_high) >= 0.2
RETURN material, tie, host, mined
