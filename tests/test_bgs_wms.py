"""BGS World Mineral Statistics: figures read by hand from the files, editions, damaged files.

The samples hold rows of the publisher's files (Open Government Licence); where the files
themselves are at hand, all of them are read too."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loading import read as read_files
from loading import recognise
from orepath.loaders.base import Ledger, Said, read_mapping, sha256
from orepath.loaders.base.declaration import declaration
from orepath.loaders.base.stating import REPEATED
from orepath.loaders.bgs_wms.meaning import extents, meanings
from orepath.loaders.registry import all_editions, edition_of, loader
from orepath.ontology.errors import OrepathError, RefusedError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

SOURCE = "bgs-wms-2023"
SAMPLES = Path(__file__).parent / "samples/bgs_wms"
HEADERS = {n: c.headers[0] for n, c in declaration("bgs_wms").tables["production"].columns.items()}
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Read:
    """Files read once."""

    facts: Sequence[Fact]
    ledger: Ledger
    observations: dict[Key, dict[str, Any]]


def read(*files: Path, whole: bool = True) -> Read:
    facts, ledger = read_files("bgs-wms", *files, whole=whole)
    found: dict[Key, dict[str, Any]] = {}
    for fact in facts:
        if fact.term == "IndustryObservation":
            v: dict[str, Any] = dict(fact.values)
            found[v["industry"], v["measure"], v["basis"], v["period"]] = v
    return Read(facts, ledger, found)


@pytest.fixture(scope="session")
def folder(shared: Path) -> Path:
    return shared / "data" / "bgs_wms"


@pytest.fixture(scope="session")
def bgs(folder: Path) -> Read:
    return read(*sorted(folder.glob("BGS_*.csv")))


def test_every_row_is_booked_and_none_refused(bgs: Read) -> None:
    assert bgs.ledger.rows_read == 27_487
    assert bgs.ledger.rejected == []
    assert list(bgs.ledger.left.values()) == [4]
    assert len(bgs.observations) == bgs.ledger.used == 27_483
    assert bgs.ledger.notes == []


def test_the_sidecar_knows_the_files(folder: Path) -> None:
    known = {file.name: file.sha256 for file in all_editions()[SOURCE].files}
    assert known == {file.name: sha256(file) for file in folder.glob("BGS_*.csv")}


# Read from the files by hand: industry, measure, basis, period -> what the row says.
STATED: dict[Key, dict[str, Any]] = {
    # The estimate is a mark of the footnotes, and no note of its own.
    ("CHN:gallium/primary-low-purity", "production", "contained", "2023"): {
        "amount": 621.0, "status": "estimated", "unit": "t", "line": 79, "note": None,
        "file": "BGS_gallium_production.csv", "original_value": "621",
    },
    # Zaire is not the later Democratic Republic, nor is the mine the refinery.
    ("ZAR:cobalt/ore", "production", "contained", "1985"): {"amount": 10571.0, "line": 318},
    ("ZAR:cobalt/refined", "production", "not-stated", "1985"): {"amount": 10571.0, "line": 332},
    ("COD:cobalt/ore", "production", "contained", "2023"): {"amount": 140121.0, "line": 1553},
    # "Congo" with the other Congo's code.
    ("COG:copper/ore", "production", "contained", "2021"): {"amount": 10800.0, "line": 6489},
    ("SUN:nickel/ore", "production", "contained", "1990"): {
        "amount": 212000.0, "status": "estimated",
    },
    ("DEU-1990:natural-graphite/ore", "production", "not-stated", "1985"): {
        "amount": 12800.0, "note": "Including production from imported crude graphite.",
    },
    # Kosovo has no ISO code; a dash is zero and no gap.
    ("XKX:nickel/ore", "production", "contained", "2007"): {
        "amount": 0.0, "status": "normal", "original_value": "-----",
    },
    # More than nothing and less than half a unit; three dots; both without an amount.
    ("CAN:antimony/ore", "production", "contained", "2016"): {
        "amount": None, "low": 0.0, "high": 0.5, "status": "below-threshold",
    },
    ("COG:magnesium/primary-metal", "production", "not-stated", "2000"): {
        "amount": None, "low": None, "status": "not-available", "original_value": "...",
    },
    # A capacity is no production.
    ("CAN:magnesium/primary-metal", "capacity", "not-stated", "2000"): {"amount": 64000.0},
    # A footnote says that the content is counted, not the alloy.
    ("BRA:nickel/ferronickel", "production", "contained", "2023"): {
        "amount": 40000.0, "basis_note": "Nickel content",
    },
    ("AUT:manganese/ore", "production", "contained", "1980"): {"amount": 58141.0},
    # Two products in one figure are a product of their own.
    ("USA:silicon-metal/ferrosilicon-and-metal", "production", "gross-weight", "2023"): {
        "amount": 300000.0, "status": "estimated",
    },
    # The same row name counts different products: by footnote (Chile), by country (Zimbabwe).
    ("CHL:lithium/hydroxide", "production", "contained", "2023"): {"amount": 3807.0, "line": 891},
    ("ZWE:lithium/petalite", "production", "contained", "2023"): {"amount": 5726.0, "line": 880},
    # The row "Carbonate" without a mineral is the sum of three compounds in 2008.
    ("CHL:lithium/compounds", "production", "gross-weight", "2008"): {"amount": 56881.0},
    ("CHL:lithium/carbonate", "production", "gross-weight", "2008"): {"amount": 48469.0},
    ("CHN:lithium/ore", "production", "contained", "2011"): {
        "amount": 2120.0, "note": "Break in series. Li content.",
    },
    # All platinum-group metals stand in the row of palladium; kilograms become tonnes.
    ("AUS:platinum-group-metals/ore", "production", "contained", "2010"): {
        "amount": 0.781, "original_unit": "kilograms (metal content)",
    },
    ("ZAF:platinum/ore", "production", "contained", "2023"): {"amount": 124.87},
    # Two tables of rare earths for one year: mineral concentrates by their oxides, and oxides.
    ("CHN:rare-earths/concentrate", "production", "oxide-equivalent", "2010"): {
        "amount": 120000.0,
    },
    ("CHN:rare-earths/ore", "production", "oxide-equivalent", "2010"): {"amount": 118900.0},
    ("USA:rare-earths/monazite", "capacity", "oxide-equivalent", "1985"): {"amount": 450.0},
    ("NAM:tungsten/ore", "production", "contained", "1975"): {"amount": 115.0},
}  # fmt: skip


@pytest.fixture(scope="session")
def sample() -> Read:
    return read(SAMPLES / "figures.csv", whole=False)


@pytest.mark.parametrize("key", STATED, ids=lambda key: f"{key[0]} {key[3]}")
def test_a_figure_is_what_the_file_says(key: Key, sample: Read) -> None:
    found = sample.observations[key]
    places = ("file", "line")
    stated = {name: value for name, value in STATED[key].items() if name not in places}
    assert {name: found.get(name) for name in stated} == stated
    assert found["verified"] is True
    assert found["source"] == SOURCE


def test_the_whole_files_say_the_same_in_their_own_lines(bgs: Read) -> None:
    for key, stated in STATED.items():
        assert {name: bgs.observations[key].get(name) for name in stated} == stated


def test_former_states_are_never_added_to_their_successors(sample: Read) -> None:
    """Each row has one observation, with that row's own figure: nothing is a sum."""
    places = Counter((v["file"], v["line"]) for v in sample.observations.values())
    assert set(places.values()) == {1}
    # 1991: the united country has the figures, the two states a gap, and neither is zero.
    united = sample.observations["DEU:copper/refined", "production", "contained", "1991"]
    west = sample.observations["DEU-1990:copper/refined", "production", "contained", "1991"]
    assert (united["amount"], west.get("amount")) == (521500.0, None)
    assert west["status"] == "not-available"


