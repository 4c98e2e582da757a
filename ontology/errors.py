"""The one family of errors that a user of Orepath can cause.

Everything the command line catches and prints without a traceback is an ``OrepathError``;
anything else is a defect of ours and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .facts import Rejection


class OrepathError(Exception):
    """Something a user can mend: what was wrong, and in ``hint`` what to do about it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class RefusedError(OrepathError):
    """A load that would lose a fact or guess one; nothing was changed, and the user may say what
    is meant. ``rows`` are those that were refused by themselves."""

    def __init__(
        self, message: str, hint: str | None = None, rows: Sequence[Rejection] = ()
    ) -> None:
        super().__init__(message, hint)
        self.rows = rows


class OntologyError(OrepathError):
    """The Turtle does not say what the compiler needs (names the file and the term)."""


class FactError(OrepathError):
    """A fact breaks the ontology; ``column`` and ``value`` say where in the source."""

    def __init__(
        self, message: str, hint: str | None = None, column: str | None = None, value: object = None
    ) -> None:
        super().__init__(message, hint)
        self.column = column
        self.value = value


class DatabaseError(OrepathError):
    """Neo4j cannot be reached, started or does not accept what was asked."""
