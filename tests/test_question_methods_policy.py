"""The methods of the questions on partners and restrictions, on a graph made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import ask

PARTNERS = (Path(__file__).parent / "partners.cypher").read_text("utf-8")


@pytest.fixture
def policy(graph: Graph) -> Graph:
    for statement in PARTNERS.split(";\n"):
        graph.run(statement)
    return graph


def answered(graph: Graph, identifier: str, **arguments: str) -> list[dict[str, Any]]:
    return list(ask(graph, question(identifier), arguments).records())


def test_what_nobody_is_named_for_may_be_the_partners(policy: Graph) -> None:
    (before,) = answered(policy, "partnership-coverage", as_of="2023-01-01")
    assert before["partner_ids"] == ("CAN",)
    assert (before["output_low"], before["output_high"]) == pytest.approx((0.1, 0.25))
    # Canada's 15 %; at most 20 and the 15 of unknown origin.
    supply = (before["supply"], before["supply_low"], before["supply_high"])
    assert supply == pytest.approx((0.15, 0.1, 0.35))
    assert (before["supply_period"], before["known_by"]) == ("2023", "reconciled")
    assert before["sources"] == ("study", "yearbook")
    (after,) = answered(policy, "partnership-coverage", as_of="2025-01-01")
    assert after["agreement_ids"] == ("eu-aus", "eu-can")
    assert (after["output_low"], after["output_high"]) == pytest.approx((0.1, 0.3))
    assert not answered(policy, "partnership-coverage", as_of="2021-06-14")


WITHHELD = (Path(__file__).parent / "withheld_figure.cypher").read_text("utf-8")


def test_a_withheld_figure_is_bounded_or_not_known(policy: Graph) -> None:
    policy.run(WITHHELD)
    (row,) = answered(policy, "partnership-coverage", as_of="2023-01-01")
    assert row["output_known"] == "not known"
    assert (row["output_low"], row["output_high"]) == (None, None)
    (gap,) = answered(policy, "agreement-gaps", as_of="2023-01-01")
    assert (gap["gap"], gap["share_low"]) == ("not known", None)
    # Another publication says a fifth: Canada's ninth of the rest is at least 4/45 of all.
    policy.run(
        "MATCH (i:Industry {id: 'USA:xium/refined'}), (s:Source {id: 'study'})"
        " CREATE (i)-[:REPORTED_BY {measure: 'share-of-supply', period: '2020', amount: 20.0}]->(s)"
    )
    (row,) = answered(policy, "partnership-coverage", as_of="2023-01-01")
    assert row["output_known"] == "bounded"
    assert (row["output_low"], row["output_high"]) == pytest.approx((4 / 45, 1 / 9), abs=1e-6)
    assert not answered(policy, "agreement-gaps", as_of="2023-01-01")
    assert "study" in row["sources"]


@pytest.mark.parametrize(
    ("threshold", "gap"),
    # Canada makes a tenth; what is left to nobody is 15 %.
    [("10", None), ("12", "open"), ("20", "yes")],
)
def test_a_gap_is_open_where_unnamed_makers_could_fill_it(
    policy: Graph, threshold: str, gap: str | None
) -> None:
    found = answered(policy, "agreement-gaps", as_of="2023-01-01", threshold=threshold)
    assert [row["gap"] for row in found] == ([gap] if gap else [])
    for row in found:
        assert (row["partner_id"], row["top_id"], row["top_share"]) == ("CAN", "CHN", 0.6)


def test_the_year_of_signing_is_neither_before_nor_after(policy: Graph) -> None:
    rows = {r["partner_id"]: r for r in answered(policy, "partner-trend", as_of="2025-01-01")}
    canada = rows["CAN"]
    assert (canada["before"], canada["after"]) == pytest.approx((0.2, 0.3))
    assert canada["change"] == pytest.approx(10)
    assert (canada["years_before"], canada["years_after"]) == ("2018-2020", "2022-2023")
    assert (canada["direction"], rows["AUS"]["direction"]) == ("up", "none")
    assert rows["AUS"]["source"] == "doc"


def test_a_trend_without_the_largest_maker_or_in_violence_is_set_apart(policy: Graph) -> None:
    rows = {r["partner_id"]: r for r in answered(policy, "partner-trend", as_of="2025-01-01")}
    assert rows["CAN"]["apart"] is None
    # Without China's figure of one year Canada's share is of itself alone.
    policy.run(
        "MATCH (:Industry {id: 'CHN:xium/refined'})-[r:REPORTED_BY {period: '2023'}]->() DELETE r"
    )
    rows = {r["partner_id"]: r for r in answered(policy, "partner-trend", as_of="2025-01-01")}
    assert (rows["CAN"]["before"], rows["CAN"]["apart"]) == (1.0, "without the largest maker")
    assert (rows["CAN"]["direction"], rows["CAN"]["counted"]) == ("apart", None)
    policy.run(
        "MATCH (c:Economy {id: 'CAN'}) CREATE (c)-[:SCORES {year: 2022, estimate: -1.9,"
        " source: 'study'}]->(:Indicator {id: 'political-stability'})"
    )
    rows = {r["partner_id"]: r for r in answered(policy, "partner-trend", as_of="2025-01-01")}
    assert rows["CAN"]["apart"] == "violence: political stability -1.9 in 2022"
    given = {"as_of": "2025-01-01", "stability": "-2"}
    rows = {r["partner_id"]: r for r in answered(policy, "partner-trend", **given)}
    assert rows["CAN"]["apart"] == "without the largest maker"


def test_what_others_with_an_agreement_make_has_bounds(policy: Graph) -> None:
    """Without China's 60 and the 10 % of the United States, 30 % are left for the others."""
    (row,) = answered(policy, "restriction-impact", as_of="2023-01-01")
    assert (row["share_low"], row["share_high"]) == (0.6, 0.6)
    assert (row["agreed_low"], row["agreed_high"]) == pytest.approx((0.15, 0.3))
    assert (row["market_share"], row["market_low"], row["market_high"]) == (0.6, 0.5, 0.7)
    (row,) = answered(policy, "restriction-impact", as_of="2021-01-01")
    assert row["agreed_low"] == pytest.approx(0.05)  # France alone, as a member
    assert row["agreed_high"] == pytest.approx(0.2)  # nor Canada's tenth


def test_one_day_stands_for_today_whatever_is_asked(policy: Graph) -> None:
    """That of the newest document on what holds from a day on; a later paper moves it not."""
    policy.run("CREATE (:Source {id: 'paper', kind: 'document', published: '2026-08-21'})")
    for identifier in ("partnerships", "restrictions", "criticality-lists", "chokepoints"):
        answer = ask(policy, question(identifier), {})
        assert answer.names["as_of"] == "2025-01-01", identifier
        assert answer.notes[-1].startswith("Without --as-of the day is 2025-01-01, ")
        asked = ask(policy, question(identifier), {"as_of": "2025-01-01"})
        assert asked.notes == answer.notes[:-1]
    policy.run(
        "MATCH (s:Source {id: 'paper'}) CREATE (:Policy {id: 'p', name: 'A policy',"
        " adopted: date('2026-01-01')})-[:DOCUMENTED_BY]->(s)"
    )
    assert ask(policy, question("restrictions"), {}).names["as_of"] == "2026-08-21"
