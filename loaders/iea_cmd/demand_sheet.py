"""A sheet of the IEA's demand tables: which figures stand under which scenario, year and heading.

Above the table stand a title, *Demand for what (unit)*, a row of scenarios, each over the first of
its years, and the row of years; years left of the first scenario are shared by all. Below, lines
follow each other under headings. Where the title names a use (*for solar PV*), lines are minerals
and headings are cases; where it speaks of minerals, headings are minerals and lines are uses.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ...ontology.errors import FactError
from .. import names
from ..base import AGAIN, Column, Row, keyed, read_mapping
from ..base.numbers import NUMBER
from ..near import suggestion

BASE_YEAR = "base-year"
USES, MATERIALS = "uses", "materials"
"""What the lines of a sheet are; its headings are the other, or cases."""

YEAR = re.compile(r"(?:19|20)\d{2}")
_TITLE = re.compile(
    r"demand for (?P<subject>.+?)(?:\s+[-–—]\s+(?P<by>by .+?))?\s*\((?P<unit>[^()]+)\)$",
    re.IGNORECASE,
)
_BY_USE = re.compile(r"sector|tech|use", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_FIGURE = Column(headers=(), low=0)

Rows = Sequence[tuple[int, Sequence[str]]]


@dataclass
class DemandSheet:
    """A sheet's lines; its rows that are no lines by their number (``texts``), or since nothing of
    the sheet can be read (``unread``); and what is refused, rows and cells alone."""

    lines: list[Row] = field(default_factory=list)
    texts: int = 0
    unread: int = 0
    refused: list[tuple[Row, FactError]] = field(default_factory=list)
    cells: list[tuple[Row, FactError]] = field(default_factory=list)


@dataclass(frozen=True)
class _Head:
    """What stands above the lines: how many rows, where labels stand, what each column is, and
    which are left out, since their scenario is not known."""

    rows: int
    label_at: int
    columns: Mapping[int, tuple[str, str]]
    left: Container[int]
    unknown: Sequence[tuple[Row, FactError]]


def is_demand(rows: Rows) -> bool:
    """Whether a sheet has the title of a table of demand."""
    return any(_TITLE.search(cell) for _, cells in rows for cell in cells)


def use(name: str) -> Mapping[str, str] | None:
    """The reviewed line of ``uses.csv`` for a use as the workbook calls it."""
    return keyed("iea_cmd/uses", "name", fold=names.fold).get((names.fold(name),))


def unknown_use(row: Row, column: str, name: str) -> FactError:
    """The fault of a cell that names a use of which nothing is known."""
    known = [names.fold(line["name"]) for line in read_mapping("iea_cmd/uses")]
    return row.fault(
        column,
        f"no use of minerals is known as {name!r}",
        f"{suggestion(names.fold(name), known)}Say which technology it is in iea_cmd/uses.csv, with"
        " a reason.",
    )


def read_sheet(rows: Rows, file: str) -> DemandSheet:
    """The lines of a sheet; one of another layout is refused at its first row, as one fault."""
    sheet = DemandSheet()
    try:
        table = _table(rows, file)
        head = _head(rows, file)
    except FactError as fault:
        at, cells = rows[0]
        sheet.refused.append((_text(file, at, next(filter(None, cells))), fault))
        sheet.unread = len(rows) - 1
        return sheet
    sheet.texts = head.rows
    sheet.cells += head.unknown
    _read_lines(rows[head.rows :], file, head, table, sheet)
    return sheet


def _read_lines(
    rows: Rows, file: str, head: _Head, table: Mapping[str, str], sheet: DemandSheet
) -> None:
    heading, block = "", 0
    headers = {f"{s} {year}": f"{s} {year}" for s, year in head.columns.values()}
    for at, cells in rows:
        label = _cell(cells, head.label_at)
        figures = {f"{s} {y}": _cell(cells, c) for c, (s, y) in head.columns.items()}
        figures = {name: text for name, text in figures.items() if text}
        texts = {"heading": heading, "label": label, "block": str(block), **table}
        row = Row(
            file, at, texts | figures, headers=headers, columns=dict.fromkeys(figures, _FIGURE)
        )
        for column, text in enumerate(cells):
            known = column <= head.label_at or column in head.columns or column in head.left
            if not known and NUMBER.fullmatch(text):
                stray = FactError("no year stands above this figure", AGAIN, None, text)
                sheet.cells.append((row, stray))
        if label and figures:
            sheet.lines.append(row)
        elif figures:
            what = "figures without a label; a label is lost or columns have moved"
            sheet.refused.append((row, FactError(what, AGAIN)))
        else:
            heading, block = label or heading, at if label else block
            sheet.texts += 1


def _table(rows: Rows, file: str) -> dict[str, str]:
    """What the title says: the use that all figures are of, if any; what lines are; the unit."""
    for at, cells in rows:
        for cell in cells:
            if match := _TITLE.search(cell):
                subject, by = match["subject"], match["by"] or ""
                known = use(subject)
                if known is None and "mineral" not in f"{subject} {by}".casefold():
                    raise unknown_use(_text(file, at, subject), "text", subject)
                lines = MATERIALS if known and not _BY_USE.search(by) else USES
                return {"subject": subject, "lines": lines, "unit": match["unit"]}
    raise FactError(
        "no title 'Demand for … (unit)' stands above this table, by which its figures are read",
        "If the publisher has changed the layout, the sheet can be deleted from a copy; the other"
        " sheets are read without it.",
    )


def _head(rows: Rows, file: str) -> _Head:
    for index, (_, cells) in enumerate(rows):
        years = [column for column, cell in enumerate(cells) if YEAR.fullmatch(cell)]
        if len(years) < 2:
            continue
        over = next(
            (r for r in reversed(rows[:index]) if any(r[1][years[0] :])), (rows[index][0], ())
        )
        labels = {c: cell for c, cell in enumerate(over[1]) if c >= years[0] and cell}
        if not labels or years[0] < 1:
            break
        columns: dict[int, tuple[str, str]] = {}
        left: set[int] = set()
        known = {c: _scenario(label) for c, label in labels.items()}
        for column in years:
            over_it = max((c for c in labels if c <= column), default=None)
            scenario = BASE_YEAR if over_it is None else known[over_it]
            if not scenario:
                left.add(column)
                continue
            if (scenario, cells[column]) in columns.values():
                raise FactError(f"two columns are of {cells[column]} in {scenario}", AGAIN)
            columns[column] = (scenario, cells[column])
        unknown = [_unknown_scenario(file, over[0], labels[c]) for c in labels if not known[c]]
        return _Head(index + 1, years[0] - 1, columns, left, unknown)
    raise FactError(
        "no row of scenarios stands above a row of years, with the column of labels to the left",
        AGAIN,
    )


def _unknown_scenario(file: str, at: int, label: str) -> tuple[Row, FactError]:
    row = _text(file, at, label)
    return row, row.fault(
        "text",
        f"no scenario is known as {label!r}; the figures below it are left out",
        f"{suggestion(names.fold(label), _scenarios())}Say which it is in iea_cmd/scenarios.csv,"
        " with a reason.",
    )


def _text(file: str, at: int, text: str) -> Row:
    return Row(file, at, {"text": text})


def _scenario(label: str) -> str:
    """The notation of a scenario as the workbook writes it, or nothing."""
    plain = names.fold(_BRACKETS.sub(" ", label)).removesuffix(" scenario")
    return _scenarios().get(plain, "")


@cache
def _scenarios() -> Mapping[str, str]:
    return {
        names.fold(line["name"]): line["scenario"] for line in read_mapping("iea_cmd/scenarios")
    }


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""
