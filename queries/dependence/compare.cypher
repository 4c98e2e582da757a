/*
title: How do the EU, the US, Japan, Korea, the UK and India compare in whom they depend on?
parameters:
  - {name: material, type: material, help: "A material or a group", example: gallium}
  - {name: sector, type: sector, help: "What the technologies of this sector cannot do without; with no material and no product, what any cannot do without", example: automotive}
  - {name: product, type: product, help: "One product", example: NdFeB magnet}
  - {name: country, type: country, default: China, help: "The country on which it may rest upstream; China where none is named", example: DR Congo}
  - {name: markets, type: text, default: "EU27, USA, JPN, KOR, GBR, IND", help: "The markets, by their ids in the graph (ISO 3166-1 alpha-3, EU27)", example: "EU27, JPN"}
  - {name: tiers, type: integer, default: "6", help: "How many steps upstream, at most 6", example: "2"}
  - {name: edition, type: source, help: "A source of observed shares in place of the one that leads", example: eu-crm-2023}
  - {name: as_of, type: date, default: newest, help: "Day on which membership of a market is read", example: "2026-02-03"}
  - {name: limit, type: integer, default: "3", help: "How many products", example: "20"}
columns:
  - {name: product, type: text, meaning: "What is bought"}
  - {name: market, type: text, meaning: "Who buys"}
  - {name: supplier, type: text, meaning: "The largest supplier from outside the market, by the observed or the reconciled share, whichever is larger"}
  - {name: observed_share, type: share, meaning: "Its observed share of what `observed_of` names, as `sourcing` has it"}
  - {name: observed_of, type: text, meaning: "What the observed share is divided by, with its period"}
  - {name: share, type: share, meaning: "What it made of all that the market has, re-exports followed to the maker: the one reconciled figure of all questions"}
  - {name: interval, type: text, meaning: "The interval of 90 % of that"}
  - {name: own, type: share, meaning: "What the market, or its members, made itself"}
  - {name: rests, type: share, meaning: "What rests on the country asked for, directly and through its suppliers' inputs, as `hidden-dependence` has it"}
  - {name: rests_interval, type: text, meaning: "The same with all shares at the low and at the high ends of their intervals"}
  - {name: not_known, type: text, meaning: "What is not known of this market"}
  - {name: sources, type: list, meaning: "Sources of the shares; of the world's output where nothing is known of the market"}
  - {name: share_low, type: share, detail: true, meaning: "Lower end of the interval of the reconciled share"}
  - {name: share_high, type: share, detail: true, meaning: "Its upper end"}
  - {name: rests_low, type: share, detail: true, meaning: "Lower end of what rests on the country"}
  - {name: rests_high, type: share, detail: true, meaning: "Its upper end"}
  - {name: method, type: text, detail: true, meaning: "How the reconciled share is known: reconciled, trade-only, market-mix, bloc-mix or world-mix"}
  - {name: period, type: text, detail: true, meaning: "Its period"}
  - {name: direct, type: share, detail: true, meaning: "What the country asked for made itself of what the market has"}
  - {name: chain, type: text, detail: true, meaning: "The line through which most rests on it upstream"}
  - {name: by_world_mix, type: share, detail: true, meaning: "The part of what rests on it that is known by the world's mix only"}
  - {name: observed_period, type: text, detail: true, meaning: "Period of the observed share"}
  - {name: observed_source, type: text, detail: true, meaning: "Source of the observed share"}
  - {name: stated, type: text, detail: true, meaning: "Market, supplier and reconciled share, for a sentence"}
  - {name: world, type: text, detail: true, meaning: "The same where nothing but the world's output is known"}
  - {name: most, type: text, detail: true, meaning: "The market of which most rests on the country, and how much"}
  - {name: country_name, type: text, detail: true, meaning: "The country asked for"}
  - {name: unknown, type: text, detail: true, meaning: "The market, where nothing but the world's output is known"}
  - {name: not_found, type: list, detail: true, meaning: "Markets asked for that are not in the graph"}
  - {name: left_out, type: integer, detail: true, meaning: "Products left out by the limit"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: market_id, type: text, entity: Economy, detail: true, meaning: "Id of the market"}
  - {name: supplier_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the source of the observed share was read"}
finding_per: product_id
finding:
  - "{product}, of all that each has of it, own output and imports by origin, the largest foreign supplier made: {stated:list} ({period:list})[; with its suppliers' inputs most rests on {country_name} in {most}][. No trade says from whom it comes in {unknown:list}]."
  - "{product}: no trade says from whom it comes in {unknown:list}; by the world's output alone: {world:list} ({period:list})."
  - "{product}: of whom {market:list} have it, no reconciled share is in the data."
notes:
  - "Left out: {left_out:product|products} (--limit)."
  - "Not in the graph, by this id: {not_found:list}."
nothing: "Whom the markets {markets} have {material} ({product}, {sector}) from is not in the data."
caveats:
  - Observed shares of two markets are comparable only where `observed_of` and period say the same; the reconciled ones are made by one method for all.
  - A world-mix takes the world's output for want of trade; it tells nothing of the market, and markets with one look alike.
  - An empty cell is not known; it is not zero.
  - "What rests on a country is the most of any one input that stops the product, and never less than its own direct share."
method: "Observed and reconciled shares as in `sourcing`, what rests on a country as in `hidden-dependence`, by the same statements. Largest foreign supplier: neither the market nor a member. Products: processed before ore, of known origin before others, then by how many technologies cannot do without them; without a material or product first those of which, over the markets of which trade is known, most rests on the country, times how many technologies (of the sector) cannot do without them."
data_needed: [SUPPLIES, SUPPLIES_MARKET, FEEDS, MAKES, NEEDS, specificity]
examples: ["orepath ask compare --material gallium", "orepath ask compare --product 'NdFeB magnet'", "orepath ask compare --sector automotive", "orepath ask compare --material cobalt --country 'DR Congo' --markets 'EU27, JPN'"]
*/
MATCH (country:Economy:Country {id: $country})
UNWIND [m IN split($markets, ',') | trim(m)] AS id
OPTIONAL MATCH (market:Economy {id: id})
WITH country, collect(market) AS markets, collect(CASE WHEN market IS NULL THEN id END) AS not_found
// part: products
// 3. What rests on the country with each step upstream, once for all markets.
WITH null AS market, country, wanted, [[]] AS tiers, COLLECT { MATCH (country)-[:HAS]->(made:Industry)
     RETURN {industry: made, own: true, share: 1.0, share_low: 1.0, share_high: 1.0, by_world_mix: 0.0, weight: 1.0,
             line: [], edges: []} } AS own
