"""Rows of a table as CSV or JSON text, unrounded; pure, knows no question and no database."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .values import plain, text


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV with a header, lines ended by ``\\n``; lists are joined by ``; ``, absent is empty."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([text(value) for value in row])
    return buffer.getvalue()


def to_json(value: Mapping[str, Any]) -> str:
    """Indented JSON in the order given, not escaped beyond what JSON needs."""
    ordered = {key: plain(item) for key, item in value.items()}
    return json.dumps(ordered, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
