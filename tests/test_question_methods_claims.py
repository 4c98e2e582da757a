"""Verdicts of the question ``claims`` on small graphs made by hand: bounds, own sources, counts."""

from __future__ import annotations

from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import Answer, ask, picture

WRITE = """
CREATE (a:Publication {id: 'a', name: 'A', preference: 1}),
       (b:Publication {id: 'b', name: 'B', preference: 2}),
       (new:Source {id: 'a-2', name: 'A 2', published: '2026'})-[:EDITION_OF]->(a),
       (old:Source {id: 'a-1', name: 'A 1', published: '2025'})-[:EDITION_OF]->(a),
       (other:Source {id: 'b-1', name: 'B 1', published: '2024'})-[:EDITION_OF]->(b),
       (paper:Source {id: 'paper', name: 'A paper', published: '2026-01-01'}),
       (tin:Material {id: 'tin', name: 'tin'}),
       (ore:Product {id: 'tin/ore', name: 'tin ore'})-[:FORM_OF]->(tin),
       (claim:Claim {id: 'c', name: 'c', text: 'c', verified: true, asserted_by: 'x',
                     test_reason: 'because'})-[:MADE_IN]->(paper)
SET claim += $claim
WITH ore
UNWIND $rows AS row
MERGE (economy:Economy {id: row.economy}) SET economy.name = row.economy
FOREACH (x IN CASE row.economy WHEN 'WLD' THEN [1] ELSE [] END | SET economy:Aggregate)
FOREACH (x IN CASE row.economy WHEN 'WLD' THEN [] ELSE [1] END | SET economy:Country)
MERGE (industry:Industry {id: row.economy + ':tin/ore'})
MERGE (economy)-[:HAS]->(industry)
MERGE (industry)-[:MAKES]->(ore)
WITH industry, row
MATCH (source:Source {id: row.source})
CREATE (industry)-[:REPORTED_BY {measure: 'production', status: 'normal', basis: 'contained',
  period: row.period, amount: row.amount, low: row.low}]->(source)
"""
TEST = {
    "tested_by": "share-of-output",
    "test_things": ["tin/ore"],
    "test_actors": ["XXA"],
    "test_since": "2024",
    "test_until": "2025",
}


def row(economy: str, amount: float | None, source: str = "a-2", **more: Any) -> dict[str, Any]:
    """What one source reports of one economy."""
    given = {"economy": economy, "amount": amount, "source": source, "period": "2024"}
    return given | {"low": None} | more


def put(graph: Graph, rows: list[dict[str, Any]], **claim: Any) -> None:
    """One claim and the reports that it is tested by."""
    graph.write(lambda tx: tx.run(WRITE, rows=rows, claim=TEST | claim).consume())


def judged(graph: Graph, **arguments: str) -> Answer:
    return ask(graph, question("claims"), arguments)


def only(answer: Answer, *names: str) -> tuple[Any, ...]:
    """These columns of the single row."""
    (found,) = answer.rows
    index = question("claims").column_names()
    return tuple(found[index.index(name)] for name in names)


A_HALF = [row("XXA", 50.0), row("XXB", 50.0), row("WLD", 100.0)]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ({"value": 50.0}, "supported"),
        ({"value": 51.0}, "supported"),
        ({"value": 51.5}, "contradicted"),
        ({"value": 48.5}, "contradicted"),
        ({"low": 50.0}, "supported"),
        ({"low": 50.5}, "contradicted"),
        ({"test_least": 45.0, "test_most": 55.0}, "supported"),
        ({"test_least": 10.0, "test_most": 20.0}, "contradicted"),
    ],
)
def test_a_share_within_the_claimed_limits(
    graph: Graph, claim: dict[str, float], verdict: str
) -> None:
    put(graph, A_HALF, **claim)
    assert only(judged(graph), "verdict", "graph_low", "graph_high") == (verdict, 50.0, 50.0)


def test_the_tolerance_is_in_percentage_points(graph: Graph) -> None:
    put(graph, A_HALF, value=51.5)
    assert only(judged(graph, tolerance="2"), "verdict", "claimed_low") == ("supported", 49.5)


def test_parts_that_exceed_a_rounded_total_are_the_total(graph: Graph) -> None:
    put(graph, [row("XXA", 60.0), row("XXB", 60.0), row("WLD", 100.0)], value=50.0)
    assert only(judged(graph), "verdict", "graph_high") == ("supported", 50.0)


