// Jurisdictions, the editions of their lists, and the entries of the material, its group and its members.
MATCH (named:Material)<-[entry:LISTS]-(list:CriticalityList)-[adopted:ADOPTED_BY]->(owner:Economy)
WHERE ($material IS NULL OR named.id = $material
       OR EXISTS { MATCH (named)-[:PART_OF*1..3]->(:Material {id: $material}) }
       OR EXISTS { MATCH (named)<-[:PART_OF*1..3]-(:Material {id: $material}) })
  AND ($list_of IS NULL OR owner.id = $list_of)
  AND coalesce(list.published, toString(list.year) + '-12-31') <= toString($as_of)
RETURN owner, adopted, list, entry, named ORDER BY list.id, named.id LIMIT 300
