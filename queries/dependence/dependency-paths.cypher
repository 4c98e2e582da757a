/*
title: How does a sector depend on a country, step by step?
parameters:
  - {name: sector, type: sector, required: true, help: "The sector", example: defence}
  - {name: country, type: country, required: true, help: "The country", example: China}
  - {name: material, type: material, help: "Only paths that begin at this material or group", example: gallium}
  - {name: threshold, type: number, default: "10", unit: "%", help: "Leave out industries with a smaller share of the world's output, in percent", example: "50"}
  - {name: limit, type: integer, default: "25", help: "How many paths", example: "10"}
columns:
  - {name: rank, type: integer, meaning: "Order: essential uses first, then by the share at the weakest hop"}
  - {name: material, type: text, meaning: "The material of the product at which the path begins"}
  - {name: path, type: text, meaning: "From the country over its products, with its share of world output at each, to the form that enters the technologies"}
  - {name: share, type: share, meaning: "The country's share of the product at which the path begins; empty where there is no figure"}
  - {name: weakest_hop, type: text, meaning: "The product on the path of which the country holds most: there the sector is weakest"}
  - {name: weakest_share, type: share, meaning: "The country's share of that product"}
  - {name: need, type: text, meaning: "`essential`, or `not essential` where the use is optional, supporting, or of a type of which no source says that it is most of the market"}
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
  - Where a producer withholds its figure, the shares of the others are upper bounds; `top-producers` says where.
  - Industries without a figure and whole stages without data are on no path; "no figure" on a path is not zero.
method: "Country → industry → product → (input to)* → form that enters a technology → technology → serves sector: products only (NEEDS, docs/methods.md). A chain that is the end of a longer one is not listed again. Weakest hop: the largest share of the country along the path. Essential: half of the technology's market or more cannot do without."
data_needed: [MAKES, INPUT_TO, NEEDS]
examples: ["orepath ask dependency-paths --sector defence --country China", "orepath ask dependency-paths --sector renewables --country CN --material neodymium"]
*/
MATCH (country:Economy:Country {id: $country})
MATCH (:Sector {id: $sector})<-[:SERVES]-(technology:Technology)-[need:NEEDS]->(made:Product)
WHERE $material IS NULL OR EXISTS { (made)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
// An industry's id is made of its economy's and its product's: the only quick way from a country to one product.
MATCH (:Industry {id: country.id + ':' + made.id})-[makes:MAKES]->(made)
WITH *, coalesce(makes.share, makes.share_low, makes.share_high) AS share WHERE share >= $threshold / 100
UNWIND need.forms AS form
WITH country, made, share, form, technology, need ORDER BY technology.name
WITH country, made, share, form, coalesce(need.weight, 0.0) >= 0.5 AS essential, collect(technology.name) AS technologies,
     collect(need) AS needs
// The chains from the product to the form that enters, and the country's share of each product on them.
MATCH chain = (made)-[:INPUT_TO*0..9]->(:Product {id: form})
WITH *, nodes(chain) AS hops
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
ORDER BY known DESC, size(hops), reduce(s = '', hop IN hops | s + hop.id)
WITH country, form, essential, technologies, made, share, needs, head(collect(shares)) AS shares
WITH country, form, essential, technologies, collect({made: made, share: share, shares: shares, needs: needs}) AS chains
UNWIND [c IN chains WHERE none(o IN chains WHERE o.made <> c.made AND c.made IN [s IN tail(o.shares) | s.hop])] AS chain
// Nor one that ends on the way of another, over which the same technologies need it.
WITH country, collect({form: form, essential: essential, technologies: technologies, made: chain.made, share: chain.share,
     shares: chain.shares, needs: chain.needs}) AS chains
UNWIND [c IN chains WHERE none(o IN chains WHERE o.made = c.made AND o.essential = c.essential AND size(o.shares) > size(c.shares)
          AND c.form IN [s IN o.shares | s.hop.id] AND all(t IN c.technologies WHERE t IN o.technologies))] AS chain
WITH country, chain.form AS form, chain.essential AS essential, chain.technologies AS technologies,
     chain.made AS made, chain.share AS share, chain.shares AS shares, chain.needs AS needs
WITH *, reduce(most = head(shares), s IN shares | CASE WHEN coalesce(s.held, 0) > coalesce(most.held, 0) THEN s ELSE most END) AS weakest
ORDER BY essential DESC, weakest.held DESC, share DESC, made.id, form LIMIT toInteger($limit)
WITH collect({essential: essential, technologies: technologies, made: made, needs: needs, share: share, shares: shares,
     weakest: weakest, country: country}) AS found
UNWIND range(0, size(found) - 1) AS position
WITH position + 1 AS rank, found[position] AS one
OPTIONAL MATCH (start:Product {id: one.made.id})-[:FORM_OF]->(material:Material)
WITH rank, one, head(collect(material)) AS material
RETURN rank, coalesce(material.name, one.made.name) AS material,
       reduce(s = one.country.name, hop IN one.shares | s + ' → ' + hop.said) AS path,
       one.shares[0].held AS share, one.weakest.hop.name AS weakest_hop, one.weakest.held AS weakest_share,
       CASE WHEN one.essential THEN 'essential' ELSE 'not essential' END AS need, one.technologies AS technologies,
       one.weakest.year AS period, one.weakest.source AS source, [s IN one.shares | s.hop.id] AS hop_products,
       reduce(s = [], hop IN one.shares | s + [x IN [hop.source] WHERE x IS NOT NULL AND NOT x IN s]) AS hop_sources,
       COLLECT { UNWIND one.needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id } AS use_sources,
       all(n IN one.needs WHERE n.verified) AS verified, material.id AS material_id
ORDER BY rank
