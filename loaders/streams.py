"""Large delimited files, read row by row: memory does not grow with the file.

What ``tables.read_table`` does for tables that fit in memory, this does for files of any size, and
for publishers whose releases name a column differently. What the cells mean is the loader's
business.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from ..ontology.errors import OrepathError
from .tables import AGAIN, Row, clean, rows_of

_CHUNK = 1 << 20
_DELIMITERS = ",\t;"
_PACKED = (b"PK", b"7z", b"\x1f\x8b")  # first bytes of zip, 7z and gzip


def stream_table(
    path: Path, columns: Mapping[str, Sequence[str]], optional: Sequence[str], publication: str
) -> Iterator[Row]:
    """The rows of a delimited file (comma, tab or semicolon) that has at least the named columns.

    ``columns`` gives for each column of the rows the headers under which releases write it;
    those in ``optional`` are the empty string where a file lacks them. ``line`` counts the
    file's own lines from 1. Raises ``OrepathError`` naming file, line and column where the file
    is not what ``publication`` publishes, or ends within a row.
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as stream:
        delimiter = _delimiter(stream)
        reader = csv.reader(stream, strict=True, delimiter=delimiter)

        def heading(record: Sequence[str]) -> dict[str, int]:
            return _header(record, columns, optional, path.name, publication)

        yield from rows_of(reader, path.name, "delimited", heading)


def _encoding(path: Path) -> str:
    """How a file is encoded: UTF-8 or UTF-16 by its mark, else UTF-8, else cp1252.

    Reads the file once. Raises ``OrepathError`` for what is no text, and for a file whose last
    line has no end, of which nobody knows how much is missing.
    """
    with path.open("rb") as stream:
        start = stream.read(2)
    if start in _PACKED:
        raise OrepathError(f"{path.name} is packed", "Unpack it, and load what is in it.")
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig", "cp1252"]
    for encoding in candidates:
        last = ""
        try:
            with path.open(encoding=encoding, newline="") as text:
                while chunk := text.read(_CHUNK):
                    if "\0" in chunk:
                        raise OrepathError(f"{path.name} is not a text file", AGAIN)
                    last = chunk[-1]
        except UnicodeError:
            continue
        if last and last not in "\r\n":
            raise OrepathError(
                f"{path.name}: the last line has no end; the file may be cut off there", AGAIN
            )
        return encoding
    raise OrepathError(f"{path.name} is neither UTF-8, UTF-16 nor Windows-1252 text", AGAIN)


def _delimiter(stream: TextIO) -> str:
    """The delimiter that the header has most of; the stream is at its start again after."""
    header = stream.readline(65536)
    stream.seek(0)
    return max(_DELIMITERS, key=header.count)


def _header(
    record: Sequence[str],
    columns: Mapping[str, Sequence[str]],
    optional: Sequence[str],
    file: str,
    publication: str,
) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for at, name in enumerate(record):
        found.setdefault(clean(name).casefold(), []).append(at)
    places: dict[str, int] = {}
    missing = []
    for column, headers in columns.items():
        header = next((h for h in headers if h.casefold() in found), None)
        if header is None:
            places[column] = -1
            if column not in optional:
                missing.append(" or ".join(repr(h) for h in headers))
        elif len(found[header.casefold()]) > 1:
            raise OrepathError(f"{file}, line 1: the column {header!r} stands there twice")
        else:
            places[column] = found[header.casefold()][0]
    if missing:
        seen = ", ".join(clean(name)[:30] for name in record[:8]) or "none"
        raise OrepathError(
            f"{file}, line 1: no column {', '.join(missing)}; this is not a file of {publication}"
            " as this version knows it",
            f"Columns found: {seen}. `orepath sources` says which file each loader reads.",
        )
    return places
