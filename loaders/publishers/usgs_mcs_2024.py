"""The layout of the edition 2024: a file for each commodity, its name saying which.

The release is one edition, so all its world tables are given together; one that is missing is
named. The publisher replaced fifteen tables after the first release: which ones stands in
``mapping/usgs_mcs_revisions.csv``, and tables from before are refused. The files on the United
States are read by ``usgs_us``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact
from .. import names
from ..protocol import Ledger, sidecar
from ..tables import AGAIN, header_of, read_table
from . import usgs_mcs_revision, usgs_us
from .usgs_mcs_facts import PUBLICATION, Stated
from .usgs_mcs_lines import Column, Line, check_letters, meanings, missing, revisions
from .usgs_mcs_world import facts as world_facts

LAYOUT = "2024"
TITLE = "USGS Mineral Commodity Summaries 2024 (world/mcs2024-…_world.csv)"
_WORLD = re.compile(r"mcs(?P<year>\d{4})-(?P<table>[a-z]+)_world\.csv", re.IGNORECASE)
_STATES = re.compile(r"mcs(?P<year>\d{4})(?:-[a-z]+_salient|_(?:fig|t)\d+_\w+)\.csv", re.IGNORECASE)
_REVISION = re.compile(r"MCS (?P<year>\d{4}) Data Release Revision File.*\.txt", re.IGNORECASE)
_METADATA = re.compile(r"_?mcs(?P<year>\d{4}).*\.xml", re.IGNORECASE)
_KINDS = {"world": _WORLD, "states": _STATES, "revision": _REVISION, "metadata": _METADATA}
_FIGURES = re.compile(
    r"(?P<kind>(?:Prod|Cap|Reserves)(?:_\w+?)??)_(?P<unit>[a-z]{1,4})(?P<est>_est)?"
    r"(?:_(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_NOTES = re.compile(r"(?P<base>Prod|Cap|Reserve)s?_notes?", re.IGNORECASE)
_NOTE_BASES = {"prod": "Prod", "cap": "Cap", "reserve": "Reserves"}
_SOURCE = re.compile(r"MCS ?(?P<year>\d{4})")
METADATA = "metadata of the publisher (XML), which the mappings quote"


@dataclass(frozen=True)
class Release:
    """The files of one edition, by what they are."""

    year: str
    world: Mapping[str, Path]
    states: Sequence[Path]
    revision: Sequence[Path]
    metadata: Sequence[Path]


@dataclass(frozen=True)
class _Heads:
    """A file's header: which column holds the row type, which ones figures and notes."""

    type: str
    columns: Sequence[Column]
    notes: Mapping[str, str]

    @property
    def all(self) -> list[str]:
        figures = [column.name for column in self.columns]
        return ["Source", "Country", self.type, *figures, *self.notes.values()]


def named(path: Path) -> bool:
    """Whether a file's name is one of this layout."""
    return any(pattern.fullmatch(path.name) for pattern in _KINDS.values())


def recognise(files: Sequence[Path]) -> str:
    """The edition that the files' names say, ``usgs-mcs-2024`` where it is complete.

    Raises ``OrepathError`` for a file that is no part of the release, files of two editions, a
    missing, damaged or unrevised table, and rows that are missing from one.
    """
    release = classify(files)
    known = release.year == LAYOUT
    if not release.world:
        raise OrepathError(
            f"{files[0].name}: no table of world production (mcs{release.year}-…_world.csv) is"
            " among the files",
            "Give all files of the release at once, with the folder world.",
        )
    if known:
        _whole(release, files)
    lines = []
    for table, path in sorted(release.world.items()):
        heads = _heads(path, table, release.year)
        if known:
            _revised(path, table, heads)
        held = _lines(path, table, release.year, heads)
        check_letters(held, known)
        lines += [line for line in held if not line.blank]
    if known:
        for table, kind, found, expected in missing(lines, LAYOUT):
            raise OrepathError(
                f"{release.world[table].name}: {found} rows instead of {expected} of {kind!r};"
                " the file is cut off or changed",
                AGAIN,
            )
    for path in release.revision:
        usgs_mcs_revision.check(path, release.year)
    return f"{PUBLICATION}-{release.year}"


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """The facts of the release; every row of every file is booked in ``ledger``."""
    release = classify(files)
    source = f"{PUBLICATION}-{release.year}"
    stated = Stated()
    for table, path in sorted(release.world.items()):
        heads = _heads(path, table, release.year)
        yield from world_facts(_lines(path, table, release.year, heads), source, stated, ledger)
    for path in release.revision:
        yield from usgs_mcs_revision.facts(path, release.year, ledger)
    for _ in release.metadata:
        ledger.leave(METADATA)
    if release.states:
        yield from usgs_us.read_2024(release.states, source, ledger)


