// 3. The world's output of a year: the most refined form of the material that is counted by content, by the evidence that leads.
CALL (used, technology) {
  OPTIONAL CALL (used) {
    MATCH (used)<-[:FORM_OF*0..1]-(form:Product)-[:AT_STAGE]->(stage:Stage)
    WHERE NOT form:TradeCode AND (form = used OR stage.id IN ['extraction', 'separation-refining'])
    MATCH (:Industry {id: 'WLD:' + form.id})-[made:REPORTED_BY {measure: 'production', unit: 't'}]->(edition:Source)
    WHERE coalesce(made.amount, made.low) > 0 AND coalesce(made.status, '') <> 'forecast' AND made.suspect IS NULL
      AND (made.basis IN ['contained', 'oxide-equivalent'] OR form = used OR (stage.id = 'separation-refining' AND made.basis <> 'dry-weight')
           OR (made.basis = 'not-stated' AND NOT EXISTS { MATCH (form)<-[:INPUT_TO]-(:Product)-[:FORM_OF]->(used) }))
    OPTIONAL MATCH (form)-[known:OUTPUT_KNOWN_FROM {measure: 'production', basis: made.basis, period: made.period}]->(edition)
    WITH form, stage, made, edition ORDER BY stage.position DESC, known.precedence IS NULL, known.precedence, made.period DESC, edition.id
    RETURN {amount: coalesce(made.amount, made.low), product: form.id, sources: [edition.id],
            short: 'output ' + made.period + ' (' + form.name + ')',
            of: 'world\'s output of ' + form.name + ', ' + made.period + CASE made.basis WHEN 'oxide-equivalent' THEN ', as oxide'
                ELSE '' END} AS output
    LIMIT 1
  }
  // Else that of the largest maker, by the highest figure that any source gives: the world makes more.
  OPTIONAL CALL (used, output) {
    MATCH (used:Product)<-[:MAKES]-(maker:Industry)<-[:HAS]-(economy:Country) MATCH (maker)-[made:REPORTED_BY {measure: 'production',
        unit: 't'}]->(edition:Source)
    WHERE output IS NULL AND coalesce(made.amount, made.low) > 0 AND coalesce(made.status, '') <> 'forecast' AND made.suspect IS NULL
    WITH used, economy, made, edition ORDER BY coalesce(made.amount, made.low) DESC, made.period DESC, edition.id LIMIT 1
    RETURN {amount: coalesce(made.amount, made.low), product: used.id, sources: [edition.id],
            short: 'output ' + made.period + ' of ' + economy.name + ' alone', of: CASE WHEN made.amount IS NULL THEN 'least' ELSE 'amount' END
            + ' that ' + economy.name + ' alone made of ' + used.name + ' in ' + made.period} AS largest
  }
  WITH coalesce(output, largest) AS output, used, technology
  // Else what sources say of the uses of a year in the world, added up.
  OPTIONAL CALL (used, output) {
    MATCH (used:Material)-[other:USED_IN {quantity_unit: 't', region: 'World'}]->(user)
    WHERE output IS NULL AND coalesce(other.status, '') <> 'forecast' AND other.quantity IS NOT NULL
    WITH other.period AS period, other.source AS source, sum(other.quantity) AS amount, collect(DISTINCT user.name) AS users ORDER BY period DESC,
        source LIMIT 1
    RETURN {amount: amount, product: null, sources: [source],
            short: 'known demand ' + period, of: 'known demand of ' + period + ' (' + reduce(s = head(users), u IN tail(users) | s + ' and ' + u)
                + ' alone)'} AS demand
  }
  // What a source projects for the technology, of the material or the group it belongs to.
  OPTIONAL CALL (used, technology) {
    MATCH (used)-[:PART_OF*0..2]->(whole)-[later:USED_IN {quantity_unit: 't', status: 'forecast'}]->(user:Technology)<-[:KIND_OF*0..2]-(technology)
    WITH whole, user, later ORDER BY later.period, later.quantity
    WITH whole, user, later.period AS period, collect(later.quantity) AS amounts ORDER BY period LIMIT 2
    WITH whole, user, period + ': ' + toString(toInteger(round(amounts[0]))) + CASE WHEN size(amounts) > 1 THEN ' to '
        + toString(toInteger(round(last(amounts)))) ELSE '' END + ' t' AS text
    WITH whole, user, collect(text) AS texts
    RETURN user.name + ', ' + whole.name + ', world: ' + reduce(s = head(texts), x IN tail(texts) | s + '; ' + x) AS by_document LIMIT 1
  }
  // Else by the newest edition that has scenarios, in its base case.
  OPTIONAL CALL (used, technology, by_document) {
    MATCH (used)-[later:DEMANDED_BY {aggregate: false, scenario_case: 'base case', unit: 't'}]->(user:Technology)<-[:KIND_OF*0..2]-(technology)
    WHERE by_document IS NULL AND later.scenario <> 'base-year'
    MATCH (edition:Source {id: later.source})
    WITH user, later, coalesce(edition.published, right(edition.id, 4)) AS published ORDER BY published DESC, later.source DESC, later.amount
    WITH user, later.source AS source, published, later.year AS year, collect(later.amount) AS amounts
    ORDER BY published DESC, source DESC, year LIMIT 2
    WITH user, toString(year) + ': ' + toString(toInteger(round(amounts[0]))) + CASE WHEN size(amounts) > 1 THEN ' to '
        + toString(toInteger(round(last(amounts)))) ELSE '' END + ' t' AS text
    WITH user, collect(text) AS texts
    RETURN user.name + ', world: ' + reduce(s = head(texts), x IN tail(texts) | s + '; ' + x) AS of_scenarios LIMIT 1
  }
  RETURN coalesce(output, demand) AS world, coalesce(by_document, of_scenarios) AS projected
}
