// The party, its agreements, the partners and what the agreements name.
MATCH (agreement:Agreement)-[own:PARTY]->(party:Economy {id: $party})
WITH *,
// part: partnerships.counts
  AS counts
WHERE CASE $kind WHEN 'announced' THEN NOT coalesce(counts, false) AND coalesce(agreement.signed, agreement.in_force_from) IS NULL
        AND agreement.announced <= $as_of AND (agreement.ended IS NULL OR agreement.ended > $as_of)
      ELSE counts AND ($kind = 'all' OR agreement:StrategicPartnership) END
MATCH (agreement)-[other:PARTY]->(partner:Economy) WHERE partner <> party
OPTIONAL MATCH (agreement)-[coverage:COVERS]->(covered:Material)
WITH * WHERE $material IS NULL OR covered.id = $material
RETURN party, own, agreement, other, partner, coverage, covered
