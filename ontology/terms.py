"""What the ontology defines, as plain data: classes, relations and their properties.

It knows neither Turtle (``compile.py``) nor files and caches (``schema.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

NAMESPACE = "https://w3id.org/orepath/"


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relationship.

    ``datatype`` is the XSD local name (``string``, ``decimal``, ``date`` …), ``langString`` for
    English text, or ``reference``: the id of a node with one of the labels in ``target``.
    ``values`` is a closed code list, ``longest`` the most characters that a text may have,
    ``unit`` what a number is counted in, ``not_above`` the name of the property that this one
    must not exceed.
    """

    name: str
    iri: str
    datatype: str
    required: bool = False
    many: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    values: tuple[str, ...] = ()
    longest: int | None = None
    target: tuple[str, ...] = ()
    unit: str | None = None
    not_above: str | None = None
    derived: bool = False
    bookkeeping: bool = False
    label: str = ""
    definition: str = ""
    example: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class NodeClass:
    """A class whose instances are nodes; they carry ``name`` and all ``parents`` as labels.

    ``named_after`` are classes after whose instances its own are called.
    """

    name: str
    iri: str
    parents: tuple[str, ...]
    properties: tuple[Property, ...]
    named_after: tuple[str, ...] = ()
    label: str = ""
    definition: str = ""
    example: str = ""
    source: str = ""
    mappings: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The topmost label, on which ``id`` is unique."""
        return self.parents[-1] if self.parents else self.name

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels of an instance, its own first."""
        return (self.name, *self.parents)


@dataclass(frozen=True, slots=True)
class Relation:
    """What becomes a relationship: a plain object property (no ``key``) or an n-ary class.

    ``start`` and ``end`` are the labels allowed at the ends; ``start_role`` and ``end_role``
    the names under which a fact gives them; ``key`` the roles and properties that tell one
    relationship from another between the same nodes. ``minimum`` and ``maximum`` say how many
    a start node has; an ``irreflexive`` relation never leads from a node to itself.
    ``query`` is a Cypher statement that shows how it is read.
    """

    name: str
    iri: str
    type: str
    start: tuple[str, ...]
    end: tuple[str, ...]
    start_role: str = "start"
    end_role: str = "end"
    key: tuple[str, ...] = ()
    properties: tuple[Property, ...] = ()
    minimum: int = 0
    maximum: int | None = None
    derived: bool = False
    irreflexive: bool = False
    query: str = ""
    label: str = ""
    definition: str = ""
    example: str = ""
    source: str = ""
    mappings: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it is an object property, which carries no data of its own."""
        return not self.key


@dataclass(frozen=True)
class Schema:
    """The whole compiled ontology."""

    nodes: Mapping[str, NodeClass]
    relations: Mapping[str, Relation]
    version: str = ""
    """Version of the ontology; data loaded under another are not mixed with this one's."""
    digest: str = field(default="", compare=False)

    @cached_property
    def labels(self) -> frozenset[str]:
        """Every node label."""
        return frozenset(self.nodes)

    @cached_property
    def types(self) -> frozenset[str]:
        """Every relationship type."""
        return frozenset(relation.type for relation in self.relations.values())

    @cached_property
    def property_names(self) -> frozenset[str]:
        """Every property name of a node or relationship, with the keys."""
        terms: Iterable[NodeClass | Relation] = (*self.nodes.values(), *self.relations.values())
        return frozenset(p.name for term in terms for p in term.properties) | {"id"}

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The labels that carry the key, sorted."""
        return tuple(sorted({node.root for node in self.nodes.values()}))

    def root(self, label: str) -> str:
        """The root label of a label."""
        return self.nodes[label].root

    def root_of(self, labels: Iterable[str]) -> str:
        """The root label of a node with these labels; empty where the ontology has none of them."""
        return next((self.root(label) for label in labels if label in self.nodes), "")

    def root_labels(self, labels: Iterable[str]) -> tuple[str, ...]:
        """The different root labels of some labels, sorted."""
        return tuple(sorted({self.root(label) for label in labels}))


def kebab(name: str) -> str:
    """``IndustryObservation`` as it stands in an IRI: ``industry-observation``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def to_json(schema: Schema) -> dict[str, Any]:
    """The schema as plain JSON values."""
    return {
        "nodes": [asdict(node) for node in schema.nodes.values()],
        "relations": [asdict(relation) for relation in schema.relations.values()],
        "version": schema.version,
    }


def from_json(data: Mapping[str, Any]) -> Schema:
    """The inverse of ``to_json``."""

    def tupled(entry: Mapping[str, Any]) -> dict[str, Any]:
        return {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}

    def arguments(entry: Mapping[str, Any]) -> dict[str, Any]:
        return tupled(entry) | {
            "properties": tuple(Property(**tupled(p)) for p in entry["properties"])
        }

    nodes = {entry["name"]: NodeClass(**arguments(entry)) for entry in data["nodes"]}
    relations = {entry["name"]: Relation(**arguments(entry)) for entry in data["relations"]}
    return Schema(nodes, relations, data["version"])
