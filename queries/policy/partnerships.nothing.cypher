// Agreements of other kinds, which only --kind all counts.
MATCH (party:Economy {id: $party})
WITH party,
// part: policy/partnerships.uncounted
WHERE uncounted IS NOT NULL
RETURN 'Of other kinds ' + party.name + ' has ' + toString(uncounted) + CASE uncounted WHEN 1 THEN ' agreement' ELSE ' agreements' END
       + ' (--kind all).' AS instead
