"""Verdicts of the question ``claims`` on small graphs made by hand: bounds, own sources, counts."""

from __future__ import annotations

from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import Answer, ask
from pictured import picture

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
    rows = judged(graph, show="rows").records()
    assert [(r["verdict"], r["graph_low"]) for r in rows] == [
        *(("contradicted", 50.0), ("supported", 80.0)),
    ]


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
        *("own source only", "no independent source says so, or otherwise"),
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
CREATE (one:Agreement {id: 'one', name: 'one', signed: date('2024-05-01'), verified: $read,
                       status: 'in-force'}),
       (two:Agreement {id: 'two', name: 'two', status: 'announced', verified: true}),
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
        (["XXA"], {"test_quoted": ["doc"]}, ("own source only", None)),
        (["XXA"], {"framing": "intention"}, ("framing", 1)),
    ],
)
def test_what_was_signed_is_counted(
    graph: Graph, actors: list[str], claim: dict[str, Any], expected: tuple[str, int | None]
) -> None:
    given = {"tested_by": "measures", "test_class": "Agreement", "test_actors": actors}
    put(graph, A_HALF, **given | {"test_things": None, "test_since": "2024-01-01"} | claim)
    graph.write(lambda tx: tx.run(SIGNED, document="doc", read=True).consume())
    assert only(judged(graph), "verdict", "graph_high") == expected


def test_what_nobody_read_decides_nothing(graph: Graph) -> None:
    put(graph, A_HALF, **MEASURED)
    graph.write(lambda tx: tx.run(SIGNED, document="doc", read=False).consume())
    assert only(judged(graph), "verdict", "why") == (
        *("not decidable", "no row was read in its document"),
    )


def test_what_only_a_source_of_grade_d_says_is_no_row(graph: Graph) -> None:
    put(graph, A_HALF, **MEASURED)
    graph.write(lambda tx: tx.run(SIGNED, document="doc", read=True).consume())
    graph.write(lambda tx: tx.run("MATCH (s:Source {id: 'doc'}) SET s.grade = 'D'").consume())
    assert only(judged(graph), "verdict", "why") == ("not decidable", "no such row in the data")


def test_what_came_later_is_named_and_not_counted(graph: Graph) -> None:
    put(graph, A_HALF, **MEASURED | {"value": 1.0, "test_until": "2024-12-31"})
    graph.write(lambda tx: tx.run(SIGNED, document="doc", read=True).consume())
    graph.write(lambda tx: tx.run(LATER).consume())
    found = only(judged(graph), "verdict", "found", "why", "rows_behind")
    assert found[:3] == ("supported", "1", "2 by 2026-02-03")
    assert found[3] == ("three (later, 2025-06), later: not counted", "one (doc, 2024-05-01)")
    # Before that day it is not there.
    assert only(judged(graph, as_of="2025-01-01"), "verdict", "why") == ("supported", None)


LATER = """
MATCH (xxa:Economy {id: 'XXA'}), (xxb:Economy {id: 'XXB'}), (claim:Claim)
SET claim.made_on = date('2026-02-03')
CREATE (one:Agreement {id: 'three', name: 'three', signed: date('2025-06-01'), verified: true,
                       signed_precision: 'month', status: 'in-force'}),
       (one)-[:PARTY]->(xxa), (one)-[:PARTY]->(xxb),
       (one)-[:DOCUMENTED_BY]->(:Source {id: 'later', name: 'e'})
"""
MEASURED = {
    "tested_by": "measures",
    "test_class": "Agreement",
    "test_actors": ["XXA", "XXB"],
    "test_things": None,
    "test_since": "2024-01-01",
}


def test_framing_is_set_apart_and_not_counted_as_ignorance(graph: Graph) -> None:
    put(graph, A_HALF, value=50.0, framing="judgement")
    answer = judged(graph)
    assert only(answer, "verdict", "why", "claimed") == ("framing", "judgement: because", None)
    assert "not decidable: 0; framing" in answer.finding
    assert answer.finding.endswith("decide: 1.")


def test_sources_that_differ_make_it_partly_right(graph: Graph) -> None:
    """Its own publisher agrees, an independent one does not."""
    more = [row("XXA", 80.0, "b-1"), row("WLD", 100.0, "b-1")]
    put(graph, A_HALF + more, value=80.0, test_quoted=["b"])
    assert only(judged(graph), "verdict", "why", "found") == (
        *("partly", "its own source agrees, others differ", "50 %"),
    )


def test_a_publication_taken_as_complete_is_the_world(graph: Graph) -> None:
    put(graph, [row("XXA", 50.0), row("XXB", 50.0)], low=40.0, test_complete=["a"])
    assert only(judged(graph), "verdict", "found") == ("supported", "50 %")


def test_a_document_counts_where_it_is_admitted_by_name(graph: Graph) -> None:
    rows = [row("XXA", 50.0, "paper"), row("WLD", 100.0, "paper")]
    put(graph, rows, value=50.0, test_witnesses=["paper"])
    # It is the document in which the claim stands: it agrees with itself.
    assert only(judged(graph), "verdict") == ("own source only",)
    graph.write(lambda tx: tx.run(ELSEWHERE).consume())
    assert only(judged(graph), "verdict") == ("supported",)


