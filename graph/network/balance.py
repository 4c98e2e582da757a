"""One balance of a product over all economies: output and imports are exports and use.

Unknowns, none negative: what each economy makes, what the world makes, and by how much each
reported flow is to be multiplied (flows from one exporter to one market that is spoken of, or to
all others, together). Statements: shares of the world's output, amounts, reconciled trade, and
what publishers say of single markets. What surely holds: nobody uses less than nothing, and makers
without a figure share the room that is left to them, all together.

Output counted in content, or trade in values, is put on the scale of trade by what net exporters
can have made: no economy exports more than it makes, and the world makes at most ``WIDEST`` times
the least that this allows. Quantities are fractions of all trade of the product. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np

from .least_squares import Bound, Conflict, Statement, Vector, estimate
from .outputs import Amount, Makers
from .statements import IMPORTS, SUPPLY, Consumption, MarketShare, Reliance, Said

STIFF, LOOSE = 0.10, 0.40
"""Relative deviation of output from its share where both count goods in tonnes, and else."""
GOODS = 0.05
"""Relative deviation of the published world total in tonnes of goods."""
WIDEST = 3.0
NOTABLE = 0.01
"""A fraction of all trade; who exports less net says nothing about its scale."""
TIGHTEST = 0.25
"""Fraction of net exports left out against slips when the scale is read from exporters."""
LIKELY, UNLIKE = 1.5, 0.25
"""The world's output over the least that exports allow, before any other evidence, and its relative
deviation."""
DOUBTFUL = 3.0
"""How many times less sure a flow is from an economy that no source names as a maker."""
NAMED = 5.0
"""How many times more of the room is likely that of a maker named without a figure."""
PASSED_ON = 0.1
"""The part of its exports that an economy which nobody names as a maker is taken to have made,
where it imports as much."""
MINOR = 1e-4
"""Fraction of all trade; flows of who exports less are taken as reported, and not balanced."""
TINY = 1e-6
UNNAMED = 0.002
"""Fraction of the world's output that a maker may have whom every source leaves out."""
FREE = 0.3
"""Relative deviation of the net exports of an economy, taken as its output where nothing is
known of who makes the product."""

Terms = dict[int, float]


@dataclass(frozen=True, slots=True)
class Traded:
    """Trade of one product in a year: from each (row) to each (column) of ``economies``.

    ``basis`` says whether flows are masses or values, ``deviation`` is their relative standard
    deviation, ``unit`` how many tonnes one unit of ``flows`` is (zero where they are values).
    """

    economies: tuple[str, ...]
    flows: Vector
    basis: str
    deviation: float
    unit: float = 0.0


@dataclass(frozen=True, slots=True)
class Balanced:
    """The network that fits best, and draws of it: ``output`` (n), ``trade`` (n × n), with the
    draws stacked in front, and the statements that do not fit."""

    economies: tuple[str, ...]
    output: Vector
    trade: Vector
    output_draws: Vector
    trade_draws: Vector
    conflicts: tuple[Conflict, ...]


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
    return _Balance(traded, makers, said, blocs, may_make).solved(draws, seed)


