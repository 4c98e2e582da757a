"""The methods of demand, projects, ownership and stock-and-time, on graphs made by hand."""

from __future__ import annotations

import pytest

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import Answer, ask

BASE = (
    "CREATE (eu:Economy:Bloc {id: 'EU27', name: 'EU'}), (a:Economy:Country {id: 'AAA', name: 'A'}),"
    " (b:Economy:Country {id: 'BBB', name: 'B'}), (c:Economy:Country {id: 'CCC', name: 'C'}),"
    " (a)-[:MEMBER_OF {from: date('2000-01-01')}]->(eu),"
    " (s:Source {id: 's', name: 'S', kind: 'document', published: '2025-01-01'}),"
    " (m:Material {id: 'ore-metal', name: 'metal'}), (refining:Stage {id: 'separation-refining',"
    " name: 'refining', position: 3.0}),"
    " (p:Product {id: 'ore-metal/refined', name: 'metal, refined'}), (p)-[:FORM_OF]->(m),"
    " (p)-[:AT_STAGE]->(refining)"
)


def made(graph: Graph, *statements: str) -> Graph:
    for statement in (BASE, *statements):
        graph.run(statement)
    return graph


def answered(graph: Graph, identifier: str, **arguments: str) -> Answer:
    return ask(graph, question(identifier), arguments)


NEED = (
    "MATCH (m:Material), (s:Source) CREATE (t:Technology {id: 'mill', name: 'mill'}),"
    " (k:Technology {id: 'new-mill', name: 'new mill'})-[:KIND_OF]->(t),"
    " (r:Source {id: 'r', name: 'R', published: '2020'}),"
    " (m)-[:USED_IN {quantity_unit: 'kg-per-MW', quantity: 2.0, source: 's', verified: true,"
    " role: 'a'}]->(k),"
    " (m)-[:USED_IN {quantity_unit: 'kg-per-MW', quantity: 3.0, source: 'r', verified: true,"
    " role: 'b'}]->(k),"
    " (m)-[:USED_IN {quantity_unit: 'kg-per-MW', quantity: 90.0, source: 'r', verified: false,"
    " role: 'c'}]->(k)"
)
OUTPUT = (
    "MATCH (p:Product), (s:Source) CREATE (w:Industry {{id: 'WLD:ore-metal/refined'}}),"
    " (w)-[:REPORTED_BY {{measure: 'production', unit: 't', amount: 400.0, basis: '{basis}',"
    " period: '2024', status: '{status}', verified: true}}]->(s)"
)


def test_the_newest_that_was_read_leads_and_the_unread_widens_nothing(graph: Graph) -> None:
    made(graph, NEED, OUTPUT.format(basis="contained", status="normal"))
    (row,) = answered(graph, "demand", technology="mill", amount="10", unit="gw").records()
    assert (row["needs"], row["needs_low"], row["needs_high"]) == (20, 20, 30)
    assert (row["world"], row["share_of_world"]) == (400, 5)
    assert (row["source"], row["documents"], row["supply"]) == ("s", 3, None)
    assert not answered(graph, "demand", technology="mill", unit="vehicle").rows


@pytest.mark.parametrize(("basis", "status"), [("dry-weight", "normal"), ("contained", "forecast")])
def test_a_need_is_not_set_against_what_is_counted_otherwise(
    graph: Graph, basis: str, status: str
) -> None:
    made(graph, NEED, OUTPUT.format(basis=basis, status=status))
    answer = answered(graph, "demand", technology="mill")
    assert answer.records()[0]["world"] is None
    assert "the world's output of it, counted alike, is not in the data" in answer.finding


PLANTS = (
    "MATCH (p:Product), (s:Source), (a:Economy {id: 'AAA'}), (b:Economy {id: 'BBB'}),"
    " (c:Economy {id: 'CCC'}), (eu:Bloc)"
    " CREATE (eu)-[:HAS]->(u:Industry {id: 'EU27:ore-metal/refined'}),"
    " (u)-[:REPORTED_BY {measure: 'consumption', unit: 't', amount: 100.0, period: '2024',"
    " verified: true}]->(s),"
    " (d:Agreement {id: 'd', signed: date('2024-05-01')}), (d)-[:PARTY]->(eu), (d)-[:PARTY]->(b)"
    " WITH * UNWIND [['one', a, 30.0, 'capacity', 'normal'], ['two', a, 20.0, 'capacity',"
    " 'forecast'], ['scrap', a, 50.0, 'intake-capacity', 'normal'], ['far', b, 70.0, 'capacity',"
    " 'normal'], ['other', c, 80.0, 'capacity', 'normal']] AS x"
    " CREATE (j:Project {id: x[0], name: x[0]}), (j)-[:PRODUCES]->(p), (j)-[:DOCUMENTED_BY]->(s),"
    " (j)-[r:OUTPUT_REPORTED_BY {product: 'ore-metal/refined', unit: 't', period: '2026'}]->(s)"
    " SET r.amount = x[2], r.measure = x[3], r.status = x[4], r.part = 'all', r.source = 's',"
    " r.verified = true"
    " WITH * WITH j, x[1] AS place CREATE (j)-[:LOCATED_IN]->(place)"
)


