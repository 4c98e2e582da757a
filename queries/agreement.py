"""How far publications agree on who makes what: the largest maker of each product, and its share.

Compared are the newest editions of each two publications for the newest year that both state. Each
share is taken in its own whole and content basis (oxide or metal), so that only the proportions
count. ``evidence/agreement.reviewed.csv`` says of each difference of more than ten points, or of
another largest maker, why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ..graph.connection import Graph
from .reviewed import reasons

POINTS = (2.0, 5.0, 10.0)
"""Points of per cent within which leaders' shares are counted as agreeing."""
FIGURES = """
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[:MAKES|TOTALS]->(product:Product)
WHERE NOT product:TradeCode AND NOT economy:Bloc
MATCH (industry)-[r:REPORTED_BY {measure: 'production'}]->(source:Source)
      -[:EDITION_OF]->(publication:Publication)
WHERE r.amount IS NOT NULL AND r.status <> 'forecast' AND r.suspect IS NULL AND size(r.period) = 4
RETURN product.id AS product, publication.id AS publication, source.id AS source,
       coalesce(source.published, '') AS published, r.period AS year,
       coalesce(r.basis, '') AS basis, economy.id AS economy, economy:Aggregate AS aggregate,
       r.amount AS amount
"""
Key = tuple[str, ...]
"""Product and two publications, in the order of their ids."""


@dataclass(frozen=True, slots=True)
class Table:
    """What one edition states of a product's output in a year: amounts by economy, the published
    total and residuals among them; which of them are countries."""

    source: str
    year: str
    amounts: Mapping[str, float]
    countries: frozenset[str]

    @property
    def leader(self) -> str:
        """The country that makes most."""
        return max(self.countries, key=lambda economy: (self.amounts[economy], economy))

    def share(self, economy: str) -> float:
        """A country's share of the larger of the published total and all parts, in per cent."""
        parts = sum(amount for name, amount in self.amounts.items() if name != "WLD")
        return 100.0 * self.amounts.get(economy, 0.0) / max(parts, self.amounts.get("WLD", 0.0))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two publications on one product: largest maker and its share in per cent by each, and why
    they differ, where that was reviewed."""

    product: str
    year: str
    source: str
    leader: str
    share: float
    other_source: str
    other_leader: str
    other_share: float
    reason: str = ""

    @property
    def same(self) -> bool:
        """Whether both name the same largest maker."""
        return self.leader == self.other_leader

    @property
    def points(self) -> float:
        """How far the share of the first one's largest maker is from what the other says of it."""
        return abs(self.share - self.other_share)

    @property
    def differs(self) -> bool:
        """Whether somebody must have looked at it."""
        return not self.same or self.points > POINTS[-1]


def reviewed() -> dict[Key, str]:
    """The reason of each reviewed difference."""
    return reasons("agreement", ("product", "publication", "other_publication"))


def agreements(graph: Graph, known: Mapping[Key, str] | None = None) -> list[Agreement]:
    """All comparisons that can be made, by product; the furthest apart first within one."""
    known = reviewed() if known is None else known
    records = (dict(record) for record in graph.read(FIGURES).records)
    return list(compared(tables(records), known))


def tables(records: Iterable[Mapping[str, object]]) -> dict[str, dict[str, list[Table]]]:
    """The tables by product and publication: of each year, that of the newest edition which
    states it, in the basis with the most countries."""
    found: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    countries: dict[tuple[str, ...], set[str]] = defaultdict(set)
    order = ("product", "publication", "year", "published", "source", "basis")
    for record in records:
        key = tuple(str(record[name]) for name in order)
        economy = str(record["economy"])
        found[key][economy] = float(str(record["amount"]))
        if not record["aggregate"] and found[key][economy] > 0:
            countries[key].add(economy)
    best: dict[tuple[str, str, str], tuple[tuple[str, int], Table]] = {}
    for key, amounts in found.items():
        product, publication, year, published, source, _ = key
        if len(countries[key]) > 1:
            rank = (published, len(countries[key]))
            table = Table(source, year, amounts, frozenset(countries[key]))
            at = (product, publication, year)
            best[at] = max(best.get(at, (rank, table)), (rank, table), key=lambda one: one[0])
    held: dict[str, dict[str, list[Table]]] = defaultdict(lambda: defaultdict(list))
    for (product, publication, _), (_, table) in sorted(best.items()):
        held[product][publication].append(table)
    return held


def compared(
    held: Mapping[str, Mapping[str, list[Table]]], known: Mapping[Key, str]
) -> Iterator[Agreement]:
    """Each two publications on each product, in the newest year that both state."""
    for product, by_publication in sorted(held.items()):
        for one, other in combinations(sorted(by_publication), 2):
            first = {table.year: table for table in by_publication[one]}
            second = {table.year: table for table in by_publication[other]}
            if years := first.keys() & second.keys():
                a, b = first[max(years)], second[max(years)]
                yield Agreement(
                    *(product, a.year, a.source, a.leader, a.share(a.leader)),
                    *(b.source, b.leader, b.share(a.leader)),
                    known.get((product, one, other), ""),
                )


def summary(found: Iterable[Agreement]) -> list[str]:
    """A sentence for each two publications."""
    pairs: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    for one in found:
        pairs[one.source.rpartition("-")[0], one.other_source.rpartition("-")[0]].append(one)
    told = []
    for (first, second), rows in sorted(pairs.items()):
        same = sum(row.same for row in rows)
        within = [f"{sum(row.points <= p for row in rows)} within {p:g}" for p in POINTS]
        told.append(
            f"{first} and {second}: {len(rows)} products compared, {same} with the same largest"
            f" maker; its share is {', '.join(within)} points."
        )
    return told
