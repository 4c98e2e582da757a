// What the newest headline share says, where it is of a later year than the claim and lies outside what is claimed.
WITH *, head(COLLECT { UNWIND CASE WHEN $as_of IS NULL AND claim.tested_by = 'share-of-output' THEN claim.test_things ELSE [] END AS thing
         UNWIND coalesce(claim.test_actors, []) AS actor
         MATCH (product:Product {id: thing})<-[now:MAKES]-(:Industry {id: actor + ':' + thing}) MATCH (maker:Economy {id: actor})
         WHERE now.share IS NOT NULL AND right(now.period, 4) > coalesce(claim.test_until, '9999')
           AND (100 * now.share < claimed_low OR 100 * now.share > claimed_high)
         RETURN 'by the newest figures ' + maker.name + ' makes ' + toString(toInteger(round(100 * now.share))) + ' % of the world\'s ' + product.name
           + ' (' + now.share_source + ', ' + now.period + ')' AS text ORDER BY now.share DESC }) AS since_then
