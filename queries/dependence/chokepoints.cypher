/*
title: Which countries' hold on which products would stop the most technologies and sectors?
parameters:
  - {name: importer, type: economy, default: EU, help: "The market from whose supply the share is cut", example: Japan}
  - {name: threshold, type: number, default: "50", unit: "%", help: "A country cuts a product off when it holds over this share of what the market has of it, in percent; of world output where that is not known", example: "65"}
  - {name: sector, type: sector, help: "Only technologies of this sector", example: defence}
  - {name: material, type: material, help: "Only products of this material or group", example: rare earths}
  - {name: need, type: choice, default: essential, choices: [essential, any], help: "Count technologies of which most of the market cannot do without, or all that use it", example: any}
  - {name: as_of, type: date, default: newest, help: "Day on which membership of the market is read", example: "2026-02-03"}
columns:
  - {name: rank, type: integer, meaning: "Order: by what a stop would reach (`stopped`)"}
  - {name: country, type: text, meaning: "The country"}
  - {name: product, type: text, meaning: "The product of which it holds more than the threshold"}
  - {name: stage, type: text, spare: 3, meaning: "Stage of the value chain"}
  - {name: market_share, type: share, meaning: "Its share of what the market has of it: the flow that is cut when it is removed; absent where not known"}
  - {name: market_low, type: share, meaning: "The same, low end of the interval"}
  - {name: market_high, type: share, meaning: "The same, high end"}
  - {name: known_by, type: text, spare: 2, meaning: "How the share of the market is known: reconciled, trade-only, market-mix, bloc-mix or world-mix"}
  - {name: share, type: share, meaning: "Its share of world output"}
  - {name: bound, type: text, meaning: "`at least` where only a lower bound of that is known"}
  - {name: cut_size, type: integer, spare: 2, meaning: "Size of the smallest cut: how many countries together hold more than the threshold, of what the market has or of world output"}
  - {name: suppliers_low, type: number, spare: 2, meaning: "Effective number of the world's suppliers (1 / sum of squared shares), what no country is named for counted as one"}
  - {name: suppliers_high, type: number, spare: 2, meaning: "The same, with that spread thin"}
  - {name: technologies, type: list, spare: 1, meaning: "Technologies that need it, itself or in a form made from it"}
  - {name: sectors, type: list, spare: 2, meaning: "Sectors that they serve"}
  - {name: forms, type: list, spare: 2, meaning: "Products by which it enters them"}
  - {name: stopped, type: number, spare: 2, unit: "1", meaning: "Technologies that need it, each by the part of its market that does, times the share: what a stop would reach"}
  - {name: technology_count, type: integer, meaning: "How many technologies"}
  - {name: sector_count, type: integer, meaning: "How many sectors"}
  - {name: market_period, type: text, spare: 2, meaning: "Period of the share of the market"}
  - {name: period, type: text, spare: 2, meaning: "Period of the share of world output"}
  - {name: sources, type: list, meaning: "Sources of the shares"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: market, type: text, detail: true, meaning: "The market"}
  - {name: sure, type: boolean, detail: true, meaning: "Whether the share is over the threshold even at the low end of its interval"}
  - {name: country_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
finding:
  - "{rows:country–product pair holds|country–product pairs hold} over {threshold} of what {market} has on the way to technologies; the widest is {country} in {product} with {market_share} ([{market_low:apart=market_high}; ]{market_period}; {known_by}; {sources}), and {share} of world output: {technology_count:technology|technologies} in {sector_count:sector|sectors}[; {sure:some=True} of the pairs do so even at the low end of what is known]; most pairs are held by {country:most}."
  - "{rows:country–product pair holds|country–product pairs hold} over {threshold} of what {market} has on the way to technologies; the widest is {country} in {product} with {market_share} ([{market_low:apart=market_high}; ]{market_period}; {known_by}; {sources}): {technology_count:technology|technologies} in {sector_count:sector|sectors}[; {sure:some=True} of the pairs do so even at the low end of what is known]; most pairs are held by {country:most}."
  - "{rows:country–product pair holds|country–product pairs hold} over {threshold} on the way to technologies; the widest is {country} in {product} with {share} of world output ({period}; {sources}): {technology_count:technology|technologies} in {sector_count:sector|sectors}[; {sure:some=True} of the pairs do so even at the low end of what is known]; most pairs are held by {country:most}."
nothing: "No country holds over {threshold} of what {importer} has of a product on the way to such a technology, nor of world output where no more is known, by the data."
caveats:
  - A pair cuts off when too little comes from elsewhere in the same period; stocks, spare capacity, recycling and substitutes are not counted (`what-if` shows what is known).
  - The share is of what the country itself made; what it makes others' inputs of stands with those inputs, and the whole way in `hidden-dependence`.
  - A technology counts once whatever amount it needs; what only some of its types need counts by their share of its market, and from half of it on it is listed.
  - A country that is not known to mine an ore only trades it and holds nothing, whatever its share of the trade.
  - By-products count by themselves and not for their hosts; of several ores that make one product each is listed, as none of them is told to replace the other.
  - Uses are curated and incomplete, so that a technology that is not listed is not shown to be safe.
method: "Every product on the way to a technology is needed, so that removing a pair cuts its share of the flow to the market; cut where that exceeds the threshold. The market's own makers cut nobody off. The smallest cut adds the largest shares until they exceed it. Need: the forms that enter a technology and all that they are made of (NEEDS, docs/methods.md), never what else is made of the same material. Order: sum over technologies of the part of the market that needs it, times the share of what the market has; where only the world's mix is known, no more than that of world output."
data_needed: [MAKES, SUPPLIES_MARKET, NEEDS, MEMBER_OF]
examples: ["orepath ask chokepoints", "orepath ask chokepoints --sector defence --threshold 80", "orepath ask chokepoints --material rare-earths --need any --importer Japan"]
*/
MATCH (market:Economy {id: $importer}) WITH market
MATCH (stage:Stage)<-[:AT_STAGE]-(product:Product) WHERE NOT product:TradeCode
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
// 1. The technologies that need it, as a form that enters them or as what that is made of.
CALL (product) {
  MATCH (product)<-[need:NEEDS]-(technology:Technology)-[:SERVES]->(sector:Sector)
  WHERE ($need = 'any' OR need.essential) AND ($sector IS NULL OR sector.id = $sector)
  WITH need, technology, sector ORDER BY technology.name, sector.name
  WITH collect(DISTINCT need) AS needs, collect(DISTINCT technology.name) AS technologies, collect(DISTINCT sector.name) AS sectors
  RETURN technologies, sectors, reduce(s = 0.0, n IN needs | s + coalesce(n.weight, 0.0)) AS needed, all(n IN needs WHERE n.verified) AS verified,
         COLLECT { UNWIND needs AS n UNWIND n.forms AS id MATCH (form:Product {id: id}) RETURN DISTINCT form.name AS name ORDER BY name } AS forms,
         COLLECT { UNWIND needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id } AS use_sources
}
WITH * WHERE size(technologies) > 0
// 2. Who makes it, for the world and for the market. Of ore, who is not known to mine its material or its group's only trades it.
WITH *, CASE WHEN stage.id IN ['extraction', 'beneficiation'] THEN COLLECT {
  MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material)<-[:FORM_OF]-(form:Product)-[:AT_STAGE]->(at:Stage)
  WHERE at.id IN ['extraction', 'beneficiation']
  MATCH (miner:Country)-[:HAS]->(mine:Industry)-[digs:MAKES]->(form)
  WHERE coalesce(digs.share_high, digs.share_low, digs.share, 0) > 0 OR EXISTS { MATCH (mine)-[report:REPORTED_BY]->(:Source)
        WHERE report.measure IN ['production', 'share-of-supply'] AND coalesce(report.amount, report.low, report.high, 0) > 0 }
  RETURN DISTINCT miner.id AS id } ELSE [] END AS miners
