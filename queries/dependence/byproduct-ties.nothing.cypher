// Of what it is a by-product to a smaller degree, and what is won with it.
OPTIONAL MATCH (:Material {id: $material})-[tie:BYPRODUCT_OF]->(host:Material)
WITH DISTINCT host.name + CASE WHEN tie.companionality IS NULL THEN '' ELSE ' (' + replace(toString(tie.companionality) + ' ', '.0 ', ' ') + '%)' END AS said
ORDER BY said
WITH collect(said) AS hosts
OPTIONAL MATCH (other:Material)-[:BYPRODUCT_OF]->(:Material {id: coalesce($host, $material)})
WITH hosts, other.name AS name ORDER BY name
WITH hosts, collect(DISTINCT name) AS others
RETURN CASE WHEN size(hosts) > 0 THEN 'In the data as a by-product of: '
            + reduce(s = hosts[0], h IN tail(hosts) | s + ', ' + h) + '.' END AS lower,
       CASE WHEN size(others) > 0 THEN 'It is itself the host of: '
            + reduce(s = others[0], o IN tail(others) | s + ', ' + o) + '.' END AS hosted
