"""What a question's picture returns, before it is cut to what the rows of an answer name."""

from __future__ import annotations

from collections.abc import Mapping

from orepath.graph.connection import Graph
from orepath.graph.subgraph import Subgraph, subgraph
from orepath.queries import Question
from orepath.queries.resolve import resolve


def picture(graph: Graph, question: Question, arguments: Mapping[str, str | None]) -> Subgraph:
    """All nodes and relationships of the records of the picture."""
    assert question.picture is not None
    return subgraph(
        graph.read(question.picture, resolve(graph, question, arguments).values).records
    )
