"""What a release is made of: each of its tables is a part that gives rows, and facts of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact
from ..base import AGAIN, Column, LeftOut, Load, Row, Table
from ..base.declaration import TableForm, declaration
from .meaning import FOLDER


class Part:
    """A table of one edition, in one of the declared forms.

    A part is made of what its file holds and raises ``OrepathError`` where that is not what the
    form says. ``edition`` is what the file's name says, or else its rows; ``held`` are the rows
    where they were read already.
    """

    held: Sequence[Row] | None = None

    def __init__(self, table: Table, form: TableForm) -> None:
        self.table = table
        self.columns: dict[str, Column] = dict(form.columns)
        self.named = named(table, form)
        self.edition = self.named.get("year", "")

    def complete(self) -> None:
        """Raise ``OrepathError`` where rows are missing that the edition is known to have."""

    def rows(self) -> Iterable[Row]:
        """The rows, each of which is booked once."""
        return self.table.rows(self.columns) if self.held is None else self.held

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The facts of a row; raises ``LeftOut`` with a reason, or ``FactError``."""
        raise NotImplementedError

    def damaged(self, what: str, row: Row | None = None, column: str = "") -> OrepathError:
        """The error of a file that holds something else than its form says."""
        return OrepathError(f"{row.place(column) if row else self.table.name}: {what}", AGAIN)


class LeftPart(Part):
    """A table that is left out row by row, or a description (XML) that is left out whole; the
    reason is declared under its own name."""

    def rows(self) -> Iterator[Row]:
        """The lines below the header, or the file as one."""
        if "part" not in self.named:
            yield Row(self.table.name, 1, {})
            return
        if not self.table.header:
            raise self.damaged("the file is empty")
        lines = (line for line, _ in self.table.records())
        next(lines)
        yield from (Row(self.table.name, line, {}) for line in lines)

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """Nothing."""
        part = self.named.get("part", "").lower()
        number = part.lstrip("tfig")
        kind = "figure" if part.startswith("fig") else "table"
        raise LeftOut(reason(f"{kind} {number} of the introduction" if part else "metadata (XML)"))


def named(table: Table, form: TableForm) -> dict[str, str]:
    """What a file's name says: ``year``, and ``table`` or ``part`` where the form has them."""
    found = re.fullmatch(form.file, table.name, re.IGNORECASE) if form.file else None
    return found.groupdict() if found else {}


def table_code(name: str) -> str:
    """The publisher's letters for the commodity of a file (``germa``); of a table of two
    commodities (``zirco-hafni``) those of the first."""
    return name.lower().partition("-")[0]


def reason(what: str) -> str:
    """Why ``what`` is left out, as ``source.yaml`` says."""
    return declaration(FOLDER).reason(what)
