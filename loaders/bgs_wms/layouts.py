"""Other layouts of the BGS statistics: the GeoJSON of the open interface, and matrices.

In GeoJSON each feature has the columns of the CSV as properties. A matrix (the export of the web
page, countries down and years across) is read as if it were long: its titles say the commodity
and the unit, its legend what the letters beside a figure mean.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ...ontology.errors import FactError, OrepathError, RefusedError
from .. import names, units
from ..base import AGAIN, Column, Only, Row, Table
from ..base.sheets import cell_text, sheet_rows
from ..base.text import clean
from .meaning import ESTIMATES, extents

FEATURES = "#/features"
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEGEND = re.compile(r"\(?([a-z]|\*)\)?[\s:.]+(\S.*)")
_MARKS = re.compile(r"[(\s]*([a-z*](?:[\s,|]*[a-z*])*)[)\s]*")
_TITLE = re.compile(r"(?:mine )?(?:production of )?(?P<what>.+)", re.IGNORECASE)
_ZERO, _MISSING = "-", "..."


def tables_in(path: Path, title: str, unit: str) -> list[tuple[str, Table]]:
    """The tables of a file in one of these layouts; none where it has another one."""
    with path.open("rb") as stream:
        start = stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return [("production", Features(path, title))]
    matrix = Matrix(path, title, said_unit=unit)
    return [("production", matrix)] if matrix.years else []


@dataclass(frozen=True)
class Features(Table):
    """A page of the open interface; a feature is counted like a line."""

    @property
    def is_sheet(self) -> bool:
        """Its cells are clean, as those of a sheet are."""
        return True

    @property
    def name(self) -> str:
        """The file, and where the features stand in it."""
        return f"{self.path.name}{FEATURES}"

    @cached_property
    def _read(self) -> Mapping[str, Any]:
        try:
            found = json.loads(self.path.read_text("utf-8-sig"))
            if isinstance(found, dict) and "features" not in found:
                answer = "; ".join(f"{name} {value}" for name, value in found.items())
                raise OrepathError(
                    f"{self.path.name} is JSON without features, and no answer of the open"
                    f" interface: {answer[:200]}",
                    "Ask the open interface again, or get its CSV.",
                )
            features = found["features"] if isinstance(found, dict) else found
            said = found.get("numberMatched") if isinstance(found, dict) else None
            held = [each.get("properties", each) for each in features]
            columns = dict.fromkeys(name for each in held for name in each)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise OrepathError(
                f"{self.path.name} is no GeoJSON of the open interface: {error}", AGAIN
            ) from error
        return {"matched": said or len(held), "held": held, "columns": list(columns)}

    @property
    def extent(self) -> tuple[int, int]:
        """How many features the interface found, and how many this page holds."""
        return int(self._read["matched"]), len(self._read["held"])

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """The names of the properties, then those of each feature."""
        columns = self._read["columns"]
        yield 0, columns
        for at, each in enumerate(self._read["held"], 1):
            cells = (each.get(name) for name in columns)
            yield at, ["" if cell is None else cell_text(cell) for cell in cells]


def require_pages(pages: Sequence[Features]) -> None:
    """Raise ``RefusedError`` where pages of the open interface hold fewer features than it found.

    Pages of one answer are known by the number that it found.
    """
    held: Counter[int] = Counter()
    for page in pages:
        held[page.extent[0]] += page.extent[1]
    if lacking := sum(max(matched - held[matched], 0) for matched in held):
        raise RefusedError(
            f"{', '.join(page.path.name for page in pages)}: {lacking:,} features that the"
            " interface found are missing",
            "Load all its pages together, or some with --add.",
        )


@dataclass(frozen=True)
class Matrix(Table):
    """Countries down and years across; ``said_unit`` is what the user says of the unit."""

    said_unit: str = ""

    @cached_property
    def _rows(self) -> Sequence[tuple[int, list[str]]]:
        if self.is_sheet:
            return list(sheet_rows(self.path))
        with self.text.open() as stream:
            lines = csv.reader(stream, delimiter=self.text.delimiter)
            try:
                return [(lines.line_num, [clean(cell) for cell in cells]) for cells in lines]
            except csv.Error as error:
                raise OrepathError(
                    f"{self.name}, line {lines.line_num + 1}: this is not delimited text ({error})",
                    AGAIN,
                ) from error

    @cached_property
    def _top(self) -> int:
        """The index of the header; -1 where there is none."""
        for at, (_, cells) in enumerate(self._rows[:30]):
            filled = [names.fold(cell) for cell in cells if cell]
            if filled[:1] == ["country"] and any(map(_YEAR.fullmatch, filled)):
                return at
        return -1

    @cached_property
    def years(self) -> Mapping[str, range]:
        """The columns of each year: its figure, and before or after it the marks of footnotes."""
        if self._top < 0:
            return {}
        header = self._rows[self._top][1]
        starts = [at for at, cell in enumerate(header) if _YEAR.fullmatch(cell)]
        ends = [*starts[1:], max(len(cells) for _, cells in self._rows)]
        return {header[at]: range(at, end) for at, end in zip(starts, ends, strict=True)}

    @cached_property
    def _titles(self) -> list[str]:
        return [cell for _, cells in self._rows[: self._top] for cell in cells if cell]

    @cached_property
    def _legend(self) -> Mapping[str, str]:
        """What the footnotes below the table say, by mark."""
        below = (" ".join(filter(None, cells)) for _, cells in self._rows[self._top + 1 :])
        found = {m[1]: m[2] for m in map(_LEGEND.fullmatch, below) if m}
        return {"*": ESTIMATES} | found

    @cached_property
    def commodity(self) -> str:
        """The commodity that a title names; raises ``RefusedError`` where none does."""
        for title in self._titles:
            for words in (title, _TITLE.fullmatch(title)["what"]):  # type: ignore[index]
                if words.casefold() in extents():
                    return words.casefold()
        raise RefusedError(
            f"{self.name}: no title above the countries names a commodity of BGS",
            f"Write it in the first line, such as {', '.join(sorted(extents())[:3])}.",
        )

    @cached_property
    def unit(self) -> str:
        """The unit of a title, or the one that the user says."""
        for title in self._titles:
            try:
                units.unit(title, "bgs-wms")
            except FactError:
                continue
            return title
        if self.said_unit:
            return self.said_unit
        raise RefusedError(
            f"{self.name}: no title above the countries says the unit", "Say it with --unit."
        )

    def rows(
        self, columns: Mapping[str, Column], table: str = "", only: Only | None = None
    ) -> Iterator[Row]:
        """A row for each country and year that has a cell."""
        first = min(held.start for held in self.years.values())
        fixed = {"statistic": "Production", "commodity": self.commodity, "unit": self.unit}
        for line, cells in self._rows[self._top + 1 :]:
            country, *others = [*cells[:first], ""]
            if not country or _LEGEND.fullmatch(" ".join(filter(None, cells))):
                continue
            sub = next(filter(None, others), "")
            for year, held in self.years.items():
                said = [cells[at] for at in held if at < len(cells) and cells[at]]
                if said:
                    known = {"country": country, "code": "", "sub-commodity": sub, "year": year}
                    found = {**fixed, **known, **self._figure(said)}
                    yield Row(self.name, line, found, table, dict.fromkeys(found, year), columns)

    def _figure(self, cells: Sequence[str]) -> dict[str, str]:
        """Quantity, status and footnotes of a country's cells of one year."""
        marks = "".join(cell for cell in cells if _MARKS.fullmatch(cell))
        letters = re.findall(r"[a-z*]", marks)
        printed = next((cell for cell in cells if not _MARKS.fullmatch(cell)), "")
        quantity = re.sub(r"[ ,]", "", printed)
        missing = printed in (_MISSING, "…", "")
        if printed and set(printed) <= set("-—–"):
            printed, quantity = _ZERO, "0"
        return {
            "quantity": "" if missing else quantity,
            "printed": printed,
            "status": "O" if missing else "A",
            "marks": "|".join(letters),
            # A letter without a legend could change what is counted: the row is refused.
            "notes": "|".join(self._legend[each] for each in letters if each in self._legend),
        }