def test_a_state_has_figures_only_for_its_own_time(bgs: Read) -> None:
    years: dict[str, set[str]] = {}
    for industry, _, _, year in bgs.observations:
        years.setdefault(industry.split(":")[0], set()).add(year)
    assert (min(years["SUN"]), max(years["SUN"])) == ("1971", "1992")
    assert max(years["ZAR"]) < min(years["COD"])
    assert max(years["RHO"]) == "1979"


def test_statuses_are_those_of_the_file(bgs: Read) -> None:
    found = Counter(v["status"] for v in bgs.observations.values())
    assert found["not-available"] == 189
    assert found["below-threshold"] == 8
    gaps = [v for v in bgs.observations.values() if v["status"] in ("not-available",)]
    assert all(v.get("amount") is None for v in gaps)
    # 1,051 rows are printed as a dash, three of which are those of Zambia that are left out.
    zeros = [v for v in bgs.observations.values() if v.get("amount") == 0]
    assert len(zeros) == 1051 - 3


def test_every_fact_fits_the_ontology(bgs: Read) -> None:
    check = Validator(load_schema()).check
    for fact in bgs.facts:
        check(fact)


def test_each_line_of_the_mappings_gives_its_reason_and_is_used(bgs: Read) -> None:
    products = {v["industry"].split(":", 1)[1] for v in bgs.observations.values()}
    assert all(line["reason"] for line in read_mapping("bgs_wms/products"))
    assert all(line["reason"] for line in read_mapping("bgs_wms/codes"))
    assert all(line["reason"] for line in read_mapping("bgs_wms/notes"))
    assert {m.product for m in meanings().values() if m.product} <= products


