"""An answer as a workbook: what it says, its rows as real numbers and dates, its sources.

Text stays text, whatever it begins with: nothing that a source wrote becomes a formula or a link.
The file is the same each time, so it says nothing of the day on which it was made.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ...graph.export.values import text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from ...queries.definition import Column
    from ...queries.run import Answer

MADE = datetime(2000, 1, 1)
"""The day that every workbook says it was made on."""
EXACT = 10**15
"""Whole numbers from here on are text: a spreadsheet keeps fifteen digits."""
LONGEST = 32_767
"""Letters that a cell of a workbook holds."""
FIRST_DAY = date(1900, 3, 1)
"""Earlier days a spreadsheet counts wrongly, or not at all."""
NARROW, WIDE, TEXT = 8, 60, 100
"""Widths of columns in characters: least, most, and that of the texts of the first sheet."""
LINE, TALLEST = 15.5, 409.0
"""Height of a line of text, and the greatest that a row can have, in points."""
SOURCES = ("id", "citation", "publisher", "edition", "published", "grade", "licence", "url")


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of cells."""

    head: Format
    bold: Format
    wrapped: Format
    day: Format
    share: Format
    year: Format
    whole: Format
    number: Format


def workbook(answer: Answer, command: str | None = None) -> bytes:
    """The workbook, with the sheets ``Answer``, ``Rows`` and ``Sources``."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": _fit(answer.question.title), "created": MADE})
    styles = _styles(book)
    _write_answer(book.add_worksheet("Answer"), answer, command, styles)
    _write_rows(book.add_worksheet("Rows"), answer, styles)
    _write_sources(book.add_worksheet("Sources"), answer, styles)
    book.close()
    return buffer.getvalue()


def _for_print(sheet: Worksheet) -> None:
    """All columns on one page of paper, their names on each."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    if sheet.get_name() != "Answer":
        sheet.repeat_rows(0)


def _styles(book: Workbook) -> Styles:
    top = {"valign": "top"}
    return Styles(
        head=book.add_format({"bold": True, "text_wrap": True, "bottom": 1, **top}),
        bold=book.add_format({"bold": True, **top}),
        wrapped=book.add_format({"text_wrap": True, **top}),
        day=book.add_format({"num_format": "yyyy-mm-dd", **top}),
        share=book.add_format({"num_format": "0.0%", **top}),
        year=book.add_format({"num_format": "0", **top}),
        whole=book.add_format({"num_format": "#,##0", **top}),
        number=book.add_format({"num_format": "#,##0.0###", **top}),
    )


