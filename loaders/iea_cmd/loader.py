"""IEA Critical Minerals Dataset: supply of six minerals by country, and demand by scenario.

An edition is the publisher's workbook, or the base-year lines of an edition that could be had
only in a converted form, as a CSV file. A table's heading says the product and how it is weighed
(``products.csv``), a line's label the economy; *Rest of world* is a residual and *Total* the
world. Copper, cobalt, nickel and lithium are counted by their metal; graphite is natural where it
is mined and natural and synthetic where it is refined; magnet rare earths are four elements and
not the total oxide. Years before the edition's own are observed; those that it cannot have
observed are forecasts, of supply in its base case, of demand in each scenario and case. The
edition of 2023 has demand only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Value
from .. import names
from ..base import (
    AGAIN,
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
from ..base.stating import REPEATED
from ..base.survey import agreed
from ..industries import industry_id
from ..units import unit
from .demand import Demand
from .demand_sheet import DemandSheet
from .lines import amount, derived, line, meaning, years
from .sums import noted, require_all
from .workbook import Workbook, read_workbook

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
    demand: Sequence[DemandSheet] = ()
    assumed: str = ""

    def facts(self, ledger: Ledger) -> Iterator[Fact]:
        """Industries and their output by year; every line is booked in ``ledger``."""
        for what, rows in self.left.items():
            ledger.leave(self.loader.declared.reason(what), rows)
        for row, fault in self.doubted:
            ledger.refuse(row, fault)
        load = Load(self.source, self.loader.id, ledger)
        yield from book(self.lines, ledger, partial(self.loader.facts_of, load=load))
        reason = self.loader.declared.reason
        lines = [row for sheet in self.demand for row in sheet.lines]
        yield from book(lines, ledger, partial(Demand(lines, reason).facts_of, load=load))
        for sheet in self.demand:
            for what, rows in (("texts", sheet.texts), ("sheets of another layout", sheet.unread)):
                if rows:
                    ledger.leave(reason(what), rows)
            for row, fault in sheet.refused:
                ledger.refuse(row, fault)
            for row, fault in sheet.cells:
                ledger.refuse_cells(row, [fault], used=True)


class Loader(Publication):
    """Output by year for each line of supply, and demand by scenario, case and year."""

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """As all loaders do; the lines of each table must make up its sum."""
        tables = self.tables(files)
        left: Counter[str] = Counter()
        doubted: list[tuple[Row, FactError]] = []
        demand: list[DemandSheet] = []
        if tables[0][0] != "lines":
            found = self._workbook(tables)
            survey = Survey(Counter({files[0].name: 1}), said=said)
            edition = agreed(self.declared, survey, self._edition(found, files[0].name, said))
            lines, left, source = found.lines, found.left, f"{self.id}-{edition}"
            demand = found.demand
        else:
            source = super().read(files, whole=whole, said=said).source
            table = tables[0][1]
            rows = list(table.rows(self.declared.tables["lines"].columns, "lines"))
            doubted, sound = self._apart(rows)
            lines = list(_from_text(table, _once(sound, left)))
        if lines or not demand:
            lines = self._summed(lines, files[0].name, doubted)
            if whole and source in self.declared.described():
                require_all(lines, files[0].name)
        return _Lines(self, source, lines, left, doubted, demand)

    def _workbook(self, tables: Sequence[tuple[str, Table]]) -> Workbook:
        """The only workbook of the tables; raises ``OrepathError`` for two sheets of supply."""
        supply = [table for form, table in tables if form == "supply"]
        path = tables[0][1].path
        if len(supply) > 1:
            raise OrepathError(f"{path.name} has {len(supply)} sheets of total supply", AGAIN)
        demand = self.declared.tables["demand"].sheet
        found = read_workbook(path, supply[0] if supply else None, demand)
        sheets = [fault for sheet in found.demand for fault in sheet.refused]
        if not found.lines and not any(sheet.lines for sheet in found.demand):
            if sheets:
                raise of_the_file(*sheets[0])
            raise OrepathError(f"{path.name}: there is no table of supply or demand", AGAIN)
        return found

    def _edition(self, found: Workbook, file: str, said: Said) -> str:
        """The edition that the workbook names, else the one that the user says."""
        if edition := found.edition or said.edition:
            return edition
        raise OrepathError(
            f"{file} says nowhere 'IEA (year)', by which an edition is known; this may not be a"
            f" workbook of {self.declared.what}",
            "If it is one, say which by --edition YEAR.",
        )

    def _summed(
        self, lines: Sequence[Row], file: str, doubted: Sequence[tuple[Row, FactError]]
    ) -> list[Row]:
        """The lines of supply, which make up their sums; where one was refused, that is said."""
        try:
            return list(noted(lines, file))
        except OrepathError as error:
            if doubted:
                raise of_the_file(*doubted[0]) from error
            raise

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
