"""Which evidence leads: the one rule by which sources, editions and periods are preferred.

Of a product's output, evidence is what one source reports in one measure, period and content
basis; of a market's sourcing, what one source reports in one period. All evidence of the same
thing is put in one order, by the criteria of ``OUTPUT`` and ``SOURCING``, the first of which
counts most. The order is kept in the graph (``OUTPUT_KNOWN_FROM``, ``SOURCING_KNOWN_FROM``):
``precedence`` 1 leads, and ``decided_by`` names the criterion that sets evidence apart from what
leads; of what leads, apart from the next. Shares, network and questions read that order and have
none of their own.

A mean of 2016-2020 is no headline for nickel where 2024 is known: what ends more than ``RECENT``
years before the newest evidence of a publication with a whole goes behind what does not.
Documents that are no edition of a publication come last; they make no publication old, and those
of grade D lead nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Generic, TypeVar

from .headline import DOCUMENT, Report, Share, shares
from .store import Link

RECENT = 3
"""Years by which evidence may end before the newest and still count as of its time."""

METHOD = "leading-evidence"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Criterion(Generic[T]):
    """One criterion of an order: its code in the ontology, and what is compared (the smaller
    first, or the greater where ``descending``)."""

    code: str
    key: Callable[[T], Any]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """Evidence with its place in the order, from 1, and the criterion that decided it."""

    evidence: T
    precedence: int
    decided_by: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one source reports of one product's output in one measure, period and basis.

    ``newest`` is the last year of any publication's evidence on this product that has a whole.
    It is ``superseded`` where a newer edition of its publication speaks of one of its industries'
    output and has no whole, be it that the figures are not known any more: then it has none either.
    """

    reports: tuple[Report, ...]
    shares: tuple[Share, ...]
    newest: int = 0
    superseded: bool = False

    @property
    def first(self) -> Report:
        """A report: product, source, measure, period and basis are those of all."""
        return self.reports[0]

    @property
    def document(self) -> bool:
        """Whether the source is no edition of a publication."""
        return self.first.preference >= DOCUMENT

    @property
    def outdated(self) -> bool:
        """Whether it is of an edition and ends too long before the newest."""
        return not self.document and self.first.ends < self.newest - RECENT

    @property
    def bounds(self) -> bool:
        """Whether a country has no more than bounds."""
        return any(not r.aggregate and r.amount is None for r in self.reports)

    @property
    def countries(self) -> int:
        """How many countries it names as makers."""
        return sum(r.maker for r in self.reports)

    @property
    def read(self) -> bool:
        """Whether it is of a publication, or was read in a document of a grade that may lead."""
        return all(r.read for r in self.reports)


@dataclass(frozen=True, slots=True)
class Sourcing:
    """What one source says in one period of where a market gets a product from: how many of its
    suppliers have a share that was measured and may lead, and how many a share or an upper bound.
    """

    product: str
    market: str
    source: str
    period: str
    published: str
    preference: int
    measured: int
    stated: int
    publication: str = ""


OUTPUT: tuple[Criterion[Evidence], ...] = (
    Criterion("read", lambda e: e.read, descending=True),
    Criterion("whole", lambda e: bool(e.shares) and not e.superseded, descending=True),
    Criterion("publication", lambda e: e.document),
    Criterion("recent", lambda e: e.outdated),
    Criterion("newest", lambda e: e.first.ends if e.document else 0, descending=True),
    Criterion("point", lambda e: e.document and e.bounds),
    Criterion("preference", lambda e: (e.first.preference, e.first.publication)),
    Criterion("edition", lambda e: (e.first.published, e.first.source), descending=True),
    Criterion("measure", lambda e: e.first.measure),
    Criterion("newest", lambda e: e.first.period, descending=True),
    Criterion("countries", lambda e: e.countries, descending=True),
    Criterion("basis", lambda e: e.first.basis or ""),
)
SOURCING: tuple[Criterion[Sourcing], ...] = (
    Criterion("measured", lambda s: s.measured > 0, descending=True),
    Criterion("whole", lambda s: s.stated > 0, descending=True),
    Criterion("preference", lambda s: s.preference),
    Criterion("newest", lambda s: s.period, descending=True),
    Criterion("edition", lambda s: s.published, descending=True),
    Criterion("source", lambda s: s.source),
)


def ordered(evidence: Iterable[T], rule: Sequence[Criterion[T]]) -> list[Ranked[T]]:
    """The evidence in the order of a rule."""
    found = list(evidence)
    for criterion in reversed(rule):  # sorts are stable, so the last one counts most
        found.sort(key=criterion.key, reverse=criterion.descending)
    return [
        Ranked(one, place, _decided(one, found[1:2] if place == 1 else found[:1], rule))
        for place, one in enumerate(found, 1)
    ]


