"""What cannot be, and what is no table: said, and never loaded as if it were."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from loading import read, recognise
from orepath.loaders.base import Ledger, Said
from orepath.loaders.load import opened
from orepath.loaders.registry import loader
from orepath.ontology.errors import OrepathError, RefusedError
from orepath.ontology.facts import Fact
from test_users_files import TABLES, save, table, text

COME = date.today().year + 1
HEADER = ("economy", "material", "stage", "period", "amount", "unit", "status")
YEARS = {  # the column that says when, and a year that is still to come as it is written there
    "bgs_wms/gallium.csv": ("year", f"{COME}-01-01 00:00:00"),
    "eurostat_comext.csv": ("PERIOD", str(COME)),
    "wmd.csv": ("year", str(COME)),
}


def own(folder: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    """An own table."""
    file = folder / "mine.csv"
    file.write_text(text([list(header), *map(list, rows)]), "utf-8")
    return file


def book(path: Path, **sheets: Sequence[tuple[str, ...]]) -> Path:
    """A workbook; a sheet whose name ends in ``_hidden`` is hidden."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet: Any = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name.endswith("_hidden") else "visible"
    made.save(path)
    return path


# ---- years to come and editions ----------------------------------------------------------------


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(key=st.sampled_from(sorted(YEARS)), at=st.integers(0, 10_000))
def test_one_year_to_come_is_no_edition_and_no_figure(tmp_path: Path, key: str, at: int) -> None:
    column, wrong = YEARS[key]
    publication, said = TABLES[key].publication, TABLES[key].said
    rows = [*map(list, table(key))]
    while len(rows) < 8:  # few rows are never most
        rows.append(list(rows[-1]))
    place = 1 + at % (len(rows) - 1)
    plain = tmp_path / Path(key).name
    plain.write_text(text(rows), "utf-8")
    rows[place][rows[0].index(column)] = wrong
    damaged = tmp_path / "damaged" / Path(key).name
    damaged.parent.mkdir(exist_ok=True)
    damaged.write_text(text(rows), "utf-8")

    def edition(file: Path) -> str:
        return loader(publication).read([file], whole=False, said=said).source

    assert edition(damaged) == edition(plain)
    facts, _ = read(publication, damaged, whole=False, said=said)
    assert not [f for f in facts if str(f.values.get("period", "")).startswith(str(COME))]


def test_what_an_edition_says_of_a_later_year_is_refused(tmp_path: Path) -> None:
    rows = [*map(list, table("wmd.csv"))]
    rows[1][rows[0].index("year")] = "2026"
    file = save(tmp_path, "wmd.csv", text(rows).encode())
    ledger = Ledger(until=2025)
    said = TABLES["wmd.csv"].said
    list(loader("wmd").read([file], whole=False, said=said).facts(ledger))
    assert [(one.place.line, one.value) for one in ledger.refused] == [(2, "2026")]
    assert "the last year possible is 2025" in ledger.refused[0].reason


@pytest.mark.parametrize(("status", "facts"), [("", 0), ("estimated", 0), ("forecast", 1)])
def test_only_a_forecast_speaks_of_a_year_to_come(tmp_path: Path, status: str, facts: int) -> None:
    file = own(tmp_path, ("China", "cobalt", "extraction", str(COME), "7", "t", status))
    found, ledger = read("table", file)
    assert sum(fact.term == "IndustryObservation" for fact in found) == facts
    assert len(ledger.rejected) == 1 - facts


@pytest.mark.parametrize("period", ["FY2021", "2021/22", "June 2021", "", "21"])
def test_a_period_that_is_none_is_told_alone(tmp_path: Path, period: str) -> None:
    file = own(tmp_path, ("China", "cobalt", "extraction", period, "7", "t", ""))
    (refused,) = read("table", file)[1].rejected
    assert (refused.place.column, "ended" in refused.reason) == ("period", False)


@pytest.mark.parametrize("edition", ["foo", "202601", "V202601", "26", "2026 01"])
@pytest.mark.parametrize("key", ["cepii_baci.csv", "wmd.csv", "wb_wgi.csv"])
def test_an_edition_is_a_year_and_what_follows(tmp_path: Path, key: str, edition: str) -> None:
    file = save(tmp_path, key, text(table(key)).encode())
    said = Said(edition, TABLES[key].said.nomenclature)
    with pytest.raises(RefusedError, match=r"is no edition of .*\n.*Write it like"):
        recognise(TABLES[key].publication, file, said=said)


# ---- own tables --------------------------------------------------------------------------------


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_slip_in_a_header_loses_no_column(tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["status", "basis", "measure", "amount", "source_date"]))
    letters = st.sampled_from("bcdfgkmpxz")
    at = data.draw(st.integers(1, len(name) - 1))
    slip = name[:at] + data.draw(letters) + name[at + data.draw(st.integers(0, 1)) :]
    header = (*(n for n in HEADER if n != name), slip)
    with pytest.raises(OrepathError, match=f"(?s)called '{slip}'.*Did you mean"):
        recognise("table", own(tmp_path, header, header=header))


