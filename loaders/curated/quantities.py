"""How much material a technology holds: kilograms a megawatt, a kilowatt-hour, a vehicle.

Each figure is a use of the material in the technology (or the narrower kind of it that the row
names), told apart by what it was counted on: the row's basis is its role, and figures of
different bases are never one. A range and a bound stay so; a quantity of nought says that the
source looked and found none. A total over many things is the use of an application, not of a
technology, and a demand "so many times today's" is a claim. What a row's unit counts is in
``mapping/quantity_units.csv``.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path

from ...ontology.facts import Fact, Value
from ..protocol import Ledger
from ..tables import Row
from .applications import application
from .claims import claim
from .figures import Figure, figure, hedged, measured_in
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_id,
    document_of,
    identify,
    look_up,
    parts,
    read_rows,
    reading,
    referred,
    verified,
    vocabulary,
)

SOURCE = "orepath-quantities"
COLUMNS = {
    "quantities": (
        *("technology_id", "parent_technology_id", "material_id", "value", "unit", "basis"),
        *("note", "low", "high", "n_values"),
        *DOCUMENT_COLUMNS,
    )
}
NAMES = ("quantity", "quantity_low", "quantity_high")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-quantities``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Uses with quantities, the wider technologies, claims, and the documents."""
    file = parts(files, COLUMNS)["quantities"]
    yield from distinct(read_rows(file, COLUMNS["quantities"], ledger, quantity))


def quantity(row: Row) -> Iterator[Fact]:
    """What a row becomes: a use with a quantity, or a claim on future demand."""
    line = look_up("quantity_units", {"unit": row["unit"]}, row.place("unit"))
    yield document_of(row)
    if line["treatment"] == "claim":
        yield from future(row, line)
        return
    user = yield from used_in(row)
    found = amounts(row)
    unit = measured_in(row, line["code"], "unit")
    zero = found.amount == 0
    values: dict[str, Value] = {
        "used": used(row),
        "user": user,
        "role": row["basis"],
        "source": document_id(row),
        "quantity_unit": unit.base,
        "basis_note": f"{row['unit']}; {row['basis']}",
        "status": hedged(row, ("basis", "note")) or "normal",
        "original_value": printed(row),
        "original_unit": row["unit"],
        "file": row.file,
        "line": row.line,
        "verified": verified(row),
        "note": note(row, line, zero),
        **found.values(unit, NAMES),
    }
    if total := reading("quantity_users", "technology_id").get((row["technology_id"],)):
        values |= {"region": total["region"], "period": total["period"]}
    yield Fact("Use", values, row.place())


def amounts(row: Row) -> Figure:
    """The central value with its range; *more than* makes the value a lower bound of it."""
    given = {name: figure(row, name).amount for name in ("value", "low", "high") if row[name]}
    found = Figure(given.get("value"), given.get("low"), given.get("high"))
    bounds = [b for b in (found.low, found.high) if b is not None]
    if not given or (len(bounds) == 2 and bounds[0] > bounds[1]):
        raise Unreadable(
            row.place("value"), printed(row), "there is no value or range", "Write one."
        )
    if found.amount is not None and (
        (found.low is not None and found.high is None) or "more than" in row["basis"]
    ):
        return Figure(None, found.amount, found.high)
    return found


def used(row: Row) -> str:
    """What is used: a material, or the magnets that the row calls one."""
    product = reading("curated_products", "text").get((row["material_id"],))
    if product:
        return referred(product["reference"], row.place("material_id"))
    return f"Material:{identify('Material', row['material_id'], row.place('material_id'))}"


def used_in(row: Row) -> Generator[Fact, None, str]:
    """The technology of a row and what it is a kind of; gives back the reference to the user."""
    place = row.place("technology_id")
    total = reading("quantity_users", "technology_id").get((row["technology_id"],))
    if total:
        yield from application(total["application"], place)
        return f"Application:{total['application']}"
    technology = identify("Technology", row["technology_id"], place)
    parent = row["parent_technology_id"]
    if parent and parent != row["technology_id"]:
        wider = identify("Technology", parent, row.place("parent_technology_id"))
        yield Fact("kind_of", {"start": technology, "end": wider}, place)
    return f"Technology:{technology}"


def future(row: Row, line: Mapping[str, str]) -> Iterator[Fact]:
    """The claim that demand will be so many times that of today."""
    place = row.place()
    technology = identify("Technology", row["technology_id"], row.place("technology_id"))
    about, what = [f"Technology:{technology}"], row["basis"]
    if row["material_id"]:
        material = identify("Material", row["material_id"], row.place("material_id"))
        about.append(f"Material:{material}")
        what = f"{vocabulary()['Material'][material]}, {what}"
    found = figure(row, "value").amount
    values: dict[str, Value] = {
        "text": f"{what}: {line['words']}{row['value']} times {line['reference']}"
        f" by {line['period']}.",
        "subject": what,
        "predicate": "demand as multiple of",
        "object": line["reference"],
        line["property"]: None if found is None else float(found),
        "unit": "multiple",
        "period": line["period"],
        "asserted_by": row["publisher"],
        "verified": verified(row),
        "publisher_verification": None if verified(row) else "the document was not read",
    }
    identity = "-".join(["demand", *(r.partition(":")[2] for r in about), line["period"]])
    yield from claim(identity, values, about, document_id(row), place)


def printed(row: Row) -> str:
    """The number as the row has it."""
    span = "–".join(row[name] or "…" for name in ("low", "high"))
    bounds = span if row["low"] or row["high"] else ""
    return f"{row['value']} ({bounds})" if row["value"] and bounds else row["value"] or bounds


def note(row: Row, line: Mapping[str, str], zero: bool) -> str | None:
    """The row's note, how many values stand behind it, and what its unit weighs."""
    given = [
        row["note"],
        f"{row['n_values']} values" if row["n_values"] not in ("", "1") else "",
        line["note"],
        "The source found none" if zero else "",
    ]
    return "; ".join(text for text in given if text) or None
