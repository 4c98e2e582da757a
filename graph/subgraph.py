"""A piece of the graph as plain data: what a picture draws and an exporter writes.

Built from the records of any query that returns nodes, relationships, paths, or lists of them.
It knows no database session and no file format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import neo4j.graph

from ..ontology.schema import Schema, load_schema
from ..ontology.terms import kebab
from .merge import class_of
from .values import native

Value = str | int | float | bool | date | datetime | tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class Node:
    """A node. ``id`` is unique in the whole graph, the tail of its IRI: ``material/gallium``;
    the key within its class is ``properties["id"]``. ``labels`` has its own class first."""

    id: str
    labels: tuple[str, ...]
    properties: Mapping[str, Value] = field(hash=False)

    @property
    def name(self) -> str:
        """What a person reads."""
        return str(self.properties.get("name") or self.properties.get("id") or self.id)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship between two nodes of the same subgraph (``start`` and ``end`` are ids)."""

    id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, Value] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Subgraph:
    """Nodes and relationships, each sorted by id and present once."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]

    def __len__(self) -> int:
        return len(self.nodes)

    def node(self, identifier: str) -> Node:
        """The node with that id; raises ``KeyError``."""
        return {node.id: node for node in self.nodes}[identifier]


def subgraph(records: Iterable[Iterable[Any]], schema: Schema | None = None) -> Subgraph:
    """All nodes and relationships in the values of some records.

    A relationship whose end nodes were not returned themselves is left out: without their
    labels and names nobody can draw it.
    """
    schema = schema or load_schema()
    nodes: dict[str, neo4j.graph.Node] = {}
    relationships: dict[str, neo4j.graph.Relationship] = {}
    for record in records:
        for entity in _entities(list(record)):
            if isinstance(entity, neo4j.graph.Node):
                nodes[entity.element_id] = entity
            else:
                relationships[entity.element_id] = entity
    made = {key: _node(node, schema) for key, node in nodes.items()}
    ties = {
        _relationship(r, made).id: _relationship(r, made)
        for r in relationships.values()
        if _ends(r)[0] in made and _ends(r)[1] in made
    }
    return Subgraph(
        tuple(sorted({n.id: n for n in made.values()}.values(), key=lambda n: n.id)),
        tuple(ties[key] for key in sorted(ties)),
    )


def joined(pieces: Iterable[Subgraph]) -> Subgraph:
    """Several pieces as one; a relationship of which an end is in none of them is left out."""
    nodes: dict[str, Node] = {}
    ties: dict[str, Relationship] = {}
    for piece in pieces:
        nodes |= {node.id: node for node in piece.nodes}
        ties |= {tie.id: tie for tie in piece.relationships}
    return Subgraph(
        tuple(nodes[key] for key in sorted(nodes)),
        tuple(
            ties[key] for key in sorted(ties) if ties[key].start in nodes and ties[key].end in nodes
        ),
    )


def _entities(value: Any) -> Iterator[neo4j.graph.Node | neo4j.graph.Relationship]:
    if isinstance(value, (neo4j.graph.Node, neo4j.graph.Relationship)):
        yield value
    elif isinstance(value, neo4j.graph.Path):
        yield from value.nodes
        yield from value.relationships
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _entities(item)


def _node(node: neo4j.graph.Node, schema: Schema) -> Node:
    own = class_of(node.labels, schema)
    labels = schema.nodes[own].labels if own else tuple(sorted(node.labels))
    properties = _shown(node)
    root = labels[-1] if labels else "node"
    return Node(f"{kebab(root)}/{properties.get('id', node.element_id)}", labels, properties)


def _shown(entity: neo4j.graph.Entity) -> dict[str, Value]:
    """Properties by name; what data sets said that is not what stands is nobody's business."""
    return {key: native(entity[key]) for key in sorted(entity) if key != "stated_as"}


def _ends(relationship: neo4j.graph.Relationship) -> tuple[str, str]:
    start, end = relationship.nodes
    return (start.element_id if start else "", end.element_id if end else "")


def _relationship(
    relationship: neo4j.graph.Relationship, nodes: Mapping[str, Node]
) -> Relationship:
    start, end = (nodes[key].id for key in _ends(relationship))
    properties = _shown(relationship)
    identifier = tie_id(start, relationship.type, end, properties)
    return Relationship(identifier, relationship.type, start, end, properties)


def tie_id(start: str, type_: str, end: str, properties: Mapping[str, Value]) -> str:
    """The id of a relationship in the whole graph: its ends, its type and its key, if any."""
    identifier = f"{start} {type_} {end}"
    return f"{identifier} {properties['id']}" if "id" in properties else identifier
