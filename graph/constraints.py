"""Keys of the ontology as constraints of the database: made, then read back.

The root label of every node class has a unique ``id``; every relationship type that comes from
an n-ary class has one too, so that two sources or years never fold into one relationship.
"""

from __future__ import annotations

from neo4j import ManagedTransaction

from ..ontology.errors import DatabaseError
from ..ontology.schema import Schema
from .connection import Graph


def statements(schema: Schema) -> dict[str, str]:
    """``CREATE CONSTRAINT`` statements by constraint name, sorted."""
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
    return found


def ensure(graph: Graph, schema: Schema) -> None:
    """Create what is missing and verify that all is there.

    Raises ``DatabaseError`` where the server did not take a constraint (an older server, or data
    that already break it).
    """
    wanted = statements(schema)
    missing = set(wanted) - _present(graph)
    if missing:
        # One transaction for all: each of its own costs as much as the whole.
        graph.write(lambda tx: _create(tx, [wanted[name] for name in sorted(missing)]))
    if missing and (absent := set(wanted) - _present(graph)):
        raise DatabaseError(
            f"the database did not keep the constraints {', '.join(sorted(absent))}",
            "Orepath needs Neo4j 5.7 or later, and a database without duplicate keys.",
        )


def _create(tx: ManagedTransaction, commands: list[str]) -> None:
    for command in commands:
        tx.run(command).consume()


def _present(graph: Graph) -> set[str]:
    answer = graph.read("SHOW CONSTRAINTS YIELD name RETURN name")
    return {record["name"] for record in answer.records}
