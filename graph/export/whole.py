"""The whole graph as one ``Subgraph``, for the formats of this folder and for `orepath check`.

The only module here that asks a database; log nodes (``Load``) are part of the graph too.
"""

from __future__ import annotations

from ...ontology.schema import Schema
from ..connection import Graph
from ..subgraph import Subgraph, subgraph

NODES = "MATCH (n) RETURN n"
RELATIONSHIPS = "MATCH (start)-[r]->(end) RETURN start, r, end"


def whole(graph: Graph, schema: Schema | None = None) -> Subgraph:
    """Every node and relationship; takes memory in proportion to the graph."""
    records = (*graph.read(NODES).records, *graph.read(RELATIONSHIPS).records)
    return subgraph(records, schema)
