"""Who makes a product: all evidence on the world's output of it brought to one set of shares.

Of each publication counts the evidence that leads, and of documents what was read. The shares of
all of them are statements on the same unknowns, which together with the room that is left for
makers nobody names are the world's output. Where no evidence knows the whole, amounts of single
countries stand for themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import hypot

from .headline import DOCUMENT, Report, Share, last_year
from .leading import RECENT, Evidence, Ranked
from .least_squares import Bound, Statement, estimate
from .measured import ROUNDING, of_bounds, of_share, relative
from .statements import Capacity

GOODS = frozenset({"gross-weight", "dry-weight"})
"""Bases in which output counts goods as trade does."""
STILL_MAKES = 5
"""Years for which a figure makes its country a maker: an industry outlasts its share."""
LEAST = 0.001
"""A share of the world's output that counts; what is below is a maker without a figure."""
UNREAD = 0.3
"""Relative deviation of what nobody read in its source."""
LEFT = 0.2
"""Relative deviation of what a source leaves to nobody."""
DRAWS, SEED = 100, 5
HELD = 1e-6
"""The part of a capacity by which rounding may keep output off it."""
DEARER = 4.0


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with its standard deviation, both in the same unit."""

    value: float
    sd: float


@dataclass(frozen=True, slots=True)
class Makers:
    """What is known of the world's output of one product.

    ``shares`` are fractions of it by economy, with standard deviations, ``room`` the fraction that
    nobody named makes (1 where the whole is unknown); ``amounts`` tonnes of goods where the whole
    is unknown; ``world`` the published total in tonnes of goods; ``others`` are named as makers and
    have no figure. ``period`` is that of the evidence that leads. ``capacities`` say what single
    economies make at most, ``limited`` of whom the evidence said more.
    """

    shares: Mapping[str, Amount] = field(default_factory=dict)
    amounts: Mapping[str, Amount] = field(default_factory=dict)
    room: float = 1.0
    world: float | None = None
    others: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()
    period: str = ""
    capacities: Mapping[str, Capacity] = field(default_factory=dict)
    limited: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        """Whether anybody is known to make it."""
        return bool(self.shares or self.amounts)


def makers(
    ranked: Sequence[Ranked[Evidence]],
    year: int,
    plants: Collection[str] = (),
    capacities: Mapping[str, Capacity] | None = None,
) -> Makers:
    """The makers of one product by all its evidence, of which the first leads, for a year.

    ``plants`` are economies with a plant at work, which names them as makers. What was not read or
    is of the weakest grade counts where there is nothing else, less surely. ``capacities`` bound
    what economies make.
    """
    most = capacities or {}
    every = [one.evidence for one in ranked]
    found = [e for e in every if e.read] or every
    named = frozenset({*_named(every, year), *plants})
    whole = _whole(found)
    if not whole:
        return replace(_amounts(found, named, year), capacities=most)
    shares, room, limited = _shares(whole, most)
    lead = whole[0]
    world = next((r.amount for r in lead.reports if r.world and r.amount), None)
    goods = lead.first.unit == "t" and lead.first.basis in GOODS
    return Makers(
        shares,
        room=room,
        world=world if goods else None,
        others=named - shares.keys(),
        sources=tuple(dict.fromkeys(e.first.source for e in whole)),
        period=lead.first.period,
        capacities=most,
        limited=limited,
    )


def _named(found: Iterable[Evidence], year: int) -> Iterable[str]:
    for evidence in found:
        for r in evidence.reports:
            if r.maker and r.amount and r.ends >= year - STILL_MAKES:
                yield r.economy


def _whole(found: Sequence[Evidence]) -> list[Evidence]:
    """Of each publication the first evidence that knows the whole, and every document that was
    read, as far as it is of the time of what leads."""
    first: dict[str, Evidence] = {}
    for evidence in found:
        if evidence.shares and not evidence.superseded:
            of = evidence.first
            first.setdefault(of.publication if of.preference < DOCUMENT else of.source, evidence)
    lead = next(iter(first.values()), None)
    return [
        e
        for e in first.values()
        if lead is not None and abs(e.first.ends - lead.first.ends) <= RECENT + STILL_MAKES
    ]


def _shares(
    whole: Sequence[Evidence], capacities: Mapping[str, Capacity]
) -> tuple[dict[str, Amount], float, frozenset[str]]:
    """Shares by economy and the room for others, by least squares, together one; and who would
    have made more than its capacity."""
    lead = whole[0].first.ends
    stated: list[tuple[str, float, float, str]] = []
    left: list[tuple[float, float, str]] = []
    for evidence in whole:
        reports = {r.economy: r for r in evidence.reports}
        years = evidence.first.ends - lead
        for share in evidence.shares:
            economy = share.industry.removesuffix(f":{share.product}")
            if _most(share) >= LEAST:
                point, wide = _point(share)
                report = reports[economy]
                sd = of_share(point, report.status, years, report.grade)
                sd = sd if evidence.read else hypot(sd, UNREAD * point)
                stated.append((economy, point, max(sd, wide), evidence.first.source))
        rest = max(0.0, 1.0 - sum(_point(s)[0] for s in evidence.shares))
        left.append((rest, max(LEFT * rest, ROUNDING) + abs(years) * ROUNDING, "others"))
    economies = sorted({economy for economy, *_ in stated})
    place = {economy: i for i, economy in enumerate(economies)}
    n = len(economies)
    statements = [Statement({place[c]: 1.0}, v, sd, source) for c, v, sd, source in stated]
    statements += [Statement({n: 1.0}, v, sd, source) for v, sd, source in left]
    bounds = [Bound(dict.fromkeys(range(n + 1), 1.0), 1.0, 1.0)]
    every = sorted(capacities.items())
    most = {c: of.of_world for c, of in every if c in place and of.of_world is not None}
    for beyond, (economy, at) in enumerate(most.items(), n + 1):
        bounds.append(Bound({place[economy]: 1.0, beyond: -1.0}, high=at))
        of = capacities[economy]
        sd = hypot(of.deviation * at, ROUNDING)
        statements.append(Statement({beyond: 1.0}, 0.0, sd, of.name))
    found = estimate(n + 1 + len(most), statements, bounds)
    limited = frozenset(c for c, at in most.items() if at_limit(found.values[place[c]], at))
    spread = found.draws(DRAWS, SEED).std(axis=0)
    shares = {
        economy: Amount(float(found.values[i]), max(float(spread[i]), ROUNDING / 2))
        for economy, i in place.items()
        if found.values[i] >= LEAST
    }
    return shares, max(0.0, 1.0 - sum(a.value for a in shares.values())), limited


def at_limit(made: float, most: float) -> bool:
    """Whether what is made is held at the most that can be."""
    return made > 0 and made >= most * (1.0 - HELD)


def _point(share: Share) -> tuple[float, float]:
    """The share, and how far it may be off for being a bound: a uniform draw within the bounds."""
    if share.share is not None:
        return share.share, 0.0
    low, high = share.share_low or 0.0, _most(share)
    return (low + high) / 2, of_bounds(low, high)


def _most(share: Share) -> float:
    point = share.share if share.share_high is None else share.share_high
    return 1.0 if point is None else point


def _amounts(found: Sequence[Evidence], named: frozenset[str], year: int) -> Makers:
    """Tonnes of goods of single countries, of the newest evidence of each; the whole is unknown."""
    amounts: dict[str, Amount] = {}
    newest: dict[str, Report] = {}
    for evidence in found:
        if evidence.first.unit == "t" and evidence.first.basis in GOODS:
            for r in evidence.reports:
                recent = r.ends >= year - STILL_MAKES
                if not r.aggregate and r.amount is not None and recent:
                    held = newest.get(r.economy)
                    if held is None or r.ends > held.ends:
                        newest[r.economy] = r
    for economy, r in newest.items():
        sd = relative(r.status, year - r.ends, r.grade) * (r.amount or 0.0)
        amounts[economy] = Amount(r.amount or 0.0, max(sd, 1e-9))
    period = max((r.period for r in newest.values()), key=last_year, default="")
    sources = tuple(dict.fromkeys(r.source for r in newest.values()))
    return Makers({}, amounts, others=named - amounts.keys(), sources=sources, period=period)


def in_values(makers: Makers, prices: Mapping[str, float], rest: float) -> Makers:
    """The makers by shares of the world's output in value.

    ``prices`` are those of economies' exports in any one unit of value for a tonne, ``rest`` that
    of everybody else's; a price is taken to be at most ``DEARER`` times another.
    """
    if not makers.shares:
        return makers
    weights = {c: a.value * _price(prices.get(c, rest), rest) for c, a in makers.shares.items()}
    total = sum(weights.values()) + makers.room
    shares = {
        c: Amount(weights[c] / total, a.sd * weights[c] / (total * a.value))
        for c, a in makers.shares.items()
    }
    capacities = {
        c: replace(of, of_world=of.of_world * _price(prices.get(c, rest), rest) / total)
        for c, of in makers.capacities.items()
        if of.of_world is not None
    }
    return replace(
        makers, shares=shares, room=makers.room / total, world=None, capacities=capacities
    )


def _price(price: float, rest: float) -> float:
    """A price over that of everybody else."""
    return min(DEARER, max(1 / DEARER, price / rest)) if rest else 1.0
