/*
title: How much of a material does a technology take, and what would a target need against today's output and supply?
parameters:
  - {name: technology, type: technology, help: "A technology, with its kinds", example: wind-dd-pmsg}
  - {name: material, type: material, help: "Only this material, its group or its members", example: dysprosium}
  - {name: amount, type: number, default: "1", help: "How much of the technology: the target", example: "10"}
  - {name: unit, type: choice, default: usual, choices: [usual, mw, gw, kwh, gwh, vehicle, motor, unit, platform, t], help: "What the amount counts; `usual` is 1 GW, 1 GWh, a million vehicles or motors, 1,000 units or t, 1 platform", example: gw}
  - {name: importer, type: economy, default: EU, help: "Whose supply it is set against", example: EU}
  - {name: limit, type: integer, default: "10", help: "How many rows", example: "100"}
columns:
  - {name: technology, type: text, meaning: "The technology, or the kind of it"}
  - {name: material, type: text, meaning: "What it takes: a material, or a product such as magnets"}
  - {name: per_unit, type: text, meaning: "Mass in one unit, by the document that leads: read rather than not, and the newest"}
  - {name: needs, type: number, unit: t, meaning: "Mass in the amount asked for; the upper end where the document gives a range"}
  - {name: share_of_world, type: number, unit: percent, meaning: "What the amount needs, in percent of what `world_of` names; may be above 100"}
  - {name: world_of, type: text, meaning: "World output of a year, where there is none that of the largest maker, else the known demand of a year"}
  - {name: share_of_supply, type: number, unit: percent, meaning: "What the amount needs, in percent of what the market has in a year; may be above 100"}
  - {name: first_supplier, type: text, meaning: "Who made most of what the market has of that form: the reconciled share and its interval"}
  - {name: source, type: text, meaning: "The document on the mass in one unit"}
  - {name: needs_low, type: number, unit: t, detail: true, meaning: "The need by the lowest figure of all documents that were read, where they differ"}
  - {name: needs_high, type: number, unit: t, detail: true, meaning: "The same by the highest"}
  - {name: world, type: number, unit: t, detail: true, meaning: "The output or demand that it is compared with, or its lower bound"}
  - {name: supply, type: number, unit: t, detail: true, meaning: "What the market has of it in a year, or its lower bound"}
  - {name: supply_of, type: text, detail: true, meaning: "What the supply is: reported use, or the output of members that is known and net imports; with the year"}
  - {name: sources, type: list, detail: true, meaning: "All documents and sources of the row"}
  - {name: documents, type: integer, detail: true, meaning: "How many documents give a figure"}
  - {name: what, type: text, detail: true, meaning: "Design, size or model that the leading document speaks of"}
  - {name: projected, type: text, detail: true, meaning: "Demand of this technology that a source projects, with the year and the scenario"}
  - {name: asked, type: text, detail: true, meaning: "The amount of the technology, in words"}
  - {name: world_told, type: text, detail: true, meaning: "What `world_of` names, in words"}
  - {name: no_supply, type: text, detail: true, meaning: "That the market's supply is not in the data, in words"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the leading document was read"}
  - {name: technology_id, type: text, entity: Technology, detail: true, meaning: "Id of the technology"}
  - {name: material_id, type: text, entity: [Material, Product], detail: true, meaning: "Id of the material or product"}
  - {name: world_product, type: text, detail: true, meaning: "Id of the product whose output is compared"}
finding:
  - "A target of {asked} needs {needs} t of {material}[ ({needs_low:to=needs_high} t)]: {share_of_world} % of the {world_told}[; {share_of_supply} % of what {importer} has in a year ({supply_of})][{no_supply}][; the largest maker of what {importer} has of it was {first_supplier}]."
  - "A target of {asked} needs {needs} t of {material}[ ({needs_low:to=needs_high} t)]; the world's output of it, counted alike, is not in the data[; it is {share_of_supply} % of what {importer} has in a year ({supply_of})][{no_supply}]."
nothing: "How much of {material} {technology} takes, in such a unit, is not in the data."
caveats:
  - "These are needs of a design, and no forecast: how much will be built, and of which design, is for the one who asks to say. No target in GW, GWh or vehicles is in the data."
  - Only what stays in the product is counted where the document does not say otherwise; what is lost in making it comes on top, and scrap may return.
  - Output of mines counts what is contained, or oxide where it says so (about a sixth more than the metal for rare earths); magnets and cells are gross. A need is compared only with a form counted alike.
  - A share of one year's output is no shortage. Output grows, and other users compete for it.
  - Ranges join documents of different designs, sizes and years; one that was not read widens no range.
method: "USED_IN with a mass per unit, times the amount. World: newest output of the most refined form that is counted by content, in OUTPUT_KNOWN_FROM's order; else the largest maker's; else uses in tonnes added up. Supply: reported use, else output of members and net imports under the code of a metal."
data_needed: [USED_IN, REPORTED_BY, OUTPUT_KNOWN_FROM, SUPPLIES_MARKET]
examples: ["orepath ask demand --technology wind-dd-pmsg --amount 10 --unit gw", "orepath ask demand --technology electric-car --amount 1000000 --unit vehicle", "orepath ask demand --material dysprosium"]
*/
MATCH (market:Economy {id: $importer})
MATCH (used:Material|Product)-[mass:USED_IN]->(technology:Technology)
WHERE mass.quantity_unit STARTS WITH 'kg-per-' AND coalesce(mass.quantity, mass.quantity_low, mass.quantity_high) IS NOT NULL
  AND ($technology IS NULL OR EXISTS { (technology)-[:KIND_OF*0..2]->(:Technology {id: $technology}) })
  AND ($material IS NULL OR EXISTS { MATCH (used)-[:FORM_OF*0..1]->(m:Material)
        WHERE EXISTS { (m)-[:PART_OF*0..3]->(:Material {id: $material}) } OR (used = m
            AND EXISTS { (:Material {id: $material})-[:PART_OF*1..3]->(m) }) })
