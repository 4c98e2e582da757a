"""The words of an own table: names of two economies, residuals, formulas, units and marks by rule,
and suggestions that are near or none."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.loaders import formulas, names, units
from orepath.loaders.base import Ledger, read_mapping
from orepath.loaders.facts import figures, loader, words
from orepath.loaders.names import READER
from orepath.loaders.near import near, suggestion
from orepath.ontology.errors import FactError
from orepath.ontology.vocabulary import vocabulary

HEADER = ("economy", "material", "stage", "period", "amount", "unit", "status", "basis")
GOOD = ("China", "tungsten", "extraction", "2021", "100", "t", "", "")


def read(rows: Sequence[Sequence[str]], path: Path) -> tuple[list[dict[str, Any]], Ledger]:
    file = path / "table_marks.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    ledger = Ledger()
    facts = list(figures.Loader().read([file]).facts(ledger))
    assert ledger.balanced
    return [dict(f.values) for f in facts if f.term == "IndustryObservation"], ledger


def changed(**cells: str) -> tuple[str, ...]:
    return tuple((dict(zip(HEADER, GOOD, strict=True)) | cells).values())


@pytest.mark.parametrize(
    ("cells", "candidates"),
    [
        ({"economy": "Congo"}, ("COD", "COG")),
        ({"economy": "Korea"}, ("KOR", "PRK")),
        ({"economy": "Germany", "period": "1985"}, ("DEU", "DEU-1990", "DDR")),
        ({"economy": "Sudan", "period": "2005-2010"}, ("SDN", "SDN-2011")),
        ({"unit": "mt"}, ("t", "million t")),
        ({"material": "Tungsten (Co)"}, ("tungsten", "cobalt")),
        ({"unit": "t REO", "basis": "contained"}, ("contained", "oxide-equivalent")),
    ],
)
def test_what_means_two_things_is_refused_with_both(
    cells: dict[str, str], candidates: tuple[str, ...], tmp_path: Path
) -> None:
    found, ledger = read([changed(**cells), GOOD], tmp_path)
    (refused,) = ledger.rejected
    assert len(found) == 1
    assert all(candidate in refused.reason for candidate in candidates)
    assert "Did you mean" not in refused.remedy


def test_publishers_mean_what_they_always_meant() -> None:
    assert names.economy("Congo", "bgs-wms") == "COG"
    assert words.economy("Germany", "table-x", "2020") == "DEU"
    assert words.economy("COG", "table-x") == "COG"


def test_a_residual_is_that_of_its_own_publication() -> None:
    assert names.economy("Rest of world", "iea-cmd") == "REST:iea-cmd"
    with pytest.raises(FactError, match="is the residual of iea"):
        names.economy("Rest of world", "a-new-publication")


def test_a_state_that_had_ended_is_refused() -> None:
    assert words.economy("Soviet Union", "table-x", "1990") == "SUN"
    with pytest.raises(FactError, match="ended in 1991"):
        words.economy("Soviet Union", "table-x", "2005")


def test_guinea_is_guinea_in_an_english_table_only(tmp_path: Path) -> None:
    english = [changed(economy=name) for name in ("Guinea", "Chnia", "France", "Peru")]
    assert [r.value for r in read(english, tmp_path)[1].rejected] == ["Chnia"]
    spanish = [changed(economy=name) for name in ("Guinea", "Alemania", "Guinea Ecuatorial")]
    reasons = [r.reason for r in read(spanish, tmp_path)[1].rejected]
    assert len(reasons) == 3
    assert all(code in reasons[0] for code in ("GIN", "GNB", "GNQ", "PNG"))


def test_the_rest_of_the_world_is_the_tables_own(tmp_path: Path) -> None:
    rows = [changed(economy=n) for n in ("Rest of world", "Grand Total")]
    found, ledger = read([*rows, changed(economy="World", period="2020")], tmp_path)
    assert not ledger.rejected
    residual = "REST:table-table-marks"
    assert [f["industry"].rpartition(":")[0] for f in found] == [residual, "WLD", "WLD"]
    assert names.label("economy", residual) == "Rest of world (table-table-marks)"
    assert words.economy("others", "table-a") != words.economy("others", "table-b")
    assert words.economy("Rest of world (IEA)", "table-a") == "REST:iea"


@pytest.mark.parametrize(
    ("cells", "amount", "status"),
    [
        ({"status": "e"}, 100, "estimated"),
        ({"status": "r"}, 100, "normal"),
        ({"status": "P"}, 100, "provisional"),
        ({"amount": "W"}, None, "withheld"),
        ({"amount": "NA"}, None, "not-available"),
        ({"amount": "n.a."}, None, "not-available"),
        ({"amount": "W", "status": "withheld"}, None, "withheld"),
        ({"amount": "", "status": "W"}, None, "withheld"),
        ({"amount": "--"}, 0, "normal"),
        ({"amount": "—", "status": "e"}, 0, "estimated"),
        ({"amount": "e100"}, 100, "estimated"),
        ({"amount": "100 e"}, 100, "estimated"),
        ({"amount": "1e2"}, 100, "normal"),
    ],
)
def test_a_mark_says_the_status(
    cells: dict[str, str], amount: float | None, status: str, tmp_path: Path
) -> None:
    (found,), _ = read([changed(**cells)], tmp_path)
    assert (found["amount"], found["status"]) == (amount, status)
    assert found["original_value"] == (cells.get("amount", "100") or None)


@pytest.mark.parametrize(
    "cells",
    [
        {"amount": "W", "status": "normal"},
        {"amount": "e"},
        {"amount": "100 W"},
        {"amount": "-"},
        {"amount": "nan"},
        {"status": "--"},
        {"status": "s"},
    ],
)
def test_marks_that_say_nothing_or_two_things_are_refused(
    cells: dict[str, str], tmp_path: Path
) -> None:
    assert len(read([changed(**cells)], tmp_path)[1].rejected) == 1


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    faults = {"economy": "Korea", "material": "unobtainium", "period": "20", "amount": "x"}
    _, ledger = read([changed(**faults, unit="zz", status="qq")], tmp_path)
    (refused,) = ledger.rejected
    assert refused.place.column == "economy, material, unit, period, amount, status"
    assert all(repr(value) in refused.reason for value in (*faults.values(), "zz", "qq"))


@pytest.mark.parametrize(
    ("text", "material", "basis"),
    [
        ("Tungsten (W)", "tungsten", ""),
        ("W (tungsten)", "tungsten", ""),
        ("W", "tungsten", ""),
        ("WO3 content", "tungsten", "oxide-equivalent"),
        ("Lithium (Li2O)", "lithium", "oxide-equivalent"),
        ("lithium, Li2CO3", "lithium", "carbonate-equivalent"),
        ("Iron (Fe)", "iron", ""),
        ("Iron (Fe content)", "iron", "contained"),
        ("Rare earths (REO)", "rare-earths", "oxide-equivalent"),
        ("Fluorspar (CaF2)", "fluorspar", ""),
    ],
)
def test_materials_by_name_and_formula(text: str, material: str, basis: str) -> None:
    assert formulas.material(text) == formulas.Weighed(material, basis)


@pytest.mark.parametrize("text", ["Cobalt (mine)", "Tungsten (Co)", "CoNi", "", "()", "CO2", "e"])
def test_other_words_are_no_material(text: str) -> None:
    with pytest.raises(FactError):
        formulas.material(text)


@given(st.data())
def test_any_element_with_its_symbol_or_oxide_in_brackets_is_that_element(
    data: st.DataObject,
) -> None:
    elements = {
        identity: values
        for identity, values in vocabulary().individuals["material"].items()
        if values.get("kind") == "element" and values.get("symbol", "C") not in ("C", "H", "O")
    }
    identity = data.draw(st.sampled_from(sorted(elements)))
    name, symbol = str(elements[identity]["name"]), str(elements[identity]["symbol"])
    forms = [symbol, f"{symbol} content"]
    for oxide in (f"{symbol}2O3", f"{symbol}O2", f"{symbol}O"):  # SiO2 is a material of its own
        if names.labels("material").get(names.fold(oxide), (identity,)) == (identity,):
            forms += [oxide, f"{oxide} content"]
    parts = [name, data.draw(st.sampled_from(forms))]
    first, second = data.draw(st.permutations(parts))
    assert formulas.material(f"{first} ({second})").material == identity


@pytest.mark.parametrize(
    ("text", "base", "factor", "basis"),
    [
        ("t REO", "t", 1, "oxide-equivalent"),
        ("metr. t", "t", 1, None),
        ("metric tons", "t", 1, None),
        ("tonnes", "t", 1, None),
        ("kt Li", "t", 1000, "contained"),
        ("t Cu content", "t", 1, "contained"),
        ("t (Li content)", "t", 1, "contained"),
        ("metric tons of Li2O", "t", 1, "oxide-equivalent"),
        ("kt LCE", "t", 1000, "carbonate-equivalent"),
        ("t gross weight", "t", 1, "gross-weight"),
        ("Mio. m3", "m3", 1_000_000, None),
        ("Mio m³", "m3", 1_000_000, None),
        ("Tsd. t", "t", 1000, None),
        ("Mt", "t", 1_000_000, None),
        ("'000 tonnes", "t", 1000, None),
    ],
)
def test_units_by_rule(text: str, base: str, factor: int, basis: str | None) -> None:
    found = units.unit(text, READER)
    assert (found.base, int(found.factor), found.basis) == (base, factor, basis)


@pytest.mark.parametrize(
    "text", ["tons", "t copper", "mt", "MT", "tonnes of stuff", "e", "", "t t"]
)
def test_units_that_are_not_certain_are_refused(text: str) -> None:
    with pytest.raises(FactError):
        units.unit(text, READER)


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("e", ["forecast"], []),
        ("korea", ["north korea", "south korea"], []),
        ("grand total", ["grand duchy of luxembourg"], []),
        ("tungsten (w)", ["te", "tungsten"], []),
        ("chnia", ["china", "chile"], ["china"]),
        ("Prodction", ["production", "products"], ["production"]),
        ("aaaa", ["aaab", "aaac", "aaad"], []),
    ],
)
def test_a_suggestion_is_near_or_none(word: str, known: list[str], found: list[str]) -> None:
    assert near(word, known) == found
    assert bool(suggestion(word, known)) is bool(found)


@settings(max_examples=50)
@given(st.text(max_size=12))
def test_no_suggestion_differs_in_more_than_a_letter_of_four(word: str) -> None:
    for found in near(word, names.labels("economy")):
        assert abs(len(found) - len(word)) <= len(word) // 4


def test_each_line_of_the_reviewed_files_has_its_reason_and_means_what_is_known() -> None:
    economies = vocabulary().individuals["economy"]
    for line in read_mapping("own_names"):
        assert line["reason"]
        assert set(line["means"].split()) <= {*economies, "REST"}
    for line in read_mapping("marks"):
        assert line["reason"]
        assert line["column"] in ("amount", "status", "both")


@pytest.mark.parametrize(
    ("text", "basis"),
    [("REO", "oxide-equivalent"), ("metal content", "contained"), ("LCE", "carbonate-equivalent")],
)
def test_a_basis_may_be_written_as_it_is_called(text: str, basis: str, tmp_path: Path) -> None:
    (found,), _ = read([changed(basis=text)], tmp_path)
    assert found["basis"] == basis


def test_tables_of_facts_read_names_in_the_same_way(tmp_path: Path) -> None:
    file = tmp_path / "mine" / "IndustryObservation.csv"
    file.parent.mkdir()
    header = ("industry", "measure", "period", "amount", "unit", "basis", "status", "verified")
    usual = ("production", "2021", "5", "t REO", "", "e", "yes")
    economies = ("Rest of world", "Korea", "World")
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = [(f"{name}: rare-earths/ore", *usual) for name in economies]
        csv.writer(stream).writerows([header, *rows])
    ledger = Ledger()
    facts = list(loader.Loader().read([file]).facts(ledger))
    found = [f.values for f in facts if f.term == "IndustryObservation"]
    assert [f["industry"] for f in found] == [
        "REST:facts-mine:rare-earths/ore",
        "WLD:rare-earths/ore",
    ]
    assert {(f["basis"], f["status"]) for f in found} == {("oxide-equivalent", "estimated")}
    assert [f.values["name"] for f in facts if f.term == "Aggregate"] == [
        "Rest of world (facts-mine)"
    ]
    assert "KOR" in ledger.rejected[0].reason
