// 8. What would help, or slow it down. Days of use in stock: what a stockpile holds; else stocks and use of industry; else what is meant to be
// held; else what users are said to have.
CALL (market, product) {
  CALL (market, product) {
    MATCH (product)-[:FORM_OF]->(material:Material)
    MATCH (market)<-[:ADOPTED_BY]-(:Stockpile)-[holds:HOLDS_STOCK {unit: 'day'}]->(material) WHERE holds.status IN ['held', 'target']
    RETURN toString(toInteger(holds.amount)) + CASE holds.status WHEN 'held' THEN ' days held (' ELSE ' days meant to be held (' END AS text,
           holds.period AS of, holds.source AS by, CASE holds.status WHEN 'held' THEN 1 ELSE 3 END AS rank
    UNION
    MATCH (product)-[:FORM_OF]->(material:Material)<-[:FORM_OF]-(form:Product) WHERE form = product OR form.id = material.id + '/all-forms'
    MATCH (market)-[:HAS]->(users:Industry)-[:MAKES]->(form)
    MATCH (users)-[held:REPORTED_BY {measure: 'stocks'}]->(edition:Source)<-[used:REPORTED_BY]-(users)
    WHERE used.measure IN ['reported-consumption', 'consumption', 'apparent-consumption'] AND held.period = used.period AND held.unit = used.unit
      AND coalesce(held.basis, '') = coalesce(used.basis, '') AND used.amount > 0 AND held.suspect IS NULL AND used.suspect IS NULL
    WITH product, form, held, used, edition ORDER BY form = product DESC, held.period DESC, edition.published DESC, used.measure DESC LIMIT 1
    RETURN toString(toInteger(round(365 * held.amount / used.amount)))
             + ' days of use' + CASE WHEN form = product THEN '' ELSE ' of ' + form.name END + ' with industry (' AS text,
           held.period AS of, edition.id AS by, 2 AS rank
    UNION
    UNWIND [product] + COLLECT { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(m:Material) RETURN m } AS held
    MATCH (held)-[lasts:TIME_REPORTED_BY {measure: 'user-stock'}]->(paper:Source)
    WHERE coalesce(paper.grade, '') <> 'D' AND left(lasts.period, 4) <= toString($as_of.year)
    WITH product, held, lasts, paper ORDER BY held = product DESC, lasts.period DESC LIMIT 1
    RETURN coalesce(toString(toInteger(coalesce(lasts.low, lasts.amount))), 'up to') + coalesce(' to ' + toString(toInteger(lasts.high)), '')
             + ' ' + lasts.unit + 's' + CASE WHEN held = product THEN '' ELSE ' of ' + held.name END + ' with users'
             + coalesce(' in ' + lasts.sector, '') + ' (' + lasts.region + ', ' AS text, lasts.period AS of, paper.id AS by, 4 AS rank
  }
  WITH text, of, by ORDER BY rank, of DESC LIMIT 1
  RETURN collect(text + of + ')')[0] AS stock, collect(by) AS stock_sources
}
// Restrictions of the country that name it or its material, for the market too, and were in force that day.
CALL (country, market, product) {
  UNWIND [product] + COLLECT { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(material:Material) RETURN material } AS named
  MATCH (named)<-[:RESTRICTS]-(rule:ExportRestriction)-[:IMPOSED_BY]->(country)
  WHERE (NOT EXISTS { (rule)-[:AGAINST]->() } OR EXISTS { (rule)-[:AGAINST]->(market) })
    AND rule.effective <= $as_of AND NOT coalesce(rule.ended <= $as_of, false) AND rule.kind <> 'technology-ban'
    AND NOT coalesce(rule.status IN ['ended', 'superseded', 'dropped', 'not-stated'], false)
    AND NOT coalesce(rule.suspended_from <= $as_of AND coalesce(rule.suspended_until, $as_of) >= $as_of, false)
  WITH DISTINCT rule ORDER BY rule.effective DESC, rule.id
  WITH rule, COLLECT { MATCH (rule)-[:DOCUMENTED_BY]->(d:Source) RETURN d.id AS id } AS documents,
       head(COLLECT { MATCH (rule)-[takes:TIME_REPORTED_BY {measure: 'licence-time'}]->(paper:Source)
         WHERE coalesce(paper.grade, '') <> 'D' AND left(takes.period, 4) <= toString($as_of.year) WITH takes, paper ORDER BY takes.period DESC
         RETURN {by: paper.id, text: coalesce('about ' + toString(toInteger(takes.amount)), 'up to ' + toString(toInteger(takes.high)),
                 'at least ' + toString(toInteger(takes.low))) + ' ' + replace(takes.unit, '-', ' ') + 's (' + takes.period + ')'} }) AS time
  RETURN collect(CASE rule.kind WHEN 'other' THEN 'another measure' ELSE rule.kind END + ' since ' + left(toString(rule.effective),
           CASE rule.effective_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END)
           + coalesce(', which takes ' + time.text, '')) AS rules,
         'licence' IN collect(CASE WHEN time IS NULL THEN rule.kind END) AND count(time) = 0 AS licensed,
         reduce(all = [], d IN collect(documents + coalesce([time.by], [])) | all + [x IN d WHERE x IS NOT NULL]) AS rule_sources
}
// What the market gets out of its own scrap, of a product that is all of one material and no ore.
CALL (market, product, stage) {
  MATCH (market)<-[:ADOPTED_BY]-(list:CriticalityList)-[listed:LISTS]->(material:Material)<-[:FORM_OF]-(product)
  WHERE stage.position > 3 AND listed.end_of_life_recycling IS NOT NULL AND COUNT { (product)-[:FORM_OF]->(:Material) } = 1
  WITH listed ORDER BY list.year DESC LIMIT 1
  RETURN collect(listed.end_of_life_recycling)[0] AS recycled, collect(listed.source) AS list_sources
}
