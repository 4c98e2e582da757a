CALL (market) {
  MATCH (:Sector {id: $sector})<-[:SERVES]-(technology:Technology)-[need:NEEDS {essential: true}]->(product:Product)-[:FORM_OF]->(material:Material)
  WHERE NOT (EXISTS { (material)-[:PART_OF]->(:Material) } AND EXISTS { (material)<-[:PART_OF]-(:Material) })
  WITH market, material, product, collect(need) AS needs, collect(DISTINCT technology.name) AS technologies
  CALL (market, product) {
    MATCH (country:Economy:Country)-[:HAS]->(industry:Industry)-[:MAKES]->(product) MATCH (industry)-[edge:SUPPLIES_MARKET]->(market)
    WHERE country <> market AND NOT EXISTS { MATCH (country)-[belongs:MEMBER_OF]->(market)
      WHERE belongs.from <= $as_of AND (belongs.until IS NULL OR belongs.until > $as_of) }
    RETURN country, edge ORDER BY edge.share DESC, edge.share_low DESC, country.id LIMIT 1
  }
  WITH * ORDER BY edge.share_low DESC, edge.share DESC, product.id
  WITH market, material, collect({product: product, country: country, edge: edge, needs: needs}) AS forms, collect(technologies) AS used
  WITH market, material, head(forms) AS first, COLLECT { UNWIND used AS some UNWIND some AS name RETURN DISTINCT name ORDER BY name } AS technologies
  WITH *, first.edge.share_low > $threshold / 100.0 AS over
  ORDER BY over DESC, CASE WHEN over THEN size(technologies) ELSE first.edge.share_low END DESC, first.edge.share_low DESC,
           first.edge.share DESC, material.id LIMIT $limit
  WITH collect({form: first, of: material, technologies: technologies, over: over}) AS found
  UNWIND range(0, size(found) - 1) AS place
  WITH place, found[place].form AS first, found[place] AS entry
  RETURN first.product AS product, {country: first.country, edge: first.edge, material: entry.of, technologies: entry.technologies,
    over: entry.over, place: place, verified: all(n IN first.needs WHERE n.verified), product: first.product,
    stage: COLLECT { WITH first.product AS form MATCH (form)-[:AT_STAGE]->(level:Stage) RETURN level.name }[0],
    use_sources: COLLECT { UNWIND first.needs AS n UNWIND n.use_sources AS id RETURN DISTINCT id ORDER BY id },
    kin: COLLECT { WITH entry.of AS own MATCH (also:Material)
                   WHERE EXISTS { (also)-[:PART_OF*0..3]->(own) } OR EXISTS { (own)-[:PART_OF*1..3]->(also) }
                   RETURN also }} AS one
}
