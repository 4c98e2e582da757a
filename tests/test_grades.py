"""What only a source of the weakest grade says leads nothing: no figure, no tie, no answer."""

from __future__ import annotations

from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import Question
from orepath.queries.run import ask

from .test_questions import everything, whole

WEAK = "D"


def weak(graph: Graph) -> set[str]:
    found = graph.read("MATCH (s:Source {grade: $weak}) RETURN s.id AS id", {"weak": WEAK})
    return {str(record["id"]) for record in found.records}


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH ()-[m:MAKES]->() WHERE m.share_source IN $weak RETURN m.share_source AS id",
        "MATCH ()-[s:SUPPLIES_MARKET]->() WHERE s.observed_source IN $weak RETURN s.share AS id",
        # What a technology cannot do without, and by which uses.
        "MATCH ()-[n:NEEDS]->() WHERE n.essential AND any(u IN n.use_sources WHERE u IN $weak) "
        "RETURN n.use_sources AS id",
        "MATCH ()-[u:USED_IN]->() WHERE u.importance = 'essential' AND u.source IN $weak "
        "RETURN u.source AS id",
    ],
)
def test_nothing_that_leads_rests_on_a_weak_source(bundled: Graph, statement: str) -> None:
    ids = weak(bundled)
    assert ids
    assert not bundled.read(statement, {"weak": sorted(ids)}).records


def sources(record: dict[str, Any]) -> set[str]:
    """What the row names as its own sources; those of a single cell beside it do not count."""
    stated = [value for name, value in record.items() if name in ("source", "sources")]
    return {i for v in stated if v for i in ([v] if isinstance(v, str) else v)}


@pytest.mark.parametrize("asked", everything(), ids=lambda q: q.id)
def test_no_answer_begins_with_what_only_a_weak_source_says(
    bundled: Graph, asked: Question
) -> None:
    answer = ask(bundled, asked, whole(asked))
    assert answer.rows or asked.id == "exposure"  # nobody's purchases are bundled
    named = sources(answer.records()[0]) if answer.rows else set()
    assert not named or named - weak(bundled), named
