"""CEPII BACI: flows read by hand from the extract, the official layout, and damaged tables.

The sample holds rows of the extract (Etalab Open Licence 2.0); where the extract itself is at hand,
all of it is read too."""

from __future__ import annotations

import csv
import re
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loading import read as read_files
from loading import recognise as recognised
from orepath.loaders import customs
from orepath.loaders.base import NOTHING_SAID, Ledger, Said, sha256
from orepath.loaders.registry import all_editions, edition_of, loader
from orepath.ontology.errors import OrepathError, RefusedError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

Flow = dict[str, Any]
SAMPLE = Path(__file__).parent / "samples/cepii_baci.csv"
NAME = "BACI_HS22_Y2024_V202601.csv"
ROWS = """\
t,i,j,k,v,q
2024,156,392,811292,16149.339,    58.934
2024,156,392,010121,7.5,     0.100
2024,156,490,811292,97.942,        NA
2024,516,710,270112,0.048,     0.000
2024,842,757,811231,1200,     2.500
"""


# What is to be said of the sample, which has no name of CEPII's.
SAMPLES = Said("2026-01", "HS2017", "USD")


def read(*files: Path, said: Said = NOTHING_SAID) -> tuple[list[Fact], Ledger]:
    facts, ledger = read_files("cepii-baci", *files, said=said)
    return facts, ledger


def recognise(*files: Path, said: Said = NOTHING_SAID) -> str:
    source: str = recognised("cepii-baci", *files, said=said)
    return source


def flows(facts: Sequence[Fact]) -> dict[tuple[str, str, int], Flow]:
    found: dict[tuple[str, str, int], Flow] = {}
    for fact in facts:
        if fact.term == "TradeFlow":
            v: Flow = dict(fact.values)
            found[v["exporter"], v["importer"], v["year"]] = v
    return found


def told(facts: Sequence[Fact]) -> list[tuple[str, str]]:
    """What the facts say, without the places they come from."""
    return sorted(
        (f.term, repr(sorted((k, v) for k, v in f.values.items() if k not in ("file", "line"))))
        for f in facts
    )


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def writer(text: str | bytes, name: str = NAME) -> Path:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return writer


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data" / "baci"


Extract = tuple[dict[tuple[str, str, int], Flow], list[Fact], Ledger]


@pytest.fixture(scope="module")
def whole(folder: Path) -> Extract:
    facts, ledger = read(folder / "trade.parquet")
    return flows(facts), facts, ledger


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Extract:
    """The sample in the extract's format."""
    file = tmp_path_factory.mktemp("extract") / "trade.parquet"
    polars.read_csv(SAMPLE, schema_overrides={"hs6": polars.String}).write_parquet(file)
    facts, ledger = read(file, said=Said("2026-01", "HS2017"))
    return flows(facts), facts, ledger


@pytest.mark.parametrize(
    ("exporter", "importer", "code", "value", "mass", "status"),
    [
        # The basket of gallium, germanium and others; Taiwan is S19 in the file, on both sides.
        ("CHN", "JPN", "811292", 16149339, 58.934, "normal"),
        ("TWN", "JPN", "811292", 16277744, 82.149, "normal"),
        ("CHN", "TWN", "811292", 97942, 0.487, "normal"),
        # The largest flow of lithium carbonate.
        ("CHL", "CHN", "283691", 2027527918, 185819.781, "normal"),
        ("CHN", "DEU", "850511", 513918501, 12606.775, "normal"),
        # The first and the last row.
        ("TJK", "FRA", "811010", 111108435, 6226.77, "normal"),
        ("LTU", "NLD", "720292", 1, None, "not-available"),
        # Namibia is NAM, not a missing value; one flow has no quantity, one a single kilogram.
        ("NAM", "ZAF", "270112", 48, None, "not-available"),
        ("NAM", "ZAF", "280480", 1, 0.001, "normal"),
        # 32310.000000000004 in the CSV extract.
        ("DZA", "CYP", "280429", 32310, 0.185, "normal"),
        ("ZAF", "GBR", "711011", 449025115, 17.581, "normal"),
        ("QAT", "KOR", "280429", 152411338, 1373.803, "normal"),
    ],
)
def test_flows_read_by_hand(
    extract: Extract,
    exporter: str,
    importer: str,
    code: str,
    value: float,
    mass: float | None,
    status: str,
) -> None:
    flow = extract[0][f"{exporter}:hs2017/{code}", importer, 2024]
    assert (flow["value"], flow.get("mass"), flow["status"]) == (value, mass, status)
    assert (flow["currency"], flow["valuation"]) == ("USD", "FOB")
    assert (flow["reporter_side"], flow["source"]) == ("reconciled", "cepii-baci-2026-01")


