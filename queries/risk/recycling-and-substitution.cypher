/*
title: How far could recycling and substitution reduce the need for a material?
parameters:
  - {name: material, type: material, help: "One material, or a group with its members; otherwise all that were assessed", example: tungsten}
  - {name: rate, type: number, default: "25", unit: "%", help: "End-of-life recycling rate to try, in percent", example: "50"}
  - {name: critical, type: boolean, default: "no", help: "Only materials on the list of critical ones", example: "yes"}
  - {name: as_of, type: date, default: newest, help: "The newest assessment published by that day", example: "2024-01-01"}
columns:
  - {name: material, type: text, meaning: "What was assessed"}
  - {name: supply_risk, type: number, unit: "1", meaning: "Supply risk as published"}
  - {name: end_of_life_recycling, type: share, meaning: "Share of EU demand met by end-of-life recycling"}
  - {name: risk_without_recycling, type: number, unit: "1", meaning: "What the risk would be with no such recycling"}
  - {name: risk_at_rate, type: number, unit: "1", meaning: "What the risk would be at the rate tried, all else equal; as published where recycling is already above"}
  - {name: rate_needed, type: share, meaning: "Rate at which the score would fall to the threshold of 1.0, if it fell in proportion to what is not recycled and nothing else changed; absent where it is below already"}
  - {name: substitution, type: number, unit: "1", meaning: "Substitution index of supply risk; 1 means no substitute"}
  - {name: risk_lowered_by_substitutes, type: share, meaning: "By which part substitutes lower the risk today"}
  - {name: substitution_importance, type: number, spare: 1, unit: "1", meaning: "Substitution index of economic importance"}
  - {name: recycling_of, type: text, spare: 1, meaning: "The group whose recycling rate equals the material's: it may be the group's figure; absent otherwise"}
  - {name: critical, type: boolean, spare: 1, meaning: "Whether the list holds it critical"}
  - {name: period, type: text, meaning: "Reference period"}
  - {name: source, type: text, meaning: "Source of the assessment"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the assessment was read in its source"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
finding:
  - "Supply risk of {material}: {supply_risk}[, the highest of {rows:several:material|materials}]. Recycling meets {end_of_life_recycling} of the EU's demand for it, substitutes lower its supply risk by {risk_lowered_by_substitutes}; if the score fell in proportion to what is not recycled, as its formula has it, a recycling rate of {rate_needed} would bring it to 1.0 ({period}; {source})."
  - "Supply risk of {material}: {supply_risk}[, the highest of {rows:several:material|materials}]. Recycling meets {end_of_life_recycling} of the EU's demand for it, substitutes lower its supply risk by {risk_lowered_by_substitutes}; the risk is not above 1.0 ({period}; {source})."
  - "Supply risk of {material}: {supply_risk}[, the highest of {rows:several:material|materials}]. Recycling meets {end_of_life_recycling} of the EU's demand for it; how far substitutes help is not in the data ({period}; {source})."
nothing: "Recycling and substitution of {material} are not in the data."
caveats:
  - The rate needed assumes that risk falls in a straight line with recycling, which is the formula's convention and no observation. Whether so much scrap exists is another matter, since goods in use come back after years or decades.
  - The rate is of EU demand met by end-of-life scrap, not the benchmark of Regulation (EU) 2024/1252, which counts capacity over consumption.
  - Substitution indices weigh what is technically possible and its cost today; they say nothing of the time that a change of design takes.
method: "SR is proportional to (1 - EoL_RIR) and to SI_SR (European Commission 2017, doi 10.2873/769526): risk at rate r = SR (1 - r) / (1 - EoL_RIR); rate needed = 1 - (1 - EoL_RIR) / SR; lowered by substitutes = 1 - SI_SR."
data_needed: [LISTS]
examples: ["orepath ask recycling-and-substitution --material tungsten", "orepath ask recycling-and-substitution --critical", "orepath ask recycling-and-substitution --material gallium --rate 50"]
*/
MATCH (list:CriticalityList)-[listed:LISTS]->(material:Material)
WHERE listed.end_of_life_recycling IS NOT NULL AND list.published <= toString($as_of)
  AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
WITH material, list, listed ORDER BY list.year DESC, list.id
WITH material, head(collect(list)) AS list, head(collect(listed)) AS listed
WHERE NOT $critical OR listed.critical
WITH *, listed.supply_risk AS risk, listed.end_of_life_recycling AS recycled, $rate / 100 AS tried
RETURN material.name AS material, risk AS supply_risk, recycled AS end_of_life_recycling,
       CASE WHEN recycled < 1 THEN risk / (1 - recycled) END AS risk_without_recycling,
       CASE WHEN recycled >= tried THEN risk ELSE risk * (1 - tried) / (1 - recycled) END AS risk_at_rate,
       CASE WHEN risk > 1 THEN 1 - (1 - recycled) / risk END AS rate_needed,
       listed.substitution_index_supply AS substitution, 1 - listed.substitution_index_supply AS risk_lowered_by_substitutes,
       listed.substitution_index_importance AS substitution_importance,
       // The study gives some groups one rate, and it gives their members the same.
       COLLECT { MATCH (list)-[whole:LISTS {source: listed.source}]->(group:Material)<-[:PART_OF]-(material)
                 WHERE whole.end_of_life_recycling = recycled RETURN group.name AS name ORDER BY name }[0] AS recycling_of,
       listed.critical AS critical, listed.period AS period, listed.source AS source, listed.verified AS verified, material.id AS material_id
ORDER BY supply_risk DESC, coalesce(listed.economic_importance, 0.0) DESC, material_id
