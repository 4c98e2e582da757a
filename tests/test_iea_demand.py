"""The demand sheets of the IEA's workbook: figures read by hand, editions with other scenarios and
years, figures that sheets repeat, and what a wrong cell costs."""

from __future__ import annotations

import copy
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from iea_workbooks import EDITIONS, Sheets, figure, made, sheets, write
from loading import read as read_files
from loading import recognise
from orepath.loaders import bundle
from orepath.loaders.base import Ledger, Said
from orepath.loaders.registry import loader
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

SOURCE = "iea-cmd-2024"
KEY = ("used", "user", "scenario", "scenario_case", "year")
STATED, PLEDGES, ZERO = "stated-policies", "announced-pledges", "net-zero-2050"
BASE = "base case"
TOTAL = "1 Total demand for key minerals"
NOTICE = "cite as: IEA (2024), Explorer"

Demands = dict[tuple[Any, ...], dict[str, Any]]


def demands(facts: list[Fact]) -> Demands:
    """The facts of demand by what tells them apart; none is stated twice."""
    found = [dict(f.values) for f in facts if f.term == "Demand"]
    by_key = {tuple(f[name] for name in KEY): f for f in found}
    assert len(by_key) == len(found)
    return by_key


def read(path: Path) -> tuple[Demands, Ledger]:
    facts, ledger = read_files("iea-cmd", path, whole=False)
    assert ledger.balanced
    validator = Validator(load_schema())
    for fact in facts:
        validator.check(fact)
    return demands(facts), ledger


@pytest.fixture(scope="module")
def bundled() -> Demands:
    return demands(list(bundle.read(SOURCE)))


@pytest.mark.parametrize(
    ("used", "user", "scenario", "case", "year", "amount", "sheet", "line"),
    [
        ("Material:copper", "Technology:solar-pv", "base-year", BASE, 2023, 1_208_230, "1 ", 8),
        ("Material:copper", "Application:all-uses", ZERO, BASE, 2050, 40_712_500, "1 ", 17),
        ("Material:lithium", "Technology:electric-vehicle", STATED, BASE, 2030, 346_685, "1 ", 33),
        # A zero is a figure: no cobalt in the storage of 2040.
        ("Material:cobalt", "Technology:stationary-storage", STATED, BASE, 2040, 0, "1 ", 24),
        # Other uses are the same in all scenarios of lithium, and stand in each.
        ("Material:lithium", "Application:other-uses", PLEDGES, BASE, 2050, 155_100, "1 ", 36),
        ("Material:magnet-rare-earths", "Application:energy-technologies", STATED, BASE, 2030,
         39_792, "1 ", 57),
        # Graphite of all grades for vehicles, and of battery grade: two amounts of two things.
        ("Product:natural-graphite/all-grades", "Technology:electric-vehicle", "base-year", BASE,
         2023, 1_147_086, "1 ", 64),
        ("Product:natural-graphite/battery-grade", "Technology:electric-vehicle", "base-year",
         BASE, 2023, 685_564, "3.1", 33),
        ("Material:platinum-group-metals", "Application:hydrogen-technologies", ZERO, BASE, 2050,
         87.478, "3.1", 70),
        ("Material:rare-earths", "Application:energy-technologies", "base-year", BASE, 2023,
         16_331.74345, "3.2", 44),
        ("Material:gallium", "Technology:solar-pv", PLEDGES, "Wider adoption of Ga-As technology",
         2030, None, "4.1", 48),
        # The base year of a case differs from that of the base case: 400.76 kt beside 395.95.
        ("Material:copper", "Technology:electric-vehicle", "base-year", "High material prices",
         2023, 400_760, "4.3", 23),
        ("Material:nickel", "Technology:electric-vehicle", ZERO, "Limited battery size reduction",
         2050, 3_184_280, "4.3", 88),
        ("Material:copper", "Technology:electricity-grid", STATED,
         "Wider direct current (DC) technology development", 2050, 5_565_440, "4.5", 12),
        ("Material:yttrium", "Application:hydrogen-technologies", STATED, BASE, 2050, 0, "4.6",
         14),
    ],
)  # fmt: skip
def test_golden(
    bundled: Demands, used: str, user: str, scenario: str, case: str, year: int,
    amount: float | None, sheet: str, line: int,
) -> None:  # fmt: skip
    found = bundled[used, user, scenario, case, year]
    if amount is not None:
        assert found["amount"] == pytest.approx(amount, abs=1)
    assert (found["unit"], found["original_unit"], found["region"]) == ("t", "kt", "World")
    assert found["amount"] == pytest.approx(1000 * float(found["original_value"]))
    assert f"[{sheet}" in found["file"]
    assert found["line"] == line
    assert found["status"] == ("normal" if scenario == "base-year" else "forecast")
    assert found["aggregate"] == (user in ("Application:all-uses",
                                           "Application:energy-technologies"))  # fmt: skip
    assert found["verified"] is True


