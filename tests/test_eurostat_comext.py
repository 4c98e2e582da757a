"""Eurostat Comext: flows read by hand from the extract, bulk columns, and damaged files.

The sample holds rows of the extract (reuse allowed with acknowledgement); where the extract itself
is at hand, all of it is read too."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loading import read as read_files
from loading import recognise as recognised
from orepath.loaders import customs
from orepath.loaders.base import Ledger, Said, sha256
from orepath.loaders.registry import all_editions, edition_of, loader
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

SOURCE = "eurostat-comext-2024"
NAME = "eu_comext_critical_inputs_cn8_2022_2024.csv"
ROOT = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "samples/eurostat_comext.csv"
Key = tuple[str, str]


@dataclass(frozen=True)
class Read:
    """Files of one edition, read once; flows by exporter and importer (all are of imports)."""

    facts: Sequence[Fact]
    ledger: Ledger
    flows: dict[Key, dict[str, Any]]


def read(*files: Path) -> Read:
    facts, ledger = read_files("eurostat-comext", *files)
    flows: list[dict[str, Any]] = [dict(f.values) for f in facts if f.term == "TradeFlow"]
    return Read(facts, ledger, {(f["exporter"], f["importer"]): f for f in flows})


def recognise(*files: Path) -> str:
    source: str = recognised("eurostat-comext", *files)
    return source


def statements(facts: Sequence[Fact]) -> list[tuple[str, dict[str, Any]]]:
    return [(f.term, {k: v for k, v in f.values.items() if k != "line"}) for f in facts]


@pytest.fixture(scope="session")
def original(shared: Path) -> Path:
    return shared / "data" / "comext" / NAME


@pytest.fixture(scope="session")
def whole(original: Path) -> Read:
    return read(original)


@pytest.fixture(scope="session")
def comext() -> Read:
    """The sample: each declarant, partner, and line of each year once at least."""
    return read(SAMPLE)


# ---- facts read by hand ------------------------------------------------------------------------

FLOWS: dict[Key, dict[str, Any]] = {
    # Gallium and germanium, one basket in the HS, are two lines here.
    ("CHN:cn2024/81129289", "DEU"): {
        "value": 7_043_433.0, "currency": "EUR", "valuation": "CIF", "status": "normal",
        "year": 2024, "reporter_side": "importer", "mass": None, "intra_eu": False,
        "line": 19210, "note": None,
    },
    ("CHN:cn2024/81129295", "DEU"): {"value": 1_054_675.0, "line": 19212},
    # Consigned from Slovakia, which makes no gallium: intra-EU.
    ("SVK:cn2024/81129289", "DEU"): {"value": 1_848_211.0, "intra_eu": True, "line": 19711},
    ("USA:cn2024/81129295", "BEL"): {"value": 1_676_123.0, "intra_eu": False},
    # One code number, three years of the nomenclature.
    ("CHN:cn2022/28461000", "DEU"): {"value": 1_127_538.0, "year": 2022, "line": 1433},
    ("CHN:cn2023/28461000", "DEU"): {"value": 407_619.0, "year": 2023, "line": 10140},
    ("CHN:cn2024/28461000", "DEU"): {"value": 305_058.0, "year": 2024, "line": 19188},
    # Greece is EL as declarant and GR as partner.
    ("DEU:cn2022/25041000", "GRC"): {"value": 440_381.0, "intra_eu": True, "line": 3838},
    ("GRC:cn2022/75021000", "DEU"): {"value": 44_084.0, "intra_eu": True, "line": 1614},
    # NA is Namibia.
    ("NAM:cn2024/25041000", "AUT"): {"value": 22_159.0, "intra_eu": False, "line": 17855},
    # Codes that are not ISO's: Serbia, Kosovo, Ceuta.
    ("SRB:cn2024/25041000", "DEU"): {"value": 38.0},
    ("XKX:cn2023/26040000", "AUT"): {"value": 2069.0},
    ("AGG:eurostat-comext:ceuta:cn2022/25041000", "SWE"): {"value": 199.555, "intra_eu": False},
    # The United Kingdom has left.
    ("GBR:cn2022/81052000", "FRA"): {"value": 3_601_389.0, "intra_eu": False},
    ("NOR:cn2024/28469060", "IRL"): {"value": 23_218_166.0, "intra_eu": False},
    # A value suppressed is no value of zero.
    ("DEU:cn2024/31043000", "BEL"): {
        "value": None, "status": "not-stated", "line": 18095,
        "note": "The file has 0, which stands for a value that is confidential or not given.",
    },
    ("LKA:cn2023/25309050", "IRL"): {"value": None, "status": "not-stated", "line": 13562},
    ("LKA:cn2022/25041000", "IRL"): {"value": 1.0, "status": "normal", "line": 4514},
}  # fmt: skip


@pytest.mark.parametrize("key", list(FLOWS), ids=lambda k: " ".join(k))
def test_flows_read_by_hand(comext: Read, key: Key) -> None:
    found = comext.flows[key]
    said = {name: value for name, value in FLOWS[key].items() if name != "line"}
    assert {name: found[name] for name in said} == said
    assert (found["verified"], found["source"], found["file"]) == (True, SOURCE, SAMPLE.name)
    cells = SAMPLE.read_text("utf-8").splitlines()[found["line"] - 1].split(",")
    assert cells[2] == key[0].partition("/")[2]
    assert float(cells[5]) == (found["value"] or 0)


def test_every_row_is_booked_and_none_refused(comext: Read) -> None:
    rows = len(SAMPLE.read_text("utf-8").splitlines()) - 1
    assert comext.ledger.rows_read == comext.ledger.used == len(comext.flows) == rows
    assert comext.ledger.rejected == []


def test_the_whole_extract(whole: Read, comext: Read) -> None:
    assert whole.ledger.rows_read == whole.ledger.used == 26_538
    assert whole.ledger.rejected == []
    assert len(whole.flows) == 26_538
    place = ("file", "line")
    for key, flow in comext.flows.items():
        assert {k: v for k, v in flow.items() if k not in place} == {
            k: v for k, v in whole.flows[key].items() if k not in place
        }
    for key, flow in FLOWS.items():
        assert {name: whole.flows[key][name] for name in flow} == flow
    assert {flow["file"] for flow in whole.flows.values()} == {NAME}
    statuses = Counter(flow["status"] for flow in whole.flows.values())
    assert statuses == {"normal": 26_515, "not-stated": 23}


def test_rare_earths_from_outside_the_union_add_up(whole: Read) -> None:
    """Totals that the extract's provenance states, in million euros."""
    totals: dict[int, float] = defaultdict(float)
    for (exporter, _), flow in whole.flows.items():
        code = exporter.rpartition("/")[2]
        if code.startswith(("280530", "2846")) and not flow["intra_eu"]:
            totals[flow["year"]] += flow["value"] or 0
    assert totals[2023] == pytest.approx(123.75e6, rel=1e-3)
    assert totals[2024] == pytest.approx(101.40e6, rel=1e-3)


