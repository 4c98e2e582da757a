"""FINEPRINT mines: figures read by hand from the workbook, its traps, damaged and foreign files.

The workbook may not be passed on: what its traps are is shown by workbooks in its layout with
invented facilities and values; where it is at hand itself, it is read too."""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from loading import read as read_files
from loading import recognise
from orepath.loaders import units
from orepath.loaders.base import Ledger, read_mapping, sha256
from orepath.loaders.base.declaration import declaration
from orepath.loaders.registry import all_editions, edition_of
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

SOURCE = "fineprint-mines-2021"
Key = tuple[str, str, str, str, str]
OTHER = ("transport", "capacity_reserves", "waste")
COLUMNS = {
    name: [column.headers[0] for column in form.columns.values()]
    for name, form in declaration("fineprint_mines").tables.items()
    if form.sheet and name not in OTHER
}


@dataclass(frozen=True)
class Read:
    """Files read once."""

    facts: Sequence[Fact]
    ledger: Ledger
    projects: dict[str, dict[str, Any]]
    observations: dict[Key, list[dict[str, Any]]]

    def ends(self, term: str) -> set[tuple[Any, Any]]:
        return {(f.values["start"], f.values["end"]) for f in self.facts if f.term == term}


def read(*files: Path) -> Read:
    facts, ledger = read_files("fineprint-mines", *files)
    projects: dict[str, dict[str, Any]] = {}
    found: dict[Key, list[dict[str, Any]]] = {}
    for fact in facts:
        v: dict[str, Any] = dict(fact.values)
        if fact.term == "Project":
            projects[v["id"]] = v
        elif fact.term == "FacilityObservation":
            name = projects[v["project"]]["name"]
            key = (name, v["product"], v["measure"], v["basis"], v["period"])
            found.setdefault(key, []).append(v)
    return Read(facts, ledger, projects, found)


@pytest.fixture(scope="session")
def folder(shared: Path) -> Path:
    return shared / "data" / "facilities_fineprint"


@pytest.fixture(scope="session")
def fineprint(folder: Path) -> Read:
    return read(folder / "detailed_data_mining.xlsx", *sorted(folder.glob("*.csv")))


def test_every_row_is_booked_and_none_refused(fineprint: Read) -> None:
    ledger = fineprint.ledger
    assert ledger.rejected == []
    # Nine sheets with their rows, and the lines of the four lists beside them.
    sheets = 1435 + 978 + 15440 + 9905 + 3992 + 942 + 1602 + 1089 + 699
    assert ledger.rows_read == sheets + 2415 + 283 + 247 + 285
    assert all(ledger.left)


def test_the_sidecar_knows_the_files_and_they_are_not_bundled(folder: Path) -> None:
    known = {file.name: file.sha256 for file in all_editions()[SOURCE].files}
    names = [file for file in folder.iterdir() if file.name != "PROVENANCE.txt"]
    assert known == {file.name: sha256(file) for file in names}
    assert all_editions()[SOURCE].redistributable is False
    assert not [line for line in read_mapping("bundle") if line["source"] == SOURCE]


