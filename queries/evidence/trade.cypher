/*
title: Who sells what to whom, by customs code, on both sides' books?
parameters:
  - {name: material, type: material, help: "A material or a group: the customs codes that hold its products; with no product and no code either, the goods that most technologies cannot do without", example: gallium}
  - {name: product, type: product, help: "Only codes that hold this product", example: NdFeB magnet}
  - {name: code, type: text, help: "An HS or CN code, or its beginning", example: "8505 11"}
  - {name: exporter, type: economy, help: "Only what this economy sells", example: China}
  - {name: importer, type: economy, help: "Only what this economy buys; of a bloc, from outside it", example: EU}
  - {name: year, type: text, default: newest, help: "A year, `all`, or `newest`: the newest of each code", example: "2023"}
  - {name: edition, type: source, help: "Only figures of this source", example: cepii-baci-2026-01}
  - {name: limit, type: integer, default: "25", help: "How many rows; each code has its largest flows first", example: "100"}
columns:
  - {name: code, type: text, meaning: "The customs code: HS at six digits, CN at eight"}
  - {name: goods, type: text, meaning: "What the code holds, and whether it is a basket of several materials, mostly the product, or only stands in for it"}
  - {name: year, type: text, meaning: "Year"}
  - {name: exporter, type: text, meaning: "Who sells; on an importer's books mostly where the goods were made"}
  - {name: importer, type: text, meaning: "Who buys"}
  - {name: share, type: share, meaning: "Part of what `share_of` names"}
  - {name: mass_share, type: share, meaning: "The same by mass, where all flows have one or the source states it"}
  - {name: share_of, type: text, meaning: "Whose imports or exports the share is of, or all that is recorded under the code; by value or mass"}
  - {name: importers_books, type: text, meaning: "Value (m: million) and mass on the importer's books; without a mass where none is stated"}
  - {name: exporters_books, type: text, meaning: "The same on the exporter's books"}
  - {name: reconciled, type: text, meaning: "The same after a publisher reconciled both sides"}
  - {name: unit_value, type: number, unit: a kilogram, meaning: "Value over mass of what has both, in the currency of the first of these that has"}
  - {name: caution, type: text, meaning: "Where the unit value is four times the mean of the flows it is compared with or more, or a quarter or less: other goods under the code, or a wrong mass"}
  - {name: sources, type: list, meaning: "Sources of the importer's, the exporter's and the reconciled figures"}
  - {name: basket, type: text, detail: true, meaning: "Where the code is not the product alone: what it holds besides; its figures are then those of the whole basket"}
  - {name: importer_value, type: number, unit: currency, detail: true, meaning: "Value on the importer's books; absent where none is stated"}
  - {name: importer_currency, type: text, detail: true, meaning: "Its currency"}
  - {name: importer_mass, type: number, unit: t, detail: true, meaning: "Mass on the importer's books; absent where none is stated"}
  - {name: exporter_value, type: number, unit: currency, detail: true, meaning: "Value on the exporter's books"}
  - {name: exporter_currency, type: text, detail: true, meaning: "Its currency"}
  - {name: exporter_mass, type: number, unit: t, detail: true, meaning: "Mass on the exporter's books"}
  - {name: reconciled_value, type: number, unit: currency, detail: true, meaning: "Value after a publisher reconciled both sides"}
  - {name: reconciled_currency, type: text, detail: true, meaning: "Its currency"}
  - {name: reconciled_mass, type: number, unit: t, detail: true, meaning: "Mass after a publisher reconciled both sides"}
  - {name: mirror, type: number, detail: true, meaning: "The exporter's mass over the importer's, or the reconciled where that states none; 1 where both say the same"}
  - {name: leading, type: text, detail: true, meaning: "Value and mass that lead: the importer's, else the reconciled, else the exporter's"}
  - {name: weightless, type: text, detail: true, meaning: "`the tonnes are not stated` where those have none, or of how many of the flows added up there is one"}
  - {name: unit, type: text, detail: true, meaning: "Unit of the unit value"}
  - {name: books, type: text, detail: true, meaning: "On whose books those are"}
  - {name: source, type: text, detail: true, meaning: "Their source"}
  - {name: elsewhere, type: list, detail: true, meaning: "Further sources of the same side that differ by more than 5 %; never added"}
  - {name: left_out, type: integer, detail: true, meaning: "Rows left out by the limit"}
  - {name: codes_left_out, type: list, detail: true, meaning: "Codes of which no row is shown"}
  - {name: traded, type: text, detail: true, meaning: "The code and the year, for a sentence"}
  - {name: held, type: text, detail: true, meaning: "What the code holds, alone"}
  - {name: exporter_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3 or the bloc's id"}
  - {name: importer_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3 or the bloc's id"}
  - {name: code_ids, type: list, entity: TradeCode, detail: true, meaning: "Ids of the code in the editions of the nomenclature"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the figures were read in the sources named"}
finding_per: code
finding:
  - "{traded} ({held}): from {exporter} to {importer} {leading}[, {share} of {share_of}][, {mass_share} by mass][, at {unit_value} {unit}][; {weightless}] ({books}; {source})[. The code is {basket}]."
notes:
  - "Left out: {left_out:smaller flow|smaller flows} (--limit)[; no row is shown of {codes_left_out} (--code)]."
  - "{traded}, {exporter} to {importer}, by further sources: {elsewhere}."
nothing: "No trade with {material} ({product}; code: {code}) from {exporter} to {importer} is in the data for what was asked (year: {year})."
caveats:
  - A flow without a stated mass has none here; it is not 0 t. Masses are gross, of goods and not of the metal in them.
  - Importers value with freight and insurance (CIF), exporters without (FOB), each in its currency, and importers book the maker, exporters the next port. Both sides stand as they are.
  - A basket holds several materials; its figures are of none of them alone.
  - The flows of a bloc hold those of its members; both are shown, and are not to be added.
  - A year does not show what a restriction stopped within it; `trade-by-month` does where months are in the data.
  - The years of a code are of the edition of the nomenclature in force; codes change between years (rare-earth compounds in 2023).
method: "EXPORTS_TO of the codes that CLASSIFIES ties to the products asked for. A bloc's figures are its members' sum (membership at the end of the year), or what is stated of it; of several on one side the fullest. Share: over all flows of the same code, year, source and side, by value; of a document as stated."
data_needed: [EXPORTS_TO, CLASSIFIES, SHIPS, SUPPLIES]
examples: ["orepath ask trade --material rare-earths --exporter China --importer EU", "orepath ask trade --code '8505 11' --exporter China --year all --importer Germany", "orepath ask trade --material gallium --importer EU", "orepath ask trade --product 'lithium hydroxide' --exporter Chile"]
*/
// part: codes
// part: basket
// part: flows
// 4. Of each code its largest flows first; what is left out is counted.
UNWIND range(0, size(flows) - 1) AS position
WITH *, flows[position] AS flow, flows[0] AS first ORDER BY position, rank >= 2, year DESC, flow.value IS NULL, flow.value DESC, heading
WITH collect({heading: heading, goods: goods, rank: rank, basket: basket, year: year, flow: flow, first: first.value,
     number: CASE position WHEN 0 THEN number ELSE 0 END}) AS every
