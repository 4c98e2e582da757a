"""What rests on a country within so many tiers: the rule by itself, by hand and at random."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.tools.exposure import Edge, Exposure, Network, economy_of, exposure, product_of

COUNTRIES = ("A", "B", "C", "D")
STAGES = (("magnet",), ("metal", "boron"), ("oxide",), ("ore",))
"""What each stage takes of the next; magnets are made of metal and of boron."""
TEN = [
    # The market takes half of its magnets from Japan, 0.3 from China; a fifth is unknown.
    Edge("JPN:magnet", "EU27", 0.5, 0.4, 0.6),
    Edge("CHN:magnet", "EU27", 0.3, 0.2, 0.44),
    # Japan's metal: 0.6 China, 0.4 Vietnam; Vietnam's oxide: 0.5 China, 0.25 Malaysia.
    Edge("CHN:metal", "JPN:magnet", 0.6),
    Edge("VNM:metal", "JPN:magnet", 0.4),
    Edge("CHN:oxide", "VNM:metal", 0.5, 0.25, 0.75),
    Edge("MYS:oxide", "VNM:metal", 0.25),
    # Malaysia's ore is Australia's; Japan also needs boron, all of it from Türkiye.
    Edge("AUS:ore", "MYS:oxide", 1.0),
    Edge("TUR:boron", "JPN:magnet", 1.0),
    # Not followed: China's own input.
    Edge("MMR:oxide", "CHN:metal", 0.4),
]


def shares(found: tuple[Exposure, ...]) -> list[float]:
    return [e.share for e in found]


def test_a_network_of_ten_nodes_by_hand() -> None:
    found = exposure(TEN, "EU27", "CHN", "magnet", 5)
    # 0.3; + 0.5·0.6 = 0.6; + 0.5·0.4·0.5 = 0.7; nothing more at the ore.
    assert shares(found) == pytest.approx([0.3, 0.6, 0.7, 0.7, 0.7])
    # Low: 0.2, and the others have 0.8 in place of 0.7 of the magnets. Vietnam's oxide: 0.25.
    assert [e.low for e in found[:3]] == pytest.approx(
        [0.2, 0.2 + 0.5 * 0.6 * 0.8 / 0.7, 0.2 + 0.5 * (0.6 + 0.4 * 0.25) * 0.8 / 0.7]
    )
    # High: 0.44, and the others have 0.56 in place of 0.7. Vietnam's oxide: 0.75.
    assert [e.high for e in found[:3]] == pytest.approx(
        [0.44, 0.44 + 0.5 * 0.6 * 0.8, 0.44 + 0.5 * (0.6 + 0.4 * 0.75) * 0.8]
    )
    assert shares(exposure(TEN, "EU27", "MYS", "magnet", 3)) == pytest.approx([0, 0, 0.05])
    # Myanmar's oxide is in China's metal only: 0.5·0.6·0.4 by Japan's magnets.
    assert shares(exposure(TEN, "EU27", "MMR", "magnet", 3)) == pytest.approx([0, 0, 0.12])
    assert exposure(TEN, "USA", "CHN", "magnet", 2) == (Exposure(), Exposure())
    with pytest.raises(ValueError, match="at least one tier"):
        exposure(TEN, "EU27", "CHN", "magnet", 0)


def test_of_several_inputs_the_one_counts_that_stops_the_most_of_each_maker() -> None:
    edges = [
        Edge("JPN:magnet", "EU27", 0.5),
        Edge("VNM:magnet", "EU27", 0.5),
        Edge("CHN:metal", "JPN:magnet", 0.9),
        Edge("CHN:boron", "JPN:magnet", 0.2),
        Edge("CHN:boron", "VNM:magnet", 0.6),
    ]
    # Japan stops for want of metal, Vietnam for want of boron: never 0.9 + 0.2.
    assert shares(exposure(edges, "EU27", "CHN", "magnet", 2)) == pytest.approx([0, 0.75])


@st.composite
def networks(draw: st.DrawFn) -> list[Edge]:
    """A market, and four countries at each stage; the shares of one input sum to at most one."""
    edges = []
    takers = ["M"]
    for products in STAGES:
        for taker, product in itertools.product(takers, products):
            weights = draw(st.lists(st.floats(0, 1), min_size=5, max_size=5))
            total = sum(weights) or 1.0
            for country, weight in zip(COUNTRIES, weights, strict=False):
                share = weight / total
                if share > 0.05:
                    low, high = draw(st.floats(0, 1)) * share, share + 0.5 * (1 - share)
                    edges.append(Edge(f"{country}:{product}", taker, share, low, high))
        takers = [f"{c}:{p}" for p in products for c in COUNTRIES]
    return edges


def stopped(edges: list[Edge], country: str, consumer: str, tiers: int) -> float:
    """What of a consumer stops without the country, by following every path."""
    lost: dict[str, float] = {}
    for edge in edges:
        if edge.consumer == consumer:
            own = economy_of(edge.supplier) == country
            further = 0.0 if tiers == 1 else stopped(edges, country, edge.supplier, tiers - 1)
            product = product_of(edge.supplier)
            lost[product] = lost.get(product, 0.0) + edge.share * (1.0 if own else further)
    return max(lost.values(), default=0.0)


@given(networks(), st.sampled_from(COUNTRIES))
@settings(max_examples=100, deadline=None)
def test_tier_by_tier_equals_following_every_path(edges: list[Edge], country: str) -> None:
    found = exposure(edges, "M", country, "magnet", 5)
    for tier, exposed in enumerate(found, 1):
        assert exposed.share == pytest.approx(stopped(edges, country, "M", tier))


@given(networks(), st.sampled_from(COUNTRIES))
@settings(max_examples=100, deadline=None)
def test_it_lies_within_its_interval_and_never_falls_with_the_tiers(
    edges: list[Edge], country: str
) -> None:
    found = exposure(edges, "M", country, "magnet", 5)
    for exposed in found:
        assert 0 <= exposed.low <= exposed.share + 1e-9
        assert exposed.share <= exposed.high + 1e-9 <= 1 + 2e-9
    for before, after in itertools.pairwise(found):
        assert after.share >= before.share - 1e-12
        assert after.low >= before.low - 1e-12
        assert after.high >= before.high - 1e-12
    # There are four stages, so that a fifth tier adds nothing.
    assert found[4] == found[3]


@given(networks(), st.sampled_from(COUNTRIES), st.sampled_from(COUNTRIES))
@settings(max_examples=100, deadline=None)
def test_two_countries_together_hold_no_less_than_one(
    edges: list[Edge], country: str, other: str
) -> None:
    held = exposure(edges, "M", country, "magnet", 4)
    both = [
        replace(e, supplier=f"{country}:{product_of(e.supplier)}")
        if economy_of(e.supplier) == other
        else e
        for e in edges
        if economy_of(e.consumer) != other
    ]
    merged: dict[tuple[str, str], float] = {}
    for edge in both:
        key = edge.supplier, edge.consumer
        merged[key] = merged.get(key, 0.0) + edge.share
    joint = exposure([Edge(*k, s) for k, s in merged.items()], "M", country, "magnet", 4)
    for one, two in zip(held, joint, strict=True):
        assert two.share >= one.share - 1e-9


@given(networks(), st.sampled_from(COUNTRIES), st.data())
@settings(max_examples=100, deadline=None)
def test_an_input_more_never_lowers_it(
    edges: list[Edge], country: str, data: st.DataObject
) -> None:
    """A maker that needs one thing more can be stopped in one way more."""
    taker = data.draw(st.sampled_from([f"{c}:magnet" for c in COUNTRIES]))
    share = data.draw(st.floats(0, 1))
    before = exposure(edges, "M", country, "magnet", 4)
    after = exposure([*edges, Edge(f"{country}:cobalt", taker, share)], "M", country, "magnet", 4)
    for one, two in zip(before, after, strict=True):
        assert two.share >= one.share - 1e-12


def test_a_network_is_asked_many_times() -> None:
    network = Network(TEN)
    assert network.exposure("EU27", "CHN", "magnet", 2) == exposure(TEN, "EU27", "CHN", "magnet", 2)
    assert network.exposure("EU27", "VNM", "magnet", 2) == exposure(TEN, "EU27", "VNM", "magnet", 2)
