"""Exposure over the dependency network: tier by tier, at a cost linear in its edges.

The question `hidden-dependence` computes it in Cypher; this is the rule by itself, with which
tests and bench compare. It is no part of the installed package.

A market takes a product from industries, those take their inputs from others, and so on. The
weight of a path is the product of its shares; what ends at industries of one country is that
country's. Following one *chain* of products (magnet ← metal ← oxide), the shares of all paths
are pushed upstream together, so that the cost grows with edges and not with paths:

- what reaches an industry of the country is *lost* and is not followed further, so that nothing
  is counted twice;
- what stays with others is *elsewhere*; at the next tier it is lost, elsewhere, or of unknown
  origin. What is unknown counts zero in the lower bound and in full in the upper.

Only lower bounds of shares are pushed: they say what surely comes from whom, and the upper bound
of the exposure is what is not surely elsewhere. Chains are never added: several inputs of one
product are needed together, and which of them is scarce is not in the data. Pure functions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Chain = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """``share`` of what the consumer takes of the supplier's product surely comes from it.

    Suppliers and consumers are industries (``economy:product``); a market is an economy.
    """

    supplier: str
    consumer: str
    share: float


@dataclass(frozen=True, slots=True)
class Exposure:
    """Which part of what a market takes rests on a country within so many tiers, from–to."""

    tier: int
    lower: float
    upper: float


def economy_of(industry: str) -> str:
    """The economy of an industry's id."""
    return industry.rpartition(":")[0]


def product_of(industry: str) -> str:
    """The product of an industry's id."""
    return industry.rpartition(":")[2]


class Network:
    """Edges by consumer and product, for asking several things of them."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self.inputs: dict[str, dict[str, list[tuple[str, float]]]] = {}
        for edge in edges:
            of_consumer = self.inputs.setdefault(edge.consumer, {})
            of_consumer.setdefault(product_of(edge.supplier), []).append(
                (edge.supplier, edge.share)
            )

    def exposure(
        self, market: str, country: str, product: str, tiers: int
    ) -> dict[Chain, tuple[Exposure, ...]]:
        """The exposure of a market to a country in a product, tier by tier, for each chain.

        A chain names the products from the market upwards. The tiers of a chain are cumulative:
        both bounds never fall. Raises ``ValueError`` where ``tiers`` is below one.
        """
        if tiers < 1:
            raise ValueError("an exposure has at least one tier")
        start = self.inputs.get(market, {}).get(product, [])
        found: dict[Chain, tuple[Exposure, ...]] = {}
        layer: dict[Chain, _Layer] = {(product,): self._layer(start, country, 1, 0.0, ())}
        for _ in range(tiers):
            following: dict[Chain, _Layer] = {}
            for chain, state in layer.items():
                found[chain] = state.exposures
                for upper, reached in self._upstream(state.elsewhere).items():
                    following[(*chain, upper)] = self._layer(
                        reached, country, len(chain) + 1, state.lost, state.exposures
                    )
            layer = following
        return found

    def _upstream(self, elsewhere: Mapping[str, float]) -> dict[str, list[tuple[str, float]]]:
        """What those industries take, by product."""
        reached: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for consumer, weight in elsewhere.items():
            for product, suppliers in self.inputs.get(consumer, {}).items():
                reached[product].extend((s, weight * share) for s, share in suppliers)
        return reached

    def _layer(
        self,
        reached: Iterable[tuple[str, float]],
        country: str,
        tier: int,
        lost: float,
        before: tuple[Exposure, ...],
    ) -> _Layer:
        elsewhere: dict[str, float] = defaultdict(float)
        for supplier, weight in reached:
            if economy_of(supplier) == country:
                lost += weight
            else:
                elsewhere[supplier] += weight
        upper = max(lost, 1.0 - sum(elsewhere.values()))
        return _Layer(elsewhere, lost, (*before, Exposure(tier, lost, min(1.0, upper))))


@dataclass(frozen=True, slots=True)
class _Layer:
    elsewhere: Mapping[str, float]
    lost: float
    exposures: tuple[Exposure, ...]


def exposure(
    edges: Iterable[Edge], market: str, country: str, product: str, tiers: int
) -> dict[Chain, tuple[Exposure, ...]]:
    """``Network.exposure`` of edges that are asked once."""
    return Network(edges).exposure(market, country, product, tiers)
