"""Some rows of an answer that stand for all: each group of them is represented.

The finding, the notes and the caveats stay; they speak of all rows. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .run import Answer

Row = tuple[Any, ...]
NODES = 40
"""Nodes that a picture bears; the strongest rows come first, and the answer says what was cut."""
LEAST = 3
"""Rows of each group that come before more rows of any; of those a page is to show, one."""


def cut(answer: Answer, limit: int | None) -> Answer:
    """The answer with so many of its rows, each group represented, and their sources.

    ``None`` leaves it as it is, and so does a limit that is not reached.
    """
    if limit is None or limit >= len(answer.rows):
        return answer
    groups = grouped(answer, answer.question.page_per)
    taken = [0] * len(groups)
    left = limit
    first = 1 if answer.question.page_per else LEAST
    for least in range(first, max(first, *map(len, groups)) + 1):
        for index, rows in enumerate(groups):
            more = min(least - taken[index], len(rows) - taken[index], left)
            taken[index] += more
            left -= more
        if not left:
            break
    chosen = {id(row) for rows, n in zip(groups, taken, strict=True) for row in rows[:n]}
    rows = tuple(row for row in answer.rows if id(row) in chosen)
    named = {v for row in rows for c in row for v in (c if isinstance(c, tuple) else (c,))}
    return replace(answer, rows=rows, sources=tuple(s for s in answer.sources if s.id in named))


def grouped(answer: Answer, by: str | None = None) -> list[Sequence[Row]]:
    """The rows by what the question sets its findings apart by, or by another column; one group
    where there is none to tell them apart, or most have one row."""
    if not answer.rows:
        return []
    by = by or answer.question.finding_per
    if by is None:
        return [answer.rows]
    index = [c.name for c in answer.columns].index(by)
    groups: dict[Any, list[Row]] = {}
    for row in answer.rows:
        groups.setdefault(row[index], []).append(row)
    if len(answer.rows) < 2 * len(groups):
        return [answer.rows]
    return list(groups.values())
