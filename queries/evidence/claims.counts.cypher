// How many agreements, restrictions and policies of the actors, partners governed badly, or uses there are.
CALL (claim, document, since, until, actors) {
  CALL (claim, since, until, actors) {
    MATCH (:Economy {id: CASE WHEN claim.test_class IS NOT NULL THEN actors[0] END})<-[:PARTY|IMPOSED_BY|ADOPTED_BY]-(what)
    // An agreement that was only announced is none yet.
    WITH *, toString(CASE WHEN what:Agreement THEN what.signed ELSE coalesce(what.announced, what.adopted) END) AS period
    WHERE claim.test_class IN labels(what) AND since <= period <= until
      AND all(a IN actors WHERE EXISTS { (what)-[:PARTY|IMPOSED_BY|ADOPTED_BY]->(:Economy {id: a}) })
      AND coalesce(what.status, '') <> 'under negotiation'
      AND (claim.test_things IS NULL OR what.id IN claim.test_things OR EXISTS {
           MATCH (what)-[:RESTRICTS]->()-[:FORM_OF|PART_OF*0..4]->(of:Material) WHERE of.id IN claim.test_things })
      AND (claim.tested_by = 'measures' OR what.audited_2026 AND EXISTS { // the mean of the partner's newest six estimates is below 0
           MATCH (what)-[:PARTY]->(partner:Country)-[score:SCORES]->(:Indicator) WHERE left(until, 4) >= toString(score.year)
           WITH score.source AS giver, score.year AS year, avg(score.estimate) AS mean, count(*) AS number WHERE number = 6
           WITH mean ORDER BY year DESC LIMIT 1 WHERE mean < 0 RETURN mean })
    RETURN what.name AS name, left(period, CASE CASE WHEN what:Agreement THEN what.signed_precision WHEN what.announced IS NULL
           THEN what.adopted_precision ELSE what.announced_precision END WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS period,
           COLLECT { MATCH (what)-[:DOCUMENTED_BY]->(paper:Source) RETURN paper.id AS id ORDER BY id } AS sources
    UNION ALL
    MATCH (of:Material) WHERE of.id IN claim.test_things
    MATCH (of)<-[:FORM_OF|PART_OF*0..4]-(used)-[use:USED_IN]->(user)
    WHERE claim.tested_by = 'uses' AND coalesce(use.importance = claim.test_class, claim.test_class IS NULL)
      AND (user.id IN claim.test_users OR EXISTS { MATCH (user)-[:SERVES]->(served:Sector) WHERE served.id IN claim.test_users })
    RETURN used.name + ' in ' + user.name AS name, null AS period, collect(DISTINCT use.source) AS sources
  }
  // What only the claim's own document states is no witness; the others are what is counted.
  WITH name, period, sources,
       sources <> [] AND all(s IN sources WHERE s IN [document.id] + coalesce(claim.test_quoted, [])) AS own
  ORDER BY period, name
  WITH collect({name: name, period: period, sources: sources, own: own}) AS things
  WITH things, nullIf(size([t IN things WHERE NOT t.own]), 0) AS number
  RETURN [t IN things | t {.*, low: number, high: number}] AS counts
}
