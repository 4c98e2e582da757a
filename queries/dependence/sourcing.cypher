/*
title: Where does the EU (or another market) get a material from, against where the world makes it?
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
  - {name: share, type: share, meaning: "Share of the market's sourcing, own production included"}
  - {name: bound, type: text, meaning: "`at most` where the publisher gives only a limit"}
  - {name: world_share, type: share, meaning: "The supplier's headline share of world output of the same product"}
  - {name: measured, type: boolean, meaning: "False where the sourcing list only repeats the world's: no measurement"}
  - {name: period, type: text, meaning: "Period of the sourcing share"}
  - {name: world_year, type: text, meaning: "Period of the world share"}
  - {name: source, type: text, meaning: "Source of the sourcing share"}
  - {name: world_source, type: text, meaning: "Source of the world share"}
  - {name: import_reliance, type: share, detail: true, meaning: "Import reliance at this stage by the list of the same source; 1 means no own production"}
  - {name: domestic_share, type: share, detail: true, meaning: "Sum of the members' shares"}
  - {name: caution, type: text, detail: true, meaning: "Why the share is no measurement; absent where it is one"}
  - {name: supplier_id, type: text, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the source was read"}
finding_per: product_id
finding:
  - "Sourcing of {product} by {importer} is not measured: {caution} ({source}); the list is led by {supplier} with {share}."
  - "Sourcing of {product} by {importer}: {supplier} {bound} {share} ({period}; {source}); {supplier} makes {world_share} of the world's ({world_year}; {world_source})."
  - "Sourcing of {product} by {importer}: {supplier} {share} ({period}; {source}); {supplier} makes {world_share} of the world's ({world_year}; {world_source})."
  - "Sourcing of {product} by {importer}: {supplier} {share} ({period}; {source}); its share of the world's is not in the data."
notes:
  - "{product}: members of {importer} on {as_of} provide {domestic_share} themselves; import reliance {import_reliance}."
nothing: "Where {importer} gets {material} from is not in the data."
caveats:
  - Sourcing is own production plus imports; it is no import share and, where the market produces itself, no measure of dependence.
  - The two shares are of different periods and often of different sources, each named in its column.
  - Makers of less than 1 % of the world's output from which the market buys nothing are left out.
method: "Sourcing share as published, newest edition. World share: the headline share. Members by the dates of their membership."
data_needed: [SUPPLIES, MAKES]
examples: ["orepath ask sourcing --material lithium", "orepath ask sourcing --material rare-earths --importer EU --stage processing"]
*/
MATCH (market:Economy {id: $importer})
MATCH (asked:Material {id: $material})<-[:PART_OF*0..3]-(material:Material)<-[:FORM_OF]-(product:Product)
MATCH (product)-[:AT_STAGE]->(level:Stage) WHERE $stage IS NULL OR level.id = $stage
// The newest edition that says where this market gets this product from.
MATCH (product)<-[:MAKES|TOTALS]-(:Industry)-[supply:SUPPLIES]->(market)
MATCH (source:Source {id: supply.source}) WHERE $edition IS NULL OR source.id = $edition
WITH market, material, product, level, source, max(supply.period) AS period ORDER BY source.published DESC, source.id
WITH market, material, product, level, head(collect({source: source, period: period})) AS newest
WITH market, material, product, level, newest.source AS source, newest.period AS period
// Its suppliers, and who makes the product without supplying this market.
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[makes:MAKES|TOTALS]->(product)
OPTIONAL MATCH (industry)-[supply:SUPPLIES {source: source.id, period: period}]->(market)
WITH * WHERE supply IS NOT NULL OR makes.share >= 0.01
WITH *, EXISTS { MATCH (economy)-[member:MEMBER_OF]->(market)
                 WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of) }
        OR economy = market AS domestic
WITH market, material, product, level, source, period,
     collect({economy: economy, supply: supply, makes: makes, domestic: domestic}) AS parts
WITH *, COLLECT { MATCH (list:CriticalityList)-[listed:LISTS {source: source.id}]->(material)
                 RETURN CASE level.study_code WHEN 'E' THEN listed.import_reliance_extraction
                        ELSE listed.import_reliance_processing END AS reliance ORDER BY list.year DESC LIMIT 1 }[0] AS import_reliance,
     reduce(s = 0.0, p IN parts | s + CASE WHEN p.domestic THEN coalesce(p.supply.share, 0) ELSE 0 END) AS domestic_share
UNWIND parts AS part
WITH *, part.economy AS economy, part.supply AS supply, part.makes AS makes
RETURN product.name AS product, level.name AS stage, economy.name AS supplier, part.domestic AS domestic,
       coalesce(supply.share, supply.high) AS share,
       CASE WHEN supply.share IS NULL AND supply.high IS NOT NULL THEN 'at most' END AS bound,
       makes.share AS world_share, supply.measured AS measured, supply.period AS period,
       makes.year AS world_year, supply.source AS source, makes.share_source AS world_source,
       import_reliance, domestic_share,
       CASE WHEN supply.measured = false THEN coalesce(supply.note, 'the published list repeats that of the world') END AS caution,
       economy.id AS supplier_id, product.id AS product_id, supply.verified AS verified
ORDER BY level.position, product_id, coalesce(share, -1) DESC, coalesce(world_share, -1) DESC, supplier_id