def test_lines_of_a_year_are_codes_of_that_year(comext: Read) -> None:
    for (exporter, _), flow in comext.flows.items():
        assert f":cn{flow['year']}/" in exporter
    years = defaultdict(set)
    for exporter, _ in comext.flows:
        edition, _, code = exporter.rpartition(":")[2].partition("/")
        years[code].add(edition)
    assert years["28461000"] == {"cn2022", "cn2023", "cn2024"}
    assert years["28469050"] == {"cn2023", "cn2024"}
    assert not [fact for fact in comext.facts if fact.term == "TradeCode"]


def test_zeros_are_no_values(comext: Read) -> None:
    assert {flow["status"] for flow in comext.flows.values()} == {"normal", "not-stated"}
    assert all((f["value"] is None) == (f["status"] != "normal") for f in comext.flows.values())


def test_intra_eu_is_trade_between_the_27(comext: Read) -> None:
    members = {importer for _, importer in comext.flows}
    assert len(members) == 27
    for (exporter, _), flow in comext.flows.items():
        assert flow["intra_eu"] is (exporter.partition(":")[0] in members)


def test_each_thing_is_stated_once_and_fits_the_ontology(comext: Read) -> None:
    validator = Validator(load_schema())
    keys = [(fact.term, validator.check(fact).id) for fact in comext.facts]
    named = [key for key in keys if key[0] in ("Industry", "Aggregate", "TradeFlow")]
    assert len(named) == len(set(named))
    makers = {str(f.values["industry"]) for f in comext.facts if f.term == "Making"}
    assert not [maker for maker in makers if maker.startswith("AGG:")]


