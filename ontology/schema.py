"""The ontology as plain data: what may stand in the graph, and under which names.

``load_schema`` gives the compiled form of the Turtle. It is cached by the hash of the files, so
that a command does not parse RDF; this module imports no RDF library unless the cache is cold.
How Turtle becomes these classes is in ``compile.py``.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from .paths import kept

NAMESPACE = "https://w3id.org/orepath/"
FORMAT = 1
"""Raised whenever the compiled form changes its shape, so that no old cache is read."""


def kebab(name: str) -> str:
    """``IndustryObservation`` as it stands in an IRI: ``industry-observation``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relationship.

    ``datatype`` is the XSD local name (``string``, ``decimal``, ``date`` …), ``langString`` for
    English text, or ``reference``: the id of a node with one of the labels in ``target``.
    ``values`` is a closed code list, ``unit`` what a number is counted in, ``not_above`` the
    name of the property that this one must not exceed.
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
    """A class whose instances are nodes; they carry ``name`` and all ``parents`` as labels."""

    name: str
    iri: str
    parents: tuple[str, ...]
    properties: tuple[Property, ...]
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
    a start node has.
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


def ontology_files() -> tuple[Path, ...]:
    """The Turtle files that define terms: the package's, then the user's own extensions.

    ``OREPATH_ONTOLOGY`` may name a folder (or several, separated like ``PATH``) whose ``.ttl``
    files add classes, relationships and vocabulary.
    """
    here = Path(str(resources.files(__package__)))
    files = [here / "orepath.ttl", here / "shapes.ttl", here / "vocabulary" / "codes.ttl"]
    return tuple(files) + extension_files()


def extension_files() -> tuple[Path, ...]:
    """The user's own Turtle files."""
    folders = os.environ.get("OREPATH_ONTOLOGY", "")
    return tuple(
        file
        for folder in folders.split(os.pathsep)
        if folder
        for file in sorted(Path(folder).glob("*.ttl"))
    )


def vocabulary_files() -> tuple[Path, ...]:
    """The Turtle files that hold instances: the package's vocabularies, then extensions."""
    here = Path(str(resources.files(__package__))) / "vocabulary"
    return tuple(sorted(here.glob("*.ttl"))) + extension_files()


def load_schema() -> Schema:
    """The compiled ontology, from the cache where the Turtle has not changed.

    Raises ``OntologyError`` where the Turtle lacks what the compiler needs.
    """
    files = ontology_files()
    digest = hashlib.sha256(str(FORMAT).encode())
    for file in files:
        digest.update(file.read_bytes())
    return _load(digest.hexdigest()[:24], files)


@cache
def _load(digest: str, files: tuple[Path, ...]) -> Schema:
    def compiled() -> Schema:
        from .compile import compile_files

        return compile_files(files)

    return replace(kept(f"schema/{digest}", from_json, compiled, to_json), digest=digest)


def to_json(schema: Schema) -> dict[str, Any]:
    """The schema as plain JSON values."""
    return {
        "nodes": [asdict(node) for node in schema.nodes.values()],
        "relations": [asdict(relation) for relation in schema.relations.values()],
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
    return Schema(nodes, relations)
