"""Curated facts on policies, the auditors' findings, stockpiles, projects and capacities."""

from __future__ import annotations

import csv
import random
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from orepath.loaders import rebuild
from orepath.loaders.curated.policies import COLUMNS as POLICY_COLUMNS
from orepath.loaders.curated.policies import SOURCE
from orepath.loaders.curated.reading import vocabulary
from orepath.loaders.protocol import Ledger, loader, sha256, sidecars
from orepath.loaders.tables import read_mapping
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact, Value
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

from .test_curated import Stated

NAMES = ("policies", "stockpiles", "projects", "capacities")
Values = dict[str, Value]


@cache
def stated(name: str, shared: Path) -> Stated:
    source = f"orepath-{name}"
    ledger = Ledger()
    files = [shared / path for path in rebuild.bundled_files()[source]]
    return Stated(loader(sidecars()[source].loader).facts(files, ledger), ledger)


def at_line(facts: Stated, line: int, term: str) -> Values:
    """The one fact of a term that a line of the file states."""
    (fact,) = [f for f in facts.all(term) if f.place.line == line]
    return dict(fact.values)


def some(values: Values, names: Values) -> Values:
    return {name: values.get(name) for name in names}


def rows(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "facts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# What holds of all four


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_booked_and_none_refused(shared: Path, name: str) -> None:
    found = stated(name, shared)
    files = rebuild.bundled_files()[f"orepath-{name}"]
    assert found.ledger.balanced
    assert not found.ledger.rejected
    assert found.ledger.rows_read == sum(len(rows(shared, Path(file).name)) for file in files)


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_one_of_the_ontology(shared: Path, name: str) -> None:
    validator = Validator(load_schema())
    for fact in stated(name, shared).facts:
        validator.check(fact)


@pytest.mark.parametrize("name", NAMES)
def test_the_sidecar_knows_the_files(shared: Path, name: str) -> None:
    side = sidecars()[f"orepath-{name}"]
    files = {Path(path).name: shared / path for path in rebuild.bundled_files()[side.id]}
    assert {file.name: file.sha256 for file in side.files} == {
        file: sha256(path) for file, path in files.items()
    }
    assert loader(side.loader).recognise(list(files.values())) == side.id


@pytest.mark.parametrize("name", NAMES)
def test_no_two_rows_write_one_fact(shared: Path, name: str) -> None:
    """Two claims of one id, or two holdings of one key, would overwrite each other."""
    found = stated(name, shared)
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
def test_benchmarks(shared: Path, benchmark: str, values: Values, stages: set[str] | None) -> None:
    found = stated("policies", shared)
    assert some(found.one("Benchmark", id=benchmark), values) == values
    policy = benchmark.partition("/")[0]
    assert benchmark in found.ends("sets", policy)
    assert stages is None or found.ends("applies_to", benchmark) == stages


def test_the_act(shared: Path) -> None:
    found = stated("policies", shared)
    values = found.one("Regulation", id="crma")
    assert (values["adopted"], values["verified"]) == (date(2024, 4, 11), True)
    assert found.ends("adopted_by", "Policy:crma") == {"EU27"}
    assert found.ends("addresses", "eu-3tg") == {"tin", "tantalum", "tungsten", "gold"}
    assert found.one("Regulation", id="cn-re-regs")["verified"] is False


def test_a_policy_is_verified_where_a_row_of_it_was_read(shared: Path) -> None:
    programmes = {line["programme"]: line["policy"] for line in read_mapping("stockpiles")}
    read = {row["policy_id"] for row in rows(shared, "policies.csv") if row["confidence"] == "S"}
    read |= {
        programmes[row["programme"]]
        for row in rows(shared, "stockpiles.csv")
        if row["confidence"] == "S"
    }
    lines = list(read_mapping("policies"))
    assert {line["policy"] for line in lines if line["verified"] == "true"} == read


def test_a_benchmark_is_verified_where_a_row_of_it_was_read(shared: Path) -> None:
    marks: dict[str, bool] = {}
    for name in ("policies", "stockpiles"):
        found = stated(name, shared)
        for fact in found.all("Benchmark"):
            assert fact.place.line is not None
            table = rows(shared, fact.place.file)
            read = table[fact.place.line - 2]["confidence"] == "S"
            identifier = str(fact.values["id"])
            marks[identifier] = marks.get(identifier, False) or read
    expected = {
        line["benchmark"]: line["verified"] == "true" for line in read_mapping("policy_benchmarks")
    }
    assert marks == expected


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
def test_provisions_that_are_claims(shared: Path, claim: str, values: Values) -> None:
    assert some(stated("policies", shared).one("Claim", id=claim), values) == values


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
def test_findings_of_the_auditors(
    shared: Path, finding: str, values: Values, about: set[str]
) -> None:
    found = stated("policies", shared)
    claim = found.one("Claim", id=finding)
    assert some(claim, values) == values
    assert claim["asserted_by"] == "European Court of Auditors"
    assert about | {"Policy:eca-sr-2026-04"} <= found.ends("about", finding)
    assert len(found.ends("made_in", finding)) == 1


def test_a_list_or_an_outlook_is_no_policy(shared: Path) -> None:
    found = stated("policies", shared)
    ids = {f.values["id"] for t in ("Policy", "Regulation", "Strategy") for f in found.all(t)}
    assert not ids & {"iea-gcmo-2025", "us-cml-2025", "nato-dcm", "ec-reply"}
    assert found.ends("about", "nato-dcm/members") >= {"Economy:NATO", "Material:gallium"}


# Stockpiles


@pytest.mark.parametrize(
    ("line", "material", "values"),
    [
        # Days of consumption are no tonnes.
        (4, "cobalt", {"amount": 60.0, "unit": "day", "status": "held", "period": "2020"}),
        # 42 national and 18 private days.
        (5, "gallium", {"amount": 60.0, "unit": "day", "status": "target"}),
        # Named and without a number.
        (8, "rare-earths", {"amount": None, "unit": None, "status": "named"}),
        # "up to" stands in the note: a ceiling, in money.
        (9, "cobalt", {"amount": None, "high": 500000000.0, "unit": "USD"}),
        (10, "antimony", {"amount": 245000000.0, "status": "planned purchase"}),
        (13, "lithium", {"amount": 550.0, "unit": "t", "period": "2026-03-04"}),
        # Short tons.
        (17, "chromium", {"amount": 4082.33133, "status": "request for information"}),
        (18, "indium", {"amount": None, "high": 403.0, "unit": "t"}),
        (21, "cobalt", {"policy": "cn-state-reserves", "amount": 15000.0}),
        (22, "germanium", {"amount": None, "period": "2021-2024", "status": "reported held"}),
    ],
)
def test_holdings_as_read(shared: Path, line: int, material: str, values: Values) -> None:
    found = stated("stockpiles", shared)
    (fact,) = [f for f in found.all("StockHolding", material=material) if f.place.line == line]
    assert some(dict(fact.values), values) == values


def test_a_coverage_to_reach_is_a_benchmark_and_no_stock(shared: Path) -> None:
    found = stated("stockpiles", shared)
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
    shared: Path, project: str, values: Values, makes: set[str] | None, countries: set[str]
) -> None:
    found = stated("projects", shared)
    assert some(found.one("Project", id=project), values) == values
    assert makes is None or found.ends("project_makes", project) == makes
    assert found.ends("located_in", project) == countries
    assert found.ends("listed_under", project) == {"crma"}
    assert found.ends("documented_by", f"Project:{project}")