# Read from the sheets by hand: facility, product, measure, basis, period -> what the row says.
STATED: dict[Key, dict[str, Any]] = {
    # The company counts 12 % of the mine: scaled to the whole, and the reported figure kept.
    ("Ambatovy", "cobalt/ore", "production", "contained", "2019"): {
        "amount": 2900.0, "status": "estimated", "original_value": "348", "line": 9040,
    },
    ("Ambatovy", "cobalt/ore", "production", "contained", "2018"): {
        "amount": 2852.0, "status": "normal", "line": 9041,
    },
    # Ore, ore put through the mill, and concentrate are three things; wet is not dry.
    ("Mt Cattlin", "lithium/ore", "production", "gross-weight", "2019"): {
        "amount": 1790049.0, "original_unit": "wmt", "line": 11403,
    },
    ("Mt Cattlin", "lithium/ore", "throughput", "gross-weight", "2019"): {"amount": 1695369.0},
    ("Mt Cattlin", "lithium/spodumene", "production", "dry-weight", "2019"): {
        "amount": 191570.0, "original_unit": "dmt", "line": 11405,
    },
    ("Mt Cattlin", "lithium/spodumene", "sales", "dry-weight", "2019"): {"amount": 132687.0},
    # Ounces of gold are troy ounces.
    ("Sukari", "gold/ore", "production", "contained", "2018"): {
        "amount": 14.6938423029024, "unit": "t", "original_value": "472418", "line": 2,
    },
    ("Mponeng", "gold/ore", "production", "contained", "2014"): {"amount": 9.7353882384},
    ("Morenci", "copper/ore", "production", "contained", "2012"): {
        "amount": 286670.37784, "original_unit": "million recoverable pounds", "line": 4401,
    },
    # Bauxite and mineral sands: the product, although the sheet says "Ore processed".
    ("Paragominas", "aluminium/bauxite", "production", "gross-weight", "2019"): {
        "amount": 7400000.0, "line": 4838,
    },
    ("Catalao", "niobium/ore", "production", "gross-weight", "2004"): {"amount": 568100.0},
    ("La Caridad", "copper/unrefined", "production", "not-stated", "2019"): {
        "amount": 279100.0, "file": "detailed_data_mining.xlsx, processing", "line": 2,
    },
    ("Los Bronces", "copper/refined", "production", "contained", "2009"): {"amount": 45500.0},
    ("Vergenoeg", "fluorspar/ore", "sales", "gross-weight", "2009"): {"amount": 135962.0},
}  # fmt: skip


@pytest.mark.parametrize("key", STATED, ids=lambda key: " ".join(key[:3]))
def test_a_figure_is_what_the_sheet_says(key: Key, fineprint: Read) -> None:
    (found,) = fineprint.observations[key]
    stated = {**STATED[key], "amount": pytest.approx(STATED[key]["amount"], rel=1e-12)}
    assert {name: found[name] for name in stated} == stated
    assert found["source"] == SOURCE
    assert "Report: " in found["note"]


def test_parts_stay_side_by_side(fineprint: Read) -> None:
    """Cathode of own and of purchased feed; copper in concentrate and in sulphate."""
    own = ("Balkhash Smelter", "copper/refined", "production", "contained", "2007")
    assert {v["part"].split("; ")[-1]: v["amount"] for v in fineprint.observations[own]} == {
        "of own feed": 156000.0,
        "of purchased feed": 35000.0,
    }
    mined = ("Los Bronces", "copper/ore", "production", "contained", "2009")
    assert sorted(v["amount"] for v in fineprint.observations[mined]) == [2900.0, 190000.0]


def test_a_facility_has_its_place_owner_country_and_products(fineprint: Read) -> None:
    mine = fineprint.projects["fineprint/COM00035.00"]
    assert mine["name"] == "Ambatovy"
    assert mine["promoter"] == "Sherritt International Corp. (12%) (2019)"
    assert (mine["latitude"], mine["longitude"]) == (-18.8265594469625, 48.3122449629128)
    assert mine["place"] == "Moramanga"
    assert ("fineprint/COM00035.00", "MDG") in fineprint.ends("located_in")
    assert ("fineprint/COM00035.00", "cobalt/ore") in fineprint.ends("project_makes")


def test_namibia_survives(fineprint: Read) -> None:
    there = {start for start, end in fineprint.ends("located_in") if end == "NAM"}
    names = {fineprint.projects[mine]["name"] for mine in there}
    assert {"Navachab", "Rössing", "Rosh Pinah", "Skorpion"} <= names


def test_a_site_is_a_facility_of_its_own_within_another(fineprint: Read) -> None:
    inside = fineprint.ends("site_of")
    assert len(inside) > 900
    assert all(whole.endswith(".00") and not site.endswith(".00") for site, whole in inside)
    assert {site for site, _ in inside} <= set(fineprint.projects)


