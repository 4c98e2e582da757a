"""US statistics of the Mineral Commodity Summaries: facts read by hand, and damaged files."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.loaders import units
from orepath.loaders.names import label
from orepath.loaders.protocol import Ledger
from orepath.loaders.publishers import usgs_mcs, usgs_us, usgs_us_2024
from orepath.loaders.publishers.usgs_us_figures import commodities, uses
from orepath.loaders.publishers.usgs_us_values import fold, readings, us_value
from orepath.loaders.reading import LeaveOut
from orepath.loaders.tables import Row, read_mapping, read_table
from orepath.ontology.errors import FactError, OrepathError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

COLUMNS = (
    "MCS chapter", "Section", "Commodity", "Country", "Statistics", "Statistics_detail",
    "Unit", "Year", "Value", "Notes",
)  # fmt: skip
NEW, OLD = "usgs-mcs-2026", "usgs-mcs-2024"
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Read:
    """The US part of an edition."""

    facts: Sequence[Fact]
    observations: dict[Key, dict[str, Any]]
    shares: dict[tuple[str, str], dict[str, Any]]
    left: dict[str, int]
    rows: int


def sorted_out(facts: Sequence[Fact], left: dict[str, int], rows: int) -> Read:
    observations, shares = {}, {}
    for fact in facts:
        v: dict[str, Any] = dict(fact.values)
        if fact.term == "IndustryObservation":
            key = v["industry"], v["measure"], v["basis"], v["period"]
            assert key not in observations, key
            observations[key] = v
        elif fact.term == "SourcingShare":
            assert (v["industry"], v["period"]) not in shares
            shares[v["industry"], v["period"]] = v
    return Read(facts, observations, shares, left, rows)


@pytest.fixture(scope="session")
def table(shared: Path) -> Path:
    return shared / "data" / "usgs_mcs2026" / "MCS2026_Commodities_Data.csv"


@pytest.fixture(scope="session")
def new(table: Path) -> Read:
    facts: list[Fact] = []
    left: dict[str, int] = {}
    rows = 0
    for row in read_table(table, COLUMNS, "the data release"):
        if row["Section"] not in usgs_us.SECTIONS:
            continue
        rows += 1
        try:
            found = list(usgs_us.facts(row, NEW))
        except LeaveOut as reason:
            left[str(reason)] = left.get(str(reason), 0) + 1
        else:
            assert found
            facts += found
    return sorted_out(facts, left, rows)


@pytest.fixture(scope="session")
def release(shared: Path) -> list[Path]:
    folder = shared / "data" / "usgs_mcs2024"
    return [file for file in sorted(folder.rglob("*.csv")) if usgs_us.is_2024_part(file)]


@pytest.fixture(scope="session")
def old(release: list[Path]) -> Read:
    ledger = Ledger()
    facts = list(usgs_us.read_2024(release, OLD, ledger))
    assert ledger.balanced
    assert ledger.rejected == []
    return sorted_out(facts, dict(ledger.left), ledger.rows_read)


def test_every_row_of_2026_is_used_or_left(new: Read) -> None:
    assert new.rows == 4863 + 720
    assert len(new.observations) + len(new.shares) + sum(new.left.values()) == new.rows
    assert len(new.shares) == 720
    assert sum(new.left.values()) == 156


def test_every_row_of_2024_is_booked(old: Read, release: list[Path]) -> None:
    read = 0
    for file in release:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            read += sum(1 for record in csv.reader(stream) if record) - 1
    assert len(release) == 97
    assert old.rows == read


# Read from the table by hand.
STATED: dict[Key, dict[str, Any]] = {
    # Kilograms, and estimated by the note.
    ("USA:gallium/metal", "imports", "contained", "2025"): {
        "amount": 25.0, "unit": "t", "status": "estimated", "line": 2538,
        "original_value": "25,000", "original_unit": "kilograms",
    },
    ("USA:germanium/all-forms", "net-import-reliance", "not-applicable", "2025"): {
        "amount": None, "low": 50.0, "high": None, "unit": "percent", "status": "estimated",
        "line": 2791,
    },
    # Net exporter: no number, but not more than nought.
    ("USA:beryllium/all-forms", "net-import-reliance", "not-applicable", "2024"): {
        "amount": None, "high": 0.0, "status": "normal", "line": 898,
    },
    # The mark s stands for a footnote: here one that says that there is no figure …
    ("USA:gold/refined", "net-import-reliance", "not-applicable", "2025"): {
        "amount": None, "low": None, "high": None, "status": "not-available", "line": 2855,
    },
    # … here a limit of its own, 500 carats …
    ("USA:industrial-diamond/stones", "exports", "not-stated", "2024"): {
        "amount": None, "low": 0.0, "high": 500.0, "unit": "ct", "status": "below-threshold",
        "line": 2138,
    },
    # … and here half of a thousand tons.
    ("USA:copper/ore", "imports", "contained", "2024"): {
        "amount": None, "low": 0.0, "high": 500.0, "unit": "t", "status": "below-threshold",
        "line": 1944,
    },
    # The minus sign became a question mark.
    ("USA:tantalum/all-forms", "stockpile-shipments", "contained", "2021"): {
        "amount": -10.0, "original_value": "?10", "line": 7450,
    },
    # The column says dollars per ton; the detail says the metric ton unit of 10 kg.
    ("USA:manganese/ore", "price", "contained", "2024"): {
        "amount": 553.0, "unit": "USD/t", "original_value": "5.53", "line": 4556,
    },
    ("USA:tungsten/ore", "price", "oxide-equivalent", "2024"): {
        "amount": 25200.0, "unit": "USD/t", "line": 8185,
    },
    # The column says thousand tons; the detail says million square feet.
    ("USA:gypsum/wallboard", "sales", "not-stated", "2024"): {
        "amount": 2526962688.0, "unit": "m2", "line": 3059,
    },
    # A unit value of imports from one country is of that country's industry.
    ("FRA:thorium/compounds", "import-unit-value", "not-stated", "2024"): {
        "amount": 27000.0, "unit": "USD/t", "line": 7715,
    },
    ("USA:high-purity-quartz/ground", "price", "not-stated", "2024"): {
        "amount": None, "low": 500.0, "high": 17000.0, "status": "estimated", "line": 5938,
    },
    ("USA:wollastonite/ore", "employment", "not-applicable", "2025"): {"amount": 68.0},
}  # fmt: skip


@pytest.mark.parametrize("key", STATED, ids="/".join)
def test_a_row_read_by_hand(new: Read, key: Key) -> None:
    found = new.observations[key]
    assert {name: found[name] for name in STATED[key]} == STATED[key]


def test_the_two_micas_are_told_apart(new: Read) -> None:
    """Both blocks of the chapter have the same texts; imports less exports say which is which."""
    for year in map(str, range(2021, 2026)):
        for product, share in (("scrap-and-flake", None), ("sheet", 100.0)):
            found = {
                measure: new.observations[f"USA:mica/{product}", measure, basis, year]["amount"]
                for measure, basis in (
                    ("imports", "not-stated"),
                    ("exports", "not-stated"),
                    ("apparent-consumption", "not-stated"),
                    ("net-import-reliance", "not-applicable"),
                )
            }
            net = found["imports"] - found["exports"]
            reliance = 100 * net / found["apparent-consumption"]
            assert reliance == pytest.approx(share or found["net-import-reliance"], abs=4)


def test_import_sources_of_gallium(new: Read) -> None:
    """Lines 2545 to 2549: four countries and the rest, which is no country."""
    found = {
        industry.partition(":gallium")[0]: v["share"]
        for (industry, period), v in new.shares.items()
        if industry.endswith("gallium/metal") and period == "2021-2024"
    }
    assert found == {"CAN": 0.28, "JPN": 0.22, "CHN": 0.18, "DEU": 0.16, "REST:usgs-mcs": 0.16}
    rest = new.shares["REST:usgs-mcs:gallium/metal", "2021-2024"]
    assert (rest["market"], rest["line"], rest["status"]) == ("USA", 2549, "normal")


def test_shares_that_are_bounds_and_a_lump(new: Read) -> None:
    canada = new.shares["CAN:copper/ore", "2021-2024"]
    assert (canada["share"], canada["low"], canada["high"]) == (None, 0.99, None)
    rest = new.shares["REST:usgs-mcs:copper/ore", "2021-2024"]
    assert (rest["low"], rest["high"], rest["status"]) == (0.0, 0.01, "below-threshold")
    lump = new.shares["AGG:usgs-mcs:china-germany-and-russia:rubidium/all-forms", "2021-2024"]
    assert lump["share"] == 1.0
    made = {f.values["industry"] for f in new.facts if f.term == "Making"}
    assert not any(str(i).startswith(("REST:", "AGG:", "WLD")) for i in made)


def test_the_shares_of_each_product_sum_to_one(new: Read) -> None:
    """Thallium has no rest and four shares of together 100; rounding leaves one percent."""
    sums: dict[str, float] = {}
    for (industry, _), v in new.shares.items():
        product = industry.rpartition(":")[2]
        amount = v["share"] if v["share"] is not None else v["low"]
        sums[product] = sums.get(product, 0.0) + amount
    assert {p: s for p, s in sums.items() if not 0.985 <= s <= 1.015} == {}


def test_us_output_of_the_newest_years_is_that_of_the_world_table(table: Path, new: Read) -> None:
    """What is left out for that reason is said by the World table in the same words."""
    assert new.left[usgs_us_2024.WORLD] == 126
    facts = usgs_mcs.facts([table], Ledger())
    world = {
        (v["industry"], v["basis"], v["period"]): v
        for v in (dict(f.values) for f in facts if f.term == "IndustryObservation")
        if v["measure"] == "production" and str(v["industry"]).startswith("USA:")
    }
    compared = 0
    for row in read_table(table, COLUMNS, "the data release"):
        if row["Section"] != usgs_us.SALIENT or row["Year"] not in ("2024", "2025"):
            continue
        meaning = usgs_us.meanings()[
            tuple(fold(row[c]) for c in ("MCS chapter", "Commodity", "Statistics",
                                         "Statistics_detail"))
        ]  # fmt: skip
        if meaning.world:
            there = world[f"USA:{meaning.product}", meaning.basis, row["Year"]]
            unit = units.unit(row["Unit"], "usgs-mcs")
            here = us_value(row["Value"], row["Notes"], unit)
            assert unit.convert(here.amount) == there["amount"], row.line
            compared += 1
    assert compared == 126


# Read from the files of 2024 by hand: the shifted, doubled and empty headings.
STATED_2024: dict[Key, dict[str, Any]] = {
    # "Imports_Metal_kt" of the file holds imports in concentrates, and so on to the end.
    ("USA:lead/ore", "imports", "contained", "2019"): {
        "low": 0.0, "high": 500.0, "status": "below-threshold", "original_value":
        "Less than 1/2 unit.",
    },
    ("USA:lead/refined", "price", "not-stated", "2023"): {
        "original_value": "115", "status": "estimated", "unit": "USD/t",
    },
    ("USA:lead/refined", "net-import-reliance", "not-applicable", "2023"): {"amount": 35.0},
    # A column without a heading at the end of the shifted table.
    ("USA:fluorspar/all-grades", "net-import-reliance", "not-applicable", "2023"): {
        "amount": 100.0, "file": "mcs2024-fluor_salient.csv", "line": 6,
    },
    ("USA:fluorspar/hydrofluoric-acid", "imports", "not-stated", "2019"): {"amount": 124000.0},
    ("USA:nepheline-syenite/ore", "net-import-reliance", "not-applicable", "2023"): {
        "low": 95.0, "status": "estimated",
    },
    # A superscript e that lost its height.
    ("USA:copper/from-old-scrap", "secondary-production", "contained", "2022"): {
        "amount": 150000.0, "status": "estimated", "original_value": "e150",
    },
    # Two columns of one heading.
    ("USA:iodine/all-forms", "apparent-consumption", "contained", "2023"): {
        "amount": None, "status": "withheld",
    },
    ("USA:iodine/all-forms", "reported-consumption", "contained", "2022"): {
        "amount": 3330.0, "status": "normal",
    },
    # A dash and the mark of footnote 4 that look like a figure.
    ("USA:asbestos/ore", "imports", "not-stated", "2023"): {
        "amount": 0.0, "original_value": "-4",
    },
    ("USA:asbestos/ore", "import-unit-value", "not-stated", "2023"): {
        "amount": None, "status": "not-available",
    },
    # A real minus sign.
    ("USA:niobium/all-forms", "stockpile-shipments", "contained", "2020"): {"amount": -88.0},
    # Only figure 2 says it, since the file of cobalt is a world table.
    ("USA:cobalt/all-forms", "net-import-reliance", "not-applicable", "2023"): {
        "amount": 67.0, "status": "estimated",
        "file": "MCS2024_Fig2_Net_Import_Reliance.csv",
    },
    ("USA:scandium/metal", "price", "not-stated", "2023"): {"amount": 153000000.0},
}  # fmt: skip


@pytest.mark.parametrize("key", STATED_2024, ids="/".join)
def test_a_cell_of_2024_read_by_hand(old: Read, key: Key) -> None:
    found = old.observations[key]
    assert {name: found[name] for name in STATED_2024[key]} == STATED_2024[key]


def test_two_editions_mean_the_same_series(old: Read, new: Read) -> None:
    """2021 stands in both; nearly all figures agree, which a shifted column would not."""
    apart = []
    compared = 0
    for key, there in new.observations.items():
        here = old.observations.get(key)
        if key[3] != "2021" or here is None or not there["amount"] or here["amount"] is None:
            continue
        compared += 1
        if not 0.55 <= here["amount"] / there["amount"] <= 1.8:
            apart.append((key[:2], here["amount"], there["amount"]))
    assert compared > 600
    # Molybdenum was defined anew; scandium is priced by another lot, quartz crystal revised.
    assert {key[0].partition(":")[2].partition("/")[0] for key, *_ in apart} == {
        "molybdenum", "scandium", "cultured-quartz",
    }  # fmt: skip


def test_sources_without_shares_and_applications(old: Read) -> None:
    order = [
        (industry, v["note"])
        for (industry, _), v in old.shares.items()
        if industry.endswith(":gallium/metal")
    ]
    assert [i.partition(":")[0] for i, _ in order] == ["JPN", "CHN", "DEU", "CAN"]
    assert all(v.get("share") is None and v["status"] == "not-stated" for v in old.shares.values())
    antimony = {f.values["user"] for f in old.facts if f.values.get("used") == "Material:antimony"}
    assert antimony == {"Application:usgs/flame-retardants", "Application:usgs/lead-acid-batteries"}
    rubidium = {f.values["user"] for f in old.facts if f.values.get("used") == "Material:rubidium"}
    assert rubidium == {"Application:usgs/research-and-development"}


def test_all_facts_are_valid(old: Read, new: Read) -> None:
    validator = Validator(load_schema())
    for fact in [*old.facts, *new.facts]:
        validator.check(fact)


def test_the_curated_net_import_reliance_repeats_the_table(shared: Path, table: Path) -> None:
    """It is no second source. In ten of its cells an NA was lost on the way."""
    stated: dict[tuple[str, str, str], set[str]] = {}
    for row in read_table(table, COLUMNS, "the data release"):
        key = (row["Commodity"], row["Statistics_detail"], row["Year"])
        stated.setdefault(key, set()).add(row["Value"])
    columns = ("commodity", "detail", "year", "value")
    rows = list(read_table(shared / "facts" / "us_net_import_reliance.csv", columns, "facts"))
    assert len(rows) == 212
    for row in rows:
        value = row["value"] or "NA"
        assert value in stated[row["commodity"], row["detail"], row["year"]], row.line
    assert sum(not row["value"] for row in rows) == 10


# What needs no publisher's file.


def cells(**given: str) -> Row:
    made = dict.fromkeys(COLUMNS, "") | {
        "MCS chapter": "GALLIUM",
        "Section": usgs_us.SALIENT,
        "Commodity": "Gallium",
        "Country": "United States",
        "Statistics": "Import",
        "Statistics_detail": "Imports for consumption: Metal",
        "Unit": "kilograms",
        "Year": "2025",
        "Value": "25,000",
    }
    return Row("made.csv", 2, made | given)


def observed(row: Row, source: str = NEW) -> dict[str, Any]:
    found = [f for f in usgs_us.facts(row, source) if f.term == "IndustryObservation"]
    return dict(found[0].values)


def test_the_next_edition_needs_no_code() -> None:
    found = observed(cells(Year="2026"), "usgs-mcs-2027")
    assert (found["source"], found["period"], found["amount"]) == ("usgs-mcs-2027", "2026", 25.0)
    mine = cells(
        **{"MCS chapter": "COBALT", "Commodity": "Cobalt", "Statistics": "Production",
           "Statistics_detail": "Production: Mine", "Unit": "metric tons", "Year": "2024"}
    )  # fmt: skip
    # The World tables of 2027 begin with 2025.
    assert observed(mine, "usgs-mcs-2027")["amount"] == 25000.0
    with pytest.raises(LeaveOut):
        list(usgs_us.facts(mine, NEW))
    # Texts that name their year are known in another year too.
    text = "The United States was a net exporter of wollastonite in 2026"
    later = cells(
        **{"MCS chapter": "WOLLASTONITE", "Commodity": "Wollastonite", "Unit": "percent",
           "Statistics": "Net import reliance", "Statistics_detail": text, "Value": "E"}
    )  # fmt: skip
    assert observed(later, "usgs-mcs-2027")["high"] == 0.0


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"Statistics_detail": "Imports for consumption: Ingots"}, "Statistics_detail"),
        ({"Year": "25"}, "Year"),
        ({"Unit": "barrels"}, "Unit"),
        ({"Country": "Untied States"}, "Country"),
        ({"Value": "25.000,0"}, "Value"),
        ({"Value": "?7"}, "Value"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_column(change: dict[str, str], column: str) -> None:
    with pytest.raises(FactError) as refused:
        list(usgs_us.facts(cells(**change), NEW))
    assert refused.value.column == column
    assert refused.value.hint


SALIENT_GALLIUM = (
    "DataSource,Commodity,Year,USprod_Primarykg,Imports_Metalkg,Imports_GaAskg,Exports_g,"
    "Consump_g,Price_High-puritydkg,Price_Low-puritydkg,Stocks_g,NIR_pct,,\n"
    "MCS2024,Gallium,2021,0,8890,306000,NA,17100,625,254,2810,100,,\n"
    "MCS2024,Gallium,2023,0,9400,150000,NA,19000,450,290,2700,100,,\n"
)


def write(folder: Path, text: str, name: str = "mcs2024-galli_salient.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def read_old(file: Path, source: str = OLD) -> tuple[list[Fact], Ledger]:
    ledger = Ledger()
    facts = list(usgs_us.read_2024([file], source, ledger))
    assert ledger.balanced
    return facts, ledger


def test_a_small_file_of_2024(tmp_path: Path) -> None:
    facts, ledger = read_old(write(tmp_path, SALIENT_GALLIUM))
    assert ledger.used == 2
    found = {
        (f.values["industry"], f.values["measure"], f.values["period"]): f.values
        for f in facts
        if f.term == "IndustryObservation"
    }
    w = found["USA:gallium/arsenide-wafers", "imports", "2021"]
    assert (w["amount"], w["basis"], w["status"]) == (
        306.0,
        "gross-weight",
        "normal",
    )
    assert found["USA:gallium/metal", "imports", "2023"]["status"] == "estimated"
    # Production of 2023 stands in the World table, that of 2021 does not.
    assert ("USA:gallium/primary-low-purity", "national-production", "2023") not in found
    assert found["USA:gallium/primary-low-purity", "national-production", "2021"]["amount"] == 0.0


def test_columns_may_be_shuffled(tmp_path: Path) -> None:
    straight, _ = read_old(write(tmp_path, SALIENT_GALLIUM))
    rows = [line.split(",") for line in SALIENT_GALLIUM.splitlines()]
    order = list(range(len(rows[0])))
    random.Random(4).shuffle(order)
    text = "".join(",".join(row[at] for at in order) + "\n" for row in rows)
    shuffled, _ = read_old(write(tmp_path, text))

    def plain(facts: list[Fact]) -> list[str]:
        return sorted(f"{f.term} {sorted(f.values.items())}" for f in facts)

    assert plain(shuffled) == plain(straight)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda t: t.replace("Imports_GaAskg,", ""), "columns instead of"),
        (lambda t: t.replace("Imports_GaAskg", "Imports_Wafers"), "no column 'Imports_GaAskg'"),
        (lambda t: t.replace("Year", "Jahr"), "no column 'Year'"),
        (lambda t: t[:-20], "columns instead of"),
        (lambda t: t.splitlines()[0] + "\n", "no rows"),
        (lambda t: "\n".join(t.splitlines()[:2]) + "\n", "newest year is '2021'"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, damage: Callable[[str], str], said: str) -> None:
    with pytest.raises(OrepathError, match=said):
        read_old(write(tmp_path, damage(SALIENT_GALLIUM)))


def test_a_row_of_another_edition_is_rejected(tmp_path: Path) -> None:
    facts, ledger = read_old(write(tmp_path, SALIENT_GALLIUM.replace("MCS2024,G", "MCS2023,G")))
    assert facts == []
    assert [r.place.column for r in ledger.rejected] == ["DataSource", "DataSource"]


def test_a_part_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OrepathError, match="no part of"):
        read_old(write(tmp_path, "Source,Year\nMCS2024,2023\n", "MCS2024_Fig99_Anything.csv"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_random_damage_never_changes_facts_silently(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """One character replaced or the end cut: an error, rejected rows, or the same facts."""
    folder = tmp_path_factory.mktemp("damaged")
    at = data.draw(st.integers(0, len(SALIENT_GALLIUM) - 1))
    if data.draw(st.booleans()):
        text = SALIENT_GALLIUM[:at]
    else:
        mark = data.draw(st.sampled_from(["x", "?", ";", '"', "\n", ",", "é"]))
        text = SALIENT_GALLIUM[:at] + mark + SALIENT_GALLIUM[at + 1 :]
    whole = {repr(sorted(f.values.items())) for f in read_old(write(folder, SALIENT_GALLIUM))[0]}
    try:
        facts, ledger = read_old(write(folder, text))
    except OrepathError:
        return
    changed = [f for f in facts if repr(sorted(f.values.items())) not in whole]
    assert changed == []
    assert len(facts) == len(whole) or ledger.rejected


@given(st.text(max_size=12))
def test_a_cell_is_a_value_or_an_error(text: str) -> None:
    try:
        value = us_value(" ".join(text.split()), "", units.unit("metric tons", "usgs-mcs"))
    except FactError:
        return
    numbers = [value.amount, value.low, value.high]
    if value.status in ("withheld", "not-available", "not-stated"):
        assert numbers == [None, None, None]
    else:
        assert any(number is not None for number in numbers)


def test_the_mappings_name_what_the_vocabularies_have() -> None:
    products = {r.product for r in readings().values() if r.product}
    products |= {line["product"] for line in commodities().values()}
    for name in ("usgs_us_products", "usgs_us_columns"):
        lines = read_mapping(name)
        assert all(line["reason"] for line in lines)
        assert all(bool(line["left"]) != bool(line["product"]) for line in lines)
        products |= {line["product"] for line in lines if line["product"]}
    for product in sorted(products):
        assert label("product", product)
    assert all(
        line["reason"] and line["application"].startswith("usgs/") for line in uses().values()
    )
    assert len(usgs_us.meanings()) == len(read_mapping("usgs_us_products"))
