"""US statistics of the editions until 2024: one file a commodity, one row a year, and figures.

A column of a file is known by its heading, but headings of this release are partly wrong: some
files have their cells under the heading before theirs, some headings stand twice or are empty.
What a column holds therefore stands in ``mapping/usgs_us_columns.csv``, checked against the
values of the later edition. ``usgs_mcs_2024`` knows the release and gives the files.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from .. import names, units
from ..protocol import Ledger
from ..tables import AGAIN, Row, clean, decode, read_mapping
from .usgs_mcs_facts import PUBLICATION, Entry, Stated
from .usgs_us_figures import figure_facts
from .usgs_us_values import in_words, readings, us_value

TITLE = "USGS Mineral Commodity Summaries 2024 (mcs2024-…_salient.csv)"
LAYOUT = "2024"
MARKET = "USA"
EMPTY = "An empty row"
COPY = "The file holds a world table in the place of US statistics"
WORLD = "US output of the two newest years stands in the World table of the same chapter"

_SALIENT = re.compile(r"mcs(?P<year>\d{4})-(?P<table>[a-z]+)_salient\.csv", re.IGNORECASE)
_FIGURE = re.compile(r"mcs(?P<year>\d{4})_(?P<part>(?:fig|t)\d+)_\w+\.csv", re.IGNORECASE)
_SOURCE = re.compile(r"MCS ?(?P<year>\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORLD_COLUMNS = ("Source", "Country", "Type")
_HEAD = ("DataSource", "Commodity", "Year")
# Tables whose cells stand under the heading before theirs, or later ones.
_SHIFTED = frozenset({"felds", "fluor", "lead"})


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: one line of ``mapping/usgs_us_columns.csv``.

    ``estimated`` is of how many of the newest years the metadata say that the figures are
    estimated; ``world`` that the World table states the two newest; ``left`` why it is not loaded.
    """

    product: str
    measure: str
    basis: str
    basis_note: str
    economy: str
    unit: str
    estimated: int
    world: bool
    left: str


Heading = tuple[str, int]
"""A column's name and which of the columns of that name it is, from 1."""


def is_2024_part(path: Path) -> bool:
    """Whether a file's name is that of US statistics or figures of this layout."""
    return bool(_SALIENT.fullmatch(path.name) or _FIGURE.fullmatch(path.name))


def read_2024(files: Sequence[Path], source_id: str, ledger: Ledger) -> Iterator[Fact]:
    """The facts of the US files of an edition, in the order of their names; every row is booked.

    Raises ``OrepathError`` naming file, line and column for a file that is none of them.
    """
    stated = Stated()
    for path in sorted(files, key=lambda file: file.name.casefold()):
        if found := _SALIENT.fullmatch(path.name):
            yield from _salient(path, found["table"].lower(), source_id, stated, ledger)
        elif found := _FIGURE.fullmatch(path.name):
            yield from figure_facts(path, found["part"].lower(), source_id, stated, ledger)
        else:
            raise OrepathError(f"{path.name} is no file of {TITLE}", AGAIN)


def _salient(path: Path, table: str, source: str, stated: Stated, ledger: Ledger) -> Iterator[Fact]:
    header, rows = _rows(path)
    if set(_WORLD_COLUMNS) <= set(header):
        for row in rows:
            ledger.leave(EMPTY if not any(row.cells.values()) else COPY)
        return
    edition = source.rpartition("-")[2]
    headings = _headings(path, table, header, rows, edition)
    newest = max((row["Year"] for row in rows), default="")
    if newest != str(int(edition) - 1):
        raise OrepathError(
            f"{path.name}: the newest year is {newest!r}, not '{int(edition) - 1}'; the file is cut"
            " off, changed or of another edition",
            AGAIN,
        )
    for row in rows:
        if not any(row.cells.values()):
            ledger.leave(EMPTY)
            continue
        try:
            entries = list(_entries(row, table, headings, source))
            stated.check(entries)
        except FactError as error:
            ledger.reject(
                row.place(error.column), str(error.value or ""), error.message, error.hint or AGAIN
            )
            continue
        if not entries:
            ledger.leave(WORLD)
            continue
        ledger.use()
        for entry in entries:
            yield from stated.facts(entry, source)


