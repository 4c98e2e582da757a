"""What the lines of the IEA's demand sheets state: who takes how much of what, in which scenario.

The workbook states many figures two or three times: a mineral's table, the table of a technology,
and the one by mineral. They are one fact; where they differ by more than rounding, it is refused
in each place, since nothing says which is right. A sum that its lines do not make up is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Value
from .. import names
from ..base import LeftOut, Load, Row, keyed
from ..units import unit
from .demand_sheet import BASE_YEAR, MATERIALS, unknown_use, use
from .lines import amount, years

BASE_CASE = "base case"
WORLD = "World"

# Figures have six digits, those of other sheets at times fewer.
_ROUNDING = 0.005
_TOTAL = "total "

Key = tuple[str, str, str, str]
Cell = tuple[str, int, str]


@dataclass(frozen=True)
class _Meaning:
    """What a line states: the lines of ``materials.csv`` and ``uses.csv``, and its case."""

    material: Mapping[str, str]
    use: Mapping[str, str]
    case: str

    def key(self, column: str) -> Key:
        """What a figure is of, whichever sheet states it."""
        return self.material["used"], self.use["user"], self.case, column


class Demand:
    """The lines of demand of a workbook, whose figures are compared before any becomes a fact.

    ``reason`` gives what the declaration says of lines that are left out.
    """

    def __init__(self, lines: Sequence[Row], reason: Callable[[str], str]) -> None:
        self._reason = reason
        self._unsummed = _unsummed(lines)
        self._said: dict[Key, list[tuple[float, Row]]] = {}
        for row in lines:
            try:
                meaning = self._meaning(row)
            except (FactError, LeftOut):
                continue
            for column in years(row):
                if _cell(row, column) in self._unsummed or (figure := _amount(row, column)) is None:
                    continue
                self._said.setdefault(meaning.key(column), []).append((figure, row))

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """A demand for each figure of a line that no line before states."""
        faults = [f for c in years(row) if (f := self._unsummed.get(_cell(row, c)))]
        try:
            meaning = self._meaning(row)
        except LeftOut:
            load.ledger.refuse_cells(row, faults, used=True)
            raise
        measured = load.at("unit", unit, row["unit"], load.publication)
        figures: dict[str, float] = {}
        for column in years(row):
            if _cell(row, column) in self._unsummed:
                continue
            try:
                figure = amount(row, column)
                if self._first(row, column, meaning, figure):
                    figures[column] = figure
            except FactError as fault:
                faults.append(fault)
        if not figures and not faults:
            raise LeftOut(self._reason("figures that another sheet states"))
        load.ledger.refuse_cells(row, faults, used=bool(figures))
        label = meaning.use["label"]
        if label:
            node = {"id": meaning.use["user"].partition(":")[2], "name": label}
            yield from load.once([Fact("Application", node, row.place())])
        edition = load.source.removeprefix(f"{load.publication}-")
        for column, figure in figures.items():
            scenario, _, year = column.rpartition(" ")
            values: dict[str, Value] = {
                "used": meaning.material["used"],
                "user": meaning.use["user"],
                "region": WORLD,
                "scenario": scenario,
                "scenario_case": meaning.case,
                "year": int(year),
                "amount": measured.convert(figure),
                "unit": measured.base,
                "aggregate": meaning.use["aggregate"] == "yes",
                "basis": meaning.material["basis"],
                "basis_note": meaning.material["basis_note"] or None,
                "status": "normal" if scenario == BASE_YEAR and year < edition else "forecast",
                "original_value": row[column],
                "original_unit": row["unit"],
                **load.read(row),
            }
            yield Fact("Demand", values, row.place())

    def _first(self, row: Row, column: str, meaning: _Meaning, here: float) -> bool:
        """Whether a figure is the first of its kind; raises ``FactError`` where others differ."""
        said = self._said[meaning.key(column)]
        for figure, other in said:
            if not math.isclose(figure, here, rel_tol=_ROUNDING):
                raise row.fault(
                    column,
                    f"{row[column]} here, and {other[column]} in {other.place()}",
                    "Compare the sheets with the publisher's workbook, and mend the wrong one.",
                )
        return said[0][1] is row

    def _meaning(self, row: Row) -> _Meaning:
        """What a line is of; raises ``FactError`` at the cell that is not known, ``LeftOut`` for
        shares and for sums over materials."""
        label = names.fold(row["label"])
        if label.startswith("share of "):
            raise LeftOut(self._reason("shares in demand"))
        whole = label.removeprefix(_TOTAL)
        if row["lines"] == MATERIALS:
            of_use = use(row["subject"]) or {}
            if _sums(row):
                raise LeftOut(self._reason("sums over materials"))
            case = row["heading"]
            if names.fold(case) in ("", BASE_CASE):
                case = BASE_CASE
            return _Meaning(_material(row, "label", whole), of_use, case)
        material = _material(row, "heading", row["heading"])
        name = row["subject"] if whole != label and whole == names.fold(row["heading"]) else whole
        if (known := use(name)) is None:
            raise unknown_use(row, "label", row["label"])
        return _Meaning(material, known, BASE_CASE)


def _material(row: Row, column: str, name: str) -> Mapping[str, str]:
    """The line of ``materials.csv``, or one for a material of the vocabulary."""
    if found := keyed("iea_cmd/materials", "name", fold=names.fold).get((names.fold(name),)):
        return found
    try:
        identity = names.material(name)
    except FactError as error:
        raise FactError(error.message, error.hint, column, row[column]) from error
    return {"used": f"Material:{identity}", "basis": "not-stated", "basis_note": ""}


def _sums(row: Row) -> bool:
    """Whether a line adds up those above it; a total of rare earths among metals does not."""
    label = names.fold(row["label"])
    if not f"{label} ".startswith(_TOTAL):
        return False
    if row["lines"] != MATERIALS:
        return True
    try:
        _material(row, "label", label.removeprefix(_TOTAL))
    except FactError:
        return True
    return False


def _unsummed(lines: Sequence[Row]) -> dict[Cell, FactError]:
    """The figures of sums that the lines above them in their block do not make up."""
    found: dict[Cell, FactError] = {}
    blocks: dict[tuple[str, str], list[Row]] = {}
    for row in lines:
        blocks.setdefault((row.file, row["block"]), []).append(row)
    for rows in blocks.values():
        for column in dict.fromkeys(column for row in rows for column in years(row)):
            for row, made in _checked(rows, column):
                what = f"the lines of {row['heading'] or row['subject']!r} make {made:g}, not"
                what += f" {row[column]}; a line is lost or a figure changed"
                found[_cell(row, column)] = row.fault(column, what)
    return found


def _checked(rows: Sequence[Row], column: str) -> Iterator[tuple[Row, float]]:
    """The sums in a column that are not made up by their lines, with what these make; a sum may
    stand for its lines in a later one. Nothing where a line cannot be read."""
    parts = since = 0.0
    for row in rows:
        label = names.fold(row["label"])
        if label.startswith("share of "):
            continue
        if column not in row.cells:
            continue
        figure = _amount(row, column)
        if _sums(row):
            if figure is not None and not any(
                math.isclose(made, figure, rel_tol=_ROUNDING) for made in (parts, since)
            ):
                yield row, parts
            since = figure if figure is not None else parts
        elif not label.startswith(_TOTAL):
            if figure is None:
                return
            parts += figure
            since += figure


def _amount(row: Row, column: str) -> float | None:
    """A figure, or nothing where it is none; the line is refused there with the reason."""
    try:
        return amount(row, column)
    except FactError:
        return None


def _cell(row: Row, column: str) -> Cell:
    return row.file, row.line, column
