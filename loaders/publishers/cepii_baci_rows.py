"""The rows of BACI's tables, streamed, and what their cells hold.

A yearly table has eleven million rows, of which few matter here. A row is cut into cells as bytes,
and one whose code is not asked for is counted and dropped before anything is made of it: that is
fast enough without a dependency, and no memory grows with the file. Only the prepared extract in
Apache Parquet needs a library, when it is given. What a flow means is the loader's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from ...ontology.errors import FactError, OrepathError
from ..tables import AGAIN
from .cepii_baci_files import PARQUET, TITLE, Table

PROBED = 1000
MOST_DAMAGED = 1000
# The Harmonized System has some 5,600 codes; what is damaged must not fill the memory.
_MOST_CODES = 20_000
_THOUSAND = Decimal(1000)
_TORN = "the line after it is no row, and may be the end of this one"
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_AROUND = b' "\r\n\t'
_AMOUNT = rb"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_YEARLY_CELLS = {
    "i": re.compile(rb"\d{1,3}"),
    "j": re.compile(rb"\d{1,3}"),
    "k": re.compile(rb"\d{4,6}"),
    "v": re.compile(_AMOUNT),
    "q": re.compile(_AMOUNT + rb"|NA|"),
}
_EXTRACT_CELLS = {
    "i": re.compile(rb"[A-Z][A-Z0-9]{2}"),
    "j": re.compile(rb"[A-Z][A-Z0-9]{2}"),
    "cmd": re.compile(rb"\d{4,6}"),
    "value": re.compile(_AMOUNT),
}

# Of a row: exporter, importer, code, year, value in dollars, quantity as it stands there.
Cells = tuple[str, str, str, int, Decimal, str | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is asked for, or one that is damaged, of which ``problem`` says how."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""


def lines(
    table: Table, asked: Mapping[str, object], leave: Callable[[int], None]
) -> Iterator[tuple[Line, Callable[[Line], Cells]]]:
    """The rows of a table under the codes ``asked``, each with what reads its cells."""
    if table.kind == "parquet":
        for line in _parquet(table, asked, leave):
            yield line, _read_parquet
    elif table.kind == "yearly":
        for line in matching(table, asked, leave, str(table.year)):
            yield line, _read_yearly
    else:
        read = partial(_read_extract, table.year)
        for line in matching(table, asked, leave):
            yield line, read


def _read_yearly(line: Line) -> Cells:
    year, exporter, importer, code, value, quantity = line.cells
    if value == "NA":
        raise OrepathError(
            f"line {line.number}: the value is 'NA', which only quantities are in {TITLE};"
            " the columns v and q seem to be swapped",
            AGAIN,
        )
    return exporter, importer, code, int(year), amount(value, "v") * _THOUSAND, quantity


def _read_extract(year: int, line: Line) -> Cells:
    exporter, importer, code, value = line.cells
    # The extract's dollars are thousands times a thousand in binary, which left dust behind.
    return exporter, importer, code, year, round(amount(value, "value"), 3), None


def _read_parquet(line: Line) -> Cells:
    year, exporter, importer, code, value, quantity = line.cells
    return exporter, importer, code, int(year), amount(value, "value_kusd") * _THOUSAND, quantity


def amount(text: str, column: str) -> Decimal:
    """The number in a cell; raises ``FactError`` naming the column for anything else."""
    if not _NUMBER.fullmatch(text):
        raise FactError(f"{text!r} is no amount", AGAIN, column=column, value=text)
    return Decimal(text)


def _parquet(
    table: Table, asked: Mapping[str, object], leave: Callable[[int], None]
) -> Iterator[Line]:
    """The rows of a prepared extract in Apache Parquet, which needs polars."""
    try:
        import polars
    except ImportError as error:
        raise OrepathError(
            f"{table.name} is an Apache Parquet file, and what reads those is not installed",
            "Install it with `pip install orepath[parquet]`, or give the CSV file.",
        ) from error
    try:
        frame = polars.read_parquet(table.path)
    except Exception as error:  # polars has no common class of errors, and panics on some bytes
        raise OrepathError(
            f"{table.name} is no whole Apache Parquet file ({error})", AGAIN
        ) from error
    if missing := [column for column in PARQUET if column not in frame.columns]:
        raise OrepathError(f"{table.name}: no column {', '.join(map(repr, missing))}", AGAIN)
    for number, row in enumerate(frame.select(PARQUET).iter_rows(), 1):
        if str(row[3]) not in asked:
            leave(1)
            continue
        yield Line(number, tuple(_cell(value) for value in row))


def _cell(value: Any) -> str:
    return "NA" if value is None else str(value)


def matching(
    table: Table,
    asked: Collection[str],
    leave: Callable[[int], None],
    constant: str = "",
) -> Iterator[Line]:
    """Rows of a table whose code is one of ``asked``, and rows that are damaged.

    Cells come in the order of the table's columns. ``leave`` is told how many well-formed rows
    of other codes were dropped; ``constant`` is what the first column must hold in every row.
    Raises ``OrepathError`` where the table ends within a row, and where damage is everywhere.
    """
    places, width = tuple(table.columns.values()), table.width
    first, at = places[0], table.columns["k" if table.kind == "yearly" else "cmd"]
    expected = constant.encode()
    wanted = {code.encode() for code in asked}
    others: set[bytes] = set()
    damaged, left, number = 0, 0, 1
    line = b"\n"
    held: Line | None = None
    with table.open() as stream:
        for number, line in enumerate(stream, 2):
            cells = line.split(b",")
            problem = ""
            whole = len(cells) == width
            if held is not None:
                # What follows a row and is none may be its end, torn off within the last cell.
                torn = not whole and line.strip()
                yield Line(held.number, held.cells, _TORN) if torn else held
                held = None
            if whole:
                code = cells[at]
                if code in others and (not expected or cells[first] == expected):
                    left += 1
                    continue
                code = code.strip(_AROUND)
                if expected and cells[first].strip(_AROUND) != expected:
                    problem = f"the row is not of {constant}, which the file's name says"
                elif not (code.isdigit() and len(code) <= 6):
                    problem = f"{_text(code)!r} is no code of the Harmonized System"
                elif code not in wanted:
                    left += 1
                    if len(others) < _MOST_CODES:
                        others.add(cells[at])
                    continue
            elif line.strip():
                problem = f"{len(cells)} columns instead of {width}"
            else:
                continue
            if not line.endswith(b"\n"):
                break
            damaged += bool(problem)
            if damaged > MOST_DAMAGED:
                raise OrepathError(
                    f"{table.name}, line {number}: more than {MOST_DAMAGED} damaged rows; of this"
                    f" one, {problem}",
                    AGAIN,
                )
            if problem:
                yield Line(number, (_text(line),), problem)
            else:
                held = Line(number, tuple(_text(cells[place]) for place in places))
    if held is not None:
        yield held
    if left:
        leave(left)
    if not line.endswith(b"\n"):
        raise OrepathError(
            f"{table.name}, line {number}: the file ends within this row"
            f" ({_text(line)[:40]!r} has no line end); it is cut off",
            AGAIN,
        )


def probe(table: Table) -> None:
    """Raise ``OrepathError`` naming line and column where the first rows of a table do not hold
    what its header says.

    BACI is ordered by exporter, which tells columns of exporters and importers apart.
    """
    patterns = dict(_EXTRACT_CELLS)
    if table.kind == "yearly":
        patterns = {**_YEARLY_CELLS, "t": re.compile(str(table.year).encode())}
    exporters: list[bytes] = []
    importers: list[bytes] = []
    with table.open() as stream:
        for number, line in zip(range(2, PROBED + 2), stream, strict=False):
            cells = [cell.strip(_AROUND) for cell in line.split(b",")]
            if len(cells) != table.width:
                continue
            for column, place in table.columns.items():
                if not patterns[column].fullmatch(cells[place]):
                    raise OrepathError(
                        f"{table.name}, line {number}, column {column}: {_text(cells[place])!r}"
                        " cannot stand there; the header or the file's name does not belong to the"
                        " rows, or the row is damaged",
                        AGAIN,
                    )
            exporters.append(cells[table.columns["i"]].zfill(3))
            importers.append(cells[table.columns["j"]].zfill(3))
    if not exporters:
        raise OrepathError(f"{table.name} has a header and no whole row; it is cut off", AGAIN)
    if importers == sorted(importers) and exporters != sorted(exporters):
        raise OrepathError(
            f"{table.name}, line 1: the column j is ordered and i is not; exporters seem to stand"
            " under j, so the header does not belong to the rows",
            AGAIN,
        )


def _text(cell: bytes) -> str:
    return cell.strip(_AROUND).decode("utf-8", "replace")
