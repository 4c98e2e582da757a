"""An overview as pages: the answers of ``orepath ask overview``, dressed as a brief is.

What is asked and what of it is shown stands in ``queries/overview.yaml``. The first finding is the
title of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from typing import TYPE_CHECKING

from ...ontology.schema import load_schema
from ...queries.catalogue import question
from ...queries.excerpt import cut
from ...queries.overview import Shown, day
from ...queries.run import ask
from ..layout import laid_out
from ..pictures import draw
from ..pictures.frame import headline, unframed
from .content import NARROW, asked_of
from .declaration import declaration
from .model import Brief, Figure, Part, Source, Table
from .prose import CLOSE, OPEN, Numbers
from .subject import command

if TYPE_CHECKING:
    from ...graph.connection import Graph
    from ...queries.run import Citation

LABEL = "Overview"
LINE = "orepath ask overview"
READING = (
    "Each part is the answer to a question of its own, shortened; its command gives all of its "
    "rows, notes and caveats.",
    "Figures of different sources and periods stand beside each other and are never added.",
)


def overview_brief(
    graph: Graph, kind: str, name: str, shown: Sequence[Shown], as_of: str | None = None
) -> Brief:
    """The answers about one subject, of this ``kind`` and ``name``, as a brief that ``render``
    dresses; ``as_of`` is the ISO day that was asked for, if one was."""
    numbers = Numbers(declaration().called)
    title = headline(shown[0].shortened())
    parts = [_part(one, numbers, title) for one in shown]
    known = {s.id: s for one in shown for s in one.answer.sources}
    options = {kind: name} | ({"as_of": as_of} if as_of is not None else {})
    held = ask(graph, question("sources"), {}).records()
    reading = Part("reading", "How to read it", points=READING)
    return Brief(
        numbers.uncited(title).removesuffix("."),
        "",
        {kind: name},
        (*parts, reading),
        tuple(Source(number, known[i]) for i, number in numbers.ids.items()),
        command(LINE, options),
        day(shown),
        metadata.version("orepath"),
        load_schema().version,
        tuple(sorted(str(row["source"]) for row in held)),
        LABEL,
    )


def _part(one: Shown, numbers: Numbers, title: str) -> Part:
    """A part of the page."""
    short = one.shortened()
    # The title that says all of a finding is not repeated below it.
    told = "" if short.finding == title else _marked(short.finding, short.sources)
    asked = one.answer.question
    return Part(
        asked.id,
        one.part.heading,
        (numbers.text(told),) if told else (),
        tuple(numbers.text(note) for note in short.notes),
        _figures(one, numbers),
        _tables(one, numbers),
        (asked_of(one.answer),),
    )


def _marked(text: str, sources: Sequence[Citation]) -> str:
    """A finding, which names sources in full, with the marks that become numbers."""
    ids = {source.name: source.id for source in reversed(sources)}
    for name in sorted(ids, key=len, reverse=True):
        text = text.replace(name, f"{OPEN}{ids[name]}{CLOSE}")
    return text


def _tables(one: Shown, numbers: Numbers) -> tuple[Table, ...]:
    short = one.shortened()
    marks = {s.id: f"{OPEN}{s.id}{CLOSE}" for s in short.sources}
    layout = laid_out(short, labels=marks)
    # A row that names a thing and a source, and nothing of it that the page shows, says nothing.
    more = len(one.answer.rows) - len(cut(one.answer, one.part.rows).rows)
    return tuple(
        Table(
            _caption(one.answer.question.title, table.heading, more, numbers),
            tuple(numbers.text(column) for column in table.columns),
            table.numeric,
            tuple(
                tuple(numbers.cell(cell) or "–" for cell in row)
                for row in table.rows
                if any(cell and OPEN not in cell for cell in row[1:])
            ),
        )
        for table in layout.tables
    )


def _caption(title: str, heading: str, more: int, numbers: Numbers) -> str:
    told = [f"{title.rstrip('?.')}." if not title.endswith("?") else title]
    if heading:
        told.append(f"{heading.rstrip('.')}.")
    if more > 0:
        told.append(f"{more:,} more {'row' if more == 1 else 'rows'} in the whole answer.")
    return numbers.text(" ".join(told))


def _figures(one: Shown, numbers: Numbers) -> tuple[Figure, ...]:
    """The picture that is declared for a part, of the rows that its table shows."""
    if one.part.picture is None or not one.answer.rows:
        return ()
    rows = cut(one.answer, one.part.rows)
    with unframed():
        wide, narrow = draw(rows, one.part.picture), draw(rows, one.part.picture, width=NARROW)
    alt = numbers.uncited(one.answer.finding)
    return (Figure(one.part.picture, wide, narrow, one.part.caption, alt),)
