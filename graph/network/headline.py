"""Headline shares: what fraction of the world's output of a product each country makes.

Written to ``MAKES`` as ``share``, ``share_low``, ``share_high``, ``period`` and its last ``year``,
``share_source`` and ``method``, and as a text in ``label``, so that a picture can draw a line as
thick as its share and write it there; removable, and never mixed with evidence. Which evidence
they rest on is decided in ``leading.py``.

The share is the country's amount over the larger of the published world total and the sum of all
stated countries and residuals, so that shares never exceed one (rounded totals are often below
their parts). Three cases have no such share:

- the published total is only a lower bound, since it leaves somebody out (*excludes U.S.
  production*) or says *more than*: the share is an upper bound, in ``share_high``;
- a producer withholds its figure and the stated parts fill the published total, so that the total
  leaves it out: the share is only an upper bound, in ``share_high``;
- there is neither a world total nor a residual, or a figure is hidden and there is no total: the
  whole is unknown and nothing is written (one country's form of a mineral is not 100 % of the
  world's).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..shares import label

METHOD = "headline"

DOCUMENT = 10000
"""The preference of a source that is no edition of a publication."""

WEAK = "D"
"""The grade of sources on which no leading figure rests."""

FILLED = 0.01
"""A total that exceeds its stated parts by less than this fraction has no room for another."""

HIDDEN = frozenset({"withheld", "not-available", "not-stated"})


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
    verified: bool = True
    id: str = ""
    grade: str = ""

    @property
    def economy(self) -> str:
        """The economy whose output is reported."""
        return self.industry.removesuffix(f":{self.product}")

    @property
    def ends(self) -> int:
        """The last year of the period, 0 where it names none."""
        return last_year(self.period)

    @property
    def maker(self) -> bool:
        """Whether it names a country as a maker."""
        return not self.aggregate and bool(self.amount or self.low or self.high)

    @property
    def read(self) -> bool:
        """Whether it is of a publication, or was read in a document of a grade that may lead."""
        return self.preference < DOCUMENT or (self.verified and self.grade != WEAK)


@dataclass(frozen=True, slots=True)
class Share:
    """A country's share of a product's world output, as fractions of one."""

    industry: str
    product: str
    share: float | None
    share_low: float | None
    share_high: float | None
    period: str
    share_source: str
    method: str = METHOD

    def values(self) -> dict[str, Any]:
        """What is stored on the relationship; absent numbers are nulls, which remove."""
        known = {
            "share": self.share,
            "share_low": self.share_low,
            "share_high": self.share_high,
        }
        return {
            **known,
            "period": self.period,
            "year": last_year(self.period) or None,
            "share_source": self.share_source,
            "method": self.method,
            "label": label(known),
        }


def last_year(period: str) -> int:
    """The last year of a period, 0 where it names none."""
    return max((int(year) for year in re.findall(r"\d{4}", period)), default=0)


def shares(reports: Sequence[Report]) -> list[Share]:
    """The shares by one edition, period and basis; none where the whole is unknown."""
    countries = [r for r in reports if not r.aggregate]
    left_out = False
    if countries[0].measure == "share-of-supply":
        total, complete = 100.0, True
    else:
        stated = sum(r.amount or 0.0 for r in reports if not r.world)
        worlds = [r for r in reports if r.world]
        published = max((r.amount or r.low or 0.0 for r in worlds), default=0.0)
        total = max(stated, published)
        hidden = any(r.status in HIDDEN for r in reports if not r.world)
        residual = any(r.aggregate and r.amount is not None for r in reports if not r.world)
        complete = published > 0 or (residual and not hidden)
        withheld = any(r.status == "withheld" for r in reports if not r.world)
        bound = any(r.amount is None and r.low for r in worlds)
        left_out = bound or (withheld and total - stated < FILLED * total)
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


def _fraction(amount: float, total: float) -> float:
    return min(1.0, round(amount / total, 6))
