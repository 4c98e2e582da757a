"""Values of the database's driver as Python's own: the one conversion for all that reads them."""

from __future__ import annotations

from typing import Any

import neo4j.time


def native(value: Any) -> Any:
    """A value of the driver with dates and times of the standard library, and tuples for lists."""
    if isinstance(value, neo4j.time.Date | neo4j.time.DateTime | neo4j.time.Time):
        return value.to_native()
    if isinstance(value, list | tuple):
        return tuple(native(item) for item in value)
    return value
