// 2. Of each material the forms that the regulation means, and who made what the Union has of them. A grade stands for what that
// grade is made of: battery grade for what becomes battery cells, metallurgy grade for what becomes an alloy.
CALL (union, list, material, grade) {
  OPTIONAL CALL (union, material, grade) {
    MATCH (material)<-[:FORM_OF]-(form:Product)-[:AT_STAGE]->(stage:Stage)
    WHERE NOT form:TradeCode AND stage.id IN ['extraction', 'separation-refining', 'metal-making-alloying']
      AND (stage.id = 'extraction' OR CASE grade
        WHEN 'battery grade' THEN EXISTS { MATCH (form)-[:INPUT_TO*1..5]->(cell:Product) WHERE cell.name CONTAINS 'battery cell' }
        WHEN 'metallurgy grade' THEN EXISTS { (form)-[:INPUT_TO*0..1]->(:Product)-[:AT_STAGE]->(:Stage {id: 'metal-making-alloying'}) }
        ELSE true END)
    MATCH (form)<-[:MAKES]-(industry:Industry)-[edge:SUPPLIES_MARKET]->(union) WHERE stage.id <> 'extraction' OR edge.method <> 'world-mix'
    MATCH (economy:Economy)-[:HAS]->(industry)
    WITH form, stage, economy, edge, economy = union OR EXISTS { MATCH (economy)-[member:MEMBER_OF]->(union)
           WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of) } AS own
    ORDER BY edge.share DESC, edge.share_high DESC, economy.name
    RETURN form, stage, max(edge.method) AS method, max(edge.period) AS period, max(edge.basis) AS basis, collect(edge.share_sources) AS named,
           CASE WHEN sum(edge.share) < 1 THEN round(1 - sum(edge.share), 4) ELSE 0.0 END AS unknown,
           sum(CASE WHEN own THEN edge.share ELSE 0.0 END) AS own_share, sum(CASE WHEN own THEN edge.share_low ELSE 0.0 END) AS own_low,
           sum(CASE WHEN own THEN edge.share_high ELSE 0.0 END) AS own_high,
           [x IN collect({name: economy.name, id: economy.id, edge: edge, own: own}) WHERE NOT x.own] AS third
  }
  WITH union, list, material, grade, [x IN collect({product: form, stage: stage, method: method, period: period, basis: basis,
       named: named, unknown: unknown, own: [own_share, own_low, own_high], third: third, tested: stage.id <> 'extraction'})
       WHERE x.product IS NOT NULL] AS forms
  // A material of which no processed form is known has a row that says so, but for a group whose members are listed.
  WITH forms + CASE WHEN any(f IN forms WHERE f.tested)
    OR EXISTS { MATCH (material)<-[:PART_OF*1..3]-(:Material)<-[other:LISTS]-(list) WHERE other.strategic }
    THEN [] ELSE [{product: null, third: [], named: [], tested: true}] END AS forms
  UNWIND forms AS one
  RETURN one
}
