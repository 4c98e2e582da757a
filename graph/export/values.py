"""Values of the database as plain ones that every format can carry.

The driver gives dates and times of its own; a file gets ISO text. Nothing is rounded here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from ..values import native

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]

LIST_SEPARATOR = "; "


def plain(value: Any) -> Plain:
    """A value as JSON knows it: temporal values become ISO 8601, a mapping gets sorted keys."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value)}
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return [plain(item) for item in sorted(value)]
    value = native(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def text(value: Any) -> str:
    """A value in one cell: empty for an absent one, a list joined, a whole number without
    ``.0``, any other number in its shortest exact form."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list):
        return LIST_SEPARATOR.join(text(item) for item in value)
    if isinstance(value, dict):
        return LIST_SEPARATOR.join(f"{key}: {text(item)}" for key, item in value.items())
    return str(value)
