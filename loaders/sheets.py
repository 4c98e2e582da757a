"""Spreadsheet files (xlsx, xls, ods), read strictly: cells as text, where each row stands.

What ``tables.read_table`` does for CSV, this does for a sheet of a workbook, by
``python-calamine``. What the cells mean is the loader's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..ontology.errors import OrepathError
from .tables import AGAIN, Row, clean, header_places

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


def open_workbook(path: Path) -> CalamineWorkbook:
    """A workbook; raises ``OrepathError`` where the file is none, or is damaged."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError) as error:
        raise OrepathError(
            f"{path.name} cannot be read as a spreadsheet: {error}", AGAIN
        ) from error


def sheet_rows(path: Path, sheet: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Number (from 1) and cells of each row of a sheet, the first one where none is named.

    Raises ``OrepathError`` where there is no such sheet.
    """
    from python_calamine import CalamineError

    workbook = open_workbook(path)
    known = workbook.sheet_names
    if sheet is not None and sheet not in known:
        raise OrepathError(
            f"{path.name} has no sheet {sheet!r}, but {', '.join(map(repr, known[:12]))}", AGAIN
        )
    try:
        rows = workbook.get_sheet_by_name(sheet or known[0]).iter_rows()
    except (CalamineError, OSError, ValueError) as error:
        raise OrepathError(
            f"{path.name}, sheet {sheet or known[0]!r}, cannot be read: {error}", AGAIN
        ) from error
    for number, cells in enumerate(rows, 1):
        yield number, [text(cell) for cell in cells]


def read_sheet(
    path: Path,
    columns: Sequence[str],
    publication: str,
    *,
    sheet: str | None = None,
    optional: Sequence[str] = (),
) -> Iterator[Row]:
    """The rows of a sheet whose first row is a header with at least the named columns.

    Empty rows are passed over; the cells of an ``optional`` column that the sheet lacks are
    empty. Raises ``OrepathError`` naming file, line and column.
    """
    header: dict[str, int] = {}
    for number, cells in sheet_rows(path, sheet):
        if not header:
            header = header_places(cells, columns, optional, path.name, publication)
        elif any(cells):
            found = {n: cells[at] if at < len(cells) else "" for n, at in header.items()}
            yield Row(path.name, number, {**dict.fromkeys(optional, ""), **found})
    if not header:
        raise OrepathError(f"{path.name} is empty", AGAIN)


def text(cell: Any) -> str:
    """A cell as one would type it: 2025.0 is ``2025``, a day is ``2025-06-30``."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else clean(str(cell))
