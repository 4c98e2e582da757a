"""The layout of the edition 2025: one table of all commodities, a row a country.

Withheld figures and zeros are blank cells in this release; what the note beside says (*W for
23-24*) is read from there, and a blank cell without such a note is not stated, never zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact
from ..protocol import Ledger
from ..tables import AGAIN, Row, header_of, read_table
from .usgs_mcs_facts import PUBLICATION, Stated
from .usgs_mcs_lines import Column, Line, check_letters, missing
from .usgs_mcs_world import facts as world_facts

LAYOUT = "2025"
TITLE = "USGS Mineral Commodity Summaries 2025 (MCS2025_World_Data.csv)"
COLUMNS = (
    "SOURCE",
    "COMMODITY",
    "COUNTRY",
    "TYPE",
    "UNIT_MEAS",
    "PROD_NOTES",
    "CAP_NOTES",
    "RESERVE_NOTES",
)
_FIGURES = re.compile(r"(?P<base>PROD|CAP|RESERVES)(?P<est>_EST)?_(?P<year>\d{4})", re.IGNORECASE)
_SOURCE = re.compile(r"MCS ?(\d{4})")
_NOTES = {"Prod": "PROD_NOTES", "Cap": "CAP_NOTES", "Reserves": "RESERVE_NOTES"}


def recognise(path: Path) -> str:
    """The edition that the rows name, ``usgs-mcs-2025`` where it is complete.

    Raises ``OrepathError`` naming file, line and column for another table, a damaged one, or one
    that lacks rows of the known edition.
    """
    edition, lines = _read(path)
    check_letters(lines, known=edition == LAYOUT)
    if edition == LAYOUT:
        for table, kind, found, expected in missing(lines, LAYOUT):
            raise OrepathError(
                f"{path.name}: {found} rows instead of {expected} of {table} / {kind};"
                " the file is cut off or changed",
                f"{AGAIN} A revision by the publisher is an edition of its own.",
            )
    return f"{PUBLICATION}-{edition}"


def facts(path: Path, ledger: Ledger) -> Iterator[Fact]:
    """The facts of the table in its order; every row is booked in ``ledger``."""
    edition, lines = _read(path)
    yield from world_facts(lines, f"{PUBLICATION}-{edition}", Stated(), ledger)


def _read(path: Path) -> tuple[str, list[Line]]:
    """The edition that the file says it is, and its rows.

    The whole table is held: 1,250 rows, and which columns a commodity uses is known at its end.
    """
    header = header_of(path)
    columns = [(name, column) for name in header if (column := _column(name))]
    plain = {name: column.name for name, column in columns}
    lines = []
    edition = ""
    wanted = [*COLUMNS, *plain]
    for row in read_table(path, wanted, TITLE):
        cells = {plain.get(name, name): cell for name, cell in row.cells.items()}
        named = _SOURCE.fullmatch(row["SOURCE"])
        if any(cells.values()) and (named is None or named[1] != (edition or named[1])):
            raise OrepathError(
                f"{row.place('SOURCE')}: {row['SOURCE']!r} instead of 'MCS{edition or '2025'}';"
                " the cells have slipped or the file is another publication's",
                AGAIN,
            )
        edition = edition or (named[1] if named else "")
        lines.append((row, cells))
    if not edition:
        raise OrepathError(f"{path.name}: no row says of which edition it is", AGAIN)
    kept = sorted((column for _, column in columns), key=lambda column: column.order)
    _years(path, edition, kept)
    return edition, [
        Line(
            edition,
            LAYOUT,
            row["COMMODITY"],
            row["TYPE"],
            row["COUNTRY"],
            Row(row.file, row.line, cells),
            kept,
            _NOTES,
            row["UNIT_MEAS"],
        )
        for row, cells in lines
    ]


def _column(name: str) -> Column | None:
    plain = re.sub(r"_\s+", "_", name)
    found = _FIGURES.fullmatch(plain)
    if found is None:
        return None
    base = found["base"].capitalize()
    return Column(plain.upper(), base, None, found["year"], found["est"] is not None)


def _years(path: Path, edition: str, columns: Sequence[Column]) -> None:
    newest, before = str(int(edition) - 1), str(int(edition) - 2)
    wanted = {
        ("Prod", before, False): f"PROD_{before}",
        ("Prod", newest, True): f"PROD_EST_{newest}",
        ("Cap", before, False): f"CAP_{before}",
        ("Cap", newest, True): f"CAP_EST_{newest}",
        ("Reserves", newest, False): f"RESERVES_{newest}",
    }
    found = {(column.kind, column.year, column.estimated) for column in columns}
    for key, name in wanted.items():
        if key not in found:
            raise OrepathError(
                f"{path.name}, line 1: no column {name!r}; this is not a file of {TITLE}", AGAIN
            )
    if odd := found - set(wanted):
        raise OrepathError(
            f"{path.name}, line 1: the columns have figures of {min(odd)[1]}, which the edition"
            f" {edition} does not have",
            AGAIN,
        )
