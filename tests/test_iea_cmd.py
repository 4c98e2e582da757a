"""The IEA Critical Minerals Dataset: figures read by hand from the workbook and from the lines of
2025, sums, projections, and what is refused.

The samples hold the sheet of supply and some tables of the lines (CC BY 4.0); where the whole
files are at hand, they are read too."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from loading import read as read_files
from loading import recognise
from orepath.loaders import bundle
from orepath.loaders.base import Ledger, Said, sha256
from orepath.loaders.base.declaration import declaration
from orepath.loaders.iea_cmd.lines import amount as figure_in
from orepath.loaders.iea_cmd.lines import line as line_of
from orepath.loaders.registry import all_editions, loader
from orepath.ontology.errors import FactError, OrepathError, RefusedError
from orepath.ontology.facts import Fact

WORKBOOK = "data/iea/CM_Data_Explorer_2024-05.xlsx"
LINES = "facts/iea_supply_2025.csv"
FILES = {"iea-cmd-2024": WORKBOOK, "iea-cmd-2025": LINES}
SAMPLES = Path(__file__).parent / "samples/iea_cmd"
SOME_LINES = SAMPLES / "lines_2025.csv"
COLUMNS = tuple(declaration("iea_cmd").tables["lines"].columns)

Grid = list[list[Any]]

TITLE = "Total supply for key energy transition minerals, base case (kt)"
SMALL: Grid = [
    [TITLE],
    [],
    ["", 2026, 2030, "", "", 2026, 2030],
    ["Cobalt - Mining", "", "", "", "Cobalt - Refining"],
    ["Democratic Republic of Congo", 157.5, 215, "", "China", 171.7, 230.8],
    ["Indonesia", 19.5, "", "", "Finland", 0, 20],
    ["Rest of world", 47.900000000000034, 50, "", "Rest of world", 20, 30],
    ["Total", 224.9, 265, "", "Total", 191.7, 280.8],
    ["Top 3 share", 0.9, 0.8, "", "Top 3 share", 1, 1],
    ["Notes: made up."],
]


def workbook(path: Path, grid: Grid = SMALL, notice: str = "cite as: IEA (2027), Explorer") -> Path:
    """A workbook in the publisher's layout."""
    book = Workbook(write_only=True)
    book.create_sheet("Cover").append(["Explorer", 2026])
    sheet = book.create_sheet("2 Total supply for key minerals")
    for row in grid:
        sheet.append([None if cell == "" else cell for cell in row])
    book.create_sheet("Notice").append([None, notice])
    book.save(path)
    return path


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with the publisher's sheet of supply of 2024."""
    with (SAMPLES / "supply_2024.csv").open(encoding="utf-8", newline="") as stream:
        grid: Grid = [[figure(cell) for cell in row] for row in csv.reader(stream)]
    path = tmp_path_factory.mktemp("iea") / "explorer_2024.xlsx"
    return workbook(path, grid, "IEA (2024), Critical Minerals Data Explorer")


def figure(cell: str) -> float | str:
    """A cell as the workbook has it: a number where it is one."""
    with suppress(ValueError):
        return float(cell)
    return cell


def read(path: Path, *, whole: bool = False) -> tuple[list[Fact], Ledger]:
    facts, ledger = read_files("iea-cmd", path, whole=whole)
    return facts, ledger


def observed(facts: Sequence[Fact], industry: str, period: str) -> dict[str, Any]:
    (found,) = [
        dict(f.values)
        for f in facts
        if f.term == "IndustryObservation"
        and (f.values["industry"], f.values["period"]) == (industry, period)
    ]
    return found


@pytest.mark.parametrize(("source", "used"), [("iea-cmd-2024", 314), ("iea-cmd-2025", 85)])
def test_every_line_of_the_real_files_is_booked(shared: Path, source: str, used: int) -> None:
    name = FILES[source]
    path = shared / name
    assert recognise("iea-cmd", path) == source
    assert sha256(path) in [file.sha256 for file in all_editions()[source].files]
    facts, ledger = read(path, whole=True)
    assert bundle.render(facts) == bundle.render(bundle.read(source))
    assert ledger.used == used
    assert not ledger.refused
    assert ledger.left["Share of the three largest, which follows from the lines beside it"] == 12


