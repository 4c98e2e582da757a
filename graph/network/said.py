"""What the graph holds of single markets: shares of imports, supply and use, import reliance and
consumption. Flows that one side alone reports are in the reconciled trade already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from neo4j import Record

from ..connection import Graph
from .headline import WEAK, last_year
from .leading import Leading
from .measured import of_bounds, of_market_share, relative
from .outputs import GOODS
from .statements import Consumption, MarketShare, Reliance, Said

SHARES = f"""
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[supply:SUPPLIES]->(market:Economy)
MATCH (industry)-[:MAKES]->(product:Product) WHERE NOT economy:Aggregate AND NOT product:TradeCode
MATCH (source:Source {{id: supply.source}})
WHERE supply.measured AND supply.verified AND coalesce(source.grade, '') <> '{WEAK}'
  AND (market:Bloc OR market:Country) AND supply.share IS NOT NULL
RETURN product.id AS product, economy.id AS supplier, market.id AS market, supply.share AS share,
       supply.value_share AS value_share, coalesce(supply.share_of, 'imports') AS of,
       coalesce(supply.basis, '') AS basis, supply.period AS period, source.id AS source,
       coalesce(source.grade, '') AS grade
ORDER BY product, market, source, supplier, supply.id
"""
RELIANCE = """
MATCH (market:Country)-[:HAS]->(industry:Industry)-[said:REPORTED_BY]->(source:Source)
WHERE said.measure = 'net-import-reliance' AND said.status <> 'forecast'
MATCH (industry)-[:MAKES|TOTALS]->(product:Product) WHERE NOT product:TradeCode
MATCH (product)-[:FORM_OF]->(material:Material)
RETURN product.id AS product, material.id AS material, product.id ENDS WITH '/all-forms' AS every,
       market.id AS market, said.amount AS amount, said.low AS low, said.high AS high,
       said.period AS period, source.id AS source
ORDER BY product, market, period, source
"""
CONSUMPTION = """
MATCH (market:Country)-[:HAS]->(industry:Industry)-[said:REPORTED_BY]->(source:Source)
WHERE said.measure = 'apparent-consumption' AND said.unit = 't' AND said.amount > 0
  AND said.basis IN $goods AND said.suspect IS NULL
MATCH (industry)-[:MAKES|TOTALS]->(product:Product) WHERE NOT product:TradeCode
RETURN product.id AS product, market.id AS market, said.amount AS amount, said.period AS period,
       said.status AS status, coalesce(source.grade, '') AS grade, source.id AS source
ORDER BY product, market, period, source
"""
BY_CODE = f"""
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[supply:SUPPLIES]->(market:Economy)
MATCH (industry)-[:SHIPS]->(code:TradeCode)-[covers:CLASSIFIES]->(product:Product)
MATCH (source:Source {{id: supply.source}})
WHERE covers.specificity IN ['exact', 'dominant'] AND NOT economy:Aggregate AND supply.measured
  AND supply.verified AND coalesce(source.grade, '') <> '{WEAK}' AND supply.share IS NOT NULL
  AND 1 = COUNT {{ MATCH (every:TradeCode)-[k:CLASSIFIES]->(product)
    WHERE k.specificity IN ['exact', 'dominant'] AND size(every.code) >= 6
      AND head(split(every.id, '/')) = head(split(code.id, '/')) RETURN DISTINCT every }}
RETURN DISTINCT product.id AS product, economy.id AS supplier, market.id AS market,
       supply.share AS share, supply.value_share AS value_share,
       coalesce(supply.share_of, 'imports') AS of, coalesce(supply.basis, '') AS basis,
       supply.period AS period, source.id AS source, coalesce(source.grade, '') AS grade,
       covers.specificity = 'exact' AS exact, size(code.code) AS digits
