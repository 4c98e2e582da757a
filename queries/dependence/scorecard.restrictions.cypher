// As `restrictions` finds and dates them: for the material, its group, its members and their products, against the market or all.
CALL (market, country, material) {
  OPTIONAL MATCH (measure:ExportRestriction)-[:IMPOSED_BY]->(country)
  WHERE coalesce(measure.announced, measure.effective, $as_of) <= $as_of
    AND (EXISTS { (measure)-[:AGAINST]->(market) } OR NOT EXISTS { (measure)-[:AGAINST]->(:Economy) })
    AND (EXISTS { MATCH (measure)-[:RESTRICTS]->()-[:FORM_OF*0..1]->(:Material)-[:PART_OF*0..3]->(named:Material) WHERE named = material }
      OR EXISTS { MATCH (measure)-[:RESTRICTS]->(target)-[:FORM_OF*0..1]->(:Material)<-[:PART_OF*0..3]-(asked:Material)
                  WHERE asked = material AND (target:Material OR EXISTS { MATCH (target)-[:FORM_OF]->(asked) }
                     OR EXISTS { MATCH (target)-[:AT_STAGE]->(:Stage {id: 'extraction'}) }
                     OR EXISTS { MATCH (asked)<-[:FORM_OF]-(:Product)-[:INPUT_TO*1..3]->(target) }) })
  WITH measure, CASE WHEN measure IS NULL THEN null WHEN measure.ended <= $as_of THEN 'ended'
     WHEN measure.suspended_from <= $as_of AND coalesce(measure.suspended_until, $as_of) >= $as_of THEN 'suspended'
     WHEN measure.suspended_until < $as_of THEN 'suspension over'
     WHEN measure.ended IS NULL AND measure.status IN ['ended', 'superseded', 'dropped'] THEN 'undated'
     WHEN measure.effective > $as_of OR measure.status = 'announced' THEN 'announced'
     WHEN measure.effective <= $as_of THEN 'in force' ELSE 'undated' END AS state
  // What ended, or may have, is left out.
  WITH measure, state, CASE state WHEN 'in force' THEN 0 WHEN 'suspended' THEN 1 WHEN 'suspension over' THEN 2 ELSE 3 END AS place
  WHERE state IN ['in force', 'suspended', 'suspension over', 'announced']
  WITH * ORDER BY place, measure.kind, measure.id
  WITH place, state, collect(measure) AS measures,
       collect(DISTINCT CASE measure.kind WHEN 'other' THEN 'other measure' ELSE measure.kind END) AS kinds
  WITH place, state, measures, reduce(s = head(kinds), k IN tail(kinds) | s + ', ' + k) + ' ' + state AS told ORDER BY place
  WITH collect(told) AS told, collect(CASE state WHEN 'in force' THEN size(measures) ELSE 0 END) AS active, collect(measures) AS lists
  WITH told, reduce(n = 0, a IN active | n + a) AS active, reduce(every = [], l IN lists | every + l) AS measures
  RETURN {text: reduce(s = head(told), t IN tail(told) | s + '; ' + t), active: active, ids: [m IN measures | m.id],
          sources: COLLECT { UNWIND measures AS m MATCH (m)-[:DOCUMENTED_BY]->(document:Source) RETURN DISTINCT document.id }} AS restrictions
}