// 1. What one unit is, and how many are asked for.
WITH market, used, mass, technology, substring(mass.quantity_unit, 7) AS counted,
     CASE $unit WHEN 'gw' THEN 'MW' WHEN 'mw' THEN 'MW' WHEN 'kwh' THEN 'kWh' WHEN 'gwh' THEN 'kWh' WHEN 't' THEN 'kg' WHEN 'usual' THEN null
         ELSE $unit END AS wanted
WHERE wanted IS NULL OR counted = wanted
WITH *, $amount * CASE $unit WHEN 'usual' THEN CASE counted WHEN 'MW' THEN 1000 WHEN 'platform' THEN 1 WHEN 'unit' THEN 1000 ELSE 1000000 END
                             WHEN 'gw' THEN 1000 WHEN 'gwh' THEN 1000000 WHEN 't' THEN 1000 ELSE 1 END AS units
// 2. Of all documents the one that leads, and the range of those that were read.
MATCH (document:Source {id: mass.source})
ORDER BY mass.verified DESC, coalesce(document.grade, '') = 'D', mass.quantity IS NULL, coalesce(document.published, '') DESC, mass.role
WITH market, used, technology, counted, units, collect({mass: mass, verified: mass.verified, grade: coalesce(document.grade, '')}) AS stated
WITH *, stated[0].mass AS lead, stated[0].grade = 'D' AS weak, [a IN stated WHERE a.verified OR NOT stated[0].verified | a.mass] AS read
WITH *, reduce(x = null, u IN read | CASE WHEN x IS NULL OR coalesce(u.quantity_low, u.quantity, u.quantity_high) < x
          THEN coalesce(u.quantity_low, u.quantity, u.quantity_high) ELSE x END) AS low,
     reduce(x = null, u IN read | CASE WHEN x IS NULL OR coalesce(u.quantity_high, u.quantity, u.quantity_low) > x
          THEN coalesce(u.quantity_high, u.quantity, u.quantity_low) ELSE x END) AS high
WITH *, units * lead.quantity / 1000 AS needs, units * low / 1000 AS needs_low, units * high / 1000 AS needs_high
// part: world
// part: supply
WITH *, 100 * coalesce(needs, needs_high) / world.amount AS of_world, 100 * coalesce(needs, needs_high) / supply.amount AS of_supply,
     CASE counted WHEN 'MW' THEN [units / 1000, 'GW'] WHEN 'kWh' THEN [units / 1000000, 'GWh'] WHEN 'kg' THEN [units / 1000, 't']
       ELSE CASE WHEN units >= 1000000 THEN [units / 1000000, 'million ' + counted + 's'] ELSE [units, counted + CASE WHEN units = 1 THEN ''
           ELSE 's' END] END END AS asked
RETURN technology.name AS technology, used.name AS material,
       coalesce(CASE WHEN lead.quantity = toInteger(lead.quantity) THEN toString(toInteger(lead.quantity)) ELSE toString(round(lead.quantity,
           4)) END, CASE WHEN lead.quantity_low IS NULL THEN 'up to ' + toString(round(lead.quantity_high, 4))
         WHEN lead.quantity_high IS NULL THEN 'at least ' + toString(round(lead.quantity_low, 4))
         ELSE toString(round(lead.quantity_low, 4)) + ' to ' + toString(round(lead.quantity_high, 4)) END) + ' kg/' + counted AS per_unit,
       coalesce(needs, needs_high) AS needs,
       round(of_world, CASE WHEN of_world >= 1 THEN 1 WHEN of_world >= 0.01 THEN 2 ELSE 5 END) AS share_of_world,
       world.short AS world_of,
       round(of_supply, CASE WHEN of_supply >= 1 THEN 1 WHEN of_supply >= 0.01 THEN 2 ELSE 5 END) AS share_of_supply, first_supplier,
           lead.source AS source, CASE WHEN low < high THEN needs_low END AS needs_low, CASE WHEN low < high THEN needs_high END AS needs_high,
       world.amount AS world, supply.amount AS supply, supply.of AS supply_of,
       COLLECT { UNWIND [u IN read | u.source] + coalesce(world.sources, []) + coalesce(supply.sources, []) + supplier_sources AS id
                 RETURN DISTINCT id ORDER BY id } AS sources,
       size(stated) AS documents, coalesce(lead.basis_note, lead.role) AS what, projected,
       CASE WHEN asked[0] = toInteger(asked[0]) THEN toString(toInteger(asked[0])) ELSE toString(asked[0]) END + ' ' + asked[1] + ' ('
           + technology.name + ')' AS asked,
       world.of AS world_told, CASE WHEN supply IS NULL THEN '; what ' + market.name + ' has of it in a year is not in the data' END AS no_supply,
       lead.verified AS verified, technology.id AS technology_id, used.id AS material_id, world.product AS world_product
ORDER BY material_id = $material DESC, weak, coalesce(of_world, of_supply) IS NULL, CASE WHEN of_supply > coalesce(of_world, 0.0) THEN of_supply
    ELSE of_world END DESC, needs DESC, technology_id, material_id
LIMIT toInteger($limit)
