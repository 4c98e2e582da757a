"""Nodes and relationships as GraphML, for Gephi, yEd, Cytoscape and networkx.

Written line by line, so that a graph may be larger than the memory; every attribute is declared
first, with its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ..subgraph import Node, Relationship, Subgraph
from .elements import Cell, Dress, Kinds, cell, cells, kinds_of, named, seen

TYPES: Mapping[type, str] = {str: "string", bool: "boolean", int: "long", float: "double"}
_MARKUP = re.compile(r"[&<>\r]")
_PLAIN = re.compile(r"[A-Za-z0-9 /:;.|_+-]*")
"""Ids that an attribute holds as they are."""
HEAD = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def graphml(piece: Subgraph, dress: Dress = named) -> str:
    """A subgraph as GraphML; only names that occur are declared."""
    nodes = kinds_of(cells(n, dress) for n in piece.nodes)
    ties = kinds_of(cells(r, dress) for r in piece.relationships)
    # A name is of one type in the whole file: programs keep one table of attributes.
    for name in nodes.keys() & ties.keys():
        if nodes[name] is not ties[name]:
            both = {nodes[name], ties[name]} == {int, float}
            nodes[name] = ties[name] = float if both else str
    return "".join(lines(piece.nodes, piece.relationships, nodes, ties, dress))


def lines(
    nodes: Iterable[Node],
    relationships: Iterable[Relationship],
    node_kinds: Kinds,
    tie_kinds: Kinds,
    dress: Dress = named,
) -> Iterator[str]:
    """GraphML in pieces of text; the types of all names must be known."""
    yield HEAD
    for scope, kinds in (("node", node_kinds), ("edge", tie_kinds)):
        for name in sorted(kinds):
            told, kind = quoteattr(seen(name)), TYPES[kinds[name]]
            key = quoteattr(f"{scope}.{seen(name)}")
            yield f'<key id={key} for="{scope}" attr.name={told} attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    starts = {name: f'<data key="node.{escape(seen(name))}">' for name in node_kinds}
    for node in nodes:
        data = _data(cells(node, dress), node_kinds, starts)
        yield f"<node id={_quoted(node.id)}>{data}</node>\n"
    starts = {name: f'<data key="edge.{escape(seen(name))}">' for name in tie_kinds}
    for tie in relationships:
        ends = f"source={_quoted(tie.start)} target={_quoted(tie.end)}"
        data = _data(cells(tie, dress), tie_kinds, starts)
        yield f"<edge id={_quoted(tie.id)} {ends}>{data}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(row: Mapping[str, Any], kinds: Kinds, starts: Mapping[str, str]) -> str:
    return "".join(
        f"{starts[name]}{_told(cell(value, kinds[name]))}</data>" for name, value in row.items()
    )


def _told(value: Cell) -> str:
    if isinstance(value, str):
        return escape(value, {"\r": "&#13;"}) if _MARKUP.search(value) else value
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _quoted(told: str) -> str:
    return f'"{told}"' if _PLAIN.fullmatch(told) else quoteattr(seen(told))
