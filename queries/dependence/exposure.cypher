/*
title: On which countries do a firm's own purchases rest, directly and upstream, and what do these restrict?
parameters:
  - {name: company, type: company, help: "Only what this company buys", example: ACME Motors}
  - {name: product, type: product, help: "Only purchases of this product", example: NdFeB magnet}
  - {name: country, type: country, help: "Only what rests on this country; without it, where the sellers are and the five on which most rests upstream", example: China}
  - {name: importer, type: economy, default: EU, help: "Where the firm is: restrictions aimed at it, or at all, are told", example: US}
  - {name: threshold, type: number, default: "5", unit: "%", help: "Leave out countries on which less than this rests", example: "1"}
  - {name: as_of, type: date, default: newest, help: "Day of the restrictions", example: "2026-02-03"}
  - {name: tiers, type: integer, default: "6", help: "How many steps upstream, at most 6", example: "2"}
columns:
  - {name: product, type: text, meaning: "What is bought"}
  - {name: amount, type: text, meaning: "How much, by the firm's own table"}
  - {name: supplier, type: text, meaning: "From whom, and where that is"}
  - {name: rests_on, type: text, meaning: "The country on which it rests"}
  - {name: share, type: share, meaning: "What of the purchase rests on it: all where the seller is there, else what of the inputs of that country's industry does"}
  - {name: interval, type: text, meaning: "The same with the country's share of everything at the low and at the high ends; empty where the table says it"}
  - {name: how, type: text, meaning: "`bought there`, or the line of inputs that adds most, its first and its last, with `(world mix)` where most is known by the world's mix only"}
  - {name: restricts, type: text, codes: [restriction-kind], meaning: "The country's export restrictions on a product of that line, in force, suspended or announced"}
  - {name: company, type: text, meaning: "Who buys"}
  - {name: period, type: text, meaning: "When"}
  - {name: source, type: text, detail: true, meaning: "The table"}
  - {name: trader, type: text, detail: true, meaning: "The purchase where no output of the seller's country is known, so that the seller may trade what others made"}
  - {name: blind, type: text, detail: true, meaning: "The purchase where nothing is known of the inputs of the seller's country"}
  - {name: chain_products, type: list, detail: true, meaning: "Ids of the products of that line"}
  - {name: quantity, type: number, unit: unit, detail: true, meaning: "The amount as a number"}
  - {name: unit, type: text, detail: true, meaning: "Its unit"}
  - {name: tier, type: integer, detail: true, meaning: "Steps from the firm: 1 is its seller"}
  - {name: share_low, type: share, detail: true, meaning: "Lower end of the interval"}
  - {name: share_high, type: share, detail: true, meaning: "Upper end of the interval"}
  - {name: by_world_mix, type: share, detail: true, meaning: "The part that is known by the world's mix only"}
  - {name: purchase, type: text, detail: true, meaning: "What sets a purchase apart: company, product, seller's country, seller, period"}
  - {name: over_half_upstream, type: text, detail: true, meaning: "The purchase where more than half rests on the country and the seller is elsewhere"}
  - {name: restricted, type: text, detail: true, meaning: "The purchase where a restriction is in force"}
  - {name: restriction_ids, type: list, entity: ExportRestriction, detail: true, meaning: "Ids of the restrictions"}
  - {name: sources, type: list, detail: true, meaning: "The table, and the sources of the shares"}
  - {name: documents, type: list, detail: true, meaning: "Ids of the documents on the restrictions, which `restrictions` cites"}
  - {name: verified, type: boolean, detail: true, meaning: "As the table says"}
  - {name: company_id, type: text, entity: Company, detail: true, meaning: "Id of the company"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: seller_country_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3 of the seller's country"}
  - {name: country_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3 of the country on which it rests"}
finding:
  - "Of {purchase:count:purchase|purchases} of {company:list} ({period:list})[, {restricted:count} rest by {threshold} or more on a country with a restriction in force on {as_of}][, {over_half_upstream:count} for over half, by the inputs, on a country where the seller is not]. First, {product}, {amount} from {supplier}: {share} rests on {rests_on} ({how}; {source:list})."
notes:
  - "No output is known where these are bought, so that the seller may trade what others made: {trader:list}."
  - "Of the inputs where these are bought nothing is in the derived network: {blind:list}."
nothing: "No purchase of {company} ({product}) is in the data that rests on {country}; `orepath load table FILE` loads a firm's own table with the columns company, supplier, product, economy, amount, unit and period."
caveats:
  - Amounts, sellers and their countries are what the firm's own table says; where a seller's goods were made it does not say.
  - What rests on a country upstream is that of the whole industry where the seller is, not of the seller; inputs are never added, for one that is missing stops the product.
  - A restriction is told where it names a product of the line, its material or its group; whether a licence was asked for or granted is not in the data.
method: "Directly: where the seller is. Upstream: as `hidden-dependence --supplier` says it of the same product and seller's country. Countries are tried that a line of shares of at least 5 % each leads to, the five with the widest lines, or the one asked for."
data_needed: [BUYS, Company, company, seller, economy, FEEDS, MAKES, SUPPLIES_MARKET]
examples: ["orepath ask exposure", "orepath ask exposure --company 'ACME Motors'", "orepath ask exposure --country China --as-of 2026-02-03"]
*/
MATCH (market:Economy {id: $importer})
MATCH (buyer:Company)-[bought:BUYS]->(product:Product)
WHERE ($company IS NULL OR buyer.id = $company) AND ($product IS NULL OR product.id = $product)
MATCH (home:Economy {id: bought.economy})
OPTIONAL MATCH (seller:Industry {id: bought.economy + ':' + product.id})
WITH market, collect({buyer: buyer, bought: bought, product: product, home: home, seller: seller}) AS purchases
// 1. Where the sellers are, and the countries to which the widest lines upstream lead.
CALL (purchases) {
  UNWIND COLLECT { UNWIND purchases AS p RETURN DISTINCT p.seller AS seller } AS seller
  MATCH line = (seller)<-[feeds:FEEDS*1..4]-(:Industry)<-[:HAS]-(country:Country)
  WHERE all(f IN feeds WHERE f.share >= 0.05) AND length(line) <= $tiers AND NOT seller.id STARTS WITH country.id + ':'
    AND ($country IS NULL OR country.id = $country)
  WITH country, seller, max(reduce(w = 1.0, f IN feeds | w * f.share)) AS widest
  WITH country, sum(widest) AS weight ORDER BY weight DESC, country.id LIMIT 5
  RETURN collect(country) AS upstream
}
WITH market, purchases, upstream, upstream + COLLECT { UNWIND purchases AS p WITH p WHERE $country IS NULL OR p.home.id = $country
  RETURN DISTINCT p.home AS home } AS countries