ORDER BY product, market, digits DESC, source, supplier
"""
"""Customs' shares under a code that is the product's only one of its nomenclature."""
MARKETS = """
MATCH (:Industry)-[:SUPPLIES]->(market:Country) RETURN DISTINCT market.id AS market
"""
FORMS = """
MATCH (material:Material)<-[:FORM_OF]-(product:Product)-[:AT_STAGE]->(stage:Stage)
WHERE NOT product:TradeCode AND stage.id IN ['extraction', 'processing']
RETURN material.id AS material, product.id AS product ORDER BY material, product
"""
OF_ANOTHER_FORM = 0.15
"""Standard deviation of a reliance that is told of all forms of a material together."""
OF_ITS_OWN = 0.05


def said(graph: Graph, leading: Leading, year: int) -> dict[str, list[Said]]:
    """By product, all that is said of single markets, aged to a year."""
    found: dict[str, list[Said]] = defaultdict(list)
    for product, share in _shares(graph, leading, year):
        found[product].append(share)
    for product, share in _by_code(graph, year):
        found[product].append(share)
    for product, reliance in _reliance(graph, year):
        found[product].append(reliance)
    newest: dict[tuple[str, str], Consumption] = {}
    for r in graph.read(CONSUMPTION, {"goods": sorted(GOODS)}).records:
        sd = relative(r["status"], year - last_year(r["period"]), r["grade"]) * r["amount"]
        used = Consumption(r["market"], r["amount"], sd, r["period"], r["source"])
        newest[r["product"], r["market"]] = used
    for (product, _), used in newest.items():
        found[product].append(used)
    return found


def _shares(graph: Graph, leading: Leading, year: int) -> list[tuple[str, MarketShare]]:
    """Published shares: of each publication only what its leading evidence on the market says."""
    found = []
    for r in graph.read(SHARES).records:
        key = (r["product"], r["market"])
        first: dict[str, tuple[str, str]] = {}
        for one in leading.sourcing.get(key, ()):
            s = one.evidence
            first.setdefault(s.publication or s.source, (s.source, s.period))
        if (r["source"], r["period"]) not in first.values():
            continue
        found += [(r["product"], share) for share in _of_market(r, year, weighed=True)]
    return found


def _by_code(graph: Graph, year: int) -> list[tuple[str, MarketShare]]:
    """Customs' shares of the newest period, by the code with the most digits."""
    best: dict[tuple[str, str], tuple[int, int]] = {}
    rows = graph.read(BY_CODE).records
    for r in rows:
        key, told = (r["product"], r["market"]), (last_year(r["period"]), r["digits"])
        best[key] = max(best.get(key, told), told)
    found = []
    for r in rows:
        told = (last_year(r["period"]), r["digits"])
        if best[r["product"], r["market"]] == told:
            found += [(r["product"], share) for share in _of_market(r, year, weighed=r["exact"])]
    return found


def markets(graph: Graph) -> list[str]:
    """The countries of whose sourcing publishers speak at all."""
    return sorted(r["market"] for r in graph.read(MARKETS).records)


def _of_market(row: Record, year: int, *, weighed: bool) -> Iterator[MarketShare]:
    """The share by mass, and that by value where the source gives both."""
    years = year - last_year(row["period"])
    for basis, share in ((row["basis"], row["share"]), ("value", row["value_share"])):
        if share is not None:
            sd = of_market_share(share, years, row["grade"], weighed=weighed and bool(basis))
            ends = (row["market"], row["supplier"], share, sd, row["of"], basis)
            yield MarketShare(*ends, row["period"], row["source"])


def _reliance(graph: Graph, year: int) -> list[tuple[str, Reliance]]:
    """The newest reliance of each product and market; of a material told of all forms together,
    it stands, less surely, for each form of which nothing is told."""
    own: dict[tuple[str, str], Reliance] = {}
    every: dict[tuple[str, str], Reliance] = {}
    for r in graph.read(RELIANCE).records:
        if last_year(r["period"]) > year:
            continue
        low = r["amount"] if r["low"] is None else r["low"]
        high = r["amount"] if r["high"] is None else r["high"]
        low, high = (low or 0.0) / 100, (100.0 if high is None else high) / 100
        at, wide = max(0.0, (low + high) / 2), of_bounds(low, high)
        rest = (r["period"], r["source"])
        own[r["product"], r["market"]] = Reliance(r["market"], at, max(OF_ITS_OWN, wide), *rest)
        if r["every"]:
            sd = max(OF_ANOTHER_FORM, wide)
            every[r["material"], r["market"]] = Reliance(r["market"], at, sd, *rest)
    found = [(product, reliance) for (product, _), reliance in own.items()]
    spoken = own.keys()
    for r in graph.read(FORMS).records:
        for (material, market), reliance in every.items():
            if material == r["material"] and (r["product"], market) not in spoken:
                found.append((r["product"], reliance))
    return found
