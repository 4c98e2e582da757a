/*
title: Who makes what a sector needs, stage by stage, and how much of it does one country hold?
parameters:
  - {name: sector, type: sector, required: true, help: "The sector", example: defence}
  - {name: country, type: country, required: true, help: "The country whose hold is looked at", example: China}
  - {name: material, type: material, help: "Only this material, or the members of this group", example: rare earths}
  - {name: importer, type: economy, default: EU, help: "The market: restrictions aimed only at others are left out", example: EU}
  - {name: threshold, type: number, default: "10", unit: "%", help: "Leave out materials of which the country makes less at every stage, in percent", example: "50"}
  - {name: as_of, type: date, default: newest, help: "Day of which the restrictions are told; the shares are the newest in the data", example: "2026-02-03"}
  - {name: limit, type: integer, default: "12", help: "How many materials", example: "30"}
columns:
  - {name: rank, type: integer, spare: 2, meaning: "Order of the material: by the part of the technologies' market that cannot do without it, times the country's greatest share"}
  - {name: material, type: text, meaning: "A material that the sector's technologies need"}
  - {name: stage, type: text, spare: 1, meaning: "Stage of the value chain"}
  - {name: product, type: text, meaning: "The product that stands for the stage: of several one whose makers are known, of those the one that most technologies need; at later stages also one into which the material goes"}
  - {name: maker, type: text, meaning: "The country asked for, then the three that make most besides; empty where nobody's share is known"}
  - {name: share, type: share, meaning: "Its share of the world's output, or the bound of it that is known; empty where it has none"}
  - {name: share_low, type: share, spare: 2, meaning: "The same, lower bound"}
  - {name: share_high, type: share, spare: 2, meaning: "The same, upper bound"}
  - {name: bound, type: text, meaning: "`at most` where a producer withholds its figure, so that the total may leave it out; `at least` for a limit"}
  - {name: period, type: text, spare: 1, meaning: "Period of the share"}
  - {name: essential_in, type: list, meaning: "Technologies of the sector of which most of the market cannot do without the material"}
  - {name: also_in, type: list, spare: 3, meaning: "Technologies in which it is optional, supporting, or needed by a type of which no source says that it is most of the market"}
  - {name: restricts, type: text, codes: [restriction-kind], meaning: "What the country restricts of the material, towards the market or all, and whether it is in force"}
  - {name: sources, type: list, meaning: "Source of the share; where there is none, of the uses"}
  - {name: place, type: integer, detail: true, meaning: "0 the country asked for, 1 to 3 the others, by their share"}
  - {name: position, type: integer, detail: true, meaning: "Position of the stage in the chain"}
  - {name: in_force, type: boolean, detail: true, meaning: "Whether a restriction is in force on the day"}
  - {name: top_share, type: share, detail: true, meaning: "The country's greatest share of the material's products here"}
  - {name: top_product, type: text, detail: true, meaning: "The product of which it has that"}
  - {name: over, type: integer, detail: true, meaning: "Materials needed of which the country makes over half at a stage"}
  - {name: needed, type: integer, detail: true, meaning: "Materials that the sector needs, of those asked for; empty where it is one"}
  - {name: among, type: text, detail: true, meaning: "The group asked for, where it is one"}
  - {name: left_out, type: integer, detail: true, meaning: "Materials left out by the limit"}
  - {name: restriction_sources, type: list, detail: true, meaning: "Documents of the restrictions"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: maker_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
page_per: material_id
finding:
  - "Of the {needed} materials[ among the {among}] needed in {sector}, {country} makes over half of the world's output at some stage of {over}. The first is {material}: {top_share} of {top_product}[; on {as_of}: {restricts}]."
  - "{country} makes {top_share} of the world's {top_product}, which is needed in {sector}[; on {as_of}: {restricts}]."
notes:
  - "Left out: {left_out:material|materials} (--limit)."
nothing: "No material of which {country} makes {threshold} or more at some stage is known to be needed by {sector}, in the data."
caveats:
  - The shares are of world output, not of what the sector or the market buys; `sourcing` and `sector-exposure --measure sourcing` tell what a market has.
  - A stage without a maker is not known, which is not the same as nobody; `data-gaps` tells what is missing.
  - Where a producer withholds its figure, the shares of the others are upper bounds; `top-producers` says where.
  - Elements that a source counts together, such as the light rare earths, have the same shares.
method: "Sector ← technology → forms that it needs (NEEDS, docs/methods.md) → material; groups only where no member is needed. A stage is shown by one product: a form of the material, from metal making on also a product that these go into within four steps and that the sector needs. Shares: the headline share of world output (MAKES.share). Rank as in `dependency-paths`. Restrictions as in `restrictions`."
data_needed: [MAKES, NEEDS, INPUT_TO, ExportRestriction]
examples: ["orepath ask stage-ladder --sector defence --country China", "orepath ask stage-ladder --sector defence --country China --material 'rare earths' --as-of 2025-07-01", "orepath ask stage-ladder --sector automotive --country 'DR Congo'"]
*/
MATCH (country:Economy:Country {id: $country}) MATCH (market:Economy {id: $importer})
MATCH (sector:Sector {id: $sector})<-[:SERVES]-(technology:Technology)-[need:NEEDS]->(form:Product)-[:FORM_OF]->(material:Material)
WHERE ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
  AND NOT EXISTS { MATCH (material)<-[:PART_OF*1..3]-(:Material)<-[:FORM_OF]-(:Product)<-[:NEEDS]-(:Technology)-[:SERVES]->(sector) }
