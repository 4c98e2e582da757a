"""From whom each market has one product: the balance where its trade is known, else mixes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from zlib import crc32

import numpy as np

from .balance import Balanced, balance
from .facts import Flow, Trade
from .headline import last_year
from .least_squares import Vector
from .measured import FLOW
from .mix import Share, astray, market_mix, world_mix
from .origin import origins, together
from .outputs import Makers, in_values
from .statements import MarketShare, Said
from .unknowns import Traded

RECONCILED, TRADE_ONLY = "reconciled", "trade-only"
MARKET, BLOC, WORLD = "market-mix", "bloc-mix", "world-mix"
DRAWS = 100
LEAST = 0.005
"""A supplier whose share of a market cannot exceed this is left out."""
ASTRAY = {RECONCILED: 0.6, TRADE_ONLY: 0.6, MARKET: 0.95, BLOC: 0.95}
"""By how much, in log odds, the bounds of a share lie farther apart where no recent figure on it is
published: as far as published shares lay from what all else says of them (`bench/left_out.py`)."""
TOLD = 0.05
"""The standard deviation up to which a published share is recent."""
NOTABLE = 0.01
"""The part of the world's output that makes its maker by trade a user of inputs."""
MINOR = 5e-4
"""Economies that have less of all trade are markets only where they are asked about."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a supplier provides of what a market has of a product, as fractions of one.

    ``limited_by`` is the source of a capacity above which other evidence on output lies.
    """

    product: str
    supplier: str
    share: float
    low: float
    high: float
    basis: str
    period: str
    method: str
    sources: tuple[str, ...] = ()
    limited_by: str | None = None


def traded(trade: Trade) -> tuple[Traded, int]:
    """The flows of one product as a matrix, and how many of them had no mass.

    In masses, where its codes are the product alone; where other goods are in them in values, since
    those are often cheaper. A missing mass is the value at the median price of the exporter, or of
    all.
    """
    flows = [f for f in trade.flows if f.exporter != f.importer]
    dominant = any(f.dominant for f in flows)
    amounts = [f.value for f in flows] if dominant else _masses(flows)
    economies = tuple(sorted({c for f in flows for c in (f.exporter, f.importer)}))
    place = {economy: i for i, economy in enumerate(economies)}
    matrix = np.zeros((len(economies), len(economies)))
    for flow, amount in zip(flows, amounts, strict=True):
        matrix[place[flow.exporter], place[flow.importer]] += amount
    total = float(matrix.sum()) or 1.0
    unit = 0.0 if dominant else total
    basis, off = ("value", FLOW["dominant"]) if dominant else ("mass", FLOW["exact"])
    missing = sum(f.mass is None for f in flows)
    return Traded(economies, matrix / total, basis, off, unit), missing


def _masses(flows: Sequence[Flow]) -> list[float]:
    prices: dict[str, list[float]] = defaultdict(list)
    for flow in flows:
        if flow.mass and flow.value:
            prices[flow.exporter].append(flow.value / flow.mass)
    every = median([p for of in prices.values() for p in of] or [1.0])
    own = {exporter: median(of) for exporter, of in prices.items()}
    return [f.value / own.get(f.exporter, every) if f.mass is None else f.mass for f in flows]


def _prices(flows: Iterable[Flow], makers: Collection[str]) -> tuple[dict[str, float], float]:
    """Value of a tonne of each maker's exports, and of those of everybody else together."""
    value: dict[str, float] = defaultdict(float)
    mass: dict[str, float] = defaultdict(float)
    for flow in flows:
        if flow.mass:
            by = flow.exporter if flow.exporter in makers else ""
            value[by] += flow.value
            mass[by] += flow.mass
    prices = {by: value[by] / mass[by] for by in value}
    return prices, prices.get("", 0.0)


