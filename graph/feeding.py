"""The dependency network, computed from the facts.

``FEEDS`` between industries and ``SUPPLIES_MARKET`` from industries to economies, each with its
bounds, basis, year and method (``links.py`` stores them). For each product the first of these that
the facts allow:

1. ``proportional-sourcing``: output by the headline source and trade by the newest reconciled
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
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from neo4j import Record

from .connection import Graph
from .headline import FILLED, HIDDEN, Report, Share, evidence_of_output
from .links import Link
from .sourcing import BALANCE, LEAST, PUBLISHED, Amount, Flow, Part, Product, balance_bounds

BLOCS = ("EU27",)
"""Blocs that are asked about as one market."""
GOODS = frozenset({"gross-weight", "dry-weight"})
"""Bases in which output counts goods as trade does."""
RECENT = 5
"""Years for which another source's figure makes its country a maker."""
UNNAMED = 0.05
"""Where published shares leave more than this fraction to nobody, anyone may make it."""
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")

NEWEST = """
MATCH (:Industry)-[flow:EXPORTS_TO {reporter_side: 'reconciled'}]->(:Economy)
WITH DISTINCT flow.source AS source, flow.year AS year
MATCH (edition:Source {id: source})
RETURN source, year ORDER BY edition.published DESC, year DESC, source LIMIT 1
"""
TRADE = """
MATCH (code:TradeCode)-[covers:CLASSIFIES]->(product:Product)
WHERE covers.specificity IN ['exact', 'dominant']
WITH DISTINCT code, product
MATCH (code)<-[:MAKES]-(industry:Industry)-[flow:EXPORTS_TO]->(importer:Economy)
WHERE flow.source = $source AND flow.year = $year AND flow.reporter_side = 'reconciled'
  AND NOT importer:Bloc AND importer.id <> 'WLD'
MATCH (exporter:Economy)-[:HAS]->(industry) WHERE NOT exporter:Bloc AND exporter.id <> 'WLD'
RETURN product.id AS product, exporter.id AS exporter, importer.id AS importer,
       coalesce(flow.value, 0.0) AS value, flow.mass AS mass
"""
INPUTS = """
MATCH (input:Product)-[:INPUT_TO]->(output:Product)
OPTIONAL MATCH (input)-[:FORM_OF]->(own:Material)
OPTIONAL MATCH (output)-[:FORM_OF]->(made:Material)
RETURN input.id AS input, output.id AS output, collect(own.id) = collect(made.id) AS same
"""
PUBLISHED_SHARES = """
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[supply:SUPPLIES]->(market:Economy)
MATCH (industry)-[:MAKES]->(product:Product) WHERE NOT product:TradeCode AND NOT economy:Aggregate
MATCH (source:Source {id: supply.source})-[:EDITION_OF]->(:Publication)
WHERE supply.measured AND (market:Bloc OR market:Country)
OPTIONAL MATCH (:Industry {id: market.id + ':' + product.id})-[own:REPORTED_BY]->(source)
WHERE own.measure = 'net-import-reliance'
WITH economy, supply, market, product, source, min(coalesce(own.amount, own.low, 0.0)) AS reliance
RETURN product.id AS product, economy.id AS supplier, market.id AS market, market:Bloc AS bloc,
       supply.period AS period, coalesce(source.published, '') AS published, source.id AS source,
       coalesce(supply.share, supply.low, 0.0) AS low,
       coalesce(supply.share, supply.high, supply.low) AS high,
       CASE WHEN reliance > 0 THEN reliance / 100.0 ELSE 0.0 END AS reliance
"""
MEMBERS = """
MATCH (country:Country)-[member:MEMBER_OF]->(bloc:Bloc) WHERE bloc.id IN $blocs
  AND member.from.year <= $year AND (member.until IS NULL OR member.until.year > $year)
RETURN bloc.id AS bloc, country.id AS country
"""
INDUSTRIES = """
MATCH (economy:Country)-[:HAS]->(industry:Industry)-[:MAKES]->(product:Product)
WHERE NOT product:TradeCode
RETURN industry.id AS industry
"""


@dataclass(frozen=True, slots=True)
class Balance:
    """What was balanced, and what did not fit: for a person to judge, not to be hidden.

    ``impossible`` names ``(product, country, tonnes)`` where more leaves a country than it can
    have made and imported; ``re_exporting`` counts the cases of a product and a country that
    exports others' goods; ``without_mass`` the flows that have a value and no mass.
    """

    source: str = ""
    year: int = 0
    traded: int = 0
    flows: int = 0
    without_mass: int = 0
    without_output: tuple[str, ...] = ()
    re_exporting: int = 0
    impossible: tuple[tuple[str, str, float], ...] = ()


def network(
    graph: Graph, reports: Sequence[Report], shares: Sequence[Share]
) -> tuple[list[Link], Balance]:
    """All relationships of the network by the facts in the graph, and what did not fit."""
    newest = graph.read(NEWEST).records
    source, year = (newest[0]["source"], newest[0]["year"]) if newest else ("", 0)
    flows = _flows(graph, source, year)
    evidence: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        evidence[report.product].append(report)
    products = {
        product: _product(product, (source, year), evidence[product], flows[product])
        for product in sorted(flows)
    }
    balanced = {name: product for name, product in products.items() if product.output}
    industries = {r["industry"] for r in graph.read(INDUSTRIES).records}
    markets = _markets(graph, balanced.values(), year)
    supplied = _supplied(balanced, markets)
    published = _published(graph)
    for key, parts in published.items():
        supplied.setdefault(key, parts)
    links = [
        Link("SUPPLIES_MARKET", f"{part.supplier}:{product}", market, part)
        for (product, market), parts in supplied.items()
        for part in parts
    ]
    links += _feeding(graph, supplied, shares, industries)
    known = [link for link in links if link.supplier in industries]
    return sorted(known, key=lambda link: (link.type, link.taker, link.supplier)), Balance(
        source,
        year,
        len(balanced),
        sum(len(f) for f in flows.values()),
        sum(f.mass is None for found in flows.values() for f in found),
        tuple(sorted(set(products) - set(balanced))),
        sum(len(p.reexporters()) for p in balanced.values()),
        tuple(
            (name, country, round(surplus, 1))
            for name, product in balanced.items()
            for country, surplus in product.impossible()
        ),
    )