def test_regions_and_companies_are_no_facilities(fineprint: Read) -> None:
    names = {project["name"] for project in fineprint.projects.values()}
    assert not names & {"Fortescue Pilbara Region", "Kazzinc", "DRDGOLD", "Watagan"}
    assert fineprint.ledger.left["a region or a company with several mines is no facility"] > 500


def test_a_facility_is_no_industry(fineprint: Read) -> None:
    terms = {fact.term for fact in fineprint.facts}
    assert not terms & {"Industry", "IndustryObservation", "Making"}


def test_coordinates_come_in_pairs(fineprint: Read) -> None:
    placed = [p for p in fineprint.projects.values() if "latitude" in p]
    assert len(placed) > 1_175
    assert all("longitude" in p for p in placed)


def test_every_fact_fits_the_ontology(fineprint: Read) -> None:
    check = Validator(load_schema()).check
    for fact in fineprint.facts:
        check(fact)


def test_no_two_figures_share_a_key(fineprint: Read) -> None:
    role = ("project", "source", "product", "measure", "basis", "period", "part")
    keys = Counter(
        tuple(f.values[r] for r in role) for f in fineprint.facts if f.term == "FacilityObservation"
    )
    assert set(keys.values()) == {1}


def test_each_line_of_the_mappings_gives_its_reason() -> None:
    for name in ("products", "units", "comments"):
        lines = read_mapping(f"fineprint_mines/{name}")
        assert all(line["reason"] for line in lines), name
    for line in read_mapping("fineprint_mines/units"):
        assert units.unit(line["code"], "fineprint-mines").base in ("t", "ct")


# ---- Small workbooks, made here -----------------------------------------------------------------

Sheets = dict[str, list[dict[str, Any]]]
SMALL: Sheets = {
    "general": [
        {"mine_fac": "One", "country": "Namibia", "latitude": -22.5, "longitude": 15.0,
         "mine_or_processing": "Mine"},
        {"mine_fac": "All of it", "country": "Namibia", "mine_or_processing": "Region"},
    ],
    "sub_sites": [{"mine_fac": "One", "sub_site": "North", "latitude": -22.6, "longitude": 15.1}],
    "minerals_ores_conce": [
        {"mine_fac": "One", "type_mineral": "Ore mined", "min_ore_con": "Copper ore",
         "year": 2024, "unit": "Kt", "value": 12.5, "source": "Report 2024"},
        {"mine_fac": "All of it", "type_mineral": "Ore mined", "min_ore_con": "Copper ore",
         "year": 2024, "unit": "Kt", "value": 99, "source": "Report 2024"},
    ],
    "commodities": [
        {"mine_fac": "One", "commodity": "Copper", "year": 2023, "unit": "tonnes", "value": 0,
         "source": "Report 2024"},
        {"mine_fac": "One", "sub_site": "North", "commodity": "Copper", "year": 2023,
         "unit": "tonnes", "value": 40, "production_share": 0.5, "source": "Report 2024"},
        {"mine_fac": "One", "commodity": "Silver", "year": 2023, "source": "Report 2024"},
    ],
    "processing": [
        {"mine_fac": "One", "type_facility": "Smelter", "process_output": "Copper anode",
         "process_output_unit": "Kt", "process_output_value": 3, "year": 2024,
         "source": "Report 2024"},
    ],
    "other_info": [
        {"mine_fac": "One", "owners": "Old plc (100%)", "year": 2010},
        {"mine_fac": "One", "owners": "New plc (60%), State (40%)", "year": 2023},
    ],
}  # fmt: skip


def write(
    folder: Path, sheets: Sheets = SMALL, seed: int | None = None, lacking: str = ""
) -> list[Path]:
    """A workbook with these rows and the table of ids; columns shuffled by ``seed``."""
    book = Workbook()
    book.remove(book.worksheets[0])
    shuffle = random.Random(seed)
    for name in (*COLUMNS, *OTHER):
        if name == lacking:
            continue
        columns = [c for c in COLUMNS.get(name, ("mine_fac",)) if f"{name}.{c}" != lacking]
        if seed is not None:
            shuffle.shuffle(columns)
        sheet = book.create_sheet(name)
        sheet.append([*columns, "source_url"])
        for cells in sheets.get(name, [{"mine_fac": "One"}]):
            sheet.append([*(cells.get(column) for column in columns), "https://example.org"])
    file = folder / "detailed_data_mining.xlsx"
    book.save(file)
    ids = folder / "facility_ids.csv"
    ids.write_text(
        "facility_id,mine_fac,sub_site\nCOM1.00,One,\nCOM1.01,One,North\nCOM2.00,All of it,\n",
        "utf-8-sig",
    )
    return [file, ids]


