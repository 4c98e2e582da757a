"""The vocabularies: what they hold, that no name means two things, and that publishers' names
of countries and materials are found in them."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

from orepath.loaders.names import fold
from orepath.ontology.rdf import identifier
from orepath.ontology.schema import NAMESPACE, vocabulary_files

ORE = NAMESPACE
SOURCE = URIRef("http://purl.org/dc/terms/source")
SCHEMES = {
    "materials": 142,
    "economies": 282,
    "stages": 12,
    "sectors": 24,
    "technologies": 82,
    "components": 91,
    "indicators": 7,
}
EU_LIST_2023 = """
aluminium antimony arsenic baryte beryllium bismuth boron cobalt coking-coal copper feldspar
fluorspar gallium germanium hafnium heavy-rare-earths helium light-rare-earths lithium
magnesium manganese natural-graphite nickel niobium phosphate-rock phosphorus
platinum-group-metals scandium silicon-metal strontium tantalum titanium-metal tungsten
vanadium
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    found = Graph()
    for file in vocabulary_files():
        found.parse(str(file), format="turtle")
    return found


def words(text: str) -> set[str]:
    return set(text.split())


def term(name: str) -> URIRef:
    return URIRef(ORE + name)


def instances(graph: Graph, cls: str) -> set[URIRef]:
    return {s for s in graph.subjects(RDF.type, term(cls)) if isinstance(s, URIRef)}


def economies(graph: Graph) -> set[URIRef]:
    kinds = ("Country", "HistoricalState", "Bloc", "Aggregate")
    return set().union(*(instances(graph, kind) for kind in kinds))


def names(graph: Graph, subjects: set[URIRef]) -> dict[str, set[str]]:
    """Ids by folded label, other name and symbol."""
    found: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        for predicate in (SKOS.prefLabel, SKOS.altLabel, term("symbol")):
            for text in graph.objects(subject, predicate):
                found[fold(str(text))].add(identifier(subject))
    return found


def members(graph: Graph, group: str) -> set[str]:
    """Ids of the materials that are part of a group, directly or through another group."""
    whole = URIRef(f"{ORE}material/{group}")
    parts = set(graph.transitive_subjects(term("part_of"), whole)) - {whole}
    return {identifier(part) for part in parts if part is not None}


def in_bloc(graph: Graph, bloc: str, day: str) -> set[str]:
    """Ids of the countries that were members of a bloc on a day; both ends are inclusive."""
    found = set()
    for membership in graph.subjects(term("bloc"), URIRef(f"{ORE}economy/{bloc}")):
        first = graph.value(membership, term("from"))
        last = graph.value(membership, term("until"))
        country = graph.value(membership, term("country"))
        assert isinstance(first, Literal)
        assert country is not None
        until = date.max if last is None else date.fromisoformat(str(last))
        if date.fromisoformat(str(first)) <= date.fromisoformat(day) <= until:
            found.add(identifier(country))
    return found


def rows(file: Path, encoding: str = "utf-8-sig", delimiter: str = ",") -> Iterator[dict[str, str]]:
    with file.open(encoding=encoding, newline="") as stream:
        yield from csv.DictReader(stream, delimiter=delimiter)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_scheme_is_described_and_complete(graph: Graph, scheme: str) -> None:
    subject = URIRef(f"{ORE}scheme/{scheme}")
    for predicate in (RDFS.label, SKOS.prefLabel, SKOS.definition, SOURCE):
        assert graph.value(subject, predicate) is not None, predicate
    assert len(set(graph.subjects(SKOS.inScheme, subject))) == SCHEMES[scheme]


@pytest.mark.parametrize(
    "cls", ["Material", "Stage", "Sector", "Technology", "Component", "Indicator"]
)
def test_every_term_has_a_definition_and_a_source(graph: Graph, cls: str) -> None:
    subjects = instances(graph, cls)
    assert subjects
    for subject in subjects:
        assert graph.value(subject, SKOS.definition) is not None, subject
        assert graph.value(subject, SOURCE) is not None, subject


