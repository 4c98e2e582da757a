/*
title: What is known about a material, fact by fact, from which source, in which unit and status?
parameters:
  - {name: material, type: material, required: true, help: "The material; its group and members are not included", example: gallium}
  - {name: country, type: country, help: "Only facts about this country", example: China}
  - {name: edition, type: source, help: "Only facts of this source", example: usgs-mcs-2026}
columns:
  - {name: about, type: text, meaning: "The economy or thing that the fact is about"}
  - {name: subject, type: text, meaning: "The product, technology or list in question"}
  - {name: what, type: text, meaning: "What is stated: production, capacity, reserves, sourcing, use, listing …"}
  - {name: period, type: text, meaning: "Year or years"}
  - {name: amount, type: number, unit: unit, meaning: "The number as stored; absent where there is none"}
  - {name: unit, type: text, meaning: "Unit of the number"}
  - {name: status, type: text, meaning: "normal, estimated, withheld, not available …"}
  - {name: basis, type: text, meaning: "What is counted"}
  - {name: original, type: text, meaning: "Value and unit as the publisher writes them; of a use its role and importance"}
  - {name: source, type: text, meaning: "Source"}
  - {name: verified, type: boolean, meaning: "Whether the statement was read in the source named"}
  - {name: note, type: text, detail: true, meaning: "The publisher's or compiler's note"}
  - {name: low, type: number, unit: unit, detail: true, meaning: "Lower limit"}
  - {name: high, type: number, unit: unit, detail: true, meaning: "Upper limit"}
  - {name: file, type: text, detail: true, meaning: "File that it was read in"}
  - {name: line, type: integer, detail: true, meaning: "Line of that file"}
  - {name: about_id, type: text, detail: true, meaning: "Id of what it is about"}
  - {name: subject_id, type: text, detail: true, meaning: "Id of the subject"}
finding:
  - "{rows} facts about {material} are in the data, from {source:count} sources: {what:list}."
nothing: "Nothing about {material} is in the data for what was asked."
caveats:
  - Figures of different sources, products, units, bases and periods stand side by side; they are not to be added.
  - Derived numbers (headline shares) are no evidence and are not listed.
method: "All relationships that carry evidence and concern the material or its products."
data_needed: [HOLDS_STOCK, quantity, quantity_unit]
examples: ["orepath ask evidence --material gallium", "orepath ask evidence --material cobalt --country CD --edition usgs-mcs-2026"]
*/
MATCH (material:Material {id: $material})
CALL (material) {
  MATCH (material)<-[:FORM_OF]-(product:Product)<-[:MAKES|TOTALS]-(industry:Industry)<-[:HAS]-(about:Economy)
  MATCH (industry)-[fact:REPORTED_BY]->(:Source)
  RETURN about, product AS subject, fact.measure AS what, fact.amount AS amount, fact.unit AS unit, fact
  UNION ALL
  MATCH (material)<-[:FORM_OF]-(product:Product)<-[:MAKES|TOTALS]-(industry:Industry)<-[:HAS]-(about:Economy)
  MATCH (industry)-[fact:SUPPLIES]->(market:Economy)
  RETURN about, product AS subject, 'share in the sourcing of ' + market.name AS what, fact.share AS amount,
         'fraction' AS unit, fact
  UNION ALL
  MATCH (about:Economy)-[fact:HOLDS_RESERVES]->(material)
  RETURN about, material AS subject, 'reserves' AS what, fact.amount AS amount, fact.unit AS unit, fact
  UNION ALL
  MATCH (about:CriticalityList)-[fact:LISTS]->(material)
  UNWIND [['supply risk', fact.supply_risk, 'score'], ['economic importance', fact.economic_importance, 'score'],
          ['import reliance, extraction', fact.import_reliance_extraction, 'fraction'],
          ['import reliance, processing', fact.import_reliance_processing, 'fraction'],
          ['end-of-life recycling input rate', fact.end_of_life_recycling, 'fraction']] AS given
  WITH material, about, fact, given WHERE given[1] IS NOT NULL
  RETURN about, material AS subject, given[0] AS what, given[1] AS amount, given[2] AS unit, fact
  UNION ALL
  MATCH (material)-[fact:USED_IN]->(about)
  RETURN about, material AS subject, 'use' AS what,
         coalesce(fact.share, fact.quantity) AS amount,
         CASE WHEN fact.share IS NOT NULL THEN 'fraction' ELSE fact.quantity_unit END AS unit, fact
  UNION ALL
  MATCH (material)-[fact:BYPRODUCT_OF]->(about:Material)
  RETURN about, material AS subject, 'recovered as a by-product of' AS what, fact.companionality AS amount, 'percent' AS unit, fact
  UNION ALL
  MATCH (about:Agreement)-[fact:COVERS]->(material)
  RETURN about, material AS subject, 'named in an agreement' AS what, null AS amount, null AS unit, fact
  UNION ALL
  MATCH (about:Policy)-[fact:HOLDS_STOCK]->(material)
  RETURN about, material AS subject, 'stock' AS what, fact.amount AS amount, fact.unit AS unit, fact
}
WITH about, subject, what, amount, unit, fact
WHERE ($country IS NULL OR about.id = $country) AND ($edition IS NULL OR fact.source = $edition)
RETURN about.name AS about, subject.name AS subject, what, fact.period AS period, amount,
       CASE WHEN coalesce(amount, fact.low, fact.high) IS NOT NULL THEN unit END AS unit, fact.status AS status,
       coalesce(fact.basis_note, nullIf(fact.basis, 'not-applicable')) AS basis,
       coalesce(fact.original_value + CASE WHEN fact.original_value ENDS WITH fact.original_unit THEN ''
                                               ELSE coalesce(' ' + fact.original_unit, '') END,
                fact.role + coalesce(' (' + fact.importance + ')', '')) AS original, fact.source AS source,
       fact.verified AS verified, fact.note AS note, fact.low AS low, fact.high AS high, fact.file AS file,
       fact.line AS line, about.id AS about_id, subject.id AS subject_id
ORDER BY what, subject_id, period DESC, source, amount DESC, about_id