def test_the_sidecar_names_the_tested_file(original: Path) -> None:
    described = all_editions()[SOURCE]
    assert [(f.name, f.sha256) for f in described.files] == [(NAME, sha256(original))]
    assert described.redistributable is True


def test_each_line_of_the_nomenclature_has_its_materials() -> None:
    lines = {key: code for key, code in customs.known().items() if key.startswith("cn")}
    assert all(code.materials for code in lines.values())
    assert lines["cn2024/81129289"].materials == ("gallium",)
    assert lines["cn2024/81129295"].materials == ("germanium",)
    assert lines["cn2023/26159000"].materials == ("niobium", "tantalum", "vanadium")


def test_what_lines_are_made_of_is_said_with_reasons() -> None:
    table = ROOT / "facts/orepath-trade-codes/Classification.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        lines = [row for row in csv.DictReader(stream) if row["trade_code"].startswith("cn")]
    known = customs.known()
    for line in lines:
        assert line["trade_code"] in known
        assert line["reason"]
        assert line["source"]
        assert line["specificity"] in ("exact", "dominant", "shared", "proxy")
    keys = [(line["trade_code"], line["product"]) for line in lines]
    assert len(keys) == len(set(keys))
    gallium = {product for code, product in keys if code.endswith("/81129289")}
    assert gallium == {"gallium/primary-low-purity"}


# ---- bulk files, made up -----------------------------------------------------------------------

BULK = {
    "REPORTER": "DE", "PARTNER": "CN", "TRADE_TYPE": "E", "PRODUCT_NC": "81129289",
    "PRODUCT_SITC": "68994", "FLOW": "1", "STAT_PROCEDURE": "1", "SUPPL_UNIT": "",
    "PERIOD": "202452", "VALUE_EUR": "1234.5", "VALUE_NAC": "1234.5", "QUANTITY_KG": "1500",
    "QUANTITY_SUPPL_UNIT": "",
}  # fmt: skip
KEY: Key = ("CHN:cn2024/81129289", "DEU")


def bulk(folder: Path, *rows: dict[str, str], name: str = "full_v2_202452.dat") -> Path:
    file = folder / name
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return file


def test_the_bulk_file_of_the_publisher_is_read(tmp_path: Path) -> None:
    done = read(bulk(tmp_path, BULK))
    flow = done.flows[KEY]
    assert (flow["value"], flow["mass"], flow["intra_eu"]) == (1234.5, 1.5, False)
    assert flow["source"] == SOURCE


@pytest.mark.parametrize("weight", ["0", "0.000", ":", "c"])
def test_goods_of_a_value_that_weigh_nothing_are_goods_without_a_weight(
    tmp_path: Path, weight: str
) -> None:
    flow = read(bulk(tmp_path, BULK | {"QUANTITY_KG": weight})).flows[KEY]
    assert (flow["value"], flow["mass"], flow["status"]) == (1234.5, None, "not-stated")
    assert flow["note"] == "The value is given, the weight is not."


def test_exports_are_the_declarants_own(tmp_path: Path) -> None:
    flow = read(bulk(tmp_path, BULK | {"FLOW": "2"})).flows["DEU:cn2024/81129289", "CHN"]
    assert (flow["valuation"], flow["reporter_side"]) == ("FOB", "exporter")


def test_the_publishers_flag_goes_before_memberships(tmp_path: Path) -> None:
    flagged = read(bulk(tmp_path, BULK | {"PARTNER": "XI", "TRADE_TYPE": "I"}))
    (flow,) = flagged.flows.values()
    assert flow["intra_eu"] is True
    assert flow["exporter"] == "AGG:eurostat-comext:northern-ireland:cn2024/81129289"


