"""From whom a market has a product whose trade is not known: by what publishers say of the market,
or, for want of that, by the world's makers.

*Market mix*: published shares of imports, supply or use are statements on the suppliers' shares of
what the market has; its own output is one of them. *World mix*: each economy serves itself first,
as far as its output goes, and takes the rest from what others make beyond their own use; the share
lies between that and the plain shares of the world's output.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from .least_squares import Bound, Statement, estimate
from .outputs import Makers
from .statements import IMPORTS, USE, MarketShare, Reliance, Said

PART = 0.25
"""The part of the world's output that a market of which publishers speak is taken to use, where
nothing is told of its imports: so its own output is that much of what it has."""
HALF, UNSURE, LITTLE = 0.5, 0.75, 0.02
"""The most that own output is taken to be without evidence, its relative deviation, and what is
added to that."""
AS_SUPPLY = 0.05
"""Standard deviation added where a share of use is taken for one of supply."""
SURE = 0.98
"""The import reliance from which on nothing is told of own output."""
TOP = 3**0.5
"""Standard deviations from the middle of two bounds to the upper one."""
TIED = 1e-4
LEAST = 1e-4
STRAY = 1.9
"""How far a market's mix lies from the world's, in log odds: nine times of ten it is nearer."""
HOME = 0.75
"""The least part of its need that an economy takes from its own output, where that is enough."""
LEFT = 0.05
"""The least part of the world's output that the makers must be known to leave to others: less is
the difference of two rounded lists of different years, and tells nothing of who sells (of mined
platinum Zimbabwe alone would, where South Africa mines 71 %)."""


@dataclass(frozen=True, slots=True)
class Share:
    """A supplier's share of what a market has, with its interval (5 to 95 %)."""

    supplier: str
    point: float
    low: float
    high: float


def market_mix(
    market: str,
    members: Collection[str],
    said: Sequence[Said],
    makers: Makers,
    *,
    draws: int,
    seed: int,
) -> list[Share]:
    """The suppliers of a market by what is published of it; empty where no share is.

    Masses are taken where any share is of masses, else values. ``members`` are those of a bloc,
    or the market itself.
    """
    every = [s for s in said if isinstance(s, MarketShare) and s.market == market]
    masses = [s for s in every if s.basis == "mass"]
    kept = [s for s in every if s.basis != "value"] if masses else every
    if not kept:
        return []
    alone = set(members) == {market} and _is_maker(market, said, makers)
    named = {s.supplier for s in kept} | (set(members) & makers.shares.keys())
    suppliers = sorted(named | ({market} if alone else set()))
    place = {supplier: i for i, supplier in enumerate(suppliers)}
    own, n = len(suppliers), len(suppliers) + 1
    inside = {i: 1.0 for s, i in place.items() if s in members} | {own: 1.0}
    statements = [_statement(s, place, inside, s.supplier in members) for s in kept]
    statements += [_own(market, members, said, makers, inside)]
    statements += _split(members, makers, place, inside, own)
    if alone:
        # What a country makes itself it makes, whether or not its part of the world's is told.
        statements.append(Statement({own: 1.0}, 0.0, TIED))
    statements += [Statement({i: 1.0}, 0.0, 1.0) for i in range(n)]
    bounds = [Bound(dict.fromkeys(range(n), 1.0), high=1.0)]
    if not _makes(members, makers) and not any(s.supplier in members for s in kept):
        bounds.append(Bound(inside, high=0.0))
    found = estimate(n, statements, bounds)
    drawn = found.draws(draws, seed)
    drawn /= np.maximum(drawn.sum(axis=1, keepdims=True), 1.0)
    low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
    mean = drawn.mean(axis=0)
    return [
        Share(s, p, min(p, float(low[i])), min(1.0, max(p, float(high[i]))))
        for s, i in place.items()
        if (p := float(mean[i])) > LEAST
    ]


