/*
title: How did a country's share of the world's output, or of a market's imports, change over the years?
parameters:
  - {name: material, type: material, required: true, help: "A material or a group", example: gallium}
  - {name: product, type: product, help: "Only this product of it", example: "NdFeB magnet"}
  - {name: country, type: country, help: "Whose share; where none is named, the country that has most of the newest", example: China}
  - {name: importer, type: economy, help: "Share of this market's imports in place of the world's output", example: EU}
  - {name: stage, type: stage, help: "Only products of this stage", example: extraction}
  - {name: edition, type: source, help: "Only figures of this source, for a series without a change of source", example: bgs-wms-2023}
  - {name: years, type: integer, default: "15", help: "How many years back from the newest", example: "50"}
  - {name: limit, type: integer, default: "3", help: "How many series, one a product and country", example: "10"}
columns:
  - {name: product, type: text, meaning: "What is made or bought"}
  - {name: country, type: text, meaning: "Whose share it is"}
  - {name: period, type: text, meaning: "Year, or years of which the share is a mean"}
  - {name: share, type: share, meaning: "The share of what `share_of` names"}
  - {name: bound, type: text, meaning: "`at most` where a maker outside the total has no figure, or none of a whole is published"}
  - {name: change, type: number, unit: percentage points, meaning: "Against the row below; absent where the series breaks between them"}
  - {name: break, type: text, meaning: "What differs from the row below, so that the two shares are not of the same kind"}
  - {name: share_of, type: text, meaning: "What is divided by"}
  - {name: named, type: integer, meaning: "How many countries have a figure"}
  - {name: source, type: text, meaning: "Source edition"}
  - {name: basis, type: text, detail: true, meaning: "What is counted: contained metal, gross weight; mass or value"}
  - {name: codes, type: list, detail: true, meaning: "Customs codes added up"}
  - {name: coverage, type: share, detail: true, meaning: "What the countries with a figure make of the published world total"}
  - {name: since, type: text, detail: true, meaning: "First period of the unbroken stretch that ends with the newest"}
  - {name: share_then, type: share, detail: true, meaning: "The share in that period"}
  - {name: moved, type: text, detail: true, meaning: "`up` or `down` by a point or more since then, else `little changed`"}
  - {name: breaks, type: text, detail: true, meaning: "In which periods the series breaks"}
  - {name: first_period, type: text, detail: true, meaning: "The oldest period shown, where the series breaks after it"}
  - {name: first_share, type: share, detail: true, meaning: "The share in it"}
  - {name: before_of, type: text, detail: true, meaning: "Where the newest stands alone: the whole of the stretch below the break"}
  - {name: before_source, type: text, detail: true, meaning: "Its source"}
  - {name: before_from, type: text, detail: true, meaning: "Its first period"}
  - {name: before_from_share, type: share, detail: true, meaning: "The share in that"}
  - {name: before_to, type: text, detail: true, meaning: "Its last period"}
  - {name: before_to_share, type: share, detail: true, meaning: "The share in that"}
  - {name: left_out, type: integer, detail: true, meaning: "Series left out by the limit"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: country_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the figures were read in the source named"}
finding_per: product_id
finding:
  - "{product}: the share of {country} in {share_of} was[ {bound}] {share} in {period} ({source}), {moved} from {share_then} in {since}[; older figures are of another kind (breaks: {breaks})][, the oldest shown {first_share} in {first_period}]."
  - "{product}: the share of {country} in {share_of} was[ {bound}] {share} in {period} ({source}); that cannot be compared with the years before, in which it went, as a share of {before_of}, from {before_from_share} in {before_from} to {before_to_share} in {before_to} ({before_source})."
  - "{product}: the share of {country} in {share_of} was[ {bound}] {share} in {period} ({source})[; the series breaks there, so that no change can be told (breaks: {breaks})][, the oldest shown being {first_share} in {first_period}]."
notes:
  - "Left out: {left_out:series|series} (--limit, --product)."
nothing: "No yearly share of {country} in {material} ({product}; market: {importer}) is in the data for what was asked."
caveats:
  - Shares on the two sides of a break are of different kinds; their difference is no change. A break is a change of source, edition, content basis, whole, customs code or of how many countries are counted, or a year without a figure.
  - Where no world total is published, the share is of the countries that state their output, and an upper bound of that of the world.
  - A series that ended ten years or more before the newest one is left out unless --product names it; so is what a single country states, of which there is no whole.
  - A newest edition revises older years; each year stands as its leading edition has it.
  - Of imports, what a source states goes before what flows by value come to; both name the whole.
method: "Output: for each period the evidence that leads (docs/methods.md, Which evidence leads), amount over the larger of total and sum. Imports: stated shares, else EXPORTS_TO by value over all sellers outside the market, of codes that are the product or mostly, importers' books before reconciled ones."
data_needed: [OUTPUT_KNOWN_FROM, REPORTED_BY, SUPPLIES, EXPORTS_TO]
examples: ["orepath ask trend --material gallium --country China", "orepath ask trend --material cobalt --country 'DR Congo' --stage extraction --years 30", "orepath ask trend --material rare-earths --country China --importer EU", "orepath ask trend --material lithium --country Chile --importer EU --edition eurostat-comext-2024"]
*/
MATCH (:Material {id: $material})<-[part:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(product:Product) WHERE NOT product:TradeCode
MATCH (product)-[:AT_STAGE]->(level:Stage) WHERE ($stage IS NULL OR level.id = $stage) AND ($product IS NULL OR product.id = $product)
WITH product, level, min(size(part)) > 0 AS within
// part: output
// 2. Of a market's imports: what sources state of them, as `sourcing` reads it, then the flows.
OPTIONAL MATCH (market:Economy {id: $importer})
// part: sourcing.observed
// part: imports
WITH product, level, within, [i IN range(0, size(known) - 1) WHERE coalesce(known[i].source = $edition, true)
     | [k IN [known[i]] | k {.*, place: i, ends: toInteger(right(k.period, 4)), begins: toInteger(left(k.period, 4)),
       kind: [k.source, coalesce(k.basis, ''), k.of] + k.codes}][0]] AS known WHERE size(known) > 0
// 3. Whose share: the country asked for, else the one with most of what leads; and all that is known of it.
WITH *, coalesce($country, COLLECT { UNWIND head(known).parts AS p WITH p WHERE p.share IS NOT NULL
     RETURN p.id ORDER BY p.share DESC, p.id LIMIT 1 }[0]) AS whose
WITH *, [k IN known | k {.*, mine: head([p IN k.parts WHERE p.id = whose AND p.share IS NOT NULL])}] AS known
WITH *, [k IN known WHERE k.mine IS NOT NULL AND (size(k.period) = 4 OR k.place = head(known).place)] AS yearly
WITH *, CASE WHEN size(yearly) > 0 THEN yearly ELSE [k IN known WHERE k.mine IS NOT NULL] END AS known
WITH *, reduce(n = 0, k IN known | CASE WHEN k.ends > n THEN k.ends ELSE n END) AS newest
// 4. Of each period what leads; and of a period in which the kind changes also the kind of the one before, so that it goes on.
WITH *, COLLECT { UNWIND known AS k WITH k WHERE k.ends > newest - $years WITH k ORDER BY k.place
     WITH k.period AS period, k.ends AS ends, collect(k) AS all_of_it ORDER BY ends DESC, period DESC RETURN all_of_it } AS periods
WITH *, reduce(rows = [], i IN range(0, size(periods) - 1) | rows + [periods[i][0]] + CASE WHEN periods[i][0].kind = periods[i + 1][0].kind
     THEN [] ELSE [o IN periods[i] WHERE o.kind = periods[i + 1][0].kind][..1] END) AS rows WHERE size(rows) > 0
WITH *, [i IN range(0, size(rows) - 1) | CASE WHEN i + 1 < size(rows) THEN
     CASE WHEN rows[i].source = rows[i + 1].source THEN [] WHEN EXISTS { MATCH (:Source {id: rows[i].source})-[:EDITION_OF]->(:Publication)
            <-[:EDITION_OF]-(:Source {id: rows[i + 1].source}) } THEN ['edition'] ELSE ['source'] END
     + CASE WHEN coalesce(rows[i].basis, '') = coalesce(rows[i + 1].basis, '') THEN [] ELSE ['basis'] END
     + CASE WHEN rows[i].of = rows[i + 1].of THEN [] ELSE ['whole'] END
     + CASE WHEN rows[i].codes = rows[i + 1].codes THEN [] ELSE ['customs codes'] END
     + CASE WHEN rows[i].begins - rows[i + 1].ends > 1 THEN ['no figure between'] ELSE [] END
     // Where the whole is what the countries state, one that comes or goes moves all shares.
     + CASE WHEN rows[i].whole OR rows[i + 1].whole THEN [] ELSE
         [p IN rows[i].parts WHERE p.share >= 0.05 AND NOT p.id IN [o IN rows[i + 1].parts | o.id] | 'coverage, with ' + p.name]
         + [p IN rows[i + 1].parts WHERE p.share >= 0.05 AND NOT p.id IN [o IN rows[i].parts | o.id] | 'coverage, without ' + p.name] END
     ELSE [] END] AS breaks
WITH *, coalesce(head([i IN range(0, size(rows) - 1) WHERE size(breaks[i]) > 0]), size(rows) - 1) AS run
WITH *, coalesce(head([i IN range(run + 1, size(rows) - 1) WHERE size(breaks[i]) > 0]), size(rows) - 1) AS next
ORDER BY within, head(rows).mine.share IS NULL, size(rows) < 2, head(rows).ends DESC, level.position DESC, -head(rows).mine.share, product.id
WITH collect({product: product, rows: rows, breaks: breaks, run: run,
     before: CASE WHEN run = 0 AND next > 1 THEN [rows[next], rows[1]] ELSE [] END}) AS every
// A series that ended long before the others tells nothing of today; --product shows it.
WITH every, reduce(n = 0, e IN every | CASE WHEN head(e.rows).ends > n THEN head(e.rows).ends ELSE n END) AS latest
WITH [e IN every WHERE $product IS NOT NULL OR head(e.rows).ends > latest - 10] AS every
UNWIND range(0, size(every) - 1) AS place
WITH every, place, every[place] AS one WHERE place < $limit
UNWIND range(0, size(one.rows) - 1) AS i
WITH *, one.rows[i] AS row, one.rows[i].mine AS mine, one.breaks[i] AS broken, one.rows[one.run] AS start, last(one.rows) AS oldest
RETURN one.product.name AS product, mine.name AS country, row.period AS period, mine.share AS share, mine.bound AS bound,
       CASE WHEN size(broken) = 0 AND i + 1 < size(one.rows) THEN round(100 * (mine.share - one.rows[i + 1].mine.share), 1) END AS change,
       CASE WHEN size(broken) > 0 THEN reduce(s = head(broken), b IN tail(broken) | s + '; ' + b) END AS break,
       row.of AS share_of, row.named AS named, row.source AS source, row.basis AS basis, row.codes AS codes, row.coverage AS coverage,
       CASE WHEN one.run > 0 THEN start.period END AS since, CASE WHEN one.run > 0 THEN start.mine.share END AS share_then,
       CASE WHEN one.run = 0 THEN null WHEN head(one.rows).mine.share - start.mine.share >= 0.01 THEN 'up'
            WHEN start.mine.share - head(one.rows).mine.share >= 0.01 THEN 'down' ELSE 'little changed' END AS moved,
       nullIf(reduce(s = '', j IN range(0, size(one.rows) - 1) | CASE WHEN size(one.breaks[j]) = 0 OR s ENDS WITH one.rows[j].period THEN s
         WHEN s = '' THEN one.rows[j].period ELSE s + ', ' + one.rows[j].period END), '') AS breaks,
       CASE WHEN one.run < size(one.rows) - 1 THEN oldest.period END AS first_period,
       CASE WHEN one.run < size(one.rows) - 1 THEN oldest.mine.share END AS first_share,
       one.before[0].of AS before_of, one.before[0].source AS before_source, one.before[0].period AS before_from,
       one.before[0].mine.share AS before_from_share, one.before[1].period AS before_to, one.before[1].mine.share AS before_to_share,
       CASE WHEN size(every) > $limit THEN size(every) - $limit END AS left_out,
       one.product.id AS product_id, mine.id AS country_id, mine.verified AS verified
ORDER BY place, i
