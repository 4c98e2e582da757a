/*
title: How far is the EU from the benchmarks of its Critical Raw Materials Act?
parameters:
  - {name: material, type: material, help: "One material, or a group with its members; otherwise all strategic ones", example: magnesium}
  - {name: threshold, type: number, default: "65", unit: "%", help: "Share of one third country above which the benchmark is missed", example: "50"}
  - {name: as_of, type: date, default: newest, help: "The strategic list and the members of the Union on that day; the shares are the newest in the data", example: "2026-02-03"}
columns:
  - {name: product, type: text, meaning: "A form of a strategic raw material that the regulation means, in the grade it names"}
  - {name: stage, type: text, spare: 2, meaning: "Its stage of the value chain"}
  - {name: over, type: text, meaning: "Whether one third country is above the threshold: yes (its whole interval is), likely (its share is), unlikely (only the upper end is), no, not known (where what is of unknown origin would take it above); not tested at extraction, as the regulation speaks of processing"}
  - {name: third_country, type: text, meaning: "The third country with the largest share"}
  - {name: share, type: share, meaning: "What it made of all that the EU has of the form, own output and imports by origin"}
  - {name: share_low, type: share, meaning: "The same, lower end of the interval of 90 %"}
  - {name: share_high, type: share, meaning: "The same, upper end"}
  - {name: own_share, type: share, meaning: "Share of member states in what the EU has of it"}
  - {name: own_low, type: share, meaning: "The same, lower ends of the intervals together"}
  - {name: own_high, type: share, meaning: "The same, upper ends together"}
  - {name: unknown_share, type: share, spare: 1, meaning: "The part of which nobody is known as the maker"}
  - {name: own_wanted, type: share, detail: true, meaning: "The Union's benchmark for that stage: 10 % extraction, 40 % processing, of consumption and for all strategic materials together"}
  - {name: recycling, type: share, spare: 2, meaning: "EU demand met by end-of-life recycling, by the list's study"}
  - {name: recycling_wanted, type: share, detail: true, meaning: "The Union's benchmark for recycling: 25 % of consumption, all strategic materials together"}
  - {name: auditors, type: text, meaning: "Where the auditors name the material as over 65 % at processing: whether this agrees, and if not, why"}
  - {name: method, type: text, spare: 2, meaning: "How the share is known: reconciled, trade-only, market-mix or world-mix (docs/methods.md)"}
  - {name: basis, type: text, spare: 2, meaning: "Whether the share is by mass or by value"}
  - {name: period, type: text, spare: 1, meaning: "Period of the share"}
  - {name: observed, type: text, spare: 1, meaning: "The published or customs share of that country that stands nearest, with what it divides by"}
  - {name: sources, type: list, meaning: "Sources of the shares and of the list"}
  - {name: grade, type: text, detail: true, meaning: "The grade to which Annex I of the regulation limits the material"}
  - {name: agreed, type: text, detail: true, meaning: "What the auditors name and is yes or likely here too"}
  - {name: differs, type: text, detail: true, meaning: "What the auditors name and is not"}
  - {name: audit_source, type: text, detail: true, meaning: "Where the auditors' finding is reported"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the list was read in its source"}
  - {name: material, type: text, detail: true, meaning: "The strategic raw material"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: country_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3 of the third country"}
finding:
  - "One third country made over {threshold} of what the EU has: yes for {over:count=yes:processed form|processed forms} of strategic raw materials[, likely for {over:some=likely}][, unlikely for {over:some=unlikely}][, no for {over:some=no}][, not known for {over:some=not known}]. First comes {product}: {third_country} {share} ({share_low:to=share_high}; {method}, {period})."
  - "Whether one third country made over {threshold} of what the EU has is not known for {product}: too little of its trade or of its makers is in the data."
notes:
  - "The auditors' \"over 65 % at processing\" ({audit_source:list}) agrees with this for {agreed:list}."
  - "The auditors' \"over 65 % at processing\" ({audit_source:list}) differs from this for {differs:list}."
nothing: "No list of strategic raw materials of the EU by {as_of} in the data names {material}."
caveats:
  - The regulation counts against annual consumption, which is published for hardly any material. These shares are of what the EU has (own output and imports), so they say where the benchmark is likely missed and prove no breach.
  - "10, 40 and 25 % hold for the Union's strategic materials together and for 2030; no single material can breach them. Recycling is demand met by end-of-life scrap, and no recycling capacity."
  - A world-mix is no knowledge of the Union's suppliers but of the world's makers; mined forms known only so are left out.
  - A share by form says nothing of other forms of the material, nor of magnets or batteries that contain it; see `sourcing` and `hidden-dependence`.
method: "Regulation (EU) 2024/1252, Art. 5(1), at the stages of processing and in the grade of Annex I. Yes: a third country's lower end is above the threshold; likely: its share; unlikely: its upper end; else no, unless its share and what is of unknown origin are together above. Shares: SUPPLIES_MARKET."
data_needed: [LISTS, SUPPLIES_MARKET, INPUT_TO]
examples: ["orepath ask crma-benchmarks", "orepath ask crma-benchmarks --material magnesium", "orepath ask crma-benchmarks --material rare-earths --threshold 50"]
*/
// 1. The newest strategic list of the Union by that day, and what it names; Annex I limits some to a grade.
MATCH (list:CriticalityList)-[:ADOPTED_BY]->(union:Economy:Bloc {id: 'EU27'})
WHERE list.published <= toString($as_of) AND EXISTS { MATCH (list)-[any:LISTS]->(:Material) WHERE any.strategic }
WITH union, list ORDER BY list.published DESC, list.id LIMIT 1
MATCH (list)-[listed:LISTS]->(material:Material)
WHERE listed.strategic AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
WITH union, list, listed, material, head([g IN ['battery grade', 'metallurgy grade'] WHERE listed.note CONTAINS g]) AS grade
// part: forms
WITH *, one.product AS product, one.third AS third, head(one.third) AS first, $threshold / 100.0 AS most
WITH *, CASE WHEN NOT one.tested THEN 'not tested' WHEN product IS NULL THEN 'not known'
             WHEN any(t IN third WHERE t.edge.share_low > most) THEN 'yes' WHEN any(t IN third WHERE t.edge.share > most) THEN 'likely'
             WHEN one.unknown > most THEN 'not known'
             WHEN any(t IN third WHERE t.edge.share_high > most) THEN 'unlikely'
             WHEN any(t IN third WHERE t.edge.share + one.unknown > most) THEN 'not known' ELSE 'no' END AS over,
     coalesce(product.name, material.name + ', ' + coalesce(grade, 'processed')) AS name
