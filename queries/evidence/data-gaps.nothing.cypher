// Why there is no gap: no list to go by, a material outside the list, or everything known.
OPTIONAL MATCH (list:CriticalityList) WHERE list.id STARTS WITH 'EU-' AND coalesce(list.published <= toString($as_of), true)
WITH list ORDER BY list.year DESC, list.id LIMIT 1
OPTIONAL MATCH (asked:Material {id: $material})
OPTIONAL MATCH (list)-[listing:LISTS]->(:Material)-[:PART_OF*0..3]->(asked)
WHERE $scope = 'all' OR ($scope = 'critical' AND listing.critical) OR ($scope = 'strategic' AND listing.strategic)
WITH list, asked, count(listing) AS listings, $stage AS stage
RETURN CASE WHEN list IS NULL THEN 'No list of critical materials is in the data, so nothing was looked at.'
            WHEN stage IS NOT NULL AND NOT stage IN ['extraction', 'separation-refining']
            THEN 'But only extraction and processing are looked at.'
            WHEN asked IS NOT NULL AND listings = 0 AND $scope <> 'all'
            THEN 'But ' + asked.name + ' is not ' + $scope + ' by ' + list.name + ', so it was not looked at (--scope all).'
            ELSE 'Every stage of it has an output, and where the EU gets it is measured.' END AS why
