"""A publisher's table, as users have it, states what the publisher's states.

Families of changes that spreadsheet programs, portals and copies make are drawn for a sample of
each publisher; what is wrong in the table costs a row, or is named.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from loading import read
from orepath.loaders.base import NOTHING_SAID, Ledger, Said
from orepath.loaders.base.numbers import Signs
from orepath.loaders.base.sheets import sheet_rows
from orepath.loaders.base.survey import few
from orepath.loaders.base.trailing import without_notes
from orepath.loaders.load import opened
from orepath.ontology.errors import FactError, OrepathError

SAMPLES = Path(__file__).parent / "samples"
Rows = list[list[str]]
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Sample:
    """A publisher's small table: its loader, a column of figures, what the user says of it, and
    the name under which it is recognised."""

    publication: str
    figures: str
    said: Said = NOTHING_SAID
    name: str = ""


TABLES = {
    "bgs_wms/gallium.csv": Sample("bgs-wms", "quantity"),
    "cepii_baci.csv": Sample(
        "cepii-baci", "value_kusd", Said("2026-01", "HS2017"), "baci_2024.csv"
    ),
    "eurostat_comext.csv": Sample("eurostat-comext", "VALUE_IN_EUROS"),
    "iea_cmd/lines_2025.csv": Sample("iea-cmd", "value"),
    "usgs_mcs/MCS2025_World_Data.csv": Sample("usgs-mcs", "PROD_2023"),
    "usgs_mcs/mcs2024-antim_world.csv": Sample("usgs-mcs", "Prod_t_2022"),
    "wb_wgi.csv": Sample("wb-wgi", "estimate"),
    "wmd.csv": Sample("wmd", "production", Said("2026")),
}
keys = st.sampled_from(sorted(TABLES))


@cache
def table(key: str) -> Rows:
    """The cells of a sample."""
    text = (SAMPLES / key).read_text("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text, newline="")) if any(row)]


def stated(key: str, file: Path) -> tuple[list[Any], Ledger]:
    """What a file states, without where it stands there and how it was printed; and the ledger."""
    sample = TABLES[key]
    files = opened([file], sample.publication)
    facts, ledger = read(sample.publication, *files, whole=False, said=sample.said)
    aside = ("file", "line", "original_value")
    return [
        (fact.term, {k: v for k, v in fact.values.items() if k not in aside}) for fact in facts
    ], ledger


def save(folder: Path, key: str, content: bytes, ending: str = "") -> Path:
    """A file under the name that the sample must have."""
    name = TABLES[key].name or Path(key).name
    file = folder / (Path(name).stem + ending if ending else name)
    file.write_bytes(content)
    return file


def text(rows: Rows, delimiter: str = ",", end: str = "\r\n") -> str:
    """Rows as delimited text."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(rows)
    return stream.getvalue()


def book(rows: Rows, cover: bool = False) -> bytes:
    """Rows as a workbook, with numbers as such; below a title, after a cover if there is one."""
    made = Workbook()
    sheet: Any = made.active
    if cover:
        sheet["A1"] = "About these data"
        sheet = made.create_sheet("Data")
    sheet.append(["Table of the publisher"])
    sheet.merge_cells("A1:C1")
    for row in rows:
        sheet.append([_typed(cell) for cell in row])
    made.save(stream := io.BytesIO())
    return stream.getvalue()


def _typed(cell: str) -> str | float | None:
    whole = cell.isascii() and cell.isdigit() and not cell.startswith("0")
    return int(cell) if whole else cell or None


def wide(rows: Rows, *cells: str) -> list[str]:
    """A row of the table's width."""
    return [*cells, *[""] * (len(rows[0]) - len(cells))]


