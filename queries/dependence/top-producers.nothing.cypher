// What there is instead: of what the material is a by-product, and which products are reported.
MATCH (asked:Material {id: $material})
OPTIONAL MATCH (asked)-[:BYPRODUCT_OF]->(host:Material)
WITH asked, host ORDER BY host.name
WITH asked, collect(DISTINCT host.name) AS hosts
OPTIONAL MATCH (asked)<-[:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(product:Product)<-[:MAKES]-(:Industry)
               -[report:REPORTED_BY]->(source:Source)
WHERE report.measure IN ['production', 'share-of-supply']
OPTIONAL MATCH (product)-[:AT_STAGE]->(stage:Stage)
WITH DISTINCT hosts, product.name + ' (' + stage.name + '; ' + source.id + ', ' + report.period + ')' AS found
ORDER BY found
WITH hosts, collect(found) AS instead
OPTIONAL MATCH (:Material {id: $material})-[:PART_OF*1..3]->(whole:Material)<-[:FORM_OF]-(made:Product)
WHERE EXISTS { MATCH (made)<-[:MAKES]-(:Industry)-[:REPORTED_BY]->(:Source) }
WITH hosts, instead, made.name AS made ORDER BY made
WITH hosts, instead, collect(DISTINCT made) AS wholes
RETURN CASE WHEN size(hosts) > 0 THEN 'It is recovered as a by-product of '
            + reduce(s = hosts[0], h IN tail(hosts) | s + ', ' + h) + '.' END AS recovered,
       CASE WHEN size(wholes) > 0 THEN 'Reported for its group: '
            + reduce(s = wholes[0], w IN tail(wholes) | s + ', ' + w) + '.' END AS whole,
       CASE WHEN size(instead) > 0 THEN 'In the data: '
            + reduce(s = instead[0], i IN tail(instead) | s + '; ' + i) + '.' END AS instead,
       CASE WHEN size(instead) > 0 AND NOT EXISTS { (:Product)-[:OUTPUT_KNOWN_FROM]->(:Source) }
            THEN 'Which evidence leads is not derived in this graph: run `orepath derive`.' END AS derived
