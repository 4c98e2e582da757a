/*
title: How important is a material to the EU's economy?
parameters:
  - {name: material, type: material, help: "One material, or a group with its members; otherwise all that were assessed", example: cobalt}
  - {name: show, type: choice, choices: [all, misses], default: all, help: "All scores, or only those over 0.1 from the published one", example: misses}
columns:
  - {name: material, type: text, meaning: "What was assessed"}
  - {name: published, type: number, unit: "1", meaning: "Economic importance as published, on 0 to 10; critical from 2.8"}
  - {name: recomputed_low, type: number, unit: "1", meaning: "Recomputed from the uses, those without a sector counted as nothing"}
  - {name: recomputed_high, type: number, unit: "1", meaning: "The same, those without a sector counted to the sector of the largest value added"}
  - {name: difference, type: number, unit: "1", meaning: "Distance of the published score from that range; 0 inside it"}
  - {name: within, type: boolean, spare: 1, meaning: "Whether the distance is at most 0.1; absent where nothing could be recomputed"}
  - {name: unassigned, type: share, spare: 1, meaning: "Share of use without a sector or without a figure"}
  - {name: largest_use, type: text, meaning: "The use that counts most, with its sector and its share of the score"}
  - {name: reason, type: text, meaning: "Why the published score is not met; absent where it is"}
  - {name: substitution, type: number, unit: "1", detail: true, meaning: "Substitution index of economic importance; 1 means no substitute"}
  - {name: period, type: text, spare: 1, meaning: "Reference period"}
  - {name: source, type: text, meaning: "Source of the score, the uses and the value added"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether score and uses were read in their source"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: highest, type: text, detail: true, meaning: "The material again where the scores of several are shown, the highest first"}
finding:
  - "Of {rows:material|materials} the highest economic importance is that of {highest}: {published} of 10 as published, critical from 2.8 ({period}; {source})[; most counts {largest_use}]. Recomputed within 0.1: {within:count=True}, not met: {within:count=False}[; of {material} {recomputed_low:to=recomputed_high} by the data][: {reason}]."
  - "Published scores of economic importance met within 0.1: {within:count=True} of {rows}, not met: {within:count=False}; the widest miss is {material}: recomputed {recomputed_low:to=recomputed_high}, published {published} ({source}): {reason}."
  - "The economic importance of {material} is {published} of 10 as published, critical from 2.8 ({period}; {source})[; most counts {largest_use}]; recomputed {recomputed_low:to=recomputed_high}."
  - "The economic importance of {material} is published as {published} ({source}) and cannot be recomputed: {reason}."
nothing: "The economic importance of {material} is not in the data, or no score is like that."
caveats:
  - Shares of use are printed rounded to whole percents, value added is by division of NACE; a use may belong to several.
  - Uses of one third of the materials are not in the table as it was transcribed.
  - Economic importance counts the value added of the sectors that use the material, not what would be lost without it.
method: "EI = 10 x sum of A_s Q_s / largest Q x SI_EI (European Commission 2017, doi 10.2873/769526): A_s share of use, Q_s value added of its NACE division. See docs/methods.md."
data_needed: [LISTS, USED_IN]
examples: ["orepath ask economic-importance", "orepath ask economic-importance --material cobalt", "orepath ask economic-importance --show misses", "orepath ask economic-importance --material rare-earths"]
*/
MATCH (:CriticalityList)-[listed:LISTS]->(material:Material)
WHERE listed.substitution_index_importance IS NOT NULL AND listed.economic_importance IS NOT NULL
  AND ($material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
// The scale: the largest value added of all divisions in the same source.
CALL (listed) { MATCH (:Material)-[use:USED_IN {source: listed.source}]->(:Application) RETURN max(use.value_added) AS largest }
OPTIONAL MATCH (material)-[use:USED_IN {source: listed.source}]->(application:Application)
WITH listed, material, largest, use, application, use.share * use.value_added AS weight ORDER BY coalesce(weight, -1.0) DESC, application.id
WITH listed, material, largest, collect({use: use, application: application, weight: weight}) AS uses, sum(coalesce(weight, 0.0)) AS known,
     sum(CASE WHEN weight IS NOT NULL THEN use.share ELSE 0.0 END) AS assigned, count(use) AS named, min(use.verified) AS read
WITH *, listed.substitution_index_importance * 10 AS rest, CASE WHEN assigned < 1 THEN 1 - assigned ELSE 0.0 END AS open
WITH *, CASE WHEN named > 0 THEN rest * known / largest END AS low, CASE WHEN named > 0 THEN rest * (known / largest + open) END AS high,
     listed.economic_importance AS published
WITH *, round(CASE WHEN published < low THEN published - low WHEN published > high THEN published - high WHEN low IS NOT NULL THEN 0.0 END, 6) AS off
WHERE $show = 'all' OR abs(off) > 0.1
RETURN material.name AS material, published, low AS recomputed_low, high AS recomputed_high, off AS difference, abs(off) <= 0.1 AS within,
       CASE WHEN named > 0 THEN round(open, 4) END AS unassigned,
       CASE WHEN known > 0 THEN uses[0].application.name + ': '
            + toString(toInteger(round(100 * uses[0].weight / known))) + ' % of the score' END AS largest_use,
       CASE WHEN named = 0 THEN 'its uses are not in the data'
            WHEN abs(off) > 0.1 THEN 'the shares of use and value added as printed give ' + CASE WHEN off < 0 THEN 'more' ELSE 'less' END
              + reduce(s = '', u IN uses | CASE WHEN s = '' AND u.use.note IS NOT NULL THEN '; ' + u.use.note ELSE s END)
       END AS reason,
       listed.substitution_index_importance AS substitution, listed.period AS period, listed.source AS source,
       listed.verified AND coalesce(read, true) AS verified, material.id AS material_id, CASE WHEN $show = 'all' AND ($material IS NULL
         OR EXISTS { (:Material {id: $material})<-[:PART_OF]-(:Material) }) THEN material.name END AS highest
ORDER BY CASE $show WHEN 'all' THEN published ELSE abs(off) END DESC, material_id
