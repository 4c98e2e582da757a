"""What travels through a load: one fact, and the place in a file that it comes from.

A fact names a term of the ontology and gives values for its roles and properties. It does not
know whether it becomes a node or a relationship; the compiled schema does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Value = str | int | float | bool | date | datetime | list[str] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact was read: a file's name, its 1-based line, and a column's name."""

    file: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement: ``term`` is a class (``Material``, ``IndustryObservation``) or a plain
    object property (``form_of``).

    ``values`` holds ``id`` and properties for a node, ``start`` and ``end`` for a plain
    relationship, roles and properties for an n-ary one. A reference is the id of the node, and
    ``Label:id`` where the role allows nodes of more than one root class.
    """

    term: str
    values: Mapping[str, Value] = field(default_factory=dict)
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row or fact that was refused: where, which value, why, and what the user can do."""

    place: Place
    value: str
    reason: str
    remedy: str
