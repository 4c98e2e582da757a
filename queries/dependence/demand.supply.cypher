// 4. What the market has in a year: use that a source reports; else the output of its members that is known, and net imports
// under the code of a metal, which weighs what it contains (chapters 71 to 81).
CALL (market, world, used) {
  WITH market, used, CASE WHEN used:Product THEN used.id ELSE world.product END AS made_of
  OPTIONAL MATCH (form:Product {id: made_of})
  WITH market, form, used
  OPTIONAL CALL (market, form) {
    MATCH (market)-[:HAS]->(users:Industry)-[report:REPORTED_BY]->(edition:Source)
    WHERE (users.id = market.id + ':' + form.id OR users.id = market.id + ':' + split(form.id, '/')[0] + '/all-forms') AND report.unit = 't'
      AND report.measure IN ['consumption', 'apparent-consumption', 'reported-consumption', 'apparent-supply', 'supply']
      AND coalesce(report.status, '') <> 'forecast' AND coalesce(report.amount, report.low) > 0 AND report.suspect IS NULL
    WITH report, edition, users.id ENDS WITH form.id AS same ORDER BY same DESC, report.period DESC, report.measure, edition.id LIMIT 1
    RETURN {amount: coalesce(report.amount, report.low), of: replace(report.measure, '-', ' ') + CASE WHEN same THEN '' ELSE ' of all forms' END
        + ', ' + report.period,
            sources: [edition.id]} AS reported
  }
  OPTIONAL CALL (market, form, reported) {
    MATCH (form)<-[covers:CLASSIFIES]-(code:TradeCode)
    MATCH (:Industry {id: market.id + ':' + code.id})-[net:REPORTED_BY {measure: 'net-imports', unit: 't'}]->(customs:Source)
    WHERE reported IS NULL AND covers.specificity IN ['exact', 'dominant'] AND code.id >= 'hs2017/71' AND code.id < 'hs2017/82'
    WITH market, form, net, customs ORDER BY net.period DESC LIMIT 1
    MATCH (form)-[known:OUTPUT_KNOWN_FROM {measure: 'production'}]->(edition:Source)
    WITH market, form, net, customs, known, edition ORDER BY known.precedence LIMIT 1
    OPTIONAL MATCH (member:Country)-[in:MEMBER_OF]->(market) WHERE in.until IS NULL
    OPTIONAL MATCH (:Industry {id: member.id + ':' + form.id})-[made:REPORTED_BY {measure: 'production', unit: 't', basis: known.basis,
        period: known.period}]->(edition)
    WITH net, customs, known, edition, sum(coalesce(made.amount, made.low, 0.0)) AS own
    WHERE own + net.amount > 0
    RETURN {amount: own + net.amount, of: 'output of members that is known, ' + known.period + ', and net imports, ' + net.period,
        sources: [customs.id, edition.id]} AS computed
  }
  WITH market, form, coalesce(reported, computed) AS supply
  OPTIONAL CALL (market, form) {
    MATCH (form)<-[:MAKES]-(maker:Industry)-[edge:SUPPLIES_MARKET]->(market) MATCH (economy:Economy)-[:HAS]->(maker)
    RETURN economy, edge ORDER BY edge.share DESC, economy.id LIMIT 1
  }
  RETURN supply, economy.name + ' ' + toString(toInteger(round(100 * edge.share))) + ' % (' + toString(toInteger(round(100 * edge.share_low))) + '-'
         + toString(toInteger(round(100 * edge.share_high))) + '; ' + edge.period + ')' AS first_supplier, coalesce(edge.share_sources,
             []) AS supplier_sources
}
