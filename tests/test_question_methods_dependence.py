"""The methods of the questions on who holds what, on a graph of a few industries made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from orepath.graph.connection import Graph
from orepath.graph.network import facts, store
from orepath.graph.network.leading import leading
from orepath.queries import question
from orepath.queries.run import Answer, ask

FEW = (Path(__file__).parent / "few_industries.cypher").read_text("utf-8")


@pytest.fixture
def few(graph: Graph) -> Graph:
    for statement in FEW.split(";\n"):
        graph.run(statement)
    return graph


@pytest.fixture
def led(few: Graph) -> Graph:
    """With the mark of which sourcing leads; the shares made by hand stay."""
    order = leading((), facts.sourcing(few))
    store.bring_in_step(few, order.links(), store.ORDER)
    return few


def answered(graph: Graph, identifier: str, **arguments: str) -> Answer:
    return ask(graph, question(identifier), arguments)


def test_a_shift_is_a_range_where_a_share_is_only_a_bound(few: Graph) -> None:
    china = answered(few, "mine-vs-refine").records()
    assert [(r["miner_id"], r["refiner_id"], r["moved"]) for r in china] == [("CHL", "CHN", True)]
    # Mined at most 10 %, refined 60 %: the shift is 50 to 60 points.
    assert (china[0]["shift_low"], china[0]["shift_high"]) == pytest.approx((50, 60))
    assert china[0]["comparable"] is True
    # France is not named among the miners: anything up to the half that nobody is named for.
    france = answered(few, "mine-vs-refine", country="France").records()[0]
    assert france["mined"] is None
    assert (france["shift_low"], france["shift_high"]) == pytest.approx((-45, 5))
    # Selenium comes out of the same ore but nobody mines it.
    assert not answered(few, "mine-vs-refine", material="selenium", show="all").rows


def test_reach_counts_output_and_needs_only(few: Graph) -> None:
    held = answered(few, "country-reach", country="China", threshold="40")
    assert held.values("product_id") == ("copper/refined", "selenium/refined")
    copper = held.records()[0]
    assert (copper["essential_in"], copper["also_in"]) == (("cable",), ("cell",))
    assert (copper["sectors"], copper["rank"], copper["verified"]) == (("digital",), 1, False)
    # What counts is need: the sector of the optional use is not reached.
    assert not answered(few, "country-reach", country="China", sector="space").rows
    low = answered(few, "country-reach", country="China", threshold="5").records()
    ore = next(r for r in low if r["product_id"] == "copper/ore")
    assert (ore["bound"], ore["feeds"], ore["rank"]) == ("at most", ("selenium",), 3)


def test_byproducts_with_and_without_a_figure(few: Graph) -> None:
    ties = answered(few, "byproduct-ties").records()
    assert [r["material_id"] for r in ties] == ["selenium", "tellurium"]
    # Two sources, one of them with a figure and read: one row, not verified as a whole.
    assert (ties[0]["companionality_low"], ties[0]["companionality_high"]) == (90, 90)
    assert ties[0]["verified"] is False
    assert (ties[0]["top_miner"], ties[0]["recovered_from"]) == ("Chile", "copper ore")
    assert ties[0]["top_recoverer"] == "China"
    assert ties[1]["companionality_low"] is None
    few_of_copper = answered(few, "byproduct-ties", material="copper")
    assert not few_of_copper.rows
    assert "tellurium (5 %)" in few_of_copper.finding


def test_a_figure_of_the_weakest_grade_stands_below_and_gives_way(few: Graph) -> None:
    few.run(
        "CREATE (:Source {id: 'rumour', name: 'Rumour', grade: 'D'}) WITH 1 AS one "
        "MATCH (host:Material {id: 'copper'}) MATCH (m:Material) "
        "WHERE m.id IN ['selenium', 'tellurium'] "
        "CREATE (m)-[:BYPRODUCT_OF {id: 'r-' + m.id, source: 'rumour', verified: true, "
        "companionality: 99.0}]->(host)"
    )
    selenium, tellurium = answered(few, "byproduct-ties").records()
    assert (selenium["material_id"], selenium["companionality_high"]) == ("selenium", 90)
    assert (tellurium["companionality_low"], tellurium["companionality_high"]) == (99, 99)
    assert (selenium["weak"], tellurium["weak"]) == (False, True)


def test_shared_suppliers_are_foreign_to_both_and_of_one_source_each(led: Graph) -> None:
    shared = answered(led, "shared-suppliers", as_of="2026-01-01").records()
    # France is a member, the ore's EU list is no measurement, customs codes do not count, and the
    # document's 90 % does not stand beside the study's 50 %.
    assert [(r["supplier_id"], r["share"], r["other_share"]) for r in shared] == [
        ("CHN", 0.5, 0.4),
        ("CHL", 0.2, 0.2),
    ]
    assert [r["reading"] for r in shared] == ["common cause", "competition"]
    assert shared[0]["share_of"] == "own production and imports"
    assert shared[0]["other_share_of"] == "imports"
    before = answered(led, "shared-suppliers", as_of="1950-01-01").records()
    assert "FRA" in {r["supplier_id"] for r in before}


def test_sourcing_prefers_a_publication_and_shows_the_others(led: Graph) -> None:
    china = next(
        r
        for r in answered(led, "sourcing", material="copper", as_of="2026-01-01").records()
        if (r["supplier_id"], r["product_id"]) == ("CHN", "copper/refined")
    )
    assert (china["observed_share"], china["source"]) == (0.5, "eu")
    assert china["elsewhere"] == ("90.0 % of the imports (A document, 2024)",)