ELSEWHERE = """
MATCH (claim:Claim)-[stands:MADE_IN]->() DELETE stands
CREATE (claim)-[:MADE_IN]->(:Source {id: 'press', name: 'press'})
"""


def test_an_edition_of_after_the_day_asked_for_does_not_count(graph: Graph) -> None:
    put(graph, A_HALF, value=50.0)
    assert only(judged(graph, as_of="2026-02-03"), "verdict") == ("supported",)
    assert only(judged(graph, as_of="2025-12-31"), "verdict") == ("not decidable",)


NEEDED = """
MATCH (ore:Product {id: 'tin/ore'})
CREATE (:Sector {id: 'cars', name: 'cars'})<-[:SERVES]-(:Technology {id: 'm', name: 'motor'})
       -[:NEEDS {essential: $essential, importance: 'type-dependent', weight: $weight,
                 verified: true, use_sources: ['a-2']}]->(ore)
"""


@pytest.mark.parametrize(
    ("essential", "weight", "verdict", "line"),
    [
        (True, 0.9, "supported", "motor: tin (90 % of its market) (a-2)"),
        (False, None, "partly", "motor: tin (some types only) (a-2)"),
    ],
)
def test_what_only_some_types_need_is_partly_essential(
    graph: Graph, essential: bool, weight: float | None, verdict: str, line: str
) -> None:
    put(graph, A_HALF, tested_by="uses", test_class="essential", test_things=["tin"])
    graph.write(lambda tx: tx.run("MATCH (c:Claim) SET c.test_users = ['cars']").consume())
    graph.write(lambda tx: tx.run(NEEDED, essential=essential, weight=weight).consume())
    assert only(judged(graph), "verdict", "rows_behind") == (verdict, (line,))


TRADED = """
CREATE (eu:Economy:Bloc {id: 'EU', name: 'the bloc'}),
       (in:Economy:Country {id: 'INN', name: 'INN'})-[:MEMBER_OF {from: date('2000-01-01')}]->(eu),
       (:Agreement:StrategicPartnership {id: 'p', name: 'p', signed: date('2023-01-01')})
         -[:PARTY]->(eu),
       (list:CriticalityList {id: 'list', name: 'list'})
WITH *
MATCH (tin:Material {id: 'tin'}), (ore:Product {id: 'tin/ore'}), (p:Agreement {id: 'p'})
CREATE (list)-[:LISTS {critical: true}]->(tin)
WITH in, ore, p
UNWIND $flows AS flow
MERGE (line:Product:TradeCode {id: flow.line}) SET line.code = flow.line
MERGE (line)-[:CLASSIFIES {specificity: 'exact'}]->(ore)
MERGE (seller:Economy:Country {id: flow.seller})
FOREACH (x IN CASE flow.seller WHEN 'PAR' THEN [1] ELSE [] END | MERGE (p)-[:PARTY]->(seller))
MERGE (industry:Industry {id: flow.seller + ':' + flow.line})
MERGE (seller)-[:HAS]->(industry)
MERGE (industry)-[:SHIPS]->(line)
CREATE (industry)-[:EXPORTS_TO {source: 'b-1', year: flow.year, reporter_side: flow.side,
                                mass: flow.mass, value: flow.value}]->(in)
"""


def flow(line: str, seller: str, year: int, value: float, **more: Any) -> dict[str, Any]:
    given = {"line": line, "seller": seller, "year": year, "value": value}
    return given | {"mass": value, "side": "importer"} | more


def test_tariff_lines_are_added_up_by_mass_and_all_must_be_there(graph: Graph) -> None:
    claim = {"tested_by": "share-of-tariff-lines", "test_market": "EU", "test_until": "2024"}
    put(graph, [], **claim | {"test_things": ["x", "y"], "value": 40.0})
    flows = [
        flow("x", "XXA", 2024, 90.0, mass=30.0, side="reconciled"),
        flow("x", "XXC", 2024, 10.0, mass=20.0, side="reconciled"),
        flow("y", "XXA", 2024, 10.0, mass=10.0, side="reconciled"),
        flow("y", "XXC", 2024, 90.0, mass=40.0, side="reconciled"),
    ]
    graph.write(lambda tx: tx.run(TRADED, flows=flows).consume())
    # By mass 40 of 100, by value 100 of 200.
    assert only(judged(graph), "verdict", "rows_behind") == (
        "supported",
        ("customs codes x, y: 40.0 % of imports by mass, 50.0 % by value (b-1, 2024)",),
    )
    gone = "MATCH (:TradeCode {id: 'y'})<-[:SHIPS]-()-[r:EXPORTS_TO]->() DELETE r"
    graph.write(lambda tx: tx.run(gone).consume())
    assert only(judged(graph), "verdict") == ("not decidable",)


