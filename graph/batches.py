"""Rows of one kind, and the Cypher that reads, writes and removes them by key.

All statements are made from the schema. A node or relationship keeps in ``stated_in`` the data
sets that state it, in the order in which they came: the first owns its properties, later ones
only add what is absent, so that loading the same data twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from neo4j.time import Date, DateTime

from ..ontology.facts import Place
from ..ontology.schema import NodeClass, Relation, Schema
from .connection import Graph


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


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one class, or of one relation between two root labels."""

    name: str
    match: str
    """Cypher that binds ``x`` to what a ``row`` names, if it is there."""
    merge: str
    """Cypher that binds ``x`` to what a ``row`` names, making it if need be."""
    kind: str
    """The root label or relationship type, as ``kinds`` counts them."""
    labels: frozenset[str] = frozenset()
    others: str = ""
    """Labels that an instance of this class must not have, as Cypher."""
    derived: frozenset[str] = frozenset()
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
            key: {":labels": found} | {name: native(value) for name, value in properties.items()}
            for key, properties, found in answer.records[0]["held"]
        }

    def change(
        self, row: Row, before: Mapping[str, Any] | None, dataset: str
    ) -> dict[str, Any] | None:
        """What must be sent for a row, or None where the graph already says it."""
        if before is None:
            properties = row.properties | {"stated_in": [dataset]}
            return _ends(row) | {"properties": properties, "relabel": False}
        stated = list(before.get("stated_in") or [])
        owner = not stated or stated[0] == dataset
        ours = {
            name: value
            for name, value in before.items()
            if name not in ("id", "stated_in", ":labels") and name not in self.derived
        }
        if owner:
            sent = {n: v for n, v in row.properties.items() if ours.get(n) != v}
            sent |= {n: None for n in ours if n not in row.properties} if stated else {}
        else:
            sent = {n: v for n, v in row.properties.items() if n not in ours}
        if dataset not in stated:
            sent["stated_in"] = [*stated, dataset]
        relabel = owner and bool(self.labels) and set(before[":labels"]) != self.labels
        if not sent and not relabel:
            return None
        return _ends(row) | {"properties": sent, "relabel": relabel}

    def statement(self, *, relabel: bool = False) -> str:
        """Cypher that writes ``$rows``; ``relabel`` also takes away labels of other classes.

        Kept plain on purpose: on a fresh server most of a load's time is the planning of its
        statements, and a hint or an expression more doubles that.
        """
        others = f" REMOVE x{self.others}" if relabel and self.others else ""
        return f"UNWIND $rows AS row {self.merge} SET x += row.properties{others}"


def node_batch(cls: NodeClass, schema: Schema, rows: dict[str, Row]) -> Batch:
    """Rows of one node class."""
    labels = "".join(f":`{label}`" for label in cls.labels)
    family = {n for n, other in schema.nodes.items() if other.root == cls.root}
    others = "".join(f":`{label}`" for label in sorted(family - set(cls.labels)))
    pattern = f"(x:`{cls.root}` {{id: row.id}})"
    return Batch(
        cls.name,
        f"MATCH {pattern}",
        f"MERGE {pattern} SET x{labels}",
        cls.root,
        frozenset(cls.labels),
        others,
        frozenset(p.name for p in cls.properties if p.derived),
        rows,
    )


def relation_batch(relation: Relation, ends: tuple[str, str], rows: dict[str, Row]) -> Batch:
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
        match,
        f"{start} {end} MERGE (a)-{link}->(b)",
        relation.type,
        derived=frozenset(p.name for p in relation.properties if p.derived),
        rows=rows,
    )


def kinds(graph: Graph) -> dict[str, int]:
    """How many nodes of each label and relationships of each type the graph holds.

    Two plain scans: cheaper than a count by label and type, each of which would be planned anew.
    """
    counted: dict[str, int] = {}
    for statement in (
        "MATCH (x) UNWIND labels(x) AS kind RETURN kind, count(*) AS n",
        "MATCH ()-[x]->() RETURN type(x) AS kind, count(*) AS n",
    ):
        counted |= {r["kind"]: r["n"] for r in graph.read(statement).records}
    return counted


def stated(graph: Graph) -> dict[str, int]:
    """How many nodes and relationships each data set states, by two plain scans."""
    counted: dict[str, int] = {}
    for pattern in ("(x)", "()-[x]->()"):
        answer = graph.read(
            f"MATCH {pattern} UNWIND x.stated_in AS dataset RETURN dataset, count(*) AS n"
        )
        for r in answer.records:
            counted[r["dataset"]] = counted.get(r["dataset"], 0) + r["n"]
    return counted


def existing_ids(graph: Graph, label: str, ids: set[str]) -> set[str]:
    """Which of ``ids`` are nodes of a root label."""
    answer = graph.read(
        f"UNWIND $ids AS id MATCH (x:`{label}` {{id: id}}) RETURN x.id AS id", {"ids": sorted(ids)}
    )
    return {record["id"] for record in answer.records}


def stated_relations(graph: Graph, schema: Schema, dataset: str) -> dict[tuple[str, str], str]:
    """Relationships that a data set states: element id by (type, key)."""
    found: dict[tuple[str, str], str] = {}
    answer = graph.read(
        "MATCH (a)-[x]->(b) WHERE $dataset IN x.stated_in "
        "RETURN type(x) AS type, elementId(x) AS element, x.id AS id, a.id AS start, "
        "b.id AS end, labels(a) AS start_labels, labels(b) AS end_labels",
        {"dataset": dataset},
    )
    for record in answer.records:
        start = (schema.root_of(record["start_labels"]), record["start"])
        end = (schema.root_of(record["end_labels"]), record["end"])
        row = Row(record["id"] or "", {}, Place(""), start, end)
        found[record["type"], row.key] = record["element"]
    return found


def stated_nodes(graph: Graph, schema: Schema, dataset: str) -> dict[tuple[str, str], str]:
    """Nodes that a data set states: element id by (root label, id)."""
    answer = graph.read(
        "MATCH (x) WHERE $dataset IN x.stated_in "
        "RETURN labels(x) AS labels, elementId(x) AS element, x.id AS id",
        {"dataset": dataset},
    )
    return {
        (schema.root_of(record["labels"]), record["id"]): record["element"]
        for record in answer.records
    }


TAKE_BACK_RELATIONS = """UNWIND $elements AS element
MATCH ()-[x]->() WHERE elementId(x) = element
SET x.stated_in = [d IN x.stated_in WHERE d <> $dataset]
WITH x WHERE size(x.stated_in) = 0 DELETE x"""

# A node on which another source's relationship still hangs stays, stated by nobody, until that
# relationship goes; deleting it would take the other source's fact with it. What is derived (stated
# by nobody, by a method) goes with its node.
TAKE_BACK_NODES = """UNWIND $elements AS element
MATCH (x) WHERE elementId(x) = element
SET x.stated_in = [d IN x.stated_in WHERE d <> $dataset]
WITH x WHERE size(x.stated_in) = 0
  AND NOT EXISTS { (x)-[r]-() WHERE r.stated_in IS NOT NULL OR r.method IS NULL }
DETACH DELETE x"""


def native(value: Any) -> Any:
    """A value of the driver as Python's own, so that it compares with a fact's."""
    return value.to_native() if isinstance(value, Date | DateTime) else value


def _ends(row: Row) -> dict[str, Any]:
    return {"key": row.key, "id": row.id, "start": row.start[1], "end": row.end[1]}