def test_all_projects_of_the_lists_and_only_coordinates_that_are_known(shared: Path) -> None:
    found = stated("projects", shared)
    union = [f.values for f in found.all("Project") if "EU-47" in str(f.values["status"])]
    abroad = [f.values for f in found.all("Project") if "non-EU-13" in str(f.values["status"])]
    assert len({str(values["id"]) for values in (*union, *abroad)}) == 60
    assert (len(union), len(abroad)) == (47, 13)
    points = {row["name"]: row for row in rows(shared, "projects_coordinates.csv")}
    for values in (*union, *abroad):
        row = points.get(str(values["name"]))
        given = (values.get("latitude"), values.get("longitude"))
        assert given == ((float(row["lat"]), float(row["lon"])) if row else (None, None))


def test_counts_over_projects_are_claims(shared: Path) -> None:
    found = stated("projects", shared)
    (lithium,) = list(found.all("about", end="Material:lithium"))
    assert found.one("Claim", id=lithium.values["start"])["value"] == 18.0
    (france,) = list(found.all("about", end="Economy:FRA"))
    assert found.one("Claim", id=france.values["start"])["value"] == 9.0
    floor = [f.values for f in found.all("Claim") if "at least" in str(f.values["predicate"])]
    assert [(values["low"], values.get("value")) for values in floor] == [(160.0, None)]