UNWIND COLLECT { UNWIND countries AS c RETURN DISTINCT c AS country } AS country
// 2. What of each seller's industry rests on the country, with one step upstream, with two, and so on.
CALL (market, country, upstream, purchases) {
  WITH market, country, purchases AS wanted, [[]] AS tiers, CASE WHEN country IN upstream THEN COLLECT { MATCH (country)-[:HAS]->(made:Industry)
       RETURN {industry: made, own: true, share: 1.0, share_low: 1.0, share_high: 1.0, by_world_mix: 0.0, weight: 1.0,
               line: [], edges: []} } ELSE [] END AS own
  // part: hidden-dependence.tier
  // part: hidden-dependence.tier
  // part: hidden-dependence.tier
  // part: hidden-dependence.tier
  // part: hidden-dependence.tier
  UNWIND wanted AS one
  WITH country, one, [tier IN tiers | head([h IN tier WHERE h.industry = one.seller])] AS reached
  // As `hidden-dependence` says it: the last step that adds at least half a point.
  WITH country, one, [{share: 0.0}] + [i IN range(1, size(reached) - 1) WHERE reached[i] IS NOT NULL | reached[i]] AS held
  RETURN one, CASE WHEN one.home = country THEN {share: 1.0, line: [], edges: [], own: true} ELSE
    head([i IN range(size(held) - 1, 0, -1) WHERE i = 0 OR held[i].share - held[i - 1].share >= 0.005 | held[i]]) END AS whole
}
WITH market, country, one, one.product AS product, one.bought AS bought, one.home AS home, whole
WHERE whole.share >= CASE WHEN whole.own THEN 0.0 ELSE $threshold / 100.0 END
WITH *, [product] + whole.line AS line, coalesce(whole.own, false) AS direct
// part: restrictions
// part: answer
