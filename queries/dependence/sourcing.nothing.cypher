// Of which products of the material, at any stage, it is known where a market has them from.
MATCH (:Material {id: $material})<-[:PART_OF*0..3]-(:Material)<-[:FORM_OF]-(product:Product) WHERE NOT product:TradeCode
WITH DISTINCT product MATCH (product)<-[:MAKES]-(:Industry)-[:SUPPLIES|SUPPLIES_MARKET]->(market:Economy)
WITH market, collect(DISTINCT product.name) AS names ORDER BY market.id <> $importer, market.name
WITH collect({market: market, names: names}) AS known
WITH known, [k IN known WHERE k.market.id = $importer | k.names][0] AS own
RETURN CASE WHEN own IS NOT NULL THEN 'In the data is where it gets: '
            + reduce(s = head(own), n IN tail(own) | s + '; ' + n) + '.' END AS instead,
       CASE WHEN own IS NULL AND size(known) > 0 THEN 'In the data is that of: ' + reduce(s = head(known).market.name,
            k IN tail(known) | s + ', ' + k.market.name) + '.' END AS others,
       CASE WHEN NOT EXISTS { (:Industry)-[:SUPPLIES_MARKET]->(:Economy) }
            THEN 'The network is not derived in this graph: run `orepath derive`.' END AS derived
