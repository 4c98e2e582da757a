/*
title: Who has reserves of a material but mines little of it, and which projects are planned?
parameters:
  - {name: material, type: material, help: "One material, or a group with its members; otherwise all with reserves", example: rare-earths}
  - {name: country, type: country, help: "Only this country", example: Brazil}
  - {name: threshold, type: number, default: "5", unit: "%", help: "Leave out countries with a smaller share of the world's reserves and no project, in percent", example: "1"}
  - {name: show, type: choice, choices: [untapped, all], default: untapped, help: "Only holders of a surely larger share of the reserves than of mining, and projects; or all", example: all}
columns:
  - {name: material, type: text, meaning: "What is held"}
  - {name: ore, type: text, meaning: "What the reserves are of: of titanium, ilmenite and rutile stand in rows of their own and are never added; absent for a place of projects"}
  - {name: country, type: text, meaning: "Who holds it, or where a project is"}
  - {name: reserves, type: number, unit: unit, meaning: "Reserves; absent where the source gives none"}
  - {name: unit, type: text, meaning: "Unit of the reserves"}
  - {name: reserve_share, type: share, meaning: "Share of the world's reserves: over the larger of the published total and the sum of parts; absent without a total"}
  - {name: reserve_bound, type: text, meaning: "`at most` where the world's total is published as more than a number"}
  - {name: mined_low, type: share, meaning: "Share of the world's mine output of the same product, at least; 0 where no maker of that name is stated"}
  - {name: mined_high, type: share, meaning: "The same, at most; where the country is not named, what nobody is named for"}
  - {name: governance, type: number, meaning: "Mean of the six governance estimates, -2.5 to 2.5"}
  - {name: projects, type: list, meaning: "Projects in the data that are to make something of the material and do not make it yet, with status"}
  - {name: reserve_period, type: text, spare: 1, meaning: "Period of the reserves"}
  - {name: mined_period, type: text, spare: 1, meaning: "Period of mine output"}
  - {name: governance_year, type: text, spare: 1, meaning: "Year of the governance estimates"}
  - {name: sources, type: list, meaning: "Sources of reserves, mine output, governance and projects"}
  - {name: note, type: text, detail: true, meaning: "Remark of the source on the reserves"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the reserves were read in their source"}
  - {name: country_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Which ore the reserves are of"}
finding:
  - "{country} holds {reserve_bound} {reserve_share} of the world's reserves of {ore} ({reserve_period}) and mines {mined_low:to=mined_high} of its output ({mined_period}; {sources})[; {rows:several} holders and places of projects are listed]."
  - "{country} holds {reserve_share} of the world's reserves of {ore} ({reserve_period}) and mines {mined_low:to=mined_high} of its output ({mined_period}; {sources})[; {rows:several} holders and places of projects are listed]."
  - "No holder listed is known to mine less than its share of the world's reserves; projects are listed in {country:list}."
nothing: "No such holder of reserves, and no project, is in the data: nobody over {threshold} of the reserves is known to mine less than its share."
caveats:
  - Reserves are what could be mined at a profit when they were determined; they change with price and exploration, and a large share of them says nothing of how soon a mine can be.
  - A project is listed as its source names it; that it will be built, or make what it says, is not known. One that was given up is left out; one of which no status is stated is listed where a policy lists it. Projects outside the lists in the data are not seen.
  - No share is stated of reserves for which the source gives no world total. Holders without a published figure (by-products have none) are not listed; mining elsewhere in the chain is not refining.
method: "Reserve share over the larger of the published world total and the sum of parts, newest edition; mined share is the headline share of the same product."
data_needed: [HOLDS_RESERVES, MAKES, PRODUCES, LOCATED_IN]
examples: ["orepath ask diversification --material graphite", "orepath ask diversification --material rare-earths", "orepath ask diversification --country Brazil", "orepath ask diversification --material lithium --threshold 1 --show all"]
*/
MATCH (material:Material) WHERE $material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) }
// The newest edition's reserves of each product, with its world total and the sum of its parts; and where projects are.
WITH material, COLLECT { MATCH (economy:Economy)-[held:HOLDS_RESERVES]->(form:Product)-[:FORM_OF]->(material)
       MATCH (source:Source {id: held.source})
       WITH form.id AS product, source, held.period AS period, held.basis AS basis, collect({economy: economy, held: held}) AS parts
       ORDER BY source.published DESC, period DESC, source.id, basis
       WITH product, head(collect(parts)) AS parts
       RETURN {product: product, parts: parts, world: head([p IN parts WHERE p.economy.id = 'WLD' | coalesce(p.held.amount, p.held.low)]),
               bounded: any(p IN parts WHERE p.economy.id = 'WLD' AND p.held.amount IS NULL),
               total: reduce(s = 0.0, p IN parts | s + CASE p.economy.id WHEN 'WLD' THEN 0.0 ELSE coalesce(p.held.amount, 0.0) END)} } AS reserves,
     COLLECT { MATCH (material)<-[:FORM_OF]-(:Product)<-[:PRODUCES]-(:Project)-[:LOCATED_IN]->(place:Country)
               WHERE NOT EXISTS { (place)-[:HOLDS_RESERVES]->(:Product)-[:FORM_OF]->(material) } RETURN DISTINCT place } AS places
