// The projects that fit, where they lie, what they make, and the policy that lists them.
MATCH (project:Project)-[makes:PRODUCES]->(product:Product)
WHERE ($material IS NULL OR EXISTS { MATCH (product)-[:FORM_OF]->(m:Material)
        WHERE EXISTS { (m)-[:PART_OF*0..3]->(:Material {id: $material}) } OR EXISTS { (:Material {id: $material})-[:PART_OF*0..3]->(m) } })
  AND ($stage IS NULL OR EXISTS { (product)-[:AT_STAGE]->(:Stage {id: $stage}) })
MATCH (project)-[lies:LOCATED_IN]->(country:Country)
OPTIONAL MATCH (country)-[in:MEMBER_OF]->(market:Economy {id: $importer}) WHERE in.from <= $as_of AND (in.until IS NULL OR in.until > $as_of)
OPTIONAL MATCH (project)-[listed:LISTED_UNDER]->(policy:Policy)
WITH * WHERE $where IN ['all', 'both'] OR ($where = 'market') = (market IS NOT NULL OR country.id = $importer)
RETURN project, makes, product, lies, country, in, market, listed, policy LIMIT 200
