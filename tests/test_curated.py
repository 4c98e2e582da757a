"""The sets of facts that come with the package: sound tables, and facts read by hand in them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date

import pytest

from orepath.loaders import documents
from orepath.loaders.facts import loader as facts
from orepath.loaders.facts import sets
from orepath.loaders.registry import all_editions
from orepath.ontology.facts import Place, Value
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import RelationRecord, Validator

from .stated import Stated, individuals, stated

SETS = tuple(name.removeprefix("orepath-") for name in sets.bundled())
DOCUMENTED = ("source", "documented_by", "made_in")
Of = Callable[[str], Stated]


@pytest.fixture(scope="module")
def of() -> Of:
    return stated


# What holds of every table


def test_there_is_a_set_for_each_topic() -> None:
    assert len(SETS) == 23
    for name in SETS:
        described = all_editions()[f"orepath-{name}"]
        assert (described.loader, described.redistributable) == ("facts", True)


@pytest.mark.parametrize("name", SETS)
def test_every_row_is_booked_and_none_refused(name: str) -> None:
    ledger = stated(name).ledger
    assert ledger.balanced
    assert ledger.rejected == []
    assert ledger.used > 0


@pytest.mark.parametrize("name", SETS)
def test_every_fact_stands_before_the_ontology(name: str) -> None:
    validator = Validator(load_schema())
    for fact in stated(name).facts:
        validator.check(fact)


def test_every_reference_leads_somewhere() -> None:
    schema = load_schema()
    validator = Validator(schema)
    known = individuals()
    relations = []
    for name in SETS:
        for fact in stated(name).facts:
            record = validator.check(fact)
            if isinstance(record, RelationRecord):
                relations.append((name, fact, record))
            else:
                known.setdefault(record.cls.root, set()).add(record.id)
    for name, fact, record in relations:
        # Documents are described in the set that cites them.
        sources = {str(f.values["id"]) for f in stated(name).all("Source")}
        for label, identity in (record.start, record.end):
            assert identity in (sources if label == "Source" else known[label]), fact.place
        assert fact.values.get("source") in {None, *sources}, fact.place


@pytest.mark.parametrize("name", SETS)
def test_every_row_has_a_document_and_says_whether_it_was_read(name: str) -> None:
    for file in facts.set_files(sets.bundled()[f"orepath-{name}"]):
        if file.suffix != ".csv" or file.stem == "Source":
            continue
        with file.open(encoding="utf-8", newline="") as stream:
            for line, row in enumerate(csv.DictReader(stream), 2):
                assert any(row.get(column) for column in DOCUMENTED), f"{file}, line {line}"
                if row.get("source"):
                    assert row["verified"] in ("true", "false"), f"{file}, line {line}"


@pytest.mark.parametrize("name", SETS)
def test_no_file_that_nobody_has_is_named(name: str) -> None:
    for fact in stated(name).facts:
        assert not {"file", "line"} & set(fact.values), fact.place


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


@pytest.mark.parametrize("name", SETS)
def test_every_document_has_a_grade(name: str) -> None:
    for fact in stated(name).all("Source"):
        assert fact.values.get("grade") in ("A", "B", "C", "D"), fact.values["name"]


def test_a_document_has_one_grade_in_all_sets() -> None:
    grades: dict[str, set[Value]] = {}
    for name in SETS:
        for fact in stated(name).all("Source"):
            grades.setdefault(str(fact.values["id"]), set()).add(fact.values["grade"])
    assert not [i for i, given in grades.items() if len(given) > 1]


@pytest.mark.parametrize("name", SETS)
def test_every_document_stands_behind_a_fact(name: str) -> None:
    folder = sets.bundled()[f"orepath-{name}"]
    rows = "".join(f.read_text("utf-8") for f in folder.glob("*.csv") if f.stem != "Source")
    for fact in stated(name).all("Source"):
        assert str(fact.values["id"]) in rows or str(fact.values["name"]) in rows


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
    table = "doc-companionality-table-usgs-mcs-2024-nassar-graedel-harper-3c4c7e97"
    tie = of("byproducts").one("ByproductTie", material=material, host=host, source=table)
    assert tie["companionality"] == companionality
    assert tie["byproduct_class"] == byproduct_class
    assert tie["verified"] is True


def test_a_better_source_states_a_tie_beside_the_table(of: Of) -> None:
    stated = of("byproducts")
    grades = {f.values["id"]: f.values["grade"] for f in stated.all("Source")}
    cobalt = stated.all("ByproductTie", material="cobalt", host="nickel")
    found = {grades[f.values["source"]]: f.values["companionality"] for f in cobalt}
    assert found == {"D": 90.0, "B": 98.0}


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
                "status": "in-force",
            },
        ),
        (
            "eu-chl",
            "StrategicPartnership",
            {"signed": date(2023, 7, 18), "signed_precision": "day"},
        ),
        # Under review is neither suspended nor ended.
        ("eu-rwa", "StrategicPartnership", {"status": "under-review", "ended": None}),
        # A year that was read does not replace a day that was read too.
        ("eu-arg", "StrategicPartnership", {"signed": date(2023, 6, 13)}),
        (
            "us-ukr-2025",
            "CriticalMineralsDeal",
            {"signed": date(2025, 4, 30), "signed_precision": "day", "verified": True},
        ),
        ("eu-zaf", "StrategicPartnership", {"audited_2026": False, "binding": False}),
        ("eu-bra-neg", "Agreement", {"announced": date(2026, 1, 16), "signed": None}),
        (
            "eu-fta-can",
            "TradeAgreement",
            {
                "in_force_from": date(2017, 9, 21),
                "signed": date(2016, 10, 30),
                "binding": None,
                "verified": True,
            },
        ),
        # Its signature was read, the day from which it is in force was not.
        ("eu-epca-kaz", "TradeAgreement", {"signed": date(2015, 12, 21), "verified": False}),
        (
            "eu-fta-mex",
            "TradeAgreement",
            {"announced": date(2025, 1, 17), "in_force_from": None, "signed": None},
        ),
        ("us-chn-truce", "Agreement", {"ended": date(2026, 11, 10)}),
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
    # Who launched it, chairs it, and declared support: who attended a meeting is no party.
    assert stated.ends("party", "forge") == {"USA", "KOR", "IND"}
    assert len(stated.ends("party", "msp")) == 15
    # The forum's fifteen countries and the two that chair it.
    assert len(stated.ends("party", "msp-forum")) == 17
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
        ("cn-2025-ree7", {"status": "in-force", "suspended_from": None}),
        ("cn-2024-usban", {"kind": "ban", "suspended_until": date(2026, 11, 27)}),
        ("cn-2024-usmil", {"kind": "end-use-control", "suspended_from": None}),
        (
            "cn-2024-usgraphite",
            {"kind": "end-use-control", "suspended_until": date(2026, 11, 27)},
        ),
        ("ru-2022-noblegas", {"kind": "licence", "ended": date(2022, 12, 31), "status": "ended"}),
        # A ban whose later state nobody read is neither in force nor ended.
        ("tz-2017-conc", {"effective": date(2017, 3, 2), "status": "not-stated"}),
        ("tz-2024-li", {"effective_planned": True, "status": "announced"}),
        ("bi-2021-ree", {"effective_precision": "month", "status": "not-stated"}),
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
    # Superhard materials are industrial diamond. Graphite is under review, not banned.
    assert stated.ends("restricts", "cn-2024-usban") == {
        "Material:gallium",
        "Material:germanium",
        "Material:antimony",
        "Material:industrial-diamond",
    }
    assert stated.ends("restricts", "cn-2024-usgraphite") == {
        "Material:natural-graphite",
        "Material:synthetic-graphite",
    }
    # All items of the dual-use list: what licences in force that day put on it.
    listed = set[str]()
    for measure in ("cn-2023-gage", "cn-2023-graphite", "cn-2024-sb", "cn-2025-w", "cn-2025-ree7"):
        listed |= {e for e in stated.ends("restricts", measure) if e.startswith("Material:")}
    assert stated.ends("restricts", "cn-2026-jpn") == listed
    assert stated.ends("restricts", "ru-2022-noblegas") >= {"Material:neon", "Material:helium"}
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


def test_a_quota_at_home_is_a_policy_on_its_material(of: Of) -> None:
    stated = of("restrictions")
    assert stated.ends("addresses", "cn-2016-quota") == {"rare-earths"}
    assert stated.ends("adopted_by", "Policy:cn-2016-quota") == {"CHN"}
    # Only the year is known, and the day that stands for it says so.
    assert stated.one("Policy", id="cn-2016-quota")["adopted_precision"] == "year"
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
    stated = of("claims")
    claims = {str(c.values["id"]): c.values for c in stated.all("Claim")}
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
        "test_complete": ["bgs-wms"],
    }
    # What states no fact says so, and is asked of nothing but what came of an aim.
    framed = {key for key, c in claims.items() if "framing" in c}
    assert framed == {f"A{n:02}" for n in range(1, 11)} | {"A36"}
    assert framed - untested == {"A09"}
    assert claims["A21"]["test_least"] == 50.0


# Technologies


@pytest.mark.parametrize(
    ("used", "technology", "role", "values"),
    [
        (
            "Product:lithium/cathode-material",
            "li-ion-battery",
            "charge carrier (carbonate/hydroxide)",
            {
                "importance": "essential",
                "component": "lithium/cathode-material",
                "support": "technology",
                "market_share": None,
                "verified": True,
            },
        ),
        (
            "Product:cobalt/sulphate",
            "li-ion-battery",
            "cathode active material",
            {
                "importance": "chemistry-dependent",
                "component": "lithium/cathode-material",
                "market_share": 0.66,
                "market_share_period": "2022",
            },
        ),
        (
            "Product:neodymium/metal",
            "wind-turbine",
            "NdFeB permanent magnet",
            {"importance": "type-dependent", "component": "rare-earths/ndfeb-magnet"},
        ),
        # What a source contradicts is not shown as verified, nor is what was not found.
        (
            "Product:silicon-metal/ferrosilicon",
            "traction-motor",
            "silicon steel",
            {"support": "contradicted", "verified": False},
        ),
        ("Product:scandium/oxide", "electrolyser", None, {"support": "related", "verified": False}),
        # The form is not known: chips of whatever kind.
        ("Material:gallium", "robotics", None, {"support": "none"}),
        ("Product:beryllium/copper-master-alloy", "jet-engine", None, {"verified": False}),
    ],
)
def test_uses_as_read(
    of: Of, used: str, technology: str, role: str | None, values: dict[str, Value]
) -> None:
    ends: dict[str, Value] = {"used": used, "user": f"Technology:{technology}"}
    found = of("technologies").one("Use", **ends, **({"role": role} if role else {}))
    assert {name: found.get(name) for name in values} == values


def test_the_form_that_enters_is_said_and_what_rests_on_it_has_a_source(of: Of) -> None:
    stated = of("technologies")
    uses = stated.all("Use")
    grades = {f.values["id"]: f.values.get("grade") for f in stated.all("Source")}
    # Where no form is known the statement stays one on the material.
    assert len([f for f in uses if str(f.values["used"]).startswith("Material:")]) < 10
    for fact in uses:
        assert str(fact.values["user"]).startswith("Technology:")
        if fact.values["importance"] == "essential":
            assert grades[fact.values["source"]] in ("A", "B", "C"), fact
        if "market_share" in fact.values:
            assert grades[fact.values["market_share_source"]] in ("A", "B", "C"), fact
            assert fact.values["market_share_period"], fact


def test_sectors_served(of: Of) -> None:
    stated = of("technologies")
    assert stated.ends("serves", "Technology:permanent-magnet") == {
        "automotive",
        "renewables",
        "digital",
        "defence",
    }
    assert stated.ends("serves", "Technology:fertiliser") == {"agrifood"}


@pytest.mark.parametrize(
    ("home", "owned", "holder", "values"),
    [
        ("CHN", "Project:mine/tenke-fungurume", "CMOC", {"share": 0.8, "kind": "equity"}),
        ("CHN", "Industry:IDN:nickel/refined", "all companies", {"share": 0.75, "kind": "control"}),
        # 57 % of a holding that has 90 %.
        ("CHN", "Project:mine/weda-bay", "Tsingshan", {"share": 0.513}),
        ("FRA", "Project:mine/weda-bay", "Eramet", {"share": 0.387}),
        # Named as shareholders; no share is said, and none is made up.
        ("CHN", "Project:mine/smb-boke", "China Hongqiao and Yantai Port", {"share": None}),
    ],
)
def test_stakes_as_read(
    of: Of, home: str, owned: str, holder: str, values: dict[str, Value]
) -> None:
    found = of("ownership").one("Ownership", home=home, owned=owned, holder=holder)
    assert {name: found.get(name) for name in values} == values


def test_an_industry_that_is_owned_is_made_with_its_structure(of: Of) -> None:
    stated = of("ownership")
    assert stated.one("Industry", id="IDN:nickel/refined")
    assert stated.ends("has", "IDN") == {"IDN:nickel/refined"}


@pytest.mark.parametrize(
    ("timed", "measure", "values"),
    [
        ("ExportRestriction:cn-2023-gage", "licence-time", {"high": 45, "unit": "day"}),
        ("Product:rare-earths/ndfeb-magnet", "user-stock", {"low": 2, "high": 3, "unit": "month"}),
        # The decree itself was not read.
        ("Policy:cn-2024-dualuse", "licence-limit", {"high": 45, "verified": False}),
    ],
)
def test_times_as_read(of: Of, timed: str, measure: str, values: dict[str, Value]) -> None:
    found = of("times").one("Duration", timed=timed, measure=measure)
    assert {name: found.get(name) for name in values} == values


def test_days_to_the_first_stop_are_those_between_the_two_days(of: Of) -> None:
    found = of("times").one("Duration", measure="time-to-stop")
    assert found["amount"] == (date(2025, 5, 26) - date(2025, 4, 4)).days
