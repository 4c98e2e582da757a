"""Whether a table fits a line, and how wide its columns are then. Pure; knows no answer."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .layout import Table

WORD = 20
"""The longest word that is never broken; longer ones are mostly ids."""
GAP = 3
"""Characters that the frame takes between two columns."""
TALL = 3.0
"""Lines that a row takes on average up to which a table is easy to read."""
FEW = 5
"""Columns up to which none is left out only because the rows are tall."""


def fits(tables: Sequence[Table], width: int, *, tall: bool = False) -> bool:
    """Whether the tables, all of the same columns, fit into ``width`` characters and, unless they
    may be ``tall`` or have few columns, read row by row."""
    widths = column_widths(tables, width)
    if widths is None:
        return False
    if tall or len(widths) <= FEW:
        return True
    rows = [row for table in tables for row in table.rows]
    return sum(height(row, widths) for row in rows) <= TALL * len(rows)


def height(row: Sequence[str], widths: Sequence[int]) -> int:
    """Lines that a row takes."""
    return max(len(wrap(cell, w)) or 1 for cell, w in zip(row, widths, strict=True))


def column_widths(tables: Sequence[Table], width: int) -> list[int] | None:
    """Widths in characters that break no word of up to ``WORD`` letters; None where they do not
    fit into ``width``. What is left over goes where it saves most lines."""
    table = tables[0]
    cells = [
        [name, *(row[i] for one in tables for row in one.rows)]
        for i, name in enumerate(table.columns)
    ]
    widths = [
        max(
            len(word) if numeric else min(len(word), WORD)
            for cell in column
            for word in ([cell] if numeric and len(cell) <= WORD else cell.split() or [""])
        )
        for column, numeric in zip(cells, table.numeric, strict=True)
    ]
    widest = [max(len(cell) for cell in column) for column in cells]
    free = width - sum(widths) - GAP * (len(widths) - 1)
    if free < 0:
        return None
    while free and any(w < full for w, full in zip(widths, widest, strict=True)):
        neediest = max(range(len(widths)), key=lambda i: widest[i] / widths[i])
        widths[neediest] += 1
        free -= 1
    return widths
