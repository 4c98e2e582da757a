"""The tables of the EU study on critical raw materials: which file is which, and reading rows.

A table is known by its header; global supply and EU sourcing have the same one and are told apart
by their precision (tenths of a percent against whole percents). A table with fewer rows than the
study publishes was cut off. Known slips of the tables are mended here, by
``mapping/eu_crm_corrections.csv``; this module makes no facts.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from .. import names
from ..protocol import Ledger
from ..reading import LeaveOut, Unreadable, reading
from ..tables import AGAIN, Row, clean, decode, read_table

SOURCE = "eu-crm-2023"
PUBLICATION = "eu-crm"
TITLE = "the EU study on critical raw materials 2023"
PERIOD = "2016-2020"

GLOBAL, SOURCING, USES, HISTORY = "global supply", "EU sourcing", "uses", "results over time"
GROUPINGS, RESULTS = "groupings", "results of 2023"
NOT_MEASURED, ANNEXES = "sourcing not measured", "annexes of the regulation"

SUPPLY_COLUMNS = ("Material", "Stage", "Country", "Share", "t")
STAGES = ("extraction", "processing")
COLUMNS: Mapping[str, Sequence[str]] = {
    GLOBAL: SUPPLY_COLUMNS,
    SOURCING: SUPPLY_COLUMNS,
    USES: ("Material", "Application", "Share", "NACE sector", "VA in million €"),
    HISTORY: ("Material", "Year", "SR", "EI"),
    GROUPINGS: ("screened_material", "perm_XREE_PGM"),
    RESULTS: (
        *("material_id", "material_label", "is_eu_crm", "supply_risk", "economic_importance"),
        *("stage_used", "eol_rir_pct", "si_ei", "si_sr", "reference_period", "note", "confidence"),
        *(f"sr_{stage}" for stage in STAGES),
        *(f"supply_data_{stage}" for stage in STAGES),
        *(f"import_reliance_{stage}_pct" for stage in STAGES),
    ),
    NOT_MEASURED: ("material_id", "stage", "note"),
    ANNEXES: ("material_id", "eu_crm_2023", "eu_srm", "eu_srm_form", "confidence"),
}
# Tables that only say something about another one.
SUPPLEMENTS = (GROUPINGS, NOT_MEASURED)

_WHOLE_PERCENT = re.compile(r"\d+\s*%?")


def tables(files: Sequence[Path]) -> dict[str, list[Row]]:
    """The rows of each table that is among ``files``, by its name.

    Raises ``OrepathError`` naming the file for a foreign, damaged or cut-off one, for two of the
    same table, and where no file states anything by itself.
    """
    found: dict[str, list[Row]] = {}
    for file in files:
        name, rows = _table(file)
        if name in found:
            raise OrepathError(
                f"{file.name} and {found[name][0].file} are both the table of {name}",
                "Give one file of each table.",
            )
        complete = reading("eu_crm_tables", "table").get((name,))
        if complete and len(rows) < int(complete["rows"]):
            raise OrepathError(
                f"{file.name}: {len(rows)} rows instead of {complete['rows']} of the table of"
                f" {name}; the file is cut off",
                AGAIN,
            )
        found[name] = rows
    if not set(found) - set(SUPPLEMENTS):
        given = ", ".join(file.name for file in files) or "no file"
        raise OrepathError(
            f"{given}: none of the tables of {TITLE} that state facts is given",
            f"Give at least one of {', '.join(n for n in COLUMNS if n not in SUPPLEMENTS)}.",
        )
    return found


def _table(file: Path) -> tuple[str, list[Row]]:
    header = {
        clean(name).casefold()
        for name in next(csv.reader(io.StringIO(decode(file), newline="")), [])
    }
    wanted = {name: {c.casefold() for c in columns} for name, columns in COLUMNS.items()}
    # Its three columns are so common that only they and no others make the table.
    held = [n for n, needed in wanted.items() if needed <= header]
    kinds = [n for n in held if n != NOT_MEASURED or header == wanted[n]]
    if not kinds:
        nearest = max(wanted, key=lambda n: len(wanted[n] & header) / len(wanted[n]))
        for _ in read_table(file, COLUMNS[nearest], TITLE):
            break
        raise OrepathError(
            f"{file.name} is no table of {TITLE}", "`orepath sources` says which files it has."
        )
    rows = list(read_table(file, COLUMNS[kinds[0]], TITLE))
    if not rows:
        raise OrepathError(f"{file.name} has a header and no rows", AGAIN)
    if kinds[0] != GLOBAL:
        return kinds[0], rows
    whole = sum(1 for row in rows if _WHOLE_PERCENT.fullmatch(row["Share"]))
    return (SOURCING if 2 * whole > len(rows) else GLOBAL), rows


def booked(
    rows: Iterable[Row], ledger: Ledger, read: Callable[[Row], Iterable[Fact]]
) -> Iterator[Fact]:
    """The facts of each row, which is booked once; nothing of a row that is rejected."""
    for row in rows:
        try:
            made = list(read(row))
        except LeaveOut as left:
            ledger.leave(str(left))
        except Unreadable as problem:
            ledger.reject(problem.place, problem.value, problem.reason, problem.remedy)
        except FactError as error:
            value = str(error.value or "")
            ledger.reject(row.place(error.column), value, error.message, error.hint or AGAIN)
        else:
            ledger.use()
            yield from made


def corrected(table: str, row: Row, material: str, item: str = "") -> tuple[Row, list[str]]:
    """The row with its known slips mended, and a note for each.

    ``material`` and ``item`` (a country, a use) are cells that say which row it is.
    """
    notes = []
    for column, printed in row.cells.items():
        keys = ("table", "material", "item", "column")
        line = reading("eu_crm_corrections", *keys).get((table, material, item, column))
        if line and line["printed"] == printed:
            row = replace(row, cells={**row.cells, column: line["read_as"]})
            notes.append(f"{column} {printed!r} is read as {line['read_as']!r}: {line['reason']}.")
    return row, notes


def notes_on(table: str, material: str, stage: str, item: str) -> list[str]:
    """What a reader must know of a material's list, or of one line of it."""
    found = reading("eu_crm_notes", "table", "material", "stage", "item")
    lines = (found.get((table, material, stage, name)) for name in dict.fromkeys(("", item)))
    return [line["note"] for line in lines if line]


def material(row: Row, column: str) -> str:
    """Id of the material that a cell names by a label or by an id with underscores."""
    try:
        return names.material(row[column].replace("_", " "))
    except FactError as error:
        error.column = column
        raise


def number(row: Row, column: str) -> Decimal | None:
    """A cell's number; nothing where it is blank or a dash. Raises ``Unreadable``."""
    text = row[column]
    if text in ("", "-"):
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise Unreadable(row.place(column), text, "it is no number", AGAIN)
    return value


def joined(parts: Iterable[str]) -> str | None:
    """The notes as one text, or nothing."""
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part) or None
