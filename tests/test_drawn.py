"""The piece of the graph that an answer speaks of holds what its rows hold, and no more."""

from __future__ import annotations

from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.graph.subgraph import subgraph
from orepath.queries import Question, catalogue, question
from orepath.queries.drawn import drawn, entities, keys_of, statement
from orepath.queries.excerpt import NODES
from orepath.queries.run import Answer, ask
from orepath.report.kit.entries import arguments

OWN = {"exposure"}
"""Asked of a table of one's own, which ``test_purchases.py`` loads."""


def answered(graph: Graph, asked: Question) -> Answer:
    """The first example of a question that has rows."""
    for example in asked.examples:
        answer = ask(graph, asked, arguments(asked, example))
        if answer.rows:
            return answer
    raise AssertionError(f"no example of {asked.id} has rows")


def asked_for(answer: Answer) -> set[str]:
    return {str(v).partition(":")[2] or str(v) for v in answer.parameters.values() if v}


@pytest.mark.parametrize(
    "asked", [q for q in catalogue().values() if q.id not in OWN], ids=lambda q: q.id
)
def test_table_and_picture_hold_the_same(bundled: Graph, asked: Question) -> None:
    answer = answered(bundled, asked)
    drawing = drawn(bundled, answer)
    labels = {label for column in answer.columns for label in column.entities}
    assert labels, "no column says which entities its ids are of"
    shown = {key for node in drawing.subgraph.nodes for key in keys_of(node, labels)}
    rows = entities(answer)[: drawing.rows]
    ids = {identifier for row in rows for _, identifier in row}
    # Every value of the rows is a node (where it is the id of one), by one of its classes …
    for identifier in ids - {key[1] for key in shown}:
        assert not exists(bundled, identifier, labels), identifier
    # … and every node of these classes is in a row, asked for, or on the way between two of them.
    ends = ends_of(drawing.subgraph)
    for _, identifier in shown - {key for row in rows for key in row}:
        assert identifier in asked_for(answer) or ends[identifier] > 1, identifier
    assert drawing.rows == len(answer.rows) or "in the table only" in drawing.left_out
    # The piece fits a page and can be drawn again from what is printed.
    assert 0 < len(drawing.subgraph.nodes) <= NODES * 1.25  # a tie may need an industry more
    assert subgraph(bundled.read(statement(drawing)).records) == drawing.subgraph


def test_all_of_it_can_be_had(bundled: Graph) -> None:
    answer = ask(bundled, question("sector-exposure"), {"sector": "defence"})
    some, every = drawn(bundled, answer), drawn(bundled, answer, most=None)
    assert some.rows < every.rows == len(answer.rows)
    assert not every.left_out
    assert str(len(answer.rows)) in some.left_out
    assert {n.id for n in some.subgraph.nodes} < {n.id for n in every.subgraph.nodes}


def test_an_answer_without_rows_draws_nothing(bundled: Graph) -> None:
    answer = ask(bundled, question("restrictions"), {"material": "gold", "country": "Norway"})
    assert not answer.rows
    drawing = drawn(bundled, answer)
    assert not drawing.subgraph.nodes
    assert not drawing.left_out


def exists(graph: Graph, identifier: str, labels: set[str]) -> bool:
    found = graph.read(
        f"MATCH (n:{'|'.join(sorted(labels))} {{id: $id}}) RETURN n", {"id": identifier}
    )
    return bool(found.records)


def ends_of(piece: Any) -> dict[str, int]:
    own = {node.id: str(node.properties["id"]) for node in piece.nodes}
    counted = dict.fromkeys(own.values(), 0)
    for tie in piece.relationships:
        counted[own[tie.start]] += 1
        counted[own[tie.end]] += 1
    return counted