def _decided(one: T, other: list[T], rule: Sequence[Criterion[T]]) -> str:
    """What sets evidence apart from other evidence; ``only`` where there is no other."""
    if not other:
        return "only"
    return next((c.code for c in rule if c.key(one) != c.key(other[0])), rule[-1].code)


def evidence_of(reports: Iterable[Report]) -> list[Ranked[Evidence]]:
    """The evidence of one product's output that names a country as its maker, in order.

    Of a document counts what was read; where that is nothing, what was not, behind all else.
    """

    def group(r: Report) -> tuple[str, str, str, str]:
        return r.source, r.measure, r.period, r.basis or ""

    reports = list(reports)
    spoken: dict[tuple[str, str], tuple[str, str]] = {}
    for r in reports:
        of = (r.publication, r.industry)
        spoken[of] = max(spoken.get(of, ("", "")), (r.published, r.source))
    found = []
    for _, rows in groupby(sorted(reports, key=lambda r: (group(r), r.industry)), key=group):
        every = tuple(rows)
        counted = tuple(r for r in every if r.read) or every
        if any(r.maker for r in counted):
            found.append(Evidence(counted, tuple(shares(counted))))
    wholes = {e.first.source for e in found if e.shares}

    def superseded(evidence: Evidence) -> bool:
        speaking = (spoken[r.publication, r.industry][1] for r in evidence.reports if not r.world)
        return any(source not in wholes for source in speaking)

    found = [replace(e, superseded=superseded(e)) for e in found]
    whole = [e for e in found if e.shares and not e.document and not e.superseded]
    newest = max((e.first.ends for e in whole), default=0)
    return ordered((replace(e, newest=newest) for e in found), OUTPUT)


@dataclass(frozen=True, slots=True)
class Leading:
    """The order of all evidence on output, by product, and on sourcing, by product and market."""

    output: dict[str, list[Ranked[Evidence]]]
    sourcing: dict[tuple[str, str], list[Ranked[Sourcing]]] = field(default_factory=dict)

    @property
    def shares(self) -> list[Share]:
        """The headline shares: those of the evidence that leads, where it was read."""
        leads = [found[0].evidence for found in self.output.values()]
        return [share for evidence in leads if evidence.read for share in evidence.shares]

    def links(self) -> Iterator[Link]:
        """The order as it is kept in the graph."""
        for product, outputs in self.output.items():
            for one in outputs:
                first = one.evidence.first
                key = {"measure": first.measure, "basis": first.basis, "period": first.period}
                whole = {"whole": bool(one.evidence.shares)}
                yield _link("OUTPUT_KNOWN_FROM", product, first.source, one, key | whole)
        for (product, market), sourcings in self.sourcing.items():
            for row in sourcings:
                key = {"market": market, "period": row.evidence.period}
                yield _link("SOURCING_KNOWN_FROM", product, row.evidence.source, row, key)


def _link(type_: str, product: str, source: str, one: Ranked[Any], more: dict[str, Any]) -> Link:
    order = {"precedence": one.precedence, "decided_by": one.decided_by, "method": METHOD}
    return Link(type_, product, source, more | order)


def leading(reports: Iterable[Report], sourcing: Iterable[Sourcing] = ()) -> Leading:
    """The order of all evidence."""
    by_product = groupby(sorted(reports, key=lambda r: r.product), key=lambda r: r.product)
    outputs = {product: evidence_of(rows) for product, rows in by_product}
    markets = sorted(sourcing, key=lambda s: (s.product, s.market))
    by_market = groupby(markets, key=lambda s: (s.product, s.market))
    return Leading(
        {product: found for product, found in outputs.items() if found},
        {key: ordered(_current(rows), SOURCING) for key, rows in by_market},
    )


def _current(rows: Iterable[Sourcing]) -> list[Sourcing]:
    """What is said of one product and market; an older edition has no more that is measured or
    stated than the newest one of its publication."""
    held = list(rows)
    newest: dict[str, Sourcing] = {}
    for s in sorted(held, key=lambda s: (s.published, s.source, s.period)):
        newest[s.publication or s.source] = s
    found = []
    for s in held:
        last = newest[s.publication or s.source]
        least = (min(s.measured, last.measured), min(s.stated, last.stated))
        same = s.source == last.source
        found.append(s if same else replace(s, measured=least[0], stated=least[1]))
    return found