def test_two_publishers_on_both_sides_make_it_partly_right(graph: Graph) -> None:
    more = [row("XXA", 80.0, "b-1"), row("WLD", 100.0, "b-1")]
    put(graph, A_HALF + more, low=70.0)
    assert only(judged(graph), "verdict", "graph_low", "graph_high") == ("partly", 50.0, 80.0)
    rows = judged(graph, show="rows").rows
    assert [(r[2], r[6]) for r in rows] == [("contradicted", 50.0), ("supported", 80.0)]


def test_an_older_edition_and_other_years_do_not_count(graph: Graph) -> None:
    old = [row("XXA", 90.0, "a-1"), row("WLD", 100.0, "a-1")]
    past = [row("XXA", 99.0, period="2023"), row("WLD", 99.0, period="2023")]
    put(graph, A_HALF + old + past, value=50.0)
    assert only(judged(graph), "verdict", "sources") == ("supported", ("a-2",))


def test_years_are_added_up_before_they_are_divided(graph: Graph) -> None:
    later = [row("XXA", 10.0, period="2025"), row("WLD", 20.0, period="2025")]
    put(graph, [row("XXA", 90.0), row("WLD", 100.0), *later], value=100 * 100 / 120)
    assert only(judged(graph, tolerance="0"), "verdict", "period") == ("supported", "2024-2025")


def test_without_a_total_a_row_can_only_contradict(graph: Graph) -> None:
    parts = [row("XXA", 50.0), row("XXB", 50.0)]
    put(graph, parts, low=40.0)
    assert only(judged(graph), "verdict", "why", "graph_low", "graph_high") == (
        *("not decidable", "the rows give only a limit"),
        *(None, 50.0),
    )
    graph.write(lambda tx: tx.run("MATCH (c:Claim) SET c.low = 60.0").consume())
    assert only(judged(graph), "verdict") == ("contradicted",)


def test_what_a_claim_repeats_cannot_support_it_but_contradict_it(graph: Graph) -> None:
    put(graph, A_HALF, value=50.0, test_quoted=["a"])
    assert only(judged(graph), "verdict", "why") == (
        *("not decidable", "only its own source says so"),
    )
    graph.write(lambda tx: tx.run("MATCH (c:Claim) SET c.value = 60.0").consume())
    assert only(judged(graph), "verdict", "why") == ("contradicted", "by its own source")


def test_a_document_is_no_series(graph: Graph) -> None:
    put(graph, [row("XXA", 50.0, "paper"), row("WLD", 100.0, "paper")], value=50.0)
    assert only(judged(graph), "verdict", "why") == ("not decidable", "no such row in the data")


def test_a_claim_without_a_test_says_why(graph: Graph) -> None:
    put(graph, A_HALF, value=50.0, tested_by=None)
    assert only(judged(graph), "verdict", "why", "unit") == ("not decidable", "because", None)


SIGNED = """
MATCH (xxa:Economy {id: 'XXA'}), (xxb:Economy {id: 'XXB'})
CREATE (one:Agreement {id: 'one', name: 'one', signed: date('2024-05-01'), status: 'in force'}),
       (two:Agreement {id: 'two', name: 'two', status: 'announced'}),
       (one)-[:PARTY]->(xxa), (one)-[:PARTY]->(xxb), (two)-[:PARTY]->(xxa), (two)-[:PARTY]->(xxb),
       (one)-[:DOCUMENTED_BY]->(:Source {id: $document, name: 'd'})
"""


@pytest.mark.parametrize(
    ("actors", "claim", "expected"),
    [
        (["XXA", "XXB"], {}, ("supported", 1)),
        (["XXA", "XXC"], {}, ("not decidable", None)),
        (["XXA"], {"value": 2.0}, ("contradicted", 1)),
        (["XXA"], {"test_until": "2024-04-30"}, ("not decidable", None)),
        (["XXA"], {"test_quoted": ["doc"]}, ("not decidable", None)),
    ],
)
def test_what_was_signed_is_counted(
    graph: Graph, actors: list[str], claim: dict[str, Any], expected: tuple[str, int | None]
) -> None:
    given = {"tested_by": "measures", "test_class": "Agreement", "test_actors": actors}
    put(graph, A_HALF, **given | {"test_things": None, "test_since": "2024-01-01"} | claim)
    graph.write(lambda tx: tx.run(SIGNED, document="doc").consume())
    assert only(judged(graph), "verdict", "graph_high") == expected


def test_the_picture_leads_from_the_claim_to_the_evidence(graph: Graph) -> None:
    put(graph, A_HALF, value=50.0)
    drawn = picture(graph, question("claims"), {})
    assert {n.properties["id"] for n in drawn.nodes} >= {"c", "paper", "XXA:tin/ore", "a-2", "a"}
