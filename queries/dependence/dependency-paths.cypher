/*
title: How does a sector depend on a country, step by step?
parameters:
  - {name: sector, type: sector, required: true, help: "The sector", example: defence}
  - {name: country, type: country, required: true, help: "The country", example: China}
  - {name: material, type: material, help: "Only paths that begin at this material or group", example: gallium}
  - {name: importer, type: economy, help: "A market: shares are then of what it has, where its supply is known, in place of the world's output", example: EU}
  - {name: threshold, type: number, default: "10", unit: "%", help: "Leave out paths that begin at a smaller share, in percent", example: "50"}
columns:
  - {name: rank, type: integer, spare: 2, meaning: "Order: by the need times the share at the weakest hop"}
  - {name: material, type: text, meaning: "The material of the product at which the path begins"}
  - {name: path, type: text, meaning: "From the country over its products, with its share at each, to the form that enters the technologies"}
  - {name: share, type: share, meaning: "The country's share of the product at which the path begins; empty where there is no figure"}
  - {name: weakest_hop, type: text, meaning: "The product on the path of which the country holds most: there the sector is weakest"}
  - {name: weakest_share, type: share, meaning: "The country's share of that product"}
  - {name: share_of, type: text, spare: 2, meaning: "Of what that is a share: of the world's output, or of what the market has"}
  - {name: need, type: text, spare: 1, meaning: "`essential`, or `not essential` where the use is optional, supporting, or of a type of which no source says that it is most of the market"}
  - {name: weight, type: share, spare: 2, meaning: "The part of the technologies' market that cannot do without; empty where no source says how much that is"}
  - {name: technologies, type: list, meaning: "The sector's technologies at the end of the path"}
  - {name: period, type: text, spare: 2, meaning: "Period of the share at the weakest hop"}
  - {name: source, type: text, meaning: "Source of the share at the weakest hop; empty where that is derived from several: see the hops"}
  - {name: hops, type: list, detail: true, meaning: "Each product on the path: the country's share, with its interval where it has one, period and sources, and who holds more"}
  - {name: hop_products, type: list, entity: Product, detail: true, meaning: "Ids of the products on the path, in order"}
  - {name: hop_sources, type: list, detail: true, meaning: "Sources of the shares on the path"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: need_told, type: text, detail: true, meaning: "The need as a sentence has it"}
finding:
  - "{rows:path leads|paths lead} from {country} to {sector}, over {material:count:material|materials}. The first, over {material}, is narrowest at {weakest_hop}, of which {country} makes {weakest_share} of {share_of} ({period}; {source}); it is {need_told} {technologies}."
  - "{rows:path leads|paths lead} from {country} to {sector}, over {material:count:material|materials}. The first, over {material}, is narrowest at {weakest_hop}, of which {country} makes {weakest_share} of {share_of} ({period}; {hop_sources}); it is {need_told} {technologies}."
notes:
  - "Step by step, the first: {hops}."
nothing: "No path from {country} to {sector} with {threshold} or more of a product is in the data."
caveats:
  - The shares are of world output, or of what a whole market has, not of what the sector buys; a path says that a dependence can exist, not how much is traded along it.
  - Where a producer withholds its figure, the shares of the others are upper bounds; `top-producers` says where.
  - Industries without a figure and whole stages without data are on no path; "no figure" on a path is not zero.
method: "Country → industry → product → (input to)* → form that enters a technology → technology → serves sector: products only (NEEDS, docs/methods.md). A chain that is the end of a longer one is not listed again. Weakest hop: the largest share of the country along the path. Rank: the part of the technology's market that cannot do without, times that share; essential is half or more. With a market, a share is that of its reconciled supply (SUPPLIES_MARKET), else the headline share of world output."
data_needed: [MAKES, INPUT_TO, NEEDS, SUPPLIES_MARKET]
examples: ["orepath ask dependency-paths --sector defence --country China", "orepath ask dependency-paths --sector renewables --country CN --material neodymium", "orepath ask dependency-paths --sector automotive --country 'DR Congo' --importer EU"]
*/
MATCH (country:Economy:Country {id: $country})
MATCH (:Sector {id: $sector})<-[:SERVES]-(technology:Technology)-[need:NEEDS]->(made:Product)
WHERE $material IS NULL OR EXISTS { (made)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
// An industry's id is made of its economy's and its product's: the only quick way from a country to one product.
MATCH (industry:Industry {id: country.id + ':' + made.id})-[makes:MAKES]->(made)
OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(:Economy {id: $importer})
WITH *, coalesce(supply.share, makes.share, makes.share_low, makes.share_high) AS share WHERE share >= $threshold / 100
UNWIND need.forms AS form
WITH country, made, form, technology, need ORDER BY technology.name
WITH country, made, form, need.essential AS essential, max(need.weight) AS weight, collect(technology.name) AS technologies,
     collect(need) AS needs
// The chains from the product to the form that enters, and the country's share of each product on them.
MATCH chain = (made)-[:INPUT_TO*0..9]->(:Product {id: form})
WITH *, nodes(chain) AS hops
CALL (country, hops) {
  UNWIND range(0, size(hops) - 1) AS position
  WITH country, position, hops[position] AS hop
  OPTIONAL MATCH (industry:Industry {id: country.id + ':' + hop.id})-[makes:MAKES]->(hop)
  OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(:Economy {id: $importer})
  WITH hop, position, supply, makes, supply IS NOT NULL OR $importer IS NOT NULL AND EXISTS {
         MATCH (hop)<-[:MAKES]-(:Industry)-[:SUPPLIES_MARKET]->(:Economy {id: $importer}) } AS had
  ORDER BY position
  WITH hop, position, had, CASE WHEN had THEN supply ELSE makes END AS stated
  WITH *, CASE WHEN had AND stated IS NULL THEN 0.0 ELSE coalesce(stated.share, stated.share_low, stated.share_high) END AS held
  WITH *, CASE WHEN held = 0 THEN 'none known' WHEN held < 0.01 THEN 'under 1 %' WHEN held >= 0.995 AND held < 1 THEN 'over 99 %'
               ELSE CASE WHEN stated.share IS NOT NULL THEN '' WHEN stated.share_low IS NULL THEN 'at most ' ELSE 'at least ' END
                    + toString(toInteger(round(held * 100))) + ' %' END
          + CASE WHEN $importer IS NULL OR had THEN '' ELSE " of the world's" END AS told
  RETURN collect({hop: hop, held: held, had: had, stated: stated, told: told, said: hop.name + ' (' + coalesce(told, 'no figure') + ')',
         sources: coalesce(stated.share_sources, [s IN [stated.share_source] WHERE s IS NOT NULL])}) AS shares
}
WITH * WHERE head(shares).held >= $threshold / 100
// For each start the chain of which most is known; then no chain that is the end of a longer one.
WITH *, size([s IN shares WHERE s.held IS NOT NULL]) AS known
ORDER BY known DESC, size(hops), reduce(s = '', hop IN hops | s + hop.id)
WITH country, form, essential, weight, technologies, made, needs, head(collect(shares)) AS shares
WITH country, form, essential, weight, technologies, collect({made: made, shares: shares, needs: needs}) AS chains
UNWIND [c IN chains WHERE none(o IN chains WHERE o.made <> c.made AND c.made IN [s IN tail(o.shares) | s.hop])] AS chain
// Nor one that ends on the way of another, over which the same technologies need it.
WITH country, collect({form: form, essential: essential, weight: weight, technologies: technologies, made: chain.made,
     shares: chain.shares, needs: chain.needs}) AS chains
UNWIND [c IN chains WHERE none(o IN chains WHERE o.made = c.made AND o.essential = c.essential AND size(o.shares) > size(c.shares)
          AND c.form IN [s IN o.shares | s.hop.id] AND all(t IN c.technologies WHERE t IN o.technologies))] AS chain
WITH country, chain,
     reduce(most = head(chain.shares), s IN chain.shares | CASE WHEN coalesce(s.held, 0) > coalesce(most.held, 0) THEN s ELSE most END) AS weakest
ORDER BY coalesce(chain.weight, 0.0) * weakest.held DESC, weakest.held DESC, head(chain.shares).held DESC, chain.made.id, chain.form
WITH country, collect({chain: chain, weakest: weakest}) AS found
UNWIND range(0, size(found) - 1) AS position
WITH country, position + 1 AS rank, found[position].chain AS one, found[position].weakest AS weakest
OPTIONAL MATCH (start:Product {id: one.made.id})-[:FORM_OF]->(material:Material)
WITH country, rank, one, weakest, head(collect(material)) AS material
RETURN rank, coalesce(material.name, one.made.name) AS material,
       reduce(s = country.name, hop IN one.shares | s + ' → ' + hop.said) AS path,
       one.shares[0].held AS share, weakest.hop.name AS weakest_hop, weakest.held AS weakest_share,
       CASE WHEN weakest.had THEN 'what ' + COLLECT { MATCH (market:Economy {id: $importer}) RETURN market.name }[0] + ' has'
                 + CASE weakest.stated.method WHEN 'world-mix' THEN " (by the world's mix)" ELSE '' END
            ELSE 'world output' END AS share_of,
       CASE WHEN one.essential THEN 'essential' ELSE 'not essential' END AS need, one.weight AS weight, one.technologies AS technologies,
       weakest.stated.period AS period, weakest.stated.share_source AS source,
// part: hops
       [s IN one.shares | s.hop.id] AS hop_products,
       reduce(s = [], hop IN one.shares | s + [x IN hop.sources WHERE NOT x IN s]) AS hop_sources,
       COLLECT { UNWIND one.needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id } AS use_sources,
       all(n IN one.needs WHERE n.verified) AS verified, material.id AS material_id,
       CASE WHEN one.essential THEN 'essential in' ELSE 'used, though by no source essential, in' END AS need_told
ORDER BY rank
