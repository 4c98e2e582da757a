"""Mineral Commodity Summaries 2026: facts read by hand from the file, and damaged files.

The sample holds rows of the publisher's table at their own lines; where the whole table is at
hand, it is read too.
"""

from __future__ import annotations

import csv
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loading import recognise
from orepath.loaders.base import sha256
from orepath.loaders.base.declaration import declaration, read_mapping
from orepath.loaders.registry import all_editions
from orepath.ontology.errors import OrepathError
from usgs import (
    LONG,
    SAMPLES,
    Change,
    Key,
    Read,
    Rows,
    cell,
    fits_the_ontology,
    mistaken,
    read,
    rewrite,
    shuffled,
    statements,
    without,
)

SAMPLE = SAMPLES / LONG


@pytest.fixture(scope="session")
def original(shared: Path) -> Path:
    return Path(shared, "data", "usgs_mcs2026", LONG)


@pytest.fixture(scope="session")
def whole(original: Path) -> Read:
    assert recognise("usgs-mcs", original) == "usgs-mcs-2026"
    return read(original)


@pytest.fixture(scope="session")
def mcs() -> Read:
    found = read(SAMPLE, whole=False)
    assert found.ledger.rejected == []
    return found


def test_every_row_is_booked_and_none_refused(whole: Read, mcs: Read, original: Path) -> None:
    assert whole.holds(mcs)
    assert whole.ledger.rows_read == 8886
    assert whole.ledger.rejected == []
    with original.open(encoding="cp1252", newline="") as stream:
        rows = csv.DictReader(stream)
        world = {rows.line_num for row in rows if row["Section"].startswith("World")}
    assert len(world) == 3303
    stated = {v["line"] for v in [*whole.observations.values(), *whole.reserves.values()]}
    assert world <= stated


# Read from the file by hand: industry, measure, basis, period -> what the row says.
PRODUCED: dict[Key, dict[str, Any]] = {
    ("CHN:gallium/primary-low-purity", "production", "contained", "2025"): {
        "amount": 900.0, "unit": "t", "status": "estimated", "basis_note": "gallium content",
        "note": "Estimated from Asian Metal Ltd.", "original_value": "900,000",
        "original_unit": "kilograms", "line": 2557, "rounded": None,
    },
    ("USA:gallium/primary-low-purity", "production", "contained", "2025"): {
        "amount": 0.0, "status": "normal", "original_value": "—", "line": 2556,
    },
    ("REST:usgs-mcs:gallium/primary-low-purity", "production", "contained", "2025"): {
        "amount": 0.0, "status": "normal", "line": 2560,
    },
    ("WLD:gallium/primary-low-purity", "production", "contained", "2025"): {
        "amount": 900.0, "status": "estimated", "rounded": True, "line": 2561,
    },
    ("CHN:gallium/primary-low-purity", "capacity", "contained", "2025"): {
        "amount": 1600.0, "status": "estimated", "note": "Estimated from Asian Metal Ltd.",
    },
    ("USA:lithium/ore", "production", "contained", "2025"): {
        "amount": None, "low": None, "high": None, "status": "withheld", "original_value": "W",
        "line": 4248,
    },
    ("WLD:lithium/ore", "production", "contained", "2024"): {
        "amount": 222_000.0, "rounded": True, "note": "Excludes U.S. production.", "line": 4247,
    },
    ("ARG:lithium/ore", "production", "contained", "2024"): {
        "amount": 13_800.0, "status": "normal", "note": None, "line": 4237,
    },
    ("NAM:gem-diamond/ore", "production", "not-stated", "2025"): {
        "amount": 2_300_000.0, "unit": "ct", "original_unit": "thousands of carats", "line": 2704,
    },
    ("GIN:aluminium/alumina", "production", "dry-weight", "2024"): {
        "amount": 351_000.0, "unit": "t", "status": "normal", "line": 765,
        "note": "Calcined equivalent weights.",
    },
    ("USA:aluminium/bauxite", "production", "dry-weight", "2025"): {
        "amount": None, "status": "withheld",
    },
    ("ZAF:platinum/ore", "production", "contained", "2025"): {"amount": 120.0, "unit": "t"},
    ("ZAF:palladium/ore", "production", "contained", "2025"): {"amount": 70.0, "unit": "t"},
    ("CHN:rare-earths/ore", "production", "oxide-equivalent", "2024"): {
        "amount": 270_000.0, "status": "estimated",
        "note": "Production quota; does not include undocumented production.",
        "basis_note": "rare-earth-oxide (REO) equivalent",
    },
    ("MMR:rare-earths/ore", "production", "oxide-equivalent", "2025"): {
        "amount": 22_000.0, "status": "estimated",
        "note": "Estimated based on reported import data for China."
        " Source: Trade Data Monitor Inc.",
    },
    ("USA:rhenium/primary", "production", "contained", "2025"): {"amount": 9.8, "line": 6246},
    ("RUS:rhenium/primary", "production", "contained", "2025"): {
        "amount": None, "status": "not-available", "original_value": "NA",
    },
    ("MEX:vermiculite/ore", "production", "not-stated", "2025"): {
        "amount": None, "low": 0.0, "high": 500.0, "status": "below-threshold",
        "original_value": "s",
    },
    ("USA:titanium/rutile", "production", "oxide-equivalent", "2025"): {
        "amount": None, "low": None, "high": None, "status": "not-available", "line": 8101,
        "note": "United States rutile production and reserves data are included with ilmenite."
        " Included elsewhere (s).",
    },
    ("WLD:yttrium/ore", "production", "oxide-equivalent", "2025"): {
        "amount": None, "low": 10_000.0, "high": 15_000.0, "note": None, "line": 8533,
    },
    ("USA:krypton/gas", "production", "not-applicable", "2025"): {
        "amount": 1_500_000.0, "unit": "l", "status": "estimated", "line": 3309,
    },
    ("USA:antimony/ore", "production", "contained", "2024"): {"amount": 0.0, "status": "normal"},
    ("USA:antimony/ore", "production", "contained", "2025"): {"status": "withheld", "line": 432},
    ("WLD:iron-and-steel-slag/steel-slag", "production", "not-stated", "2025"): {
        "low": 190_000_000.0, "high": 290_000_000.0, "status": "estimated",
    },
    ("TUR:boron/refined-borates", "production", "not-stated", "2025"): {"amount": 1_500_000.0},
}  # fmt: skip

