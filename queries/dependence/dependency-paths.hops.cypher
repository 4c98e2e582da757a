       // Each hop in words: the country's share with what it rests on, and who makes more of it where somebody does.
       COLLECT { UNWIND range(0, size(one.shares) - 1) AS position
         WITH position, one.shares[position] AS at, one.shares[position].hop AS hop, one.shares[position].stated AS stated
         OPTIONAL MATCH (other:Country)-[:HAS]->(:Industry)-[most:MAKES]->(hop) WHERE other <> country AND most.share > coalesce(at.held, 0.0)
         WITH position, at, hop, stated, other, most ORDER BY most.share DESC, other.id
         WITH position, at, hop, stated, head(collect(other.name + ' ' + toString(toInteger(round(most.share * 100))) + ' % of the world ('
              + most.period + '; ' + most.share_source + ')')) AS leader ORDER BY position
         WHERE at.told IS NOT NULL OR leader IS NOT NULL
         RETURN hop.name + ': ' + country.name + ' ' + CASE WHEN at.told IS NULL THEN 'no figure' ELSE at.told
                + CASE WHEN stated.share_low < stated.share_high THEN ', ' + toString(toInteger(round(stated.share_low * 100))) + ' to '
                       + toString(toInteger(round(stated.share_high * 100))) + ' %' ELSE '' END
                + CASE stated.method WHEN 'world-mix' THEN " by the world's mix" ELSE '' END
                + coalesce(' (' + stated.period + reduce(s = '', source IN at.sources | s + '; ' + source) + ')', '') END
                + coalesce('. Most: ' + leader, '') AS hop } AS hops,
