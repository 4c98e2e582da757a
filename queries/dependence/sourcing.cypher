/*
title: Where does the EU (or another market) get a material, and where is it produced?
parameters:
  - {name: material, type: material, required: true, help: "A material or a group of materials", example: lithium}
  - {name: importer, type: economy, default: EU, help: "The market", example: EU}
  - {name: stage, type: stage, help: "Only this stage of the value chain", example: extraction}
  - {name: edition, type: source, help: "A source of observed shares in place of the one that leads", example: eu-crm-2023}
  - {name: as_of, type: date, default: newest, help: "Day on which membership of the market is read", example: "2026-02-03"}
  - {name: show, type: choice, choices: [known, all], default: known, help: "`all`: also small suppliers, and of a group's members what only the world's output tells of", example: all}
columns:
  - {name: product, type: text, meaning: "What is bought or made"}
  - {name: stage, type: text, meaning: "Stage of the value chain"}
  - {name: supplier, type: text, meaning: "The supplying economy"}
  - {name: domestic, type: boolean, spare: 3, meaning: "Whether the supplier is the market, or a member of it on the day asked for"}
  - {name: observed_share, type: share, meaning: "The supplier's observed share of what `observed_of` names: by customs, or as published"}
  - {name: observed_value_share, type: share, spare: 2, meaning: "The same by value, where the source gives both"}
  - {name: observed_of, type: text, meaning: "What the observed share is divided by: `imports`, `use`, or `supply (own production and imports)`; by mass or value where the source says; the customs code"}
  - {name: observed_period, type: text, meaning: "Period of the observed share"}
  - {name: source, type: text, meaning: "Source of the observed share"}
  - {name: share, type: share, meaning: "What the supplier made of all that the market has of it, re-exports followed to the maker: the one reconciled figure of all questions"}
  - {name: share_low, type: share, meaning: "The same, lower end of the interval of 90 %"}
  - {name: share_high, type: share, meaning: "The same, upper end"}
  - {name: share_of, type: text, spare: 3, meaning: "What that is divided by: the market's own output that stays, and its imports; by mass or by value"}
  - {name: unnamed, type: share, detail: true, meaning: "What of the product that the market has was made by nobody whom a source names, from a twentieth on: a part of its own, and no supplier's"}
  - {name: method, type: text, spare: 1, meaning: "How that is known: reconciled, trade-only, market-mix, bloc-mix or world-mix (docs/methods.md)"}
  - {name: period, type: text, spare: 1, meaning: "Period of the reconciled share"}
  - {name: world_share, type: share, meaning: "The supplier's headline share of world output of the same product"}
  - {name: world_period, type: text, spare: 2, meaning: "Period of the world share"}
  - {name: world_source, type: text, spare: 2, meaning: "Source of the world share"}
  - {name: caution, type: text, spare: 1, meaning: "Where no output of the supplier is known: it trades what others made. Or why the observed share is no measurement"}
  - {name: observed_bound, type: text, detail: true, meaning: "`at most` where the publisher of the observed share gives only a limit"}
  - {name: world_low, type: share, detail: true, meaning: "The world share, or its lower bound"}
  - {name: world_high, type: share, detail: true, meaning: "The world share, or its upper bound"}
  - {name: world_products, type: list, detail: true, meaning: "Where there is no world share: the supplier's shares of the material's other products"}
  - {name: elsewhere, type: list, detail: true, meaning: "What other sources say of the same supplier, each with what it divides by; never added up"}
  - {name: domestic_share, type: share, detail: true, meaning: "Sum of the reconciled shares of the market itself or its members"}
  - {name: home_makers, type: list, detail: true, meaning: "The market or its members that made it, each with its share and interval"}
  - {name: import_reliance, type: share, detail: true, meaning: "Import reliance by the market's own list or statistics; 1 means no own production"}
  - {name: reliance_low, type: share, detail: true, meaning: "The same, or its lower bound"}
  - {name: reliance_high, type: share, detail: true, meaning: "The same, or its upper bound"}
  - {name: reliance_source, type: text, detail: true, meaning: "Source of the import reliance"}
  - {name: sources, type: list, detail: true, meaning: "Sources of the reconciled share"}
  - {name: limited, type: list, detail: true, meaning: "Suppliers of the product whose output by other evidence is above their capacity, and was held by that"}
  - {name: limited_by, type: list, detail: true, meaning: "Sources of these capacities"}
  - {name: counted_with, type: list, detail: true, meaning: "Where no observed share is known: customs codes that hold the product together with others"}
  - {name: untraced, type: text, detail: true, meaning: "The product where nothing is known of this market but the world's output"}
  - {name: left_out, type: integer, detail: true, meaning: "Products of the group's members that are left out, as only the world's output tells of them"}
  - {name: named, type: text, detail: true, meaning: "The supplier, and whether it only trades"}
  - {name: supplier_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the source of the observed share was read"}
finding_per: product_id
finding:
  - "{untraced}: from whom {importer} has it neither trade nor a publication says; by the world's output alone {named} made {share} of it ([{share_low:apart=share_high}; ]{period})[; who made {unnamed} of it no source tells][, and makes {world_low:to=world_high} of the world's ({world_period}; {world_source})]."
  - "{product}: {named} provides[ {observed_bound}] {observed_share} of the {observed_of} of {importer}[, {observed_value_share} by value] ({observed_period}; {source})[; of all that {importer} has of it, own output and imports by origin, it made {share} ({share_low:to=share_high}; {method}, {period})][; within {importer} it was made by {home_makers:list}][; who made {unnamed} of it no source tells][; {named} makes {world_low:to=world_high} of the world's ({world_period}; {world_source})]."
  - "{product}: of all that {importer} has of it, own output and imports by origin, {named} made {share} ([{share_low:apart=share_high}; ]{method}, {period})[; within {importer} it was made by {home_makers:list}][; who made {unnamed} of it no source tells][; {named} makes {world_low:to=world_high} of the world's ({world_period}; {world_source})]."
  - "{product}: from whom {importer} has it is said without shares ({source}); first named is {named}."
  - "{product}: from whom {importer} has it is not measured as a whole; said of {named}: {elsewhere}."
notes:
  - "{product}, {supplier}, by other sources: {elsewhere}."
  - "{product}: capacity bounds what {limited:list} made ({limited_by:list}), of which other evidence says more."
  - "{product}: the own output of {importer} is {domestic_share} of what it has."
  - "{product}: import reliance of {importer} {reliance_low:to=reliance_high} ({reliance_source})."
  - "{product}: customs count it only together with other products ({counted_with}), so that no share of its imports is in the data."
  - "Left out: {left_out:product|products} of the members of {material}, of which only the world's output is known (--show all)."
nothing: "Where {importer} gets {material} from is not in the data for what was asked."
caveats:
  - Shares of imports, of use, and of own production and imports are of different wholes and never compared without saying so; the column beside each names its whole.
  - The observed share names the country that customs or the publisher name, the reconciled one the country that made it.
  - The reconciled share is an estimate from all evidence at once, with an interval of 90 %; a world-mix takes the world's output for want of trade.
  - The shares are of different periods and often of different sources, each named in its column.
  - Suppliers of less than 1 % are left out, and makers of less than 5 % of the world's output of whom the market has nothing (--show all).
method: "Observed: what was measured of the product or of the customs code that is it, the newest first, of one year customs before others; other sources stand beside it. Reconciled: SUPPLIES_MARKET. World: the headline share. Order: processed products before ore, what is known of this market before what only the world's output tells, then what most technologies cannot do without, in the form nearest to them. Members by the dates of their membership."
data_needed: [SUPPLIES, SUPPLIES_MARKET, MAKES, CLASSIFIES, NEEDS, specificity]
examples: ["orepath ask sourcing --material magnesium", "orepath ask sourcing --material cobalt --importer USA", "orepath ask sourcing --material lithium", "orepath ask sourcing --material rare-earths --importer EU --stage component"]
*/
MATCH (market:Economy {id: $importer})
MATCH (:Material {id: $material})<-[part:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(product:Product) WHERE NOT product:TradeCode
OPTIONAL MATCH (product)-[:AT_STAGE]->(level:Stage)
WITH market, product, level, min(size(part)) > 0 AS member WHERE $stage IS NULL OR level.id = $stage
// part: observed
WITH *, head([e IN evidence WHERE CASE WHEN $edition IS NULL THEN e.leads ELSE e.source = $edition END]) AS lead
// part: suppliers
WITH *, lead IS NOT NULL OR any(p IN parts WHERE coalesce(p.edge.method, 'world-mix') <> 'world-mix') AS traced,
     any(p IN parts WHERE p.edge IS NOT NULL) AS derived WHERE size(evidence) > 0 OR derived
// 3. Of a group's members only what is known of this market, where that is something.
WITH market, collect({product: product, level: level, member: member, evidence: evidence, lead: lead, parts: parts, own: own,
     mined: mined, traced: traced, rest: 1.0 - reduce(s = 0.0, p IN parts | s + coalesce(p.edge.share, 0.0)), derived: derived,
     needed: COUNT { (product)<-[:NEEDS {essential: true}]-(:Technology) }}) AS found
WITH market, found, [f IN found WHERE $show = 'all' OR f.traced OR NOT f.member OR NOT any(x IN found WHERE x.traced)] AS shown
UNWIND shown AS one
UNWIND one.parts AS part
WITH market, one, part, one.product AS product, one.lead AS lead, part.economy AS economy, part.makes AS makes, part.edge AS edge,
     part.said AS said, nullIf(size(found) - size(shown), 0) AS left_out
WHERE $show = 'all' OR coalesce(said.share, said.high, edge.share, 0) >= 0.01 OR (said IS NOT NULL AND said.share IS NULL)
   OR (makes.share >= 0.05 AND one.traced) OR NOT (one.traced OR one.derived)
WITH *, CASE WHEN part.trades THEN CASE WHEN one.mined THEN 'no mine there is known: it trades what others mined'
             ELSE 'no output of it there is known: it may trade what others made' END END AS trading,
     COLLECT { UNWIND one.evidence AS e UNWIND e.statements AS s WITH e, s.said AS also
       WHERE s.economy = economy AND e.key <> coalesce(lead.key, '') AND coalesce(also.share, also.high) IS NOT NULL
       RETURN CASE WHEN also.share IS NULL THEN 'at most ' ELSE '' END + toString(round(100 * coalesce(also.share, also.high), 1))
              + ' % of the ' + e.of + coalesce(', ' + toString(round(100 * also.value_share, 1)) + ' % by value', '') + ' (' + e.called
              + ', ' + e.period + CASE WHEN also.measured THEN ')' ELSE ', not measured)' END AS text } AS elsewhere
// 4. The import reliance of the market: by its newest list, for the stage, or by its statistics.
WITH *, COLLECT { MATCH (product)-[:FORM_OF]->(:Material)<-[listed:LISTS]-(list:CriticalityList)-[:ADOPTED_BY]->(market)
         WITH list, listed, CASE WHEN one.mined THEN listed.import_reliance_extraction
                                 WHEN one.level.study_code = 'P' THEN listed.import_reliance_processing END AS share
         WHERE share IS NOT NULL RETURN {amount: share, low: share, high: share, source: listed.source} AS reliance
         ORDER BY list.published DESC, share LIMIT 1 }
     + COLLECT { MATCH (:Industry {id: market.id + ':' + product.id})-[report:REPORTED_BY {measure: 'net-import-reliance'}]->(source:Source)
         RETURN {amount: report.amount / 100, low: coalesce(report.amount, report.low, 0) / 100,
                 high: coalesce(report.amount, report.high, 100) / 100, source: source.id} AS reliance
         ORDER BY report.period DESC, source.id DESC LIMIT 1 } AS reliances
WITH *, reliances[0] AS reliance
RETURN product.name AS product, one.level.name AS stage, economy.name AS supplier, part.domestic AS domestic,
       coalesce(said.share, said.high) AS observed_share, said.value_share AS observed_value_share,
       CASE WHEN said IS NOT NULL THEN lead.of END AS observed_of, said.period AS observed_period, said.source AS source,
       edge.share AS share, edge.share_low AS share_low, edge.share_high AS share_high,
       CASE WHEN edge IS NOT NULL THEN 'own output and imports by origin, by ' + edge.basis END AS share_of,
       CASE WHEN one.derived AND one.rest >= 0.05 THEN round(one.rest, 6) END AS unnamed,
       edge.method AS method, edge.period AS period,
       makes.share AS world_share, makes.period AS world_period, makes.share_source AS world_source,
       coalesce(CASE WHEN said.measured = false THEN coalesce(said.note, 'the published list repeats that of the world') END, trading) AS caution,
       CASE WHEN said.share IS NULL AND said.high IS NOT NULL THEN 'at most' END AS observed_bound,
       CASE WHEN makes.method IS NOT NULL THEN coalesce(makes.share, makes.share_low, 0.0) END AS world_low,
       CASE WHEN makes.method IS NOT NULL THEN coalesce(makes.share, makes.share_high, 1.0) END AS world_high,
       COLLECT { UNWIND CASE WHEN makes.method IS NULL THEN [product] ELSE [] END AS made
                 MATCH (made)-[:FORM_OF]->(:Material)<-[:FORM_OF]-(form:Product)
                 MATCH (:Industry {id: economy.id + ':' + form.id})-[other:MAKES]->(form) WHERE other.share >= 0.005
                 RETURN DISTINCT form.name + ': ' + toString(toInteger(round(100 * other.share))) + ' % (' + other.period + ')' AS text
                 ORDER BY text } AS world_products,
       elsewhere, CASE WHEN one.derived THEN one.own END AS domestic_share,
       [p IN one.parts WHERE p.domestic AND p.edge.share >= 0.01 | p.economy.name + ' ' + toString(toInteger(round(100 * p.edge.share))) + ' % ('
        + toString(toInteger(round(100 * p.edge.share_low))) + '-' + toString(toInteger(round(100 * p.edge.share_high))) + ')'] AS home_makers,
       reliance.amount AS import_reliance,
       reliance.low AS reliance_low, reliance.high AS reliance_high, reliance.source AS reliance_source,
       edge.share_sources AS sources,
       [p IN one.parts WHERE p.edge.limited_by IS NOT NULL AND p.edge.share >= 0.01 | p.economy.name] AS limited,
       COLLECT { UNWIND one.parts AS p WITH p WHERE p.edge.limited_by IS NOT NULL AND p.edge.share >= 0.01
                 RETURN DISTINCT p.edge.limited_by AS source ORDER BY source } AS limited_by,
       COLLECT { MATCH (product)<-[covers:CLASSIFIES {specificity: 'shared'}]-(code:TradeCode)
                 WHERE lead IS NULL AND (code.id STARTS WITH 'cn') = (market:Bloc OR EXISTS { (market)-[:MEMBER_OF]->(:Bloc) })
                 WITH DISTINCT code ORDER BY code.id DESC RETURN code.name AS name LIMIT 3 } AS counted_with,
       CASE WHEN NOT one.traced THEN product.name END AS untraced, left_out,
       economy.name + CASE WHEN NOT part.trades THEN '' WHEN one.mined THEN ' (no mine known: it trades)' ELSE ' (no output known)' END AS named,
       economy.id AS supplier_id, product.id AS product_id, said.verified AS verified
ORDER BY toInteger(one.mined), toInteger(NOT one.traced), -one.needed, -coalesce(one.level.position, 0), product_id, economy:Aggregate,
         CASE WHEN coalesce(observed_share, 0.0) > coalesce(share, 0.0) THEN observed_share ELSE coalesce(share, -1.0) END DESC,
         coalesce(world_share, -1.0) DESC, supplier_id
