"""The dependency network: its rule and its aggregation, on small networks and random ones."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.graph.network.sourcing import Amount, Flow, Part, Product, Scale, balance_bounds
from orepath.tools.exposure import Edge, Network, economy_of, exposure, product_of

COUNTRIES = ("A", "B", "C", "D")
PRODUCTS = ("magnet", "metal", "oxide", "ore")
SLACK = 1e-5
"""Shares are rounded to six digits before they are added."""


# ---- Proportional sourcing -----------------------------------------------------------------


def flow(exporter: str, importer: str, mass: float | None, value: float | None = None) -> Flow:
    return Flow("p", exporter, importer, value if value is not None else mass or 0.0, mass)


def product(output: dict[str, Amount], *flows: Flow, same_unit: bool = True) -> Product:
    return Product("p", 2024, output, flows, same_unit=same_unit)


def bounds(parts: list[Part]) -> dict[str, tuple[float, float]]:
    return {p.supplier: (p.low, p.high) for p in parts}


def exactly(amount: float) -> Amount:
    return Amount(amount, amount)


def test_home_output_net_of_exports_and_imports_in_proportion() -> None:
    # A makes 100 and ships 40 to B; B makes 60, ships 0: B has 60 + 40.
    balanced = product({"A": exactly(100), "B": exactly(60)}, flow("A", "B", 40))
    assert bounds(balanced.parts(["B"])) == {"A": (0.4, 0.4), "B": (0.6, 0.6)}
    assert bounds(balanced.parts(["A"])) == {"A": (1.0, 1.0)}
    assert balanced.parts(["D"]) == []


def test_what_is_re_exported_is_of_unknown_origin() -> None:
    # H makes nothing and sends 50: nobody's. K makes 20 and sends 50: 20/50 of it is its own.
    balanced = product(
        {"A": exactly(100), "K": exactly(20)},
        flow("A", "H", 60),
        flow("H", "B", 50),
        flow("A", "K", 40),
        flow("K", "B", 50),
    )
    assert bounds(balanced.parts(["B"])) == {"K": (0.2, 0.2)}
    assert balanced.reexporters() == ["H", "K"]


def test_exports_beyond_output_and_imports_are_reported() -> None:
    balanced = product({"A": exactly(10)}, flow("A", "B", 100), flow("C", "A", 5))
    assert balanced.impossible() == [("A", 85.0), ("C", 5.0)]


def test_a_bloc_is_its_members_together() -> None:
    # Trade between members is nobody's import; 30 of their own output stays, 70 comes from A.
    balanced = product(
        {"A": exactly(100), "B": exactly(20), "C": exactly(20)},
        flow("B", "C", 15),
        flow("C", "D", 10),
        flow("A", "B", 70),
    )
    found = bounds(balanced.parts(["B", "C"]))
    assert found == {"A": (0.7, 0.7), "B": (0.15, 0.15), "C": (0.15, 0.15)}


def test_a_maker_without_a_figure_makes_ranges() -> None:
    # B makes between nothing and 60 beside the 40 that it gets from A.
    balanced = product({"A": exactly(100), "B": Amount(0, 60)}, flow("A", "B", 40))
    assert bounds(balanced.parts(["B"])) == {"A": (0.4, 1.0), "B": (0.0, 0.6)}
    unbounded = product({"A": exactly(100), "B": Amount(0, math.inf)}, flow("A", "B", 40))
    assert bounds(unbounded.parts(["B"])) == {"A": (0.0, 1.0), "B": (0.0, 1.0)}
    assert [p.share for p in unbounded.parts(["B"])] == [None, None]


def test_content_is_put_on_the_scale_of_trade_by_those_who_export_all() -> None:
    # A ships 100 t of concentrate and makes 25 t of content: 0.25. B makes 10 t, 40 t of goods.
    balanced = product(
        {"A": exactly(25), "B": exactly(10)}, flow("A", "B", 60), flow("A", "C", 40),
        same_unit=False,
    )  # fmt: skip
    assert balanced.scale == Scale(0.25, 0.25)
    assert bounds(balanced.parts(["B"])) == {"A": (0.6, 0.6), "B": (0.4, 0.4)}


def test_value_where_masses_are_missing_and_never_both() -> None:
    # Half of B's imports by value have no mass, so that its shares are of value.
    balanced = product({"A": exactly(100)}, flow("A", "B", 10, 50), flow("C", "B", None, 50))
    (part,) = balanced.parts(["B"])
    assert (part.basis, part.low, part.high) == ("value", 0.5, 0.5)
    few = product({"A": exactly(100)}, flow("A", "B", 10, 999), flow("C", "B", None, 1))
    assert [(p.basis, p.low) for p in few.parts(["B"])] == [("mass", 1.0)]


def test_who_ships_more_than_it_takes_in_made_the_difference() -> None:
    # A's figure is unknown, but nothing came in, so that all it ships is its own.
    balanced = product({"A": Amount(0, math.inf)}, flow("A", "B", 40))
    assert bounds(balanced.parts(["B"])) == {"A": (1.0, 1.0)}


def test_the_shares_of_two_stages_bound_what_one_takes_from_the_other() -> None:
    # A makes 69 % of the ore, B 87 % of what is made from it: 56 of its 87 at least are A's.
    found = balance_bounds(0.69, 0.69, 0.87)
    assert (found.low, found.high) == pytest.approx((56 / 87, 69 / 87), abs=1e-6)
    assert balance_bounds(0.5, 0.5, 0.1) == Amount(0.0, 1.0)
    assert balance_bounds(0.5, 0.5, 0.0) == Amount(0.0, 1.0)


amounts = st.one_of(
    st.floats(0, 1000).map(exactly),
    st.tuples(st.floats(0, 500), st.floats(500, 1000)).map(lambda t: Amount(*t)),
    st.just(Amount(0.0, math.inf)),
)
flows = st.lists(
    st.builds(
        Flow,
        st.just("p"),
        st.sampled_from(COUNTRIES),
        st.sampled_from(COUNTRIES),
        st.floats(0.1, 1000),
        st.one_of(st.none(), st.floats(0.1, 1000)),
    ).filter(lambda f: f.exporter != f.importer),
    max_size=12,
)


@given(
    st.dictionaries(st.sampled_from(COUNTRIES), amounts),
    flows,
    st.sets(st.sampled_from(COUNTRIES), min_size=1, max_size=3),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_what_surely_comes_from_somebody_is_never_more_than_all(
    output: dict[str, Amount], traded: list[Flow], members: set[str], same_unit: bool
) -> None:
    parts = Product("p", 2024, output, traded, same_unit=same_unit).parts(members)
    assert sum(p.low for p in parts) <= 1 + SLACK
    assert sum(p.share for p in parts if p.share is not None) <= 1 + SLACK
    assert all(0 <= p.low <= p.high + SLACK <= 1 + 2 * SLACK for p in parts)
    assert len({p.basis for p in parts}) <= 1
    assert len({p.supplier for p in parts}) == len(parts)


# ---- Exposure ------------------------------------------------------------------------------

TEN = [
    # The market takes half of its magnets from Japan, 0.3 from China; a fifth is unknown.
    Edge("JPN:magnet", "EU27", 0.5),
    Edge("CHN:magnet", "EU27", 0.3),
    # Japan's metal: 0.6 China, 0.4 Vietnam; Vietnam's oxide: 0.5 China, 0.25 Malaysia.
    Edge("CHN:metal", "JPN:magnet", 0.6),
    Edge("VNM:metal", "JPN:magnet", 0.4),
    Edge("CHN:oxide", "VNM:metal", 0.5),
    Edge("MYS:oxide", "VNM:metal", 0.25),
    # Malaysia's ore is Australia's; Japan also needs boron, all of it from Türkiye.
    Edge("AUS:ore", "MYS:oxide", 1.0),
    Edge("TUR:boron", "JPN:magnet", 1.0),
    # Not followed: China's own input.
    Edge("MMR:oxide", "CHN:metal", 0.4),
]


def test_a_network_of_ten_nodes_by_hand() -> None:
    found = exposure(TEN, "EU27", "CHN", "magnet", 4)
    assert set(found) == {
        ("magnet",),
        ("magnet", "metal"),
        ("magnet", "boron"),
        ("magnet", "metal", "oxide"),
        ("magnet", "metal", "oxide", "ore"),
    }
    whole = found["magnet", "metal", "oxide", "ore"]
    # 0.3; + 0.5·0.6 = 0.6; + 0.5·0.4·0.5 = 0.7; nothing more at the ore.
    assert [e.lower for e in whole] == pytest.approx([0.3, 0.6, 0.7, 0.7])
    # Not surely elsewhere: 1 − 0.5; 1 − 0.5·0.4; 1 − 0.5·0.4·0.25; the ore surely Australia's.
    assert [e.upper for e in whole] == pytest.approx([0.5, 0.8, 0.95, 0.95])
    boron = found["magnet", "boron"]
    assert [e.lower for e in boron] == pytest.approx([0.3, 0.3])
    assert [e.upper for e in boron] == pytest.approx([0.5, 0.5])
    malaysian = exposure(TEN, "EU27", "MYS", "magnet", 3)["magnet", "metal", "oxide"]
    assert malaysian[-1].lower == pytest.approx(0.05)
    assert exposure(TEN, "USA", "CHN", "magnet", 2) == {
        ("magnet",): exposure([], "USA", "CHN", "magnet", 1)["magnet",]
    }
    with pytest.raises(ValueError, match="at least one tier"):
        exposure(TEN, "EU27", "CHN", "magnet", 0)


def test_nothing_known_is_all_unknown() -> None:
    (only,) = exposure([], "EU27", "CHN", "magnet", 3)["magnet",]
    assert (only.lower, only.upper) == (0.0, 1.0)


@st.composite
def networks(draw: st.DrawFn) -> list[Edge]:
    """A market, and four countries at each of four stages; shares of a consumer sum to ≤ 1."""
    edges = []
    takers = ["M"]
    for name in PRODUCTS:
        suppliers = [f"{c}:{name}" for c in COUNTRIES]
        for taker in takers:
            weights = draw(st.lists(st.floats(0, 1), min_size=5, max_size=5))
            total = sum(weights) or 1.0
            edges += [
                Edge(s, taker, w / total)
                for s, w in zip(suppliers, weights, strict=False)
                if w / total > 0.05
            ]
        takers = suppliers
    return edges


def path_sums(edges: list[Edge], country: str, tiers: int) -> list[float]:
    """The k-th: the weight of all paths of length k that first meet the country at their end."""
    sums = [0.0] * tiers

    def follow(consumer: str, weight: float, depth: int) -> None:
        for edge in edges:
            if edge.consumer == consumer:
                if economy_of(edge.supplier) == country:
                    sums[depth] += weight * edge.share
                elif depth + 1 < tiers:
                    follow(edge.supplier, weight * edge.share, depth + 1)

    follow("M", 1.0, 0)
    return sums


@given(networks(), st.sampled_from(COUNTRIES), st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_tier_by_tier_equals_the_sum_over_paths_and_never_falls(
    edges: list[Edge], country: str, tiers: int
) -> None:
    found = exposure(edges, "M", country, "magnet", tiers)
    longest = found[max(found, key=len)]
    sums = path_sums(edges, country, tiers)
    for exposed in longest:
        assert exposed.lower == pytest.approx(sum(sums[: exposed.tier]))
        assert 0 <= exposed.lower <= exposed.upper + 1e-9 <= 1 + 2e-9
    for before, after in itertools.pairwise(longest):
        assert after.lower >= before.lower
        assert after.upper >= before.upper - 1e-12
    if len(longest) < tiers:
        assert sum(sums[len(longest) :]) == 0


@given(networks(), st.sampled_from(COUNTRIES), st.data())
@settings(max_examples=100, deadline=None)
def test_removing_a_supplier_never_lowers_a_loss(
    edges: list[Edge], country: str, data: st.DataObject
) -> None:
    """Another supplier gone: what came from it is of unknown origin, or lost with the country's."""
    gone = data.draw(st.sampled_from(sorted({e.supplier for e in edges}) or ["none"]))
    less = [e for e in edges if e.supplier != gone or economy_of(gone) == country]
    chain = ("magnet",)
    before = exposure(edges, "M", country, "magnet", 4)
    after = exposure(less, "M", country, "magnet", 4)
    assert after[chain][0].upper >= before[chain][0].upper - 1e-12
    deepest = after[max(after, key=len)][-1]
    same = before[max(after, key=len)][-1]
    assert deepest.upper >= same.upper - 1e-12
    # Both countries gone together: never less is lost than with one of them.
    other = economy_of(gone)
    merged = [
        Edge(f"{country}:{product_of(e.supplier)}", e.consumer, e.share)
        if economy_of(e.supplier) == other
        else e
        for e in edges
    ]
    both = exposure(merged, "M", country, "magnet", 1)[chain][0]
    assert both.lower >= before[chain][0].lower - 1e-12


def test_a_network_is_asked_many_times() -> None:
    network = Network(TEN)
    assert network.exposure("EU27", "CHN", "magnet", 2) == exposure(TEN, "EU27", "CHN", "magnet", 2)
