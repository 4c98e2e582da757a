"""How well each kind of evidence is predicted from all the rest, on the data as they are loaded.

Customs' shares of imports by origin, the EU study's shares of supply, and IEA's shares of refined
output are left out in turn. Printed: how many of the suppliers are no makers by all else (traders,
and countries that pass goods on), how often the 90 % interval of the others holds what was left
out, and the median miss of all. Needs a loaded graph. `python bench/left_out.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median

from orepath.graph.connection import connect
from orepath.graph.network import facts
from orepath.graph.network.capacities import capacities
from orepath.graph.network.leading import Leading, evidence_of, leading
from orepath.graph.network.markets import Product
from orepath.graph.network.outputs import makers
from orepath.graph.network.said import said
from orepath.graph.network.statements import IMPORTS, SUPPLY, Capacity, MarketShare, Said
from orepath.graph.network.suspects import suspects

TOLD = 0.02
"""Shares below this are not looked at: an interval around zero holds most of them."""
NINE_OF_TEN = 1.645

Seen = tuple[float, float, float, float]
"""What was left out, and what is predicted for it: share, low and high."""


def of_markets(
    order: Leading,
    trade: dict[str, facts.Trade],
    spoken: dict[str, list[Said]],
    blocs: dict[str, tuple[str, ...]],
    most: dict[str, dict[str, Capacity]],
    kind: Callable[[MarketShare], bool],
) -> Iterator[Seen]:
    """Published shares of markets of one kind, each predicted without any of that kind."""
    for name, every in sorted(spoken.items()):
        out = [s for s in every if isinstance(s, MarketShare) and kind(s) and s.share >= TOLD]
        if not out:
            continue
        rest = [s for s in every if not (isinstance(s, MarketShare) and kind(s))]
        made = makers(order.output.get(name, ()), 2024, capacities=most.get(name))
        product = Product(name, made, trade.get(name), rest, blocs)
        for market in sorted({s.market for s in out}):
            parts = {p.supplier: p for p in product.parts(market, {})}
            members = blocs.get(market, (market,))
            own = sum(p.share for c, p in parts.items() if c in members)
            for s in out:
                found = parts.get(s.supplier)
                if s.market != market or not parts or own > 0.98:
                    continue
                over = 1.0 - own if s.of == IMPORTS else 1.0
                low, share, high = (
                    min(1.0, v / over)
                    for v in ((found.low, found.share, found.high) if found else (0.0, 0.0, 0.005))
                )
                yield s.share, share, low, high


def of_output(order: Leading, source: str) -> Iterator[Seen]:
    """Shares of the world's output by the editions of one publication, by all others' evidence."""
    for ranked in order.output.values():
        left = [r for one in ranked for r in one.evidence.reports]
        own = [one.evidence for one in ranked if one.evidence.first.publication == source]
        rest = makers(evidence_of(r for r in left if r.publication != source), 2024)
        if not own or not own[0].shares or not rest.shares:
            continue
        for share in own[0].shares:
            economy = share.industry.removesuffix(f":{share.product}")
            if share.share is not None and share.share >= TOLD and economy in rest.shares:
                found = rest.shares[economy]
                off = NINE_OF_TEN * found.sd
                yield share.share, found.value, found.value - off, found.value + off


def told(what: str, seen: list[Seen]) -> None:
    """Print how well one kind was predicted."""
    of_makers = [one for one in seen if one[1] > 0]
    held = sum(low - 0.005 <= true <= high + 0.005 for true, _, low, high in of_makers)
    miss = median(abs(true - share) for true, share, _, _ in seen)
    print(
        f"{what:<45} {len(seen):>5} {1 - len(of_makers) / len(seen):>8.0%} "
        f"{held / len(of_makers):>8.0%} {miss:>12.1%}"
    )


def main() -> None:
    """Leave out each kind and print what is predicted."""
    with connect() as graph:
        reports = facts.reports(graph)
        reports = facts.trusted(reports, suspects(facts.figures(graph, reports)))
        order = leading(reports, facts.sourcing(graph))
        trade, _ = facts.trade(graph)
        year = max(of.year for of in trade.values())
        spoken, blocs = said(graph, order, year), facts.members(graph, year)
        most = capacities(graph, year)
    kinds: dict[str, Callable[[MarketShare], bool]] = {
        "customs' shares of imports, 2024": lambda s: s.of == IMPORTS and s.period == "2024",
        "USGS's shares of imports, 2021-2024": lambda s: s.source.startswith("usgs"),
        "the EU study's shares of supply, 2016-2020": lambda s: s.of == SUPPLY,
    }
    print(f"{'left out':<45} {'shares':>5} {'absent':>8} {'held':>8} {'median miss':>12}")
    for what, kind in kinds.items():
        told(what, list(of_markets(order, trade, spoken, blocs, most, kind)))
    told("IEA's shares of refined output", list(of_output(order, "iea-cmd")))


if __name__ == "__main__":
    main()
