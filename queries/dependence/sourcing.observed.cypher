// 1. All that is published of whom the market has it from: of the product, or of a customs code that is it or mostly; the newest
// first, customs before others of that year. What was measured leads, of a code that is the product's only one.
CALL (market, product) {
  CALL (market, product) {
    MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[:MAKES|TOTALS]->(product)
    WITH DISTINCT market, product, economy, industry MATCH (industry)-[said:SUPPLIES]->(market)
    RETURN economy, said, null AS code, true AS whole
    UNION
    MATCH (product)<-[covers:CLASSIFIES]-(code:TradeCode) WHERE covers.specificity IN ['exact', 'dominant']
    MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[:SHIPS|TOTALS]->(code)
    WITH DISTINCT market, product, code, economy, industry MATCH (industry)-[said:SUPPLIES]->(market)
    RETURN economy, said, code, 1 = COUNT { MATCH (product)<-[also:CLASSIFIES]-(every:TradeCode)
      WHERE also.specificity IN ['exact', 'dominant'] AND size(every.code) >= 6
        AND head(split(every.id, '/')) = head(split(code.id, '/')) RETURN DISTINCT every } AS whole
  }
  MATCH (source:Source {id: said.source})
  WITH market, product, source, code, whole, said.period AS period, collect({economy: economy, said: said}) AS statements,
       min(CASE said.share_of WHEN 'supply' THEN 'supply (own production and imports)' WHEN 'use' THEN 'use' ELSE 'imports' END
           + coalesce(' by ' + said.basis, '')) AS divided,
       max(coalesce(said.measured AND said.verified, false) AND coalesce(source.grade, '') <> 'D') AS sound,
       count(coalesce(said.share, said.high)) > 0 AS stated
  OPTIONAL MATCH (product)-[known:SOURCING_KNOWN_FROM {market: market.id, period: period}]->(source)
  WITH *, toUpper(left(code.id, 2)) + ' ' + trim(substring(code.code, 0, 4) + ' ' + substring(code.code, 4, 2) + ' '
          + substring(code.code, 6)) + CASE WHEN whole THEN '' ELSE ', a part of it' END AS heading
  ORDER BY sound DESC, stated DESC, right(period, 4) DESC, code IS NULL, size(coalesce(code.code, '')) DESC,
           coalesce(known.precedence, 0), size(statements) DESC, source.id, heading
  RETURN collect({source: source.id, called: source.name, period: period, statements: statements, leads: sound AND whole,
                  of: divided + coalesce(' (' + heading + ')', ''), key: source.id + period + coalesce(code.id, '')}) AS evidence
}