CHANGES: dict[str, Callable[[Rows], Rows]] = {
    "none": lambda r: r,
    "a column without figures": lambda r: [[*row, "seen" if n else ""] for n, row in enumerate(r)],
    "the numbers of the rows": lambda r: [[str(n) if n else "", *row] for n, row in enumerate(r)],
    "blank columns": lambda r: [[*row, "", ""] for row in r],
    "a delimiter after each row": lambda r: [r[0], *([*row, ""] for row in r[1:])],
    "blank rows": lambda r: [each for row in r for each in (row, wide(r))],
    "the header again": lambda r: [*r[:2], r[0], *r[2:]],
    "headers in capitals": lambda r: [[cell.upper() for cell in r[0]], *r[1:]],
    "headers with spaces": lambda r: [[f" {cell.replace('_', ' ')} " for cell in r[0]], *r[1:]],
    "notes below": lambda r: [*r, wide(r), wide(r, "Source: the publisher.")],
    "marks explained below": lambda r: [*r, ["* estimated, or withheld"], ["(a) see above"]],
    "a title above": lambda r: [["Table of the publisher"], [], *r],
    "another order of columns": lambda r: [row[::-1] for row in r],
}


@QUICK
@given(
    key=keys,
    change=st.sampled_from(sorted(CHANGES)),
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_programs_do_to_a_table_changes_no_fact(
    tmp_path: Path, key: str, change: str, delimiter: str, encoding: str, end: str
) -> None:
    expected, before = stated(key, save(tmp_path, key, text(table(key)).encode()))
    rows = CHANGES[change]([list(row) for row in table(key)])
    found, after = stated(key, save(tmp_path, key, text(rows, delimiter, end).encode(encoding)))
    assert found == expected
    assert len(after.refused) == len(before.refused)


@QUICK
@given(key=keys, form=st.sampled_from(["xlsx", "xlsx in csv", "cover", "gz", "zip"]))
def test_a_table_is_known_in_any_container(tmp_path: Path, key: str, form: str) -> None:
    plain = text(table(key)).encode()
    expected, before = stated(key, save(tmp_path, key, plain))
    if form == "gz":
        file = save(tmp_path, key, gzip.compress(plain), ".csv.gz")
    elif form == "zip":
        with zipfile.ZipFile(stream := io.BytesIO(), "w") as archive:
            archive.writestr("data/" + (TABLES[key].name or Path(key).name), plain)
            archive.writestr("__MACOSX/data/._x.csv", b"\0")
        file = save(tmp_path, key, stream.getvalue(), ".zip")
    else:
        content = book(table(key), cover=form == "cover")
        file = save(tmp_path, key, content, "" if form == "xlsx in csv" else ".xlsx")
    found, after = stated(key, file)
    assert found == expected
    assert len(after.refused) == len(before.refused)


WITHOUT_NUMBER = ["n.a.", "12 e", "~10", "#N/A", "1.2.3", "(12)", "$12", "1e400", "12 (r)"]


@QUICK
@given(key=keys, cell=st.sampled_from(WITHOUT_NUMBER), at=st.integers(0, 99))
def test_a_bad_cell_costs_a_cell(tmp_path: Path, key: str, cell: str, at: int) -> None:
    expected, before = stated(key, save(tmp_path, key, text(table(key)).encode()))
    column = table(key)[0].index(TABLES[key].figures)
    rows = [list(row) for row in table(key)]
    full = [n for n, row in enumerate(rows) if n and row[column][:1].isdigit()]
    rows[full[at % len(full)]][column] = cell
    found, after = stated(key, save(tmp_path, key, text(rows).encode()))
    assert all(fact in expected for fact in found)
    lost = [fact for fact in expected if fact not in found]
    assert sum("Observation" in t or t in ("TradeFlow", "GovernanceScore") for t, _ in lost) <= 1
    assert len(after.refused) - len(before.refused) <= 1


@QUICK
@given(key=keys, form=st.sampled_from(["total", "again", "part"]))
def test_a_row_too_many_alters_no_other(tmp_path: Path, key: str, form: str) -> None:
    expected, _ = stated(key, save(tmp_path, key, text(table(key)).encode()))
    rows = [list(row) for row in table(key)]
    rows += [wide(rows, "Total")] if form == "total" else [rows[1]] if form == "again" else []
    found, _ = stated(key, save(tmp_path, key, text(rows).encode()))
    assert found == expected


@pytest.mark.parametrize("key", sorted(TABLES))
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "is a web page and no table"),
        (b"\xef\xbb\xbf\n<table><tr><td>1</td></tr></table>", "is a web page and no table"),
        (b"%PDF-1.7\n", "is a PDF document"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
        (b"", "is empty"),
        (b"  \r\n \r\n", "is empty"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(
    tmp_path: Path, key: str, content: bytes, what: str
) -> None:
    with pytest.raises(OrepathError) as error:
        stated(key, save(tmp_path, key, content))
    assert what in error.value.message or "no column" in error.value.message
    assert error.value.hint


def signs(cells: list[str], delimiter: str) -> Signs:
    """The signs of a table of one column."""
    return Signs(lambda _: iter(cells), delimiter)


@given(
    value=st.decimals(1, 10**9, places=2, allow_nan=False, allow_infinity=False),
    separator=st.sampled_from([",", " ", "'", "’", "\u202f"]),
    delimiter=st.sampled_from([",", ";", "\t", ""]),
)
def test_separators_of_thousands_are_no_part_of_a_number(
    value: Any, separator: str, delimiter: str
) -> None:
    cell = f"{value:,}".replace(",", separator)
    assert float(signs([cell], delimiter).plain(cell, "a")) == float(value)


@given(
    value=st.decimals(1, 10**9, places=2, allow_nan=False, allow_infinity=False),
    delimiter=st.sampled_from([";", "\t", ""]),
)
def test_a_decimal_comma_is_known_by_its_column(value: Any, delimiter: str) -> None:
    cell = f"{value:,}".translate(str.maketrans(",.", ".,"))
    assert float(signs([cell], delimiter).plain(cell, "a")) == float(value)


@pytest.mark.parametrize(
    ("cells", "delimiter"),
    [(["1,234"], ","), (["1.234"], ";"), (["1.234", "1,5"], ""), (["1.234", "1,5"], ",")],
)
def test_a_doubtful_number_is_refused_with_both_readings(cells: list[str], delimiter: str) -> None:
    with pytest.raises(FactError, match=r"can be 1234 or 1\.234"):
        signs(cells, delimiter).plain(cells[0], "a")


def test_a_list_beside_a_figure_is_no_decimal_comma() -> None:
    one = Signs(lambda column: iter(["1,234"] if column else ["1,5", "1,234"]), ",")
    with pytest.raises(FactError, match="can be"):
        one.plain("1,234", "a")


@pytest.mark.parametrize(
    ("below", "torn", "kept"),
    [
        ([(5, ["Source: x"])], False, 0),
        ([(5, ["Source: x", " 2024"])], False, 0),
        ([(7, ["anything"]), (8, ["more"])], False, 0),
        ([(4, ["anything", "", ""])], False, 1),
        ([(6, ["anything", "", ""])], False, 0),
        ([(4, ["20"])], True, 1),
        ([(4, ["Source: x"])], True, 0),
        ([(4, ["Source: x"]), (5, ["1", "2", "3"])], False, 2),
    ],
)
def test_only_what_stands_below_a_table_is_a_note(
    below: list[tuple[int, list[str]]], torn: bool, kept: int
) -> None:
    rows = [(1, ["a", "b", "c"]), (3, ["1", "2", "3"])]
    found = list(without_notes(iter([*rows, *below]), torn))
    assert found[: len(rows)] == rows
    assert len(found) == len(rows) + kept


def test_a_merged_cell_names_its_rows_and_a_merged_figure_none(tmp_path: Path) -> None:
    made = Workbook()
    sheet: Any = made.active
    for row in (["c", "y", "v"], ["Peru", 2024, 5], ["", "", ""], ["Chile", 2023, 7]):
        sheet.append(row)
    for cells in ("A2:A3", "B2:B3", "C2:C3"):
        sheet.merge_cells(cells)
    made.save(tmp_path / "t.xlsx")
    found = [cells for _, cells in sheet_rows(tmp_path / "t.xlsx")]
    assert found[1:] == [["Peru", "2024", "5"], ["Peru", "2024", ""], ["Chile", "2023", "7"]]


@given(rows=st.integers(1, 10**6))
def test_few_rows_are_never_most(rows: int) -> None:
    assert few(rows) <= max(rows / 2, rows * 0.01)
    assert few(rows) >= min(3, rows / 2)
