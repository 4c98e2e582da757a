"""The loader of the EU study: facts read by eye in its tables, sums, slips, and damaged files.

``sample`` holds rows of the eight tables (CC BY 4.0), ``study`` is the bundle's copy of what the
whole tables say; where these are at hand, they are read too and must say the same."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from loading import read as read_files
from loading import recognise
from orepath.loaders import bundle
from orepath.loaders.base import Ledger, read_mapping, sha256
from orepath.loaders.eu_crm.shares import parse_share
from orepath.loaders.registry import all_editions
from orepath.ontology.errors import FactError, OrepathError
from orepath.ontology.facts import Fact, Place
from orepath.ontology.rdf import facts_from_rdf
from orepath.ontology.schema import load_schema, vocabulary_files
from orepath.ontology.turtle import read_turtle
from orepath.ontology.validate import Validator

GLOBAL = "fact_GlobalSupplyShares&t.csv"
SOURCING = "fact_EUSupplyShares&t.csv"
USES = "fact_MaterialUseShares.csv"
HISTORY = "dimension_CRMsOverTime.csv"
GROUPINGS = "dimension_ScreenedMatGroupings.csv"
RESULTS = "eu_criticality_2023.csv"
NOT_MEASURED = "eu_sourcing_not_measured.csv"
ANNEXES = "materials.csv"
ALL = (GLOBAL, SOURCING, USES, HISTORY, GROUPINGS, RESULTS, NOT_MEASURED, ANNEXES)
SAMPLES = Path(__file__).parent / "samples/eu_crm"


@dataclass(frozen=True)
class Study:
    """What the whole study became."""

    facts: list[Fact]
    ledger: Ledger

    def one(self, term: str, **values: object) -> Mapping[str, object]:
        """The values of the only fact of ``term`` that has these."""
        found = self.all(term, **values)
        assert len(found) == 1, f"{len(found)} facts {term} {values}"
        return found[0]

    def all(self, term: str, **values: object) -> list[Mapping[str, object]]:
        """The values of the facts of ``term`` that have these."""
        return [
            fact.values
            for fact in self.facts
            if fact.term == term and all(fact.values.get(k) == v for k, v in values.items())
        ]


def read(files: Iterable[Path], *, whole: bool = False) -> Study:
    """Recognise and read files; of the samples that is a part of the edition."""
    return Study(*read_files("eu-crm", *files, whole=whole))


@pytest.fixture(scope="module")
def sample() -> Study:
    """Rows of all eight tables."""
    return read(SAMPLES / name for name in ALL)


@pytest.fixture(scope="module")
def study() -> Study:
    """All eight tables, as they are bundled."""
    return Study(list(bundle.read("eu-crm-2023")), Ledger())


def published(shared: Path, *names: str) -> list[Path]:
    """The study's own files."""
    return [next(shared.glob(f"*/**/{name}")) for name in names]


def rewritten(
    source: Path,
    target: Path,
    columns: Sequence[str] = (),
    cells: Mapping[tuple[int, str], str] | None = None,
    encoding: str = "utf-8-sig",
) -> Path:
    """A copy with these columns, cells changed by (line of the table from 2, column)."""
    text = source.read_bytes()
    rows = list(csv.DictReader(io.StringIO(decoded(text), newline="")))
    with target.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(columns or rows[0]), extrasaction="ignore")
        writer.writeheader()
        for at, row in enumerate(rows, 2):
            changed = {c: v for (line, c), v in (cells or {}).items() if line == at}
            writer.writerow({**row, **changed})
    return target


