/*
title: What does an export restriction affect, and who else could supply it?
parameters:
  - {name: country, type: economy, help: "Only restrictions that this economy imposes", example: China}
  - {name: material, type: material, help: "Only products of this material, its group's or its members'", example: gallium}
  - {name: restriction, type: restriction, help: "Only this restriction, by id or name", example: cn-2023-gage}
  - {name: importer, type: economy, default: EU, help: "Whose supply, and whose agreements with the other makers, are shown", example: US}
  - {name: as_of, type: date, default: newest, help: "Restrictions announced and not ended, and agreements signed or in force and not ended, by that day", example: "2026-02-03"}
columns:
  - {name: restriction, type: text, meaning: "What is restricted, by its name"}
  - {name: imposed_by, type: text, spare: 1, meaning: "Who imposes it"}
  - {name: state, type: text, meaning: "On that day: in force, suspended, suspension over (no later news), announced (not known to be in effect), or undated"}
  - {name: product, type: text, meaning: "Product touched; absent where the measure names none that the data know"}
  - {name: stage, type: text, spare: 2, meaning: "Its stage of the value chain"}
  - {name: share_low, type: share, meaning: "The imposer's share of world output, at least; absent where its output is not in the data"}
  - {name: share_high, type: share, meaning: "The same, at most"}
  - {name: market_share, type: share, meaning: "The imposer's share of what the importer has, own output and imports together; absent where not known"}
  - {name: market_low, type: share, meaning: "The same, low end of the interval"}
  - {name: market_high, type: share, meaning: "The same, high end"}
  - {name: others, type: list, spare: 1, meaning: "The five largest other makers: share of world output; ids of agreements with the importer; mean governance"}
  - {name: agreed_low, type: share, meaning: "Share of world output of all other makers that belong to the importer or have an agreement with it, at least"}
  - {name: agreed_high, type: share, meaning: "The same, at most: what the imposer does not make and no maker without agreement is known to make; where the imposer's share is not known, all but the latter"}
  - {name: technologies, type: list, spare: 1, meaning: "Technologies that cannot do without the product's material"}
  - {name: sectors, type: list, meaning: "Sectors that they serve"}
  - {name: period, type: text, spare: 2, meaning: "Period of the imposer's share"}
  - {name: market_period, type: text, spare: 2, meaning: "Period of its share of what the importer has"}
  - {name: known_by, type: text, spare: 2, meaning: "How that share is known: reconciled, trade-only, market-mix, bloc-mix or world-mix"}
  - {name: sources, type: list, meaning: "Sources and documents that the row rests on"}
  - {name: names, type: list, detail: true, meaning: "What the measure itself names"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the restriction was read in the documents named"}
  - {name: restriction_id, type: text, entity: ExportRestriction, detail: true, meaning: "Id of the restriction"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
finding:
  - "Export restrictions touch {product:count:product|products} on {as_of}, in force or not. First, of {product} {imposed_by} makes {share_low:to=share_high} of the world's output[ in {period}] ({restriction}: {state}), and makers that belong to {importer} or have an agreement with it make {agreed_low:to=agreed_high}."
  - "Export restrictions touch {product:count:product|products} on {as_of}, in force or not. First, of {product} {imposed_by} makes {share_low:to=share_high} of the world's output[ in {period}] ({restriction}: {state}), and nobody else is known to make it."
  - "By {as_of}, {rows:row|rows} of measures and what they touch are in the data; the imposer's share of world output is not known for the first."
notes:
  - "Of what {importer} has of {product}, {market_share} is made in {imposed_by} ([{market_low:apart=market_high}; ]{market_period}; {known_by})."
nothing: "No export restriction that was announced by {as_of} and had not ended fits what was asked, in the data."
caveats:
  - A measure that names a material is shown with all its products, of which somebody's output is known, though its text may list only some forms; a licence is no stop, and a suspended measure is not in force.
  - An agreement is no supply, and a share of output no spare capacity; both say nothing of tonnes to be had.
  - Output that is reported only for a group (rare earths) is not shared out among its members; then no share is stated.
  - Shares are of different products, periods and sources, and never added over products.
method: "Headline shares of world output; reconciled shares of what the importer has (SUPPLIES_MARKET). Others: by share. Governance: mean of the six World Bank estimates of the newest year not after the day, all six of one source. Technologies: the product's material and what is made out of it before components; links of need only."
data_needed: [MAKES, SUPPLIES_MARKET, SCORES, NEEDS]
examples: ["orepath ask restriction-impact --restriction cn-2023-gage", "orepath ask restriction-impact --country Indonesia", "orepath ask restriction-impact --material cobalt --importer US"]
*/
MATCH (market:Economy {id: $importer}) MATCH (measure:ExportRestriction)-[:IMPOSED_BY]->(imposer:Economy)
WHERE ($country IS NULL OR imposer.id = $country) AND ($restriction IS NULL OR measure.id = $restriction)
  AND coalesce(measure.announced, measure.effective, $as_of) <= $as_of AND NOT coalesce(measure.ended <= $as_of, false)
