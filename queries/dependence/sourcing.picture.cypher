// Who supplies the market with the material's products: what each made of what it has, and the observed shares.
MATCH (market:Economy {id: $importer})
MATCH (asked:Material {id: $material})<-[part:PART_OF*0..3]-(material:Material)<-[form:FORM_OF]-(product:Product)
MATCH (product)-[at:AT_STAGE]->(stage:Stage) WHERE $stage IS NULL OR stage.id = $stage
MATCH (economy:Economy)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product)
OPTIONAL MATCH (industry)-[edge:SUPPLIES_MARKET]->(market)
WHERE edge.share >= 0.01 AND ($show = 'all' OR edge.method <> 'world-mix' OR size(part) = 0)
OPTIONAL MATCH (industry)-[supply:SUPPLIES]->(market) WHERE coalesce(supply.share, 0) >= 0.01 AND supply.measured
  AND coalesce(supply.source = $edition, true)
WITH * WHERE edge IS NOT NULL OR supply IS NOT NULL
OPTIONAL MATCH (economy)-[member:MEMBER_OF]->(market)
WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of)
RETURN market, asked, part, material, form, product, at, stage, economy, has, industry, makes, edge, supply, member