def decoded(data: bytes) -> str:
    """Text of one of the study's files."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def statements(facts: Iterable[Fact]) -> set[tuple[str, str]]:
    """Facts without the name of the file and the line that they come from."""
    return {
        (
            fact.term,
            repr(
                sorted((k, v) for k, v in fact.values.items() if k not in PLACES and v is not None)
            ),
        )
        for fact in facts
    }


PLACES = ("file", "line")


@pytest.mark.parametrize(
    ("industry", "values"),
    [
        ("CHN:gallium/primary-low-purity", {"amount": 93.8, "original_value": "93.8%"}),
        ("TUR:boron/ore", {"amount": 48.4, "trade_variable": 1.0}),
        ("COD:cobalt/ore", {"amount": 62.8}),
        ("CHN:dysprosium/refined", {"amount": 100.0}),
        ("CHN:neodymium/ore", {"amount": 68.3}),
        ("BRA:niobium/ferroniobium", {"amount": 88.8}),
        ("TUR:roundwood/harvested", {"amount": 1.0, "original_value": "1%"}),
        ("BRA:roundwood/harvested", {"amount": 7.0}),
        ("CHN:titanium/mineral-concentrates", {"amount": 25.4, "trade_variable": 1.1}),
        ("XKX:lead/ore", {"amount": 0.1}),
        ("IRN:boron/ore", {"amount": 0.0, "status": "normal"}),
        (
            "AFG:gypsum/ore",
            {"amount": None, "low": 0.0, "high": 0.1, "status": "below-threshold"},
        ),
    ],
)
def test_global_supply(sample: Study, industry: str, values: Mapping[str, object]) -> None:
    found = sample.one("IndustryObservation", industry=industry)
    assert {k: found.get(k) for k in values} == values
    assert found["measure"] == "share-of-supply"
    assert found["unit"] == "percent"
    assert found["period"] == "2016-2020"
    assert sample.all("Making", industry=industry)


@pytest.mark.parametrize(
    ("industry", "values"),
    [
        ("CHN:magnesium/primary-metal", {"share": 0.97, "measured": True}),
        ("TUR:boron/ore", {"share": 0.99}),
        ("CHN:gallium/primary-low-purity", {"share": 0.69}),
        ("DEU:gallium/primary-low-purity", {"share": 0.02, "trade_variable": 0.8}),
        ("CHN:germanium/refined", {"share": 0.83, "measured": False}),
        ("NOR:neodymium/refined", {"share": 0.001, "measured": False}),
        ("JPN:neodymium/ore", {"share": 0.3, "measured": True}),
        ("COD:tantalum/ore", {"share": 0.35, "measured": False}),
        ("DEU:silicon-metal/metal", {"share": 0.06, "original_value": "6"}),
        ("BRA:niobium/ferroniobium", {"share": 0.82}),
        ("LBN:vanadium/refined", {"share": 0.01}),
        ("SUR:neon/gas", {"share": 0.01}),
        ("KOR:vanadium/refined", {"share": 0.17}),
        ("DEU:neon/gas", {"share": 0.0001}),
        ("JPN:heavy-rare-earths/ore", {"share": 0.55}),
    ],
)
def test_sourcing(sample: Study, industry: str, values: Mapping[str, object]) -> None:
    found = sample.one("SourcingShare", industry=industry)
    assert {k: found.get(k) for k in values} == values
    assert (found["market"], found["period"]) == ("EU27", "2016-2020")
    # The study counts own production in; whether by mass or value its tables do not say.
    assert found["share_of"] == "supply"
    assert "basis" not in found


def test_readers_are_warned(sample: Study, study: Study) -> None:
    neodymium = sample.one("IndustryObservation", industry="CHN:neodymium/ore")
    assert "total rare-earth oxides" in str(neodymium["note"])
    neon = sample.one("SourcingShare", industry="DEU:neon/gas")
    assert "0.01 as a fraction may be meant" in str(neon["note"])
    silicon = sample.one("SourcingShare", industry="DEU:silicon-metal/metal")
    assert "the percent sign is missing" in str(silicon["note"])
    lists = ["global supply", "EU sourcing"]
    printed = {line["note"] for line in read_mapping("eu_crm/notes") if line["table"] in lists}
    given = " ".join(str(fact.values.get("note")) for fact in study.facts)
    assert all(note in given for note in printed), "a note of the mapping fits no row"


def test_repeated_lists_are_those_that_repeat(study: Study) -> None:
    doubted = {
        str(f["industry"]).partition(":")[2] for f in study.all("SourcingShare", measured=False)
    }
    assert doubted == {
        *(f"{m}/refined" for m in ("cerium", "germanium", "lanthanum", "neodymium")),
        *("praseodymium/refined", "samarium/refined", "tantalum/ore"),
    }
    for product in doubted:
        for share in study.all("SourcingShare"):
            if str(share["industry"]).endswith(f":{product}"):
                world = study.one("IndustryObservation", industry=share["industry"])
                assert float(str(share["share"])) * 100 == pytest.approx(
                    float(str(world.get("amount", 0.3))), abs=0.71
                )


def test_global_shares_sum_to_the_world(study: Study) -> None:
    low: dict[str, float] = defaultdict(float)
    high: dict[str, float] = defaultdict(float)
    for found in study.all("IndustryObservation"):
        product = str(found["industry"]).partition(":")[2]
        low[product] += float(str(found.get("amount", found.get("low"))))
        high[product] += float(str(found.get("amount", found.get("high"))))
    assert len(low) == 121
    off = {p: round(low[p], 1) for p in low if low[p] > 101 or high[p] < 99}
    # The study's own tables do not add up here; no residual is stated.
    assert off == {
        "boron/refined-borates": 95.0,
        "cobalt/ore": 98.4,
        "cobalt/refined": 98.6,
        "krypton/gas": 98.0,
        "nickel/ore": 90.9,
        "nickel/refined": 95.7,
        "roundwood/harvested": 93.0,
        "tellurium/refined": 98.7,
        "titanium/oxides": 92.0,
        "vanadium/refined": 88.7,
    }


def test_sourcing_never_exceeds_the_whole(study: Study) -> None:
    total: dict[str, float] = defaultdict(float)
    for found in study.all("SourcingShare"):
        total[str(found["industry"]).partition(":")[2]] += float(str(found["share"]))
    assert max(total.values()) < 1.03  # whole percents, rounded one by one
    assert total["chromium/ore"] == pytest.approx(0.09)
    assert total["gallium/primary-low-purity"] == pytest.approx(0.96)


@cache
def vocabulary_facts() -> list[Fact]:
    """What the vocabularies say."""
    return list(facts_from_rdf(read_turtle(vocabulary_files()), load_schema(), Place("")))


def entries(study: Study, name: str, flag: str) -> set[str]:
    """Materials with ``flag`` in a list that are no part of another one with it."""
    parents: dict[str, set[str]] = defaultdict(set)
    for fact in vocabulary_facts():
        if fact.term == "part_of":
            parents[str(fact.values["start"])].add(str(fact.values["end"]))

    def groups(material: str) -> set[str]:
        direct = parents[material]
        return direct.union(*(groups(parent) for parent in sorted(direct)))

    marked = {str(f["material"]) for f in study.all("Listing", list=name, **{flag: True})}
    return {material for material in marked if not groups(material) & marked}


def test_list_of_2023_has_34_entries_of_which_17_strategic(study: Study) -> None:
    critical = entries(study, "EU-2023", "critical")
    assert len(critical) == 34
    assert {"copper", "nickel", "heavy-rare-earths", "light-rare-earths"} <= critical
    assert {"platinum-group-metals", "aluminium", "titanium-metal"} <= critical
    assert not {"indium", "titanium", "rare-earths", "neodymium"} & critical
    strategic = entries(study, "EU-2023", "strategic")
    assert len(strategic) == 17
    assert {"rare-earths", "platinum-group-metals", "copper", "aluminium"} <= strategic
    assert not {"antimony", "coking-coal", "heavy-rare-earths"} & strategic


def test_members_are_critical_and_seven_rare_earths_strategic(study: Study) -> None:
    listed = {str(f["material"]): f for f in study.all("Listing", list="EU-2023")}
    magnets = {"neodymium", "praseodymium", "terbium", "dysprosium"}
    magnets |= {"gadolinium", "samarium", "cerium"}
    heavy = {"erbium", "europium", "holmium", "lutetium", "thulium", "ytterbium", "yttrium"}
    for element in magnets | heavy | {"lanthanum"}:
        assert listed[element]["critical"] is True
        assert listed[element]["strategic"] is (element in magnets)
    assert listed["light-rare-earths"].get("strategic") is None
    assert listed["rare-earths"].get("critical") is None
    assert "battery grade" in str(listed["lithium"]["note"])


def test_older_lists_have_the_entries_that_the_commission_counted(study: Study) -> None:
    assert len(entries(study, "EU-2017", "critical")) == 27
    assert len(entries(study, "EU-2020", "critical")) == 30
    assert "coking-coal" in entries(study, "EU-2017", "critical")
    assert not entries(study, "EU-2011", "critical")
    assert all("critical" not in f for f in study.all("Listing", list="EU-2014"))


def test_results(sample: Study) -> None:
    gallium = sample.one("Listing", list="EU-2023", material="gallium")
    assert (gallium["supply_risk"], gallium["economic_importance"]) == (3.9, 3.7)
    assert (gallium["decisive_stage"], gallium["import_reliance_processing"]) == (
        "processing",
        0.98,
    )
    assert gallium["supply_risk_extraction"] is None
    copper = sample.one("Listing", list="EU-2023", material="copper")
    assert (copper["supply_risk"], copper["critical"], copper["strategic"]) == (0.1, True, True)
    assert copper["end_of_life_recycling"] == 0.55
    limestone = sample.one("Listing", list="EU-2023", material="limestone")
    assert limestone["supply_data_extraction"] == "EUonly"
    molybdenum = sample.one("Listing", list="EU-2023", material="molybdenum")
    assert molybdenum["supply_data_processing"] == "EUonly"
    assert sample.one("Listing", list="EU-2011", material="gallium")["supply_risk"] == 2.5
    bauxite = sample.one("Listing", list="EU-2020", material="aluminium")
    assert (bauxite["supply_risk"], bauxite["critical"]) == (2.1, True)
    assert "supply risk 0.6" in str(bauxite["note"])
    assert not sample.all("Listing", list="EU-2011", material="bismuth")


def test_uses(sample: Study) -> None:
    magnets = sample.one("Use", used="Material:neodymium", user="Application:magnets/c25")
    assert (magnets["share"], magnets["nace_division"], magnets["value_added"]) == (
        0.8,
        "C25",
        163568.0,
    )
    assert (magnets["region"], magnets["period"]) == ("EU27", "2016-2020")
    cars = sample.one("Use", used="Material:manganese", nace_division="C29")
    assert (cars["share"], cars["user"]) == (0.1, "Application:transportation-motor-vehicles/c29")
    assert "has slipped" in str(cars["note"])
    plant = sample.one("Use", user="Application:building-construction-building-plant/c32")
    assert plant["share"] is None
    assert ">0%" in str(plant["note"])
    rest = sample.one("Use", user="Application:other/beryllium")
    assert (rest["share"], rest["nace_division"]) == (0.14, None)


def test_uses_of_each_material_sum_to_its_whole_use(study: Study) -> None:
    total: dict[str, float] = defaultdict(float)
    for use in study.all("Use"):
        total[str(use["used"]).partition(":")[2]] += float(str(use.get("share", 0)))
    assert len(total) == 60
    # The study's own: a row is missing (indium tin oxide says 0 %), or parts were rounded.
    assert {m: round(s, 2) for m, s in total.items() if abs(s - 1) > 0.011} == {
        "aluminium": 0.98,
        "cobalt": 1.02,
        "indium": 0.9,
        "limestone": 0.98,
        "manganese": 0.97,
        "praseodymium": 1.02,
    }


def test_sectors_are_claimed_only_where_said(study: Study) -> None:
    served: dict[str, set[str]] = defaultdict(set)
    for fact in study.all("serves"):
        served[str(fact["end"])].add(str(fact["start"]).partition(":")[2])
    assert served["defence"] == {"aerospace-and-defence/c30"}
    assert served["aerospace"] == {
        *("aerospace/c30", "aerospace-and-defence/c30", "aeronautics-and-energy-uses/c28"),
    }
    assert served["renewables"] == {
        *("cigs-solar-cells/c26", "photovoltaics/c26", "photovoltaics/c27"),
        "solar-applications/c26",
    }
    assert not served["renewables"] & served["digital"]
    assert {"autocatalysts/c20", "autocatalysts/c29", "automotive/c29"} <= served["automotive"]
    assert "magnets/c25" not in served["automotive"] | served["defence"]
    assert not any(
        name.startswith("other/beryllium") for names in served.values() for name in names
    )


def test_sector_of_each_division_is_that_of_the_vocabulary() -> None:
    divisions = {
        code: str(fact.values["id"])
        for fact in vocabulary_facts()
        if fact.term == "Sector"
        for code in list_of(fact.values.get("nace"))
    }
    for line in read_mapping("eu_crm/sectors"):
        assert divisions[line["nace"]] == line["sector"]


def list_of(value: object) -> list[str]:
    """A property of several values as a list."""
    return [str(v) for v in value] if isinstance(value, list) else [str(value)] if value else []


def test_every_row_of_the_study_is_booked(shared: Path, study: Study) -> None:
    whole = read(published(shared, *ALL), whole=True)
    assert whole.ledger.rows_read == 2561 + 907 + 339 + 355 + 90 + 90 + 7 + 78
    assert whole.ledger.rejected == []
    assert whole.ledger.left["the study states the same share of the same product twice"] == 23
    assert whole.ledger.left["the study states the same share of the same use twice"] == 1
    assert bundle.render(whole.facts) == bundle.render(study.facts)
    validator = Validator(load_schema())
    for fact in whole.facts:
        validator.check(fact)


def test_every_row_of_the_sample_is_booked(sample: Study) -> None:
    assert sample.ledger.rejected == []
    assert sample.ledger.left["the study states the same share of the same product twice"] == 2
    assert sample.ledger.left["the study states the same share of the same use twice"] == 1
    assert sample.ledger.left["groups of materials are those of the materials vocabulary"] == 3
    assert all(
        sample.ledger.left[reason]
        for reason in (
            "assessed apart in that year; the ore and the metal are one material",
            "neither assessed by the study nor named by the regulation",
            "not assessed in that year",
            "the results of 2023 are given with their inputs",
        )
    )


def test_every_fact_fits_the_ontology_and_refers_to_what_there_is(
    sample: Study, study: Study
) -> None:
    validator = Validator(load_schema())
    for fact in (*sample.facts, *study.facts):
        validator.check(fact)
    known: dict[str, set[str]] = defaultdict(set)
    schema = load_schema()
    for fact in vocabulary_facts():
        if fact.term in schema.nodes:
            known[schema.root(fact.term)].add(str(fact.values["id"]))
    assert {str(f["product"]) for f in study.all("Making")} <= known["Product"]
    assert {str(f["start"]) for f in study.all("has")} <= known["Economy"]
    assert {str(f["material"]) for f in study.all("Listing")} <= known["Material"]
    assert {str(f["end"]) for f in study.all("serves")} <= known["Sector"]
    assert {str(f["end"]) for f in study.all("adopted_by")} <= known["Economy"]
    keys = [(f["used"], f["user"]) for f in study.all("Use")]
    assert len(keys) == len(set(keys))


def test_every_correction_is_applied(study: Study) -> None:
    notes = " ".join(str(fact.values.get("note")) for fact in study.facts)
    for line in read_mapping("eu_crm/corrections"):
        assert f"is read as {line['read_as']!r}" in notes


def test_no_line_of_a_mapping_is_idle(shared: Path) -> None:
    tables = {}
    for name in (GLOBAL, SOURCING, USES):
        (file,) = published(shared, name)
        tables[name] = list(csv.DictReader(io.StringIO(decoded(file.read_bytes()), newline="")))
    uses = {" ".join(row["Application"].split()) for row in tables[USES]}
    assert {line["application"] for line in read_mapping("eu_crm/applications")} <= uses
    supplied = {(r["Material"], r["Stage"]) for t in (GLOBAL, SOURCING) for r in tables[t]}
    lines = {(r["material_label"], r["stage"]) for r in read_mapping("eu_crm/products")}
    assert lines == supplied


def test_sidecar_names_the_files_that_were_tested(shared: Path) -> None:
    tested = {file.name: file.sha256 for file in all_editions()["eu-crm-2023"].files}
    assert tested == {file.name: sha256(file) for file in published(shared, *ALL)}


def test_any_table_loads_alone(sample: Study) -> None:
    whole = statements(sample.facts)
    for name in (GLOBAL, USES):
        assert statements(read([SAMPLES / name]).facts) <= whole
    sourcing = read([SAMPLES / SOURCING])
    assert len(sourcing.all("SourcingShare")) == 23
    assert all("measured" not in found for found in sourcing.all("SourcingShare"))
    history = read([SAMPLES / HISTORY])
    assert entries(history, "EU-2023", "critical") == {
        *("aluminium", "bismuth", "coking-coal", "copper", "gallium"),
    }
    annexes = read([SAMPLES / ANNEXES])
    assert entries(annexes, "EU-2023", "strategic") == {
        *("copper", "gallium", "lithium", "rare-earths", "titanium-metal"),
    }
    for part in (sourcing, history, annexes):
        assert part.ledger.rejected == []


def test_any_whole_table_loads_alone(shared: Path, study: Study) -> None:
    whole = statements(study.facts)
    for name in (GLOBAL, USES):
        assert statements(read(published(shared, name), whole=True).facts) <= whole
    sourcing = read(published(shared, SOURCING), whole=True)
    assert len(sourcing.all("SourcingShare")) == 907
    assert all("measured" not in found for found in sourcing.all("SourcingShare"))
    history = read(published(shared, HISTORY), whole=True)
    assert len(entries(history, "EU-2023", "critical")) == 34
    annexes = read(published(shared, ANNEXES), whole=True)
    assert len(entries(annexes, "EU-2023", "strategic")) == 17
    for part in (sourcing, history, annexes):
        assert part.ledger.rejected == []


def test_order_of_files_and_columns_and_encoding_do_not_matter(
    sample: Study, tmp_path: Path
) -> None:
    given = []
    for at, name in enumerate(reversed(ALL)):
        header = next(csv.reader(io.StringIO(decoded((SAMPLES / name).read_bytes()))))
        columns = [*header[1:], header[0]]
        encoding = "utf-16" if at % 2 else "utf-8"
        given.append(rewritten(SAMPLES / name, tmp_path / f"{at}.csv", columns, encoding=encoding))
    again = read(given)
    assert statements(again.facts) == statements(sample.facts)
    assert [f.term for f in again.facts] == [f.term for f in sample.facts]
    assert again.ledger.left == sample.ledger.left


def test_missing_column(tmp_path: Path) -> None:
    file = rewritten(SAMPLES / GLOBAL, tmp_path / "g.csv", ["Material", "Stage", "Country", "t"])
    with pytest.raises(OrepathError, match=r"g\.csv, line 1: no column 'Share'"):
        recognise("eu-crm", file)


@pytest.mark.parametrize("name", [GLOBAL, SOURCING, USES, HISTORY, RESULTS])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.97])
def test_cut_file(shared: Path, tmp_path: Path, name: str, part: float) -> None:
    data = published(shared, name)[0].read_bytes()
    file = tmp_path / "cut.csv"
    file.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(OrepathError, match=r"cut\.csv.*(cut off|not delimited)"):
        recognise("eu-crm", file)


@pytest.mark.parametrize("name", [GLOBAL, SOURCING, USES, HISTORY, RESULTS])
def test_table_that_lacks_rows(tmp_path: Path, name: str) -> None:
    file = tmp_path / "cut.csv"
    file.write_bytes((SAMPLES / name).read_bytes())
    with pytest.raises(OrepathError, match=r"cut\.csv: \d+ rows instead of .*cut off"):
        recognise("eu-crm", file)


def test_semicolons_separate_too(tmp_path: Path) -> None:
    file = tmp_path / "s.csv"
    file.write_text("Material;Year;SR;EI\nGallium;2011;2;3\n", "utf-8")
    gallium = read([file]).one("Listing", list="EU-2011", material="gallium")
    assert (gallium["supply_risk"], gallium["economic_importance"]) == (2.0, 3.0)


def test_file_cut_in_its_last_cell(tmp_path: Path) -> None:
    data = (SAMPLES / USES).read_bytes().rstrip()
    file = tmp_path / "cut.csv"
    file.write_bytes(data.rsplit(b",", 1)[0] + b",")
    whole = statements(read([SAMPLES / USES]).facts)
    assert statements(read([file]).facts) == whole  # the last row is a residual without value added
    rows = list(csv.DictReader(io.StringIO(decoded(data), newline="")))
    last = max(at for at, row in enumerate(rows, 2) if row["NACE sector"])
    column = "VA in million €"
    damaged = rewritten(
        SAMPLES / USES,
        tmp_path / "damaged.csv",
        cells={(last, column): rows[last - 2][column][:-1]},
    )
    study = read([damaged])
    assert [r.place.column for r in study.ledger.rejected] == [column]
    assert study.ledger.balanced


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        (2, "Country", "Atlantis"),
        (3, "Share", "about 5%"),
        (4, "Share", "105%"),
        (5, "Material", "Unobtainium"),
        (6, "t", "0."),
        (7, "Stage", "X"),
    ],
)
def test_bad_cells_are_rejected_one_by_one(
    tmp_path: Path, line: int, column: str, value: str
) -> None:
    file = rewritten(SAMPLES / GLOBAL, tmp_path / "g.csv", cells={(line, column): value})
    study = read([file])
    (rejected,) = study.ledger.rejected
    assert (rejected.place.file, rejected.place.line) == ("g.csv", line)
    assert value in rejected.value
    assert rejected.reason
    assert rejected.remedy
    assert study.ledger.balanced


def test_contradiction_is_rejected(tmp_path: Path) -> None:
    text = decoded((SAMPLES / GLOBAL).read_bytes())
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    pairs = [at for at, (a, b) in enumerate(pairwise(rows), 3) if titanium(a) and titanium(b)]
    changed = {(at, "Share"): "55.5%" for at in pairs[:1]}
    study = read([rewritten(SAMPLES / GLOBAL, tmp_path / "g.csv", cells=changed)])
    (rejected,) = study.ledger.rejected
    assert "speaks of the same, with other figures" in rejected.reason


def titanium(row: Mapping[str, str]) -> bool:
    """Whether a row is of titanium minerals, under either name."""
    return row["Stage"] == "E" and row["Material"] in ("Titanium", "Titanium metal")


def test_disagreement_about_the_list_is_rejected(tmp_path: Path) -> None:
    file = rewritten(SAMPLES / ANNEXES, tmp_path / "m.csv", cells={(2, "eu_crm_2023"): "no"})
    study = read([SAMPLES / RESULTS, file])
    (rejected,) = study.ledger.rejected
    assert rejected.place.column == "eu_crm_2023"


def test_foreign_files(tmp_path: Path) -> None:
    foreign = SAMPLES.parent / "wb_wgi.csv"
    with pytest.raises(OrepathError, match=r"wb_wgi.*no column"):
        recognise("eu-crm", foreign)
    common = tmp_path / "c.csv"
    common.write_text("material_id,stage,note,colour\ncerium,processing,,red\n", "utf-8")
    with pytest.raises(OrepathError, match=r"c\.csv is not a table of the EU study"):
        recognise("eu-crm", common)
    empty = tmp_path / "e.csv"
    empty.write_bytes(b"")
    with pytest.raises(OrepathError, match=r"e\.csv is empty"):
        recognise("eu-crm", empty)
    binary = tmp_path / "b.csv"
    binary.write_bytes(b"PK\x03\x04\0\0\0")
    with pytest.raises(OrepathError, match=r"b\.csv cannot be read as a spreadsheet"):
        recognise("eu-crm", binary)
    with pytest.raises(OrepathError, match="both the table of global supply"):
        recognise("eu-crm", SAMPLES / GLOBAL, SAMPLES / GLOBAL)
    with pytest.raises(OrepathError, match="none of the tables"):
        recognise("eu-crm", SAMPLES / GROUPINGS)
    with pytest.raises(OrepathError, match="no file of the EU study"):
        recognise("eu-crm")


@pytest.mark.parametrize("text", ["", "5", "-1%", "<", "1,5%", "100.1%", "n/a"])
def test_shares_are_not_guessed(text: str) -> None:
    with pytest.raises(FactError):
        parse_share(text)