CALL (market, product, miners) {
  MATCH (country:Country)-[:HAS]->(industry:Industry)-[makes:MAKES]->(product)
  OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(market)
  WITH *, coalesce(makes.share, makes.share_low) AS share
  WHERE (share > 0 OR supply IS NOT NULL) AND (size(miners) = 0 OR country.id IN miners)
  WITH *, country = market OR EXISTS { MATCH (country)-[member:MEMBER_OF]->(market)
       WHERE coalesce(member.from <= $as_of, true) AND (member.until IS NULL OR member.until > $as_of) } AS home
  WITH collect({by: country, makes: makes, share: share, supply: supply, home: home}) AS found
  WITH found, any(m IN found WHERE m.supply IS NOT NULL) AS known
  // The world's mix alone: no more than the country has of world output.
  WITH [m IN found | {by: m.by, makes: m.makes, share: m.share, supply: m.supply, home: m.home, held: CASE
        WHEN NOT known OR m.supply.method = 'world-mix' AND m.share < m.supply.share THEN m.share ELSE m.supply.share END}] AS makers
  RETURN makers, COLLECT { UNWIND makers AS m WITH m.held AS held WHERE held > 0 RETURN held ORDER BY held DESC } AS parts
}
// 3. How concentrated the world's output is, and the pairs over the threshold.
WITH *, reduce(s = 0.0, m IN makers | s + coalesce(m.share, 0.0) ^ 2) AS squares, reduce(s = 1.0, m IN makers | s - coalesce(m.share, 0.0)) AS unnamed
UNWIND [m IN makers WHERE m.held > $threshold / 100 AND NOT m.home] AS one
WITH * ORDER BY needed * one.held DESC, size(sectors) DESC, product.id, one.by.id
WITH market, collect({by: one.by, product: product, stage: stage, makes: one.makes, supply: one.supply, share: one.share, technologies: technologies,
     sectors: sectors, forms: forms, stopped: needed * one.held, verified: verified, use_sources: use_sources, squares: squares,
     unnamed: unnamed, parts: parts}) AS found