def classify(files: Sequence[Path]) -> Release:
    """The files by what their names say; raises ``OrepathError`` for a name that says nothing."""
    found: dict[str, list[Path]] = {kind: [] for kind in _KINDS}
    year = ""
    tables: dict[str, Path] = {}
    for path in files:
        kind, match = _kind(path)
        if year and match["year"] != year:
            raise OrepathError(
                f"{path.name} is of the edition {match['year']}, other files are of {year}",
                "Load one edition at a time.",
            )
        year = match["year"]
        found[kind].append(path)
        if kind == "world":
            table = match["table"].lower()
            if table in tables:
                raise OrepathError(f"{path.name} was given twice", "Give each file once.")
            tables[table] = path
    return Release(year, tables, found["states"], found["revision"], found["metadata"])


def _kind(path: Path) -> tuple[str, re.Match[str]]:
    for kind, pattern in _KINDS.items():
        if match := pattern.fullmatch(path.name):
            return kind, match
    raise OrepathError(
        f"{path.name} is no file of {TITLE}",
        "The name says which commodity a file is about; give the files under the publisher's"
        " names.",
    )


def _whole(release: Release, files: Sequence[Path]) -> None:
    """Raise ``OrepathError`` naming what lacks: a part of an edition would replace the whole."""
    given = {path.name.casefold() for path in files}
    wanted = [file.name for file in sidecar(f"{PUBLICATION}-{release.year}").files]
    lacking = [n for n in wanted if n.casefold() not in given and n.casefold().endswith(".csv")]
    if lacking:
        more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
        raise OrepathError(
            f"{files[0].name}: the edition {release.year} is {len(wanted)} files, and a part of it"
            f" would replace the whole; missing: {', '.join(lacking[:5])}{more}",
            "Give all files of the release at once, e.g. world/*.csv with the revision file,"
            " salient/salient/*.csv and the folder of trends.",
        )
    for table in sorted({key[1] for key in meanings() if key[0] == LAYOUT}):
        if table not in release.world:
            raise OrepathError(
                f"mcs{release.year}-{table}_world.csv is not among the files given", AGAIN
            )


def _revised(path: Path, table: str, heads: _Heads) -> None:
    """Raise ``OrepathError`` for a table from before the publisher's revision."""
    for line in revisions(LAYOUT):
        if line["table"] != table:
            continue
        units = {c.unit for c in heads.columns if c.kind == line["column"]}
        if units != {line["unit"]}:
            raise OrepathError(
                f"{path.name}: this is the table from before the publisher's revision of 5 March"
                f" 2024 ({line['reason']})",
                "Download the release again from the publisher.",
            )


def _heads(path: Path, table: str, year: str) -> _Heads:
    """What a file's columns are; the newest year is the edition's last."""
    newest = str(int(year) - 1)
    columns, notes, kind = [], {}, ""
    types = {key[2] for key in meanings() if key[0] == LAYOUT and key[1] == table}
    for name in header_of(path):
        if match := _NOTES.fullmatch(name):
            notes[_NOTE_BASES[match["base"].lower()]] = name
        elif match := _FIGURES.fullmatch(name):
            columns.append(_column(name, match, newest))
        elif re.match(r"prod|cap|reserves", name, re.IGNORECASE):
            raise OrepathError(
                f"{path.name}, line 1: nothing says what the column {name!r} holds", AGAIN
            )
        # One table (fluorspar) has its row type in the place of the heading.
        elif names.fold(name) in ("type", "form") or (name and names.fold(name) in types):
            kind = name
    if not kind:
        raise OrepathError(f"{path.name}, line 1: no column 'Type'; this is not {TITLE}", AGAIN)
    years = {column.year for column in columns}
    if not years or max(years) != newest or min(years) < str(int(newest) - 1):
        raise OrepathError(
            f"{path.name}, line 1: no column of figures of {newest}, the last year of the edition"
            f" {year}",
            AGAIN,
        )
    if year == LAYOUT:
        _all_there(path, table, columns)
    return _Heads(kind, sorted(columns, key=lambda column: column.order), notes)


def _column(name: str, match: re.Match[str], newest: str) -> Column:
    kind = match["kind"]
    kind = kind[0].upper() + kind[1:]
    return Column(name, kind, match["unit"].lower(), match["year"] or newest, bool(match["est"]))


def _all_there(path: Path, table: str, columns: Sequence[Column]) -> None:
    for key, found in meanings().items():
        if key[:2] == (LAYOUT, table):
            years = len({column.year for column in columns if column.kind == key[4]})
            if years < found.years:
                raise OrepathError(
                    f"{path.name}, line 1: {years} columns of {key[4]!r} instead of {found.years}",
                    AGAIN,
                )


def _lines(path: Path, table: str, year: str, heads: _Heads) -> list[Line]:
    lines = []
    for row in read_table(path, heads.all, TITLE):
        said = _SOURCE.fullmatch(row["Source"])
        if row["Source"] and (said is None or said["year"] != year):
            raise OrepathError(
                f"{row.place('Source')}: {row['Source']!r} instead of 'MCS{year}'; the cells have"
                " slipped or the file is another publication's",
                AGAIN,
            )
        lines.append(
            Line(
                year,
                LAYOUT,
                table,
                row[heads.type],
                row["Country"],
                row,
                heads.columns,
                heads.notes,
            )
        )
    return lines
