// 3. Lists published in that time, against the same owner's list before.
CALL (since) {
  MATCH (list:CriticalityList)-[:ADOPTED_BY]->(owner:Economy)
  WHERE ($country IS NULL OR owner.id = $country) AND coalesce(list.published, toString(list.year)) > toString(since)
    AND coalesce(list.published, toString(list.year)) <= toString($until)
    AND EXISTS { MATCH (list)-[any:LISTS]->(:Material) WHERE any.critical }
  WITH owner, list, COLLECT { MATCH (earlier:CriticalityList)-[:ADOPTED_BY]->(owner) WHERE earlier.year < list.year
    AND EXISTS { MATCH (earlier)-[any:LISTS]->(:Material) WHERE any.critical } RETURN earlier ORDER BY earlier.year DESC LIMIT 1 }[0] AS earlier
  WITH *, [one IN [list, earlier] | COLLECT { MATCH (one)-[entry:LISTS]->(m:Material) WHERE entry.critical
                                              RETURN DISTINCT m AS m ORDER BY m.name }] AS named
  // A member is not new where its group was listed, nor a group gone that is listed by its members.
  WITH *, [side IN [0, 1] | [m IN named[side] WHERE NOT m IN named[1 - side]
    AND NOT EXISTS { MATCH (m)-[:PART_OF*1..3]->(group:Material) WHERE group IN named[1 - side] }
    AND NOT EXISTS { MATCH (m)<-[:PART_OF*1..3]-(member:Material) WHERE member IN named[1 - side] }]] AS differ
  WITH owner, list, earlier, [n IN named | size(n)] AS sizes, [m IN differ[0] | m.name] AS added, [m IN differ[1] | m.name] AS dropped,
       [m IN differ[0] + differ[1] | m.id] AS ids
  WHERE $material IS NULL OR $material IN ids
  WITH * ORDER BY coalesce(list.published, toString(list.year)) DESC, list.id
  WITH collect({list: list, owner: owner, earlier: earlier, sizes: sizes, added: added, dropped: dropped, ids: ids}) AS found
  RETURN [i IN range(0, size(found) - 1) | {kind: 'list', what: found[i].list.name,
    date: coalesce(found[i].list.published, toString(found[i].list.year)), id: found[i].list.id, place: i,
    before: CASE WHEN found[i].earlier IS NULL THEN 'no earlier list in the data' ELSE toString(found[i].sizes[1]) + ' entries' + CASE
      WHEN size(found[i].dropped) = 0 THEN ''
      ELSE ', no longer: ' + reduce(s = found[i].dropped[0], n IN found[i].dropped[1..] | s + ', ' + n) END END,
    after: toString(found[i].sizes[0]) + ' entries' + CASE WHEN found[i].earlier IS NULL OR size(found[i].added) = 0 THEN ''
      ELSE ', new: ' + reduce(s = found[i].added[0], n IN found[i].added[1..] | s + ', ' + n) END, verified: null,
    sources: COLLECT { WITH found[i].list AS l MATCH (l)-[entry:LISTS]->(:Material) RETURN DISTINCT entry.source AS id ORDER BY id LIMIT 3 },
    materials: found[i].ids}] AS lists
}
