"""The most that a country can have made of a product: its capacity.

A capacity is that of a country where a publisher states it of the country, or where the source of
a plant's capacity says that no other plant of the country makes the product (``sole_maker``). Other
plants bound nothing, however many are known: no source says that they are all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

from ..connection import Graph
from .facts import AT_WORK
from .headline import WEAK, last_year
from .measured import relative
from .outputs import GOODS
from .statements import Capacity

NATIONAL = """
MATCH (country:Country)-[:HAS]->(industry:Industry)
MATCH (industry)-[said:REPORTED_BY {measure: 'capacity'}]->(source:Source)
WHERE said.status <> 'forecast' AND said.unit = 't' AND said.amount IS NOT NULL
  AND said.suspect IS NULL
MATCH (industry)-[:MAKES|TOTALS]->(product:Product) WHERE NOT product:TradeCode
OPTIONAL MATCH (:Industry {id: 'WLD:' + product.id})-[world:REPORTED_BY
  {measure: 'production', basis: said.basis, period: said.period, unit: 't'}]->(source)
WITH product, country, said, source, max(world.amount) AS world
RETURN product.id AS product, country.id AS economy, said.amount AS amount, said.basis AS basis,
       said.period AS period, said.status AS status, coalesce(source.grade, '') AS grade,
       source.id AS source, coalesce(source.published, '') AS published, world
ORDER BY product, economy, published, source, period, amount
"""
SOLE = f"""
MATCH (country:Country)<-[:LOCATED_IN]-(plant:Project)
MATCH (plant)-[said:OUTPUT_REPORTED_BY {{measure: 'capacity', sole_maker: true}}]->(source:Source)
WHERE said.verified AND said.status <> 'forecast' AND said.unit = 't'
  AND coalesce(said.amount, said.high) IS NOT NULL AND plant.status IN {list(AT_WORK)}
  AND coalesce(source.grade, '') <> '{WEAK}'
RETURN said.product AS product, country.id AS economy, coalesce(said.amount, said.high) AS amount,
       said.basis AS basis, said.period AS period, said.status AS status,
       coalesce(source.grade, '') AS grade, source.id AS source,
       coalesce(source.published, '') AS published, null AS world
ORDER BY product, economy, published, source, period, amount
"""
NEAR = 1
"""Years by which the period of a capacity may be off; of several the largest counts."""
BASIS_UNKNOWN = 0.3
"""Relative deviation of tonnes of which no source says whether they are goods or what these
contain: an oxide may be sold as a carbonate that weighs half as much again."""


@dataclass(frozen=True, slots=True)
class Row:
    """A capacity as it is stated; ``world`` is the world's output by the same table."""

    product: str
    economy: str
    amount: float
    basis: str | None
    period: str
    status: str
    grade: str
    source: str
    published: str
    world: float | None


def capacities(graph: Graph, year: int) -> dict[str, dict[str, Capacity]]:
    """By product and economy the capacity that bounds what was made in a year."""
    rows = [Row(**dict(r)) for query in (NATIONAL, SOLE) for r in graph.read(query).records]
    return of_rows(rows, year)


def of_rows(rows: Iterable[Row], year: int) -> dict[str, dict[str, Capacity]]:
    """The same of stated capacities: of those near the year the newest edition's, and of these the
    largest."""
    near: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if abs(last_year(row.period) - year) <= NEAR:
            near[row.product, row.economy].append(row)
    found: dict[str, dict[str, Capacity]] = defaultdict(dict)
    for (product, economy), several in sorted(near.items()):
        newest = max(row.published for row in several)
        stated = [_capacity(row, year) for row in several if row.published == newest]
        if usable := [c for c in stated if c is not None]:
            found[product][economy] = max(usable, key=_most)
    return dict(found)


def _most(capacity: Capacity) -> tuple[float, float]:
    return capacity.of_world or 0.0, capacity.tonnes or 0.0


def _capacity(row: Row, year: int) -> Capacity | None:
    """``None`` where neither the world's output nor the weight of goods can be set against it."""
    off = relative(row.status, last_year(row.period) - year, row.grade)
    if row.world:
        return Capacity(row.economy, row.amount / row.world, None, off, row.source)
    if row.basis in GOODS:
        return Capacity(row.economy, None, row.amount, off, row.source)
    if row.basis == "not-stated":
        return Capacity(row.economy, None, row.amount, hypot(off, BASIS_UNKNOWN), row.source)
    return None
