/*
title: How much of world output and of a market's supply comes from its partners?
parameters:
  - {name: party, type: economy, default: EU, help: "Whose partners", example: US}
  - {name: material, type: material, help: "One material, or a group with its members; otherwise those that the party's newest list calls strategic, or critical where it calls none so", example: lithium}
  - {name: kind, type: choice, default: partnerships, choices: [partnerships, all], help: "Strategic partnerships only, or all agreements", example: all}
  - {name: as_of, type: date, default: newest, newest_of: Agreement, help: "Agreements signed or in force by that day and not ended; the shares are the newest in the data", example: "2026-02-03"}
columns:
  - {name: product, type: text, meaning: "What is made"}
  - {name: stage, type: text, spare: 2, meaning: "Its stage of the value chain"}
  - {name: partners, type: list, meaning: "Partners known to make it, the largest first, with their shares of world output where these are no bounds and not below 0.05 %"}
  - {name: output_low, type: share, meaning: "Partners' share of world output, at least"}
  - {name: output_high, type: share, meaning: "The same, at most: what the source leaves to unnamed makers counted as theirs"}
  - {name: year, type: text, spare: 1, meaning: "Year or period of the output"}
  - {name: supply, type: share, meaning: "Partners' share of what the party has, own output and imports together; absent where not in the data"}
  - {name: supply_low, type: share, meaning: "The same, all their shares at the low ends of their intervals"}
  - {name: supply_high, type: share, meaning: "The same, all at the high ends, and what is of unknown origin theirs too"}
  - {name: supply_period, type: text, spare: 2, meaning: "Period of what the party has"}
  - {name: known_by, type: text, spare: 2, meaning: "How it is known: reconciled, trade-only, market-mix, bloc-mix or world-mix"}
  - {name: sources, type: list, meaning: "Sources of the shares"}
  - {name: material, type: text, detail: true, meaning: "The material"}
  - {name: material_id, type: text, detail: true, meaning: "Id of the material"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
  - {name: partner_ids, type: list, detail: true, meaning: "Ids of those partners"}
  - {name: agreement_ids, type: list, detail: true, meaning: "Ids of the agreements with them"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each of these agreements was read in its documents"}
finding:
  - "Partners of {party} on {as_of} make {output_low:to=output_high} of the world's {product} ({year}), and {supply} of what {party} has of it is made by them ({supply_low:to=supply_high}; {supply_period}; {known_by}); of the {rows:product|products} shown it is that of which they make most."
  - "Partners of {party} on {as_of} make {output_low:to=output_high} of the world's {product} ({year}); which part of what {party} has of it they make is not in the data; of the {rows:product|products} shown it is that of which they make most."
nothing: "World output of {material} by country, or an agreement of {party} of this kind by {as_of}, is not in the data."
caveats:
  - A partnership is a memorandum without tonnes. What a partner makes is not promised to anybody, and often owned or bought by others.
  - Output counts where it is made, not who owns the mine or the plant.
  - The shares are the newest in the data, also where --as-of asks for the agreements of an earlier day; partner-trend compares before and after.
method: "Sum over the partners of headline shares (MAKES), and of their shares of what the party has (SUPPLIES_MARKET). At most: with all that is left to nobody named, and no more than others are not known to make."
data_needed: [SUPPLIES_MARKET, LISTS]
examples: ["orepath ask partnership-coverage --material lithium", "orepath ask partnership-coverage", "orepath ask partnership-coverage --party US --kind all --material rare-earths"]
*/
MATCH (party:Economy {id: $party})<-[:PARTY]-(agreement:Agreement)-[:PARTY]->(partner:Country)
WHERE partner <> party AND coalesce(agreement.signed, agreement.in_force_from, CASE agreement.status WHEN 'in force' THEN $as_of END) <= $as_of
  AND (agreement.ended IS NULL OR agreement.ended > $as_of)
  AND ($kind = 'all' OR agreement:StrategicPartnership) AND coalesce(agreement.status, '') <> 'under negotiation'
  AND NOT EXISTS { MATCH (partner)-[member:MEMBER_OF]->(party) WHERE member.until IS NULL OR member.until > $as_of }
