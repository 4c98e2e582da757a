"""Asking: words in, one read of the graph, rows, a finding and its sources out.

Nothing here knows a terminal or a file format, and nothing writes to the graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..graph.connection import Graph
from .definition import Column, Question
from .finding import Filler, Row, fill, number, plural
from .refused import refused_notes
from .resolve import Resolved, resolve

WEAK = {"C": "a report of the press", "D": "a source of little weight"}
"""What an answer calls the grades of sources of which it warns."""
UNREAD = "Not verified: "
"""How the note begins that tells of statements which nobody read."""
TODAY = (
    "Without --as-of the day is {}, that of the newest document in the data on agreements, "
    "restrictions, policies and lists, the same for all questions."
)
"""What an answer says whose day was not asked for."""
_DOCUMENT = re.compile(r"\bdoc-[\w-]+-[0-9a-f]{8}\b")
"""Id of a document, as a statement may write it into a text."""
CITED = """
MATCH (source:Source) WHERE source.id IN $ids
RETURN source.id AS id, source.name AS name, source.publisher AS publisher,
       source.edition AS edition, source.published AS published, source.url AS url,
       source.licence AS licence, source.citation AS citation, source.grade AS grade
ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that an answer rests on, as a footnote needs it; ``published`` an ISO date,
    ``grade`` A to D where it was graded."""

    id: str
    name: str
    publisher: str | None = None
    edition: str | None = None
    published: str | None = None
    url: str | None = None
    licence: str | None = None
    citation: str | None = None
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to.

    ``parameters`` holds the resolved values, ``names`` the same for a reader; ``rows`` are in the
    order of ``columns``, unrounded; ``finding`` is one sentence, also when there is no row;
    ``notes`` say what this answer rests on or leaves out, ``caveats`` what holds for all of them.
    ``sentences`` are those of the finding, one for each thing that it speaks of; ``warnings`` are
    the notes that say how sure the answer is.
    """

    question: Question
    parameters: Mapping[str, Any]
    names: Mapping[str, str]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    finding: str
    notes: tuple[str, ...]
    caveats: tuple[str, ...]
    sources: tuple[Citation, ...]
    sentences: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def values(self, column: str) -> tuple[Any, ...]:
        """One column's values, a row each; raises ``ValueError`` for a name that is none."""
        index = [c.name for c in self.columns].index(column)
        return tuple(row[index] for row in self.rows)

    def records(self) -> tuple[dict[str, Any], ...]:
        """The rows as mappings from column name to value."""
        names = [c.name for c in self.columns]
        return tuple(dict(zip(names, row, strict=True)) for row in self.rows)


def ask(
    graph: Graph,
    question: Question,
    arguments: Mapping[str, str | None],
    *,
    timeout: float | None = None,
) -> Answer:
    """Ask a question with words for its parameters; ``timeout`` in seconds.

    Raises ``OrepathError`` for words that mean nothing or too much, and what the database says.
    """
    from ..graph.values import native

    resolved = resolve(graph, question, arguments)
    read = graph.read(question.table, resolved.values, timeout=timeout)
    rows = tuple(tuple(native(value) for value in record) for record in read.records)
    sources = _cited(graph, question.columns, rows)
    citations = {s.id: s.name for s in sources}
    if rows:
        filler = Filler(question.columns, rows, resolved.names, citations)
        sentences = _sentences(question, rows, resolved.names, citations)
        notes = tuple(note for template in question.notes if (note := fill([template], filler)))
        warnings = doubts(question, rows, sources)
    else:
        sentences, notes = (_nothing(graph, question, resolved, timeout),), ()
        warnings = ()
    warnings += refused_notes(graph, question, resolved.values, citations)
    if resolved.today:
        notes += (TODAY.format(resolved.today.isoformat()),)
    return Answer(
        question,
        resolved.values,
        resolved.names,
        question.columns,
        rows,
        _finding(question, sentences, len(rows)),
        tuple(_named(graph, note) for note in notes + warnings),
        question.caveats,
        sources,
        sentences,
        warnings,
    )


def _is_source(column: Column) -> bool:
    return column.name in ("source", "sources") or column.name.endswith(("_source", "_sources"))


def _cited(graph: Graph, columns: tuple[Column, ...], rows: Iterable[Row]) -> tuple[Citation, ...]:
    indexes = [i for i, column in enumerate(columns) if _is_source(column)]
    ids: set[str] = set()
    for row in rows:
        for index in indexes:
            value = row[index]
            ids.update(value if isinstance(value, tuple) else [value] if value else [])
    return _citations(graph, ids)


