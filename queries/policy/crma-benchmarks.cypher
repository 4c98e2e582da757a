/*
title: How far is the EU from the benchmarks of its Critical Raw Materials Act?
parameters:
  - {name: material, type: material, help: "One material, or a group with its members; otherwise all strategic ones", example: magnesium}
  - {name: threshold, type: number, default: "65", unit: "%", help: "Share of one third country above which the benchmark is missed", example: "50"}
  - {name: as_of, type: date, default: newest, newest_of: CriticalityList, help: "The strategic list and the members of the Union on that day; the shares are the newest in the data", example: "2026-02-03"}
columns:
  - {name: product, type: text, meaning: "What is supplied of a strategic raw material; the material alone where nothing is known of any form"}
  - {name: stage, type: text, meaning: "Its stage of the value chain"}
  - {name: over, type: text, meaning: "Whether a third country is above the threshold: yes, no, open (the bounds leave both), or not in the data"}
  - {name: third_country, type: text, meaning: "The third country with the largest share"}
  - {name: share_low, type: share, meaning: "Its share of what the EU takes, at least"}
  - {name: share_high, type: share, meaning: "The same, at most"}
  - {name: own_low, type: share, meaning: "Share of member states, at least"}
  - {name: own_high, type: share, meaning: "The same, at most: what is of unknown origin counted as theirs"}
  - {name: own_wanted, type: share, detail: true, meaning: "The Union's benchmark for that stage: 10 % extraction, 40 % processing, of consumption and for all strategic materials together"}
  - {name: recycling, type: share, meaning: "EU demand met by end-of-life recycling, by the list's study"}
  - {name: recycling_wanted, type: share, detail: true, meaning: "The Union's benchmark for recycling: 25 % of consumption, all strategic materials together"}
  - {name: basis, type: text, meaning: "Published by the study, or derived from output and trade"}
  - {name: period, type: text, meaning: "Years of the shares"}
  - {name: sources, type: list, meaning: "Sources of the shares and of the list"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the list and the shares were read in their sources"}
  - {name: material, type: text, detail: true, meaning: "The strategic raw material"}
  - {name: material_id, type: text, detail: true, meaning: "Id of the material"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
  - {name: country_id, type: text, detail: true, meaning: "ISO 3166-1 alpha-3 of the third country"}
finding:
  - "One third country provides over {threshold} of what the EU takes in {over:count=yes} of {rows:row|rows} (a product, by a published or a derived share); below in {over:count=no}, left open by the bounds in {over:count=open}, not in the data in {over:count=not in the data}. The widest is {third_country} with {share_low:to=share_high} of {product} ({period})."
  - "Whether one third country provides over {threshold} is not in the data for {material}: nobody measured from whom the EU gets it."
nothing: "No list of strategic raw materials of the EU by {as_of} in the data names {material}."
caveats:
  - The regulation counts against annual consumption, which is published for hardly any material. These shares are of what the EU takes (own output and imports), so they say where the benchmark is likely missed and prove no breach.
  - "10, 40 and 25 % hold for the Union's strategic materials together and for 2030; no single material can breach them. Recycling is demand met by end-of-life scrap, and no recycling capacity."
  - Published shares are means of 2016-2020; derived ones are of a single year, and attribute trade by the exporting country's own output. Where the two differ, both stand.
  - A share by form says nothing of other forms of the material, nor of magnets or batteries that contain it.
method: "Regulation (EU) 2024/1252, Art. 5(1). Yes: a third country's lower bound is above the threshold; no: every upper bound and all that is of unknown origin is not; else open. Shares: SUPPLIES that a publication measured and that leads, and SUPPLIES_MARKET by proportional sourcing."
data_needed: [LISTS, SUPPLIES]
examples: ["orepath ask crma-benchmarks", "orepath ask crma-benchmarks --material magnesium", "orepath ask crma-benchmarks --material rare-earths --threshold 50"]
*/
// The newest strategic list of the Union by that day, and what it names.
MATCH (list:CriticalityList)-[:ADOPTED_BY]->(union:Economy:Bloc {id: 'EU27'})
WHERE list.published <= toString($as_of) AND EXISTS { MATCH (list)-[any:LISTS]->(:Material) WHERE any.strategic }
WITH union, list ORDER BY list.published DESC, list.id LIMIT 1
MATCH (list)-[listed:LISTS]->(material:Material)
WHERE listed.strategic AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
// From whom the Union takes each form of it: published, and derived from output and trade.
OPTIONAL CALL (union, material) {
  MATCH (material)<-[:FORM_OF]-(form:Product) WHERE NOT form:TradeCode
  WITH union, collect(form) AS forms UNWIND forms AS product
  MATCH (product)<-[:MAKES]-(industry:Industry)-[supply:SUPPLIES|SUPPLIES_MARKET]->(union)
  WHERE coalesce(supply.method, '') <> 'published-sourcing'
    AND (type(supply) = 'SUPPLIES_MARKET' OR (supply.measured AND EXISTS {
      (product)-[:SOURCING_KNOWN_FROM {market: union.id, period: supply.period, precedence: 1}]->(:Source {id: supply.source})-[:EDITION_OF]->() }))
  MATCH (economy:Economy)-[:HAS]->(industry)
  WITH union, product, type(supply) AS kind, coalesce(supply.period, toString(supply.year)) AS period, economy,
       coalesce(supply.share_sources, [supply.source]) AS cited, coalesce(supply.verified, true) AS verified,
       coalesce(supply.share_low, supply.low, supply.share, 0.0) AS low,
       coalesce(supply.share_high, supply.high, supply.share, supply.low, 1.0) AS high,
       economy = union OR EXISTS { MATCH (economy)-[member:MEMBER_OF]->(union)
         WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of) } AS own
  ORDER BY low DESC, high DESC, economy.name
  WITH product, kind, period, collect(cited) AS named, min(verified) AS verified, sum(low) AS known,
       sum(CASE WHEN own THEN low ELSE 0.0 END) AS own_low,
       collect(CASE WHEN NOT own THEN {name: economy.name, id: economy.id, share_low: low, share_high: high} END) AS third
  RETURN product, kind, period, named, verified, CASE WHEN known >= 0.995 THEN 0.0 ELSE 1.0 - known END AS unknown, own_low, third
}
OPTIONAL MATCH (product)-[:AT_STAGE]->(stage:Stage)
OPTIONAL MATCH (wanted:Benchmark)-[:APPLIES_TO]->(stage) WHERE wanted.id IN ['crma/extraction', 'crma/processing']
OPTIONAL MATCH (scrap:Benchmark {id: 'crma/recycling'})
WITH *, head(third) AS first, $threshold / 100.0 AS most
RETURN coalesce(product.name, material.name) AS product, stage.name AS stage,
       CASE WHEN product IS NULL THEN 'not in the data' WHEN any(t IN third WHERE t.share_low > most) THEN 'yes'
            WHEN unknown <= most AND all(t IN third WHERE t.share_high <= most) THEN 'no' ELSE 'open' END AS over,
       first.name AS third_country, first.share_low AS share_low, first.share_high AS share_high,
       CASE WHEN product IS NOT NULL THEN own_low END AS own_low,
       CASE WHEN product IS NOT NULL THEN CASE WHEN own_low + unknown > 1 THEN 1.0 ELSE own_low + unknown END END AS own_high,
       CASE WHEN product IS NOT NULL THEN wanted.value / 100.0 END AS own_wanted,
       listed.end_of_life_recycling AS recycling, scrap.value / 100.0 AS recycling_wanted,
       CASE kind WHEN 'SUPPLIES' THEN 'published' WHEN 'SUPPLIES_MARKET' THEN 'derived' END AS basis, period,
       COLLECT { UNWIND coalesce(named, []) + [[listed.source]] AS some UNWIND some AS one RETURN DISTINCT one } AS sources,
       listed.verified AND coalesce(verified, true) AS verified,
       material.name AS material, material.id AS material_id, product.id AS product_id, first.id AS country_id
ORDER BY CASE over WHEN 'yes' THEN 0 WHEN 'open' THEN 1 WHEN 'no' THEN 2 ELSE 3 END,
         coalesce(share_low, -1.0) DESC, material, product_id, basis
