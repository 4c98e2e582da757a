// Jurisdictions, their policies, the targets these set and the materials they name.
MATCH (policy:Policy)-[adopted:ADOPTED_BY]->(owner:Economy)
WHERE (policy.adopted IS NULL OR policy.adopted <= $as_of) AND ($adopted_by IS NULL OR owner.id = $adopted_by)
OPTIONAL MATCH (policy)-[names:ADDRESSES|HOLDS_STOCK]->(named:Material)
OPTIONAL MATCH (policy)-[sets:SETS]->(target:Benchmark)
WITH * WHERE $material IS NULL OR EXISTS { MATCH (named)-[:PART_OF*0..3]->(:Material {id: $material}) }
   OR EXISTS { MATCH (:Material {id: $material})-[:PART_OF*0..3]->(named) }
RETURN owner, adopted, policy, names, named, sets, target ORDER BY policy.id, named.id, target.id LIMIT 300
