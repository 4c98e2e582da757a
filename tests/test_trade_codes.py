"""Customs codes: what they hold in each edition, and how far they are one product."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orepath.loaders import customs, names

from .stated import stated

Codes = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def codes() -> Codes:
    """Classifications by code and product."""
    found = [dict(f.values) for f in stated("trade-codes").all("Classification")]
    return {(str(v["trade_code"]), str(v["product"])): v for v in found}


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


@pytest.mark.parametrize(
    ("code", "product", "specificity", "verified"),
    [
        # Read in the list: mark of the mapping and mark of the source.
        ("hs2022/260500", "cobalt/ore", "exact", True),
        ("hs2022/811292", "gallium/primary-low-purity", "shared", True),
        ("hs2022/811292", "indium/refined", "shared", False),
        ("hs2022/253090", "rare-earths/ore", "shared", False),
        ("hs2022/253090", "lithium/ore", "shared", False),
        ("hs2022/284690", "rare-earths/refined", "exact", True),
        ("hs2022/850511", "rare-earths/ndfeb-magnet", "dominant", True),
        ("hs2022/850519", "rare-earths/ndfeb-magnet", "proxy", False),
        ("hs2022/270112", "coking-coal/coal", "proxy", True),
        ("hs2022/280450", "tellurium/refined", "shared", True),
        ("hs2022/280450", "boron/element", "shared", False),
        # Where the product is narrower than the row's material, the mapping says so.
        ("hs2022/760110", "aluminium/primary-metal", "dominant", False),
        ("hs2022/720221", "silicon-metal/ferrosilicon", "exact", False),
        # Other editions: none was read line by line.
        ("hs2017/811292", "rhenium/primary", "shared", False),
        ("hs2017/260500", "cobalt/ore", "exact", False),
        ("hs1992/811291", "gallium/primary-low-purity", "shared", False),
        ("hs2002/811230", "germanium/refined", "dominant", False),
        ("hs2017/854140", "silicon-metal/pv-module", "shared", False),
        ("hs1992/2846", "rare-earths/refined", "exact", False),
        ("hs2012/8105", "cobalt/refined", "proxy", False),
    ],
)
def test_classifications(
    codes: Codes, code: str, product: str, specificity: str, verified: bool
) -> None:
    found = codes[code, product]
    assert (found["specificity"], found["verified"]) == (specificity, verified)


def test_each_classification_cites_a_document(codes: Codes) -> None:
    documents = {f.values["id"] for f in stated("trade-codes").all("Source")}
    assert {v["source"] for v in codes.values()} == documents
    assert "doc-hs-correlation-and-conversion-tables-hs-1992-to-hs-2022" in {
        str(d).rpartition("-")[0] for d in documents
    }


@pytest.mark.parametrize(
    ("code", "materials"),
    [
        ("hs2022/811292", "gallium germanium indium niobium vanadium"),
        ("hs2017/811292", "gallium germanium hafnium indium niobium rhenium vanadium"),
        ("hs2002/811292", "gallium hafnium indium niobium rhenium"),
        ("hs1996/811291", "gallium hafnium indium niobium rhenium thallium"),
        ("hs2022/811231", "hafnium"),
        ("hs2022/253090", "lithium rare-earths strontium"),
        ("hs2022/280429", "helium krypton neon xenon"),
        ("hs2022/261590", "niobium tantalum vanadium"),
    ],
)
def test_a_basket_names_each_of_its_materials(code: str, materials: str) -> None:
    assert customs.known()[code].materials == tuple(materials.split())


def test_a_code_that_holds_a_part_of_the_product_stands_in_for_it(codes: Codes) -> None:
    """Most is traded under others: nickel pig iron, cobalt chemicals, pigment, chloride."""
    for product, number in {
        "nickel/refined": 17,  # 7502 and 750210 in seven editions, CN 7502 10 00 in three
        "cobalt/refined": 17,
        "titanium/oxides": 7,
    }.items():
        found = [v["specificity"] for (_, made), v in codes.items() if made == product]
        assert found == ["proxy"] * number
    assert codes["cn2024/31049000", "potash/ore"]["specificity"] == "proxy"
    # Codes that name two forms of a product and together hold it stay what they are.
    assert codes["hs2022/283691", "lithium/compounds"]["specificity"] == "exact"
    assert codes["hs2022/720292", "vanadium/refined"]["specificity"] == "exact"


def test_no_code_stands_in_an_edition_that_has_it_not() -> None:
    for code, editions in {
        "811231": ("hs2022",),
        "811241": ("hs2022",),
        "842132": ("hs2022",),
        "854143": ("hs2022",),
        "854140": ("hs1992", "hs1996", "hs2002", "hs2007", "hs2012", "hs2017"),
        "850760": ("hs2012", "hs2017", "hs2022"),
        "252800": ("hs2012", "hs2017", "hs2022"),
        "810320": ("hs2002", "hs2007", "hs2012", "hs2017", "hs2022"),
        "811291": ("hs1992", "hs1996"),
    }.items():
        assert customs.editions("hs", code) == tuple(f"{e}/{code}" for e in editions)


def test_every_hs_code_of_the_vocabulary_is_classified(codes: Codes) -> None:
    classified = {code for code, _ in codes}
    assert classified <= set(customs.known())
    assert {code for code in customs.known() if code.startswith("hs")} <= classified


def test_an_hs_code_of_several_materials_is_exact_for_none(codes: Codes) -> None:
    baskets = {c.id for c in customs.known().values() if len(c.materials) > 1}
    exact = {code for (code, _), v in codes.items() if v["specificity"] == "exact"}
    assert "hs2022/811292" in baskets
    assert not {code for code in baskets & exact if code.startswith("hs")}


def test_an_hs_code_is_exact_or_dominant_for_one_material(codes: Codes) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for (code, product), v in codes.items():
        if v["specificity"] in ("exact", "dominant") and code.startswith("hs"):
            held[code].add(product.partition("/")[0])
    assert not {code: found for code, found in held.items() if len(found) > 1}


def test_every_classification_has_a_reason_and_speaks_of_a_code(codes: Codes) -> None:
    assert all(v["reason"] for v in codes.values())
    assert {code for code, _ in codes} <= set(customs.known())


def test_the_codes_of_hs_2022_stand_in_the_reference_nomenclature(shared: Path) -> None:
    listed = {row["hscode"] for row in rows(shared / "data/reference/harmonized-system.csv")}
    ours = {c.code for c in customs.known().values() if c.nomenclature == "HS2022"}
    assert len(ours) > 120
    assert ours <= listed


def test_what_is_gone_from_hs_2022_does_not_stand_there(shared: Path) -> None:
    listed = {row["hscode"] for row in rows(shared / "data/reference/harmonized-system.csv")}
    gone = {c.code for c in customs.known().values()} - {
        c.code for c in customs.known().values() if c.nomenclature == "HS2022"
    }
    six = {code for code in gone if len(code) == 6}
    assert {"810600", "854140", "811291"} <= six
    assert not six & listed


def test_the_codes_that_the_data_use_are_known(shared: Path) -> None:
    data = shared / "data"
    used = set()
    for row in rows(data / "baci/baci_2024.csv"):
        used.add(f"hs2017/{row['cmd']}")
    nomenclatures = {"H0": 1992, "H1": 1996, "H2": 2002, "H3": 2007, "H4": 2012, "H5": 2017}
    nomenclatures["H6"] = 2022
    for table in sorted((data / "comtrade/selected").glob("*.csv")):
        for row in rows(table):
            used.add(f"hs{nomenclatures[row['classificationCode']]}/{row['cmdCode']}")
    for answer in sorted((data / "comtrade/china_imports_2846").glob("*.json")):
        for record in json.loads(answer.read_text(encoding="utf-8"))["data"]:
            used.add(f"hs{nomenclatures[record['classificationCode']]}/{record['cmdCode']}")
    for line in json.loads((data / "baci/critical_codes.json").read_text())["codes"]:
        used.add(f"hs2022/{line['hs6']}")
    assert used <= set(customs.known())


def test_numbers_of_countries_are_those_of_the_reference(shared: Path) -> None:
    listed = list(rows(shared / "data/reference/country-codes.csv"))
    numbered = [row for row in listed if row["ISO3166-1-numeric"]]
    assert len(numbered) > 240
    for row in numbered:
        found = names.numbered(row["ISO3166-1-numeric"], "reference")
        assert found == row["ISO3166-1-Alpha-3"], row
