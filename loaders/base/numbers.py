"""Numbers as tables write them: with a decimal point, or a comma where a whole column shows it.

``1234,5`` and ``1.234,5`` are numbers only in a file whose cells are not separated by commas, and
only if no cell of the column has a decimal point. ``1,234`` alone is two numbers, and refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ...ontology.errors import FactError

NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_EITHER = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_COMMA = re.compile(r"[-+]?(?:(?:\d+|\d{1,3}(?:\.\d{3})+),\d+|\d{1,3}(?:\.\d{3}){2,})", re.ASCII)
_POINT = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


def decimal_comma(cells: Iterable[str]) -> bool | None:
    """Whether the numbers of a column have a decimal comma; None where they do not show it.

    Where some have a comma and some a point, the point is the sign.
    """
    comma = point = False
    for cell in cells:
        if not _EITHER.fullmatch(cell):
            comma = comma or bool(_COMMA.fullmatch(cell))
            point = point or bool(
                ("." in cell and NUMBER.fullmatch(cell)) or _POINT.fullmatch(cell)
            )
    return None if not comma and not point else not point


@dataclass
class Signs:
    """Which columns of a table have a decimal comma; ``cells`` gives those of a column, or all.

    A point before three digits is doubtful where ``semicolons`` separate the cells, as programs
    write them that have decimal commas.
    """

    cells: Callable[[str | None], Iterable[str]]
    semicolons: bool
    _found: dict[str, bool | None] = field(default_factory=dict)

    def plain(self, text: str, column: str) -> str:
        """A number with a decimal point; any other text as it is.

        Raises ``FactError`` with both readings where neither the column nor the table shows which.
        """
        doubtful = bool(_EITHER.fullmatch(text))
        if not (doubtful or _COMMA.fullmatch(text)):
            return text
        comma = self._comma(column)
        if comma is None and doubtful and ("," in text or self.semicolons):
            digits = re.sub("[.,]", "", text)
            raise FactError(
                f"{text!r} can be {digits} or {digits[:-3]}.{digits[-3:]}",
                "Write it without a separator of thousands, or with a decimal point in all rows.",
                column,
                text,
            )
        return text.replace(".", "").replace(",", ".") if comma else text

    def _comma(self, column: str) -> bool | None:
        if column not in self._found:
            found = decimal_comma(self.cells(column))
            self._found[column] = decimal_comma(self.cells(None)) if found is None else found
        return self._found[column]
