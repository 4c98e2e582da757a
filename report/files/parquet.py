"""An answer as Parquet: columns keep their types, and the file says what it answers.

Needs ``polars`` (the extra ``parquet``).
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ...graph.export.values import text
from ...ontology.errors import OrepathError

if TYPE_CHECKING:
    from ...queries.definition import Column
    from ...queries.run import Answer

LEAST, MOST = -(2**63), 2**63 - 1
"""Whole numbers that a column of them holds."""


def parquet(answer: Answer, command: str | None = None) -> bytes:
    """The rows with finding, notes, sources and what each column means as metadata.

    A column whose values are not all of its type is one of texts. Raises ``OrepathError`` where
    polars is not installed.
    """
    try:
        import polars
    except ImportError as error:
        raise OrepathError(
            "Parquet needs polars, which is not installed",
            "Install it with: pip install 'orepath[parquet]'",
        ) from error
    columns = []
    for index, column in enumerate(answer.columns):
        values = [row[index] for row in answer.rows]
        kind = _kind(column, values)
        if kind == "list":
            values = [None if v is None else [text(item) for item in v] for v in values]
        elif kind == "shares":
            values = [None if v is None else list(v) for v in values]
        elif kind == "text":
            values = [None if v is None else text(v) for v in values]
        elif kind == "number":
            values = [None if v is None else float(v) for v in values]
        types: dict[str, Any] = {
            "list": polars.List(polars.String),
            "shares": polars.List(polars.Float64),
            "text": polars.String,
            "number": polars.Float64,
            "integer": polars.Int64,
            "boolean": polars.Boolean,
            "date": polars.Date,
        }
        columns.append(polars.Series(column.name, values, dtype=types[kind]))
    told = {
        "question": answer.question.id,
        "finding": answer.finding,
        "command": command or "",
        "notes": _json(answer.notes),
        "caveats": _json(answer.caveats),
        "columns": _json({c.name: {"unit": c.unit, "meaning": c.meaning} for c in answer.columns}),
        "sources": _json([asdict(s) for s in answer.sources]),
    }
    buffer = io.BytesIO()
    polars.DataFrame(columns).write_parquet(
        buffer, metadata={f"orepath.{k}": v for k, v in told.items()}
    )
    return buffer.getvalue()


def _kind(column: Column, values: Sequence[Any]) -> str:
    """The type that all values have: that of the column, or text."""
    found = [v for v in values if v is not None]
    kind = "number" if column.type == "share" else column.type
    if kind == "integer" and any(isinstance(v, float) for v in found):
        kind = "number"
    plain_numbers = all(_is_plain(v) for v in found)
    fits = {
        "list": all(isinstance(v, tuple | list) for v in found),
        "shares": all(
            isinstance(v, tuple | list) and all(x is None or _is_plain(x) for x in v) for v in found
        ),
        "number": plain_numbers and all(_is_number(v) for v in found),
        "integer": plain_numbers and all(LEAST <= v <= MOST for v in found),
        "boolean": all(isinstance(v, bool) for v in found),
        "date": all(isinstance(v, date) and not isinstance(v, datetime) for v in found),
    }
    return kind if fits.get(kind, True) else "text"


def _is_plain(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_number(value: float) -> bool:
    """Whether a column of numbers keeps the value: a whole one too large for it would change."""
    try:
        return isinstance(value, float) or int(float(value)) == value
    except OverflowError:
        return False


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
