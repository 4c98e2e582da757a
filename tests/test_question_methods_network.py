"""The questions built on the derived network, on small graphs made by hand and at random."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.graph.derive import derive, remove
from orepath.queries import question
from orepath.queries.run import Answer, ask
from orepath.tools.exposure import Edge, Exposure, Network, economy_of, product_of
from pictured import picture
from test_exposure import STAGES, TEN

COUNTRIES = {"CHN": "China", "JPN": "Japan", "TUR": "Türkiye"}
WRITE = """
MERGE (m:Material {id: 'neodymium', name: 'neodymium'})
MERGE (market:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']})
WITH m, market
UNWIND $edges AS row
MERGE (economy:Economy:Country {id: row.economy})
SET economy.name = row.name, economy.alpha3 = row.economy
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


def put(graph: Graph, edges: list[Edge], methods: dict[Edge, str] | None = None) -> None:
    """Edges as the derived network of a graph of one material."""
    rows: list[dict[str, Any]] = [
        {
            "economy": economy_of(edge.supplier),
            "name": COUNTRIES.get(economy_of(edge.supplier), economy_of(edge.supplier)),
            "product": product_of(edge.supplier),
            "supplier": edge.supplier,
            "consumer": edge.consumer,
            "values": {
                "id": f"{edge.supplier};{edge.consumer};mass",
                "share_low": edge.interval()[0],
                "share_high": edge.interval()[1],
                "share": edge.share,
                "basis": "mass",
                "period": "2024" if edge.consumer == "EU27" else "2016-2020",
                "method": (methods or {}).get(edge, "reconciled"),
                "share_sources": ["a", "b"],
            },
        }
        for edge in edges
    ]
    graph.run(WRITE, {"edges": rows})


def answered(graph: Graph, identifier: str, **arguments: str) -> Answer:
    return ask(graph, question(identifier), arguments)


def made_at_random(seed: int) -> list[Edge]:
    """Four stages of four countries; the shares of one input of a consumer sum to at most one."""
    draw = random.Random(seed)
    edges, takers = [], ["EU27"]
    for products in STAGES:
        for taker, product in itertools.product(takers, products):
            weights = [draw.random() if draw.random() > 0.3 else 0.0 for _ in range(5)]
            for economy, weight in zip(("AAA", "BBB", "CCC", "DDD"), weights, strict=False):
                if weight:
                    share = weight / sum(weights)
                    high = share + draw.random() * (1 - share)
                    edges.append(
                        Edge(f"{economy}:{product}", taker, share, draw.random() * share, high)
                    )
        takers = [f"{c}:{p}" for p in products for c in ("AAA", "BBB", "CCC", "DDD")]
    return edges


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_hidden_dependence_is_the_exposure_tier_by_tier(graph: Graph, seed: int | None) -> None:
    edges, country = (TEN, "CHN") if seed is None else (made_at_random(seed), "BBB")
    put(graph, edges)
    within = Network(edges).exposure("EU27", country, "magnet", 6)
    for tiers in ("2", "6"):
        answer = answered(
            graph, "hidden-dependence", product="magnet", country=country, tiers=tiers
        )
        found = {r["tier"]: r for r in answer.records()}
        assert list(found) == sorted(found, reverse=True)
        before = Exposure()
        for tier, exposed in enumerate(within[: int(tiers)], 1):
            added = exposed.share - before.share
            # A tier of its own is shown where it adds half a point.
            assert (tier in found) == (tier == 1 or added >= 0.005), (tier, added)
            if tier in found:
                row = found[tier]
                assert row["added"] == pytest.approx(added, abs=2e-6)
                assert row["share"] == pytest.approx(exposed.share, abs=2e-6)
                assert row["share_low"] == pytest.approx(exposed.low, abs=2e-6)
                assert row["share_high"] == pytest.approx(exposed.high, abs=2e-6)
                assert row["direct"] == pytest.approx(within[0].share, abs=2e-6)
                assert len(row["chain_products"]) == tier
                assert row["sources"] == ("a", "b")
            before = exposed


def test_hidden_dependence_names_the_line_and_what_is_known_by_the_worlds_mix(graph: Graph) -> None:
    oxide = next(e for e in TEN if e.consumer == "VNM:metal" and e.supplier == "CHN:oxide")
    put(graph, TEN, {oxide: "world-mix"})
    answer = answered(graph, "hidden-dependence", product="magnet")
    three, two, one = answer.records()
    assert three["chain"] == "magnet ← metal ← oxide"
    assert (three["through"], three["world_mix_of"]) == (("Japan",), ("oxide",))
    assert three["by_world_mix"] == pytest.approx(0.1)
    assert three["periods"] == ("2016-2020", "2024")
    assert (two["chain"], two["by_world_mix"], one["chain"]) == ("magnet ← metal", None, "magnet")
    assert answer.finding == (
        "Magnet: of what the European Union has of magnet, 30 % is made in China (20 % to 44 %); "
        "what the others make of its inputs adds 40 %, so that 70 % rests on China within 3 tiers "
        "(60 % to 80 %), 10 % by the world's mix alone "
        "(magnet ← metal ← oxide; 2016-2020 and 2024; a and b)."
    )
    none = answered(graph, "hidden-dependence", product="magnet", country="TUR")
    assert "nothing is known to be made in Türkiye; what the others make" in none.finding


def test_hidden_dependence_of_what_one_country_delivers(graph: Graph) -> None:
    put(graph, TEN)
    asked = {"material": "neodymium", "country": "CHN", "supplier": "JPN", "tiers": "3"}
    answer = answered(graph, "hidden-dependence", **asked)
    rows = {r["tier"]: r for r in answer.records()}
    # Of Japan's magnets: nothing itself; 0.6 of the metal; 0.4·0.5 more of the oxide.
    assert {t: r["share"] for t, r in rows.items()} == pytest.approx({1: 0.0, 2: 0.6, 3: 0.8})
    assert rows[2]["through"] == ("Japan",)
    assert "has of magnet from Japan, nothing is known to be made in China" in answer.finding
    assert picture(graph, question("hidden-dependence"), asked).relationships
    nothing = answered(
        graph, "hidden-dependence", material="neodymium", country="CHN", importer="CHN"
    )
    assert not nothing.rows
    assert "not in the derived network" in nothing.finding


EDGES = """
MATCH (supplier:Industry)-[edge:FEEDS|SUPPLIES_MARKET]->(consumer)
WHERE edge:FEEDS OR consumer.id IN $markets
RETURN supplier.id AS supplier, consumer.id AS consumer, edge.share AS share,
       edge.share_low AS low, edge.share_high AS high
"""


@pytest.mark.parametrize("country", ["CHN", "COD", "ZAF", "TUR"])
def test_hidden_dependence_on_the_bundle_is_the_rule_on_its_edges(
    loaded: Graph, country: str
) -> None:
    markets = ["EU27", "USA", "JPN"]
    records = loaded.read(EDGES, {"markets": markets}).records
    network = Network(Edge(**record.data()) for record in records)
    hidden = 0
    for market in markets:
        rows = answered(loaded, "hidden-dependence", importer=market, country=country).records()
        assert rows
        for row in rows:
            within = network.exposure(market, country, row["chain_products"][0], 6)
            exposed, whole = within[row["tier"] - 1], within[-1]
            assert row["direct"] == pytest.approx(within[0].share, abs=1e-5)
            for found, wanted in (
                (row["share"], exposed.share),
                (row["share_low"], exposed.low),
                (row["share_high"], exposed.high),
            ):
                assert found == pytest.approx(min(wanted, 1.0), abs=1e-5), row
            # What the further tiers would add, each less than half a point.
            assert whole.share - exposed.share < 0.005 * (6 - row["tier"]) + 1e-9
            hidden += row["hidden"] is not None
    assert hidden


NEEDED = """
MATCH (m:Material {id: 'neodymium'}), (metal:Product {id: 'metal'}), (magnet:Product {id: 'magnet'})
MATCH (magnet)-[form:FORM_OF]->(m) DELETE form
CREATE (m)-[:PART_OF]->(:Material {id: 'rare-earths', name: 'rare earths'})<-[:FORM_OF]-(magnet)
CREATE (metal)-[:INPUT_TO]->(magnet)
CREATE (car:Technology {id: 'car', name: 'car'}), (toy:Technology {id: 'toy', name: 'toy'})
CREATE (car)-[:SERVES]->(:Sector {id: 'automotive', name: 'automotive'})
CREATE (car)-[:NEEDS {essential: true, weight: 0.8, steps: 0, forms: ['magnet'],
                      use_sources: ['u'], verified: true}]->(magnet)
CREATE (car)-[:NEEDS {essential: true, weight: 0.8, steps: 1, forms: ['magnet'],
                      use_sources: ['u'], verified: true}]->(metal)
CREATE (toy)-[:SERVES]->(:Sector {id: 'play', name: 'play'})
CREATE (toy)-[:NEEDS {essential: false, weight: 0.3, steps: 0, forms: ['metal'],
                      use_sources: ['u'], verified: true}]->(metal)
"""


def test_hidden_dependence_of_a_sector_and_of_what_a_material_goes_into(graph: Graph) -> None:
    put(graph, [*TEN, Edge("CHN:metal", "EU27", 0.25)])
    graph.run(NEEDED)
    sector = answered(graph, "hidden-dependence", sector="automotive")
    # The magnets enter the car; the metal is theirs and has no row of its own.
    (row,) = sector.records()
    assert (row["product"], row["tier"], row["technologies"]) == ("magnet", 3, ("car",))
    assert row["hidden"] == pytest.approx(0.4)
    assert sector.finding.startswith(
        "Automotive cannot do without 1 product of which the supply to the European Union is "
        "known; of 1 more than half rests on China. First, magnet: 30 % is made there, and "
        "with what the others make of its inputs 40 % more, so that 70 % rests on it"
    )
    assert answered(graph, "hidden-dependence").values("asked") == ("all technologies",)
    # A magnet is no form of neodymium, but what neodymium goes into of its group.
    material = answered(graph, "hidden-dependence", material="neodymium")
    assert set(material.values("product")) == {"magnet", "metal"}
    both = answered(graph, "hidden-dependence", material="neodymium", sector="automotive")
    assert set(both.values("product")) == {"magnet", "metal"}
    # Without the market's own supply of magnets, the metal is nearest to the car.
    graph.run("MATCH (:Product {id: 'magnet'})<-[:MAKES]-()-[edge:SUPPLIES_MARKET]->() DELETE edge")
    assert answered(graph, "hidden-dependence", sector="automotive").values("product") == ("metal",)


MADE = """
UNWIND [['CHN:magnet', 0.9], ['CHN:metal', 0.6], ['VNM:metal', 0.35], ['JPN:magnet', 0.1]] AS row
MATCH (:Industry {id: row[0]})-[made:MAKES]->()
SET made.share = row[1], made.share_low = row[1], made.share_high = row[1], made.period = '2025',
    made.share_source = 'w', made.method = 'headline'
WITH DISTINCT 1 AS one
MATCH (toy:Technology {id: 'toy'}), (cars:Sector {id: 'automotive'}) CREATE (toy)-[:SERVES]->(cars)
"""


def test_dependency_paths_rank_by_need_times_the_weakest_hop(graph: Graph) -> None:
    put(graph, [*TEN, Edge("CHN:metal", "EU27", 0.25, 0.2, 0.3)])
    graph.run(NEEDED)
    graph.run(MADE)
    asked = {"sector": "automotive", "country": "CHN"}
    car, toy = answered(graph, "dependency-paths", **asked).records()
    # 0.8 · 0.9 goes before 0.3 · 0.6.
    assert (car["path"], car["weight"]) == ("China → metal (60 %) → magnet (90 %)", 0.8)
    assert (toy["path"], toy["weight"]) == ("China → metal (60 %)", 0.3)
    assert (car["weakest_hop"], car["weakest_share"], car["share_of"]) == (
        *("magnet", 0.9),
        "world output",
    )
    assert car["hops"] == ("metal: China 60 % (2025; w)", "magnet: China 90 % (2025; w)")
    # Of what the EU has: 25 % of the metal, 30 % of the magnets.
    market = answered(graph, "dependency-paths", **asked, importer="EU").records()[0]
    assert market["path"] == "China → metal (25 %) → magnet (30 %)"
    assert market["share_of"] == "what European Union has"
    assert market["hops"] == (
        "metal: China 25 %, 20 to 30 % (2024; a; b). Most: VNM 35 % of the world (2025; w)",
        "magnet: China 30 %, 20 to 44 % (2024; a; b)",
    )
    # Vietnam makes metal, but the EU has none of it: its share of the world is not the EU's.
    assert answered(graph, "dependency-paths", sector="automotive", country="VNM").rows
    assert not answered(
        graph, "dependency-paths", sector="automotive", country="VNM", importer="EU"
    ).rows


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
    # France: 30 of China's and 10 of Japan's, nothing of a basket, the scale of output unknown.
    found = stored(graph)
    for market in ("FRA", "EU27"):
        assert found["CHN", market][0] == pytest.approx(0.75, abs=0.08)
        assert found["CHN", market][0] + found["JPN", market][0] == pytest.approx(1.0, abs=0.01)
    # Japan keeps more of its own than it buys.
    assert 0.0 < found["CHN", "JPN"][0] < found["JPN", "JPN"][0]
    assert found["CHN", "CHN"][0] == pytest.approx(1.0, abs=0.01)
    assert {tuple(sources) for _, sources in found.values()} == {("baci-2026", "usgs-2026")}
    assert report.edges == report.edges_changed > len(found)
    assert derive(graph).edges_changed == 0
    graph.run("MATCH (:Industry {id: 'JPN:hs2022/1'})-[flow:EXPORTS_TO]->() DELETE flow")
    assert derive(graph).edges_changed > 0
    assert ("JPN", "FRA") not in stored(graph)
    remove(graph)
    after = graph.read("MATCH ()-[r]->() RETURN count(r) AS n").records[0]["n"]
    assert after == before - 1
    assert not graph.read("MATCH ()-[m:MAKES]->() WHERE m.share IS NOT NULL RETURN m").records


def test_a_by_product_is_fed_by_no_host_that_its_maker_has_not(graph: Graph) -> None:
    graph.run(FACTS)
    graph.run(
        """MATCH (gallium:Material {id: 'gallium'}), (metal:Product {id: 'gallium/primary'}),
                 (usgs:Source {id: 'usgs-2026'})
           UNWIND [['aluminium', 'CHN'], ['zinc', 'JPN']] AS row
           MATCH (country:Country {id: row[1]})
           CREATE (host:Material {id: row[0], name: row[0]}), (gallium)-[:BYPRODUCT_OF]->(host),
                  (ore:Product {id: row[0] + '/ore', name: row[0] + ' ore'})-[:FORM_OF]->(host),
                  (ore)-[:INPUT_TO]->(metal),
                  (country)-[:HAS]->(mine:Industry {id: row[1] + ':' + ore.id})-[:MAKES]->(ore)
           WITH * MATCH (world:Economy {id: 'WLD'})
           CREATE (world)-[:HAS]->(all:Industry {id: 'WLD:' + ore.id})-[:TOTALS]->(ore)
           WITH * UNWIND [mine, all] AS industry
           CREATE (industry)-[:REPORTED_BY {measure: 'production', period: '2024', amount: 10.0,
                   unit: 't', basis: 'gross-weight', status: 'normal', verified: true,
                   source: 'usgs-2026'}]->(usgs)"""
    )
    derive(graph)
    found = graph.read(
        "MATCH (a:Industry)-[:FEEDS]->(b:Industry) RETURN a.id AS host, b.id AS maker ORDER BY host"
    ).records
    # China's gallium is of its alumina and Japan's of its zinc: neither buys the other's host.
    assert [tuple(r) for r in found] == [
        ("CHN:aluminium/ore", "CHN:gallium/primary"),
        ("JPN:zinc/ore", "JPN:gallium/primary"),
    ]


def test_what_if_counts_known_unused_capacity_once(graph: Graph) -> None:
    graph.run(FACTS)
    derive(graph)
    (row,) = answered(graph, "what-if", country="CHN", material="gallium").records()
    # 80 of 100 lost; Japan could make 15 more, so that 65 are missing at least.
    assert (row["lost"], row["lost_high"], row["spare"]) == pytest.approx((0.8, 0.8, 0.15))
    assert row["lost_low"] == pytest.approx(0.65)
    assert (row["replace"], row["spare_known"]) == (("Japan 20 %",), "Japan")
    assert (row["technologies"], row["sectors"]) == (("radar",), ("defence",))
    # No capacity of China is known: that is not zero.
    (unknown,) = answered(graph, "what-if", country="JPN").records()
    assert (unknown["spare"], unknown["lost_low"], unknown["lost_high"]) == (None, 0.2, 0.2)
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
    assert not answered(graph, "chokepoints", threshold="85").rows
