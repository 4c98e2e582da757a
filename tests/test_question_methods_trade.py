"""The methods of the questions on flows and on shares over the years, on a graph made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import Answer, ask
from pictured import picture

FOLDER = Path(__file__).parent
MAGNETS = {"material": "rare-earths", "product": "magnet"}


@pytest.fixture
def flows(graph: Graph) -> Graph:
    for statement in (FOLDER / "trade_flows.cypher").read_text("utf-8").split(";\n"):
        graph.run(statement)
    return graph


def answered(graph: Graph, identifier: str, **arguments: str) -> Answer:
    return ask(graph, question(identifier), arguments)


def row(answer: Answer, **wanted: Any) -> dict[str, Any]:
    """The one row with these values."""
    (found,) = (r for r in answer.records() if wanted.items() <= r.items())
    return found


def test_a_bloc_buys_what_its_members_do_from_outside(flows: Graph) -> None:
    answer = answered(flows, "trade", material="rare-earths", exporter="China", importer="EU27")
    magnets = row(answer, code="HS 8505 11")
    # Germany and France, not from each other, and not the United Kingdom after it left.
    assert (magnets["reconciled_value"], magnets["reconciled_mass"]) == (150, 10)
    assert magnets["share"] == 0.75
    assert magnets["share_of"] == "the imports of European Union by value"
    # One of the two flows has no mass: the unit value is that of the other, and no share by mass.
    assert magnets["weightless"] == "1 of 2 flows have a mass"
    assert magnets["unit_value"] == pytest.approx(0.01)
    assert magnets["mass_share"] is None
    # The other side's book stands beside it.
    assert (magnets["exporter_value"], magnets["exporter_mass"]) == (90, 12)
    assert magnets["mirror"] == pytest.approx(1.2)
    before = answered(flows, "trade", code="850511", importer="EU27", year="2018")
    assert before.records()[0]["reconciled_value"] == 40


def test_what_a_document_states_of_the_bloc_has_its_own_shares_and_no_mass(flows: Graph) -> None:
    answer = answered(flows, "trade", code="8505", importer="EU27")
    customs = row(answer, code="CN 8505 11 10")
    assert (customs["importer_value"], customs["importer_mass"]) == (130, None)
    assert (customs["share"], customs["mass_share"]) == (0.9, 0.8)
    assert (
        "130 EUR, 90 % of the imports of the European Union by value, 80 % by mass"
        in answer.finding
    )
    assert "the tonnes are not stated" in answer.finding


def test_a_basket_is_of_nobody_and_a_mass_of_nothing_has_no_price(flows: Graph) -> None:
    basket = row(answered(flows, "trade", material="rare-earths"), code="HS 8112 92")
    assert basket["basket"] == "a basket: also indium metal"
    assert basket["goods"].endswith("(a basket)")
    assert (basket["reconciled_mass"], basket["unit_value"]) == (0, None)


def test_sellers_are_compared_by_price_and_the_largest_come_first(flows: Graph) -> None:
    answer = answered(flows, "trade", code="hs2017/850511", exporter="China", limit="2")
    assert answer.values("importer_id") == ("DEU", "FRA")
    assert answer.records()[0]["left_out"] == 1
    whole = answered(flows, "trade", code="hs2017/850511", exporter="China")
    # 130 USD for 210 t have both: 0.00062 USD a kilogram, and 0.00015 to the United Kingdom.
    assert row(whole, importer_id="GBR")["caution"] == "unit value 1/4 of mean"
    assert row(whole, importer_id="DEU")["share"] == pytest.approx(100 / 180)


def test_where_nothing_is_named_the_goods_most_needed_are_shown(flows: Graph) -> None:
    assert set(answered(flows, "trade").values("code")) == {"HS 8505 11", "CN 8505 11 10"}
    assert picture(flows, question("trade"), {}).relationships
    nothing = answered(flows, "trade", code="8112", year="2001")
    assert not nothing.rows
    assert "Flows are loaded of: HS 8112 92." in nothing.finding


def test_a_series_goes_on_with_the_old_kind_where_it_breaks(flows: Graph) -> None:
    answer = answered(flows, "trend", **MAGNETS)
    told = [
        (r["period"], r["source"], r["share"], r["change"], r["break"]) for r in answer.records()
    ]
    assert told == [
        ("2024", "new-2", 0.9, 10.0, None),
        ("2023", "new-2", 0.8, None, "edition"),
        # The old edition has 2023 too, so that its own change since 2022 can be told.
        ("2023", "new-1", 0.6, 10.0, None),
        ("2022", "new-1", 0.5, None, "source; whole; no figure between"),
        ("2018", "old-1", 0.5, None, "coverage, with United States"),
        ("2017", "old-1", 1.0, None, None),
    ]
    # Nobody else states an output of 2017: what is left is a bound.
    assert row(answer, period="2017")["bound"] == "at most"
    assert row(answer, period="2024")["bound"] is None
    assert (
        "the share of China in world output was 90 % in 2024 (New 2), up from 80 %"
        in answer.finding
    )
    assert "breaks: 2023, 2022, 2018" in answer.finding


def test_a_series_can_be_of_one_source_and_of_few_years(flows: Graph) -> None:
    assert answered(flows, "trend", edition="old-1", **MAGNETS).values("period") == ("2018", "2017")
    assert len(answered(flows, "trend", years="2", **MAGNETS).rows) == 2
    america = answered(flows, "trend", country="United States", **MAGNETS)
    assert america.records()[0]["share"] == 0.1
    assert not answered(flows, "trend", country="Germany", **MAGNETS).rows


def test_shares_of_imports_are_told_apart_by_their_whole(flows: Graph) -> None:
    answer = answered(flows, "trend", importer="EU27", country="China", **MAGNETS)
    stated, *by_flow = answer.records()
    assert (stated["share"], stated["basis"], stated["change"]) == (0.8, "mass", None)
    assert stated["codes"] == ("CN 85051110",)
    assert [(r["period"], r["share"]) for r in by_flow] == [
        ("2024", 0.75),
        ("2023", 0.4),
        ("2018", 1.0),
    ]
    assert by_flow[0]["change"] == pytest.approx(35)
    assert by_flow[1]["break"] == "no figure between"
    assert "that cannot be compared with the years before" in answer.finding
