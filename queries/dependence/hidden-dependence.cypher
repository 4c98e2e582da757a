/*
title: How much of what a market has rests on a country, directly and through its suppliers' inputs?
parameters:
  - {name: material, type: material, help: "A material or a group: its products, and those of its group into which it goes", example: neodymium}
  - {name: product, type: product, help: "One product", example: NdFeB magnet}
  - {name: sector, type: sector, help: "What the technologies of this sector cannot do without; without a start, what any cannot do without", example: automotive}
  - {name: country, type: country, default: China, help: "The country on which it may rest; China where none is named", example: DR Congo}
  - {name: importer, type: economy, default: EU, help: "The market", example: Japan}
  - {name: supplier, type: country, help: "Only what the market has from this country; shares are then of that", example: Germany}
  - {name: tiers, type: integer, default: "6", help: "How many steps upstream, at most 6", example: "2"}
columns:
  - {name: chain, type: text, meaning: "The line that adds most at this tier, from the product that the market has upstream"}
  - {name: tier, type: integer, meaning: "Steps from the market: 1 is the direct supplier"}
  - {name: direct, type: share, meaning: "What the country itself made of what the market has of the product"}
  - {name: direct_low, type: share, meaning: "The same, lower end of the interval of 90 %; empty where the country is no known maker"}
  - {name: direct_high, type: share, meaning: "The same, upper end"}
  - {name: added, type: share, meaning: "What rests on the country at this tier beyond the tiers before"}
  - {name: share, type: share, meaning: "What rests on the country within so many tiers"}
  - {name: share_low, type: share, meaning: "The same with the country's share of everything at the low end of its interval"}
  - {name: share_high, type: share, meaning: "The same with the high ends"}
  - {name: by_world_mix, type: share, meaning: "The part of that which is known by the world's mix only: no trade says who supplies whom"}
  - {name: unnamed, type: share, spare: 1, meaning: "What of the product that the market has was made by nobody whom a source names, from a twentieth on: it counts neither as the country's nor as another's"}
  - {name: through, type: list, spare: 1, meaning: "The suppliers of the market through whose inputs most of it comes"}
  - {name: technologies, type: list, spare: 1, meaning: "The technologies (of the sector) that cannot do without the product"}
  - {name: observed_share, type: share, spare: 2, meaning: "The published or customs share of the country that stands nearest to the direct one"}
  - {name: observed_of, type: text, spare: 2, meaning: "Of what that is a share, and whether by mass or by value"}
  - {name: basis, type: list, spare: 2, meaning: "Whether the shares are of mass or of value"}
  - {name: methods, type: list, spare: 2, meaning: "How the shares were derived: reconciled, trade-only, market-mix, bloc-mix or world-mix"}
  - {name: periods, type: list, spare: 1, meaning: "Periods of the shares"}
  - {name: sources, type: list, meaning: "Sources of the shares"}
  - {name: product, type: text, detail: true, meaning: "The product that the market has"}
  - {name: taken, type: text, detail: true, meaning: "The product, and from whom where one supplier was asked for"}
  - {name: asked, type: text, detail: true, meaning: "What was asked for"}
  - {name: country_name, type: text, detail: true, meaning: "The country"}
  - {name: market, type: text, detail: true, meaning: "The market"}
  - {name: hidden, type: share, detail: true, meaning: "What rests on the country beyond the direct share, within all tiers; empty where nothing is known to"}
  - {name: more_of, type: text, detail: true, meaning: "The other form, of known origin, of which most rests on the country, where that is ten points more than of this one"}
  - {name: more, type: share, detail: true, meaning: "What rests on it of that form"}
  - {name: mostly, type: text, detail: true, meaning: "Id of the product where more than half of it rests on the country"}
  - {name: observed_basis, type: text, detail: true, meaning: "Basis of the observed share"}
  - {name: observed_period, type: text, detail: true, meaning: "Period of the observed share"}
  - {name: observed_source, type: text, detail: true, meaning: "Source of the observed share"}
  - {name: world_mix_of, type: list, detail: true, meaning: "The products of the chain of which only the world's mix is known"}
  - {name: chain_products, type: list, entity: Product, detail: true, meaning: "Ids of the products of the chain"}
finding:
  - "{sector} cannot do without {product:count:product|products} of which the supply to {market} is known; of {mostly:count} more than half rests on {country_name}. First, {taken}: {direct} is made there, and with what the others make of its inputs {hidden} more, so that {share} rests on it within {tier} tiers ({share_low:to=share_high}), {by_world_mix} by the world's mix alone ({chain}; {periods}; {sources})."
  - "{sector} cannot do without {product:count:product|products} of which the supply to {market} is known; of {mostly:count} more than half rests on {country_name}. First, {taken}: {direct} is made there, and with what the others make of its inputs {hidden} more, so that {share} rests on it within {tier} tiers ({share_low:to=share_high}) ({chain}; {periods}; {sources})."
  - "{sector} cannot do without {product:count:product|products} of which the supply to {market} is known; of {mostly:count} more than half rests on {country_name}. First, {taken}: {direct} is made there ({direct_low:to=direct_high}), {by_world_mix} by the world's mix alone; by the inputs of the others no more is known to rest on it within {tiers:tier|tiers} ({chain}; {periods}; {sources})."
  - "{sector} cannot do without {product:count:product|products} of which the supply to {market} is known; of {mostly:count} more than half rests on {country_name}. First, {taken}: {direct} is made there ({direct_low:to=direct_high}); by the inputs of the others no more is known to rest on it within {tiers:tier|tiers} ({chain}; {periods}; {sources})."
  - "{asked}: of what {market} has of {taken}, {direct} is made in {country_name} ({direct_low:to=direct_high}); what the others make of its inputs adds {hidden}, so that {share} rests on {country_name} within {tier} tiers ({share_low:to=share_high}), {by_world_mix} by the world's mix alone ({chain}; {periods}; {sources})."
  - "{asked}: of what {market} has of {taken}, {direct} is made in {country_name} ({direct_low:to=direct_high}); what the others make of its inputs adds {hidden}, so that {share} rests on {country_name} within {tier} tiers ({share_low:to=share_high}) ({chain}; {periods}; {sources})."
  - "{asked}: of what {market} has of {taken}, nothing is known to be made in {country_name}; what the others make of its inputs adds {hidden}, so that {share} rests on {country_name} within {tier} tiers ({share_low:to=share_high}), {by_world_mix} by the world's mix alone ({chain}; {periods}; {sources})."
  - "{asked}: of what {market} has of {taken}, nothing is known to be made in {country_name}; what the others make of its inputs adds {hidden}, so that {share} rests on {country_name} within {tier} tiers ({share_low:to=share_high}) ({chain}; {periods}; {sources})."
  - "{asked}: of what {market} has of {taken}, {direct} is made in {country_name} ({direct_low:to=direct_high}), {by_world_mix} by the world's mix alone; by the inputs of the others no more is known to rest on it within {tiers:tier|tiers} ({chain}; {periods}; {sources})."
  - "{asked}: of what {market} has of {taken}, {direct} is made in {country_name} ({direct_low:to=direct_high}); by the inputs of the others no more is known to rest on it within {tiers:tier|tiers} ({chain}; {periods}; {sources})."
  - "{asked}: of what {market} has of {taken}, nothing is known to be made in {country_name}, nor to rest on it by the inputs of its suppliers within {tiers:tier|tiers} ({chain}; {periods}; {sources})."
notes:
  - "Of another form more rests on {country_name}: {more} of {more_of}."
  - "{product}: who made {unnamed} of what {market} has of it no source tells; it counts neither as {country_name}'s nor as another's."
  - "{product}: the observed share of {country_name} that stands nearest is {observed_share} of {observed_of} ({observed_period}; {observed_source})."
nothing: "On whom the supply of {importer} with {material} ({product}, {sector}) rests is not in the derived network: neither its output and trade nor published shares are in the data."
caveats:
  - The network is derived, not observed; a country's users are taken to use all that it has of an input, own and imported, in proportion.
  - Of several inputs the one counts, for each maker, of which most rests on the country; inputs are never added, for one that is missing stops the product.
  - What is of unknown origin counts as not the country's; the ends of the interval take its shares to be low everywhere or high everywhere.
  - "World-mix: no trade says from whom a maker has an input, and the world's output stands for it."
  - A tier that adds less than half a point is left out. For a sector, products come first of which trade shows most to be hidden upstream (five points or more), then most to rest on the country, and last what only the world's mix says; for a material, what is processed, of known origin and needed by most technologies.
method: "Within one tier: the direct share. Within k: that, and for each other supplier its share times what of its inputs rests on the country within k - 1 tiers, of several inputs the most. What reached the country is followed no further. See docs/methods.md, The dependency network."
data_needed: [FEEDS, SUPPLIES_MARKET, NEEDS]
examples: ["orepath ask hidden-dependence --material neodymium", "orepath ask hidden-dependence --sector automotive --country China", "orepath ask hidden-dependence --material gallium --importer US", "orepath ask hidden-dependence --product 'NdFeB magnet' --supplier Germany", "orepath ask hidden-dependence --material cobalt --country 'DR Congo'"]
*/
MATCH (market:Economy {id: $importer}) WITH market MATCH (country:Economy:Country {id: $country})
// 1. What the market has of each product asked for: of the material, or of its group where it goes into that (neodymium into
// magnets); or what the technologies, of the sector or any, cannot do without, in the form nearest to them that is traced.
MATCH (maker:Industry)-[edge:SUPPLIES_MARKET]->(market) WHERE $supplier IS NULL OR maker.id STARTS WITH $supplier + ':'
MATCH (maker)-[:MAKES]->(product:Product) WHERE $product IS NULL OR product.id = $product
WITH market, country, product, collect(edge) AS edges,
     head(collect(CASE WHEN maker.id STARTS WITH country.id + ':' THEN edge END)) AS own_edge