@pytest.mark.parametrize("cls", ["HistoricalState", "Bloc", "Aggregate"])
def test_economies_that_are_no_country_say_what_they_are(graph: Graph, cls: str) -> None:
    subjects = instances(graph, cls)
    assert subjects
    assert all(graph.value(subject, SKOS.definition) for subject in subjects)
    assert all(graph.value(subject, SOURCE) for subject in subjects)


@pytest.mark.parametrize(
    "cls", ["Material", "Stage", "Sector", "Technology", "Component", "Indicator"]
)
def test_no_name_means_two_terms(graph: Graph, cls: str) -> None:
    clashes = {n: i for n, i in names(graph, instances(graph, cls)).items() if len(i) > 1}
    assert not clashes


def test_no_name_or_code_means_two_economies(graph: Graph) -> None:
    assert not {n: i for n, i in names(graph, economies(graph)).items() if len(i) > 1}
    for code in ("alpha2", "alpha3", "numeric"):
        held = [str(c) for _, c in graph.subject_objects(term(code))]
        assert len(held) == len(set(held)), code


def test_one_label_each(graph: Graph) -> None:
    for subject in {s for s in graph.subjects(SKOS.prefLabel) if str(s).startswith(ORE)}:
        assert len(list(graph.objects(subject, SKOS.prefLabel))) == 1, subject


def test_the_34_critical_raw_materials_of_the_eu_are_there(graph: Graph) -> None:
    ids = {identifier(subject) for subject in instances(graph, "Material")}
    assert len(words(EU_LIST_2023)) == 34
    assert words(EU_LIST_2023) <= ids


def test_rare_earths_and_platinum_group_metals_are_in_their_groups(graph: Graph) -> None:
    groups = {"heavy-rare-earths", "light-rare-earths", "magnet-rare-earths"}
    elements = members(graph, "rare-earths") - groups
    assert len(elements) == 17
    heavy, light = members(graph, "heavy-rare-earths"), members(graph, "light-rare-earths")
    assert heavy == words(
        "dysprosium erbium europium gadolinium holmium lutetium terbium thulium ytterbium yttrium"
    )
    assert light == words("cerium lanthanum neodymium praseodymium promethium samarium")
    assert elements - heavy - light == {"scandium"}
    assert members(graph, "magnet-rare-earths") == {
        "neodymium",
        "praseodymium",
        "dysprosium",
        "terbium",
    }
    assert members(graph, "platinum-group-metals") == words(
        "iridium osmium palladium platinum rhodium ruthenium"
    )


def test_each_wikidata_entity_is_of_one_material(graph: Graph) -> None:
    held = [str(entity) for _, entity in graph.subject_objects(term("wikidata"))]
    assert len(held) == len(set(held))
    assert str(graph.value(URIRef(f"{ORE}material/gallium"), term("wikidata"))) == (
        "http://www.wikidata.org/entity/Q861"
    )


def test_countries_are_those_of_iso_and_kosovo(graph: Graph, shared: Path) -> None:
    ours = {
        tuple(str(graph.value(c, term(code))) for code in ("alpha3", "alpha2", "numeric"))
        for c in instances(graph, "Country")
    }
    listed = {
        (r["alpha-3"], r["alpha-2"], r["country-code"])
        for r in rows(shared / "data/reference/all.csv")
    }
    assert len(listed) == 249
    assert ours - listed == {("XKX", "XK", "None")}
    assert listed <= ours
    assert {identifier(c) for c in instances(graph, "Country")} == {code for code, *_ in ours}


@pytest.mark.parametrize(
    ("bloc", "day", "count"),
    [
        ("EU27", "2026-02-03", 27),
        ("EU27", "2020-02-01", 27),
        ("EU27", "2020-01-31", 28),
        ("EU27", "2019-12-31", 28),
        ("EU27", "1958-01-01", 6),
        ("EU27", "1990-01-01", 12),
        ("NATO", "2023-04-03", 30),
        ("NATO", "2023-04-04", 31),
        ("NATO", "2024-03-07", 32),
        ("G7", "2026-02-03", 7),
        ("OECD", "2026-02-03", 38),
        ("EFTA", "2026-02-03", 4),
        ("EFTA", "1965-01-01", 7),
        ("MERCOSUR", "2026-02-03", 5),
    ],
)
def test_members_of_blocs_on_a_day(graph: Graph, bloc: str, day: str, count: int) -> None:
    assert len(in_bloc(graph, bloc, day)) == count