WITH party, partner, agreement ORDER BY agreement.id
WITH party, collect(DISTINCT partner) AS partners, collect(DISTINCT agreement) AS agreements
// The material asked for, or what the party's newest list calls strategic or critical.
CALL (party) {
  MATCH (asked:Material {id: $material})<-[:PART_OF*0..3]-(material:Material) RETURN DISTINCT material
  UNION
  MATCH (list:CriticalityList)-[:ADOPTED_BY]->(party) WHERE $material IS NULL
  WITH list ORDER BY coalesce(list.published, toString(list.year)) DESC LIMIT 1
  MATCH (list)-[listed:LISTS]->(material:Material)
  WHERE listed.strategic OR (listed.critical AND NOT EXISTS { MATCH (list)-[other:LISTS]->(:Material) WHERE other.strategic })
  RETURN DISTINCT material
}
MATCH (material)<-[:FORM_OF]-(product:Product)-[:AT_STAGE]->(stage:Stage) WHERE NOT product:TradeCode
// World output: who makes which share of it.
MATCH (maker:Country)-[:HAS]->(industry:Industry)-[makes:MAKES]->(product) WHERE makes.method IS NOT NULL
WITH party, partners, agreements, material, product, stage, maker, makes ORDER BY coalesce(makes.share, makes.share_low, 0.0) DESC, maker.name
WITH party, agreements, material, product, stage, sum(coalesce(makes.share_low, makes.share, 0.0)) AS named,
     collect(CASE WHEN maker IN partners THEN maker END) AS mine, collect(CASE WHEN maker IN partners THEN makes END) AS shares,
     partners, min(makes.period) AS year, collect(DISTINCT makes.share_source) AS output_sources
// What the party has of it.
CALL (party, product, partners) {
  MATCH (economy:Economy)-[:HAS]->(:Industry {id: economy.id + ':' + product.id})-[supply:SUPPLIES_MARKET]->(party)
  WITH supply, economy IN partners AS theirs ORDER BY supply.share DESC
  WITH collect(supply) AS supplies, sum(supply.share) AS known, sum(CASE WHEN theirs THEN supply.share ELSE 0.0 END) AS held,
       sum(CASE WHEN theirs THEN supply.share_low ELSE 0.0 END) AS low, sum(CASE WHEN theirs THEN supply.share_high ELSE 0.0 END) AS most,
       sum(CASE WHEN theirs THEN 0.0 ELSE supply.share_low END) AS others
  RETURN supplies, held, low, CASE WHEN known < 0.995 THEN most + 1 - known ELSE most END AS most, 1 - others AS room
}
WITH *, reduce(sum = 0.0, s IN shares | sum + coalesce(s.share_low, s.share, 0.0)) AS output_low,
     reduce(sum = 0.0, s IN shares | sum + coalesce(s.share_high, s.share, s.share_low)) AS high,
     CASE WHEN named >= 0.995 THEN 0.0 ELSE 1.0 - named END AS unnamed
RETURN product.name AS product, stage.name AS stage, [i IN range(0, size(mine) - 1) | mine[i].name +
         CASE WHEN coalesce(shares[i].share, 0.0) >= 0.0005 THEN ' ' + toString(round(100 * shares[i].share, 1)) + ' %' ELSE '' END] AS partners,
       round(output_low, 6) AS output_low, CASE WHEN high + unnamed > 1 THEN 1.0 ELSE round(high + unnamed, 6) END AS output_high, year,
       CASE WHEN size(supplies) > 0 THEN round(held, 6) END AS supply, CASE WHEN size(supplies) > 0 THEN round(low, 6) END AS supply_low,
       CASE WHEN size(supplies) > 0 THEN round(CASE WHEN most < held THEN held WHEN most < room THEN most ELSE room END, 6) END AS supply_high,
       head(supplies).period AS supply_period, head(supplies).method AS known_by,
       COLLECT { UNWIND [output_sources] + [s IN supplies | s.share_sources] AS named_sources
         UNWIND named_sources AS one RETURN DISTINCT one } AS sources,
       material.name AS material, material.id AS material_id, product.id AS product_id, [m IN mine | m.id] AS partner_ids,
       [a IN agreements WHERE EXISTS { MATCH (a)-[:PARTY]->(m) WHERE m IN mine } | a.id] AS agreement_ids,
       all(a IN agreements WHERE coalesce(a.verified, true)) AS verified
ORDER BY output_low DESC, product_id