def test_what_is_counted_is_said(bundled: Demands) -> None:
    def basis(used: str) -> set[tuple[str, str | None]]:
        return {(f["basis"], f.get("basis_note")) for key, f in bundled.items() if key[0] == used}

    assert basis("Material:lithium") == {("contained", "lithium content, not carbonate equivalent")}
    # Natural and synthetic graphite together are neither of the two.
    assert not basis("Material:natural-graphite")
    assert basis("Material:copper") == {("not-stated", None)}


def test_the_uses_of_a_scenario_make_up_their_aggregates(bundled: Demands) -> None:
    """Of each material with a total, in each year and scenario; and nothing else does."""
    checked = 0
    for (used, user, scenario, case, year), whole in bundled.items():
        if user == "Application:all-uses":
            parts = [
                f["amount"]
                for (u, _, s, c, y), f in bundled.items()
                if (u, s, c, y) == (used, scenario, case, year) and not f["aggregate"]
            ]
            assert sum(parts) == pytest.approx(whole["amount"], rel=0.001)
            checked += 1
    assert checked == 96


@pytest.mark.parametrize("name", EDITIONS)
def test_each_edition_loads(tmp_path: Path, name: str) -> None:
    edition = EDITIONS[name]
    path = made(tmp_path, name)
    assert recognise("iea-cmd", path) == f"iea-cmd-{name}"
    found, ledger = read(path)
    assert not ledger.refused
    vehicles = ("Material:lithium", "Technology:electric-vehicle")
    assert found[*vehicles, "base-year", BASE, edition.year - 1]["amount"] == 80_000
    codes = ("current-policies", STATED, "high-demand") if name == "2026" else (
        STATED, PLEDGES, ZERO)  # fmt: skip
    for at, code in enumerate(codes):
        for step, year in enumerate(edition.years, 1):
            amount = found[*vehicles, code, BASE, year]["amount"]
            assert amount == pytest.approx(1000 * figure(80, at, step))
    together = ("Material:lithium", "Application:energy-technologies", codes[2], BASE, 2050)
    assert found[together]["amount"] == pytest.approx(1000 * figure(90, 2, len(edition.years)))
    assert ("Material:rare-earths", "Application:energy-technologies", codes[0], BASE, 2030) in (
        found)  # fmt: skip
    assert (*vehicles, codes[0], "High material prices", 2030) in found
    # Lithium 5, then of the others what no sheet before states: PGMs 2, Nd, Tb, REE, Cu, 2 cases.
    assert len(found) == 13 * (1 + 3 * len(edition.years))


def test_supply_and_demand_of_a_workbook_are_one_edition() -> None:
    assert {"Demand", "IndustryObservation"} <= {f.term for f in bundle.read(SOURCE)}


def damaged(tmp_path: Path, pages: Sheets, notice: str = NOTICE) -> tuple[Demands, Ledger]:
    return read(write(tmp_path / "damaged.xlsx", pages, notice))


def whole(tmp_path: Path) -> Demands:
    return damaged(tmp_path, sheets(EDITIONS["2024"]))[0]


def lost(before: Demands, after: Demands) -> set[tuple[Any, ...]]:
    """What is no longer stated; the rest is as before, wherever it is read."""
    assert set(after) <= set(before)
    changed = [k for k in after if after[k]["amount"] != pytest.approx(before[k]["amount"])]
    assert not changed
    return set(before) - set(after)


