"""The methods behind the questions, on a small graph in which each trap stands once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.graph.derive import derive
from orepath.queries import catalogue, question
from orepath.queries.run import Answer, ask
from pictured import picture

SMALL = (Path(__file__).parent / "small_graph.cypher").read_text("utf-8")


@pytest.fixture
def small(graph: Graph) -> Graph:
    graph.run(SMALL)
    derive(graph)
    return graph


def answered(graph: Graph, identifier: str, **arguments: str) -> Answer:
    return ask(graph, question(identifier), arguments)


def of(answer: Answer, column: str, value: object) -> dict[str, object]:
    found = [r for r in answer.records() if r[column] == value]
    assert len(found) == 1, (value, found)
    return found[0]


def test_top_producers(small: Graph) -> None:
    gallium = answered(small, "top-producers", material="gallium")
    # The newest edition of the preferred publication; the study and last year's stand beside it.
    assert of(gallium, "country_id", "CHN")["share"] == pytest.approx(900 / 909)
    assert of(gallium, "country_id", "CHN")["elsewhere"] == (
        "750 t (usgs-mcs-2025, 2024)",
        "94 % (eu-crm-2023, 2016-2020)",
    )
    older = answered(small, "top-producers", material="gallium", edition="usgs-mcs-2025")
    assert of(older, "country_id", "CHN")["share"] == pytest.approx(750 / 760)
    assert [r["kind"] for r in gallium.records()][-1] == "world"
    assert gallium.notes[0] == "Gallium, primary: world total 900 t as published, 2025."

    # Withheld, and the total already filled by the others: upper bounds, no HHI.
    antimony = answered(small, "top-producers", material="antimony")
    assert of(antimony, "country_id", "CHN")["bound"] == "at most"
    assert of(antimony, "country_id", "CHN")["hhi_low"] is None
    assert of(antimony, "country_id", "USA")["amount"] is None
    assert "at most 60 %" in antimony.finding

    # Withheld, and room for it in the total: 50 of 80, 10 of a residual, 20 unknown. The bounds
    # of the HHI are 62.5² and 62.5² + 37.5²; the residual is no producer of its own.
    rhenium = of(answered(small, "top-producers", material="rhenium"), "country_id", "CHN")
    assert (rhenium["share"], rhenium["bound"]) == (0.625, None)
    assert (rhenium["hhi_low"], rhenium["hhi_high"]) == (3906.25, 5312.5)
    assert rhenium["coverage"] == pytest.approx(50 / 80)

    # A group's own product stands for it; where it has none at a stage, its members' do.
    rare = answered(small, "top-producers", material="rare earths")
    assert rare.values("product_id").count("neodymium/refined") == 1
    assert "rare-earths/ore" in rare.values("product_id")


def test_sourcing_reads_membership_on_the_day(small: Graph) -> None:
    now = answered(small, "sourcing", material="gallium", as_of="2026-01-01")
    then = answered(small, "sourcing", material="gallium", as_of="2019-12-31")
    assert of(now, "supplier_id", "GBR")["domestic"] is False
    assert of(then, "supplier_id", "GBR")["domestic"] is True
    own: Any = of(now, "supplier_id", "FRA")["share"]
    british: Any = of(now, "supplier_id", "GBR")["share"]
    assert own > 0 < british
    assert of(now, "supplier_id", "FRA")["domestic_share"] == pytest.approx(own)
    assert of(then, "supplier_id", "FRA")["domestic_share"] == pytest.approx(own + british)
    antimony = answered(small, "sourcing", material="antimony")
    assert of(antimony, "supplier_id", "CHN")["observed_share"] is None
    assert "is not measured as a whole; said of China: 40.0 %" in antimony.finding


def test_exposure_keeps_what_is_optional_apart(small: Graph) -> None:
    exposed = answered(small, "sector-exposure", sector="defence")
    gallium = of(exposed, "product_id", "gallium/primary-low-purity")
    assert gallium["essential_in"] == ("radar",)
    assert gallium["also_in"] == ("missile",)
    assert gallium["verified"] is False
    assert any("Not verified" in note for note in exposed.notes)
    # The group's ore is no product of neodymium, and nothing is made of it here.
    assert "rare-earths/ore" not in exposed.values("product_id")
    assert of(exposed, "product_id", "antimony/ore")["bound"] == "at most"
    # The sourcing list of antimony is no measurement, so 40 % of it exposes nobody; of neodymium
    # the world's mix is known.
    sourced = answered(
        small, "sector-exposure", sector="defence", measure="sourcing", threshold="30"
    )
    assert dict(zip(sourced.values("product_id"), sourced.values("known_by"), strict=True)) == {
        "neodymium/refined": "world-mix",
        "gallium/primary-low-purity": "market-mix",
    }
    assert not answered(small, "sector-exposure", sector="digital").rows


def test_paths_name_hops_and_never_all_rare_earths(small: Graph) -> None:
    paths = answered(small, "dependency-paths", sector="defence", country="China")
    assert paths.values("rank") == tuple(range(1, len(paths.rows) + 1))
    neodymium = of(paths, "material_id", "neodymium")
    assert neodymium["hop_products"] == ("neodymium/refined",)
    gallium = [r for r in paths.records() if r["material_id"] == "gallium"]
    assert [(r["need"], r["technologies"]) for r in gallium] == [
        ("essential", ("radar",)),
        ("not essential", ("missile",)),
    ]
    # Alumina is no part of a radar: gallium is a by-product of it.
    assert gallium[0]["path"] == "China → gallium, primary (99 %)"
    assert gallium[0]["weakest_hop"] == "gallium, primary"
    assert paths.values("need") == tuple(sorted(paths.values("need")))


@pytest.mark.parametrize(
    ("day", "states"),
    [
        ("2012-01-01", {"quota": "in force"}),
        ("2025-10-20", {"licence": "in force", "ban": "in force", "october": "announced"}),
        ("2026-02-03", {"licence": "in force", "ban": "suspended", "october": "suspended"}),
        ("2026-11-10", {"licence": "in force", "ban": "suspended", "october": "suspended"}),
        ("2026-11-11", {"licence": "in force", "ban": "suspended", "october": "suspension over"}),
    ],
)
def test_restrictions_on_a_day(small: Graph, day: str, states: dict[str, str]) -> None:
    found = answered(small, "restrictions", as_of=day)
    assert dict(zip(found.values("restriction_id"), found.values("state"), strict=True)) == states


def test_restrictions_of_a_member_include_those_of_its_group(small: Graph) -> None:
    found = answered(small, "restrictions", as_of="2026-02-03", material="Nd")
    assert found.values("restriction_id") == ("october",)
    aimed = answered(small, "restrictions", as_of="2025-01-01", against="France")
    assert "ban" not in aimed.values("restriction_id")


def test_partnerships_and_governance(small: Graph) -> None:
    before = answered(small, "partnerships", as_of="2026-03-01")
    assert before.values("agreement_id") == ("eu-gbr",)
    assert before.values("governance_low") == ("not in the data",)
    later = of(answered(small, "partnerships", as_of="2026-05-01"), "agreement_id", "eu-usa")
    assert (later["signed"], later["verified"]) == ("2026-04", False)
    small.run(
        "MATCH (c:Country {id: 'GBR'}) UNWIND range(1, 6) AS i"
        " CREATE (c)-[:SCORES {id: i, year: '2024', estimate: 0.1 * i - 0.5}]->(:Indicator {id: i})"
    )
    scored = answered(small, "partnerships", as_of="2026-03-01")
    assert of(scored, "agreement_id", "eu-gbr")["governance"] == pytest.approx(-0.15)
    assert scored.values("governance_low") == ("low",)
    stricter = answered(small, "partnerships", as_of="2026-03-01", governance_below="-0.2")
    assert stricter.values("governance_low") == ("not low",)


def test_evidence_keeps_every_edition_and_gaps_are_named(small: Graph) -> None:
    evidence = answered(small, "evidence", material="gallium")
    production = [r for r in evidence.records() if r["what"] == "production"]
    assert {(r["about_id"], r["period"]) for r in production} >= {("CHN", "2025"), ("CHN", "2024")}
    gaps = answered(small, "data-gaps")
    assert of(gaps, "material_id", "antimony")["sourcing"] == "not measured"
    assert "gallium" not in gaps.values("material_id")


def test_pictures(small: Graph) -> None:
    shown = picture(small, question("sector-exposure"), {"sector": "defence"})
    china = shown.node("economy/CHN")
    assert china.labels == ("Country", "Economy")
    assert {t.type for t in shown.relationships} >= {"HAS", "MAKES", "NEEDS", "SERVES"}


def test_an_empty_graph_says_that_it_knows_nothing(graph: Graph) -> None:
    for asked in catalogue().values():
        named = {"economy", "country"}  # a default that names one needs it in the graph
        if not any(p.required or (p.type in named and p.default) for p in asked.parameters):
            arguments = {"as_of": "2026-01-01"} if asked.id == "restrictions" else {}
            answer = ask(graph, asked, arguments)
            assert not answer.rows
            assert answer.finding
    assert "nothing is loaded" in answered(graph, "sources").finding
    assert "No list of critical materials" in answered(graph, "data-gaps").finding
