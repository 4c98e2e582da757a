"""Figures of a facility as the sheets of the FINEPRINT compilation have them.

A row has a name, a unit, a value, sometimes an amount sold, and the share of the output that the
reporting company counts. Where that share is not the whole, the value is scaled to the whole as
the compilers do, marked as an estimate, and the value as reported is kept. This module reads one
row; which facility it belongs to is the loader's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from ...ontology.errors import FactError
from .. import units
from ..tables import AGAIN, Row, read_mapping
from .fineprint_files import PUBLICATION


class Skipped(Exception):  # noqa: N818 - it is no error: the row is left out on purpose
    """A row is deliberately not loaded; the text says why."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of a sheet hold name, kind, unit and value, and which tell parts apart."""

    name: str
    kind: str
    unit: str
    value: str
    parts: Sequence[str]


FIGURES: Mapping[str, Layout] = {
    "minerals_ores_conce": Layout(
        "min_ore_con",
        "type_mineral",
        "unit",
        "value",
        ("type_mineral", "min_ore_con", "type_mining", "mine_processing"),
    ),
    "commodities": Layout(
        "commodity",
        "",
        "unit",
        "value",
        ("min_ore_con", "type_mining", "mine_processing", "commodity"),
    ),
    "processing": Layout(
        "process_output",
        "",
        "process_output_unit",
        "process_output_value",
        ("type_facility", "process_output", "mine_site_processing_incl_purchased"),
    ),
}
_PURCHASED = {"yes": "of purchased feed", "no": "of own feed"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a facility: amount in ``unit``, or none where the status says why."""

    row: Row
    product: str
    measure: str
    period: str
    part: str
    amount: float
    unit: str
    basis: str
    basis_note: str
    status: str
    original_value: str
    original_unit: str
    note: str


@dataclass(frozen=True, slots=True)
class _Meaning:
    product: str
    measure: str
    basis: str
    basis_note: str
    reason: str


def figures(row: Row, sheet: str) -> list[Figure]:
    """The figures of a row: what was produced, and what was sold where the row says so.

    Raises ``Skipped`` where the row is deliberately left out, ``FactError`` naming the column
    where it cannot be understood.
    """
    layout = FIGURES[sheet]
    meaning = _meaning(row, sheet, layout)
    if not meaning.product:
        raise Skipped(meaning.reason)
    amounts = {meaning.measure: row[layout.value]}
    if row["amount_sold"] and meaning.measure == "production":
        amounts["sales"] = row["amount_sold"]
        if not row[layout.value]:
            del amounts["production"]
    elif not row[layout.value]:
        raise Skipped("the row has a grade, a note or a share of metal paid for, and no amount")
    return [_figure(row, layout, meaning, measure, text) for measure, text in amounts.items()]


def _figure(row: Row, layout: Layout, meaning: _Meaning, measure: str, text: str) -> Figure:
    column = layout.value if measure == meaning.measure else "amount_sold"
    reported = _number(text, row, column)
    share = _number(row["production_share"], row, "production_share") or Decimal(1)
    if share > 1:
        raise FactError(
            f"a share of {row['production_share']} is more than the whole",
            AGAIN,
            "production_share",
            row["production_share"],
        )
    code, dry = _unit(row, layout.unit)
    unit = units.unit(code, PUBLICATION)
    amount = unit.convert(float(reported / share))
    assert amount is not None
    status = "estimated" if share != 1 else "normal"
    for line in _comments() if row["comment"] else ():
        if line["words"].casefold() in row["comment"].casefold():
            if line["status"] == "leave":
                raise Skipped(line["reason"])
            status = line["status"]
    notes = [
        f"Reported for a share of {row['production_share']} of the output and scaled to the whole."
        if share != 1
        else "",
        f"Year {row['reporting_period']}." if row["reporting_period"] else "",
        row["comment"],
        f"Report: {row['source']}",
    ]
    basis = "dry-weight" if dry and meaning.basis == "gross-weight" else meaning.basis
    return Figure(
        row,
        meaning.product,
        measure,
        row["year"],
        _part(row, layout),
        amount,
        unit.base,
        basis,
        meaning.basis_note,
        status,
        text,
        row[layout.unit],
        " ".join(note for note in notes if note),
    )


def _meaning(row: Row, sheet: str, layout: Layout) -> _Meaning:
    kind = row[layout.kind] if layout.kind else ""
    name = row[layout.name]
    meaning = _meanings().get((sheet, kind.casefold(), name.casefold()))
    if meaning is None:
        raise FactError(
            f"nothing says which product {name!r} is" + (f" as {kind!r}" if kind else ""),
            "Add it to loaders/mapping/fineprint_products.csv with a reason.",
            layout.name,
            name,
        )
    return meaning


def _part(row: Row, layout: Layout) -> str:
    """What tells a figure from others of the same product and year; ``all`` where nothing does."""
    words = [_PURCHASED.get(row[column], row[column]).casefold() for column in layout.parts]
    return "; ".join(dict.fromkeys(word for word in words if word)) or "all"


def _unit(row: Row, column: str) -> tuple[str, bool]:
    """Code of the unit that a cell means, and whether it says that the weight is dry."""
    if not row[column]:
        raise Skipped("an amount without a unit is no amount")
    line = _units().get(row[column].casefold())
    if line is None:
        raise FactError(
            f"the unit {row[column]!r} is not known",
            "Add it to loaders/mapping/fineprint_units.csv with a reason.",
            column,
            row[column],
        )
    return line["code"], line["basis"] == "dry-weight"


def _number(text: str, row: Row, column: str) -> Decimal:
    """The number in a cell, nought for an empty one."""
    try:
        number = Decimal(text or 0)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise FactError(f"{text!r} is no amount", AGAIN, column, text)
    return number


@cache
def _meanings() -> Mapping[tuple[str, str, str], _Meaning]:
    return {
        (line["sheet"], line["kind"].casefold(), line["name"].casefold()): _Meaning(
            line["product"], line["measure"], line["basis"], line["basis_note"], line["reason"]
        )
        for line in read_mapping("fineprint_products")
    }


@cache
def _units() -> Mapping[str, Mapping[str, str]]:
    return {line["unit"].casefold(): line for line in read_mapping("fineprint_units")}


@cache
def _comments() -> Sequence[Mapping[str, str]]:
    return read_mapping("fineprint_comments")
