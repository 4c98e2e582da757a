"""Which stated capacities bound what a country made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orepath.graph.network.capacities import BASIS_UNKNOWN, Row, of_rows
from orepath.graph.network.measured import STATUS, USED, USED_SPREAD
from orepath.graph.network.statements import Capacity

ROW = Row(
    "p", "AAA", 30.0, "not-stated", "2024", "normal", "A", "mcs-2025", "2025-01-31", world=100.0
)  # fmt: skip


def of(*rows: Row) -> Capacity | None:
    return of_rows(rows, 2024).get("p", {}).get("AAA")


def test_a_capacity_is_set_against_the_worlds_output_by_the_same_table() -> None:
    found = of(ROW)
    assert found == Capacity("AAA", 0.3, None, pytest.approx(STATUS["normal"]), "mcs-2025")  # type: ignore[arg-type]


def test_without_the_worlds_output_only_goods_are_tonnes_of_goods() -> None:
    goods, unsaid, content = (
        of(replace(ROW, world=None, basis=basis))
        for basis in ("gross-weight", "not-stated", "contained")
    )
    assert goods is not None
    assert (goods.of_world, goods.tonnes) == (None, 30.0)
    assert unsaid is not None
    assert unsaid.tonnes == 30.0
    assert unsaid.deviation > BASIS_UNKNOWN > goods.deviation
    assert content is None


def test_the_newest_edition_counts_and_of_two_years_the_larger() -> None:
    newer = replace(ROW, source="mcs-2026", published="2026-02-06", amount=20.0)
    found = of(ROW, newer, replace(newer, period="2025", amount=25.0))
    assert found is not None
    assert (found.of_world, found.source) == (0.25, "mcs-2026")
    assert of(replace(ROW, period="2020")) is None


def test_only_what_is_clearly_above_a_capacity_gives_way_to_what_plants_make_of_it() -> None:
    plant = Capacity("AAA", None, 10.0, 0.1, "plant")
    assert plant.instead(11.9, 10.0) is None
    assert plant.instead(12.1, 10.0) == (USED * 10, USED_SPREAD * 10)
    # A table of capacities states output too, and that is evidence itself.
    assert Capacity("AAA", 0.1, None, 0.1, "table").instead(0.5, 0.1) is None
