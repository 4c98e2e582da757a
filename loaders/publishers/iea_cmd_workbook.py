"""The IEA's workbook of critical minerals: two tables of supply side by side, mined and refined.

The sheet of supply has a row of years; a column of labels stands left of each group of years,
and below it the tables follow each other, each under its heading and closed by its sum. A table
without its sum is cut off, one whose lines do not add up to it has been changed. The sheets of
demand are listed in the sidecar with the reason why they are not loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...ontology.errors import OrepathError
from ...ontology.facts import Place
from ..protocol import Ledger
from ..sheets import open_workbook, sheet_rows
from ..tables import AGAIN
from .iea_cmd_facts import TITLE, Line
from .iea_cmd_sums import overlaps

SHEET_NAMES = re.compile(r"total supply for key minerals$", re.IGNORECASE)
DEMAND_NAMES = re.compile(r"demand|^4\.\d", re.IGNORECASE)
TEXTS = "Titles, headings and notes around the tables"
DEMAND = "Demand by scenario, case and technology: an observation of an industry has no scenario"
OTHER = "Cover, notice and sheets that hold no table of supply or demand"

_EDITION = re.compile(r"IEA \((\d{4})\)")
_TITLE = re.compile(r"supply for key .*?minerals(?:, (?P<case>.+?))? \((?P<unit>[^()]+)\)$")
_YEAR = re.compile(r"(?:19|20)\d{2}")

Rows = Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns of tables that stand below each other."""

    label: int
    years: dict[int, int]  # column by year


def edition(path: Path) -> str:
    """The year in which a workbook was published, as its notice says.

    Raises ``OrepathError`` for another workbook, or one whose tables are cut off or changed.
    """
    _supply_sheet(path)
    years = [
        match.group(1)
        for sheet in open_workbook(path).sheet_names
        for _, cells in sheet_rows(path, sheet)
        for cell in cells
        if (match := _EDITION.search(cell))
    ]
    if not years:
        raise OrepathError(
            f"{path.name} says nowhere 'IEA (year)', by which an edition is known; this is not a"
            f" workbook of {TITLE}",
            AGAIN,
        )
    overlaps(list(lines(path)), path.name)
    return max(years)


def lines(path: Path, ledger: Ledger | None = None) -> Iterator[Line]:
    """All lines of the tables of supply; other rows are booked as left out in ``ledger``."""
    book = Ledger() if ledger is None else ledger
    supply = _supply_sheet(path)
    for sheet in open_workbook(path).sheet_names:
        rows = [(at, cells) for at, cells in sheet_rows(path, sheet) if any(cells)]
        if sheet == supply:
            yield from _tables(rows, f"{path.name} [{sheet}]", book)
        elif rows:
            book.leave(DEMAND if DEMAND_NAMES.search(sheet) else OTHER, len(rows))


def _supply_sheet(path: Path) -> str:
    held = open_workbook(path).sheet_names
    found = [sheet for sheet in held if SHEET_NAMES.search(sheet.strip())]
    if len(found) != 1:
        raise OrepathError(
            f"{path.name} has no sheet 'Total supply for key minerals', but"
            f" {', '.join(map(repr, held[:12]))}; this is not a workbook of {TITLE}",
            AGAIN,
        )
    return found[0]


def _tables(rows: Rows, file: str, ledger: Ledger) -> Iterator[Line]:
    case, unit = _title(rows, file)
    top, groups = _groups(rows, file)
    headings = {group.label: "" for group in groups}
    for at, (line, cells) in enumerate(rows):
        if at <= top:
            ledger.leave(TEXTS)
            continue
        for group in groups:
            label = _cell(cells, group.label)
            figures = {y: _cell(cells, c) for y, c in group.years.items() if _cell(cells, c)}
            if label and figures:
                place = Place(file, line)
                yield Line(headings[group.label], label, figures, unit, case, place)
            elif label:
                headings[group.label] = label
                ledger.leave(TEXTS)
            elif figures:
                raise OrepathError(
                    f"{file}, line {line}: figures without a label; columns may have moved", AGAIN
                )


def _title(rows: Rows, file: str) -> tuple[str, str]:
    for _, cells in rows:
        for cell in cells:
            if match := _TITLE.search(cell):
                return match["case"] or "case not named", match["unit"]
    raise OrepathError(
        f"{file}: no title 'Total supply for key … minerals, … (unit)' stands above the tables",
        AGAIN,
    )


def _groups(rows: Rows, file: str) -> tuple[int, list[_Group]]:
    """Index of the row of years, and the groups of columns that it makes."""
    for at, (_, cells) in enumerate(rows):
        years = [column for column, cell in enumerate(cells) if _YEAR.fullmatch(cell)]
        if len(years) < 2:
            continue
        groups: list[_Group] = []
        for column in years:
            if column - 1 not in years:
                groups.append(_Group(column - 1, {}))
            year = int(cells[column])
            if groups[-1].label < 0 or year in groups[-1].years:
                break
            groups[-1].years[year] = column
        else:
            return at, groups
        raise OrepathError(
            f"{file}, line {rows[at][0]}: the years stand in no order that has a column of labels"
            " to the left of each group",
            AGAIN,
        )
    raise OrepathError(f"{file}: there is no row of years above the tables", AGAIN)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""
