// For which markets the sourcing of this material is in the data, and whether it is derived for this one.
OPTIONAL MATCH (:Material {id: $material})<-[:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(product:Product)
               <-[:MAKES|SHIPS]-(:Industry)-[:SUPPLIES]->(market:Economy)
WITH DISTINCT market.name + ' (' + product.name + ')' AS found ORDER BY found
WITH collect(found) AS everything
RETURN CASE WHEN size(everything) > 0
       THEN 'In the data is that of: ' + reduce(s = everything[0], f IN tail(everything) | s + ', ' + f) + '.' END AS instead,
       CASE WHEN EXISTS { MATCH (:Material {id: $material})<-[:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(made:Product)
                          MATCH (made)<-[:MAKES]-(:Industry)-[:SUPPLIES_MARKET]->(:Economy {id: $importer}) }
       THEN 'Shares that follow from output and trade are in the data: see `hidden-dependence`, and for the EU `crma-benchmarks`.'
       END AS derived
