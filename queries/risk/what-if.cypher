/*
title: What is lost if a country stops supplying, at each stage of the chain, and who could step in?
parameters:
  - {name: country, type: country, required: true, help: "The country that stops", example: China}
  - {name: material, type: material, help: "Only this material or group, and what is made of it; otherwise everything", example: dysprosium}
  - {name: importer, type: economy, default: EU, help: "The market whose loss is shown beside the world's", example: Japan}
  - {name: sector, type: sector, help: "Only what this sector cannot do without", example: defence}
  - {name: threshold, type: number, default: "10", unit: "%", help: "Leave out products of which less would be lost, by the world as by the market, in percent", example: "50"}
  - {name: as_of, type: date, default: newest, help: "Export restrictions in force on that day", example: "2026-02-03"}
columns:
  - {name: product, type: text, meaning: "What is lost"}
  - {name: stage, type: text, spare: 3, meaning: "Stage of the value chain"}
  - {name: lost, type: share, meaning: "Share of world output lost while nobody fills the gap: the country's own, and what others cannot make for want of its inputs"}
  - {name: lost_low, type: share, meaning: "The same at least: the country's shares at the low ends of their intervals, and known unused capacity of others put to use"}
  - {name: lost_high, type: share, meaning: "The same at most: the high ends, and nobody fills the gap"}
  - {name: market_lost, type: share, meaning: "Share lost of what the market has of it; absent where nothing is known of whom it has it from"}
  - {name: market_low, type: share, meaning: "The same at least; what the market recycles counts as kept"}
  - {name: market_high, type: share, meaning: "The same, at most"}
  - {name: through, type: text, spare: 2, meaning: "The chain by which most of the loss arrives; one product alone is lost directly"}
  - {name: known_by, type: text, spare: 3, meaning: "What the market's loss rests on: how its suppliers' shares are known, or that the makers are not and its inputs stand for it"}
  - {name: replace, type: list, meaning: "The largest other makers, with their shares of world output, and what they would lose themselves for want of inputs"}
  - {name: spare, type: share, spare: 1, meaning: "Known unused capacity of other countries, as a share of world output; absent where it is not in the data, which is not zero"}
  - {name: spare_known, type: text, spare: 2, meaning: "Whose unused capacity is known, or that it is not in the data"}
  - {name: recycled, type: share, spare: 2, meaning: "Part of the market's use that comes from its own end-of-life scrap, by the list of critical materials it adopted"}
  - {name: stock, type: text, spare: 1, meaning: "Days of use that the market has in stock, as far as the data go"}
  - {name: licence, type: text, codes: [restriction-kind], spare: 1, meaning: "Export restrictions of the country on it that are in force, with what is known of how long a licence takes; absent where none is in the data"}
  - {name: technologies, type: list, spare: 1, meaning: "Technologies of which most of the market cannot do without it"}
  - {name: sectors, type: list, spare: 1, meaning: "Sectors that they serve"}
  - {name: period, type: text, spare: 1, meaning: "Period of the share of world output"}
  - {name: market_period, type: text, spare: 2, meaning: "Period of the shares of what the market has"}
  - {name: source, type: text, meaning: "Source of the share of world output, of the first input whose loss arrives, of what the market has, or of the use"}
  - {name: direct_low, type: share, detail: true, meaning: "The country's own share of world output, at least; absent where only its inputs are lost"}
  - {name: direct_high, type: share, detail: true, meaning: "The same, at most"}
  - {name: market_direct, type: share, detail: true, meaning: "The country's own share of what the market has"}
  - {name: own_part, type: share, detail: true, meaning: "The same where it is at least one percentage point less than what the market loses: others lose the rest for want of inputs"}
  - {name: market_sources, type: list, detail: true, meaning: "Sources of the shares of what the market has"}
  - {name: other_sources, type: list, detail: true, meaning: "Sources of uses, stocks, recycling and restrictions"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: far_product, type: text, detail: true, meaning: "The product furthest down the chain that technologies cannot do without, and of which most is lost"}
  - {name: far_through, type: text, detail: true, meaning: "The chain to it"}
  - {name: far_low, type: share, detail: true, meaning: "Share lost of what the market has of it, at least"}
  - {name: far_high, type: share, detail: true, meaning: "The same, at most"}
  - {name: among, type: text, detail: true, meaning: "The material asked for, of whose forms most is lost of the first; others, that are made of them or won with them, may lose more"}
  - {name: country_name, type: text, detail: true, meaning: "The country"}
  - {name: market, type: text, detail: true, meaning: "The market"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
finding:
  - "If {country_name} stops, {rows:product loses|products lose} {threshold} or more of world output or of what {market} has; most[, of the forms of {among},] is lost of {product}: {lost} of world output ([{lost_low:apart=lost_high}; ]{period}; {source}) and {market_lost} of what {market} has ([{market_low:apart=market_high}; ]{market_period}[; its own share of it is {own_part}, the rest others lose for want of its inputs]); known unused capacity elsewhere is {spare} of world output ({spare_known})."
  - "If {country_name} stops, {rows:product loses|products lose} {threshold} or more of world output or of what {market} has; most[, of the forms of {among},] is lost of {product}: {lost} of world output ([{lost_low:apart=lost_high}; ]{period}; {source}) and {market_lost} of what {market} has ([{market_low:apart=market_high}; ]{market_period}[; its own share of it is {own_part}, the rest others lose for want of its inputs]); unused capacity elsewhere is not in the data."
  - "If {country_name} stops, {rows:product loses|products lose} {threshold} or more of world output or of what {market} has; most[, of the forms of {among},] is lost of {product}: {lost} of world output ([{lost_low:apart=lost_high}; ]{period}; {source}); known unused capacity elsewhere is {spare} of world output ({spare_known})."
  - "If {country_name} stops, {rows:product loses|products lose} {threshold} or more of world output or of what {market} has; most[, of the forms of {among},] is lost of {product}: {lost_low:to=lost_high} of world output ({period}; {source}); unused capacity elsewhere is not in the data."
notes:
  - "Furthest down the chain stands {far_product}: {market} would lose {far_low:to=far_high} of it ({far_through})."
  - "Technologies that cannot do without what is lost: {technologies:list}; sectors: {sectors:list}."
  - "Other makers of {product}: {replace}."
  - "In force on {as_of} on {product}: {licence}."
nothing: "{country} makes no {threshold} of the world's output of such a product or of what {importer} has of it, by the data."
caveats:
  - The country stops the products asked for and all that it makes of them; others go on as far as their inputs last, and share what is left of these in proportion.
  - Of several inputs the one counts, for each maker, of which most is lost; where a product can be made of one or the other, this counts too much.
  - Where no maker of a product is known the loss of its inputs stands for it, and for a market what it loses of these.
  - Unused capacity is that of the newest edition that gives capacity and output; where none does it is unknown, not zero, and the lower bound counts none. It may need months, or not exist any more.
  - "What a market loses of a product is never less than the country's own share of it, which `sourcing` shows, and more where others make theirs of its inputs (market_direct, own_part)."
  - Stocks delay a loss and are not taken off; substitution and lower demand are not counted.
  - Shares of different products are of different periods and sources, and never added.
method: "Loss of the world or of a market = the country's share + sum over the other makers of their share times what they lose of their own inputs (FEEDS), of several inputs the most; tier by tier down the chain. Lower bound: the country's shares at the low end, less unused capacity of others (capacity - output of the same source, year and basis) as far as their inputs last. Upper bound: the high end, and nobody fills. See docs/methods.md."
data_needed: [FEEDS, MAKES, SUPPLIES_MARKET, REPORTED_BY, HOLDS_STOCK, NEEDS]
examples: ["orepath ask what-if --country China --material dysprosium", "orepath ask what-if --country China --sector defence --threshold 80", "orepath ask what-if --country 'DR Congo' --material cobalt --importer Japan"]
*/
MATCH (country:Economy:Country {id: $country}) WITH country MATCH (market:Economy {id: $importer})
// part: chain
// part: reserves
// part: network
// part: losses
// 7. Who cannot do without it, as a form that enters a technology or as what that is made of.
WITH *, one.product AS product, head([m IN one.makers WHERE m.own]) AS own, any(m IN one.makers WHERE m.supply IS NOT NULL) AS supplied
WHERE (world.share >= $threshold / 100 OR world.high >= $threshold / 100 OR sold.share >= $threshold / 100)
  AND (one.named OR supplied OR EXISTS { (product)<-[:NEEDS]-(:Technology) })
