"""The dependency network, computed from the facts.

``FEEDS`` between industries and ``SUPPLIES_MARKET`` from industries to economies, each with its
bounds, basis, year and method. For each product the first of these that the facts allow:

1. ``proportional-sourcing``: output by the evidence that leads and trade by the newest reconciled
   flows, of customs codes that are the product, or mostly (`exact`, `dominant`); a basket of
   several products is evidence of none of them;
2. ``published-sourcing``: where a publisher says from whom a market gets it and measured that.
   Shares of imports only (of a market that also makes it) are upper bounds;
3. ``world-balance``, between industries only: what the headline shares of two successive stages
   leave possible, where the input is made into that one product and both are of one material.

An industry takes its input as its country does. Where none of them applies there is no edge.
The rule of the first is in ``sourcing.py``.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..connection import Graph
from . import facts
from .headline import FILLED, HIDDEN, Report, Share, last_year
from .leading import Leading, evidence_of_output
from .sourcing import BALANCE, Amount, Part, Product, balance_bounds
from .store import Link

GOODS = frozenset({"gross-weight", "dry-weight"})
"""Bases in which output counts goods as trade does."""
STILL_MAKES = 5
"""Years for which another source's figure makes its country a maker: an industry outlasts its
share, so that this is more than ``leading.RECENT``."""
UNNAMED = 0.05
"""Where published shares leave more than this fraction to nobody, anyone may make it."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What was balanced, and what did not fit: for a person to judge, not to be hidden.

    ``trade`` names sources of trade, the year, and of how many products; ``impossible``
    ``(product, country, tonnes)`` where more leaves a country than it can have made and imported;
    ``re_exporting`` counts the cases of a product and a country that
    exports others' goods; ``without_mass`` the flows that have a value and no mass; ``uncovered``
    products whose trade is not known, as the codes named have no flows in the data.
    """

    trade: tuple[tuple[str, int, int], ...] = ()
    traded: int = 0
    flows: int = 0
    without_mass: int = 0
    without_output: tuple[str, ...] = ()
    re_exporting: int = 0
    uncovered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    impossible: tuple[tuple[str, str, float], ...] = ()


def network(
    graph: Graph, reports: Sequence[Report], leading: Leading
) -> tuple[list[Link], Balance]:
    """All relationships of the network by the facts in the graph, and what did not fit."""
    trade, uncovered = facts.trade(graph)
    evidence: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        evidence[report.product].append(report)
    products = {
        name: _product(name, trade[name], evidence[name], leading) for name in sorted(trade)
    }
    balanced = {name: product for name, product in products.items() if product.output}
    markets = {c: (c,) for p in balanced.values() for c in (*p.imports, *p.output)}
    year = max((of.year for of in trade.values()), default=0)
    supplied = _supplied(balanced, markets | facts.members(graph, year))
    for key, parts in facts.published(graph, leading).items():
        supplied.setdefault(key, parts)
    links = [
        _link("SUPPLIES_MARKET", part, market)
        for (_, market), parts in supplied.items()
        for part in parts
    ]
    links += _feeding(facts.inputs(graph), supplied, leading.shares)
    industries = facts.industries(graph)
    known = [link for link in links if link.start in industries]
    flows = [flow for of in trade.values() for flow in of.flows]
    sources = Counter((trade[name].source, trade[name].year) for name in balanced)
    return known, Balance(
        tuple((source, year, products) for (source, year), products in sorted(sources.items())),
        len(balanced),
        len(flows),
        sum(flow.mass is None for flow in flows),
        tuple(sorted(set(products) - set(balanced))),
        sum(len(p.reexporters()) for p in balanced.values()),
        tuple((name, tuple(codes)) for name, codes in uncovered.items()),
        tuple(
            (name, country, round(surplus, 1))
            for name, product in balanced.items()
            for country, surplus in product.impossible()
        ),
    )


def _link(type_: str, part: Part, taker: str) -> Link:
    """The relationship of a part; its share is absent where only its bounds are known."""
    values = {
        "share": part.share,
        "share_low": part.low,
        "share_high": part.high,
        "basis": part.basis,
        "year": part.year,
        "method": part.method,
        "share_sources": list(part.sources) or None,
    }
    return Link(type_, f"{part.supplier}:{part.product}", taker, values)


def _product(name: str, trade: facts.Trade, reports: Iterable[Report], leading: Leading) -> Product:
    """Output and trade of one product; without output where no source has a share of it."""
    year, flows = trade.year, trade.flows
    chosen = evidence_of_output(leading.output.get(name, ()), year)
    if not chosen:
        return Product(name, year, {}, flows)
    first = chosen[0]
    published = first.measure == "share-of-supply"
    stated = sum(r.amount or r.low or 0.0 for r in chosen if not r.aggregate)
    residual = sum(r.amount or 0.0 for r in chosen if r.aggregate and not r.world)
    world = 100.0 if published else max((r.amount or 0.0 for r in chosen if r.world), default=0.0)
    room = max(residual, world - stated, 0.0)
    hidden = any(r.amount is None and r.status in HIDDEN for r in chosen if not r.aggregate)
    if hidden and room < FILLED * world:
        room = math.inf  # the total leaves the hidden figure out
    output: dict[str, Amount] = {}
    for report in chosen:
        if not report.aggregate:
            low = report.amount if report.low is None else report.low
            high = report.amount if report.high is None else report.high
            most = (low or 0.0) + room if high is None else high
            output[report.economy] = Amount(low or 0.0, most)
    for report in reports:
        recent = report.read and report.ends >= year - STILL_MAKES
        if not report.aggregate and report.economy not in output and report.amount and recent:
            output[report.economy] = Amount(0.0, room)
    unnamed = room if published and room > UNNAMED * world else 0.0
    goods = first.unit == "t" and first.basis in GOODS
    content = first.unit == "t" and first.basis == "contained"
    return Product(
        name,
        year,
        output,
        flows,
        same_unit=goods,
        content=content,
        unnamed=unnamed,
        sources=_distinct(trade.source, first.source),
    )


def _supplied(
    products: Mapping[str, Product], markets: Mapping[str, tuple[str, ...]]
) -> dict[tuple[str, str], list[Part]]:
    """By product and market, from whom it takes the product."""
    return {
        (name, market): parts
        for name, product in products.items()
        for market, members in markets.items()
        if (parts := product.parts(members))
    }


def _feeding(
    inputs: Sequence[tuple[str, str, bool]],
    supplied: Mapping[tuple[str, str], list[Part]],
    shares: Iterable[Share],
) -> Iterator[Link]:
    """Which industries take their input from which: as their countries do, or within bounds."""
    made_into: dict[str, set[str]] = defaultdict(set)
    made_from: dict[str, set[str]] = defaultdict(set)
    for taken, made, _ in inputs:
        made_into[taken].add(made)
        made_from[made].add(taken)
    makers: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        if _most(share) > 0:
            makers[share.product].append(share)
    for taken, made, same in inputs:
        alone = same and len(made_into[taken]) == 1 and len(made_from[made]) == 1
        for consumer in makers[made]:
            country = consumer.industry.removesuffix(f":{made}")
            if parts := supplied.get((taken, country)):
                yield from (_link("FEEDS", part, consumer.industry) for part in parts)
            elif alone:
                for supplier_share in makers[taken]:
                    if (bounded := _bounded(supplier_share, consumer)) is not None:
                        yield _link("FEEDS", bounded, consumer.industry)


def _bounded(supplier: Share, consumer: Share) -> Part | None:
    """What the shares of two stages leave possible; ``None`` where that is anything at all."""
    low = supplier.share if supplier.share_low is None else supplier.share_low
    least = consumer.share if consumer.share_low is None else consumer.share_low
    bounds = balance_bounds(low or 0.0, _most(supplier), least or 0.0)
    if bounds.low <= 0 and bounds.high >= 1:
        return None
    year = min(last_year(supplier.period), last_year(consumer.period))
    origin = supplier.industry.removesuffix(f":{supplier.product}")
    sources = _distinct(supplier.share_source, consumer.share_source)
    return Part(supplier.product, origin, bounds.low, bounds.high, "mass", year, BALANCE, sources)


def _distinct(*sources: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for s in sources if s))


def _most(share: Share) -> float:
    """The upper bound of a headline share; 1 where only a lower one is known."""
    point = share.share if share.share_high is None else share.share_high
    return 1.0 if point is None else point
