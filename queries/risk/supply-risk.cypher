/*
title: How high is the EU's supply risk for a material?
parameters:
  - {name: material, type: material, help: "One material, or a group with its members; otherwise all that were assessed", example: gallium}
  - {name: show, type: choice, choices: [all, misses], default: all, help: "All scores, or only those over 0.1 from the published one", example: misses}
  - {name: governance, type: source, help: "Edition of the governance indicators in place of the newest", example: wb-wgi-2024}
columns:
  - {name: material, type: text, meaning: "What was assessed"}
  - {name: stage, type: text, meaning: "Stage of the assessment: extraction or processing"}
  - {name: published, type: number, unit: "1", meaning: "Supply risk as published, on 0 to 10 in practice; critical from 1.0"}
  - {name: recomputed, type: number, unit: "1", meaning: "Supply risk recomputed from the facts, unrounded"}
  - {name: difference, type: number, unit: "1", meaning: "Recomputed less published, unrounded"}
  - {name: within, type: text, spare: 1, meaning: "`0.1` where the difference is at most 0.1; `0.1 as printed` where it is so only after rounding to one decimal; `no`"}
  - {name: made_of, type: text, spare: 1, meaning: "Which supply counts: `global and EU`, `global`, `EU`, or `members` of a group"}
  - {name: reason, type: text, meaning: "Which published input does not fit; absent where the difference is at most 0.1"}
  - {name: by_year, type: list, detail: true, meaning: "The score with the governance of each single year of the period; of a group, the one mean"}
  - {name: global_part, type: number, unit: "1", detail: true, meaning: "What the score would be of global supply alone"}
  - {name: eu_part, type: number, unit: "1", detail: true, meaning: "What the score would be of EU sourcing alone"}
  - {name: import_reliance, type: share, detail: true, meaning: "Import reliance of the EU at the stage"}
  - {name: end_of_life_recycling, type: share, detail: true, meaning: "End-of-life recycling input rate"}
  - {name: substitution, type: number, unit: "1", detail: true, meaning: "Substitution index of supply risk; 1 means no substitute"}
  - {name: supply_data, type: text, detail: true, meaning: "Which supply counts by the study's own mark"}
  - {name: decisive, type: boolean, meaning: "Whether the material's own score is that of this stage"}
  - {name: period, type: text, meaning: "Reference period of the study and of the governance"}
  - {name: source, type: text, meaning: "Source of the score and of its inputs"}
  - {name: governance_source, type: text, spare: 2, meaning: "Source of the governance indicators"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the published score was read in its source"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
finding:
  - "Of {rows:stage score|stage scores} the highest supply risk is that of {material}, {stage}: {published} as published, {recomputed} recomputed, critical from 1.0 ({period}; {source})[. Why they differ: {reason}]. Met within 0.1: {within:count=0.1}, as printed with one decimal {within:count=0.1 as printed} more, not met: {within:count=no}."
  - "The supply risk of {material}, {stage}, is published as {published} ({source}) and cannot be recomputed: {reason}."
nothing: "The EU's supply risk of {material} is not in the data, or no score is like that."
caveats:
  - Shares are printed rounded, EU sourcing only from 1 % on; governance is that of the newest edition, which revised the years that the study had used.
  - The score of a group is the mean of its members' published scores, as the study takes it; that is a check of the rule, not of the members.
  - Supply risk measures concentration in countries and how they are governed, not the chance or the size of a disruption.
method: "SR = [HHI_WGI,t(GS) IR/2 + HHI_WGI,t(EU) (1 - IR/2)] (1 - EoL_RIR) SI_SR, HHI_WGI,t = sum of S^2 WGI t, WGI = 2 (2.5 - mean of the six estimates over the period); European Commission 2017, doi 10.2873/769526. See docs/methods.md."
data_needed: [LISTS, SCORES, SUPPLIES]
examples: ["orepath ask supply-risk", "orepath ask supply-risk --material gallium", "orepath ask supply-risk --show misses", "orepath ask supply-risk --material heavy-rare-earths"]
*/
MATCH (edition:Source)-[:EDITION_OF]->(:Publication {id: 'wb-wgi'}) WHERE $governance IS NULL OR edition.id = $governance
WITH edition ORDER BY edition.published DESC, edition.id LIMIT 1 MATCH (list:CriticalityList)-[listed:LISTS]->(material:Material)
WHERE $material IS NULL OR EXISTS { (material)-[:PART_OF*0..2]->(:Material {id: $material}) }
UNWIND [['E', 'extraction', listed.supply_risk_extraction, listed.supply_data_extraction, listed.import_reliance_extraction],
        ['P', 'processing', listed.supply_risk_processing, listed.supply_data_processing, listed.import_reliance_processing]] AS part