def _write_answer(sheet: Worksheet, answer: Answer, command: str | None, styles: Styles) -> None:
    _for_print(sheet)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, TEXT)
    lines = [("Finding", answer.finding), ("Question", answer.question.title)]
    given = {k: v for k, v in answer.parameters.items() if v is not None}
    for name, value in given.items():
        told = answer.names.get(name) or text(value)
        lines.append((name.replace("_", " ").capitalize(), told))
    lines += [("Note", note) for note in answer.notes]
    lines += [("Caveat", caveat) for caveat in answer.caveats]
    lines += [("Command", command)] if command else []
    for number, (name, told) in enumerate(lines):
        # Not every program gives a wrapped text the room it needs by itself.
        sheet.set_row(number, LINE * (1 + len(told) // TEXT))
        sheet.write_string(number, 0, name, styles.bold)
        sheet.write_string(number, 1, _fit(told), styles.wrapped)
    first = len(lines) + 1
    sheet.write_string(first, 0, "Column of Rows", styles.head)
    sheet.write_string(first, 1, "What it holds", styles.head)
    for number, column in enumerate(answer.columns, start=first + 1):
        sheet.set_row(number, LINE * (1 + len(column.meaning) // TEXT))
        sheet.write_string(number, 0, header(column, answer.columns), styles.wrapped)
        sheet.write_string(number, 1, _fit(column.meaning), styles.wrapped)


def _write_rows(sheet: Worksheet, answer: Answer, styles: Styles) -> None:
    widths = []
    for index, column in enumerate(answer.columns):
        name = header(column, answer.columns)
        sheet.write_string(0, index, name, styles.head)
        values = [row[index] for row in answer.rows]
        style = _style(column, values, styles)
        for number, value in enumerate(values, start=1):
            _write_cell(sheet, number, index, value, style, styles)
        widths.append(_width(name, values, column))
        sheet.set_column(index, index, widths[-1])
    _heights(sheet, answer.rows, widths)
    _for_print(sheet)
    # On paper ids and other details would leave no room for what is read.
    read = [index for index, column in enumerate(answer.columns) if not column.detail]
    if read and read[-1] < len(answer.columns) - 1:
        sheet.print_area(0, 0, len(answer.rows), read[-1])
    sheet.freeze_panes(1, 0)
    if answer.columns:
        sheet.autofilter(0, 0, max(len(answer.rows), 1), len(answer.columns) - 1)


def _heights(sheet: Worksheet, rows: Sequence[Sequence[Any]], widths: Sequence[int]) -> None:
    """Give rows whose texts take several lines the room for them; see ``_write_answer``."""
    for number, row in enumerate(rows, start=1):
        lines = max(
            (
                sum(1 + len(line) // max(width - 1, 1) for line in value.split("\n"))
                for cell, width in zip(row, widths, strict=True)
                if isinstance(cell, str | tuple) and len(value := text(cell)) >= width - 1
            ),
            default=1,
        )
        if lines > 1:
            sheet.set_row(number, min(LINE * lines, TALLEST))


def _write_sources(sheet: Worksheet, answer: Answer, styles: Styles) -> None:
    rows = [
        tuple((s.citation or s.name) if n == "citation" else getattr(s, n) for n in SOURCES)
        for s in answer.sources
    ]
    widths = []
    for index, name in enumerate(SOURCES):
        sheet.write_string(0, index, name, styles.head)
        values = [row[index] for row in rows]
        for number, value in enumerate(values, start=1):
            _write_cell(sheet, number, index, value, styles.wrapped, styles)
        widths.append(_width(name, values, None))
        sheet.set_column(index, index, widths[-1])
    _heights(sheet, rows, widths)
    _for_print(sheet)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(answer.sources), 1), len(SOURCES) - 1)


def header(column: Column, columns: Sequence[Column]) -> str:
    """A column's name with its unit, unless a column of its own says it."""
    name = column.name.replace("_", " ")
    unit = "%" if column.type == "share" else column.unit
    return f"{name} ({unit})" if unit and unit not in {c.name for c in columns} else name


def _style(column: Column, values: Sequence[Any], styles: Styles) -> Format:
    numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    if column.type == "share":
        return styles.share
    if not numbers:
        return styles.wrapped
    if any(isinstance(v, float) and not v.is_integer() for v in numbers):
        return styles.number
    # A year is no amount: it has no unit and no separators.
    return styles.whole if column.unit else styles.year


def _write_cell(
    sheet: Worksheet, row: int, column: int, value: Any, style: Format, styles: Styles
) -> None:
    if value is None or value == "" or value == ():
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, styles.wrapped)
    elif isinstance(value, int | float) and math.isfinite(value) and _exact(value):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DAY:
        sheet.write_datetime(row, column, datetime(*value.timetuple()[:3]), styles.day)
    else:
        sheet.write_string(row, column, _fit(text(value)), styles.wrapped)


def _exact(value: float) -> bool:
    return isinstance(value, float) or abs(value) < EXACT


def _fit(told: str) -> str:
    """A text that a cell can hold: no half characters, and not too long."""
    told = told.encode("utf-8", "replace").decode("utf-8")
    # Characters that XML does not know take seven letters each.
    room = LONGEST - 6 * sum(c < " " or c in "\ufffe\uffff" for c in told)
    return told if len(told) <= room else f"{told[: max(room, LONGEST // 7) - 1]}…"


def _width(name: str, values: Sequence[Any], column: Column | None) -> int:
    if column is not None and column.type == "share":
        return max(NARROW, min(len(name), 14) + 2)
    longest = max((len(text(v)) for v in values), default=0)
    return min(max(NARROW, longest + 2, max(map(len, name.split()), default=0) + 4), WIDE)
