// 3. What that country restricts of the line, against the firm's market or all; states as `restrictions` dates them.
CALL (market, country, line, direct) {
  UNWIND CASE WHEN direct THEN line[..1] ELSE line[1..] END AS good
  MATCH (measure:ExportRestriction)-[:IMPOSED_BY]->(country)
  WHERE coalesce(measure.announced, measure.effective, $as_of) <= $as_of
    AND (EXISTS { (measure)-[:AGAINST]->(market) } OR NOT EXISTS { (measure)-[:AGAINST]->(:Economy) })
    AND (EXISTS { (measure)-[:RESTRICTS]->(good) }
      OR EXISTS { MATCH (measure)-[:RESTRICTS]->(named:Material) MATCH (good)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(named) })
  WITH DISTINCT measure, CASE WHEN measure.ended <= $as_of THEN 'ended'
     WHEN measure.suspended_from <= $as_of AND coalesce(measure.suspended_until, $as_of) >= $as_of THEN 'suspended'
     WHEN measure.suspended_until < $as_of THEN 'suspension over'
     WHEN measure.ended IS NULL AND measure.status IN ['ended', 'superseded', 'dropped'] THEN 'undated'
     WHEN measure.effective > $as_of OR measure.status = 'announced' THEN 'announced'
     WHEN measure.effective <= $as_of THEN 'in force' ELSE 'undated' END AS state
  WITH measure, state, CASE state WHEN 'in force' THEN 0 WHEN 'suspended' THEN 1 WHEN 'suspension over' THEN 2 ELSE 3 END AS place
  WHERE state IN ['in force', 'suspended', 'suspension over', 'announced']
  WITH * ORDER BY place, measure.kind, measure.id
  WITH place, state, collect(measure) AS measures,
       collect(DISTINCT CASE measure.kind WHEN 'other' THEN 'other measure' ELSE measure.kind END) AS kinds ORDER BY place
  WITH collect(reduce(s = head(kinds), k IN tail(kinds) | s + ', ' + k) + ' ' + state) AS told,
       reduce(every = [], l IN collect(measures) | every + l) AS measures, collect(state) AS states
  RETURN {text: reduce(s = head(told), t IN tail(told) | s + '; ' + t), ids: [m IN measures | m.id], active: 'in force' IN states,
          sources: COLLECT { UNWIND measures AS m MATCH (m)-[:DOCUMENTED_BY]->(document:Source) RETURN DISTINCT document.id AS id ORDER BY id }
         } AS restrictions
}
