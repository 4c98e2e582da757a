// For which markets the sourcing of this material is in the data.
OPTIONAL MATCH (:Material {id: $material})<-[:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(product:Product)
               <-[:MAKES]-(:Industry)-[:SUPPLIES]->(market:Economy)
WITH DISTINCT market.name + ' (' + product.name + ')' AS found ORDER BY found
WITH collect(found) AS everything
RETURN CASE WHEN size(everything) > 0
       THEN 'In the data is that of: ' + reduce(s = everything[0], f IN tail(everything) | s + ', ' + f) + '.' END AS instead
