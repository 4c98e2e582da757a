/*
title: Where do agreements of several parties meet in the same country or material?
parameters:
  - {name: party, type: economy, default: EU, help: "The party whose partners are looked at", example: EU}
  - {name: material, type: material, help: "Only where both deals name the material, its group or a member", example: cobalt}
  - {name: other, type: economy, help: "Only deals of this other party, in countries other than its own", example: US}
  - {name: as_of, type: date, default: newest, help: "Only what was signed or in force by that day and had not ended", example: "2026-02-03"}
columns:
  - {name: country, type: text, meaning: "The partner both have a deal with"}
  - {name: deal, type: text, meaning: "The party's deal"}
  - {name: signed, type: text, meaning: "When it was signed, as precisely as is known; empty where only its entry into force is"}
  - {name: other_parties, type: list, meaning: "Who else has a deal with the country"}
  - {name: other_deal, type: text, meaning: "That deal"}
  - {name: other_signed, type: text, spare: 1, meaning: "When that was signed, in the same way"}
  - {name: common_materials, type: list, spare: 1, meaning: "Materials that both deals name, or one by its group; empty where either names none"}
  - {name: sources, type: list, meaning: "Documents that the row rests on"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether both deals were read in the documents named"}
  - {name: country_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: deal_id, type: text, entity: Agreement, detail: true, meaning: "Id of the party's deal"}
  - {name: other_deal_id, type: text, entity: Agreement, detail: true, meaning: "Id of the other deal"}
finding:
  - "On {as_of} {rows:pair|pairs} of a deal of {party} and one of others met in {country:count:country|countries}: {country:list}; where both name no common material they meet in the country only."
nothing: "No country with deals of {party} and of another party on that day, as asked, is in the data."
caveats:
  - Meeting in a country is no conflict; who gets which tonnes is not in the data.
  - A country may itself seek materials abroad (Japan, the United States); its deal with a third country then meets the party's deal with it by name only. --other leaves such pairs out for that party.
  - Most memoranda name no single material, so common materials are a lower bound.
method: "Pairs of agreements with a common country; agreements to which the party itself belongs are not counted against it."
data_needed: [PARTY, COVERS]
examples: ["orepath ask competing-deals", "orepath ask competing-deals --other US", "orepath ask competing-deals --party US --material cobalt"]
*/
MATCH (:Economy {id: $party})<-[:PARTY]-(deal:Agreement)-[:PARTY]->(country:Country)<-[:PARTY]-(rival:Agreement)
WHERE country.id <> $party AND NOT EXISTS { MATCH (rival)-[:PARTY]->(:Economy {id: $party}) }
  AND all(agreement IN [deal, rival] WHERE
// part: partnerships.counts
  )
  AND ($other IS NULL OR (country.id <> $other AND EXISTS { MATCH (rival)-[:PARTY]->(:Economy {id: $other}) }))
  // Both name the material, its group or a member.
  AND ($material IS NULL OR COUNT {
        UNWIND [deal, rival] AS one MATCH (one)-[:COVERS]->(named:Material)
        WHERE EXISTS { MATCH (named)-[:PART_OF*0..3]->(:Material {id: $material}) }
           OR EXISTS { MATCH (:Material {id: $material})-[:PART_OF*0..3]->(named) } RETURN DISTINCT one } = 2)
WITH DISTINCT country, deal, rival
RETURN country.name AS country, deal.name AS deal,
       left(toString(deal.signed), CASE deal.signed_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS signed,
       COLLECT { MATCH (rival)-[:PARTY]->(other:Economy) WHERE other <> country
                 RETURN other.name AS name ORDER BY name } AS other_parties,
       rival.name AS other_deal,
       left(toString(rival.signed), CASE rival.signed_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS other_signed,
       COLLECT { UNWIND [[deal, rival], [rival, deal]] AS pair
                 WITH pair[0] AS one, pair[1] AS two
                 MATCH (one)-[:COVERS]->(both:Material)-[:PART_OF*0..3]->(:Material)<-[:COVERS]-(two)
                 RETURN DISTINCT both.name AS name ORDER BY name } AS common_materials,
       COLLECT { UNWIND [deal, rival] AS one MATCH (one)-[:DOCUMENTED_BY]->(document:Source)
                 RETURN DISTINCT document.id AS id ORDER BY id } AS sources,
       deal.verified AND rival.verified AS verified, country.id AS country_id, deal.id AS deal_id, rival.id AS other_deal_id
ORDER BY country, signed, deal_id, other_signed, other_deal_id