WITH *, COLLECT { MATCH (product)<-[need:NEEDS {essential: true}]-(technology:Technology)
       WHERE $sector IS NULL OR EXISTS { (technology)-[:SERVES]->(:Sector {id: $sector}) }
       RETURN {name: technology.name, enters: need.steps = 0 OR NOT EXISTS {
         MATCH (product)-[:INPUT_TO]->(nearer:Product)<-[:NEEDS {essential: true}]-(technology)
         MATCH (nearer)<-[:MAKES]-(:Industry)-[:SUPPLIES_MARKET]->(market) }} AS found ORDER BY technology.name } AS uses
WHERE ($sector IS NULL OR size(uses) > 0)
  AND ($product IS NOT NULL OR $material IS NOT NULL OR any(u IN uses WHERE u.enters))
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
       OR EXISTS { MATCH (product)<-[:INPUT_TO*1..4]-(:Product)-[:FORM_OF]->(part:Material)-[:PART_OF*0..3]->(:Material {id: $material})
                   MATCH (part)-[:PART_OF*1..3]->(:Material)<-[:FORM_OF]-(product) })
WITH *, CASE WHEN own_edge IS NULL THEN [0.0, 0.0, 0.0] WHEN $supplier IS NOT NULL THEN [1.0, 1.0, 1.0]
             ELSE [own_edge.share, own_edge.share_low, own_edge.share_high] END AS direct