def changed(sheet: str, label: str, column: int, value: Any, under: str = "") -> Sheets:
    """The sheets of 2024 with another cell in the first line called ``label`` (below ``under``)."""
    pages = sheets(EDITIONS["2024"])
    rows = pages[sheet]
    start = next((n for n, row in enumerate(rows) if row[:1] == [under]), 0) if under else 0
    at = next(n for n, row in enumerate(rows) if n >= start and row[:1] == [label])
    rows[at][column] = value
    return pages


@pytest.mark.parametrize("value", ["n/a", -80, "12 or 13"])
def test_a_cell_that_is_no_figure_costs_a_cell(tmp_path: Path, value: Any) -> None:
    before = whole(tmp_path)
    after, ledger = damaged(tmp_path, changed(TOTAL, "Other uses", 3, value))
    assert lost(before, after) == {
        ("Material:lithium", "Application:other-uses", STATED, BASE, 2030)
    }
    (refused,) = ledger.cells
    assert (refused.value, refused.place.column) == (str(value), "stated-policies 2030")
    assert not ledger.rejected


def test_a_figure_that_another_sheet_has_is_taken_from_there(tmp_path: Path) -> None:
    before = whole(tmp_path)
    after, ledger = damaged(tmp_path, changed(TOTAL, "Electric vehicles", 3, "n/a"))
    assert not lost(before, after)
    key = ("Material:lithium", "Technology:electric-vehicle", STATED, BASE, 2030)
    assert "3.1 Cleantech" in after[key]["file"]
    assert len(ledger.refused) == 1


def test_sheets_that_differ_are_believed_neither(tmp_path: Path) -> None:
    before = whole(tmp_path)
    after, ledger = damaged(tmp_path, changed(TOTAL, "Electric vehicles", 3, 1000.0))
    assert lost(before, after) == {
        ("Material:lithium", "Technology:electric-vehicle", STATED, BASE, 2030)
    }
    told = [str(r.reason) for r in ledger.refused]
    assert any("1000 here, and 100 in damaged.xlsx [3.1" in reason for reason in told)
    assert any("make 1012.5, not 112.5" in reason for reason in told)


def test_figures_that_differ_by_rounding_do_not(tmp_path: Path) -> None:
    before = whole(tmp_path)
    _, ledger = damaged(tmp_path, changed("4.3 EV", "Lithium", 3, 100.04, "Base case"))
    assert not ledger.refused
    assert len(before) == len(damaged(tmp_path, sheets(EDITIONS["2024"]))[0])


def test_a_sum_that_its_lines_do_not_make_is_refused(tmp_path: Path) -> None:
    pages = sheets(EDITIONS["2024"])
    rows = pages[TOTAL]
    rows.remove(next(row for row in rows if row[:1] == ["Other uses"]))
    before = whole(tmp_path)
    after, ledger = damaged(tmp_path, pages)
    assert {key[1] for key in lost(before, after)} == {
        "Application:other-uses", "Application:all-uses"}  # fmt: skip
    (refused,) = ledger.rejected
    assert "a line is lost or a figure changed" in refused.reason


def test_a_wrong_figure_of_a_case_is_told_by_its_sum(tmp_path: Path) -> None:
    _, ledger = damaged(tmp_path, changed("4.3 EV", "Copper", 4, 4000.0, "High material prices"))
    (refused,) = ledger.cells
    assert "the lines of 'High material prices' make" in refused.reason
    assert refused.place.column == "stated-policies 2035"


@pytest.mark.parametrize(
    ("sheet", "label", "value", "word"),
    [
        (TOTAL, "Other uses", "Nuclear power", "no use of minerals is known as 'Nuclear power'"),
        ("4.3 EV", "Copper", "Coppper", "no material is called"),
    ],
)
def test_an_unknown_name_is_named_and_costs_its_line(
    tmp_path: Path, sheet: str, label: str, value: str, word: str
) -> None:
    before = whole(tmp_path)
    after, ledger = damaged(tmp_path, changed(sheet, label, 0, value))
    (refused,) = ledger.rejected
    assert word in refused.reason
    assert refused.value == value
    assert len(lost(before, after)) == 16


def test_a_name_with_a_slip_has_a_suggestion(tmp_path: Path) -> None:
    _, ledger = damaged(tmp_path, changed(TOTAL, "Electric vehicles", 0, "Electric vehicels"))
    (refused,) = ledger.rejected
    assert "Did you mean 'electric vehicles'?" in refused.remedy


