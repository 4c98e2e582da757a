"""A table in any form that a spreadsheet program gives it states the same facts.

Delimiters, encodings, decimal signs, titles above the header, a name that is not that of the
format; and a cell that is wrong costs its row and nothing else.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from orepath.loaders.base import Ledger
from orepath.loaders.base.numbers import decimal_comma
from orepath.loaders.base.tables import Table
from orepath.loaders.facts import figures
from orepath.ontology.errors import OrepathError

HEADER = ["economy", "product", "period", "amount", "unit", "note"]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
TITLES: tuple[list[str], ...] = (
    [],
    ["Production of cobalt"],
    ["Production of cobalt, by country", "", "Source: a report"],
    ["sep={}"],
    ["Production of cobalt{0}{0}{0}{0}{0}", "{0}{0}{0}{0}{0}"],
)
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

numbers = st.one_of(
    st.integers(0, 10**7).map(str),
    st.decimals(0, 10**6, places=2, allow_nan=False, allow_infinity=False).map(str),
)
tables = st.lists(
    st.tuples(numbers, st.sampled_from(["", "mine output", "Côte", "a, b; c", '"so"'])),
    min_size=1,
    max_size=6,
)


def rows_of(table: list[tuple[str, str]]) -> list[list[str]]:
    return [
        ["China", "cobalt/refined", str(2000 + at), amount, "t", note]
        for at, (amount, note) in enumerate(table)
    ]


def text(rows: list[list[str]], delimiter: str, titles: list[str], end: str = "\r\n") -> str:
    stream = io.StringIO(newline="")
    stream.writelines(title.format(delimiter) + end for title in titles)
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows([HEADER, *rows])
    return stream.getvalue()


def read(file: Path) -> tuple[list[Any], Ledger]:
    ledger = Ledger()
    facts = list(figures.Loader().read([file]).facts(ledger))
    assert ledger.balanced
    found = [f.values for f in facts if f.term == "IndustryObservation"]
    return [(f["period"], f["amount"], f["note"]) for f in found], ledger


def expected(table: list[tuple[str, str]]) -> list[Any]:
    return [(str(2000 + n), float(a), note or None) for n, (a, note) in enumerate(table)]


@QUICK
@given(
    table=tables,
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(ENCODINGS),
    titles=st.sampled_from(TITLES),
    end=st.sampled_from(["\n", "\r\n"]),
    name=st.sampled_from(["t.csv", "t.xlsx", "t.txt"]),
)
def test_any_form_of_text_states_the_same(
    tmp_path: Path,
    table: list[tuple[str, str]],
    delimiter: str,
    encoding: str,
    titles: list[str],
    end: str,
    name: str,
) -> None:
    file = tmp_path / name
    file.write_bytes(text(rows_of(table), delimiter, titles, end).encode(encoding))
    found, ledger = read(file)
    assert not ledger.rejected
    assert found == expected(table)


@QUICK
@given(table=tables, delimiter=st.sampled_from(";\t"), groups=st.booleans())
def test_decimal_commas_state_the_same_or_are_refused(
    tmp_path: Path, table: list[tuple[str, str]], delimiter: str, groups: bool
) -> None:
    written = []
    for amount, note in table:
        whole, _, cents = amount.partition(".")
        whole = f"{int(whole):,}".replace(",", ".") if groups else whole
        written.append((f"{whole},{cents}" if cents else whole, note))
    file = tmp_path / "t.csv"
    file.write_text(text(rows_of(written), delimiter, []), "utf-8")
    found, ledger = read(file)
    comma = any("," in amount for amount, _ in written)
    if comma or not groups:
        assert not ledger.rejected
        assert found == expected(table)
    elif delimiter == ";":  # nothing shows whether 1.234 is more than a thousand
        assert all(each in expected(table) for each in found)


@QUICK
@given(table=tables, titles=st.integers(0, 3), name=st.sampled_from(["t.xlsx", "t.csv"]))
def test_a_workbook_of_any_name_states_the_same(
    tmp_path: Path, table: list[tuple[str, str]], titles: int, name: str
) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Figures")
    for _ in range(titles):
        sheet.append(["Production of cobalt"])
    sheet.append(HEADER)
    for row in rows_of(table):
        sheet.append([*row[:2], int(row[2]), float(row[3]), *row[4:]])
    book.save(tmp_path / "book.xlsx")
    file = (tmp_path / "book.xlsx").rename(tmp_path / name)
    assert read(file)[0] == expected(table)


@QUICK
@given(
    table=tables,
    at=st.integers(0, 5),
    column=st.integers(0, 5),
    cell=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=9),
)
def test_a_wrong_cell_costs_its_row_at_most(
    tmp_path: Path, table: list[tuple[str, str]], at: int, column: int, cell: str
) -> None:
    rows = rows_of(table)
    at %= len(rows)
    rows[at][column] = cell
    file = tmp_path / "t.csv"
    file.write_text(text(rows, ",", []), "utf-8")
    found, ledger = read(file)
    others = [each for each in expected(table) if each[0] != str(2000 + at)]
    assert [each for each in found if each in others] == others
    assert len(ledger.rejected) <= 1
    assert len(found) + len(ledger.rejected) == len(rows)


@pytest.mark.parametrize(
    ("cells", "comma"),
    [
        (["1,5"], True),
        (["1.234,5"], True),
        (["1.234.567"], True),
        (["0,123"], True),
        (["1.5"], False),
        (["1,234.5"], False),
        (["1,234,567"], False),
        (["0.123", "1,234"], False),
        (["1,5", "2.5"], False),
        (["1,234"], None),
        (["1.234", "12", "W"], None),
    ],
)
def test_a_column_shows_its_decimal_sign(cells: list[str], comma: bool | None) -> None:
    assert decimal_comma(cells) is comma


@pytest.mark.parametrize("amount", ["1,234", "1.234"])
def test_what_is_one_or_a_thousand_is_refused_with_both(tmp_path: Path, amount: str) -> None:
    file = tmp_path / "t.csv"
    file.write_text(text(rows_of([(amount, ""), ("7", "")]), ";", []), "utf-8")
    found, ledger = read(file)
    assert len(found) == 1
    assert "can be 1234 or 1.234" in ledger.rejected[0].reason
    file.write_text(text(rows_of([(amount, ""), ("7,5", "")]), ";", []), "utf-8")
    assert read(file)[0][0][1] == (1.234 if "," in amount else 1234)


def test_lines_are_counted_from_the_top_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(text(rows_of([("x", "")]), ";", ["Title", ""]), "utf-8")
    assert read(file)[1].rejected[0].place.line == 4


def test_a_row_with_a_cell_too_many_moves_no_header(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("a,b,c\n1,2,3,4\n1,2,3,4\n", "utf-8")
    assert Table(file, "a table").header == ["a", "b", "c"]
    with pytest.raises(OrepathError, match="4 columns instead of 3"):
        list(Table(file, "a table").records())