WITH market, country, collect({product: product, edges: edges, own_edge: own_edge, technologies: [u IN uses | u.name],
     unnamed: 1.0 - reduce(s = 0.0, e IN edges | s + e.share),
     first: {tier: 1, share: direct[0], share_low: direct[1], share_high: direct[2], line: [], edges: [], through: [],
             by_world_mix: CASE own_edge.method WHEN 'world-mix' THEN direct[0] ELSE 0.0 END}}) AS wanted
// 2. What of the inputs of every industry rests on the country, with one step upstream, with two, and so on.
WITH market, country, wanted, [[]] AS tiers, COLLECT { MATCH (country)-[:HAS]->(made:Industry)
     RETURN {industry: made, own: true, share: 1.0, share_low: 1.0, share_high: 1.0, by_world_mix: 0.0, weight: 1.0,
             line: [], edges: []} } AS own
// part: tier
// part: tier
// part: tier
// part: tier
// part: tier
WITH *, $supplier AS supplier
// part: market
// 3. The tiers that add to those before, the whole first; for a sector only that.
WITH *, [i IN range(size(held) - 1, 0, -1) WHERE i = 0 OR held[i].share - held[i - 1].share >= 0.005
        | {tier: held[i], added: held[i].share - CASE i WHEN 0 THEN 0.0 ELSE held[i - 1].share END}] AS rows
