// 1. Restrictions whose state differs on the two days.
CALL (since) {
  MATCH (measure:ExportRestriction)-[:IMPOSED_BY]->(imposer:Economy)
  WHERE ($country IS NULL OR imposer.id = $country)
    AND ($material IS NULL OR EXISTS { MATCH (measure)-[:RESTRICTS]->()-[:FORM_OF*0..1]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
      OR EXISTS { MATCH (measure)-[:RESTRICTS]->()-[:FORM_OF*0..1]->(:Material)<-[:PART_OF*0..3]-(:Material {id: $material}) })
  WITH measure, imposer, [day IN [since, $until] | CASE
     WHEN coalesce(measure.announced, measure.effective) > day THEN 'not announced'
     WHEN measure.ended <= day THEN 'ended'
     WHEN measure.suspended_from <= day AND coalesce(measure.suspended_until, day) >= day THEN 'suspended'
     WHEN measure.suspended_until < day THEN 'suspension over'
     WHEN measure.ended IS NULL AND measure.status IN ['ended', 'superseded', 'dropped'] THEN 'undated'
     WHEN measure.effective > day OR measure.status = 'announced' THEN 'announced'
     WHEN measure.effective <= day THEN 'in force' ELSE 'undated' END] AS states
  WHERE states[0] <> states[1]
  WITH *, CASE measure.effective_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END AS known
  WITH *, COLLECT { UNWIND [{day: measure.announced, size: 10}, {day: measure.effective, size: known}, {day: measure.suspended_from, size: 10},
                            {day: measure.suspended_until + duration({days: 1}), size: 10}, {day: measure.ended, size: 10}] AS event
                    WITH event WHERE event.day > since AND event.day <= $until
                    RETURN left(toString(event.day), event.size) AS day ORDER BY event.day DESC LIMIT 1 }[0] AS day
  ORDER BY states[1] = 'in force' DESC, day DESC, measure.id
  WITH collect({measure: measure, states: states, day: day, imposer: imposer}) AS found
  RETURN [i IN range(0, size(found) - 1) | {kind: 'restriction', what: found[i].measure.name, date: found[i].day, before: found[i].states[0],
    after: found[i].states[1], sources: COLLECT { WITH found[i].measure AS m MATCH (m)-[:DOCUMENTED_BY]->(d:Source) RETURN d.id AS id ORDER BY id },
    verified: found[i].measure.verified, id: found[i].measure.id, place: i,
    materials: COLLECT { WITH found[i].measure AS m MATCH (m)-[:RESTRICTS]->(t) RETURN t.id AS id ORDER BY id }}] AS restrictions
}
// 2. Agreements, likewise.
CALL (since) {
  MATCH (agreement:Agreement) WHERE ($country IS NULL OR EXISTS { (agreement)-[:PARTY]->(:Economy {id: $country}) })
    AND ($material IS NULL OR EXISTS { MATCH (agreement)-[:COVERS]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
  WITH agreement, [day IN [since, $until] | CASE WHEN agreement.ended <= day THEN 'ended' WHEN agreement.in_force_from <= day THEN 'in force'
     WHEN agreement.signed <= day THEN 'signed' WHEN agreement.announced <= day THEN 'announced' ELSE 'not signed' END] AS states
  WHERE states[0] <> states[1]
  WITH *, CASE agreement.signed_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END AS known
  WITH *, CASE states[1] WHEN 'ended' THEN toString(agreement.ended) WHEN 'in force' THEN toString(agreement.in_force_from)
          WHEN 'announced' THEN toString(agreement.announced) ELSE left(toString(agreement.signed), known) END AS day
  ORDER BY day DESC, agreement.id
  WITH collect({agreement: agreement, states: states, day: day}) AS found
  RETURN [i IN range(0, size(found) - 1) | {kind: 'agreement', what: found[i].agreement.name, date: found[i].day, before: found[i].states[0],
    after: found[i].states[1], verified: found[i].agreement.verified, id: found[i].agreement.id, place: i,
    sources: COLLECT { WITH found[i].agreement AS a MATCH (a)-[:DOCUMENTED_BY]->(d:Source) RETURN d.id AS id ORDER BY id },
    materials: COLLECT { WITH found[i].agreement AS a MATCH (a)-[:COVERS]->(m:Material) RETURN DISTINCT m.id AS id ORDER BY id }}] AS agreements
}
