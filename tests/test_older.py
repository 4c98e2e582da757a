"""A graph of another version of the ontology is built anew, and never mixed or lost unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orepath.cli.main import run as invoke
from orepath.graph.connection import Graph
from orepath.graph.older import empty, older, require_current
from orepath.loaders.load import load_bundle, load_source
from orepath.ontology.errors import DatabaseError
from orepath.ontology.schema import load_schema
from orepath.tools.checksum import checksum

SCHEMA = load_schema()
AGE = "MATCH (run:Load) SET run.ontology_version = '0.1.0'"


@pytest.fixture
def run(
    graph: Graph, environment: Callable[[Graph], None], capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Run a command on the graph: its exit code, and what it says beside its answer."""
    environment(graph)
    return lambda *arguments: (invoke(list(arguments)), capsys.readouterr().err)


def own_table(folder: Path) -> Path:
    file = folder / "mine.csv"
    file.write_text(
        "economy,product,period,amount,unit,measure\nChile,lithium/ore,2024,49000,t,production\n"
    )
    return file


@pytest.mark.usefixtures("small_bundle")
def test_a_graph_of_the_bundle_is_built_anew(
    graph: Graph, run: Callable[..., tuple[int, str]]
) -> None:
    load_bundle(graph)
    expected = checksum(graph)
    graph.run(AGE)
    graph.run("MATCH (m:Material {id: 'gallium'}) SET m.symbol = 'Xx' CREATE (:Mine {id: 'own'})")
    graph.run("MATCH (m:Material {id: 'gallium'}) CREATE (m)-[:OLD {stated_in: ['x']}]->(m)")
    for command in (("ask", "criticality-lists"), ("check",), ("derive",), ("unload", "x")):
        code, said = run(*command)
        assert code == 1
        assert "version 0.1.0 of the ontology" in said
        assert "orepath load" in said
    code, said = run("load")
    assert code == 0, said
    assert "was built anew" in said
    assert older(graph, SCHEMA) is None
    assert graph.run("MATCH (n:Mine) DELETE n RETURN count(*) AS n").records[0]["n"] == 1
    assert checksum(graph) == expected


@pytest.mark.usefixtures("small_bundle")
def test_what_is_not_bundled_is_lost_only_when_that_is_said(
    graph: Graph, run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    load_bundle(graph)
    bundled = checksum(graph)
    load_source(graph, "table", [own_table(tmp_path)])
    graph.run(AGE)
    before = checksum(graph)
    code, said = run("load")
    assert code == 3
    assert "table-mine (mine.csv)" in said
    assert "--replace" in said
    assert checksum(graph) == before
    assert run("load", "--replace")[0] == 0
    assert checksum(graph) == bundled


@pytest.mark.usefixtures("small_bundle")
def test_an_interrupted_rebuild_is_known_as_one(graph: Graph) -> None:
    load_bundle(graph)
    graph.run(AGE)
    graph.run("MATCH (m:Material) DETACH DELETE m")
    with pytest.raises(DatabaseError, match="cannot be mixed"):
        require_current(graph, SCHEMA)
    empty(graph, SCHEMA)
    assert graph.size() == 0
    assert older(graph, SCHEMA) is None


def test_a_graph_without_a_version_is_older(graph: Graph) -> None:
    graph.run("CREATE (:Load {id: 'usgs-mcs-2024', files: ['a b.csv 12ab']})")
    found = older(graph, SCHEMA)
    assert found is not None
    assert dict(found.files) == {"usgs-mcs-2024": ("a b.csv",)}
    assert "an older version of the ontology" in str(found)
