/*
title: What was traded from month to month, and what did a restriction change?
parameters:
  - {name: material, type: material, help: "A material or a group: the goods that hold its products; with no product and no code either, all goods of which months are known", example: natural graphite}
  - {name: product, type: product, help: "Only goods that are this product or hold it", example: photovoltaic modules}
  - {name: code, type: text, help: "An HS code, or its beginning", example: "2504 10"}
  - {name: exporter, type: economy, help: "Only what this economy sells", example: China}
  - {name: importer, type: economy, help: "Only what this economy buys; of a bloc, from outside it", example: Japan}
  - {name: since, type: date, help: "A day of the first month shown; else so many months are as `months` says", example: "2023-01-01"}
  - {name: months, type: integer, default: "24", help: "How many months back from the newest", example: "48"}
  - {name: restriction, type: restriction, help: "The restriction before and after which months are compared; else the newest that holds for three months or more of those shown", example: cn-2023-graphite}
  - {name: edition, type: source, help: "Only figures of this source", example: ember-solar-2025-09}
  - {name: limit, type: integer, default: "3", help: "How many goods, those of the largest value first", example: "10"}
columns:
  - {name: goods, type: text, meaning: "Customs code, or the product where the source names that, and whether it is a basket of several materials"}
  - {name: month, type: text, meaning: "Year and month"}
  - {name: quantity, type: number, unit: unit, meaning: "Rated power where the source states or estimates one, else net mass; zero where the source has other partners of the month and none of those asked for"}
  - {name: unit, type: text, meaning: "MW or t"}
  - {name: change, type: number, unit: "%", meaning: "Against the median of the twelve months before, of which six or more must be known"}
  - {name: event, type: text, meaning: "Restriction that was announced or began to apply in the month"}
  - {name: value, type: number, unit: currency, meaning: "Value as the reporting side has it"}
  - {name: currency, type: text, meaning: "Its currency"}
  - {name: unit_value, type: number, unit: a kilogram, meaning: "Value over mass of the flows that have both"}
  - {name: partners, type: integer, spare: 2, meaning: "How many partners have a flow"}
  - {name: exporter, type: text, spare: 1, meaning: "Who sells"}
  - {name: importer, type: text, spare: 3, meaning: "Who buys, or how many partners the source has of a month at most"}
  - {name: source, type: text, meaning: "Source edition"}
  - {name: mass, type: number, unit: t, detail: true, meaning: "Net mass; absent where none is stated"}
  - {name: power, type: number, unit: MW, detail: true, meaning: "Rated power; absent where the source has none"}
  - {name: without, type: share, detail: true, meaning: "Part of the value that is of flows without a quantity"}
  - {name: side, type: text, detail: true, meaning: "Who recorded it: exporter or importer"}
  - {name: basket, type: text, detail: true, meaning: "What the code holds besides; its figures are then those of the whole basket"}
  - {name: since_when, type: text, detail: true, meaning: "First of the months that are compared with those before: of the restriction, or of the newest twelve"}
  - {name: until_when, type: text, detail: true, meaning: "Last of them, at most twelve months on"}
  - {name: rule, type: text, codes: [restriction-kind], detail: true, meaning: "The restriction that began to apply then; absent where none did"}
  - {name: rule_since, type: text, detail: true, meaning: "Since when it applies"}
  - {name: usual_after, type: number, unit: unit, detail: true, meaning: "Median of those months"}
  - {name: usual_before, type: number, unit: unit, detail: true, meaning: "Median of the months before, at most twelve"}
  - {name: months_before, type: integer, detail: true, meaning: "How many these are"}
  - {name: changed, type: text, detail: true, meaning: "The one against the other"}
  - {name: most, type: text, detail: true, meaning: "The month with most of all that are compared, and its quantity"}
  - {name: least, type: text, detail: true, meaning: "The month with least"}
  - {name: price_after, type: number, unit: a kilogram, detail: true, meaning: "Median unit value of the months since"}
  - {name: price_before, type: number, unit: a kilogram, detail: true, meaning: "Median unit value of the months before"}
  - {name: elsewhere, type: list, detail: true, meaning: "Further sources with months of the same; never added"}
  - {name: left_out, type: integer, detail: true, meaning: "Goods left out by the limit"}
  - {name: exporter_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3 or the bloc's id"}
  - {name: importer_id, type: text, entity: Economy, detail: true, meaning: "The same; absent where it is all partners"}
  - {name: rule_id, type: text, entity: ExportRestriction, detail: true, meaning: "Id of the restriction"}
  - {name: code_ids, type: list, entity: Product, detail: true, meaning: "Ids of the code in the editions of the nomenclature, or of the product"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the figures were read in the source named"}
finding_per: goods
page_per: goods
finding:
  - "{goods}, from {exporter} to {importer}: {usual_after} {unit} a month from {since_when} to {until_when}, when the {rule} applied (from {rule_since}), against {usual_before} {unit} in the {months_before:month|months} before, {changed} (medians); most {most}, least {least}[; {price_after} {currency} a kilogram, before {price_before}] ({source})[. The code is {basket}]."
  - "{goods}, from {exporter} to {importer}: {usual_after} {unit} a month from {since_when} to {until_when}, against {usual_before} {unit} in the {months_before:month|months} before, {changed} (medians); most {most}, least {least}[; {price_after} {currency} a kilogram, before {price_before}] ({source})[. The code is {basket}]."
  - "{goods}, from {exporter} to {importer}: {value} {currency}[, {quantity} {unit}] in {month}; the months before it are too few to compare ({source})[. The code is {basket}]."
notes:
  - "Left out: {left_out:further goods|further goods} (--limit, --product, --code)."
  - "Months of the same goods are also in: {elsewhere:list}."
nothing: "No month of trade with {material} ({product}; code: {code}) from {exporter} to {importer} is in the data for what was asked."
caveats:
  - The partners are those that the source names; of a selection (`orepath sources`) their sum is a little below what the seller exported.
  - Buyers who stock up before a restriction raise the months before it, and customs book licensed goods weeks later; medians are moved less by one such month than means.
  - A basket holds several materials; that it did not fall does not show that one of them did not.
  - Power is Ember's estimate, value over a price of the month, so that value by watt is that price again; mass and value are the customs'.
  - Months are never added to the flows of years (`trade`), which may be of another source and revision.
method: "EXPORTS_MONTHLY of one source and side, added up over the partners asked for (docs/methods.md, Trade by month). Usual: the median of at most twelve months on either side of the restriction, or of the newest twelve against those before."
data_needed: [EXPORTS_MONTHLY, CLASSIFIES, SHIPS, MAKES, RESTRICTS]
examples: ["orepath ask trade-by-month --product 'photovoltaic modules' --importer EU", "orepath ask trade-by-month --material natural-graphite --exporter China", "orepath ask trade-by-month --code 811292 --since 2022-08-01 --restriction cn-2023-gage", "orepath ask trade-by-month --product 'solar cells' --importer India --months 36"]
*/
// 1. The goods of which months are known: codes that hold what is asked for, and products themselves.
MATCH (industry)-[:EXPORTS_MONTHLY]->()
WITH DISTINCT industry
MATCH (industry)-[:MAKES|SHIPS]->(code:Product)
WITH DISTINCT code WHERE $code IS NULL OR code.id = toLower(trim($code))
   OR code.code STARTS WITH replace(replace(replace(toLower($code), 'hs', ''), ' ', ''), '.', '')
