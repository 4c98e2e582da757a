"""What is read of the graph to derive from: output, sourcing, trade and what is made into what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..connection import Graph
from .headline import DOCUMENT, WEAK, Report
from .leading import Sourcing
from .needs import Chain, Use
from .suspects import Figure

BLOCS = ("EU27",)
"""Blocs that are asked about as one market."""
AT_WORK = ("operating", "ramping-up")
"""Statuses of a plant that makes its product."""

OUTPUT = f"""
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[:MAKES|TOTALS]->(product:Product)
WHERE NOT economy:Bloc AND NOT product:TradeCode
MATCH (industry)-[report:REPORTED_BY]->(source:Source)
WHERE report.measure IN ['production', 'share-of-supply'] AND report.status <> 'forecast'
OPTIONAL MATCH (source)-[:EDITION_OF]->(publication:Publication)
RETURN report.id AS id, product.id AS product, industry.id AS industry, economy.id = 'WLD' AS world,
       economy:Aggregate AS aggregate, report.measure AS measure, report.period AS period,
       report.basis AS basis, report.amount AS amount, report.low AS low, report.high AS high,
       report.status AS status, report.unit AS unit, source.id AS source,
       coalesce(source.published, '') AS published, coalesce(report.verified, false) AS verified,
       coalesce(source.grade, '') AS grade,
       coalesce(publication.preference, {DOCUMENT}) AS preference,
       coalesce(publication.id, source.id) AS publication
"""
BESIDE = """
CALL () {
  MATCH (industry:Industry)-[figure:REPORTED_BY {measure: 'capacity'}]->(source:Source)
  MATCH (industry)-[:MAKES|TOTALS]->(product:Product)
  RETURN figure, head(split(industry.id, ':')) AS economy, product.id AS product,
         'capacity' AS measure, source
  UNION ALL
  MATCH (economy:Economy)-[figure:HOLDS_RESERVES]->(product:Product)
  MATCH (source:Source {id: figure.source})
  RETURN figure, economy.id AS economy, product.id AS product, 'reserves' AS measure, source
}
WITH * WHERE figure.amount IS NOT NULL
OPTIONAL MATCH (source)-[:EDITION_OF]->(publication:Publication)
RETURN figure.id AS id, economy, product, measure, coalesce(figure.basis, '') AS basis,
       figure.unit AS unit, figure.period AS period, figure.amount AS amount,
       source.id AS source, coalesce(publication.id, source.id) AS publication
"""
SOURCING = f"""
MATCH (industry:Industry)-[supply:SUPPLIES]->(market:Economy)
MATCH (industry)-[:MAKES|TOTALS]->(product:Product) WHERE NOT product:TradeCode
MATCH (source:Source {{id: supply.source}})
OPTIONAL MATCH (source)-[:EDITION_OF]->(publication:Publication)
RETURN product.id AS product, market.id AS market, source.id AS source, supply.period AS period,
       coalesce(publication.id, source.id) AS publication,
       coalesce(source.published, '') AS published,
       coalesce(publication.preference, {DOCUMENT}) AS preference,
       count(CASE WHEN supply.measured AND supply.verified
                   AND coalesce(source.grade, '') <> '{WEAK}' THEN supply.share END) AS measured,
       count(coalesce(supply.share, supply.high)) AS stated
"""
NEWEST = """
MATCH (:Industry)-[flow:EXPORTS_TO {reporter_side: 'reconciled'}]->(:Economy)
WITH DISTINCT flow.source AS source, flow.year AS year
WITH source, max(year) AS year
MATCH (edition:Source {id: source})
RETURN source, year ORDER BY edition.published DESC, source
"""
TRADE = """
MATCH (code:TradeCode)-[covers:CLASSIFIES]->(product:Product)
WHERE covers.specificity IN ['exact', 'dominant']
WITH code, product, max(covers.specificity = 'dominant') AS dominant
MATCH (code)<-[:SHIPS]-(industry:Industry)-[flow:EXPORTS_TO]->(importer:Economy)
WHERE flow.source = $source AND flow.year = $year AND flow.reporter_side = 'reconciled'
  AND NOT importer:Bloc AND importer.id <> 'WLD'
