"""What of a market's supply rests on a country, within so many tiers of the dependency network.

The question `hidden-dependence` computes it in Cypher; this is the rule by itself, with which
tests and bench compare. It is no part of the installed package.

Within one tier it is the country's own share of a product. Within k tiers each other supplier
adds its share times what of *its* inputs rests on the country within k - 1 tiers: of several
inputs the one of which that is most, since one that is missing stops the product. What reached
the country is followed no further, so that nothing is counted twice; what is of unknown origin
is not the country's. Each relationship is followed once a tier, so that the cost grows with
relationships and not with paths.

At the low end of the interval the country's share of everything is at its own low end, and the
others make up for it in proportion; at the high end likewise. Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Edge:
    """``share`` of what the consumer has of the supplier's product was made by the supplier.

    Suppliers and consumers are industries (``economy:product``); a market is an economy. The
    interval is the share itself where none is given.
    """

    supplier: str
    consumer: str
    share: float
    low: float | None = None
    high: float | None = None

    def interval(self) -> tuple[float, float]:
        """The share's low and high end."""
        low = self.share if self.low is None else self.low
        return low, self.share if self.high is None else self.high


@dataclass(frozen=True, slots=True)
class Exposure:
    """Which part of a product rests on a country, with its interval; all within 0 to 1."""

    share: float = 0.0
    low: float = 0.0
    high: float = 0.0


NONE = Exposure()


def economy_of(industry: str) -> str:
    """The economy of an industry's id."""
    return industry.rpartition(":")[0]


def product_of(industry: str) -> str:
    """The product of an industry's id."""
    return industry.rpartition(":")[2]


class Network:
    """Edges by consumer and product, for asking several things of them."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self.inputs: dict[str, dict[str, list[Edge]]] = {}
        for edge in edges:
            of_consumer = self.inputs.setdefault(edge.consumer, {})
            of_consumer.setdefault(product_of(edge.supplier), []).append(edge)

    def exposure(self, market: str, country: str, product: str, tiers: int) -> tuple[Exposure, ...]:
        """The exposure of a market to a country in a product within 1, 2 … ``tiers`` tiers.

        Raises ``ValueError`` where ``tiers`` is below one.
        """
        if tiers < 1:
            raise ValueError("an exposure has at least one tier")
        reading = _Reading(self, country)
        supply = self.inputs.get(market, {}).get(product, [])
        return tuple(reading.of_supply(supply, tier) for tier in range(1, tiers + 1))


@dataclass(slots=True)
class _Reading:
    """One country's exposures, each worked out once."""

    network: Network
    country: str
    known: dict[tuple[str, int], Exposure] = field(default_factory=dict)

    def of_supply(self, supply: list[Edge], tiers: int) -> Exposure:
        """Of the supply of one product, within so many tiers from its makers."""
        direct, rest = NONE, NONE
        for edge in supply:
            if economy_of(edge.supplier) == self.country:
                direct = Exposure(edge.share, *edge.interval())
            elif tiers > 1:
                theirs = self.of_industry(edge.supplier, tiers - 1)
                rest = Exposure(
                    rest.share + edge.share * theirs.share,
                    rest.low + edge.share * theirs.low,
                    rest.high + edge.share * theirs.high,
                )
        if direct.share >= 1:
            return direct
        others = 1 - direct.share
        return Exposure(
            direct.share + rest.share,
            direct.low + rest.low * (1 - direct.low) / others,
            direct.high + rest.high * (1 - direct.high) / others,
        )

    def of_industry(self, industry: str, tiers: int) -> Exposure:
        """Of what an industry makes, by that of its inputs which rests on the country most."""
        if (industry, tiers) not in self.known:
            found = [
                self.of_supply(supply, tiers)
                for supply in self.network.inputs.get(industry, {}).values()
            ]
            self.known[industry, tiers] = Exposure(
                max((e.share for e in found), default=0.0),
                max((e.low for e in found), default=0.0),
                max((e.high for e in found), default=0.0),
            )
        return self.known[industry, tiers]


def exposure(
    edges: Iterable[Edge], market: str, country: str, product: str, tiers: int
) -> tuple[Exposure, ...]:
    """``Network.exposure`` of edges that are asked once."""
    return Network(edges).exposure(market, country, product, tiers)