def _headings(
    path: Path, table: str, header: Sequence[str], rows: Sequence[Row], edition: str
) -> dict[int, Heading]:
    """Which column stands where; the file's own numbering is kept in ``Row.cells``."""
    if missing := [name for name in _HEAD if name not in header]:
        raise OrepathError(
            f"{path.name}, line 1: no column {', '.join(map(repr, missing))}; this is not a file of"
            f" {TITLE}",
            AGAIN,
        )
    counts: dict[str, int] = {}
    found: dict[int, Heading] = {}
    for at, name in enumerate(header):
        if name in _HEAD or not (name or any(row.cells[str(at)] for row in rows)):
            continue
        counts[name] = counts.get(name, 0) + 1
        found[at] = (name, counts[name])
    if edition == LAYOUT:
        wanted = columns().get(table, {})
        if lacking := [key for key in wanted if key not in found.values()]:
            raise OrepathError(
                f"{path.name}, line 1: no column {lacking[0][0]!r}"
                + (f" for the {lacking[0][1]}th time" if lacking[0][1] > 1 else "")
                + "; the file is cut off or changed",
                AGAIN,
            )
    return found


def _entries(row: Row, table: str, headings: Mapping[int, Heading], source: str) -> Iterator[Entry]:
    year, edition = row["Year"], int(source.rpartition("-")[2])
    said = _SOURCE.fullmatch(row["DataSource"])
    if said is None or int(said["year"]) != edition:
        raise FactError(
            f"{row.cells['0']!r} instead of 'MCS{edition}'; the cells have slipped or the file is"
            " of another edition",
            AGAIN,
            column="DataSource",
            value=row["DataSource"],
        )
    if not _YEAR.fullmatch(year) or int(year) >= edition:
        raise FactError(
            f"{year!r} is no year before the edition's", AGAIN, column="Year", value=year
        )
    for at, heading in headings.items():
        column = columns().get(table, {}).get(heading)
        cell = row.cells[str(at)]
        if column is None:
            if not cell:
                continue
            raise FactError(
                f"nothing says what the column {heading[0]!r} of {row.file} holds",
                "Add it to loaders/mapping/usgs_us_columns.csv with a reason.",
                column=heading[0],
                value=cell,
            )
        if column.left or in_words(cell) or (column.world and int(year) >= edition - 2):
            continue
        try:
            yield _entry(row, table, heading, column, cell, year, source)
        except FactError as error:
            error.column = heading[0]
            raise


def _entry(
    row: Row, table: str, heading: Heading, column: Column, cell: str, year: str, source: str
) -> Entry:
    unit = units.unit(column.unit, PUBLICATION)
    reading = readings().get((source, table, heading[0].casefold(), year, cell))
    estimated = int(year) >= int(source.rpartition("-")[2]) - column.estimated
    value = us_value(reading.value if reading else cell, "Estimated." if estimated else "", unit)
    note = None
    if table in _SHIFTED:
        note = f"Stands under the heading {heading[0]!r}, which is another column's."
    return Entry(
        economy=names.economy(column.economy, PUBLICATION) if column.economy else MARKET,
        product=column.product,
        measure=column.measure,
        basis=column.basis,
        basis_note=column.basis_note,
        period=year,
        unit=unit,
        value=value,
        rounded=False,
        original_value=cell,
        original_unit=column.unit,
        note=note,
        place=row.place(heading[0] or None),
    )


def _rows(path: Path) -> tuple[list[str], list[Row]]:
    """A file's headings and its rows; cells are known by their number, the first by name too."""
    reader = csv.reader(io.StringIO(decode(path), newline=""), strict=True)
    header: list[str] = []
    rows: list[Row] = []
    try:
        for record in reader:
            if not header:
                header = [clean(cell) for cell in record]
            elif record:
                if len(record) != len(header):
                    raise OrepathError(
                        f"{path.name}, line {reader.line_num}: {len(record)} columns instead of"
                        f" {len(header)}; the file is cut off or damaged there",
                        AGAIN,
                    )
                cells = {str(at): clean(cell) for at, cell in enumerate(record)}
                cells |= {n: cells[str(header.index(n))] for n in _HEAD if n in header}
                rows.append(Row(path.name, reader.line_num, cells))
    except csv.Error as error:
        raise OrepathError(
            f"{path.name}, line {reader.line_num}: this is not comma-separated text ({error})",
            AGAIN,
        ) from error
    if not rows:
        raise OrepathError(f"{path.name} has no rows", AGAIN)
    return header, rows


@cache
def columns() -> Mapping[str, Mapping[Heading, Column]]:
    """What the columns of each table hold, by heading."""
    found: dict[str, dict[Heading, Column]] = {}
    for line in read_mapping("usgs_us_columns"):
        found.setdefault(line["table"], {})[line["column"], int(line["occurrence"])] = Column(
            line["product"],
            line["measure"],
            line["basis"],
            line["basis_note"],
            line["economy"],
            line["unit"],
            int(line["estimated"]),
            line["world"] == "yes",
            line["left"],
        )
    return found
