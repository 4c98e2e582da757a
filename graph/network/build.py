"""The dependency network, computed from the facts.

``SUPPLIES_MARKET`` from industries to economies, ``FEEDS`` between industries. Of each product the
makers by all evidence on output (``outputs.py``); where its trade is known one balance of output,
trade and what is said of markets (``balance.py``), followed back to the makers (``origin.py``);
else a market's published mix, its bloc's, or the world's (``mix.py``). An industry takes each input
as its country has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from ..connection import Graph
from . import facts
from .capacities import capacities
from .headline import last_year
from .leading import Leading
from .markets import WORLD, Part, Product
from .needs import Chain
from .outputs import Makers, makers
from .said import markets, said
from .statements import MarketShare, Said
from .store import Link

MAKES_LITTLE = 0.001
"""A maker of less of the world's output is fed by nobody in the network."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What was balanced, and what did not fit: for a person to judge, not to be hidden.

    ``trade`` names sources of trade, the year, and of how many products; ``conflicts``
    ``(product, statement, stated, estimate, standard deviations)`` by which evidence was moved;
    ``without_mass`` the flows that have a value and no mass; ``uncovered`` products whose trade is
    not known, as the codes named have no flows in the data.
    """

    trade: tuple[tuple[str, int, int], ...] = ()
    traded: int = 0
    flows: int = 0
    without_mass: int = 0
    without_output: tuple[str, ...] = ()
    uncovered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    conflicts: tuple[tuple[str, str, float, float, float], ...] = ()


def network(graph: Graph, leading: Leading, chain: Chain) -> tuple[list[Link], Balance]:
    """All relationships of the network by the facts in the graph, and what did not fit.

    On one thread: the matrices are small, and threads that wait for each other cost six times more.
    """
    with threadpool_limits(1):
        return _network(graph, leading, chain)


def _network(graph: Graph, leading: Leading, chain: Chain) -> tuple[list[Link], Balance]:
    trade, uncovered = facts.trade(graph)
    year = max((of.year for of in trade.values()), default=0) or _newest(leading)
    blocs = facts.members(graph, year)
    spoken = said(graph, leading, year)
    steps = facts.inputs(graph)
    names = sorted({*trade, *spoken, *(p for step in steps for p in step)})
    plants, most = facts.plants(graph), capacities(graph, year)
    made = {
        name: makers(leading.output.get(name, ()), year, plants.get(name, ()), most.get(name))
        for name in names
    }
    products = {
        name: Product(
            name, made[name], trade.get(name), spoken.get(name, ()), blocs,
            _may_make(name, chain, made),
        )
        for name in names
    }  # fmt: skip
    industries = facts.industries(graph)
    uses = _uses(steps, made)
    asked = [*markets(graph), *blocs]
    links = [*_supplying(products, asked, uses, spoken), *_feeding(steps, products, chain, made)]
    known = [link for link in links if link.start in industries]
    sources = Counter((of.source, of.year) for of in trade.values())
    return [link for link in known if link.type != "FEEDS" or link.end in industries], Balance(
        tuple((source, year, count) for (source, year), count in sorted(sources.items())),
        len(trade),
        sum(len(of.flows) for of in trade.values()),
        sum(p.without_mass for p in products.values()),
        tuple(name for name in trade if not made[name].known),
        tuple((name, tuple(codes)) for name, codes in uncovered.items()),
        tuple(
            (name, c.name, c.stated, c.estimate, c.deviations)
            for name, product in products.items()
            if product.balanced is not None
            for c in product.balanced.conflicts
        ),
    )


def _newest(leading: Leading) -> int:
    first = [of[0].evidence.reports for of in leading.output.values()]
    return max((r.ends for reports in first for r in reports), default=0)


def _may_make(name: str, chain: Chain, made: Mapping[str, Makers]) -> Collection[str] | None:
    """Of a by-product that is made of its hosts' products alone, only who makes a form of a host;
    else anybody."""
    hosts = chain.hosts_of(name)
    forms = chain.forms(hosts)
    inputs = {*chain.inputs.get(name, ())}
    if not hosts or not inputs or inputs - forms:
        return None
    return {c for p in forms if p in made for c in (*made[p].shares, *made[p].others)}


def _by_other_hosts(
    taken: str, name: str, chain: Chain, made: Mapping[str, Makers]
) -> Collection[str]:
    """Who makes the by-product of other hosts than the one taken: who makes forms of them alone, as
    Poland's rhenium is of its copper and not of molybdenum."""

    def makes(hosts: Collection[str]) -> set[str]:
        return {c for p in chain.forms(hosts) if p in made for c in _users(made[p])}

    hosts = chain.hosts_of(name)
    of = hosts & {*chain.materials.get(taken, ())}
    return makes(hosts - of) - makes(of) if of else ()


