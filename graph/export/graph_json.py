"""A subgraph as JSON: ``{"nodes": […], "relationships": […]}``, sorted, unrounded, no clock."""

from __future__ import annotations

from ..subgraph import Subgraph
from .table import to_json


def graph_json(subgraph: Subgraph) -> str:
    """Each node with its id, labels and properties; each relationship with its two ends."""
    return to_json(
        {
            "nodes": [
                {"id": n.id, "labels": n.labels, "properties": n.properties} for n in subgraph.nodes
            ],
            "relationships": [
                {
                    "id": r.id,
                    "type": r.type,
                    "start": r.start,
                    "end": r.end,
                    "properties": r.properties,
                }
                for r in subgraph.relationships
            ],
        }
    )
