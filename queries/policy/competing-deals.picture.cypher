// The party, its deals, the countries, and the deals of others there.
MATCH (party:Economy {id: $party})<-[own:PARTY]-(deal:Agreement)-[with:PARTY]->(country:Country)<-[meets:PARTY]-(rival:Agreement)
WHERE country.id <> $party AND NOT EXISTS { MATCH (rival)-[:PARTY]->(party) }
  AND coalesce(deal.signed, deal.in_force_from, CASE deal.status WHEN 'in-force' THEN $as_of END) <= $as_of
  AND coalesce(rival.signed, rival.in_force_from, CASE rival.status WHEN 'in-force' THEN $as_of END) <= $as_of
  AND NOT coalesce(deal.ended <= $as_of, false) AND NOT coalesce(rival.ended <= $as_of, false)
  AND coalesce(deal.status, '') <> 'under-negotiation' AND coalesce(rival.status, '') <> 'under-negotiation'
  AND ($other IS NULL OR (country.id <> $other AND EXISTS { MATCH (rival)-[:PARTY]->(:Economy {id: $other}) }))
MATCH (rival)-[its:PARTY]->(other:Economy) WHERE other <> country
RETURN party, own, deal, with, country, meets, rival, its, other ORDER BY country.id, deal.id, rival.id LIMIT 200
