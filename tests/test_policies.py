"""Curated facts on policies, the auditors' findings, stockpiles, projects and capacities."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from orepath.loaders import bundle
from orepath.ontology.facts import Value

from .stated import individuals, some, stated

NAMES = ("policies", "stockpiles", "projects", "capacities")
Values = dict[str, Value]


# What holds of all four


@pytest.mark.parametrize("name", NAMES)
def test_no_two_rows_write_one_fact(name: str) -> None:
    """Two claims of one id, or two holdings of one key, would overwrite each other."""
    found = stated(name)
    claims = Counter(fact.values["id"] for fact in found.all("Claim"))
    assert [key for key, count in claims.items() if count > 1] == []
    for term, key in (
        ("StockHolding", ("policy", "material", "source", "period")),
        ("FacilityObservation", ("project", "source", "product", "measure", "basis", "period")),
        ("IndustryObservation", ("industry", "source", "measure", "basis", "period")),
    ):
        part = ("part",) if term == "FacilityObservation" else ()
        counted = Counter(tuple(f.values[n] for n in (*key, *part)) for f in found.all(term))
        assert [given for given, count in counted.items() if count > 1] == []


# Policies


@pytest.mark.parametrize(
    ("benchmark", "values", "stages"),
    [
        ("crma/extraction", {"value": 10.0, "direction": "at-least"}, {"extraction"}),
        ("crma/processing", {"value": 40.0, "unit": "percent"}, {"separation-refining"}),
        ("crma/recycling", {"value": 25.0, "verified": True}, {"recycling"}),
        # A ceiling, and at any relevant stage: at none in particular.
        ("crma/single-country", {"value": 65.0, "direction": "at-most"}, set()),
        # Of a document that was not read.
        ("crma/permit-extraction", {"value": 27.0, "unit": "month", "verified": False}, None),
        # Two thresholds stand in one cell.
        ("crma/supply-risk-threshold", {"value": 1.0, "unit": "index"}, set()),
        ("crma/economic-importance-threshold", {"value": 2.8, "direction": "at-least"}, set()),
        # Four metals in one cell, and a second stage in the note.
        ("eu-battreg/cobalt-2031", {"value": 16.0, "verified": False}, {"recycling"}),
        ("eu-battreg/lithium-2036", {"value": 12.0}, {"recycling"}),
        # Prices are kept by the tonne.
        ("dow-mp/ndpr-price", {"value": 110000.0, "unit": "USD/t"}, set()),
        ("kr-cms/single-country", {"value": 50.0, "direction": "at-most"}, set()),
    ],
)
def test_benchmarks(benchmark: str, values: Values, stages: set[str] | None) -> None:
    found = stated("policies")
    assert some(found.one("Benchmark", id=benchmark), values) == values
    policy = benchmark.partition("/")[0]
    assert benchmark in found.ends("sets", policy)
    assert stages is None or found.ends("applies_to", benchmark) == stages


def test_the_act() -> None:
    found = stated("policies")
    values = found.one("Regulation", id="crma")
    assert (values["adopted"], values["verified"]) == (date(2024, 4, 11), True)
    assert found.ends("adopted_by", "Policy:crma") == {"EU27"}
    assert found.ends("addresses", "eu-3tg") == {"tin", "tantalum", "tungsten", "gold"}
    # China's decree of 2024 stands once, among what limits exports.
    assert not found.all("Regulation", id="cn-re-regs")


@pytest.mark.parametrize(
    ("claim", "values"),
    [
        # "up to" stands in the note: a ceiling.
        ("resourceeu/financing-over-12-months", {"high": 3.0, "value": None, "unit": "bn EUR"}),
        # A bound in the cell.
        ("resourceeu/share-of-eu-rare-earth-magnets-from-china", {"low": 90.0, "unit": "percent"}),
        ("eca-sr-2026-04/mine-lead-time-in-eu", {"high": 20.0, "made_on": date(2026, 2, 2)}),
        # A month is no number, and no range either.
        ("us-232-pcmdp/opened", {"object": "2025-04", "value": None, "low": None}),
        ("project-vault/total-size", {"value": 12.0, "unit": "bn USD"}),
    ],
)
def test_provisions_that_are_claims(claim: str, values: Values) -> None:
    assert some(stated("policies").one("Claim", id=claim), values) == values


@pytest.mark.parametrize(
    ("finding", "values", "about"),
    [
        ("eca03", {"value": 7.0, "unit": "partnerships"}, {"Economy:EU27"}),
        ("eca04", {"value": 50.0, "period": "2020-2024"}, {"Economy:EU27"}),
        # A finding without a number.
        ("eca05", {"value": None, "object": None}, {"Economy:EU27"}),
        ("eca11", {"high": 20.0, "value": None}, {"Stage:extraction"}),
        ("ecas02", {"value": 71.0, "verified": True}, {"Material:gallium", "Economy:CHN"}),
        # The word in the document was a machine's translation.
        ("ecas19", {"value": 33.0, "verified": False}, {"Material:silicon-metal", "Economy:NOR"}),
        ("ecas22", {"low": 69.0, "high": 74.0}, {"Material:neodymium", "Material:praseodymium"}),
        # Three numbers of one page that nobody else has.
        ("ecax1", {"value": None, "object": "8 / 24 / 12 %", "verified": False}, {"Policy:crma"}),
    ],
)
def test_findings_of_the_auditors(finding: str, values: Values, about: set[str]) -> None:
    found = stated("policies")
    claim = found.one("Claim", id=finding)
    assert some(claim, values) == values
    assert claim["asserted_by"] == "European Court of Auditors"
    # What the auditors found is of its subject; their report is no policy that makes it true.
    assert about <= found.ends("about", finding)
    assert "Policy:eca-sr-2026-04" not in found.ends("about", finding)
    assert len(found.ends("made_in", finding)) == 1


def test_a_list_or_an_outlook_is_no_policy() -> None:
    found = stated("policies")
    ids = {f.values["id"] for t in ("Policy", "Regulation", "Strategy") for f in found.all(t)}
    assert not ids & {"iea-gcmo-2025", "us-cml-2025", "nato-dcm", "ec-reply"}
    assert found.ends("about", "nato-dcm/members") >= {"Economy:NATO", "Material:gallium"}


# Stockpiles


@pytest.mark.parametrize(
    ("key", "material", "values"),
    [
        # Days of consumption are no tonnes.
        (
            {"period": "2020"},
            "cobalt",
            {"amount": 60.0, "unit": "day", "status": "held", "period": "2020"},
        ),
        # 42 national and 18 private days.
        ({"policy": "jp-jogmec"}, "gallium", {"amount": 60.0, "unit": "day", "status": "target"}),
        # Named and without a number.
        (
            {"policy": "project-vault"},
            "rare-earths",
            {"amount": None, "unit": None, "status": "named"},
        ),
        # "up to" stands in the note: a ceiling, in money.
        ({"policy": "us-nds"}, "cobalt", {"amount": None, "high": 500000000.0, "unit": "USD"}),
        ({"policy": "us-nds"}, "antimony", {"amount": 245000000.0, "status": "planned-purchase"}),
        ({"policy": "us-nds"}, "lithium", {"amount": 550.0, "unit": "t", "period": "2026-03-04"}),
        # Short tons.
        (
            {"policy": "us-nds"},
            "chromium",
            {"amount": 4082.33133, "status": "requested", "status_text": "request for information"},
        ),
        ({"policy": "us-nds"}, "indium", {"amount": None, "high": 403.0, "unit": "t"}),
        ({"period": "2024"}, "cobalt", {"policy": "cn-state-reserves", "amount": 15000.0}),
        (
            {"policy": "cn-state-reserves"},
            "germanium",
            {"amount": None, "period": "2021-2024", "status": "reported-held"},
        ),
    ],
)
def test_holdings_as_read(key: Values, material: str, values: Values) -> None:
    found = stated("stockpiles")
    holding = found.one("StockHolding", material=material, **key)
    assert some(holding, values) == values


def test_a_coverage_to_reach_is_a_benchmark_and_no_stock() -> None:
    found = stated("stockpiles")
    assert found.one("Benchmark", id="jp-jogmec/standard")["value"] == 60.0
    assert found.one("Benchmark", id="kr-pps-komir/coverage")["verified"] is False
    assert not [f for f in found.all("StockHolding") if f.values["policy"] == "kr-pps-komir"]
    # Money without a material is said of the programme.
    assert len(found.all("about", end="Policy:us-nds")) == 2


# Projects


@pytest.mark.parametrize(
    ("project", "values", "makes", "countries"),
    [
        # Extraction and processing of two materials: nobody mines gallium.
        (
            "crma/baux-eu-gallant-and-leader",
            {"promoter": "Metlen Energy & Metals; European Bauxites"},
            {"aluminium/bauxite", "aluminium/alumina", "gallium/primary-low-purity"},
            {"GRC"},
        ),
        # The address of the company is no site.
        ("crma/gepeto", {"place": None, "latitude": None}, {"germanium/refined"}, {"BEL"}),
        # What replaces graphite is no graphite.
        ("crma/prohipersi", {"place": "Duisburg"}, set(), {"DEU"}),
        # The one of the 47 that lies outside the Union too.
        (
            "crma/european-initiative-for-strategic-and-sustainable-graphite",
            {"place": None},
            set(),
            {"FRA", "DEU", "NAM"},
        ),
        ("crma/aguablanca-project", {"latitude": 37.9541, "longitude": -6.1767}, None, {"ESP"}),
        # A point typed by a compiler without a source.
        ("crma/jadar", {"longitude": 19.3, "coordinates_verified": False}, None, {"SRB"}),
        # In the south and in the west, in two spellings of country.
        ("crma/caledoni", {"latitude": -22.254025}, {"nickel/refined"}, {"NCL"}),
        ("crma/greenland-graphite-norgraph", {"longitude": -44.9250972}, None, {"GRL", "NOR"}),
        ("crma/cinovec-lithium-project", {"place": "Cínovec"}, None, {"CZE"}),
        ("crma/verde-magnesium", {"place": "Bihor"}, set(), {"ROU"}),
    ],
)
def test_projects_as_read(
    project: str, values: Values, makes: set[str] | None, countries: set[str]
) -> None:
    found = stated("projects")
    assert some(found.one("Project", id=project), values) == values
    assert makes is None or found.ends("project_makes", project) == makes
    assert found.ends("located_in", project) == countries
    assert found.ends("listed_under", project) == {"crma"}
    assert found.ends("documented_by", f"Project:{project}")


def test_all_projects_of_the_lists_and_only_coordinates_that_are_known() -> None:
    found = stated("projects")
    union = [f.values for f in found.all("Project") if "EU-47" in str(f.values.get("status_text"))]
    abroad = [
        f.values for f in found.all("Project") if "non-EU-13" in str(f.values.get("status_text"))
    ]
    assert len({str(values["id"]) for values in (*union, *abroad)}) == 60
    assert (len(union), len(abroad)) == (47, 13)
    located = [values for values in (*union, *abroad) if "latitude" in values]
    assert len(located) == 19
    for values in (*union, *abroad):
        assert (
            ("latitude" in values) == ("longitude" in values) == ("coordinates_verified" in values)
        )


def test_counts_over_projects_are_claims() -> None:
    found = stated("projects")
    (lithium,) = list(found.all("about", end="Material:lithium"))
    assert found.one("Claim", id=lithium.values["start"])["value"] == 18.0
    (france,) = list(found.all("about", end="Economy:FRA"))
    assert found.one("Claim", id=france.values["start"])["value"] == 9.0
    floor = [f.values for f in found.all("Claim") if "at least" in str(f.values["predicate"])]
    assert [(values["low"], values.get("value")) for values in floor] == [(160.0, None)]


def test_the_counts_of_the_annex_are_those_of_the_projects() -> None:
    """The file counts its own projects right, country by country."""
    found = stated("projects")
    union = {
        f.values["id"] for f in found.all("Project") if "EU-47" in str(f.values.get("status_text"))
    }
    counted = Counter(
        f.values["end"] for f in found.all("located_in") if f.values["start"] in union
    )
    for fact in found.all("about"):
        end, start = str(fact.values["end"]), fact.values["start"]
        if end.startswith("Economy:"):
            value = found.one("Claim", id=start)["value"]
            assert counted[end.removeprefix("Economy:")] == value, end


# Capacities


@pytest.mark.parametrize(
    ("key", "term", "values"),
    [
        # A country's capacity less its output, in thousand tonnes.
        (
            {"industry": "USA:aluminium/primary-metal"},
            "IndustryObservation",
            {"measure": "spare-capacity", "amount": 650000.0},
        ),
        (
            {"industry": "CHN:aluminium/primary-metal"},
            "IndustryObservation",
            {"industry": "CHN:aluminium/primary-metal", "amount": 0.0},
        ),
        # The residual and the world make nothing.
        (
            {"industry": "REST:usgs-mcs:aluminium/primary-metal"},
            "IndustryObservation",
            {"industry": "REST:usgs-mcs:aluminium/primary-metal"},
        ),
        (
            {"industry": "CHN:gallium/primary-low-purity"},
            "IndustryObservation",
            {"amount": 700.0, "basis": "contained", "original_value": "700"},
        ),
        # Up to, and announced.
        (
            {"project": "plant/korea-zinc-onsan-germanium-circuit"},
            "FacilityObservation",
            {"high": 11.0, "amount": None, "status": "forecast"},
        ),
        # Announced without a number.
        (
            {"project": "plant/atalco-gramercy-gallium-circuit"},
            "FacilityObservation",
            {"status": "not-stated", "amount": None, "unit": None},
        ),
        # A share of the world's supply is no tonnage.
        (
            {"project": "plant/alcoa-sojitz-jaga-wagerup"},
            "FacilityObservation",
            {"measure": "share-of-supply", "high": 10.0},
        ),
        # A component of a strategic project.
        (
            {"project": "crma/baux-eu-gallant-and-leader"},
            "FacilityObservation",
            {"project": "crma/baux-eu-gallant-and-leader", "amount": 50.0},
        ),
        # Magnets taken in, none made.
        (
            {"project": "crma/caremag"},
            "FacilityObservation",
            {"measure": "intake-capacity", "amount": 2000.0},
        ),
        # A quota is of the country and no capacity.
        (
            {"industry": "CHN:rare-earths/ore"},
            "IndustryObservation",
            {"measure": "production-quota", "amount": 270000.0},
        ),
        # Output under the heading of capacity.
        (
            {"project": "plant/syrah-balama"},
            "FacilityObservation",
            {"measure": "production", "period": "2022"},
        ),
        # Offtaken tonnes: the plant makes at least that.
        (
            {"project": "plant/nouveau-monde-becancour-phase-2"},
            "FacilityObservation",
            {"low": 36000.0, "amount": None},
        ),
        (
            {"project": "plant/novonix-chattanooga"},
            "FacilityObservation",
            {"product": "synthetic-graphite/anode-material"},
        ),
        (
            {"industry": "COD:cobalt/ore"},
            "IndustryObservation",
            {"measure": "production", "status": "estimated"},
        ),
        (
            {"project": "plant/serra-verde-goias"},
            "FacilityObservation",
            {"low": 5000.0, "amount": None, "basis": "oxide-equivalent"},
        ),
    ],
)
def test_capacities_as_read(key: Values, term: str, values: Values) -> None:
    assert some(stated("capacities").one(term, **key), values) == values


def test_recycled_magnets_are_not_made() -> None:
    found = stated("capacities")
    assert "rare-earths/ndfeb-magnet" not in found.ends("project_makes", "crma/caremag")


def test_a_strategic_project_is_one_node() -> None:
    """The two data sets name a project alike; what it is, is said by the list."""
    known = {f.values["id"]: f.values["name"] for f in stated("projects").all("Project")}
    shared_ones = [
        f.values
        for f in stated("capacities").all("Project")
        if str(f.values["id"]).startswith("crma/")
    ]
    assert len(shared_ones) == 7
    for values in shared_ones:
        assert values == {"id": values["id"], "name": known[values["id"]]}


def test_spare_capacity_rests_on_capacities_that_the_publisher_states() -> None:
    """Why the USGS rows' own capacity is no second fact: usgs-mcs-2026 holds each of them."""
    published: dict[tuple[Value, Value], set[Value]] = {}
    for fact in bundle.read("usgs-mcs-2026"):
        if fact.term == "IndustryObservation" and fact.values["measure"] == "capacity":
            key = (fact.values["industry"], fact.values["period"])
            published.setdefault(key, set()).add(fact.values.get("amount"))
    spare = stated("capacities").all("IndustryObservation", measure="spare-capacity")
    assert len(spare) == 66
    for fact in spare:
        given = re.search(r"national capacity, ([\d.]+) (k?)t/yr", str(fact.values["note"]))
        assert given, fact.place
        amount = float(given[1]) * (1000 if given[2] else 1)
        assert amount in published[fact.values["industry"], fact.values["period"]], fact.place


