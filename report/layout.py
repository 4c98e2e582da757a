"""How an answer is laid out for a person: in groups, without columns that say nothing.

An answer whose question speaks of several products (or whatever it sets its findings apart by)
becomes one table for each; what is the same in all rows of each moves into its heading.
Columns that are empty everywhere, and those meant for files, are left out, and where the page is
too narrow those that matter least. Values are rounded to what such data carry. Pure; knows no
terminal and no Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..queries.excerpt import grouped
from .cells import SOURCES, Seen, cited_in, seen
from .fitting import fits
from .page import Extent, shortened

if TYPE_CHECKING:
    from ..queries.definition import Column
    from ..queries.run import Answer, Citation

Row = tuple[Any, ...]
LIFTED = frozenset({"text", "date"})
"""Types of columns that may move into a heading; a number or a yes stands by itself badly."""
KEPT = frozenset({"source", "sources", "status", "note"})
"""Columns that stay in the table although constant: a reader looks for them in each row."""
BARE = frozenset({"product", "material", "stage", "unit", "basis", "period", "source"})
"""Columns whose values say by themselves what they are, in the heading of a group."""
FIRST = 3
"""Columns at the beginning that no narrow page leaves out."""
_ADDRESS = re.compile(r"\s*<?https?://\S+")
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


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables of an answer, which columns they lack for want of room, and what they cite."""

    tables: tuple[Table, ...]
    left_out: tuple[str, ...] = ()
    sources: tuple[Citation, ...] = ()


