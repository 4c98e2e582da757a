"""Conversion factors between elements and their compounds against a library of molar masses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from molmass import Formula

from orepath.ontology.errors import FactError
from orepath.tools import contents
from orepath.tools.contents import convert_content, factor_lines, factors

LINES = factor_lines()


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["name"])
def test_each_factor_follows_from_the_molar_masses(line: dict[str, str]) -> None:
    compound = Formula(line["formula"])
    content = compound.composition()[line["element"]].mass
    assert float(line["factor"]) == pytest.approx(compound.mass / content, rel=1e-5)
    assert line["name"] == f"{line['element']}-to-{line['compound']}"
    assert line["source"].startswith("https://")
    assert line["reason"]


def test_what_the_trade_counts_is_there() -> None:
    needed = """Li2O Li2CO3 LCE LiOH.H2O La2O3 CeO2 Pr6O11 Nd2O3 Sm2O3 Eu2O3 Gd2O3 Tb4O7 Dy2O3
    Ho2O3 Er2O3 Tm2O3 Yb2O3 Lu2O3 Y2O3 Sc2O3 WO3 Ta2O5 Nb2O5 V2O5 Cr2O3 TiO2 P2O5 B2O3 K2O
    MnO2 Al2O3 MgO"""
    assert set(needed.split()) <= set(factors())
    assert len({line["name"] for line in LINES}) == len(LINES)


def test_a_conversion_names_its_factors() -> None:
    carbonate = convert_content(1000, "Li", "LCE")
    # The trade counts 5.323 t of carbonate for a tonne of lithium.
    assert carbonate.amount == pytest.approx(5323, rel=1e-4)
    assert carbonate.factors == ("Li-to-Li2CO3",)
    # Neodymium oxide holds 85.7 % of metal.
    assert convert_content(100, "Nd2O3", "Nd").amount == pytest.approx(85.74, rel=1e-4)
    both = convert_content(1, "Li2O", "LCE")
    assert both.amount == pytest.approx(2.473, rel=1e-3)
    assert both.factors == ("Li-to-Li2O", "Li-to-Li2CO3")
    assert convert_content(7, "W", "W") == contents.Conversion(7, ())


@given(
    st.sampled_from(sorted(factors())),
    st.floats(min_value=1e-6, max_value=1e9, allow_nan=False),
)
def test_there_and_back_is_the_same_amount(compound: str, amount: float) -> None:
    element = factors()[compound].element
    there = convert_content(amount, element, compound)
    assert there.amount > amount
    assert convert_content(there.amount, compound, element).amount == pytest.approx(amount)


@pytest.mark.parametrize(
    ("origin", "target", "reason"),
    [
        ("Li", "WO3", "one holds Li, the other W"),
        ("REO", "Nd", "no factor is known for 'REO'"),
        ("Li", "Li2C03", "no factor is known"),
        ("", "Li", "no factor is known"),
    ],
)
def test_nothing_is_converted_without_a_factor(origin: str, target: str, reason: str) -> None:
    with pytest.raises(FactError, match=reason):
        convert_content(1, origin, target)


def test_no_loader_converts_silently() -> None:
    package = Path(contents.__file__).parents[1] / "loaders"
    users = [f.name for f in package.rglob("*.py") if "contents import" in f.read_text("utf-8")]
    assert users == []


def test_the_materials_of_the_factors_are_those_of_the_vocabulary(shared: Path) -> None:
    with (shared / "facts" / "materials.csv").open(encoding="utf-8-sig", newline="") as stream:
        symbols = {r["material_id"]: r["symbol_or_formula"] for r in csv.DictReader(stream)}
    named = {line["material"].replace("-", "_"): line["element"] for line in LINES}
    elements = {name: s for name, s in symbols.items() if name in named and s.isalpha()}
    assert len(elements) > 30
    assert {name: named[name] for name in elements if len(elements[name]) <= 2} == {
        name: symbol for name, symbol in elements.items() if len(symbol) <= 2
    }
