// Unused capacity of the other makers, by the source and period of the shares, as shares of the world's output.
CALL (country, product) {
  MATCH (product)<-[:MAKES]-(maker:Industry)-[capacity:REPORTED_BY {measure: 'capacity'}]->(source:Source) WHERE capacity.amount > 0
  WITH DISTINCT country, product, maker, capacity, source
  MATCH (maker)-[output:REPORTED_BY {measure: 'production'}]->(source) MATCH (by:Country)-[:HAS]->(maker)
  WHERE by <> country AND capacity.suspect IS NULL AND output.suspect IS NULL AND capacity.amount > output.amount
    AND capacity.period = output.period AND capacity.unit = output.unit AND coalesce(capacity.basis, '') = coalesce(output.basis, '')
  CALL (product, source, output) {
    MATCH (product)<-[makes:MAKES]-(any:Industry) WHERE makes.share > 0 AND makes.share_source = source.id AND makes.period = output.period
    MATCH (any)-[made:REPORTED_BY {measure: 'production'}]->(source)
    WHERE made.amount > 0 AND made.period = output.period AND made.unit = output.unit AND coalesce(made.basis, '') = coalesce(output.basis, '')
    RETURN made.amount / makes.share AS world ORDER BY made.amount DESC, any.id LIMIT 1
  }
  WITH maker, by, (capacity.amount - output.amount) / world AS spare ORDER BY spare DESC, by.id
  RETURN collect({maker: maker, economy: by, spare: spare}) AS idle
}
