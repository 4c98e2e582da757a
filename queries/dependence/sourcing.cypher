/*
title: Where does the EU (or another market) get a material, and where is it produced?
parameters:
  - {name: material, type: material, required: true, help: "A material or a group of materials", example: lithium}
  - {name: importer, type: economy, default: EU, help: "The market", example: EU}
  - {name: stage, type: stage, help: "Only this stage of the value chain", example: extraction}
  - {name: edition, type: source, help: "A source's edition in place of the newest", example: eu-crm-2023}
  - {name: as_of, type: date, default: newest, help: "Day on which membership of the market is read", example: "2026-02-03"}
columns:
  - {name: product, type: text, meaning: "What is bought or made"}
  - {name: stage, type: text, meaning: "Stage of the value chain"}
  - {name: supplier, type: text, meaning: "The supplying economy"}
  - {name: domestic, type: boolean, meaning: "Whether the supplier is a member of the market on the day asked for"}
  - {name: share, type: share, meaning: "Share of what the market gets, by the column `share_of`"}
  - {name: bound, type: text, meaning: "`at most` where the publisher gives only a limit"}
  - {name: share_of, type: text, meaning: "What the share is of: `own production and imports`, `imports` only, or `use`"}
  - {name: world_share, type: share, meaning: "The supplier's headline share of world output of the same product"}
  - {name: world_bound, type: text, meaning: "`at most` or `at least` where the world share is only a bound"}
  - {name: world_products, type: list, meaning: "Where there is no such share: the supplier's shares of the material's other products"}
  - {name: measured, type: boolean, meaning: "False where the sourcing list only repeats the world's: no measurement"}
  - {name: period, type: text, meaning: "Period of the sourcing share"}
  - {name: world_year, type: text, meaning: "Period of the world share"}
  - {name: source, type: text, meaning: "Source of the sourcing share"}
  - {name: world_source, type: text, meaning: "Source of the world share"}
  - {name: import_reliance, type: share, detail: true, meaning: "Import reliance by the same publisher; 1 means no own production"}
  - {name: reliance_bound, type: text, detail: true, meaning: "`at most` or `at least` where the reliance is only a bound"}
  - {name: domestic_share, type: share, detail: true, meaning: "Sum of the members' shares; absent where the shares are not of own production and imports"}
  - {name: elsewhere, type: list, detail: true, meaning: "What other sources say of the same supplier, also by customs codes of the product; never added up"}
  - {name: caution, type: text, detail: true, meaning: "Why the share is no measurement; absent where it is one"}
  - {name: supplier_id, type: text, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the source was read"}
finding_per: product_id
finding:
  - "Sourcing of {product} by {importer} is not measured: {caution} ({source}); the list is led by {supplier} with {share}."
  - "{supplier} provides {bound} {share} of the {share_of} of {product} of {importer} ({period}; {source}) and makes {world_share} of the world's ({world_year}; {world_source})."
  - "{supplier} provides {share} of the {share_of} of {product} of {importer} ({period}; {source}) and makes {world_bound} {world_share} of the world's ({world_year}; {world_source})."
  - "{supplier} provides {share} of the {share_of} of {product} of {importer} ({period}; {source}) and makes {world_share} of the world's ({world_year}; {world_source})."
  - "{supplier} provides {share} of the {share_of} of {product} of {importer} ({period}; {source}); its share of the world's {product} is not in the data."
  - "From whom {importer} gets {product} is said without shares ({source}); first named is {supplier}."
  - "From whom {importer} gets {product} is said without shares."
notes:
  - "{product}: members of {importer} on {as_of} provide {domestic_share} themselves; import reliance {import_reliance}."
  - "{product}: import reliance of {importer} {reliance_bound} {import_reliance}."
  - "{product}, {supplier}, by other sources: {elsewhere}."
nothing: "Where {importer} gets {material} from is not in the data."
caveats:
  - Where sourcing is own production plus imports it is no import share; where it is imports, own production is not in it. Neither is dependence by itself.
  - The two shares are of different periods and often of different sources, each named in its column.
  - Makers of less than 1 % of the world's output from which the market buys nothing are left out.
method: "Sourcing share as published: the preferred publication that gives shares, its newest edition and period; other sources stand beside it. World share: the headline share. Members by the dates of their membership."
data_needed: [SUPPLIES, MAKES, CLASSIFIES, specificity]
examples: ["orepath ask sourcing --material magnesium", "orepath ask sourcing --material cobalt --importer USA", "orepath ask sourcing --material lithium", "orepath ask sourcing --material rare-earths --importer EU --stage processing"]
*/
MATCH (market:Economy {id: $importer})
MATCH (asked:Material {id: $material})<-[:PART_OF*0..3]-(material:Material)<-[:FORM_OF]-(product:Product)
OPTIONAL MATCH (product)-[:AT_STAGE]->(level:Stage)
WITH * WHERE NOT product:TradeCode AND ($stage IS NULL OR level.id = $stage)
// What leads, or the edition asked for, of the evidence on where this market gets this product from.
MATCH (product)-[known:SOURCING_KNOWN_FROM {market: market.id}]->(source:Source) WHERE $edition IS NULL OR source.id = $edition
WITH market, material, product, level, source, known ORDER BY known.precedence
WITH market, material, product, level, head(collect({source: source, period: known.period})) AS first
WITH market, material, product, level, first.source AS source, first.period AS period,
     // What the shares of one source and period are of is the same for all of them.
     COLLECT { MATCH (product)<-[:MAKES|TOTALS]-(:Industry)-[said:SUPPLIES {source: first.source.id, period: first.period}]->(market)
               RETURN DISTINCT
                 CASE said.share_of WHEN 'supply' THEN 'own production and imports' WHEN 'use' THEN 'use' ELSE 'imports' END AS whole
               ORDER BY whole }[0] AS share_of