def _statement(
    said: MarketShare, place: Mapping[str, int], inside: Mapping[int, float], own: bool
) -> Statement:
    """A share of imports leaves the own output out: share · (1 − own)."""
    terms, value = {place[said.supplier]: 1.0}, said.share
    if said.of == IMPORTS and not own:
        for i, factor in inside.items():
            terms[i] = terms.get(i, 0.0) + said.share * factor
    sd = said.sd + (AS_SUPPLY if said.of == USE else 0.0)
    return Statement(terms, value, sd, said.name)


def _split(
    members: Collection[str],
    makers: Makers,
    place: Mapping[str, int],
    inside: Mapping[int, float],
    own: int,
) -> Iterator[Statement]:
    """The members of a bloc make its own output as they share the world's; others little of it."""
    shares = {m: makers.shares[m].value for m in sorted(members) if m in makers.shares}
    total = sum(shares.values())
    for member, share in shares.items():
        part = share / total
        terms = dict.fromkeys(inside, -part)
        terms[place[member]] = 1.0 - part
        yield Statement(terms, 0.0, LITTLE + UNSURE * part * (1.0 - part))
    if shares:
        yield Statement({own: 1.0}, 0.0, LITTLE)


def _makes(members: Collection[str], makers: Makers) -> bool:
    return bool(_named(makers) & set(members)) or not makers.known


def _is_maker(market: str, said: Sequence[Said], makers: Makers) -> bool:
    """Whether a source says of a country that it makes the product itself."""
    told = [s for s in said if isinstance(s, Reliance) and s.market == market]
    return market in _named(makers) or any(s.value + TOP * s.sd < SURE for s in told)


def _named(makers: Makers) -> set[str]:
    return {*makers.shares, *makers.amounts, *makers.others}


def _own(
    market: str,
    members: Collection[str],
    said: Sequence[Said],
    makers: Makers,
    inside: Mapping[int, float],
) -> Statement:
    told = [s for s in said if isinstance(s, Reliance) and s.market == market]
    if told:
        best = min(told, key=lambda s: s.sd)
        return Statement(inside, max(0.0, 1.0 - best.value), best.sd, best.name)
    if not _makes(members, makers):
        return Statement(inside, 0.0, TIED)
    share = sum(makers.shares[m].value for m in members if m in makers.shares)
    guess = min(HALF, share / PART)
    return Statement(inside, guess, UNSURE * guess + LITTLE)


def world_mix(makers: Makers, uses: Mapping[str, float], members: Collection[str]) -> list[Share]:
    """The suppliers of a market by the world's makers alone.

    ``uses`` are shares of the world's use of the product by economy: of the output of what is made
    from it; empty where that is not known, and then nobody is served first. Where hardly anything
    is left beyond the makers' own use, others have theirs as the world is made. What nobody named
    makes stays of unknown origin, as large a part of what a market takes as of the world's output.
    """
    shares = {c: a.value for c, a in makers.shares.items()}
    total = sum(shares.values())
    if total <= 0:
        return []
    made, used = (sum(of.get(m, 0.0) for m in members) for of in (shares, uses))
    beyond = {c: max(0.0, s - uses.get(c, 0.0)) for c, s in shares.items() if c not in members}
    if sum(beyond.values()) < LEFT:
        beyond = {c: s for c, s in shares.items() if c not in members}
    rest = sum(beyond.values())
    most = min(1.0, made / used) if used > 0 else 0.0
    found = []
    for supplier, share in shares.items():
        plain = share / max(total, 1.0)
        if supplier in members and used > 0:
            own = most * share / made
            ends = (HOME * own, own)
        elif used > 0:
            part = min(total, 1.0) * beyond[supplier] / rest if rest else 0.0
            ends = (astray(min(part, plain) * (1 - most), -STRAY),
                    astray(max(part, plain) * (1 - HOME * most), STRAY))  # fmt: skip
            own = (1.0 - most) * part
        else:
            own, ends = plain, (astray(plain, -STRAY), astray(plain, STRAY))
        if own > LEAST:
            found.append(Share(supplier, own, min(own, ends[0]), max(own, ends[1])))
    return found


def astray(share: float, by: float) -> float:
    """A share moved by so much in its log odds."""
    if not 0.0 < share < 1.0:
        return share
    return 1.0 / (1.0 + exp(-(log(share / (1.0 - share)) + by)))
