// Owners' economies, the mines, plants and industries they hold, and what these make where.
MATCH (home:Economy)-[owns:OWNS]->(site:Project|Industry)
WHERE left(owns.period, size(owns.period)) <= left(toString($as_of), size(owns.period))
  AND ($owner IS NULL OR home.id = $owner OR EXISTS { MATCH (home)-[member:MEMBER_OF]->(:Economy {id: $owner})
        WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of) })
MATCH (site)-[makes:PRODUCES|MAKES]->(product:Product)
WHERE $material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(m:Material)
        WHERE EXISTS { (m)-[:PART_OF*0..3]->(:Material {id: $material}) } OR EXISTS { (:Material {id: $material})-[:PART_OF*0..3]->(m) } }
OPTIONAL MATCH (site)-[lies:LOCATED_IN]->(place:Country)
OPTIONAL MATCH (owning:Economy)-[has:HAS]->(site)
WITH home, owns, site, makes, product, lies, has, coalesce(place, owning) AS host
WHERE ($host IS NULL OR host.id = $host) AND ($show = 'all' OR host <> home)
RETURN home, owns, site, makes, product, lies, has, host