def test_every_row_of_the_sample_is_a_flow(extract: Extract) -> None:
    found, _, ledger = extract
    rows = len(SAMPLE.read_text("utf-8").splitlines()) - 1
    assert (ledger.rows_read, ledger.used, len(found)) == (rows, rows, rows)
    assert ledger.rejected == []


def test_every_row_of_the_extract_is_a_flow(whole: Extract, extract: Extract) -> None:
    found, _, ledger = whole
    for key, flow in extract[0].items():
        assert flow | {"line": 0} == found[key] | {"line": 0}
    assert (ledger.rows_read, ledger.used, ledger.rejected) == (21723, 21723, [])
    assert len(found) == 21723
    # 4.7 % of the quantities are missing, by the publisher's own account.
    assert sum(flow["status"] == "not-available" for flow in found.values()) == 1030


def test_the_facts_are_of_the_ontology(
    extract: Extract,
) -> None:
    validator = Validator(load_schema())
    for fact in extract[1]:
        validator.check(fact)
    codes = {v["exporter"].partition(":")[2] for v in extract[0].values()}
    assert len(codes) == 30
    assert codes <= set(customs.known())


def test_the_csv_says_the_same_values(folder: Path, whole: Extract) -> None:
    found = flows(read(folder / "baci_2024.csv")[0])
    assert {k: v["value"] for k, v in found.items()} == {k: v["value"] for k, v in whole[0].items()}
    assert all("mass" not in flow for flow in found.values())


def test_the_sample_as_csv_says_the_same_values(
    extract: Extract, write: Callable[..., Path]
) -> None:
    rows = csv.DictReader(SAMPLE.read_text("utf-8").splitlines())
    text = "".join(
        f"{r['exporter']},{r['importer']},{r['hs6']},{float(r['value_kusd']) * 1000!r}\n"
        for r in rows
    )
    found = flows(read(write("i,j,cmd,value\n" + text, "baci_2022.csv"), said=SAMPLES)[0])
    assert {k[:2]: v["value"] for k, v in found.items()} == {
        k[:2]: v["value"] for k, v in extract[0].items()
    }
    assert all("mass" not in flow for flow in found.values())


def test_both_extracts_and_the_list_of_countries_together(folder: Path) -> None:
    names = ("baci_2024.csv", "country_codes_V202601.csv", "trade.parquet")
    facts, ledger = read(*(folder / name for name in names))
    assert len(flows(facts)) == ledger.used == 21723
    assert sorted(ledger.left.values()) == [238, 21723]
    assert ledger.rejected == []


def test_the_sidecar_names_the_files_that_were_tested(folder: Path) -> None:
    for file in all_editions()["cepii-baci-2026-01"].files:
        assert sha256(folder / file.name) == file.sha256


def test_an_extract_that_lost_rows_is_refused(write: Callable[..., Path]) -> None:
    lines = [b"i,j,cmd,value\n", *[b"CHN,JPN,010121,1.0\n"] * 20_000]
    with pytest.raises(OrepathError, match="20,000 rows instead of 21,723"):
        recognise(write(b"".join(lines[:20001]), "baci_2024.csv"), said=SAMPLES)


