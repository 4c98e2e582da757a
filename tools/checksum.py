"""One number for the whole graph, to show that a second load changed nothing.

SHA-256 over every node and relationship with all properties, in an order that does not depend
on how they were written. The log of load runs is left out: it says when, not what.
"""

from __future__ import annotations

import hashlib
import json

from ..graph.connection import Graph

LOG_LABEL = "Load"


def checksum(graph: Graph) -> str:
    """Hexadecimal SHA-256 of the graph's content."""
    digest = hashlib.sha256()
    for statement in (
        "MATCH (n) WHERE NOT $log IN labels(n) "
        "RETURN labels(n) AS kind, [] AS ends, properties(n) AS properties",
        "MATCH (a)-[r]->(b) WHERE NOT $log IN labels(a) RETURN [type(r)] AS kind, "
        "[labels(a), a.id, labels(b), b.id] AS ends, "
        "properties(r) AS properties",
    ):
        lines = sorted(
            json.dumps(
                [
                    sorted(record["kind"]),
                    [sorted(e) if isinstance(e, list) else e for e in record["ends"]],
                    record["properties"],
                ],
                sort_keys=True,
                default=str,
            )
            for record in graph.read(statement, {"log": LOG_LABEL}).records
        )
        for line in lines:
            digest.update(line.encode() + b"\n")
    return digest.hexdigest()