def test_capacities_are_added_up_in_the_market_and_intake_is_not(graph: Graph) -> None:
    made(graph, PLANTS)
    answer = answered(graph, "projects", as_of="2025-01-01")
    rows = {r["project_id"]: r for r in answer.records()}
    assert {i: r["place"] for i, r in rows.items()} == {
        "one": "market",
        "two": "market",
        "scrap": "market",
        "far": "partner",
    }
    assert (rows["one"]["pipeline"], rows["one"]["in_place"]) == (50, 30)
    assert (rows["one"]["share_of_use"], rows["scrap"]["share_of_use"]) == (30, None)
    assert "50 t a year by 2026, 30 t of it in place: 50 % of what it uses" in answer.finding


@pytest.mark.parametrize(
    ("status", "state", "pipeline", "in_place", "said"),
    [
        ("operating", "in place", 50, 30, "1 at work"),
        ("ramping-up", "in place", 50, 30, "1 at work"),
        ("pilot", "in place", 50, 30, "1 being built"),
        ("under-construction", "meant", 50, 0, "1 being built"),
        ("announced", "meant", 50, 0, "1 announced"),
        ("suspended", "idle", 50, 0, "1 suspended"),
        ("cancelled", "given up", 20, 0, "1 suspended or given up"),
    ],
)
def test_the_status_says_how_sure_a_capacity_is(
    graph: Graph, status: str, state: str, pipeline: int, in_place: int, said: str
) -> None:
    made(
        graph,
        PLANTS,
        f"MATCH (j:Project {{id: 'one'}}) SET j.status = '{status}', j.status_text = 'so called'",
    )
    answer = answered(graph, "projects", as_of="2025-01-01")
    rows = {r["project_id"]: r for r in answer.records()}
    one, two = rows["one"], rows["two"]
    assert (one["status"], one["status_text"]) == (status.replace("-", " "), "so called")
    assert (two["status"], two["status_text"]) == ("not stated", None)
    assert one["by"] == f"2026, {state}"
    assert (two["pipeline"], two["in_place"]) == (pipeline, in_place)
    assert any(said in note and "of 3 no source says" in note for note in answer.notes)


def test_who_is_no_partner_yet_is_elsewhere(graph: Graph) -> None:
    made(graph, PLANTS)
    before = answered(graph, "projects", as_of="2024-04-30", where="all").records()
    assert {r["project_id"] for r in before if r["place"] == "elsewhere"} == {"far", "other"}


def test_a_plant_in_two_countries_is_in_no_sum(graph: Graph) -> None:
    made(
        graph,
        PLANTS,
        "MATCH (j:Project {id: 'one'}), (c:Economy {id: 'CCC'}) CREATE (j)-[:LOCATED_IN]->(c)",
    )
    rows = {r["project_id"]: r for r in answered(graph, "projects", as_of="2025-01-01").records()}
    assert rows["two"]["pipeline"] == 20


OWNERS = (
    "MATCH (p:Product), (a:Economy {id: 'AAA'}), (b:Economy {id: 'BBB'}), (c:Economy {id: 'CCC'})"
    " CREATE (b)-[:HAS]->(i:Industry {id: 'BBB:ore-metal/refined'})-[:MAKES {share: 0.4, period:"
    " '2024', share_source: 's'}]->(p),"
    " (c)-[:HAS]->(h:Industry {id: 'CCC:ore-metal/refined'})-[:MAKES {share: 0.3, period: '2024',"
    " share_source: 's'}]->(p),"
    " (c)-[:OWNS {holder: 'all companies', kind: 'control', share: 0.5, period: '2023',"
    " source: 's', verified: true}]->(i),"
    " (j:Project {id: 'pit', name: 'Pit'}), (j)-[:LOCATED_IN]->(b), (j)-[:PRODUCES]->(p),"
    " (c)-[:OWNS {holder: 'X', kind: 'equity', share: 0.6, period: '2019', source: 's',"
    " verified: true}]->(j),"
    " (c)-[:OWNS {holder: 'X', kind: 'equity', share: 0.7, period: '2022-03', source: 's',"
    " verified: true}]->(j),"
    " (c)-[:OWNS {holder: 'X', kind: 'equity', period: '2024', source: 's',"
    " verified: true}]->(j),"
    " (b)-[:OWNS {holder: 'the state', kind: 'equity', share: 0.3, period: '2022', source: 's',"
    " verified: true}]->(j),"
    " (n:Project {id: 'nobody', name: 'Nobody'}), (n)-[:LOCATED_IN]->(b), (n)-[:PRODUCES]->(p)"
)


