// Who supplies the market with the material's products, and the products.
MATCH (market:Economy {id: $importer})
MATCH (asked:Material {id: $material})<-[part:PART_OF*0..3]-(material:Material)<-[form:FORM_OF]-(product:Product)
MATCH (product)-[at:AT_STAGE]->(stage:Stage) WHERE $stage IS NULL OR stage.id = $stage
MATCH (economy:Economy)-[has:HAS]->(industry:Industry)-[makes:MAKES]->(product)
MATCH (industry)-[supply:SUPPLIES]->(market)
WHERE coalesce(supply.share, 0) >= 0.01 AND EXISTS {
  MATCH (product)-[known:SOURCING_KNOWN_FROM {market: market.id, period: supply.period}]->(of:Source {id: supply.source})
  WHERE of.id = $edition OR ($edition IS NULL AND known.precedence = 1) }
OPTIONAL MATCH (economy)-[member:MEMBER_OF]->(market)
WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of)
RETURN market, asked, part, material, form, product, at, stage, economy, has, industry, makes, supply, member
