"""What is computed from the facts, brought in step with them: headline shares and the network.

Each load does this by itself; ``remove`` takes all of it out again. Written are only the share
properties of ``MAKES`` (``headline.py``) and the relationships ``FEEDS`` and ``SUPPLIES_MARKET``
(``feeding.py``, ``links.py``): no observed fact is touched, and what stands already is not written
anew.
``standing`` gives it back as facts, so that the bundle can carry what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction

from ..ontology.facts import Fact
from ..ontology.schema import Schema
from .connection import Graph
from .feeding import Balance, network
from .headline import EVIDENCE, Report, Share, headline_shares
from .links import HELD as NETWORK
from .links import remove_network, write_network

HELD = """
MATCH (industry:Industry)-[makes:MAKES]->(product:Product) WHERE makes.method IS NOT NULL
RETURN industry.id AS industry, product.id AS product, makes.share AS share,
       makes.share_low AS share_low, makes.share_high AS share_high, makes.year AS year,
       makes.share_source AS share_source, makes.method AS method
"""
WRITE = """
UNWIND $rows AS row
MATCH (:Industry {id: row.industry})-[makes:MAKES]->(:Product {id: row.product})
SET makes += row.values
"""


@dataclass(frozen=True, slots=True)
class DeriveReport:
    """How many headline shares stand, and how many were written or removed by this run; how many
    relationships of the network stand, and what of trade and output did not fit."""

    shares: int
    written: int
    removed: int
    edges: int = 0
    edges_changed: int = 0
    balance: Balance = field(default_factory=Balance)


def derive(graph: Graph) -> DeriveReport:
    """Bring shares and network in step with the evidence; writes only what differs."""
    reports = [Report(**dict(record)) for record in graph.read(EVIDENCE).records]
    shares = list(headline_shares(reports))
    written, removed = _write_shares(graph, shares)
    links, balance = network(graph, reports, shares)
    changed = write_network(graph, links)
    return DeriveReport(len(shares), written, removed, len(links), changed, balance)


def remove(graph: Graph) -> DeriveReport:
    """Take everything derived out of the graph."""
    written, removed = _write_shares(graph, [])
    return DeriveReport(0, written, removed, 0, remove_network(graph))


def standing(graph: Graph, schema: Schema) -> Iterator[Fact]:
    """What is derived in the graph, as facts that carry the names of the ontology."""
    for record in graph.read(HELD).records:
        yield Fact("Making", {n: v for n, v in dict(record).items() if v is not None})
    for type_, statement in NETWORK.items():
        relation = next(r for r in schema.relations.values() if r.type == type_)
        for record in graph.read(statement).records:
            ends = {
                relation.start_role: record["supplier"],
                relation.end_role: record["taker"],
            }
            values = {n: v for n, v in record["values"].items() if n != "id"}
            yield Fact(relation.name, values | ends)


def _write_shares(graph: Graph, shares: list[Share]) -> tuple[int, int]:
    """How many headline shares were written and how many removed."""
    wanted = {(s.industry, s.product): s.values() for s in shares}
    held: dict[tuple[str, str], dict[str, Any]] = {}
    for record in graph.read(HELD).records:
        values = dict(record)
        held[values.pop("industry"), values.pop("product")] = values
    changed = {key: values for key, values in wanted.items() if held.get(key) != values}
    nothing = dict.fromkeys(("share", "share_low", "share_high", "year", "share_source", "method"))
    gone = {key: nothing for key in held if key not in wanted}
    rows = [
        {"industry": industry, "product": product, "values": values}
        for (industry, product), values in sorted((changed | gone).items())
    ]

    def work(tx: ManagedTransaction) -> None:
        tx.run(WRITE, {"rows": rows}).consume()

    if rows:
        graph.write(work)
    return len(changed), len(gone)