@pytest.mark.parametrize(
    ("partner", "year", "intra"),
    [("GB", "2019", True), ("GB", "2020", None), ("GB", "2021", False), ("HR", "2013", None)],
)
def test_memberships_that_change_in_the_year_leave_it_open(
    tmp_path: Path, partner: str, year: str, intra: bool | None
) -> None:
    row = BULK | {"PARTNER": partner, "PERIOD": year, "TRADE_TYPE": ""}
    (flow,) = read(bulk(tmp_path, row)).flows.values()
    assert flow["intra_eu"] is intra


def test_the_union_as_declarant_is_inside_of_itself(tmp_path: Path) -> None:
    rows = [BULK | {"REPORTER": "EU27_2020", "PARTNER": p, "TRADE_TYPE": ""} for p in ("DE", "CN")]
    flows = read(bulk(tmp_path, *rows)).flows
    assert {key: flow["intra_eu"] for key, flow in flows.items()} == {
        ("DEU:cn2024/81129289", "EU27"): True,
        ("CHN:cn2024/81129289", "EU27"): False,
    }


def test_a_later_year_loads_without_a_new_vocabulary(tmp_path: Path) -> None:
    row = BULK | {"PERIOD": "202552"}
    done = read(bulk(tmp_path, row, row | {"PARTNER": "JP"}))
    assert recognise(bulk(tmp_path, row)) == "eurostat-comext-2025"
    assert edition_of("eurostat-comext-2025").edition == "2025"
    (code,) = [fact.values for fact in done.facts if fact.term == "TradeCode"]
    assert code["id"] == "cn2025/81129289"
    assert code["nomenclature"] == "CN2025"
    assert code["description"] == "Described as in CN 2024, with which CN 2025 was not compared."
    assert str(code["name"]).startswith("CN 2025 8112 92 89 gallium")
    forms = [fact.values for fact in done.facts if fact.term == "form_of"]
    assert forms == [{"start": "cn2025/81129289", "end": "gallium"}]
    assert {flow["source"] for flow in done.flows.values()} == {"eurostat-comext-2025"}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"PERIOD": "202407"}, "monthly rows"),
        ({"PRODUCT_NC": "28SSSSSS"}, "confidential lines (letters in PRODUCT_NC)"),
        ({"PRODUCT_NC": "811292"}, "chapters, headings and subheadings"),
        ({"PRODUCT_NC": "TOTAL"}, "chapters, headings and subheadings"),
        ({"PRODUCT_NC": "01012100"}, "lines without a critical raw material"),
        ({}, "rows that repeat another of the same load"),
    ],
)
def test_what_is_left_out_is_counted_with_its_reason(
    tmp_path: Path, change: dict[str, str], what: str
) -> None:
    done = read(bulk(tmp_path, BULK, BULK | change))
    reasons = {entry.what: entry.reason for entry in all_editions()[SOURCE].left_out}
    assert dict(done.ledger.left) == {reasons[what]: 1}
    assert list(done.flows) == [KEY]


@pytest.mark.parametrize(
    ("change", "column", "remedy"),
    [
        ({"PARTNER": "XX"}, "PARTNER", "economies.csv"),
        ({"REPORTER": "EURO"}, "REPORTER", "economies.csv"),
        ({"FLOW": "3"}, "FLOW", "Download"),
        ({"VALUE_EUR": "many"}, "VALUE_EUR", "Download"),
        ({"VALUE_EUR": "-5"}, "VALUE_EUR", "Download"),
        ({"QUANTITY_KG": "1,5"}, "QUANTITY_KG", "Download"),
        ({"TRADE_TYPE": "K"}, "TRADE_TYPE", "Download"),
        ({"VALUE_EUR": "7"}, None, "customs procedures"),
    ],
)
def test_a_row_that_is_not_understood_is_refused_and_not_dropped(
    tmp_path: Path, change: dict[str, str], column: str | None, remedy: str
) -> None:
    done = read(bulk(tmp_path, BULK, BULK | change))
    (refused,) = done.ledger.rejected
    assert (refused.place.line, refused.place.column) == (3, column)
    assert remedy in refused.remedy
    assert list(done.flows) == [KEY]


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("", None, "not-stated"),
        (":", None, "not-available"),
        ("c", None, "withheld"),
        ("0", None, "not-stated"),
        ("0.0", None, "not-stated"),
        ("0.4", 0.4, "normal"),
        ("16413", 16413.0, "normal"),
    ],
)
def test_kinds_of_no_number_stay_apart(
    tmp_path: Path, text: str, value: float | None, status: str
) -> None:
    flow = read(bulk(tmp_path, BULK | {"VALUE_EUR": text})).flows[KEY]
    assert (flow["value"], flow["status"]) == (value, status)


