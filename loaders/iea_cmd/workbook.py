"""The IEA's workbook of critical minerals: two tables of supply side by side, mined and refined.

The sheet of supply has a row of years; a column of labels stands left of each group of years,
and below it the tables follow each other, each under its heading and closed by its sum.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...ontology.errors import OrepathError
from ..base import AGAIN, Row, Table
from ..base.sheets import sheet_names, sheet_rows
from .lines import line

DEMAND = re.compile(r"demand|^4\.\d", re.IGNORECASE)
"""What the names of sheets of demand have."""
_EDITION = re.compile(r"IEA \((\d{4})\)")
_TITLE = re.compile(r"supply for key .*?minerals(?:, (?P<case>.+?))? \((?P<unit>[^()]+)\)$")
_YEAR = re.compile(r"(?:19|20)\d{2}")

Rows = Sequence[tuple[int, Sequence[str]]]


@dataclass
class Workbook:
    """What a workbook holds: its edition, the lines of supply, what else by its kind, and the names
    of the sheets of demand."""

    edition: str = ""
    lines: list[Row] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    demand: list[str] = field(default_factory=list)


def read_workbook(supply: Table) -> Workbook:
    """The workbook that has the sheet ``supply``.

    Raises ``OrepathError`` where no edition is named, or the sheet has another layout.
    """
    book = Workbook()
    for sheet in sheet_names(supply.path):
        rows = [(at, cells) for at, cells in sheet_rows(supply.path, sheet) if any(cells)]
        named = (_EDITION.search(cell) for _, cells in rows for cell in cells)
        book.edition = max([book.edition, *(match[1] for match in named if match)])
        if sheet == supply.sheet:
            book.lines += _lines(rows, f"{supply.name} [{sheet}]", book.left)
        elif rows:
            if DEMAND.search(sheet):
                book.demand.append(sheet)
            book.left["sheets of demand" if DEMAND.search(sheet) else "other sheets"] += len(rows)
    if not book.edition:
        raise OrepathError(
            f"{supply.name} says nowhere 'IEA (year)', by which an edition is known; this is not a"
            f" workbook of {supply.title}",
            AGAIN,
        )
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
        years = [column for column, cell in enumerate(cells) if _YEAR.fullmatch(cell)]
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
