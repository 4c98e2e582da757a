/*
title: What is linked to a material, country, product, agreement or anything else?
parameters:
  - {name: thing, type: thing, required: true, help: "Name or id of a material, product, economy, technology, sector, agreement, restriction, policy, project or source; `Label:id` where a name is not enough", example: gallium}
  - {name: each, type: integer, default: "10", help: "How many neighbours of one kind of relationship to list", example: "25"}
columns:
  - {name: relationship, type: text, meaning: "Type of the relationship, with the arrow as seen from the thing asked for"}
  - {name: neighbour, type: text, meaning: "Name of what it leads to"}
  - {name: kind, type: text, codes: [class], meaning: "Class of the neighbour"}
  - {name: times, type: integer, meaning: "Relationships of this type to this neighbour"}
  - {name: neighbours, type: integer, meaning: "Neighbours by this type of relationship in all; more than are listed where the list was cut"}
  - {name: sources, type: list, meaning: "Data sets and documents that state it"}
  - {name: verified, type: boolean, detail: true, meaning: "False where a statement was not read in its document; absent where nothing is said of that"}
  - {name: neighbour_id, type: text, entity: [Claim, Policy, Material, Agreement, Product, CriticalityList, ExportRestriction, Technology, Application, Economy, Sector, Project, Source, Stage], detail: true, meaning: "Id of the neighbour"}
finding:
  - "{thing} has neighbours in the graph; {rows} are listed, by type of relationship."
nothing: "{thing} is in the graph, but nothing is related to it."
caveats:
  - What stands beside a thing is what was loaded; the absence of a relationship is no statement that there is none.
  - Each kind of relationship is cut at the number asked for with --each, in the order of names and not of importance; customs codes, and industries known only by one, come last.
method: "All relationships of one node but those to the runs of loaders, in both directions, grouped by type, direction and neighbour."
data_needed: []
examples: ["orepath ask neighbourhood --thing gallium", "orepath ask neighbourhood --thing crma --each 25", "orepath ask neighbourhood --thing Economy:COD --browser"]
*/
// 1. The one node; the class before the colon tells apart what shares an id.
MATCH (centre:Material|Product|Stage|Economy|Technology|Application|Sector
  |Agreement|ExportRestriction|Policy|CriticalityList|Project|Claim|Source {id: substring($thing, size(head(split($thing, ':'))) + 1)})
WHERE head(split($thing, ':')) IN labels(centre)
// 2. Its relationships, one row a neighbour and type; that a loader ran is bookkeeping.
MATCH (centre)-[link:!LOADED]-(other)
WITH type(link) AS type, startNode(link) = centre AS outgoing, other, count(*) AS times, min(link.verified) AS verified,
     collect(DISTINCT link.source) AS own, collect(coalesce(link.share_sources, link.use_sources,
       CASE WHEN link.share_source IS NOT NULL THEN [link.share_source] END)) AS shares, collect(link.stated_in) AS stated
WITH *, own + reduce(s = [], list IN shares | s + list) AS cited,
     (other:TradeCode OR EXISTS { MATCH (other)-[:SHIPS]->(:TradeCode) }) AS customs
ORDER BY type, outgoing DESC, customs, other.name, other.id
// 3. The first of each kind.
WITH type, outgoing, count(*) AS neighbours,
     collect({other: other, customs: customs, times: times, verified: verified, cited: cited, stated: stated})[0..$each] AS firsts
UNWIND firsts AS one
WITH type, outgoing, neighbours, one, one.other AS other
RETURN CASE WHEN outgoing THEN '→ ' + type ELSE '← ' + type END AS relationship, coalesce(other.name, other.id) AS neighbour,
       head(labels(other)) AS kind, one.times AS times, neighbours,
       COLLECT {
         UNWIND CASE WHEN size(one.cited) > 0 THEN [one.cited] ELSE one.stated END AS list
         UNWIND list AS source
         WITH DISTINCT source WHERE source IS NOT NULL RETURN source ORDER BY source
       } AS sources,
       one.verified AS verified, other.id AS neighbour_id
ORDER BY type, outgoing DESC, one.customs, neighbour, neighbour_id