def test_secret_partners_are_no_country(tmp_path: Path) -> None:
    done = read(bulk(tmp_path, BULK | {"PARTNER": "QZ"}))
    ((exporter, _),) = done.flows
    assert exporter == "AGG:eurostat-comext:confidential-extra-eu:cn2024/81129289"
    assert [f.values["id"] for f in done.facts if f.term == "Aggregate"] == [
        "AGG:eurostat-comext:confidential-extra-eu"
    ]
    assert not [fact for fact in done.facts if fact.term == "Making"]


# ---- the same file after a journey -------------------------------------------------------------


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample, to be spoilt."""
    file = tmp_path / "sample.csv"
    file.write_bytes(SAMPLE.read_bytes())
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_order_encoding_and_spaces_change_nothing(
    sample: Path, encoding: str, delimiter: str
) -> None:
    facts = statements(read(sample).facts)
    rows = list(csv.reader(io.StringIO(sample.read_text("utf-8"))))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(
        [f" {cell} ", *["unasked"], *(f"  {c}" for c in rest)]
        for cell, *rest in (list(reversed(row)) for row in rows)
    )
    sample.write_bytes(out.getvalue().encode(encoding))
    assert statements(read(sample).facts) == facts


@pytest.mark.parametrize(
    "column", ["DECLARANT_ISO", "PARTNER_ISO", "PRODUCT_NC", "FLOW", "PERIOD", "VALUE_IN_EUROS"]
)
def test_a_missing_column_is_named(sample: Path, column: str) -> None:
    sample.write_bytes(sample.read_bytes().replace(column.encode(), b"SOMETHING", 1))
    with pytest.raises(OrepathError) as error:
        recognise(sample)
    assert f"'{column}'" in error.value.message
    assert sample.name in error.value.message
    assert error.value.hint


@pytest.mark.parametrize("shift", [1, 2, 3, 4, 5])
def test_a_shifted_header_is_noticed(sample: Path, shift: int) -> None:
    header, _, rest = sample.read_text("utf-8").partition("\n")
    names = header.strip().split(",")
    moved = ",".join(names[shift:] + names[:shift])
    sample.write_text(f"{moved}\n{rest}", encoding="utf-8")
    with pytest.raises(OrepathError, match=r"sample\.csv, line 2, column"):
        recognise(sample)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DECLARANT_ISO", "PARTNER_ISO"),
        ("PRODUCT_NC", "VALUE_IN_EUROS"),
        ("FLOW", "PERIOD"),
        ("PERIOD", "VALUE_IN_EUROS"),
        ("PARTNER_ISO", "PRODUCT_NC"),
    ],
)
def test_exchanged_headers_are_noticed(sample: Path, one: str, other: str) -> None:
    header, _, rest = sample.read_text("utf-8").partition("\n")
    moved = header.replace(one, "x").replace(other, one).replace("x", other)
    sample.write_text(f"{moved}\n{rest}", encoding="utf-8")
    with pytest.raises(OrepathError, match=r"sample\.csv, line \d+, column"):
        recognise(sample)


@pytest.mark.parametrize("part", [0, 1, 60, 90, 5000, 21_170, 21_175])
def test_a_file_that_ends_within_a_row_is_noticed(sample: Path, part: int) -> None:
    data = sample.read_bytes()
    assert part < len(data)
    sample.write_bytes(within(data, part))
    with pytest.raises(OrepathError) as error:
        recognise(sample)
    assert sample.name in error.value.message
    assert error.value.hint


def test_a_tested_file_that_ends_after_a_row_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(SAMPLE.read_bytes())
    with pytest.raises(OrepathError, match=f"{NAME}: 733 rows instead of 26,538; .* cut off"):
        recognise(file)


@pytest.mark.parametrize("part", [0, 1, 60, 90, 5000, 400_000, 780_090, 780_094])
def test_a_cut_file_is_noticed(original: Path, tmp_path: Path, part: int) -> None:
    data = original.read_bytes()
    assert part < len(data)
    copy = tmp_path / NAME
    for cut in (within(data, part), data[: data.rfind(b"\n", 0, part) + 1]):
        copy.write_bytes(cut)
        with pytest.raises(OrepathError) as error:
            recognise(copy)
        assert NAME in error.value.message
        assert error.value.hint


def within(data: bytes, part: int) -> bytes:
    """The first bytes up to a row that has not all its cells; with all of them it is whole."""
    row = data[data.rfind(b"\n", 0, part) + 1 : part]
    return data[: data.rindex(b",", 0, part)] if row.count(b",") == 5 else data[:part]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes(range(256)) * 40, "neither"),
        (b"FLOW\0,PERIOD\n", "not a text file"),
        (b"PK\x03\x04" + b"\x00" * 99, "packed"),
        (b"7z\xbc\xaf\x27\x1c" + b"\x00" * 99, "packed"),
        (b"\x81\x8d\x8f\n", "neither"),
        (b"", "empty"),
        (b"DECLARANT_ISO,PARTNER_ISO,PRODUCT_NC,FLOW,PERIOD,VALUE_IN_EUROS\n", "no rows"),
        (b"FLOW,FLOW\n1,1\n", "duplicate"),
    ],
)
def test_what_is_no_bulk_file_is_said_to_be_none(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "strange.dat"
    file.write_bytes(data)
    with pytest.raises(OrepathError) as error:
        recognise(file)
    assert "strange.dat" in error.value.message
    assert said in error.value.message


def test_no_file_is_no_edition() -> None:
    with pytest.raises(OrepathError, match="no file"):
        recognise()


@pytest.mark.parametrize("other", ["comtrade/selected", "baci", "bgs_wms", "eu_crm2023"])
def test_another_publishers_file_is_not_taken(shared: Path, other: str) -> None:
    files = sorted((shared / "data" / other).glob("*.csv"))[:2]
    assert files
    for file in files:
        with pytest.raises(OrepathError) as error:
            recognise(file)
        assert file.name in error.value.message


@given(
    damage=st.lists(
        st.tuples(st.integers(0, 500), st.binary(min_size=0, max_size=6)), min_size=1, max_size=4
    )
)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_damage_to_bytes_is_a_traceback(tmp_path: Path, damage: list[tuple[int, bytes]]) -> None:
    file = bulk(tmp_path, BULK, BULK | {"PARTNER": "JP"}, BULK | {"FLOW": "2"})
    data = file.read_bytes()
    for at, piece in damage:
        data = data[:at] + piece + data[at + len(piece) :] if piece else data[:at]
    file.write_bytes(data)
    ledger = Ledger()
    # Whatever is not understood raises this or is refused; nothing else may come through.
    with suppress(OrepathError):
        assert all(fact.values for fact in loader("eurostat-comext").read([file]).facts(ledger))
    assert ledger.balanced


# ---- procedures, and the layouts of the dissemination API --------------------------------------


def figures(done: Read) -> dict[Key, tuple[Any, ...]]:
    return {
        key: (flow["value"], flow["mass"], flow["status"], flow["intra_eu"])
        for key, flow in done.flows.items()
    }


def test_a_flow_is_the_sum_of_its_procedures(tmp_path: Path) -> None:
    inward = BULK | {"STAT_PROCEDURE": "2", "VALUE_EUR": "10", "QUANTITY_KG": "500"}
    done = read(bulk(tmp_path, BULK, inward, inward | {"PARTNER": "JP"}))
    flow = done.flows[KEY]
    assert (flow["value"], flow["mass"], flow["line"]) == (1244.5, 2.0, 2)
    assert flow["note"] == ("Sum of the statistical procedures 1, 2; normal trade is 1,234 EUR.")
    other = done.flows["JPN:cn2024/81129289", "DEU"]
    assert other["note"] == "Statistical procedure 2 alone; there is no normal trade."
    assert done.ledger.used == 3


def test_a_total_that_the_file_states_is_not_added_to(tmp_path: Path) -> None:
    total = BULK | {"STAT_PROCEDURE": "4", "VALUE_EUR": "1300", "QUANTITY_KG": "1600"}
    flow = read(bulk(tmp_path, BULK, total)).flows[KEY]
    assert (flow["value"], flow["mass"]) == (1300, 1.6)


def test_a_sum_with_a_refused_part_is_not_known(tmp_path: Path) -> None:
    inward = BULK | {"STAT_PROCEDURE": "2", "VALUE_EUR": "1O"}
    done = read(bulk(tmp_path, BULK, inward))
    flow = done.flows[KEY]
    assert (flow["value"], flow["mass"]) == (None, None)
    assert "A row of this flow was refused" in flow["note"]
    assert [refused.place.column for refused in done.ledger.rejected] == ["VALUE_EUR"]


def test_value_and_weight_of_both_versions_of_the_bulk_file(tmp_path: Path) -> None:
    first = {
        "DECLARANT": "004", "DECLARANT_ISO": "DE", "PARTNER": "0720", "PARTNER_ISO": "CN",
        "TRADE_TYPE": "E", "PRODUCT_NC": "81129289", "FLOW": "1", "STAT_REGIME": "1",
        "SUPP_UNIT": "", "PERIOD": "202452", "VALUE_IN_EUROS": "1234.5", "QUANTITY_IN_KG": "1500",
        "SUP_QUANTITY": "",
    }  # fmt: skip
    old = read(bulk(tmp_path, first, name="full202452.dat"))
    assert figures(old) == figures(read(bulk(tmp_path, BULK)))


SDMX = """\
DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:DS-045409(1.0),15/06/26 11:00:00,A,DE,CN,81129289,1,VALUE_IN_EUROS,2024,1234.5,
ESTAT:DS-045409(1.0),15/06/26 11:00:00,A,DE,CN,81129289,1,QUANTITY_IN_100KG,2024,15,
ESTAT:DS-045409(1.0),15/06/26 11:00:00,A,DE,CN,81129289,1,SUPPLEMENTARY_QUANTITY,2024,7,
ESTAT:DS-045409(1.0),15/06/26 11:00:00,A,DE,JP,81129289,1,QUANTITY_IN_100KG,2024,0.12,
ESTAT:DS-045409(1.0),15/06/26 11:00:00,A,DE,US,81129289,1,VALUE_IN_EUROS,2024,,c
ESTAT:DS-045409(1.0),15/06/26 11:00:00,A,DE,CN,81129289,1,VALUE_IN_EUROS,2023,99,
ESTAT:DS-045409(1.0),15/06/26 11:00:00,M,DE,CN,81129289,1,VALUE_IN_EUROS,2024-05,9,
"""
SERIES = {
    ("CHN:cn2024/81129289", "DEU"): (1234.5, 1.5, "normal", False),
    ("JPN:cn2024/81129289", "DEU"): (None, 0.012, "not-stated", False),
    ("USA:cn2024/81129289", "DEU"): (None, None, "withheld", False),
    ("CHN:cn2023/81129289", "DEU"): (99, None, "normal", False),
}


def test_series_of_the_api_as_csv(tmp_path: Path) -> None:
    file = tmp_path / "ds-045409.csv"
    file.write_text(SDMX, encoding="utf-8")
    done = read(file)
    assert figures(done) == SERIES
    assert (done.ledger.used, sum(done.ledger.left.values())) == (5, 2)
    labelled = SDMX.replace(",DE,", ",DE:Germany,").replace("81129289", "81129289:Gallium")
    file.write_text(labelled, encoding="utf-8")
    assert figures(read(file)) == SERIES


def test_series_of_the_api_as_tsv(tmp_path: Path) -> None:
    file = tmp_path / "ds-045409.tsv"
    file.write_text(
        "freq,reporter,partner,product,flow,indicators\\TIME_PERIOD\t2023 \t2024 \n"
        "A,DE,CN,81129289,1,VALUE_IN_EUROS\t99 \t1234.5 \n"
        "A,DE,CN,81129289,1,QUANTITY_IN_100KG\t: \t15 \n"
        "A,DE,JP,81129289,1,QUANTITY_IN_100KG\t: \t0.12 \n"
        "A,DE,US,81129289,1,VALUE_IN_EUROS\t: \t: c\n",
        encoding="utf-8",
    )
    done = read(file)
    assert figures(done) == SERIES
    assert done.ledger.rows_read == done.ledger.used == 5


def test_the_edition_and_what_is_not_said_are_assumed(tmp_path: Path) -> None:
    read_one = loader("eurostat-comext").read
    assert read_one([bulk(tmp_path, BULK)]).assumed == (
        "edition 2024 is inferred from the newest year in the files"
    )
    assert "procedures" in read_one([SAMPLE]).assumed
    said = read_one([bulk(tmp_path, BULK)], said=Said("2025"))
    assert (said.source, said.assumed) == ("eurostat-comext-2025", "")


def test_a_known_file_is_of_its_edition(original: Path) -> None:
    assert loader("eurostat-comext").read([original]).assumed == ""


def test_a_year_after_the_edition_and_an_ended_state_are_refused(tmp_path: Path) -> None:
    rows = [BULK, BULK | {"PERIOD": "202552"}, BULK | {"PARTNER": "AN"}]
    ledger = Ledger()
    reading = loader("eurostat-comext").read([bulk(tmp_path, *rows)], said=Said("2024"))
    assert len([f for f in reading.facts(ledger) if f.term == "TradeFlow"]) == 1
    reasons = [refused.reason for refused in ledger.rejected]
    assert "the edition is 2024" in reasons[0]
    assert "Netherlands Antilles ended in 2010" in reasons[1]


MANY = [
    BULK | {"PARTNER": partner, "STAT_PROCEDURE": procedure, "VALUE_EUR": f"{at + 1}00"}
    for at, (partner, procedure) in enumerate(
        [("CN", "1"), ("CN", "2"), ("JP", "1"), ("US", "9"), ("NA", "1")]
    )
]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kept=st.sets(st.integers(0, 732), min_size=1, max_size=40),
    name=st.from_regex(r"[a-z0-9_]{1,12}\.(csv|dat)", fullmatch=True),
)
def test_rows_under_any_name_give_the_same_facts(
    tmp_path: Path, comext: Read, kept: set[int], name: str
) -> None:
    header, *rows = SAMPLE.read_text("utf-8").splitlines()
    file = tmp_path / name
    file.write_text("\n".join([header, *(rows[at] for at in sorted(kept))]), encoding="utf-8")
    found = figures(read(file))
    assert len(found) == len(kept)
    assert found.items() <= figures(comext).items()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    at=st.integers(0, len(MANY) - 1),
    column=st.sampled_from([name for name in BULK if name != "PERIOD"]),
    text=st.text("0123456789.:cDE- ", max_size=6),
)
def test_one_corrupted_cell_changes_one_flow_at_most(
    tmp_path: Path, at: int, column: str, text: str
) -> None:
    rows = [dict(row) for row in MANY]
    rows[at][column] = text
    whole = figures(read(bulk(tmp_path, *MANY)))
    try:
        found = figures(read(bulk(tmp_path, *rows)))
    except OrepathError:
        return
    assert len([key for key, flow in whole.items() if found.get(key) != flow]) <= 1
    # A corrupted name may be another country's, of which the file then states a flow.
    assert len([key for key, flow in found.items() if whole.get(key) != flow]) <= 2