// 3. The auditors' finding names materials, of which one form over the threshold is enough.
OPTIONAL MATCH (claim:Claim {id: 'eu-2025-above-65'})-[:ABOUT]->(named:Material)
WHERE one.tested AND EXISTS { (material)-[:PART_OF*0..3]->(named) }
OPTIONAL MATCH (claim)-[:MADE_IN]->(report:Source)
WITH collect({one: one, product: product, first: first, over: over, name: name, list: list, listed: listed, material: material, grade: grade,
     named: named.name, audit_source: report.id}) AS rows
UNWIND rows AS row
WITH row, row.one AS one, row.product AS product, row.first AS first, row.first.edge AS edge, row.material AS material, row.listed AS listed,
     [r IN rows WHERE r.named = row.named AND r.over IN ['yes', 'likely'] | r.name + ' (' + r.over + ')'] AS agreeing
OPTIONAL MATCH (wanted:Benchmark)-[:APPLIES_TO]->(stage:Stage) WHERE wanted.id IN ['crma/extraction', 'crma/processing'] AND stage = row.one.stage
OPTIONAL MATCH (scrap:Benchmark {id: 'crma/recycling'})
RETURN row.name AS product, one.stage.name AS stage, row.over AS over, first.name AS third_country, edge.share AS share,
       edge.share_low AS share_low, edge.share_high AS share_high, one.own[0] AS own_share, one.own[1] AS own_low,
       CASE WHEN one.own[2] > 1 THEN 1.0 ELSE one.own[2] END AS own_high, one.unknown AS unknown_share,
       CASE WHEN product IS NOT NULL THEN wanted.value / 100.0 END AS own_wanted,
       listed.end_of_life_recycling AS recycling, scrap.value / 100.0 AS recycling_wanted,
       CASE WHEN row.named IS NULL THEN null WHEN row.over IN ['yes', 'likely'] THEN 'agrees'
            WHEN size(agreeing) > 0 THEN 'not this form; over are: ' + reduce(s = head(agreeing), a IN tail(agreeing) | s + '; ' + a)
            ELSE 'differs: no processed form of it is over the threshold by these shares' END AS auditors,
       one.method AS method, one.basis AS basis, one.period AS period,
       toString(round(100 * edge.observed_share, 1)) + ' % of ' + CASE edge.observed_of WHEN 'supply' THEN 'own production and imports'
         ELSE edge.observed_of END + coalesce(' by ' + edge.observed_basis, '')
         + ' (' + edge.observed_source + ', ' + edge.observed_period + ')' AS observed,
       COLLECT { UNWIND one.named + [[listed.source]] AS some UNWIND some AS source RETURN DISTINCT source ORDER BY source } AS sources,
       row.grade AS grade, CASE WHEN size(agreeing) > 0 THEN row.named END AS agreed,
       CASE WHEN size(agreeing) = 0 THEN row.named END AS differs, row.audit_source AS audit_source,
       listed.verified AS verified, material.name AS material, material.id AS material_id, product.id AS product_id, first.id AS country_id
ORDER BY CASE over WHEN 'yes' THEN 0 WHEN 'likely' THEN 1 WHEN 'unlikely' THEN 2 WHEN 'no' THEN 3 WHEN 'not known' THEN 4 ELSE 5 END,
         toInteger(coalesce(method = 'world-mix', false)), coalesce(share, -1.0) DESC, material, product_id