# ---- Small files, made here ---------------------------------------------------------------------

Cells = dict[str, str]


def row(**cells: str) -> Cells:
    """A row of the export, one of gallium in China unless said otherwise."""
    usual = {
        "bgs_statistic_type_trans": "Production",
        "bgs_commodity_trans": "gallium, primary",
        "bgs_sub_commodity_trans": "",
        "country_trans": "China",
        "country_iso3_code": "CHN",
        "year": "2025-01-01 00:00:00",
        "units": "tonnes (metric)",
        "quantity": "7",
        "quantity_in_book_style": "7",
        "sdmx_code": "A",
        "concat_figure_notes_code": "",
        "concat_figure_notes_text": "",
    }
    return usual | cells


def write(
    file: Path, rows: Sequence[Cells], columns: Sequence[str] = tuple(HEADERS.values())
) -> Path:
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, tuple(HEADERS.values()), extrasaction="ignore")
    table.writeheader()
    table.writerows(rows)
    file.write_text(text.getvalue(), "utf-8-sig", newline="")
    return file


def test_the_next_edition_loads_without_code(tmp_path: Path) -> None:
    file = write(tmp_path / "BGS_gallium_production.csv", [row()])
    assert recognise("bgs-wms", file) == "bgs-wms-2025"
    assert edition_of("bgs-wms-2025").loader == "bgs-wms"
    found = read(file)
    key = ("CHN:gallium/primary-low-purity", "production", "contained", "2025")
    assert found.observations[key]["source"] == "bgs-wms-2025"


def test_a_part_of_the_tables_says_what_is_missing(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.csv", [row()]))
    assert len(found.ledger.notes) == 1
    assert f"1 of {len(extents())} tables" in found.ledger.notes[0]
    assert "cobalt, mine" in found.ledger.notes[0]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"country_trans": "Atlantis"}, "country_trans"),
        ({"country_iso3_code": "COD"}, "country_iso3_code"),
        ({"units": "cubits"}, "units"),
        ({"units": "tonnes (metal content)", "bgs_commodity_trans": "manganese ore"}, "units"),
        ({"quantity": "many"}, "quantity"),
        ({"quantity": "-7"}, "quantity"),
        ({"quantity": "nan"}, "quantity"),
        ({"quantity": "8"}, "quantity_in_book_style"),
        ({"quantity": ""}, "quantity"),
        ({"sdmx_code": "O"}, "sdmx_code"),
        ({"bgs_commodity_trans": "unobtainium"}, "bgs_commodity_trans"),
        ({"bgs_sub_commodity_trans": "Sticks"}, "bgs_sub_commodity_trans"),
        ({"concat_figure_notes_code": "*"}, "concat_figure_notes_text"),
        ({"concat_figure_notes_text": "Estimates."}, "concat_figure_notes_text"),
        ({"bgs_statistic_type_trans": "Guesses"}, "bgs_statistic_type_trans"),
    ],
)
def test_a_row_that_cannot_be_understood_is_refused_with_its_column(
    cells: Cells, column: str, tmp_path: Path
) -> None:
    found = read(write(tmp_path / "a.csv", [row(country_trans="Japan", country_iso3_code="JPN"),
                                            row(**cells)]))  # fmt: skip
    assert [(r.place.line, r.place.column) for r in found.ledger.rejected] == [(3, column)]
    assert found.ledger.rejected[0].remedy
    assert found.ledger.used == 1


def test_two_rows_of_one_key_are_never_added(tmp_path: Path) -> None:
    found = read(
        write(tmp_path / "a.csv", [row(), row(), row(quantity="8", quantity_in_book_style="8")])
    )
    assert (found.ledger.used, len(found.ledger.rejected)) == (1, 1)
    assert "a.csv, line 2 speaks of the same" in found.ledger.rejected[0].reason
    # The row that says it all once more takes nothing away and adds nothing.
    assert dict(found.ledger.left) == {REPEATED: 1}


