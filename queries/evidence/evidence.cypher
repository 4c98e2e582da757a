/*
title: What does each source say about a material?
parameters:
  - {name: material, type: material, required: true, help: "The material; its group and members are not included", example: gallium}
  - {name: country, type: country, help: "Only facts about this country", example: China}
  - {name: edition, type: source, help: "Only facts of this source", example: usgs-mcs-2026}
  - {name: period, type: text, default: recent, help: "A year, `all`, or `recent`: the last three years, and what each source has that is newest", example: "2023"}
columns:
  - {name: about, type: text, meaning: "The economy or thing that the fact is about"}
  - {name: subject, type: text, meaning: "The product, technology or list in question"}
  - {name: what, type: text, meaning: "What is stated: production, capacity, reserves, sourcing, use, listing …"}
  - {name: period, type: text, meaning: "Year or years"}
  - {name: amount, type: number, unit: unit, meaning: "The number as stored; absent where there is none"}
  - {name: unit, type: text, meaning: "Unit of the number"}
  - {name: value, type: number, unit: currency, meaning: "Value of trade; the amount beside it is its mass; each is absent where no flow has one"}
  - {name: currency, type: text, meaning: "Currency of the value"}
  - {name: status, type: text, codes: [status, stock-status], meaning: "normal, estimated, withheld, not available …"}
  - {name: basis, type: text, codes: [basis], spare: 1, meaning: "What is counted"}
  - {name: original, type: text, detail: true, meaning: "Value and unit as the publisher writes them; of a use its role and importance"}
  - {name: source, type: text, meaning: "Source"}
  - {name: apart, type: share, meaning: "How far the least and the greatest of several sources are apart on this very quantity; absent where only one states it"}
  - {name: verified, type: boolean, spare: 1, meaning: "Whether the statement was read in the source named"}
  - {name: note, type: text, detail: true, meaning: "The publisher's or compiler's note"}
  - {name: low, type: number, unit: unit, detail: true, meaning: "Lower limit"}
  - {name: high, type: number, unit: unit, detail: true, meaning: "Upper limit"}
  - {name: file, type: text, detail: true, meaning: "File that it was read in"}
  - {name: line, type: integer, detail: true, meaning: "Line of that file"}
  - {name: about_id, type: text, entity: [Country, Bloc, CriticalityList, Agreement, Material, Policy, Technology, Application], detail: true, meaning: "Id of what it is about"}
  - {name: subject_id, type: text, entity: [Product, Material], detail: true, meaning: "Id of the subject"}
page_per: what
finding:
  - "{rows:fact|facts} about {material} for what was asked, from {source:count:source|sources}: {what:list}."
nothing: "Nothing about {material} is in the data for what was asked."
notes:
  - "Furthest apart: {what} of {subject}, {about} ({period}): {apart} between the least and the greatest source."
caveats:
  - A customs code may hold several materials; the note of a row of trade says how exactly it names this one, and its tonnes are those of the goods, not of the metal.
  - Without --country the trade of all countries under a code is one row a source and year; with it, a row a partner.
  - Figures of different sources, products, units, bases and periods stand side by side; they are not to be added.
  - Derived numbers (headline shares) are no evidence and are not listed.
method: "All relationships that carry evidence and concern the material or its products. Apart = 1 - least/greatest amount of the same thing, measure, period, unit and basis by different sources."
data_needed: [HOLDS_STOCK, EXPORTS_TO, CLASSIFIES, OUTPUT_REPORTED_BY]
examples: ["orepath ask evidence --material gallium", "orepath ask evidence --material cobalt --country CD --edition usgs-mcs-2026"]
*/
MATCH (material:Material {id: $material})
CALL (material) {
  // What industries make, can make, ship and keep; whom they supply.
  MATCH (material)<-[:FORM_OF]-(subject:Product)<-[:MAKES|SHIPS|TOTALS]-(industry:Industry)<-[:HAS]-(about:Economy)
  MATCH (industry)-[fact:REPORTED_BY]->(:Source)
  RETURN about, subject, replace(fact.measure, '-', ' ') AS what, fact.amount AS amount, fact.unit AS unit, fact {.*} AS fact
  UNION ALL
  MATCH (material)<-[:FORM_OF]-(subject:Product)<-[:MAKES|SHIPS|TOTALS]-(it:Industry)<-[:HAS]-(about:Economy), (it)-[fact:SUPPLIES]->(market:Economy)
  RETURN about, subject, 'share in the ' + coalesce(nullIf(fact.share_of, 'supply'), 'sourcing') + ' of ' + market.name AS what,
         100 * fact.share AS amount, 'percent' AS unit, fact {.*, low: 100 * fact.low, high: 100 * fact.high} AS fact
  UNION ALL
  // Trade under the customs codes that name the material: all countries in one, or one country's partners.
  MATCH (material)<-[:FORM_OF]-(subject:TradeCode)<-[:SHIPS|TOTALS]-(industry:Industry)<-[:HAS]-(exporter:Economy)
  WHERE exporter.id <> 'WLD' AND NOT exporter:Bloc AND ($country IS NULL OR exporter.id = $country)
  MATCH (industry)-[flow:EXPORTS_TO]->(partner:Economy) WHERE partner.id <> 'WLD' AND ($edition IS NULL OR flow.source = $edition)
  WITH subject, flow.source AS source, flow.year AS year,
       flow.reporter_side + CASE flow.intra_eu WHEN true THEN ', within the EU' WHEN false THEN ', from outside the EU' ELSE '' END AS side,
       CASE WHEN $country IS NULL THEN '' ELSE ' to ' + partner.name END AS whom, count(*) AS flows, count(flow.mass) AS weighed,
       CASE WHEN count(flow.mass) > 0 THEN sum(flow.mass) END AS mass, CASE WHEN count(flow.value) > 0 THEN sum(flow.value) END AS value,
       min(flow.currency) AS currency, min(flow.verified) AS verified
  MATCH (about:Economy {id: coalesce($country, 'WLD')})
  RETURN about, subject, 'trade' + whom + ' (' + side + ')' AS what, mass AS amount, 't' AS unit,
         {period: toString(year), source: source, verified: verified, basis: 'gross-weight', value: value, currency: currency,
          note: 'The code is ' + head([(subject)-[c:CLASSIFIES]->(:Product) | c.specificity]) + '; flows: ' + flows + ', weighed: ' + weighed} AS fact
  UNION ALL
  MATCH (about:Economy)-[fact:HOLDS_RESERVES]->(subject:Product)-[:FORM_OF]->(material)
  RETURN about, subject, 'reserves' AS what, fact.amount AS amount, fact.unit AS unit, fact {.*} AS fact
  UNION ALL
  // Mines and plants, of one country or one source.
  MATCH (material)<-[:FORM_OF]-(subject:Product)<-[:PRODUCES]-(about:Project)-[fact:OUTPUT_REPORTED_BY {product: subject.id}]->(:Source)
  WHERE $edition IS NOT NULL OR EXISTS { MATCH (about)-[:LOCATED_IN]->(:Economy {id: $country}) }
  RETURN about, subject, fact.measure + ' of a site' AS what, fact.amount AS amount, fact.unit AS unit, fact {.*, place: $country} AS fact
  UNION ALL
  MATCH (about:CriticalityList)-[fact:LISTS]->(material)
  UNWIND [['supply risk', fact.supply_risk, 'score'], ['economic importance', fact.economic_importance, 'score'],
          ['import reliance, extraction', 100 * fact.import_reliance_extraction, 'percent'],
          ['import reliance, processing', 100 * fact.import_reliance_processing, 'percent'],
          ['end-of-life recycling input rate', 100 * fact.end_of_life_recycling, 'percent']] AS given
  WITH material, about, fact, given WHERE given[1] IS NOT NULL
  RETURN about, material AS subject, given[0] AS what, given[1] AS amount, given[2] AS unit, fact {.*} AS fact
  UNION ALL
  MATCH (material)<-[:FORM_OF*0..1]-(subject)-[fact:USED_IN|BYPRODUCT_OF]->(about)
  RETURN about, subject, CASE type(fact) WHEN 'USED_IN' THEN 'use' ELSE 'recovered as a by-product of' END AS what,
         coalesce(100 * fact.share, fact.quantity, fact.companionality) AS amount,
         CASE WHEN fact.share IS NOT NULL THEN 'percent' ELSE coalesce(fact.quantity_unit, 'percent') END AS unit, fact {.*} AS fact
  UNION ALL
  MATCH (about:Agreement|Policy)-[fact:COVERS|HOLDS_STOCK]->(material)
  RETURN about, material AS subject, CASE type(fact) WHEN 'COVERS' THEN 'named in an agreement' ELSE 'stock' END AS what,
         fact.amount AS amount, fact.unit AS unit, fact {.*} AS fact
}
WITH *, coalesce(toIntegerOrNull(right(fact.period, 4)), toIntegerOrNull(left(fact.period, 4))) AS year
WHERE ($country IS NULL OR $country IN [about.id, fact.place]) AND ($edition IS NULL OR fact.source = $edition)
  AND ($period IN ['recent', 'all'] OR fact.period = $period)
