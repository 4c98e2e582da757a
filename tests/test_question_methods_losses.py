"""What is lost when a country stops, carried down the chain: by hand, and at random against the
same rule written out in Python."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import question
from orepath.queries.run import ask
from pictured import picture

Interval = tuple[float, float, float]
"""Point, low and high."""
COUNTRIES = ("AAA", "BBB", "CCC", "DDD")


@dataclass(frozen=True, slots=True)
class Net:
    """A small network: makers' shares of world output, what the market has, what industries take.

    Keys are industries (``country:product``), or pairs of supplier and user.
    """

    chain: tuple[tuple[str, str], ...]
    makes: Mapping[str, Interval] = field(default_factory=dict)
    market: Mapping[str, Interval] = field(default_factory=dict)
    feeds: Mapping[tuple[str, str], Interval] = field(default_factory=dict)


WRITE = """
CREATE (s:Source {id: 's', name: 'S', published: '2024'})
CREATE (stage:Stage {id: 'x', name: 'x', position: 4})
CREATE (m:Material {id: 'm', name: 'm'})
CREATE (:Economy:Bloc {id: 'EU27', name: 'European Union', alt_names: ['EU']})
WITH m, stage
FOREACH (c IN $countries | CREATE (:Economy:Country {id: c, name: c, alpha3: c}))
FOREACH (p IN $products | CREATE (x:Product {id: p, name: p})-[:AT_STAGE]->(stage)
  FOREACH (one IN CASE WHEN p = $first THEN [1] ELSE [] END | CREATE (x)-[:FORM_OF]->(m)))
CREATE (t:Technology {id: 'car', name: 'car'})
CREATE (t)-[:SERVES]->(:Sector {id: 'automotive', name: 'automotive'})
WITH t
UNWIND $products AS p MATCH (x:Product {id: p})
CREATE (t)-[need:NEEDS {weight: 1.0, essential: true, steps: 0, forms: [p]}]->(x)
SET need.use_sources = ['s'], need.verified = true
"""
INDUSTRY = """
UNWIND $rows AS row MATCH (c:Economy {id: row.c}) MATCH (p:Product {id: row.p})
CREATE (c)-[:HAS]->(i:Industry {id: row.c + ':' + row.p, name: row.c + ':' + row.p})
CREATE (i)-[makes:MAKES]->(p) SET makes = row.makes
"""
EDGES = """
UNWIND $rows AS row MATCH (i:Industry {id: row.i})
OPTIONAL MATCH (u:Industry {id: row.u}) OPTIONAL MATCH (e:Economy {id: row.u})
FOREACH (x IN CASE WHEN u IS NULL THEN [] ELSE [1] END |
  CREATE (i)-[f:FEEDS]->(u) SET f = row.edge)
FOREACH (x IN CASE WHEN e IS NULL THEN [] ELSE [1] END |
  CREATE (i)-[f:SUPPLIES_MARKET]->(e) SET f = row.edge)
"""


def put(graph: Graph, net: Net) -> None:
    """The network as a graph; the first product of the chain is the material's only form."""
    products = list(dict.fromkeys(p for link in net.chain for p in link))
    graph.run(WRITE, {"countries": list(COUNTRIES), "products": products, "first": net.chain[0][0]})
    industries = {*net.makes, *net.market, *(i for edge in net.feeds for i in edge)}
    made = {"method": "headline", "period": "2024", "share_source": "s"}
    rows = [
        {"c": i[:3], "p": i[4:], "makes": (made | shares(net.makes[i])) if i in net.makes else {}}
        for i in sorted(industries)
    ]
    graph.run(INDUSTRY, {"rows": rows})
    carried = {"basis": "mass", "period": "2023", "method": "reconciled", "share_sources": ["s"]}
    edges = [{"i": i, "u": u, "edge": shares(x) | carried} for (i, u), x in net.feeds.items()]
    edges += [{"i": i, "u": "EU27", "edge": shares(x) | carried} for i, x in net.market.items()]
    graph.run(EDGES, {"rows": edges})
    graph.run(
        "UNWIND $rows AS row MATCH (a:Product {id: row[0]}), (b:Product {id: row[1]})"
        " CREATE (a)-[:INPUT_TO]->(b)",
        {"rows": [list(link) for link in net.chain]},
    )


