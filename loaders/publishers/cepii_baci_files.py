"""BACI's files: which one is which, plain or in an archive.

CEPII publishes one archive for each release and edition of the Harmonized System, which holds a
table for each year, the country codes and the product codes; all that says what a table means is
its name. Extracts that others prepared are told by ``mapping/baci_extracts.csv``. This module opens
tables and archives and reads no row.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO

from ...ontology.errors import OrepathError
from ..tables import AGAIN, read_mapping

TITLE = "CEPII BACI"
YEARLY = ("t", "i", "j", "k", "v", "q")
EXTRACT = ("i", "j", "cmd", "value")
COUNTRIES = ("country_code", "country_iso3")
PRODUCTS = ("code", "description")
PARQUET = ("year", "exporter", "importer", "hs6", "value_kusd", "qty_t")

_NAME = re.compile(r"BACI_HS(\d\d)_Y(\d{4})_V(\d{4})(\d\d)([a-z]?)\.(?:csv|zip)$", re.IGNORECASE)
_RELEASE = re.compile(r"_V(\d{4})(\d\d)([a-z]?)\.csv$", re.IGNORECASE)
_EDITIONS = {"92": "1992", "96": "1996"}
_NAMES = (
    "BACI_HS22_Y2024_V202601.csv names the edition of the Harmonized System, the year and the"
    " release; keep CEPII's names."
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: where it is, what its name says of it, and where its columns stand.

    ``release`` is written ``2026-01``, ``nomenclature`` ``HS2022``; ``year`` is 0 where the rows
    say it. ``member`` is the table's name in an archive.
    """

    path: Path
    kind: str
    member: str = ""
    release: str = ""
    nomenclature: str = ""
    year: int = 0
    rows: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    width: int = 0

    @property
    def name(self) -> str:
        """What messages call the table."""
        return self.member.rpartition("/")[2] or self.path.name

    @contextmanager
    def open_whole(self) -> Iterator[BinaryIO]:
        """The table's bytes from the first."""
        with _stream(self.path, self.member) as stream:
            yield stream

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The table's bytes after its header."""
        with _stream(self.path, self.member) as stream:
            if self.kind != "parquet":
                stream.readline()
            yield stream


def tables(files: Sequence[Path]) -> list[Table]:
    """The tables of the files in the order of their names, archives opened.

    Raises ``OrepathError`` naming file and column where one is not BACI's.
    """
    found: list[Table] = []
    for path in sorted(files, key=lambda file: file.name):
        if path.suffix.lower() == ".zip":
            found += _archive(path)
        elif path.suffix.lower() == ".parquet":
            found.append(_told(path, Table(path, "parquet")))
        else:
            found.append(_table(path, ""))
    if not any(table.kind in ("yearly", "extract", "parquet") for table in found):
        raise OrepathError(
            f"{', '.join(path.name for path in files)}: no table of trade of {TITLE}",
            f"Give at least one yearly table. {_NAMES}",
        )
    return found


def _archive(path: Path) -> list[Table]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(n for n in archive.namelist() if n.lower().endswith(".csv"))
    except zipfile.BadZipFile as error:
        raise OrepathError(f"{path.name} is no whole archive ({error})", AGAIN) from error
    if not names:
        raise OrepathError(f"{path.name}: the archive holds no CSV table of {TITLE}", AGAIN)
    return [_table(path, name) for name in names]


@contextmanager
def _stream(path: Path, member: str) -> Iterator[BinaryIO]:
    if not member:
        with path.open("rb", buffering=1 << 20) as plain:
            yield plain
        return
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
            yield io.BufferedReader(packed, 1 << 20)  # type: ignore[type-var]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise OrepathError(f"{path.name}, {member}: damaged archive ({error})", AGAIN) from error


def _table(path: Path, member: str) -> Table:
    """What a CSV table is, by its header and its name."""
    name = member.rpartition("/")[2] or path.name
    with _stream(path, member) as stream:
        start = stream.readline(1 << 16)
    if b"\0" in start:
        raise OrepathError(f"{name} is not a text file", AGAIN)
    header = start.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    cells = [cell.strip().casefold() for cell in next(csv.reader([header]), [])]
    columns: tuple[str, ...]
    for kind, columns in (("yearly", YEARLY), ("extract", EXTRACT)):
        if all(column in cells for column in columns):
            if twice := [column for column in columns if cells.count(column) > 1]:
                raise OrepathError(f"{name}, line 1: the column {twice[0]!r} stands there twice")
            places = {column: cells.index(column) for column in columns}
            table = Table(path, kind, member, columns=places, width=len(cells))
            return _named(table) if kind == "yearly" else _told(path, table)
    for kind, columns in (("countries", COUNTRIES), ("products", PRODUCTS)):
        if all(column in cells for column in columns):
            release = _RELEASE.search(name)
            written = f"{release[1]}-{release[2]}{release[3]}" if release else ""
            return Table(path, kind, member, release=written)
    columns = max(YEARLY, EXTRACT, key=lambda names: len({*names} & {*cells}) / len(names))
    missing = ", ".join(repr(column) for column in columns if column not in cells)
    listed = ", ".join(cell[:30] for cell in cells[:8]) or "none"
    raise OrepathError(
        f"{name}, line 1: no column {missing}; this is not a table of {TITLE}",
        f"Columns found: {listed}. `orepath sources` says which file each loader reads.",
    )


def _named(table: Table) -> Table:
    """A yearly table with what its own name, or its archive's, says."""
    match = _NAME.search(table.name) or _NAME.search(table.path.name)
    if match is None:
        raise OrepathError(f"{table.name}: the name does not say what the table is", _NAMES)
    edition, year, major, month, minor = match.groups()
    return Table(
        table.path,
        table.kind,
        table.member,
        release=f"{major}-{month}{minor.lower()}",
        nomenclature=f"HS{_EDITIONS.get(edition, f'20{edition}')}",
        year=int(year),
        columns=table.columns,
        width=table.width,
    )


def _told(path: Path, table: Table) -> Table:
    """A prepared extract with what ``mapping/baci_extracts.csv`` says of its name."""
    for line in read_mapping("baci_extracts"):
        if fnmatch(table.name, line["file"]):
            year = re.search(r"\d{4}", table.name)
            return Table(
                path,
                table.kind,
                table.member,
                release=line["release"],
                nomenclature=line["nomenclature"],
                year=int(year[0]) if year else 0,
                rows=int(line["rows"] or 0),
                columns=table.columns,
                width=table.width,
            )
    raise OrepathError(
        f"{table.name}: nothing says which release and edition of the Harmonized System this"
        " extract is of",
        "Add its name to loaders/mapping/baci_extracts.csv with a reason, or give CEPII's table.",
    )
