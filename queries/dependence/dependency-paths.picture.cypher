// The paths themselves, from the country over products to the technologies and the sector.
MATCH (country:Economy:Country {id: $country})-[has:HAS]->(industry:Industry)-[makes:MAKES]->(made:Product)
WHERE coalesce(makes.share, makes.share_low, makes.share_high) >= $threshold / 100
  AND ($material IS NULL OR EXISTS { (made)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) })
MATCH end = (:Sector {id: $sector})<-[:SERVES]-(technology:Technology)-[need:NEEDS]->(made)
MATCH chain = (made)-[:INPUT_TO*0..9]->(form:Product) WHERE form.id IN need.forms
WITH country, has, industry, makes, end, chain, need
ORDER BY coalesce(need.weight, 0.0) DESC, makes.share DESC, length(chain), made.id, form.id, technology.id LIMIT 60
RETURN country, has, industry, makes, end, chain,
       COLLECT { UNWIND nodes(chain) AS hop MATCH way = (country)-[:HAS]->(:Industry)-[share:MAKES]->(hop)
                 WHERE coalesce(share.share, share.share_low, share.share_high) > 0 RETURN way } AS ways
