/*
title: How have supply risk and economic importance of a material changed for the EU since 2011?
parameters:
  - {name: material, type: material, required: true, help: "A material, or a group with its members", example: tungsten}
  - {name: as_of, type: date, default: newest, help: "Only assessments published by that day", example: "2020-12-31"}
columns:
  - {name: material, type: text, meaning: "What was assessed"}
  - {name: year, type: text, meaning: "Year of the list"}
  - {name: supply_risk, type: number, unit: "1", meaning: "Supply risk as published"}
  - {name: risk_change, type: number, unit: "1", meaning: "Change since the assessment before; absent where that used another method"}
  - {name: economic_importance, type: number, unit: "1", meaning: "Economic importance as published"}
  - {name: importance_change, type: number, unit: "1", meaning: "Its change, likewise"}
  - {name: critical, type: boolean, meaning: "Whether the list holds it critical; absent where no source says so"}
  - {name: change, type: text, meaning: "`became critical`, `no longer critical`, or absent"}
  - {name: period, type: text, meaning: "Method of the assessment: `until 2014` or `since 2017`"}
  - {name: published, type: text, spare: 1, meaning: "When the list was published, as precisely as is known"}
  - {name: note, type: text, detail: true, meaning: "What changes how the result is to be read"}
  - {name: source, type: text, meaning: "Source of the results"}
  - {name: critical_source, type: text, detail: true, meaning: "Source of `critical` where the results have no flag"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the result was read in its source"}
  - {name: list_id, type: text, entity: CriticalityList, detail: true, meaning: "Id of the list"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
finding_per: material_id
finding:
  - "{material} in {year}: supply risk {supply_risk} (change {risk_change} since the assessment before), economic importance {economic_importance} (change {importance_change}); assessed in {year:list} ({source})."
  - "{material} in {year}: supply risk {supply_risk}, economic importance {economic_importance}; the assessment before, if any, used another method ({source})."
nothing: "No EU assessment of {material} published by {as_of} is in the data."
caveats:
  - The method was changed for the list of 2017; results of 2011 and 2014 stand on another scale, and no change is stated across.
  - A change may come of newer data, other stages or another grouping rather than of the market.
  - The study's table does not mark the lists of 2011 and 2014; what was critical then is taken from the lists as published.
method: "Results as published in the study's table over time; changes only between assessments by the same method (European Commission 2017, doi 10.2873/769526)."
data_needed: [LISTS]
examples: ["orepath ask risk-history --material tungsten", "orepath ask risk-history --material rare-earths", "orepath ask risk-history --material cobalt --as-of 2018-01-01"]
*/
MATCH (:Economy {id: 'EU27'})<-[:ADOPTED_BY]-(list:CriticalityList)-[listed:LISTS]->(material:Material)
WHERE listed.supply_risk IS NOT NULL AND list.published <= toString($as_of)
  AND EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) }
WITH material, list, listed, CASE WHEN list.year < 2017 THEN 'until 2014' ELSE 'since 2017' END AS period ORDER BY list.year
CALL (material) {
  MATCH (:Economy {id: 'EU27'})<-[:ADOPTED_BY]-(last:CriticalityList)-[of:LISTS]->(material)
  WHERE of.supply_risk IS NOT NULL AND last.published <= toString($as_of)
  RETURN of.supply_risk AS newest ORDER BY last.year DESC LIMIT 1
}
// The table of results has no flag of the first lists; the lists themselves have.
CALL (list, listed, material) {
  OPTIONAL MATCH (list)-[own:LISTS]->(material) WHERE listed.critical IS NULL AND own.critical IS NOT NULL
  RETURN own.critical AS flag, own.source AS flag_source ORDER BY flag_source LIMIT 1
}
WITH material, list, listed, period, newest, coalesce(listed.critical, flag) AS critical, flag_source ORDER BY list.year
// The assessments of one material by one method in order: each is compared with the one before it.
WITH material, period, newest, collect({list: list, listed: listed, critical: critical, flag_source: flag_source}) AS found
UNWIND range(0, size(found) - 1) AS rank
WITH material, period, newest, found[rank].list AS list, found[rank].listed AS listed, CASE WHEN rank > 0 THEN found[rank - 1].listed END AS before,
     found[rank].critical AS critical, CASE WHEN rank > 0 THEN found[rank - 1].critical END AS critical_before, found[rank].flag_source AS flag_source
RETURN material.name AS material, toString(list.year) AS year, listed.supply_risk AS supply_risk,
       round(listed.supply_risk - before.supply_risk, 2) AS risk_change, listed.economic_importance AS economic_importance,
       round(listed.economic_importance - before.economic_importance, 2) AS importance_change, critical,
       CASE WHEN critical AND NOT critical_before THEN 'became critical'
            WHEN critical_before AND NOT critical THEN 'no longer critical' END AS change,
       period, list.published AS published, listed.note AS note, listed.source AS source, flag_source AS critical_source, listed.verified AS verified,
       list.id AS list_id, material.id AS material_id
ORDER BY newest DESC, material_id, year DESC