MADE: Sheets = {
    "general": [
        {"mine_fac": "Shared", "mine_other_names": "Joint, Common", "country": "Madagascar",
         "location_municipality": "Town", "region": "East", "state": "East", "latitude": -18.25,
         "longitude": 48.5, "mine_or_processing": "Mine", "commodities_products": "Nickel, cobalt",
         "mining_facility_types": "Open pit", "activity_status": "Active",
         "year_activity_status": 2019},
        {"mine_fac": "Pegmatite", "country": "Australia", "latitude": -33.5,
         "mine_or_processing": "Mine"},
        {"mine_fac": "Desert", "country": "Namibia", "mine_or_processing": "Mine"},
        {"mine_fac": "Works", "country": "Kazakhstan", "mine_or_processing": "Processing"},
        {"mine_fac": "Holding", "country": "Kazakhstan", "mine_or_processing": "Company"},
        {"mine_fac": "Basin", "country": "Kazakhstan", "mine_or_processing": "Region"},
    ],
    "sub_sites": [
        {"mine_fac": "Desert", "sub_site": "Pit 2", "mine_types": "Open pit"},
        {"mine_fac": "Basin", "sub_site": "North"},
    ],
    "minerals_ores_conce": [
        {"mine_fac": "Pegmatite", "type_mineral": kind, "min_ore_con": name, "year": 2019,
         "unit": unit, "value": value, "amount_sold": sold, "production_share": 1, "source": "A"}
        for kind, name, unit, value, sold in (
            ("Ore mined", "Lithium ore", "wmt", 1500, None),
            ("Ore processed", "Lithium ore", "wmt", 1400, None),
            ("Concentrate", "Spodumene concentrate", "dmt", 190, 130),
            ("Ore processed", "Bauxite", "million tonnes", 7.5, None),
            ("Ore mined", "Copper ore", None, 8, None),
        )
    ],
    "commodities": [
        {"mine_fac": "Shared", "min_ore_con": "Bulk ore", "commodity": "Cobalt", "year": 2019,
         "unit": "tonnes", "value": 348, "production_share": 0.12, "source": "A"},
        {"mine_fac": "Shared", "commodity": "Cobalt", "year": 2018, "unit": "tonnes",
         "value": 2852, "comment": "Estimated by us.", "reporting_period": "ends in June",
         "source": "A"},
        {"mine_fac": "Desert", "commodity": "Gold", "year": 2018, "unit": "ozt", "value": 1000,
         "source": "A"},
        {"mine_fac": "Desert", "commodity": "Gold", "year": 2017, "unit": "ozt", "value": 1000,
         "comment": "in gold equivalent ounces", "source": "A"},
        {"mine_fac": "Desert", "sub_site": "Pit 2", "commodity": "Copper", "year": 2012,
         "unit": "million recoverable pounds", "value": 2, "source": "A"},
        {"mine_fac": "Holding", "commodity": "Copper", "year": 2012, "unit": "tonnes", "value": 5,
         "source": "A"},
    ],
    "processing": [
        {"mine_fac": "Works", "type_facility": "Smelter", "process_output": "Copper cathode",
         "process_output_unit": "kt", "process_output_value": value, "year": 2007,
         "mine_site_processing_incl_purchased": purchased, "source": "A"}
        for value, purchased in ((156, "no"), (35, "yes"))
    ],
    "other_info": [
        {"mine_fac": "Shared", "owners": "Major (88%), Minor (12%)", "year": 2019},
        {"mine_fac": "Shared", "owners": "Major (100%)", "year": 2015},
        {"mine_fac": "Holding", "owners": "State", "year": 2015},
        {"mine_fac": "Desert", "sub_site": "Pit 9", "owners": "State", "year": 2015},
    ],
}  # fmt: skip
MADE_IDS = (
    ("M1.00", "Shared", ""), ("M2.00", "Pegmatite", ""), ("M3.00", "Desert", ""),
    ("M3.01", "Desert", "Pit 2"), ("M4.00", "Works", ""), ("M5.00", "Holding", ""),
)  # fmt: skip


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """An invented workbook, with the lists that come with the real one."""
    folder = tmp_path_factory.mktemp("fineprint")
    files = write(folder, MADE)
    lines = ["facility_id,mine_fac,sub_site", *(",".join(line) for line in MADE_IDS)]
    files[1].write_text("\n".join(lines), "utf-8")
    for name, text in (
        ("country_ids.csv", "alphanumiso;country;iso_alpha3\nNA516;Namibia;NAM\n"),
        ("material_ids.csv", "material_id,material_name\n1,Copper\n2,Gold\n"),
        ("conversion_factors.csv", "unit_cat,unit_id,conv_factor_t\nmass,kt,1000\n"),
    ):
        files.append(folder / name)
        files[-1].write_text(text, "utf-8")
    return read(*files)