def test_an_unknown_scenario_is_told_once_and_the_others_load(tmp_path: Path) -> None:
    pages = {TOTAL: sheets(EDITIONS["2024"])[TOTAL]}
    pages[TOTAL][3][pages[TOTAL][3].index("Announced Pledges scenario")] = "Delayed Recovery case"
    found, ledger = damaged(tmp_path, pages)
    (refused,) = ledger.refused
    assert refused.value == "Delayed Recovery case"
    assert "iea_cmd/scenarios.csv" in refused.remedy
    assert {key[2] for key in found} == {"base-year", STATED, ZERO}


@pytest.mark.parametrize(
    ("at", "cell", "word"),
    [
        (1, "Minerals by scenario", "no title 'Demand for"),
        (1, "Mineral demand for flying cars (kt)", "no use of minerals is known as 'flying cars'"),
        (4, "", "no row of scenarios stands above a row of years"),
    ],
)
def test_a_sheet_of_another_layout_is_one_fault(
    tmp_path: Path, at: int, cell: str, word: str
) -> None:
    pages = sheets(EDITIONS["2024"])
    pages["4.3 EV"][at] = [cell]
    found, ledger = damaged(tmp_path, pages)
    (refused,) = ledger.refused
    assert word in refused.reason
    assert "damaged.xlsx [4.3 EV]" in str(refused.place)
    assert len(found) == 10 * 16
    # Where there is nothing else, the load says it at once.
    with pytest.raises(OrepathError) as error:
        damaged(tmp_path, {"4.3 EV": pages["4.3 EV"]})
    assert word in error.value.message


def test_a_figure_below_no_year_is_refused_alone(tmp_path: Path) -> None:
    before = whole(tmp_path)
    after, ledger = damaged(tmp_path, changed(TOTAL, "Other uses", 2, 77.0))
    assert not lost(before, after)
    (refused,) = ledger.cells
    assert refused.value == "77"
    assert "no year stands above this figure" in refused.reason


def test_an_edition_that_is_not_named_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "unnamed.xlsx", sheets(EDITIONS["2024"]), "no year")
    with pytest.raises(OrepathError, match="says nowhere") as error:
        read(path)
    assert "--edition" in str(error.value.hint)
    said = loader("iea-cmd").read([path], whole=False, said=Said(edition="2024"))
    assert said.source == SOURCE


def test_another_unit_is_read(tmp_path: Path) -> None:
    pages = sheets(EDITIONS["2024"])
    for rows in pages.values():
        rows[1] = [rows[1][0].replace("(kt)", "(Mt)")]
    found, _ = damaged(tmp_path, pages)
    key = ("Material:lithium", "Application:other-uses", "base-year", BASE, 2023)
    assert found[key]["amount"] == 60_000_000


def test_one_wrong_cell_changes_at_most_one_fact(tmp_path: Path) -> None:
    """Sixty cells below the years, each in turn replaced by what is no figure."""
    before = whole(tmp_path)
    draw = random.Random(7)
    for _ in range(60):
        pages = copy.deepcopy(sheets(EDITIONS["2024"]))
        rows = pages[draw.choice(sorted(pages))]
        row = draw.choice([r for r in rows[6:] if len(r) > 2 and not r[0].startswith("Share")])
        column = draw.choice([n for n, cell in enumerate(row) if n and cell != ""])
        row[column] = draw.choice(["n/a", "-", "x", -1])
        after, ledger = damaged(tmp_path, pages)
        assert len(lost(before, after)) <= 1
        if row[0] not in ("Total", "Total EV"):
            assert len(ledger.refused) == 1


def test_one_figure_ten_times_too_large_is_never_believed_where_sheets_repeat_it(
    tmp_path: Path,
) -> None:
    before = whole(tmp_path)
    said = Counter[float]()
    for column in range(3, 8):
        pages = changed(TOTAL, "Electric vehicles", column, 9999.0)
        after, ledger = damaged(tmp_path, pages)
        assert len(lost(before, after)) == 1
        said[len(ledger.refused)] += 1
    assert min(said) >= 2