WITH collect({about: about, subject: subject, what: what, amount: amount, unit: unit, fact: fact, year: year}) AS found,
     max(CASE WHEN coalesce(fact.status, '') <> 'forecast' THEN year END) AS last
UNWIND found AS row
WITH last, row.subject AS subject, row.what AS what, row.fact.source AS source, max(row.year) AS newest, collect(row) AS rows
UNWIND [r IN rows WHERE $period <> 'recent' OR r.year IS NULL OR r.year >= last - 2 OR r.year = newest] AS row
// The same quantity by several sources: how far apart are they?
WITH subject, what, row.about AS about, row.unit AS unit, row.fact.period AS period, row.fact.basis AS basis, collect(row) AS rows,
     count(DISTINCT row.fact.source) AS sources, min(nullIf(row.amount, 0)) AS least, max(row.amount) AS greatest
UNWIND rows AS row
WITH *, row.fact AS fact, row.amount AS amount
RETURN about.name AS about, subject.name AS subject, what, period, amount,
       CASE WHEN coalesce(amount, fact.low, fact.high) IS NULL THEN null WHEN unit = 'percent' THEN '%' ELSE replace(unit, '-', ' ') END AS unit,
       fact.value AS value, fact.currency AS currency, fact.status + CASE WHEN fact.suspect IS NULL THEN '' ELSE ', suspect' END AS status,
       coalesce(fact.basis_note, nullIf(basis, 'not-applicable')) AS basis,
       coalesce(fact.original_value + CASE WHEN fact.original_value ENDS WITH fact.original_unit THEN ''
                                               ELSE coalesce(' ' + fact.original_unit, '') END,
                fact.role + coalesce(' (' + fact.importance + ')', '')) AS original, fact.source AS source,
       CASE WHEN sources > 1 AND amount > 0 THEN 1 - least / greatest END AS apart, fact.verified AS verified,
       CASE WHEN fact.suspect IS NULL THEN fact.note ELSE 'Suspect: ' + fact.suspect + coalesce('. ' + fact.note, '.') END AS note,
       fact.low AS low, fact.high AS high, fact.file AS file, fact.line AS line, about.id AS about_id, subject.id AS subject_id
ORDER BY what, subject_id, period DESC, about_id, source, amount DESC
