// The thing and the first neighbours of each kind of relationship.
MATCH (centre:Material|Product|Stage|Economy|Technology|Application|Sector
  |Agreement|ExportRestriction|Policy|CriticalityList|Project|Claim|Source {id: substring($thing, size(head(split($thing, ':'))) + 1)})
WHERE head(split($thing, ':')) IN labels(centre)
MATCH (centre)-[link:!LOADED]-(other)
WITH centre, link, other ORDER BY type(link), other:TradeCode OR EXISTS { MATCH (other)-[:SHIPS]->(:TradeCode) }, other.name, other.id, link.id
WITH centre, type(link) AS type, startNode(link) = centre AS outgoing, collect({link: link, other: other})[0..$each] AS firsts
UNWIND firsts AS one
WITH one.link AS link
MATCH path = ()-[link]->()
RETURN path LIMIT 300