def test_the_united_kingdom_left_and_russia_never_was_in_the_seven(graph: Graph) -> None:
    assert "GBR" in in_bloc(graph, "EU27", "2020-01-31")
    assert "GBR" not in in_bloc(graph, "EU27", "2020-02-01")
    assert "RUS" not in in_bloc(graph, "G7", "2005-01-01")


def test_memberships_are_named_after_their_key(graph: Graph) -> None:
    for membership in instances(graph, "Membership"):
        parts = (graph.value(membership, term(role)) for role in ("country", "bloc"))
        ends = [identifier(part) for part in parts if part is not None]
        key = ";".join((*ends, str(graph.value(membership, term("from")))))
        assert identifier(membership) == key


def test_stages_follow_each_other(graph: Graph, shared: Path) -> None:
    ours = {
        identifier(s): (str(graph.value(s, term("position"))), graph.value(s, term("study_code")))
        for s in instances(graph, "Stage")
    }
    for row in rows(shared / "facts/stages.csv"):
        code = Literal(row["eu_study_code"]) if row["eu_study_code"] else None
        assert ours[row["stage_id"].replace("_", "-")] == (row["order"], code)
    assert sorted(int(position) for position, _ in ours.values()) == list(range(1, 13))


def test_a_nace_division_leads_to_one_sector(graph: Graph, shared: Path) -> None:
    held: dict[str, list[str]] = defaultdict(list)
    for sector, code in graph.subject_objects(term("nace")):
        held[str(code)].append(identifier(sector))
    assert not {code: found for code, found in held.items() if len(found) > 1}
    used = {r["nace_code"] for r in rows(shared / "facts/uses.csv")} - {""}
    assert used <= set(held)


def test_narrower_technologies_have_a_broader_one_that_exists(graph: Graph) -> None:
    technologies = instances(graph, "Technology")
    broader = list(graph.subject_objects(SKOS.broader))
    assert broader
    assert all(narrow in technologies and wide in technologies for narrow, wide in broader)


def test_technologies_and_components_of_the_facts_are_there(graph: Graph, shared: Path) -> None:
    technologies = {identifier(t) for t in instances(graph, "Technology")}
    components = {identifier(c) for c in instances(graph, "Component")}
    wanted = {r["technology_id"] for r in rows(shared / "facts/technologies.csv")}
    assert {technology.replace("_", "-") for technology in wanted} <= technologies
    tables = Path(__file__).parents[1] / "facts"
    parts = {
        row["id"]: {part.strip() for part in row["has_part"].split(";")}
        for row in rows(tables / "orepath-technologies/Technology.csv")
    }
    uses = [row for table in tables.glob("*/Use.csv") for row in rows(table)]
    products = {row.get("component", "") for row in uses} | set().union(*parts.values()) - {""}
    assert {part for part in products if part} <= components
    # Each statement on a technology is held of it, of the material or of one of its forms.
    material = names(graph, instances(graph, "Material"))
    forms = {
        identifier(p): {identifier(m) for m in graph.objects(p, term("form_of"))}
        for p in graph.subjects(term("form_of"))
    }
    held = set()
    for row in uses:
        used = row["used"].split(":")[1]
        held |= {(row["user"], m) for m in (*forms.get(used, ()), used)}
    # What was entered for a technology of which its document does not speak.
    moved = {("fcc_catalyst", "antimony"), ("mri_quantum", "baryte"), ("traction_motor", "gallium")}
    for row in rows(shared / "facts/technology_materials.csv"):
        if (row["technology_id"], row["material_id"]) in moved:
            continue
        user = f"Technology:{row['technology_id'].replace('_', '-')}"
        ids = material[fold(row["material_id"].replace("_", " "))]
        assert any((user, m) in held for m in ids), row


