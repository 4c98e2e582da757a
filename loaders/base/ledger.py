"""The ledger of a load, in which no row is lost, and the one loop that books rows in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place, Rejection
from .tables import Row
from .text import AGAIN

_OBSERVED = ("normal", "estimated", "provisional")


class LeftOut(Exception):  # noqa: N818 - it is no error: the row is left out on purpose
    """A row is deliberately not loaded; the text says why."""


@dataclass
class Ledger:
    """Where each row of a file went: ``rows_read == used + len(rejected) + sum(left.values())``.

    Every row is booked exactly once, by ``use``, ``reject`` or ``leave``; ``cells`` are those that
    were refused alone, in rows whose other cells were used.
    """

    rows_read: int = 0
    used: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    cells: list[Rejection] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    """What the user should know of the load as a whole, in sentences."""
    until: int = field(default_factory=lambda: date.today().year)
    """The last year of which something can have been observed: this one, or the edition's."""

    def use(self, rows: int = 1) -> None:
        """Book a row that became at least one fact, or many such rows of a large file at once."""
        self.rows_read += rows
        self.used += rows

    def reject(self, place: Place, value: str, reason: str, remedy: str) -> None:
        """Book a row that could not be understood."""
        self.rows_read += 1
        self.rejected.append(Rejection(place, value, reason, remedy))

    def refuse(self, row: Row, error: FactError, remedy: str = AGAIN) -> None:
        """Book a row that raised ``error``, at the column that it names; ``remedy`` is what to do
        where the error does not say it."""
        refused = _rejection(row, error, remedy)
        self.reject(refused.place, refused.value, refused.reason, refused.remedy)

    def refuse_cells(self, row: Row, faults: Sequence[FactError], *, used: bool) -> None:
        """Note that these cells of a row were refused alone, while others are ``used``; raises the
        first of the faults where none is."""
        if faults and not used:
            raise faults[0]
        self.cells += [_rejection(row, fault, AGAIN) for fault in faults]

    @property
    def refused(self) -> list[Rejection]:
        """All that was refused: rows, and cells alone."""
        return [*self.rejected, *self.cells]

    def leave(self, reason: str, rows: int = 1) -> None:
        """Book rows that are deliberately not loaded: one, or many of a large file at once."""
        self.rows_read += rows
        self.left[reason] += rows

    def add(self, other: Ledger) -> None:
        """Book what another ledger holds."""
        self.rows_read += other.rows_read
        self.used += other.used
        self.rejected += other.rejected
        self.cells += other.cells
        self.left.update(other.left)
        self.notes += other.notes

    @property
    def balanced(self) -> bool:
        """Whether each row read was booked once."""
        return self.rows_read == self.used + len(self.rejected) + sum(self.left.values())


def _rejection(row: Row, error: FactError, remedy: str) -> Rejection:
    value = "" if error.value is None else str(error.value)
    return Rejection(row.place(error.column), value, error.message, error.hint or remedy)


def book(
    rows: Iterable[Row],
    ledger: Ledger,
    read: Callable[[Row], Iterable[Fact]],
    remedy: str = AGAIN,
) -> Iterator[Fact]:
    """The facts that ``read`` makes of each row, which is booked once.

    ``read`` raises ``LeftOut`` with a reason, or ``FactError`` with column, value and remedy;
    nothing of such a row is passed on.
    """
    for row in rows:
        try:
            made = list(read(row))
            _require_past(made, ledger.until)
        except LeftOut as left:
            ledger.leave(str(left))
        except FactError as error:
            ledger.refuse(row, error, remedy)
        else:
            ledger.use()
            yield from made


def _require_past(made: Sequence[Fact], until: int) -> None:
    """Raise ``FactError`` for what is said to have been observed after the last year of which the
    edition can speak; a forecast says so in its status."""
    for fact in made:
        if fact.values.get("status") not in _OBSERVED:
            continue
        when = str(fact.values.get("year") or fact.values.get("period") or "")
        if when[-4:].isdecimal() and int(when[-4:]) > until:
            raise FactError(
                f"a figure of {when} cannot have been observed, the last year possible is {until}",
                "Mend the year; a forecast has the status forecast.",
                value=when,
            )
