"""US statistics of the editions until 2024: a file for each commodity, a row a year.

A column of a file is known by its heading, but headings of this release are partly wrong: some
files have their cells under the heading before theirs, some headings stand twice or are empty.
What a column holds therefore stands in ``us_columns.csv``, checked against the values of the
later edition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from ...ontology.errors import FactError
from ...ontology.facts import Fact
from .. import names, units
from ..base import AGAIN, LeftOut, Load, Row, Table
from ..base.declaration import TableForm
from ..base.text import clean
from .figures import MARKET, Figure, as_published, require_unit, stated
from .long_table import first_of_world
from .meaning import Line, fold, lines, readings, unknown
from .parts import Part, reason, table_code
from .values import has_figure, in_words, us_value

KNOWN = "2024"
_SOURCE = re.compile(r"MCS ?(?P<year>\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEAD = ("DataSource", "Commodity", "Year")
# Tables whose cells stand under the heading before theirs, or later ones.
_SHIFTED = frozenset({"felds", "fluor", "lead"})


class Salient(Part):
    """The salient statistics of one commodity.

    Cells are known by heading and, since headings are doubled, by which of its columns it is:
    ``Consump_t``, ``Consump_t 2``.
    """

    def __init__(self, table: Table, form: TableForm) -> None:
        super().__init__(table, form)
        self.code = table_code(self.named["table"])
        held = [(line, [clean(cell) for cell in cells]) for line, cells in table.records()]
        header = held[0][1] if held else []
        if len(held) < 2:
            raise self.damaged("the file has no rows")
        self.copy = {"Source", "Country", "Type"} <= set(header)
        self._lines = _columns(self.code)
        counts: Counter[str] = Counter()
        self.headings: dict[str, str] = {}
        at: dict[str, int] = {}
        for number, name in enumerate(header):
            if name or any(cells[number] for _, cells in held[1:]):
                counts[name] += 1
                key = column_key(name, counts[name])
                self.headings[key], at[key] = name, number
        signs = table.signs(at)
        self.held: list[Row] = [
            Row(
                table.name,
                line,
                {key: cells[n] if n < len(cells) else "" for key, n in at.items()},
                headers=self.headings,
                signs=signs,
            )
            for line, cells in held[1:]
        ]
        found = (_SOURCE.fullmatch(row.cells.get("DataSource", "")) for row in self.held)
        told = [said["year"] for said in found if said]
        self.edition = self.edition or next(iter(told), "")
        if not self.edition:
            raise self.damaged("no row says of which edition it is")
        if not self.copy:
            self._check_heads()

    def _check_heads(self) -> None:
        for name in (*_HEAD, *(self._lines if self.edition == KNOWN else ())):
            if name not in self.headings:
                raise self.damaged(f"no column {name!r}; the file is cut off or changed")
        newest = max(row["Year"] for row in self.held)
        if newest != str(int(self.edition) - 1):
            raise self.damaged(
                f"the newest year is {newest!r}, not '{int(self.edition) - 1}'; the file is cut"
                " off, changed or of another edition"
            )

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The observations of a year."""
        if not any(row.cells.values()):
            raise LeftOut(reason("empty rows"))
        if self.copy:
            raise LeftOut(reason("salient files of cobalt, gypsum and kyanite"))
        figures = list(self._figures(row, load))
        if not figures:
            raise LeftOut(reason("US output of the two newest years"))
        yield from stated(figures, row, load, "Year")

    def _figures(self, row: Row, load: Load) -> Iterator[Figure]:
        """The figures of a year; a cell that cannot be read is refused alone, and raises
        ``FactError`` where the row has no other."""
        year = row["Year"]
        said = _SOURCE.fullmatch(row["DataSource"])
        if said is None or said["year"] != self.edition:
            what = f"'MCS{self.edition}' should stand here; the file may be of another edition"
            raise row.fault("DataSource", what)
        if not _YEAR.fullmatch(year) or year >= self.edition:
            raise FactError(f"{year!r} is not a year before the edition's", AGAIN, "Year", year)
        read, refused = 0, []
        for key, name in self.headings.items():
            line, cell = self._lines.get(key), row[key]
            if key in _HEAD:
                continue
            if line is None:
                if has_figure(cell):
                    what = f"what the column {name!r} of {row.file} is"
                    refused.append(unknown(what, "us_columns", key, cell))
                continue
            of_world = line["world"] and int(year) >= first_of_world(load.source)
            if line["left"] or in_words(cell) or of_world:
                continue
            try:
                yield load.at(key, self._figure, row, key, line, load)
                read += 1
            except FactError as error:
                refused.append(error)
        load.ledger.refuse_cells(row, refused, used=read > 0)

    def _figure(self, row: Row, key: str, line: Line, load: Load) -> Figure:
        heading, year, cell = self.headings[key], row["Year"], row[key]
        unit = units.unit(line["unit"], load.publication)
        printed = as_published(row, key)
        require_unit(printed, unit, key)
        reading = readings().get((load.source, year, cell, self.code, fold(heading)))
        estimated = int(year) >= int(self.edition) - int(line["estimated"])
        text = reading["value"] if reading else printed
        note = None
        if self.code in _SHIFTED:
            note = f"Stands under the heading {heading!r}, which is another column's."
        owner = line["economy"]
        return Figure(
            economy=names.economy(owner, load.publication) if owner else MARKET,
            meaning=line,
            period=year,
            unit=unit,
            value=us_value(text, "Estimated." if estimated else "", unit),
            printed=cell,
            printed_unit=line["unit"],
            note=note,
        )


def column_key(name: str, occurrence: int) -> str:
    """How a column is called of which there are several of one heading, counted from 1."""
    return name if occurrence == 1 else f"{name} {occurrence}"


def _columns(code: str) -> Mapping[str, Line]:
    """What the columns of a commodity's file hold."""
    held = lines("us_columns", ("table", "column", "occurrence"), ())
    return {column_key(c, int(n)): line for (table, c, n), line in held.items() if table == code}