MATCH (exporter:Economy)-[:HAS]->(industry) WHERE NOT exporter:Bloc AND exporter.id <> 'WLD'
RETURN product.id AS product, exporter.id AS exporter, importer.id AS importer,
       coalesce(flow.value, 0.0) AS value, flow.mass AS mass, dominant
"""
USES = """
MATCH (technology:Technology)<-[use:USED_IN]-(used:Product|Material)
WHERE use.importance IS NOT NULL
RETURN technology.id AS technology, CASE WHEN used:Product THEN used.id END AS product,
       CASE WHEN used:Material THEN used.id END AS material, use.importance AS importance,
       use.market_share AS market_share, use.verified AS verified,
       [id IN [use.source, use.market_share_source] WHERE id IS NOT NULL] AS sources
ORDER BY technology, product, material, use.id
"""
CHAIN = """
MATCH (product:Product) WHERE NOT product:TradeCode
RETURN product.id AS product,
       COLLECT { MATCH (product)-[:FORM_OF]->(of:Material) RETURN of.id } AS materials,
       COLLECT { MATCH (taken:Product)-[:INPUT_TO]->(product) RETURN taken.id } AS inputs,
       EXISTS { (product)-[:AT_STAGE]->(:Stage {id: 'extraction'}) } AS mined
"""
HOSTS = """
MATCH (material:Material)-[:BYPRODUCT_OF]->(host:Material)
RETURN DISTINCT material.id AS material, host.id AS host
"""
UNCOVERED = """
MATCH (any:TradeCode)<-[:SHIPS]-(:Industry)-[flow:EXPORTS_TO]->(:Economy)
WHERE flow.source = $source AND flow.year = $year AND flow.reporter_side = 'reconciled'
WITH DISTINCT any
WITH collect(any) AS held, collect(DISTINCT head(split(any.id, '/'))) AS nomenclatures
MATCH (code:TradeCode)-[covers:CLASSIFIES]->(product:Product)
WHERE covers.specificity IN ['exact', 'dominant'] AND head(split(code.id, '/')) IN nomenclatures
  AND size(code.code) >= 6 AND NOT code IN held
RETURN DISTINCT product.id AS product, code.id AS code ORDER BY product, code
"""
INPUTS = """
MATCH (input:Product)-[:INPUT_TO]->(output:Product)
RETURN DISTINCT input.id AS input, output.id AS output
"""
MEMBERS = """
MATCH (country:Country)-[member:MEMBER_OF]->(bloc:Bloc) WHERE bloc.id IN $blocs
  AND member.from.year <= $year AND (member.until IS NULL OR member.until.year > $year)
RETURN bloc.id AS bloc, country.id AS country
"""
PLANTS = f"""
MATCH (plant:Project)-[:PRODUCES]->(product:Product), (plant)-[:LOCATED_IN]->(country:Country)
WHERE plant.verified AND plant.status IN {list(AT_WORK)}
RETURN DISTINCT product.id AS product, country.id AS country ORDER BY product, country
"""
INDUSTRIES = """
MATCH (:Country)-[:HAS]->(industry:Industry)-[:MAKES]->(:Product)
RETURN industry.id AS industry
"""


@dataclass(frozen=True, slots=True)
class Flow:
    """Goods from one economy to another in a year: value in one currency, net mass in tonnes;
    whether the code holds other goods beside the product."""

    product: str
    exporter: str
    importer: str
    value: float
    mass: float | None
    dominant: bool = False


@dataclass(frozen=True, slots=True)
class Trade:
    """The reconciled trade of one product: of the newest source that covers all its codes, in the
    source's newest year. Its codes are added up, a flow without a mass is kept apart."""

    source: str
    year: int
    flows: list[Flow]


