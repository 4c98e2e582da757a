/*
title: Where do two markets, the EU and the United States, depend on the same supplier?
parameters:
  - {name: importer, type: economy, default: EU, help: "The first market", example: EU}
  - {name: other, type: economy, default: US, help: "The second market", example: US}
  - {name: material, type: material, help: "Only this material or group", example: magnesium}
  - {name: threshold, type: number, default: "20", unit: "%", help: "The least share of each market that the supplier provides, in percent", example: "30"}
  - {name: as_of, type: date, default: newest, help: "Day on which membership of the markets is read; members are no foreign suppliers", example: "2026-02-03"}
columns:
  - {name: material, type: text, meaning: "The material"}
  - {name: supplier, type: text, meaning: "The country on which both rely"}
  - {name: product, type: text, meaning: "What the first market gets"}
  - {name: share, type: share, meaning: "The supplier's share of that"}
  - {name: share_of, type: text, spare: 2, meaning: "What the first share is of: `own production and imports`, `imports`, or `use`"}
  - {name: other_product, type: text, meaning: "What the second market gets; of the same stage, or of all forms together"}
  - {name: other_share, type: share, meaning: "The supplier's share of that"}
  - {name: other_share_of, type: text, spare: 2, meaning: "What the second share is of"}
  - {name: world_share, type: share, meaning: "The supplier's share of the world's output of the first market's product"}
  - {name: world_bound, type: text, meaning: "`at most` or `at least` where the world share is only a bound"}
  - {name: reading, type: text, meaning: "`common cause` where the supplier makes half of the world's or more, so that neither can do without it; `competition` where it makes less; else `not in the data`"}
  - {name: periods, type: list, spare: 2, meaning: "Periods of the first and of the second share"}
  - {name: sources, type: list, meaning: "Sources of both shares and of the world's"}
  - {name: world_year, type: text, detail: true, meaning: "Period of the world share"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the sources of both shares were read"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: supplier_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the first market's product"}
  - {name: other_product_id, type: text, entity: Product, detail: true, meaning: "Id of the second market's product"}
finding:
  - "Suppliers that provide {threshold} or more to both {importer} and {other}: {supplier:count}, of {material:count:material|materials}, most often {supplier:most}; common cause in {reading:count=common cause:row|rows}, competition in {reading:count=competition}[, not in the data in {reading:some=not in the data}]. First, {supplier} provides {share} of the {product} of {importer}, as a share of its {share_of}, and {other_share} of the {other_product} of {other}, as a share of its {other_share_of} ({periods})."
nothing: "No supplier is known to provide {threshold} or more to both {importer} and {other}: only shares that a publisher states of a whole market are compared, which the data have of few; `compare` sets any markets side by side."
caveats:
  - The two shares differ in kind; the EU study counts own production plus imports, the United States' publisher imports only, and their periods differ.
  - Sourcing that only repeats the world's list is no measurement and is left out; customs codes are not counted either.
  - Common cause and competition are a reading of the supplier's share of the world's output, not a forecast of what governments do.
  - A material that a publisher reports for the group only is not matched with its members.
  - A market that sells more of a product abroad than it buys, by its publisher, depends on no supplier and is left out.
method: "For each market and product the preferred publication's newest measured sourcing; suppliers that are in neither market; same material and same stage, or all forms together. Threshold on both shares. Reading: supplier's headline share of world output, 50 % or more, or less."
data_needed: [SUPPLIES, MAKES]
examples: ["orepath ask shared-suppliers", "orepath ask shared-suppliers --threshold 50", "orepath ask shared-suppliers --material magnesium --threshold 10"]
*/
MATCH (market:Economy)<-[supply:SUPPLIES]-(industry:Industry)-[:MAKES|TOTALS]->(product:Product)
WHERE market.id IN [$importer, $other] AND supply.measured AND supply.share >= $threshold / 100
// A market that sells more of it abroad than it buys depends on no supplier.
AND coalesce(head(COLLECT { MATCH (market)-[:HAS]->(:Industry {id: market.id + ':' + product.id})-[net:REPORTED_BY]->(by:Source)
    WHERE net.measure = 'net-import-reliance' AND coalesce(net.amount, net.high, net.low) IS NOT NULL
    RETURN coalesce(net.amount, net.high, net.low) ORDER BY net.period DESC, by.published DESC, by.id LIMIT 1 }), 1.0) > 0
// One source for each market and product, the one that leads; several are never mixed.
MATCH (product)-[:SOURCING_KNOWN_FROM {market: market.id, period: supply.period, precedence: 1}]->(source:Source {id: supply.source})
MATCH (country:Country)-[:HAS]->(industry) WHERE NOT country.id IN [$importer, $other] AND NOT EXISTS {
  MATCH (country)-[member:MEMBER_OF]->(bloc:Bloc) WHERE bloc.id IN [$importer, $other] AND member.from <= $as_of
    AND (member.until IS NULL OR member.until > $as_of) }
MATCH (product)-[:FORM_OF]->(material:Material)
WHERE $material IS NULL OR EXISTS { MATCH (material)-[:PART_OF*0..3]->(:Material {id: $material}) }
OPTIONAL MATCH (product)-[:AT_STAGE]->(level:Stage)
WITH material, country, collect({market: market.id, product: product, level: level, share: supply.share, read: supply.verified,
     source: source, period: supply.period, industry: industry,
     share_of: CASE supply.share_of WHEN 'supply' THEN 'own production and imports' WHEN 'use' THEN 'use' ELSE 'imports' END}) AS shares
UNWIND [s IN shares WHERE s.market = $importer] AS first
UNWIND [s IN shares WHERE s.market = $other AND s.market <> $importer
        AND (s.level = first.level OR s.level IS NULL AND first.level.position < 6 OR first.level IS NULL)] AS second
WITH material, country, first, second ORDER BY first.product = second.product DESC, second.share DESC, second.product.id
WITH material, country, first, head(collect(second)) AS second
MATCH (product:Product {id: first.product.id})
OPTIONAL MATCH (country)-[:HAS]->(:Industry)-[makes:MAKES]->(product) WHERE makes.method IS NOT NULL
WITH *, coalesce(makes.share, makes.share_low, makes.share_high) AS world_share
RETURN material.name AS material, country.name AS supplier, product.name AS product, first.share AS share,
       first.share_of AS share_of, second.product.name AS other_product, second.share AS other_share,
       second.share_of AS other_share_of, world_share,
       CASE WHEN makes IS NULL OR makes.share IS NOT NULL THEN null
            WHEN makes.share_low IS NULL THEN 'at most' ELSE 'at least' END AS world_bound,
       CASE WHEN coalesce(makes.share, makes.share_low) >= 0.5 THEN 'common cause'
            WHEN coalesce(makes.share, makes.share_high) < 0.5 THEN 'competition' ELSE 'not in the data' END AS reading,
       [first.period, second.period] AS periods,
       reduce(s = [first.source.id], x IN [second.source.id, makes.share_source] |
              CASE WHEN x IS NULL OR x IN s THEN s ELSE s + [x] END) AS sources,
       makes.period AS world_year, first.read AND second.read AS verified, material.id AS material_id, country.id AS supplier_id,
       product.id AS product_id, second.product.id AS other_product_id
ORDER BY CASE WHEN share < other_share THEN share ELSE other_share END DESC, share DESC, material_id, product_id, supplier_id