UNWIND range(0, size(found) - 1) AS position
WITH market, position + 1 AS rank, found[position] AS one
RETURN rank, one.by.name AS country, one.product.name AS product, one.stage.name AS stage, one.supply.share AS market_share,
       one.supply.share_low AS market_low, one.supply.share_high AS market_high, one.supply.method AS known_by, one.share AS share,
       CASE WHEN one.makes.share IS NULL AND one.share IS NOT NULL THEN 'at least' END AS bound,
       head([n IN range(1, size(one.parts)) WHERE reduce(s = 0.0, p IN one.parts[0..n] | s + p) > $threshold / 100 | n]) AS cut_size,
       CASE WHEN one.squares > 0 THEN 1 / (one.squares + CASE WHEN one.unnamed > 0 THEN one.unnamed ^ 2 ELSE 0 END) END AS suppliers_low,
       CASE WHEN one.squares > 0 THEN 1 / one.squares END AS suppliers_high,
       one.technologies AS technologies, one.sectors AS sectors, one.forms AS forms,
       round(one.stopped, 4) AS stopped, size(one.technologies) AS technology_count, size(one.sectors) AS sector_count,
       one.supply.period AS market_period, one.makes.period AS period,
       COLLECT { UNWIND [one.makes.share_source] + coalesce(one.supply.share_sources, []) AS id
                 WITH id WHERE id IS NOT NULL RETURN DISTINCT id ORDER BY id } AS sources,
       one.use_sources AS use_sources, one.verified AS verified, market.name AS market,
       coalesce(one.supply.share_low, one.makes.share_low, one.share) > $threshold / 100 AS sure,
       one.by.id AS country_id, one.product.id AS product_id
ORDER BY rank