OPTIONAL MATCH (code)-[covers:CLASSIFIES]->(held:Product)
WITH code, coalesce(held, code) AS product,
     CASE coalesce(covers.specificity, 'exact') WHEN 'exact' THEN 0 WHEN 'dominant' THEN 1 WHEN 'shared' THEN 2 ELSE 3 END AS place
WHERE coalesce(product.id = $product, true)
  AND ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
WITH code, product, place ORDER BY place, product.name
WITH code, min(place) AS rank, collect({product: product, place: place}) AS held
WITH code, rank, [h IN held WHERE h.place = rank | h.product] AS products
// part: trade.basket
// part: series
// part: rules
// 4. Those shown, and what is before and after the restriction, or before and in the newest twelve months.
WITH *, coalesce(12 * $since.year + $since.month - 1, series.newest - $months + 1) AS first
WITH *, [m IN series.months WHERE m.at >= first] AS shown, last([r IN rules WHERE coalesce(r.id = $restriction,
       r.holds AND r.at > first AND r.at <= series.newest - 2)]) AS rule
WHERE size(shown) > 0
WITH *, coalesce(rule.at, series.newest - 11) AS pivot
WITH *, [m IN series.months WHERE m.at >= pivot AND m.at < pivot + 12 AND m.quantity IS NOT NULL] AS since,
     [m IN series.months WHERE m.at < pivot AND m.at >= pivot - 12 AND m.quantity IS NOT NULL] AS before
