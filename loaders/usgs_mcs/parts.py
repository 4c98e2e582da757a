"""What a release is made of: each of its tables is a part that gives rows, and facts of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact
from ..base import AGAIN, LeftOut, Load, Row, Table
from ..base.declaration import TableForm, declaration
from .meaning import FOLDER


class Part:
    """A table of one edition, in one of the declared forms.

    A part is made of what its file holds and raises ``OrepathError`` where that is not what the
    form says; ``edition`` is what the file's name says, or else its rows.
    """

    def __init__(self, table: Table, form: TableForm) -> None:
        self.table = table
        self.form = form
        self.named = named(table, form)
        self.edition = self.named.get("year", "")

    def complete(self) -> None:
        """Raise ``OrepathError`` where rows are missing that the edition is known to have."""

    def rows(self) -> Iterable[Row]:
        """The rows, each of which is booked once."""
        return self.table.rows(self.form.columns)

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The facts of a row; raises ``LeftOut`` with a reason, or ``FactError``."""
        raise NotImplementedError

    def damaged(self, what: str, row: Row | None = None, column: str = "") -> OrepathError:
        """The error of a file that holds something else than its form says."""
        at = row.place(column) if row else f"{self.table.name}, line 1"
        return OrepathError(f"{at}: {what}", AGAIN)


class LeftPart(Part):
    """A table that is left out whole, for the reason declared under its own name."""

    def rows(self) -> Iterator[Row]:
        """The lines below the header."""
        if not self.table.header:
            raise OrepathError(f"{self.table.name} is empty", AGAIN)
        for number, (line, _) in enumerate(self.table.records()):
            if number:
                yield Row(self.table.name, line, {})

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """Nothing."""
        raise LeftOut(reason(self.named["part"].lower()))


class Metadata(Part):
    """A description of a table by the publisher (XML), left out as one row."""

    def rows(self) -> Iterator[Row]:
        """The file."""
        yield Row(self.table.name, 1, {})

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """Nothing."""
        raise LeftOut(reason("metadata"))


def named(table: Table, form: TableForm) -> dict[str, str]:
    """What a file's name says: ``year``, and ``table`` or ``part`` where the form has them."""
    found = re.fullmatch(form.file, table.name, re.IGNORECASE) if form.file else None
    return found.groupdict() if found else {}


def reason(what: str) -> str:
    """Why ``what`` is left out, as ``source.yaml`` says."""
    return declaration(FOLDER).reason(what)
