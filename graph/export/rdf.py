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
from ..subgraph import Subgraph, Value

FORMATS = {"turtle": "turtle", "jsonld": "json-ld"}


def rdf(subgraph: Subgraph, form: str, schema: Schema | None = None) -> str:
    """The subgraph in ``turtle`` or ``jsonld``.

    Raises ``OntologyError`` for a relationship, ``OrepathError`` for a node that the ontology
    does not define.
    """
    schema = schema or load_schema()
    graph = to_rdf(records(subgraph, schema), schema)
    for prefix, namespace in (("skos", SKOS), ("dcterms", DCTERMS)):
        graph.bind(prefix, namespace)
    if form == "jsonld":
        context = {prefix: str(iri) for prefix, iri in graph.namespaces()}
        written = graph.serialize(format="json-ld", context=context)
        return json.dumps(_ordered(json.loads(written)), ensure_ascii=False, indent=2) + "\n"
    return graph.serialize(format=FORMATS[form])


def _ordered(value: Any) -> Any:
    """JSON-LD in one order: rdflib writes sets in the order of Python's hashes, and nothing here
    is an ordered list."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted((_ordered(v) for v in value), key=lambda v: json.dumps(v, sort_keys=True))
    return value


def records(subgraph: Subgraph, schema: Schema) -> Iterator[Record]:
    """The subgraph's nodes and relationships as the ontology's records."""
    keys: dict[str, tuple[str, str]] = {}
    for node in subgraph.nodes:
        cls = schema.nodes[node.labels[0]]
        identifier = str(node.properties["id"])
        keys[node.id] = (cls.root, identifier)
        yield NodeRecord(cls, identifier, listed(node.properties))
    for tie in subgraph.relationships:
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