WITH edition, list, listed, material, part[0] AS code, part[1] AS stage, part[2] AS published, part[3] AS mark, coalesce(part[4],
     COLLECT { MATCH (list)-[of:LISTS]->(:Material)<-[:PART_OF]-(material)  // where it has none, that of its whole
               RETURN CASE part[0] WHEN 'E' THEN of.import_reliance_extraction ELSE of.import_reliance_processing END ORDER BY of.id }[0]) AS reliance
WHERE published IS NOT NULL
// 1. Global supply and EU sourcing: the material's own lists, else those of the whole that it is part of.
CALL (material, code, listed) {
  MATCH (material)-[:PART_OF*0..1]->(of:Material)<-[:FORM_OF]-(product:Product)-[:AT_STAGE]->(:Stage {study_code: code})
  MATCH (product)<-[:MAKES]-(industry:Industry)<-[:HAS]-(economy:Economy)
  CALL (industry, listed) {
    MATCH (industry)-[given:REPORTED_BY {source: listed.source, measure: 'share-of-supply'}]->(:Source) RETURN given, 'world' AS kind
    UNION ALL MATCH (industry)-[given:SUPPLIES {source: listed.source}]->(:Economy {id: 'EU27'}) RETURN given, 'EU' AS kind
  }
  WITH of, kind, collect({kind: kind, economy: economy, trade_variable: given.trade_variable, measured: given.measured, name: of.name,
         note: given.note, share: coalesce(given.share, given.amount / 100, given.high / CASE kind WHEN 'EU' THEN 2 ELSE 200 END)}) AS rows
       ORDER BY of <> material, of.id
  WITH kind, head(collect(rows)) AS rows UNWIND rows AS row
  RETURN collect(row) AS rows
}
// 2. The governance of each economy in each year of the period, read once; then the two concentrations, year by year.
UNWIND CASE rows WHEN [] THEN [null] ELSE rows END AS row
WITH edition, listed.period AS period, row.economy AS economy, collect({listed: listed, stage: stage, row: row,
     about: [list, material, published, mark, reliance]}) AS uses
CALL (edition, period, economy) {
  MATCH (economy)-[score:SCORES {source: edition.id}]->(:Indicator)
  WHERE toInteger(split(period, '-')[0]) <= score.year <= toInteger(split(period, '-')[-1])
  WITH score.year AS year, 2 * (2.5 - avg(score.estimate)) AS risk ORDER BY year RETURN collect(risk) AS risks
}
UNWIND uses AS given
WITH edition, period, given.listed AS listed, given.stage AS stage, head(collect(given.about)) AS about, max(size(risks)) AS years,
     collect({row: given.row, risks: risks}) AS rows
WITH *, about[0] AS list, about[1] AS material, about[2] AS published, about[3] AS mark, about[4] AS reliance,
     [r IN rows WHERE r.row.kind = 'world'] AS supply, [r IN rows WHERE r.row.kind = 'EU'] AS sourcing, listed.end_of_life_recycling AS recycling
WITH *, [part IN [supply, sourcing] | [y IN range(0, years - 1) | reduce(h = 0.0, r IN part |
        h + r.row.share ^ 2 * r.row.trade_variable * coalesce(r.risks[y], r.risks[-1]))
        * (1 - coalesce(recycling, 0)) * coalesce(listed.substitution_index_supply, 1)]] AS risk
// 3. Which of the two counts, and the score; that of a group is the mean of its members' published ones.
WITH *, CASE WHEN material.kind = 'group' THEN 'members' WHEN mark = 'GSonly' AND (coalesce(reliance, 1) > 0 OR sourcing = []) THEN 'global'
             WHEN mark = 'EUonly' OR supply = [] THEN 'EU' WHEN sourcing = [] OR reliance IS NULL THEN 'global' ELSE 'global and EU' END AS made_of
