// What a time is known of, with the documents, the stocks of states and the restrictions.
MATCH (m:Material)
WHERE EXISTS { (m)-[:PART_OF*0..3]->(:Material {id: $material}) } OR EXISTS { (:Material {id: $material})-[:PART_OF*1..3]->(m) }
MATCH path = (m)<-[:FORM_OF|RESTRICTS|HOLDS_STOCK*0..1]-(thing)
WHERE thing:Stockpile OR (EXISTS { MATCH (thing)-[t:TIME_REPORTED_BY]->(:Source) WHERE $sector IS NULL OR t.sector IS NULL OR t.sector = $sector }
      AND NOT thing:Stage)
OPTIONAL MATCH told = (thing)-[time:TIME_REPORTED_BY]->(:Source) WHERE left(time.period, size(time.period)) <= left(toString($as_of),
    size(time.period))
OPTIONAL MATCH owned = (thing)-[:ADOPTED_BY|IMPOSED_BY]->(:Economy)
RETURN path, told, owned LIMIT 150