WITH every, every[..$limit] AS chosen
WITH *, COLLECT { UNWIND every AS e WITH e.heading AS heading WHERE NOT heading IN [c IN chosen | c.heading]
                  RETURN DISTINCT heading ORDER BY heading } AS hidden, nullIf(reduce(n = 0, e IN every | n + e.number) - size(chosen), 0) AS left_out
UNWIND chosen AS one
WITH *, one.flow AS flow, head([e IN every WHERE e.heading = one.heading | e.first]) AS largest
WITH *, flow.lead AS lead, flow.priced AS priced, flow.shared AS shared,
     [x IN [flow.bought, flow.sold, flow.agreed] WHERE x IS NOT NULL] AS told
// part: sides
RETURN one.heading AS code,
       one.goods + CASE WHEN one.basket STARTS WITH 'a basket' THEN ' (a basket)' ELSE coalesce(' (' + one.basket + ')', '') END AS goods,
       toString(one.year) AS year, flow.seller.name AS exporter, flow.buyer.name AS importer, shared.share AS share, shared.mass_share AS mass_share,
       CASE WHEN shared IS NOT NULL THEN CASE WHEN $importer IS NOT NULL OR shared.stated THEN 'the imports of ' + flow.buyer.name
         WHEN $exporter IS NOT NULL THEN 'the exports of ' + flow.seller.name ELSE 'all recorded trade' END + ' by ' + shared.by END AS share_of,
       says[0] AS importers_books, says[1] AS exporters_books, says[2] AS reconciled, priced.unit_value AS unit_value,
       CASE WHEN priced.odd < 1 THEN 'unit value 1/' + toString(toInteger(round(1 / priced.odd))) + ' of mean'
            WHEN priced.odd > 1 THEN 'unit value ' + toString(toInteger(round(priced.odd))) + ' times the mean' END AS caution,
       [t IN told | t.source] AS sources, one.basket AS basket, flow.bought.value AS importer_value, flow.bought.currency AS importer_currency,
       flow.bought.mass AS importer_mass, flow.sold.value AS exporter_value, flow.sold.currency AS exporter_currency,
       flow.sold.mass AS exporter_mass, flow.agreed.value AS reconciled_value, flow.agreed.currency AS reconciled_currency,
       flow.agreed.mass AS reconciled_mass,
       CASE WHEN flow.sold.mass > 0 THEN flow.sold.mass / nullIf(coalesce(flow.bought.mass, flow.agreed.mass), 0.0) END AS mirror,
       replace(says[3], ' m ', ' million ') AS leading, CASE WHEN lead.mass IS NULL THEN 'the tonnes are not stated'
         WHEN lead.weighed < lead.flows THEN toString(lead.weighed) + ' of ' + toString(lead.flows) + ' flows have a mass' END AS weightless,
       priced.currency + ' a kilogram' AS unit,
       CASE lead.side WHEN 'reconciled' THEN 'reconciled' ELSE 'on the ' + lead.side + '\'s books' END AS books, lead.source AS source,
       [f IN flow.found WHERE NOT f IN told AND any(t IN told WHERE t.side = f.side AND
          (t.value IS NULL OR f.value IS NULL OR abs(t.value - f.value) > 0.05 * t.value))
         | coalesce(toString(round(f.value / 1e6, 3)) + ' million ' + f.currency, 'no value')
         + coalesce(', ' + toString(round(f.mass, 1)) + ' t', '') + ' (' + f.source + ')'] AS elsewhere,
       left_out, hidden AS codes_left_out, one.heading + ', ' + toString(one.year) AS traded,
       one.goods AS held, flow.seller.id AS exporter_id,
       flow.buyer.id AS importer_id, lead.codes AS code_ids, all(t IN told WHERE t.verified) AS verified
ORDER BY one.rank >= 2, largest IS NULL, largest DESC, code, year DESC, lead.value IS NULL, lead.value DESC, exporter_id, importer_id
