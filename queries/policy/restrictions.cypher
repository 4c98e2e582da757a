/*
title: Which export restrictions are in force, suspended or about to lapse?
parameters:
  - {name: as_of, type: date, default: newest, help: "The day", example: "2026-02-03"}
  - {name: material, type: material, help: "Only what touches the material, its group, its members or its products", example: gallium}
  - {name: country, type: country, help: "Only restrictions that this country imposes", example: China}
  - {name: against, type: economy, help: "Only restrictions aimed at this economy, or at all", example: United States}
  - {name: include_ended, type: boolean, default: "no", help: "Also those that had ended by that day", example: "yes"}
columns:
  - {name: state, type: text, meaning: "On that day: in force, suspended, suspension over (no later news), announced (not known to be in effect), undated, or ended"}
  - {name: imposed_by, type: text, spare: 1, meaning: "Who imposes it"}
  - {name: restriction, type: text, meaning: "What it is"}
  - {name: kind, type: text, codes: [restriction-kind], spare: 1, meaning: "ban, licence, quota, tax …"}
  - {name: restricts, type: list, meaning: "Materials, products, technologies or stages that it names"}
  - {name: against, type: list, meaning: "Economies it is aimed at; empty means all"}
  - {name: effective, type: text, meaning: "In effect from, as precisely as is known"}
  - {name: changes, type: text, spare: 2, meaning: "The next dated change after that day: start, suspension, end of suspension, or end; as precisely as is known"}
  - {name: change, type: text, spare: 2, meaning: "What happens then by the texts known that day"}
  - {name: instrument, type: text, spare: 2, meaning: "Legal instrument"}
  - {name: sources, type: list, meaning: "Documents that the row rests on"}
  - {name: note, type: text, detail: true, meaning: "What else the source says"}
  - {name: announced, type: text, detail: true, meaning: "When it was announced, as precisely as is known"}
  - {name: suspended_from, type: date, detail: true, meaning: "Suspended from"}
  - {name: suspended_until, type: date, detail: true, meaning: "Suspended until, that day included"}
  - {name: ended, type: text, detail: true, meaning: "When it ended, or by its text ends, as precisely as is known"}
  - {name: status, type: text, detail: true, meaning: "Status by the source when it was read"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether it was read in the documents named"}
  - {name: imposed_by_id, type: text, entity: Economy, detail: true, meaning: "Id of the imposer"}
  - {name: restriction_id, type: text, entity: ExportRestriction, detail: true, meaning: "Id of the restriction"}
finding:
  - "Export restrictions on {as_of}: {state:some=in force} in force[, {state:some=suspended} suspended][, {state:some=announced} announced but not known to be in effect][, {state:some=suspension over} whose suspension was over without later news][, {state:some=ended} ended][, {state:some=undated} more whose day of effect or end is not known]; imposed by {imposed_by:list}."
  - "Export restrictions on {as_of}: none known to be in force[, {state:some=suspended} suspended][, {state:some=announced} announced but not known to be in effect][, {state:some=suspension over} whose suspension was over without later news][, {state:some=ended} ended][, {state:some=undated} more whose day of effect or end is not known]; imposed by {imposed_by:list}."
nothing: "No export restriction that was announced by {as_of} and had not ended fits what was asked, in the data."
caveats:
  - A suspended restriction is not in force. After its suspension it comes back unless something else was decided, which later news would tell; the data end with their newest document.
  - A measure on goods in general (all dual-use items) names no material, so --material does not find it.
  - A licence requirement is no ban; how many licences are granted is not in the data.
  - The list is made of the measures that were found, not of all that exist.
method: "By dates alone: announced by the day; ended at or before it; suspended within its suspension, both ends included; in force from its effective day unless the source knows it only as announced. What has no date of effect, or ended on an unknown date, is `undated`."
data_needed: [ExportRestriction]
examples: ["orepath ask restrictions --as-of 2026-02-03", "orepath ask restrictions --material gallium --country CN"]
*/
MATCH (measure:ExportRestriction)-[:IMPOSED_BY]->(imposer:Economy)
WHERE ($country IS NULL OR imposer.id = $country)
  AND coalesce(measure.announced, measure.effective, $as_of) <= $as_of
  AND ($against IS NULL OR EXISTS { MATCH (measure)-[:AGAINST]->(:Economy {id: $against}) }
       OR NOT EXISTS { MATCH (measure)-[:AGAINST]->(:Economy) })
  AND ($material IS NULL
       OR EXISTS { MATCH (measure)-[:RESTRICTS]->()-[:FORM_OF*0..1]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
       // A product of its group only where that is mined, or made out of the material's own: SmCo is no neodymium.
       OR EXISTS { MATCH (measure)-[:RESTRICTS]->(target)-[:FORM_OF*0..1]->(:Material)<-[:PART_OF*0..3]-(asked:Material {id: $material})
                   WHERE target:Material OR EXISTS { MATCH (target)-[:FORM_OF]->(asked) }
                      OR EXISTS { MATCH (target)-[:AT_STAGE]->(:Stage {id: 'extraction'}) }
                      OR EXISTS { MATCH (asked)<-[:FORM_OF]-(:Product)-[:INPUT_TO*1..3]->(target) } })
WITH measure, imposer, coalesce(measure.effective_planned, false) AS planned, CASE
     WHEN measure.ended <= $as_of THEN 'ended'
     WHEN measure.suspended_from <= $as_of AND coalesce(measure.suspended_until, $as_of) >= $as_of THEN 'suspended'
     WHEN measure.suspended_until < $as_of THEN 'suspension over'
     WHEN measure.ended IS NULL AND measure.status IN ['ended', 'superseded', 'dropped'] THEN 'undated'
     WHEN measure.effective > $as_of OR measure.status = 'announced' THEN 'announced'
     WHEN measure.effective <= $as_of THEN 'in force'
     ELSE 'undated' END AS state
WHERE $include_ended OR state <> 'ended'
// The next change that has a date.
WITH *, [c IN [{day: measure.effective, of: measure.effective_precision, what: CASE WHEN planned THEN 'is to take effect' ELSE 'takes effect' END},
               {day: measure.suspended_from, what: 'is suspended'},
               {day: measure.suspended_until + duration({days: 1}), what: 'comes back unless prolonged'},
               {day: measure.ended, of: measure.ended_precision, what: 'ends'}] WHERE c.day > $as_of] AS coming
WITH *, reduce(next = head(coming), c IN coming |
               CASE WHEN c.day < next.day THEN c ELSE next END) AS next
RETURN state, imposer.name AS imposed_by, measure.name AS restriction, measure.kind AS kind,
       COLLECT { MATCH (measure)-[:RESTRICTS]->(target) RETURN target.name AS name ORDER BY name } AS restricts,
       COLLECT { MATCH (measure)-[:AGAINST]->(target:Economy) RETURN target.name AS name ORDER BY name } AS against,
       left(toString(measure.effective), CASE measure.effective_precision
              WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END)
         + CASE WHEN planned THEN ' (planned)' ELSE '' END AS effective,
       left(toString(next.day), CASE next.of WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS changes,
       next.what AS change, measure.instrument AS instrument,
       COLLECT { MATCH (measure)-[:DOCUMENTED_BY]->(document:Source) RETURN document.id AS id ORDER BY id } AS sources,
       measure.description AS note,
       left(toString(measure.announced), CASE measure.announced_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS announced,
       measure.suspended_from AS suspended_from, measure.suspended_until AS suspended_until,
       left(toString(measure.ended), CASE measure.ended_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS ended,
       replace(measure.status, '-', ' ') AS status,
       measure.verified AS verified, imposer.id AS imposed_by_id, measure.id AS restriction_id
ORDER BY CASE state WHEN 'in force' THEN 0 WHEN 'suspended' THEN 1 WHEN 'suspension over' THEN 2 WHEN 'announced' THEN 3
         WHEN 'undated' THEN 4 ELSE 5 END,
         imposed_by, measure.effective DESC, restriction_id
