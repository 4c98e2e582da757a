"""UN Comtrade: flows read by hand from answers of its API, made ones, and answers that are damaged.

Its terms do not allow to hand its data on, so what is read here without the answers themselves is
made up in their layout.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import ijson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loading import read as read_files
from loading import recognise as recognised
from orepath.loaders import names
from orepath.loaders.base import Ledger, Said, sha256
from orepath.loaders.base.declaration import declaration
from orepath.loaders.registry import all_editions, edition_of, loader
from orepath.loaders.un_comtrade.answers import Answer
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

SOURCE = "un-comtrade-2024"
COLUMNS = declaration("un_comtrade").tables["trade"].columns
Key = tuple[str, str, int, str]


@dataclass(frozen=True)
class Read:
    """All files of the edition, read once."""

    facts: Sequence[Fact]
    ledger: Ledger
    flows: dict[Key, dict[str, Any]]


def read(*files: Path) -> Read:
    facts, ledger = read_files("un-comtrade", *files)
    return Read(facts, ledger, flows_of(facts))


def recognise(*files: Path) -> str:
    source: str = recognised("un-comtrade", *files)
    return source


def flows_of(facts: Sequence[Fact]) -> dict[Key, dict[str, Any]]:
    found: dict[Key, dict[str, Any]] = {}
    for fact in facts:
        if fact.term == "TradeFlow":
            v: dict[str, Any] = dict(fact.values)
            found[v["exporter"], v["importer"], v["year"], v["reporter_side"]] = v
    return found


def statements(facts: Sequence[Fact]) -> list[tuple[str, dict[str, Any]]]:
    return [(f.term, {k: v for k, v in f.values.items() if k != "line"}) for f in facts]


@pytest.fixture(scope="session")
def originals(shared: Path) -> list[Path]:
    folder = shared / "data" / "comtrade"
    return [*sorted(folder.glob("china_imports_2846/*.json")), *sorted(folder.glob("*/*.csv"))]


@pytest.fixture(scope="session")
def comtrade(originals: list[Path]) -> Read:
    return read(*originals)


# ---- facts read by hand ------------------------------------------------------------------------

FLOWS: dict[Key, dict[str, Any]] = {
    # Concentrate of Mountain Pass: 2846 when the United States export it …
    ("USA:hs2022/2846", "CHN", 2024, "exporter"): {
        "value": 191_140_826.0, "mass": 59_156.158, "valuation": "FOB", "status": "normal",
        "currency": "USD", "file": "heavy_ree_trade_data.csv", "line": 11, "note": None,
    },
    # … of which China books next to nothing under 2846 …
    ("USA:hs2022/2846", "CHN", 2024, "importer"): {
        "value": 17_785_761.0, "mass": 252.582408, "valuation": "CIF", "status": "estimated",
        "file": "2024.json#/data/32", "line": None,
        "note": "Net weight estimated by UN Comtrade; the value is as reported.",
    },
    # … but under 2530 90 (Chinese line 25309020, ores of rare earths).
    ("USA:hs2022/253090", "CHN", 2024, "importer"): {
        "value": 149_187_995.0, "mass": 57_589.865, "status": "normal", "line": 63,
    },
    ("USA:hs2022/253090", "CHN", 2024, "exporter"): {"mass": 2141.308, "valuation": "FOB"},
    ("USA:hs2017/2846", "CHN", 2018, "importer"): {"mass": 25_481.718343, "status": "estimated"},
    ("MMR:hs2022/2846", "CHN", 2024, "importer"): {
        "value": 817_835_388.0, "mass": 44_365.512, "status": "normal", "note": None,
    },
    ("WLD:hs2022/2846", "CHN", 2024, "importer"): {
        "value": 1_386_613_152.0, "mass": 77_025.454404, "status": "estimated",
    },
    ("CHN:hs2022/2846", "WLD", 2024, "exporter"): {"value": 392_754_027.0, "valuation": "FOB"},
    # All weights of 2016 are estimated and wrong.
    ("WLD:hs2012/2846", "CHN", 2016, "importer"): {
        "value": 95_597_074.0, "mass": None, "status": "estimated",
        "note": "Net weight 2,615,480 kg: UN Comtrade estimated all weights of China's trade of"
        " 2016 and they are far too small; this one is not carried over.",
    },
    ("KAZ:hs1992/2846", "CHN", 1993, "importer"): {
        "value": 76_031.0, "mass": None, "status": "not-stated",
        "note": "The value is given, the net weight is not.",
    },
    ("TWN:hs1992/2846", "CHN", 1993, "importer"): {"value": 71_624.0},
    ("AGG:un-comtrade:areas-nes:hs1992/2846", "CHN", 1993, "importer"): {"value": 38_597.0},
    ("AGG:un-comtrade:free-zones:hs1996/2846", "CHN", 1998, "importer"): {"value": 1_472_915.0},
    ("AGG:un-comtrade:belgium-luxembourg:hs1996/2846", "CHN", 1998, "importer"): {
        "value": 72_671.0,
    },
    ("AGG:un-comtrade:southern-african-customs-union:hs1996/2846", "CHN", 1996, "importer"): {
        "value": 7979.0,
    },
    ("CHN:hs2022/2846", "CHN", 2024, "importer"): {
        "value": 3_206_782.0,
        "note": "Goods of the reporter's own that came back (re-import). Net weight estimated by"
        " UN Comtrade; the value is as reported.",
    },
    # No net weight: null, zero and zero "estimated" all mean that there is none.
    ("WLD:hs2017/7402", "USA", 2020, "importer"): {
        "value": 2_101_337.0, "mass": None, "status": "not-stated", "line": 2,
        "note": "The value is given, the net weight is not. The quantity is 282,303 kg.",
    },
    ("WLD:hs2017/2846", "USA", 2020, "importer"): {
        "mass": None,
        "note": "The value is given, the net weight is not. The quantity is 5,923,064 kg.",
    },
    ("USA:hs2017/253090", "WLD", 2020, "exporter"): {"value": 82_391_950.0, "mass": None},
    ("WLD:hs2022/253090", "USA", 2024, "importer"): {"value": 85_822_681.0, "mass": None},
    # Two values stand there; the primary one is CIF.
    ("CHN:hs2022/2846", "USA", 2024, "importer"): {"value": 116_100_303.0, "valuation": "CIF"},
    # Only the row of all modes of transport.
    ("CHN:hs2017/253090", "AUS", 2020, "importer"): {
        "value": 560_807.859, "mass": 922.5069, "line": 24,
    },
    ("IDN:hs2022/7501", "CHN", 2024, "exporter"): {
        "value": 5_879_732_410.43, "mass": 1_754_185.046, "line": 105,
    },
    ("COD:hs2012/282200", "CHN", 2023, "exporter"): {
        "value": 2_661_870_911.228, "mass": 263_789.478, "file": "cobalt_trade_data.csv",
    },
    ("CHN:hs2022/811292", "USA", 2024, "exporter"): {"mass": 63.995948, "status": "estimated"},
}  # fmt: skip


@pytest.mark.parametrize("key", list(FLOWS), ids=lambda k: " ".join(map(str, k)))
def test_flows_read_by_hand(comtrade: Read, key: Key) -> None:
    found = comtrade.flows[key]
    assert {name: found[name] for name in FLOWS[key]} == FLOWS[key]
    assert found["verified"] is True
    assert found["source"] == SOURCE


# The same, made up: what the row says other than ROW, and the flow that it is.
MADE: dict[Key, tuple[dict[str, Any], dict[str, Any]]] = {
    ("USA:hs2022/2846", "CHN", 2024, "exporter"): (
        {"period": "2024", "reporterCode": 842, "flowCode": "X", "cmdCode": "2846",
         "cifvalue": None, "fobvalue": 1000.5},
        {"value": 1000.5, "mass": 0.0125, "valuation": "FOB", "status": "normal",
         "currency": "USD", "file": "made.json#/data/0", "line": None, "note": None},
    ),
    ("USA:hs2022/2846", "CHN", 2024, "importer"): (
        {"period": "2024", "reporterCode": 156, "partnerCode": 842, "cmdCode": "2846",
         "isNetWgtEstimated": True},
        {"mass": 0.0125, "valuation": "CIF", "status": "estimated",
         "file": "made.json#/data/1",
         "note": "Net weight estimated by UN Comtrade; the value is as reported."},
    ),
    ("CHN:hs2022/2846", "WLD", 2024, "exporter"): (
        {"period": "2024", "reporterCode": 156, "partnerCode": 0, "flowCode": "X",
         "cmdCode": "2846", "cifvalue": None, "fobvalue": 1000.5},
        {"value": 1000.5, "valuation": "FOB"},
    ),
    ("WLD:hs2012/2846", "CHN", 2016, "importer"): (
        {"period": "2016", "reporterCode": 156, "partnerCode": 0, "classificationCode": "H4",
         "cmdCode": "2846", "netWgt": 2_615_480, "isNetWgtEstimated": True},
        {"mass": None, "status": "estimated",
         "note": "Net weight 2,615,480 kg: UN Comtrade estimated all weights of China's trade of"
         " 2016 and they are far too small; this one is not carried over."},
    ),
    ("KAZ:hs1992/2846", "CHN", 1993, "importer"): (
        {"period": "1993", "reporterCode": 156, "partnerCode": 398, "classificationCode": "H0",
         "cmdCode": "2846", "netWgt": None, "qty": None, "qtyUnitCode": -1},
        {"mass": None, "status": "not-stated",
         "note": "The value is given, the net weight is not."},
    ),
    ("TWN:hs1992/2846", "CHN", 1993, "importer"): (
        {"period": "1993", "reporterCode": 156, "partnerCode": 490, "classificationCode": "H0",
         "cmdCode": "2846"},
        {"value": 1000.5},
    ),
    ("AGG:un-comtrade:areas-nes:hs1992/2846", "CHN", 1993, "importer"): (
        {"period": "1993", "reporterCode": 156, "partnerCode": 899, "classificationCode": "H0",
         "cmdCode": "2846"},
        {"value": 1000.5},
    ),
    ("AGG:un-comtrade:free-zones:hs1996/2846", "CHN", 1998, "importer"): (
        {"period": "1998", "reporterCode": 156, "partnerCode": 838, "classificationCode": "H1",
         "cmdCode": "2846"},
        {"value": 1000.5},
    ),
    ("AGG:un-comtrade:belgium-luxembourg:hs1996/2846", "CHN", 1998, "importer"): (
        {"period": "1998", "reporterCode": 156, "partnerCode": 58, "classificationCode": "H1",
         "cmdCode": "2846"},
        {"value": 1000.5},
    ),
    ("AGG:un-comtrade:southern-african-customs-union:hs1996/2846", "CHN", 1996, "importer"): (
        {"period": "1996", "reporterCode": 156, "partnerCode": 711, "classificationCode": "H1",
         "cmdCode": "2846"},
        {"value": 1000.5},
    ),
    ("CHN:hs2022/2846", "CHN", 2024, "importer"): (
        {"period": "2024", "reporterCode": 156, "partnerCode": 156, "cmdCode": "2846",
         "isNetWgtEstimated": True},
        {"note": "Goods of the reporter's own that came back (re-import). Net weight estimated by"
         " UN Comtrade; the value is as reported."},
    ),
    # No net weight: null, zero and zero "estimated" all mean that there is none.
    ("WLD:hs2017/7402", "USA", 2020, "importer"): (
        {"period": "2020", "reporterCode": 842, "partnerCode": 0, "classificationCode": "H5",
         "cmdCode": "7402", "netWgt": 0, "isNetWgtEstimated": True, "qty": 282_303},
        {"mass": None, "status": "not-stated",
         "note": "The value is given, the net weight is not. The quantity is 282,303 kg."},
    ),
    ("USA:hs2017/253090", "WLD", 2020, "exporter"): (
        {"period": "2020", "reporterCode": 842, "partnerCode": 0, "classificationCode": "H5",
         "cmdCode": "253090", "flowCode": "X", "cifvalue": None, "fobvalue": 1000.5,
         "netWgt": 0.0},
        {"value": 1000.5, "mass": None, "valuation": "FOB"},
    ),
    # Two values stand there; the primary one is CIF.
    ("CHN:hs2022/2846", "USA", 2024, "importer"): (
        {"period": "2024", "reporterCode": 842, "cmdCode": "2846", "fobvalue": 900.25},
        {"value": 1000.5, "valuation": "CIF"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Read:
    rows = [ROW | change for change, _ in MADE.values()]
    modes = [row | {"motCode": 2100} for row in rows[:2]]
    return read(answer(tmp_path_factory.mktemp("made"), *rows, *modes, name="made.json"))


@pytest.mark.parametrize("key", list(MADE), ids=lambda k: " ".join(map(str, k)))
def test_made_flows(made: Read, key: Key) -> None:
    found, said = made.flows[key], MADE[key][1]
    assert {name: found[name] for name in said} == said
    assert found["verified"] is True
    assert found["source"] == SOURCE


def test_made_rows_are_booked(made: Read) -> None:
    assert made.ledger.used == len(made.flows) == len(MADE)
    assert sum(made.ledger.left.values()) == 2
    assert made.ledger.rejected == []


def test_every_row_is_booked_and_none_refused(comtrade: Read) -> None:
    assert comtrade.ledger.rows_read == 726 + 640
    assert comtrade.ledger.rejected == []
    left = {entry.what: entry.reason for entry in all_editions()[SOURCE].left_out}
    assert dict(comtrade.ledger.left) == {
        left["modes of transport (motCode)"]: 53,
        # China's imports of 2846 from the world and the United States, 2020 to 2024, stand in
        # both downloads.
        left["rows that repeat another of the same load"]: 10,
    }
    assert len(comtrade.flows) == comtrade.ledger.used == 1303


def test_each_file_alone_is_balanced_too(originals: list[Path]) -> None:
    for file in originals:
        alone = read(file)
        assert alone.ledger.rejected == []
        assert alone.ledger.used


def test_the_partners_add_up_to_the_world(comtrade: Read) -> None:
    """So World is a total, no partner is missing, and none is counted twice."""
    values: dict[int, dict[bool, float]] = defaultdict(lambda: defaultdict(float))
    masses: dict[int, dict[bool, float]] = defaultdict(lambda: defaultdict(float))
    for (exporter, importer, year, side), flow in comtrade.flows.items():
        if exporter.endswith("/2846") and (importer, side) == ("CHN", "importer"):
            values[year][exporter.startswith("WLD:")] += flow["value"]
            masses[year][exporter.startswith("WLD:")] += flow["mass"] or 0
    assert sorted(values) == list(range(1993, 2025))
    for year in values:
        assert values[year][False] == pytest.approx(values[year][True], rel=1e-9), year
        assert masses[year][False] == pytest.approx(masses[year][True], rel=1e-6), year


def test_no_weight_of_2016_is_kept(comtrade: Read) -> None:
    flows = [flow for key, flow in comtrade.flows.items() if key[2] == 2016]
    assert len(flows) == 27
    assert all(flow["mass"] is None and flow["status"] == "estimated" for flow in flows)


def test_totals_and_unnamed_partners_make_nothing(made: Read) -> None:
    makers = {str(f.values["industry"]) for f in made.facts if f.term == "Making"}
    totals = {str(f.values["start"]) for f in made.facts if f.term == "totals"}
    assert not makers & totals
    assert not [maker for maker in makers if maker.startswith(("WLD", "AGG:"))]
    assert "WLD:hs2012/2846" in totals


def test_each_thing_is_stated_once_and_fits_the_ontology(made: Read) -> None:
    assert len(things(made)) == len(set(things(made))) > 20


def test_each_thing_of_all_answers_is_stated_once(comtrade: Read) -> None:
    assert len(things(comtrade)) == len(set(things(comtrade))) > 1500


def things(read: Read) -> list[tuple[str, str]]:
    validator = Validator(load_schema())
    keys = [(fact.term, validator.check(fact).id) for fact in read.facts]
    return [key for key in keys if key[0] in ("Industry", "Aggregate", "TradeFlow")]


def test_importers_pay_freight_and_exporters_do_not(made: Read) -> None:
    for (_, _, _, side), flow in made.flows.items():
        assert flow["valuation"] == {"importer": "CIF", "exporter": "FOB"}[side]


def test_the_sidecar_names_the_tested_files(originals: list[Path]) -> None:
    described = all_editions()[SOURCE]
    assert {(file.name, sha256(file)) for file in originals} == {
        (file.name, file.sha256) for file in described.files
    }
    assert described.redistributable is False


# ---- made-up answers ---------------------------------------------------------------------------

ROW: dict[str, Any] = {
    "typeCode": "C", "freqCode": "A", "period": "2025", "reporterCode": 276, "flowCode": "M",
    "partnerCode": 156, "partner2Code": 0, "classificationCode": "H6",
    "isOriginalClassification": True, "cmdCode": "811292", "customsCode": "C00", "mosCode": "0 ",
    "motCode": 0, "qtyUnitCode": 8, "qty": 12.5, "netWgt": 12.5, "isNetWgtEstimated": False,
    "cifvalue": 1000.5, "fobvalue": None, "primaryValue": 1000.5,
}  # fmt: skip
KEY: Key = ("CHN:hs2022/811292", "DEU", 2025, "importer")


def answer(folder: Path, *rows: dict[str, Any], name: str = "answer.json", **other: Any) -> Path:
    file = folder / name
    members = {"elapsedTime": "0.1 secs", "count": len(rows), "data": rows, "error": "", **other}
    file.write_text(json.dumps(members), encoding="utf-8")
    return file


def table(folder: Path, *rows: dict[str, Any], columns: Sequence[str] = tuple(ROW)) -> Path:
    file = folder / "answer.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return file


def made_table(folder: Path) -> Path:
    return table(folder, *(ROW | change for change, _ in MADE.values()))


def test_a_later_year_is_an_edition_of_its_own(tmp_path: Path) -> None:
    file = answer(tmp_path, ROW, ROW | {"period": "2023"})
    assert recognise(file) == "un-comtrade-2025"
    described = edition_of("un-comtrade-2025")
    assert (described.edition, described.files, described.redistributable) == ("2025", (), False)
    flow = read(file).flows[KEY]
    assert flow["source"] == "un-comtrade-2025"
    assert (flow["mass"], flow["value"], flow["status"]) == (0.0125, 1000.5, "normal")


def test_json_and_csv_say_the_same(tmp_path: Path) -> None:
    export = ROW | {"flowCode": "X", "cifvalue": None, "fobvalue": 1000.5}
    rows = (ROW, ROW | {"partnerCode": 0, "netWgt": None}, export)
    spoken, written = read(answer(tmp_path, *rows)), read(table(tmp_path, *rows))
    for key, flow in spoken.flows.items():
        same = {k: v for k, v in flow.items() if k not in ("file", "line")}
        assert same.items() <= written.flows[key].items()
    assert len(spoken.flows) == len(written.flows) == 3


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"typeCode": "S"}, "services (typeCode S)"),
        ({"classificationCode": "S4"}, "other nomenclatures than HS"),
        ({"flowCode": "RX"}, "re-exports and other flows"),
        ({"flowCode": "RM"}, "re-exports and other flows"),
        ({"motCode": 2100}, "modes of transport (motCode)"),
        ({"customsCode": "C04"}, "customs procedures (customsCode)"),
        ({"mosCode": "1"}, "modes of supply (mosCode)"),
        ({"partner2Code": 528}, "second partners (partner2Code)"),
        ({"cmdCode": "010121"}, "codes without a critical raw material"),
        ({"cmdCode": "TOTAL"}, "codes without a critical raw material"),
        ({}, "rows that repeat another of the same load"),
    ],
)
def test_what_is_left_out_is_counted_with_its_reason(
    tmp_path: Path, change: dict[str, Any], what: str
) -> None:
    done = read(answer(tmp_path, ROW, ROW | change))
    reasons = {entry.what: entry.reason for entry in all_editions()[SOURCE].left_out}
    assert dict(done.ledger.left) == {reasons[what]: 1}
    assert list(done.flows) == [KEY]


@pytest.mark.parametrize(
    ("change", "column", "remedy"),
    [
        ({"partnerCode": 999}, "partnerCode", "economies.csv"),
        ({"reporterCode": 3}, "reporterCode", "economies.csv"),
        ({"cmdCode": "811241", "classificationCode": "H0"}, "cmdCode", "trade-codes-hs.ttl"),
        ({"classificationCode": "H7"}, "classificationCode", "H0 to H6"),
        ({"primaryValue": "lots"}, "primaryValue", "Download"),
        ({"primaryValue": None}, "primaryValue", "Download"),
        ({"netWgt": -1}, "netWgt", "Download"),
        ({"netWgt": "NaN"}, "netWgt", "Download"),
        ({"primaryValue": 7.0}, None, "Keep one"),
    ],
)
def test_a_row_that_is_not_understood_is_refused_and_not_dropped(
    tmp_path: Path, change: dict[str, Any], column: str | None, remedy: str
) -> None:
    done = read(answer(tmp_path, ROW, ROW | change))
    (refused,) = done.ledger.rejected
    assert refused.place.file == "answer.json#/data/1"
    assert refused.place.column == column
    assert remedy in refused.remedy
    assert list(done.flows) == [KEY]


def test_imports_stated_fob_are_fob(tmp_path: Path) -> None:
    row = ROW | {"cifvalue": None, "fobvalue": 1000.5}
    assert read(answer(tmp_path, row)).flows[KEY]["valuation"] == "FOB"


def test_converted_rows_say_so(tmp_path: Path) -> None:
    flow = read(answer(tmp_path, ROW | {"isOriginalClassification": False})).flows[KEY]
    assert "Converted by UN Comtrade" in flow["note"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("reporterCode", "partnerCode"), ("cifvalue", "fobvalue"), ("cmdCode", "primaryValue")],
)
def test_exchanged_headers_are_noticed(tmp_path: Path, one: str, other: str) -> None:
    header, _, rest = made_table(tmp_path).read_text("utf-8").partition("\n")
    exchanged = {one: other, other: one}
    moved = ",".join(exchanged.get(name, name) for name in header.strip().split(","))
    copy = tmp_path / "exchanged.csv"
    copy.write_text(f"{moved}\n{rest}", encoding="utf-8")
    with pytest.raises(OrepathError, match=r"exchanged\.csv, line \d+, column"):
        recognise(copy)


@pytest.mark.parametrize(
    ("code", "economy"),
    [
        ("156", "CHN"),
        ("4", "AFG"),
        ("004", "AFG"),
        ("842", "USA"),
        ("251", "FRA"),
        ("699", "IND"),
        ("490", "TWN"),
        ("0", "WLD"),
        ("837", "AGG:un-comtrade:bunkers"),
        ("280", "DEU-1990"),
    ],
)
def test_numbers_of_economies(code: str, economy: str) -> None:
    assert names.numbered(code, "un-comtrade") == economy


def test_a_month_is_another_fact_than_its_year(tmp_path: Path) -> None:
    may = ROW | {
        "freqCode": "M",
        "period": "202505",
        "netWgt": 1.5,
        "primaryValue": 90,
        "cifvalue": 90,
    }
    done = read(answer(tmp_path, ROW, may, may | {"freqCode": None, "period": "202506"}))
    assert (done.ledger.balanced, dict(done.ledger.left), done.ledger.rejected) == (True, {}, [])
    assert done.flows[KEY]["value"] == 1000.5
    months = [f.values for f in done.facts if f.term == "MonthlyTradeFlow"]
    assert [(m["year"], m["month"], m["value"], m["mass"]) for m in months] == [
        (2025, 5, 90, 0.0015),
        (2025, 6, 90, 0.0015),
    ]
    assert {m["exporter"] for m in months} == {KEY[0]}
    differs = may | {"netWgt": 2.5}
    (refused,) = read(answer(tmp_path, may, differs)).ledger.rejected
    assert "speaks of the same, with other figures" in refused.reason


@pytest.mark.parametrize("change", [{"freqCode": "A", "period": "202505"}, {"freqCode": "M"}])
def test_frequency_and_period_must_agree(tmp_path: Path, change: dict[str, Any]) -> None:
    (refused,) = read(answer(tmp_path, ROW, ROW | {"partnerCode": 392} | change)).ledger.rejected
    assert (refused.place.column, "frequency and period differ" in refused.reason) == (
        "period",
        True,
    )


def test_months_of_a_later_year_make_an_edition(tmp_path: Path) -> None:
    rows = (ROW, ROW | {"freqCode": "M", "period": "202603"})
    assert recognise(answer(tmp_path, *rows)) == "un-comtrade-2026"


def test_an_empty_answer_beside_others_is_no_error(tmp_path: Path) -> None:
    empty = answer(tmp_path, name="empty.json")
    assert recognise(empty, answer(tmp_path, ROW)) == "un-comtrade-2025"
    with pytest.raises(OrepathError, match=r"empty\.json.*no data"):
        recognise(empty)


# ---- answers that are none ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"statusCode": 429, "message": "Rate limit is exceeded."}', "error message"),
        ('{"data": null, "error": "Invalid reporter"}', "data"),
        ('{"error": "Invalid reporter", "data": null}', "Invalid reporter"),
        ('{"results": []}', "no 'data'"),
        ('{"data": [7]}', "not a record"),
        ('{"data": [{"typeCode": "C"}]}', "'period'"),
        ('{"data": []} trailing', "not JSON"),
        ('{"data": [' + "[" * 100_000, "not a record"),
        ('{"data": [{"typeCode": ' + "[" * 5_000, "not JSON"),
        ("{'data': []}", "not JSON"),
        ("", "empty"),
        ("\ufeff", "empty"),
        ("a,b\n1,2\n", "reporterCode"),
    ],
    ids=lambda text: text[:30],
)
def test_what_is_no_answer_is_said_to_be_none(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "strange.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OrepathError) as error:
        recognise(file)
    assert "strange.json" in error.value.message
    assert said in error.value.message
    assert error.value.hint


def test_an_answer_at_the_limit_of_the_api_is_not_taken_for_all(tmp_path: Path) -> None:
    rows = [ROW | {"period": str(1900 + n % 100), "partnerCode": n} for n in range(500)]
    with pytest.raises(OrepathError, match="the most that UN Comtrade gives"):
        recognise(answer(tmp_path, *rows))


def test_fewer_records_than_announced_is_a_cut(tmp_path: Path) -> None:
    with pytest.raises(OrepathError, match="announces 2 records and holds 1"):
        recognise(answer(tmp_path, ROW, count=2))


def test_no_file_is_no_edition() -> None:
    with pytest.raises(OrepathError, match="no file"):
        recognise()


@pytest.mark.parametrize("column", [name for name, c in COLUMNS.items() if not c.optional])
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    without = {name: value for name, value in ROW.items() if name != column}
    for file in (answer(tmp_path, without), table(tmp_path, ROW, columns=list(without))):
        with pytest.raises(OrepathError) as error:
            recognise(file)
        assert repr(column) in error.value.message
        assert file.name in error.value.message


def test_a_shifted_header_is_noticed(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(made_table(tmp_path).read_text("utf-8"))))
    for shift in (1, 2, 5, -1):
        header = rows[0][shift:] + rows[0][:shift]
        copy = tmp_path / "shifted.csv"
        with copy.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows[1:]])
        with pytest.raises(OrepathError, match=r"shifted\.csv, line 2, column"):
            recognise(copy)


def test_a_made_answer_that_is_cut_is_noticed(tmp_path: Path) -> None:
    rows = [ROW | change for change, _ in MADE.values()]
    for file in (answer(tmp_path, *rows), made_table(tmp_path)):
        data = file.read_bytes()
        for part in range(0, len(data) - 2, 97):
            if file.suffix == ".csv" and data[part - 1 : part] in (b"\r", b"\n"):
                continue
            file.write_bytes(data[:part])
            with pytest.raises(OrepathError) as error:
                recognise(file)
            assert file.name in error.value.message


def test_a_tested_file_that_ends_after_a_row_is_noticed(tmp_path: Path) -> None:
    file = made_table(tmp_path).rename(tmp_path / "gallium_trade_data.csv")
    with pytest.raises(OrepathError, match=r"gallium_trade_data.csv: 14 rows instead of 40; .*cut"):
        recognise(file)


@pytest.mark.parametrize("name", ["2024.json", "gallium_trade_data.csv"])
def test_a_cut_file_is_noticed(originals: list[Path], tmp_path: Path, name: str) -> None:
    data = next(file for file in originals if file.name == name).read_bytes()
    copy = tmp_path / name
    # A row with all its cells is whole, with and without a line end.
    last = data.rindex(b",") if name.endswith(".csv") else len(data) - 1
    for part in (*range(0, last, 911), last):
        for cut in (data[:part], data[: data.rfind(b"\n", 0, part) + 1]):
            copy.write_bytes(cut)
            with pytest.raises(OrepathError) as error:
                recognise(copy)
            assert name in error.value.message


@pytest.mark.parametrize(
    "other", ["baci/country_codes_V202601.csv", "comext", "bgs_wms", "eu_crm2023"]
)
def test_another_publishers_file_is_not_taken(shared: Path, other: str) -> None:
    path = shared / "data" / other
    files = [path] if path.is_file() else sorted(path.glob("*.csv"))[:2]
    assert files
    for file in files:
        with pytest.raises(OrepathError) as error:
            recognise(file)
        assert file.name in error.value.message


# ---- the same answer after a journey ------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_order_encoding_and_spaces_change_nothing(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    original = made_table(tmp_path)
    rows = list(csv.reader(io.StringIO(original.read_text("utf-8"))))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(
        [f" {cell}  " for cell in reversed(row)] for row in rows
    )
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / original.name
    copy.write_bytes(out.getvalue().encode(encoding))
    assert statements(read(copy).facts) == statements(read(original).facts)


@given(chunk=st.integers(1, 300), indent=st.sampled_from([None, 1]))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_size_of_the_pieces_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, indent: int | None
) -> None:
    rows = [ROW | {"partnerCode": code, "cmdDesc": 'ores "rare" é {[,'} for code in (0, 36, 842)]
    file = tmp_path / "pieces.json"
    file.write_text(json.dumps({"data": rows, "count": 3}, indent=indent), encoding="utf-8")
    whole = [dict(r.cells) for r in Answer(file, "").rows(COLUMNS)]
    parse = partial(ijson.basic_parse, buf_size=chunk)
    with monkeypatch.context() as patched:
        patched.setattr(ijson, "basic_parse", parse)
        assert [dict(r.cells) for r in Answer(file, "").rows(COLUMNS)] == whole
    assert [cells["partnerCode"] for cells in whole] == ["0", "36", "842"]


def noise(data: bytes, damage: list[tuple[int, bytes]]) -> bytes:
    for at, piece in damage:
        data = data[:at] + piece + data[at + len(piece) :] if piece else data[:at]
    return data


@pytest.mark.parametrize("kind", [answer, table])
@given(
    damage=st.lists(
        st.tuples(st.integers(0, 1500), st.binary(min_size=0, max_size=6)), min_size=1, max_size=4
    )
)
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_damage_to_bytes_is_a_traceback(
    tmp_path: Path, kind: Callable[..., Path], damage: list[tuple[int, bytes]]
) -> None:
    file = kind(tmp_path, ROW, ROW | {"partnerCode": 36}, ROW | {"flowCode": "X"})
    file.write_bytes(noise(file.read_bytes(), damage))
    ledger = Ledger()
    # Whatever is not understood raises this or is refused; nothing else may come through.
    with suppress(OrepathError):
        assert all(fact.values for fact in loader("un-comtrade").read([file]).facts(ledger))
    assert ledger.balanced


# ---- other layouts -----------------------------------------------------------------------------


def figures(done: Read) -> dict[Key, dict[str, Any]]:
    """Flows without the places they come from."""
    return {
        key: {k: v for k, v in flow.items() if k not in ("file", "line")}
        for key, flow in done.flows.items()
    }


def test_a_download_of_the_site_ends_each_row_with_a_comma(tmp_path: Path) -> None:
    file = made_table(tmp_path)
    facts = figures(read(file))
    header, *rows = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([header, *(f"{row}," for row in rows)]), encoding="cp1252")
    assert figures(read(file)) == facts
    file.write_text("\n".join([header, *(f"{row},x" for row in rows)]), encoding="utf-8")
    with pytest.raises(OrepathError, match="line 2: 21 columns instead of 20"):
        recognise(file)


def test_a_bulk_file_is_read_packed(tmp_path: Path) -> None:
    file = made_table(tmp_path)
    text = file.read_text("utf-8").replace(",", "\t")
    bulk = tmp_path / "COMTRADE-FINAL-CA276202412H6.gz"
    bulk.write_bytes(gzip.compress(text.encode()))
    assert figures(read(bulk)) == figures(read(file))
    bulk.write_bytes(bulk.read_bytes()[:-30])
    with pytest.raises(OrepathError, match="damaged archive"):
        recognise(bulk)


@pytest.mark.parametrize("end", ["\n", ""])
def test_a_last_row_with_all_its_cells_is_whole(tmp_path: Path, end: str) -> None:
    file = made_table(tmp_path)
    whole = figures(read(file))
    file.write_text(file.read_text("utf-8").rstrip() + end, encoding="utf-8")
    assert figures(read(file)) == whole
    file.write_text(file.read_text("utf-8").rstrip().rpartition(",")[0], encoding="utf-8")
    with pytest.raises(OrepathError, match="19 columns instead of 20"):
        recognise(file)


def test_a_faulty_header_is_named_before_a_cut(tmp_path: Path) -> None:
    file = made_table(tmp_path)
    text = file.read_text("utf-8").replace("reporterCode", "who", 1).rstrip().rpartition(",")[0]
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OrepathError, match="no column 'reporterCode'"):
        recognise(file)


CLASSIC = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,"
    "Trade Flow,Reporter Code,Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,"
    "Commodity Code,Commodity,Qty Unit Code,Qty Unit,Qty,Netweight (kg),Trade Value (US$),Flag\n"
    "H5,2018,2018,2018,6,1,1,Import,276,Germany,DEU,156,China,CHN,"
    '811292,"Gallium, and others",8,Weight in kilograms,1200,1200,98000,0\n'
    "H5,2018,2018,2018,6,1,2,Export,276,Germany,DEU,156,China,CHN,"
    '811292,"Gallium, and others",8,Weight in kilograms,300,300,45000,4\n'
    "H5,2018,2018,2018,6,1,3,Re-Export,276,Germany,DEU,156,China,CHN,"
    '811292,"Gallium, and others",8,Weight in kilograms,10,10,500,0\n'
    "HS,2018,2018,2018,6,1,1,Import,276,Germany,DEU,392,Japan,JPN,"
    '811292,"Gallium, and others",8,Weight in kilograms,10,10,500,0\n'
)


def test_files_of_comtrade_until_2022(tmp_path: Path) -> None:
    file = tmp_path / "comtrade.csv"
    file.write_text(CLASSIC, encoding="utf-8")
    done = read(file)
    imports = done.flows["CHN:hs2017/811292", "DEU", 2018, "importer"]
    assert (imports["value"], imports["mass"], imports["status"]) == (98000, 1.2, "normal")
    exports = done.flows["DEU:hs2017/811292", "CHN", 2018, "exporter"]
    assert (exports["value"], exports["mass"], exports["status"]) == (45000, 0.3, "estimated")
    assert sum(done.ledger.left.values()) == 1
    (refused,) = done.ledger.rejected
    assert "which edition of the Harmonized System" in refused.reason
    assert (refused.place.line, refused.place.column) == (5, "Classification")


@pytest.mark.parametrize(
    ("heading", "subheading"),
    [("2605", "260500"), ("8111", "811100"), ("2846", "2846"), ("8112", None), ("2510", None)],
)
def test_an_undivided_heading_is_its_only_subheading(
    tmp_path: Path, heading: str, subheading: str | None
) -> None:
    done = read(answer(tmp_path, ROW | {"cmdCode": heading}, ROW))
    key = (f"CHN:hs2022/{subheading}", "DEU", 2025, "importer")
    if subheading is None:
        assert list(done.flows) == [KEY]
        (reason,) = done.ledger.left
        assert "Headings" in reason
    elif subheading == heading:
        assert done.flows[key]["note"] is None
    else:
        assert f"whose only subheading is {subheading}" in done.flows[key]["note"]


def test_a_heading_beside_its_subheading_is_stated_once(tmp_path: Path) -> None:
    done = read(answer(tmp_path, ROW | {"cmdCode": "260500"}, ROW | {"cmdCode": "2605"}))
    assert list(done.flows) == [("CHN:hs2022/260500", "DEU", 2025, "importer")]
    assert sum(done.ledger.left.values()) == 1


def test_the_union_as_reporter_is_a_total_and_no_importer_of_its_own(tmp_path: Path) -> None:
    done = read(answer(tmp_path, ROW | {"reporterCode": 97}, ROW | {"reporterCode": 975}))
    assert {importer for _, importer, _, _ in done.flows} == {
        "AGG:un-comtrade:european-union",
        "AGG:un-comtrade:asean",
    }


def test_a_selection_of_columns_is_read_with_what_it_leaves_open(tmp_path: Path) -> None:
    columns = [name for name, column in COLUMNS.items() if not column.optional]
    file = table(tmp_path, ROW, columns=columns)
    file.write_text(file.read_text("utf-8").replace("period", "refYear", 1), encoding="utf-8")
    reading = loader("un-comtrade").read([file])
    assert "without motCode and customsCode" in reading.assumed
    flow = flows_of(list(reading.facts(Ledger())))[KEY]
    assert (flow["value"], flow["mass"], flow["valuation"]) == (1000.5, 0.0125, None)


def test_impossible_years_are_refused_row_by_row(tmp_path: Path) -> None:
    early = ROW | {"period": "2019"}
    ended = ROW | {"partnerCode": 810}
    done = read(answer(tmp_path, ROW, early, ended))
    assert list(done.flows) == [KEY]
    reasons = [refused.reason for refused in done.ledger.rejected]
    assert "HS2022 has no trade before 2022" in reasons[0]
    assert "Soviet Union ended in 1991" in reasons[1]


def test_the_edition_is_inferred_or_said(tmp_path: Path) -> None:
    file = answer(tmp_path, ROW)
    assert "inferred from the newest year" in loader("un-comtrade").read([file]).assumed
    said = loader("un-comtrade").read([file], said=Said("2026"))
    assert (said.source, said.assumed) == ("un-comtrade-2026", "")
    late = loader("un-comtrade").read([file], said=Said("2024"))
    ledger = Ledger()
    assert flows_of(list(late.facts(ledger))) == {}
    assert "the edition is 2024" in ledger.rejected[0].reason


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kept=st.sets(st.integers(0, len(MADE) - 1), min_size=1),
    name=st.from_regex(r"[a-z0-9_]{1,12}\.(csv|txt)", fullmatch=True),
)
def test_rows_under_any_name_give_the_same_facts(
    tmp_path: Path, made: Read, kept: set[int], name: str
) -> None:
    header, *rows = made_table(tmp_path).read_text("utf-8").splitlines()
    file = tmp_path / name
    file.write_text("\n".join([header, *(rows[at] for at in sorted(kept))]), encoding="utf-8")
    found = figures(read(file))
    assert len(found) == len(kept)
    for key, flow in found.items():
        assert {k: v for k, v in figures(made)[key].items() if k != "source"} == {
            k: v for k, v in flow.items() if k != "source"
        }


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    at=st.integers(0, len(MADE) - 1),
    column=st.sampled_from(list(ROW)),
    text=st.text("0123456789.XMHTrue- ", max_size=6),
)
def test_one_corrupted_cell_changes_one_flow_at_most(
    tmp_path: Path, made: Read, at: int, column: str, text: str
) -> None:
    rows = [ROW | change for change, _ in MADE.values()]
    rows[at] = rows[at] | {column: text}
    try:
        done = read(table(tmp_path, *rows))
    except OrepathError:
        return
    found, whole = figures(done), figures(read(made_table(tmp_path)))
    # A cell may make its row contradict another one, of which it is then not known which is right.
    contradicted = sum("speaks of the same" in one.reason for one in done.ledger.rejected)
    if {flow["source"] for flow in found.values()} == {SOURCE}:
        assert len([k for k, flow in whole.items() if found.get(k) != flow]) <= 1 + contradicted
        assert len([key for key, flow in found.items() if whole.get(key) != flow]) <= 1