WITH *, COLLECT { UNWIND since AS m RETURN percentileCont(m.quantity, 0.5) }[0] AS usual_after,
     COLLECT { UNWIND since AS m RETURN percentileCont(m.unit_value, 0.5) }[0] AS price_after,
     CASE WHEN size(before) >= 3 THEN COLLECT { UNWIND before AS m RETURN percentileCont(m.quantity, 0.5) }[0] END AS usual_before,
     COLLECT { UNWIND before AS m RETURN percentileCont(m.unit_value, 0.5) }[0] AS price_before,
     COLLECT { UNWIND since + before AS m WITH m ORDER BY m.quantity DESC, m.at
       RETURN CASE WHEN m.quantity >= 100 OR m.quantity = 0 THEN toString(toInteger(round(m.quantity)))
                   WHEN m.quantity < 0.001 THEN 'under 0.001'
                   ELSE trim(replace(toString(round(m.quantity, CASE WHEN m.quantity >= 1 THEN 1 ELSE 3 END)) + ' ', '.0 ', '')) END
              + CASE WHEN series.powered THEN ' MW' ELSE ' t' END + ' in ' + m.name } AS ordered,
     CASE WHEN heading = goods THEN goods ELSE heading + ', ' + goods END AS called
ORDER BY rank >= 2, reduce(v = 0.0, m IN shown | v + coalesce(m.value, 0.0)) DESC, heading, seller.id
WITH collect({called: called, basket: basket, seller: seller, other: other, series: series, elsewhere: elsewhere, rules: rules,
     shown: shown, rule: rule, since: since, before: before, usual_after: usual_after, usual_before: usual_before,
     price_after: price_after, price_before: price_before, ordered: ordered}) AS every
UNWIND range(0, size(every) - 1) AS position
WITH every, position, every[position] AS one WHERE position < $limit
// 5. Each month against the twelve before it.
UNWIND one.shown AS row
WITH *, [m IN one.series.months WHERE m.at < row.at AND m.at >= row.at - 12 AND m.quantity IS NOT NULL] AS year
WITH *, CASE WHEN size(year) >= 6 THEN COLLECT { UNWIND year AS m RETURN percentileCont(m.quantity, 0.5) }[0] END AS usual,
     [r IN one.rules WHERE r.at = row.at | r.said + ', from ' + r.since]
     + [r IN one.rules WHERE r.announced = row.at AND r.at <> row.at | 'announced ' + r.told + ': ' + r.said] AS events,
     CASE WHEN one.usual_before > 0 THEN one.usual_after / one.usual_before END AS ratio
RETURN one.called + CASE WHEN one.basket STARTS WITH 'a basket' THEN ' (a basket)' ELSE coalesce(' (' + one.basket + ')', '') END AS goods,
       row.name AS month, row.quantity AS quantity, CASE WHEN one.series.powered THEN 'MW' ELSE 't' END AS unit,
       round(100 * (row.quantity / nullIf(usual, 0.0) - 1)) AS change,
       CASE WHEN size(events) > 0 THEN reduce(s = head(events), e IN tail(events) | s + '; ' + e) END AS event,
       row.value AS value, row.currency AS currency, row.unit_value AS unit_value, row.partners AS partners, one.seller.name AS exporter,
       coalesce(one.other.name, 'its partners (up to ' + toString(one.series.most) + ' a month)') AS importer, one.series.source AS source,
       row.mass AS mass, CASE WHEN one.series.powered THEN row.power END AS power, row.without AS without, one.series.side AS side,
       one.basket AS basket, last(one.since).name AS since_when, head(one.since).name AS until_when, one.rule.said AS rule,
       one.rule.since AS rule_since, one.usual_after AS usual_after, one.usual_before AS usual_before, size(one.before) AS months_before,
       CASE WHEN ratio >= 1.1 THEN toString(toInteger(round(100 * (ratio - 1)))) + ' % more'
            WHEN ratio <= 0.9 THEN toString(toInteger(round(100 * (1 - ratio)))) + ' % less'
            WHEN ratio IS NOT NULL THEN 'little changed' END AS changed,
       head(one.ordered) AS most, last(one.ordered) AS least, one.price_after AS price_after, one.price_before AS price_before,
       one.elsewhere AS elsewhere, CASE WHEN size(every) > $limit THEN size(every) - $limit END AS left_out,
       one.seller.id AS exporter_id, one.other.id AS importer_id, one.rule.id AS rule_id, row.ids AS code_ids, row.verified AS verified
ORDER BY position, row.at DESC
