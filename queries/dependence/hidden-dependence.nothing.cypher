// What there is instead: who makes the products asked for, by headline shares of world output.
CALL () {
  MATCH (:Material {id: $material})<-[:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(product:Product) RETURN product
  UNION
  MATCH (product:Product {id: $product}) RETURN product
}
MATCH (country:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(product) WHERE makes.share IS NOT NULL
WITH product, country, makes ORDER BY makes.share DESC, country.id
WITH product, head(collect({by: country.name, makes: makes})) AS top ORDER BY product.id
WITH collect(product.name + ': ' + top.by + ' ' + toString(toInteger(round(top.makes.share * 100))) + ' % ('
     + top.makes.period + ')')[0..6] AS found
RETURN CASE WHEN size(found) > 0 THEN 'Largest shares of world output: '
            + reduce(s = head(found), f IN tail(found) | s + '; ' + f) + '.' END AS instead
