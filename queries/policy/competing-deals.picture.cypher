// The party, its deals, the countries, and the deals of others there.
MATCH (party:Economy {id: $party})<-[own:PARTY]-(deal:Agreement)-[with:PARTY]->(country:Country)<-[meets:PARTY]-(rival:Agreement)
WHERE country.id <> $party AND NOT EXISTS { MATCH (rival)-[:PARTY]->(party) }
  AND all(agreement IN [deal, rival] WHERE
// part: partnerships.counts
  )
  AND ($other IS NULL OR (country.id <> $other AND EXISTS { MATCH (rival)-[:PARTY]->(:Economy {id: $other}) }))
MATCH (rival)-[its:PARTY]->(other:Economy) WHERE other <> country
RETURN party, own, deal, with, country, meets, rival, its, other ORDER BY country.id, deal.id, rival.id LIMIT 200