CALL (product) {
  MATCH (product)<-[need:NEEDS]-(technology:Technology)-[:SERVES]->(sector:Sector)
  WHERE need.essential AND ($sector IS NULL OR sector.id = $sector)
  WITH need, technology, sector ORDER BY technology.name, sector.name
  RETURN collect(DISTINCT technology.name) AS technologies, collect(DISTINCT sector.name) AS sectors, coalesce(min(need.verified), true) AS verified,
         reduce(s = [], list IN collect(need.use_sources) | s + [x IN list WHERE NOT x IN s]) AS use_sources
}
WITH * WHERE $sector IS NULL OR size(technologies) > 0
MATCH (product)-[:AT_STAGE]->(stage:Stage)
// part: relief
// 9. One row for each product; where its makers are not known, period and source are those of the product whose loss arrives.
CALL (product, one, world, sold) {
  WITH CASE WHEN one.named THEN product ELSE coalesce(head(world.way), head(sold.way)) END AS first
  MATCH (first)<-[makes:MAKES]-(:Industry) WHERE makes.share_source IS NOT NULL
  WITH makes ORDER BY makes.share DESC LIMIT 1
  RETURN collect(makes)[0] AS said
}
WITH *, [n IN range(0, size(one.makers) - 1) WHERE NOT one.makers[n].own AND one.makers[n].makes.share > 0 | {by: one.makers[n].economy.name,
     share: one.makers[n].makes.share, lost: hit[n].share}] AS others,
     COLLECT { UNWIND one.makers AS m UNWIND m.supply.share_sources AS id RETURN DISTINCT id ORDER BY id } AS market_sources,
     [m IN one.makers WHERE m.supply IS NOT NULL | m.supply] AS supplies, CASE WHEN sold.share IS NULL THEN world.way ELSE sold.way END AS way
