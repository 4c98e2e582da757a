// 1. What documents say of stocks of users and of stops, of licences and of exports that stood still.
MATCH (thing)-[time:TIME_REPORTED_BY]->(:Source)
WHERE left(time.period, size(time.period)) <= left(toString($as_of), size(time.period))
  AND ($sector IS NULL OR time.sector IS NULL OR time.sector = $sector)
  AND (thing IN materials
       OR EXISTS { MATCH (thing)-[:FORM_OF]->(m:Material) WHERE m IN materials }
       OR EXISTS { MATCH (thing)-[:RESTRICTS]->(m:Material) WHERE m IN materials }
       // A rule on a product of the group, such as some magnets, is none on each of its members.
       OR EXISTS { (thing)-[:RESTRICTS]->(:Product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
       OR thing:Stage OR (thing:Policy AND EXISTS {
           MATCH (thing)-[:ADOPTED_BY]->(:Economy)<-[:IMPOSED_BY]-(rule:ExportRestriction {kind: 'licence'})-[:RESTRICTS]->(m:Material)
                         WHERE m IN materials }))
WITH thing, time, CASE time.unit WHEN 'day' THEN 1.0 WHEN 'working-day' THEN 1.4 WHEN 'week' THEN 7.0 WHEN 'month' THEN 365 / 12.0 ELSE 365.0
    END AS days,
     CASE time.measure WHEN 'user-stock' THEN 1 WHEN 'time-to-stop' THEN 5 WHEN 'production-stop' THEN 5 WHEN 'export-stop' THEN 6 WHEN 'lead-time'
         THEN 7 ELSE 4 END AS rank
RETURN {rank: rank, measure: time.measure, general: thing:Stage OR thing:Policy, own: false,
  what: CASE time.measure WHEN 'user-stock' THEN 'stock of users' WHEN 'licence-limit' THEN 'limit for a licence' WHEN 'licence-time'
      THEN 'time of a licence'
        WHEN 'licence-validity' THEN 'validity of a licence' WHEN 'export-stop' THEN 'exports stood still' WHEN 'time-to-stop'
            THEN 'until production stopped'
        WHEN 'production-stop' THEN 'production stood still' ELSE 'lead time' END,
  of: thing.name, who: time.region + coalesce(', ' + head(COLLECT { MATCH (s:Sector {id: time.sector}) RETURN s.name }), ''),
  as_stated: CASE WHEN time.amount IS NOT NULL THEN toString(toInteger(time.amount))
                  WHEN time.low IS NOT NULL AND time.high IS NOT NULL THEN toString(toInteger(time.low)) + ' to ' + toString(toInteger(time.high))
                  WHEN time.high IS NOT NULL THEN 'up to ' + toString(toInteger(time.high)) ELSE 'at least ' + toString(toInteger(time.low)) END
             + ' ' + replace(time.unit, '-', ' ') + CASE WHEN coalesce(time.high, time.amount, time.low) = 1 THEN '' ELSE 's' END,
  low: days * coalesce(time.low, time.amount), high: days * coalesce(time.high, time.amount), period: time.period,
  known_as: CASE WHEN time.measure IN ['licence-limit', 'licence-validity'] THEN 'a limit in law' ELSE 'reported' END,
  source: time.source, remark: time.reason, verified: time.verified, id: thing.id} AS row
