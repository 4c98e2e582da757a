// The party, its agreements, the partners and what the agreements name.
MATCH (agreement:Agreement)-[own:PARTY]->(party:Economy {id: $party})
WITH *, coalesce(agreement.signed, agreement.in_force_from, CASE agreement.status WHEN 'in-force' THEN $as_of END) AS since
WHERE (agreement.ended IS NULL OR agreement.ended > $as_of)
  AND CASE $kind WHEN 'announced' THEN since IS NULL AND agreement.announced <= $as_of
      ELSE since <= $as_of AND ($kind = 'all' OR agreement:StrategicPartnership) END
MATCH (agreement)-[other:PARTY]->(partner:Economy) WHERE partner <> party
OPTIONAL MATCH (agreement)-[coverage:COVERS]->(covered:Material)
WITH * WHERE $material IS NULL OR covered.id = $material
RETURN party, own, agreement, other, partner, coverage, covered
