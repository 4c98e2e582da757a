"""What technologies need: the rule, and by hand what enters twenty of them and what does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orepath.graph.connection import Graph
from orepath.graph.network.needs import ORDER, Chain, Use, needs
from orepath.ontology.schema import load_schema

CHAIN = Chain(
    inputs={
        "alloy": ["a/metal", "b/metal"],
        "a/metal": ["a/ore"],
        "b/metal": ["b/residue"],
        "b/residue": ["host/oxide"],
        "wafer": ["a/metal"],
        "host/oxide": ["host/ore"],
    },
    materials={
        "alloy": ["a"],
        "a/metal": ["a"],
        "a/ore": ["a"],
        "wafer": ["a"],
        "b/metal": ["b"],
        "b/residue": ["b"],
        "host/oxide": ["host"],
        "host/ore": ["host"],
    },
    mined={"a": ["a/ore"], "host": ["host/ore"]},
    hosts={"b": ["host"]},
)


def use(product: str | None, importance: str = "essential", **values: Any) -> Use:
    given = {"material": None, "market_share": None, "sources": ("s",), "verified": True} | values
    return Use("t", product, importance=importance, **given)


def found(*uses: Use, chain: Chain = CHAIN) -> Mapping[str, Mapping[str, Any]]:
    return {link.end: link.properties for link in needs(uses, chain)}


def test_upstream_only_and_no_step_to_a_host() -> None:
    got = found(use("alloy"))
    assert {product: values["steps"] for product, values in got.items()} == {
        "alloy": 0,
        "a/metal": 1,
        "b/metal": 1,
        "a/ore": 2,
        "b/residue": 2,
    }
    assert all(values["weight"] == 1.0 for values in got.values())
    assert all(values["forms"] == ["alloy"] for values in got.values())


def test_a_type_counts_by_its_share_of_the_market() -> None:
    got = found(use("wafer", "type-dependent", market_share=0.9), use("a/metal", "optional"))
    assert got["wafer"]["weight"] == 0.9
    # The heaviest way counts, and it alone says by what and on whose word.
    assert got["a/metal"]["weight"] == 0.9
    assert got["a/metal"]["forms"] == ["wafer"]
    assert got["a/metal"]["importance"] == "type-dependent"


def test_without_a_share_nobody_says_how_much_of_the_market_needs_it() -> None:
    assert found(use("wafer", "type-dependent"))["a/ore"]["weight"] is None


def test_a_material_without_a_form_ties_only_what_is_mined_of_it() -> None:
    assert set(found(use(None, material="a"))) == {"a/ore"}
    assert set(found(use(None, material="b"))) == set()


def test_words_of_importance_are_those_of_the_ontology_and_a_users_own_comes_last() -> None:
    properties = load_schema().relations["Use"].properties
    importance = next(p for p in properties if p.name == "importance")
    assert set(ORDER) == set(importance.values)
    got = found(use("a/metal", "niche"), use("wafer", "my-own-word"))
    assert got["a/metal"]["importance"] == "niche"
    assert got["wafer"]["importance"] == "my-own-word"


def test_what_was_not_read_is_said() -> None:
    assert found(use("wafer", verified=False))["a/ore"]["verified"] is False
    both = found(use("wafer", verified=False), use("alloy"))
    assert both["a/ore"]["verified"] is True


@given(
    st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12), max_size=3), max_size=12).map(
        lambda graph: {str(k): [str(v) for v in found if v > k] for k, found in graph.items()}
    ),
    st.integers(0, 12).map(str),
)
def test_all_that_is_needed_is_made_into_the_form(inputs: dict[str, list[str]], form: str) -> None:
    chain = Chain(inputs, {}, {}, {})
    got = found(use(form), chain=chain)
    assert got[form]["steps"] == 0
    for product, values in got.items():
        users = [made for made, taken in inputs.items() if product in taken and made in got]
        if product != form:
            assert min(got[made]["steps"] for made in users) == values["steps"] - 1
        assert set(inputs.get(product, ())) <= set(got)


# By hand: what cannot be left out of a technology, in the form in which it enters.
FORMS = {
    "additive-manufacturing": (
        "nickel/superalloy titanium-metal/alloy vanadium/aluminium-master-alloy"
    ),
    "aluminium-alloys": "magnesium/primary-metal silicon-metal/metal",
    "ammunition": (
        "antimony/refined copper/refined magnesium/primary-metal strontium/compounds tungsten/metal"
    ),
    "autocatalyst": (
        "cerium/refined lanthanum/refined palladium/refined platinum/refined rhodium/refined"
    ),
    "conventional-car": "ferrite-motor mlcc platinum-group-metals/autocatalyst",
    "data-network": (
        "copper/refined erbium/refined gallium/rf-chip germanium/tetrachloride "
        "indium/phosphide-wafers mlcc"
    ),
    "electric-vehicle": "lithium/battery-pack mlcc pm-motor",
    "electricity-grid": "aluminium/primary-metal copper/refined silicon-metal/ferrosilicon",
    "electrolyser": "nickel/refined",
    "fibre-optic": "erbium/refined germanium/tetrachloride helium/gas silicon-metal/metal",
    "fuel-cell": "platinum/refined",
    "hard-metal-tools": "cobalt/refined tungsten/carbide",
    "ir-optics": (
        "antimony/refined cadmium/refined gallium/arsenide-wafers germanium/optical-glass "
        "indium/refined tellurium/refined"
    ),
    "jet-engine": (
        "hafnium/refined nickel/superalloy niobium/metal rhenium/primary tantalum/metal-and-powder "
        "titanium-metal/alloy tungsten/metal vanadium/aluminium-master-alloy yttrium/refined"
    ),
    "led-display": (
        "cerium/refined europium/refined gallium/high-purity indium/refined terbium/refined "
        "yttrium/refined"
    ),
    "missile": (
        "dysprosium/metal gallium/rf-chip germanium/optical-glass lithium/metal neodymium/metal "
        "rare-earths/ndfeb-magnet-heavy rare-earths/smco-magnet samarium/metal"
    ),
    "mri-quantum": "gadolinium/refined helium/gas niobium/metal",
    "radar": "gallium/rf-chip radar-module rare-earths/smco-magnet samarium/metal yttrium/refined",
    "solar-pv": (
        "aluminium/primary-metal copper/refined silicon-metal/pv-module silicon-metal/solar-cell "
        "silver/refined"
    ),
    "steel-alloys": (
        "coking-coal/coke manganese/ferro-alloys nickel/refined niobium/ferroniobium "
        "vanadium/ferrovanadium"
    ),
    "traction-motor": (
        "boron/ferroboron copper/refined dysprosium/metal neodymium/metal pm-motor "
        "praseodymium/metal"
    ),
}
NEEDED = """
MATCH (t:Technology {id: $technology})-[n:NEEDS]->(p:Product)
RETURN p.id AS product, coalesce(n.weight, 0.0) AS weight, n.forms AS forms
"""


def of(graph: Graph, technology: str) -> dict[str, float]:
    """The products that a technology needs, with their weights."""
    records = graph.read(NEEDED, {"technology": technology}).records
    return {record["product"]: record["weight"] for record in records}


@pytest.mark.parametrize("technology", sorted(FORMS))
def test_the_forms_that_most_of_a_technology_cannot_do_without(
    bundled: Graph, technology: str
) -> None:
    records = bundled.read(NEEDED, {"technology": technology}).records
    entering = {r["product"] for r in records if r["weight"] >= 0.5 and r["product"] in r["forms"]}
    assert entering == set(FORMS[technology].split())


# What is made of the same material and is no part of the technology.
STRANGERS = {
    "aluminium-alloys": "silicon-metal/wafer silicon-metal/polysilicon lithium/battery-cell",
    "conventional-car": (
        "rare-earths/ndfeb-magnet-heavy rare-earths/smco-magnet lithium/battery-cell "
        "titanium/dioxide-pigment silicon-carbide/crystal-powder strontium/compounds"
    ),
    "electric-vehicle": (
        "silicon-carbide/crude silicon-carbide/ground silicon-metal/solar-cell "
        "silicon-metal/polysilicon titanium/dioxide-pigment titanium/oxides"
    ),
    "electricity-grid": "silicon-metal/polysilicon silicon-metal/metal silicon-metal/pv-module",
    "fibre-optic": "silicon-metal/polysilicon silicon-metal/wafer germanium/wafers",
    "fuel-cell": "natural-graphite/anode-material natural-graphite/battery-grade",
    "jet-engine": "nickel/sulphate cobalt/sulphate niobium/ferroniobium vanadium/ferrovanadium",
    "launcher-satellite": "mlcc baryte/barium-titanate platinum-group-metals/autocatalyst",
    "led-display": "rare-earths/ndfeb-magnet-heavy gallium/rf-chip",
    "phone-tablet-laptop": (
        "titanium/dioxide-pigment baryte/ground mlcc-precious silicon-carbide/wafer "
        "strontium/ferrite-magnet"
    ),
    "semiconductor": "silicon-metal/wafer aluminium/alumina silicon-metal/solar-cell",
    "steel-alloys": "nickel/sulphate vanadium/aluminium-master-alloy manganese/sulphate",
    "traction-motor": "rare-earths/smco-magnet silicon-metal/polysilicon lithium/battery-cell",
}


@pytest.mark.parametrize("technology", sorted(STRANGERS))
def test_no_form_that_the_technology_does_not_hold(bundled: Graph, technology: str) -> None:
    needed = of(bundled, technology)
    assert needed
    assert not set(STRANGERS[technology].split()) & set(needed)


@pytest.mark.parametrize(
    ("technology", "product", "needs_it"),
    [
        # Does a combustion car need a traction motor's dysprosium? Its catalyst's palladium, yes.
        ("conventional-car", "dysprosium/refined", False),
        ("conventional-car", "palladium/ore", True),
        # Its small motors need the strontium of ferrite, and not all of them neodymium.
        ("conventional-car", "strontium/ore", True),
        ("conventional-car", "neodymium/refined", False),
        # The capacitors of its control units come of baryte; which rare earth is in the ceramic
        # depends on the grade, and palladium is in the catalyst alone.
        ("conventional-car", "baryte/ore", True),
        ("data-storage-server", "palladium/refined", False),
        ("phone-tablet-laptop", "nickel/powder", True),
        ("phone-tablet-laptop", "dysprosium/refined", False),
        # Little more than a quarter of electric cars had inverters with silicon carbide in 2023.
        ("electric-vehicle", "silicon-carbide/wafer", False),
        # Does an induction motor need neodymium? A permanent-magnet motor does.
        ("traction-motor-induction", "neodymium/refined", False),
        ("traction-motor-induction", "copper/refined", True),
        ("traction-motor-pm", "neodymium/refined", True),
        # Nine of ten traction motors hold magnets that stand heat.
        ("electric-vehicle", "terbium/refined", True),
        ("electric-vehicle", "dysprosium/refined", True),
        ("electric-vehicle", "rare-earths/ndfeb-magnet", True),
        # One electrolyser of five is of the type that needs iridium.
        ("electrolyser", "iridium/refined", False),
        # A jet engine takes rhenium from molybdenum; a phone's chip gallium, and no alumina.
        ("jet-engine", "rhenium/primary", True),
        ("radar", "gallium/primary-low-purity", True),
        ("radar", "aluminium/alumina", False),
    ],
)
def test_yes_and_no(bundled: Graph, technology: str, product: str, needs_it: bool) -> None:
    assert (of(bundled, technology).get(product, 0.0) >= 0.5) is needs_it


def test_which_sectors_lose_if_one_country_stops_refining_terbium(bundled: Graph) -> None:
    losing = (
        "MATCH (:Country {id: 'CHN'})-[:HAS]->(:Industry)-[m:MAKES]->(p:Product "
        "{id: 'terbium/refined'})<-[n:NEEDS]-(t:Technology)-[:SERVES]->(s:Sector) "
        "WHERE m.share > 0.5 AND n.weight >= 0.5 RETURN DISTINCT s.id AS sector, n.forms AS forms"
    )
    records = bundled.read(losing).records
    over = {record["sector"]: set(record["forms"]) for record in records}
    assert {"automotive", "defence"} <= set(over)
    assert "pm-motor" in over["automotive"]


def test_from_a_mine_to_ten_technologies_over_products_only(bundled: Graph) -> None:
    paths = (
        "MATCH (mine:Product)-[:AT_STAGE]->(:Stage {id: 'extraction'}) "
        "MATCH (t:Technology)-[n:NEEDS]->(mine) WHERE n.weight >= 0.5 AND n.steps >= 2 "
        "UNWIND n.forms AS id MATCH way = (mine)-[:INPUT_TO*2..9]->(:Product {id: id}) "
        "WHERE length(way) = n.steps "
        "RETURN t.id AS technology, [p IN nodes(way) | p.id] AS way"
    )
    ways: dict[str, list[list[str]]] = {}
    for record in bundled.read(paths).records:
        ways.setdefault(record["technology"], []).append(record["way"])
    assert len(ways) >= 10
    assert [
        "dysprosium/ore",
        "dysprosium/refined",
        "dysprosium/metal",
        "rare-earths/ndfeb-magnet-heavy",
        "pm-motor",
    ] in ways["electric-vehicle"]
    assert [
        "strontium/ore",
        "strontium/carbonate",
        "strontium/ferrite-magnet",
        "ferrite-motor",
    ] in ways["conventional-car"]
    assert [
        "baryte/ore",
        "baryte/barium-carbonate",
        "baryte/barium-titanate",
        "mlcc",
    ] in ways["data-network"]
    assert [
        "lithium/ore",
        "lithium/compounds",
        "lithium/cathode-material",
        "lithium/battery-cell",
        "lithium/battery-pack",
    ] in ways["electric-vehicle"]


def test_no_leading_figure_rests_on_a_weak_source(bundled: Graph) -> None:
    weak = (
        "MATCH ()-[m:MAKES]->() WHERE m.share_source IS NOT NULL "
        "MATCH (s:Source {id: m.share_source, grade: 'D'}) RETURN count(*)"
    )
    assert bundled.read(weak).records[0][0] == 0
