"""What is computed from the facts, brought in step with them.

Which evidence leads (``OUTPUT_KNOWN_FROM`` and ``SOURCING_KNOWN_FROM``), the headline shares of the
evidence on output that does (properties of ``MAKES``), the dependency network (``FEEDS`` and
``SUPPLIES_MARKET``), what technologies need (``NEEDS``), and the short texts of a picture; the
rules are in ``network/`` and ``captions.py``. Each load does this by itself; ``remove`` takes all
of it out again. No observed fact is touched, and what stands already is not written anew.
``standing`` gives it back as facts, so that the bundle can carry what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction

from ..ontology.facts import Fact
from ..ontology.schema import Schema, load_schema
from . import captions, runs
from .connection import Graph
from .fingerprint import fingerprint
from .held import kinds
from .network import facts, store
from .network.build import Balance, network
from .network.headline import Share
from .network.leading import leading
from .network.moves import Move, moves
from .network.needs import needs
from .network.suspects import Suspects, suspects

HELD = """
MATCH (industry:Industry)-[makes:MAKES]->(product:Product) WHERE makes.method IS NOT NULL
RETURN industry.id AS industry, product.id AS product, makes.share AS share,
       makes.share_low AS share_low, makes.share_high AS share_high, makes.period AS period,
       makes.year AS year, makes.share_source AS share_source, makes.method AS method,
       makes.label AS label
"""
WRITE = """
UNWIND $rows AS row
MATCH (:Industry {id: row.industry})-[makes:MAKES]->(:Product {id: row.product})
SET makes += row.values
"""


@dataclass(frozen=True, slots=True)
class DeriveReport:
    """How many headline shares stand, and how many were written or removed by this run; how many
    relationships of the network stand and were changed, and what of trade and output did not fit;
    how many changed of those that say which evidence leads. ``moved`` are leading figures that
    changed, ``suspects`` the reasons of figures that cannot be right, by relationship;
    ``captions_changed`` counts the texts of pictures that were written or removed."""

    shares: int
    written: int
    removed: int
    edges: int = 0
    edges_changed: int = 0
    balance: Balance = field(default_factory=Balance)
    order_changed: int = 0
    moved: tuple[Move, ...] = ()
    suspects: Suspects = field(default_factory=dict)
    suspects_changed: int = 0
    captions_changed: int = 0


def derive(graph: Graph) -> DeriveReport:
    """Bring all that is derived in step with the evidence; writes only what differs."""
    reports = facts.reports(graph)
    doubted = suspects(facts.figures(graph, reports))
    marked = store.mark(graph, doubted)
    reports = facts.trusted(reports, doubted)
    order = leading(reports, facts.sourcing(graph))
    order_changed = store.bring_in_step(graph, order.links(), store.ORDER)
    shares = order.shares
    written, removed, moved = _write_shares(graph, shares)
    chain = facts.chain(graph)
    links, balance = network(graph, order, chain)
    links += needs(facts.uses(graph), chain)
    changed = store.bring_in_step(graph, links, store.NETWORK)
    told = captions.bring_in_step(graph, load_schema())
    runs.note_derived(graph, fingerprint(load_schema()))
    counts = (len(shares), written, removed, len(links), changed)
    return DeriveReport(*counts, balance, order_changed, moved, doubted, marked, told)


def in_step(graph: Graph) -> DeriveReport | None:
    """What stands, where nothing was loaded or unloaded since it was derived; else nothing."""
    if not runs.is_derived(graph, fingerprint(load_schema())):
        return None
    held = kinds(graph)
    shares = len(graph.read(HELD).records)
    return DeriveReport(shares, 0, 0, sum(held.get(type_, 0) for type_ in store.NETWORK))


def remove(graph: Graph) -> DeriveReport:
    """Take everything derived out of the graph."""
    runs.note_derived(graph, None)
    order_changed = store.bring_in_step(graph, (), store.ORDER)
    written, removed, _ = _write_shares(graph, ())
    changed = store.bring_in_step(graph, (), store.NETWORK)
    store.mark(graph, {})
    captions.remove(graph, load_schema())
    return DeriveReport(0, written, removed, 0, changed, order_changed=order_changed)


def standing(graph: Graph, schema: Schema) -> Iterator[Fact]:
    """What is derived in the graph, as facts that carry the names of the ontology."""
    for record in graph.read(HELD).records:
        # The text follows from the share.
        values = {n: v for n, v in dict(record).items() if v is not None and n != "label"}
        yield Fact("Making", values)
    yield from store.standing_links(graph, schema)


def _write_shares(graph: Graph, shares: Iterable[Share]) -> tuple[int, int, tuple[Move, ...]]:
    """How many headline shares were written and how many removed, and which leading ones moved."""
    wanted = {(s.industry, s.product): s.values() for s in shares}
    held: dict[tuple[str, str], dict[str, Any]] = {}
    for record in graph.read(HELD).records:
        values = dict(record)
        held[values.pop("industry"), values.pop("product")] = values
    changed = {key: values for key, values in wanted.items() if held.get(key) != values}
    nothing = dict.fromkeys(
        ("share", "share_low", "share_high", "period", "year", "share_source", "method", "label")
    )
    gone = {key: nothing for key in held if key not in wanted}
    rows = [
        {"industry": industry, "product": product, "values": values}
        for (industry, product), values in sorted((changed | gone).items())
    ]

    def work(tx: ManagedTransaction) -> None:
        tx.run(WRITE, {"rows": rows}).consume()

    if rows:
        graph.write(work)
    return len(changed), len(gone), moves(held, wanted)
