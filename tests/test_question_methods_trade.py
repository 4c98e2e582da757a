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
        ("2018", "old-1", 0.5, None, "coverage, with United Kingdom"),
        # Of 2016 China alone states its output: that is no whole to have a share of.
        ("2017", "old-1", 0.5, None, None),
    ]
    # No world total is published of 2017: what the two make is a bound.
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


@pytest.fixture
def months(graph: Graph) -> Graph:
    for statement in (FOLDER / "trade_months.cypher").read_text("utf-8").split(";\n"):
        graph.run(statement)
    return graph


def by_month(graph: Graph, **arguments: str) -> tuple[Answer, dict[str, dict[str, Any]]]:
    """The answer, and its rows by month where it is of one kind of goods."""
    answer = answered(graph, "trade-by-month", **arguments)
    return answer, {record["month"]: record for record in answer.records()}


def test_a_restriction_parts_the_months_and_one_that_stocked_up_moves_no_median(
    months: Graph,
) -> None:
    answer, found = by_month(months, code="2504 10", importer="Japan", months="24")
    assert list(found) == sorted(found, reverse=True)
    assert len(found) == 24
    first = found["2024-12"]
    # Twelve months before July 2023: six of 8 t, five of 10 t and one of 90 t.
    assert (first["usual_before"], first["usual_after"]) == (9, 4)
    assert (first["months_before"], first["changed"]) == (12, "56 % less")
    assert (first["most"], first["least"]) == ("90 t in 2023-06", "4 t in 2024-06")
    assert (first["price_before"], first["price_after"]) == (2, 3)
    # Not the ban, which is against another, and not the quota, of which only the year is known.
    assert (first["rule_id"], first["rule_since"]) == ("licence", "2023-07-01")
    assert (first["since_when"], first["until_when"]) == ("2023-07", "2024-06")
    assert found["2023-07"]["event"] == "licence on carbons, from 2023-07-01"
    assert found["2023-05"]["event"] == "announced 2023-05-20: licence on carbons"
    assert found["2024-03"]["event"] == "ban on graphite, to United States, from 2024-03"
    assert found["2024-01"]["event"] is None
    # Of the twelve before June, seven are of 8 t.
    assert found["2023-06"]["change"] == 1025
    assert "56 % less" in answer.finding
    assert "when the licence on carbons applied (from 2023-07-01)" in answer.finding


def test_both_editions_of_a_code_are_one_series_of_one_source(months: Graph) -> None:
    _, found = by_month(months, material="graphite", importer="Japan", months="36")
    assert (found["2022-12"]["quantity"], found["2023-01"]["quantity"]) == (8, 10)
    assert found["2022-12"]["code_ids"] == ("hs2017/250410",)
    # Another source of the same months is named, never added.
    assert found["2022-12"]["elsewhere"] == ("other-2024-06",)
    _, other = by_month(months, material="graphite", edition="other-2024-06")
    assert {record["mass"] for record in other.values()} == {999}


def test_the_ban_on_one_buyer_leaves_zeros_and_no_gap(months: Graph) -> None:
    _, found = by_month(months, code="250410", importer="United States")
    assert (found["2024-02"]["quantity"], found["2024-03"]["quantity"]) == (3, 0)
    assert (found["2024-03"]["partners"], found["2024-03"]["unit_value"]) == (0, None)
    newest = found["2024-12"]
    assert (newest["rule_id"], newest["rule_since"], newest["usual_after"]) == ("ban", "2024-03", 0)
    assert newest["changed"] == "100 % less"
    _, earlier = by_month(months, code="250410", importer="US", restriction="licence")
    assert earlier["2024-12"]["rule_id"] == "licence"


def test_partners_are_added_and_totals_are_none(months: Graph) -> None:
    _, found = by_month(months, code="250410", since="2024-01-01")
    assert sorted(found) == [f"2024-{month:02}" for month in range(1, 13)]
    assert (found["2024-01"]["quantity"], found["2024-01"]["partners"]) == (4 + 2 + 1 + 3, 4)
    assert found["2024-01"]["importer"] == "its partners (up to 4 a month)"
    # The United Kingdom had left: of the Union only Germany buys.
    _, union = by_month(months, code="250410", importer="EU27")
    assert {(r["quantity"], r["partners"]) for r in union.values()} == {(2, 1)}


def test_a_month_without_a_mass_has_none_and_is_in_no_median(months: Graph) -> None:
    answer, found = by_month(months, material="gallium")
    assert (found["2024-01"]["quantity"], found["2024-01"]["without"]) == (None, 1)
    assert found["2024-08"]["unit_value"] == pytest.approx(100)
    assert found["2024-08"]["basket"] == "a basket: also indium metal"
    assert found["2024-08"]["usual_before"] is None
    assert "too few to compare" in answer.finding
    assert "The code is a basket" in answer.finding


def test_power_is_never_replaced_by_mass(months: Graph) -> None:
    _, found = by_month(months, product="modules")
    assert [found[f"2024-0{n}"]["quantity"] for n in (1, 2, 4)] == [14, 7, None]
    assert {record["unit"] for record in found.values()} == {"MW"}
    assert (found["2024-02"]["without"], found["2024-04"]["without"]) == (0.5, 1)
    assert found["2024-04"]["mass"] == 100


def test_months_are_no_trade_of_the_year(months: Graph) -> None:
    assert not answered(months, "trade", material="graphite", exporter="China").rows
    shown = picture(months, question("trade-by-month"), {"material": "graphite"})
    assert {tie.type for tie in shown.relationships} >= {"EXPORTS_MONTHLY", "RESTRICTS"}
