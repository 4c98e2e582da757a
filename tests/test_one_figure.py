"""One leading figure: every question that states who makes a product, or how much, says the same,
and so does every question that states what a market has from whom.

All of them are asked; what they state is compared with the share of the world's output that was
derived from the evidence that leads, and with the reconciled share of the market.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import ask

Record = Mapping[str, Any]
Stated = tuple[str | None, str | None, float | None]
"""Product, country and share; ids or names."""

SHARES = """
MATCH (country:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(product:Product)
WHERE makes.method IS NOT NULL
RETURN product.id AS product, product.name AS product_name, country.id AS country,
       country.name AS country_name, makes.share AS share, makes.share_low AS low,
       makes.share_high AS high
"""
MATERIALS = """
MATCH (material:Material)<-[:FORM_OF]-(:Product)<-[makes:MAKES]-() WHERE makes.method IS NOT NULL
RETURN DISTINCT material.id AS id ORDER BY id
"""


def columns(*names: str) -> Callable[[Record], Iterator[Stated]]:
    """Triples of columns: product, country, share."""

    def read(record: Record) -> Iterator[Stated]:
        for at in range(0, len(names), 3):
            product, country, share = (record[name] for name in names[at : at + 3])
            yield product, country, share

    return read


def named_makers(record: Record) -> Iterator[Stated]:
    """Of the rows of countries; residuals and totals are no makers, and a document that was not
    read gives no headline share (its rows are marked so)."""
    if record["kind"] == "country" and record["verified"]:
        yield record["product_id"], record["country_id"], record["share"]


LEADERS = {
    "concentration": columns("product_id", "top", "top_share"),
    "agreement-gaps": columns("product_id", "top_id", "top_share"),
    "mine-vs-refine": columns(
        "mined_product", "miner_id", "miner_share", "refined_product", "refiner_id", "refiner_share"
    ),
    "byproduct-ties": columns(
        *("mined_product", "top_miner", "miner_share", "recovered_from", "top_maker"),
        *("maker_share", "recovered_product", "top_recoverer", "recoverer_share"),
    ),
}
"""Questions that name the largest maker of a product and its share."""

MAKERS = {
    "top-producers": named_makers,
    "sourcing": columns("product_id", "supplier_id", "world_share"),
    "shared-suppliers": columns("product_id", "supplier_id", "world_share"),
    "chokepoints": columns("product_id", "country_id", "share"),
}
"""Questions that state the shares of makers and take a material."""

COUNTRYS = {
    "country-reach": columns("product_id", "country", "share"),
    "what-if": columns(
        "product_id", "country", "direct_low", "product_id", "country", "direct_high"
    ),
    "restriction-impact": columns(
        "product_id", "country", "share_low", "product_id", "country", "share_high"
    ),
}
"""Questions that state the shares of the country asked for."""

ALL = {"threshold": "0", "show": "all", "kind": "all", "need": "any"}
"""Arguments by which a question leaves nothing out, where it takes them."""


class Figures:
    """The derived shares, found by ids or names."""

    def __init__(self, graph: Graph) -> None:
        self.allowed: dict[tuple[str, str], set[float]] = {}
        self.leading: dict[str, float] = {}
        self.ids: dict[str, str] = {}
        points: dict[str, list[float | None]] = defaultdict(list)
        for product, name, country, called, share, low, high in graph.read(SHARES).records:
            bounds = {bound for bound in (low, high) if bound is not None}
            self.allowed[product, country] = bounds if share is None else {share}
            self.ids |= {name: product, called: country}
            points[product].append(share)
        for product, shares in points.items():
            known = [share for share in shares if share is not None]
            if len(known) == len(shares):
                self.leading[product] = max(known)

    def check(self, asked: str, stated: Stated, *, leader: bool) -> int:
        """Compare one statement; returns 1 where it states a share."""
        product, country, share = stated
        if product is None or country is None or share is None:
            return 0
        key = self.ids.get(product, product), self.ids.get(country, country)
        allowed = self.allowed.get(key, set())
        assert any(abs(share - one) < 2e-6 for one in allowed), (asked, key, share, allowed)
        if leader and key[0] in self.leading:
            assert abs(share - self.leading[key[0]]) < 2e-6, (asked, key, share)
        return 1


def asked_all(graph: Graph, identifier: str, **arguments: str) -> tuple[dict[str, Any], ...]:
    """The records of a question that leaves nothing out."""
    asked = question(identifier)
    taken = {p.name: p for p in asked.parameters}
    wanted = {
        name: value
        for name, value in ALL.items()
        if name in taken and (not taken[name].choices or value in taken[name].choices)
    }
    return ask(graph, asked, wanted | arguments).records()


@pytest.fixture
def figures(bundled: Graph) -> Figures:
    return Figures(bundled)


@pytest.mark.parametrize("identifier", [*LEADERS, *MAKERS])
def test_a_material_has_the_same_figures_in_all_questions(
    bundled: Graph, figures: Figures, identifier: str
) -> None:
    read = (LEADERS | MAKERS)[identifier]
    checked = 0
    for (material,) in bundled.read(MATERIALS).records:
        records = asked_all(bundled, identifier, material=material)
        for record in records:
            for stated in read(record):
                checked += figures.check(identifier, stated, leader=identifier in LEADERS)
        if identifier == "top-producers":
            firsts: dict[str, Stated] = {}
            for stated in (s for record in records for s in read(record)):
                firsts.setdefault(str(stated[0]), stated)
            for stated in firsts.values():
                figures.check(identifier, stated, leader=True)
    assert checked > 20


@pytest.mark.parametrize("identifier", COUNTRYS)
def test_a_country_has_the_same_figures_in_all_questions(
    bundled: Graph, figures: Figures, identifier: str
) -> None:
    checked = 0
    for country in sorted({country for _, country in figures.allowed}):
        for record in asked_all(bundled, identifier, country=country):
            for stated in COUNTRYS[identifier](record | {"country": country}):
                checked += figures.check(identifier, stated, leader=False)
    assert checked > 20


def test_a_trend_ends_with_the_figure_of_all_questions(bundled: Graph, figures: Figures) -> None:
    """The newest share of a country, where nobody is left out of the whole that leads."""
    checked = 0
    for material in ("gallium", "cobalt", "rare-earths", "nickel", "lithium", "magnesium"):
        newest: dict[str, dict[str, Any]] = {}
        for record in asked_all(bundled, "trend", material=material):
            newest.setdefault(record["product_id"], record)
        for record in newest.values():
            if record["bound"] is None and record["verified"]:
                stated = record["product_id"], record["country_id"], record["share"]
                checked += figures.check("trend", stated, leader=False)
    assert checked > 8


@pytest.mark.parametrize("country", ["CHN", "COD"])
def test_markets_side_by_side_have_the_figures_of_each(bundled: Graph, country: str) -> None:
    """Observed shares as `sourcing` has them, what rests on a country as `hidden-dependence`."""
    material = "rare-earths" if country == "CHN" else "cobalt"
    checked = 0
    for market in ("EU27", "JPN"):
        asked = {"material": material, "importer": market}
        first = {
            (record["product_id"], record["supplier_id"]): record["observed_share"]
            for record in asked_all(bundled, "sourcing", **asked)
        }
        rests: dict[str, tuple[Any, ...]] = {}
        for record in asked_all(bundled, "hidden-dependence", **asked, country=country):
            whole = (record["share"], record["share_low"], record["share_high"])
            rests.setdefault(record["chain_products"][0], whole)
        for record in asked_all(
            bundled, "compare", material=material, markets=market, country=country
        ):
            key = record["product_id"], record["supplier_id"]
            if record["observed_share"] is not None and key in first:
                assert record["observed_share"] == first[key], key
                checked += 1
            if key[0] in rests:
                found = (record["rests"], record["rests_low"], record["rests_high"])
                assert found == pytest.approx(rests[key[0]], abs=CLOSE), key
                checked += 1
    assert checked >= 6


@pytest.mark.parametrize("sector", ["defence", "automotive", "renewable-energy"])
def test_a_sector_has_the_same_figures(bundled: Graph, figures: Figures, sector: str) -> None:
    read = columns("product_id", "country_id", "share")
    checked = sum(
        figures.check("sector-exposure", stated, leader=False)
        for record in asked_all(bundled, "sector-exposure", sector=sector)
        for stated in read(record)
    )
    assert checked > 20
    ladder = columns("product_id", "maker_id", "share")
    for record in asked_all(
        bundled, "stage-ladder", sector=sector, country="China", limit="100", threshold="0"
    ):
        checked += sum(figures.check("stage-ladder", s, leader=False) for s in ladder(record))
    assert checked > 100


SUPPLY = """
MATCH (maker:Industry)-[edge:SUPPLIES_MARKET]->(:Economy {id: $market})
MATCH (maker)-[:MAKES]->(product:Product)
RETURN product.id AS product, head(split(maker.id, ':')) AS country,
       [edge.share, edge.share_low, edge.share_high] AS shares
"""
Triple = tuple[str, str, str]
"""A material, a market and a supplier of it."""
Supply = tuple[str | None, str | None, tuple[float | None, ...]]
"""Product, supplier, and the share with the ends of its interval, as far as they are stated."""


def of_market(product: str, supplier: str, *shares: str) -> Callable[[Record], Iterator[Supply]]:
    """One statement a row, by its columns."""

    def read(record: Record) -> Iterator[Supply]:
        yield record[product], record[supplier], tuple(record[name] for name in shares)

    return read


def exposed(record: Record) -> Iterator[Supply]:
    """What is made in the country itself; no figure where it is no known maker."""
    if record["direct_low"] is not None:
        shares = (record["direct"], record["direct_low"], record["direct_high"])
        yield record["chain_products"][0], record["country"], shares


def first_hop(record: Record) -> Iterator[Supply]:
    """The share at which a path begins, and that at its weakest hop."""
    yield record["hop_products"][0], record["country"], (record["share"],)


def the_country(record: Record) -> Iterator[Supply]:
    """The share of the country that stops."""
    if record["market_direct"]:
        yield record["product_id"], record["country"], (record["market_direct"],)


def compared(record: Record) -> Iterator[Supply]:
    """The largest foreign supplier of the market asked for, and the country where it is another."""
    if record["share"] is not None:
        shares = (record["share"], record["share_low"], record["share_high"])
        yield record["product_id"], record["supplier_id"], shares
    if record["supplier_id"] != record["country"] and record["direct"]:
        yield record["product_id"], record["country"], (record["direct"],)


Reader = Callable[[Record], Iterator[Supply]]
MARKETS: dict[str, tuple[tuple[str, ...], Reader]] = {
    "sourcing": (
        ("material", "importer"),
        of_market("product_id", "supplier_id", "share", "share_low", "share_high"),
    ),
    "chokepoints": (
        ("material", "importer"),
        of_market("product_id", "country_id", "market_share", "market_low", "market_high"),
    ),
    "crma-benchmarks": (
        ("material",),
        of_market("product_id", "country_id", "share", "share_low", "share_high"),
    ),
    "hidden-dependence": (("material", "importer", "country"), exposed),
    "what-if": (("material", "importer", "country"), the_country),
    "dependency-paths": (("material", "importer", "country", "sector"), first_hop),
    "compare": (("material", "markets", "country"), compared),
}
"""Questions that state what a supplier made of what a market has: by what they are asked, and how
a row is read."""
ASKED = {"crma-benchmarks": {"EU27"}}
"""Of what market alone a question speaks."""
TRIPLES: tuple[Triple, ...] = tuple(
    (material, market, country)
    for market in ("EU27", "USA", "JPN")
    for material, country in (
        ("rare-earths", "CHN"),
        ("lithium", "CHL"),
        ("gallium", "CHN"),
        ("natural-graphite", "CHN"),
        ("cobalt", "COD"),
        ("magnesium", "CHN"),
        ("platinum-group-metals", "ZAF"),
    )
)
CLOSE = 1e-6


def stated(graph: Graph, identifier: str, triple: Triple) -> Iterator[Supply]:
    """All statements of a question on a material, a market and a supplier."""
    material, market, country = triple
    taken, read = MARKETS[identifier]
    given = {"material": material, "importer": market, "country": country, "sector": "automotive"}
    given["markets"] = market
    for record in asked_all(graph, identifier, **{name: given[name] for name in taken}):
        yield from read({**record, "country": country})


@pytest.mark.parametrize("identifier", MARKETS)
def test_a_market_has_the_same_supply_in_all_questions(bundled: Graph, identifier: str) -> None:
    checked = 0
    for triple in TRIPLES:
        market = triple[1]
        if market not in ASKED.get(identifier, {market}):
            continue
        derived = {
            (product, country): shares
            for product, country, shares in bundled.read(SUPPLY, {"market": market}).records
        }
        known = {product for product, _ in derived}
        for product, country, shares in stated(bundled, identifier, triple):
            if product not in known or country is None or shares[0] is None:
                continue  # nothing is derived: what is stated is the world's, or nothing
            wanted = derived.get((product, country), [0.0, 0.0, 0.0])
            for one, other in zip(shares, wanted, strict=False):
                assert one is not None, (identifier, triple, product)
                assert abs(one - other) < CLOSE, (identifier, triple, product, shares, wanted)
            checked += 1
    assert checked >= 10


def test_the_first_question_has_one_answer(bundled: Graph) -> None:
    """Which share of the EU's rare-earth magnets comes from China?"""
    asked = ("rare-earths", "EU27", "CHN")
    answers = {
        identifier: {
            round(shares[0], 6)
            for product, country, shares in stated(bundled, identifier, asked)
            if (product, country) == ("rare-earths/ndfeb-magnet", "CHN") and shares[0] is not None
        }
        # A magnet is no strategic raw material, and a path begins at what goes into it.
        for identifier in MARKETS.keys() - {"crma-benchmarks", "dependency-paths"}
    }
    assert all(len(found) == 1 for found in answers.values()), answers
    assert len(set.union(*answers.values())) == 1, answers


STATES = ("in force", "suspended", "suspension over", "announced")
"""The states of restrictions that a scorecard counts; what ended, or may have, is left out."""
SUPPLIED = ("share", "share_low", "share_high", "observed_share", "observed_of", "observed_period")


@pytest.mark.parametrize(
    ("sector", "market"), [("automotive", "EU27"), ("defence", "USA"), ("renewables", "JPN")]
)
def test_a_scorecard_says_what_the_questions_say_that_tell_each_cell(
    bundled: Graph, sector: str, market: str
) -> None:
    day = "2026-02-03"
    card = asked_all(bundled, "scorecard", sector=sector, importer=market, as_of=day, limit="10")
    assert len(card) == 10
    of_market: dict[str, str] = {"importer": market, "as_of": day}
    agreed = asked_all(bundled, "partnerships", party=market, as_of=day)
    known = {record["agreement_id"] for record in agreed}
    for row in card:
        material, product, country = row["material_id"], row["product_id"], row["country_id"]
        supplied = [
            record
            for record in asked_all(bundled, "sourcing", material=material, **of_market)
            if (record["product_id"], record["supplier_id"]) == (product, country)
        ]
        assert [[r[name] for name in SUPPLIED] for r in supplied] == [[row[n] for n in SUPPLIED]]
        rests = asked_all(
            bundled, "hidden-dependence", product=product, country=country, importer=market
        )[0]
        for name in ("share", "share_low", "share_high"):
            other = row[name.replace("share", "rests")]
            assert abs(rests[name] - other) < CLOSE, (product, name, rests[name], other)
        restricted = asked_all(
            bundled, "restrictions", material=material, country=country, against=market, as_of=day
        )
        stated_ids = {r["restriction_id"] for r in restricted if r["state"] in STATES}
        assert set(row["restriction_ids"]) == stated_ids, product
        assert (row["in_force"] is not None) == any(r["state"] == "in force" for r in restricted)
        assert set(row["agreement_ids"]) <= known, product


def test_every_product_with_a_share_has_evidence_that_leads(bundled: Graph) -> None:
    """The shares are of its source and period, and one piece of evidence leads."""
    wrong = bundled.read(
        "MATCH (:Industry)-[makes:MAKES]->(product:Product) WHERE makes.method IS NOT NULL "
        "WITH DISTINCT product, makes.share_source AS source, makes.period AS period "
        "OPTIONAL MATCH (product)-[known:OUTPUT_KNOWN_FROM {precedence: 1}]->(leads:Source) "
        "WITH product, source, period, collect([leads.id, known.period, known.whole]) AS leading "
        "WHERE leading <> [[source, period, true]] RETURN product.id, source, period, leading"
    ).records
    assert not wrong, wrong


def test_the_largest_refiner_of_nickel(bundled: Graph) -> None:
    # iea-cmd-2025: Indonesia 1,493.2 kt of parts that sum to 3,596.8 kt, in 2024; the EU study's
    # China, 33.4 %, is a mean of 2016-2020.
    asked = {"material": "nickel", "stage": "separation-refining"}

    def first(**more: str) -> dict[str, Any]:
        records = asked_all(bundled, "top-producers", **asked, **more)
        return next(r for r in records if r["product_id"] == "nickel/refined")

    refined = first()
    assert (refined["country_id"], refined["source"]) == ("IDN", "iea-cmd-2025")
    assert abs(refined["share"] - 0.415147) < 1e-6
    older = first(edition="eu-crm-2023")
    assert older["country_id"] == "CHN"
    assert abs(older["share"] - 0.334) < 1e-6
