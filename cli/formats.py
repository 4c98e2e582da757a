"""An answer as text: a table for a terminal, Markdown for a report, CSV and JSON for a machine.

People get rounded values in groups; machines get every column, unrounded, with the codes beside
the names. Pure; rich is imported only for a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..graph.export.table import to_csv, to_json

if TYPE_CHECKING:
    from ..queries.run import Answer, Citation
    from .page import Extent


READ = ("table", "markdown")
"""Formats for a person, of which a page is shown unless all is asked for."""


def render(
    answer: Answer, form: str, extent: Extent | None = None, *, to_file: bool = False
) -> str:
    """The answer in one of the formats ``table``, ``csv``, ``json``, ``markdown``.

    Without an ``extent`` what a person reads on a terminal is a page; all else is whole.
    """
    from ..queries.excerpt import cut
    from .page import PAGE, WHOLE

    if extent is None:
        extent = PAGE if form in READ and not to_file else WHOLE
    if form == "csv":
        return to_csv([c.name for c in answer.columns], cut(answer, extent.limit).rows)
    if form == "json":
        return to_json(as_mapping(cut(answer, extent.limit)))
    if form == "markdown":
        return _markdown_page(answer, extent)
    from .table import answer_table

    return answer_table(answer, extent, to_file=to_file)


def as_mapping(answer: Answer) -> dict[str, Any]:
    """The whole answer, unrounded, with what its columns mean."""
    return {
        "question": answer.question.id,
        "title": answer.question.title,
        "parameters": answer.parameters,
        "finding": answer.finding,
        "columns": [
            {"name": c.name, "type": c.type, "unit": c.unit, "meaning": c.meaning}
            for c in answer.columns
        ],
        "rows": answer.records(),
        "notes": answer.notes,
        "caveats": answer.caveats,
        "sources": [asdict(source) for source in answer.sources],
    }


def _markdown_page(answer: Answer, extent: Extent) -> str:
    from ..queries.excerpt import cut
    from .page import LINES

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
    from .layout import laid_out
    from .page import rest, shortened

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
    from .layout import citations

    lines = [f"- {text.replace(' ', ': ', 1)}" for text in citations(answer, cited, extent)]
    return ["Sources:\n\n" + "\n".join(lines)] if lines else []


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
