"""Who holds what of that which a market has: chokepoints, exposure of sectors, reach on them; on a
graph made by hand in which the market's supply is not as the world's output."""

from __future__ import annotations

from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import ask
from pictured import picture

# AAA makes most of both metals; the market has its tin from BBB, and of lead only the world's
# mix is known. FRA is a member.
GRAPH = """
CREATE (s:Source {id: 's', name: 'S', published: '2024'}), (t:Source {id: 't', name: 'T'}),
       (eu:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']}),
       (f:Economy:Country {id: 'FRA', name: 'France'}), (f)-[:MEMBER_OF]->(eu),
       (:Economy:Country {id: 'AAA', name: 'Aland'}),
       (:Economy:Country {id: 'BBB', name: 'Beland'}),
       (:Economy:Country {id: 'CCC', name: 'Celand'}),
       (dig:Stage {id: 'extraction', name: 'extraction', position: 2}),
       (won:Stage {id: 'separation-refining', name: 'refining', position: 4}),
       (tin:Material {id: 'tin', name: 'tin'}), (lead:Material {id: 'lead', name: 'lead'}),
       (o:Product {id: 'tin/ore', name: 'tin ore'})-[:FORM_OF]->(tin), (o)-[:AT_STAGE]->(dig),
       (p:Product {id: 'tin/refined', name: 'tin'})-[:FORM_OF]->(tin), (p)-[:AT_STAGE]->(won),
       (l:Product {id: 'lead/refined', name: 'lead'})-[:FORM_OF]->(lead), (l)-[:AT_STAGE]->(won),
       (o)-[:INPUT_TO]->(p),
       (chip:Technology {id: 'chip', name: 'chip'}),
       (chip)-[:SERVES]->(:Sector {id: 'digital', name: 'digital'}),
       (car:Technology {id: 'car', name: 'car'})-[:SERVES]->(:Sector {id: 'cars', name: 'cars'}),
       (chip)-[a:NEEDS]->(o), (chip)-[b:NEEDS]->(p), (car)-[c:NEEDS]->(p), (car)-[e:NEEDS]->(l)
SET a.weight = 1.0, b.weight = 1.0, c.weight = 0.6, e.weight = 1.0
WITH [a, b, c, e] AS needs
UNWIND needs AS n SET n.essential = true, n.steps = 0, n.forms = ['tin/refined'],
                      n.use_sources = ['s'], n.verified = true
"""
MADE = [
    ["AAA", "tin/ore", 0.5],
    ["AAA", "tin/refined", 0.7],
    ["BBB", "tin/refined", 0.2],
    ["FRA", "tin/refined", 0.1],
    ["AAA", "lead/refined", 0.8],
    ["BBB", "lead/refined", 0.1],
]
HAD = [
    ["AAA", "tin/refined", 0.1, 0.05, 0.2, "reconciled"],
    ["BBB", "tin/refined", 0.3, 0.2, 0.4, "reconciled"],
    ["FRA", "tin/refined", 0.6, 0.5, 0.7, "reconciled"],
    # The world's mix gives what others keep for themselves to whom makes little.
    ["BBB", "lead/refined", 0.9, 0.1, 1.0, "world-mix"],
    ["AAA", "lead/refined", 0.1, 0.0, 0.8, "world-mix"],
]


@pytest.fixture
def reach(graph: Graph) -> Graph:
    graph.run(GRAPH)
    graph.run(
        "UNWIND $rows AS row MATCH (c:Economy {id: row[0]}), (p:Product {id: row[1]})"
        " CREATE (c)-[:HAS]->(i:Industry {id: row[0] + ':' + row[1], name: row[0]})"
        " CREATE (i)-[m:MAKES]->(p)"
        " SET m.share = row[2], m.share_low = row[2], m.share_high = row[2], m.method = 'headline',"
        "     m.period = '2025', m.share_source = 's'",
        {"rows": MADE},
    )
    graph.run(
        "MATCH (eu:Economy {id: 'EU27'}) UNWIND $rows AS row"
        " MATCH (i:Industry {id: row[0] + ':' + row[1]}) CREATE (i)-[m:SUPPLIES_MARKET]->(eu)"
        " SET m.share = row[2], m.share_low = row[3], m.share_high = row[4], m.method = row[5],"
        "     m.basis = 'mass', m.period = '2024', m.share_sources = ['s', 't']"
        " FOREACH (x IN CASE row[1] WHEN 'tin/refined' THEN [1] ELSE [] END |"
        "   SET m.observed_share = 0.45, m.observed_of = 'imports', m.observed_source = 't',"
        "       m.observed_period = '2023')",
        {"rows": HAD},
    )
    return graph


