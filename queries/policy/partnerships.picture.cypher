// The party, its agreements, the partners and what the agreements name.
MATCH (agreement:Agreement)-[own:PARTY]->(party:Economy {id: $party})
WHERE coalesce(agreement.signed, agreement.in_force_from, CASE agreement.status WHEN 'in force' THEN $as_of END) <= $as_of
  AND (agreement.ended IS NULL OR agreement.ended > $as_of)
  AND ($kind = 'all' OR agreement:StrategicPartnership)
MATCH (agreement)-[other:PARTY]->(partner:Economy) WHERE partner <> party
OPTIONAL MATCH (agreement)-[coverage:COVERS]->(covered:Material)
WITH * WHERE $material IS NULL OR covered.id = $material
RETURN party, own, agreement, other, partner, coverage, covered