def publishers_names(shared: Path) -> dict[str, set[str]]:
    """Names of economies as publishers write them, by publisher, without lumps of the USGS."""
    data, facts = shared / "data", shared / "facts"
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows(data / "usgs_mcs2026/MCS2026_Commodities_Data.csv", "cp1252"):
        if row["Section"].startswith("World"):
            found["usgs"].add(row["Country"])
    for file in ("fact_GlobalSupplyShares&t.csv", "fact_EUSupplyShares&t.csv"):
        found["eu"] |= {row["Country"] for row in rows(data / "eu_crm2023" / file, "cp1252")}
    for table in sorted((data / "bgs_wms").glob("*.csv")):
        found["bgs"] |= {row["country_trans"] for row in rows(table)}
    for row in rows(data / "facilities_fineprint/country_ids.csv", "cp1252", ";"):
        found["fineprint"].add(row["country"])
    for answer in sorted((data / "comtrade/china_imports_2846").glob("*.json")):
        for record in json.loads(answer.read_text(encoding="utf-8"))["data"]:
            found["comtrade"] |= {record["reporterDesc"], record["partnerDesc"]}
    for name in ("iea_supply_2025", "component_shares", "china_rare_earth_exports"):
        for row in rows(facts / f"{name}.csv"):
            found[name] |= {row[c] for c in ("country", "reporter", "partner") if c in row}
    return found


def test_every_publishers_name_of_an_economy_is_known(graph: Graph, shared: Path) -> None:
    known = set(names(graph, economies(graph)))
    # Residuals and lumps that mean something in one publication only are named by
    # loaders/mapping/economies.csv.
    known |= {fold(r["name"]) for r in rows(_mapping("economies"))}
    found = publishers_names(shared)
    assert all(found.values())
    unknown = {
        publisher: left
        for publisher, used in found.items()
        if (left := {name for name in used if name and fold(name) not in known})
    }
    assert not unknown


def test_publishers_misspelt_names_are_known_too(graph: Graph) -> None:
    known = names(graph, economies(graph))
    for name, code in {
        "Turkyie": "TUR",
        "Brasil": "BRA",
        "Libanon": "LBN",
        "Congo (Kinshasa)": "COD",
        "Congo, D.R.": "COD",
        "Congo": "COG",
        "Korea, Republic of": "KOR",
        "Korea, North": "PRK",
        "Burma": "MMR",
        "Other Asia, nes": "TWN",
        "USSR": "SUN",
        "Zaire": "ZAR",
    }.items():
        assert known[fold(name)] == {code}, name


def test_every_publishers_name_of_a_material_is_known(graph: Graph, shared: Path) -> None:
    known = set(names(graph, instances(graph, "Material")))
    data = shared / "data"
    used = set()
    for row in rows(data / "usgs_mcs2026/MCS2026_Commodities_Data.csv", "cp1252"):
        if row["Section"].startswith("World"):
            used.add(row["Commodity"])
    for row in rows(data / "usgs_mcs2025/MCS2025_World_Data.csv"):
        used.add(row["COMMODITY"])
    for file in ("fact_GlobalSupplyShares&t.csv", "fact_EUSupplyShares&t.csv"):
        used |= {row["Material"] for row in rows(data / "eu_crm2023" / file, "cp1252")}
    for row in rows(data / "eu_crm2023/dimension_CRMsOverTime.csv"):
        used.add(row["Material"])
    for row in rows(shared / "facts/materials.csv"):
        # A magnet is a product (rare-earths/ndfeb-magnet), not a raw material.
        if row["material_id"] != "magnets":
            used |= {row["material_id"].replace("_", " ")}
    # The pigment is a product of titanium with a table of its own.
    assert {name for name in used if fold(name) not in known} == {"Tio2 Pigment"}


def _mapping(name: str) -> Path:
    return Path(__file__).parents[1] / f"loaders/mapping/{name}.csv"
