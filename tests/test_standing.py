"""A bundled source that is loaded already is not read again; what is lost or changed is."""

from __future__ import annotations

import pytest

from orepath.cli.telling import told
from orepath.graph import derive as derivation
from orepath.graph import runs
from orepath.graph.connection import Graph
from orepath.graph.derive import in_step, remove
from orepath.loaders import load as loading
from orepath.loaders.facts import sets
from orepath.loaders.guard import Meant
from orepath.loaders.load import load_bundle, load_source, unload_source
from orepath.loaders.loading import Loaded, Loading
from orepath.tools.checksum import checksum

SOURCE = "orepath-byproducts"
WORDS = "orepath-vocabulary"
TIE = "MATCH ()-[tie:BYPRODUCT_OF]->() WITH tie ORDER BY tie.id LIMIT 1 "


@pytest.fixture
def before(graph: Graph, small_bundle: None) -> str:
    """The checksum of a graph that holds the small bundle."""
    assert not any(loaded.stood for loaded in load_bundle(graph)[0])
    return checksum(graph)


def stood(done: list[Loaded]) -> list[str]:
    return [loaded.source for loaded in done if loaded.stood]


def test_what_stands_is_neither_read_nor_derived_again(
    graph: Graph, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "derive", None)
    monkeypatch.setattr(Loading, "_packaged", None)
    done, derived = load_bundle(graph)
    assert stood(done) == [WORDS, SOURCE]
    assert derived == in_step(graph)
    assert derived is not None
    assert (derived.written, derived.removed, derived.edges_changed) == (0, 0, 0)
    records = runs.records(graph)
    for loaded in done:
        assert loaded.report.facts == records[loaded.source]["facts"] > 0
        assert told(loaded).endswith("facts, loaded already.")
    assert checksum(graph) == before


def test_a_fact_that_was_lost_comes_back(graph: Graph, before: str) -> None:
    graph.run(TIE + "DELETE tie")
    assert checksum(graph) != before
    done, _ = load_bundle(graph)
    assert stood(done) == [WORDS]
    assert done[1].report.created == 1
    assert checksum(graph) == before


def test_a_changed_value_is_mended_when_asked_for(graph: Graph, before: str) -> None:
    graph.run(TIE + "SET tie.note = 'x'")
    assert stood(load_bundle(graph)[0]) == [WORDS, SOURCE]
    done, _ = load_bundle(graph, meant=Meant(replace=True))
    assert not stood(done)
    assert done[1].report.changed == 1
    assert checksum(graph) == before


def test_an_interrupted_load_is_completed(graph: Graph, before: str) -> None:
    runs.reopen(graph, SOURCE)
    assert in_step(graph) is None
    assert stood(load_bundle(graph)[0]) == [WORDS]
    assert in_step(graph) is not None
    assert checksum(graph) == before


def test_what_was_not_derived_is_derived(graph: Graph, before: str) -> None:
    remove(graph)
    assert checksum(graph) != before
    assert stood(load_bundle(graph)[0]) == [WORDS, SOURCE]
    assert checksum(graph) == before


def test_another_package_reads_and_derives_all_again(
    graph: Graph, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (loading, derivation):
        monkeypatch.setattr(module, "fingerprint", lambda schema: "another")
    assert in_step(graph) is None
    assert not stood(load_bundle(graph)[0])
    assert checksum(graph) == before


def test_a_users_own_copy_does_not_stand_for_the_bundled_one(graph: Graph, before: str) -> None:
    load_source(graph, "facts", [sets.bundled()[SOURCE]])
    assert in_step(graph) is None
    assert stood(load_bundle(graph)[0]) == [WORDS]
    assert checksum(graph) == before


def test_what_was_unloaded_is_loaded(graph: Graph, before: str) -> None:
    unload_source(graph, SOURCE)
    assert stood(load_bundle(graph)[0]) == [WORDS]
    assert checksum(graph) == before