// Its suppliers, and who makes the product without supplying this market.
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[makes:MAKES|TOTALS]->(product)
OPTIONAL MATCH (industry)-[supply:SUPPLIES {source: source.id, period: period}]->(market)
WITH * WHERE supply IS NOT NULL OR makes.share >= 0.01
WITH *, economy = market OR EXISTS { MATCH (economy)-[member:MEMBER_OF]->(market)
          WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of) } AS domestic
WITH market, material, product, level, source, period, share_of,
     collect({economy: economy, supply: supply, makes: makes, domestic: domestic}) AS parts,
     sum(CASE WHEN domestic THEN coalesce(supply.share, 0) ELSE 0 END) AS own
// The reliance by the same publisher: of the list, or of the market's own industry.
WITH *, COLLECT { MATCH (:CriticalityList)-[listed:LISTS {source: source.id}]->(material)
         WITH CASE level.study_code WHEN 'E' THEN listed.import_reliance_extraction ELSE listed.import_reliance_processing END AS share
         WHERE share IS NOT NULL RETURN {share: share} AS said ORDER BY share LIMIT 1 }
     + COLLECT { MATCH (:Industry {id: market.id + ':' + product.id})-[report:REPORTED_BY {measure: 'net-import-reliance'}]->(source)
         RETURN {share: coalesce(report.amount, report.low, report.high) / 100, report: report} AS said
         ORDER BY report.period DESC LIMIT 1 } AS reliance,
     [product] + COLLECT { MATCH (code:TradeCode)-[class:CLASSIFIES]->(product)
         WHERE class.specificity IN ['exact', 'dominant'] RETURN DISTINCT code } AS forms
UNWIND parts AS part
WITH *, part.economy AS economy, part.supply AS supply, part.makes AS makes, reliance[0].report AS reported
RETURN product.name AS product, level.name AS stage, economy.name AS supplier, part.domestic AS domestic,
       coalesce(supply.share, supply.high) AS share,
       CASE WHEN supply.share IS NULL AND supply.high IS NOT NULL THEN 'at most' END AS bound, share_of,
       coalesce(makes.share, makes.share_low, makes.share_high) AS world_share,
       CASE WHEN makes.method IS NULL OR makes.share IS NOT NULL THEN null
            WHEN makes.share_low IS NULL THEN 'at most' ELSE 'at least' END AS world_bound,
       COLLECT { MATCH (economy)-[:HAS]->(:Industry)-[other:MAKES]->(form:Product)-[:FORM_OF]->(material)
                 WHERE makes.method IS NULL AND supply IS NOT NULL AND other.share >= 0.005
                 RETURN form.name + ': ' + toString(toInteger(round(100 * other.share))) + ' % (' + other.period + ')' AS said ORDER BY said
       } AS world_products,
       supply.measured AS measured, supply.period AS period, makes.period AS world_year, source.id AS source,
       makes.share_source AS world_source, reliance[0].share AS import_reliance,
       CASE WHEN reported IS NULL OR reported.amount IS NOT NULL THEN null WHEN reported.low IS NULL THEN 'at most'
            ELSE 'at least' END AS reliance_bound,
       CASE share_of WHEN 'own production and imports' THEN own END AS domestic_share,
       COLLECT { UNWIND forms AS form
                 MATCH (:Industry {id: economy.id + ':' + form.id})-[said:SUPPLIES]->(market)
                 WHERE said.share IS NOT NULL AND said.source <> source.id
                 RETURN form.name + ': ' + toString(round(100 * said.share, 1)) + ' %' + coalesce(' by ' + said.basis, '')
                        + coalesce(', ' + toString(round(100 * said.value_share, 1)) + ' % by value', '')
                        + CASE said.share_of WHEN 'supply' THEN ' of own production and imports' ELSE coalesce(' of ' + said.share_of, '') END
                        + ' (' + said.source + ', ' + said.period + ')' AS text
                 ORDER BY text } AS elsewhere,
       CASE WHEN supply.measured = false THEN coalesce(supply.note, 'the published list repeats that of the world') END AS caution,
       economy.id AS supplier_id, product.id AS product_id, supply.verified AS verified
ORDER BY coalesce(level.position, 99), product_id, economy:Aggregate, coalesce(share, -1) DESC, coalesce(world_share, -1) DESC, supplier_id
