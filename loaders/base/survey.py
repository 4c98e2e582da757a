"""What is known of files before their facts are made: what the user says, what a first pass saw,
and which edition they are then taken for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Protocol

from ...ontology.errors import FactError, OrepathError, RefusedError
from ...ontology.facts import Fact, Place
from .declaration import Declaration
from .ledger import Ledger
from .tables import Row
from .text import AGAIN

FEW = 0.01
"""Of a table's rows, the part that may look like those of another file."""
_FEWEST = 3
_WHEN = ("year", "period", "month")
_EDITION = re.compile(r"(?:19|20)\d\d(?:-\w+)*")


def few(rows: int) -> float:
    """How many of a table's rows may have a cell that cannot stand there, and are refused alone: 1
    %, of a small table 3, and never more than half.

    Where more have, the columns have moved or it is another table, and none is read.
    """
    return max(FEW * rows, min(_FEWEST, rows / 2))


@dataclass(frozen=True)
class Said:
    """What the user says of files that do not say it themselves."""

    edition: str = ""
    nomenclature: str = ""
    unit: str = ""


NOTHING_SAID = Said()


@dataclass
class Survey:
    """What the first pass learnt: rows by file, newest edition by file, and rows by the value of
    the declared ``count`` column, with the file and the cell of the edition's column.

    ``tables`` holds rows by declared table and file, ``doubted`` by place the few whose
    cells cannot stand where they stand, ``known`` the edition of which a file is the
    publisher's own. ``assumed`` says, in a clause, what of edition and provenance neither the files
    nor the user (``said``) say; what is loaded is then not verified. So do ``doubts``,
    which no option of the user's answers.
    """

    rows: Counter[str] = field(default_factory=Counter)
    tables: Counter[tuple[str, str]] = field(default_factory=Counter)
    newest: dict[str, str] = field(default_factory=dict)
    counted: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    doubted: dict[Place, FactError] = field(default_factory=dict)
    said: Said = NOTHING_SAID
    known: str = ""
    assumed: str = ""
    doubts: list[str] = field(default_factory=list)


def agreed(declared: Declaration, survey: Survey, edition: str) -> str:
    """The edition that the user says; raises ``RefusedError`` where the files say another."""
    if not (said := survey.said.edition):
        return edition
    require_edition(declared, said)
    if said != edition and not survey.assumed:
        raise RefusedError(
            f"{', '.join(survey.rows)}: these files are edition {edition} of {declared.what},"
            f" not {said}",
            "Leave --edition out.",
        )
    survey.assumed = ""
    return said


def require_edition(declared: Declaration, said: str) -> None:
    """Raise ``RefusedError`` where what the user says is no edition: a year, with a month or a word
    behind it where the publication has them."""
    if not _EDITION.fullmatch(said):
        known = ", ".join(edition.edition for edition in declared.described().values())
        raise RefusedError(
            f"--edition {said} is no edition of {declared.what}",
            f"Write it like those that are known: {known}.",
        )


def to_come(row: Row) -> str:
    """The column of a row that says a year to come, which would be the edition; else empty."""
    newest = date.today().year
    said = ((column, row.cells.get(column, "")[:4]) for column in _WHEN)
    return next((c for c, year in said if year.isdecimal() and int(year) > newest), "")


@contextmanager
def selections_told() -> Iterator[None]:
    """What is missing from an edition may be missing on purpose: errors say how that is loaded."""
    try:
        yield
    except OrepathError as error:
        told = "What is a part of the edition on purpose is loaded with --add."
        error.hint = f"{error.hint} {told}" if error.hint else told
        raise


def require_rows(declared: Declaration, survey: Survey, edition: str) -> None:
    """Raise ``OrepathError`` for a file of the tested download that has lost rows.

    An edition that nobody described may be a known one without its newest rows.
    """
    for (name, path), rows in survey.tables.items():
        if rows < (whole := declared.tables[name].rows):
            raise OrepathError(
                f"{path}: {rows:,} rows instead of {whole:,} of the table {name!r}; the file"
                " is cut off",
                AGAIN,
            )
    editions = declared.described()
    known = editions.get(f"{declared.publication}-{edition}")
    for file in chain.from_iterable(e.files for e in ([known] if known else editions.values())):
        if 0 < survey.rows[file.name] < file.rows:
            raise OrepathError(
                f"{file.name}: {survey.rows[file.name]:,} rows instead of {file.rows:,}; the"
                " file is cut off",
                "Download it again; a selection of your own should have a name of its own.",
            )


def of_the_file(row: Row, fault: FactError) -> OrepathError:
    """The fault of a row as that of the whole file, with the place."""
    return OrepathError(f"{row.place(fault.column)}: {fault.message}", fault.hint)


class Reading(Protocol):
    """Files that were recognised: which edition they are, and their facts."""

    @property
    def source(self) -> str:
        """Id of the edition, e.g. ``wb-wgi-2024``."""
        ...

    @property
    def assumed(self) -> str:
        """What of edition and provenance neither files nor user say, as a clause; else empty."""
        ...

    def facts(self, ledger: Ledger) -> Iterator[Fact]:
        """The facts in the files' order; every row is booked in ``ledger``."""
        ...
