WITH *, one.buyer AS buyer, CASE WHEN direct THEN null ELSE whole.share_low END AS low,
     CASE WHEN direct THEN null ELSE whole.share_high END AS high,
     product.name + ' from ' + home.name AS told,
     one.buyer.name + '/' + product.id + '/' + home.id + '/' + bought.seller + '/' + bought.period AS purchase,
     COLLECT { MATCH (home)-[:HAS]->(:Industry)-[makes:MAKES]->(product) WHERE coalesce(makes.share, makes.share_high, makes.share_low, 0) > 0
               RETURN makes LIMIT 1 } AS output
RETURN product.name AS product,
       CASE WHEN bought.original_value IS NULL THEN coalesce(bought.status, '') ELSE bought.original_value + ' ' + bought.original_unit END AS amount,
       CASE bought.seller WHEN 'not stated' THEN '' ELSE bought.seller + ', ' END + home.name AS supplier,
       country.name AS rests_on, round(whole.share, 6) AS share,
       toString(toInteger(round(100 * low))) + '-' + toString(toInteger(round(100 * high))) + ' %' AS interval,
       CASE WHEN direct THEN 'bought there' ELSE 'by ' + head(whole.line).name
         + CASE WHEN size(whole.line) > 2 THEN ' ← …' ELSE '' END
         + CASE WHEN size(whole.line) > 1 THEN ' ← ' + last(whole.line).name ELSE '' END
         + CASE WHEN whole.by_world_mix > whole.share / 2 THEN ' (world mix)' ELSE '' END END AS how,
       restrictions.text AS restricts, buyer.name AS company, bought.period AS period,
       bought.source AS source, CASE WHEN direct AND size(output) = 0 THEN told END AS trader,
       CASE WHEN direct AND NOT EXISTS { MATCH (:Industry)-[:FEEDS]->(at:Industry) WHERE at = one.seller } THEN told END AS blind,
       [p IN line | p.id] AS chain_products, bought.amount AS quantity, bought.unit AS unit, 1 + size(whole.line) AS tier, round(low, 6) AS share_low,
       CASE WHEN high > 1 THEN 1.0 ELSE round(high, 6) END AS share_high,
       CASE WHEN whole.by_world_mix >= 0.005 THEN round(whole.by_world_mix, 6) END AS by_world_mix, purchase,
       CASE WHEN whole.share > 0.5 AND NOT direct THEN purchase END AS over_half_upstream,
       CASE WHEN restrictions.active THEN purchase END AS restricted, restrictions.ids AS restriction_ids,
       COLLECT { UNWIND [[bought.source]] + [e IN whole.edges | e.share_sources] AS some UNWIND some AS source
                 RETURN DISTINCT source ORDER BY source } AS sources,
       restrictions.sources AS documents, bought.verified AS verified, buyer.id AS company_id, product.id AS product_id,
       home.id AS seller_country_id, country.id AS country_id
ORDER BY restricted IS NOT NULL AND share > 0.5 DESC, share DESC, NOT direct, quantity DESC, purchase, country_id
