"""The balance of a product, the origin of what a market has, and mixes: by hand and on random
networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.graph.network.balance import WIDEST, Balanced, balance
from orepath.graph.network.facts import Flow, Trade
from orepath.graph.network.least_squares import Vector
from orepath.graph.network.markets import ASTRAY, RECONCILED, Part, Product, traded
from orepath.graph.network.mix import market_mix, world_mix
from orepath.graph.network.origin import origins, together
from orepath.graph.network.outputs import Amount, Makers, in_values
from orepath.graph.network.statements import Capacity, MarketShare, Reliance, Said
from orepath.graph.network.unknowns import Traded

NAMES = ("AAA", "BBB", "CCC", "DDD", "EEE")


def makers(world: float | None = None, room: float = 0.0, **shares: float) -> Makers:
    found = {c: Amount(s, 0.01) for c, s in shares.items()}
    return Makers(found, room=room, world=world, sources=("output",), period="2024")


def flows(*rows: tuple[str, str, float]) -> Traded:
    names = tuple(sorted({c for a, b, _ in rows for c in (a, b)}))
    matrix = np.zeros((len(names), len(names)))
    for exporter, importer, amount in rows:
        matrix[names.index(exporter), names.index(importer)] = amount
    return Traded(names, matrix / matrix.sum(), "mass", 0.05, float(matrix.sum()))


def solved(of: Traded, by: Makers, *said: Said) -> Balanced:
    return balance(of, by, said, {}, draws=50, seed=1)


def share(market: str, supplier: str, value: float, of: str = "imports") -> MarketShare:
    return MarketShare(market, supplier, value, 0.02, of, "mass", "2024", "customs")


# ---- Origin ------------------------------------------------------------------------------------


def test_origins_of_a_network_by_hand() -> None:
    # A makes 100, sends 60 to H; H makes 20, sends 40 to B: three quarters of H's are A's.
    output = np.array([100.0, 20.0, 0.0])
    trade = np.array([[0.0, 60.0, 0.0], [0.0, 0.0, 40.0], [0.0, 0.0, 0.0]])
    found = origins(output, trade)
    assert found == pytest.approx(np.array([[1, 0, 0], [0.75, 0.25, 0], [0.75, 0.25, 0]]))


def test_what_comes_and_goes_in_a_circle_keeps_its_origin() -> None:
    # Kastner's formula, solved by hand: B has 50 of A and 10 of C, which has 20 of B.
    output = np.array([60.0, 0.0, 10.0])
    trade = np.array([[0.0, 50.0, 0.0], [0.0, 0.0, 20.0], [0.0, 10.0, 0.0]])
    found = origins(output, trade)
    b = found[1, 0]
    assert found[2, 0] == pytest.approx(20 * b / 30)
    assert 60 * b == pytest.approx(50 + 10 * found[2, 0])
    assert found.sum(axis=1) == pytest.approx([1.0, 1.0, 1.0])


def test_what_an_economy_cannot_have_is_of_unknown_origin() -> None:
    output = np.array([20.0, 0.0, 0.0])
    trade = np.array([[0.0, 10.0, 0.0], [0.0, 0.0, 40.0], [0.0, 0.0, 0.0]])
    assert origins(output, trade)[2, 0] == pytest.approx(0.98 / 4)


def test_trade_within_a_bloc_is_no_trade() -> None:
    output = np.array([10.0, 2.0, 0.0, 30.0])
    trade = np.zeros((4, 4))
    trade[3, 1], trade[1, 2], trade[0, 2] = 8.0, 5.0, 4.0
    made, between = together(output, trade, [0, 1, 2], [3])
    assert made.tolist() == [30.0, 12.0]
    assert between.tolist() == [[0.0, 8.0], [0.0, 0.0]]
    assert origins(made, between)[-1] == pytest.approx([0.4, 0.6])


# ---- Balance -----------------------------------------------------------------------------------


def test_consistent_evidence_is_left_as_it_is() -> None:
    of = flows(("AAA", "BBB", 40.0), ("AAA", "CCC", 20.0), ("BBB", "CCC", 20.0))
    found = solved(of, makers(100.0, AAA=0.8, BBB=0.2))
    assert found.output * of.unit == pytest.approx([80.0, 20.0, 0.0], rel=1e-3)
    assert found.trade * of.unit == pytest.approx(of.flows * of.unit, rel=1e-3)
    assert found.conflicts == ()


def test_a_supplier_delivers_no_more_than_it_makes_and_takes_in() -> None:
    of = flows(("AAA", "CCC", 90.0), ("BBB", "CCC", 50.0))
    found = solved(of, makers(100.0, AAA=0.9, BBB=0.1))
    b = found.economies.index("BBB")
    assert found.trade[b].sum() <= found.output[b] + 1e-9
    assert found.output[b] * of.unit < 25
    assert "BBB to others, times what is reported" in [c.name for c in found.conflicts]


def test_customs_move_the_flows_that_they_speak_of_and_no_others() -> None:
    of = flows(("AAA", "CCC", 50.0), ("BBB", "CCC", 50.0), ("AAA", "DDD", 30.0))
    said = share("CCC", "AAA", 0.6)
    found = solved(of, makers(300.0, AAA=0.5, BBB=0.5), said)
    a, b, c, d = range(4)
    got = found.trade[a, c] / (found.trade[a, c] + found.trade[b, c])
    assert 0.5 < got < 0.6
    assert found.trade[a, d] * of.unit == pytest.approx(30.0, rel=1e-3)


def test_a_share_against_all_other_evidence_is_told_in_its_own_terms() -> None:
    of = replace(flows(("AAA", "CCC", 90.0), ("BBB", "CCC", 10.0)), deviation=0.001)
    found = solved(of, makers(300.0, AAA=0.5, BBB=0.5), share("CCC", "BBB", 0.9))
    told = {c.name: c for c in found.conflicts}["BBB of the imports of CCC (customs, 2024)"]
    assert told.stated == pytest.approx(0.9)
    assert told.estimate < 0.5


def test_shares_of_imports_supply_and_use_are_of_different_wholes() -> None:
    # C makes 50, imports 50, exports 20: half of its supply, and 5/8 of its use is imported.
    of = flows(("AAA", "CCC", 50.0), ("CCC", "DDD", 20.0))
    for whole, value in (("imports", 1.0), ("supply", 0.5), ("use", 0.625)):
        found = solved(of, makers(150.0, AAA=2 / 3, CCC=1 / 3), share("CCC", "AAA", value, whole))
        assert found.conflicts == (), whole
        assert found.output * of.unit == pytest.approx([100.0, 50.0, 0.0], rel=0.02)


NETWORKS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.floats(0.5, 100.0)).filter(
        lambda row: row[0] != row[1]
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda row: row[:2],
)
OUTPUTS = st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3)


@settings(max_examples=60, deadline=None)
@given(rows=NETWORKS, parts=OUTPUTS, room=st.floats(0.0, 0.3), said=st.floats(0.0, 1.0))
def test_balances_hold_and_the_room_is_shared_once(
    rows: list[tuple[str, str, float]], parts: list[float], room: float, said: float
) -> None:
    of = flows(*rows)
    total = sum(parts) or 1.0
    shares = {c: p / total * (1 - room) for c, p in zip(NAMES, parts, strict=False) if p > 0.01}
    by = makers(None, room, **shares)
    found = solved(of, by, share(rows[0][1], rows[0][0], said))
    use = found.output + found.trade.sum(axis=0) - found.trade.sum(axis=1)
    assert use.min() > -1e-4
    assert min(found.output.min(), found.trade.min()) >= 0
    for network in (found.output[None], found.output_draws):
        assert np.isfinite(network).all()
    for outputs, trade in ((found.output, found.trade),):
        assert origins(outputs, trade).sum(axis=1).max() <= 1 + 1e-6
    named = [found.economies.index(c) for c in shares if c in found.economies]
    others = float(np.delete(found.output, named).sum())
    if shares:
        scale = 1.5 * max([1.0, *(_net(of, c) / s for c, s in shares.items())])
        assert others <= WIDEST * max(room, 0.002) * scale + 1e-6


def _net(of: Traded, economy: str) -> float:
    if economy not in of.economies:
        return 0.0
    place = of.economies.index(economy)
    net: Vector = of.flows.sum(axis=1) - of.flows.sum(axis=0)
    return float(net[place])


# ---- One product to any market -----------------------------------------------------------------


def product(
    rows: Sequence[tuple[str, str, float, float | None]], by: Makers, *said: Said
) -> Product:
    trade = Trade("trade", 2024, [Flow("p", a, b, v, m) for a, b, v, m in rows])
    return Product("p", by, trade, said, {"EU27": ("CCC", "DDD")})


def point(parts: list[Part]) -> dict[str, float]:
    return {p.supplier: p.share for p in parts}


def test_re_exports_through_a_hub_are_the_makers_and_a_bloc_is_one_market() -> None:
    rows = [("AAA", "BBB", 60.0, 60.0), ("BBB", "CCC", 50.0, 50.0), ("CCC", "DDD", 20.0, 20.0)]
    supply = product(rows, makers(100.0, AAA=1.0))
    for market in ("CCC", "DDD", "EU27"):
        [part] = [p for p in supply.parts(market) if p.share > 0.05]
        assert (part.supplier, part.method, part.period) == ("AAA", "reconciled", "2024")
        assert part.low <= part.share <= part.high
        assert part.share > 0.9
    assert part.sources == ("trade", "output")


def test_the_room_goes_to_who_exports_more_than_it_imports_and_to_who_is_named() -> None:
    # BBB passes on what it imports, DDD has its 20 from nobody; a plant names BBB as a maker.
    rows = (
        ("AAA", "BBB", 60.0), ("BBB", "CCC", 60.0), ("DDD", "CCC", 20.0), ("AAA", "CCC", 20.0),
    )  # fmt: skip
    by = makers(None, 0.2, AAA=0.8)
    hub, maker = (solved(flows(*rows), m) for m in (by, replace(by, others=frozenset({"BBB"}))))
    b, d = 1, 3
    assert hub.economies == NAMES[:4]
    assert hub.output[b] < hub.output[d] / 2
    assert maker.output[b] > 1.5 * hub.output[b]


def test_a_share_above_the_capacity_gives_way_to_what_plants_make_of_it() -> None:
    # BBB exports 5; by its share it would make 20 of 100, of which it has a capacity of 10.
    rows = (("AAA", "CCC", 60.0), ("BBB", "CCC", 5.0), ("AAA", "DDD", 20.0))
    by = makers(100.0, AAA=0.8, BBB=0.2)
    of = flows(*rows)
    held = replace(by, capacities={"BBB": Capacity("BBB", None, 10.0, 0.05, "plant")})
    free, bound = (solved(of, m) for m in (by, held))
    b, tonnes = 1, of.unit
    assert free.output[b] * tonnes == pytest.approx(20, abs=1)
    assert bound.output[b] * tonnes == pytest.approx(7.2, abs=0.5)
    assert (bound.output_draws[:, b] * tonnes).max() < 10 * 1.25
    assert not free.limited
    assert bound.limited == frozenset({"BBB"})
    assert bound.most["BBB"] * tonnes == pytest.approx(10 * (1 + 1.645 * 0.05))
    # A capacity that is not reached changes nothing.
    wide = replace(by, capacities={"BBB": Capacity("BBB", None, 30.0, 0.05, "plant")})
    assert solved(of, wide).output[b] == pytest.approx(free.output[b], rel=1e-3)
    assert solved(of, wide).limited == frozenset()


def test_a_capacity_by_the_worlds_output_bounds_goods_and_values() -> None:
    rows = (("AAA", "CCC", 80.0), ("BBB", "CCC", 1.0))
    capacity = Capacity("BBB", 0.05, None, 0.03, "table")
    by = replace(makers(100.0, AAA=0.8, BBB=0.2), capacities={"BBB": capacity})
    found = solved(flows(*rows), by)
    assert found.output[1] / found.output.sum() < 0.09
    assert found.limited == {"BBB"}
    # Twice as dear, it may make twice the share in value, of a whole that is dearer by a fifth.
    [in_value] = in_values(by, {"AAA": 1.0, "BBB": 2.0}, 1.0).capacities.values()
    assert in_value.of_world == pytest.approx(0.05 * 2 / 1.2)


def test_a_wider_interval_still_keeps_to_the_capacity() -> None:
    rows = [("AAA", "CCC", 60.0, 60.0), ("BBB", "CCC", 5.0, 5.0), ("AAA", "DDD", 20.0, 20.0)]
    by = makers(100.0, AAA=0.9, BBB=0.1)
    held = replace(by, capacities={"BBB": Capacity("BBB", None, 5.5, 0.02, "plant")})
    free, bound = (
        {p.supplier: p for p in product(rows, m).parts("CCC")}["BBB"] for m in (by, held)
    )
    assert bound.high <= 5.5 * 1.04 / 65 + 0.02 < free.high
    assert (free.limited_by, bound.limited_by) == (None, "plant")


def test_bounds_lie_farther_apart_where_nothing_recent_is_published_of_a_supplier(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [("AAA", "CCC", 60.0, 60.0), ("BBB", "CCC", 40.0, 40.0), ("BBB", "EEE", 40.0, 40.0)]
    by = makers(150.0, AAA=0.5, BBB=0.5)
    recent = share("CCC", "AAA", 0.6)

    def bounds(*said: Said) -> tuple[float, float]:
        [part] = [p for p in product(rows, by, *said).parts("CCC") if p.supplier == "AAA"]
        return log(part.low / (1 - part.low)), log(part.high / (1 - part.high))

    said = ((), (replace(recent, sd=0.2),), (recent,))
    wide = [bounds(*one) for one in said]
    monkeypatch.setitem(ASTRAY, RECONCILED, 0.0)
    plain = [bounds(*one) for one in said]
    for (low, high), (own_low, own_high), by_much in zip(wide, plain, (0.6, 0.6, 0.0), strict=True):
        assert low == pytest.approx(own_low - by_much, abs=0.01)
        assert high == pytest.approx(own_high + by_much, abs=0.01)


def test_shares_of_a_market_are_at_most_all_of_it() -> None:
    rows = [(a, b, 10.0, 10.0) for a in NAMES for b in NAMES if a != b]
    supply = product(rows, makers(None, 0.2, AAA=0.5, BBB=0.3))
    for market in (*NAMES, "EU27"):
        assert sum(p.share for p in supply.parts(market)) <= 1.001


def test_codes_with_other_goods_are_taken_by_value_and_missing_masses_at_the_exporters_price() -> (
    None
):
    of, missing = traded(
        Trade(
            "t",
            2024,
            [
                Flow("p", "AAA", "CCC", 100.0, 50.0),
                Flow("p", "AAA", "BBB", 20.0, None),
                Flow("p", "BBB", "CCC", 30.0, 3.0),
            ],
        )
    )
    assert (of.basis, missing, of.unit) == ("mass", 1, 63.0)
    assert of.flows[0, 1] * of.unit == pytest.approx(10.0)
    mixed, _ = traded(Trade("t", 2024, [Flow("p", "AAA", "CCC", 100.0, 1.0, dominant=True)]))
    assert (mixed.basis, mixed.unit) == ("value", 0.0)


def test_shares_of_output_in_value_follow_prices() -> None:
    found = in_values(makers(None, 0.2, AAA=0.8), {"AAA": 10.0, "": 20.0}, 20.0)
    assert found.shares["AAA"].value == pytest.approx(0.4 / 0.6)
    assert found.room == pytest.approx(0.2 / 0.6)


# ---- Mixes -------------------------------------------------------------------------------------


def mix(*said: Said, by: Makers, market: str = "EU27") -> dict[str, float]:
    members = ("CCC", "DDD") if market == "EU27" else (market,)
    found = market_mix(market, members, said, by, draws=200, seed=1)
    assert sum(s.point for s in found) <= 1 + 1e-9
    assert all(s.low <= s.point <= s.high for s in found)
    return {s.supplier: s.point for s in found}


def test_a_share_of_imports_is_of_all_where_the_market_makes_nothing() -> None:
    found = mix(share("EU27", "AAA", 0.8), by=makers(AAA=0.9, BBB=0.1))
    assert found["AAA"] == pytest.approx(0.8, abs=0.02)


def test_a_share_of_imports_leaves_out_what_the_market_makes() -> None:
    reliance = Reliance("CCC", 0.5, 0.02, "2024", "usgs")
    by = makers(AAA=0.5, CCC=0.5)
    found = mix(share("CCC", "AAA", 0.8), reliance, by=by, market="CCC")
    assert found["AAA"] == pytest.approx(0.4, abs=0.03)
    assert found["CCC"] == pytest.approx(0.5, abs=0.05)


def test_a_share_of_supply_is_taken_as_it_is() -> None:
    said = [share("EU27", "CCC", 0.6, "supply"), share("EU27", "AAA", 0.3, "supply")]
    found = mix(*said, by=makers(AAA=0.9, CCC=0.1))
    assert found == pytest.approx({"CCC": 0.6, "AAA": 0.3}, abs=0.03)


def test_what_a_country_makes_itself_is_its_own_though_no_share_of_the_world_is_told() -> None:
    # Half of its use is not imported; who makes it there needs no publication on the world.
    reliance = Reliance("CCC", 0.5, 0.02, "2024", "usgs")
    by = replace(makers(AAA=1.0), others=frozenset({"CCC"}))
    found = mix(share("CCC", "AAA", 0.8), reliance, by=by, market="CCC")
    assert found["CCC"] == pytest.approx(0.5, abs=0.05)
    # Where neither the reliance nor a list of makers speaks of it, it is of unknown origin.
    assert "CCC" not in mix(share("CCC", "AAA", 0.3), by=Makers(), market="CCC")
    anything = Reliance("CCC", 0.5, 12**-0.5, "2024", "usgs")
    assert "CCC" not in mix(share("CCC", "AAA", 0.3), anything, by=Makers(), market="CCC")
    # Of a bloc nobody knows which member it is.
    half = Reliance("EU27", 0.5, 0.02, "2024", "usgs")
    assert "CCC" not in mix(share("EU27", "AAA", 0.8), half, by=by)


def test_nothing_published_is_no_mix() -> None:
    assert mix(by=makers(AAA=1.0)) == {}
    assert mix(share("JPN", "AAA", 0.8), by=makers(AAA=1.0)) == {}


def test_by_the_worlds_makers_each_serves_itself_first() -> None:
    by = makers(AAA=0.7, CCC=0.2, BBB=0.1)
    uses = {"CCC": 0.4, "AAA": 0.5, "BBB": 0.1}
    found = {s.supplier: s for s in world_mix(by, uses, ["CCC"])}
    # C makes half of what it uses; A alone has something left.
    assert found["CCC"].point == pytest.approx(0.5)
    assert found["AAA"].point == pytest.approx(0.5)
    assert "BBB" not in found
    assert found["AAA"].low < 0.5 < found["AAA"].high
    plain = {s.supplier: s.point for s in world_mix(by, {}, ["DDD"])}
    assert plain == pytest.approx({"AAA": 0.7, "CCC": 0.2, "BBB": 0.1})
    assert world_mix(Makers(), uses, ["CCC"]) == []


def test_what_two_rounded_lists_differ_by_makes_nobody_the_seller() -> None:
    by = makers(AAA=0.7, BBB=0.2, DDD=0.1)
    # A refines as much as it mines by another list; all that is left is the rounding of D's.
    uses = {"AAA": 0.71, "BBB": 0.2, "DDD": 0.08, "CCC": 0.01}
    found = {s.supplier: s.point for s in world_mix(by, uses, ["CCC"])}
    assert found == pytest.approx({"AAA": 0.7, "BBB": 0.2, "DDD": 0.1})
    # Who makes more than it needs serves itself all the same.
    home = {s.supplier: s.point for s in world_mix(by, uses, ["AAA"])}
    assert home["AAA"] == pytest.approx(0.7 / 0.71)


def test_what_nobody_named_makes_is_no_part_of_those_who_are() -> None:
    by = makers(room=0.2, AAA=0.6, CCC=0.2)
    found = {s.supplier: s.point for s in world_mix(by, {"CCC": 0.4, "AAA": 0.3}, ["CCC"])}
    # C makes half of what it uses; of the other half a fifth is of unknown origin, as of the world.
    assert found == pytest.approx({"CCC": 0.5, "AAA": 0.4})
