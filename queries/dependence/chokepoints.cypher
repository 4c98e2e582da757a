/*
title: Which countries' hold on which products would stop the most technologies and sectors?
parameters:
  - {name: threshold, type: number, default: "50", unit: "%", help: "A country cuts a product off when it surely makes over this share of the world's output, in percent", example: "65"}
  - {name: sector, type: sector, help: "Only technologies of this sector", example: defence}
  - {name: material, type: material, help: "Only products of this material or group", example: rare earths}
  - {name: need, type: choice, default: essential, choices: [essential, any], help: "Count technologies of which most of the market cannot do without, or all that use it", example: any}
  - {name: limit, type: integer, default: "25", help: "How many pairs", example: "10"}
columns:
  - {name: rank, type: integer, meaning: "Order: by what a stop would reach (`stopped`)"}
  - {name: country, type: text, meaning: "The country"}
  - {name: product, type: text, meaning: "The product of which it makes more than the threshold"}
  - {name: stage, type: text, meaning: "Stage of the value chain"}
  - {name: share, type: share, meaning: "Its share of world output: the capacity that is cut when it is removed"}
  - {name: bound, type: text, meaning: "`at least` where only a lower bound is known"}
  - {name: cut_size, type: integer, meaning: "Size of the smallest cut: how many countries together surely make more than the threshold"}
  - {name: suppliers_low, type: number, meaning: "Effective number of suppliers (1 / sum of squared shares), what no country is named for counted as one"}
  - {name: suppliers_high, type: number, meaning: "The same, with that spread thin"}
  - {name: technologies, type: list, meaning: "Technologies that need it, itself or in a form made from it"}
  - {name: sectors, type: list, meaning: "Sectors that they serve"}
  - {name: forms, type: list, meaning: "Products by which it enters them"}
  - {name: stopped, type: number, unit: "1", meaning: "Technologies that need it, each by the part of its market that does, times the share: what a stop would reach"}
  - {name: technology_count, type: integer, meaning: "How many technologies"}
  - {name: sector_count, type: integer, meaning: "How many sectors"}
  - {name: period, type: text, meaning: "Period of the share"}
  - {name: source, type: text, meaning: "Source of the share"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: country_id, type: text, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
finding:
  - "{rows:country–product pair holds|country–product pairs hold} over {threshold} of world output on the way to technologies; the widest is {country} in {product} with {bound} {share} ({period}; {source}): {technology_count:technology|technologies} in {sector_count:sector|sectors}; most pairs are held by {country:most}."
  - "{rows:country–product pair holds|country–product pairs hold} over {threshold} of world output on the way to technologies; the widest is {country} in {product} with {share} ({period}; {source}): {technology_count:technology|technologies} in {sector_count:sector|sectors}; most pairs are held by {country:most}."
nothing: "No country surely makes over {threshold} of a product on the way to such a technology, by the data."
caveats:
  - A pair cuts off when too little is made elsewhere in the same period; stocks, spare capacity, recycling and substitutes are not counted (`what-if` shows what is known).
  - A technology counts once whatever amount it needs; what only some of its types need counts by their share of its market, and from half of it on it is listed.
  - By-products count by themselves and not for their hosts; of several ores that make one product each is listed, as none of them is told to replace the other.
  - Uses are curated and incomplete, so that a technology that is not listed is not shown to be safe.
method: "Every product on the way to a technology is needed, so that removing a pair cuts its share of the flow; cut where that exceeds the threshold. The smallest cut adds the largest shares until they exceed it. Need: the forms that enter a technology and all that they are made of (NEEDS, docs/methods.md), never what else is made of the same material. Order: sum over technologies of the part of the market that needs it, times the share."
data_needed: [MAKES, NEEDS]
examples: ["orepath ask chokepoints", "orepath ask chokepoints --sector defence --threshold 80", "orepath ask chokepoints --material rare-earths --need any"]
*/
// 1. Countries that surely make more than the threshold of a product.
MATCH (country:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(product:Product)-[:AT_STAGE]->(stage:Stage)
WHERE coalesce(makes.share, makes.share_low) > $threshold / 100
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
// 2. The technologies that need it, as a form that enters them or as what that is made of.
CALL (product) {
  MATCH (product)<-[need:NEEDS]-(technology:Technology)-[:SERVES]->(sector:Sector)
  WHERE ($need = 'any' OR need.weight >= 0.5) AND ($sector IS NULL OR sector.id = $sector)
  WITH need, technology, sector ORDER BY technology.name, sector.name
  WITH collect(DISTINCT need) AS needs, collect(DISTINCT technology.name) AS technologies, collect(DISTINCT sector.name) AS sectors
  RETURN technologies, sectors, reduce(s = 0.0, n IN needs | s + coalesce(n.weight, 0.0)) AS needed, all(n IN needs WHERE n.verified) AS verified,
         COLLECT { UNWIND needs AS n UNWIND n.forms AS id MATCH (form:Product {id: id}) RETURN DISTINCT form.name AS name ORDER BY name } AS forms,
         COLLECT { UNWIND needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id } AS use_sources
}
WITH * WHERE size(technologies) > 0
// 3. Who else makes it: the effective number of suppliers, and the smallest cut.
CALL (product) {
  MATCH (:Country)-[:HAS]->(:Industry)-[other:MAKES]->(product)
  WITH coalesce(other.share, other.share_low) AS part WHERE part > 0
  WITH part ORDER BY part DESC
  RETURN collect(part) AS parts
}
WITH *, reduce(s = 0.0, p IN parts | s + p ^ 2) AS squares, reduce(s = 1.0, p IN parts | s - p) AS unnamed
WITH *, needed * coalesce(makes.share, makes.share_low) AS stopped
ORDER BY stopped DESC, size(sectors) DESC, product.id, country.id
LIMIT toInteger($limit)
WITH collect({by: country, product: product, stage: stage, makes: makes, technologies: technologies, sectors: sectors,
     forms: forms, stopped: stopped, verified: verified, use_sources: use_sources, squares: squares, unnamed: unnamed, parts: parts}) AS found
UNWIND range(0, size(found) - 1) AS position
WITH position + 1 AS rank, found[position] AS one
RETURN rank, one.by.name AS country, one.product.name AS product, one.stage.name AS stage,
       coalesce(one.makes.share, one.makes.share_low) AS share,
       CASE WHEN one.makes.share IS NULL THEN 'at least' END AS bound,
       head([n IN range(1, size(one.parts)) WHERE reduce(s = 0.0, p IN one.parts[0..n] | s + p) > $threshold / 100 | n]) AS cut_size,
       1 / (one.squares + CASE WHEN one.unnamed > 0 THEN one.unnamed ^ 2 ELSE 0 END) AS suppliers_low,
       1 / one.squares AS suppliers_high, one.technologies AS technologies, one.sectors AS sectors, one.forms AS forms,
       round(one.stopped, 4) AS stopped, size(one.technologies) AS technology_count, size(one.sectors) AS sector_count, one.makes.period AS period,
       one.makes.share_source AS source, one.use_sources AS use_sources, one.verified AS verified,
       one.by.id AS country_id, one.product.id AS product_id
ORDER BY rank
