"""A graph that was loaded under another version of the ontology: told, never mixed with this one's,
and emptied to be built anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from neo4j import ManagedTransaction

from ..ontology.errors import DatabaseError
from ..ontology.schema import Schema
from .connection import Graph
from .constraints import NAMES

BATCH = 20_000
UNKNOWN = "an older version"
LOADED = """
MATCH (run:Load)
RETURN run.id AS id, run.ontology_version AS version, run.files AS files ORDER BY id
"""
RELATIONS = f"""
MATCH ()-[x]->() WHERE x.stated_in IS NOT NULL OR type(x) IN $derived OR type(x) = 'LOADED'
WITH x LIMIT {BATCH} DELETE x RETURN count(*) AS n
"""
NODES = f"""
MATCH (x) WHERE x.stated_in IS NOT NULL
WITH x LIMIT {BATCH} DETACH DELETE x RETURN count(*) AS n
"""
RUNS = "MATCH (run:Load) DETACH DELETE run"


@dataclass(frozen=True, slots=True)
class Older:
    """The versions under which data sets were loaded, and the files of each data set."""

    versions: tuple[str, ...]
    files: Mapping[str, tuple[str, ...]]

    def __str__(self) -> str:
        return f"this graph was loaded under {' and '.join(self.versions)} of the ontology"


def older(graph: Graph, schema: Schema) -> Older | None:
    """What was loaded under another version, where anything was."""
    records = graph.read(LOADED).records
    versions = {record["version"] for record in records} - {schema.version}
    if not versions:
        return None
    named = sorted(f"version {version}" if version else UNKNOWN for version in versions)
    return Older(tuple(named), {r["id"]: _names(r["files"] or ()) for r in records})


def require_current(graph: Graph, schema: Schema) -> None:
    """Raise ``DatabaseError`` where the graph was loaded under another version."""
    if found := older(graph, schema):
        raise DatabaseError(
            f"{found}, and this Orepath has version {schema.version}: they cannot be mixed",
            "Run `orepath load`, which builds the graph anew.",
        )


def empty(graph: Graph, schema: Schema) -> None:
    """Remove all that was loaded or derived, whatever the version; the record of what was loaded
    goes last, so that this can be run again where it was interrupted.

    Nodes and relationships that nobody loaded, a user's own, stay; those of them that hang on
    something loaded go with it.
    """
    derived = [relation.type for relation in schema.relations.values() if relation.derived]
    for statement in (RELATIONS, NODES):
        while _deleted(graph, statement, {"derived": derived}):
            pass
    graph.run(RUNS)
    graph.run(f"DROP INDEX {NAMES} IF EXISTS")


def _deleted(graph: Graph, statement: str, parameters: Mapping[str, Any]) -> int:
    def work(tx: ManagedTransaction) -> int:
        return int(tx.run(statement, dict(parameters)).single(strict=True)["n"])

    return graph.write(work)


def _names(files: Iterable[str]) -> tuple[str, ...]:
    """Names of the files of a load, of which the record also has the checksums."""
    return tuple(file.rsplit(" ", 1)[0] for file in files)