# The figures of ``STATED`` in small: facility, product, measure, basis, period.
INVENTED: dict[Key, dict[str, Any]] = {
    ("Shared", "cobalt/ore", "production", "contained", "2019"): {
        "amount": 2900.0, "status": "estimated", "original_value": "348", "line": 2,
        "note": "Reported for a share of 0.12 of the output and scaled to the whole. Report: A",
    },
    ("Shared", "cobalt/ore", "production", "contained", "2018"): {
        "amount": 2852.0, "status": "estimated", "line": 3,
        "note": "Year ends in June. Estimated by us. Report: A",
    },
    ("Pegmatite", "lithium/ore", "production", "gross-weight", "2019"): {
        "amount": 1500.0, "original_unit": "wmt", "line": 2, "status": "normal",
        "file": "detailed_data_mining.xlsx, minerals_ores_conce",
    },
    ("Pegmatite", "lithium/ore", "throughput", "gross-weight", "2019"): {"amount": 1400.0},
    ("Pegmatite", "lithium/spodumene", "production", "dry-weight", "2019"): {
        "amount": 190.0, "original_unit": "dmt", "line": 4,
    },
    ("Pegmatite", "lithium/spodumene", "sales", "dry-weight", "2019"): {
        "amount": 130.0, "original_value": "130",
    },
    ("Pegmatite", "aluminium/bauxite", "production", "gross-weight", "2019"): {
        "amount": 7500000.0,
    },
    # A troy ounce is 31.1034768 g, a pound 0.45359237 kg.
    ("Desert", "gold/ore", "production", "contained", "2018"): {
        "amount": 0.0311034768, "unit": "t", "original_value": "1000",
    },
    ("Desert: Pit 2", "copper/ore", "production", "contained", "2012"): {
        "amount": 907.18474, "original_unit": "million recoverable pounds",
    },
}  # fmt: skip


@pytest.mark.parametrize("key", INVENTED, ids=lambda key: " ".join(key[:3]))
def test_an_invented_figure_is_what_its_sheet_says(key: Key, made: Read) -> None:
    (found,) = made.observations[key]
    stated = {**INVENTED[key], "amount": pytest.approx(INVENTED[key]["amount"], rel=1e-12)}
    assert {name: found[name] for name in stated} == stated
    assert found["source"] == "fineprint-mines-2019"


def test_parts_of_an_invented_plant_stay_side_by_side(made: Read) -> None:
    key = ("Works", "copper/refined", "production", "contained", "2007")
    assert {v["part"]: v["amount"] for v in made.observations[key]} == {
        "smelter; copper cathode; of own feed": 156000.0,
        "smelter; copper cathode; of purchased feed": 35000.0,
    }