RESERVES: dict[Key, dict[str, Any]] = {
    ("WLD", "antimony/ore", "contained", "2025"): {
        "amount": None, "low": 2_000_000.0, "high": None,
        "rounded": True, "line": 467,
    },
    ("AGG:usgs-mcs:australia-canada-china-and-namibia", "caesium/ore", "not-stated", "2025"): {
        "amount": None, "low": None, "high": 200_000.0, "status": "estimated", "unit": "t",
    },
    ("CHL", "lithium/ore", "contained", "2025"): {
        "amount": 9_200_000.0, "status": "normal", "note": None, "line": 4265,
    },
    ("CHN", "iron/ore", "gross-weight", "2025"): {"basis_note": "crude ore"},
    ("CHN", "iron/ore", "contained", "2025"): {"basis_note": "iron content"},
    ("AUS", "scandium/oxide", "oxide-equivalent", "2023"): {"amount": 34_000.0},
    ("NAM", "gem-diamond/ore", "not-stated", "2025"): {"status": "not-available", "line": 2719},
    ("ZAF", "platinum-group-metals/ore", "contained", "2025"): {
        "amount": 63_000.0, "unit": "t",
    },
    ("ISR", "bromine/element", "contained", "2025"): {
        "status": "not-available", "note": "Said in words: large.", "original_value": "Large",
    },
}  # fmt: skip


@pytest.mark.parametrize("key", list(PRODUCED), ids=lambda k: " ".join(k))
def test_facts_read_by_hand(mcs: Read, key: Key) -> None:
    found = mcs.observations[key]
    assert {name: found[name] for name in PRODUCED[key]} == PRODUCED[key]
    assert found["verified"] is True
    assert found["file"] == LONG


@pytest.mark.parametrize("key", list(RESERVES), ids=lambda k: " ".join(k))
def test_reserves_read_by_hand(mcs: Read, key: Key) -> None:
    found = mcs.reserves[key]
    assert {name: found[name] for name in RESERVES[key]} == RESERVES[key]


def stands_in_its_lines(found: Read, file: Path) -> bool:
    """Whether the line of each fact holds its original value."""
    lines = file.read_bytes().decode("cp1252").split("\n")
    for fact in found.facts:
        if value := fact.values.get("original_value"):
            line = fact.values["line"]
            assert isinstance(line, int)
            (cells,) = csv.reader([lines[line - 1]])
            # Where a sentence holds the figure, it is not a cell of its own.
            if not any(str(value) in " ".join(text.split()) for text in cells):
                return False
    return True


def test_the_line_of_each_fact_holds_its_original_value(mcs: Read) -> None:
    assert stands_in_its_lines(mcs, SAMPLE)


def test_the_line_of_each_fact_of_the_whole_table(whole: Read, original: Path) -> None:
    assert stands_in_its_lines(whole, original)


