"""Derived relationships: as they are computed, and as they are stored.

They are brought in step with what was computed: what stands already is not written anew, and all
of them can be taken out again without a trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from neo4j import ManagedTransaction

from ...ontology.facts import Fact
from ...ontology.schema import Schema
from ..connection import Graph
from ..shares import label

BATCH = 5_000
NETWORK = ("FEEDS", "SUPPLIES_MARKET", "NEEDS")
"""The types of the dependency network."""
ORDER = ("OUTPUT_KNOWN_FROM", "SOURCING_KNOWN_FROM")
"""The types that say which evidence leads."""
ENDS = {
    "FEEDS": ("Industry", "Industry"),
    "SUPPLIES_MARKET": ("Industry", "Economy"),
    "NEEDS": ("Technology", "Product"),
    "OUTPUT_KNOWN_FROM": ("Product", "Source"),
    "SOURCING_KNOWN_FROM": ("Product", "Source"),
}
KEYS = {
    "FEEDS": ("basis",),
    "SUPPLIES_MARKET": ("basis",),
    "NEEDS": (),
    "OUTPUT_KNOWN_FROM": ("measure", "basis", "period"),
    "SOURCING_KNOWN_FROM": ("market", "period"),
}
"""What tells several relationships between the same two nodes apart."""
HELD = """
MATCH (from:{start})-[edge:{type}]->(to:{end})
RETURN from.id AS start, to.id AS end, properties(edge) AS values
"""
REMOVE = """
UNWIND $rows AS row
MATCH (:{start} {{id: row.start}})-[edge:{type} {{id: row.id}}]->(:{end} {{id: row.end}})
DELETE edge
"""
WRITE = """
UNWIND $rows AS row
MATCH (from:{start} {{id: row.start}}), (to:{end} {{id: row.end}})
CREATE (from)-[edge:{type}]->(to) SET edge = row.values
"""


MARKED = """
MATCH ()-[figure:{type}]->() WHERE figure.suspect IS NOT NULL
RETURN figure.id AS id, figure.suspect AS suspect
"""
MARK = """
UNWIND $rows AS row
MATCH ()-[figure:{type} {{id: row.id}}]->() SET figure.suspect = row.suspect
"""
FOLLOWING = ("id", "label")
"""Properties that follow from the others."""
FIGURES = ("REPORTED_BY", "HOLDS_RESERVES")


@dataclass(frozen=True, slots=True)
class Link:
    """One derived relationship, between two ids; what has no value is left out."""

    type: str
    start: str
    end: str
    properties: Mapping[str, Any]

    def values(self) -> dict[str, Any]:
        """The stored properties."""
        key = (self.properties[name] for name in KEYS[self.type])
        parts = ("" if part is None else str(part) for part in (self.start, self.end, *key))
        found = {"id": ";".join(parts), **self.properties, "label": label(self.properties)}
        return {name: value for name, value in found.items() if value is not None}


def bring_in_step(graph: Graph, links: Iterable[Link], types: Iterable[str]) -> int:
    """Make the relationships of these types those given; returns how many were created or
    removed."""
    wanted: dict[str, dict[str, dict[str, Any]]] = {type_: {} for type_ in types}
    for link in links:
        values = link.values()
        row = {"start": link.start, "end": link.end, "values": values}
        wanted[link.type][values["id"]] = row
    changed = 0
    for type_, rows in wanted.items():
        held = {row["values"]["id"]: row for row in _held(graph, type_)}
        stale = [held[id_] | {"id": id_} for id_ in sorted(held) if rows.get(id_) != held[id_]]
        fresh = [rows[id_] for id_ in sorted(rows) if rows[id_] != held.get(id_)]
        _batched(graph, REMOVE, type_, stale)
        _batched(graph, WRITE, type_, fresh)
        changed += len({row["values"]["id"] for row in (*stale, *fresh)})
    return changed


def standing_links(graph: Graph, schema: Schema) -> Iterator[Fact]:
    """All derived relationships in the graph as facts, in the ontology's terms."""
    for type_ in ENDS:
        relation = next(r for r in schema.relations.values() if r.type == type_)
        for row in _held(graph, type_):
            ends = {relation.start_role: row["start"], relation.end_role: row["end"]}
            stored = row["values"].items()
            yield Fact(relation.name, {n: v for n, v in stored if n not in FOLLOWING} | ends)


def _held(graph: Graph, type_: str) -> Iterator[dict[str, Any]]:
    return (dict(record) for record in graph.read(_statement(HELD, type_)).records)


def _statement(statement: str, type_: str) -> str:
    start, end = ENDS[type_]
    return statement.format(type=type_, start=start, end=end)


def _batched(graph: Graph, statement: str, type_: str, rows: list[dict[str, Any]]) -> None:
    cypher = _statement(statement, type_)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]

        def work(tx: ManagedTransaction, batch: list[dict[str, Any]] = batch) -> None:
            tx.run(cypher, {"rows": batch}).consume()

        graph.write(work)


def mark(graph: Graph, suspects: Mapping[str, str]) -> int:
    """Have the figures with these ids, and no others, marked as suspect with their reasons;
    returns how many marks were written or removed."""
    changed = 0
    for type_ in FIGURES:
        held = {r["id"]: r["suspect"] for r in graph.read(MARKED.format(type=type_)).records}
        wanted = {i: reason for i, reason in suspects.items() if held.get(i) != reason}
        rows: list[dict[str, str | None]] = [
            {"id": i, "suspect": reason} for i, reason in wanted.items()
        ]
        rows += [{"id": i, "suspect": None} for i in held if i not in suspects]

        def work(tx: ManagedTransaction, type_: str = type_, rows: list[Any] = rows) -> int:
            summary = tx.run(MARK.format(type=type_), {"rows": rows}).consume()
            return summary.counters.properties_set

        if rows:
            changed += graph.write(work)
    return changed
