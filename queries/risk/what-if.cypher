/*
title: What is lost if a country stops supplying, who is affected, and who could step in?
parameters:
  - {name: country, type: country, required: true, help: "The country that stops", example: China}
  - {name: material, type: material, help: "Only this material or group; otherwise everything", example: gallium}
  - {name: importer, type: economy, default: EU, help: "The market whose loss is shown beside the world's", example: Japan}
  - {name: sector, type: sector, help: "Only what this sector cannot do without", example: defence}
  - {name: threshold, type: number, default: "10", unit: "%", help: "Leave out products of which less of the world's output would be lost, in percent", example: "50"}
columns:
  - {name: product, type: text, meaning: "What is lost"}
  - {name: stage, type: text, meaning: "Stage of the value chain"}
  - {name: lost_low, type: share, meaning: "Share of world output lost, at least"}
  - {name: lost_high, type: share, meaning: "Share of world output lost, at most: nobody fills the gap"}
  - {name: spare, type: share, meaning: "Known unused capacity of other countries, as a share of world output; absent where it is not in the data, which is not zero"}
  - {name: gap_low, type: share, meaning: "What is missing when all known unused capacity is put to use; absent where none is known"}
  - {name: market_low, type: share, meaning: "Share of the market's supply lost directly, at least"}
  - {name: market_high, type: share, meaning: "The same, at most"}
  - {name: replace, type: list, meaning: "The largest other makers, with their shares of world output"}
  - {name: spare_known, type: text, meaning: "Whose unused capacity is known, or that it is not in the data"}
  - {name: technologies, type: list, meaning: "Technologies of which most of the market cannot do without it"}
  - {name: sectors, type: list, meaning: "Sectors that they serve"}
  - {name: period, type: text, meaning: "Period of the share of world output"}
  - {name: market_year, type: text, meaning: "Year of the share of the market's supply"}
  - {name: source, type: text, meaning: "Source of the share of world output"}
  - {name: market_sources, type: list, detail: true, meaning: "Sources of the share of the market's supply"}
  - {name: market_method, type: text, detail: true, meaning: "How the share of the market's supply was derived"}
  - {name: use_sources, type: list, detail: true, meaning: "Sources of the uses"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: country_name, type: text, detail: true, meaning: "The country"}
  - {name: market, type: text, detail: true, meaning: "The market"}
  - {name: product_id, type: text, detail: true, meaning: "Id of the product"}
finding:
  - "If {country_name} stops, {rows:product loses|products lose} over {threshold} of world output; most is lost of {product}: {lost_low:to=lost_high} ({period}; {source}), of which known unused capacity elsewhere ({spare_known}) could leave {gap_low} missing."
  - "If {country_name} stops, {rows:product loses|products lose} over {threshold} of world output; most is lost of {product}: {lost_low:to=lost_high} ({period}; {source}); unused capacity elsewhere is not in the data, so how much others could fill is unknown."
notes:
  - "{market} would lose {market_low:to=market_high} of its supply of {product} directly ({market_year}; {market_sources})."
nothing: "{country} makes no {threshold} of the world's output of such a product, by the data."
caveats:
  - Unused capacity is that of the newest edition that gives capacity and output of the same product; where none does it is unknown, not zero, and no lower bound of the gap is stated.
  - Unused capacity may need months or may not exist any more; publishers count idle plants.
  - Stocks, recycling, substitution and lower demand are not counted; what is lost further upstream is in `hidden-dependence`.
  - Shares of different products are of different periods and sources, and never added.
method: "Gap = max(0, lost - known unused capacity of others), lost = headline share of world output; the upper bound is that nobody fills it. Unused capacity = capacity - output of the same source, year and content basis."
data_needed: [MAKES, SUPPLIES_MARKET, REPORTED_BY, NEEDS]
examples: ["orepath ask what-if --country China --material gallium", "orepath ask what-if --country China --sector defence --threshold 80", "orepath ask what-if --country Chile --material copper"]
*/
MATCH (country:Economy:Country {id: $country}) WITH country MATCH (market:Economy {id: $importer})
MATCH (country)-[:HAS]->(industry:Industry)-[makes:MAKES]->(product:Product)-[:AT_STAGE]->(stage:Stage)
WHERE coalesce(makes.share, makes.share_high, makes.share_low) >= $threshold / 100
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
WITH *, coalesce(makes.share_low, makes.share, 0.0) AS lost_low, coalesce(makes.share_high, makes.share, 1.0) AS lost_high
// 1. Known unused capacity of the others, by the source and year of the share, as a share of the world's output.
CALL (country, industry, product, makes) {
  MATCH (industry)-[own:REPORTED_BY {measure: 'production'}]->(source:Source {id: makes.share_source})
  WHERE own.period = makes.period AND own.amount > 0 AND makes.share > 0
  MATCH (product)<-[:MAKES]-(other:Industry)-[capacity:REPORTED_BY {measure: 'capacity'}]->(source), (by:Country)-[:HAS]->(other)
  MATCH (other)-[output:REPORTED_BY {measure: 'production'}]->(source)
  WHERE by <> country AND capacity.suspect IS NULL AND output.suspect IS NULL
    AND capacity.period = own.period AND output.period = own.period AND capacity.unit = own.unit
    AND output.unit = own.unit AND coalesce(capacity.basis, '') = coalesce(own.basis, '') AND coalesce(output.basis, '') = coalesce(own.basis, '')
  WITH by, own, makes, CASE WHEN capacity.amount > output.amount THEN capacity.amount - output.amount ELSE 0.0 END AS unused
  WHERE unused > 0 ORDER BY unused DESC, by.id
  RETURN sum(unused) / max(own.amount / makes.share) AS spare, collect(by.name) AS spare_by
}
// 2. What the market gets directly, and who else makes the product.
OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(market)
CALL (country, product) {
  MATCH (by:Country)-[:HAS]->(:Industry)-[other:MAKES]->(product) WHERE by <> country AND other.share > 0
  WITH by, other ORDER BY other.share DESC, by.id LIMIT 5
  RETURN collect(by.name + ' ' + CASE WHEN other.share < 0.01 THEN 'under 1' ELSE toString(toInteger(round(other.share * 100))) END + ' %') AS replace
}
// 3. Who cannot do without it, as a form that enters a technology or as what that is made of.
CALL (product) {
  MATCH (product)<-[need:NEEDS]-(technology:Technology)-[:SERVES]->(sector:Sector)
  WHERE need.weight >= 0.5 AND ($sector IS NULL OR sector.id = $sector)
  WITH need, technology, sector ORDER BY technology.name, sector.name
  RETURN collect(DISTINCT technology.name) AS technologies, collect(DISTINCT sector.name) AS sectors,
         coalesce(min(need.verified), true) AS verified,
         reduce(s = [], list IN collect(need.use_sources) | s + [x IN list WHERE NOT x IN s]) AS use_sources
}
WITH * WHERE $sector IS NULL OR size(technologies) > 0
RETURN product.name AS product, stage.name AS stage, lost_low, lost_high, spare,
       CASE WHEN spare IS NULL THEN null WHEN lost_low > spare THEN lost_low - spare ELSE 0.0 END AS gap_low,
       supply.share_low AS market_low, supply.share_high AS market_high, replace,
       CASE WHEN spare IS NULL THEN 'not in the data' ELSE reduce(s = head(spare_by), n IN tail(spare_by) | s + ', ' + n) END AS spare_known,
       technologies, sectors, makes.period AS period, toString(supply.year) AS market_year, makes.share_source AS source,
       supply.share_sources AS market_sources, supply.method AS market_method,
       COLLECT { UNWIND use_sources AS id RETURN id ORDER BY id } AS use_sources, verified,
       country.name AS country_name, market.name AS market, product.id AS product_id
ORDER BY lost_low DESC, lost_high DESC, product_id
