"""Tables of facts: any class, any cell, a user's own folder, and the templates."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from orepath.cli import main
from orepath.graph import captions
from orepath.graph.connection import Graph
from orepath.loaders.base import Ledger
from orepath.loaders.facts import loader as facts
from orepath.loaders.facts import tables
from orepath.loaders.load import load_source, unload_source
from orepath.loaders.registry import loader
from orepath.ontology.errors import FactError, OrepathError
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.tools.checksum import checksum

Rows = list[dict[str, str]]
SOURCES: Rows = [
    {"id": "", "name": "A report", "publisher": "An office", "published": "2025-05",
     "url": "https://example.org/report.pdf"},
]  # fmt: skip
FIGURE = {
    "industry": "China: cobalt, refined", "source": "A report", "measure": "Production",
    "basis": "contained", "period": "2024", "amount": "150", "unit": "thousand metric tons",
    "status": "estimated", "verified": "no", "locator": "p. 12", "reason": "the only total",
}  # fmt: skip
PROJECT = {
    "id": "my-mine", "name": "My mine", "latitude": "65.1", "located_in": "FI; Norway",
    "project_makes": "cobalt/ore", "documented_by": "A report", "verified": "yes",
}  # fmt: skip


def table(folder: Path, term: str, *rows: dict[str, str], suffix: str = ".csv") -> Path:
    """A table of a class with all its columns."""
    folder.mkdir(exist_ok=True)
    columns = tables.layout(load_schema(), term).columns
    file = folder / f"{term}{suffix}"
    if suffix == ".xlsx":
        book = Workbook()
        sheet = book.create_sheet(index=0)
        sheet.append(list(columns))
        for row in rows:
            cells = [row.get(name) for name in columns]
            sheet.append([float(c) if c and c.replace(".", "").isdigit() else c for c in cells])
        book.save(file)
        return file
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(rows)
    return file


def read(folder: Path) -> tuple[list[Fact], Ledger]:
    ledger = Ledger()
    found = list(facts.Loader().read(facts.set_files(folder)).facts(ledger))
    assert ledger.balanced
    return found, ledger


def one(found: list[Fact], term: str) -> dict[str, Any]:
    (fact,) = [f for f in found if f.term == term]
    return dict(fact.values)


def folder_of(path: Path) -> Path:
    folder = path / "My Notes"
    table(folder, "Source", *SOURCES)
    table(folder, "IndustryObservation", FIGURE)
    table(folder, "Project", PROJECT)
    return folder


def test_rows_become_facts_with_what_follows_from_them(tmp_path: Path) -> None:
    found, ledger = read(folder_of(tmp_path))
    assert (ledger.used, ledger.rejected) == (3, [])
    document = one(found, "Source")
    assert document["kind"] == "document"
    assert document["citation"] == ("A report. An office. 2025-05. https://example.org/report.pdf")
    figure = one(found, "IndustryObservation")
    assert figure["industry"] == "CHN:cobalt/refined"
    assert figure["source"] == document["id"]
    assert (figure["amount"], figure["unit"]) == (150_000.0, "t")
    assert (figure["original_value"], figure["original_unit"]) == ("150", "thousand metric tons")
    assert (figure["measure"], figure["locator"]) == ("production", "p. 12")
    assert one(found, "Industry")["name"] == "China: cobalt, refined"
    assert one(found, "has") == {"start": "CHN", "end": "CHN:cobalt/refined"}
    assert one(found, "Making")["product"] == "cobalt/refined"
    assert {f.values["end"] for f in found if f.term == "located_in"} == {"FIN", "NOR"}
    assert one(found, "documented_by") == {"start": "Project:my-mine", "end": document["id"]}


def test_a_spreadsheet_says_the_same(tmp_path: Path) -> None:
    plain = read(folder_of(tmp_path))[0]
    book = tmp_path / "book"
    table(book, "Source", *SOURCES, suffix=".xlsx")
    table(book, "IndustryObservation", FIGURE, suffix=".xlsx")
    table(book, "Project", PROJECT, suffix=".xlsx")
    found = {(f.term, repr(sorted(f.values.items()))) for f in read(book)[0]}
    assert found == {(f.term, repr(sorted(f.values.items()))) for f in plain}


@pytest.mark.parametrize(
    ("term", "change", "column", "said"),
    [
        ("IndustryObservation", {"industry": "Chna:cobalt/refined"}, "industry", "'china'"),
        ("IndustryObservation", {"industry": "CHN:cobalt/refind"}, "industry", "cobalt"),
        ("IndustryObservation", {"measure": "prodction"}, "measure", "production"),
        ("IndustryObservation", {"amount": "1,5"}, "amount", "without separators"),
        ("IndustryObservation", {"amount": "nan"}, "amount", "without separators"),
        ("IndustryObservation", {"amount": ""}, "amount", "say why there is none"),
        ("IndustryObservation", {"status": "withheld"}, "status", "Empty one"),
        ("IndustryObservation", {"unit": "tonn"}, "unit", "Did you mean"),
        ("IndustryObservation", {"verified": "maybe"}, "verified", "Write yes or no"),
        ("IndustryObservation", {"verified": ""}, "verified", "Add the value"),
        ("IndustryObservation", {"period": "soon"}, "period", "orepath schema"),
        ("Project", {"located_in": "Finnland"}, "located_in", "'finland'"),
        ("Project", {"latitude": "99"}, "latitude", "orepath schema"),
        ("Project", {"id": ""}, "id", "Say which one"),
        ("Source", {"grade": "E"}, "grade", "Known: A, B, C, D"),
        ("Source", {"accessed": "June 2025"}, "accessed", "2025-06-30"),
    ],
)
def test_a_wrong_cell_is_named_and_loses_nothing_else(
    term: str, change: dict[str, str], column: str, said: str, tmp_path: Path
) -> None:
    good = {"IndustryObservation": FIGURE, "Project": PROJECT, "Source": SOURCES[0]}[term]
    other = {"industry": "Finland: cobalt, refined", "id": "other", "name": "Other"}
    kept = good | {name: other[name] for name in other if name in good}
    folder = folder_of(tmp_path)
    rows = [kept, good | {"id": "wrong"} | change if "id" in good else good | change]
    if term == "Source":
        rows = [good, {**good, "id": "wrong", **change}]
    table(folder, term, *rows)
    _, ledger = read(folder)
    (rejected,) = ledger.rejected
    assert (rejected.place.file, rejected.place.line) == (f"{term}.csv", 3)
    assert rejected.place.column == column
    assert said in rejected.remedy
    assert "loaders/" not in rejected.remedy
    assert ledger.used == 3


@pytest.mark.parametrize("term", ["IndustryObservation", "Project"])
def test_a_fact_given_twice_is_refused(term: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    row = FIGURE if term == "IndustryObservation" else PROJECT
    table(folder, term, row, row)
    (rejected,) = read(folder)[1].rejected
    assert rejected.reason.startswith("line 2 gives this ")


@pytest.mark.parametrize("name", ["usgs-mcs-2025", "usgs-mcs-2099", "usgs-mcs", "table-other"])
def test_a_set_says_nothing_in_the_name_of_another(name: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    table(folder, "IndustryObservation", FIGURE, FIGURE | {"source": name, "period": "2023"})
    table(folder, "Source", *SOURCES, {"id": name, "name": "Mine", "grade": "D"})
    found, ledger = read(folder)
    assert [(r.place.file, r.place.line, r.place.column) for r in ledger.rejected] == [
        ("IndustryObservation.csv", 3, "source"),
        ("Source.csv", 3, "id"),
    ]
    assert all(f"{name} is a data set of its own" in r.reason for r in ledger.rejected)
    assert name not in {fact.values.get("id") for fact in found}


def test_no_document_of_a_set_is_an_edition_of_a_publication(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    table(folder, "Source", *SOURCES, {"name": "MCS 2099", "edition_of": "usgs-mcs"})
    found, ledger = read(folder)
    (refused,) = ledger.rejected
    assert (refused.place.line, refused.place.column) == (3, "edition_of")
    assert not any(fact.term == "edition_of" for fact in found)


def test_words_of_a_user_describe_no_other_data_set(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    lines = [
        "@prefix ore: <https://w3id.org/orepath/> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        *(
            f"<https://w3id.org/orepath/source/{name}> a ore:Source ;"
            f' skos:prefLabel "{name}"@en ; ore:grade "D" .'
            for name in ("usgs-mcs-2026", "doc-mine")
        ),
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    ledger = Ledger()
    found = list(loader("vocabulary").read([file]).facts(ledger))
    assert {fact.values["id"] for fact in found} == {"doc-mine"}
    assert [one.value for one in ledger.rejected] == ["usgs-mcs-2026"]
    assert ledger.balanced


def test_a_set_takes_no_edition_of_a_publication_as_its_id(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    table(folder, "IndustryObservation", FIGURE)
    (folder / "set.yaml").write_text("name: Mine\nid: usgs-mcs-2099\n", encoding="utf-8")
    with pytest.raises(OrepathError, match="'usgs-mcs-2099' is that of another source"):
        read(folder)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("Projct.csv", "id\n", "no class 'Projct'"),
        ("Project.csv", "id,nmae\na,b\n", "column nmae: Project has no property 'nmae'"),
        ("Project.csv", "name\nb\n", "no column 'id'"),
        ("Project.csv", "id,name\nb\n", "1 columns instead of 2"),
        ("Project.csv", "", "is empty"),
        ("set.yaml", "title: x\n", r"set\.yaml, name: Field required"),
        ("set.yaml", "name: [\n", r"set\.yaml is not YAML"),
        ("set.yaml", "name: x\nid: usgs-mcs-2026\n", "is that of another source"),
    ],
)
def test_what_is_no_such_table_is_refused_whole(
    name: str, content: str, said: str, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path)
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(OrepathError, match=said) as error:
        read(folder)
    assert error.value.hint


def test_a_folder_is_a_set_and_a_file_of_several_is_one_of_its_own(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    files = facts.set_files(folder)
    assert facts.Loader().read(files).source == "facts-my-notes"
    assert facts.Loader().read([folder / "Project.csv"]).source == "facts-my-notes-project"
    (folder / "set.yaml").write_text("name: Notes\nid: my-notes\nedition: '2026'\n", "utf-8")
    described = facts.described(facts.set_files(folder))
    assert (described.id, described.title) == ("my-notes", "Notes, 2026")
    assert not described.redistributable
    (folder / "letter.txt").write_text("Dear …", "utf-8")
    with pytest.raises(OrepathError, match=r"neither a table nor set\.yaml"):
        facts.Loader().read(list(folder.iterdir()))


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(tables.layout(load_schema(), "IndustryObservation").columns),
        st.text(max_size=12) | st.sampled_from(["1e400", "-", ";", ":", "CHN:", "NA"]),
        max_size=5,
    )
)
def test_any_cell_is_a_fact_or_a_refusal(tmp_path: Path, change: dict[str, str]) -> None:
    folder = folder_of(tmp_path)
    try:
        table(folder, "IndustryObservation", FIGURE | change)
        found, ledger = read(folder)
    except FactError:
        raise
    except (OrepathError, UnicodeEncodeError):
        return  # a control character that no text file holds
    stated = [f for f in found if f.term == "IndustryObservation"]
    assert len(stated) + len(ledger.rejected) == 1


@pytest.mark.parametrize("term", tables.tables(load_schema()))
def test_every_class_has_a_template_that_is_an_empty_table(term: str, tmp_path: Path) -> None:
    text = tables.template(load_schema(), term)
    (tmp_path / f"{term}.csv").write_text(text, "utf-8")
    assert read(tmp_path) == ([], Ledger())
    assert not {"file", "line", "stated_in"} & set(next(csv.reader(io.StringIO(text))))


def test_a_template_that_was_filled_in_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "notes" / "claim.csv"
    file.parent.mkdir()
    command = ["load", "facts", "--template", "claim", "-o", str(file)]
    result = CliRunner().invoke(main.orepath, command)
    assert result.exit_code == 0
    assert "locator" in result.stderr
    header = next(csv.reader(io.StringIO(file.read_text("utf-8"))))
    row = {"id": "c1", "name": "a claim", "text": "it is so", "about": "Material:Ga"}
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, header).writerow(row)
    found, ledger = read(file.parent)
    assert (ledger.used, ledger.rejected) == (1, [])
    assert one(found, "about") == {"start": "c1", "end": "Material:gallium"}
    assert CliRunner().invoke(main.orepath, command).exit_code == 1
    wrong = CliRunner().invoke(main.orepath, ["load", "facts", "--template", "clam"])
    assert "Did you mean Claim?" in str(wrong.exception)


def test_a_row_of_ties_alone_states_no_node(tmp_path: Path) -> None:
    table(tmp_path, "Source", *SOURCES)
    table(
        tmp_path,
        "Technology",
        {"id": "wind-turbine", "serves": "renewables", "documented_by": "A report"},
    )
    found, ledger = read(tmp_path)
    assert ledger.rejected == []
    assert {f.term for f in found} == {"Source", "serves", "documented_by"}


TURTLE = """
@prefix ore: <https://w3id.org/orepath/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ore:Port a owl:Class ; rdfs:subClassOf ore:Entity ; rdfs:label "port"@en ;
    skos:definition "A harbour."@en .
