"""One balance of a product over all economies: output and imports are exports and use.

Unknowns, none negative: what each economy makes, what the world makes, by how much each reported
flow is to be multiplied (flows from one exporter to one market that is spoken of, or to all others,
together), and what is made beyond a stated capacity. Statements: shares of the world's output,
amounts, reconciled trade, and what publishers say of single markets. What surely holds: nobody uses
less than nothing, and makers without a figure share the room that is left to them, all together.

Output counted in content, or trade in values, is put on the scale of trade by what net exporters
can have made: no economy exports more than it makes, and the world makes at most ``WIDEST`` times
the least that this allows. Quantities are fractions of all trade of the product. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot

import numpy as np

from .least_squares import Bound, Conflict, Estimate, Statement, Vector, estimate
from .outputs import Makers, at_limit
from .statements import IMPORTS, SUPPLY, Consumption, Reliance, Said
from .unknowns import LIKELY, MINOR, Terms, Traded, Unknowns

UNLIKE = 0.25
"""Relative deviation of the world's output from ``LIKELY`` times the least that exports allow,
before any other evidence."""
STIFF, LOOSE = 0.10, 0.40
"""Relative deviation of output from its share where both count goods in tonnes, and else."""
GOODS = 0.05
"""Relative deviation of the published world total in tonnes of goods."""
WIDEST = 3.0
DOUBTFUL = 3.0
"""How many times less sure a flow is from an economy that no source names as a maker."""
TINY = 1e-6
ONE_OF_TWENTY = 1.645
"""Standard deviations above which one of twenty lies."""
UNNAMED = 0.002
"""Fraction of the world's output that a maker may have whom every source leaves out."""
FREE = 0.3
"""Relative deviation of the net exports of an economy, taken as its output where nothing is
known of who makes the product."""


@dataclass(frozen=True, slots=True)
class Balanced:
    """The network that fits best, and draws of it: ``output`` (n), ``trade`` (n × n), with the
    draws stacked in front, the statements that do not fit, the ``most`` that capacities let makers
    make, nineteen times of twenty, and who would have made more by other evidence."""

    economies: tuple[str, ...]
    output: Vector
    trade: Vector
    output_draws: Vector
    trade_draws: Vector
    conflicts: tuple[Conflict, ...]
    most: Mapping[str, float] = field(default_factory=dict)
    limited: frozenset[str] = frozenset()


def balance(
    traded: Traded,
    makers: Makers,
    said: Sequence[Said],
    blocs: Mapping[str, Collection[str]],
    *,
    draws: int,
    seed: int,
    may_make: Collection[str] | None = None,
) -> Balanced:
    """The balance of one product.

    Args:
        traded: its flows, in fractions of all its trade.
        makers: who makes it, by evidence on output.
        said: what is said of single markets.
        blocs: members of each bloc.
        draws: how many networks to draw, from ``seed``.
        may_make: economies that may make it though no source names them; ``None`` is anybody.
    """
    of = Unknowns(traded, makers, said, blocs, may_make)
    found = estimate(of.count, _statements(of), _bounds(of))
    drawn = found.draws(draws, seed)
    output, trade = of.network(found.values[None, :], np.ones_like(of.flows))
    each = np.random.default_rng(seed + 1).standard_normal((draws, *of.flows.shape))
    many = of.network(drawn, np.maximum(1.0 + of.traded.deviation * each, 0.0))
    named = tuple(c for c in found.conflicts if c.name)
    limited = {of.economies[p] for p in of.beyond if _limited(of, found, p)}
    most = {of.economies[p]: _most(of, found, p) for p in of.beyond}
    above = frozenset(limited | (of.makers.limited & most.keys()))
    return Balanced(of.economies, output[0], trade[0], *many, named, most, above)


def _most(of: Unknowns, found: Estimate, place: int) -> float:
    return _allowed(of, found, place) * (1.0 + ONE_OF_TWENTY * of.capacity(place)[0].deviation)


def _allowed(of: Unknowns, found: Estimate, place: int) -> float:
    """A maker's capacity on the scale of trade."""
    return sum(float(found.values[u]) * f for u, f in of.capacity(place)[1].items())


def _limited(of: Unknowns, found: Estimate, place: int) -> bool:
    """Whether a maker's output is above its capacity by the evidence, or held there."""
    if _instead(of, place) is not None:
        return True
    return at_limit(float(found.values[of.made[place]]), _allowed(of, found, place))


def _instead(of: Unknowns, place: int) -> tuple[float, float] | None:
    """What stands for a stated share of the world's output that is above a capacity."""
    share = of.shares.get(of.economies[place])
    if share is None or place not in of.beyond:
        return None
    capacity, terms = of.capacity(place)
    return capacity.instead(share.value * of.scale, terms.get(of.one, 0.0))


