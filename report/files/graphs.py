"""A piece of the graph in the content of a file."""

from __future__ import annotations

from ...graph.subgraph import Subgraph
from ...ontology.schema import load_schema
from .dress import dressed


def graph_file(piece: Subgraph, ending: str) -> str | bytes:
    """The content of a file with one of the endings that hold a graph.

    Raises ``OrepathError`` where the library of a kind is not installed, or for what the ontology
    does not define.
    """
    if ending == "graph.json":
        from ...graph.export.graph_json import graph_json

        return graph_json(piece)
    if ending == "graphml":
        from ...graph.export.graphml import graphml

        return graphml(piece, dressed(piece.nodes))
    if ending == "gexf":
        from ...graph.export.network import gexf

        return gexf(piece, dressed(piece.nodes))
    if ending in ("ttl", "jsonld"):
        from ...graph.export.rdf import rdf

        return rdf(piece, "turtle" if ending == "ttl" else ending)
    schema = load_schema()
    if ending == "trig":
        from ...graph.export.triples import trig

        return "".join(trig(piece.nodes, piece.relationships, schema))
    if ending == "zip":
        from io import BytesIO

        from ...graph.export.tables import write_tables

        buffer = BytesIO()
        # A subgraph is sorted by id; the tables want those of one kind together.
        nodes = sorted(piece.nodes, key=lambda n: schema.root_of(n.labels))
        ties = sorted(piece.relationships, key=lambda r: r.type)
        write_tables(buffer, nodes, ties, schema)
        return buffer.getvalue()
    from ...graph.export.cypher import script

    return "".join(script(piece.nodes, piece.relationships, schema))
