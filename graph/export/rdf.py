"""A subgraph as Turtle or JSON-LD, in the ontology's own terms.

The same mapping as for the whole graph (``ontology/rdf.py``), so that what is exported can be
loaded again as facts. Lines are sorted; nothing of the day of export is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rdflib.namespace import DCTERMS, SKOS

from ...ontology.rdf import relation_of, to_rdf
from ...ontology.schema import Schema, load_schema
from ...ontology.validate import NodeRecord, Record, RelationRecord
from ..connection import Graph
from ..subgraph import Subgraph, Value, subgraph

FORMATS = {"turtle": "turtle", "jsonld": "json-ld"}


def rdf(piece: Subgraph, form: str, schema: Schema | None = None) -> str:
    """The subgraph in ``turtle`` or ``jsonld``.

    Raises ``OntologyError`` for a relationship, ``OrepathError`` for a node that the ontology
    does not define.
    """
    schema = schema or load_schema()
    graph = to_rdf(records(piece, schema), schema)
    for prefix, namespace in (("skos", SKOS), ("dcterms", DCTERMS)):
        graph.bind(prefix, namespace)
    if form == "jsonld":
        context = {prefix: str(iri) for prefix, iri in graph.namespaces()}
        written = graph.serialize(format="json-ld", context=context)
        return json.dumps(_ordered(json.loads(written)), ensure_ascii=False, indent=2) + "\n"
    return graph.serialize(format=FORMATS[form])


def with_references(graph: Graph, piece: Subgraph, schema: Schema | None = None) -> Subgraph:
    """The subgraph with the nodes that its properties only name (the source of a share, the stage
    of a use), so that its file says what they are."""
    schema = schema or load_schema()
    held = {node.id for node in piece.nodes}
    absent: dict[str, set[str]] = {}
    for record in records(piece, schema):
        term = record.cls if isinstance(record, NodeRecord) else record.relation
        for p in term.properties:
            if p.datatype == "reference" and (named := record.properties.get(p.name)):
                root = schema.root_labels(p.target)[0]
                ids = named if isinstance(named, list) else [named]
                absent.setdefault(root, set()).update(map(str, ids))
    found = [
        read
        for root, ids in sorted(absent.items())
        for read in graph.read(
            f"MATCH (n:`{root}`) WHERE n.id IN $ids RETURN n", {"ids": sorted(ids)}
        ).records
    ]
    named_only = (n for n in subgraph(found, schema).nodes if n.id not in held)
    nodes = sorted((*piece.nodes, *named_only), key=lambda n: n.id)
    return Subgraph(tuple(nodes), piece.relationships)


def _ordered(value: Any) -> Any:
    """JSON-LD in one order: rdflib writes sets in the order of Python's hashes, and nothing here
    is an ordered list."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted((_ordered(v) for v in value), key=lambda v: json.dumps(v, sort_keys=True))
    return value


def records(piece: Subgraph, schema: Schema) -> Iterator[Record]:
    """The subgraph's nodes and relationships as the ontology's records."""
    keys: dict[str, tuple[str, str]] = {}
    for node in piece.nodes:
        cls = schema.nodes[node.labels[0]]
        identifier = str(node.properties["id"])
        keys[node.id] = (cls.root, identifier)
        yield NodeRecord(cls, identifier, listed(node.properties))
    for tie in piece.relationships:
        start, end = keys[tie.start], keys[tie.end]
        relation = relation_of(schema, tie.type, start[0], end[0])
        identifier = "" if relation.plain else str(tie.properties["id"])
        yield RelationRecord(relation, start, end, identifier, listed(tie.properties))


def listed(properties: Mapping[str, Value]) -> dict[str, Any]:
    """Properties without the key, lists as the ontology's records have them."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in properties.items()
        if name != "id"
    }
