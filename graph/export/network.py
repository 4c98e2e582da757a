"""A subgraph as a graph of networkx, and from that as GEXF. Needs ``networkx``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...ontology.errors import OrepathError
from ..subgraph import Subgraph
from .elements import Dress, Element, cell, cells, kinds_of, named, seen

if TYPE_CHECKING:
    import networkx

    Network = networkx.MultiDiGraph[str]


def network(subgraph: Subgraph, dress: Dress = named) -> Network:
    """The subgraph as a directed multigraph; keys of edges are relationship ids.

    Raises ``OrepathError`` where networkx is not installed.
    """
    try:
        from networkx import MultiDiGraph
    except ImportError as error:
        raise _missing("A graph of networkx") from error
    elements: tuple[Element, ...] = (*subgraph.nodes, *subgraph.relationships)
    # Nodes and edges together: a name declares its type once for both.
    kinds = kinds_of(cells(e, dress) for e in elements)
    made: Network = MultiDiGraph()
    for node in subgraph.nodes:
        typed = {name: cell(v, kinds[name]) for name, v in cells(node, dress).items()}
        made.add_node(seen(node.id), **typed)
    for tie in subgraph.relationships:
        typed = {name: cell(v, kinds[name]) for name, v in cells(tie, dress).items()}
        made.add_edge(seen(tie.start), seen(tie.end), key=seen(tie.id), **typed)
    return made


def gexf(subgraph: Subgraph, dress: Dress = named) -> str:
    """GEXF 1.2 text: ``colour`` becomes the colour of a node, ``weight`` that of an edge.

    Raises ``OrepathError`` where networkx is not installed.
    """
    try:
        from networkx import MultiDiGraph
        from networkx.readwrite.gexf import GEXFWriter
    except ImportError as error:
        raise _missing("GEXF") from error
    dressed = network(subgraph, dress)
    # The edges' own keys would be written in place of their ids.
    made: Any = MultiDiGraph()
    for name, data in dressed.nodes(data=True):
        colour = data.pop("colour", None)
        drawn = {"viz": {"color": _rgb(colour)}} if colour else {}
        made.add_node(name, **data, **drawn)
    for start, end, key, data in dressed.edges(keys=True, data=True):
        made.add_edge(start, end, id=key, **{_name(k): v for k, v in data.items()})
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(made)
    for meta in writer.xml.iter():
        # The day of writing would make each file another.
        meta.attrib.pop("lastmodifieddate", None)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{writer}\n"


def _name(name: str) -> str:
    """The name of an attribute of an edge, where GEXF knows others by it."""
    return {"type": "relationship", "start": "begins", "end": "ends"}.get(name, name)


def _rgb(colour: str) -> dict[str, Any]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return {"r": red, "g": green, "b": blue, "a": 1.0}


def _missing(what: str) -> OrepathError:
    return OrepathError(
        f"{what} needs networkx, which is not installed",
        "Install it with: pip install 'orepath[export]'",
    )
