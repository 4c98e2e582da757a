"""No answer prints a day of a date of which only the month or the year is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from orepath.graph.connection import Graph
from orepath.queries import catalogue, question
from orepath.queries.run import Answer, ask

WHOLE = {"material": "gallium", "thing": "gallium", "sector": "defence", "country": "China"}
WIDE: list[tuple[str, dict[str, str]]] = [
    ("restrictions", {"include_ended": "yes", "as_of": "2026-04-24"}),
    ("restrictions", {"country": "Indonesia", "include_ended": "yes"}),
    ("restrictions", {"country": "Indonesia", "as_of": "1990-01-01"}),
    ("restriction-impact", {"country": "Indonesia"}),
    ("what-if", {"country": "Indonesia"}),
    ("partnerships", {"kind": "all"}),
    ("partnerships", {"kind": "all", "party": "US"}),
    ("partnerships", {"kind": "all", "party": "United Kingdom"}),
    ("competing-deals", {}),
    ("competing-deals", {"party": "US"}),
    ("partner-trend", {"country": "Chile", "least": "0"}),
    ("stockpiles-and-policies", {}),
    ("claims", {}),
]
"""Questions asked so that what is dated by a month or a year is among their rows."""


@cache
def rough(graph: Graph) -> tuple[tuple[str, str, str], ...]:
    """Id, name and stored day of each date that is less precise than a day."""
    found = graph.read(
        "MATCH (n:Agreement|ExportRestriction|Policy) UNWIND keys(n) AS key WITH n, key"
        " WHERE key ENDS WITH '_precision' AND n[key] IN ['month', 'year']"
        " AND n[left(key, size(key) - 10)] IS NOT NULL"
        " RETURN n.id AS id, n.name AS name, toString(n[left(key, size(key) - 10)]) AS day"
    )
    return tuple((r["id"], r["name"], r["day"]) for r in found.records)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif value is not None:
        yield value.isoformat() if isinstance(value, date) else str(value)


def invented(graph: Graph, answer: Answer) -> list[tuple[str, str]]:
    """What is dated to a day in one row or sentence, though no source does."""
    rows = [[t for value in row for t in texts(value)] for row in answer.rows]
    rows.append([answer.finding, *answer.notes])
    return [
        (identity, text)
        for cells in rows
        for identity, name, day in rough(graph)
        if any(cell == identity or name in cell or f"({identity})" in cell for cell in cells)
        for text in cells
        if day in text
    ]


def test_there_are_dates_without_a_day(bundled: Graph) -> None:
    ids = {identity for identity, _, _ in rough(bundled)}
    assert {"zw-2022-li", "eu-2026-magnetscrap", "jp-jogmec"} <= ids


@pytest.mark.parametrize("identifier", sorted(catalogue()))
def test_no_day_is_invented(bundled: Graph, identifier: str) -> None:
    asked = question(identifier)
    given = {p.name: WHOLE[p.name] for p in asked.parameters if p.required}
    assert not invented(bundled, ask(bundled, asked, given))


@pytest.mark.parametrize(("identifier", "given"), WIDE)
def test_no_day_is_invented_where_rough_dates_are_shown(
    bundled: Graph, identifier: str, given: dict[str, str]
) -> None:
    answer = ask(bundled, question(identifier), given)
    assert not invented(bundled, answer)


def test_a_month_is_printed_as_a_month_and_a_year_as_a_year(bundled: Graph) -> None:
    given = {"adopted_by": "Japan"}
    stocks = ask(bundled, question("stockpiles-and-policies"), given).records()
    assert {r["policy_id"]: r["adopted"] for r in stocks}["jp-jogmec"] == "2020-03"
    bans = ask(bundled, question("restrictions"), {"as_of": "2026-04-24"}).records()
    days = {r["restriction_id"]: (r["announced"], r["effective"]) for r in bans}
    assert days["zw-2022-li"] == ("2022-12", "2022-12")
    assert str(days["eu-2026-magnetscrap"][1]).startswith("2026 ")  # planned, no month
