"""A subgraph as GraphML, for Gephi, yEd, Cytoscape and networkx.

Attributes are typed where all values of a name are of one type, so that a share is a number in
the program that reads it; lists are joined, since GraphML knows none. Needs ``networkx``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ...ontology.errors import OrepathError
from ..subgraph import Subgraph
from .values import plain, text

if TYPE_CHECKING:
    import networkx

    Network = networkx.MultiDiGraph[str]

Cell = str | bool | int | float
RESERVED = {"id": "identifier"}
"""Names that programs take for the element's own id, and what they become."""


def graphml(subgraph: Subgraph) -> str:
    """GraphML text; raises ``OrepathError`` where networkx is not installed."""
    try:
        from networkx.readwrite.graphml import generate_graphml
    except ImportError as error:
        raise OrepathError(
            "GraphML needs networkx, which is not installed",
            "Install it with: pip install 'orepath[export]'",
        ) from error
    lines = generate_graphml(network(subgraph), named_key_ids=True)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(lines) + "\n"


def network(subgraph: Subgraph) -> Network:
    """The subgraph as a directed multigraph of networkx; keys of edges are relationship ids."""
    from networkx import MultiDiGraph

    made: Network = MultiDiGraph()
    # Nodes and edges together: a name declares its type once for both.
    cells = iter(
        _typed(
            [
                {"label": n.name, "labels": list(n.labels)} | _renamed(n.properties)
                for n in subgraph.nodes
            ]
            + [
                {"label": r.type, "type": r.type} | _renamed(r.properties)
                for r in subgraph.relationships
            ]
        )
    )
    for node in subgraph.nodes:
        made.add_node(node.id, **next(cells))
    for tie in subgraph.relationships:
        made.add_edge(tie.start, tie.end, key=tie.id, **next(cells))
    return made


def _renamed(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {RESERVED.get(name, name): properties[name] for name in sorted(properties)}


def _typed(elements: Iterable[dict[str, Any]]) -> list[dict[str, Cell]]:
    """Absent values left out; each name one type throughout, text where values differ in type."""
    rows = [{k: plain(v) for k, v in e.items() if plain(v) is not None} for e in elements]
    kinds: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            kinds.setdefault(name, set()).add(type(value))
    return [{name: _cell(value, kinds[name]) for name, value in row.items()} for row in rows]


def _cell(value: Any, kinds: set[type]) -> Cell:
    if kinds <= {int, float} and float in kinds:
        return float(value)
    if kinds in ({int}, {bool}):
        return bool(value) if kinds == {bool} else int(value)
    return value if isinstance(value, str) else text(value)