@pytest.mark.parametrize(
    ("source", "industry", "period", "amount", "status", "basis", "line"),
    [
        ("iea-cmd-2024", "CHL:copper/ore", "2023", 5_311_300, "normal", "contained", 7),
        ("iea-cmd-2024", "COD:cobalt/ore", "2023", 157_000, "normal", "contained", 18),
        ("iea-cmd-2024", "COD:cobalt/ore", "2030", 215_000, "forecast", "contained", 18),
        # Labelled "Total clean technologies" in the file.
        ("iea-cmd-2024", "WLD:cobalt/refined", "2023", 223_800, "normal", "contained", 24),
        # "Lithium - Chemicals", lithium content.
        ("iea-cmd-2024", "CHN:lithium/compounds", "2040", 215_100, "forecast", "contained", 28),
        # A zero is a figure.
        ("iea-cmd-2024", "IDN:cobalt/refined", "2023", 0, "normal", "contained", 21),
        ("iea-cmd-2024", "TZA:natural-graphite/ore", "2023", 0, "normal", "not-stated", 54),
        ("iea-cmd-2024", "CHN:natural-graphite/battery-grade", "2023", 1_851_900, "normal",
         "not-stated", 49),
        ("iea-cmd-2024", "MMR:magnet-rare-earths/ore", "2035", 9_800, "forecast", "not-stated", 61),
        # 7071.700000000003 in the cell.
        ("iea-cmd-2024", "REST:iea-cmd:copper/ore", "2030", 7_071_700, "forecast", "contained", 13),
        ("iea-cmd-2025", "COD:cobalt/ore", "2024", 181_796, "normal", "contained", 11),
        ("iea-cmd-2025", "WLD:copper/ore", "2024", 22_794_000, "normal", "contained", 9),
        ("iea-cmd-2025", "CAN:natural-graphite/battery-grade", "2024", 0, "normal", "not-stated",
         21),
        ("iea-cmd-2025", "MYS:magnet-rare-earths/refined", "2024", 3_625, "normal", "not-stated",
         35),
    ],
)  # fmt: skip
def test_golden(
    sheet: Path,
    source: str,
    industry: str,
    period: str,
    amount: float,
    status: str,
    basis: str,
    line: int,
) -> None:
    found = observed(read(sheet if source == "iea-cmd-2024" else SOME_LINES)[0], industry, period)
    assert found["amount"] == amount
    assert found["unit"] == "t"
    assert found["original_unit"] == "kt"
    expected = (source, status, basis, line, "production", True)
    keys = ("source", "status", "basis", "line", "measure", "verified")
    assert tuple(found[key] for key in keys) == expected


def test_totals_and_residuals_make_nothing(sheet: Path) -> None:
    facts, _ = read(sheet)
    totals = {f.values["start"] for f in facts if f.term == "totals"}
    made = {f.values["industry"] for f in facts if f.term == "Making"}
    assert len(totals) == 24
    assert all(str(t).startswith(("WLD:", "REST:iea-cmd:")) for t in totals)
    assert not totals & made


def test_a_residual_that_repeats_a_line_says_so(sheet: Path) -> None:
    """Nickel of Australia is in the rest of the world too: 3,561.9 kt beside a sum of 3,450.5."""
    facts, _ = read(sheet)
    assert "includes Australia" in observed(facts, "REST:iea-cmd:nickel/ore", "2023")["note"]
    assert observed(facts, "REST:iea-cmd:cobalt/ore", "2023")["note"] is None


def test_projections_name_their_case(sheet: Path) -> None:
    facts, _ = read(sheet)
    for fact in facts:
        if fact.term == "IndustryObservation":
            ahead = str(fact.values["period"]) > "2023"
            assert (fact.values["status"] == "forecast") == ahead
            assert ("base case" in str(fact.values["note"])) == ahead


