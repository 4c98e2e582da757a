"""Rows of a table as CSV or JSON text, unrounded; pure, knows no question and no database."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .values import plain, text

_BREAK = re.compile(r"\r\n?")


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]], by: str = ",") -> str:
    """CSV with a header, cells set apart ``by`` a character, lines ended by ``\\n``; lists are
    joined by ``; ``, absent is empty; a carriage return, which is not quoted, becomes ``\\n``."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=by, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_BREAK.sub("\n", text(value)) for value in row])
    return buffer.getvalue()


def to_json(value: Mapping[str, Any]) -> str:
    """Indented JSON in the order given, not escaped beyond what JSON needs."""
    ordered = {key: _ordered(item) for key, item in value.items()}
    return json.dumps(ordered, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_json_list(values: Iterable[Mapping[str, Any]]) -> str:
    """The same of several values, as a list."""
    ordered = [_ordered(value) for value in values]
    return json.dumps(ordered, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _ordered(value: Any) -> Any:
    """A plain value whose mappings keep the order that they were made in."""
    if isinstance(value, Mapping):
        return {str(key): _ordered(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_ordered(item) for item in value]
    return plain(value)
