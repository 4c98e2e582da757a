"""The offline import: the same graph as by Bolt, and a clear refusal where it cannot be used."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from orepath.cli import main
from orepath.graph.bulk import ARRAY, BulkWriter
from orepath.graph.connection import Graph, connect
from orepath.graph.constraints import ensure
from orepath.graph.derive import derive
from orepath.graph.local import stop
from orepath.graph.local.importing import is_new, offline_import
from orepath.graph.writer import Writer
from orepath.loaders.load import load_bundle, load_offline
from orepath.ontology.errors import OrepathError
from orepath.ontology.facts import Fact, Place
from orepath.ontology.schema import load_schema
from orepath.tools.checksum import checksum


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own for the local server, stopped at the end."""
    monkeypatch.setenv("OREPATH_DATA_DIR", str(tmp_path))
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    yield tmp_path
    stop(progress=False)


def load_in_bulk() -> None:
    CliRunner().invoke(main.orepath, ["load", "--bulk"], catch_exceptions=False)


@pytest.mark.timeout(600)
def test_the_import_makes_the_same_graph_as_bolt(bundled: Graph, local: Path) -> None:
    assert is_new()
    done, brought = load_offline(None, ())
    assert not [row for loaded in done for row in loaded.rejected]
    with connect() as graph:
        ensure(graph, load_schema())
        assert checksum(graph) == checksum(bundled)
        # What the bundle says is derived from it is what follows from it.
        derived = derive(graph)
        assert (derived.written, derived.removed, derived.edges_changed) == (0, 0, 0)
        assert brought is not None
        assert derived.order_changed == 0 < brought.order_changed
        assert (brought.shares, brought.edges) == (derived.shares, derived.edges)
        assert derived.edges > derived.shares > 0
        # The log of loads is there, and loading again by Bolt finds nothing to do.
        runs = graph.read(
            "MATCH (run:Load)-[:LOADED]->(:Source) WHERE run.finished IS NOT NULL "
            "RETURN count(*) AS n"
        )
        assert runs.records[0]["n"] == len(done)
        assert all(loaded.stood for loaded in load_bundle(graph)[0])
    assert not is_new()
    assert not list(local.glob("*/import-*"))
    with pytest.raises(OrepathError, match="--bulk replaces the whole graph, and the local one"):
        load_in_bulk()


def test_a_server_elsewhere_cannot_be_loaded_in_bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://db.example:7687")
    with pytest.raises(OrepathError, match="--bulk cannot load into bolt:"):
        load_in_bulk()


def rows(*facts: tuple[str, dict[str, str | bool]]) -> list[Fact]:
    return [Fact(term, values, Place("rows.csv", n)) for n, (term, values) in enumerate(facts, 2)]


def test_what_several_data_sets_state_is_joined_as_the_writer_joins_it(
    graph: Graph, tmp_path: Path
) -> None:
    first = rows(
        ("Source", {"id": "doc-a", "name": "A", "kind": "document"}),
        ("Material", {"id": "gallium", "name": "gallium"}),
        ("Material", {"id": "aluminium", "name": "aluminium", "symbol": "Al"}),
        ("part_of", {"start": "gallium", "end": "nowhere"}),
        ("Material", {"id": "tin", "name": "tin", "kind": "no such kind"}),
    )
    second = rows(
        ("Material", {"id": "gallium", "name": "Gallium", "symbol": "Ga"}),
        (
            "ByproductTie",
            {"material": "gallium", "host": "aluminium", "source": "doc-a", "verified": True},
        ),
    )
    schema = load_schema()
    bolt, bulk = Writer(graph, schema), BulkWriter(schema, tmp_path)
    for dataset, facts in (("one", first), ("two", second)):
        by_bolt, by_files = bolt.load(dataset, facts), bulk.load(dataset, facts)
        assert (by_files.created, by_files.changed, by_files.unchanged) == (
            by_bolt.created,
            by_bolt.changed,
            by_bolt.unchanged,
        )
        assert by_files.rejected == by_bolt.rejected
        assert len(by_bolt.rejected) == (2 if dataset == "one" else 0)
    held = graph.read(
        "MATCH (m:Material {id: 'gallium'}) RETURN m.name, m.symbol, m.stated_in"
    ).records[0]
    assert list(held) == ["gallium", "Ga", ["one", "two"]]
    written = {}
    for file in bulk.files():
        with file.path.open(encoding="utf-8", newline="") as stream:
            written[file.path.stem] = list(csv.DictReader(stream))
    gallium = next(r for r in written["Material"] if r["id:ID(Material)"] == "gallium")
    assert (gallium["name:string"], gallium["symbol:string"]) == ("gallium", "Ga")
    assert gallium["stated_in:string[]"].split(ARRAY) == ["one", "two"]
    assert gallium[":LABEL"] == "Material"
    assert len(written["ByproductTie-Material-Material"]) == 1
    assert "part_of-Material-Material" not in written


@pytest.mark.timeout(300)
def test_a_text_of_several_lines_comes_through(local: Path) -> None:
    text = 'one\n"two", three'
    with offline_import(progress=False) as importing:
        bulk = BulkWriter(load_schema(), importing.folder)
        bulk.load("one", rows(("Material", {"id": "tin", "name": "tin", "description": text})))
        files = bulk.files()
        assert bulk.multiline
        importing.run(files, ARRAY, multiline=bulk.multiline)
    with connect() as graph:
        found = graph.read("MATCH (m:Material) RETURN m.id, m.description").records
    assert [list(record) for record in found] == [["tin", text]]


def test_a_foreign_claim_on_a_source_that_was_written_is_refused(tmp_path: Path) -> None:
    bulk = BulkWriter(load_schema(), tmp_path)
    tie: dict[str, str | bool] = {"material": "a", "host": "b", "source": "one", "verified": True}
    nodes: list[tuple[str, dict[str, str | bool]]] = [
        ("Source", {"id": "one", "name": "1", "kind": "dataset"}),
        ("Material", {"id": "a", "name": "a"}),
    ]
    bulk.load("one", rows(*nodes, ("Material", {"id": "b", "name": "b"}), ("ByproductTie", tie)))
    with pytest.raises(OrepathError, match="states a fact of the source one"):
        bulk.load("two", rows(("ByproductTie", tie)))
