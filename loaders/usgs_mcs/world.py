"""What the rows of the world tables until 2025 say, whichever way their files are laid out.

A row has figures (production, capacity, reserves, one a year) and a note on each kind. What a
table and row type mean stands in ``world_products.csv``; what the publisher got wrong in
``corrections.csv``, which years are estimates although no column says so in ``estimates.csv``,
what a country's name has beside it in ``qualifiers.csv``, each line with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...ontology.errors import FactError
from .. import units
from ..base import Load, Row
from ..near import suggestion
from .countries import Country, read_country
from .figures import Figure, as_published, require_unit
from .meaning import Line, corrections, fold, groups, lines, unknown
from .notes import Notes, mark, text_without_status
from .values import has_figure, parse_value

_ESTIMATED_TYPE = re.compile(r"\bestimated\b", re.IGNORECASE)

MeaningKey = tuple[str, ...]
"""Layout, kind of column, and folded table, row type and country (empty: any)."""


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures: its name, ``kind`` (``Prod``, ``Reserves_ore`` …), the unit where the
    name says it, the year, and whether it is headed as estimated."""

    name: str
    kind: str
    unit: str
    year: str
    estimated: bool

    @property
    def base(self) -> str:
        """``Prod``, ``Cap`` or ``Reserves``."""
        return self.kind.partition("_")[0]

    @property
    def order(self) -> tuple[int, str, str]:
        """Where the column's facts come in a row, wherever it stands in the file."""
        return (("Prod", "Cap", "Reserves").index(self.base), self.kind, self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldRow(Row):
    """A row of a world table (``table``) with what its file says of all its rows.

    ``of`` is layout, folded table and folded row type; ``notes`` are the names of the columns of
    notes by what they are on, ``unknown`` those of columns of which nobody knows what they hold.
    """

    edition: str
    of: tuple[str, str, str]
    figures: Sequence[FigureColumn]
    notes: Mapping[str, str]
    unknown: Sequence[str] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the row."""
        return not any(self.cells.values())

    def meant(self, kind: str) -> MeaningKey:
        """Under which key a kind of figure has its meaning, if anywhere."""
        layout, table, of = self.of
        special = (layout, kind, table, of, fold(self["Country"]))
        return special if special in meanings() else (*special[:-1], "")

    def meaning(self, kind: str) -> Line | None:
        """What the figures of ``kind`` mean; without ``product`` they are deliberately left."""
        return meanings().get(self.meant(kind))

    def note(self, column: FigureColumn) -> Notes:
        """The note on a figure, mended; a table without figures of production has the notes on
        its capacity there."""
        name = self.notes.get(column.base, "")
        if column.base == "Cap" and not name and self.meaning("Prod") is None:
            name = self.notes.get("Prod", "")
        text = self[name] if name else ""
        for fix in self.fixes(name):
            text = fix["read_as"] if fix["printed"] == "*" else text.replace(fix["printed"], "")
        years = {c.year for c in self.figures if c.base == column.base and not c.estimated}
        return Notes(" ".join(text.split()), frozenset(years))

    def fixes(self, column: str) -> list[Line]:
        """The corrections of a cell."""
        return corrections(self.edition, self.of[1], column, self["Country"], self["Type"])


Used = frozenset[tuple[str, ...]]
"""Table, product, measure, column and basis that are part of a table."""


def used(rows: Iterable[WorldRow]) -> Used:
    """The columns in which a product's table has anything at all.

    A wide table has columns for all kinds of figures, and most tables fill some of them only; a
    column that is blank in every row is not part of the table. Where all are blank (germanium in
    2025), the first kind is, and nothing is stated in it.
    """
    tables: dict[tuple[str, str], dict[tuple[str, str, str], bool]] = {}
    for row in rows:
        for column in row.figures:
            line = row.meaning(column.kind)
            if line and line["product"]:
                held = tables.setdefault((row.table, line["product"]), {})
                key = (line["measure"], column.name, line["basis"])
                if not held.get(key):
                    said = row[column.name] or mark(row.note(column), column.year)
                    held[key] = bool(said)
    found = set()
    for table, held in tables.items():
        nothing = not any(held.values())
        first = next(iter(held))[0]
        found |= {(*table, *k) for k, full in held.items() if full or (nothing and k[0] == first)}
    return frozenset(found)


def figures(row: WorldRow, part: Used, load: Load) -> list[Figure]:
    """The figures of a row that are part of its table.

    A cell that cannot be read is refused alone; raises ``FactError`` where the row has no other.
    """
    tables = {table for _, table, _ in _known()}
    if row.of[1] not in tables:
        raise FactError(
            f"nothing says which commodity {row.table!r} is",
            f"{suggestion(row.of[1], tables)}Until 2024 the name of the file says it.",
            "Type",
            row["Type"],
        )
    if row.of not in _known():
        what = f"what the row type {row['Type']!r} of {row.table!r} is"
        raise unknown(what, "world_products", "Type", row["Type"])
    country = None
    found: list[Figure] = []
    refused: list[FactError] = []
    for column in row.figures:
        line = row.meaning(column.kind)
        if line is None:
            if has_figure(row[column.name]):
                what = f"what {column.kind} means in {row.table!r}"
                refused.append(unknown(what, "world_products", column.name, row[column.name]))
            continue
        key = (row.table, line["product"], line["measure"], column.name, line["basis"])
        if line["product"] and key in part:
            country = country or load.at("Country", read_country, row["Country"])
            try:
                found.append(_figure(row, column, line, country, load))
            except FactError as error:
                refused.append(error)
    for name in row.unknown:
        if has_figure(row[name]):
            refused.append(
                unknown(f"what the column {name!r} holds", "world_products", name, row[name])
            )
    load.ledger.refuse_cells(row, refused, used=bool(found))
    return found


def _figure(
    row: WorldRow, column: FigureColumn, line: Line, country: Country, load: Load
) -> Figure:
    cell = row[column.name]
    text = as_published(row, column.name)
    unit_words = words = column.unit or row.cells.get("Unit", "")
    remarks = []
    for fix in row.fixes(column.name):
        if fold(fix["printed"]) == fold(words):
            unit_words = fix["read_as"]
        elif fix["printed"] == cell:
            text = fix["read_as"]
        else:
            continue
        printed = fix["printed"] or "nothing"
        remarks.append(f"Printed: {printed}, read as {fix['read_as']}: {fix['reason']}")
    unit = load.at(column.name if column.unit else "Unit", units.unit, unit_words, load.publication)
    require_unit(text, unit, column.name)
    note = row.note(column)
    revised = groups("revisions", ("edition", "table", "column"), ())
    for fix in revised.get((row.edition, row.table, column.kind), ()):
        if fix["note"] and fix["country"] in ("", row["Country"]):
            remarks.append(fix["note"])
    said = None if text else mark(note, column.year)
    footnote = "Estimated." if _status(row, column, country, note) == "estimated" else ""
    value = load.at(column.name, parse_value, said or text, footnote)
    if (lacking := country.lacks(column.base)) and value.amount is not None:
        # What leaves somebody out is less than the whole.
        value = replace(value, amount=None, low=value.amount)
        remarks.append(f"Excludes {lacking}.")
    years = frozenset(c.year for c in row.figures if c.base == column.base)
    if (value.amount, value.low, value.high) == (None, None, None):
        remarks = []
    parts = ["" if said else text_without_status(note.text, years), *remarks]
    basis_notes = dict.fromkeys(part for part in (line["basis_note"], country.note) if part)
    return Figure(
        economy=country.economy,
        meaning=line,
        period=column.year,
        unit=unit,
        value=value,
        printed=note.text if said else cell,
        printed_unit=words,
        basis_note="; ".join(basis_notes),
        rounded=country.rounded,
        note=" ".join(part for part in parts if part) or None,
    )


def _status(row: WorldRow, column: FigureColumn, country: Country, note: Notes) -> str:
    """``estimated`` or ``normal``: the note on the figure goes before the heading of the column
    and the row type, and those before what the release's metadata say of the whole table."""
    reserves = column.base == "Reserves"
    if said := note.status(column.year, headed=column.estimated and column.base == "Prod"):
        return said
    if column.estimated or (
        not reserves and (country.estimated or _ESTIMATED_TYPE.search(row["Type"]))
    ):
        return "estimated"
    if column.base == "Prod":
        estimates = lines("estimates", ("edition",), ("table", "country"))
        for name in (fold(row["Country"]), "*"):
            if line := estimates.get((row.edition, row.of[1], name)):
                return line["status"]
    return "normal"


@cache
def meanings() -> Mapping[MeaningKey, Line]:
    """The lines of ``world_products.csv``."""
    return lines("world_products", ("layout", "column"), ("table", "type", "country"))


@cache
def types(table: str) -> frozenset[str]:
    """The row types that a table has in any layout, folded."""
    return frozenset(of for _, _, named, of, _ in meanings() if named == table and of)


@cache
def _known() -> frozenset[tuple[str, str, str]]:
    return frozenset((layout, table, of) for layout, _, table, of, _ in meanings())
