"""The IEA's workbook of critical minerals: a sheet of supply, sheets of demand, and covers.

The sheet of supply has two tables side by side, mined and refined: a row of years, a column of
labels left of each group of years, and below it tables that follow each other, each under its
heading and closed by its sum. Sheets of demand are read by ``demand_sheet.py``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...ontology.errors import OrepathError
from ..base import AGAIN, Row, Table
from ..base.sheets import sheet_names, sheet_rows
from .demand_sheet import YEAR, DemandSheet, Rows, is_demand, read_sheet
from .lines import line

_EDITION = re.compile(r"IEA \((\d{4})\)")
_TITLE = re.compile(r"supply for key .*?minerals(?:, (?P<case>.+?))? \((?P<unit>[^()]+)\)$")


@dataclass
class Workbook:
    """What a workbook holds: its edition, the lines of supply, its sheets of demand, and how many
    rows else by their kind."""

    edition: str = ""
    lines: list[Row] = field(default_factory=list)
    demand: list[DemandSheet] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def read_workbook(path: Path, supply: Table | None, demand: str) -> Workbook:
    """A workbook with the sheet of ``supply``, if it has one; the names of sheets of ``demand``
    match the pattern, also where nothing in them can be read.

    Raises ``OrepathError`` where the sheet of supply has another layout.
    """
    book = Workbook()
    for sheet in sheet_names(path):
        rows = [(at, cells) for at, cells in sheet_rows(path, sheet) if any(cells)]
        named = (_EDITION.search(cell) for _, cells in rows for cell in cells)
        book.edition = max([book.edition, *(match[1] for match in named if match)])
        name = f"{path.name} [{sheet}]"
        if supply is not None and sheet == supply.sheet:
            book.lines += _lines(rows, name, book.left)
        elif rows and (is_demand(rows) or re.fullmatch(demand, sheet)):
            book.demand.append(read_sheet(rows, name))
        else:
            book.left["other sheets"] += len(rows)
    return book


def _lines(rows: Rows, file: str, left: Counter[str]) -> Iterator[Row]:
    table = _title(rows, file)
    top, groups = _groups(rows, file)
    left["texts"] += top + 1
    headings = dict.fromkeys(groups, "")
    for at, cells in rows[top + 1 :]:
        for label_at, columns in groups.items():
            label = _cell(cells, label_at)
            figures = {y: _cell(cells, c) for y, c in columns.items() if _cell(cells, c)}
            if label and figures:
                texts = {"heading": headings[label_at], "label": label, **table}
                yield line(file, at, texts, figures)
            elif label:
                headings[label_at] = label
                left["texts"] += 1
            elif figures:
                raise OrepathError(
                    f"{file}, line {at}: figures without a label; columns may have moved", AGAIN
                )


def _title(rows: Rows, file: str) -> dict[str, str]:
    """Case and unit, which the title of the tables names."""
    for _, cells in rows:
        for cell in cells:
            if match := _TITLE.search(cell):
                return {"case": match["case"] or "case not named", "unit": match["unit"]}
    raise OrepathError(
        f"{file}: no title 'Total supply for key … minerals, … (unit)' stands above the tables",
        AGAIN,
    )


def _groups(rows: Rows, file: str) -> tuple[int, dict[int, dict[int, int]]]:
    """Index of the row of years, and by column of labels the column of each year beside it."""
    for at, (number, cells) in enumerate(rows):
        years = [column for column, cell in enumerate(cells) if YEAR.fullmatch(cell)]
        if len(years) < 2:
            continue
        groups: dict[int, dict[int, int]] = {}
        label = -1
        for column in years:
            if column - 1 not in years:
                groups[label := column - 1] = {}
            year = int(cells[column])
            if label < 0 or year in groups[label]:
                raise OrepathError(
                    f"{file}, line {number}: the years stand in no order that has a column of"
                    " labels to the left of each group",
                    AGAIN,
                )
            groups[label][year] = column
        return at, groups
    raise OrepathError(f"{file}: there is no row of years above the tables", AGAIN)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""
