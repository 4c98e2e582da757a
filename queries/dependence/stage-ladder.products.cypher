CALL (country, sector, material, forms) {
  UNWIND forms AS form
  MATCH way = (form)-[:INPUT_TO*0..4]->(product:Product)-[:AT_STAGE]->(stage:Stage)
  WHERE product = form OR stage.position >= 5 AND EXISTS { MATCH (product)<-[:NEEDS]-(:Technology)-[:SERVES]->(sector) }
  WITH country, sector, material, stage, product, min(length(way)) AS steps
  CALL (country, product) {
    MATCH (maker:Economy:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(product) WHERE makes.method IS NOT NULL
    WITH maker, makes, coalesce(makes.share, makes.share_low, makes.share_high) AS share WHERE share > 0
    WITH maker, makes, share ORDER BY share DESC, maker.id
    WITH collect({maker: maker, makes: makes, share: share, bound: CASE WHEN makes.share IS NOT NULL THEN null
         WHEN makes.share_low IS NOT NULL THEN 'at least' ELSE 'at most' END}) AS every
    WITH [m IN every WHERE m.maker = country] AS own, [m IN every WHERE m.maker <> country][..3] AS others, every
    // Place 0 is the country's, also where it is not known to make any.
    RETURN CASE WHEN every = [] THEN [] WHEN own = [] THEN [{maker: country}] + others ELSE own + others END AS makers,
           coalesce(head(own).share, 0.0) AS held
  }
  WITH stage, product, makers, held, steps, EXISTS { (product)-[:FORM_OF]->(material) } AS own,
       COUNT { MATCH (product)<-[n:NEEDS]-(t:Technology)-[:SERVES]->(sector) RETURN DISTINCT t } AS needed
  ORDER BY makers <> [] DESC, own DESC, needed DESC, steps, product.id
  WITH stage, head(collect({stage: stage, product: product, makers: makers, held: held})) AS first ORDER BY stage.position
  RETURN collect(first) AS products
}
