"""Workbooks (xlsx, xls, ods): cells as text and where each row stands, by ``python-calamine``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...ontology.errors import OrepathError
from .text import AGAIN, clean

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_YEAR = re.compile(r"(?:19|20)\d\d")
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_DIGITS = re.compile(r"^[-+<>~]?[\d.,]+")


def sheet_names(path: Path) -> list[str]:
    """The names of a workbook's sheets, in their order; raises as ``sheet_rows``."""
    return _open(path).sheet_names


def shown_and_hidden(path: Path) -> tuple[list[str], list[str]]:
    """The names of the sheets that are shown, and of those that are hidden."""
    from python_calamine import SheetVisibleEnum

    told = _open(path).sheets_metadata
    shown = [sheet.name for sheet in told if sheet.visible == SheetVisibleEnum.Visible]
    return shown, [sheet.name for sheet in told if sheet.name not in shown]


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
        found = workbook.get_sheet_by_name(sheet or known[0])
        rows = found.iter_rows()
        merged = _merged_down(found.merged_cell_ranges or [], (found.start or (0, 0))[1])
    except (CalamineError, OSError, ValueError) as error:
        raise OrepathError(
            f"{path.name}, sheet {sheet or known[0]!r}, cannot be read: {error}", AGAIN
        ) from error
    above: dict[int, str] = {}
    for number, row in enumerate(rows, 1):
        cells = [cell_text(cell) for cell in row]
        for column in merged.get(number, ()):
            if column < len(cells) and _names(above.get(column, "")):
                cells[column] = cells[column] or above[column]
        above = dict(enumerate(cells))
        yield number, cells


def _merged_down(ranges: Sequence[Any], first: int) -> Mapping[int, list[int]]:
    """By row the columns, counted from the ``first`` that holds anything, whose cells are merged
    with the one above."""
    found: dict[int, list[int]] = {}
    for (top, left), (bottom, right) in ranges:
        for row in range(top + 2, bottom + 2) if left == right else ():
            found.setdefault(row, []).append(left - first)
    return found


def _names(text: str) -> bool:
    """Whether a merged cell names what its rows are about, a year included; a figure that rows
    share is the figure of none."""
    return bool(_YEAR.fullmatch(text)) or not _DIGITS.search(text)


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

    held = path.read_bytes()
    if held.startswith(_OLE) and _LOCKED in held:
        raise OrepathError(
            f"{path.name} is locked with a password",
            "Open it in a spreadsheet program, and save it without a password.",
        )
    try:
        # By what is in it: the ending of its name may be another one.
        return CalamineWorkbook.from_filelike(BytesIO(held))
    except (CalamineError, OSError, ValueError) as error:
        raise OrepathError(
            f"{path.name} cannot be read as a spreadsheet: it is cut off, damaged or packed"
            f" ({error})",
            AGAIN,
        ) from error
