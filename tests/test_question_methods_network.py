"""The questions built on the derived network, on small graphs made by hand and at random."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.graph.derive import derive, remove
from orepath.queries import question
from orepath.queries.run import Answer, ask, picture
from orepath.tools.exposure import Edge, Network, economy_of, product_of
from test_network import TEN

STAGES = ("magnet", "metal", "oxide", "ore")
WRITE = """
MERGE (m:Material {id: 'neodymium', name: 'neodymium'})
MERGE (market:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']})
WITH m, market
UNWIND $edges AS row
MERGE (economy:Economy:Country {id: row.economy})
SET economy.name = row.economy, economy.alpha3 = row.economy
MERGE (product:Product {id: row.product}) SET product.name = row.product
MERGE (product)-[:FORM_OF]->(m)
MERGE (supplier:Industry {id: row.supplier}) SET supplier.name = row.supplier
MERGE (economy)-[:HAS]->(supplier)
MERGE (supplier)-[:MAKES]->(product)
WITH market, supplier, row
CALL (market, supplier, row) {
  WITH * WHERE row.consumer = 'EU27'
  CREATE (supplier)-[edge:SUPPLIES_MARKET]->(market) SET edge = row.values
  UNION ALL
  WITH * WHERE row.consumer <> 'EU27'
  MERGE (consumer:Industry {id: row.consumer})
  CREATE (supplier)-[edge:FEEDS]->(consumer) SET edge = row.values
}
"""


def put(graph: Graph, edges: list[Edge]) -> None:
    """Edges as the derived network of a graph of one material."""
    rows: list[dict[str, Any]] = [
        {
            "economy": economy_of(edge.supplier),
            "product": product_of(edge.supplier),
            "supplier": edge.supplier,
            "consumer": edge.consumer,
            "values": {
                "share_low": edge.share,
                "share_high": edge.share,
                "share": edge.share,
                "basis": "mass",
                "year": 2024,
                "method": "proportional-sourcing",
                "share_sources": ["a", "b"],
            },
        }
        for edge in edges
    ]
    graph.run(WRITE, {"edges": rows})


def answered(graph: Graph, identifier: str, **arguments: str) -> Answer:
    return ask(graph, question(identifier), arguments)


def made_at_random(seed: int) -> list[Edge]:
    """Four stages of four countries each; a consumer's shares sum to at most one."""
    draw = random.Random(seed)
    edges, takers = [], ["EU27"]
    for name in STAGES:
        suppliers = [f"{c}:{name}" for c in ("AAA", "BBB", "CCC", "DDD")]
        for taker in takers:
            weights = [draw.random() if draw.random() > 0.3 else 0.0 for _ in range(5)]
            edges += [
                Edge(s, taker, w / sum(weights))
                for s, w in zip(suppliers, weights, strict=False)
                if w
            ]
        takers = suppliers
    return edges


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_hidden_dependence_is_the_exposure_tier_by_tier(graph: Graph, seed: int | None) -> None:
    edges, country = (TEN, "CHN") if seed is None else (made_at_random(seed), "BBB")
    put(graph, edges)
    answer = answered(graph, "hidden-dependence", material="neodymium", country=country, tiers="4")
    found = {tuple(r["chain_products"]): r for r in answer.records()}
    network = Network(edges)
    expected = {
        chain: exposures
        for product in {product_of(e.supplier) for e in edges if e.consumer == "EU27"}
        for chain, exposures in network.exposure("EU27", country, product, 4).items()
    }
    assert set(found) == set(expected)
    for chain, exposures in expected.items():
        assert found[chain]["tier"] == exposures[-1].tier == len(chain)
        assert found[chain]["share_low"] == pytest.approx(exposures[-1].lower, abs=1e-6)
        assert found[chain]["share_high"] == pytest.approx(exposures[-1].upper, abs=1e-6)
        assert found[chain]["sources"] == ("a", "b")


def test_hidden_dependence_of_what_one_country_delivers(graph: Graph) -> None:
    put(graph, TEN)
    asked = {"material": "neodymium", "country": "CHN", "supplier": "JPN", "tiers": "3"}
    rows = {r["tier"]: r for r in answered(graph, "hidden-dependence", **asked).records()
            if "boron" not in r["chain"]}  # fmt: skip
    # Of Japan's magnets: nothing itself; 0.6 of the metal; 0.4·0.5 more of the oxide.
    assert [rows[t]["share_low"] for t in (1, 2, 3)] == pytest.approx([0.0, 0.6, 0.8])
    assert rows[2]["through"] == ("JPN",)
    assert picture(graph, question("hidden-dependence"), asked).relationships
    nothing = answered(
        graph, "hidden-dependence", material="neodymium", country="CHN", importer="CHN"
    )
    assert not nothing.rows
    assert "not in the derived network" in nothing.finding


FACTS = (Path(__file__).parent / "network_facts.cypher").read_text("utf-8")


def stored(graph: Graph) -> dict[tuple[str, str], tuple[float, list[str]]]:
    records = graph.read(
        "MATCH (i:Industry)-[s:SUPPLIES_MARKET]->(m) RETURN i.id AS i, m.id AS m, s.share AS s, "
        "s.share_sources AS by"
    ).records
    return {(r["i"].split(":")[0], r["m"]): (r["s"], r["by"]) for r in records}


def test_derived_from_facts_kept_in_step_and_taken_out(graph: Graph) -> None:
    graph.run(FACTS)
    before = graph.read("MATCH ()-[r]->() RETURN count(r) AS n").records[0]["n"]
    report = derive(graph)
    by = ["baci-2026", "usgs-2026"]
    # France: 30 of China's and 10 of Japan's, nothing of a basket; Japan keeps 10 and buys 5.
    assert stored(graph) == {
        ("CHN", "FRA"): (0.75, by),
        ("JPN", "FRA"): (0.25, by),
        ("CHN", "EU27"): (0.75, by),
        ("JPN", "EU27"): (0.25, by),
        ("CHN", "JPN"): (pytest.approx(1 / 3, abs=1e-6), by),
        ("JPN", "JPN"): (pytest.approx(2 / 3, abs=1e-6), by),
        ("CHN", "CHN"): (1.0, by),
    }
    # Seven between the makers and their markets, and that a radar needs what is mined of gallium.
    assert (report.edges, report.edges_changed, report.balance.impossible) == (8, 8, ())
    assert derive(graph).edges_changed == 0
    graph.run("MATCH (:Industry {id: 'JPN:hs2022/1'})-[flow:EXPORTS_TO]->() DELETE flow")
    assert derive(graph).edges_changed > 0
    assert ("JPN", "FRA") not in stored(graph)
    remove(graph)
    after = graph.read("MATCH ()-[r]->() RETURN count(r) AS n").records[0]["n"]
    assert after == before - 1
    assert not graph.read("MATCH ()-[m:MAKES]->() WHERE m.share IS NOT NULL RETURN m").records


def test_what_if_counts_known_unused_capacity_once(graph: Graph) -> None:
    graph.run(FACTS)
    derive(graph)
    (row,) = answered(graph, "what-if", country="CHN", material="gallium").records()
    # 80 of 100 lost; Japan could make 15 more, so that 65 are missing at least.
    assert (row["lost_low"], row["lost_high"]) == (0.8, 0.8)
    assert row["spare"] == pytest.approx(0.15)
    assert row["gap_low"] == pytest.approx(0.65)
    assert (row["market_low"], row["market_high"]) == (0.75, 0.75)
    assert (row["replace"], row["spare_known"]) == (("Japan 20 %",), "Japan")
    assert (row["technologies"], row["sectors"]) == (("radar",), ("defence",))
    # No capacity of China is known: that is not zero, and there is no lower bound of the gap.
    (unknown,) = answered(graph, "what-if", country="JPN").records()
    assert (unknown["spare"], unknown["gap_low"], unknown["lost_high"]) == (None, None, 0.2)
    assert unknown["spare_known"] == "not in the data"


def test_chokepoints(graph: Graph) -> None:
    graph.run(FACTS)
    derive(graph)
    (row,) = answered(graph, "chokepoints").records()
    assert (row["country_id"], row["share"], row["cut_size"]) == ("CHN", 0.8, 1)
    assert row["suppliers_low"] == row["suppliers_high"] == pytest.approx(1 / 0.68)
    assert (row["technologies"], row["sectors"]) == (("radar",), ("defence",))
    wider = answered(graph, "chokepoints", threshold="10").records()
    assert [(r["country_id"], r["cut_size"]) for r in wider] == [("CHN", 1), ("JPN", 1)]
    assert not answered(graph, "chokepoints", threshold="80").rows
