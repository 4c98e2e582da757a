/*
title: Which export restrictions are in force on a day, which are suspended, and which lapse soon?
parameters:
  - {name: as_of, type: date, default: newest, help: "The day", example: "2026-02-03"}
  - {name: material, type: material, help: "Only what touches the material, its group, its members or its products", example: gallium}
  - {name: country, type: country, help: "Only restrictions that this country imposes", example: China}
  - {name: against, type: economy, help: "Only restrictions aimed at this economy, or at all", example: United States}
  - {name: include_ended, type: boolean, default: "no", help: "Also those that had ended by that day", example: "yes"}
columns:
  - {name: state, type: text, meaning: "On that day: in force, suspended, announced (not yet in effect), undated, or ended"}
  - {name: imposed_by, type: text, meaning: "Who imposes it"}
  - {name: restriction, type: text, meaning: "What it is"}
  - {name: kind, type: text, meaning: "ban, licence, quota, tax …"}
  - {name: restricts, type: list, meaning: "Materials, products, technologies or stages that it names"}
  - {name: against, type: list, meaning: "Economies it is aimed at; empty means all"}
  - {name: effective, type: date, meaning: "In effect from"}
  - {name: changes, type: date, meaning: "The next dated change after that day: start, suspension, end of suspension, or end"}
  - {name: change, type: text, meaning: "What happens then by the texts known that day"}
  - {name: instrument, type: text, meaning: "Legal instrument"}
  - {name: sources, type: list, meaning: "Documents that the row rests on"}
  - {name: note, type: text, detail: true, meaning: "What else the source says"}
  - {name: announced, type: date, detail: true, meaning: "Announced on"}
  - {name: suspended_from, type: date, detail: true, meaning: "Suspended from"}
  - {name: suspended_until, type: date, detail: true, meaning: "Suspended until, that day included"}
  - {name: ended, type: date, detail: true, meaning: "Ended on"}
  - {name: status, type: text, detail: true, meaning: "Status by the source when it was read"}
  - {name: imposed_by_id, type: text, detail: true, meaning: "Id of the imposer"}
  - {name: restriction_id, type: text, detail: true, meaning: "Id of the restriction"}
finding:
  - "Export restrictions on {as_of}: {state:count=in force} in force, {state:count=suspended} suspended, {state:count=announced} announced but not yet in effect; imposed by {imposed_by:list}."
nothing: "No export restriction that was announced by {as_of} and had not ended fits what was asked, in the data."
caveats:
  - A suspended restriction is not in force, and comes back on the day after its suspension unless something else is decided.
  - A licence requirement is no ban; how many licences are granted is not in the data.
  - The list is made of the measures that were found, not of all that exist.
method: "By dates alone: announced by the day; ended at or before it; suspended within its suspension, both ends included; in force from its effective day; announced before that. A measure without an effective date is `undated`."
data_needed: [ExportRestriction]
examples: ["orepath ask restrictions --as-of 2026-02-03", "orepath ask restrictions --material gallium --country CN"]
*/
MATCH (restriction:ExportRestriction)-[:IMPOSED_BY]->(imposer:Economy)
WHERE ($country IS NULL OR imposer.id = $country)
  AND coalesce(restriction.announced, restriction.effective, $as_of) <= $as_of
  AND ($against IS NULL OR EXISTS { MATCH (restriction)-[:AGAINST]->(:Economy {id: $against}) }
       OR NOT EXISTS { MATCH (restriction)-[:AGAINST]->(:Economy) })
  AND ($material IS NULL
       OR EXISTS { MATCH (restriction)-[:RESTRICTS]->()-[:FORM_OF*0..1]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
       OR EXISTS { MATCH (restriction)-[:RESTRICTS]->()-[:FORM_OF*0..1]->(:Material)<-[:PART_OF*0..3]-(:Material {id: $material}) })
WITH restriction, imposer, CASE
     WHEN restriction.ended <= $as_of THEN 'ended'
     WHEN restriction.suspended_from <= $as_of AND coalesce(restriction.suspended_until, $as_of) >= $as_of THEN 'suspended'
     WHEN restriction.effective <= $as_of THEN 'in force'
     WHEN restriction.effective > $as_of THEN 'announced'
     ELSE 'undated' END AS state
WHERE $include_ended OR state <> 'ended'
// The next change that has a date.
WITH *, [c IN [{day: restriction.effective, what: 'takes effect'}, {day: restriction.suspended_from, what: 'is suspended'},
               {day: restriction.suspended_until + duration({days: 1}), what: 'comes back unless the suspension is prolonged'},
               {day: restriction.ended, what: 'ends'}] WHERE c.day > $as_of] AS coming
WITH *, reduce(next = head(coming), c IN coming | CASE WHEN c.day < next.day THEN c ELSE next END) AS next
RETURN state, imposer.name AS imposed_by, restriction.name AS restriction, restriction.kind AS kind,
       COLLECT { MATCH (restriction)-[:RESTRICTS]->(target) RETURN target.name AS name ORDER BY name } AS restricts,
       COLLECT { MATCH (restriction)-[:AGAINST]->(target:Economy) RETURN target.name AS name ORDER BY name } AS against,
       restriction.effective AS effective, next.day AS changes, next.what AS change, restriction.instrument AS instrument,
       COLLECT { MATCH (restriction)-[:DOCUMENTED_BY]->(document:Source) RETURN document.id AS id ORDER BY id } AS sources,
       restriction.description AS note, restriction.announced AS announced, restriction.suspended_from AS suspended_from,
       restriction.suspended_until AS suspended_until, restriction.ended AS ended, restriction.status AS status,
       imposer.id AS imposed_by_id, restriction.id AS restriction_id
ORDER BY CASE state WHEN 'in force' THEN 0 WHEN 'suspended' THEN 1 WHEN 'announced' THEN 2 WHEN 'undated' THEN 3 ELSE 4 END,
         imposed_by, effective DESC, restriction_id
