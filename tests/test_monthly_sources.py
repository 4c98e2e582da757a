"""Months of trade: Ember's solar exports, and the selection from UN Comtrade.

Figures of the Ember sample are real rows (CC BY 4.0), those of the other sample are made up.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loading import read, recognise
from orepath.loaders.base import Ledger
from orepath.loaders.base.survey import few
from orepath.loaders.registry import all_editions
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

SAMPLES = Path(__file__).parent / "samples"
EMBER, SELECTION = "ember-solar", "comtrade-monthly"
SAMPLE = {EMBER: SAMPLES / "ember_solar.csv", SELECTION: SAMPLES / "comtrade_monthly.csv"}
ORIGINAL = {
    EMBER: "data/ember_pv/mart_solar_exports_full_release_monthly.csv",
    SELECTION: "data/china_ga_graphite/china_exports_hs6_monthly_2017_2024.csv",
}
MODEL = {EMBER: 4, SELECTION: 3}
COLUMN = {EMBER: ("Date", "Amount (USD)"), SELECTION: ("period_dt", "val")}
Key = tuple[str, str, int, int]
ANTILLES = "AGG:ember-solar:netherlands-antilles"
MODULE, CELL, WAFER = (f"CHN:silicon-metal/{name}" for name in ("pv-module", "solar-cell", "wafer"))


def flows(facts: Sequence[Fact]) -> dict[Key, Mapping[str, Any]]:
    found: dict[Key, Mapping[str, Any]] = {}
    for fact in facts:
        if fact.term == "MonthlyTradeFlow":
            v: dict[str, Any] = dict(fact.values)
            key = v["exporter"], v["importer"], v["year"], v["month"]
            assert key not in found
            found[key] = v
    return found


def changed(folder: Path, publication: str, *changes: Mapping[str, str]) -> Path:
    """The sample with rows more: each is one of its own with some of its cells changed."""
    with SAMPLE[publication].open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    file = folder / "some.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows([*rows, *(rows[MODEL[publication]] | dict(change) for change in changes)])
    return file


@pytest.fixture(scope="module", params=[EMBER, SELECTION])
def publication(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def ember(shared: Path) -> tuple[list[Fact], Ledger]:
    facts, ledger = read(EMBER, shared / ORIGINAL[EMBER])
    return facts, ledger


# ---- golden facts, read by hand ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "mass", "power", "status"),
    [
        ((MODULE, "DEU", 2022, 1), 71854259, 13086.996, 274.12, "normal"),
        ((CELL, "DEU", 2022, 1), 11342027, 247.645, 71.01, "normal"),
        ((WAFER, "DEU", 2022, 1), 5182023, 25.715, 12.81, "normal"),
        ((MODULE, "NLD", 2025, 9), 292343678, 151032.204, 3064.06, "normal"),
        ((CELL, "IND", 2025, 9), 225811486, 6951.817, 5373.09, "normal"),
        # No power of wafers in September 2025, whatever they are worth: not estimated yet.
        ((WAFER, "DEU", 2025, 9), 1863911, 4.403, None, "normal"),
        ((WAFER, "TWN", 2025, 9), 18329003, 77.305, None, "normal"),
        # Five pieces for 129 dollars, and no kilogram.
        ((CELL, "ARM", 2022, 10), 129, None, None, "below-threshold"),
        # A state that ended in 2010 goes on in the customs' lists.
        ((MODULE, ANTILLES, 2022, 7), 1592902, 324.514, 5.41, "normal"),
    ],
)  # fmt: skip
def test_golden_solar(
    key: Key, value: float, mass: float | None, power: float | None, status: str
) -> None:
    facts, _ = read(EMBER, SAMPLE[EMBER])
    flow = flows(facts)[key]
    names = ("value", "mass", "power", "status", "currency", "valuation", "reporter_side")
    told = (value, mass, power, status, "USD", "FOB", "exporter")
    assert tuple(flow[name] for name in names) == told


def test_regions_and_the_mixed_line_are_left_out_and_counted() -> None:
    facts, ledger = read(EMBER, SAMPLE[EMBER])
    reasons = {rule.what: rule.reason for rule in all_editions()["ember-solar-2025-09"].left_out}
    assert dict(ledger.left) == {
        reasons["rows of regions"]: 2,
        reasons["the line of 2017 to 2021"]: 1,
    }
    assert ledger.rejected == []
    assert all(year >= 2022 for _, _, year, _ in flows(facts))


def test_the_countries_of_ember_add_up_to_its_world(
    ember: tuple[list[Fact], Ledger], shared: Path
) -> None:
    facts, ledger = ember
    assert (ledger.rejected, ledger.used, ledger.rows_read) == ([], 14_832, 27_047)
    sums: Counter[tuple[str, str]] = Counter()
    for (product, _, year, month), flow in flows(facts).items():
        sums[product, f"{year}-{month:02}-01"] += flow["value"]
    lines = {"85414300": MODULE, "85414200": CELL, "38180019": WAFER}
    with (shared / ORIGINAL[EMBER]).open(encoding="utf-8", newline="") as stream:
        world = {
            (lines[row["Commodity code"]], row["Date"]): float(row["Amount (USD)"])
            for row in csv.DictReader(stream)
            if row["Area"] == "World" and row["Commodity code"] in lines
        }
    assert len(world) == 3 * 45
    assert dict(sums) == world


@pytest.mark.parametrize(
    ("key", "value", "mass"),
    [
        (("CHN:hs2017/250410", "AUS", 2017, 1), 10200, 6.116362),
        # Without a weight until 2018.
        (("CHN:hs2017/811292", "BEL", 2017, 1), 87500, None),
        (("CHN:hs2017/380110", "USA", 2017, 2), 2182483, 520.51414),
        # Each year in the edition that was in force.
        (("CHN:hs2017/811292", "DEU", 2021, 12), 385602, 0.5),
        (("CHN:hs2022/811292", "DEU", 2022, 1), 90933, 0.55),
        # The month before the licence, and the first one under it.
        (("CHN:hs2022/250410", "KOR", 2023, 11), 23036914, 13884.535),
        (("CHN:hs2022/250410", "JPN", 2023, 12), 7003, 20.003),
        (("CHN:hs2022/811292", "USA", 2024, 12), 654069, 11.724),
        (("CHN:hs2022/380110", "TWN", 2024, 12), 840565, 1018.22),
    ],
)
def test_golden_selection(key: Key, value: float, mass: float | None, shared: Path) -> None:
    facts, ledger = read(SELECTION, shared / ORIGINAL[SELECTION])
    assert (ledger.rejected, ledger.used) == ([], 6442)
    flow = flows(facts)[key]
    assert (flow["value"], flow["mass"]) == (value, mass)
    assert flow["status"] == ("normal" if mass else "not-stated")


def test_no_row_is_no_flow(shared: Path) -> None:
    facts, _ = read(SELECTION, shared / ORIGINAL[SELECTION])
    assert ("CHN:hs2022/811292", "USA", 2024, 10) not in flows(facts)


def test_the_sample_of_the_selection() -> None:
    facts, ledger = read(SELECTION, SAMPLE[SELECTION])
    assert ledger.used == 6
    found = {key: (flow["value"], flow["mass"]) for key, flow in flows(facts).items()}
    assert found == {
        ("CHN:hs2017/811292", "DEU", 2021, 12): (400, 0.0005),
        ("CHN:hs2022/811292", "DEU", 2022, 1): (90, 0.0006),
        ("CHN:hs2022/811292", "JPN", 2022, 1): (70, None),
        ("CHN:hs2022/250410", "JPN", 2022, 1): (1000, 0.6),
        ("CHN:hs2022/250410", "KOR", 2022, 2): (3000, 2),
        ("CHN:hs2022/380110", "ARE", 2022, 2): (50, 0.025),
    }


# ---- what both have in common ------------------------------------------------------------------


def test_facts_are_valid_and_never_of_a_year(publication: str) -> None:
    facts, _ = read(publication, SAMPLE[publication])
    validator = Validator(load_schema())
    for fact in facts:
        validator.check(fact)
    assert {fact.term for fact in facts}.isdisjoint({"TradeFlow"})


def test_the_edition_is_the_newest_month(publication: str) -> None:
    known = {EMBER: "ember-solar-2025-09", SELECTION: "comtrade-monthly-2022-02"}
    assert recognise(publication, SAMPLE[publication]) == known[publication]


def test_only_what_the_licence_allows_is_bundled() -> None:
    known = all_editions()
    assert known["ember-solar-2025-09"].redistributable is True
    assert known["comtrade-monthly-2024-12"].redistributable is False


def test_a_row_that_repeats_is_left_out_and_one_that_differs_refused(
    tmp_path: Path, publication: str
) -> None:
    _, value = COLUMN[publication]
    whole, _ = read(publication, SAMPLE[publication])
    facts, ledger = read(publication, changed(tmp_path, publication, {}, {value: "7"}))
    assert (sum(ledger.left.values()), len(ledger.rejected)) == (
        sum(read(publication, SAMPLE[publication])[1].left.values()) + 1,
        1,
    )
    assert "speaks of the same, with other figures" in ledger.rejected[0].reason
    assert flows(facts).keys() == flows(whole).keys()


@pytest.mark.parametrize("month", ["2024-13-01", "2024-00-01", "2024-1-01", "2024", "202401", ""])
def test_a_wrong_month_is_told_with_its_place(tmp_path: Path, publication: str, month: str) -> None:
    column, _ = COLUMN[publication]
    whole, _ = read(publication, SAMPLE[publication])
    file = changed(tmp_path, publication, {column: month})
    facts, ledger = read(publication, file)
    (refused,) = ledger.rejected
    line = len(file.read_text("utf-8").splitlines())
    assert (refused.place.line, refused.place.column, refused.value) == (line, column, month)
    assert flows(facts).keys() == flows(whole).keys()


def test_a_table_of_wrong_months_is_refused(tmp_path: Path, publication: str) -> None:
    column, _ = COLUMN[publication]
    wrong = [{column: "2024-13-01"}] * 4
    with pytest.raises(OrepathError, match=rf"some\.csv, line \d+, column {column}: '2024-13-01'"):
        read(publication, changed(tmp_path, publication, *wrong))


@pytest.mark.parametrize("amount", ["-1", "much", "NaN", "inf", ""])
def test_an_amount_that_is_none_costs_its_row(
    tmp_path: Path, publication: str, amount: str
) -> None:
    column, value = COLUMN[publication]
    year = {EMBER: "2025-08-01", SELECTION: "2022-01-01"}[publication]
    _, ledger = read(publication, changed(tmp_path, publication, {column: year, value: amount}))
    (refused,) = ledger.rejected
    assert (refused.place.column, refused.value) == (value, amount)


def test_other_tables_are_refused(tmp_path: Path, publication: str) -> None:
    other = {EMBER: SELECTION, SELECTION: EMBER}[publication]
    with pytest.raises(OrepathError, match="no column"):
        read(publication, SAMPLE[other])
    text = SAMPLE[publication].read_text("utf-8")
    file = tmp_path / "cut.csv"
    file.write_text(text.splitlines()[0] + "\n", "utf-8")
    with pytest.raises(OrepathError, match="no rows"):
        read(publication, file)


def test_a_cut_file_of_the_publishers_name_is_refused(tmp_path: Path, publication: str) -> None:
    file = tmp_path / Path(ORIGINAL[publication]).name
    file.write_text(SAMPLE[publication].read_text("utf-8"), "utf-8")
    with pytest.raises(OrepathError, match="cut off"):
        read(publication, file)


def test_a_code_that_nobody_knows_names_the_file_to_mend(tmp_path: Path) -> None:
    row = {
        "Commodity code": "85414100",
        "Commodity type": "Lamps",
        "Area type": "Country or economy",
    }
    _, ledger = read(EMBER, changed(tmp_path, EMBER, row))
    assert "products.csv" in ledger.rejected[0].remedy
    _, ledger = read(SELECTION, changed(tmp_path, SELECTION, {"hs6": "010121"}))
    assert "trade-codes-hs.ttl" in ledger.rejected[0].remedy


def test_exchanged_columns_of_kind_are_noticed(tmp_path: Path) -> None:
    row = {"Commodity code": "85414300", "Commodity type": "Wafers"}
    with pytest.raises(OrepathError, match="cannot stand there"):
        read(EMBER, changed(tmp_path, EMBER, row))


months = st.one_of(
    st.builds("{:04}-{:02}-01".format, st.integers(2017, 2024), st.integers(0, 14)),
    st.text("0123456789-", max_size=10),
)
amounts = st.one_of(st.integers(-5, 10**9).map(str), st.sampled_from(["", "x", "1e3", "0.5"]))
lines = st.lists(
    st.tuples(months, st.sampled_from(["Japan", "Germany", "Atlantis"]), amounts, amounts),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines)
def test_whatever_the_rows_say_every_fact_is_a_month_and_every_row_is_booked(
    tmp_path: Path, rows: list[tuple[str, str, str, str]]
) -> None:
    file = tmp_path / "any.csv"
    made = [",".join([m, partner, "250410", value, qty, ""]) for m, partner, value, qty in rows]
    file.write_text("\n".join(["period_dt,partner_name,hs6,val,qty,uv", *made]) + "\n", "utf-8")
    wrong = [m for m, *_ in rows if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])-01", m)]
    if len(wrong) > few(len(rows)):
        with pytest.raises(OrepathError, match=r"any\.csv, line \d+, column period_dt"):
            read(SELECTION, file)
        return
    facts, ledger = read(SELECTION, file)
    assert {r.value for r in ledger.rejected if r.place.column == "period_dt"} == set(wrong)
    assert ledger.rows_read == len(rows)
    found = flows(facts)
    assert len(found) == ledger.used
    for (_, importer, year, month), flow in found.items():
        assert 1 <= month <= 12
        assert importer in ("JPN", "DEU")
        assert flow["value"] >= 0
        assert flow["mass"] is None or flow["mass"] > 0
        assert any(m == f"{year}-{month:02}-01" for m, *_ in rows)