def answered(graph: Graph, identifier: str, **arguments: str) -> list[dict[str, Any]]:
    return list(ask(graph, question(identifier), arguments).records())


def test_a_chokepoint_is_what_the_market_has_from_outside(reach: Graph) -> None:
    rows = answered(reach, "chokepoints", threshold="25")
    found = {(r["country_id"], r["product_id"]): r for r in rows}
    # The ore: nothing is known of the market, so world output. Tin: BBB's 30 % and not AAA's
    # 70 % of the world; FRA is no outsider. Lead: no more than BBB's tenth of the world's output.
    assert set(found) == {("AAA", "tin/ore"), ("BBB", "tin/refined")}
    tin = found["BBB", "tin/refined"]
    assert (tin["market_share"], tin["market_low"], tin["market_high"]) == (0.3, 0.2, 0.4)
    assert (tin["share"], tin["known_by"], tin["market_period"]) == (0.2, "reconciled", "2024")
    assert tin["stopped"] == pytest.approx(1.6 * 0.3)
    assert (tin["cut_size"], tin["sources"]) == (1, ("s", "t"))
    assert tin["suppliers_high"] == pytest.approx(1 / (0.49 + 0.04 + 0.01))
    ore = found["AAA", "tin/ore"]
    assert (ore["market_share"], ore["share"], ore["stopped"]) == (None, 0.5, 0.5)
    assert [r["rank"] for r in rows] == [1, 2]
    # By world output, where the market is one of which nothing is known.
    elsewhere = answered(reach, "chokepoints", threshold="25", importer="Celand")
    assert [(r["country_id"], r["product_id"]) for r in elsewhere] == [
        ("AAA", "tin/refined"),
        ("AAA", "lead/refined"),
        ("AAA", "tin/ore"),
    ]
    assert picture(reach, question("chokepoints"), {"threshold": "25"}).relationships


def test_exposure_by_what_the_importer_has(reach: Graph) -> None:
    asked = {"sector": "cars", "measure": "sourcing", "threshold": "20"}
    rows = {r["product_id"]: r for r in answered(reach, "sector-exposure", **asked)}
    assert {p: (r["country_id"], r["share"]) for p, r in rows.items()} == {
        "tin/refined": ("BBB", 0.3),
        "lead/refined": ("BBB", 0.9),
    }
    tin = rows["tin/refined"]
    assert (tin["share_low"], tin["share_high"], tin["known_by"]) == (0.2, 0.4, "reconciled")
    assert (tin["observed_share"], tin["observed_of"]) == (0.45, "imports")
    assert (tin["observed_source"], tin["observed_period"]) == ("t", "2023")
    assert tin["share_of"] == "what European Union has"
    assert (tin["sources"], tin["period"]) == (("s", "t"), "2024")
    assert rows["lead/refined"]["observed_share"] is None
    world = answered(reach, "sector-exposure", sector="cars", threshold="20")
    assert [(r["country_id"], r["share"], r["share_of"]) for r in world] == [
        ("AAA", 0.8, "world output"),
        ("AAA", 0.7, "world output"),
    ]
    assert all(r["observed_share"] is None for r in world)


def test_reach_on_a_sector_is_what_one_of_the_stages_can_cut(reach: Graph) -> None:
    (ore, _, tin) = answered(reach, "country-reach", country="Aland", threshold="50")[::-1]
    assert (ore["product_id"], tin["product_id"]) == ("tin/ore", "lead/refined")
    # Chips need tin: 1 - (1 - 0.5 of the ore) · (1 - 0.1 of the metal). Cars: tin by 0.6 of
    # their market, lead by all: (0.6 · 0.55 + 1 · 0.1) / 1.6.
    assert ore["reach"] == ("digital 0.55", "cars 0.27")
    (row,) = answered(reach, "country-reach", country="Beland", threshold="20")
    # Lead: no more than its tenth of world output.
    assert row["reach"] == ("digital 0.3", "cars 0.18")
    assert (row["market_share"], row["market_low"], row["market_high"]) == (0.3, 0.2, 0.4)
    assert (row["share"], row["known_by"], row["market_period"]) == (0.2, "reconciled", "2024")
    only = answered(reach, "country-reach", country="Aland", sector="digital")
    assert only[0]["reach"] == ("digital 0.55",)
