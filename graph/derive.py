"""Headline shares: what fraction of the world's output of a product each country makes.

Written to ``MAKES`` as ``share``, ``share_low``, ``share_high``, ``year``, ``share_source`` and
``method``, so that a picture can draw a line as thick as its share; removable, and never mixed
with evidence. The evidence of one product is taken from one edition of one publication:

1. the publication with the lowest ``preference`` that reports any country's output of it,
2. its newest edition, and in that the newest period that is no forecast,
3. where it reports in several content bases, the one with the most countries.

The share is the country's amount over the larger of the published world total and the sum of all
stated countries and residuals, so that shares never exceed one (rounded totals are often below
their parts). Two cases have no such share:

- a producer withholds its figure and the stated parts fill the published total, so that the total
  leaves it out: the share is only an upper bound, in ``share_high``;
- there is neither a world total nor a residual, or a figure is hidden and there is no total: the
  whole is unknown and nothing is written (one country's form of a mineral is not 100 % of the
  world's).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from neo4j import ManagedTransaction

from .connection import Graph

METHOD = "headline"
FILLED = 0.01
"""A total that exceeds its stated parts by less than this fraction has no room for another."""

HIDDEN = frozenset({"withheld", "not-available", "not-stated"})

EVIDENCE = """
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[:MAKES|TOTALS]->(product:Product)
MATCH (industry)-[report:REPORTED_BY]->(source:Source)-[:EDITION_OF]->(publication:Publication)
WHERE report.measure IN ['production', 'share-of-supply'] AND report.status <> 'forecast'
RETURN product.id AS product, industry.id AS industry, economy.id = 'WLD' AS world,
       economy:Aggregate AS aggregate, report.measure AS measure, report.period AS period,
       report.basis AS basis, report.amount AS amount, report.low AS low, report.high AS high,
       report.status AS status, source.id AS source, source.published AS published,
       publication.preference AS preference, publication.id AS publication
"""
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
class Report:
    """One row of evidence on one industry's output."""

    product: str
    industry: str
    world: bool
    aggregate: bool
    measure: str
    period: str
    basis: str | None
    amount: float | None
    low: float | None
    high: float | None
    status: str
    source: str
    published: str
    preference: int
    publication: str


@dataclass(frozen=True, slots=True)
class Share:
    """A country's share of a product's world output, as fractions of one."""

    industry: str
    product: str
    share: float | None
    share_low: float | None
    share_high: float | None
    year: str
    share_source: str
    method: str = METHOD

    def values(self) -> dict[str, Any]:
        """What is stored on the relationship; absent numbers are nulls, which remove."""
        return {
            "share": self.share,
            "share_low": self.share_low,
            "share_high": self.share_high,
            "year": self.year,
            "share_source": self.share_source,
            "method": self.method,
        }


def headline_shares(reports: Iterable[Report]) -> Iterator[Share]:
    """The shares of all products, by the rule of this module."""
    ordered = sorted(reports, key=lambda r: (r.product, r.industry, r.source, r.period))
    for _, of_product in groupby(ordered, key=lambda r: r.product):
        yield from _shares(list(of_product))


def _shares(reports: list[Report]) -> Iterator[Share]:
    chosen = _chosen(reports)
    countries = [r for r in chosen if not r.aggregate]
    if not countries:
        return
    left_out = False
    if countries[0].measure == "share-of-supply":
        total, complete = 100.0, True
    else:
        stated = sum(r.amount or 0.0 for r in chosen if not r.world)
        published = max((r.amount or 0.0 for r in chosen if r.world), default=0.0)
        total = max(stated, published)
        hidden = any(r.status in HIDDEN for r in chosen if not r.world)
        residual = any(r.aggregate and r.amount is not None for r in chosen if not r.world)
        complete = published > 0 or (residual and not hidden)
        withheld = any(r.status == "withheld" for r in chosen if not r.world)
        left_out = withheld and total - stated < FILLED * total
    if total <= 0 or not complete:
        return
    for report in countries:
        point = None if report.amount is None else _fraction(report.amount, total)
        low = _fraction(report.low, total) if report.low is not None else point
        high = _fraction(report.high, total) if report.high is not None else point
        if left_out:
            point, low = None, None
        if point is None and low is None and high is None:
            continue
        yield Share(report.industry, report.product, point, low, high, report.period, report.source)


def _chosen(reports: list[Report]) -> list[Report]:
    """The evidence of one edition, period and basis."""
    own = [r for r in reports if not r.aggregate and (r.amount or r.low or r.high)]
    if not own:
        return []
    best = min(own, key=lambda r: (r.preference, r.publication))
    own = [r for r in own if r.publication == best.publication]
    newest = max(own, key=lambda r: (r.published, r.source))
    own = [r for r in own if r.source == newest.source]
    measure = min(r.measure for r in own)
    period = max(r.period for r in own if r.measure == measure)
    own = [r for r in own if r.period == period and r.measure == measure]
    counts = {b: sum(r.basis == b for r in own) for b in sorted({r.basis or "" for r in own})}
    basis = max(counts, key=lambda b: counts[b]) if counts else ""
    return [
        r
        for r in reports
        if r.source == newest.source
        and r.measure == measure
        and r.period == period
        and (r.basis or "") == basis
    ]


def _fraction(amount: float, total: float) -> float:
    return min(1.0, round(amount / total, 6))


@dataclass(frozen=True, slots=True)
class DeriveReport:
    """How many headline shares stand, and how many were written or removed by this run."""

    shares: int
    written: int
    removed: int


def derive(graph: Graph) -> DeriveReport:
    """Bring the headline shares in step with the evidence; writes only what differs."""
    reports = [Report(**record.data()) for record in graph.read(EVIDENCE).records]
    wanted = {(s.industry, s.product): s.values() for s in headline_shares(reports)}
    held: dict[tuple[str, str], dict[str, Any]] = {}
    for record in graph.read(HELD).records:
        values = record.data()
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
    return DeriveReport(len(wanted), len(changed), len(gone))
