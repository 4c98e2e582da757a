"""An answer as text: a table for a terminal, Markdown for a report, CSV and JSON for a machine.

People get rounded values in groups; machines get every column, unrounded, with the codes beside
the names. Pure; rich is imported only for a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from ..graph.export.table import to_csv, to_json

if TYPE_CHECKING:
    from ..queries.run import Answer


def render(answer: Answer, form: str, *, to_file: bool = False) -> str:
    """The answer in one of the formats ``table``, ``csv``, ``json``, ``markdown``."""
    if form == "csv":
        return to_csv([c.name for c in answer.columns], answer.rows)
    if form == "json":
        return _json(answer)
    if form == "markdown":
        return _markdown(answer)
    from .table import answer_table

    return answer_table(answer, to_file=to_file)


def _json(answer: Answer) -> str:
    return to_json(
        {
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
    )


def _markdown(answer: Answer) -> str:
    from .layout import citation_labels, tables

    parts = [answer.finding]
    for table in tables(answer):
        if table.heading:
            parts.append(f"**{_escaped(table.heading)}**")
        lines = [_line(table.columns), _line("---:" if n else "---" for n in table.numeric)]
        lines += [_line(_escaped(cell) for cell in row) for row in table.rows]
        parts.append("\n".join(lines))
    parts += [f"Note: {text}" for text in answer.notes]
    parts += [f"Caveat: {text}" for text in answer.caveats]
    labels = citation_labels(answer)
    if answer.sources:
        parts.append(
            "Sources:\n\n"
            + "\n".join(
                f"- {labels[s.id]}: {s.citation or s.name}{f' <{s.url}>' if s.url else ''}"
                for s in answer.sources
            )
        )
    return "\n\n".join(parts) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
