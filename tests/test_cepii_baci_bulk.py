"""BACI by the offline import: the same graph, ledger and refusals as by the usual load."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from orepath.graph import captions
from orepath.graph.bulk import BulkWriter
from orepath.graph.connection import Graph, connect
from orepath.graph.constraints import ensure
from orepath.graph.local import stop
from orepath.loaders.load import load_offline, load_source
from orepath.loaders.loading import Loaded, Loading
from orepath.ontology.errors import FactError, OrepathError
from orepath.ontology.schema import load_schema
from orepath.tools.checksum import checksum

# The rows that `recognise` looks at are whole.
WHOLE = "".join(f"{{year}},4,{n % 800 + 1},010121,1.0,1.0\n" for n in range(1000))
ROWS = """\
{year},58,392,260300,5,1
{year},156,392,811292,16149.339,    58.934
{year},156,392,811292,16149.339,    58.934
{year},156,392,010121,7.5,     0.100
{year},156,490,811292,97.942,        NA
{year},156,840,811292,97.942,
{year},156,842,811292,1,1
{year},156,392,8112.92,12,1
{year},156,392,811292,12
{year},156,392,260300,1_2,1
{year},156,999,811292,12,1
{year},156,036,811292,1e999,1
{year},156,410,811292,12,one
{year},156,410,260300,5,    5
8.934
1999,156,392,811292,12,1
{year},516, 710,270112,0.048,     0.000
{year},697,58,260300,"5","1"
{year},697,757,260300,3.3,1e-3
{year},842,757,811231,1200,2.500
{year},842,156,280461,0.1,0.3
"""
NAMES = ("BACI_HS22_Y2023_V202601.csv", "BACI_HS22_Y2024_V202601.csv")


def table(year: int, rows: str = ROWS) -> str:
    return "t,i,j,k,v,q\n" + (WHOLE + rows).replace("{year}", str(year))


PLAIN = """\
{year},156,392,811292,16149.339,    58.934
{year},156,392,010121,7.5,     0.100
{year},156,490,811292,97.942,        NA
{year},156, 36,260300,0.001,     0.000
{year},516, 710,270112,0.048,     0.000
{year},697,58,260300,5,5
{year},697,757,260300,3.3,1e-3
{year},842,757,811231,1200,2.500
"""


@pytest.fixture
def years(tmp_path: Path) -> list[Path]:
    """Two years, of which one lacks a country and an industry of the other, and a list."""
    files = [tmp_path / name for name in (*NAMES, "country_codes_V202601.csv")]
    files[0].write_text(table(2023, ROWS.partition("{year},697,58")[0]), encoding="utf-8")
    files[1].write_text(table(2024), encoding="utf-8")
    files[2].write_text("country_code,country_name,country_iso2,country_iso3\n156,China,CN,CHN\n")
    return files


@pytest.fixture
def offline(tmp_path: Path) -> Callable[..., tuple[Loaded, list[str]]]:
    """Load files into those of the import; the rows of flows, sorted."""

    def loaded(files: Sequence[Path], *, strict: bool = False) -> tuple[Loaded, list[str]]:
        folder = tmp_path / "import"
        folder.mkdir()
        sink = BulkWriter(load_schema(), folder)
        loading = Loading(sink, strict)
        loading.vocabulary()
        done = loading.source("cepii-baci", files)
        rows = []
        for file in sink.files():
            if file.type == "EXPORTS_TO":
                with file.path.open(encoding="utf-8", newline="") as stream:
                    rows += [repr(sorted(row.items())) for row in csv.DictReader(stream)]
        return done, sorted(rows)

    return loaded


def accounts(done: Loaded) -> list[Any]:
    ledger, report = done.ledger, done.report
    assert ledger.balanced
    booked = [ledger.rows_read, ledger.used, ledger.left, ledger.notes]
    return [*booked, report.created, report.changed, report.unchanged, done.rejected]


def test_every_trap_is_told(
    years: list[Path], offline: Callable[..., tuple[Loaded, list[str]]]
) -> None:
    done, rows = offline(years)
    assert done.ledger.balanced
    assert len(rows) == 5 + 1 + 4 + 5 - 1
    reasons = " | ".join(sorted({r.reason for r in done.rejected}))
    for reason in (
        "states the flow CHN JPN 811292",
        "not a code of the Harmonized System",
        "5 columns instead of 6",
        "'1_2' is not a number",
        "no economy has the number '999'",
        "'1e999' is not a number",
        "'one' is not a number",
        "may be the end of this one",
        "not of 2024",
    ):
        assert reason in reasons
    statuses = "".join(rows)
    for status in ("normal", "not-available", "not-stated", "below-threshold"):
        assert f"'{status}'" in statuses


def test_an_archive_gives_the_same_as_its_tables(
    years: list[Path], tmp_path: Path, offline: Callable[..., tuple[Loaded, list[str]]]
) -> None:
    archive = tmp_path / "BACI_HS22_V202601.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in years:
            packed.write(file, file.name)
    done, rows = offline([archive])
    assert len(rows) == 14
    assert done.ledger.used >= 14


def test_flows_that_are_stated_twice_far_apart_are_refused_by_the_import(
    years: list[Path], offline: Callable[..., tuple[Loaded, list[str]]]
) -> None:
    again = "{year},516,710,270112,0.048,1\n{year},156,392,811292,16149.339,58.934\n"
    years[1].write_text(table(2024, ROWS + again), encoding="utf-8")
    done, rows = offline(years)
    assert len(rows) == 14
    assert "TradeFlow" in " ".join(r.reason for r in done.report.rejected)


def test_the_first_refused_row_stops_a_strict_load(
    years: list[Path], offline: Callable[..., tuple[Loaded, list[str]]]
) -> None:
    with pytest.raises(FactError, match=f"{NAMES[0]}, line 1004"):
        offline(years, strict=True)


def test_a_table_that_is_cut_off_is_refused(
    years: list[Path], offline: Callable[..., tuple[Loaded, list[str]]]
) -> None:
    years[1].write_text(table(2024)[:-6], encoding="utf-8")
    with pytest.raises(OrepathError, match=f"{NAMES[1]}: the last row has 5 columns") as refused:
        offline(years)
    assert refused.value.hint


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A data folder of its own for the local server, stopped at the end."""
    monkeypatch.setenv("OREPATH_DATA_DIR", str(tmp_path / "data"))
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    yield
    stop(progress=False)


@pytest.mark.timeout(600)
def test_the_graph_is_the_one_that_bolt_makes(years: list[Path], graph: Graph, local: None) -> None:
    years[0].write_text(table(2023, PLAIN), encoding="utf-8")
    by_bolt = load_source(graph, "cepii-baci", years)
    # Captions are derived; an import brings them along.
    captions.bring_in_step(graph, load_schema())
    by_import = load_offline("cepii-baci", years)[0][-1]
    assert accounts(by_import) == accounts(by_bolt)
    with connect() as imported:
        ensure(imported, load_schema())
        assert checksum(imported) == checksum(graph)