WITH *, COLLECT { UNWIND others AS o WITH o ORDER BY o.share DESC, o.by LIMIT 5
       RETURN o.by + ' ' + CASE WHEN o.share < 0.01 THEN 'under 1' ELSE toString(toInteger(round(o.share * 100))) END + ' %'
              + CASE WHEN o.lost >= 0.005 THEN ', which loses ' + toString(toInteger(round(o.lost * 100))) + ' % of its inputs'
                ELSE '' END AS text } AS replace
ORDER BY coalesce(world.share, world.high) DESC, one.level, product.id
WITH country, market, collect({product: product, stage: stage, own: own.makes, named: one.named, world: world, sold: sold, way: way,
     supply: head(supplies), taken: own.supply, market_sources: market_sources, idle: one.idle, said: said, recycled: recycled, stock: stock,
     replace: CASE WHEN one.named THEN replace ELSE ['not in the data'] END, rules: rules, licensed: licensed, technologies: technologies,
     sectors: sectors, verified: verified, level: one.level, other: use_sources + stock_sources + rule_sources + list_sources}) AS found
WITH *, reduce(far = null, f IN found | CASE WHEN size(f.technologies) > 0 AND f.sold.share >= $threshold / 100
     AND (far IS NULL OR f.level > far.level) THEN f ELSE far END) AS far
UNWIND found AS f
WITH *, EXISTS { WITH f.product AS p MATCH (p)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) } AS asked
RETURN f.product.name AS product, f.stage.name AS stage,
       CASE WHEN f.world.share > 0 OR f.world.high = 0 THEN f.world.share END AS lost,
       f.world.low AS lost_low, f.world.high AS lost_high, f.sold.share AS market_lost,
       f.sold.low * (1 - coalesce(f.recycled, 0.0)) AS market_low, f.sold.high AS market_high,
       reduce(s = head(f.way).name, p IN tail(f.way) | s + ' → ' + p.name) AS through,
       CASE WHEN f.supply IS NOT NULL THEN f.supply.method WHEN f.sold.share IS NOT NULL THEN 'inputs' END AS known_by, f.replace AS replace,
       CASE WHEN size(f.idle) > 0 THEN reduce(s = 0.0, i IN f.idle | s + i.spare) END AS spare,
       CASE WHEN size(f.idle) > 0 THEN reduce(s = head(f.idle).economy.name, i IN tail(f.idle) | s + ', ' + i.economy.name)
            ELSE 'not in the data' END AS spare_known, f.recycled AS recycled, coalesce(f.stock, 'not in the data') AS stock,
       reduce(s = head(f.rules), r IN tail(f.rules) | s + '; ' + r)
            + CASE WHEN f.licensed THEN '; how long a licence takes is not known' ELSE '' END AS licence,
       f.technologies AS technologies, f.sectors AS sectors, f.said.period AS period, f.supply.period AS market_period,
       coalesce(f.said.share_source, f.market_sources[0], f.other[0]) AS source,
       coalesce(f.own.share_low, f.own.share) AS direct_low, coalesce(f.own.share_high, f.own.share) AS direct_high, f.taken.share AS market_direct,
       CASE WHEN f.sold.share - f.taken.share >= 0.01 THEN f.taken.share END AS own_part,
       f.market_sources AS market_sources, COLLECT { UNWIND f.other AS id RETURN DISTINCT id ORDER BY id } AS other_sources, f.verified AS verified,
       far.product.name AS far_product, reduce(s = head(far.way).name, p IN tail(far.way) | s + ' → ' + p.name) AS far_through,
       far.sold.low * (1 - coalesce(far.recycled, 0.0)) AS far_low, far.sold.high AS far_high,
       CASE WHEN asked THEN COLLECT { MATCH (m:Material {id: $material}) RETURN m.name }[0] END AS among,
       country.name AS country_name, market.name AS market, f.product.id AS product_id
// What was asked for goes before what is won with it or made of it.
ORDER BY NOT asked, coalesce(f.world.share, f.world.high) DESC, f.level, product_id
