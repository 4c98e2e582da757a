/*
title: Where do the sources disagree, by how much, and why?
parameters:
  - {name: material, type: material, help: "Only this material and its members", example: tungsten}
  - {name: threshold, type: number, unit: "%", default: "10", help: "World totals that differ by more than this, and countries' shares by more points than this", example: "20"}
  - {name: period, type: text, help: "Only this year", example: "2023"}
columns:
  - {name: product, type: text, meaning: "What is counted"}
  - {name: about, type: text, meaning: "World, whose totals are compared, or a country, whose shares are"}
  - {name: period, type: text, meaning: "Year"}
  - {name: amount, type: number, unit: unit, meaning: "What the first source says"}
  - {name: source, type: text, meaning: "The first source: the one that answers prefer"}
  - {name: other_amount, type: number, unit: unit, meaning: "What the other source says"}
  - {name: other_source, type: text, meaning: "The other source"}
  - {name: unit, type: text, meaning: "Unit of both"}
  - {name: difference, type: share, meaning: "Of world totals: how much the smaller is below the larger; of countries: how far their shares are apart"}
  - {name: share, type: share, detail: true, meaning: "The country's share by the first source"}
  - {name: other_share, type: share, detail: true, meaning: "The country's share by the other source"}
  - {name: basis, type: text, codes: [basis], detail: true, meaning: "What both weigh"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: about_id, type: text, entity: Country, detail: true, meaning: "Id of the economy"}
  - {name: publication, type: text, detail: true, meaning: "Publication of the first source"}
  - {name: other_publication, type: text, detail: true, meaning: "Publication of the other source"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether both were read"}
  - {name: suspects, type: list, detail: true, meaning: "Figures on what was asked that cannot be right as they are printed, each with the reason"}
finding:
  - "Sources differ by more than {threshold} in {rows:comparison|comparisons}, of {product:count:product|products}; furthest apart: {product}, {about} ({period}): {amount} {unit} ({source}) against {other_amount} {unit} ({other_source})."
notes:
  - "Figures that cannot be right as they are printed, and that lead nothing: {suspects}."
nothing: "Where two publications state the same quantity, none differ by more than {threshold}, for what was asked."
caveats:
  - Compared are the newest editions of two publications for the same product, year, unit and content basis; editions of one publication revise each other and are no conflict.
  - Where a publication states no world total (as BGS), the sum of its countries stands for it, if there are three or more.
  - The reasons known for these differences stand in the reviewed list that `orepath check` uses.
method: "World: 1 - min/max of the published totals. Country: difference of the shares in the larger of world total and sum of all parts, in points. By the newest edition of each publication that states the year."
data_needed: [REPORTED_BY]
examples: ["orepath ask source-conflicts", "orepath ask source-conflicts --material tungsten --period 2022", "orepath ask source-conflicts --threshold 50"]
*/
// Figures that are suspect by themselves.
CALL () {
  MATCH (industry:Industry)-[figure:REPORTED_BY]->() WHERE figure.suspect IS NOT NULL
  MATCH (about:Economy)-[:HAS]->(industry)-[:MAKES|TOTALS]->(product:Product)
  RETURN about, product, figure
  UNION ALL
  MATCH (about:Economy)-[figure:HOLDS_RESERVES]->(product:Product) WHERE figure.suspect IS NOT NULL
  RETURN about, product, figure
}
WITH * WHERE $material IS NULL
  OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
WITH product.name + ', ' + about.name + ' (' + figure.period + '; ' + figure.source + '): ' + figure.suspect AS text ORDER BY text
WITH collect(text) AS suspects
// 1. What each source edition says of a product in a year: its parts and its whole.
MATCH (product:Product) WHERE NOT product:TradeCode AND ($material IS NULL
  OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[:MAKES|TOTALS]->(product)
MATCH (industry)-[r:REPORTED_BY {measure: 'production'}]->(source:Source)
WHERE r.amount IS NOT NULL AND r.status <> 'forecast' AND r.suspect IS NULL AND ($period IS NULL OR r.period = $period)
WITH suspects, product, source, r.period AS period, r.basis AS basis, r.unit AS unit, min(r.verified) AS verified,
     max(CASE WHEN economy.id = 'WLD' THEN r.amount END) AS total,
     sum(CASE WHEN economy.id = 'WLD' THEN 0 ELSE r.amount END) AS stated,
     [p IN collect({economy: economy, amount: r.amount}) WHERE NOT p.economy:Aggregate] AS parts
WITH *, coalesce(total, CASE WHEN size(parts) > 2 THEN stated END) AS world WHERE world > 0
// 2. The newest edition of each publication, and of these each two.
MATCH (source)-[:EDITION_OF]->(publication:Publication)
WITH * ORDER BY source.published DESC, source.id
WITH suspects, product, period, basis, unit, publication,
     head(collect({source: source, world: world, whole: CASE WHEN stated > world THEN stated ELSE world END,
                   parts: parts, verified: verified, publication: publication})) AS newest
// First what answers prefer: a product's evidence is in one order.
OPTIONAL MATCH (product)-[known:OUTPUT_KNOWN_FROM {measure: 'production', period: period, basis: basis}]->(known_from:Source)
WHERE known_from = newest.source
WITH * ORDER BY known.precedence, publication.preference, publication.id
WITH suspects, product, period, basis, unit, collect(newest) AS said WHERE size(said) > 1
UNWIND range(0, size(said) - 2) AS i UNWIND range(i + 1, size(said) - 1) AS j
WITH suspects, product, period, basis, unit, said[i] AS a, said[j] AS b
// 3. World totals against each other, and shares.
UNWIND [{about_id: 'WLD', about: 'World', amount: a.world, other_amount: b.world, share: null, other_share: null,
         difference: 1 - CASE WHEN a.world < b.world THEN a.world / b.world ELSE b.world / a.world END}]
     + [p IN a.parts WHERE any(q IN b.parts WHERE q.economy = p.economy) |
        {about_id: p.economy.id, about: p.economy.name, amount: p.amount,
         other_amount: head([q IN b.parts WHERE q.economy = p.economy | q.amount]), share: p.amount / a.whole,
         other_share: head([q IN b.parts WHERE q.economy = p.economy | q.amount]) / b.whole,
         difference: abs(p.amount / a.whole - head([q IN b.parts WHERE q.economy = p.economy | q.amount]) / b.whole)}] AS one
WITH * WHERE one.difference > $threshold / 100
RETURN product.name AS product, one.about AS about, period, one.amount AS amount, a.source.id AS source,
       one.other_amount AS other_amount, b.source.id AS other_source, unit, one.difference AS difference, one.share AS share,
       one.other_share AS other_share, basis, product.id AS product_id, one.about_id AS about_id,
       a.publication.id AS publication, b.publication.id AS other_publication, a.verified AND b.verified AS verified, suspects
ORDER BY difference DESC, product_id, period DESC, about_id, other_publication
