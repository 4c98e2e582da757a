"""IEA Critical Minerals Dataset: mined and refined supply of six minerals by country.

An edition is the publisher's workbook, or the base-year lines of an edition that could be had
only in a converted form, as a CSV file. Copper, cobalt, nickel and lithium are counted by their
metal; graphite is natural where it is mined and natural and synthetic where it is refined; magnet
rare earths are four elements and not the total oxide. Years that an edition cannot have observed
are forecasts of its base case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Place
from ..protocol import Ledger, sidecars
from ..reading import DOCUMENT_COLUMNS, verified
from ..tables import AGAIN, Row, header_of, read_table
from . import iea_cmd_workbook
from .iea_cmd_facts import DERIVED_REASON, PUBLICATION, TITLE, Line, Supply
from .iea_cmd_sums import noted, overlaps, require_all

COLUMNS = (
    *("material_id", "product", "stage", "country", "value", "unit_or_pct", "reference_period"),
    *("measure", "note"),
    *DOCUMENT_COLUMNS,
)
MEASURES = ("supply, base case, base year", "share of the three largest, as published")

_EDITION = re.compile(r"(\d{4})-\d{2} edition")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DERIVED_SHARE = re.compile(r"\d+(?:\.\d+)? % of the published total \(derived\)|aggregate")
_WORKBOOK = b"PK"


def recognise(files: Sequence[Path]) -> str:
    """``iea-cmd-<year of the edition>``; raises ``OrepathError`` naming file and place for a file
    that is no edition, or one that is cut off or changed."""
    path = _single(files)
    if _is_workbook(path):
        return _complete(iea_cmd_workbook.edition(path), iea_cmd_workbook.lines(path), path)
    editions: set[str] = set()
    for row in _rows(path):
        if not (match := _EDITION.search(row["note"])):
            raise OrepathError(
                f"{row.place('note')}: {row['note']!r} does not name the edition; the columns may"
                f" have moved, or these are no lines of {TITLE}",
                "The note begins with, for example, '2025-05 edition'.",
            )
        editions.add(match.group(1))
    if len(editions) != 1:
        raise OrepathError(
            f"{path.name} holds lines of {len(editions)} editions", "Load one edition at a time."
        )
    overlaps(_readable(path), path.name)
    return _complete(editions.pop(), _readable(path), path)


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Industries and their output by year; every line is booked in ``ledger``."""
    supply = Supply(recognise(files))
    path = _single(files)
    if _is_workbook(path):
        read = list(iea_cmd_workbook.lines(path, ledger))
    else:
        read = list(_readable(path, ledger))
    for line in noted(read, overlaps(read, path.name)):
        yield from _booked(line, supply, ledger)


def _complete(edition: str, lines: Iterator[Line], path: Path) -> str:
    """The id of an edition, whose tables must all be there where this release knows it."""
    source = f"{PUBLICATION}-{edition}"
    if source in sidecars():
        require_all(lines, path.name)
    return source


def _booked(line: Line, supply: Supply, ledger: Ledger) -> Iterator[Fact]:
    if line.derived:
        ledger.leave(DERIVED_REASON)
        return
    try:
        made = supply.facts(line)
    except FactError as error:
        _reject(error, line.place, ledger)
        return
    ledger.use()
    yield from made


def _reject(error: FactError, place: Place, ledger: Ledger) -> None:
    ledger.reject(place, str(error.value or ""), error.message, error.hint or AGAIN)


def _rows(path: Path) -> Iterator[Row]:
    if "unit_or_pct" not in (header := header_of(path)):
        raise OrepathError(
            f"{path.name} is neither a workbook of {TITLE} nor a table of its lines; it begins"
            f" with {', '.join(header[:6]) or 'nothing'}",
            "Give the publisher's workbook (.xlsx), or lines with the columns "
            + ", ".join(COLUMNS)
            + ".",
        )
    yield from read_table(path, COLUMNS, TITLE)


def _readable(path: Path, ledger: Ledger | None = None) -> Iterator[Line]:
    """The rows as lines of tables; those that are none are refused in ``ledger``."""
    for row in _rows(path):
        try:
            line = _line(row)
        except FactError as error:
            if ledger is not None:
                _reject(error, row.place(error.column), ledger)
        else:
            yield line


def _line(row: Row) -> Line:
    """A row as a line of a table; raises ``FactError`` where it is none."""
    if row["measure"] not in MEASURES:
        raise FactError(
            f"{row['measure']!r} is no measure of these lines",
            f"Known: {'; '.join(MEASURES)}.",
            "measure",
            row["measure"],
        )
    if not _YEAR.fullmatch(row["reference_period"]):
        raise FactError(
            f"{row['reference_period']!r} is no year",
            "Write, for example, 2024.",
            "reference_period",
            row["reference_period"],
        )
    parts = [part.strip() for part in row["note"].split(";")]
    # The shares in the notes are derived, and the edition stands in the source.
    kept = [p for p in parts if not (_DERIVED_SHARE.fullmatch(p) or _EDITION.fullmatch(p))]
    return Line(
        heading=row["product"],
        label=row["country"],
        figures={int(row["reference_period"]): row["value"]},
        unit=row["unit_or_pct"],
        case="base case",
        place=row.place(),
        note="; ".join([*kept, f"Read in: {row['source_title']}."]),
        verified=verified(row),
    )


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == _WORKBOOK


def _single(files: Sequence[Path]) -> Path:
    if len(files) != 1:
        raise OrepathError(
            f"{len(files)} files were given; an edition of {TITLE} is one file",
            "Load one edition at a time.",
        )
    return files[0]
