"""The relationships of the dependency network: as they are computed, and as they are stored.

They are brought in step with what was computed (``feeding.py``): what stands already is not
written anew, and all of them can be taken out again without a trace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from neo4j import ManagedTransaction

from .connection import Graph
from .sourcing import Part

BATCH = 5_000
HELD = {
    "FEEDS": """
MATCH (supplier:Industry)-[edge:FEEDS]->(consumer:Industry)
RETURN supplier.id AS supplier, consumer.id AS taker, properties(edge) AS values
""",
    "SUPPLIES_MARKET": """
MATCH (supplier:Industry)-[edge:SUPPLIES_MARKET]->(market:Economy)
RETURN supplier.id AS supplier, market.id AS taker, properties(edge) AS values
""",
}
ENDS = {"FEEDS": "Industry", "SUPPLIES_MARKET": "Economy"}
REMOVE = """
UNWIND $rows AS row
MATCH (supplier:Industry {{id: row.supplier}})-[edge:{type}]->(taker:{label} {{id: row.taker}})
DELETE edge
"""
WRITE = """
UNWIND $rows AS row
MATCH (supplier:Industry {{id: row.supplier}}), (taker:{label} {{id: row.taker}})
CREATE (supplier)-[edge:{type}]->(taker) SET edge = row.values
"""


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship of the network."""

    type: str
    supplier: str
    taker: str
    part: Part

    def values(self) -> dict[str, Any]:
        """The stored properties; the share is absent where only its bounds are known."""
        part = self.part
        found = {
            "id": f"{self.supplier};{self.taker};{part.basis};{part.year}",
            "share": part.share,
            "share_low": part.low,
            "share_high": part.high,
            "basis": part.basis,
            "year": part.year,
            "method": part.method,
            "share_source": part.source or None,
        }
        return {name: value for name, value in found.items() if value is not None}


def write_network(graph: Graph, links: Sequence[Link]) -> int:
    """Bring the relationships in step; returns how many were created or taken out."""
    changed = 0
    for type_ in ENDS:
        wanted = {(k.supplier, k.taker): k.values() for k in links if k.type == type_}
        held = {(r["supplier"], r["taker"]): r["values"] for r in graph.read(HELD[type_]).records}
        stale = sorted(key for key, values in held.items() if wanted.get(key) != values)
        fresh = sorted(key for key, values in wanted.items() if held.get(key) != values)
        _batched(graph, REMOVE, type_, [{"supplier": s, "taker": t} for s, t in stale])
        rows = [{"supplier": s, "taker": t, "values": wanted[s, t]} for s, t in fresh]
        _batched(graph, WRITE, type_, rows)
        changed += len({*stale, *fresh})
    return changed


def remove_network(graph: Graph) -> int:
    """Take all relationships of the network out; returns how many there were."""
    return write_network(graph, [])


def _batched(graph: Graph, statement: str, type_: str, rows: list[dict[str, Any]]) -> None:
    cypher = statement.format(type=type_, label=ENDS[type_])
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]

        def work(tx: ManagedTransaction, batch: list[dict[str, Any]] = batch) -> None:
            tx.run(cypher, {"rows": batch}).consume()

        graph.write(work)