def test_an_extract_of_another_year_needs_no_code(write: Callable[..., Path]) -> None:
    file = write("i,j,cmd,value\nCHN,S19,811292,500.0\n", "baci_2022.csv")
    found = flows(read(file, said=SAMPLES)[0])
    assert list(found) == [("CHN:hs2017/811292", "TWN", 2022)]


def test_every_number_of_the_release_means_what_its_letters_say(folder: Path) -> None:
    """But where the letters are those of a successor, the number's state is meant."""
    from orepath.loaders import names

    other = {}
    with (folder / "country_codes_V202601.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            found = names.numbered(row["country_code"], "cepii-baci")
            if found != names.economy(row["country_iso3"], "cepii-baci"):
                other[row["country_code"]] = found
    assert other == {
        "58": "AGG:un-comtrade:belgium-luxembourg",
        "280": "DEU-1990",
        "736": "SDN-2011",
    }


# The official layout, in tables made here.


def test_the_official_layout(write: Callable[..., Path]) -> None:
    facts, ledger = read(write(ROWS))
    found = flows(facts)
    assert ledger.left == {"HS codes outside the vocabulary": 1}
    assert (ledger.used, ledger.rejected) == (4, [])
    gallium = found["CHN:hs2022/811292", "JPN", 2024]
    assert (gallium["value"], gallium["mass"]) == (16149339, 58.934)
    assert (gallium["file"], gallium["line"]) == (NAME, 2)
    # NA is no quantity, and one that rounds to zero is not zero.
    taiwan = found["CHN:hs2022/811292", "TWN", 2024]
    assert ("mass" in taiwan, taiwan["status"]) == (False, "not-available")
    coal = found["NAM:hs2022/270112", "ZAF", 2024]
    assert ("mass" in coal, coal["status"], coal["value"]) == (False, "below-threshold", 48)
    # BACI's own numbers of the United States and of Switzerland; hafnium is apart in HS 2022.
    assert found["USA:hs2022/811231", "CHE", 2024]["mass"] == 2.5
    industries = {f.values["id"]: f.values["name"] for f in facts if f.term == "Industry"}
    assert industries["NAM:hs2022/270112"] == "Namibia: HS 2022 2701 12 bituminous coal"


def test_aggregates_make_nothing(write: Callable[..., Path]) -> None:
    facts, _ = read(write("t,i,j,k,v,q\n1995,697,58,260300,5,1\n", "BACI_HS92_Y1995_V202601.csv"))
    assert not [f for f in facts if f.term == "Making"]
    [totals] = [f for f in facts if f.term == "totals"]
    assert totals.values["start"] == "AGG:un-comtrade:europe-efta-nes:hs1992/260300"


@pytest.mark.parametrize(
    ("name", "source", "code"),
    [
        ("BACI_HS17_Y2023_V202501.csv", "cepii-baci-2025-01", "hs2017"),
        ("BACI_HS22_Y2025_V202701.csv", "cepii-baci-2027-01", "hs2022"),
        ("BACI_HS92_Y2001_V202401b.csv", "cepii-baci-2024-01b", "hs1992"),
    ],
)
def test_other_releases_years_and_editions_need_no_code(
    write: Callable[..., Path], name: str, source: str, code: str
) -> None:
    year = name.partition("_Y")[2][:4]
    file = write(f"t,i,j,k,v,q\n{year},156,392,260300,1.5,2\n", name)
    assert recognise(file) == source
    assert list(flows(read(file)[0])) == [(f"CHN:{code}/260300", "JPN", int(year))]
    assert edition_of(source).edition == source.removeprefix("cepii-baci-")


def test_an_archive_with_several_years(tmp_path: Path) -> None:
    archive = tmp_path / "BACI_HS22_V202601.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(NAME, ROWS)
        packed.writestr("BACI_HS22_Y2023_V202601.csv", ROWS.replace("2024,", "2023,"))
        packed.writestr(
            "country_codes_V202601.csv",
            "country_code,country_name,country_iso2,country_iso3\n156,China,CN,CHN\n",
        )
        packed.writestr("product_codes_HS22_V202601.csv", 'code,description\n811292,"Gallium, …"\n')
        packed.writestr("Readme.txt", "BACI")
    facts, ledger = read(archive)
    assert recognise(archive) == "cepii-baci-2026-01"
    assert {year for *_, year in flows(facts)} == {2023, 2024}
    assert (ledger.used, sum(ledger.left.values())) == (8, 4)


def test_a_country_that_only_the_release_knows(write: Callable[..., Path], tmp_path: Path) -> None:
    table = write("t,i,j,k,v,q\n2024,997,156,260300,5,1\n")
    assert [r.value for r in read(table)[1].rejected] == ["997"]
    countries = tmp_path / "country_codes_V202601.csv"
    countries.write_text("country_code,country_name,country_iso2,country_iso3\n997,Kosovo,XK,XKX\n")
    assert list(flows(read(table, countries)[0])) == [("XKX:hs2022/260300", "CHN", 2024)]


def test_damaged_rows_are_named_and_the_others_kept(write: Callable[..., Path]) -> None:
    # The rows that `recognise` looks at are whole.
    body = "".join(f"2024,4,{n % 800 + 1},010121,1.0,1.0\n" for n in range(1000))
    bad = (
        "2024,156,392,811292,12\n"
        "2024,156,392,8112.92,12,1\n"
        "2024,156,392,811292,1_2,1\n"
        "2023,156,392,811292,12,1\n"
        "2024,156,999,811292,12,1\n"
        "2024,156,410,811292,12,one\n"
    )
    facts, ledger = read(write("t,i,j,k,v,q\n" + body + bad + ROWS.partition("\n")[2]))
    assert [r.place.line for r in ledger.rejected] == list(range(1002, 1008))
    assert [r.place.column for r in ledger.rejected] == [None, None, "v", None, None, "q"]
    assert "5 columns instead of 6" in ledger.rejected[0].reason
    assert len(flows(facts)) == 4


@pytest.mark.parametrize("torn", ["    5\n8.934", "  \n  58.934", "58.9\n34"])
def test_a_quantity_torn_in_two_is_no_quantity(write: Callable[..., Path], torn: str) -> None:
    body = "".join(f"2024,4,{n % 800 + 1},010121,1.0,1.0\n" for n in range(1000))
    text = ROWS.replace("    58.934", torn).partition("\n")[2]
    facts, ledger = read(write("t,i,j,k,v,q\n" + body + text))
    assert [r.place.line for r in ledger.rejected] == [1002, 1003]
    assert ("CHN:hs2022/811292", "JPN", 2024) not in flows(facts)
    assert len(flows(facts)) == 3


def test_a_row_given_twice_is_rejected(write: Callable[..., Path]) -> None:
    facts, ledger = read(write(ROWS + "2024,842,757,811231,1200,2.5\n"))
    assert [r.place.line for r in ledger.rejected] == [7]
    assert len(flows(facts)) == 4


def test_damage_everywhere_is_an_error(write: Callable[..., Path]) -> None:
    with pytest.raises(OrepathError, match="more than 1000 damaged rows"):
        read(write(ROWS + "2024,4,8,010121,1,1\n" * 1000 + "2024,156\n" * 1100))


REFUSED = {
    "no column 'q'": ("t,i,j,k,v\n2024,156,392,811292,1\n", NAME),
    "no column 'v'": ("t,i,j,k,value,q\n2024,156,392,811292,1,1\n", NAME),
    "duplicate column 't'": ("t,t,i,j,k,v,q\n2024,2024,156,392,811292,1,1\n", NAME),
    "line 2, column t: '156'": ("i,t,j,k,v,q\n2024,156,392,811292,1,1\n", NAME),
    "line 4, column v: 'NA'": (ROWS.replace("k,v,q", "k,q,v"), NAME),
    "exporters seem to stand under j": (
        "t,j,i,k,v,q\n2024,4,392,811292,1,1\n2024,8,156,811292,1,1\n",
        NAME,
    ),
    "the last row has 5 columns instead of 6": (ROWS[:-12], NAME),
    "header and no whole row": ("t,i,j,k,v,q\n", NAME),
    "does not say its release, nomenclature": (ROWS, "baci.csv"),
    "hold no code of HS2027": (ROWS, "BACI_HS27_Y2028_V203001.csv"),
    "trade of 2021: HS2022 has no trade before 2022": (ROWS, "BACI_HS22_Y2021_V202601.csv"),
    "trade of 2026: the release 2026-01 holds years before it": (
        ROWS,
        "BACI_HS22_Y2026_V202601.csv",
    ),
    "line 2, column t: '2024'": (ROWS, "BACI_HS22_Y2023_V202601.csv"),
    "not a file of CEPII BACI": ("Country,Year,Value\nChina,2024,1\n", "MCS2026.csv"),
    "is not a text file": (ROWS.encode().replace(b",", b"\0"), NAME),
    "not a whole archive": (b"PK\x03\x04 cut off", "BACI_HS22_V202601.zip"),
    "not a whole Apache Parquet file": (b"PAR1 cut off", "trade.parquet"),
    "no table of trade": (
        "country_code,country_name,country_iso2,country_iso3\n4,Afghanistan,AF,AFG\n",
        "country_codes_V202601.csv",
    ),
    "does not say its release, nomenclature, unit": (
        "i,j,cmd,value\nCHN,JPN,811292,1\n",
        "mine.csv",
    ),
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_is_not_a_whole_table_is_refused(write: Callable[..., Path], message: str) -> None:
    text, name = REFUSED[message]
    with pytest.raises(OrepathError, match=message) as refused:
        read(write(text, name))
    assert refused.value.hint is not None or "duplicate" in message


def test_tables_of_two_releases_and_the_same_table_twice_are_refused(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    files = [write(ROWS), write(ROWS, "BACI_HS22_Y2024_V202701.csv")]
    with pytest.raises(OrepathError, match="2 releases"):
        recognise(*files)
    (tmp_path / "again").mkdir()
    again = tmp_path / "again" / NAME
    again.write_text(ROWS)
    with pytest.raises(OrepathError, match="both HS2022 of 2024"):
        recognise(files[0], again)
    extract = write("i,j,cmd,value\nCHN,JPN,811292,1\n", "baci_2022.csv")
    older = write(ROWS.replace("811231", "260300"), "BACI_HS17_Y2024_V202601.csv")
    with pytest.raises(OrepathError, match="an extract of tables that are given too"):
        recognise(older, extract, said=Said(unit="USD", edition="2026-01", nomenclature="HS2017"))


def test_a_cut_archive_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "BACI_HS22_V202601.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(NAME, ROWS[:-12])
    with pytest.raises(OrepathError, match="the last row has 5 columns instead of 6"):
        read(archive)


def test_an_archive_with_a_flipped_bit_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "BACI_HS22_V202601.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(NAME, ROWS)
    data = bytearray(archive.read_bytes())
    data[80] ^= 0x10
    archive.write_bytes(data)
    with pytest.raises(OrepathError, match="damaged archive"):
        read(archive)


def test_memory_does_not_grow_with_the_file(write: Callable[..., Path]) -> None:
    read(write(ROWS))  # the vocabularies are read once
    peaks = []
    for rows in (10_000, 80_000):
        body = "".join(f"2024,4,{n % 800 + 1},{n % 5000:06d},1.0,1.0\n" for n in range(rows))
        file = write("t,i,j,k,v,q\n" + body)
        ledger = Ledger()
        tracemalloc.start()
        assert sum(1 for _ in loader("cepii-baci").read([file]).facts(ledger)) == 0
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert sum(ledger.left.values()) == rows
    assert peaks[1] < peaks[0] + 500_000


TOLERANT = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@TOLERANT
@given(
    order=st.permutations(range(6)),
    mark=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
    quoted=st.booleans(),
    extra=st.booleans(),
)
def test_order_marks_ends_and_quotes_do_not_matter(
    write: Callable[..., Path],
    order: list[int],
    mark: bool,
    end: str,
    quoted: bool,
    extra: bool,
) -> None:
    lines = []
    for line in ROWS.splitlines():
        cells = line.split(",")
        cells = [cells[at] for at in order] + ["x"] * extra
        lines.append(",".join(f'"{cell}"' if quoted else cell for cell in cells) + end)
    text = "".join(lines).encode("utf-8-sig" if mark else "utf-8")
    assert told(read(write(text))[0]) == told(read(write(ROWS))[0])


@TOLERANT
@given(
    noise=st.lists(
        st.tuples(st.integers(0, len(ROWS) - 1), st.sampled_from([0, 128, 200, 255, 44, 10])),
        max_size=3,
    ),
    cut=st.integers(0, len(ROWS)),
)
def test_corruption_never_gives_other_facts(
    write: Callable[..., Path], noise: list[tuple[int, int]], cut: int
) -> None:
    """An error, or rejected rows and facts that the whole table says too; a cut at the end of a
    row, or within its last cell, cannot be seen: the row has all its cells."""
    data = bytearray(ROWS.encode())
    cut = ROWS.rfind("\n", 0, cut) + 1 if ROWS[:cut].rpartition("\n")[2].count(",") == 5 else cut
    for at, byte in noise:
        data[at] = byte
    whole = told(read(write(ROWS))[0])
    try:
        facts, ledger = read(write(bytes(data[:cut])))
    except OrepathError:
        return
    known = {fact for fact in whole if fact[0] == "TradeFlow"}
    said = {fact for fact in told(facts) if fact[0] == "TradeFlow"}
    assert said <= known
    assert ledger.rows_read <= 8


# What a file does not say is asked for, and never guessed.

EXTRACT = "i,j,cmd,value\nDEU,FRA,260500,1000\nCHN,DEU,280530,2000\n"


@TOLERANT
@given(name=st.from_regex(r"(baci_|trade|BACI_HS17_)?[0-9]{4}(_V202601)?\.csv", fullmatch=True))
def test_no_name_says_what_an_extract_is(write: Callable[..., Path], name: str) -> None:
    with pytest.raises(RefusedError, match="does not say its release, nomenclature, unit") as error:
        recognise(write(EXTRACT, name))
    assert error.value.hint is not None
    for option in ("--edition 2026-01", "--nomenclature HS2017", "--unit USD"):
        assert option in error.value.hint


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Said("2026-01", "HS2007"), "does not say its unit"),
        (Said("2026-01", "HS2007", "euros"), "'euros' is not a unit"),
        (Said("2026-01", "HS2012", "USD"), "trade of 2010: HS2012 has no trade before 2012"),
        (Said("2009-01", "HS2007", "USD"), "trade of 2010: the release 2009-01 holds years before"),
        (Said("2026-01", "HS2099", "USD"), "hold no code of HS2099"),
    ],
)
def test_what_cannot_be_is_refused(write: Callable[..., Path], said: Said, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        recognise(write(EXTRACT, "baci_2010.csv"), said=said)


def test_what_the_user_says_is_believed_and_told(write: Callable[..., Path]) -> None:
    file = write(EXTRACT, "baci_2010.csv")
    reading = loader("cepii-baci").read([file], said=Said("2026-01", "HS 2007", "thousand USD"))
    assert reading.source == "cepii-baci-2026-01"
    for clause in (
        "release 2026-01",
        "nomenclature HS2007",
        "unit thousand USD",
        "2010 is only in",
    ):
        assert clause in reading.assumed
    found = flows(list(reading.facts(Ledger())))
    assert found["DEU:hs2007/260500", "FRA", 2010]["value"] == 1_000_000


def test_a_year_must_be_said(write: Callable[..., Path]) -> None:
    for name in ("mine.csv", "baci_2010_2012.csv"):
        with pytest.raises(RefusedError, match="says the year"):
            recognise(write(EXTRACT, name), said=Said("2026-01", "HS2007", "USD"))


def test_the_user_does_not_contradict_the_file(write: Callable[..., Path]) -> None:
    with pytest.raises(RefusedError, match="says nomenclature HS2022, not HS2017"):
        recognise(write(ROWS), said=Said(nomenclature="HS2017"))
    with pytest.raises(RefusedError, match="says release 2026-01, not 2025-01"):
        recognise(write(ROWS), said=Said("2025-01"))


PREPARED = """\
year,exporter_iso3,importer_iso3,hs92,value_kusd,qty_t
2018,AGO,COD,250410,0.415,0.642
2019,ARE,CAN,250410,123.751,
"""


def test_columns_say_nomenclature_unit_and_year(write: Callable[..., Path]) -> None:
    file = write(PREPARED, "mine_2018.csv")
    with pytest.raises(RefusedError, match="does not say its release\n") as error:
        recognise(file)
    assert error.value.hint is not None
    assert error.value.hint.startswith("Give --edition RELEASE (e.g. --edition 2026-01). ")
    found = flows(read(file, said=Said("2026-01"))[0])
    assert found["AGO:hs1992/250410", "COD", 2018]["mass"] == 0.642
    assert found["ARE:hs1992/250410", "CAN", 2019]["value"] == 123_751
    too_early = write(PREPARED.replace("hs92", "hs22"), "mine.csv")
    with pytest.raises(RefusedError, match=r"trade of 201[89]: HS2022 has no trade before 2022"):
        recognise(too_early, said=Said("2026-01"))


def test_a_state_that_had_ended_does_not_trade(write: Callable[..., Path]) -> None:
    rows = (
        "t,i,j,k,v,q\n1995,810,156,260300,5,1\n1995,156,810,260300,5,1\n1995,643,156,260300,5,1\n"
    )
    facts, ledger = read(write(rows, "BACI_HS92_Y1995_V202601.csv"))
    assert list(flows(facts)) == [("RUS:hs1992/260300", "CHN", 1995)]
    assert [r.place.line for r in ledger.rejected] == [2, 3]
    assert all("Soviet Union ended in 1991" in r.reason for r in ledger.rejected)


@TOLERANT
@given(
    kept=st.sets(st.integers(0, 20)),
    name=st.from_regex(r"[a-z]{1,8}_[a-z]{1,8}\.csv", fullmatch=True),
)
def test_rows_of_a_sample_under_any_name_give_the_same_facts_or_none(
    extract: Extract, write: Callable[..., Path], kept: set[int], name: str
) -> None:
    header, *rows = SAMPLE.read_text("utf-8").splitlines()
    subset = [re.sub(",$", ",NA", rows[at]) for at in sorted(kept)]
    file = write("\n".join([header.replace("hs6", "hs17"), *subset]), name)
    if not kept:
        with pytest.raises(OrepathError):
            recognise(file, said=Said("2026-01"))
        return
    found = flows(read(file, said=Said("2026-01"))[0])
    place = {"file": "", "line": 0}
    assert len(found) == len(kept)
    assert all(flow | place == extract[0][key] | place for key, flow in found.items())


@TOLERANT
@given(
    line=st.integers(1, 5), column=st.integers(0, 5), text=st.text("0123456789.NAx- ", max_size=8)
)
def test_one_corrupted_cell_changes_one_flow_at_most(
    write: Callable[..., Path], line: int, column: int, text: str
) -> None:
    whole = flows(read(write(ROWS))[0])
    lines = [row.split(",") for row in ROWS.splitlines()]
    lines[line][column] = text
    try:
        found = flows(read(write("\n".join(",".join(row) for row in lines)))[0])
    except OrepathError:
        return
    assert len([key for key, flow in whole.items() if found.get(key) != flow]) <= 1
    assert len([key for key, flow in found.items() if whole.get(key) != flow]) <= 1
