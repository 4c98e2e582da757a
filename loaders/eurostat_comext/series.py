"""Series of Eurostat's dissemination API, as SDMX-CSV and as TSV: a figure in each row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..base import Table

_LABELLED = re.compile(r"([A-Z0-9_]+):.+")
_DIMENSIONS = "\\"
_FIGURE = ["TIME_PERIOD", "OBS_VALUE", "OBS_FLAG"]


def is_wide(table: Table) -> bool:
    """Whether a table is a TSV file, in which each period is a column."""
    return not table.is_sheet and _DIMENSIONS in "".join(table.header[:1])


class Series(Table):
    """A table of figures, one in a row whichever the format: the columns are those of SDMX-CSV.

    Codes lose the label that may follow them (``DE:Germany``). Of a TSV file a cell becomes a row,
    but for those that hold no observation (``:``).
    """

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """As ``Table.records``."""
        periods: list[str] | None = None
        for line, cells in super().records():
            if periods is None and _DIMENSIONS in cells[0]:
                dimensions = cells[0].partition(_DIMENSIONS)[0].split(",")
                periods = [cell.strip() for cell in cells[1:]]
                yield line, [*dimensions, *_FIGURE]
            elif periods:
                codes = [_code(cell) for cell in cells[0].split(",")]
                for period, cell in zip(periods, cells[1:], strict=True):
                    figure, _, flag = cell.strip().partition(" ")
                    if figure != ":" or flag:
                        yield line, [*codes, period, figure, flag.strip()]
            else:
                periods = periods or []
                yield line, [_code(cell) for cell in cells]


def _code(cell: str) -> str:
    match = _LABELLED.fullmatch(cell.strip())
    return match[1] if match else cell