def _bounds(of: Unknowns) -> list[Bound]:
    bounds = [Bound({of.one: 1.0}, 1.0, 1.0)]
    everybody = range(len(of.economies))
    for place in everybody:
        if of.flows[place].sum() > MINOR:
            use = _sum(
                of.output([place]),
                of.flow(everybody, [place]),
                _times(-1.0, of.flow([place], everybody)),
            )
            bounds.append(Bound(use, low=0.0))
    for place, beyond in of.beyond.items():
        most = _times(-1.0, of.capacity(place)[1])
        bounds.append(Bound(_sum(of.output([place]), most, {beyond: -1.0}), high=0.0))
    if of.makers.shares:
        room = max(of.room, UNNAMED) * (1.0 if of.goods else WIDEST)
        bounds.append(Bound(of.output(of.unnamed), high=room * of.scale))
    if not of.goods:
        bounds.append(Bound({of.world: 1.0}, high=WIDEST / LIKELY * of.scale))
    return bounds


def _statements(of: Unknowns) -> list[Statement]:
    off = GOODS if of.goods else UNLIKE
    found = [Statement({of.world: 1.0}, of.scale, off * of.scale)]
    for place in of.named:
        economy, made = of.economies[place], of.made[place]
        if used := _instead(of, place):
            found.append(Statement({made: 1.0}, used[0], used[1] + TINY, f"output of {economy}"))
        elif economy in of.shares:
            share = of.shares[economy]
            loose = (STIFF if of.goods else LOOSE) * share.value
            sd = hypot(share.sd, loose, UNNAMED / 10) * of.scale
            terms = {made: 1.0, of.world: -share.value}
            found.append(Statement(terms, 0.0, sd, f"output of {economy}"))
        else:
            amount = of.makers.amounts[economy]
            value, sd = amount.value / of.traded.unit, amount.sd / of.traded.unit
            sd = hypot(sd, STIFF * value, MINOR)
            found.append(Statement({made: 1.0}, value, sd, f"output of {economy}"))
    found += [_without_figure(of, place) for place in of.unnamed]
    found += [_beyond(of, place, unknown) for place, unknown in of.beyond.items()]
    for (place, group), unknown in of.factor.items():
        known = place in of.named or of.economies[place] in of.makers.others
        sd = of.traded.deviation * (1.0 if known or not of.shares else DOUBTFUL)
        name = f"{of.economies[place]} to {of.markets[group]}, times what is reported"
        found.append(Statement({unknown: 1.0}, 1.0, sd, name))
    found += [_statement(of, said) for said in of.said]
    return found


def _without_figure(of: Unknowns, place: int) -> Statement:
    """Of a maker without a figure: about nothing where the others are known, else what it
    exports net."""
    made = {of.made[place]: 1.0}
    if of.makers.shares:
        part = of.room * of.scale * of.weight(place) / of.likely
        sent = float(of.flows[place].sum())
        beside = min(sent, UNNAMED * of.scale) * (of.weight(place) / of.likely) ** 0.5
        return Statement(made, min(part, sent), part + beside + TINY)
    net = max(0.0, float(of.net[place]))
    return Statement(made, net, FREE * net + MINOR)


def _beyond(of: Unknowns, place: int, unknown: int) -> Statement:
    """Nothing is made beyond a capacity, give or take how well that is known."""
    capacity, terms = of.capacity(place)
    share = terms.get(of.world, 0.0) + terms.get(of.one, 0.0) / of.scale
    sd = hypot(capacity.deviation * share, UNNAMED / 10) * of.scale
    return Statement({unknown: 1.0}, 0.0, sd, capacity.name, share, of.scale)


def _statement(of: Unknowns, said: Said) -> Statement:
    inside = of.members(said.market)
    outside = [p for p in range(len(of.economies)) if p not in inside]
    imports, exports = of.flow(outside, inside), of.flow(inside, outside)
    made = of.output(inside)
    supply = _sum(made, imports)
    use = _sum(supply, _times(-1.0, exports))
    if isinstance(said, Consumption):
        unit = of.traded.unit
        return Statement(use, said.amount / unit, said.sd / unit, said.name)
    if isinstance(said, Reliance):
        terms = _sum(imports, _times(-1.0, exports), _times(-said.value, use))
        size = of.size(use)
        return Statement(terms, 0.0, said.sd * size, said.name, said.value, size)
    whole = {IMPORTS: imports, SUPPLY: supply}.get(said.of, use)
    supplier = of.place[said.supplier]
    if supplier not in inside:
        of_supplier = of.flow([supplier], inside)
    else:
        of_supplier = {} if said.of == IMPORTS else of.output([supplier])
    terms, size = _sum(of_supplier, _times(-said.share, whole)), of.size(whole)
    return Statement(terms, 0.0, said.sd * size, said.name, said.share, size)


def _times(factor: float, terms: Mapping[int, float]) -> Terms:
    return {unknown: factor * value for unknown, value in terms.items()}


def _sum(*parts: Mapping[int, float]) -> Terms:
    found: Terms = defaultdict(float)
    for part in parts:
        for unknown, value in part.items():
            found[unknown] += value
    return dict(found)