def laid_out(
    answer: Answer,
    *,
    width: int | None = None,
    whole: bool = False,
    sources: Sequence[Citation] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Layout:
    """The tables of an answer, in the order of its rows; none where it has no row.

    ``width`` in characters, where there is one to keep; ``whole`` leaves each cell as it is.
    ``sources`` are those by whose numbers documents are cited, if not those of these rows;
    ``labels`` how each is called, if not as ``source_labels`` has it.
    """
    if not answer.rows:
        return Layout(())
    columns = [(i, c) for i, c in enumerate(answer.columns) if not c.detail]
    columns = [(i, c) for i, c in columns if any(_present(row[i]) for row in answer.rows)]
    groups = grouped(answer)
    lifted = _lifted(columns, groups)
    apart = answer.question.finding_per is not None and not _together(answer, groups)
    heads = [_heading(rows[0], columns, lifted, apart=apart) for rows in groups]
    every = seen([(i, c) for i, c in columns if i not in lifted])

    def drawn(kept: Sequence[Seen]) -> Layout:
        cited = cited_sources(answer, kept, whole)
        called = labels or source_labels(cited if sources is None else sources)
        tables = tuple(
            _table(head, kept, rows, called, whole)
            for head, rows in zip(heads, groups, strict=True)
        )
        gone = tuple(s.name.replace("_", " ") for s in every if s not in kept)
        return Layout(tables, gone, cited)

    layout = drawn(every)
    kept = every
    while width is not None and not fits(layout.tables, width, tall=whole):
        least = _least(kept)
        if least is None:
            # Few columns may be tall; what is wider than the page is shown in full, as records.
            return layout if fits(layout.tables, width, tall=True) else drawn(every)
        kept = [s for s in kept if s is not least]
        layout = drawn(kept)
    return layout


def footnotes(answer: Answer, cited: Sequence[Citation], extent: Extent) -> list[tuple[str, str]]:
    """What stands below the tables: ``(kind, text)`` with kind note, caveat or source.

    ``cited`` are the sources that the tables name.
    """
    found = [("note", text) for text in shortened(answer.notes, extent)]
    found += [("caveat", text) for text in answer.caveats]
    return found + [("source", text) for text in citations(answer, cited, extent)]


def citations(answer: Answer, cited: Sequence[Citation], extent: Extent) -> list[str]:
    """The sources that the tables name by their labels; all of the rows, in full, if asked."""
    from .page import SOURCES as MOST

    labels = source_labels(cited)
    if extent.sources:
        others = [s for s in answer.sources if s.id not in labels]
        told = [f"{labels[s.id]} {_full(s)}" for s in cited]
        return told + [f"{s.id} {_full(s)}" for s in others]
    told = [f"{labels[s.id]} {_ADDRESS.sub('', s.citation or s.name)}" for s in cited]
    if not extent.everything and (more := len(told) - MOST) > 1:
        return [*told[:MOST], f"and {more} more (--sources)"]
    return told


def source_labels(sources: Sequence[Citation]) -> dict[str, str]:
    """How a source is called in the tables: a short id as it is, a document by a number."""
    long = [s.id for s in sources if len(s.id) > SHORT_ID]
    labels = {s.id: s.id for s in sources}
    return labels | {identifier: f"[{n}]" for n, identifier in enumerate(long, start=1)}


def cited_sources(answer: Answer, columns: Collection[Seen], whole: bool) -> tuple[Citation, ...]:
    """The sources that these columns name, in the order in which they are read."""
    known = {s.id: s for s in answer.sources}
    indexes = [s.main[0] for s in columns if s.main is not None]
    found: dict[str, Citation] = {}
    for row in answer.rows:
        for index in indexes:
            for value in cited_in(row[index], whole):
                if isinstance(value, str) and value in known:
                    found.setdefault(value, known[value])
    return tuple(found.values())


def shared_sources(answers: Sequence[Answer], width: int | None) -> tuple[Citation, ...]:
    """The sources that answers on one page name, each once, in the order in which they are read."""
    found: dict[str, Citation] = {}
    for answer in answers:
        for source in laid_out(answer, width=width).sources:
            found.setdefault(source.id, source)
    return tuple(found.values())


def _full(source: Citation) -> str:
    return (source.citation or source.name) + (f" <{source.url}>" if source.url else "")


def _table(
    heading: str,
    columns: Sequence[Seen],
    rows: Sequence[Row],
    labels: Mapping[str, str],
    whole: bool,
) -> Table:
    return Table(
        heading,
        tuple(s.name.replace("_", " ") for s in columns),
        tuple(s.numeric for s in columns),
        tuple(tuple(s.text(row, labels, whole=whole) for s in columns) for row in rows),
    )


def _together(answer: Answer, groups: Sequence[Sequence[Row]]) -> bool:
    """Whether one table holds what the findings set apart."""
    if len(groups) > 1 or answer.question.finding_per is None:
        return False
    return len(set(answer.values(answer.question.finding_per))) > 1


def _heading(
    row: Row, columns: Sequence[tuple[int, Column]], lifted: frozenset[int], *, apart: bool
) -> str:
    """What is the same in all rows of a group; by its name where it would not speak for itself."""
    from ..queries.finding import written

    told = [
        t if apart and c.name in BARE else f"{c.name.replace('_', ' ')} {t}"
        for i, c in columns
        if i in lifted and (t := written(row[i], c))
    ]
    if apart:
        return " · ".join(told)
    return f"In each row: {'; '.join(told)}" if told else ""


def _least(columns: Sequence[Seen]) -> Seen | None:
    """The column to be left out next: the last of those that are most spare; never the first
    ones that are not, nor that of the sources."""
    kept = next((name for name in SOURCES if any(s.name == name for s in columns)), None)
    out = [
        (s.spare, i, s) for i, s in enumerate(columns) if s.name != kept and (s.spare or i >= FIRST)
    ]
    return max(out)[2] if out else None


def _lifted(columns: list[tuple[int, Column]], groups: list[Sequence[Row]]) -> frozenset[int]:
    if not any(len(rows) > 1 for rows in groups):
        return frozenset()
    return frozenset(
        i
        for i, c in columns
        if c.type in LIFTED
        and c.name not in KEPT
        and c.name.rpartition("_")[2] != "bound"
        and all(len({row[i] for row in rows}) == 1 for rows in groups)
    )


def _present(value: Any) -> bool:
    return value not in (None, "", ())
