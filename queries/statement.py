"""A statement of the user's own as an answer, so that every dressing of answers fits it.

It is one statement that only reads. A node or a relationship in a cell is told by class and id
(``Product:gallium/refined``); the nodes and relationships themselves are the answer's subgraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from neo4j.graph import Entity, Node, Path, Relationship

from ..graph.connection import Graph
from ..graph.export.values import text
from ..graph.merge import class_of
from ..graph.subgraph import Subgraph, subgraph
from ..graph.values import native
from ..ontology.errors import OrepathError
from ..ontology.schema import load_schema
from .definition import Column, ColumnType, Question
from .finding import number, plural
from .lexer import names_used, objection, parameters_used, tokens
from .run import Answer
from .unknown import unknown_names

ID = "cypher"


def ask_cypher(
    graph: Graph,
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    limit: int | None,
    timeout: float | None = None,
) -> tuple[Answer, Subgraph]:
    """The rows of a statement as an answer, and the nodes and relationships that it returned.

    ``limit`` rows at most (``None``: all), ``timeout`` in seconds. A note tells of names that the
    ontology has not got: where one is a slip, nothing is found. Raises ``OrepathError`` for a
    statement that does more than read or lacks a parameter, and what the database says.
    """
    words = tokens(statement)
    if not words:
        raise OrepathError("the statement is empty", "For example: MATCH (m:Material) RETURN m")
    if objected := objection(words):
        raise OrepathError(
            f"line {objected[1]} of the statement: {objected[0]}",
            "Only reading statements are run here; data come in by `orepath load`.",
        )
    if missing := sorted(parameters_used(words) - (parameters or {}).keys()):
        raise OrepathError(
            f"the statement's ${missing[0]} has no value",
            f"Give it: --param {missing[0]}=VALUE, or in Python parameters="
            f"{{{missing[0]!r}: VALUE}}.",
        )
    most = None if limit is None else limit + 1
    read = graph.read(statement, parameters, timeout=timeout, most=most)
    records = read.records[:limit]
    rows = tuple(tuple(_cell(value) for value in record) for record in records)
    more = limit is not None and len(read.records) > limit
    finding = f"{number(len(rows))} {plural('row', len(rows))}."
    cut = f"There are more rows than the {limit:,} that were fetched (--limit)."
    meaning = "As the statement returns it"
    columns = tuple(
        Column(name=name, type=_type(row[i] for row in rows), meaning=meaning)
        for i, name in enumerate(read.columns)
    )
    question = Question(
        id=ID,
        topic="own",
        title="A statement of one's own",
        columns=columns,
        caveats=(),
        finding=(),
        nothing="No rows.",
        method="As the statement says.",
        examples=(),
        table=statement,
    )
    told = finding if rows else question.nothing
    notes = tuple(
        f"The ontology has no {unknown.what} `{unknown.name}`. {unknown.hint}"
        for unknown in unknown_names(names_used(words))
    )
    notes += (cut,) if more else ()
    given = dict(parameters or {})
    answer = Answer(question, given, {}, columns, rows, told, notes, (), (), (told,))
    return answer, subgraph([list(record.values()) for record in records])


def _cell(value: Any) -> Any:
    if isinstance(value, Path):
        steps = [_named(value.nodes[0])]
        for tie, node in zip(value.relationships, value.nodes[1:], strict=True):
            steps += [tie.type, _named(node)]
        return " ".join(steps)
    if isinstance(value, Entity):
        return _named(value)
    if isinstance(value, Mapping):
        return text({key: _cell(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(_cell(item) for item in value)
    return native(value)


def _named(entity: Entity) -> str:
    identifier = entity.get("id")
    if isinstance(entity, Relationship):
        return f"{entity.type}:{identifier}" if identifier else entity.type
    assert isinstance(entity, Node)
    label = class_of(entity.labels, load_schema()) or ":".join(sorted(entity.labels))
    return f"{label}:{identifier}" if identifier else label


def _type(values: Iterable[Any]) -> ColumnType:
    """The type of a column by its values; text where they differ."""
    kinds = {type(value) for value in values if value is not None}
    known: Sequence[tuple[set[type], ColumnType]] = (
        ({bool}, "boolean"),
        ({int}, "integer"),
        ({int, float}, "number"),
        ({tuple}, "list"),
        ({date}, "date"),
    )
    return next((name for allowed, name in known if kinds and kinds <= allowed), "text")
