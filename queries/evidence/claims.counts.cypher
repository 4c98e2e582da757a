// How many agreements, restrictions and policies of the actors, partners governed badly, or uses there are.
CALL (claim, document, since, until, actors, day) {
  CALL (claim, since, until, actors, day) {
    WITH * WHERE claim.tested_by IN ['measures', 'low-governance']
    MATCH (:Economy {id: actors[0]})<-[:PARTY|IMPOSED_BY|ADOPTED_BY]-(what)
    // An agreement that was only announced is none yet; one whose signature has no date counts from its entry into force.
    WITH *, CASE WHEN what:Agreement THEN coalesce(what.signed, what.in_force_from) ELSE coalesce(what.announced, what.adopted) END AS then
    WITH *, left(toString(then), CASE coalesce(what.signed_precision, what.announced_precision, what.adopted_precision)
           WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS period,
         coalesce(toString(claim.made_on), until) AS told
    // Of an exact number also what came later, up to the day of the claim: it is named, and not counted.
    WHERE claim.test_class IN labels(what) AND since <= toString(then) <= day
      AND (period <= until OR claim.value IS NOT NULL AND period <= told)
      AND all(a IN actors WHERE EXISTS { (what)-[:PARTY|IMPOSED_BY|ADOPTED_BY]->(:Economy {id: a}) })
      AND coalesce(what.status, '') <> 'under-negotiation'
      AND (claim.test_things IS NULL OR what.id IN claim.test_things OR EXISTS {
           MATCH (what)-[:RESTRICTS]->()-[:FORM_OF|PART_OF*0..4]->(of:Material) WHERE of.id IN claim.test_things })
      AND (claim.tested_by = 'measures' OR what.audited_2026 AND EXISTS { // the mean of the partner's newest six estimates is below 0
           MATCH (what)-[:PARTY]->(partner:Country)-[score:SCORES]->(:Indicator) WHERE left(until, 4) >= toString(score.year)
           WITH score.source AS giver, score.year AS year, avg(score.estimate) AS mean, count(*) AS number WHERE number = 6
           WITH mean ORDER BY year DESC LIMIT 1 WHERE mean < 0 RETURN mean })
    RETURN what.name AS name, period, period > until AS later, what.verified AS verified, true AS sure,
           CASE WHEN what.verified THEN 1.0 ELSE 0.0 END AS weight,
           COLLECT { MATCH (what)-[:DOCUMENTED_BY]->(paper:Source) WHERE coalesce(paper.grade, '') <> 'D'
                     RETURN paper.id AS id ORDER BY coalesce(paper.grade, 'C'), id } AS sources
    UNION ALL
    // What uses the material or a member of its group, by one line for each technology, component or application.
    WITH * WHERE claim.tested_by = 'uses' AND claim.test_class IS NULL
    MATCH (of:Material) WHERE of.id IN claim.test_things
    MATCH (of)<-[:PART_OF*0..4]-(part:Material)<-[:FORM_OF*0..1]-()-[usage:USED_IN]->(user) WHERE user.id IN claim.test_users
    MATCH (paper:Source {id: usage.source}) WHERE coalesce(paper.grade, '') <> 'D'
    WITH user, part, usage ORDER BY part.name
    WITH user, collect(DISTINCT part.name) AS parts, collect(DISTINCT usage.source) AS sources, max(usage.verified) AS verified
    RETURN user.name + ': ' + reduce(said = head(parts), p IN tail(parts) | said + ', ' + p) AS name, null AS period, false AS later,
           verified, true AS sure, 1.0 * size(parts) AS weight, sources
    UNION ALL
    // Technologies of the sector that need it; those of which only some types do are no proof that it is essential.
    WITH * WHERE claim.tested_by = 'uses' AND claim.test_class IS NOT NULL
    MATCH (served:Sector) WHERE served.id IN claim.test_users
    MATCH (served)<-[:SERVES]-(user:Technology)-[need:NEEDS]->(:Product)-[:FORM_OF]->(part:Material)-[:PART_OF*0..4]->(of:Material)
    WHERE of.id IN claim.test_things AND (need.essential OR need.importance ENDS WITH '-dependent')
      AND any(id IN need.use_sources WHERE EXISTS { MATCH (paper:Source {id: id}) WHERE coalesce(paper.grade, '') <> 'D' })
      AND NOT EXISTS { (:Material)-[:PART_OF]->(part) }
    WITH user, coalesce(need.essential, false) AS sure, part, need ORDER BY part.name
    WITH user, sure, collect(DISTINCT part.name) AS parts, collect(need) AS needs, max(need.weight) AS weight, max(need.verified) AS verified
    WITH *, reduce(said = head(parts), p IN parts[1..4] | said + ', ' + p) + CASE WHEN size(parts) > 4 THEN ' …' ELSE '' END AS said
    RETURN user.name + ': ' + said + CASE WHEN NOT sure THEN ' (some types only)' WHEN weight < 1
             THEN ' (' + toString(toInteger(round(100 * weight))) + ' % of its market)' ELSE '' END AS name, null AS period, false AS later, verified,
           sure, coalesce(weight, 0.0) + CASE WHEN sure THEN 100 ELSE 0 END + size(parts) AS weight,
           COLLECT { UNWIND needs AS n UNWIND n.use_sources AS id MATCH (paper:Source {id: id}) WHERE coalesce(paper.grade, '') <> 'D'
                     RETURN DISTINCT id ORDER BY id } AS sources
  }
  // What only the claim's own document states is no witness, and where all sources are of grade D there is none; the others are counted.
  WITH * WHERE sources <> []
  WITH *, all(s IN sources WHERE s IN [document.id] + coalesce(claim.test_quoted, [])) AS own
  ORDER BY weight DESC, period, name
  WITH collect({name: name, period: period, sources: sources, own: own, later: later, read: coalesce(verified, false), sure: sure}) AS things
  WITH things, [t IN things WHERE NOT t.own AND NOT t.later] AS counted
  WITH *, size(counted) AS number, [t IN counted WHERE t.read] AS reads
  // Those that nobody read may be or not; where none was read nothing is sure.
  RETURN [t IN things | t {.*, high: nullIf(number, 0), low: CASE WHEN reads <> [] THEN size([r IN reads WHERE r.sure]) END}] AS counts
}