def _uses(
    steps: Sequence[tuple[str, str]], made: Mapping[str, Makers]
) -> dict[str, dict[str, float]]:
    """Shares of the world's use of each product by economy: the mean over what is made of it."""
    found: dict[str, dict[str, float]] = {}
    into: dict[str, list[str]] = defaultdict(list)
    for taken, product in steps:
        if made[product].shares:
            into[taken].append(product)
    for taken, products in into.items():
        total: dict[str, float] = defaultdict(float)
        for product in products:
            for economy, share in made[product].shares.items():
                total[economy] += share.value / len(products)
        found[taken] = dict(total)
    return found


def _supplying(
    products: Mapping[str, Product],
    asked: Collection[str],
    uses: Mapping[str, Mapping[str, float]],
    spoken: Mapping[str, Sequence[Said]],
) -> Iterator[Link]:
    for name, product in products.items():
        observed = _observed(spoken.get(name, ()))
        for market in sorted({*product.markets(), *asked}):
            for part in product.parts(market, uses.get(name, {})):
                seen = observed.get((market, part.supplier), {}) if part.method != WORLD else {}
                limited = {"limited_by": part.limited_by}
                yield _link("SUPPLIES_MARKET", part, market, {**seen, **limited})


def _observed(said: Sequence[Said]) -> dict[tuple[str, str], dict[str, object]]:
    """By market and supplier the newest published share, of masses where both are told."""
    found: dict[tuple[str, str], MarketShare] = {}
    for s in said:
        if isinstance(s, MarketShare):
            held = found.get((s.market, s.supplier))
            if held is None or _telling(s) > _telling(held):
                found[s.market, s.supplier] = s
    return {
        key: {
            "observed_share": round(s.share, 4),
            "observed_of": s.of,
            "observed_basis": s.basis or None,
            "observed_period": s.period,
            "observed_source": s.source,
        }
        for key, s in found.items()
    }


def _telling(said: MarketShare) -> tuple[int, bool, str]:
    return last_year(said.period), said.basis == "mass", said.source


def _feeding(
    steps: Sequence[tuple[str, str]],
    products: Mapping[str, Product],
    chain: Chain,
    made: Mapping[str, Makers],
) -> Iterator[Link]:
    """Which industries take each of their inputs from which: as their countries have it."""
    for taken, product in steps:
        uses = {c: share.value for c, share in made[product].shares.items()}
        users = _users(made[product]) | products[product].exporters()
        for country in sorted(users.difference(_by_other_hosts(taken, product, chain, made))):
            for part in products[taken].parts(country, uses):
                yield _link("FEEDS", part, f"{country}:{product}")


def _users(makers: Makers) -> set[str]:
    large = {c for c, share in makers.shares.items() if share.value >= MAKES_LITTLE}
    return large | {c for c, a in makers.amounts.items() if a.value} | makers.others


def _link(type_: str, part: Part, taker: str, more: Mapping[str, object] | None = None) -> Link:
    values = {
        "share": part.share,
        "share_low": part.low,
        "share_high": part.high,
        "basis": part.basis,
        "period": part.period,
        "method": part.method,
        "share_sources": list(part.sources) or None,
    }
    return Link(type_, f"{part.supplier}:{part.product}", taker, {**values, **(more or {})})
