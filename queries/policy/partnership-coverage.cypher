/*
title: How much of world output and of a market's supply comes from its partners?
parameters:
  - {name: party, type: economy, default: EU, help: "Whose partners", example: US}
  - {name: material, type: material, help: "One material, or a group with its members; otherwise those that the party's newest list calls strategic, or critical where it calls none so", example: lithium}
  - {name: kind, type: choice, default: partnerships, choices: [partnerships, all], help: "Strategic partnerships only, or all agreements", example: all}
  - {name: as_of, type: date, default: newest, help: "Agreements signed or in force by that day and not ended, and the list of that day; the shares are the newest in the data", example: "2026-02-03"}
columns:
  - {name: product, type: text, meaning: "What is made"}
  - {name: stage, type: text, spare: 2, meaning: "Its stage of the value chain"}
  - {name: partners, type: list, meaning: "Partners known to make it, the largest first, with their shares of world output or what bounds these; none below 0.05 %"}
  - {name: output_low, type: share, meaning: "Partners' share of world output, at least; absent where it is not known"}
  - {name: output_high, type: share, meaning: "The same, at most: what the source leaves to unnamed makers counted as theirs"}
  - {name: output_known, type: text, meaning: "How the output is known: shares; bounded (by other sources), where a maker's figure is withheld and left out of the world total; or not known"}
  - {name: year, type: text, spare: 1, meaning: "Year or period of the output"}
  - {name: supply, type: share, meaning: "Partners' share of what the party has, own output and imports together; absent where not in the data or not known"}
  - {name: supply_low, type: share, meaning: "The same, all their shares at the low ends of their intervals"}
  - {name: supply_high, type: share, meaning: "The same, all at the high ends, and what is of unknown origin theirs too"}
  - {name: supply_period, type: text, spare: 2, meaning: "Period of what the party has"}
  - {name: known_by, type: text, spare: 2, meaning: "How it is known: reconciled, trade-only, market-mix, bloc-mix or world-mix"}
  - {name: sources, type: list, meaning: "Sources of the shares"}
  - {name: material, type: text, detail: true, meaning: "The material"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: partner_ids, type: list, entity: Economy, detail: true, meaning: "Ids of those partners"}
  - {name: partner_low, type: shares, detail: true, meaning: "Of each of them its share of world output, at least; empty where nothing bounds it"}
  - {name: partner_high, type: shares, detail: true, meaning: "The same, at most"}
  - {name: agreement_ids, type: list, entity: Agreement, detail: true, meaning: "Ids of the agreements with them"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each of these agreements was read in its documents"}
  - {name: uncounted, type: integer, detail: true, meaning: "How many agreements of other kinds the party has that day, which are not counted without --kind all"}
finding:
  - "Partners of {party} on {as_of} make {output_low:to=output_high} of the world's {product} ({year}), and {supply} of what {party} has of it is made by them ([{supply_low:apart=supply_high}; ]{supply_period}; {known_by})[; of the {rows:several} products shown it is that of which they make most]."
  - "Which part of the world's {product} partners of {party} on {as_of} make is {output_known} ({year}): a maker's figure is withheld, and nothing else bounds it; {supply} of what {party} has of it is made by them ([{supply_low:apart=supply_high}; ]{supply_period}; {known_by})."
  - "Partners of {party} on {as_of} make {output_low:to=output_high} of the world's {product} ({year}); which part of what {party} has of it they make is not in the data[; of the {rows:several} products shown it is that of which they make most]."
  - "Which part of the world's {product} partners of {party} on {as_of} make is {output_known} ({year}): a maker's figure is withheld, and nothing else bounds it."
notes:
  - "Counted are strategic partnerships; {party} has {uncounted:agreement|agreements} of other kinds (--kind all)."
nothing: "World output of {material} by country, or an agreement of {party} of this kind by {as_of}, is not in the data; without --kind all only strategic partnerships count."
caveats:
  - A partnership is a memorandum without tonnes. What a partner makes is not promised to anybody, and often owned or bought by others.
  - Output counts where it is made, not who owns the mine or the plant.
  - The shares are the newest in the data, also where --as-of asks for the agreements of an earlier day; partner-trend compares before and after.
method: "Sum over the partners of headline shares (MAKES); a withheld figure that the world total leaves out is bounded by the largest of its shares in other publications and what these leave to unnamed makers, and of their shares of what the party has (SUPPLIES_MARKET). At most: with all that is left to nobody named, and no more than others are not known to make."
data_needed: [SUPPLIES_MARKET, LISTS]
examples: ["orepath ask partnership-coverage --material lithium", "orepath ask partnership-coverage", "orepath ask partnership-coverage --party US --kind all --material rare-earths"]
*/
MATCH (party:Economy {id: $party})
WITH party,
// part: partnerships.uncounted
MATCH (party)<-[:PARTY]-(agreement:Agreement)-[:PARTY]->(side:Economy)
WHERE side <> party AND ($kind = 'all' OR agreement:StrategicPartnership) AND
// part: partnerships.counts
MATCH (side)<-[membership:MEMBER_OF*0..1]-(partner:Country) WHERE
// part: sides
WITH party, uncounted, partner, agreement ORDER BY agreement.id
WITH party, uncounted, collect(DISTINCT partner) AS partners, collect(DISTINCT agreement) AS agreements
// The material asked for, or what the party's newest list calls strategic or critical.
CALL (party) {
  MATCH (asked:Material {id: $material})<-[:PART_OF*0..3]-(material:Material) RETURN DISTINCT material
  UNION
  MATCH (list:CriticalityList)-[:ADOPTED_BY]->(party)
  WHERE $material IS NULL AND coalesce(list.published, toString(list.year) + '-12-31') <= toString($as_of)
  WITH list ORDER BY coalesce(list.published, toString(list.year)) DESC LIMIT 1
  MATCH (list)-[listed:LISTS]->(material:Material)
  WHERE listed.strategic OR (listed.critical AND NOT EXISTS { MATCH (list)-[other:LISTS]->(:Material) WHERE other.strategic })
  RETURN DISTINCT material
}
MATCH (material)<-[:FORM_OF]-(product:Product)-[:AT_STAGE]->(stage:Stage) WHERE NOT product:TradeCode
// part: withheld
// World output: who makes which share of it.
MATCH (maker:Country)-[:HAS]->(industry:Industry)-[makes:MAKES]->(product) WHERE makes.method IS NOT NULL
WITH *, coalesce(makes.share_low, makes.share, makes.share_high * (1 - room), 0.0) AS low,
     coalesce(makes.share_high, makes.share, makes.share_low) AS high
