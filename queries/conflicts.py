"""Differences between sources that nobody has looked at yet.

``evidence/source-conflicts.reviewed.csv`` holds, for each product and pair of publications, where
a known difference lies, as far as their own figures show it. One that it does not hold is a
violation: a new edition, a mistake of a loader, or news.
"""

from __future__ import annotations

from ..graph.connection import Graph
from ..ontology.check import Violation
from ..ontology.rdf import iri
from .catalogue import question
from .reviewed import reasons
from .run import ask

QUESTION = "source-conflicts"
Key = tuple[str, ...]
"""Product, ``total`` or ``share``, and the two publications."""


def reviewed() -> dict[Key, str]:
    """The reason of each reviewed difference."""
    return reasons(QUESTION, ("product", "what", "publication", "other_publication"))


def conflicts(graph: Graph, known: dict[Key, str] | None = None) -> list[Violation]:
    """A violation for each difference above the question's threshold without a reviewed reason."""
    known = reviewed() if known is None else known
    found = []
    for row in ask(graph, question(QUESTION), {}).records():
        what = "total" if row["about_id"] == "WLD" else "share"
        key = (row["product_id"], what, row["publication"], row["other_publication"])
        if key not in known:
            found.append(
                Violation(
                    str(iri("Product", row["product_id"])),
                    what,
                    f"{row['amount']:g} or {row['other_amount']:g} {row['unit']}",
                    f"{row['about']}, {row['period']}: {row['source']} and {row['other_source']} "
                    f"are {row['difference']:.0%} apart, and no reviewed reason is known",
                    "Violation",
                )
            )
    return found