# The US list of 2025 against the flag in the publisher's own file

USGS_NAMES = {
    "Aluminum": "aluminium",
    "Barite": "baryte",
    "Boron": "boron",
    "Cesium": "caesium",
    "Graphite (Natural)": "natural-graphite",
    "Magnesium Metal": "magnesium",
    "Niobium (Columbium)": "niobium",
    "Phosphate Rock": "phosphate-rock",
    "Silicon": "silicon-metal",
    "Titanium Mineral Concentrates": "titanium",
    "Titanium Sponge Metal": "titanium-metal",
}


def test_the_us_list_is_that_of_the_publishers_flag(shared: Path) -> None:
    file = shared / "data" / "usgs_mcs2026" / "MCS2026_Commodities_Data.csv"
    flagged: dict[str, set[str]] = {"Yes": set(), "No": set()}
    with file.open(encoding="cp1252", newline="") as text:
        for row in csv.DictReader(text):
            name = row["Commodity"].strip()
            material = USGS_NAMES.get(name, name.casefold())
            mark = row["Is critical mineral 2025"].strip()
            if mark in flagged and material in individuals()["Material"]:
                flagged[mark].add(material)
    listed = {
        str(f.values["material"]) for f in stated("criticality").all("Listing", list="US-2025")
    }
    assert len(flagged["Yes"]) > 50
    assert flagged["Yes"] <= listed
    assert not flagged["No"] & listed
    # On the list by the notice, and in no table of the Summaries.
    assert listed - flagged["Yes"] == {"coking-coal", "thulium", "uranium"}
