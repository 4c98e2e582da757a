"""Numbers as curated rows write them: ``94``, ``>80``, ``85-90``, ``22000 to 60000``, ``180000 t``.

A bound stays a bound and a range a range; a unit that stands with the number goes before that of
the unit's own column, which may be wrong for it. What hedges a number (*about*, *forecast*) is in
``mapping/hedges.csv``. This module knows no data set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ...ontology.errors import FactError
from ...ontology.facts import Value
from ..tables import Row
from ..units import Unit, unit
from .reading import Unreadable, reading

PUBLICATION = "orepath"
STATUSES = ("normal", "estimated", "provisional", "forecast")

_NUMBER = r"-?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][+-]?\d+)?"
_FIGURE = re.compile(
    rf"(?P<bound>[<>])?\s*(?P<first>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<last>{_NUMBER}))?"
    r"\s*(?P<unit>%|[A-Za-z].*)?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount, a bound or a range, and the words of the unit that stand with it."""

    amount: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str = ""

    def values(self, measured: Unit, names: tuple[str, str, str]) -> dict[str, Value]:
        """The properties that hold it, by the names of amount, low and high, in base units."""
        given = zip(names, (self.amount, self.low, self.high), strict=True)
        return {n: float(v * measured.factor) for n, v in given if v is not None}

    def scaled(self, divisor: Decimal, names: tuple[str, str, str]) -> dict[str, Value]:
        """The properties that hold it, divided by ``divisor`` (percent to fraction)."""
        return self.values(Unit("fraction", 1 / divisor), names)


def figure(row: Row, column: str) -> Figure:
    """The number in a cell; raises ``Unreadable`` where there is none."""
    match = _FIGURE.fullmatch(row[column])
    if match is None:
        raise Unreadable(
            row.place(column),
            row[column],
            "it is no number, bound or range",
            "Write 94, >80, 85-90 or 180000 t.",
        )
    first = _decimal(match["first"])
    words = match["unit"] or ""
    if match["last"]:
        last = _decimal(match["last"])
        if match["bound"] or last < first:
            raise Unreadable(
                row.place(column),
                row[column],
                "the range runs downwards or has a sign before it",
                "Write the lower end first.",
            )
        return Figure(None, first, last, words)
    if match["bound"] == ">":
        return Figure(None, first, None, words)
    if match["bound"] == "<":
        return Figure(None, None, first, words)
    return Figure(first, None, None, words)


def at_least(found: Figure) -> Figure:
    """The figure as a lower bound: of a part, where the whole is asked for."""
    return Figure(None, found.low if found.amount is None else found.amount, None, found.unit)


def measured_in(row: Row, words: str, column: str) -> Unit:
    """The unit that ``words`` name; raises ``Unreadable`` where there is none."""
    try:
        return unit(words, PUBLICATION)
    except FactError as error:
        raise Unreadable(row.place(column), words, error.message, error.hint or "") from error


def hedged(row: Row, columns: tuple[str, ...]) -> str | None:
    """The status that the first hedging words of a row's cells give its number, or nothing."""
    for column in columns:
        text = row[column].casefold()
        for line in _hedges().values():
            if re.match(rf"{re.escape(line['words'])}\b", text):
                return line["status"]
    return None


def _hedges() -> Mapping[tuple[str, ...], Mapping[str, str]]:
    return reading("hedges", "words")


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