def test_a_column_that_is_not_read_is_told(tmp_path: Path) -> None:
    row = ("China", "cobalt", "extraction", "2021", "7", "t", "", "Shanghai")
    ledger = read("table", own(tmp_path, row, header=(*HEADER, "district")))[1]
    assert any("Not read" in note and "district" in note for note in ledger.notes)


def test_an_own_table_may_stand_behind_a_cover(tmp_path: Path) -> None:
    rows = [HEADER, ("China", "cobalt", "extraction", "2021", "7", "t", "")]
    old = [HEADER, ("China", "cobalt", "extraction", "2021", "99", "t", "")]
    for ending in ("xlsx", "xls", "ods", "csv"):
        file = book(tmp_path / f"a.{ending}", Old_hidden=old, Cover=[("My data",)], Data=rows)
        assert _amounts(read("table", file)[0]) == [7.0]


def _amounts(facts: list[Fact]) -> list[Any]:
    return [f.values["amount"] for f in facts if f.term == "IndustryObservation"]


def test_a_hidden_sheet_is_never_read_beside_one_that_is_shown(tmp_path: Path) -> None:
    rows = [tuple(row) for row in table("wmd.csv")]
    said = TABLES["wmd.csv"].said
    one = book(tmp_path / "one.xlsx", Data=rows, Notes_hidden=[("x",)])
    assert recognise("wmd", one, said=said) == "wmd-2026"
    two = book(tmp_path / "two.xlsx", Old_hidden=rows, Data=rows)
    with pytest.raises(RefusedError, match="'Old_hidden' is hidden"):
        recognise("wmd", two, said=said)


# ---- what is no table --------------------------------------------------------------------------

NO_TABLE = {
    "an XML document": b'<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>',
    "a pointer of git-annex": b"/annex/objects/SHA256E-s12--ab.csv\n",
    "'Access denied.' is no header of a table": b"Access denied.\n",
    "locked with a password": b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
    "cut off, damaged or packed": b"PK\x03\x04" + b"x" * 90,
    "JSON without features": b'{"statusCode": 429, "message": "Rate limit"}',
}


@pytest.mark.parametrize("publication", ["bgs-wms", "usgs-mcs", "wmd", "table", "wb-wgi"])
@pytest.mark.parametrize("what", NO_TABLE)
def test_what_is_no_table_is_called_what_it_is(tmp_path: Path, publication: str, what: str) -> None:
    file = tmp_path / "download.csv"
    file.write_bytes(NO_TABLE[what])
    told = what if publication == "bgs-wms" or "features" not in what else "is JSON"
    with pytest.raises(OrepathError, match=told):
        recognise(publication, file)


def test_what_programs_leave_beside_the_data_is_passed_over(tmp_path: Path) -> None:
    data = save(tmp_path, "bgs_wms/gallium.csv", text(table("bgs_wms/gallium.csv")).encode())
    for name in ("~$gallium.xlsx", "Thumbs.db", "desktop.ini", ".DS_Store", "README.txt"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0 of a program")
    assert opened([tmp_path], "bgs-wms") == [data]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in tmp_path.iterdir():
            archive.write(file, file.name)
    (tmp_path / "all.zip").write_bytes(packed.getvalue())
    assert [f.name for f in opened([tmp_path / "all.zip"], "bgs-wms")] == [data.name]


# ---- USGS --------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["?", "1100²", "1100ᵉ", "\ufffd", "Ã1"])
def test_odd_letters_in_a_figure_cost_the_figure(tmp_path: Path, cell: str) -> None:
    key = "usgs_mcs/mcs2024-antim_world.csv"
    rows = [*map(list, table(key))]
    whole = read("usgs-mcs", save(tmp_path, key, text(rows).encode()), whole=False)[0]
    at = rows[0].index("Prod_t_2022")
    next(row for row in rows[1:] if len(row) > at and row[at].isdigit())[at] = cell
    facts, ledger = read("usgs-mcs", save(tmp_path, key, text(rows).encode()), whole=False)
    assert len(facts) == len(whole) - 1
    assert [(one.place.column, one.value) for one in ledger.refused] == [("Prod_t_2022", cell)]


def test_a_misspelt_name_of_a_table_is_said_to_be_one(tmp_path: Path) -> None:
    file = tmp_path / "mcs2024-zink_world.csv"
    file.write_text(text(table("usgs_mcs/mcs2024-zinc_world.csv")), "utf-8")
    facts, ledger = read("usgs-mcs", file, whole=False)
    assert not facts
    assert "Did you mean 'zinc'?" in ledger.rejected[0].remedy
