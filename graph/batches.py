"""Rows of one kind, and the Cypher that reads and writes them by key.

All statements are made from the schema. What a row changes is decided in ``merge.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..ontology.facts import Place
from ..ontology.schema import NodeClass, Relation, Schema
from .connection import Graph
from .merge import Statement, class_of, differences, joined
from .values import native


@dataclass(slots=True)
class Row:
    """One node or relationship to be: its key, properties, ends, and where it was said."""

    id: str
    properties: dict[str, Any]
    place: Place
    start: tuple[str, str] = ("", "")
    end: tuple[str, str] = ("", "")

    @property
    def key(self) -> str:
        """The id, or for a plain relationship its two ends."""
        return self.id or f"{self.start[0]}:{self.start[1]}|{self.end[0]}:{self.end[1]}"


class Change(NamedTuple):
    """What must be written for a row: the class that the element has then (empty for a
    relationship), whether labels of other classes have to go, and what a statement is sent."""

    cls: str
    relabel: bool
    sent: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one class, or of one relation between two root labels."""

    name: str
    schema: Schema
    match: str
    """Cypher that binds ``x`` to what a ``row`` names, if it is there."""
    merge: str
    """Cypher that binds ``x`` to what a ``row`` names, making it if need be."""
    kind: str
    """The root label or relationship type, as ``kinds`` counts them."""
    cls: str = ""
    labels: frozenset[str] = frozenset()
    unstated: frozenset[str] = frozenset()
    """What an element has beside what is stated: its key, and properties that are derived."""
    rows: dict[str, Row] = field(default_factory=dict)

    def held(self, graph: Graph, rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
        """What the graph holds of ``rows``: properties by key, with ``:labels`` for nodes."""
        labels = "labels(x)" if self.labels else "[]"
        # One record for all: a record each would cost more than what is in it.
        answer = graph.read(
            f"UNWIND $rows AS row {self.match} "
            f"RETURN collect([row.key, properties(x), {labels}]) AS held",
            {"rows": [_ends(row) for row in rows]},
        )
        return {
            # Lists hold texts, and stay lists, as facts have them.
            key: {":labels": found}
            | {n: v if isinstance(v, list) else native(v) for n, v in properties.items()}
            for key, properties, found in answer.records[0]["held"]
        }

    def change(self, row: Row, before: Mapping[str, Any] | None, dataset: str) -> Change | None:
        """What must be written so that ``dataset`` states a row, or None where the graph already
        says it; ``before`` is what the graph holds of the row, as in ``held``."""
        if before is None:
            properties = row.properties | {"stated_in": [dataset]}
            return Change(self.cls, False, _ends(row) | {"properties": properties})
        shown = {name: value for name, value in before.items() if name not in self.unstated}
        known = before[":labels"]
        ours = self.labels == set(known)
        cls = self.cls if ours else class_of(known, self.schema)
        said = Statement(self.cls, row.properties)
        after = joined(Statement(cls, shown), dataset, said, self.schema)
        properties = differences(shown, after.properties)
        relabel = not ours
        if after.cls != self.cls:
            relabel = set(self.schema.nodes[after.cls].labels) != set(known)
        if not properties and not relabel:
            return None
        return Change(after.cls, relabel, _ends(row) | {"properties": properties})

    def statement(self, cls: str, *, relabel: bool = False) -> str:
        """Cypher that writes the changes of one class; ``relabel`` also takes away labels of
        other classes.

        Kept plain on purpose: on a fresh server most of a load's time is the planning of its
        statements, and a hint or an expression more doubles that.
        """
        add, remove = labelling(cls, self.schema)
        others = remove if relabel else ""
        return f"UNWIND $rows AS row {self.merge}{add} SET x += row.properties{others}"


def labelling(cls: str, schema: Schema) -> tuple[str, str]:
    """Cypher that gives ``x`` the labels of a class, and Cypher that takes those of the other
    classes of its root; both empty for a relationship."""
    if not cls:
        return "", ""
    node = schema.nodes[cls]
    family = {name for name, other in schema.nodes.items() if other.root == node.root}
    add = "".join(f":`{label}`" for label in node.labels)
    others = "".join(f":`{label}`" for label in sorted(family - set(node.labels)))
    return f" SET x{add}", f" REMOVE x{others}" if others else ""


def node_batch(cls: NodeClass, schema: Schema, rows: dict[str, Row]) -> Batch:
    """Rows of one node class."""
    pattern = f"(x:`{cls.root}` {{id: row.id}})"
    return Batch(
        cls.name,
        schema,
        f"MATCH {pattern}",
        f"MERGE {pattern}",
        cls.root,
        cls.name,
        frozenset(cls.labels),
        _unstated(cls),
        rows,
    )


def relation_batch(
    relation: Relation, schema: Schema, ends: tuple[str, str], rows: dict[str, Row]
) -> Batch:
    """Rows of one relation between nodes of two root labels."""
    start, end = (
        f"MATCH ({v}:`{label}` {{id: row.{role}}})"
        for v, label, role in zip("ab", ends, ("start", "end"), strict=True)
    )
    key = "" if relation.plain else " {id: row.id}"
    link = f"[x:`{relation.type}`{key}]"
    match = (
        f"{start} {end} MATCH (a)-{link}->(b)"
        if relation.plain
        else f"MATCH ()-{link}->() USING INDEX x:`{relation.type}`(id)"
    )
    return Batch(
        relation.name,
        schema,
        match,
        f"{start} {end} MERGE (a)-{link}->(b)",
        relation.type,
        unstated=_unstated(relation),
        rows=rows,
    )


def _unstated(term: NodeClass | Relation) -> frozenset[str]:
    return frozenset({"id", ":labels", *(p.name for p in term.properties if p.derived)})


def _ends(row: Row) -> dict[str, Any]:
    return {"key": row.key, "id": row.id, "start": row.start[1], "end": row.end[1]}
