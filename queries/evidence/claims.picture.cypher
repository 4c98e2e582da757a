// The claims, the documents in which they stand, what they are about, and the evidence that the test of each looks at.
MATCH (claim:Claim)-[stands:MADE_IN]->(document:Source)
WHERE claim.test_reason IS NOT NULL AND ($claim IS NULL OR toUpper(claim.id) = toUpper($claim))
  AND ($country IS NULL OR EXISTS { (claim)-[:ABOUT]->(:Economy {id: $country}) })
  AND ($material IS NULL OR EXISTS { (claim)-[:ABOUT]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
WITH claim, stands, document ORDER BY claim.tested_by IS NULL, claim.id LIMIT 25
CALL (claim) {
  MATCH way = (claim)-[:ABOUT]->() RETURN way
  UNION // Shares of output: the actors' industries and what publishers report of them in the period.
  MATCH (product:Product) WHERE claim.tested_by = 'share-of-output' AND product.id IN claim.test_things
  MATCH way = (product)<-[:MAKES]-(industry:Industry)-[report:REPORTED_BY]->(:Source)-[:EDITION_OF]->(:Publication)
  WHERE EXISTS { MATCH (actor:Economy)-[:HAS]->(industry) WHERE actor.id IN claim.test_actors }
    AND report.measure IN ['production', 'share-of-supply']
    AND left(report.period, 4) >= claim.test_since AND right(report.period, 4) <= claim.test_until
  RETURN way LIMIT 20
  UNION // Reserves.
  MATCH way = (actor:Economy)-[:HOLDS_RESERVES]->(:Product)-[:FORM_OF]->(what:Material)
  WHERE claim.tested_by = 'share-of-reserves' AND actor.id IN claim.test_actors AND what.id IN claim.test_things
  RETURN way LIMIT 20
  UNION // Sourcing and imports.
  MATCH (product:Product) WHERE claim.tested_by IN ['share-of-sourcing', 'share-of-imports', 'share-of-purchases'] AND product.id IN claim.test_things
  MATCH way = (product)<-[:CLASSIFIES*0..1]-(:Product)<-[:MAKES|SHIPS]-(:Industry)-[:SUPPLIES]->(:Economy {id: claim.test_market})
  RETURN way LIMIT 20
  UNION // What the actors signed, imposed or adopted.
  MATCH way = (:Economy {id: head(claim.test_actors)})<-[:PARTY|IMPOSED_BY|ADOPTED_BY]-(measure)-[:DOCUMENTED_BY]->(:Source)
  WHERE claim.test_class IN labels(measure) AND (claim.test_things IS NULL OR measure.id IN claim.test_things)
    AND all(a IN claim.test_actors WHERE EXISTS { (measure)-[:PARTY|IMPOSED_BY|ADOPTED_BY]->(:Economy {id: a}) })
  RETURN way LIMIT 20
  UNION // Uses.
  MATCH (of:Material) WHERE claim.tested_by = 'uses' AND of.id IN claim.test_things
  MATCH way = (of)<-[:FORM_OF|PART_OF*0..4]-()-[:USED_IN]->(user) WHERE user.id IN claim.test_users
  RETURN way LIMIT 20
}
RETURN claim, stands, document, way