WITH *, one.product AS product, one.own_edge AS own_edge, head(held) AS first, head(rows).tier AS whole,
     $material IS NULL AND $product IS NULL AS wide, all(e IN one.edges WHERE e.method = 'world-mix') AS untraced
WITH *, nullIf(whole.share - first.share, 0.0) AS hidden,
     EXISTS { MATCH (product)-[:AT_STAGE]->(stage:Stage) WHERE stage.id IN ['extraction', 'beneficiation'] } AS mined
// part: above
UNWIND CASE WHEN wide THEN rows[..1] ELSE rows END AS found
WITH *, found.tier AS row, one.edges + found.tier.edges AS edges, whole.share - first.share - whole.by_world_mix + first.by_world_mix AS veiled
WITH *,
     CASE WHEN wide THEN [CASE WHEN veiled >= 0.05 THEN -round(veiled, 3) ELSE 0.0 END,
                          whole.by_world_mix - whole.share, -whole.share_low]
          ELSE [toInteger(mined), toInteger(untraced OR one.unnamed > 0.75), -size(one.technologies), -whole.share] END AS place
WITH *, [x IN [first.share, first.share_low, first.share_high, found.added, row.share, row.share_low, row.share_high]
         | CASE WHEN x > 1 THEN 1.0 ELSE round(x, 6) END] AS shares
RETURN reduce(s = product.name, p IN row.line | s + ' ← ' + p.name) AS chain, row.tier AS tier, shares[0] AS direct,
       CASE WHEN own_edge IS NOT NULL THEN shares[1] END AS direct_low, CASE WHEN own_edge IS NOT NULL THEN shares[2] END AS direct_high,
       shares[3] AS added, shares[4] AS share, shares[5] AS share_low, shares[6] AS share_high,
       CASE WHEN row.by_world_mix >= 0.005 THEN round(row.by_world_mix, 6) END AS by_world_mix,
       CASE WHEN $supplier IS NULL AND one.unnamed >= 0.05 THEN round(one.unnamed, 6) END AS unnamed,
       row.through AS through, one.technologies AS technologies, own_edge.observed_share AS observed_share,
       own_edge.observed_of + coalesce(' by ' + own_edge.observed_basis, '') AS observed_of,
       COLLECT { UNWIND edges AS edge RETURN DISTINCT edge.basis AS basis ORDER BY basis } AS basis,
       COLLECT { UNWIND edges AS edge RETURN DISTINCT edge.method AS method ORDER BY method } AS methods,
       COLLECT { UNWIND edges AS edge RETURN DISTINCT edge.period AS period ORDER BY period } AS periods,
       COLLECT { UNWIND edges AS edge UNWIND edge.share_sources AS source RETURN DISTINCT source ORDER BY source } AS sources,
       product.name AS product,
       product.name + coalesce(' from ' + COLLECT { MATCH (by:Economy {id: $supplier}) RETURN by.name }[0], '') AS taken,
       coalesce(COLLECT { MATCH (sector:Sector {id: $sector}) RETURN sector.name }[0],
                COLLECT { MATCH (material:Material {id: $material}) RETURN material.name }[0],
                CASE WHEN $product IS NULL THEN 'all technologies' ELSE product.name END) AS asked,
       country.name AS country_name, market.name AS market, round(hidden, 6) AS hidden,
       above.product.name AS more_of, CASE WHEN above.whole.share > 1 THEN 1.0 ELSE round(above.whole.share, 6) END AS more,
       CASE WHEN whole.share > 0.5 THEN product.id END AS mostly,
       own_edge.observed_basis AS observed_basis, own_edge.observed_period AS observed_period,
       own_edge.observed_source AS observed_source,
       [i IN range(0, size(row.line) - 1) WHERE reverse(row.edges)[i + 1].method = 'world-mix' | row.line[i].name] AS world_mix_of,
       [product.id] + [p IN row.line | p.id] AS chain_products
ORDER BY place, chain_products[0], tier DESC