class _Balance:
    """The unknowns of a balance, and the statements on them."""

    def __init__(
        self,
        traded: Traded,
        makers: Makers,
        said: Sequence[Said],
        blocs: Mapping[str, Collection[str]],
        may_make: Collection[str] | None,
    ) -> None:
        self.traded, self.makers, self.blocs = traded, makers, blocs
        self.economies, self.flows = traded.economies, traded.flows
        self.place = {economy: i for i, economy in enumerate(self.economies)}
        self.said = [s for s in said if self._fits(s)]
        self.net = self.flows.sum(axis=1) - self.flows.sum(axis=0)
        self.goods = bool(makers.world and traded.unit)
        self.shares, self.room = self._shares()
        self.scale = self._scale()
        self._groups()
        self._unknowns(may_make)

    def _fits(self, said: Said) -> bool:
        """Whether a statement is in the unit of the flows, and of economies that trade."""
        if isinstance(said, MarketShare):
            same = said.basis in ("", self.traded.basis)
            return same and said.supplier in self.place and bool(self._members(said.market))
        if isinstance(said, Reliance):
            return bool(self._members(said.market))
        return bool(self.traded.unit) and bool(self._members(said.market))

    def _members(self, market: str) -> list[int]:
        """Places of a market: those of its members, or its own."""
        return [self.place[m] for m in self.blocs.get(market, (market,)) if m in self.place]

    def _shares(self) -> tuple[dict[str, Amount], float]:
        """Shares of output, and the room; amounts are shares of each other where trade is values.

        Where amounts and trade are tonnes the amounts are no shares but stand for themselves.
        """
        if self.makers.shares:
            return dict(self.makers.shares), self.makers.room
        if self.traded.unit or not self.makers.amounts:
            return {}, 1.0
        total = sum(a.value for a in self.makers.amounts.values()) or 1.0
        return {
            c: Amount(a.value / total, a.sd / total) for c, a in self.makers.amounts.items()
        }, 1.0

    def _scale(self) -> float:
        """The world's output in units of trade, before it is balanced."""
        if self.goods and self.makers.world:
            return self.makers.world / self.traded.unit
        least = [
            (float(self.net[self.place[c]]) / a.value, float(self.net[self.place[c]]))
            for c, a in self.shares.items()
            if a.value > 0 and c in self.place and self.net[self.place[c]] > NOTABLE
        ]
        total, so_far = sum(weight for _, weight in least), 0.0
        for ratio, weight in sorted(least, reverse=True):
            so_far += weight
            if so_far >= TIGHTEST * total:
                return LIKELY * ratio
        return LIKELY

    def _groups(self) -> None:
        """Which economies are spoken of together as importers; the rest is one group."""
        spoken = dict.fromkeys(s.market for s in self.said)
        self.markets = ["others", *sorted(spoken, key=lambda m: (m not in self.blocs, m))]
        self.group = np.zeros(len(self.economies), dtype=int)
        for number, market in enumerate(self.markets[1:], 1):
            for place in self._members(market):
                if not self.group[place]:
                    self.group[place] = number

    def _unknowns(self, may_make: Collection[str] | None) -> None:
        """Numbers of the unknowns: one, the world's output, outputs, factors of flows."""
        self.one, self.world = 0, 1
        self.count = 2
        self.made: dict[int, int] = {}
        self.named: list[int] = []
        self.unnamed: list[int] = []
        known = self.shares.keys() | (self.makers.amounts.keys() if not self.shares else set())
        for place, economy in enumerate(self.economies):
            exports = self.flows[place].sum() > 0
            allowed = may_make is None or economy in may_make or economy in self.makers.others
            if economy in known:
                self.named.append(place)
            elif exports and allowed:
                self.unnamed.append(place)
            else:
                continue
            self.made[place] = self.count
            self.count += 1
        self.likely = sum(self._likely(place) for place in self.unnamed) or 1.0
        self.factor: dict[tuple[int, int], int] = {}
        for place in range(len(self.economies)):
            if self.flows[place].sum() <= MINOR:
                continue
            for group in range(self.group.max() + 1):
                if self.flows[place, self.group == group].sum() > 0:
                    self.factor[place, group] = self.count
                    self.count += 1

    def _likely(self, place: int) -> float:
        """A maker's part of the room, before it is set against that of the others: of who is named
        by exports, of all others by what they export beyond their imports."""
        sent = float(self.flows[place].sum())
        if self.economies[place] in self.makers.others:
            return NAMED * sent
        return max(float(self.net[place]), PASSED_ON * sent)

    def _flow(self, senders: Iterable[int], takers: Collection[int]) -> Terms:
        """All that goes from some economies to others."""
        terms: Terms = defaultdict(float)
        takers = list(takers)
        for sender in senders:
            for taker in takers:
                if amount := self.flows[sender, taker]:
                    unknown = self.factor.get((sender, int(self.group[taker])), self.one)
                    terms[unknown] += float(amount)
        return terms

    def _output(self, places: Iterable[int]) -> Terms:
        return {self.made[place]: 1.0 for place in places if place in self.made}

    def solved(self, draws: int, seed: int) -> Balanced:
        """The estimate as a network, and draws of it."""
        found = estimate(self.count, self._statements(), self._bounds())
        drawn = found.draws(draws, seed)
        output, trade = self._network(found.values[None, :], np.ones_like(self.flows))
        each = np.random.default_rng(seed + 1).standard_normal((draws, *self.flows.shape))
        many = self._network(drawn, np.maximum(1.0 + self.traded.deviation * each, 0.0))
        named = tuple(c for c in found.conflicts if c.name)
        return Balanced(self.economies, output[0], trade[0], *many, named)

    def _network(self, values: Vector, each: Vector) -> tuple[Vector, Vector]:
        """Output and trade, where ``each`` flow is off by itself too; a maker that would use less
        than nothing makes the difference."""
        n = len(self.economies)
        output = np.zeros((len(values), n))
        for place, unknown in self.made.items():
            output[:, place] = values[:, unknown]
        factors = np.ones((len(values), n, int(self.group.max()) + 1))
        for (place, group), unknown in self.factor.items():
            factors[:, place, group] = values[:, unknown]
        trade = factors[:, :, self.group] * self.flows * each
        net = trade.sum(axis=2) - trade.sum(axis=1)
        makers = list(self.made)
        output[:, makers] = np.maximum(output, net)[:, makers]
        return output, trade

    def _bounds(self) -> list[Bound]:
        bounds = [Bound({self.one: 1.0}, 1.0, 1.0)]
        everybody = range(len(self.economies))
        for place in everybody:
            if self.flows[place].sum() > MINOR:
                use = _sum(
                    self._output([place]),
                    self._flow(everybody, [place]),
                    _times(-1.0, self._flow([place], everybody)),
                )
                bounds.append(Bound(use, low=0.0))
        if self.makers.shares:
            room = max(self.room, UNNAMED) * (1.0 if self.goods else WIDEST)
            bounds.append(Bound(self._output(self.unnamed), high=room * self.scale))
        if not self.goods:
            bounds.append(Bound({self.world: 1.0}, high=WIDEST / LIKELY * self.scale))
        return bounds

    def _statements(self) -> list[Statement]:
        off = GOODS if self.goods else UNLIKE
        found = [Statement({self.world: 1.0}, self.scale, off * self.scale)]
        for place in self.named:
            economy, made = self.economies[place], self.made[place]
            if economy in self.shares:
                share = self.shares[economy]
                loose = (STIFF if self.goods else LOOSE) * share.value
                sd = hypot(share.sd, loose, UNNAMED / 10) * self.scale
                terms = {made: 1.0, self.world: -share.value}
                found.append(Statement(terms, 0.0, sd, f"output of {economy}"))
            else:
                amount = self.makers.amounts[economy]
                value, sd = amount.value / self.traded.unit, amount.sd / self.traded.unit
                sd = hypot(sd, STIFF * value, MINOR)
                found.append(Statement({made: 1.0}, value, sd, f"output of {economy}"))
        found += [self._without_figure(place) for place in self.unnamed]
        for (place, group), unknown in self.factor.items():
            known = place in self.named or self.economies[place] in self.makers.others
            sd = self.traded.deviation * (1.0 if known or not self.shares else DOUBTFUL)
            name = f"{self.economies[place]} to {self.markets[group]}, times what is reported"
            found.append(Statement({unknown: 1.0}, 1.0, sd, name))
        found += [self._statement(said) for said in self.said]
        return found

    def _without_figure(self, place: int) -> Statement:
        """Of a maker without a figure: about nothing where the others are known, else what it
        exports net."""
        made = {self.made[place]: 1.0}
        if self.makers.shares:
            part = self.room * self.scale * self._likely(place) / self.likely
            sent = float(self.flows[place].sum())
            beside = min(sent, UNNAMED * self.scale) * (self._likely(place) / self.likely) ** 0.5
            return Statement(made, min(part, sent), part + beside + TINY)
        net = max(0.0, float(self.net[place]))
        return Statement(made, net, FREE * net + MINOR)

    def _statement(self, said: Said) -> Statement:
        inside = self._members(said.market)
        outside = [p for p in range(len(self.economies)) if p not in inside]
        imports, exports = self._flow(outside, inside), self._flow(inside, outside)
        made = self._output(inside)
        supply = _sum(made, imports)
        use = _sum(supply, _times(-1.0, exports))
        if isinstance(said, Consumption):
            unit = self.traded.unit
            return Statement(use, said.amount / unit, said.sd / unit, said.name)
        if isinstance(said, Reliance):
            terms = _sum(imports, _times(-1.0, exports), _times(-said.value, use))
            size = self._size(use)
            return Statement(terms, 0.0, said.sd * size, said.name, said.value, size)
        whole = {IMPORTS: imports, SUPPLY: supply}.get(said.of, use)
        supplier = self.place[said.supplier]
        if supplier not in inside:
            of_supplier = self._flow([supplier], inside)
        else:
            of_supplier = {} if said.of == IMPORTS else self._output([supplier])
        terms, size = _sum(of_supplier, _times(-said.share, whole)), self._size(whole)
        return Statement(terms, 0.0, said.sd * size, said.name, said.share, size)

    def _size(self, terms: Mapping[int, float]) -> float:
        """What a sum is before anything is balanced."""
        before = dict.fromkeys(self.factor.values(), 1.0) | {self.one: 1.0}
        for place, made in self.made.items():
            share = self.shares.get(self.economies[place])
            before[made] = share.value * self.scale if share else max(0.0, float(self.net[place]))
        return max(sum(before.get(u, 0.0) * f for u, f in terms.items()), MINOR)


def _times(factor: float, terms: Mapping[int, float]) -> Terms:
    return {unknown: factor * value for unknown, value in terms.items()}


def _sum(*parts: Mapping[int, float]) -> Terms:
    found: Terms = defaultdict(float)
    for part in parts:
        for unknown, value in part.items():
            found[unknown] += value
    return dict(found)