def test_the_newest_share_of_a_holder_and_what_is_controlled_abroad(graph: Graph) -> None:
    made(graph, OWNERS)
    answer = answered(graph, "ownership", as_of="2025-01-01")
    industry, pit = answer.records()
    assert industry["with_home"] == pytest.approx(0.3 + 0.5 * 0.4)
    assert (pit["stake"], pit["period"], pit["with_home"]) == (0.7, "2022-03", None)
    assert any(note.startswith("1 other mine or plant in the data fits") for note in answer.notes)
    # A period is as precise as its source: what is said of 2022-03 is not known in 2022-02.
    (before, _) = answered(graph, "ownership", as_of="2022-02-28", show="all").records()
    assert before["stake"] == 0.6
    everybody = answered(graph, "ownership", as_of="2025-01-01", show="all").records()
    assert [r["owner_id"] for r in everybody] == ["CCC", "CCC", "BBB"]


WAIT = (
    "MATCH (m:Material), (s:Source), (c:Economy {{id: 'CCC'}})"
    " CREATE (m)-[:TIME_REPORTED_BY {{measure: 'user-stock', low: {low}, high: {high},"
    " unit: 'week', region: 'World', period: '2024', source: 's', verified: true}}]->(s),"
    " (r:ExportRestriction {{id: 'r', name: 'rule', kind: 'licence', effective:"
    " date('2024-01-01'), status: 'in-force'}}), (r)-[:RESTRICTS]->(m), (r)-[:IMPOSED_BY]->(c),"
    " (r)-[:TIME_REPORTED_BY {{measure: 'licence-time', amount: 45.0, unit: 'working-day',"
    " region: 'World', period: '2024', source: 's', verified: true}}]->(s)"
)


@pytest.mark.parametrize(
    ("low", "high", "told"),
    # Forty-five working days are 63 days: nine weeks.
    [
        (10, 12, "The stock outlasts one licence"),
        (6, 8, "The stock is used up before"),
        (8, 12, "The shorter stocks are used up before"),
    ],
)
def test_a_stock_is_set_against_a_licence(graph: Graph, low: int, high: int, told: str) -> None:
    made(graph, WAIT.format(low=float(low), high=float(high)))
    answer = answered(graph, "stock-and-time", material="metal", as_of="2025-01-01")
    assert told in answer.finding
    stock, licence = answer.records()
    assert (stock["days_low"], stock["days_high"]) == (7 * low, 7 * high)
    assert licence["days_low"] == 63


def test_a_licence_of_unknown_time_and_a_ban_that_ended(graph: Graph) -> None:
    made(
        graph,
        "MATCH (m:Material), (s:Source), (b:Economy {id: 'BBB'}), (c:Economy {id: 'CCC'})"
        " CREATE (r:ExportRestriction {id: 'r', name: 'rule', kind: 'licence', effective:"
        " date('2024-01-01'), status: 'in-force', verified: true}), (r)-[:RESTRICTS]->(m),"
        " (r)-[:IMPOSED_BY]->(c), (r)-[:DOCUMENTED_BY]->(s),"
        " (n:ExportRestriction {id: 'n', name: 'ban', kind: 'ban', effective: date('2024-02-01'),"
        " ended: date('2024-03-01'), verified: true}), (n)-[:RESTRICTS]->(m),"
        " (n)-[:IMPOSED_BY]->(c), (n)-[:DOCUMENTED_BY]->(s),"
        " (o:ExportRestriction {id: 'o', name: 'theirs', kind: 'licence', effective:"
        " date('2024-01-01'), verified: true}), (o)-[:RESTRICTS]->(m), (o)-[:AGAINST]->(b),"
        " (o)-[:IMPOSED_BY]->(c), (o)-[:DOCUMENTED_BY]->(s)",
    )
    answer = answered(graph, "stock-and-time", material="metal", as_of="2025-01-01")
    rows = {r["thing_id"]: r for r in answer.records()}
    assert set(rows) == {"r", "n"}
    assert (rows["r"]["as_stated"], rows["r"]["days_low"]) == ("not known", None)
    assert rows["n"]["days_low"] == 29
    assert "no time of a licence is known" in answer.finding
    during = answered(graph, "stock-and-time", material="metal", as_of="2024-02-15").records()
    assert [r["thing_id"] for r in during] == ["r"]
