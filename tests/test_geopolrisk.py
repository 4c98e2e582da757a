"""GeoPolRisk on a graph made by hand, with each figure worked out beside it.

GeoPolRisk = HHI x sum of g_i f_i / (p + F): Gemechu, Sonnemann and Young 2016
(doi 10.1007/s11367-015-0917-4), own output p after Helbig et al. 2016. With the inputs of the
method's own library the question is compared with it in ``bench/peers.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orepath.bench import peers
from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import Answer, ask

MADE = (Path(__file__).parent / "geopolrisk.cypher").read_text("utf-8")
BAD, GOOD = (2.5 + 1.5) / 5, (2.5 - 1.5) / 5
"""Risks of governance: the mean of two indicators of the newest year, and of one."""
HHI = 0.6**2 + 0.3**2 + 0.1**2


@pytest.fixture
def made(graph: Graph) -> Graph:
    for statement in MADE.split(";\n"):
        graph.run(statement)
    return graph


def risk(graph: Graph, **arguments: str) -> dict[str, Any]:
    (row,) = answer(graph, **arguments).records()
    return row


def answer(graph: Graph, **arguments: str) -> Answer:
    return ask(graph, question("geopolitical-risk"), {"importer": "Home", **arguments})


def test_the_score_is_concentration_times_import_risk(made: Graph) -> None:
    row = risk(made)
    # Home's own output carries no risk; Oddland's governance and a tenth of
    # the origins are unknown.
    imports = BAD * 0.4 + GOOD * 0.2
    assert row["hhi"] == pytest.approx(HHI)
    assert row["import_risk"] == pytest.approx(imports)
    assert row["risk"] == pytest.approx(HHI * imports)
    assert row["unknown"] == pytest.approx(0.1)
    assert (row["top"], row["ungoverned"]) == ("Badland", ("Oddland",))
    assert (row["basis"], row["supply_period"], row["governance_year"]) == ("mass", "2024", "2024")
    assert row["sources"] == ("trade", "output", "governed")
    assert row["method"] == "reconciled"


def test_the_bounds_share_out_what_is_known(made: Graph) -> None:
    row = risk(made)
    # 0.9 is known, 0.6 of it surely whose. The 0.3 left go to the best governed first: 0.2 to Home,
    # 0.1 to Goodland; Oddland counts as well governed.
    low = BAD * 0.3 + GOOD * 0.2
    # Or to the worst first, all 0.3 to Badland; Oddland and the unknown 0.1 as badly as can be.
    high = BAD * 0.6 + GOOD * 0.1 + 0.1 + 0.1
    assert row["import_risk_low"] == pytest.approx(low)
    assert row["import_risk_high"] == pytest.approx(high)
    assert (row["risk_low"], row["risk_high"]) == pytest.approx((HHI * low, HHI * high))


def test_what_is_exact_has_no_interval(made: Graph) -> None:
    made.run("""
        MATCH (odd:Economy {id: 'ODD'}), (indicator:Indicator {id: 'pv'})
        CREATE (odd)-[:SCORES {id: 'o', source: 'governed', year: 2024, estimate: 0.0}]->(indicator)
        WITH * MATCH ()-[s:SUPPLIES_MARKET {basis: 'mass'}]->(:Economy {id: 'HOM'})
        WITH s, s.share / 0.9 AS share
        SET s.share = share, s.share_low = share, s.share_high = share
    """)
    row = risk(made)
    expected = HHI * (BAD * 0.4 + GOOD * 0.2 + 0.5 * 0.1) / 0.9
    assert [row[c] for c in ("risk", "risk_low", "risk_high")] == pytest.approx([expected] * 3)


def test_a_bloc_bears_no_risk_of_its_members(made: Graph) -> None:
    assert risk(made, importer="Bloc", as_of="2019-01-01")["import_risk"] == pytest.approx(
        BAD * 0.5
    )
    after = risk(made, importer="Bloc", as_of="2024-01-01")
    assert after["import_risk"] == pytest.approx(BAD * 0.5 + 0.5 * 0.25)


def test_another_edition_of_governance(made: Graph) -> None:
    row = risk(made, governance="governed-before")
    assert row["import_risk"] == pytest.approx(0.5 * 0.4)
    assert row["ungoverned"] == ("Goodland", "Oddland")
    assert row["governance_year"] == "2023"


def test_concentration_has_bounds_where_output_is_not_all_known(made: Graph) -> None:
    of = "MATCH (:Industry {id: '%s:x/ore'})-[m:MAKES]->() REMOVE m.share, m.share_low"
    made.run(of % "HOM" + ", m.share_high, m.method")
    row = risk(made)
    # A tenth of the world's output that nobody is named for: spread thin, or made by one.
    assert (row["hhi"], row["hhi_low"]) == pytest.approx((0.45, 0.45))
    assert row["hhi_high"] == pytest.approx(0.46)
    made.run(of % "BAD")
    found = answer(made)
    (row,) = found.records()
    assert (row["hhi"], row["risk"], row["hhi_high"]) == (None, None, 1.0)
    assert row["hhi_low"] == pytest.approx(0.09)
    assert "Home: 0.0252 to 0.7 of 1" in found.finding


def test_a_supply_of_mostly_unknown_origin_has_bounds_alone(made: Graph) -> None:
    made.run("""
        MATCH ()-[s:SUPPLIES_MARKET {basis: 'mass'}]->(:Economy {id: 'HOM'})
        WITH s, s.share / 2 AS share
        SET s.share = share, s.share_low = share, s.share_high = share
    """)
    row = risk(made)
    assert row["unknown"] == pytest.approx(0.55)
    assert row["risk"] is None
    assert row["risk_high"] == pytest.approx(HHI * (BAD * 0.2 + GOOD * 0.1 + 0.05 + 0.55))


def test_a_threshold_leaves_out_what_is_surely_below(made: Graph) -> None:
    assert answer(made, threshold="0.32").rows
    assert not answer(made, threshold="0.33").rows


def test_what_differs_from_the_library_is_named(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison itself, on inputs and scores of the library made by hand."""
    monkeypatch.setattr(peers, "MATERIALS", ("Agreed", "Named", "Unnamed"))
    monkeypatch.setattr(peers, "IMPORTERS", {"EU": "EU27"})
    made = {"CHN": 60.0, "ZAF": 30.0, "FRA": 10.0}
    inputs = peers.Inputs(
        2024,
        flows={
            # France and Germany are one market: what Germany buys of France carries no risk.
            ("Agreed", "DEU"): {"CHN": 30.0, "FRA": 5.0},
            ("Named", "DEU"): {"CHN": 30.0, "TWN": 10.0},
            ("Unnamed", "DEU"): {"CHN": 30.0},
        },
        output=dict.fromkeys(peers.MATERIALS, made),
        estimates={"CHN": -0.5, "TWN": 1.0},
        risks={"CHN": 0.6},
    )
    assert inputs.supply("Agreed", "EU27") == pytest.approx({"CHN": 30 / 45, "FRA": 15 / 45})
    scores = {"Agreed": 0.6 * 30 / 45, "Named": (0.6 * 30 + 0.5 * 10) / 50, "Unnamed": 0.5}
    theirs = [peers.Theirs(m, "EU27", 2024, HHI * s, HHI) for m, s in scores.items()]
    found = {t.material: rest for t, *rest in peers.compared(graph, inputs, theirs)}
    assert found["Agreed"] == [pytest.approx(HHI * 0.4), True, True, ""]
    named = "governance of TWN: 0.5 for want of one, published 0.300"
    assert found["Named"] == [pytest.approx(HHI * (0.6 * 30 + 0.3 * 10) / 50), False, True, named]
    assert found["Unnamed"] == [pytest.approx(HHI * 0.6 * 30 / 40), False, False, ""]