class Product:
    """The supply of one product to any market."""

    def __init__(
        self,
        name: str,
        makers: Makers,
        trade: Trade | None,
        said: Sequence[Said],
        blocs: Mapping[str, tuple[str, ...]],
        may_make: Collection[str] | None = None,
    ) -> None:
        self.name, self.makers, self.trade = name, makers, trade
        self.said, self.blocs = said, blocs
        self.seed = crc32(name.encode())
        self.balanced: Balanced | None = None
        self.without_mass = 0
        self._mixes: dict[str, list[Share]] = {}
        if trade is not None:
            self._reconcile(trade, may_make)

    def _reconcile(self, trade: Trade, may_make: Collection[str] | None) -> None:
        flows, self.without_mass = traded(trade)
        makers = self.makers
        if flows.basis == "value":
            makers = in_values(makers, *_prices(trade.flows, makers.shares.keys()))
        more = sorted((self.makers.shares.keys() | self.makers.amounts.keys()) - {*flows.economies})
        n = len(flows.economies) + len(more)
        wide = np.zeros((n, n))
        wide[: len(flows.economies), : len(flows.economies)] = flows.flows
        self.flows = Traded(
            flows.economies + tuple(more), wide, flows.basis, flows.deviation, flows.unit
        )
        self.balanced = balance(
            self.flows, makers, self.said, self.blocs,
            draws=DRAWS, seed=self.seed, may_make=may_make,
        )  # fmt: skip
        b = self.balanced
        self.place = {economy: i for i, economy in enumerate(b.economies)}
        self.has = b.output + b.trade.sum(axis=0)
        self.shares = _interval(origins(b.output_draws, b.trade_draws))

    def markets(self) -> list[str]:
        """Economies and blocs of which the supply is worth telling."""
        if self.balanced is None:
            return []
        least = MINOR * float(self.has.sum())
        asked = {m for members in self.blocs.values() for m in members}
        asked |= {s.market for s in self.said if isinstance(s, MarketShare)}
        return [
            c
            for i, c in enumerate(self.balanced.economies)
            if self.has[i] >= least or (c in asked and self.has[i] > 0)
        ] + list(self.blocs)

    def exporters(self) -> set[str]:
        """Who makes a notable part of the product by its trade."""
        if self.balanced is None:
            return set()
        made = self.balanced.output_draws.mean(axis=0)
        least = NOTABLE * float(made.sum())
        return {
            c for c, amount in zip(self.balanced.economies, made, strict=True) if amount > least
        }

    def parts(self, market: str, uses: Mapping[str, float] | None = None) -> list[Part]:
        """From whom a market has the product; empty where nothing is known.

        ``uses`` are shares of the world's use by economy, for want of other evidence; ``None``
        leaves the world's mix out.
        """
        members = self.blocs.get(market, (market,))
        if self.balanced is not None and any(m in self.place for m in members):
            found = self._reconciled(market, members)
            if found:
                assert self.trade is not None
                method = RECONCILED if self.makers.known else TRADE_ONLY
                year = str(self.trade.year)
                sources = (self.trade.source, *self.makers.sources, *self._sources(market))
                wide = self._astray(found, market, method)
                return self._parts(wide, self.flows.basis, year, method, sources)
        if mixed := self._mixed(market, members, MARKET):
            return mixed
        for bloc, inside in self.blocs.items():
            if market in inside and (mixed := self._mixed(bloc, inside, BLOC)):
                return mixed
        if uses is None:
            return []
        shares = world_mix(self.makers, uses, members)
        return self._parts(shares, "mass", self.makers.period, WORLD, self.makers.sources)

    def _reconciled(self, market: str, members: Sequence[str]) -> list[Share]:
        assert self.balanced is not None
        if market in self.blocs:
            return self._of_bloc(members)
        i = self.place[market]
        point, low, high = (of[i] for of in self.shares)
        return _shares(self.balanced.economies, point, low, high)

    def _of_bloc(self, members: Sequence[str]) -> list[Share]:
        """Of a bloc: its members as one economy; what they make is told by who makes it."""
        b = self.balanced
        assert b is not None
        inside = [self.place[m] for m in members if m in self.place]
        outside = [i for i in range(len(b.economies)) if i not in inside]
        row = origins(*together(b.output_draws, b.trade_draws, inside, outside))[..., -1, :]
        own = b.output_draws[..., inside]
        total = own.sum(axis=-1, keepdims=True)
        part = np.divide(own, total, out=np.zeros_like(own), where=total > 0)
        row = np.concatenate([row[..., :-1], row[..., -1:] * part], axis=-1)
        economies = [b.economies[i] for i in (*outside, *inside)]
        return _shares(economies, *_interval(row))

    def _mixed(self, market: str, members: Sequence[str], method: str) -> list[Part]:
        if market not in self._mixes:  # a bloc's mix stands for each of its members
            self._mixes[market] = market_mix(
                market, members, self.said, self.makers, draws=DRAWS, seed=self.seed
            )
        shares = self._mixes[market]
        if not shares:
            return []
        spoken = [s for s in self.said if isinstance(s, MarketShare) and s.market == market]
        bases = {s.basis for s in spoken}
        basis = "value" if "value" in bases and "mass" not in bases else "mass"
        period = max((s.period for s in spoken), key=last_year)
        wide = self._astray(shares, market, method)
        return self._parts(wide, basis, period, method, self._sources(market))

    def _astray(self, shares: Iterable[Share], market: str, method: str) -> list[Share]:
        """The shares, with wider bounds where nothing recent is published on them."""
        of_market = (s for s in self.said if isinstance(s, MarketShare) and s.market == market)
        told = {s.supplier for s in of_market if s.sd <= TOLD}
        by = ASTRAY[method]
        found = []
        for s in shares:
            low, high = astray(s.low, -by), astray(s.high, by)
            most = max(s.high, self._most(s.supplier, market))
            found.append(s if s.supplier in told else replace(s, low=low, high=min(high, most)))
        return found

    def _most(self, supplier: str, market: str) -> float:
        """The largest part of what a market has that a supplier's capacity allows."""
        b = self.balanced
        if b is None or supplier not in b.most:
            return 1.0
        inside = [self.place[m] for m in self.blocs.get(market, (market,)) if m in self.place]
        taken = b.trade[:, inside].sum() - b.trade[np.ix_(inside, inside)].sum()
        has = float(b.output[inside].sum() + taken)
        return min(1.0, b.most[supplier] / has) if has > 0 else 1.0

    def _sources(self, market: str) -> list[str]:
        return [s.source for s in self.said if getattr(s, "market", None) == market]

    def _parts(
        self, shares: Iterable[Share], basis: str, period: str, method: str, sources: Iterable[str]
    ) -> list[Part]:
        named = tuple(dict.fromkeys(s for s in sources if s))
        return [
            Part(
                self.name, s.supplier, round(s.point, 4), round(s.low, 4), round(s.high, 4),
                basis, period, method, named, self._limit(s.supplier, method),
            )
            for s in sorted(shares, key=lambda s: (-s.point, s.supplier))
            if s.high >= LEAST and round(s.point, 4) > 0
        ]  # fmt: skip

    def _limit(self, supplier: str, method: str) -> str | None:
        """The source of the capacity at which the supplier's output is held."""
        b = self.balanced
        traded = b is not None and method in (RECONCILED, TRADE_ONLY)
        limited = b.limited if b is not None and traded else self.makers.limited
        return self.makers.capacities[supplier].source if supplier in limited else None


def _interval(draws: Vector) -> tuple[Vector, Vector, Vector]:
    """The mean of the draws, and the bounds between which nine of ten lie; the mean is among them.

    The mean, as the best fit puts what is small and unsure at zero.
    """
    mean = draws.mean(axis=0)
    low, high = np.quantile(draws, (0.05, 0.95), axis=0)
    return mean, np.clip(np.minimum(low, mean), 0, 1), np.clip(np.maximum(high, mean), 0, 1)


def _shares(economies: Sequence[str], point: Vector, low: Vector, high: Vector) -> list[Share]:
    return [
        Share(c, float(point[i]), float(low[i]), float(high[i]))
        for i, c in enumerate(economies)
        if point[i] > 0
    ]
