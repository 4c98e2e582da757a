"""What a graph holds: how much of each kind, how much each data set states, which ids."""

from __future__ import annotations

from .connection import Graph

NOBODY = ""
"""Stands for a data set where ``stated`` counts nodes that nobody states any more."""


def kinds(graph: Graph) -> dict[str, int]:
    """How many nodes of each label and relationships of each type the graph holds.

    Two plain scans: cheaper than a count by label and type, each of which would be planned anew.
    """
    counted: dict[str, int] = {}
    for statement in (
        "MATCH (x) UNWIND labels(x) AS kind RETURN kind, count(*) AS n",
        "MATCH ()-[x]->() RETURN type(x) AS kind, count(*) AS n",
    ):
        counted |= {r["kind"]: r["n"] for r in graph.read(statement).records}
    return counted


def stated(graph: Graph) -> dict[str, int]:
    """How many nodes and relationships each data set states, by two plain scans."""
    counted: dict[str, int] = {}
    for pattern in ("(x)", "()-[x]->()"):
        answer = graph.read(
            f"MATCH {pattern} UNWIND CASE x.stated_in WHEN [] THEN $nobody ELSE x.stated_in END "
            "AS dataset RETURN dataset, count(*) AS n",
            {"nobody": [NOBODY]},
        )
        for r in answer.records:
            counted[r["dataset"]] = counted.get(r["dataset"], 0) + r["n"]
    return counted


def existing_ids(graph: Graph, label: str, ids: set[str]) -> set[str]:
    """Which of ``ids`` are nodes of a root label."""
    answer = graph.read(
        f"UNWIND $ids AS id MATCH (x:`{label}` {{id: id}}) RETURN x.id AS id", {"ids": sorted(ids)}
    )
    return {record["id"] for record in answer.records}
