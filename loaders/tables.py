"""Publishers' CSV files, read strictly: what bytes mean, which column is which, where a row stands.

Tolerant of what spreadsheet programs do to a file (byte-order mark, encoding, line ends, order of
columns, spaces) and of nothing else: a missing column, a cut or foreign file is an error that
names the place. What the cells mean is the loader's business.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Protocol

from ..ontology.errors import OrepathError
from ..ontology.facts import Place

AGAIN = "Download it again from the publisher, and do not save it from a spreadsheet program."


class Reader(Protocol):
    """What ``csv.reader`` returns, whose own type has no public name."""

    @property
    def line_num(self) -> int:
        """Lines read so far."""
        ...

    def __next__(self) -> list[str]:
        """The next record."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its cells by column name, without surrounding spaces, and where it begins."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def place(self, column: str | None = None) -> Place:
        """Where the row, or one of its cells, stands."""
        return Place(self.file, self.line, column)


def read_table(
    path: Path,
    columns: Sequence[str],
    publication: str,
    *,
    optional: Sequence[str] = (),
    delimiters: str = ",",
) -> Iterator[Row]:
    """The rows of a delimited file that has at least the named columns.

    The cells of an ``optional`` column that the file lacks are empty.

    ``line`` counts the file's own lines from 1, so that a cell with a line break moves those that
    follow. Raises ``OrepathError`` naming file, line and column where the file is not what
    ``publication`` publishes.
    """
    text = decode(path)
    first = text.partition("\n")[0]
    delimiter = max(delimiters, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)

    def heading(record: Sequence[str]) -> dict[str, int]:
        there = header_places(record, columns, optional, path.name, publication)
        return {**dict.fromkeys(optional, -1), **there}

    yield from rows_of(reader, path.name, "comma-separated", heading)


def rows_of(
    reader: Reader, file: str, kind: str, heading: Callable[[Sequence[str]], Mapping[str, int]]
) -> Iterator[Row]:
    """The rows of a strict CSV reader at the start of a file.

    ``heading`` says of the header's cells where each column stands, -1 where it does not; such
    cells are empty. ``kind`` is what the text ought to be, for messages. Raises ``OrepathError``
    naming the line where a record is torn or of another width.
    """
    places: Mapping[str, int] = {}
    width = 0
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise OrepathError(
                f"{file}, line {line}: this is not {kind} text ({error})", AGAIN
            ) from error
        if not places:
            places = heading(record)
            width = len(record)
            continue
        if not record:
            continue
        if len(record) != width:
            raise OrepathError(
                f"{file}, line {line}: {len(record)} columns instead of {width};"
                " the file is cut off or damaged there",
                AGAIN,
            )
        cells = {name: clean(record[at]) if at >= 0 else "" for name, at in places.items()}
        yield Row(file, line, cells)
    if not places:
        raise OrepathError(f"{file} is empty", AGAIN)


def header_of(path: Path) -> list[str]:
    """The column names of a comma-separated file, cleaned; empty where it has none.

    Raises ``OrepathError`` for a file that is no such text.
    """
    reader = csv.reader(io.StringIO(decode(path), newline=""), strict=True)
    try:
        return [clean(name) for name in next(reader, [])]
    except csv.Error as error:
        raise OrepathError(
            f"{path.name}, line 1: this is not comma-separated text ({error})", AGAIN
        ) from error


def read_mapping(name: str) -> list[dict[str, str]]:
    """The lines of the package's own reviewed data file ``mapping/<name>.csv``."""
    file = resources.files(__package__) / "mapping" / f"{name}.csv"
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))


def clean(cell: str) -> str:
    """A cell without surrounding, doubled and non-breaking spaces."""
    return " ".join(cell.split())


def decode(path: Path) -> str:
    """A file's text: UTF-8 or UTF-16 by its mark, else UTF-8, else cp1252 as older Windows
    programs write it. Raises ``OrepathError`` for anything that is not text.
    """
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise OrepathError(f"{path.name} is not a text file", AGAIN)
    else:
        encodings = ["utf-8-sig", "cp1252"]
    problem = None
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            problem = error
    assert problem is not None
    line = data.count(b"\n", 0, problem.start) + 1
    raise OrepathError(
        f"{path.name}, line {line}: a character is neither UTF-8 nor Windows-1252", AGAIN
    ) from problem


def header_places(
    record: Sequence[str],
    columns: Sequence[str],
    optional: Sequence[str],
    file: str,
    publication: str,
) -> dict[str, int]:
    """Where in a header's cells the columns stand, and those ``optional`` ones that are there.

    Raises ``OrepathError`` where a column is missing, or stands there twice.
    """
    wanted = {name.casefold() for name in (*columns, *optional)}
    places: dict[str, int] = {}
    for at, name in enumerate(record):
        key = clean(name).casefold()
        if key in places and key in wanted:
            raise OrepathError(f"{file}, line 1: the column {clean(name)!r} stands there twice")
        places.setdefault(key, at)
    missing = [name for name in columns if name.casefold() not in places]
    if missing:
        listed = ", ".join(repr(name) for name in missing)
        raise OrepathError(
            f"{file}, line 1: no column {listed}; this is not a file of {publication}"
            " as this version knows it",
            _hint(record, file),
        )
    present = (name for name in (*columns, *optional) if name.casefold() in places)
    return {name: places[name.casefold()] for name in present}


def _hint(record: Sequence[str], file: str) -> str:
    if len(record) == 1 and (";" in record[0] or "\t" in record[0]):
        return f"{file} has semicolons or tabs between its columns; {AGAIN[0].lower()}{AGAIN[1:]}"
    found = ", ".join(clean(name)[:30] for name in record[:8]) or "none"
    return f"Columns found: {found}. `orepath sources` says which file each loader reads."
