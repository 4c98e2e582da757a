"""An answer in the content of a file: which module writes which ending."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...ontology.errors import OrepathError
from ...queries.excerpt import cut
from ..page import PAGE, WHOLE, Extent
from .endings import ENDINGS

if TYPE_CHECKING:
    from ...graph.subgraph import Subgraph
    from ...queries.run import Answer

Piece = Callable[[], "Subgraph"]
"""Gives the subgraph of an answer; called only where a kind of file needs it."""


def render(
    answer: Answer,
    ending: str,
    *,
    subgraph: Piece | None = None,
    command: str | None = None,
    extent: Extent = WHOLE,
    to_file: bool = True,
    kind: str | None = None,
    width: float | None = None,
) -> str | bytes:
    """The content of a file with this ending, one of ``ENDINGS``; bytes where it is ``binary``.

    ``subgraph`` is needed for what holds a graph; ``command`` is the line that asks this again and
    stands in what people read; ``extent`` says how many rows, and ``to_file`` whether text is laid
    out for a file instead of the terminal; ``kind`` which of the question's pictures is drawn, and
    ``width`` how wide, as ``draw`` has it.
    The same answer gives the same bytes.

    Raises ``OrepathError`` for another ending, for a subgraph that was not given, and where the
    library of a kind is not installed.
    """
    if ending not in ENDINGS:
        raise OrepathError(f"there is no kind of file {ending!r}", f"Known: {', '.join(ENDINGS)}.")
    holds = ENDINGS[ending].holds
    if holds == "graph":
        from .graphs import graph_file

        if subgraph is None:
            raise OrepathError(
                f"{answer.question.id} has only a table, no piece of the graph",
                "Write its rows, for example as .csv or .xlsx.",
            )
        return graph_file(subgraph(), ending)
    if holds == "picture":
        return _picture(answer, ending, subgraph, kind, width)
    if holds == "references":
        from . import references

        if ending == "bib":
            return references.bibtex(answer.sources)
        return references.csl_json(answer.sources)
    return _rows(answer, ending, command, extent, to_file)


def page(answer: Answer, *, extent: Extent = PAGE, to_file: bool = False) -> str:
    """The page that a terminal shows."""
    from ..table import answer_table

    return answer_table(answer, extent, to_file=to_file)


def _rows(
    answer: Answer, ending: str, command: str | None, extent: Extent, to_file: bool
) -> str | bytes:
    if ending == "txt":
        return page(answer, extent=extent, to_file=to_file)
    if ending == "md":
        from .markdown import markdown_page

        return markdown_page(answer, extent)
    if ending == "html":
        from .html import html_page

        return html_page(answer, extent, command)
    shown = cut(answer, extent.limit)
    if ending == "xlsx":
        from .sheet import workbook

        return workbook(shown, command)
    if ending == "parquet":
        from .parquet import parquet

        return parquet(shown, command)
    from . import rows

    if ending == "json":
        return rows.answer_json(shown)
    if ending == "jsonl":
        return rows.json_lines(shown)
    return rows.separated(shown, "\t" if ending == "tsv" else ",")


def _picture(
    answer: Answer, ending: str, subgraph: Piece | None, kind: str | None, width: float | None
) -> str | bytes:
    from ..pictures import convert, draw
    from ..pictures.frame import WIDTH

    piece = subgraph() if subgraph is not None else None
    drawn = draw(answer, kind, piece, width=width or WIDTH)
    if ending == "png":
        return convert.png(drawn, convert.pixels(width or WIDTH))
    return convert.pdf(drawn) if ending == "pdf" else drawn