// part: hidden-dependence.tier
// part: hidden-dependence.tier
// part: hidden-dependence.tier
// part: hidden-dependence.tier
// part: hidden-dependence.tier
UNWIND wanted AS each
WITH each.market AS market, country, each.wanted AS wanted, tiers, null AS supplier
// part: hidden-dependence.market
WITH market, country, one, held[0] AS first, head([i IN range(size(held) - 1, 0, -1)
     WHERE i = 0 OR held[i].share - held[i - 1].share >= 0.005 | held[i]]) AS reach
// 4. The products that are shown.
WITH country, one.product AS product, avg(CASE WHEN $material IS NULL AND $product IS NULL
     AND any(e IN one.edges WHERE e.method <> 'world-mix') THEN round(reach.share, 3) * one.uses ELSE 0 END) AS weight,
     collect({market: market, one: one, first: first, reach: reach}) AS found
ORDER BY -weight, head(found).one.mined, head(found).one.traced = 0, -head(found).one.uses, product.id
WITH country, collect({product: product, found: found}) AS every
UNWIND range(0, size(every) - 1) AS place
WITH country, every, place WHERE place < $limit
UNWIND range(0, size(every[place].found) - 1) AS position
WITH country, place, position, CASE WHEN size(every) > $limit THEN size(every) - $limit END AS left_out, every[place].product AS product,
     every[place].found[position] AS cell
WITH *, cell.market AS market, cell.one AS one, cell.first AS first, cell.reach AS reach
// 5. The observed shares, as `sourcing` reads them, and the largest supplier from outside.
// part: sourcing.observed
// part: supplier
// part: cells
RETURN product.name AS product, market.name AS market, c.economy.name AS supplier, coalesce(said.share, said.high) AS observed_share,
       CASE WHEN said IS NOT NULL THEN c.lead.of + ', ' + said.period END AS observed_of, edge.share AS share, c.ends[0] AS interval,
       CASE WHEN derived THEN c.own END AS own, rests[0] AS rests, c.ends[1] AS rests_interval,
       CASE WHEN NOT derived AND said IS NULL THEN 'from whom it has it: neither trade nor a publication says'
            WHEN c.only_world AND said IS NULL THEN 'from whom it has it; the world\'s makers stand for its own'
            WHEN c.only_world THEN 'trade with all makers; the world\'s stand for its own'
            WHEN NOT derived THEN 'who made what it has' END AS not_known,
       COLLECT { UNWIND coalesce(edge.share_sources, []) + coalesce([said.source], []) + CASE WHEN edge IS NULL AND said IS NULL
                   THEN COLLECT { MATCH (product)<-[makes:MAKES]-(:Industry) WHERE makes.share_source IS NOT NULL
                                  RETURN DISTINCT makes.share_source AS id } ELSE [] END AS source
                 WITH source WHERE source IS NOT NULL RETURN DISTINCT source ORDER BY source } AS sources,
       edge.share_low AS share_low, edge.share_high AS share_high, rests[1] AS rests_low, rests[2] AS rests_high,
       edge.method AS method, edge.period AS period, CASE WHEN derived THEN round(c.first.share, 6) END AS direct,
       CASE WHEN size(reach.line) > 0 THEN reduce(s = product.name, p IN reach.line | s + ' ← ' + p.name) END AS chain,
       CASE WHEN reach.by_world_mix >= 0.005 THEN round(reach.by_world_mix, 6) END AS by_world_mix, said.period AS observed_period,
       said.source AS observed_source, CASE WHEN NOT c.only_world THEN c.stated END AS stated,
       CASE WHEN c.only_world THEN c.stated END AS world, most, country.name AS country_name,
       CASE WHEN c.only_world OR NOT derived THEN market.name END AS unknown, c.one.not_found AS not_found, c.left_out AS left_out,
       product.id AS product_id, market.id AS market_id, c.economy.id AS supplier_id, said.verified AS verified
ORDER BY place, c.position
