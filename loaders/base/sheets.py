"""Workbooks (xlsx, xls, ods): cells as text and where each row stands, by ``python-calamine``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...ontology.errors import OrepathError
from .text import AGAIN, clean

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


def sheet_names(path: Path) -> list[str]:
    """The names of a workbook's sheets, in their order; raises as ``sheet_rows``."""
    return _open(path).sheet_names


def sheet_rows(path: Path, sheet: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Number (from 1) and cells of each row of a sheet, the first one where none is named.

    Raises ``OrepathError`` where the file is no workbook, is damaged, or has no such sheet.
    """
    from python_calamine import CalamineError

    workbook = _open(path)
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
        yield number, [cell_text(cell) for cell in cells]


def cell_text(cell: Any) -> str:
    """A cell as one would type it: 2025.0 is ``2025``, a day is ``2025-06-30``."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else clean(str(cell))


def _open(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError, ValueError) as error:
        raise OrepathError(
            f"{path.name} cannot be read as a spreadsheet: {error} (if it is packed, unpack it)",
            AGAIN,
        ) from error
