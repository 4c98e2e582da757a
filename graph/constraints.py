"""Keys of the ontology as constraints of the database, and its names as a full-text index: made,
then read back.

The root label of every node class has a unique ``id``; every relationship type that comes from
an n-ary class has one too, so that two sources or years never fold into one relationship. The
index ``names`` finds nodes by words of their names:
``CALL db.index.fulltext.queryNodes('names', 'neodym*')``.
"""

from __future__ import annotations

from neo4j import ManagedTransaction

from ..ontology.errors import DatabaseError
from ..ontology.schema import Schema
from .connection import Graph

NAMES = "names"
"""The full-text index of names."""
POPULATED = 60
"""Seconds that a new index may take to hold what is in the graph."""


def statements(schema: Schema) -> dict[str, str]:
    """``CREATE`` statements of constraints, sorted, and of the index, by name."""
    found = {}
    for label in schema.roots:
        name = f"{label.lower()}_id"
        found[name] = (
            f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.id IS UNIQUE"
        )
    for type_ in sorted({r.type for r in schema.relations.values() if not r.plain}):
        name = f"{type_.lower()}_key"
        found[name] = (
            f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR ()-[r:`{type_}`]-() REQUIRE r.id IS UNIQUE"
        )
    named = [label for label in schema.roots if not schema.nodes[label].named_after]
    found[NAMES] = (
        f"CREATE FULLTEXT INDEX {NAMES} IF NOT EXISTS FOR (n:{'|'.join(f'`{n}`' for n in named)}) "
        "ON EACH [n.name, n.alt_names]"
    )
    return found


def ensure(graph: Graph, schema: Schema) -> None:
    """Create what is missing and verify that all is there.

    Raises ``DatabaseError`` where the server did not take one of them (an older server, or data
    that already break a constraint).
    """
    wanted = statements(schema)
    missing = set(wanted) - _present(graph)
    if missing:
        # One transaction for all: each of its own costs as much as the whole.
        graph.write(lambda tx: _create(tx, [wanted[name] for name in sorted(missing)]))
        if NAMES in missing:
            graph.read(f"CALL db.awaitIndex('{NAMES}', {POPULATED})")
    if missing and (absent := set(wanted) - _present(graph)):
        raise DatabaseError(
            f"the database did not keep the keys {', '.join(sorted(absent))}",
            "Orepath needs Neo4j 5.7 or later, and a database without duplicate keys.",
        )


def _create(tx: ManagedTransaction, commands: list[str]) -> None:
    for command in commands:
        tx.run(command).consume()


def _present(graph: Graph) -> set[str]:
    answer = graph.read(
        "SHOW INDEXES YIELD name, type, owningConstraint "
        "WHERE owningConstraint IS NOT NULL OR type = 'FULLTEXT' RETURN name"
    )
    return {record["name"] for record in answer.records}
