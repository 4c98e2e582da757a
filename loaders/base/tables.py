"""Tables as publishers write them, read strictly: delimited text of any size, and sheets.

Tolerant of what spreadsheet programs do to a file (byte-order mark, encoding, line ends, order of
columns, spaces, separators, decimal commas, titles above the header, notes below the table, blank
rows, a header that is repeated, a name that is not that of its format) and of nothing else: a
missing column, a cut or foreign file is an error that names the place. What the cells mean is the
loader's business.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Place
from .numbers import NUMBER, SHOWN, Signs
from .sheets import sheet_rows
from .text import AGAIN, PACKED_SHEETS, Text, clean
from .trailing import without_notes

if TYPE_CHECKING:
    from .declaration import Column

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
"""Endings of a workbook's name; what a file is, its first bytes say."""
TITLES = 20
"""In how many lines a header is looked for."""
_APART = re.compile(r"[\W_]+")


def header_key(name: str) -> str:
    """A header without what programs change in it: case, spaces, underscores, points, brackets."""
    return _APART.sub(" ", name).strip().casefold()


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its cells by column name, without surrounding spaces, and where it begins.

    ``table`` is the declared name of its table, ``headers`` what the file calls its columns;
    ``line`` is 0 where ``file`` says all (``2024.json#/data/7``).
    """

    file: str
    line: int
    cells: Mapping[str, str]
    table: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    columns: Mapping[str, Column] = field(default_factory=dict, repr=False)
    signs: Signs | None = field(default=None, repr=False, compare=False)

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def place(self, column: str | None = None) -> Place:
        """Where the row, or one of its cells, stands; in the file's own words."""
        return Place(
            self.file, self.line or None, self.headers.get(column, column) if column else None
        )

    def fault(self, column: str, what: str, remedy: str = AGAIN) -> FactError:
        """The error of a cell: ``what`` is wrong with it, and what to do about that."""
        return FactError(what, remedy, column, self.cells[column])

    def number(self, column: str) -> float | None:
        """A cell's number, nothing where the column's declaration says that there is none.

        Raises ``FactError`` for another text, and for a number outside the declared bounds.
        """
        text = self.cells[column]
        declared = self.columns.get(column)
        if declared and text in declared.missing:
            return None
        plain = self.plain(column)
        value = float(plain) if NUMBER.fullmatch(plain) else math.nan
        if not math.isfinite(value):
            raise self.fault(column, f"{text!r} is not a number")
        low, high = (declared.low, declared.high) if declared else (None, None)
        if (low is not None and value < low) or (high is not None and value > high):
            outside = _bounds(low, high)
            raise self.fault(column, f"{text!r} cannot be the {column}: it lies outside {outside}")
        return value

    def plain(self, column: str) -> str:
        """A cell's number with a decimal point, or its text; raises ``FactError`` where the decimal
        sign is not certain."""
        text = self.cells[column]
        return self.signs.plain(text, column) if self.signs else text


def _bounds(low: float | None, high: float | None) -> str:
    if low is None:
        return f"0 to {high:g}" if high is not None else ""
    return f"{low:g} or more" if high is None else f"{low:g} to {high:g}"


@dataclass(frozen=True, slots=True)
class Only:
    """Which rows of a table are wanted: those whose cell of ``column`` is in ``wanted``; how many
    others it has is told to ``skipped`` at the end."""

    column: str
    wanted: Container[str]
    skipped: Callable[[int], None]


@dataclass(frozen=True)
class Table:
    """A table in a file: a delimited text, or a sheet of a workbook (the first if none is named).

    A small file is read once, however often its rows are asked for. Rows without a filled cell are
    rows only with ``blanks``; ``by_sheet`` says that
    its name holds that of the sheet, as where a workbook has several tables.
    """

    path: Path
    title: str
    sheet: str | None = None
    blanks: bool = field(default=False, kw_only=True)
    by_sheet: bool = field(default=False, kw_only=True)

    @property
    def name(self) -> str:
        """What the file is called in messages and facts, with the sheet if it has several."""
        return f"{self.path.name} [{self.sheet}]" if self.by_sheet else self.path.name

    @cached_property
    def is_sheet(self) -> bool:
        """Whether the file is a workbook, by its first bytes, whatever its name."""
        with self.path.open("rb") as stream:
            return stream.read(4).startswith(PACKED_SHEETS)

    @cached_property
    def text(self) -> Text:
        """The text of a delimited file."""
        return Text(self.path)

    @cached_property
    def header(self) -> list[str]:
        """The cells of the first record, cleaned; empty where there is none."""
        for _, cells in self.records():
            return [clean(cell) for cell in cells]
        return []

    @cached_property
    def _sheet(self) -> list[tuple[int, list[str]]]:
        """The rows of a sheet from its header, which takes longer to open than to keep."""
        rows = [(at, cells) for at, cells in sheet_rows(self.path, self.sheet) if any(cells)]
        filled = [sum(map(bool, cells)) for _, cells in rows[:TITLES]]
        return rows[next((n for n, held in enumerate(filled) if 2 * held >= max(filled)), 0) :]

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Line (or row of the sheet) and cells of each record that is not empty, from the header
        to the last row; notes below it are passed over.

        Raises ``OrepathError`` naming the line where a record is torn or of another width.
        """
        if self.is_sheet:
            yield from without_notes(iter(self._sheet))
            return
        width, extra = 0, 0
        for first, (line, record) in enumerate(without_notes(self._lines(), self._torn)):
            if not first:
                width = len(record)
            elif first == 1 and not any(map(str.strip, record[width:])):
                # Each row may end with delimiters of which the header knows nothing.
                extra = max(len(record) - width, 0)
            if len(record) != width + (extra if first else 0) or any(
                map(str.strip, record[width:])
            ):
                raise OrepathError(
                    f"{self.name}, line {line}: {len(record)} columns instead of {width};"
                    " the file is cut off or damaged there",
                    "Compare the line with the header: a cell may hold a delimiter without quotes"
                    f" around it. {AGAIN}",
                )
            yield line, record[:width]

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of each record of a text that has any, from the header."""
        with self.text.open() as stream:
            above = sum(1 for _ in zip(range(self.text.above), stream, strict=False))
            reader = csv.reader(stream, strict=True, delimiter=self.text.delimiter)
            while True:
                line = above + reader.line_num + 1
                try:
                    record = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise OrepathError(
                        f"{self.name}, line {line}: this is not delimited text ({error})", AGAIN
                    ) from error
                if record and (self.blanks or any(cell.strip() for cell in record)):
                    yield line, record

    @property
    def _torn(self) -> bool:
        """Whether the last line has no end, as where a file was cut off."""
        return bool(self.text.end.strip())

    def rows(
        self, columns: Mapping[str, Column], table: str = "", only: Only | None = None
    ) -> Iterator[Row]:
        """The rows below the header, which has at least the columns that are not optional.

        Of those that are not ``only`` wanted nothing is made. Raises ``OrepathError`` naming file,
        line and column.
        """
        records = self.records()
        header = next(records, None)
        if header is None:
            raise OrepathError(f"{self.name} is empty", AGAIN)
        at = self.places(columns, header[1], header[0])
        names = {name: clean(header[1][place]) for name, place in at.items() if place >= 0}
        chosen, wanted = (at[only.column], only.wanted) if only else (-1, ())
        tidy = str if self.is_sheet else clean  # the cells of a sheet are clean
        passed_over = 0
        signs = self.signs(at)
        repeated = [clean(cell) for cell in header[1]]
        for line, record in records:
            if record[0] == header[1][0] and [clean(cell) for cell in record] == repeated:
                continue  # files that were joined have it again
            if only and record[chosen].strip() not in wanted:
                passed_over += 1
                continue
            width = len(record)
            cells = {n: tidy(record[p]) if 0 <= p < width else "" for n, p in at.items()}
            yield Row(self.name, line, cells, table, names, columns, signs)
        if passed_over and only:
            only.skipped(passed_over)

    def signs(self, places: Mapping[str, int]) -> Signs:
        """The decimal signs of columns, by where they stand."""

        def cells(column: str | None) -> Iterator[str]:
            wanted = [places[column]] if column else [at for at in places.values() if at >= 0]
            records = self.records()
            next(records, None)
            shown = islice(records, SHOWN)
            return (clean(record[at]) for _, record in shown for at in wanted if at < len(record))

        return Signs(cells, "" if self.is_sheet else self.text.delimiter)

    def places(
        self, columns: Mapping[str, Column], header: Sequence[str], line: int = 1
    ) -> dict[str, int]:
        """Where the columns stand in a header, -1 for optional ones that do not.

        Raises ``OrepathError`` where one is missing or a duplicate, or there is no header.
        """
        if not any(map(clean, header)):
            raise OrepathError(f"{self.name} is empty", AGAIN)
        exact: dict[str, list[int]] = {}
        alike: dict[str, list[int]] = {}
        for at, name in enumerate(header):
            exact.setdefault(clean(name).casefold(), []).append(at)
            alike.setdefault(header_key(name), []).append(at)
        places: dict[str, int] = {}
        missing = []
        for name, column in columns.items():
            as_written = (exact.get(h.casefold(), []) for h in column.headers)
            respelled = (alike.get(header_key(h), []) for h in column.headers)
            there = next(filter(None, chain(as_written, respelled)), [])
            if not there:
                places[name] = -1
                if not column.optional:
                    missing.append(" or ".join(repr(h) for h in column.headers))
            elif len(there) > 1:
                raise OrepathError(
                    f"{self.name}, line {line}: duplicate column {clean(header[there[0]])!r}",
                    "Keep the one that is right.",
                )
            else:
                places[name] = there[0]
        if missing and len(header) == 1 and not any(at >= 0 for at in places.values()):
            raise OrepathError(
                f"{self.name}, line {line}: {clean(header[0])[:60]!r} is no header of a table",
                f"The file may hold a message in the place of the data. {AGAIN}",
            )
        if missing:
            seen = ", ".join(clean(name)[:30] for name in header[:8]) or "none"
            raise OrepathError(
                f"{self.name}, line {line}: no column {', '.join(missing)}; this is not a file of"
                f" {self.title} as this version knows it",
                f"Columns found: {seen}. `orepath sources` says which file each loader reads.",
            )
        return places
