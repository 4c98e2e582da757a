"""Each format from a small subgraph: what comes out is read back by an independent reader."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import networkx
import pytest
import rdflib

from orepath.graph.connection import Graph
from orepath.graph.export.graph_json import graph_json
from orepath.graph.export.graphml import graphml
from orepath.graph.export.network import gexf, network
from orepath.graph.export.rdf import rdf, records, with_references
from orepath.graph.export.table import to_csv, to_json
from orepath.graph.export.values import plain, text
from orepath.graph.subgraph import Node, Relationship, Subgraph
from orepath.ontology.check import check_graph
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Place
from orepath.ontology.rdf import facts_from_rdf, to_rdf
from orepath.ontology.schema import NAMESPACE, load_schema
from orepath.ontology.validate import Validator
from orepath.queries.catalogue import question
from pictured import picture

MAKING = "CHN:gallium/refined|gallium/refined"
SMALL = Subgraph(
    nodes=(
        Node(
            "economy/CHN",
            ("Country", "Economy"),
            {"id": "CHN", "name": "China", "alpha2": "CN", "alt_names": ("PRC", "Zhōngguó")},
        ),
        Node("industry/CHN:gallium/refined", ("Industry",), {"id": "CHN:gallium/refined"}),
        Node("material/gallium", ("Material",), {"id": "gallium", "name": 'Ga "pure" & <fine>'}),
        Node("product/gallium/refined", ("Product",), {"id": "gallium/refined", "name": "gallium"}),
        Node(
            "source/usgs-mcs-2026",
            ("Source",),
            {"id": "usgs-mcs-2026", "accessed": date(2026, 4, 29), "redistributable": True},
        ),
    ),
    relationships=(
        Relationship(
            "economy/CHN HAS industry/CHN:gallium/refined",
            "HAS",
            "economy/CHN",
            "industry/CHN:gallium/refined",
            {"stated_in": ("usgs-mcs-2026",)},
        ),
        Relationship(
            "product/gallium/refined FORM_OF material/gallium",
            "FORM_OF",
            "product/gallium/refined",
            "material/gallium",
            {},
        ),
        Relationship(
            f"industry/CHN:gallium/refined MAKES product/gallium/refined {MAKING}",
            "MAKES",
            "industry/CHN:gallium/refined",
            "product/gallium/refined",
            {"id": MAKING, "share": 0.99, "year": "2025"},
        ),
    ),
)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (900.0, "900"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e22, "1e+22"),
        (("a", "b"), "a; b"),
        (date(2026, 2, 3), "2026-02-03"),
        ({"b": 1, "a": None}, "a: ; b: 1"),
    ],
)
def test_a_cell_holds_the_exact_value(value: object, cell: str) -> None:
    assert text(value) == cell


def test_temporal_values_become_iso_text() -> None:
    import neo4j.time

    assert plain(neo4j.time.Date(2025, 1, 2)) == "2025-01-02"
    assert plain([datetime(2025, 1, 2, 3, 4)]) == ["2025-01-02T03:04:00"]


def test_csv_is_read_back_as_written() -> None:
    rows = [("a, b", 1.5, None), ('say "no"', 2, ("x", "y")), ("two\nlines", False, "é")]
    written = to_csv(("name", "value", "more"), rows)
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert read[0] == ["name", "value", "more"]
    assert read[1:] == [[text(v) for v in row] for row in rows]
    assert "\r" not in written


def test_json_keeps_numbers_and_letters() -> None:
    value = {"b": 0.9900990099009901, "a": "Türkiye", "day": date(2026, 2, 3), "none": None}
    written = to_json(value)
    assert json.loads(written) == value | {"day": "2026-02-03"}
    assert "Türkiye" in written
    assert list(json.loads(written)) == list(value)


def test_json_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json({"share": float("nan")})


def test_the_graph_as_json() -> None:
    read = json.loads(graph_json(SMALL))
    assert [n["id"] for n in read["nodes"]] == [n.id for n in SMALL.nodes]
    assert read["nodes"][0]["labels"] == ["Country", "Economy"]
    ends = {(r["start"], r["type"], r["end"]) for r in read["relationships"]}
    assert ("product/gallium/refined", "FORM_OF", "material/gallium") in ends
    assert read["nodes"][-1]["properties"]["accessed"] == "2026-04-29"


def test_graphml_is_read_by_networkx_with_types() -> None:
    written = graphml(SMALL)
    read = networkx.parse_graphml(written, force_multigraph=True)
    assert set(read.nodes) == {n.id for n in SMALL.nodes}
    assert read.nodes["material/gallium"]["label"] == 'Ga "pure" & <fine>'
    assert read.nodes["material/gallium"]["identifier"] == "gallium"
    assert read.nodes["economy/CHN"]["labels"] == "Country; Economy"
    assert read.nodes["economy/CHN"]["alt_names"] == "PRC; Zhōngguó"
    assert read.nodes["source/usgs-mcs-2026"]["redistributable"] is True
    edges = {data["type"]: data for _, _, data in read.edges(data=True)}
    assert edges["MAKES"]["share"] == 0.99
    assert 'attr.name="share" attr.type="double"' in written.replace(
        'attr.type="double" attr.name="share"', 'attr.name="share" attr.type="double"'
    )


def test_parallel_relationships_stay_apart_in_graphml() -> None:
    first = SMALL.relationships[2]
    second = Relationship(
        first.id + "x", first.type, first.start, first.end, {"id": "other", "share": 1}
    )
    made = network(Subgraph(SMALL.nodes, (first, second)))
    assert made.number_of_edges(first.start, first.end) == 2
    shares = {type(d["share"]) for *_, d in made.edges(data=True)}
    assert shares == {float}


def test_a_name_has_one_type_for_nodes_and_edges_in_graphml() -> None:
    """The year of a list is a number, that of a headline share may be a span of years."""
    first, tie = SMALL.nodes[0], SMALL.relationships[0]
    node = Node(first.id, first.labels, {**first.properties, "year": 2023})
    edge = Relationship(
        tie.id, tie.type, tie.start, tie.end, {**tie.properties, "year": "2016-2020"}
    )
    shown = Subgraph((node, *SMALL.nodes[1:]), (edge, *SMALL.relationships[1:]))
    read = networkx.parse_graphml(graphml(shown), force_multigraph=True)
    assert read.nodes[first.id]["year"] == "2023"
    assert "2016-2020" in {data.get("year") for *_, data in read.edges(data=True)}


def test_gexf_without_networkx_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in sys.modules if n == "networkx" or n.startswith("networkx.")]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "networkx", None)
    assert "<graphml" in graphml(SMALL)
    with pytest.raises(OrepathError) as caught:
        gexf(SMALL)
    assert "orepath[export]" in str(caught.value)


@pytest.mark.parametrize(("form", "reader"), [("turtle", "turtle"), ("jsonld", "json-ld")])
def test_rdf_states_the_same_facts(form: str, reader: str) -> None:
    schema = load_schema()
    read = rdflib.Graph().parse(data=rdf(SMALL, form), format=reader)
    found = {(f.term, tuple(sorted(f.values.items(), key=str))) for f in _facts(read)}
    expected = {
        (f.term, tuple(sorted(f.values.items(), key=str)))
        for f in _facts(to_rdf(records(SMALL, schema), schema))
    }
    assert found == expected
    terms = sorted(term for term, _ in found)
    assert terms == sorted(
        ["Country", "Industry", "Material", "Product", "Source", "has", "form_of", "Making"]
    )
    validator = Validator(schema)
    making = next(f for f in _facts(read) if f.term == "Making")
    assert making.values["share"] == 0.99
    assert validator.check(next(f for f in _facts(read) if f.term == "form_of"))


def _facts(graph: rdflib.Graph) -> list:  # type: ignore[type-arg]
    return [
        f.__class__(f.term, {k: str(v) if isinstance(v, list) else v for k, v in f.values.items()})
        for f in facts_from_rdf(graph, load_schema(), Place("test"))
    ]


def test_the_same_subgraph_gives_the_same_bytes_in_any_process() -> None:
    code = (
        "import runpy, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        f"case = runpy.run_path({__file__!r})\n"
        "small, rdf = case['SMALL'], case['rdf']\n"
        "print(case['graph_json'](small), case['graphml'](small))\n"
        "print(rdf(small, 'turtle'), rdf(small, 'jsonld'))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(said) == 1
    assert b"<graphml" in said.pop()


@pytest.mark.parametrize(
    ("name", "arguments", "held"),
    [
        ("evidence", {"material": "gallium"}, "CN"),
        ("restrictions", {}, "CN"),
        ("partnerships", {"material": "lithium"}, "ZM"),
        ("top-producers", {"material": "gallium"}, "CN"),
        ("dependency-paths", {"sector": "defence", "country": "China"}, "CN"),
    ],
)
@pytest.mark.timeout(900)
def test_a_real_export_says_the_same_to_every_reader(
    bundled: Graph, name: str, arguments: dict[str, str], held: str
) -> None:
    """Both SHACL engines, and a query for a code as anybody would write it.

    A piece of the graph lacks what it does not show, but nothing in it has a false value, and
    what it names it also describes.
    """
    shown = picture(bundled, question(name), arguments)
    read = rdflib.Graph().parse(data=rdf(with_references(bundled, shown), "turtle"))
    found = check_graph(read, "pyrudof")
    assert found == check_graph(read, "pyshacl")
    incomplete = ("a product without a stage", "a product of no material", "is required")
    wrong = [v for v in found if v.severity == "Violation" and v.message not in incomplete]
    assert wrong == []
    alpha2 = rdflib.URIRef(f"{NAMESPACE}alpha2")
    codes = {n.properties.get("alpha2") for n in shown.nodes} - {None}
    assert {str(code) for code in read.objects(None, alpha2)} == codes
    for code in codes:
        found_by_code = list(read.query(f'SELECT ?c {{ ?c <{alpha2}> "{code}" }}'))
        assert len(found_by_code) == 1
    assert held in codes
