"""Dates as precisely as they are known: a year is a year, not its first of January."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_DATE = re.compile(r"\b(\d{4})(?:-(\d\d))?(?:-(\d\d))?\b")


@dataclass(frozen=True, slots=True)
class Span:
    """The days of which a date may be one, the first and the one after the last, as ordinals."""

    first: int
    after: int

    @property
    def exact(self) -> bool:
        """Whether it is a single day."""
        return self.after - self.first <= 1


def span(value: Any) -> Span | None:
    """The span of a date, or of a text like ``2025-11-08 (planned)``, ``2023-07`` or ``2026``;
    None where it names no date."""
    found = _DATE.search(value.isoformat() if isinstance(value, date) else str(value or ""))
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        if year is None:
            return None
        if month is None:
            return Span(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
        if day is None:
            first = date(year, month, 1)
            after = (first + timedelta(days=32)).replace(day=1)
            return Span(first.toordinal(), after.toordinal())
        return Span(date(year, month, day).toordinal(), date(year, month, day).toordinal() + 1)
    except (ValueError, OverflowError):  # no day of the calendar
        return None
