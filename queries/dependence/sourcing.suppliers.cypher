// 2. Who supplies it by that or by the derived network, or makes it; members of the market by the day asked for.
CALL (market, product, level, evidence, lead) {
  WITH *, level.id IN ['extraction', 'beneficiation'] AS dug
  // Who is known to make it; of ore, who is known to mine its material or its group's, in any form.
  WITH *, CASE WHEN dug THEN COLLECT {
    MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(kin:Material)
    MATCH (kin)<-[:FORM_OF]-(form:Product)-[:AT_STAGE]->(at:Stage) WHERE at.id IN ['extraction', 'beneficiation'] RETURN DISTINCT form
  } ELSE [product] END AS forms
  WITH *, COLLECT { UNWIND forms AS form MATCH (form)<-[makes:MAKES]-(maker:Industry)
    WHERE coalesce(makes.share_high, makes.share_low, 0) > 0 OR EXISTS { MATCH (maker)-[report:REPORTED_BY]->(:Source)
          WHERE report.measure IN ['production', 'share-of-supply'] AND coalesce(report.amount, report.low, report.high, 0) > 0 }
    RETURN DISTINCT head(split(maker.id, ':')) AS id } AS makers
  CALL (product, evidence) {
    UNWIND evidence AS e UNWIND e.statements AS s RETURN s.economy AS economy
    UNION
    MATCH (economy:Economy)-[:HAS]->(:Industry)-[:MAKES]->(product) RETURN economy
  }
  OPTIONAL MATCH (industry:Industry {id: economy.id + ':' + product.id})-[makes:MAKES]->(product)
  OPTIONAL MATCH (industry)-[edge:SUPPLIES_MARKET]->(market)
  WITH market, economy, makers, dug, lead, head(collect(makes)) AS makes, head(collect(edge)) AS edge
  WITH *, head([s IN lead.statements WHERE s.economy = economy | s.said]) AS said,
       economy = market OR EXISTS { MATCH (economy)-[belongs:MEMBER_OF]->(market)
         WHERE belongs.from <= $as_of AND (belongs.until IS NULL OR belongs.until > $as_of) } AS domestic
  RETURN collect({economy: economy, makes: makes, edge: edge, said: said, domestic: domestic,
           trades: size(makers) > 0 AND NOT economy.id IN makers AND NOT economy:Aggregate
             AND (dug OR coalesce(edge.share_low, 0) < 0.005)}) AS parts,
         sum(CASE WHEN domestic THEN coalesce(edge.share, 0.0) END) AS own, max(dug) AS mined
}