def _flows(graph: Graph, source: str, year: int) -> dict[str, list[Flow]]:
    """Trade by product; the codes of a product are added up, a flow without a mass kept apart."""
    found: dict[str, list[Flow]] = defaultdict(list)
    for record in graph.read(TRADE, {"source": source, "year": year}).records:
        flow = Flow(**dict(record))
        found[flow.product].append(flow)
    for flows in found.values():
        flows.sort(key=lambda f: (f.importer, f.exporter, f.value))
    return found


def _product(
    name: str, trade: tuple[str, int], reports: Sequence[Report], flows: Iterable[Flow]
) -> Product:
    """Output and trade (of a source and year) of one product; without output where no source has
    a share of it."""
    source, year = trade
    chosen = evidence_of_output(reports, year)
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
        recent = _year(report.period) >= year - RECENT
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
        source=_joined(source, first.source),
    )


def _markets(graph: Graph, products: Iterable[Product], year: int) -> dict[str, tuple[str, ...]]:
    """The markets, each with its members: every importer and maker for itself, and the blocs."""
    found = {c: (c,) for p in products for c in (*p.imports, *p.output)}
    blocs: dict[str, list[str]] = defaultdict(list)
    for record in graph.read(MEMBERS, {"blocs": BLOCS, "year": year}).records:
        blocs[record["bloc"]].append(record["country"])
    return found | {bloc: tuple(sorted(members)) for bloc, members in blocs.items()}


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


def _published(graph: Graph) -> dict[tuple[str, str], list[Part]]:
    """By product and market, the shares that a publisher measured: its newest edition's."""
    rows: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in graph.read(PUBLISHED_SHARES).records:
        rows[record["product"], record["market"]].append(record)
    found = {}
    for (product, market), records in sorted(rows.items()):
        newest = max(_edition(r) for r in records)
        parts = []
        for record in records:
            if _edition(record) != newest:
                continue
            # Shares of a bloc are of all that it takes, those of a country of its imports only;
            # rounded, they may exceed one together.
            low = record["low"] if record["bloc"] else record["low"] * record["reliance"]
            low /= max(1.0, sum(r["low"] for r in records if _edition(r) == newest))
            if record["high"] is not None and record["high"] > LEAST:
                year = _year(record["period"])
                ends = (product, record["supplier"], round(low, 6), record["high"])
                parts.append(Part(*ends, "mass", year, PUBLISHED, record["source"]))
        if parts:
            found[product, market] = parts
    return found


def _edition(record: Record) -> tuple[str, str, str]:
    return record["published"], record["source"], record["period"]


def _feeding(
    graph: Graph,
    supplied: Mapping[tuple[str, str], list[Part]],
    shares: Sequence[Share],
    industries: set[str],
) -> Iterator[Link]:
    """Which industries take their input from which: as their countries do, or within bounds."""
    inputs = [(r["input"], r["output"], r["same"]) for r in graph.read(INPUTS).records]
    made_into: dict[str, set[str]] = defaultdict(set)
    made_from: dict[str, set[str]] = defaultdict(set)
    for taken, made, _ in inputs:
        made_into[taken].add(made)
        made_from[made].add(taken)
    makers: dict[str, list[Share]] = defaultdict(list)
    for share in shares:
        if _most(share) > 0:
            makers[share.product].append(share)
    for taken, made, same in sorted(inputs):
        alone = same and len(made_into[taken]) == 1 and len(made_from[made]) == 1
        for consumer in makers[made]:
            country = consumer.industry.removesuffix(f":{made}")
            if parts := supplied.get((taken, country)):
                for part in parts:
                    supplier = f"{part.supplier}:{taken}"
                    yield Link("FEEDS", supplier, consumer.industry, part)
            elif alone:
                for supplier_share in makers[taken]:
                    if (bounded := _bounded(supplier_share, consumer)) is not None:
                        yield Link("FEEDS", supplier_share.industry, consumer.industry, bounded)


def _bounded(supplier: Share, consumer: Share) -> Part | None:
    """What the shares of two stages leave possible; ``None`` where that is anything at all."""
    low = supplier.share if supplier.share_low is None else supplier.share_low
    least = consumer.share if consumer.share_low is None else consumer.share_low
    bounds = balance_bounds(low or 0.0, _most(supplier), least or 0.0)
    if bounds.low <= 0 and bounds.high >= 1:
        return None
    year = min(_year(supplier.year), _year(consumer.year))
    origin = supplier.industry.removesuffix(f":{supplier.product}")
    sources = _joined(supplier.share_source, consumer.share_source)
    return Part(supplier.product, origin, bounds.low, bounds.high, "mass", year, BALANCE, sources)


def _year(period: str) -> int:
    """The last year of a period, which begins with one."""
    return int(_YEAR.findall(period)[-1])


def _joined(*sources: str) -> str:
    return "; ".join(dict.fromkeys(s for s in sources if s))


def _most(share: Share) -> float:
    """The upper bound of a headline share; 1 where only a lower one is known."""
    point = share.share if share.share_high is None else share.share_high
    return 1.0 if point is None else point
