"""The whole graph as a file, written while it is read: its size does not matter to the memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from ...graph.export.values import plain
from ...ontology.schema import load_schema
from .dress import dressed
from .writing import replacing

if TYPE_CHECKING:
    from ...graph.connection import Graph
    from ...graph.subgraph import Node, Relationship
    from ...ontology.schema import Schema

WHOLE = ("graphml", "cypher", "ttl", "trig", "jsonl", "zip")
"""Endings that can be written piece by piece."""
T = TypeVar("T")


@dataclass(slots=True)
class Written:
    """How much was written."""

    nodes: int = 0
    relationships: int = 0


def write_whole(graph: Graph, path: Path, ending: str, *, force: bool = False) -> Written:
    """Write every node and relationship of the graph to a file with one of the endings ``WHOLE``.

    The file is in its place when all is written, and not before. Raises ``OrepathError``.
    """
    with replacing(path, force=force) as stream:
        return stream_whole(graph, stream, ending)


def stream_whole(graph: Graph, stream: BinaryIO, ending: str) -> Written:
    """The same to an open stream."""
    from ...graph.export.pages import all_nodes, all_relationships

    schema = load_schema()
    written = Written()

    def counted(elements: Iterable[T], what: str) -> Iterator[T]:
        for number, element in enumerate(elements, start=1):
            yield element
            setattr(written, what, number)

    nodes = counted(all_nodes(graph, schema), "nodes")
    ties = counted(all_relationships(graph, schema), "relationships")
    if ending == "zip":
        from ...graph.export.tables import write_tables

        write_tables(stream, nodes, ties, schema)
        return written
    for piece in _pieces(ending, nodes, ties, schema):
        stream.write(piece.encode("utf-8", "replace"))
    return written


def _pieces(
    ending: str, nodes: Iterable[Node], ties: Iterable[Relationship], schema: Schema
) -> Iterator[str]:
    if ending == "jsonl":
        return _json_lines(nodes, ties)
    if ending == "graphml":
        from ...graph.export.elements import kinds_declared
        from ...graph.export.graphml import lines

        kinds = kinds_declared(schema)
        return lines(nodes, ties, kinds, kinds, dressed())
    if ending == "cypher":
        from ...graph.export.cypher import script

        return script(nodes, ties, schema)
    from ...graph.export import triples

    write = triples.trig if ending == "trig" else triples.turtle
    return write(nodes, ties, schema)


def _json_lines(nodes: Iterable[Node], ties: Iterable[Relationship]) -> Iterator[str]:
    """Each element as a line; its ``kind`` says which of the two it is."""
    for n in nodes:
        yield _line(kind="node", id=n.id, labels=n.labels, properties=n.properties)
    for r in ties:
        yield _line(
            kind="relationship",
            id=r.id,
            type=r.type,
            start=r.start,
            end=r.end,
            properties=r.properties,
        )


def _line(**values: Any) -> str:
    return json.dumps(_plain(values), ensure_ascii=False) + "\n"


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """The values as JSON knows them, in their order."""
    return {name: plain(value) for name, value in values.items()}
