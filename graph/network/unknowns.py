"""What a balance of a product does not know: outputs, the world's output, factors of flows.

Each unknown has a number; ``Terms`` are sums of them. Here is which economies may make the
product, which flows are multiplied together, and what the world is likely to make; what is said of
the unknowns stands in ``balance``. Quantities are fractions of all trade of the product. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .least_squares import Vector
from .outputs import Amount, Makers
from .statements import Capacity, MarketShare, Reliance, Said

LIKELY = 1.5
"""The world's output over the least that exports allow, before any other evidence."""
NOTABLE = 0.01
"""A fraction of all trade; who exports less net says nothing about its scale."""
TIGHTEST = 0.25
"""Fraction of net exports left out against slips when the scale is read from exporters."""
NAMED = 5.0
"""How many times more of the room is likely that of a maker named without a figure."""
PASSED_ON = 0.1
"""The part of its exports that an economy which nobody names as a maker is taken to have made,
where it imports as much."""
MINOR = 1e-4
"""Fraction of all trade; flows of who exports less are taken as reported, and not balanced."""

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


class Unknowns:
    """The unknowns of one product's balance, by number, and what they are before any of it."""

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
            return same and said.supplier in self.place and bool(self.members(said.market))
        if isinstance(said, Reliance):
            return bool(self.members(said.market))
        return bool(self.traded.unit) and bool(self.members(said.market))

    def members(self, market: str) -> list[int]:
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
            for place in self.members(market):
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
        self.beyond: dict[int, int] = {}
        for place in self.made:
            of = self.makers.capacities.get(self.economies[place])
            if of is not None and (of.of_world is not None or self.traded.unit):
                self.beyond[place] = self.count
                self.count += 1
        self.likely = sum(self.weight(place) for place in self.unnamed) or 1.0
        self.factor: dict[tuple[int, int], int] = {}
        for place in range(len(self.economies)):
            if self.flows[place].sum() <= MINOR:
                continue
            for group in range(self.group.max() + 1):
                if self.flows[place, self.group == group].sum() > 0:
                    self.factor[place, group] = self.count
                    self.count += 1

    def weight(self, place: int) -> float:
        """A maker's part of the room, before it is set against that of the others: of who is named
        by exports, of all others by what they export beyond their imports."""
        sent = float(self.flows[place].sum())
        if self.economies[place] in self.makers.others:
            return NAMED * sent
        return max(float(self.net[place]), PASSED_ON * sent)

    def capacity(self, place: int) -> tuple[Capacity, dict[int, float]]:
        """What is stated of a limited maker's capacity, and its amount as a sum of unknowns."""
        of = self.makers.capacities[self.economies[place]]
        if of.of_world is not None:
            return of, {self.world: of.of_world}
        return of, {self.one: (of.tonnes or 0.0) / self.traded.unit}

    def flow(self, senders: Iterable[int], takers: Collection[int]) -> Terms:
        """All that goes from some economies to others."""
        terms: Terms = defaultdict(float)
        takers = list(takers)
        for sender in senders:
            for taker in takers:
                if amount := self.flows[sender, taker]:
                    unknown = self.factor.get((sender, int(self.group[taker])), self.one)
                    terms[unknown] += float(amount)
        return terms

    def output(self, places: Iterable[int]) -> Terms:
        return {self.made[place]: 1.0 for place in places if place in self.made}

    def network(self, values: Vector, each: Vector) -> tuple[Vector, Vector]:
        """Output and trade, where ``each`` flow is off by itself too; nobody makes more than its
        capacity and what goes ``beyond``, and a maker that would use less than nothing makes the
        difference."""
        n = len(self.economies)
        output = np.zeros((len(values), n))
        for place, unknown in self.made.items():
            output[:, place] = values[:, unknown]
        for place, beyond in self.beyond.items():
            amount = sum(values[:, u] * f for u, f in self.capacity(place)[1].items())
            output[:, place] = np.minimum(output[:, place], amount + values[:, beyond])
        factors = np.ones((len(values), n, int(self.group.max()) + 1))
        for (place, group), unknown in self.factor.items():
            factors[:, place, group] = values[:, unknown]
        trade = factors[:, :, self.group] * self.flows * each
        net = trade.sum(axis=2) - trade.sum(axis=1)
        makers = list(self.made)
        output[:, makers] = np.maximum(output, net)[:, makers]
        return output, trade

    def size(self, terms: Mapping[int, float]) -> float:
        """What a sum is before anything is balanced."""
        before = dict.fromkeys(self.factor.values(), 1.0) | {self.one: 1.0}
        for place, made in self.made.items():
            share = self.shares.get(self.economies[place])
            before[made] = share.value * self.scale if share else max(0.0, float(self.net[place]))
        return max(sum(before.get(u, 0.0) * f for u, f in terms.items()), MINOR)