def test_invented_facilities_have_place_owner_country_and_products(made: Read) -> None:
    assert made.projects["fineprint/M1.00"] == {
        "id": "fineprint/M1.00",
        "name": "Shared",
        "alt_names": ["Joint", "Common"],
        "description": "Mine; Nickel, cobalt; Open pit",
        "status": "operating",
        "status_text": "Active (2019)",
        "promoter": "Major (88%), Minor (12%) (2019)",
        "latitude": -18.25,
        "longitude": 48.5,
        "place": "Town, East",
    }
    # One coordinate without the other is no place.
    assert "latitude" not in made.projects["fineprint/M2.00"]
    assert ("fineprint/M1.00", "MDG") in made.ends("located_in")
    assert {("fineprint/M3.00", "NAM"), ("fineprint/M3.01", "NAM")} <= made.ends("located_in")
    assert made.ends("site_of") == {("fineprint/M3.01", "fineprint/M3.00")}
    assert ("fineprint/M1.00", "cobalt/ore") in made.ends("project_makes")
    assert ("fineprint/M3.00", "copper/ore") not in made.ends("project_makes")
    names = {project["name"] for project in made.projects.values()}
    assert names == {"Shared", "Pegmatite", "Desert", "Desert: Pit 2", "Works"}
    check = Validator(load_schema()).check
    for fact in made.facts:
        check(fact)
        assert fact.term not in ("Industry", "IndustryObservation", "Making")


def test_what_is_left_out_of_an_invented_workbook(made: Read) -> None:
    assert made.ledger.rejected == []
    # Two facilities, a site, a figure, an owner and an id of what is none.
    left = dict(made.ledger.left)
    assert left.pop("a region or a company with several mines is no facility") == 6
    assert left.pop("an amount without a unit is no amount") == 1
    assert sorted(left.values()) == [1] * 8 + [2]
    assert any("gold-equivalent" in reason for reason in left)
    assert "owners of a site that the workbook does not describe" in left
    assert "owners of an earlier year, or operators only" in left
    assert left["names of materials are resolved by the mapping of this source"] == 2


def test_the_next_edition_loads_without_code(tmp_path: Path) -> None:
    files = write(tmp_path)
    assert recognise("fineprint-mines", *files) == "fineprint-mines-2024"
    assert edition_of("fineprint-mines-2024").loader == "fineprint-mines"
    found = read(*files)
    assert found.ledger.rejected == []
    assert {p["name"] for p in found.projects.values()} == {"One", "One: North"}
    assert found.projects["fineprint/COM1.00"]["promoter"] == "New plc (60%), State (40%) (2023)"
    stated = {k: [(v["amount"], v["status"]) for v in f] for k, f in found.observations.items()}
    assert stated == {
        ("One", "copper/ore", "production", "gross-weight", "2024"): [(12500.0, "normal")],
        # Nought is a figure; the row without one is none.
        ("One", "copper/ore", "production", "contained", "2023"): [(0.0, "normal")],
        ("One: North", "copper/ore", "production", "contained", "2023"): [(80.0, "estimated")],
        ("One", "copper/unrefined", "production", "not-stated", "2024"): [(3000.0, "normal")],
    }


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    files = write(tmp_path)
    assert said(read(*files)) == said(read(*reversed(files)))


@pytest.mark.parametrize(
    ("sheet", "cells", "column"),
    [
        ("general", {"country": "Atlantis"}, "country"),
        ("general", {"latitude": 95}, "latitude"),
        ("general", {"longitude": "east"}, "longitude"),
        ("general", {"mine_fac": "Unknown"}, "mine_fac"),
        ("general", {"activity_status": "Haunted"}, "activity_status"),
        ("commodities", {"commodity": "Unobtainium"}, "commodity"),
        ("commodities", {"unit": "cubits"}, "unit"),
        ("commodities", {"value": -4}, "value"),
        ("commodities", {"value": "much"}, "value"),
        ("commodities", {"production_share": 1.5}, "production_share"),
        ("commodities", {"sub_site": "South"}, "sub_site"),
        ("processing", {"process_output": "Copper soup"}, "process_output"),
    ],
)
def test_a_row_that_cannot_be_understood_is_refused_with_its_column(
    sheet: str, cells: dict[str, Any], column: str, tmp_path: Path
) -> None:
    sheets = copy.deepcopy(SMALL)
    sheets[sheet].append({**sheets[sheet][0], **cells})
    found = read(*write(tmp_path, sheets))
    assert [r.place.column for r in found.ledger.rejected] == [column]
    assert found.ledger.rejected[0].remedy


