"""Numbers as tables write them: which sign is the decimal one, a whole column shows.

``1.234,5`` and ``1,234.5`` say it themselves; ``1,234`` is understood where another cell of its
column, or of its table, says it, and refused elsewhere. No number has a decimal comma where commas
separate the cells. Spaces and apostrophes between groups of
three digits are no part of a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ...ontology.errors import FactError

SHOWN = 100_000
"""Rows of a table that are asked which sign is the decimal one."""

NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_COMMA = re.compile(r"[-+]?(?:(?:\d+|\d{1,3}(?:\.\d{3})+),\d+|\d{1,3}(?:\.\d{3}){2,})", re.ASCII)
_POINT = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_APART = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:[\s'’][0-9]{3})+(?:[.,][0-9]+)?")
_GROUPS = re.compile(r"[\s'’]")


def together(text: str) -> str:
    """A number without spaces or apostrophes between its groups of digits; any other text as it
    is."""
    return _GROUPS.sub("", text) if _APART.fullmatch(text) else text


def decimal_comma(cells: Iterable[str]) -> bool | None:
    """Whether the numbers of a column have a decimal comma; None where they do not show it.

    Where some have a comma and some a point, the point is the sign.
    """
    comma = point = False
    for cell in map(together, cells):
        if not _EITHER.fullmatch(cell):
            comma = comma or bool(_COMMA.fullmatch(cell))
            point = point or bool(
                ("." in cell and NUMBER.fullmatch(cell)) or _POINT.fullmatch(cell)
            )
    return None if not comma and not point else not point


@dataclass
class Signs:
    """Which columns of a table have a decimal comma; ``cells`` gives those of a column, or all.

    ``delimiter`` is what separates the cells, empty for a sheet. A point before three digits is
    doubtful where semicolons do, as programs write them that have decimal commas, and in a sheet
    whose texts have decimal commas, since its numbers have points.
    """

    cells: Callable[[str | None], Iterable[str]]
    delimiter: str
    _found: dict[str, bool | None] = field(default_factory=dict)

    def plain(self, text: str, column: str) -> str:
        """A number with a decimal point; any other text as it is.

        Raises ``FactError`` with both readings where neither the column nor the table shows which.
        """
        grouped = together(text)
        doubtful = grouped == text and bool(_EITHER.fullmatch(text))
        if not (doubtful or _COMMA.fullmatch(grouped) or _POINT.fullmatch(grouped)):
            return grouped
        comma = self._comma(column)
        unsaid = comma is None and ("," in text or self.delimiter == ";")
        mixed = comma and self.delimiter in ("", ",") and "." in text
        if doubtful and (unsaid or mixed):
            digits = re.sub("[.,]", "", text)
            raise FactError(
                f"{text!r} can be {digits} or {digits[:-3]}.{digits[-3:]}",
                "Write it without a separator of thousands, or with a decimal point in all rows.",
                column,
                text,
            )
        if comma and self.delimiter == ",":
            return grouped  # two numbers, as likely as one
        if comma:
            return grouped.replace(".", "").replace(",", ".")
        return grouped.replace(",", "") if _POINT.fullmatch(grouped) else grouped

    def _comma(self, column: str) -> bool | None:
        if column not in self._found:
            found = decimal_comma(self.cells(column))
            if found is None:
                found = decimal_comma(self.cells(None))
                # Beside commas between cells, "1,5" in another column may be a list.
                found = None if found and self.delimiter in ("", ",") else found
            self._found[column] = found
        return self._found[column]
