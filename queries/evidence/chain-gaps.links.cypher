// 2. Of its inputs, those of which it is not known from whom its makers have them, and why not.
CALL (product) {
  OPTIONAL MATCH (input:Product)-[:INPUT_TO]->(product)
  WITH product, collect(DISTINCT input) AS inputs,
       COLLECT { MATCH (product)<-[:MAKES]-(user:Industry)<-[:FEEDS]-(maker:Industry) RETURN DISTINCT split(maker.id, ':')[1] AS id } AS fed
  WITH inputs, fed, size(fed) > 0 OR EXISTS { MATCH (product)<-[makes:MAKES]-(user:Industry)
      WHERE makes.method IS NOT NULL OR EXISTS { MATCH (user)-[report:REPORTED_BY]->(:Source)
        WHERE report.measure IN ['production', 'share-of-supply'] AND report.status <> 'forecast'
          AND coalesce(report.amount, report.high, report.low, 0) > 0 } } AS made
  RETURN size(inputs) AS inputs, [i IN inputs WHERE NOT i.id IN fed | {input: i, reason: CASE
      WHEN NOT made THEN 'no maker of the product is known'
      WHEN NOT EXISTS { MATCH (i)<-[:MAKES]-(maker:Industry) WHERE EXISTS { (maker)-[:SUPPLIES_MARKET|FEEDS]->() } }
        THEN 'neither makers nor trade of the input are known'
      ELSE 'from whom the makers have the input is not known' END}] AS broken
}