def test_partners_gained_and_the_largest_seller_lost(graph: Graph) -> None:
    claim: dict[str, Any] = {
        "tested_by": "share-of-products-changed",
        "test_market": "EU",
        "test_actors": None,
    }
    claim |= {"test_things": ["list"], "test_since": "2022", "test_until": "2024"}
    put(graph, [], **claim | {"test_least": 0.0, "test_most": 50.0})
    flows = [
        flow("x", "PAR", 2022, 10.0),
        flow("x", "XXA", 2022, 90.0),
        flow("x", "PAR", 2024, 30.0),
        flow("x", "XXA", 2024, 170.0),
        flow("new", "PAR", 2024, 900.0),  # a line of one year says nothing of a change
    ]
    graph.write(lambda tx: tx.run(TRADED, flows=flows).consume())
    # Partners from 10 to 15 %, the largest seller from 90 to 85 %.
    assert only(judged(graph), "verdict", "rows_behind") == (
        "contradicted",
        (
            "partners gained share in 1 of 1 products (tin ore): 100.0 % (b-1, 2022-2024)",
            "the largest seller lost share in 1 of 1 products (tin ore): 100.0 % (b-1, 2022-2024)",
        ),
    )
    assert only(judged(graph, tolerance="6"), "verdict") == ("supported",)
    graph.write(lambda tx: tx.run("MATCH (c:Claim) SET c.test_class = 'x'").consume())
    assert len(only(judged(graph), "rows_behind")[0]) == 1


RELIANT = """
MATCH (tin:Material {id: 'tin'}), (new:Source {id: 'a-2'}), (old:Source {id: 'a-1'})
CREATE (list:CriticalityList {id: 'list', name: 'list'})-[:LISTS]->(tin),
       (list)-[:LISTS]->(part:Material {id: 'part', name: 'part'})
         -[:PART_OF]->(group:Material {id: 'group', name: 'group'}),
       (list)-[:LISTS]->(:Material {id: 'unknown', name: 'unknown'}),
       (all:Product {id: 'group/all', name: 'all'})-[:FORM_OF]->(group),
       (some:Product {id: 'tin/all', name: 'all'})-[:FORM_OF]->(tin),
       (home:Economy:Country {id: 'XXA', name: 'XXA'}),
       (home)-[:HAS]->(one:Industry {id: 'XXA:group/all'})-[:MAKES]->(all),
       (home)-[:HAS]->(two:Industry {id: 'XXA:tin/all'})-[:MAKES]->(some),
       (one)-[:REPORTED_BY {measure: 'net-import-reliance', period: '2024', amount: 60.0}]->(new),
       (two)-[:REPORTED_BY {measure: 'net-import-reliance', period: '2023', low: 100.0}]->(old),
       (two)-[:REPORTED_BY {measure: 'net-import-reliance', period: '2020', amount: 1.0}]->(new)
"""


def test_listed_materials_are_counted_by_their_own_figure_or_that_of_their_group(
    graph: Graph,
) -> None:
    claim = {"tested_by": "listed-reliance", "test_things": ["list"], "period": "2024"}
    put(graph, [], **claim | {"value": 2.0, "test_since": "2023", "test_until": "2025"})
    graph.write(lambda tx: tx.run(RELIANT).consume())
    said = "2 of 2 with a figure come to half or more from abroad, 1 of them wholly (a-1, 2024)"
    assert only(judged(graph), "verdict", "found", "rows_behind") == ("supported", "2", (said,))
    graph.write(lambda tx: tx.run("MATCH (c:Claim) SET c.test_quoted = ['a']").consume())
    assert only(judged(graph), "verdict") == ("own source only",)


STATED = """
CREATE (s:Source {id: 's', name: 's'})
WITH s UNWIND $parts AS part
CREATE (:Claim {id: part.id, name: part.id, text: part.id, value: part.value, unit: 'bn USD',
                verified: true})-[:MADE_IN]->(s)
"""


def test_statements_are_added_up_and_none_may_lack(graph: Graph) -> None:
    claim = {"tested_by": "sum-of-statements", "test_things": ["p", "q"], "unit": "bn USD"}
    put(graph, [], **claim | {"test_least": 11.5, "test_most": 12.5})
    first, second = {"id": "p", "value": 10.0}, {"id": "q", "value": 1.67}
    graph.write(lambda tx: tx.run(STATED, parts=[first]).consume())
    assert only(judged(graph), "verdict") == ("not decidable",)
    graph.write(lambda tx: tx.run(STATED.replace("CREATE (s:", "MERGE (s:"), parts=[second]))
    assert only(judged(graph), "verdict", "claimed", "found") == (
        *("supported", "11.5 to 12.5 bn USD", "11.67 bn USD"),
    )


def test_the_picture_leads_from_the_claim_to_the_evidence(graph: Graph) -> None:
    put(graph, A_HALF, value=50.0)
    drawn = picture(graph, question("claims"), {})
    assert {n.properties["id"] for n in drawn.nodes} >= {"c", "paper", "XXA:tin/ore", "a-2", "a"}