def test_the_counts_of_the_annex_are_those_of_the_projects(shared: Path) -> None:
    """The file counts its own projects right, country by country."""
    found = stated("projects", shared)
    union = {f.values["id"] for f in found.all("Project") if "EU-47" in str(f.values["status"])}
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
    ("line", "term", "values"),
    [
        # A country's capacity less its output, in thousand tonnes.
        (2, "IndustryObservation", {"measure": "spare-capacity", "amount": 650000.0}),
        (7, "IndustryObservation", {"industry": "CHN:aluminium/primary-metal", "amount": 0.0}),
        # The residual and the world make nothing.
        (14, "IndustryObservation", {"industry": "REST:usgs-mcs:aluminium/primary-metal"}),
        (
            16,
            "IndustryObservation",
            {"amount": 700.0, "basis": "contained", "original_value": "700"},
        ),
        # Up to, and announced.
        (72, "FacilityObservation", {"high": 11.0, "amount": None, "status": "forecast"}),
        # Announced without a number.
        (74, "FacilityObservation", {"status": "not-stated", "amount": None, "unit": None}),
        # A share of the world's supply is no tonnage.
        (
            75,
            "FacilityObservation",
            {"measure": "share-of-supply", "high": 10.0},
        ),
        # A component of a strategic project.
        (77, "FacilityObservation", {"project": "crma/baux-eu-gallant-and-leader", "amount": 50.0}),
        # Magnets taken in, none made.
        (81, "FacilityObservation", {"measure": "intake-capacity", "amount": 2000.0}),
        # A quota is of the country and no capacity.
        (87, "IndustryObservation", {"measure": "production-quota", "amount": 270000.0}),
        # Output under the heading of capacity.
        (93, "FacilityObservation", {"measure": "production", "period": "2022"}),
        # Offtaken tonnes: the plant makes at least that.
        (94, "FacilityObservation", {"low": 36000.0, "amount": None}),
        (95, "FacilityObservation", {"product": "synthetic-graphite/anode-material"}),
        (109, "IndustryObservation", {"measure": "production", "status": "estimated"}),
        (110, "FacilityObservation", {"low": 5000.0, "amount": None, "basis": "oxide-equivalent"}),
    ],
)
def test_capacities_as_read(shared: Path, line: int, term: str, values: Values) -> None:
    assert some(at_line(stated("capacities", shared), line, term), values) == values


def test_recycled_magnets_are_not_made(shared: Path) -> None:
    found = stated("capacities", shared)
    assert "rare-earths/ndfeb-magnet" not in found.ends("project_makes", "crma/caremag")


def test_a_strategic_project_is_one_node(shared: Path) -> None:
    """The two data sets name a project alike; what it is, is said by the list."""
    known = {f.values["id"]: f.values["name"] for f in stated("projects", shared).all("Project")}
    shared_ones = [
        f.values
        for f in stated("capacities", shared).all("Project")
        if str(f.values["id"]).startswith("crma/")
    ]
    assert len(shared_ones) == 7
    for values in shared_ones:
        assert values == {"id": values["id"], "name": known[values["id"]]}


def test_spare_capacity_rests_on_capacities_that_the_publisher_states(shared: Path) -> None:
    """Why the USGS rows' own capacity is no second fact: usgs-mcs-2026 holds each of them."""
    source = "usgs-mcs-2026"
    files = [shared / path for path in rebuild.bundled_files()[source]]
    published: dict[tuple[Value, Value], set[Value]] = {}
    for fact in loader(sidecars()[source].loader).facts(files, Ledger()):
        if fact.term == "IndustryObservation" and fact.values["measure"] == "capacity":
            key = (fact.values["industry"], fact.values["period"])
            published.setdefault(key, set()).add(fact.values.get("amount"))
    table = rows(shared, "capacity.csv")
    spare = stated("capacities", shared).all("IndustryObservation", measure="spare-capacity")
    assert len(spare) == 66
    for fact in spare:
        assert fact.place.line is not None
        row = table[fact.place.line - 2]
        factor = 1000 if row["unit"] == "kt/yr" else 1
        stated_there = published[fact.values["industry"], fact.values["period"]]
        assert float(row["value"]) * factor in stated_there, row


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
            if mark in flagged and material in vocabulary()["Material"]:
                flagged[mark].add(material)
    listed = {
        str(f.values["material"])
        for f in stated("criticality", shared).all("Listing", list="US-2025")
    }
    assert len(flagged["Yes"]) > 50
    assert flagged["Yes"] <= listed
    assert not flagged["No"] & listed
    # On the list by the notice, and in no table of the Summaries.
    assert listed - flagged["Yes"] == {"coking-coal", "thulium", "uranium"}