def test_trade_is_left_out(tmp_path: Path) -> None:
    rows = [row(), row(bgs_statistic_type_trans="Imports")]
    found = read(write(tmp_path / "a.csv", rows))
    assert sum(found.ledger.left.values()) == 1


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda t: t.replace("quantity_in_book_style", "book", 1), "'quantity_in_book_style'"),
        (lambda t: t[: t.rindex("tonnes")], "cut off"),
        (lambda t: t.split("\n", 1)[0], "no rows"),
        (lambda t: "", "empty"),
        (lambda t: t.replace("2023-01-01 00:00:00", "CHN"), "cannot stand there"),
        (lambda t: "Country,Value\nChina,7\n", "not a file of BGS"),
    ],
)
def test_a_damaged_file_is_named_as_such(
    damage: Callable[[str], str], said: str, tmp_path: Path
) -> None:
    text = (SAMPLES / "gallium.csv").read_text("utf-8")
    file = tmp_path / "BGS_gallium_production.csv"
    file.write_text(damage(text), "utf-8")
    with pytest.raises(OrepathError, match=said) as caught:
        read(file)
    assert file.name in caught.value.message


def test_a_file_that_ends_early_is_named_as_such(folder: Path, tmp_path: Path) -> None:
    lines = (folder / "BGS_germanium_production.csv").read_bytes().splitlines(keepends=True)
    file = tmp_path / "BGS_germanium_production.csv"
    file.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(OrepathError, match="222 rows of 'germanium metal' instead of 223"):
        recognise("bgs-wms", file)
    # With whole files beside it, one that ends some years early is found too.
    file.write_bytes(b"".join(lines[:-60]))
    with pytest.raises(OrepathError, match="cut off"):
        recognise("bgs-wms", file, folder / "BGS_gallium_production.csv")


def test_one_table_in_two_files_is_never_added(folder: Path) -> None:
    file = folder / "BGS_gallium_production.csv"
    found = read(file, file)
    assert (found.ledger.used, found.ledger.rejected) == (82, [])
    assert found.ledger.left[REPEATED] == 82


@pytest.fixture(scope="session")
def gallium() -> tuple[list[list[str]], set[str]]:
    """The sample of gallium as cells, and its facts as text."""
    file = SAMPLES / "gallium.csv"
    cells = list(csv.reader(io.StringIO(file.read_text("utf-8"), newline="")))
    return cells, said(read(file, whole=False))


