/*
title: For which strategic materials does no partner produce a significant share?
parameters:
  - {name: party, type: economy, default: EU, help: "Whose partners", example: US}
  - {name: material, type: material, help: "One material, or a group with its members; otherwise those that the party's newest list calls strategic, or critical where it calls none so", example: rare-earths}
  - {name: threshold, type: number, default: "5", unit: "%", help: "A partner counts from this share of world output on", example: "10"}
  - {name: kind, type: choice, default: partnerships, choices: [partnerships, all], help: "Strategic partnerships only, or all agreements", example: all}
  - {name: as_of, type: date, default: newest, help: "Agreements signed or in force by that day and not ended, and the list of that day; the shares are the newest in the data", example: "2026-02-03"}
columns:
  - {name: product, type: text, meaning: "What is made; the material alone where nobody's output of any form is in the data"}
  - {name: stage, type: text, spare: 2, meaning: "Its stage of the value chain"}
  - {name: gap, type: text, meaning: "yes: every partner stays below the threshold; open: a bound, or output of unnamed makers, leaves it possible that one does not; not known: a maker's figure is withheld, and nothing bounds the shares; not in the data: no shares"}
  - {name: partner, type: text, meaning: "The partner with the largest share"}
  - {name: share_low, type: share, meaning: "Its share of world output, at least"}
  - {name: share_high, type: share, meaning: "The same, at most"}
  - {name: top_maker, type: text, meaning: "Who makes most"}
  - {name: top_share, type: share, meaning: "Its share, or its upper bound where no more is known"}
  - {name: year, type: text, spare: 1, meaning: "Year or period of the output"}
  - {name: sources, type: list, meaning: "Source of the shares"}
  - {name: material, type: text, detail: true, meaning: "The material"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: partner_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3 of the partner"}
  - {name: top_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3 of who makes most"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each agreement of the party was read in its documents"}
  - {name: uncounted, type: integer, detail: true, meaning: "How many agreements of other kinds the party has that day, which are not counted without --kind all"}
finding:
  - "No partner of {party} on {as_of} makes {threshold} or more of the world's output in {gap:count=yes} of {rows:product|products}[, open in {gap:some=open}][, not known in {gap:some=not known}][, not in the data in {gap:some=not in the data}]; the largest maker is most often {top_maker:most}."
  - "Of {material}, whether a partner of {party} makes {threshold} of the world's output is not in the data."
notes:
  - "Counted are strategic partnerships; {party} has {uncounted:agreement|agreements} of other kinds (--kind all)."
nothing: "Of {material} no gap is in the data: a partner of {party} makes {threshold} or more of each form with known output on {as_of}; or no list of {party} names it, or {party} has no partner of this kind (--kind all counts every agreement)."
caveats:
  - That a partner makes much of something is no supply agreement, and that none does is no proof of dependence; the party may make it itself.
  - Shares are of the newest output in the data, by place of production.
  - The threshold is a convention; a small share of a large market can exceed what the party needs.
method: "Largest headline share (MAKES) among the partners, against the threshold; a withheld figure is bounded as in partnership-coverage; yes where all upper bounds and all that no maker is named for stay below."
data_needed: [LISTS]
examples: ["orepath ask agreement-gaps", "orepath ask agreement-gaps --material rare-earths --threshold 10", "orepath ask agreement-gaps --party US --kind all"]
*/
MATCH (party:Economy {id: $party})
WITH party,
// part: partnerships.uncounted
MATCH (party)<-[:PARTY]-(agreement:Agreement)-[:PARTY]->(side:Economy)
WHERE side <> party AND ($kind = 'all' OR agreement:StrategicPartnership) AND
// part: partnerships.counts
MATCH (side)<-[membership:MEMBER_OF*0..1]-(partner:Country) WHERE
// part: partnership-coverage.sides
WITH party, uncounted, collect(DISTINCT partner) AS partners, min(coalesce(agreement.verified, true)) AS verified
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
// Every form of it, and who makes which share of the world's.
OPTIONAL MATCH (material)<-[:FORM_OF]-(product:Product)
WHERE EXISTS { MATCH (:Country)-[:HAS]->(:Industry)-[m:MAKES]->(product) WHERE m.method IS NOT NULL }
// part: partnership-coverage.withheld
OPTIONAL MATCH (product)<-[makes:MAKES]-(industry:Industry)<-[:HAS]-(maker:Country) WHERE makes.method IS NOT NULL
WITH *, coalesce(makes.share_low, makes.share, makes.share_high * (1 - room), 0.0) AS low, coalesce(makes.share_high, makes.share, 1.0) AS high
ORDER BY low DESC, high DESC, maker.name
WITH partners, uncounted, verified, material, product, withheld, room, bounded_by, sum(low) AS named, min(makes.period) AS year,
     collect({maker: maker, share_low: low, share_high: high}) AS makers, collect(DISTINCT makes.share_source) + bounded_by AS sources
WITH *, CASE WHEN named >= 0.995 OR room IS NOT NULL THEN 0.0 ELSE 1.0 - named END AS unnamed, $threshold / 100.0 AS least,
     [m IN makers WHERE m.maker IN partners]
       + [w IN withheld WHERE w IN partners AND room > 0 | {maker: w, share_low: 0.0, share_high: room}] AS mine,
     head(makers) AS top
WITH *, head([m IN mine WHERE m.share_high > 0]) AS best,
     CASE WHEN product IS NULL THEN 'not in the data' WHEN any(m IN mine WHERE m.share_low >= least) THEN 'no'
     WHEN named = 0 AND all(m IN makers WHERE m.share_low = 0) THEN 'not known'
     WHEN unnamed < least AND all(m IN mine WHERE m.share_high < least) THEN 'yes' ELSE 'open' END AS gap
WHERE gap <> 'no'
OPTIONAL MATCH (product)-[:AT_STAGE]->(stage:Stage)
RETURN coalesce(product.name, material.name) AS product, stage.name AS stage, gap, best.maker.name AS partner,
       CASE WHEN gap <> 'not known' THEN best.share_low END AS share_low, best.share_high AS share_high, top.maker.name AS top_maker,
       CASE WHEN top.share_low > 0 THEN top.share_low WHEN product IS NOT NULL THEN top.share_high END AS top_share, year,
       CASE WHEN product IS NOT NULL THEN sources ELSE COLLECT {
         MATCH (material)<-[listed:LISTS]-(:CriticalityList)-[:ADOPTED_BY]->(:Economy {id: $party})
         RETURN DISTINCT listed.source ORDER BY listed.source } END AS sources,
       material.name AS material, material.id AS material_id, product.id AS product_id, best.maker.id AS partner_id,
       top.maker.id AS top_id, verified, uncounted
ORDER BY CASE gap WHEN 'yes' THEN 0 WHEN 'open' THEN 1 WHEN 'not known' THEN 2 ELSE 3 END, coalesce(top_share, 0.0) DESC, product, material_id