def _citations(graph: Graph, ids: set[str]) -> tuple[Citation, ...]:
    known: dict[str, Citation] = graph.remembered("citations", dict)
    if unread := sorted(ids - known.keys()):
        for record in graph.read(CITED, {"ids": unread}).records:
            name = record["name"] or record["id"]
            known[record["id"]] = Citation(**(record.data() | {"name": name}))
    return tuple(known[identifier] for identifier in sorted(ids & known.keys()))


def _sentences(
    question: Question, rows: tuple[Row, ...], names: Mapping[str, str], citations: dict[str, str]
) -> tuple[str, ...]:
    """The finding, a sentence for each value of ``finding_per``."""
    groups: dict[Any, list[Row]] = {}
    if question.finding_per:
        index = question.column_names().index(question.finding_per)
        for row in rows:
            groups.setdefault(row[index], []).append(row)
    else:
        groups[None] = list(rows)
    return tuple(
        fill(question.finding, Filler(question.columns, group, names, citations))
        for group in groups.values()
    )


def _finding(question: Question, sentences: tuple[str, ...], rows: int) -> str:
    if not any(sentences):  # the data lack what every template needs
        return f"{rows:,} {plural('row', rows)} in the data fit what was asked."
    # A sentence a product is read; the ninth is not: the table has it.
    more = len(sentences) - 3
    told = [s for s in sentences[: 3 if more > 0 else None] if s]
    if more > 0:
        thing = str(question.finding_per).removesuffix("_id").replace("_", " ")
        told.append(f"And the table has {more} more {plural(thing, more)}.")
    return " ".join(told)


def _named(graph: Graph, note: str) -> str:
    """A note in which a document is called by its title instead of its id."""
    found = set(_DOCUMENT.findall(note))
    names = {s.id: s.name for s in _citations(graph, found)}
    return _DOCUMENT.sub(lambda match: names.get(match[0], match[0]), note)


def not_verified(question: Question, rows: tuple[Row, ...]) -> int:
    """How many rows rest on a statement that was not read in the document it is credited to."""
    columns = question.column_names()
    if "verified" not in columns:
        return 0
    index = columns.index("verified")
    return sum(row[index] is False for row in rows)


def doubts(
    question: Question, rows: tuple[Row, ...], sources: tuple[Citation, ...]
) -> tuple[str, ...]:
    """What makes these rows of an answer unsure: statements that were not read, weak sources."""
    return _unread(question, rows) + _weak(question, rows, sources) if rows else ()


def _unread(question: Question, rows: tuple[Row, ...]) -> tuple[str, ...]:
    """A note where statements were not read in the document that they are credited to."""
    if not (unread := not_verified(question, rows)):
        return ()
    return (
        f"{UNREAD}{_part(unread, len(rows))} on a statement that was not read in the "
        "document it is credited to.",
    )


def _part(some: int, rows: int) -> str:
    """How many of the rows rest on something, with the verb."""
    if rows == 1:
        return "this row rests"
    if some == rows:
        return f"all {number(rows)} rows rest"
    return f"{number(some)} of {number(rows)} rows {'rests' if some == 1 else 'rest'}"


def _weak(
    question: Question, rows: tuple[Row, ...], sources: tuple[Citation, ...]
) -> tuple[str, ...]:
    """A note where the first row rests on the press or on less."""
    columns = question.column_names()
    cited = rows[0][columns.index("source")] if "source" in columns else None
    return tuple(
        f"The leading figure rests on {WEAK[s.grade]} (grade {s.grade}): {s.name}."
        for s in sources
        if s.id == cited and s.grade in WEAK
    )


def whatever(question: Question) -> dict[str, str]:
    """How a parameter that was not given is called: ``any material``."""
    return {p.name: f"any {p.type}" for p in question.parameters if not p.required}


def _nothing(graph: Graph, question: Question, resolved: Resolved, timeout: float | None) -> str:
    """What to say when there is no row: that, and what there is instead."""
    from ..graph.values import native

    told = fill([question.nothing], Filler((), (), whatever(question) | dict(resolved.names), {}))
    if question.otherwise is None:
        return told
    read = graph.read(question.otherwise, resolved.values, timeout=timeout)
    if not read.records:
        return told
    instead = [native(value) for value in read.records[0]]
    return " ".join([told, *(str(text) for text in instead if text)])
