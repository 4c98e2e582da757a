"""The graph in Neo4j against the shapes: faults are found in structure and in evidence alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from orepath.graph import audit
from orepath.graph.connection import Graph
from orepath.graph.writer import Writer
from orepath.loaders import vocabulary
from orepath.loaders.base import Ledger
from orepath.loaders.registry import all_editions, source_facts
from orepath.ontology.check import Violation
from orepath.ontology.schema import load_schema

from .stated import stated


def violations(graph: Graph) -> list[Violation]:
    return sorted(audit.audit(graph, load_schema()))


@pytest.mark.timeout(1800)
def test_the_bundle_conforms(bundled: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of the structure, some of the evidence; `orepath check` reads all before a release."""
    whole = audit._page

    def some(*given: Any) -> audit.Page:
        page = whole(*given)
        return replace(page, rows=page.rows[::30])

    monkeypatch.setattr(audit, "_page", some)
    assert [v for v in violations(bundled) if v.severity == "Violation"] == []


def test_only_what_looks_far_is_checked_in_one_piece() -> None:
    schema = load_schema()
    paged = {relation.name for relation in audit.paged_of(schema)}
    whole = {r.name for r in schema.relations.values() if r.key} - paged
    assert whole == {"Making"}  # its rule goes on from the industry to the economy


@pytest.mark.timeout(600)
def test_faults_made_behind_the_writers_back_are_found(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 20)  # several pages of few facts
    writer = Writer(graph, load_schema())
    writer.load(vocabulary.SOURCE, vocabulary.Reading().facts(Ledger()))
    source = "orepath-byproducts"
    writer.load(source, [*source_facts(all_editions()[source]), *stated("byproducts").facts])
    assert [v for v in violations(graph) if v.severity == "Violation"] == []
    key = graph.read("MATCH ()-[r:BYPRODUCT_OF]->() RETURN max(r.id) AS id").records[0]["id"]
    graph.run("MATCH ()-[r:BYPRODUCT_OF {id: $id}]->() SET r.companionality = 120.0", {"id": key})
    graph.run("MATCH ()-[r:BYPRODUCT_OF {id: $id}]->() REMOVE r.verified", {"id": key})
    graph.run("MATCH (m:Material {id: 'gallium'}) REMOVE m.name")
    graph.run(
        "MATCH (s:Source {kind: 'document'}) WITH s LIMIT 1 "
        "CREATE (n:Source) SET n = s{.*, id: 'doc-cited-by-nobody'}"
    )
    found = violations(graph)
    assert {(v.focus.partition("orepath/")[2].partition("/")[0], v.path) for v in found} == {
        ("byproduct-tie", "companionality"),
        ("byproduct-tie", "verified"),
        ("material", "name"),
        ("source", ""),
    }
