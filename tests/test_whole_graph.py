"""The whole graph as files, and a script that makes the same graph again; on a server."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import networkx
import pyoxigraph

from orepath.cli.main import run
from orepath.graph.connection import Graph
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


def run_script(graph: Graph, script: str) -> None:
    for statement in script.split(";\n"):
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


def test_streams_hold_what_a_query_reads(bundled: Graph, tmp_path: Path) -> None:
    written = {ending: io.BytesIO() for ending in WHOLE}
    counts = {ending: stream_whole(bundled, out, ending) for ending, out in written.items()}
    assert len({(c.nodes, c.relationships) for c in counts.values()}) == 1
    count = counts["ttl"]
    lines = written["jsonl"].getvalue().splitlines()
    assert len(lines) == count.nodes + count.relationships
    assert json.loads(lines[0])["kind"] == "node"
    file = tmp_path / "all.graphml"
    file.write_bytes(written["graphml"].getvalue())
    drawn = networkx.read_graphml(file, force_multigraph=True)
    assert drawn.number_of_nodes() == count.nodes
    assert drawn.number_of_edges() == count.relationships
    read = pyoxigraph.Store()
    read.load(written["ttl"].getvalue(), format=pyoxigraph.RdfFormat.TURTLE)
    schema = load_schema()
    piece = Subgraph(
        tuple(all_nodes(bundled, schema)),
        tuple(r for r in all_relationships(bundled, schema) if r.type in ("MAKES", "HAS")),
    )
    for triple in to_rdf(records(piece, schema), schema):
        found = read.quads_for_pattern(
            pyoxigraph.NamedNode(str(triple[0])), pyoxigraph.NamedNode(str(triple[1])), None, None
        )
        assert next(iter(found), None) is not None, triple


def test_the_script_makes_the_same_graph_and_can_be_run_again(graph: Graph) -> None:
    from orepath.report.files.graphs import graph_file

    odd = strange()
    piece = Subgraph(
        tuple(sorted((*SMALL.nodes, *odd.nodes), key=lambda n: n.id)), SMALL.relationships
    )
    script = graph_file(piece, "cypher")
    assert isinstance(script, str)
    run_script(graph, script)
    first = whole(graph)
    assert {n.properties["id"] for n in first.nodes} == {n.properties["id"] for n in piece.nodes}
    (kept,) = [n for n in first.nodes if n.properties["id"] == odd.nodes[0].properties["id"]]
    assert kept.properties == odd.nodes[0].properties
    assert first.relationships == SMALL.relationships
    run_script(graph, script)
    assert whole(graph) == first


def test_the_command_writes_the_whole_graph(
    graph: Graph, environment: Callable[[Graph], None], tmp_path: Path
) -> None:
    from orepath.report.files.graphs import graph_file

    environment(graph)
    script = graph_file(SMALL, "cypher")
    assert isinstance(script, str)
    run_script(graph, script)
    file = tmp_path / "all.graphml"
    assert run(["export", "--all", "-o", str(file)]) == 0
    assert set(networkx.read_graphml(file).nodes) == {n.id for n in SMALL.nodes}
    assert run(["export", "--all", "-o", str(file)]) == 1
    assert run(["export", "--all", "-o", str(file), "--force"]) == 0