def test_totals_and_residuals_are_nodes_of_their_own(mcs: Read) -> None:
    totals = {str(f.values["start"]) for f in mcs.facts if f.term == "totals"}
    assert "WLD:gallium/primary-low-purity" in totals
    nodes = [f.values["id"] for f in mcs.facts if f.term == "Aggregate"]
    assert {"REST:usgs-mcs", "AGG:usgs-mcs:australia-canada-china-and-namibia"} <= set(nodes)
    assert not [node for node in nodes if not str(node).startswith(("REST:", "AGG:"))]


def test_each_thing_is_stated_once_and_fits_the_ontology(mcs: Read) -> None:
    assert fits_the_ontology(mcs)


def test_the_whole_table_fits_the_ontology(whole: Read) -> None:
    assert fits_the_ontology(whole)
    nodes = [f.values["id"] for f in whole.facts if f.term == "Aggregate"]
    assert not [node for node in nodes if not str(node).startswith(("REST:", "AGG:"))]


def test_nobody_mines_gallium_and_its_like() -> None:
    mined = {line["product"] for line in read_mapping("usgs_mcs/products")}
    for material in ("gallium", "germanium", "indium", "rhenium", "selenium", "tellurium"):
        assert f"{material}/ore" not in mined


def test_parts_do_not_exceed_the_total_by_more_than_rounding(whole: Read) -> None:
    """Countries of one table together are about its total, so no unit went wrong."""
    checked = 0
    for (industry, measure, basis, period), total in whole.observations.items():
        economy, _, product = industry.partition(":")
        if economy != "WLD" or total["amount"] is None:
            continue
        parts = [
            row
            for (other, *rest), row in whole.observations.items()
            if other.endswith(f":{product}")
            and not other.startswith("WLD:")
            and rest == [measure, basis, period]
        ]
        amounts = [row["amount"] for row in parts]
        if len(amounts) < 3 or None in amounts:
            continue
        checked += 1
        assert sum(amounts) == pytest.approx(total["amount"], rel=0.06), (product, measure)
    assert checked > 80


def test_the_sidecar_names_the_tested_file(original: Path) -> None:
    assert sha256(original) in [file.sha256 for file in all_editions()["usgs-mcs-2026"].files]


def test_each_combination_has_its_reason() -> None:
    lines = read_mapping("usgs_mcs/products")
    assert all(line["reason"] for line in lines)
    assert sum(int(line["rows"]) for line in lines) == 3303


# ---- the same table after a journey through other programs -------------------------------------


def unchanged(rows: Rows) -> Rows:
    return rows


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("change", [shuffled, unchanged])
def test_order_encoding_and_spaces_change_nothing(
    mcs: Read, tmp_path: Path, change: Change, encoding: str
) -> None:
    found = read(rewrite(SAMPLE, tmp_path, change, encoding), whole=False)
    assert statements(found.facts) == statements(mcs.facts)
    assert len(found.facts) > 200


def test_the_whole_table_in_another_order_is_recognised(original: Path, tmp_path: Path) -> None:
    copy = rewrite(original, tmp_path, shuffled, "utf-16")
    assert recognise("usgs-mcs", copy) == "usgs-mcs-2026"


def test_a_line_break_in_a_cell_moves_the_lines_after_it(mcs: Read, tmp_path: Path) -> None:
    first = min(f.place.line or 0 for f in mcs.facts)
    copy = rewrite(SAMPLE, tmp_path, cell(first, "Other notes", "one\ntwo\nthree"))
    facts = read(copy, whole=False).facts
    lines = [f.place.line or 0 for f in mcs.facts]
    assert [f.place.line for f in facts] == [line + 2 if line > first else line for line in lines]


@pytest.mark.parametrize("column", declaration("usgs_mcs").tables["long"].columns)
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    with pytest.raises(OrepathError) as error:
        read(rewrite(SAMPLE, tmp_path, without(column)), whole=False)
    assert LONG in error.value.message
    assert repr(column) in error.value.message
    assert error.value.hint


def cuts(data: bytes, part: int) -> tuple[bytes, bytes]:
    """A file cut anywhere, and at the end of a line."""
    return data[:part], data[: data.rfind(b"\n", 0, part) + 1]


@pytest.mark.parametrize("part", [0, 1, 100, 5_000, 400_000, 1_600_000, 3_000_000, 3_179_500])
def test_the_whole_table_is_noticed_to_be_cut(original: Path, tmp_path: Path, part: int) -> None:
    copy = tmp_path / LONG
    for cut in cuts(original.read_bytes(), part):
        copy.write_bytes(cut)
        with pytest.raises(OrepathError) as error:
            read(copy)
        assert LONG in error.value.message
        assert error.value.hint