def said(found: Read) -> set[str]:
    return {repr(sorted(f.values.items(), key=str)) for f in found.facts}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    order=st.permutations(range(12)),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    spaces=st.booleans(),
)
def test_order_of_columns_and_encoding_do_not_matter(
    order: list[int],
    encoding: str,
    delimiter: str,
    spaces: bool,
    gallium: tuple[list[list[str]], set[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    cells, facts = gallium
    text = io.StringIO(newline="")
    pad = " " if spaces else ""
    table = csv.writer(text, delimiter=delimiter)
    table.writerows([[*(f"{r[i]}{pad}" for i in order), "extra"] for r in cells])
    file = tmp_path_factory.mktemp("bgs") / "gallium.csv"
    file.write_text(text.getvalue(), encoding, newline="")
    assert said(read(file, whole=False)) == facts


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_corrupted_file_never_states_other_facts(
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    raw = (SAMPLES / "gallium.csv").read_bytes()
    kind = data.draw(st.sampled_from(["truncate", "noise", "swap", "drop"]))
    at = data.draw(st.integers(0, len(raw) - 1))
    if kind == "truncate":
        raw = raw[:at]
    elif kind == "noise":
        raw = raw[:at] + data.draw(st.binary(min_size=1, max_size=40)) + raw[at:]
    elif kind == "drop":
        # Within a line: two rows of one country may be spliced to one that nobody can tell apart.
        end = raw.find(b"\n", at + 1)
        raw = raw[:at] + raw[min(at + data.draw(st.integers(1, 400)), end % len(raw)) :]
    else:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        a, b = data.draw(st.integers(0, 11)), data.draw(st.integers(0, 11))
        for cells in rows[1:]:
            cells[a], cells[b] = cells[b], cells[a]
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        raw = text.getvalue().encode("utf-8")
    file = tmp_path_factory.mktemp("bgs") / "gallium.csv"
    file.write_bytes(raw)
    try:
        found = read(file, whole=False)
    except OrepathError:
        return
    # A truncated file may read like an export of an earlier year; it is then another source.
    if any(v["source"] != SOURCE for v in found.observations.values()):
        return
    keys = {k: (v.get("amount"), v["status"]) for k, v in found.observations.items()}
    whole = read(SAMPLES / "gallium.csv", whole=False).observations
    known = {k: (v.get("amount"), v["status"]) for k, v in whole.items()}
    assert all(known.get(k) == v for k, v in keys.items())


def geojson(file: Path, rows: Sequence[Cells], matched: int = 0) -> Path:
    """A page of the open interface: what the CSV leaves empty is null, figures are numbers."""
    features = []
    for cells in rows:
        held: dict[str, Any] = {name: cell or None for name, cell in cells.items()}
        with suppress(TypeError, ValueError):
            held["quantity"] = float(held["quantity"])
        features.append({"type": "Feature", "geometry": None, "properties": held})
    page = {
        "type": "FeatureCollection",
        "features": features,
        "numberMatched": matched or len(rows),
    }
    file.write_text(json.dumps(page), "utf-8")
    return file


def said_by(found: Read) -> dict[Key, dict[str, Any]]:
    return {
        key: {k: v for k, v in values.items() if k not in ("file", "line")}
        for key, values in found.observations.items()
    }


def test_geojson_states_what_the_csv_states(tmp_path: Path) -> None:
    with (SAMPLES / "gallium.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = read(geojson(tmp_path / "items.json", rows), whole=False)
    assert said_by(found) == said_by(read(SAMPLES / "gallium.csv", whole=False))
    assert not found.ledger.rejected


def test_a_page_of_an_answer_is_a_part(tmp_path: Path) -> None:
    first = geojson(tmp_path / "1.json", [row()], matched=2)
    second = geojson(tmp_path / "2.json", [row(year="2024-01-01 00:00:00")], matched=2)
    with pytest.raises(RefusedError, match="1 features that the interface found are missing"):
        read(first)
    assert len(read(first, whole=False).observations) == 1
    assert len(read(first, second).observations) == 2


@pytest.mark.parametrize("text", ["{", "[1]", '{"features": 1}', '{"type": "FeatureCollection"}'])
def test_other_json_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "items.json"
    file.write_text(text, "utf-8")
    with pytest.raises(OrepathError, match=r"items\.json"):
        read(file)


MATRIX = (
    ["Production of cobalt, mine", "tonnes (metal content)"],
    ["Country", "", "2021", "", "2022", ""],
    ["Canada", "", "*", "1,961", "", "4000"],
    ["Finland", "", "", "-----", "a", "7"],
    ["Cuba", "", "", "...", "q", "5"],
    ["(a) Includes Co content of residues."],
)


def matrix(file: Path, rows: Sequence[Sequence[str]] = MATRIX) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return file


def test_a_matrix_is_read_with_its_marks(tmp_path: Path) -> None:
    found = read(matrix(tmp_path / "cobalt.csv"), whole=False)
    cells = {
        (key[0][:3], key[3]): (v.get("amount"), v["status"], v["note"])
        for key, v in found.observations.items()
    }
    assert cells == {
        ("CAN", "2021"): (1961, "estimated", None),
        ("CAN", "2022"): (4000, "normal", None),
        ("FIN", "2021"): (0, "normal", None),
        ("FIN", "2022"): (7, "normal", "Includes Co content of residues."),
        ("CUB", "2021"): (None, "not-available", None),
    }
    (refused,) = found.ledger.rejected  # nothing says what the mark q means
    assert (refused.place.line, refused.value) == (5, "")


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (["Production of unobtainium", "tonnes (metal content)"], "names a commodity"),
        (["Production of cobalt, mine"], "--unit"),
    ],
)
def test_a_matrix_that_does_not_say_what_it_counts_is_refused(
    tmp_path: Path, titles: list[str], said: str
) -> None:
    file = matrix(tmp_path / "cobalt.csv", [titles, *MATRIX[1:]])
    with pytest.raises(RefusedError) as error:
        read(file, whole=False)
    assert said in str(error.value)
    if said == "--unit":
        unit = Said(unit="tonnes (metal content)")
        reading = loader("bgs-wms").read([file], whole=False, said=unit)
        assert "newest year" in reading.assumed
        assert [f for f in reading.facts(Ledger()) if f.term == "IndustryObservation"]


@settings(max_examples=60, deadline=None)
@given(
    line=st.integers(2, 4),
    column=st.sampled_from([3, 5]),
    cell=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=6),
)
def test_a_wrong_cell_of_a_matrix_costs_that_cell_at_most(
    tmp_path_factory: pytest.TempPathFactory, line: int, column: int, cell: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "cobalt.csv"
    before = said_by(read(matrix(file), whole=False))
    rows = [list(cells) for cells in MATRIX]
    rows[line][column] = cell
    after = said_by(read(matrix(file, rows), whole=False))
    country = {2: "CAN", 3: "FIN", 4: "CUB"}[line]
    wrong = (country, "2021" if column == 3 else "2022")
    kept = {key for key in before if (key[0][:3], key[3]) != wrong}
    assert {key: after.get(key) for key in kept} == {key: before[key] for key in kept}
    assert {(key[0][:3], key[3]) for key in after.keys() - kept} <= {wrong}