def shares(interval: Interval) -> dict[str, float]:
    point, low, high = interval
    return {"share": point, "share_low": low, "share_high": high}


def lost(graph: Graph, **arguments: str) -> dict[str, dict[str, Any]]:
    asked = {"country": "AAA", "material": "m", "threshold": "0", "as_of": "2026-01-01"}
    found = ask(graph, question("what-if"), asked | arguments).records()
    return {row["product_id"]: row for row in found}


def interval(row: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    return tuple(row[n] for n in (f"{name}lost" if name else "lost", f"{name or 'lost_'}low",
                                  f"{name or 'lost_'}high"))  # fmt: skip


THREE = Net(
    chain=(("oxide", "magnet"), ("magnet", "motor")),
    makes={
        "AAA:oxide": (0.8, 0.7, 0.9),
        "BBB:oxide": (0.2, 0.1, 0.3),
        "AAA:magnet": (0.5, 0.4, 0.6),
        "BBB:magnet": (0.3, 0.2, 0.4),
        "CCC:magnet": (0.2, 0.1, 0.3),
    },
    market={
        "AAA:magnet": (0.4, 0.3, 0.5),
        "BBB:magnet": (0.4, 0.3, 0.5),
        "CCC:magnet": (0.1, 0.0, 0.2),
    },
    feeds={
        ("AAA:oxide", "BBB:magnet"): (0.6, 0.5, 0.7),
        ("BBB:oxide", "BBB:magnet"): (0.4, 0.3, 0.5),
        ("AAA:oxide", "CCC:magnet"): (0.9, 0.8, 1.0),
        ("BBB:oxide", "CCC:magnet"): (0.1, 0.0, 0.2),
    },
)


def test_three_stages_by_hand(graph: Graph) -> None:
    put(graph, THREE)
    found = lost(graph)
    # What was asked for first, then what is made of it, of which more is lost.
    assert list(found) == ["oxide", "magnet", "motor"]
    assert interval(found["oxide"], "") == pytest.approx((0.8, 0.7, 0.9))
    # The world's magnets: 0.5 + 0.3 · 0.6 + 0.2 · 0.9. At the low end the others' loss is
    # 0.3 · 0.5 + 0.2 · 0.8 = 0.31 of the 0.5 that they make, so of 0.6: 0.4 + 0.31 · 0.6 / 0.5.
    # At the high end 0.3 · 0.7 + 0.2 = 0.41: 0.6 + 0.41 · 0.4 / 0.5.
    assert interval(found["magnet"], "") == pytest.approx((0.86, 0.772, 0.928))
    # The market's: 0.4 + 0.4 · 0.6 + 0.1 · 0.9; 0.3 + 0.28 · 0.7 / 0.6; 0.5 + 0.38 · 0.5 / 0.6.
    assert interval(found["magnet"], "market_") == pytest.approx((0.73, 0.626667, 0.816667))
    # Nobody is known to make motors: what the world and the market lose of magnets stands for it.
    assert interval(found["motor"], "") == interval(found["magnet"], "")
    assert interval(found["motor"], "market_") == interval(found["magnet"], "market_")
    assert interval(found["oxide"], "market_") == (None, None, None)
    magnet, motor = found["magnet"], found["motor"]
    assert (magnet["direct_low"], magnet["direct_high"], magnet["market_direct"]) == (0.4, 0.6, 0.4)
    assert (magnet["through"], motor["through"]) == ("magnet", "magnet → motor")
    assert (magnet["known_by"], motor["known_by"]) == ("reconciled", "inputs")
    assert magnet["replace"] == (
        "BBB 30 %, which loses 60 % of its inputs",
        "CCC 20 %, which loses 90 % of its inputs",
    )
    assert (magnet["market_period"], magnet["period"], motor["source"]) == ("2023", "2024", "s")
    assert (magnet["stock"], magnet["licence"]) == ("not in the data", None)
    assert (motor["far_product"], motor["technologies"]) == ("motor", ("car",))
    shown = picture(graph, question("what-if"), {"country": "AAA", "material": "m"})
    assert {"INPUT_TO", "SUPPLIES_MARKET", "NEEDS"} & {t.type for t in shown.relationships}


def test_unused_capacity_fills_as_far_as_inputs_last(graph: Graph) -> None:
    put(graph, THREE)
    capacities = [
        # 4 of capacity to 2 of output of 10, and 8 to 3 of 10: 0.2 and 0.5 of the world's.
        {"i": "BBB:oxide", "made": 2.0, "most": 4.0},
        {"i": "BBB:magnet", "made": 3.0, "most": 8.0},
        {"i": "AAA:oxide", "made": 8.0, "most": 80.0},
        {"i": "AAA:magnet", "made": 5.0, "most": 80.0},
    ]
    graph.run(
        "MATCH (s:Source) UNWIND $rows AS row MATCH (i:Industry {id: row.i})"
        " CREATE (i)-[a:REPORTED_BY {measure: 'production', amount: row.made}]->(s)"
        " CREATE (i)-[b:REPORTED_BY {measure: 'capacity', amount: row.most}]->(s)"
        " SET a.period = '2024', b.period = '2024', a.unit = 't', b.unit = 't'",
        {"rows": capacities},
    )
    found = lost(graph)
    # Oxide: 0.7 - 0.2, so that 5 of 7 parts of what its users lose are left.
    assert interval(found["oxide"], "") == pytest.approx((0.8, 0.5, 0.9))
    assert (found["oxide"]["spare"], found["oxide"]["spare_known"]) == (pytest.approx(0.2), "BBB")
    # Magnets: BBB loses 0.5 · 5/7 of its inputs, CCC 0.8 · 5/7; 0.4 + (0.107143 + 0.114286) · 1.2,
    # less 0.5 of unused capacity of which inputs last for 0.642857.
    least = 0.4 + (0.3 * 0.5 + 0.2 * 0.8) * 5 / 7 * 1.2
    assert found["magnet"]["lost_low"] == pytest.approx(least - 0.5 * (1 - 0.5 * 5 / 7))
    assert interval(found["magnet"], "")[::2] == pytest.approx((0.86, 0.928))
    kept = (least - 0.5 * (1 - 0.5 * 5 / 7)) / least
    market = 0.3 + (0.4 * 0.5 + 0.1 * 0.8) * 5 / 7 * 0.7 / 0.6
    assert found["magnet"]["market_low"] == pytest.approx(market * kept)
    assert found["motor"]["lost_low"] == found["magnet"]["lost_low"]


def test_of_several_inputs_the_one_counts_of_which_most_is_lost(graph: Graph) -> None:
    """And the loss of what only others make comes by its inputs alone."""
    one = (1.0, 1.0, 1.0)
    put(
        graph,
        Net(
            chain=(("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")),
            makes={"AAA:a": (0.5, 0.5, 0.5), "BBB:a": (0.5, 0.5, 0.5), "BBB:b": one, "BBB:c": one}
            | {"CCC:d": one},
            feeds={
                ("AAA:a", "BBB:b"): (0.3, 0.3, 0.3),
                ("AAA:a", "BBB:c"): (0.7, 0.7, 0.7),
                ("BBB:b", "CCC:d"): one,
                ("BBB:c", "CCC:d"): (0.9, 0.9, 0.9),
            },
        ),
    )
    found = lost(graph)
    assert {p: row["lost"] for p, row in found.items()} == pytest.approx(
        {"a": 0.5, "b": 0.3, "c": 0.7, "d": 0.63}
    )
    assert found["d"]["through"] == "a → c → d"
    assert found["d"]["direct_low"] is None
    assert set(lost(graph, threshold="60")) == {"c", "d"}
    assert set(lost(graph, country="BBB", threshold="60")) == {"b", "c", "d"}
    assert not lost(graph, country="DDD", threshold="1")


def test_stocks_recycling_and_licences_of_the_market_and_the_product(graph: Graph) -> None:
    put(graph, replace(THREE, market={**THREE.market, "AAA:oxide": (0.5, 0.4, 0.6)}))
    graph.run(
        "MATCH (eu:Economy {id: 'EU27'}), (a:Economy {id: 'AAA'}), (m:Material), (s:Source)"
        " CREATE (:Policy:Stockpile {id: 'p'})-[:ADOPTED_BY]->(eu)"
        " WITH * MATCH (p:Stockpile)"
        " CREATE (p)-[x:HOLDS_STOCK {amount: 60.0, status: 'target', period: '2020'}]->(m)"
        " CREATE (p)-[y:HOLDS_STOCK {amount: 42.0, status: 'held', period: '2019'}]->(m)"
        " SET x.unit = 'day', y.unit = 'day', x.source = 's', y.source = 's'"
        " CREATE (:CriticalityList {id: 'EU-2023', year: 2023})-[:ADOPTED_BY]->(eu)"
        " WITH * MATCH (l:CriticalityList)"
        " CREATE (l)-[:LISTS {end_of_life_recycling: 0.25, source: 's'}]->(m)"
        " CREATE (r:ExportRestriction {id: 'r', kind: 'licence', status: 'in-force'})"
        " SET r.effective = date('2025-04-04')"
        " CREATE (r)-[:IMPOSED_BY]->(a), (r)-[:RESTRICTS]->(m), (r)-[:DOCUMENTED_BY]->(s)"
    )
    oxide, magnet = (lost(graph)[p] for p in ("oxide", "magnet"))
    assert oxide["stock"] == "42 days held (2019)"
    assert (oxide["recycled"], oxide["market_low"]) == (0.25, pytest.approx(0.4 * 0.75))
    assert oxide["licence"] == ("licence since 2025-04-04; how long a licence takes is not known")
    assert (magnet["stock"], magnet["recycled"], magnet["licence"]) == (
        "not in the data",
        None,
        None,
    )
    assert lost(graph, as_of="2025-04-03")["oxide"]["licence"] is None
    graph.run("MATCH (r:ExportRestriction), (d:Economy {id: 'DDD'}) CREATE (r)-[:AGAINST]->(d)")
    assert lost(graph)["oxide"]["licence"] is None


CHAIN = (("p0", "p1"), ("p1", "p2"), ("p0", "p3"), ("p2", "p4"), ("p3", "p4"), ("p4", "p5"))
MADE = ("p0", "p1", "p2", "p4")
"""Of p3 and p5 no maker is known."""


def made_at_random(seed: int) -> Net:
    draw = random.Random(seed)

    def parts(of: str) -> dict[str, Interval]:
        weights = {c: draw.random() for c in COUNTRIES if draw.random() > 0.3} | {"?": 0.2}
        points = {c: w / sum(weights.values()) for c, w in weights.items() if c != "?"}
        return {
            f"{c}:{of}": (p, p * draw.random(), p + (1 - p) * draw.random())
            for c, p in points.items()
        }

    makes = {i: x for product in MADE for i, x in parts(product).items()}
    feeds = {
        (supplier, user): x
        for input_, product in CHAIN
        for user in makes
        if user.endswith(product) and draw.random() > 0.1
        for supplier, x in parts(input_).items()
        if supplier in makes
    }
    market = {i: x for product in ("p1", "p4") for i, x in parts(product).items() if i in makes}
    return Net(CHAIN, makes, market, feeds)


def expected(net: Net, country: str) -> dict[str, tuple[Interval, Interval | None]]:
    """The rule in Python: what is lost of each product by the world, and by the market."""
    inputs: dict[str, list[str]] = defaultdict(list)
    for taken, made in net.chain:
        inputs[made].append(taken)
    unknown = {p for link in net.chain for p in link} - {i[4:] for i in net.makes}

    def of(parts: Mapping[str, Interval]) -> Interval:
        direct, low, high = parts.get(f"{country}:{next(iter(parts))[4:]}", (0.0, 0.0, 0.0))
        rest = [
            sum(x[0] * industry(i)[k] for i, x in parts.items() if not i.startswith(country))
            for k in range(3)
        ]
        scale = [1.0, (1 - low) / (1 - direct), (1 - high) / (1 - direct)]
        return tuple(d + r * s for d, r, s in zip((direct, low, high), rest, scale, strict=True))  # type: ignore[return-value]

    def most(found: list[Interval]) -> Interval:
        return tuple(max(x[k] for x in found) for k in range(3))  # type: ignore[return-value]

    def industry(user: str) -> Interval:
        if user.startswith(country):
            return 1.0, 1.0, 1.0
        found = [(0.0, 0.0, 0.0)]
        for taken in inputs[user[4:]]:
            parts = {
                i: x for (i, u), x in net.feeds.items() if u == user and i.endswith(f":{taken}")
            }
            if parts:
                found.append(of(parts))
            elif taken in unknown:
                found.append(world(taken))
        return most(found)

    def world(product: str) -> Interval:
        parts = {i: x for i, x in net.makes.items() if i.endswith(f":{product}")}
        return of(parts) if parts else most([world(q) for q in inputs[product]])

    def market(product: str) -> Interval | None:
        parts = {i: x for i, x in net.market.items() if i.endswith(f":{product}")}
        if parts:
            return of(parts)
        found = [x for q in inputs[product] if (x := market(q))] if product in unknown else []
        return most(found) if found else None

    return {p: (world(p), market(p)) for p in sorted({p for link in net.chain for p in link})}


@pytest.mark.parametrize("seed", range(6))
def test_losses_are_those_of_the_rule_written_out(graph: Graph, seed: int) -> None:
    net = made_at_random(seed)
    put(graph, net)
    found = lost(graph)
    for product, (world, market) in expected(net, "AAA").items():
        row = found[product]
        assert interval(row, "") == pytest.approx(world), product
        assert interval(row, "market_") == (pytest.approx(market) if market else (None,) * 3)
        for name in ("", "market_"):
            point, low, high = interval(row, name)
            if point is not None:
                assert 0 <= low <= point + 1e-9 <= high + 2e-9 <= 1 + 3e-9


def taken_over(net: Net, country: str, by: str) -> Net:
    """What a country makes is another's."""

    def named(industry: str) -> str:
        return industry.replace(country, by)

    def added(parts: Mapping[Any, Interval], rename: Any) -> dict[Any, Interval]:
        sums: dict[Any, Interval] = {}
        for key, x in parts.items():
            old = sums.get(rename(key), (0.0, 0.0, 0.0))
            sums[rename(key)] = (old[0] + x[0], old[1] + x[1], min(1.0, old[2] + x[2]))
        return sums

    feeds = {(i, u): x for (i, u), x in net.feeds.items() if not u.startswith((country, by))}
    return Net(
        net.chain,
        added(net.makes, named),
        added(net.market, named),
        added(feeds, lambda edge: (named(edge[0]), edge[1])),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_where_one_supplier_more_stops_no_loss_is_lower(graph: Graph, seed: int) -> None:
    net = made_at_random(seed)
    put(graph, net)
    before = lost(graph)
    graph.run("MATCH (x) DETACH DELETE x")
    put(graph, taken_over(net, "DDD", "AAA"))
    after = lost(graph)
    assert after.keys() == before.keys()
    for product, row in before.items():
        for name in ("lost", "market_lost"):
            if row[name] is not None:
                assert after[product][name] >= row[name] - 1e-9, (product, name)
