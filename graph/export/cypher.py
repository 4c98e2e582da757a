"""Nodes and relationships as a Cypher script for any Neo4j 5 or later.

Everything is merged by key, so the script can be run twice, or over a graph that holds part of it.
One statement a block, ended by a semicolon, as the shell and the Browser take it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from ...ontology.schema import Schema
from ...ontology.terms import kebab
from ..constraints import statements
from ..subgraph import Node, Relationship

ROWS = 200
"""Rows that a statement merges."""
HEAD = "// Keys first; then nodes and relationships, merged by them. It can be run again.\n"
_ESCAPED = str.maketrans(
    {
        "\\": "\\\\",
        "'": "\\'",
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
        "\b": "\\b",
        "\f": "\\f",
        **{chr(code): f"\\u{code:04x}" for code in (0, 0x0B, 0x85, 0x2028, 0x2029)},
        **{chr(code): f"\\u{code:04x}" for code in range(0xD800, 0xE000)},
    }
)
"""What ends a text or a line, for Neo4j or for an editor, and what cannot be written in a file."""


def script(
    nodes: Iterable[Node], relationships: Iterable[Relationship], schema: Schema
) -> Iterator[str]:
    """The statements, each with its semicolon and a line break."""
    yield HEAD
    for statement in statements(schema).values():
        yield f"{statement};\n"
    roots = {kebab(root): root for root in schema.roots}
    for labels, group in groupby(nodes, lambda n: n.labels):
        root = schema.root_of(labels)
        given = "".join(f":{name(label)}" for label in labels)
        merge = f"MERGE (n:{name(root)} {{id: row.id}}) SET n{given}, n += row.properties"
        yield from _statements((_row(n.properties) for n in group), merge)

    def ends(tie: Relationship) -> tuple[str, str, str, bool]:
        return (
            tie.type,
            roots[tie.start.partition("/")[0]],
            roots[tie.end.partition("/")[0]],
            "id" in tie.properties,
        )

    for (type_, start, end, keyed), ties in groupby(relationships, ends):
        key = " {id: row.id}" if keyed else ""
        merge = (
            f"MATCH (a:{name(start)} {{id: row.start}}) MATCH (b:{name(end)} {{id: row.end}}) "
            f"MERGE (a)-[r:{name(type_)}{key}]->(b) SET r += row.properties"
        )
        rows = (
            {"start": t.start.partition("/")[2], "end": t.end.partition("/")[2]}
            | _row(t.properties)
            for t in ties
        )
        yield from _statements(rows, merge)


def literal(value: Any) -> str:
    """A value as Cypher writes it; raises ``ValueError`` for a number that is none."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is no number that Cypher can write")
        return repr(value).replace("e+", "e")
    for kind, function in ((datetime, "datetime"), (date, "date"), (time, "time")):
        if isinstance(value, kind):
            return f"{function}('{value.isoformat()}')"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name(k)}: {literal(v)}' for k, v in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(literal, value))}]"
    return f"'{str(value).translate(_ESCAPED)}'"


def name(word: str) -> str:
    """A label, type or property name that means itself whatever it holds."""
    return f"`{word.replace('`', '``')}`"


def _row(properties: Mapping[str, Any]) -> dict[str, Any]:
    own = {k: v for k, v in properties.items() if k != "id"}
    key = {"id": properties["id"]} if "id" in properties else {}
    return key | {"properties": own}


def _statements(rows: Iterable[Mapping[str, Any]], merge: str) -> Iterator[str]:
    batch: list[str] = []

    def told() -> str:
        return "UNWIND [\n  " + ",\n  ".join(batch) + f"\n] AS row\n{merge};\n"

    for row in rows:
        batch.append(literal(row))
        if len(batch) == ROWS:
            yield told()
            batch.clear()
    if batch:
        yield told()
