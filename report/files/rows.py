"""The rows of an answer for machines: CSV, TSV, JSON and JSON lines, every column, unrounded.

CSV carries no byte order mark, which half of its readers take for a part of the first column's
name; who opens files in Excel takes the workbook.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ...graph.export.table import to_csv, to_json
from ...graph.export.values import plain

if TYPE_CHECKING:
    from ...queries.run import Answer


def separated(answer: Answer, by: str) -> str:
    """The rows under a header, cells set apart by ``by``; lists are joined by ``; ``."""
    return to_csv([c.name for c in answer.columns], answer.rows, by)


def as_mapping(answer: Answer) -> dict[str, Any]:
    """The whole answer, unrounded, with what its columns mean; the keys of rows in their order."""
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


def answer_json(answer: Answer) -> str:
    """``as_mapping`` as JSON."""
    return to_json(as_mapping(answer))


def json_lines(answer: Answer) -> str:
    """Each row as one line of JSON, with the columns' names in their order."""
    return "".join(
        json.dumps(
            {name: plain(value) for name, value in row.items()},
            ensure_ascii=False,
            allow_nan=False,
        )
        + "\n"
        for row in answer.records()
    )
