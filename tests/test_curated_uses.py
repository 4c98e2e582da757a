"""Curated facts on what goes into technologies, which part of demand that is, and which lists
of critical materials there are beside the EU's."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from orepath.loaders import rebuild
from orepath.loaders.protocol import Ledger, loader, sidecars
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Value

from .test_curated import Stated


@cache
def stated(name: str, shared: Path) -> Stated:
    source = f"orepath-{name}"
    ledger = Ledger()
    files = [shared / path for path in rebuild.bundled_files()[source]]
    return Stated(loader(sidecars()[source].loader).facts(files, ledger), ledger)


def use(facts: Stated, line: int) -> dict[str, Value]:
    """The use that a line of the file states."""
    (fact,) = [f for f in facts.all("Use") if f.place.line == line]
    return dict(fact.values)


# Quantities


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (2, {"used": "Material:natural-graphite", "user": "Technology:electric-car"}),
        (4, {"user": "Technology:conventional-car", "quantity": 22.3, "verified": True}),
        # Read nowhere.
        (13, {"quantity": 8000.0, "quantity_unit": "kg-per-MW", "verified": False}),
        # "More than" is a bound, and pounds are kept as kilograms beside what was printed.
        (30, {"quantity": None, "quantity_low": 417.3049804, "quantity_unit": "kg-per-platform"}),
        (33, {"quantity": 417.0, "original_unit": "kg per platform"}),
        # A total over all weapons is no technology's.
        (
            34,
            {
                "user": "Application:us-defence",
                "used": "Product:rare-earths/ndfeb-magnet",
                "quantity": 175.0,
                "quantity_unit": "t",
                "region": "United States",
                "period": "2012",
            },
        ),
        # A central value with the range of studies.
        (101, {"quantity": 12.0, "quantity_low": 6.0, "quantity_high": 18.0}),
        # A kilogram of motor and a motor are counted apart.
        (316, {"quantity_unit": "kg-per-motor", "verified": False}),
    ],
)
def test_quantities_as_read(shared: Path, line: int, values: dict[str, Value]) -> None:
    found = use(stated("quantities", shared), line)
    assert {name: found.get(name) for name in values} == values


def test_nought_is_a_number(shared: Path) -> None:
    facts = stated("quantities", shared)
    (nickel,) = facts.all("Use", used="Material:nickel", user="Technology:battery-lfp")
    assert nickel.values["quantity"] == 0.0
    assert "The source found none" in str(nickel.values["note"])


def test_two_bases_of_one_material_are_two_uses(shared: Path) -> None:
    facts = stated("quantities", shared)
    neodymium = facts.all("Use", used="Material:neodymium", user="Technology:traction-motor-pm")
    units = {str(f.values["quantity_unit"]) for f in neodymium}
    assert units == {"kg-per-kg", "kg-per-motor"}
    keys = Counter(
        tuple(str(f.values[name]) for name in ("used", "user", "role", "source"))
        for f in facts.all("Use")
    )
    assert max(keys.values()) == 1


def test_an_upper_bound_is_no_quantity(shared: Path) -> None:
    (electrode,) = stated("quantities", shared).all("Use", used="Material:synthetic-graphite")
    # 3 kg for a tonne of steel, in kilograms for a kilogram.
    assert electrode.values["quantity_high"] == 0.003
    assert "quantity" not in electrode.values


def test_a_narrower_kind_is_led_to_its_technology(shared: Path) -> None:
    facts = stated("quantities", shared)
    assert facts.ends("kind_of", "wind-dd-pmsg") == {"wind-turbine"}
    assert facts.ends("kind_of", "battery-sib") == {"sodium-ion-battery"}
    assert facts.ends("kind_of", "solar-pv") == set()
    assert facts.ends("kind_of", "conventional-car") == set()


def test_a_multiple_of_demand_is_a_claim(shared: Path) -> None:
    facts = stated("quantities", shared)
    lithium = facts.one("Claim", id="demand-li-ion-battery-lithium-2050")
    # "Up to" is a bound.
    assert (lithium.get("value"), lithium["high"], lithium["unit"]) == (None, 89.0, "multiple")
    assert len(facts.all("Claim")) == 4


# Demand


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (2, {"share": 0.1154, "quantity": 10500.0, "quantity_unit": "t", "status": "normal"}),
        (5, {"share": 0.1317, "period": "2030", "status": "forecast"}),
        # What is not split is an application of its own.
        (4, {"user": "Application:other/magnet-rare-earths", "share": 0.7926}),
        (40, {"used": "Product:rare-earths/ndfeb-magnet", "user": "Application:lifts"}),
        # Bounds stay bounds.
        (41, {"share": None, "high": 0.3, "status": "estimated"}),
        (43, {"share": None, "high": 0.001, "user": "Application:us-defence"}),
        (49, {"share": None, "low": 0.3, "verified": False, "period": None}),
        (51, {"share": None, "low": 0.6, "high": 0.7}),
        # Words are no number.
        (44, {"quantity": None, "share": None, "verified": True}),
        (55, {"quantity": 5000.0, "share": None}),
        (56, {"quantity": 70000.0, "status": "forecast", "period": "2030"}),
    ],
)
def test_demand_as_read(shared: Path, line: int, values: dict[str, Value]) -> None:
    found = use(stated("demand", shared), line)
    assert {name: found.get(name) for name in values} == values


def test_words_are_kept_beside_no_number(shared: Path) -> None:
    assert "tens to hundreds t per year" in str(use(stated("demand", shared), 44)["note"])


def test_scenarios_of_one_year_are_not_one(shared: Path) -> None:
    facts = stated("demand", shared)
    wind = {
        str(f.values["role"]): f.values["share"]
        for f in facts.all(
            "Use", used="Material:magnet-rare-earths", user="Technology:wind-turbine"
        )
    }
    assert len(wind) == 7
    assert len(set(wind.values())) == 7


def test_different_denominators_are_told_in_the_role(shared: Path) -> None:
    facts = stated("demand", shared)
    roles = {
        str(f.values["role"])
        for f in facts.all("Use", used="Material:rare-earths", user="Technology:permanent-magnet")
    }
    assert roles == {
        "share of rare-earth demand by volume, 2020",
        "share of rare-earth oxide volume",
        "share of rare-earth VALUE, 2019",
    }


def test_where_the_magnets_of_the_union_come_from_is_sourcing(shared: Path) -> None:
    facts = stated("demand", shared)
    share = facts.one("SourcingShare")
    assert (share["industry"], share["market"]) == ("CHN:rare-earths/ndfeb-magnet", "EU27")
    assert (share["share"], share["period"]) == (0.98, "2021")
    assert facts.one("TradeFlow")["mass"] == 16000.0


# Lists


def test_the_lists_of_the_united_states_and_nato(shared: Path) -> None:
    facts = stated("criticality", shared)
    listed = {
        name: {str(f.values["material"]) for f in facts.all("Listing", list=name)}
        for name in ("US-2022", "US-2025", "NATO-2024")
    }
    # Copper, silver and potash came on the list in 2025, NATO's names no copper.
    assert {"copper", "silver", "potash"} <= listed["US-2025"] - listed["US-2022"]
    assert "copper" not in listed["NATO-2024"]
    # The members of a group are named one by one, the group is not.
    assert "platinum" in listed["US-2022"]
    assert "platinum-group-metals" not in listed["US-2022"]
    assert [len(listed[name]) for name in listed] == [51, 61, 29]
    assert facts.ends("adopted_by", "CriticalityList:NATO-2024") == {"NATO"}


def test_a_list_that_was_not_read_is_not_verified(shared: Path) -> None:
    facts = stated("criticality", shared)
    for name, read in (("US-2022", False), ("US-2025", True), ("NATO-2024", True)):
        marks = [f.values["verified"] for f in facts.all("Listing", list=name)]
        assert marks.count(read) >= len(marks) - 1


def test_what_is_on_no_list_has_no_listing(shared: Path) -> None:
    facts = stated("criticality", shared)
    assert facts.all("Listing", material="helium") == []
    assert facts.ledger.left == {"on none of these lists": 14}


# Files that only repeat others


def numbers(text: str) -> float | str:
    try:
        return float(text.strip("%"))
    except ValueError:
        return text


def rows(file: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with file.open(encoding=encoding, newline="") as stream:
        return [
            {key: " ".join(cell.split()) for key, cell in row.items()}
            for row in csv.DictReader(stream)
        ]


def test_the_curated_history_repeats_the_study(shared: Path) -> None:
    curated = {
        (r["material_label"], r["assessment_year"]): (r["supply_risk"], r["economic_importance"])
        for r in rows(shared / "facts" / "eu_sr_ei_history.csv")
    }
    study = {
        (r["Material"], r["Year"]): (r["SR"], r["EI"])
        for r in rows(shared / "data" / "eu_crm2023" / "dimension_CRMsOverTime.csv")
        if r["SR"] not in ("", "-")
    }
    assert {k: tuple(map(numbers, v)) for k, v in curated.items()} == {
        k: tuple(map(numbers, v)) for k, v in study.items()
    }


def test_the_curated_uses_repeat_the_study(shared: Path) -> None:
    curated = Counter(
        (
            r["material_label"],
            r["application"],
            numbers(r["share_pct"]),
            r["nace_label"],
            r["nace_value_added_meur"],
        )
        for r in rows(shared / "facts" / "uses.csv")
    )
    study = Counter(
        (
            r["Material"],
            r["Application"],
            # "More than nothing" of the study is nought in the transcription.
            0.0 if r["Share"] == ">0%" else numbers(r["Share"]),
            r["NACE sector"],
            r["VA in million €"],
        )
        for r in rows(shared / "data" / "eu_crm2023" / "fact_MaterialUseShares.csv", "cp1252")
    )
    assert curated == study


@pytest.mark.parametrize("name", ["quantities", "demand", "criticality"])
def test_a_foreign_or_cut_file_is_refused(shared: Path, tmp_path: Path, name: str) -> None:
    source = f"orepath-{name}"
    with pytest.raises(OrepathError, match="no column"):
        loader(sidecars()[source].loader).recognise([shared / "facts" / "stages.csv"])
    (path,) = rebuild.bundled_files()[source]
    copy = tmp_path / "cut.csv"
    copy.write_bytes((shared / path).read_bytes()[:-40])
    with pytest.raises(OrepathError, match=r"cut off or damaged|not comma"):
        list(loader(sidecars()[source].loader).facts([copy], Ledger()))
