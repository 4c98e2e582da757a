"""The log of loads: one record a data set, of its last run.

A record without ``finished`` is a load or an unload that was interrupted; running it again
completes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neo4j import ManagedTransaction

from .connection import Graph

RECORD = """
MERGE (run:Load {id: $id}) SET run = $properties
WITH run MATCH (source:Source {id: $id}) MERGE (run)-[:LOADED]->(source)
"""


def record(graph: Graph, dataset: str, properties: Mapping[str, Any]) -> None:
    """Write what is known of a run; called when it starts and when it is done."""
    stored = {"id": dataset, "name": dataset, **properties}

    def work(tx: ManagedTransaction) -> None:
        tx.run(RECORD, {"id": dataset, "properties": stored}).consume()

    graph.write(work)


def datasets(graph: Graph) -> list[str]:
    """The data sets of which a load was recorded, sorted."""
    answer = graph.read("MATCH (run:Load) RETURN run.id AS id ORDER BY id")
    return [record["id"] for record in answer.records]


def records(graph: Graph) -> dict[str, dict[str, Any]]:
    """The records of the last loads by data set."""
    answer = graph.read("MATCH (run:Load) RETURN run.id AS id, properties(run) AS properties")
    return {record["id"]: record["properties"] for record in answer.records}


def finished(graph: Graph) -> set[str]:
    """The data sets whose last load was completed."""
    answer = graph.read("MATCH (run:Load) WHERE run.finished IS NOT NULL RETURN run.id AS id")
    return {record["id"] for record in answer.records}


def is_derived(graph: Graph, by: str) -> bool:
    """Whether all that is loaded was taken into account when figures were derived last, and that
    by the package of the fingerprint ``by``."""
    answer = graph.read(
        "MATCH (run:Load) "
        "RETURN count(*) > 0 AND all(r IN collect(run) "
        "WHERE r.finished IS NOT NULL AND r.derived_by = $by) AS so",
        {"by": by},
    )
    return bool(answer.records[0]["so"])


def note_derived(graph: Graph, by: str | None) -> None:
    """Note that figures were derived from all that is loaded; with ``None``, that none are."""
    graph.run("MATCH (run:Load) SET run.derived_by = $by", {"by": by})


def reopen(graph: Graph, dataset: str) -> None:
    """Note that the unload of a data set has begun."""
    graph.run("MATCH (run:Load {id: $id}) REMOVE run.finished", {"id": dataset})


def forget(graph: Graph, dataset: str) -> None:
    """Remove the record of a data set's load, as the last step of its unload."""
    graph.run("MATCH (run:Load {id: $id}) DETACH DELETE run", {"id": dataset})