def test_the_next_edition_needs_no_code(tmp_path: Path) -> None:
    path = workbook(tmp_path / "next.xlsx")
    assert recognise("iea-cmd", path) == "iea-cmd-2027"
    facts, ledger = read(path)
    assert observed(facts, "COD:cobalt/ore", "2026")["status"] == "normal"
    assert observed(facts, "CHN:cobalt/refined", "2030")["status"] == "forecast"
    assert observed(facts, "REST:iea-cmd:cobalt/ore", "2026")["amount"] == 47_900
    # A blank cell is no zero.
    assert not [f for f in facts if f.values.get("industry") == "IDN:cobalt/ore"
                and f.values.get("period") == "2030"]  # fmt: skip
    assert ledger.used == 8


def changed(row: int, column: int, value: Any) -> Grid:
    grid = [list(cells) for cells in SMALL]
    grid[row][column] = value
    return grid


@pytest.mark.parametrize(
    ("grid", "words"),
    [
        pytest.param(SMALL[:7], "without its sum", id="cut off"),
        pytest.param(changed(4, 1, 1575), "make", id="figure changed"),
        pytest.param([*SMALL[:5], *SMALL[6:]], "make", id="line lost"),
        pytest.param(SMALL[1:], "no title", id="title lost"),
        pytest.param([*SMALL[:2], *SMALL[3:]], "no row of years", id="years lost"),
        pytest.param([["", *row] if i == 2 else row for i, row in enumerate(SMALL)],
                     "without", id="shifted header"),
        pytest.param([*SMALL[:9], *SMALL[4:9]], "goes on after its sum", id="heading lost"),
    ],
)  # fmt: skip
def test_a_damaged_workbook_is_refused(tmp_path: Path, grid: Grid, words: str) -> None:
    path = workbook(tmp_path / "damaged.xlsx", grid)
    with pytest.raises(OrepathError, match=words) as error:
        recognise("iea-cmd", path)
    assert "damaged.xlsx" in error.value.message


@pytest.mark.parametrize(
    ("grid", "value", "remedy"),
    [
        (changed(4, 0, "Kongo Free Land"), "Kongo Free Land", "economies.csv"),
        (changed(3, 4, "Cobalt - Smelting"), "Cobalt - Smelting", "iea_cmd/products.csv"),
        (changed(5, 1, "n/a"), "n/a", "Download"),
        (changed(5, 1, -19.5), "-19.5", "Download"),
    ],
)
def test_what_is_not_understood_is_refused_by_line(
    tmp_path: Path, grid: Grid, value: str, remedy: str
) -> None:
    _, ledger = read(workbook(tmp_path / "odd.xlsx", grid))
    assert ledger.rejected
    assert {r.value for r in ledger.rejected} == {value}
    assert all(remedy in r.remedy for r in ledger.rejected)


