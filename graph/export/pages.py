"""The whole graph, page by page in the order of its keys, however large it is.

Only a few pages are held at a time; the next is read while one is written. The pages are
transactions of their own: what others change meanwhile may be seen in one and not in another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ...ontology.schema import Schema
from ...ontology.terms import kebab
from ..connection import Graph
from ..merge import class_of
from ..subgraph import Node, Relationship, Value, tie_id
from ..values import native

SIZE = 5_000
"""Nodes or relationships of a page."""
SIMPLE = frozenset({str, int, float, bool})
Read = Callable[[str], Sequence[Any]]
"""Gives the elements of a page whose keys come after one: each a list that begins with its key."""


def all_nodes(graph: Graph, schema: Schema, size: int = SIZE) -> Iterator[Node]:
    """Every node of a class of the ontology, by root class and id."""
    labels: dict[tuple[str, ...], tuple[str, ...]] = {}
    for root in schema.roots:
        cypher = (
            f"MATCH (n:`{root}`) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $size "
            "RETURN collect([n.id, labels(n), properties(n)]) AS page"
        )
        prefix = kebab(root)
        for identifier, found, properties in _elements(_reader(graph, cypher, size)):
            key = tuple(found)
            if key not in labels:
                cls = class_of(key, schema)
                labels[key] = schema.nodes[cls].labels if cls else tuple(sorted(key))
            yield Node(f"{prefix}/{identifier}", labels[key], _values(properties))


def all_relationships(graph: Graph, schema: Schema, size: int = SIZE) -> Iterator[Relationship]:
    """Every relationship between such nodes: by type, then by its key or its ends'."""
    prefixes: dict[tuple[str, ...], str] = {}

    def end(labels: Sequence[str], identifier: str) -> str:
        key = tuple(labels)
        if key not in prefixes:
            prefixes[key] = kebab(schema.root_of(key))
        return f"{prefixes[key]}/{identifier}"

    for type_, read in _types(graph, schema, size):
        for _, of_start, start, of_end, other, properties in _elements(read):
            a, b = end(of_start, start), end(of_end, other)
            values = _values(properties)
            yield Relationship(tie_id(a, type_, b, values), type_, a, b, values)


def _types(graph: Graph, schema: Schema, size: int) -> Iterator[tuple[str, Read]]:
    """How the relationships of each type are read: by their key where they have one."""
    ends = "labels(a), a.id, labels(b), b.id, properties(r)"
    for type_ in sorted(schema.types):
        relations = [r for r in schema.relations.values() if r.type == type_]
        if any(not r.plain for r in relations):
            yield (
                type_,
                _reader(
                    graph,
                    f"MATCH (a)-[r:`{type_}`]->(b) WHERE r.id > $after "
                    "WITH a, r, b ORDER BY r.id LIMIT $size "
                    f"RETURN collect([r.id, {ends}]) AS page",
                    size,
                ),
            )
        roots = schema.root_labels(label for r in relations if r.plain for label in r.start)
        for root in roots:
            # Nodes without such a relationship give an element too, or a page could seem the last.
            yield (
                type_,
                _reader(
                    graph,
                    f"MATCH (a:`{root}`) WHERE a.id > $after WITH a ORDER BY a.id LIMIT $size "
                    f"OPTIONAL MATCH (a)-[r:`{type_}`]->(b) WHERE r.id IS NULL "
                    "WITH a, r, b ORDER BY a.id, b.id "
                    f"RETURN collect([a.id, {ends}]) AS page",
                    size,
                ),
            )


def _reader(graph: Graph, cypher: str, size: int) -> Read:
    def read(after: str) -> Sequence[Any]:
        found: Sequence[Any] = graph.read(cypher, {"after": after, "size": size}).records[0]["page"]
        return found

    return read


def _elements(read: Read) -> Iterator[Any]:
    """All elements of all pages; those that end nowhere are left out."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(read, "")
        while page := coming.result():
            coming = pool.submit(read, page[-1][0])
            for element in page:
                if element[-1] is not None:
                    yield element


def _values(properties: dict[str, Any]) -> dict[str, Value]:
    """As in a subgraph: sorted, and without what data sets said that is not what stands."""
    return {
        name: value if type(value := properties[name]) in SIMPLE else native(value)
        for name in sorted(properties)
        if name != "stated_as"
    }
