/*
title: How does a sector depend on a country, step by step?
parameters:
  - {name: sector, type: sector, required: true, help: "The sector", example: defence}
  - {name: country, type: country, required: true, help: "The country", example: China}
  - {name: material, type: material, help: "Only this material or group", example: gallium}
  - {name: threshold, type: number, default: "10", unit: "%", help: "Leave out industries with a smaller share of the world's output, in percent", example: "50"}
  - {name: limit, type: integer, default: "25", help: "How many paths", example: "10"}
columns:
  - {name: rank, type: integer, meaning: "Order: essential uses first, then by the share at the weakest hop"}
  - {name: material, type: text, meaning: "The material that the technologies use"}
  - {name: path, type: text, meaning: "From the country over its products, with its share of world output at each, to the material"}
  - {name: share, type: share, meaning: "The country's share of the product at which the path begins; empty where there is no figure"}
  - {name: weakest_hop, type: text, meaning: "The product on the path of which the country holds most: there the sector is weakest"}
  - {name: weakest_share, type: share, meaning: "The country's share of that product"}
  - {name: need, type: text, meaning: "`essential`, or `not essential` where the use is optional, supporting, or of one type only"}
  - {name: technologies, type: list, meaning: "The sector's technologies at the end of the path"}
  - {name: period, type: text, meaning: "Period of the share at the weakest hop"}
  - {name: source, type: text, meaning: "Source of the share at the weakest hop"}
  - {name: hop_products, type: list, detail: true, meaning: "Ids of the products on the path, in order"}
  - {name: hop_sources, type: list, detail: true, meaning: "Sources of the shares on the path"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: material_id, type: text, detail: true, meaning: "Id of the material"}
finding:
  - "{sector} depends on {country}: the strongest {rows:path leads|paths lead} over {material:count:material|materials}; the first over {material} is weakest at {weakest_hop}, of which {country} makes {weakest_share} ({period}; {source}), {need} in {technologies}."
nothing: "No path from {country} to {sector} with {threshold} or more of a product is in the data."
caveats:
  - The shares are of world output, not of what the sector buys; a path says that a dependence can exist, not how much is traded along it.
  - A figure for all rare earths counts for one of them only where its product is made out of that one's own.
  - Where a producer withholds its figure, the shares of the others are upper bounds; `top-producers` says where.
  - Industries without a figure and whole stages without data are on no path; "no figure" on a path is not zero.
method: "Country → industry → product → (input to)* → product → form of material → used in technology → serves sector. A chain that is the end of a longer one is not listed again. Weakest hop: the largest share of the country along the path."
data_needed: [MAKES, INPUT_TO, USED_IN]
examples: ["orepath ask dependency-paths --sector defence --country China", "orepath ask dependency-paths --sector renewables --country CN --material neodymium"]
*/
MATCH (country:Economy:Country {id: $country})
MATCH (sector:Sector {id: $sector})<-[:SERVES]-(technology:Technology)<-[use:USED_IN]-(material:Material)
WHERE use.importance IS NOT NULL // shares and quantities of demand say nothing of need
  AND ($material IS NULL OR EXISTS { MATCH (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
WITH country, material, technology, max(use.importance STARTS WITH 'essential') AS essential,
     min(use.verified) AS verified, collect(DISTINCT use.source) AS sources
ORDER BY technology.name
WITH country, material, essential, collect(technology.name) AS technologies, min(verified) AS verified,
     reduce(s = [], list IN collect(sources) | s + [x IN list WHERE NOT x IN s]) AS use_sources
WITH country, material, collect({essential: essential, technologies: technologies, verified: verified, use_sources: use_sources}) AS needs
// Chains of products that end in the material's own, or begin there and end in a product of its
// group: never through a product of the group that is not made out of the material's own.
CALL (country, material) {
  MATCH (end:Product)-[:FORM_OF]->(material)
  MATCH chain = (start:Product)-[:INPUT_TO*0..3]->(end)
  // A component is made of many materials: graphite in a cell is no path to its lithium.
  WHERE NOT EXISTS { MATCH (end)-[:AT_STAGE]->(:Stage {id: 'component'}) }
     OR all(hop IN nodes(chain) WHERE EXISTS { MATCH (hop)-[:FORM_OF]->(:Material)<-[:PART_OF*0..2]-(material) })
  RETURN start AS made, nodes(chain) AS hops
  UNION
  MATCH (own:Product)-[:FORM_OF]->(material)
  MATCH chain = (own)-[:INPUT_TO*1..3]->(made:Product)
  WHERE EXISTS { MATCH (made)-[:FORM_OF]->(:Material)<-[:PART_OF*1..2]-(material) }
  RETURN made, nodes(chain) AS hops
}
// An industry's id is made of its economy's and its product's: the only quick way from a country to one product.
MATCH (:Industry {id: country.id + ':' + made.id})-[makes:MAKES]->(made)
WITH *, coalesce(makes.share, makes.share_low, makes.share_high) AS share WHERE share >= $threshold / 100
// The country's share of each product on the chain.
CALL (country, hops) {
  UNWIND range(0, size(hops) - 1) AS position
  WITH country, position, hops[position] AS hop
  OPTIONAL MATCH (:Industry {id: country.id + ':' + hop.id})-[headline:MAKES]->(hop)
  WITH hop, headline, coalesce(headline.share, headline.share_low, headline.share_high) AS held, position ORDER BY position
  RETURN collect({hop: hop, held: held, year: headline.period, source: headline.share_source, said: hop.name + CASE
           WHEN held IS NULL THEN ' (no figure)' WHEN held < 0.01 THEN ' (under 1 %)'
           WHEN held >= 0.995 AND held < 1 THEN ' (over 99 %)'
           ELSE CASE WHEN headline.share IS NOT NULL THEN ' ('
                     WHEN headline.share_low IS NULL THEN ' (at most ' ELSE ' (at least ' END
                     + toString(toInteger(round(held * 100))) + ' %)' END}) AS shares
}
// For each start the chain of which most is known; then no chain that is the end of a longer one.
WITH *, size([s IN shares WHERE s.held IS NOT NULL]) AS known
ORDER BY known DESC, size(hops) DESC, reduce(s = '', hop IN hops | s + hop.id)
WITH country, material, needs, made, share, head(collect(shares)) AS shares
WITH country, material, needs, collect({made: made, share: share, shares: shares}) AS chains
UNWIND [c IN chains WHERE none(o IN chains WHERE o.made <> c.made AND c.made IN [s IN tail(o.shares) | s.hop])] AS chain
UNWIND needs AS need
WITH *, chain.made AS made, chain.share AS share, chain.shares AS shares, need.essential AS essential,
     need.technologies AS technologies, need.verified AS verified, need.use_sources AS use_sources
WITH *, reduce(most = head(shares), s IN shares | CASE WHEN coalesce(s.held, 0) > coalesce(most.held, 0) THEN s ELSE most END) AS weakest
ORDER BY essential DESC, weakest.held DESC, share DESC, material.id, made.id LIMIT toInteger($limit)
WITH collect({material: material, essential: essential, technologies: technologies, verified: verified, made: made,
     use_sources: use_sources, share: share, shares: shares, weakest: weakest, country: country}) AS found
UNWIND range(0, size(found) - 1) AS position
WITH position + 1 AS rank, found[position] AS one
RETURN rank, one.material.name AS material,
       reduce(s = one.country.name, hop IN one.shares | s + ' → ' + hop.said) + ' → ' + one.material.name AS path,
       one.shares[0].held AS share, one.weakest.hop.name AS weakest_hop, one.weakest.held AS weakest_share,
       CASE WHEN one.essential THEN 'essential' ELSE 'not essential' END AS need, one.technologies AS technologies,
       one.weakest.year AS period, one.weakest.source AS source, [s IN one.shares | s.hop.id] AS hop_products,
       reduce(s = [], hop IN one.shares | s + [x IN [hop.source] WHERE x IS NOT NULL AND NOT x IN s]) AS hop_sources,
       COLLECT { UNWIND one.use_sources AS id RETURN id ORDER BY id } AS use_sources, one.verified AS verified, one.material.id AS material_id
ORDER BY rank