WITH country, market, sector, material, technology, collect(need) AS needs, collect(form) AS forms ORDER BY technology.name
WITH country, market, sector, material, reduce(every = [], n IN collect(needs) | every + n) AS needs,
     reduce(every = [], f IN collect(forms) | every + [x IN f WHERE NOT x IN every]) AS forms,
     collect(CASE WHEN any(n IN needs WHERE n.essential) THEN technology.name END) AS essential_in,
     collect(CASE WHEN none(n IN needs WHERE n.essential) THEN technology.name END) AS also_in
// 1. One product a stage, with its makers: the country asked for, and the three that make most besides.
// part: products
WITH *, reduce(most = head(products), p IN products | CASE WHEN p.held > most.held THEN p ELSE most END) AS top
WITH *, reduce(w = 0.0, n IN needs | CASE WHEN coalesce(n.weight, 0.0) > w THEN n.weight ELSE w END) AS weight
ORDER BY weight * top.held DESC, size(essential_in) > 0 DESC, top.held DESC, material.id
WITH country, market, collect({material: material, needs: needs, essential_in: essential_in, also_in: also_in,
     products: products, top: top}) AS all_of_them
WITH country, market, size(all_of_them) AS needed, size([n IN all_of_them WHERE n.top.held > 0.5]) AS over,
     [n IN all_of_them WHERE n.top.held >= $threshold / 100] AS kept
UNWIND range(0, CASE WHEN size(kept) > toInteger($limit) THEN toInteger($limit) ELSE size(kept) END - 1) AS number
WITH country, market, needed, over, kept, number, kept[number] AS one, kept[number].material AS material
// 2. What the country restricts of it.
// part: scorecard.restrictions
UNWIND one.products AS shown
WITH *, COLLECT { UNWIND one.needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id } AS use_sources,
     shown.stage AS stage, shown.product AS product
UNWIND range(0, CASE WHEN shown.makers = [] THEN 0 ELSE size(shown.makers) - 1 END) AS place
WITH *, shown.makers[place] AS held
RETURN number + 1 AS rank, material.name AS material, stage.name AS stage, product.name AS product, held.maker.name AS maker,
       held.share AS share, held.makes.share_low AS share_low, held.makes.share_high AS share_high, held.bound AS bound,
       held.makes.period AS period, one.essential_in AS essential_in, one.also_in AS also_in, restrictions.text AS restricts,
       CASE WHEN held.makes IS NULL THEN use_sources ELSE [held.makes.share_source] END AS sources,
       CASE WHEN held IS NOT NULL THEN place END AS place, stage.position AS position,
       coalesce(restrictions.active > 0, false) AS in_force,
       one.top.held AS top_share, one.top.product.name AS top_product, over, CASE WHEN needed > 1 THEN needed END AS needed,
       COLLECT { MATCH (asked:Material {id: $material}) WHERE EXISTS { (asked)<-[:PART_OF]-(:Material) } RETURN asked.name }[0] AS among,
       CASE WHEN size(kept) > $limit THEN size(kept) - toInteger($limit) END AS left_out, restrictions.sources AS restriction_sources,
       use_sources,
       all(n IN one.needs WHERE n.verified) AS verified, material.id AS material_id, product.id AS product_id, held.maker.id AS maker_id
ORDER BY rank, position, product_id, place
