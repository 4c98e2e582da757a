"""The whole graph as files, and a script that makes the same graph again; on a server."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph
import rdflib

from orepath.cli.main import run
from orepath.graph.connection import Graph
from orepath.graph.export.cypher import script
from orepath.graph.export.pages import all_nodes, all_relationships
from orepath.graph.export.rdf import records
from orepath.graph.subgraph import Subgraph, subgraph
from orepath.ontology.rdf import to_rdf
from orepath.ontology.schema import load_schema
from orepath.report.files.whole import WHOLE, stream_whole
from test_export import SMALL
from test_files import strange


def whole(graph: Graph) -> Subgraph:
    """All of it by one query each, as a question would read it."""
    found = graph.read("MATCH (n) RETURN collect(n) AS n").records
    ties = graph.read("MATCH (a)-[r]->(b) RETURN a, r, b").records
    return subgraph([*found, *ties], load_schema())


def written(piece: Subgraph) -> str:
    return "".join(script(piece.nodes, piece.relationships, load_schema()))


def run_script(graph: Graph, text: str) -> None:
    for statement in text.split(";\n"):
        if statement.strip():
            graph.run(statement)


def test_pages_hold_all_of_a_graph_and_each_once(bundled: Graph) -> None:
    schema = load_schema()
    held = bundled.size()
    ties = bundled.read("MATCH ()-[r]->() RETURN count(r) AS n").records[0]["n"]
    nodes = [n.id for n in all_nodes(bundled, schema, size=700)]
    assert len(nodes) == len(set(nodes)) == held
    found = [r.id for r in all_relationships(bundled, schema, size=3_000)]
    assert len(found) == len(set(found)) == ties


def test_streams_hold_what_a_query_reads(graph: Graph, tmp_path: Path) -> None:
    schema = load_schema()
    run_script(graph, written(SMALL))
    streams = {ending: io.BytesIO() for ending in WHOLE}
    counts = {ending: stream_whole(graph, out, ending) for ending, out in streams.items()}
    held = whole(graph)
    assert {(c.nodes, c.relationships) for c in counts.values()} == {
        (len(held.nodes), len(held.relationships))
    }
    lines = [json.loads(line) for line in streams["jsonl"].getvalue().splitlines()]
    assert [line["id"] for line in lines if line["kind"] == "node"] == [n.id for n in held.nodes]
    assert {line["id"] for line in lines} == {
        *(n.id for n in held.nodes),
        *(r.id for r in held.relationships),
    }
    drawn: Any = networkx.parse_graphml(
        streams["graphml"].getvalue().decode(), force_multigraph=True
    )
    assert {key for *_, key in drawn.edges(keys=True)} == {r.id for r in held.relationships}
    (share,) = [d["share"] for *_, d in drawn.edges(data=True) if "share" in d]
    assert share == 0.99
    triples = rdflib.Graph().parse(data=streams["ttl"].getvalue(), format="turtle")
    assert set(triples) == set(to_rdf(records(held, schema), schema))
    quads = pyoxigraph.parse(streams["trig"].getvalue(), format=pyoxigraph.RdfFormat.TRIG)
    assert len({quad.triple for quad in quads}) == len(triples)


def test_the_script_makes_the_same_graph_and_can_be_run_again(graph: Graph) -> None:
    odd = strange()
    piece = Subgraph(
        tuple(sorted((*SMALL.nodes, *odd.nodes), key=lambda n: n.id)), SMALL.relationships
    )
    run_script(graph, written(piece))
    first = whole(graph)
    assert {n.properties["id"] for n in first.nodes} == {n.properties["id"] for n in piece.nodes}
    (kept,) = [n for n in first.nodes if n.properties["id"] == odd.nodes[0].properties["id"]]
    assert kept.properties == odd.nodes[0].properties
    assert first.relationships == SMALL.relationships
    run_script(graph, written(piece))
    assert whole(graph) == first


def test_the_command_writes_the_whole_graph(
    graph: Graph, environment: Callable[[Graph], None], tmp_path: Path
) -> None:
    environment(graph)
    run_script(graph, written(SMALL))
    file = tmp_path / "all.graphml"
    assert run(["export", "--all", "-o", str(file)]) == 0
    assert set(networkx.read_graphml(file).nodes) == {n.id for n in SMALL.nodes}
    assert run(["export", "--all", "-o", str(file)]) == 1
    assert run(["export", "--all", "-o", str(file), "--force"]) == 0
