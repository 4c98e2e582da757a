"""How an answer is laid out for a person: in groups, without columns that say nothing.

An answer whose question speaks of several products (or whatever it sets its findings apart by)
becomes one table for each; what is the same in all rows of each moves into its heading.
Columns that are empty everywhere, and those meant for files, are left out. Values are
rounded to what such data carry. Pure; knows no terminal and no Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..queries.definition import Column
    from ..queries.run import Answer, Citation

Row = tuple[Any, ...]
LIFTED = frozenset({"text", "date"})
"""Types of columns that may move into a heading; a number or a yes stands by itself badly."""
KEPT = frozenset({"source", "sources", "status", "note"})
"""Columns that stay in the table although constant: a reader looks for them in each row."""
SHORT_ID = 16
"""Letters of a source's id up to which it stands in the table itself."""


@dataclass(frozen=True, slots=True)
class Table:
    """One group of rows: ``heading`` (may be empty), then cells as text, row by row.

    ``numeric`` says which columns are set flush right.
    """

    heading: str
    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(answer: Answer) -> tuple[Table, ...]:
    """The tables of an answer, in the order of its rows; none where it has no row."""
    from ..queries.finding import written

    columns = [(i, c) for i, c in enumerate(answer.columns) if not c.detail]
    columns = [(i, c) for i, c in columns if any(_present(row[i]) for row in answer.rows)]
    groups = _groups(answer)
    lifted = _lifted(columns, groups) if answer.question.finding_per else frozenset()
    kept = [(i, c) for i, c in columns if i not in lifted]
    labels = citation_labels(answer)
    return tuple(
        Table(
            " · ".join(t for i, c in columns if i in lifted and (t := written(rows[0][i], c))),
            tuple(c.name.replace("_", " ") for _, c in kept),
            tuple(c.type in ("number", "integer", "share") for _, c in kept),
            tuple(
                tuple(_cited(row[i], labels) or written(row[i], c) for i, c in kept) for row in rows
            ),
        )
        for rows in groups
    )


def footnotes(answer: Answer) -> tuple[tuple[str, str], ...]:
    """What stands below the tables: ``(kind, text)`` with kind note, caveat or source."""
    found = [("note", text) for text in answer.notes]
    found += [("caveat", text) for text in answer.caveats]
    labels = citation_labels(answer)
    found += [("source", f"{labels[s.id]} {s.citation or s.name}") for s in answer.sources]
    return tuple(found)


def citation_labels(answer: Answer) -> dict[str, str]:
    """How a source is called in the tables: a short id as it is, a document by a number."""
    return source_labels(answer.sources)


def source_labels(sources: Sequence[Citation]) -> dict[str, str]:
    """The same for sources, by id."""
    long = [s.id for s in sources if len(s.id) > SHORT_ID]
    labels = {s.id: s.id for s in sources}
    return labels | {identifier: f"[{n}]" for n, identifier in enumerate(long, start=1)}


def _cited(value: Any, labels: Mapping[str, str]) -> str:
    """The labels of the sources that a value names; empty where it is something else."""
    named = value if isinstance(value, tuple) else (value,)
    if not named or not all(isinstance(v, str) and v in labels for v in named):
        return ""
    return ", ".join(labels[v] for v in named)


def _groups(answer: Answer) -> list[Sequence[Row]]:
    if not answer.rows:
        return []
    by = answer.question.finding_per
    if by is None:
        return [answer.rows]
    index = [c.name for c in answer.columns].index(by)
    groups: dict[Any, list[Row]] = {}
    for row in answer.rows:
        groups.setdefault(row[index], []).append(row)
    if all(len(rows) == 1 for rows in groups.values()):
        return [answer.rows]
    return list(groups.values())


def _lifted(columns: list[tuple[int, Column]], groups: list[Sequence[Row]]) -> frozenset[int]:
    if not any(len(rows) > 1 for rows in groups):
        return frozenset()
    return frozenset(
        i
        for i, c in columns
        if c.type in LIFTED
        and c.name not in KEPT
        and all(len({row[i] for row in rows}) == 1 for rows in groups)
    )


def _present(value: Any) -> bool:
    return value not in (None, "", ())
