  // Of a bloc its members of that day, but for the party's own.
  partner <> party AND all(m IN membership WHERE m.from <= $as_of AND (m.until IS NULL OR m.until > $as_of))
  AND NOT EXISTS { MATCH (partner)-[member:MEMBER_OF]->(party) WHERE member.until IS NULL OR member.until > $as_of }
