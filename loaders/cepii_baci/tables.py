"""BACI's tables of trade: plain, in an archive, or a prepared extract; damaged rows are named.

A yearly table has eleven million rows, of which few matter here: one whose code is not asked for is
counted and passed over before anything is made of it, and no memory grows with the file.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from ...ontology.errors import OrepathError
from ..base import AGAIN, Column, Only, Row, Table
from ..base.numbers import SHOWN, Signs
from ..base.text import Text
from ..base.trailing import says_note

if TYPE_CHECKING:
    from polars import DataFrame

MOST_DAMAGED = 1000
UNITS = {"USD": 1, "thousand USD": 1000}
"""Units of values, in dollars."""

PROBLEM = "problem"
"""The cell that says what is wrong with a damaged row, which has no other."""

# The Harmonized System has some 5,600 codes; what is damaged must not fill the memory.
_MOST_CODES = 20_000
_TORN = "the line after it is not a row, and may be the end of this one"
_AROUND = ' "\t\r\n'


@dataclass(frozen=True)
class Streamed(Text):
    """A text of any size, which is never kept; ``member`` is its name in an archive."""

    member: str = ""

    def raw(self) -> BinaryIO:
        """The bytes from the first."""
        if not self.member:
            return super().raw()
        with zipfile.ZipFile(self.path) as archive:
            return cast(BinaryIO, archive.open(self.member))

    @property
    def _kept(self) -> None:
        return None


@dataclass(frozen=True)
class Listed(Table):
    """A table of a release: ``release`` is written ``2026-01``; ``member`` is its name in an
    archive."""

    member: str = ""
    release: str = ""

    @property
    def name(self) -> str:
        """What messages call the table."""
        return self.member.rpartition("/")[2] or super().name

    @property
    def is_sheet(self) -> bool:
        """Whether it is a workbook, as somebody may have saved an extract."""
        return not self.member and super().is_sheet

    @cached_property
    def text(self) -> Text:
        """The text of the table."""
        return Streamed(self.path, self.member)


@dataclass(frozen=True)
class Trade(Listed):
    """A table of flows; ``nomenclature`` is ``HS2022``, ``year`` empty where the rows say it."""

    nomenclature: str = ""
    year: str = ""
    unit: str = ""

    def rows(
        self, columns: Mapping[str, Column], table: str = "", only: Only | None = None
    ) -> Iterator[Row]:
        """As ``Table.rows``, and the damaged ones, which have the cell ``PROBLEM`` alone.

        What cells hold is judged with ``only``; without, rows of another width are damaged.
        Raises ``OrepathError`` where damage is everywhere.
        """
        chosen, wanted = (only.column, only.wanted) if only else ("code", ())
        if self.is_sheet:
            yield from self._of_sheet(columns, table, only)
            return
        year, delimiter, above = self.year, self.text.delimiter, self.text.above
        others: set[str] = set()
        passed_over = damaged = 0
        held: Row | None = None
        extra: int | None = None
        with self.text.open() as stream:
            for _ in range(above):
                stream.readline()
            header = [cell.strip(_AROUND) for cell in stream.readline().split(delimiter)]
            at = self.places(columns, header, above + 1)
            signs = self.signs(at)
            width, code_at, year_at = len(header), at[chosen], at.get("year", -1)
            names = {name: header[place] for name, place in at.items()}
            dated = bool(year) and year_at >= 0
            # No cell holds a comma, and cutting lines takes half the time of the csv module.
            for line, text in enumerate(stream, above + 2):
                record = text.split(delimiter)
                if extra is None:
                    # Each row may end with delimiters of which the header knows nothing.
                    extra = 0 if any(map(str.strip, record[width:])) else len(record) - width
                whole = len(record) == width + max(extra, 0)
                if whole and record[code_at] in others and (not dated or record[year_at] == year):
                    if held is not None:
                        yield held
                        held = None
                    passed_over += 1
                    continue
                if not any(cell.strip(_AROUND) for cell in record):
                    continue
                if _is_note(record, width):
                    continue
                if held is not None:
                    # What follows a row and is none may be its end, torn off in the last cell.
                    yield held if whole else self._damaged(held.line, _TORN)
                    held = None
                if whole:
                    cells = {name: record[place].strip(_AROUND) for name, place in at.items()}
                    if cells == names:
                        continue  # tables that were joined have their header again
                    problem = self._problem(cells) if only else ""
                    if only and not problem and cells[chosen] not in wanted:
                        passed_over += 1
                        if len(others) < _MOST_CODES:
                            others.add(record[code_at])
                        continue
                else:
                    problem = f"{len(record)} columns instead of {width}"
                if not problem:
                    cells.setdefault("year", self.year)
                    held = Row(self.name, line, cells, table, names, columns, signs)
                    continue
                damaged += 1
                if damaged > MOST_DAMAGED:
                    raise OrepathError(
                        f"{self.name}, line {line}: more than {MOST_DAMAGED} damaged"
                        f" rows; of this one, {problem}",
                        AGAIN,
                    )
                yield self._damaged(line, problem)
        if held:
            yield held
        if passed_over and only:
            only.skipped(passed_over)

    def signs(self, places: Mapping[str, int]) -> Signs:
        """As ``Table.signs``, by cutting lines; those that are damaged say nothing."""
        if self.is_sheet:
            return super().signs(places)

        def cells(column: str | None) -> Iterator[str]:
            wanted = [places[column]] if column else [at for at in places.values() if at >= 0]
            with self.text.open() as stream:
                for text in islice(stream, SHOWN):
                    record = text.split(self.text.delimiter)
                    yield from (record[at].strip(_AROUND) for at in wanted if at < len(record))

        return Signs(cells, self.text.delimiter)

    def _of_sheet(
        self,
        columns: Mapping[str, Column],
        table: str,
        only: Only | None,
    ) -> Iterator[Row]:
        """The rows of a workbook, in which none is torn."""
        for row in super().rows(columns, table, only=only):
            row = replace(row, cells={"year": self.year, **row.cells})
            problem = self._problem(row.cells) if only else ""
            yield self._damaged(row.line, problem) if problem else row

    def _damaged(self, line: int, problem: str) -> Row:
        return Row(self.name, line, {PROBLEM: problem})

    def _problem(self, cells: Mapping[str, str]) -> str:
        """What is wrong with a row of the right width."""
        if self.year and cells.get("year", self.year) != self.year:
            return f"the row is not of {self.year}, which the file's name says"
        code = cells["code"]
        if not (code.isascii() and code.isdigit() and len(code) <= 6):
            return f"{code[:40]!r} is not a code of the Harmonized System"
        return ""


@dataclass(frozen=True)
class Parquet(Trade):
    """A prepared extract in Apache Parquet, which needs polars."""

    @property
    def is_sheet(self) -> bool:
        """Its cells are clean, as those of a sheet are."""
        return True

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """The names of the columns, then each row; a number that is absent is ``NA``."""
        yield 0, list(self._frame.columns)
        for at, record in enumerate(self._frame.iter_rows(), 1):
            yield at, ["NA" if value is None else str(value) for value in record]

    def rows(
        self, columns: Mapping[str, Column], table: str = "", only: Only | None = None
    ) -> Iterator[Row]:
        """As ``Table.rows``: none can be damaged."""
        return Table.rows(self, columns, table, only)

    @cached_property
    def _frame(self) -> DataFrame:
        try:
            import polars
        except ImportError as error:
            raise OrepathError(
                f"{self.name} is an Apache Parquet file, and what reads those is not installed",
                "Install it with `pip install orepath[parquet]`, or give the CSV file.",
            ) from error
        try:
            return polars.read_parquet(self.path)
        except Exception as error:  # polars has no common class of errors, and panics at times
            raise OrepathError(
                f"{self.name} is not a whole Apache Parquet file ({error})", AGAIN
            ) from error


def _is_note(record: list[str], width: int) -> bool:
    """Whether a line that is no row is a note on the table."""
    if not says_note(record[0].strip(_AROUND)):
        return False
    return len(record) < width or not any(cell.strip(_AROUND) for cell in record[1:])


def _is_table(member: str) -> bool:
    """Whether a member of an archive is a table, and not what a program keeps beside it."""
    name = member.rpartition("/")[2]
    return name.lower().endswith(".csv") and not name.startswith(".")


def members(path: Path) -> list[str]:
    """Names of the CSV tables in an archive, sorted."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = sorted(filter(_is_table, archive.namelist()))
    except zipfile.BadZipFile as error:
        raise OrepathError(f"{path.name} is not a whole archive ({error})", AGAIN) from error
    if not found:
        raise OrepathError(f"{path.name}: the archive holds no CSV table of CEPII BACI", AGAIN)
    return found
