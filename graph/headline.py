"""Headline shares: what fraction of the world's output of a product each country makes.

Written to ``MAKES`` as ``share``, ``share_low``, ``share_high``, ``year``, ``share_source`` and
``method``, so that a picture can draw a line as thick as its share; removable, and never mixed
with evidence. The evidence of one product is taken from one edition of one publication:

1. the publication with the lowest ``preference`` that reports any country's output of it,
2. its newest edition, and in that the newest period that is no forecast,
3. where it reports in several content bases, the one with the most countries;

and where that has no whole to divide by, the next in this order that has one. What ends more than
``RECENT`` years before the newest evidence of a publication that has a whole goes behind what does
not: a mean of 2016-2020 is no headline for nickel where 2024 is known. Documents that are no
edition of a publication come last, and only where they were read; among them the newest period
leads, then a point before a bound or range. They make no publication old. Customs codes are no
output.

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

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

METHOD = "headline"
DOCUMENT = 10000
"""The preference of a source that is no edition of a publication."""

RECENT = 3
"""Years by which the evidence of a publication may end before the newest and still lead it."""

FILLED = 0.01
"""A total that exceeds its stated parts by less than this fraction has no room for another."""

HIDDEN = frozenset({"withheld", "not-available", "not-stated"})

EVIDENCE = f"""
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[:MAKES|TOTALS]->(product:Product)
WHERE NOT economy:Bloc AND NOT product:TradeCode
MATCH (industry)-[report:REPORTED_BY]->(source:Source)
WHERE report.measure IN ['production', 'share-of-supply'] AND report.status <> 'forecast'
OPTIONAL MATCH (source)-[:EDITION_OF]->(publication:Publication)
WITH * WHERE publication IS NOT NULL OR report.verified
RETURN product.id AS product, industry.id AS industry, economy.id = 'WLD' AS world,
       economy:Aggregate AS aggregate, report.measure AS measure, report.period AS period,
       report.basis AS basis, report.amount AS amount, report.low AS low, report.high AS high,
       report.status AS status, report.unit AS unit, source.id AS source,
       coalesce(source.published, '') AS published,
       coalesce(publication.preference, {DOCUMENT}) AS preference,
       coalesce(publication.id, source.id) AS publication
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
    unit: str = "t"

    @property
    def economy(self) -> str:
        """The economy whose output is reported."""
        return self.industry.removesuffix(f":{self.product}")

    @property
    def ends(self) -> int:
        """The last year of the period, 0 where it names none."""
        return max((int(year) for year in re.findall(r"\d{4}", self.period)), default=0)


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


def _shares(reports: list[Report]) -> list[Share]:
    """The shares of one product: those of the first evidence in order that has a whole."""
    return next((shares for chosen in _candidates(reports) if (shares := _of(chosen))), [])


def evidence_of_output(reports: Sequence[Report], year: int) -> list[Report]:
    """The evidence on which one product's shares rest, of a year where its source has that.

    The same source, measure and basis; the period of the shares where it says nothing of the
    year. Empty where the product has no shares.
    """
    chosen = next((found for found in _candidates(reports) if _of(found)), [])
    if not chosen:
        return []
    first = chosen[0]
    same = [
        r
        for r in reports
        if (r.source, r.measure, r.basis) == (first.source, first.measure, first.basis)
        and r.period == str(year)
    ]
    return same if any(not r.aggregate for r in same) else chosen


def _of(chosen: list[Report]) -> list[Share]:
    """The shares by one edition, period and basis; none where the whole is unknown."""
    countries = [r for r in chosen if not r.aggregate]
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
        return []
    found = []
    for report in countries:
        point = None if report.amount is None else _fraction(report.amount, total)
        low = _fraction(report.low, total) if report.low is not None else point
        high = _fraction(report.high, total) if report.high is not None else point
        if left_out:
            point, low = None, None
        if point is not None or low is not None or high is not None:
            ends = (report.industry, report.product)
            found.append(Share(*ends, point, low, high, report.period, report.source))
    return found


def _candidates(reports: Sequence[Report]) -> Iterator[list[Report]]:
    """The evidence of each edition, period and basis that names a country's output, best first."""

    def group(r: Report) -> tuple[str, str, str, str]:
        return r.source, r.measure, r.period, r.basis or ""

    groups: dict[tuple[str, str, str, str], list[Report]] = {}
    for report in reports:
        groups.setdefault(group(report), []).append(report)

    def countries(found: list[Report]) -> int:
        return sum(not r.aggregate and bool(r.amount or r.low or r.high) for r in found)

    naming = [found for found in groups.values() if countries(found)]
    # Sorts are stable, so the last one counts most; newest first where it is about time.
    naming.sort(key=lambda found: group(found[0]))
    naming.sort(key=countries, reverse=True)
    naming.sort(key=lambda found: found[0].period, reverse=True)
    naming.sort(key=lambda found: found[0].measure)
    naming.sort(key=lambda found: (found[0].published, found[0].source), reverse=True)
    naming.sort(key=lambda found: (found[0].preference, found[0].publication))

    def bounded(found: list[Report]) -> bool:
        return any(not r.aggregate and r.amount is None for r in found)

    editions = [found for found in naming if found[0].preference < DOCUMENT]
    documents = [found for found in naming if found[0].preference >= DOCUMENT]
    documents.sort(key=bounded)
    documents.sort(key=lambda found: found[0].ends, reverse=True)
    newest = max((found[0].ends for found in editions if _of(found)), default=0)
    yield from sorted(editions, key=lambda found: found[0].ends < newest - RECENT)
    yield from documents


def _fraction(amount: float, total: float) -> float:
    return min(1.0, round(amount / total, 6))