ore:depth a owl:DatatypeProperty ; rdfs:range xsd:decimal ; rdfs:label "depth"@en ;
    skos:definition "Depth of the fairway."@en .
ore:PortShape a sh:NodeShape ; sh:targetClass ore:Port ;
    sh:property [ sh:path ore:depth ; sh:datatype xsd:decimal ; sh:maxCount 1 ;
        sh:minInclusive 0.0 ] .
"""


def test_a_class_in_turtle_alone_has_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ports.ttl").write_text(TURTLE, "utf-8")
    monkeypatch.setenv("OREPATH_ONTOLOGY", str(tmp_path))
    folder = tmp_path / "ports"
    deep = {"id": "rotterdam", "name": "Rotterdam", "depth": "24"}
    table(folder, "Port", deep, {"id": "kehl", "name": "Kehl", "depth": "-1"})
    found, ledger = read(folder)
    assert one(found, "Port") == {"id": "rotterdam", "name": "Rotterdam", "depth": 24.0}
    assert [(r.place.line, r.place.column) for r in ledger.rejected] == [(3, "depth")]


@pytest.mark.timeout(600)
def test_unload_removes_exactly_what_a_folder_brought(graph: Graph, tmp_path: Path) -> None:
    table(tmp_path / "first", "Source", *SOURCES)
    load_source(graph, "facts", [tmp_path / "first"])
    # To unload derives captions anew.
    captions.bring_in_step(graph, load_schema())
    before = checksum(graph)
    folder = folder_of(tmp_path)
    table(folder, "Claim", {"id": "c", "name": "n", "text": "t", "about": "Policy:nowhere"})
    loaded = load_source(graph, "facts", [folder])
    assert loaded.source == "facts-my-notes"
    # The claim stands; what it is about is in no set that is loaded.
    assert [(r.place.file, r.value) for r in loaded.rejected] == [("Claim.csv", "nowhere")]
    assert checksum(graph) != before
    assert load_source(graph, "facts", [folder]).report.changed == 0
    unload_source(graph, "facts-my-notes")
    assert checksum(graph) == before
