"""An answer as Markdown for a report: finding, tables, notes, caveats, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ...queries.excerpt import cut
from ..layout import citations, laid_out
from ..page import LINES, Extent, rest, shortened

if TYPE_CHECKING:
    from ...queries.run import Answer, Citation


def markdown_page(answer: Answer, extent: Extent) -> str:
    """The answer as a page by itself: as many rows as the extent says, or as fit."""
    text = ""
    for limit in extent.tries():
        shown = cut(answer, limit)
        parts, cited = markdown(shown, extent, of=answer)
        text = "\n\n".join([*parts, *cited_markdown(shown, cited, extent)]) + "\n"
        if text.count("\n") <= LINES:
            break
    return text


def markdown(
    answer: Answer,
    extent: Extent,
    *,
    of: Answer | None = None,
    sources: Sequence[Citation] | None = None,
) -> tuple[list[str], tuple[Citation, ...]]:
    """The paragraphs of an answer without its sources, and the sources that they cite.

    ``of`` is the whole answer, where this one holds only some of its rows.
    """
    parts = [answer.finding]
    layout = laid_out(answer, whole=extent.everything, sources=sources)
    for table in layout.tables:
        if table.heading:
            parts.append(f"**{_escaped(table.heading)}**")
        lines = [_line(table.columns), _line("---:" if n else "---" for n in table.numeric)]
        lines += [_line(_escaped(cell) for cell in row) for row in table.rows]
        parts.append("\n".join(lines))
    if of is not None and (more := rest(of, answer)):
        parts.append(more)
    parts += [f"Note: {text}" for text in shortened(answer.notes, extent)]
    return parts + [f"Caveat: {text}" for text in answer.caveats], layout.sources


def cited_markdown(answer: Answer, cited: Sequence[Citation], extent: Extent) -> list[str]:
    """A paragraph with the citations, by the labels that stand in the tables."""
    lines = [f"- {text.replace(' ', ': ', 1)}" for text in citations(answer, cited, extent)]
    return ["Sources:\n\n" + "\n".join(lines)] if lines else []


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