def test_a_second_figure_is_not_added_to_the_first(tmp_path: Path) -> None:
    sheets = copy.deepcopy(SMALL)
    sheets["processing"].append({**sheets["processing"][0], "process_output_value": 4})
    found = read(*write(tmp_path, sheets))
    smelted = found.observations["One", "copper/unrefined", "production", "not-stated", "2024"]
    assert [v["amount"] for v in smelted] == [3000.0]
    assert [n for reason, n in found.ledger.left.items() if "second figure" in reason] == [1]


@pytest.mark.parametrize("sheet", [*COLUMNS, *OTHER])
def test_a_missing_sheet_is_named(sheet: str, tmp_path: Path) -> None:
    with pytest.raises(OrepathError, match=f"no sheet {sheet}"):
        recognise("fineprint-mines", *write(tmp_path, lacking=sheet))


@pytest.mark.parametrize("column", ["general.country", "commodities.unit", "processing.year"])
def test_a_missing_column_is_named(column: str, tmp_path: Path) -> None:
    with pytest.raises(OrepathError, match=f"no column '{column.split('.')[1]}'"):
        recognise("fineprint-mines", *write(tmp_path, lacking=column))


def test_shifted_columns_are_named(tmp_path: Path) -> None:
    sheets = copy.deepcopy(SMALL)
    for row in sheets["commodities"]:
        row["year"] = "tonnes"
    with pytest.raises(OrepathError, match="commodities, line 2, column year: 'tonnes' cannot"):
        recognise("fineprint-mines", *write(tmp_path, sheets))


def test_what_is_not_given_or_foreign_is_named(tmp_path: Path) -> None:
    workbook, ids = write(tmp_path)
    with pytest.raises(OrepathError, match=r"facility_ids\.csv is not given"):
        recognise("fineprint-mines", workbook)
    with pytest.raises(OrepathError, match="0 workbooks"):
        recognise("fineprint-mines", ids)
    other = tmp_path / "other.csv"
    other.write_text("Country,Value\nChile,7\n", "utf-8")
    with pytest.raises(OrepathError, match=r"other\.csv.*this is not a file of"):
        recognise("fineprint-mines", workbook, ids, other)


def said(found: Read) -> set[str]:
    """Facts without the line that they stand in."""
    return {repr(sorted(f.values.items(), key=str)) for f in found.facts}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**16))
def test_the_order_of_columns_does_not_matter(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    usual = said(read(*write(tmp_path_factory.mktemp("fineprint"))))
    assert said(read(*write(tmp_path_factory.mktemp("fineprint"), seed=seed))) == usual


@dataclass(frozen=True, repr=False)
class Small:
    """A small workbook and its facts."""

    raw: bytes
    facts: set[str]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    files = write(tmp_path_factory.mktemp("fineprint"))
    return Small(files[0].read_bytes(), said(read(*files)))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    where=st.floats(0, 1, exclude_max=True), noise=st.none() | st.binary(min_size=1, max_size=30)
)
def test_a_corrupted_workbook_never_states_other_facts(
    where: float,
    noise: bytes | None,
    small: Small,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    raw, at = small.raw, int(where * len(small.raw))
    files = write(tmp_path_factory.mktemp("fineprint"))
    files[0].write_bytes(raw[:at] if noise is None else raw[:at] + noise + raw[at + 1 :])
    try:
        found = read(*files)
    except OrepathError:
        return
    assert said(found) <= small.facts
