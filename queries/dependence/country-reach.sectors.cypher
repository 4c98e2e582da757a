// What sectors cannot do without, by material: its own forms, and those of its group that are made of it, each at its stage.
CALL (country, market) {
  MATCH (technology:Technology)-[need:NEEDS]->(product:Product)-[:AT_STAGE]->(stage:Stage) WHERE need.essential
  WITH country, market, product, stage, collect({by: technology, weight: need.weight}) AS uses
  OPTIONAL MATCH (country)-[:HAS]->(industry:Industry {id: country.id + ':' + product.id})-[makes:MAKES]->(product)
  OPTIONAL MATCH (industry)-[supply:SUPPLIES_MARKET]->(market)
  WITH product, stage, uses, CASE WHEN supply.method = 'world-mix' AND makes.share < supply.share THEN makes.share
       WHEN supply IS NOT NULL THEN supply.share
       WHEN EXISTS { MATCH (product)<-[:MAKES]-(:Industry)-[:SUPPLIES_MARKET]->(market) } THEN 0.0
       ELSE coalesce(makes.share, makes.share_low, 0.0) END AS share
  CALL (product) {
    MATCH (product)-[:FORM_OF]->(material:Material) WHERE NOT EXISTS { (material)<-[:PART_OF]-(:Material) } RETURN material
    UNION
    MATCH (product)-[:FORM_OF]->(:Material)<-[:PART_OF*1..3]-(material:Material)
    WHERE EXISTS { MATCH (product)<-[:INPUT_TO*1..6]-(:Product)-[:FORM_OF]->(material) } RETURN material
  }
  // What of a material's way the country can cut, and how much of each sector's needs is of it.
  WITH material, stage, max(share) AS held, collect(uses) AS lists
  WITH material, collect({stage: stage, share: held}) AS stages, reduce(all = [], l IN collect(reduce(a = [], x IN lists | a + x)) | all + l) AS uses
  WITH material, 1 - reduce(left = 1.0, s IN stages | left * (1 - s.share)) AS cut, uses
  UNWIND uses AS one
  WITH material, cut, one.by AS technology, max(one.weight) AS weight
  MATCH (technology)-[:SERVES]->(sector:Sector) WHERE $sector IS NULL OR sector.id = $sector
  WITH sector, sum(weight * cut) / sum(weight) AS part ORDER BY part DESC, sector.name
  RETURN collect(sector.name + ' ' + toString(round(part, 2))) AS reach
}
