"""The loaders of curated facts against facts read by hand in their files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from orepath.loaders import documents, rebuild
from orepath.loaders.curated import reading
from orepath.loaders.protocol import Ledger, loader, sha256, sidecars
from orepath.loaders.tables import read_table
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact, Place, Value
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

CURATED = (
    "orepath-agreements",
    "orepath-byproducts",
    "orepath-claims",
    "orepath-components",
    "orepath-criticality",
    "orepath-demand",
    "orepath-eu-consumption",
    "orepath-eu-imports",
    "orepath-quantities",
    "orepath-restrictions",
    "orepath-technologies",
)


class Stated:
    """The facts of one data set, asked by term and values."""

    def __init__(self, facts: Iterable[Fact], ledger: Ledger) -> None:
        self.facts, self.ledger = list(facts), ledger

    def all(self, term: str, **values: Value) -> list[Fact]:
        return [
            fact
            for fact in self.facts
            if fact.term == term
            and all(fact.values.get(name) == value for name, value in values.items())
        ]

    def one(self, term: str, **values: Value) -> dict[str, Value]:
        (fact,) = self.all(term, **values)
        return dict(fact.values)

    def ends(self, term: str, start: str) -> set[str]:
        return {str(fact.values["end"]) for fact in self.all(term, start=start)}


@cache
def _stated(source: str, shared: Path) -> Stated:
    ledger = Ledger()
    files = [shared / name for name in rebuild.bundled_files()[source]]
    return Stated(loader(sidecars()[source].loader).facts(files, ledger), ledger)


@pytest.fixture(scope="module")
def of(shared: Path) -> Callable[[str], Stated]:
    return lambda name: _stated(f"orepath-{name}", shared)


Of = Callable[[str], Stated]


@pytest.mark.parametrize("source", CURATED)
def test_every_row_is_booked_and_none_refused(source: str, shared: Path) -> None:
    stated = _stated(source, shared)
    assert stated.ledger.balanced
    assert stated.ledger.rejected == []
    assert stated.ledger.used > 0


@pytest.mark.parametrize("source", CURATED)
def test_every_fact_stands_before_the_ontology(source: str, shared: Path) -> None:
    validator = Validator(load_schema())
    for fact in _stated(source, shared).facts:
        validator.check(fact)


@pytest.mark.parametrize("source", CURATED)
def test_every_reference_leads_somewhere(source: str, shared: Path) -> None:
    schema = load_schema()
    validator = Validator(schema)
    stated = _stated(source, shared)
    own: dict[str, set[str]] = {}
    for fact in stated.facts:
        if fact.term in schema.nodes:
            own.setdefault(schema.root(fact.term), set()).add(str(fact.values["id"]))
    for fact in stated.facts:
        if fact.term in schema.nodes:
            continue
        record = validator.check(fact)
        ends = [record.start, record.end]  # type: ignore[union-attr]
        ends += [("Source", str(fact.values["source"]))] if "source" in fact.values else []
        for label, name in ends:
            known = own.get(label, set()) | set(reading.vocabulary().get(label, {}))
            assert name in known, f"{fact.place}: {label} {name}"


@pytest.mark.parametrize("source", CURATED)
def test_the_sidecar_names_the_files_that_were_tested(source: str, shared: Path) -> None:
    tested = {file.name: file.sha256 for file in sidecars()[source].files}
    files = [shared / name for name in rebuild.bundled_files()[source]]
    assert {file.name: sha256(file) for file in files} == tested
    assert loader(sidecars()[source].loader).recognise(files) == source


@pytest.mark.parametrize("source", CURATED)
def test_what_is_not_marked_as_read_is_not_verified(source: str, shared: Path) -> None:
    files = [shared / name for name in rebuild.bundled_files()[source]]
    marks = {
        (file.name, row.line): row["confidence"]
        for file in files
        if file.suffix == ".csv"
        for row in read_table(file, reading.DOCUMENT_COLUMNS, "curated facts")
    }
    evidence = [f for f in _stated(source, shared).facts if "source" in f.values]
    for fact in evidence:
        mark = marks[fact.place.file, fact.place.line or 0]
        assert not (fact.values["verified"] and mark != "S"), fact.place


# Documents


def test_a_document_has_one_id_by_title_and_address() -> None:
    one, two, other = (
        documents.document("Über Öl & Gas", publisher, "2025", url, Place(""))
        for publisher, url in (("A", "https://a.org/x"), ("B", "https://a.org/x"), ("A", ""))
    )
    assert str(one.values["id"]).startswith("doc-uber-ol-gas-")
    assert one.values["id"] == two.values["id"] != other.values["id"]


def test_a_document_keeps_further_addresses_in_its_citation() -> None:
    node = documents.document(
        "T", "P", "2022-11-08; 2025-04-07", "https://a.org/x ; https://b.org/y", Place("")
    )
    assert node.values["url"] == "https://a.org/x"
    assert "https://b.org/y" in str(node.values["citation"])
    assert "published" not in node.values


def test_an_address_that_nobody_can_follow_is_no_address() -> None:
    node, other = (
        documents.document("T", "P, public text (index ids 12, 34)", "n.d.", address, Place(""))
        for address in ("public repository file, index id 1234", "https://a.org/x ; facts/uses.csv")
    )
    assert "url" not in node.values
    assert node.values["publisher"] == "P, public text"
    assert node.values["citation"] == "T. P, public text. n.d. public repository file"
    assert other.values["citation"] == "T. P, public text. n.d. https://a.org/x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-11-08 (planned)", (date(2025, 11, 8), "day")),
        ("2017-01", (date(2017, 1, 1), "month")),
        ("2026 (planned)", (date(2026, 1, 1), "year")),
        ("brought forward", None),
        ("2025-13", None),
        ("20251108", None),
        ("", None),
    ],
)
def test_a_date_is_no_more_precise_than_its_text(
    text: str, expected: tuple[date, str] | None
) -> None:
    assert reading.partial_date(text) == expected


# By-products


@pytest.mark.parametrize(
    ("material", "host", "companionality", "byproduct_class"),
    [
        ("gallium", "aluminium", 100.0, "byproduct"),
        ("cobalt", "copper", 90.0, "byproduct"),
        ("cobalt", "nickel", 90.0, "byproduct"),
        ("rare-earths", "iron", 40.0, "mixed"),
        ("tungsten", "tin", 10.0, "primary"),
        ("titanium-metal", "zirconium", 20.0, "primary"),
        ("fluorspar", "phosphate-rock", 5.0, "primary"),
        ("palladium", "platinum", 50.0, "mixed"),
    ],
)
def test_ties_that_were_read(
    of: Of, material: str, host: str, companionality: float, byproduct_class: str
) -> None:
    tie = of("byproducts").one("ByproductTie", material=material, host=host)
    assert tie["companionality"] == companionality
    assert tie["byproduct_class"] == byproduct_class
    assert tie["verified"] is True


def test_a_tie_without_a_number_has_none(of: Of) -> None:
    tie = of("byproducts").one("ByproductTie", material="indium", host="zinc")
    assert "companionality" not in tie
    assert tie["verified"] is False


def test_a_minor_by_product_says_so(of: Of) -> None:
    tie = of("byproducts").one("ByproductTie", material="nickel", host="copper")
    assert str(tie["note"]).startswith("Minor by-product. ")


def test_two_sources_of_one_tie_are_both_kept(of: Of) -> None:
    ties = of("byproducts").all("ByproductTie", material="hafnium", host="zirconium")
    assert {fact.values["verified"] for fact in ties} == {True, False}


def test_what_is_no_by_product_has_no_tie(of: Of) -> None:
    stated = of("byproducts")
    # Won for its own sake; made from its raw material.
    assert stated.all("ByproductTie", material="magnesium") == []
    assert stated.all("ByproductTie", material="phosphorus") == []
    vanadium = {fact.values["host"] for fact in stated.all("ByproductTie", material="vanadium")}
    assert vanadium == {"iron", "iron-and-steel-slag", "uranium"}
    (claim,) = stated.all("Claim", id="primary-magnesium")
    assert (claim.values["value"], claim.values["unit"]) == (0.0, "percent")
    germanium = {fact.values["host"] for fact in stated.all("ByproductTie", material="germanium")}
    assert germanium == {"zinc", "coal"}
    assert stated.ledger.rows_read == 65
    assert stated.ledger.used == 64


# Agreements


@pytest.mark.parametrize(
    ("agreement", "term", "values"),
    [
        (
            "eu-kaz",
            "StrategicPartnership",
            {
                "signed": date(2022, 11, 7),
                "signed_precision": "day",
                "binding": False,
                "audited_2026": True,
                "verified": True,
                "status": "in force",
            },
        ),
        ("eu-chl", "StrategicPartnership", {"signed_precision": "month"}),
        # A year that was read does not replace a day that was read too.
        ("eu-arg", "StrategicPartnership", {"signed": date(2023, 6, 13)}),
        # A day that was not read gives way to a month that was.
        (
            "us-ukr-2025",
            "CriticalMineralsDeal",
            {"signed": date(2025, 4, 1), "signed_precision": "month", "verified": True},
        ),
        ("eu-zaf", "StrategicPartnership", {"audited_2026": False, "binding": False}),
        ("eu-bra-neg", "Agreement", {"announced": date(2026, 1, 16), "signed": None}),
        (
            "eu-fta-can",
            "TradeAgreement",
            {"in_force_from": date(2017, 9, 21), "signed": None, "binding": None},
        ),
        (
            "eu-fta-mex",
            "TradeAgreement",
            {"announced": date(2025, 1, 17), "in_force_from": None, "signed": None},
        ),
        ("us-chn-truce", "CriticalMineralsDeal", {"ended": date(2026, 11, 10)}),
        ("us-khm-2025", "TradeAgreement", {"verified": False}),
        ("msp", "Memorandum", {"ended": date(2026, 2, 4), "name": "Minerals Security Partnership"}),
    ],
)
def test_agreements_as_read(of: Of, agreement: str, term: str, values: dict[str, Value]) -> None:
    found = of("agreements").one(term, id=agreement)
    assert {name: found.get(name) for name in values} == values


def test_the_auditors_counted_fourteen_partnerships(of: Of) -> None:
    stated = of("agreements")
    partnerships = stated.all("StrategicPartnership")
    audited = [fact for fact in partnerships if fact.values["audited_2026"]]
    assert len(partnerships) == 16
    assert len(audited) == 14
    assert all(fact.values["binding"] is False for fact in partnerships)
    later = {str(f.values["id"]) for f in partnerships} - {str(f.values["id"]) for f in audited}
    assert later == {"eu-zaf", "eu-usa"}


def test_parties(of: Of) -> None:
    stated = of("agreements")
    assert stated.ends("party", "eu-nam") == {"EU27", "NAM"}
    assert stated.ends("party", "eu-grl") == {"EU27", "GRL"}
    assert stated.ends("party", "eu-usa-jpn-joint") == {"EU27", "USA", "JPN"}
    assert stated.ends("party", "eu-fta-mercosur") == {"EU27", "ARG", "BRA", "PRY", "URY"}
    assert stated.ends("party", "forge") == {"KOR"}
    assert len(stated.ends("party", "msp")) == 15
    # A meeting is no agreement.
    assert stated.ends("party", "us-ministerial") == set()


def test_a_partnership_that_names_no_material_covers_none(of: Of) -> None:
    covered = {
        str(f.values["covered"]) for f in of("agreements").all("Coverage", agreement="eu-nam")
    }
    assert covered == {"Stage:exploration", "Stage:separation-refining"}


def test_coverage_keeps_its_documents_apart(of: Of) -> None:
    stated = of("agreements")
    cobalt = stated.all("Coverage", agreement="eu-cod", covered="Material:cobalt")
    assert sorted(bool(fact.values["verified"]) for fact in cobalt) == [False, True, True]
    assert len({fact.values["source"] for fact in cobalt}) == len(cobalt)
    assert stated.all("Coverage", agreement="eu-zmb", covered="Material:lithium")
    # "extraction (producer)" says what a country produces, not what was agreed.
    assert stated.all("Coverage", agreement="eu-cod", covered="Stage:extraction") == []


def test_rows_of_one_document_on_one_material_are_one_coverage(of: Of) -> None:
    notes = [
        str(fact.values["note"])
        for fact in of("agreements").all(
            "Coverage", agreement="eu-zaf", covered="Material:platinum-group-metals"
        )
        if "processing: " in str(fact.values["note"])
    ]
    (note,) = notes
    assert "refining: " in note


# Restrictions


def test_the_measures_of_9_october_2025_keep_their_suspension(of: Of) -> None:
    found = of("restrictions").one("ExportRestriction", id="cn-2025-57")
    assert found["kind"] == "licence"
    assert found["status"] == "suspended"
    assert found["announced"] == date(2025, 10, 9)
    assert found["effective"] == date(2025, 11, 8)
    assert found["effective_planned"] is True
    assert found["suspended_from"] == date(2025, 11, 7)
    assert found["suspended_until"] == date(2026, 11, 10)
    assert "ended" not in found
    assert of("restrictions").ends("restricts", "cn-2025-57") == {
        "Material:holmium",
        "Material:erbium",
        "Material:thulium",
        "Material:europium",
        "Material:ytterbium",
    }


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        ("cn-2025-ree7", {"status": "in force", "suspended_from": None}),
        ("cn-2024-usban", {"kind": "ban", "suspended_until": date(2026, 11, 27)}),
        ("cn-2024-usmil", {"kind": "end-use-control", "suspended_from": None}),
        ("cn-2025-61", {"effective": date(2025, 10, 9), "effective_planned": None}),
        ("cd-2025-ban", {"kind": "ban", "ended": date(2025, 10, 15)}),
        ("cd-2025-quota", {"kind": "quota", "ended": date(2027, 12, 31)}),
        # Decided on 6 June, made public on the 8th.
        ("na-2023", {"announced": date(2023, 6, 8), "effective": date(2023, 6, 6)}),
        ("id-2014-ni", {"ended": date(2017, 1, 1), "ended_precision": "month", "verified": False}),
        ("ga-2029", {"effective": date(2029, 1, 1), "status": "announced"}),
        ("eu-2026-magnetscrap", {"effective_precision": "year", "effective_planned": True}),
        ("zw-2025-li", {"status": "superseded", "ended": None}),
        ("zw-tax-li", {"kind": "tax", "effective": None, "ended": date(2027, 1, 1)}),
        ("cn-2023-reetech", {"kind": "technology-ban"}),
    ],
)
def test_restrictions_as_read(of: Of, measure: str, values: dict[str, Value]) -> None:
    found = of("restrictions").one("ExportRestriction", id=measure)
    assert {name: found.get(name) for name in values} == values


def test_what_is_restricted_against_whom(of: Of) -> None:
    stated = of("restrictions")
    # Ore, not nickel.
    assert stated.ends("restricts", "id-2020-ni") == {"Product:nickel/ore"}
    # Graphite is under review, not banned.
    assert stated.ends("restricts", "cn-2024-usban") == {
        "Material:gallium",
        "Material:germanium",
        "Material:antimony",
    }
    assert stated.ends("restricts", "cn-2024-usmil") == set()
    assert stated.ends("against", "cn-2024-usmil") == {"USA"}
    assert stated.ends("against", "cn-2010-jpn") == {"JPN"}
    assert stated.ends("against", "cn-2023-gage") == set()
    assert stated.ends("imposed_by", "na-2023") == {"NAM"}
    assert stated.ends("imposed_by", "eu-2026-alscrap") == {"EU27"}


def test_a_suspension_is_no_restriction_and_its_document_is_kept(of: Of) -> None:
    stated = of("restrictions")
    assert stated.all("ExportRestriction", id="cn-2025-70") == []
    shared_by = [
        stated.ends("documented_by", f"ExportRestriction:cn-2025-{number}")
        for number in (55, 56, 57, 58, 61, 62)
    ]
    assert set.intersection(*shared_by)


@pytest.mark.parametrize(
    ("measure", "term"),
    [
        ("cl-2023-li", "Strategy"),
        ("mm-2024-ree", "Claim"),
        ("us-2025-tariff", "Regulation"),
        ("cn-2016-quota", "Policy"),
        ("ru-2024-ni", "Claim"),
    ],
)
def test_what_is_no_export_restriction_is_kept_as_what_it_is(
    of: Of, measure: str, term: str
) -> None:
    stated = of("restrictions")
    assert stated.all("ExportRestriction", id=measure) == []
    assert stated.one(term, id=measure)["verified"] is (measure == "ru-2024-ni")
    assert stated.ledger.left == {}


def test_a_quota_at_home_is_a_policy_on_its_material(of: Of) -> None:
    stated = of("restrictions")
    assert stated.ends("addresses", "cn-2016-quota") == {"rare-earths"}
    assert stated.ends("adopted_by", "Policy:cn-2016-quota") == {"CHN"}
    # Only the year is known, which is no date of adoption.
    assert "adopted" not in stated.one("Policy", id="cn-2016-quota")
    assert stated.one("Regulation", id="cn-2024-reereg")["adopted"] == date(2024, 6, 22)


def test_a_conflict_is_a_claim(of: Of) -> None:
    assert of("restrictions").ends("about", "mm-2024-ree") == {
        "Economy:MMR",
        "Material:heavy-rare-earths",
    }


# Claims


def test_claims_of_the_article(of: Of) -> None:
    stated = of("claims")
    assert len(stated.all("Claim", made_on=date(2026, 2, 3))) >= 36
    essential = stated.one("Claim", id="A14")
    assert essential["text"] == "rare earth elements essential for automotive industry"
    assert stated.ends("about", "A14") == {"Material:rare-earths", "Sector:automotive"}
    assert stated.one("Claim", id="A32")["value"] == 14.0
    assert stated.one("Claim", id="A35")["unit"] == "bn USD"
    assert stated.one("Claim", id="A11")["period"] == "before 2026-02-03"
    assert "not one of the 14" in str(stated.one("Claim", id="A11")["publisher_verification"])
    assert stated.ends("about", "A08") == {"Economy:GRL", "Economy:DNK"}


def test_claims_of_headlines(of: Of) -> None:
    stated = of("claims")
    assert stated.ends("about", "h03") == {
        "Economy:COD",
        "Material:cobalt",
        "Stage:extraction",
    }
    assert stated.one("Claim", id="h01")["made_on"] == date(2023, 3, 16)
    # Only the month of its document is known.
    assert "made_on" not in stated.one("Claim", id="h05")
    assert "was not read" in str(stated.one("Claim", id="h14")["publisher_verification"])


def test_a_bound_is_no_value_and_a_conflict_is_kept(of: Of) -> None:
    over, other = (of("claims").one("Claim", id=name) for name in ("h10", "h11"))
    assert (over.get("value"), over["low"]) == (None, 90.0)
    assert (other["value"], other.get("low")) == (98.0, None)
    assert "value" not in of("claims").one("Claim", id="h07")


def test_a_claim_stands_in_its_document(of: Of) -> None:
    stated = of("claims")
    (source,) = stated.ends("made_in", "A21")
    assert stated.one("Source", id=source)["published"] == "2026-02-03"


def test_every_claim_says_how_it_is_tested_or_why_not(of: Of) -> None:
    """No line of the reviewed file is for a claim that is not there, and each one has a reason."""
    stated = of("claims")
    claims = {str(c.values["id"]): c.values for c in stated.all("Claim")}
    lines = reading.reading("claim_tests", "claim_id")
    assert {key for (key,) in lines} == claims.keys()
    assert all(c["test_reason"] for c in claims.values())
    untested = {key for key, c in claims.items() if "tested_by" not in c}
    assert {"A36", "h21"} <= untested
    assert "verdict" not in str(claims)
    tested = {name: v for name, v in claims["h03"].items() if name.startswith("test")}
    assert tested.pop("test_reason")
    assert tested == {
        "tested_by": "share-of-output",
        "test_things": ["cobalt/ore"],
        "test_actors": ["COD"],
        "test_since": "2016",
        "test_until": "2020",
        "test_quoted": ["eu-crm"],
    }
    assert claims["A21"]["test_least"] == 50.0


# Technologies


@pytest.mark.parametrize(
    ("material", "technology", "role", "values"),
    [
        (
            "lithium",
            "li-ion-battery",
            "charge carrier (carbonate/hydroxide)",
            {
                "importance": "essential",
                "component": "cathode",
                "support": "technology",
                "source_quality": "A",
                "verified": True,
            },
        ),
        (
            "cobalt",
            "li-ion-battery",
            "cathode active material",
            {"importance": "chemistry-dependent", "component": "cathode", "source_quality": "B"},
        ),
        (
            "neodymium",
            "wind-turbine",
            "NdFeB permanent magnet",
            {"importance": "type-dependent", "component": "ndfeb-magnet"},
        ),
        # What a source contradicts is not shown as verified, nor is what was not found.
        (
            "silicon-metal",
            "traction-motor",
            "silicon steel",
            {"support": "contradicted", "verified": False},
        ),
        ("scandium", "electrolyser", None, {"support": "related", "verified": False}),
        ("gallium", "robotics", None, {"support": "none", "source_quality": None}),
        ("beryllium", "jet-engine", None, {"support": "none", "verified": False}),
    ],
)
def test_uses_as_read(
    of: Of, material: str, technology: str, role: str | None, values: dict[str, Value]
) -> None:
    ends: dict[str, Value] = {
        "used": f"Material:{material}",
        "user": f"Technology:{technology}",
    }
    found = of("technologies").one("Use", **ends, **({"role": role} if role else {}))
    assert {name: found.get(name) for name in values} == values


def test_what_is_essential_to_a_part_may_be_optional_to_the_technology(of: Of) -> None:
    # A wind turbine may do without a magnet, the magnet not without neodymium.
    uses = of("technologies").all(
        "Use",
        used="Material:neodymium",
        user="Component:ndfeb-magnet",
        role="NdFeB permanent magnet",
    )
    wind = [fact for fact in uses if "generator magnet" in str(fact.values["note"])]
    assert [fact.values["importance"] for fact in wind] == ["essential"]


def test_a_technology_uses_only_what_its_rows_say(of: Of) -> None:
    stated = of("technologies")
    magnets = {
        str(fact.values["used"])
        for fact in stated.all(
            "Use", user="Technology:data-storage-server", component="ndfeb-magnet"
        )
    }
    assert magnets == {"Material:neodymium", "Material:praseodymium"}
    # The same part holds more in other technologies.
    in_any = {str(f.values["used"]) for f in stated.all("Use", user="Component:ndfeb-magnet")}
    assert magnets < in_any
    assert "ndfeb-magnet" in stated.ends("has_part", "Technology:data-storage-server")


def test_sectors_served(of: Of) -> None:
    stated = of("technologies")
    assert stated.ends("serves", "Technology:permanent-magnet") == {
        "automotive",
        "renewables",
        "digital",
        "defence",
    }
    assert stated.ends("serves", "Technology:fertiliser") == {"agrifood"}


def test_every_row_is_two_uses(of: Of) -> None:
    ledger = of("technologies").ledger
    assert ledger.rows_read == 37 + 256
    technology = [
        fact
        for fact in of("technologies").all("Use")
        if str(fact.values["user"]).startswith("Technology:")
    ]
    assert len(technology) == 256


# Files that are not what they should be


def test_a_missing_column_is_named(shared: Path, tmp_path: Path) -> None:
    file = tmp_path / "byproducts.csv"
    text = (shared / "facts" / "byproducts.csv").read_text("utf-8")
    file.write_text(text.replace("companionality_pct", "share"), "utf-8")
    with pytest.raises(OrepathError, match=r"byproducts\.csv, line 1: no column companionality"):
        loader("byproducts").recognise([file])


def test_a_missing_file_is_named(shared: Path) -> None:
    with pytest.raises(OrepathError, match="no file of agreement_coverage") as caught:
        loader("agreements").recognise(
            [shared / "facts" / n for n in ("agreements.csv", "agreement_dates_verified.csv")]
        )
    assert "what_source_says" in str(caught.value.hint)
    with pytest.raises(OrepathError, match="0 YAML files"):
        loader("claims").recognise([shared / "facts" / "headline_claims.csv"])


@pytest.mark.parametrize(
    ("name", "file", "old", "new", "reason"),
    [
        (
            "byproducts",
            "byproducts.csv",
            "indium,by_product_of,zinc",
            "indium,by_product_of,zink",
            "which material",
        ),
        (
            "restrictions",
            "export_restrictions.csv",
            "cn-2024-sb,CN",
            "cn-2024-xx,CN",
            "does not say how to read",
        ),
        (
            "restrictions",
            "export_restrictions.csv",
            "2024-08-15,2024-09-15",
            "2024-08-15,on 15/9/24",
            "no date",
        ),
        (
            "restrictions",
            "export_restrictions.csv",
            "gallium; germanium,metal",
            "gallium,metal",
            "was written for",
        ),
        ("agreements", "agreements.csv", "2021-06-15,day", "2021-06,day", "known to the month"),
        (
            "technologies",
            "technology_materials.csv",
            "li_ion_battery,cathode,lithium",
            "li_ion_batery,cathode,lithium",
            "no technology",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_place(
    shared: Path, tmp_path: Path, name: str, file: str, old: str, new: str, reason: str
) -> None:
    files = []
    for path in rebuild.bundled_files()[f"orepath-{name}"]:
        text = (shared / path).read_text("utf-8")
        if path.endswith("/" + file):
            assert text.count(old) == 1
            line = text[: text.index(old)].count("\n") + 1
            text = text.replace(old, new)
        copy = tmp_path / Path(path).name
        copy.write_text(text, "utf-8")
        files.append(copy)
    ledger = Ledger()
    list(loader(name).facts(files, ledger))
    (rejection,) = ledger.rejected
    assert rejection.place.file == file
    assert rejection.place.line == line
    assert reason in rejection.reason
    assert rejection.remedy
    assert ledger.balanced