# Files that are not what they should be


def header(*names: str) -> str:
    return ",".join(names) + "\n"


def made(tmp_path: Path, **cells: str) -> tuple[list[Fact], Ledger]:
    """What one row of policies gives, with a file of findings that has none."""
    row = {
        "policy_id": "crma",
        "policy": "Critical Raw Materials Act",
        "jurisdiction": "EU",
        "date": "2024-05-23",
        "kind": "benchmark",
        "attribute": "benchmark extraction 2030",
        "value": "10",
        "unit": "%",
        "note": "",
        "source_title": "Act",
        "publisher": "EU",
        "source_date": "2024",
        "url": "https://example.org",
        "confidence": "S",
    } | cells
    first, second = tmp_path / "policies.csv", tmp_path / "eca.csv"
    columns = random.Random(7).sample(sorted(row), len(row))
    first.write_text(
        header(*columns) + ",".join(f'"{row[n]}"' for n in columns) + "\n", "utf-8-sig"
    )
    second.write_text(header(*POLICY_COLUMNS["eca_sr_2026_04"]), "utf-8")
    ledger = Ledger()
    return list(loader("policies").facts([second, first], ledger)), ledger


def test_order_of_columns_and_of_files_says_nothing(tmp_path: Path) -> None:
    facts, ledger = made(tmp_path)
    assert (ledger.rows_read, ledger.used) == (1, 1)
    (benchmark,) = [f for f in facts if f.term == "Benchmark"]
    assert benchmark.values["value"] == 10.0


def test_a_new_provision_of_a_known_policy_needs_no_code(tmp_path: Path) -> None:
    facts, ledger = made(tmp_path, attribute="fund", value="up to 5", unit="bn EUR")
    assert ledger.used == 1
    (claim,) = [f for f in facts if f.term == "Claim"]
    assert some(dict(claim.values), {"high": 5.0, "value": None}) == {"high": 5.0, "value": None}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"policy_id": "crmb"}, "does not say how to read it"),
        ({"value": "12"}, "was written for '10'"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    tmp_path: Path, cells: dict[str, str], reason: str
) -> None:
    facts, ledger = made(tmp_path, **cells)
    (rejection,) = ledger.rejected
    assert facts == []
    assert (rejection.place.file, rejection.place.line) == ("policies.csv", 2)
    assert reason in rejection.reason
    assert rejection.remedy


@pytest.mark.parametrize("name", NAMES)
def test_a_foreign_a_lacking_or_a_cut_file_is_refused(
    shared: Path, tmp_path: Path, name: str
) -> None:
    source = f"orepath-{name}"
    module = loader(sidecars()[source].loader)
    with pytest.raises(OrepathError, match="no column"):
        module.recognise([shared / "facts" / "stages.csv"])
    first, *others = [shared / path for path in rebuild.bundled_files()[source]]
    if others:
        with pytest.raises(OrepathError, match="no file of"):
            module.recognise([first])
    copy = tmp_path / "cut.csv"
    copy.write_bytes(first.read_bytes()[:-40])
    with pytest.raises(OrepathError, match=r"cut off or damaged|not comma"):
        list(module.facts([copy, *others], Ledger()))


@pytest.mark.parametrize("name", NAMES)
def test_noise_is_an_error_or_a_rejected_row_and_never_a_traceback(
    shared: Path, tmp_path: Path, name: str
) -> None:
    source = f"orepath-{name}"
    first, *others = [shared / path for path in rebuild.bundled_files()[source]]
    clean = first.read_bytes()
    module = loader(sidecars()[source].loader)
    draw = random.Random(name)
    for blows in (1, 20, 300):
        noisy = bytearray(clean)
        for _ in range(blows):
            noisy[draw.randrange(len(noisy))] = draw.choice(b',"\n 0;-<>%\x00\xff')
        copy = tmp_path / "noise.csv"
        copy.write_bytes(noisy)
        ledger = Ledger()
        problem = ""
        try:
            list(module.facts([copy, *others], ledger))
        except OrepathError as error:
            problem = str(error)
        assert "noise.csv" in problem if problem else ledger.balanced


def test_the_source_of_policies_is_its_own() -> None:
    assert sidecars()[SOURCE].redistributable
