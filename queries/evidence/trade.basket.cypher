WITH code, rank, products, CASE WHEN rank = 2 THEN COLLECT {
       MATCH (code)-[:CLASSIFIES]->(other:Product) WHERE NOT other IN products OR ($material IS NULL AND $product IS NULL)
       RETURN DISTINCT other.name AS name ORDER BY name } ELSE [] END AS others
WITH code, rank, trim(substring(code.code, 0, 4) + ' ' + substring(code.code, 4, 2) + ' ' + substring(code.code, 6)) AS digits,
     CASE rank WHEN 1 THEN 'mostly ' + head(products).name
       WHEN 2 THEN 'a basket' + CASE WHEN size(others) = 0 THEN ' with other goods' ELSE ': ' + CASE WHEN $material IS NULL AND $product IS NULL
         THEN '' ELSE 'also ' END + reduce(s = head(others), o IN others[1..6] | s + '; ' + o) + CASE WHEN size(others) > 6 THEN ' …' ELSE '' END END
       WHEN 3 THEN 'only a stand-in for ' + head(products).name END AS basket
WITH coalesce(toUpper(left(code.id, 2)) + ' ' + digits, code.name) AS heading, code, rank, basket,
     CASE WHEN code.name CONTAINS digits THEN trim(split(code.name, digits)[1]) ELSE code.name END AS goods ORDER BY code.id DESC
WITH heading, min(rank) AS rank, collect(code) AS codes, head(collect(basket)) AS basket, head(collect(goods)) AS goods
