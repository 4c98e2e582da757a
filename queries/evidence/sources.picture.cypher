// Sources, the publications they are editions of, and the loads that brought them.
MATCH (source:Source) WHERE $kind = 'all' OR source.kind = $kind
OPTIONAL MATCH (source)-[edition:EDITION_OF]->(publication:Publication)
OPTIONAL MATCH (load:Load)-[loaded:LOADED]->(source)
RETURN source, edition, publication, load, loaded