WITH *, CASE made_of WHEN 'global' THEN risk[0] WHEN 'EU' THEN risk[1] WHEN 'members' THEN COLLECT {
            MATCH (list)-[of:LISTS {source: listed.source}]->(:Material)-[:PART_OF]->(material)
            WITH coalesce(CASE stage WHEN 'extraction' THEN of.supply_risk_extraction ELSE of.supply_risk_processing END,
                 CASE of.decisive_stage WHEN stage THEN of.supply_risk END) AS score RETURN avg(score) AS score }
          ELSE [y IN range(0, years - 1) | risk[0][y] * reliance / 2 + risk[1][y] * (1 - reliance / 2)] END AS scores,
     CASE WHEN supply <> [] THEN reduce(s = 0.0, x IN risk[0] | s + x / years) END AS world,
     CASE WHEN sourcing <> [] THEN reduce(s = 0.0, x IN risk[1] | s + x / years) END AS eu, reduce(s = 0.0, r IN sourcing | s + r.row.share) AS total
WITH *, reduce(s = 0.0, x IN scores | s + x / size(scores)) AS recomputed
WITH *, round(recomputed - published, 6) AS difference, 1 - published / recomputed * (1 - recycling) AS implied,
     abs(recomputed - published) <= 0.1 AS met, CASE made_of WHEN 'global and EU' THEN (eu - published) / (eu - world) END AS half
// 4. What does not fit.
WITH *, [said IN [supply[0].row.note, CASE WHEN listed.note CONTAINS mark THEN listed.note END,
       CASE WHEN sourcing[0].row.name <> material.name THEN 'the EU list is that of ' + sourcing[0].row.name END,
       CASE WHEN made_of <> 'global' AND total < 0.5 THEN 'the EU list covers under half of the supply' END,
       CASE WHEN sourcing[0].row.measured = false THEN 'EU sourcing is not measured, its list repeats the global one' END,
       CASE WHEN implied >= 0 AND EXISTS { (list)-[:LISTS {end_of_life_recycling: recycling}]->(:Material)<-[:PART_OF]-(material) }
         THEN 'recycling is given for the group, ' + toString(toInteger(round(100 * implied))) + ' % would fit' END,
       CASE WHEN made_of <> 'global' AND abs(world - published) <= 0.1 THEN 'global supply alone would fit' END,
       CASE WHEN made_of <> 'EU' AND abs(eu - published) <= 0.1 THEN 'EU sourcing alone would fit' END,
       CASE WHEN 0.47 <= half <= 0.53 THEN 'full import reliance would fit' END,
       CASE WHEN any(x IN scores WHERE abs(x - published) <= 0.1) THEN 'the governance of a single year would fit' END,
       CASE WHEN NOT 0 <= half <= 1 AND abs(eu - published) > 0.1
         THEN 'both supply lists as printed give ' + CASE WHEN eu > published THEN 'more' ELSE 'less' END + ' than the score' END
     ] WHERE said IS NOT NULL] AS reasons WHERE $show = 'all' OR NOT met
RETURN material.name AS material, stage, published, recomputed, difference,
       CASE WHEN met THEN '0.1' WHEN round(abs(round(recomputed, 1) - published), 6) <= 0.1 THEN '0.1 as printed' ELSE 'no' END AS within, made_of,
       CASE WHEN NOT met THEN replace(reduce(s = head(reasons), r IN tail(reasons) | s + '; ' + r), '.; ', '; ') END AS reason,
       [x IN scores | round(x, 3)] AS by_year, world AS global_part, eu AS eu_part, reliance AS import_reliance, recycling AS end_of_life_recycling,
       listed.substitution_index_supply AS substitution, mark AS supply_data, coalesce(listed.decisive_stage = stage, false) AS decisive, period,
       listed.source AS source, edition.id AS governance_source, listed.verified AS verified, material.id AS material_id
ORDER BY published DESC, coalesce(listed.economic_importance, 0.0) DESC, material_id, stage