def test_other_workbooks_and_files_are_not_taken(sheet: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(sheet.read_bytes()[:4_000])
    foreign = tmp_path / "foreign.xlsx"
    book = Workbook()
    book.save(foreign)
    projects = tmp_path / "projects.csv"
    projects.write_text("project,country,value,note\nMine,Chile,3,\n", "utf-8")
    unnamed = workbook(tmp_path / "unnamed.xlsx", notice="no year")
    others = [
        cut,
        unnamed,
        foreign,
        projects,
        SAMPLES.parent / "wb_wgi.csv",
    ]
    for path in others:
        with pytest.raises(OrepathError) as error:
            recognise("iea-cmd", path)
        assert path.name in error.value.message
    with pytest.raises(OrepathError, match="one file"):
        recognise("iea-cmd", unnamed, unnamed)


def rewritten(path: Path, change: Callable[[list[list[str]]], list[list[str]]]) -> str:
    out = io.StringIO(newline="")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    csv.writer(out).writerows(change(rows))
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_order_and_encoding_of_the_lines_change_nothing(tmp_path: Path, encoding: str) -> None:
    copy = tmp_path / SOME_LINES.name
    text = rewritten(SOME_LINES, lambda rows: [[f" {c} " for c in reversed(r)] for r in rows])
    copy.write_bytes(text.encode(encoding))
    facts, _ = read(copy)
    assert [dict(f.values) for f in facts] == [dict(f.values) for f in read(SOME_LINES)[0]]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    def without(rows: list[list[str]]) -> list[list[str]]:
        at = rows[0].index(column)
        return [row[:at] + row[at + 1 :] for row in rows]

    copy = tmp_path / "lines.csv"
    copy.write_text(rewritten(SOME_LINES, without), "utf-8", newline="")
    with pytest.raises(OrepathError, match=column):
        recognise("iea-cmd", copy)


@pytest.mark.parametrize("rows", [1, 2, 40, 96])
def test_lines_cut_off_are_noticed(shared: Path, tmp_path: Path, rows: int) -> None:
    """In the middle of a table, and between two of them."""
    copy = tmp_path / "lines.csv"
    copy.write_text(rewritten(shared / LINES, lambda all_: all_[:rows]), "utf-8", newline="")
    with pytest.raises(OrepathError, match=r"lines\.csv"):
        recognise("iea-cmd", copy)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (1, r"lines\.csv has a header and no rows"),
        (2, r"lines\.csv, line 2: .*ends without its sum"),
        (20, r"lines\.csv, line 20: .*ends without its sum"),
        (17, r"lines\.csv has no table of cobalt/refined, .*cut off"),
    ],
)
def test_lines_cut_off_are_named(tmp_path: Path, rows: int, words: str) -> None:
    copy = tmp_path / "lines.csv"
    copy.write_text(rewritten(SOME_LINES, lambda all_: all_[:rows]), "utf-8", newline="")
    with pytest.raises(OrepathError, match=words):
        recognise("iea-cmd", copy)


@pytest.mark.parametrize(
    ("column", "cell"),
    [("measure", "demand"), ("reference_period", "about 2024"), ("note", "the last edition")],
)
def test_cells_of_another_table_are_refused(tmp_path: Path, column: str, cell: str) -> None:
    def change(rows: list[list[str]]) -> list[list[str]]:
        rows[4][rows[0].index(column)] = cell
        return rows

    copy = tmp_path / "lines.csv"
    copy.write_text(rewritten(SOME_LINES, change), "utf-8", newline="")
    with pytest.raises(OrepathError, match=f"line 5, column {column}: '{cell}' cannot stand"):
        recognise("iea-cmd", copy)


@given(st.one_of(st.floats(), st.text(max_size=8)))
def test_the_parser_of_figures_knows_numbers_only(value: float | str) -> None:
    with suppress(FactError):
        assert figure_in(line_of("f", 1, {}, {2024: str(value)}), "2024") >= 0


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    damage=st.lists(
        st.tuples(
            st.integers(0, len(SMALL) - 1),
            st.integers(0, 6),
            st.one_of(st.integers(-5, 3000), st.text("aIE2 -\n", max_size=5), st.none()),
        ),
        min_size=1,
        max_size=3,
    )
)  # fmt: skip
def test_damage_never_invents_a_figure(
    tmp_path: Path, damage: list[tuple[int, int, int | str | None]]
) -> None:
    """Changed cells: an error, refused lines, or figures within the rounding of their sum."""
    grid = [row + [""] * (7 - len(row)) for row in SMALL]
    for row, column, value in damage:
        grid[row][column] = "" if value is None else value
    path = workbook(tmp_path / "damaged.xlsx", grid)
    with suppress(OrepathError):
        facts, _ = read(path, whole=True)
        assert all(f.values["amount"] is not None for f in facts if f.term == "IndustryObservation")


def test_the_edition_that_a_workbook_says_is_not_overruled(tmp_path: Path) -> None:
    path = workbook(tmp_path / "explorer.xlsx")
    reader = loader("iea-cmd")
    assert reader.read([path], whole=False, said=Said(edition="2027")).source == "iea-cmd-2027"
    with pytest.raises(RefusedError, match=r"explorer\.xlsx: these files are edition 2027"):
        reader.read([path], whole=False, said=Said(edition="2025"))
