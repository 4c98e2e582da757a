"""Figures of a facility as the sheets of the FINEPRINT compilation have them.

A row has a name, a unit, a value, sometimes an amount sold, and the share of the output that the
reporting company counts. Where that share is not the whole, the value is scaled to the whole as
the compilers do, marked as an estimate, and the value as reported is kept. This module reads one
row; which facility it belongs to is the loader's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ...ontology.errors import FactError
from ...ontology.facts import Value
from .. import units
from ..base import LeftOut, Row, keyed, read_mapping

PARTS = {
    "minerals_ores_conce": ("kind", "name", "type_mining", "mine_processing"),
    "commodities": ("min_ore_con", "type_mining", "mine_processing", "name"),
    "processing": ("type_facility", "name", "feed"),
}
"""The sheets of figures, and the columns that tell figures of one product and year apart."""

_FEED = {"yes": "of purchased feed", "no": "of own feed"}


def figures(row: Row, publication: str) -> list[dict[str, Value]]:
    """The figures of a row: what was produced, and what was sold where the row says so.

    Raises ``LeftOut`` where the row is deliberately left out, ``FactError`` naming the column
    where it cannot be understood.
    """
    meaning = _meaning(row)
    if not meaning["product"]:
        raise LeftOut(meaning["reason"])
    columns = {meaning["measure"]: "value"}
    if row["amount_sold"] and meaning["measure"] == "production":
        columns["sales"] = "amount_sold"
        if not row["value"]:
            del columns["production"]
    elif not row["value"]:
        raise LeftOut("the row has a grade, a note or a share of metal paid for, and no amount")
    return [_figure(row, meaning, *column, publication) for column in columns.items()]


def _figure(
    row: Row, meaning: Mapping[str, str], measure: str, column: str, publication: str
) -> dict[str, Value]:
    reported, share = _exact(row, column), _exact(row, "production_share") or Decimal(1)
    said = _unit(row)
    unit = units.unit(said["code"], publication)
    dry = said["basis"] == "dry-weight" and meaning["basis"] == "gross-weight"
    scaled = (
        f"Reported for a share of {row['production_share']} of the output and scaled to the whole."
    )
    notes = [
        scaled if share != 1 else "",
        f"Year {row['reporting_period']}." if row["reporting_period"] else "",
        row["comment"],
        f"Report: {row['source']}",
    ]
    return {
        "product": meaning["product"],
        "measure": measure,
        "period": row["year"],
        "part": _part(row),
        "amount": unit.convert(float(reported / share)),
        "unit": unit.base,
        "basis": "dry-weight" if dry else meaning["basis"],
        "basis_note": meaning["basis_note"],
        "status": _status(row, "normal" if share == 1 else "estimated"),
        "original_value": row[column],
        "original_unit": row["unit"],
        "note": " ".join(note for note in notes if note),
    }


def _meaning(row: Row) -> Mapping[str, str]:
    kind, name = row.cells.get("kind", ""), row["name"]
    products = keyed("fineprint_mines/products", "sheet", "kind", "name", fold=str.casefold)
    meaning = products.get((row.table, kind.casefold(), name.casefold()))
    if meaning is None:
        raise FactError(
            f"nothing says which product {name!r} is" + (f" as {kind!r}" if kind else ""),
            "Add it to fineprint_mines/products.csv with a reason.",
            "name",
            name,
        )
    return meaning


def _part(row: Row) -> str:
    """What tells a figure from others of the same product and year; ``all`` where nothing does."""
    words = [_FEED.get(row[column], row[column]).casefold() for column in PARTS[row.table]]
    return "; ".join(dict.fromkeys(word for word in words if word)) or "all"


def _unit(row: Row) -> Mapping[str, str]:
    """What the unit of a row means: its code, and a basis where it says that the weight is dry."""
    if not row["unit"]:
        raise LeftOut("an amount without a unit is no amount")
    known = keyed("fineprint_mines/units", "unit", fold=str.casefold)
    if found := known.get((row["unit"].casefold(),)):
        return found
    raise row.fault(
        "unit",
        f"the unit {row['unit']!r} is not known",
        "Add it to fineprint_mines/units.csv with a reason.",
    )


def _status(row: Row, status: str) -> str:
    """The status that the comment of a row gives it, else ``status``."""
    for line in read_mapping("fineprint_mines/comments") if row["comment"] else ():
        if line["words"].casefold() in row["comment"].casefold():
            if line["status"] == "leave":
                raise LeftOut(line["reason"])
            status = line["status"]
    return status


def _exact(row: Row, column: str) -> Decimal:
    """The number in a cell as it is printed, zero for an empty one."""
    row.number(column)
    return Decimal(row[column] or 0)
