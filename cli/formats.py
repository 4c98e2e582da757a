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


def render(answer: Answer, form: str, *, to_file: bool = False) -> str:
    """The answer in one of the formats ``table``, ``csv``, ``json``, ``markdown``."""
    if form == "csv":
        return to_csv([c.name for c in answer.columns], answer.rows)
    if form == "json":
        return to_json(as_mapping(answer))
    if form == "markdown":
        return "\n\n".join([*markdown(answer), *cited_markdown(answer.sources)]) + "\n"
    from .table import answer_table

    return answer_table(answer, to_file=to_file)


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


def markdown(answer: Answer) -> list[str]:
    """The paragraphs of an answer without its sources."""
    from .layout import tables

    parts = [answer.finding]
    for table in tables(answer):
        if table.heading:
            parts.append(f"**{_escaped(table.heading)}**")
        lines = [_line(table.columns), _line("---:" if n else "---" for n in table.numeric)]
        lines += [_line(_escaped(cell) for cell in row) for row in table.rows]
        parts.append("\n".join(lines))
    parts += [f"Note: {text}" for text in answer.notes]
    return parts + [f"Caveat: {text}" for text in answer.caveats]


def cited_markdown(sources: Sequence[Citation]) -> list[str]:
    """A paragraph with the citations, by the labels that stand in the tables."""
    from .layout import source_labels

    labels = source_labels(sources)
    lines = [
        f"- {labels[s.id]}: {s.citation or s.name}{f' <{s.url}>' if s.url else ''}" for s in sources
    ]
    return ["Sources:\n\n" + "\n".join(lines)] if lines else []


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
