/*
title: Which materials are mined in one country but refined mostly in another?
parameters:
  - {name: country, type: country, default: China, help: "The country whose shares of mining and of refining are set side by side", example: China}
  - {name: material, type: material, help: "Only this material or group", example: cobalt}
  - {name: show, type: choice, default: moved, choices: [moved, all], help: "Only where the largest miner is not the largest refiner, or all", example: all}
columns:
  - {name: mined_product, type: text, meaning: "What is mined"}
  - {name: refined_product, type: text, meaning: "What is made out of it"}
  - {name: top_miner, type: text, meaning: "The country that mines most of it"}
  - {name: miner_share, type: share, meaning: "Its share of the world's mined output"}
  - {name: miner_bound, type: text, meaning: "`at most` or `at least` where the share is only a bound"}
  - {name: top_refiner, type: text, meaning: "The country that refines most of it"}
  - {name: refiner_share, type: share, meaning: "Its share of the world's refined output"}
  - {name: refiner_bound, type: text, meaning: "`at most` or `at least` where the share is only a bound"}
  - {name: mined, type: share, spare: 1, meaning: "The share of the country asked for in mining; empty where the source does not name it"}
  - {name: refined, type: share, spare: 1, meaning: "Its share in refining; empty where the source does not name it"}
  - {name: shift_low, type: number, unit: percentage points, meaning: "Its share in refining less that in mining: lower bound; a country that is not named may make anything up to what no country is named for"}
  - {name: shift_high, type: number, unit: percentage points, meaning: "The same, upper bound; equal to the lower one where both shares are known"}
  - {name: mined_year, type: text, spare: 1, meaning: "Period of the mined shares"}
  - {name: refined_year, type: text, spare: 1, meaning: "Period of the refined shares"}
  - {name: comparable, type: boolean, spare: 1, meaning: "Whether both stages are of one source and period; where not, years lie between them and part of the shift may be theirs"}
  - {name: sources, type: list, meaning: "Sources of the mined and of the refined shares"}
  - {name: moved, type: boolean, detail: true, meaning: "Whether the largest miner is another country than the largest refiner"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the sources of both shares were read"}
  - {name: miner_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: refiner_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: material, type: text, detail: true, meaning: "The material that both are forms of"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: ore_id, type: text, entity: Product, detail: true, meaning: "Id of the mined product"}
  - {name: made_id, type: text, entity: Product, detail: true, meaning: "Id of the refined product"}
  - {name: own_told, type: text, detail: true, meaning: "What the country asked for mines and refines itself, where it is not the first at it"}
finding:
  - "In {moved:count=True} of {rows:pair|pairs} of a mined and a refined form one country mines most and another refines most[; of the {rows:several} pairs most refining is most often that of {top_refiner:most}]. First, {mined_product}: {top_miner}[ {miner_bound}] {miner_share} ({mined_year}); {refined_product}: {top_refiner}[ {refiner_bound}] {refiner_share} ({refined_year})[; {country} {own_told}]."
notes:
  - "The two stages are of one source and period in {comparable:count=True} of {rows:row|rows}; elsewhere part of a shift may be the years between them."
nothing: "Of {material} no two forms are in the data of which one country mines most and another refines most; --show all lists also those of which one country does both."
caveats:
  - A country's refining share says who processes, not who owns the mines or the plants.
  - The stages are often of different sources and periods; each year is in its column.
  - Materials that nobody mines for themselves have no mined share; they stand in `byproduct-ties`.
  - A material that is reported at one of the two stages only is not shown; see `data-gaps`.
method: "Mined product → (input to) → product of refining or metal making of the same material; headline shares. Shift = refined share − mined share, in percentage points; a share that is only a bound, or not stated, widens it."
data_needed: [MAKES, INPUT_TO]
examples: ["orepath ask mine-vs-refine", "orepath ask mine-vs-refine --country Indonesia --show all", "orepath ask mine-vs-refine --material cobalt"]
*/
MATCH (home:Economy:Country {id: $country})
MATCH (:Stage {id: 'extraction'})<-[:AT_STAGE]-(ore:Product)-[:FORM_OF]->(material:Material)
// A feedstock, as natural gas is of hydrogen, is no ore that is refined.
WHERE coalesce(ore.form, '') <> 'feedstock' AND ($material IS NULL OR EXISTS { MATCH (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH (ore)-[:INPUT_TO*1..3]->(made:Product)-[:AT_STAGE]->(stage:Stage) WHERE stage.position IN [4, 5] AND (made)-[:FORM_OF]->(material)
WITH DISTINCT home, material, ore, made
// The makers of both, the largest first; one edition and period each, as the headline shares are.
WITH home, material, ore, made, COLLECT {
       MATCH (country:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(ore) WHERE makes.method IS NOT NULL
       WITH *, coalesce(makes.share, makes.share_low, makes.share_high) AS held ORDER BY held DESC, country.id
       RETURN {country: country, makes: makes, held: held} } AS miners, COLLECT {
       MATCH (country:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(made) WHERE makes.method IS NOT NULL
       WITH *, coalesce(makes.share, makes.share_low, makes.share_high) AS held ORDER BY held DESC, country.id
       RETURN {country: country, makes: makes, held: held} } AS refiners
WHERE size(miners) > 0 AND size(refiners) > 0
WITH *, miners[0] AS first, refiners[0] AS last,
     head([m IN miners WHERE m.country = home | m.makes]) AS digs, head([r IN refiners WHERE r.country = home | r.makes]) AS makes,
     // What no maker is named for: the most that an unnamed country can hold.
     1 - reduce(s = 0.0, m IN miners | s + coalesce(m.makes.share, m.makes.share_low, 0)) AS unnamed_ore,
     1 - reduce(s = 0.0, r IN refiners | s + coalesce(r.makes.share, r.makes.share_low, 0)) AS unnamed_made
WITH *, ore AS product
// part: policy/partnership-coverage.withheld
WITH *, CASE WHEN digs IS NULL THEN 0.0 ELSE coalesce(digs.share, digs.share_low, digs.share_high * (1 - room), 0.0) END AS digs_low,
     CASE WHEN digs IS NOT NULL THEN coalesce(digs.share, digs.share_high, 1.0)
          WHEN room IS NOT NULL THEN CASE WHEN home IN withheld THEN room ELSE 0.0 END
          WHEN unnamed_ore > 0 THEN unnamed_ore ELSE 0.0 END AS digs_high,
     CASE WHEN makes IS NULL THEN 0.0 ELSE coalesce(makes.share, makes.share_low, 0.0) END AS makes_low,
     CASE WHEN makes IS NOT NULL THEN coalesce(makes.share, makes.share_high, 1.0)
          WHEN unnamed_made > 0 THEN unnamed_made ELSE 0.0 END AS makes_high
WITH *, first.country <> last.country AS moved WHERE $show = 'all' OR moved
MATCH (dug:Source {id: first.makes.share_source})
MATCH (won:Source {id: last.makes.share_source})
RETURN ore.name AS mined_product, made.name AS refined_product, first.country.name AS top_miner, first.held AS miner_share,
       CASE WHEN first.makes.share IS NULL THEN CASE WHEN first.makes.share_low IS NULL THEN 'at most' ELSE 'at least' END END AS miner_bound,
       last.country.name AS top_refiner, last.held AS refiner_share,
       CASE WHEN last.makes.share IS NULL THEN CASE WHEN last.makes.share_low IS NULL THEN 'at most' ELSE 'at least' END END AS refiner_bound,
       coalesce(digs.share, digs.share_low, digs.share_high) AS mined, coalesce(makes.share, makes.share_low, makes.share_high) AS refined,
       100 * (makes_low - digs_high) AS shift_low, 100 * (makes_high - digs_low) AS shift_high,
       first.makes.period AS mined_year, last.makes.period AS refined_year,
       dug = won AND first.makes.period = last.makes.period AS comparable,
       CASE WHEN dug = won THEN [dug.id] ELSE [dug.id, won.id] END AS sources, moved,
       NOT EXISTS { MATCH (made)<-[:MAKES]-(:Industry)-[report:REPORTED_BY]->(won)
                    WHERE report.period = last.makes.period AND NOT report.verified } AS verified,
       first.country.id AS miner_id, last.country.id AS refiner_id, material.name AS material,
       material.id AS material_id, ore.id AS ore_id, made.id AS made_id,
       reduce(s = null, x IN [part IN [['mines', first.country, digs.share], ['refines', last.country, makes.share]]
                WHERE part[1] <> home AND part[2] IS NOT NULL | part[0] + ' ' + CASE WHEN 0 < part[2] < 0.01 THEN 'under 1'
                  ELSE toString(toInteger(round(100 * part[2]))) END + ' %'] | coalesce(s + ' and ', '') + x) AS own_told
// The widest shift that is sure, either way.
ORDER BY moved DESC, CASE WHEN shift_low > 0 THEN shift_low WHEN shift_high < 0 THEN -shift_high ELSE 0.0 END DESC,
         shift_high DESC, material_id, ore_id, made_id