// 1. What it touches: a product that it names, or every product of a material (or member) that it names.
CALL (measure) {
  MATCH (measure)-[:RESTRICTS]->(product:Product) RETURN product
  UNION
  MATCH (measure)-[:RESTRICTS]->(:Material)<-[:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(product:Product) RETURN product
  UNION
  WITH measure WHERE NOT EXISTS { MATCH (measure)-[:RESTRICTS]->(named) WHERE named:Product OR named:Material }
  RETURN null AS product
} WITH * WHERE NOT coalesce(product:TradeCode, false)
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
       OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)<-[:PART_OF*1..3]-(:Material {id: $material}) })
  // A product that only its material names, and of which nobody's output is known, says nothing more.
  AND (product IS NULL OR EXISTS { MATCH (measure)-[:RESTRICTS]->(product) }
       OR EXISTS { MATCH (product)<-[makes:MAKES]-(:Industry) WHERE makes.share > 0 OR makes.share_high > 0 })
WITH market, imposer, product, collect(measure) AS measures // each product once
OPTIONAL MATCH (imposer)-[:HAS]->(industry:Industry)-[own:MAKES]->(product)
OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(market)
WITH *, coalesce(own.share_low, own.share) AS share_low, coalesce(own.share_high, own.share) AS share_high
// part: makers
// 3. Who cannot do without it, as a form that enters a technology or as what that is made of.
CALL (product) {
  MATCH (product)<-[need:NEEDS]-(technology:Technology)-[:SERVES]->(sector:Sector) WHERE need.essential
  WITH need, technology, sector ORDER BY technology.name, sector.name
  RETURN collect(DISTINCT technology.name) AS technologies, collect(DISTINCT sector.name) AS sectors,
         reduce(s = [], list IN collect(need.use_sources) | s + [x IN list WHERE NOT x IN s]) AS use_sources
}
WITH *, reduce(s = 0.0, m IN makers | s + CASE WHEN m.agreed THEN m.low ELSE 0.0 END) AS agreed,
     1 - coalesce(share_low, 0.0) - reduce(s = 0.0, m IN makers | s + CASE WHEN m.agreed THEN 0.0 ELSE m.low END) AS rest
UNWIND measures AS measure
RETURN measure.name AS restriction, imposer.name AS imposed_by, CASE
       WHEN measure.suspended_from <= $as_of AND coalesce(measure.suspended_until, $as_of) >= $as_of THEN 'suspended'
       WHEN measure.suspended_until < $as_of THEN 'suspension over'
       WHEN measure.ended IS NULL AND measure.status IN ['ended', 'superseded', 'dropped'] THEN 'undated'
       WHEN measure.effective > $as_of OR measure.status = 'announced' THEN 'announced'
       WHEN measure.effective <= $as_of THEN 'in force' ELSE 'undated' END AS state,
       product.name AS product, head(COLLECT { MATCH (product)-[:AT_STAGE]->(s:Stage) RETURN s.name AS name ORDER BY s.position }) AS stage,
       share_low, share_high, supply.share AS market_share, supply.share_low AS market_low, supply.share_high AS market_high,
       others, CASE WHEN size(makers) > 0 THEN agreed END AS agreed_low,
       CASE WHEN size(makers) = 0 THEN null WHEN rest > agreed THEN rest ELSE agreed END AS agreed_high, technologies, sectors,
       own.period AS period, supply.period AS market_period, supply.method AS known_by,
       COLLECT { UNWIND COLLECT { MATCH (measure)-[:DOCUMENTED_BY]->(d:Source) RETURN d.id AS id
                 UNION UNWIND [own.share_source] + coalesce(supply.share_sources, []) + origins + use_sources + [m IN makers | m.from] AS id
                       WITH id WHERE id IS NOT NULL RETURN id
                 UNION UNWIND makers[0..5] AS m UNWIND m.deals AS deal
                       MATCH (:Agreement {id: deal})-[:DOCUMENTED_BY]->(d:Source) RETURN d.id AS id } AS id RETURN id ORDER BY id } AS sources,
       COLLECT { MATCH (measure)-[:RESTRICTS]->(t) RETURN t.name AS name ORDER BY name } AS names,
       measure.verified AS verified, measure.id AS restriction_id, product.id AS product_id
// What is aimed at others, or is no ban, quota or licence, says less than what is; of the rest the newest.
ORDER BY state = 'in force' DESC, measure.kind = 'technology-ban', share_low IS NULL, share_low DESC,
         EXISTS { (measure)-[:AGAINST]->() } AND NOT EXISTS { (measure)-[:AGAINST]->(market) },
         NOT measure.kind IN ['ban', 'quota', 'licence'], coalesce(toString(measure.effective), '') DESC, restriction_id, product_id
