"""Customs codes: what they hold in each edition, and how far they are one product."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orepath.loaders import customs, names
from orepath.loaders.curated import trade_codes
from orepath.loaders.protocol import Ledger, sha256, sidecars
from orepath.loaders.tables import read_mapping
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

HEADER = (
    "hs_code,hs_version,material_id,stage,form,specificity,official_description,"
    "mapping_confidence,note,source_title,publisher,source_date,url,confidence\n"
)
GALLIUM = (
    "811292,HS2022,gallium,processing,basket,shared,Gallium …,S,CN8 8112 92 89 gallium,"
    "Code descriptions,A publisher,2024-10-25,https://example.org/hs,S\n"
)


@dataclass(frozen=True)
class Read:
    """The whole file, read once; classifications by code and product."""

    facts: Sequence[Fact]
    ledger: Ledger
    classes: dict[tuple[str, str], dict[str, Any]]


def read(file: Path) -> Read:
    ledger = Ledger()
    assert trade_codes.recognise([file]) == "orepath-trade-codes"
    facts = list(trade_codes.facts([file], ledger))
    classes: dict[tuple[str, str], dict[str, Any]] = {}
    for fact in facts:
        if fact.term == "Classification":
            v: dict[str, Any] = dict(fact.values)
            classes[v["trade_code"], v["product"]] = v
    return Read(facts, ledger, classes)


@pytest.fixture(scope="module")
def file(shared: Path) -> Path:
    return shared / "facts" / "hs_codes.csv"


@pytest.fixture(scope="module")
def codes(file: Path) -> Read:
    return read(file)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def writer(text: str) -> Path:
        target = tmp_path / "hs_codes.csv"
        target.write_text(text, encoding="utf-8")
        return target

    return writer


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
        ("hs2012/8105", "cobalt/refined", "dominant", False),
    ],
)
def test_classifications(
    codes: Read, code: str, product: str, specificity: str, verified: bool
) -> None:
    found = codes.classes[code, product]
    assert (found["specificity"], found["verified"]) == (specificity, verified)


def test_every_row_is_used(codes: Read) -> None:
    assert codes.ledger.balanced
    assert (codes.ledger.used, codes.ledger.rejected, codes.ledger.left) == (153, [], {})


def test_the_facts_are_of_the_ontology(codes: Read) -> None:
    validator = Validator(load_schema())
    for fact in codes.facts:
        validator.check(fact)


def test_each_classification_cites_a_document(codes: Read) -> None:
    documents = {f.values["id"] for f in codes.facts if f.term == "Source"}
    assert {v["source"] for v in codes.classes.values()} == documents
    assert "doc-hs-correlation-and-conversion-tables-hs-1992-to-hs-2022" in {
        str(d).rpartition("-")[0] for d in documents
    }


def test_the_sidecar_names_the_file_that_was_tested(file: Path) -> None:
    [held] = sidecars()["orepath-trade-codes"].files
    assert (held.name, held.sha256) == (file.name, sha256(file))


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


def test_every_hs_code_of_the_vocabulary_is_classified(codes: Read) -> None:
    classified = {code for code, _ in codes.classes}
    assert classified <= set(customs.known())
    assert {code for code in customs.known() if code.startswith("hs")} <= classified


def test_an_hs_code_of_several_materials_is_exact_for_none(codes: Read) -> None:
    baskets = {c.id for c in customs.known().values() if len(c.materials) > 1}
    exact = {code for (code, _), v in codes.classes.items() if v["specificity"] == "exact"}
    assert "hs2022/811292" in baskets
    assert not {code for code in baskets & exact if code.startswith("hs")}


def test_an_hs_code_is_exact_or_dominant_for_one_material(codes: Read) -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for (code, product), v in codes.classes.items():
        if v["specificity"] in ("exact", "dominant") and code.startswith("hs"):
            held[code].add(product.partition("/")[0])
    assert not {code: found for code, found in held.items() if len(found) > 1}


def test_every_line_of_the_mappings_has_a_reason_and_speaks_of_a_code(codes: Read) -> None:
    for name in ("trade_codes", "trade_codes_revisions", "trade_codes_cn"):
        assert all(line["reason"] for line in read_mapping(name)), name
    ids = set(customs.known())
    newest = {line["code"] for line in read_mapping("trade_codes")}
    assert {f"hs2022/{code}" for code in newest} <= ids
    for line in read_mapping("trade_codes_revisions"):
        assert {f"{e.lower()}/{line['code']}" for e in line["editions"].split()} <= ids
        assert line["products"] or line["as_code"] in newest


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


def test_a_code_without_a_meaning_is_rejected(write: Callable[[str], Path]) -> None:
    found = read(write(HEADER + GALLIUM + GALLIUM.replace("gallium,", "thallium,", 1)))
    [rejected] = found.ledger.rejected
    assert (rejected.place.line, rejected.place.column) == (3, "hs_code")
    assert "thallium" in rejected.reason
    assert ("hs2022/811292", "gallium/primary-low-purity") in found.classes


def test_a_code_of_an_unknown_edition_is_rejected(write: Callable[[str], Path]) -> None:
    [rejected] = read(write(HEADER + GALLIUM.replace("HS2022", "HS2027"))).ledger.rejected
    assert "no code 'hs2027/811292'" in rejected.reason


def test_a_missing_column_is_an_error(write: Callable[[str], Path]) -> None:
    with pytest.raises(OrepathError, match="no column specificity"):
        trade_codes.recognise([write(HEADER.replace("specificity", "kind") + GALLIUM)])


def test_a_cut_file_is_an_error(write: Callable[[str], Path]) -> None:
    with pytest.raises(OrepathError, match="line 3: 5 columns instead of 14"):
        read(write(HEADER + GALLIUM + ",".join(GALLIUM.split(",")[:5])))
