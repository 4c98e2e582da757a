"""US statistics of the Mineral Commodity Summaries: facts read by hand, and damaged files.

The samples hold rows of the publisher's files at their own lines; where the whole editions are at
hand, they are read too.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orepath.loaders import units
from orepath.loaders.base import Column, Ledger, LeftOut, Load, Row, Table, read_mapping
from orepath.loaders.base.declaration import Declaration, declaration
from orepath.loaders.names import label
from orepath.loaders.usgs_mcs import long_table
from orepath.loaders.usgs_mcs.long_table import LongTable
from orepath.loaders.usgs_mcs.meaning import fold
from orepath.loaders.usgs_mcs.values import us_value
from orepath.ontology.errors import FactError, OrepathError
from orepath.ontology.facts import Fact
from usgs import LONG, SAMPLES, Key, Read, fits_the_ontology, read

US_SECTIONS = (long_table.SALIENT, long_table.IMPORT_SOURCES)
WORLD = "US output of the two newest years stands in the World table of the same chapter"
NEW, OLD = "usgs-mcs-2026", "usgs-mcs-2024"
DECLARED: Declaration = declaration("usgs_mcs")


def is_of_the_states(file: Path) -> bool:
    return file.name.endswith("_salient.csv") or file.name.startswith("MCS2024_")


@pytest.fixture(scope="session")
def table(shared: Path) -> Path:
    return Path(shared, "data", "usgs_mcs2026", LONG)


@pytest.fixture(scope="session")
def whole_new(table: Path) -> Read:
    return read(table)


@pytest.fixture(scope="session")
def new() -> Read:
    return read(SAMPLES / LONG, whole=False)


@pytest.fixture(scope="session")
def release(shared: Path) -> list[Path]:
    folder = shared / "data" / "usgs_mcs2024"
    return [file for file in sorted(folder.rglob("*.csv")) if is_of_the_states(file)]


@pytest.fixture(scope="session")
def whole_old(release: list[Path]) -> Read:
    found = read(*release, whole=False)
    assert found.ledger.rejected == []
    return found


@pytest.fixture(scope="session")
def old() -> Read:
    found = read(*filter(is_of_the_states, SAMPLES.iterdir()), whole=False)
    assert found.ledger.rejected == []
    return found


def rows_of_the_states(table: Path) -> Iterator[Row]:
    for row in Table(table, "the data release").rows(DECLARED.tables["long"].columns):
        if row["Section"] in US_SECTIONS:
            yield row


def test_every_row_of_2026_is_used_or_left(whole_new: Read, new: Read, table: Path) -> None:
    assert whole_new.holds(new)
    rows = {row.line for row in rows_of_the_states(table)}
    assert len(rows) == 4863 + 720
    stated = [v for v in whole_new.observations.values() if v["line"] in rows]
    assert len(whole_new.shares) == 720
    assert sum(whole_new.ledger.left.values()) == 156
    assert len(stated) + 720 + 156 == len(rows)


def test_every_row_of_2024_is_booked(whole_old: Read, old: Read, release: list[Path]) -> None:
    assert whole_old.holds(old)
    count = 0
    for file in release:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            count += sum(1 for record in csv.reader(stream) if record) - 1
    assert len(release) == 97
    assert whole_old.ledger.rows_read == count


def test_what_is_left_out_is_said(new: Read, old: Read) -> None:
    assert new.ledger.left == {
        WORLD: 1,
        "A price said in words only: no figure and no unit": 1,
        "A share of casting processes in steel making, not a quantity of an industry": 1,
        "The same price stands in the row before in dollars per metric ton": 1,
    }
    assert old.ledger.left == {
        "An empty row": 1,
        "The file holds a world table in the place of US statistics": 2,
        "Trends of the mineral industry as a whole; no material, product or country": 1,
    }


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
    # Net exporter: no number, but not more than zero.
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


def micas_are_told_apart(new: Read, year: str) -> None:
    """Both blocks of the chapter have the same texts; imports less exports say which is which."""
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


def test_the_two_micas_are_told_apart(new: Read) -> None:
    micas_are_told_apart(new, "2021")


def test_the_two_micas_are_told_apart_in_all_years(whole_new: Read) -> None:
    for year in map(str, range(2021, 2026)):
        micas_are_told_apart(whole_new, year)


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
    # Import sources are shares of imports; by mass or by value the summaries do not say.
    assert rest["share_of"] == "imports"
    assert "basis" not in rest


def test_shares_that_are_bounds_and_a_lump(new: Read) -> None:
    canada = new.shares["CAN:copper/ore", "2021-2024"]
    assert (canada["share"], canada["low"], canada["high"]) == (None, 0.99, None)
    rest = new.shares["REST:usgs-mcs:copper/ore", "2021-2024"]
    assert (rest["low"], rest["high"], rest["status"]) == (0.0, 0.01, "below-threshold")
    lump = new.shares["AGG:usgs-mcs:china-germany-and-russia:rubidium/all-forms", "2021-2024"]
    assert lump["share"] == 1.0
    made = {f.values["industry"] for f in new.facts if f.term == "Making"}
    assert not any(str(i).startswith(("REST:", "AGG:", "WLD")) for i in made)


def test_the_shares_of_each_product_sum_to_one(whole_new: Read) -> None:
    """Thallium has no rest and four shares of together 100; rounding leaves one percent."""
    sums: dict[str, float] = {}
    for (industry, _), v in whole_new.shares.items():
        product = industry.rpartition(":")[2]
        amount = v["share"] if v["share"] is not None else v["low"]
        sums[product] = sums.get(product, 0.0) + amount
    assert {p: s for p, s in sums.items() if not 0.985 <= s <= 1.015} == {}


def test_us_output_of_the_newest_years_is_that_of_the_world_table(
    table: Path, whole_new: Read
) -> None:
    """What is left out for that reason is said by the World table in the same words."""
    assert whole_new.ledger.left[WORLD] == 126
    assert same_as_the_world(table, whole_new) == 126


def test_us_output_left_out_of_the_sample_is_that_of_the_world_table(new: Read) -> None:
    assert same_as_the_world(SAMPLES / LONG, new) == 1


def same_as_the_world(table: Path, found: Read) -> int:
    """How many rows say what the World table of their chapter says; all must."""
    compared = 0
    for row in rows_of_the_states(table):
        if row["Section"] != long_table.SALIENT or row["Year"] not in ("2024", "2025"):
            continue
        meaning = long_table.us_products()[
            tuple(fold(row[c]) for c in ("MCS chapter", "Commodity", "Statistics",
                                         "Statistics_detail"))
        ]  # fmt: skip
        if meaning["world"]:
            owner = f"USA:{meaning['product']}"
            there = found.observations[owner, "production", meaning["basis"], row["Year"]]
            unit = units.unit(row["Unit"], "usgs-mcs")
            here = us_value(row["Value"], row["Notes"], unit)
            assert unit.convert(here.amount) == there["amount"], row.line
            compared += 1
    return compared


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


def test_two_editions_mean_the_same_series(whole_old: Read, whole_new: Read) -> None:
    """2021 stands in both; nearly all figures agree, which a shifted column would not."""
    apart = []
    compared = 0
    for key, there in whole_new.observations.items():
        here = whole_old.observations.get(key)
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
    assert fits_the_ontology(old)
    assert fits_the_ontology(new)


def test_all_facts_of_whole_editions_are_valid(whole_old: Read, whole_new: Read) -> None:
    assert fits_the_ontology(whole_old)
    assert fits_the_ontology(whole_new)


def test_the_curated_net_import_reliance_repeats_the_table(shared: Path, table: Path) -> None:
    """It is no second source. In ten of its cells an NA was lost on the way."""
    stated: dict[tuple[str, str, str], set[str]] = {}
    for row in rows_of_the_states(table):
        key = (row["Commodity"], row["Statistics_detail"], row["Year"])
        stated.setdefault(key, set()).add(row["Value"])
    columns = {c: Column(headers=(c,)) for c in ("commodity", "detail", "year", "value")}
    curated = Table(shared / "facts" / "us_net_import_reliance.csv", "the facts")
    rows = list(curated.rows(columns))
    assert len(rows) == 212
    for line in rows:
        value = line["value"] or "NA"
        assert value in stated[line["commodity"], line["detail"], line["year"]], line
    assert sum(not line["value"] for line in rows) == 10


# Rows that are made up.


def cells(**given: str) -> Row:
    made = dict.fromkeys(DECLARED.tables["long"].columns, "") | {
        "MCS chapter": "GALLIUM",
        "Section": long_table.SALIENT,
        "Commodity": "Gallium",
        "Country": "United States",
        "Statistics": "Import",
        "Statistics_detail": "Imports for consumption: Metal",
        "Unit": "kilograms",
        "Year": "2025",
        "Value": "25,000",
    }
    return Row("made.csv", 2, made | given)


def facts_of(row: Row, source: str = NEW) -> list[Fact]:
    part = LongTable(Table(SAMPLES / LONG, "the data release"), DECLARED.tables["long"])
    return list(part.facts_of(row, Load(source, "usgs-mcs", Ledger())))


def observed(row: Row, source: str = NEW) -> dict[str, Any]:
    found = [f for f in facts_of(row, source) if f.term == "IndustryObservation"]
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
    with pytest.raises(LeftOut):
        facts_of(mine)
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
        facts_of(cells(**change))
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


def read_old(file: Path) -> tuple[list[Fact], Ledger]:
    found = read(file, whole=False)
    return list(found.facts), found.ledger


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
        (lambda t: t.replace("Imports_GaAskg,", ""), "no column 'Imports_GaAskg'"),
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
    with pytest.raises(OrepathError, match="not a file of"):
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
    assert len(facts) == len(whole) or ledger.refused


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
    products = {line["product"] for line in read_mapping("usgs_mcs/us_readings")} - {""}
    products |= {line["product"] for line in read_mapping("usgs_mcs/us_commodities")}
    for name in ("us_products", "us_columns"):
        lines = read_mapping(f"usgs_mcs/{name}")
        assert all(line["reason"] for line in lines)
        assert all(bool(line["left"]) != bool(line["product"]) for line in lines)
        products |= {line["product"] for line in lines if line["product"]}
    for product in sorted(products):
        assert label("product", product)
    assert all(
        line["reason"] and line["application"].startswith("usgs/")
        for line in read_mapping("usgs_mcs/us_uses")
    )
    assert len(long_table.us_products()) == len(read_mapping("usgs_mcs/us_products"))