def reports(graph: Graph) -> list[Report]:
    """All evidence on output that is no forecast."""
    return [Report(**dict(record)) for record in graph.read(OUTPUT).records]


def figures(graph: Graph, reports: Iterable[Report]) -> list[Figure]:
    """The figures that can be judged: ``reports`` on output, capacities and reserves."""
    found = [Figure(**dict(record)) for record in graph.read(BESIDE).records]
    for r in reports:
        if r.amount is not None:
            row = (r.product, r.measure, r.basis or "", r.unit, r.period)
            found.append(Figure(r.id, r.economy, *row, r.amount, r.source, r.publication))
    return found


def trusted(reports: Iterable[Report], doubted: Mapping[str, str]) -> list[Report]:
    """The reports, of which those that are doubted give no figure."""
    return [_without_figure(r) if r.id in doubted else r for r in reports]


def _without_figure(report: Report) -> Report:
    return replace(report, amount=None, low=None, high=None, status="not-available")


def sourcing(graph: Graph) -> list[Sourcing]:
    """All evidence on where markets get products from."""
    return [Sourcing(**dict(record)) for record in graph.read(SOURCING).records]


def trade(graph: Graph) -> tuple[dict[str, Trade], dict[str, list[str]]]:
    """The trade of each product, and the codes without flows of those whose trade is not known.

    A product of which a code has no flows in a source has no trade there: what is not loaded is no
    zero.
    """
    found: dict[str, Trade] = {}
    dark: dict[str, list[str]] = {}
    for newest in graph.read(NEWEST).records:
        of = newest.data()
        missing: dict[str, list[str]] = defaultdict(list)
        for record in graph.read(UNCOVERED, of).records:
            missing[record["product"]].append(record["code"])
        held: dict[str, list[Flow]] = defaultdict(list)
        for record in graph.read(TRADE, of).records:
            held[record["product"]].append(Flow(**record.data()))
        for product, flows in held.items():
            if product in missing:
                dark.setdefault(product, missing[product])
            elif product not in found:
                flows.sort(key=lambda f: (f.importer, f.exporter, f.value))
                found[product] = Trade(of["source"], of["year"], flows)
    return found, {product: dark[product] for product in sorted(dark.keys() - found.keys())}


def members(graph: Graph, year: int) -> dict[str, tuple[str, ...]]:
    """The members of each bloc in a year."""
    found: dict[str, list[str]] = defaultdict(list)
    for record in graph.read(MEMBERS, {"blocs": BLOCS, "year": year}).records:
        found[record["bloc"]].append(record["country"])
    return {bloc: tuple(sorted(countries)) for bloc, countries in found.items()}


def inputs(graph: Graph) -> list[tuple[str, str]]:
    """What is made into what."""
    return sorted((r["input"], r["output"]) for r in graph.read(INPUTS).records)


def uses(graph: Graph) -> list[Use]:
    """What technologies use, where a source says of what importance it is."""
    return [
        Use(**{**record.data(), "sources": tuple(record["sources"])})
        for record in graph.read(USES).records
    ]


def chain(graph: Graph) -> Chain:
    """The value chain of products."""
    inputs: dict[str, list[str]] = {}
    materials: dict[str, list[str]] = {}
    mined: dict[str, list[str]] = defaultdict(list)
    for record in graph.read(CHAIN).records:
        product = record["product"]
        inputs[product], materials[product] = record["inputs"], record["materials"]
        for material in record["materials"] if record["mined"] else ():
            mined[material].append(product)
    hosts: dict[str, list[str]] = defaultdict(list)
    for record in graph.read(HOSTS).records:
        hosts[record["material"]].append(record["host"])
    return Chain(inputs, materials, mined, hosts)


def plants(graph: Graph) -> dict[str, set[str]]:
    """By product the countries with a plant at work."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in graph.read(PLANTS).records:
        found[record["product"]].add(record["country"])
    return dict(found)


def industries(graph: Graph) -> set[str]:
    """The ids of all industries of countries that make a product."""
    return {record["industry"] for record in graph.read(INDUSTRIES).records}