UNWIND [r IN reserves | [r.product, CASE WHEN r.world > r.total THEN r.world WHEN r.world IS NOT NULL THEN r.total END, r.parts, r.bounded]]
     + [p IN places | [null, null, [{economy: p, held: null}], false]] AS list
UNWIND list[2] AS part
WITH material, part.economy AS country, part.held AS held, list[0] AS product, list[3] AS bounded,
     CASE WHEN list[1] > 0 THEN part.held.amount / list[1] END AS share
WHERE country:Country
WITH * WHERE $country IS NULL OR country.id = $country
WITH *, COLLECT { MATCH (material)<-[:FORM_OF]-(:Product)<-[:PRODUCES]-(project:Project)-[:LOCATED_IN]->(country)
                  WHERE coalesce(NOT project.status IN ['cancelled', 'closed'] AND NOT project.status IN
// part: policy/projects.at-work
                                 ,
                                 EXISTS { (project)-[:LISTED_UNDER]->(:Policy) })
                  RETURN DISTINCT project } AS awaited
WITH *, COLLECT { UNWIND awaited AS project
                  WITH project.name + coalesce(' (' + coalesce(replace(project.status, '-', ' '), project.status_text) + ')', '') AS stands
                  RETURN stands ORDER BY stands } AS projects,
     COLLECT { UNWIND awaited AS project MATCH (project)-[:DOCUMENTED_BY]->(document:Source)
               RETURN DISTINCT document.id AS id ORDER BY id } AS documents
WHERE size(projects) > 0 OR share >= $threshold / 100
OPTIONAL MATCH (industry:Industry {id: country.id + ':' + product})-[makes:MAKES]->(:Product) WHERE makes.method IS NOT NULL
CALL (product) {
  MATCH (:Product {id: product})<-[other:MAKES]-(:Industry) WHERE other.method IS NOT NULL
  RETURN sum(coalesce(other.share, other.share_low, 0.0)) AS named, max(other.share_source) AS speaks,
         max(other.period) AS year, count(other) AS makers
}
WITH *, product AS form
OPTIONAL MATCH (dug:Product {id: form})
WITH material, country, held, bounded, share, projects, documents, makes, named, speaks, year, makers, form, dug AS product
// part: policy/partnership-coverage.withheld
WITH *, CASE WHEN makers = 0 THEN null WHEN makes IS NULL THEN 0.0
       ELSE coalesce(makes.share, makes.share_low, makes.share_high * (1 - room), 0.0) END AS low,
     CASE WHEN makers = 0 THEN null WHEN makes IS NOT NULL THEN coalesce(makes.share, makes.share_high, 1.0)
          WHEN room IS NOT NULL THEN CASE WHEN country IN withheld THEN room ELSE 0.0 END
          WHEN named < 1 THEN 1 - named ELSE 0.0 END AS high
WHERE $show = 'all' OR size(projects) > 0 OR share > coalesce(high, 0.0)
CALL (country) {
  MATCH (country)-[score:SCORES]->(i:Indicator) WHERE i.id <> 'wgi-mean'
  WITH score.year AS y, score.source AS by, avg(score.estimate) AS mean ORDER BY y DESC, by DESC LIMIT 1
  RETURN collect({year: y, source: by, estimate: mean})[0] AS governed
}
RETURN material.name AS material, replace(product.name, ', mined', '') AS ore, country.name AS country,
       held.amount AS reserves, held.unit AS unit, share AS reserve_share,
       CASE WHEN share IS NOT NULL AND bounded THEN 'at most' END AS reserve_bound,
       low AS mined_low, high AS mined_high, governed.estimate AS governance, projects, held.period AS reserve_period, year AS mined_period,
       toString(governed.year) AS governance_year,
       [s IN [held.source, CASE WHEN speaks <> held.source THEN speaks END, governed.source] + documents
        WHERE s IS NOT NULL] AS sources, held.note AS note,
       held.verified AS verified, country.id AS country_id, form AS product_id
// Where the mine output is not known, nothing is known to be left.
ORDER BY coalesce(share - high, -1) DESC, coalesce(share, -1) DESC, material, country_id, product_id
