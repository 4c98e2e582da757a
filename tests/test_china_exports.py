"""China's exports by partner: flows read by hand, weights that are none, names, refusals."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from orepath.loaders.curated import china_exports
from orepath.loaders.protocol import Ledger, sha256, sidecars
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact

NAME = "facts/china_rare_earth_exports.csv"
SOURCE = "orepath-china-exports"
(COLUMNS,) = china_exports.COLUMNS.values()
ROW = dict.fromkeys(COLUMNS, "") | {
    "reporter": "China",
    "partner": "Japan",
    "year": "2024",
    "hs6": "850511",
    "value_usd": "1000",
    "quantity_kg": "50",
    "source_title": "WITS",
    "publisher": "World Bank",
    "source_date": "2026",
    "url": "https://wits.worldbank.org",
    "confidence": "S",
}


def table(path: Path, *rows: dict[str, str]) -> Path:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8", newline="")
    return path


def read(path: Path) -> tuple[list[Fact], Ledger]:
    ledger = Ledger()
    facts = list(china_exports.facts([path], ledger))
    assert ledger.balanced
    return facts, ledger


def flows(facts: list[Fact]) -> list[dict[str, Any]]:
    return [dict(f.values) for f in facts if f.term == "TradeFlow"]


@pytest.fixture(scope="module")
def real(shared: Path) -> tuple[list[dict[str, Any]], Ledger]:
    facts, ledger = read(shared / NAME)
    return flows(facts), ledger


def test_every_row_is_a_flow(shared: Path, real: tuple[list[dict[str, Any]], Ledger]) -> None:
    found, ledger = real
    assert (ledger.rows_read, ledger.used, len(found)) == (3_433, 3_433, 3_433)
    assert china_exports.recognise([shared / NAME]) == SOURCE
    assert sha256(shared / NAME) in [file.sha256 for file in sidecars()[SOURCE].files]
    assert {str(f["source"]).startswith("doc-wits-") for f in found} == {True}


@pytest.mark.parametrize(
    ("line", "code", "importer", "year", "value", "mass", "status"),
    [
        (330, "280530", "JPN", 2024, 58_231_290, 4_975.85, "normal"),
        (1068, "284690", "USA", 2024, 104_479_420, 12_517, "normal"),
        # "Fm Sudan": Sudan with South Sudan, until 2011.
        (1236, "850511", "SDN-2011", 2011, 57_060, 0.656, "normal"),
        # A value that is printed as nought, with a weight.
        (1436, "850511", "RWA", 2012, 0, 0.012, "below-threshold"),
        # A weight that is printed as nought, with a value: goods weigh something.
        (1498, "850511", "CUW", 2013, 10, None, "below-threshold"),
        (1895, "850511", "TGO", 2015, 0, 0, "below-threshold"),
        # No weights of 2016.
        (1985, "850511", "JPN", 2016, 70_880_500, None, "not-available"),
        (3180, "850511", "NAM", 2023, 12_960, 0.571, "normal"),
        # "Serbia, FR(Serbia/Montenegro)" is Serbia: Montenegro has rows of its own.
        (3208, "850511", "SRB", 2023, 24_824_120, 288.153, "normal"),
        (3240, "850511", "AGG:un-comtrade:areas-nes", 2023, 105_050, 20.471, "normal"),
        # "Other Asia, nes"
        (3375, "850511", "TWN", 2024, 66_027_800, 2_038.89, "normal"),
    ],
)
def test_golden(
    real: tuple[list[dict[str, Any]], Ledger],
    line: int,
    code: str,
    importer: str,
    year: int,
    value: float,
    mass: float | None,
    status: str,
) -> None:
    (found,) = [f for f in real[0] if f["line"] == line]
    assert found["exporter"] == f"CHN:hs2022/{code}"
    expected = (importer, year, value, mass, status, "USD", "FOB", "exporter", True)
    keys = ("importer", "year", "value", "mass", "status", "currency", "valuation")
    assert tuple(found[key] for key in (*keys, "reporter_side", "verified")) == expected


def test_no_flow_of_2016_has_a_weight(real: tuple[list[dict[str, Any]], Ledger]) -> None:
    of_2016 = [f for f in real[0] if f["year"] == 2016]
    assert len(of_2016) == 226
    assert {f["mass"] for f in of_2016} == {None}
    assert all("estimated and wrong" in f["note"] for f in of_2016)


def test_the_mark_says_whether_the_source_was_read(tmp_path: Path) -> None:
    for mark, read_it in (("S", True), ("K", False), ("?", False)):
        facts, _ = read(table(tmp_path / "rows.csv", {**ROW, "confidence": mark}))
        assert [f["verified"] for f in flows(facts)] == [read_it]


@pytest.mark.parametrize(
    ("cells", "status"),
    [({"quantity_kg": ""}, "not-stated"), ({"quantity_kg": "0"}, "below-threshold")],
)
def test_a_weight_that_is_none_is_no_nought(
    tmp_path: Path, cells: dict[str, str], status: str
) -> None:
    (flow,) = flows(read(table(tmp_path / "rows.csv", {**ROW, **cells}))[0])
    assert (flow["mass"], flow["status"], flow["value"]) == (None, status, 1000)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("partner", "Atlantis"),
        ("hs6", "999999"),
        ("year", "20244"),
        ("value_usd", "1e3x"),
        ("value_usd", ""),
        ("quantity_kg", "-5"),
    ],
)
def test_a_row_that_is_not_understood_is_refused(tmp_path: Path, column: str, value: str) -> None:
    facts, ledger = read(table(tmp_path / "rows.csv", {**ROW, column: value}))
    assert not flows(facts)
    (refused,) = ledger.rejected
    assert (refused.place.column, refused.value) == (column, value)
    assert refused.remedy


def test_a_second_row_of_one_flow_is_refused(tmp_path: Path) -> None:
    facts, ledger = read(table(tmp_path / "rows.csv", ROW, {**ROW, "value_usd": "2000"}))
    assert [f["value"] for f in flows(facts)] == [1000]
    assert "line 2" in ledger.rejected[0].reason


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_order_and_encoding_change_nothing(shared: Path, tmp_path: Path, encoding: str) -> None:
    rows = list(csv.reader(io.StringIO((shared / NAME).read_text("utf-8-sig"), newline="")))
    rows = [rows[0], *rows[1480:1500]]
    plain, turned = tmp_path / "plain.csv", tmp_path / "turned.csv"
    for path, order, code in ((plain, 1, "utf-8"), (turned, -1, encoding)):
        out = io.StringIO(newline="")
        csv.writer(out).writerows([row[::order] for row in rows])
        path.write_bytes(out.getvalue().encode(code))
    strip = [{**f, "file": ""} for f in flows(read(turned)[0])]
    assert strip == [{**f, "file": ""} for f in flows(read(plain)[0])]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    path = tmp_path / "lacks.csv"
    path.write_text(",".join(c for c in COLUMNS if c != column) + "\n", "utf-8")
    with pytest.raises(OrepathError, match=rf"lacks\.csv.*{column}"):
        china_exports.recognise([path])
