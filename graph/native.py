"""Values as the database stores them, in the standard library's types, and what a property of the
ontology may hold of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import neo4j
from neo4j.exceptions import DriverError

from ..ontology.schema import Property
from .values import native

TYPES: Mapping[str, tuple[type, ...]] = {
    "integer": (int,),
    "gYear": (int,),
    "decimal": (float, int),
    "double": (float, int),
    "boolean": (bool,),
    "date": (date,),
    "dateTime": (datetime,),
}
"""What a property of a datatype is stored as; any other datatype is text."""
WORDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    date: "a date",
    datetime: "a date with a time",
    list: "a list",
}


@dataclass(frozen=True, slots=True)
class Strange:
    """A value of a kind that no property has, such as a point, or a date before the year 1."""

    kind: str
    text: str

    def __str__(self) -> str:
        return self.text


def stored_value(value: Any) -> Any:
    """A stored value with the standard library's types, or ``Strange``."""
    if type(value) is list:
        return [stored_value(v) for v in value]
    plain = native(value)
    if plain is None or type(plain) in WORDS:
        return plain
    return Strange(type(value).__name__, str(value))


def properties_of(record: neo4j.Record) -> dict[str, Any]:
    """The column ``properties`` of a record.

    Raises ``DriverError`` or ``ValueError`` where one of the values cannot be read.
    """
    return {name: stored_value(value) for name, value in sorted(record["properties"].items())}


UNREADABLE = (DriverError, ValueError, OverflowError)
"""What ``properties_of`` raises."""


def mistyped(p: Property, value: Any) -> str:
    """What is wrong with the type of a stored value; empty where nothing is."""
    if isinstance(value, list) != p.many:
        return "must be a list" if p.many else "must be one value, not a list"
    allowed = TYPES.get(p.datatype, (str,))
    for item in value if isinstance(value, list) else [value]:
        if type(item) not in allowed:
            held = f"a {item.kind}" if isinstance(item, Strange) else WORDS[type(item)]
            return f"must be {WORDS[allowed[0]]}, but {held} is stored"
        if isinstance(item, float) and not math.isfinite(item):
            return "is not a finite number"
    return ""


def shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(shown, value))
    return "" if value is None else str(value)[:200]
