// As `partnerships` counts them, those on raw materials: whether the leader is a party, and which others make some of it.
CALL (market, product, country) {
  MATCH (agreement:Agreement)-[:PARTY]->(market) WHERE agreement:StrategicPartnership|CriticalMineralsDeal|Memorandum AND
// part: policy/partnerships.counts
  MATCH (agreement)-[:PARTY]->(partner:Country) WHERE partner <> market
  MATCH (partner)-[:HAS]->(:Industry {id: partner.id + ':' + product.id})-[makes:MAKES]->(product) WHERE makes.share >= 0.01
  WITH partner, makes, collect(DISTINCT agreement) AS agreements ORDER BY partner = country DESC, makes.share DESC, partner.id
  WITH collect({other: partner <> country, makes: makes, agreements: agreements,
         said: partner.name
               + CASE WHEN partner = country THEN ' itself, ' ELSE ' ' END + toString(toInteger(round(100 * makes.share))) + ' %'}) AS found
  RETURN {text: reduce(s = found[0].said, f IN found[1..2] | s + ', ' + f.said)
            + CASE WHEN size(found) > 2 THEN ' and ' + (size(found) - 2) + ' more' ELSE '' END,
          ids: COLLECT { UNWIND found AS f UNWIND f.agreements AS a RETURN DISTINCT a.id AS id ORDER BY id },
          sources: COLLECT { UNWIND found AS f UNWIND f.agreements AS a MATCH (a)-[:DOCUMENTED_BY]->(document:Source)
                             RETURN DISTINCT document.id } + [f IN found | f.makes.share_source],
          others: size([f IN found WHERE f.other])} AS partners
}
// Projects in the market, or under one of its laws, that are to make a form of the material.
CALL (market, kin) {
  UNWIND kin AS identity
  MATCH (:Material {id: identity})<-[:FORM_OF]-(:Product)<-[:PRODUCES]-(project:Project)
  WHERE NOT coalesce(project.status IN ['cancelled', 'closed'], false)
    AND (EXISTS { (project)-[:LISTED_UNDER]->(:Policy)-[:ADOPTED_BY]->(market) }
      OR EXISTS { MATCH (project)-[:LISTED_UNDER]->(:Policy) MATCH (project)-[:LOCATED_IN]->(market) })
  WITH DISTINCT project ORDER BY project.id
  WITH collect(project) AS found
  RETURN {text: CASE WHEN size(found) > 0 THEN toString(size(found)) + ': ' + found[0].name END + CASE WHEN size(found) > 1 THEN ' …' ELSE '' END,
          ids: [p IN found | p.id],
          sources: COLLECT { UNWIND found AS p
                             MATCH (p)-[:DOCUMENTED_BY]->(document:Source) RETURN DISTINCT document.id }} AS projects
}
// Recycling by the newest list that gives it.
CALL (material) {
  OPTIONAL CALL (material) {
    MATCH (list:CriticalityList)-[listed:LISTS]->(member:Material)
    WHERE listed.end_of_life_recycling IS NOT NULL AND list.published <= toString($as_of)
      AND EXISTS { MATCH (member)-[:PART_OF*0..3]->(own:Material) WHERE own = material }
    RETURN list, collect({member: member, listed: listed}) AS rates ORDER BY list.published DESC LIMIT 1
  }
  WITH coalesce([r IN rates WHERE r.member = material], []) AS own, rates
  WITH [r IN CASE WHEN size(own) > 0 THEN own ELSE coalesce(rates, []) END | r.listed] AS rates
  WITH rates, COLLECT { UNWIND rates AS r RETURN r.end_of_life_recycling AS rate ORDER BY rate } AS rate
  WITH rates, [x IN [rate[0], rate[-1]] | toString(toInteger(round(100 * x)))] AS ends
  RETURN {text: CASE WHEN size(rates) > 0 THEN ends[0] + CASE WHEN ends[1] = ends[0] THEN '' ELSE '-' + ends[1] END + ' %' END,
          sources: [r IN rates | r.source][..1]} AS recycled
}
