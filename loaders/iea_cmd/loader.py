"""IEA Critical Minerals Dataset: mined and refined supply of six minerals by country.

An edition is the publisher's workbook, or the base-year lines of an edition that could be had
only in a converted form, as a CSV file. A table's heading says the product and how it is weighed
(``products.csv``), a line's label the economy; *Rest of world* is a residual and *Total* the
world. Copper, cobalt, nickel and lithium are counted by their metal; graphite is natural where it
is mined and natural and synthetic where it is refined; magnet rare earths are four elements and
not the total oxide. Years before the edition's own are observed; those that it cannot have
observed are forecasts of its base case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...ontology.errors import FactError, OrepathError, RefusedError
from ...ontology.facts import Fact, Value
from .. import names
from ..base import (
    NOTHING_SAID,
    Ledger,
    LeftOut,
    Load,
    Publication,
    Reading,
    Row,
    Said,
    Survey,
    Table,
    book,
    of_the_file,
)
from ..base.numbers import Signs
from ..base.sheets import sheet_names
from ..base.stating import REPEATED
from ..industries import industry_id
from ..units import unit
from .lines import amount, derived, line, meaning, years
from .sums import noted, require_all
from .workbook import DEMAND, read_workbook

# The shares in the notes are derived, and the edition stands in the source.
_LEFT_NOTE = re.compile(
    r"\d+(?:\.\d+)? % of the published total \(derived\)|aggregate|\d{4}-\d{2} edition"
)


@dataclass(frozen=True)
class _Lines:
    """An edition whose lines were read and add up."""

    loader: Loader
    source: str
    lines: Sequence[Row]
    left: Mapping[str, int]
    doubted: Sequence[tuple[Row, FactError]] = ()
    notes: Sequence[str] = ()
    assumed: str = ""

    def facts(self, ledger: Ledger) -> Iterator[Fact]:
        """Industries and their output by year; every line is booked in ``ledger``."""
        for what, rows in self.left.items():
            ledger.leave(self.loader.declared.reason(what), rows)
        for row, fault in self.doubted:
            ledger.refuse(row, fault)
        ledger.notes += self.notes
        load = Load(self.source, self.loader.id, ledger)
        yield from book(self.lines, ledger, partial(self.loader.facts_of, load=load))


class Loader(Publication):
    """Output by year for each line of the tables."""

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """As all loaders do; the lines of each table must make up its sum."""
        (form, table), *others = self.tables(files)
        if others:
            raise OrepathError(f"{table.name} has {len(others) + 1} sheets of total supply")
        left: Counter[str] = Counter()
        doubted: list[tuple[Row, FactError]] = []
        notes: list[str] = []
        if form == "supply":
            found = read_workbook(table)
            agreed = self._agreed(found.edition, Survey(Counter({table.name: 1}), said=said))
            lines, left, source = found.lines, found.left, f"{self.id}-{agreed}"
            notes = [self._demand(found.demand)] if found.demand else []
        else:
            source = super().read(files, whole=whole, said=said).source
            rows = list(table.rows(self.declared.tables["lines"].columns, "lines"))
            doubted, sound = self._apart(rows)
            lines = list(_from_text(table, _once(sound, left)))
        try:
            lines = list(noted(lines, table.name))
        except OrepathError as error:
            if doubted:
                raise of_the_file(*doubted[0]) from error
            raise
        if whole and source in self.declared.described():
            require_all(lines, table.name)
        return _Lines(self, source, lines, left, doubted, notes)

    def _demand(self, sheets: Sequence[str]) -> str:
        """What to tell the user of sheets that are not read."""
        named = ", ".join(map(repr, sheets))
        return f"Not read: {named}. {self.declared.reason('sheets of demand')}."

    def _apart(self, rows: Sequence[Row]) -> tuple[list[tuple[Row, FactError]], list[Row]]:
        """The rows with a cell that cannot stand there, each with its fault, and the others."""
        doubted: list[tuple[Row, FactError]] = []
        sound = []
        for row in rows:
            try:
                self.require_shapes(row, self.declared.tables["lines"].shaped)
                sound.append(row)
            except FactError as fault:
                doubted.append((row, fault))
        return doubted, sound

    def tables_in(self, path: Path) -> list[tuple[str, Table]]:
        """As all loaders do; raises ``RefusedError`` for a workbook that has demand only."""
        workbook = Table(path, self.declared.what).is_sheet
        held = list(sheet_names(path)) if workbook else []
        supply = self.declared.tables["supply"].sheet
        demand = [sheet for sheet in held if DEMAND.search(sheet)]
        if demand and not any(re.fullmatch(supply, sheet) for sheet in held):
            raise RefusedError(
                f"{path.name} is a workbook of {self.declared.what} with demand only"
                f" ({', '.join(map(repr, demand[:3]))}), as the edition of 2023 is; demand is not"
                f" read: {self.declared.reason('sheets of demand')}",
                "Supply is in the editions since 2024, in a sheet 'Total supply for key minerals'.",
            )
        return super().tables_in(path)

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """An observation for each year that has a figure, of the industry of a line."""
        if derived(row):
            raise LeftOut(self.declared.reason("shares of the three largest"))
        said = meaning(row)
        economy = load.at("label", names.economy, row["label"], self.id)
        measured = load.at("unit", unit, row["unit"], self.id)
        amounts: dict[str, float] = {}
        faults: list[FactError] = []
        for year in years(row):
            try:
                amounts[year] = amount(row, year)
            except FactError as fault:
                faults.append(fault)
        for year in amounts:
            load.claim((industry_id(economy, said["product"]), year), None, row, "label")
        load.ledger.refuse_cells(row, faults, used=bool(amounts))
        for year, figure in amounts.items():
            ahead = year >= load.source.removeprefix(f"{self.id}-")
            case = f"Projection, {row['case']}." if ahead else ""
            values: dict[str, Value] = {
                "measure": "production",
                "period": year,
                "amount": measured.convert(figure),
                "unit": measured.base,
                "basis": said["basis"],
                "basis_note": said["basis_note"],
                "status": "forecast" if ahead else "normal",
                "original_value": row[year],
                "original_unit": row["unit"],
                "verified": row["verified"] == "yes",
                "note": " ".join(part for part in (case, row["note"]) if part) or None,
            }
            yield from load.observed(row, economy, said["product"], values)


def _from_text(table: Table, rows: Sequence[Row]) -> Iterator[Row]:
    """The lines of an edition that are a CSV file; they are all of one edition."""
    if len(found := {row["note"][:4] for row in rows}) != 1:
        raise OrepathError(
            f"{table.name} holds lines of {len(found)} editions", "Load one edition at a time."
        )
    signs = _signs(rows[0])
    for row in rows:
        parts = [part.strip() for part in row["note"].split(";")]
        kept = [part for part in parts if not _LEFT_NOTE.fullmatch(part)]
        cells = {
            "heading": row["product"],
            "label": row["country"],
            "unit": row["unit_or_pct"],
            "case": "base case",
            "note": "; ".join([*kept, f"Read in: {row['source_title']}."]),
            "verified": "yes" if row["confidence"] == "S" else "",
        }
        figures = {int(row["reference_period"]): row["value"]}
        yield line(row.file, row.line, cells, figures, signs)


def _once(rows: Sequence[Row], left: Counter[str]) -> list[Row]:
    """The rows without those that repeat another word by word, which are counted."""
    found = {tuple(row.cells.items()): row for row in reversed(rows)}
    if repeated := len(rows) - len(found):
        left[REPEATED] += repeated
    return sorted(found.values(), key=lambda row: row.line)


def _signs(row: Row) -> Signs | None:
    """How the column of figures is written, whatever year a figure is of."""
    if row.signs is None:
        return None
    of = row.signs
    return Signs(lambda column: of.cells("value" if column else None), of.delimiter)