@pytest.mark.parametrize("part", [0, 1, 100, 2_000, 20_000, 1_000_000])
def test_a_cut_file_is_noticed(tmp_path: Path, part: int) -> None:
    """Also the sample itself, which lacks most rows of the edition."""
    copy = tmp_path / LONG
    for cut in cuts(SAMPLE.read_bytes(), part):
        copy.write_bytes(cut)
        with pytest.raises(OrepathError) as error:
            read(copy)
        assert LONG in error.value.message
        assert error.value.hint


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bytes(range(256)) * 40, id="noise"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\x81\x8d" * 99, id="picture"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 99, id="archive"),
        pytest.param(b'"MCS chapter,"Section\n"', id="quotes"),
        pytest.param(b"\xff\xfeM", id="half a character"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "noise.csv"
    file.write_bytes(data)
    with pytest.raises(OrepathError) as error:
        recognise("usgs-mcs", file)
    assert "noise.csv" in error.value.message


@pytest.mark.parametrize("encoding", ["mac_roman", "cp437", "utf-8 twice"])
def test_a_wrong_encoding_is_noticed(tmp_path: Path, encoding: str) -> None:
    copy = tmp_path / LONG
    copy.write_bytes(mistaken(SAMPLE, encoding))
    with pytest.raises(OrepathError) as error:
        read(copy, whole=False)
    assert LONG in error.value.message


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("fact_GlobalSupplyShares&t.csv", "Material,Stage,Country,Share,t"),
        ("BACI_HS22_Y2024_V202601.csv", "t,i,j,k,v,q"),
        ("WorldMineralStatistics.csv", "year,country_trans,bgs_commodity_trans,quantity"),
    ],
)
def test_another_publishers_table_is_not_taken(tmp_path: Path, name: str, header: str) -> None:
    file = tmp_path / name
    file.write_text(f"{header}\n{',' * header.count(',')}\n", encoding="utf-8")
    with pytest.raises(OrepathError) as error:
        recognise("usgs-mcs", file)
    assert name in error.value.message


@pytest.mark.parametrize(
    "other",
    ["eu_crm2023/fact_GlobalSupplyShares&t.csv", "bgs_wms", "usgs_mcs2024/salient"],
)
def test_another_publishers_file_is_not_taken(shared: Path, other: str) -> None:
    path = shared / "data" / other
    files = [path] if path.is_file() else sorted(path.rglob("*.csv"))[:3]
    assert files
    for file in files:
        with pytest.raises(OrepathError) as error:
            recognise("usgs-mcs", file)
        assert file.name in error.value.message


def test_one_file_an_edition() -> None:
    with pytest.raises(OrepathError, match="no file"):
        recognise("usgs-mcs")
    with pytest.raises(OrepathError, match="one file"):
        recognise("usgs-mcs", SAMPLE, SAMPLE)


@pytest.mark.parametrize(
    ("column", "text", "remedy"),
    [
        ("Country", "Chinna", "china"),
        ("Value", "lots", "mark"),
        ("Unit", "bushels", "codes.ttl"),
        ("Year", "next year", "Download"),
        ("Statistics_detail", "Something new", "usgs_mcs/products.csv"),
    ],
)
def test_a_row_that_is_not_understood_is_refused_and_not_dropped(
    tmp_path: Path, column: str, text: str, remedy: str
) -> None:
    copy = rewrite(SAMPLE, tmp_path, cell(2557, column, text))
    (refused,) = read(copy, whole=False).ledger.rejected
    assert str(refused.place) == f"{LONG}, line 2557, column {column}"
    assert refused.value == text
    assert remedy in refused.remedy


def test_a_second_row_of_one_key_is_refused(tmp_path: Path) -> None:
    copy = rewrite(SAMPLE, tmp_path, cell(2558, "Country", "China"))
    (refused,) = read(copy, whole=False).ledger.rejected
    assert "line 2557" in refused.reason


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    damage=st.lists(
        st.tuples(st.integers(0, 20_000), st.binary(min_size=0, max_size=6)), min_size=1, max_size=4
    )
)
def test_no_damage_to_bytes_is_a_traceback(tmp_path: Path, damage: list[tuple[int, bytes]]) -> None:
    data = b"\n".join([line for line in SAMPLE.read_bytes().split(b"\n") if line] + [b""])
    for at, noise in damage:
        data = data[:at] + noise + data[at + len(noise) :] if noise else data[:at]
    copy = tmp_path / LONG
    copy.write_bytes(data)
    # Whatever is not understood raises this or is refused; nothing else may come through.
    with suppress(OrepathError):
        assert all(fact.values for fact in read(copy, whole=False).facts)