ORDER BY coalesce(makes.share, high) DESC, maker.name
WITH party, uncounted, agreements, material, product, stage, withheld, room, bounded_by, partners, sum(low) AS named,
     collect(CASE WHEN maker IN partners THEN {maker: maker, share: makes.share, low: low, high: high} END)
       + [w IN withheld WHERE w IN partners AND room > 0 | {maker: w, low: 0.0, high: room}] AS mine,
     min(makes.period) AS year, collect(DISTINCT makes.share_source) AS output_sources
// What the party has of it.
CALL (party, product, partners) {
  MATCH (economy:Economy)-[:HAS]->(:Industry {id: economy.id + ':' + product.id})-[supply:SUPPLIES_MARKET]->(party)
  WITH supply, economy IN partners AS theirs ORDER BY supply.share DESC
  WITH collect(supply) AS supplies, sum(supply.share) AS known, sum(CASE WHEN theirs THEN supply.share ELSE 0.0 END) AS held,
       sum(CASE WHEN theirs THEN supply.share_low ELSE 0.0 END) AS low, sum(CASE WHEN theirs THEN supply.share_high ELSE 0.0 END) AS most,
       sum(CASE WHEN theirs THEN 0.0 ELSE supply.share_low END) AS others
  RETURN supplies, held, low AS held_low, CASE WHEN known < 0.995 THEN most + 1 - known ELSE most END AS most, 1 - others AS left_over
}
WITH *, reduce(sum = 0.0, m IN mine | sum + m.low) AS low_end, reduce(sum = 0.0, m IN mine | sum + m.high) AS high,
     CASE WHEN named >= 0.995 OR room IS NOT NULL THEN 0.0 ELSE 1.0 - named END AS unnamed, CASE WHEN most < held THEN held
     WHEN most < left_over THEN most ELSE left_over END AS at_most
// Between nothing and all of it is no figure.
WITH *, low_end > 0 OR high + unnamed < 0.9995 AS bounded, size(supplies) > 0 AND (held_low > 0.0005 OR at_most < 0.9995) AS supplied
RETURN product.name AS product, stage.name AS stage, [m IN mine | m.maker.name + CASE
         WHEN m.share >= 0.0005 THEN ' ' + toString(round(100 * m.share, 1))
         + ' %' WHEN m.share IS NULL AND m.low > 0.0005 THEN ' ' + CASE WHEN round(100 * m.low, 1) < round(100 * m.high, 1)
           THEN toString(round(100 * m.low, 1)) + ' to ' ELSE '' END + toString(round(100 * m.high, 1)) + ' %'
         WHEN m.share IS NULL AND m.high > 0.0005 THEN ' at most ' + toString(round(100 * m.high, 1)) + ' %' ELSE '' END] AS partners,
       CASE WHEN bounded THEN round(low_end, 6) END AS output_low,
       CASE WHEN NOT bounded THEN null WHEN high + unnamed > 1 THEN 1.0 ELSE round(high + unnamed, 6) END AS output_high,
       CASE WHEN NOT bounded THEN 'not known' WHEN room IS NOT NULL THEN 'bounded' ELSE 'shares' END AS output_known, year,
       CASE WHEN supplied THEN round(held, 6) END AS supply, CASE WHEN supplied THEN round(held_low, 6) END AS supply_low,
       CASE WHEN supplied THEN round(at_most, 6) END AS supply_high,
       head(supplies).period AS supply_period,
       CASE WHEN size(supplies) > 0 AND NOT supplied THEN 'not known' ELSE head(supplies).method END AS known_by,
       COLLECT { UNWIND [output_sources, bounded_by] + [s IN supplies | s.share_sources] AS named_sources
         UNWIND named_sources AS one RETURN DISTINCT one } AS sources,
       material.name AS material, material.id AS material_id, product.id AS product_id, [m IN mine | m.maker.id] AS partner_ids,
       [m IN mine | CASE WHEN m.high > 0.0005 AND (m.low > 0.0005 OR m.high < 0.9995) THEN round(m.low, 6) END] AS partner_low,
       [m IN mine | CASE WHEN m.high > 0.0005 AND (m.low > 0.0005 OR m.high < 0.9995) THEN round(m.high, 6) END] AS partner_high,
       [a IN agreements WHERE EXISTS { MATCH (a)-[:PARTY]->()<-[:MEMBER_OF*0..1]-(m) WHERE m IN [x IN mine | x.maker] } | a.id] AS agreement_ids,
       all(a IN agreements WHERE coalesce(a.verified, true)) AS verified, uncounted
ORDER BY coalesce(output_low, -1.0) DESC, product_id
