// Figures worked out from import reliance by a list, and from what was stated.
CALL (claim, document, since, until, actors, day) {
  CALL (claim, since, until, actors, day) {
    // Of a list, how many materials come to half or more from abroad: by a figure of their own, else by those of their group.
    WITH * WHERE claim.tested_by = 'listed-reliance'
    MATCH (list:CriticalityList)-[:LISTS]->(listed:Material) WHERE list.id IN claim.test_things
    MATCH way = (listed)-[:PART_OF*0..3]->(:Material)<-[:FORM_OF]-(form:Product)<-[:MAKES|TOTALS]-(industry:Industry)
    WHERE length(way) = 2 OR NOT EXISTS { (form)-[:AT_STAGE]->(:Stage {id: 'extraction'}) }
    MATCH (:Economy {id: actors[0]})-[:HAS]->(industry)-[r:REPORTED_BY {measure: 'net-import-reliance'}]->(edition:Source)
    WHERE since <= r.period <= until AND coalesce(edition.published, '') <= day AND coalesce(r.amount, r.low, r.high) IS NOT NULL
    WITH claim, listed, length(way) AS far, abs(toInteger(r.period) - toInteger(claim.period)) AS off, edition, coalesce(r.amount, r.low, 0.0) AS part
    WITH claim, listed, CASE far WHEN 2 THEN 'own' ELSE 'group' END AS kind, off, edition, collect(part) AS parts
    ORDER BY off, edition.published DESC, edition.id
    WITH claim, listed, kind, head(collect({parts: parts, source: edition.id})) AS nearest ORDER BY kind DESC
    WITH claim, listed, head(collect(nearest {.*, kind: kind})) AS known
    WITH claim, known.source AS source, reduce(m = 0.0, p IN known.parts | CASE WHEN p > m THEN p ELSE m END) AS most,
         CASE known.kind WHEN 'group' THEN reduce(m = 100.0, p IN known.parts | CASE WHEN p < m THEN p ELSE m END) END AS least
    WITH collect(DISTINCT source) AS sources, count(*) AS total, sum(CASE WHEN coalesce(least, most) >= 50 THEN 1 ELSE 0 END) AS low, claim,
         sum(CASE WHEN most >= 50 THEN 1 ELSE 0 END) AS high, sum(CASE WHEN coalesce(least, most) >= 100 THEN 1 ELSE 0 END) AS wholly,
         sum(CASE WHEN most >= 100 THEN 1 ELSE 0 END) AS or_wholly
    RETURN toString(low) + ' of ' + toString(total) + ' with a figure come to half or more from abroad, ' + toString(wholly) +
             CASE or_wholly WHEN wholly THEN '' ELSE ' to ' + toString(or_wholly) END + ' of them wholly' AS name, sources, claim.period AS period,
           null AS of, null AS by, 1.0 * low AS low, 1.0 * high AS high, null AS worth, true AS read
    UNION ALL
    // What other documents state, added up.
    WITH * WHERE claim.tested_by = 'sum-of-statements'
    MATCH (part:Claim)-[:MADE_IN]->(paper:Source) WHERE part.id IN claim.test_things AND part.unit = claim.unit
    WITH claim, part, paper ORDER BY part.value DESC, part.id
    WITH claim, collect(DISTINCT part) AS parts, collect(DISTINCT paper.id) AS sources
    WHERE size(parts) = size(claim.test_things)
    WITH parts, sources, reduce(sum = 0.0, p IN parts | sum + p.value) AS total
    RETURN reduce(said = split(head(parts).text, '. ')[0], p IN tail(parts) | said + ' + ' + split(p.text, '. ')[0]) AS name, sources,
           null AS period, null AS of, null AS by, total AS low, total AS high, null AS worth, all(p IN parts WHERE p.verified) AS read
  }
  RETURN collect({name: name, sources: sources, period: period, of: of, by: by, low: low, high: high, worth: worth, read: read,
    own: all(s IN sources WHERE s = document.id OR any(q IN coalesce(claim.test_quoted, []) WHERE s = q
      OR EXISTS { (:Source {id: s})-[:EDITION_OF]->(:Publication {id: q}) }))}) AS listed
}
