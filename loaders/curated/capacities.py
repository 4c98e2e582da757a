"""Capacities: what plants can make, what countries have to spare, and production quotas.

A plant is a ``Project`` and its capacity a figure of the plant, never of its country; what is
announced, planned or halted is a forecast, and a plant without a published number says so. The
national capacities of the USGS are facts of that publisher's own file; of its rows here only the
spare capacity becomes a fact, which no publisher states: capacity less output, as the row gives
it. Product, measure and basis of each row are in ``mapping/capacities.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Value
from .. import names
from ..documents import slug
from ..industries import industry_id
from ..protocol import Ledger
from ..tables import Row
from .figures import Figure, at_least, figure, measured_in
from .reading import (
    DOCUMENT_COLUMNS,
    LeaveOut,
    Unreadable,
    distinct,
    document_id,
    document_of,
    identify,
    industry_of,
    look_up,
    parts,
    read_rows,
    verified,
    words,
)

SOURCE = "orepath-capacities"
COLUMNS = {
    "capacity": (
        *("material_id", "stage", "country", "project", "value", "unit", "year", "status"),
        *("note", *DOCUMENT_COLUMNS),
    )
}
USGS = "usgs-mcs"
LISTED = "crma/"

_YEAR = re.compile(r"\d{4}")
_SPARE = re.compile(r"spare capacity (-?\d+(?:\.\d+)?) \(derived\)")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-capacities``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Plants with their capacity, spare capacities and quotas of countries, and the documents."""
    file = parts(files, COLUMNS)["capacity"]
    yield from distinct(read_rows(file, COLUMNS["capacity"], ledger, capacity))


def capacity(row: Row) -> Iterator[Fact]:
    """What a row says of a plant or of a country's industry."""
    keys = {name: row[name] for name in ("material_id", "stage", "project")}
    line = look_up("capacities", keys, row.place("project"))
    if line["kind"] == "facility":
        yield from plant(row, line)
    else:
        yield from national(row, line)


def national(row: Row, line: Mapping[str, str]) -> Iterator[Fact]:
    """Spare capacity, quota or output of a country; the residual and the world are aggregates."""
    place = row.place()
    economy = economy_of(row, USGS if line["kind"] == "spare" else "orepath")
    product = identify("Product", line["product"], row.place("material_id"))
    words_of_unit = row["unit"] if line["kind"] == "spare" else line["unit"]
    unit = measured_in(row, words_of_unit, "unit")
    found = spare(row) if line["kind"] == "spare" else figure(row, "value")
    values: dict[str, Value] = {
        "industry": industry_id(economy, product),
        **reported(row, line, found),
        **found.values(unit, ("amount", "low", "high")),
        "unit": unit.base,
    }
    yield document_of(row)
    yield from industry_of(economy, product, place)
    yield Fact("IndustryObservation", values, place)


def spare(row: Row) -> Figure:
    """The spare capacity that the note gives; raises ``LeaveOut`` where there is none to tell."""
    match = _SPARE.search(row["note"])
    if match is None:
        raise LeaveOut("capacity as in usgs-mcs-2026, and no output to take from it")
    amount = Decimal(match[1])
    if amount < 0:
        raise LeaveOut("capacity as in usgs-mcs-2026, and rounded below the output")
    return Figure(amount, None, None)


def plant(row: Row, line: Mapping[str, str]) -> Iterator[Fact]:
    """A plant, where it is, what it makes, and the number that the row gives of it."""
    place = row.place()
    identifier = line["id"] or f"plant/{slug(row['project'])}"
    node: dict[str, Value] = {"id": identifier, "name": line["name"] or row["project"]}
    if not identifier.startswith(LISTED):
        # A strategic project is described by the list that it stands on.
        node |= {"status": row["status"], "verified": verified(row)}
    yield Fact("Project", node, place)
    yield document_of(row)
    ends: dict[str, Value] = {"start": f"Project:{identifier}", "end": document_id(row)}
    yield Fact("documented_by", ends, place)
    yield Fact("located_in", {"start": identifier, "end": economy_of(row, "orepath")}, place)
    for text in words(line["product"]):
        product = identify("Product", text, row.place("material_id"))
        if line["measure"] != "intake-capacity":
            yield Fact("project_makes", {"start": identifier, "end": product}, place)
        values: dict[str, Value] = {
            "project": identifier,
            "product": product,
            "part": line["part"],
            **reported(row, line, None),
        }
        if line["unit"]:
            found = figure(row, "value")
            unit = measured_in(row, line["unit"], "unit")
            if line["bound"] == "at-most":
                found = Figure(None, None, found.amount, found.unit)
            elif line["bound"] == "at-least":
                found = at_least(found)
            values |= {**found.values(unit, ("amount", "low", "high")), "unit": unit.base}
        elif row["value"]:
            raise Unreadable(
                row.place("value"),
                row["value"],
                "mapping/capacities.csv was written for a row without a number",
                "Review that line of mapping/capacities.csv.",
            )
        yield Fact("FacilityObservation", values, place)


def reported(row: Row, line: Mapping[str, str], found: Figure | None) -> dict[str, Value]:
    """What every observation of a row says beside its number.

    The original value of a spare capacity is that number, and not the capacity beside it.
    """
    derived = line["kind"] == "spare" and found is not None
    values: dict[str, Value] = {
        "source": document_id(row),
        "measure": line["measure"],
        "period": period(row),
        "basis": line["basis"],
        "basis_note": line["basis_note"] or None,
        "status": line["status"],
        "original_value": str(found.amount) if derived and found else row["value"] or None,
        "original_unit": row["unit"] or None,
        "file": row.file,
        "line": row.line,
        "verified": verified(row),
        "note": noted(row, line["reason"]),
    }
    return {name: value for name, value in values.items() if value is not None}


def period(row: Row) -> str:
    """The first year that a row names; without one, the year of its document."""
    match = _YEAR.search(row["year"]) or _YEAR.search(row["source_date"])
    if match is None:
        raise Unreadable(row.place("year"), row["year"], "it names no year", "Write the year.")
    return match.group()


def economy_of(row: Row, publication: str) -> str:
    """Id of the row's country, or of the aggregate that the publication means by it."""
    try:
        return names.economy(row["country"], publication)
    except FactError as error:
        raise Unreadable(
            row.place("country"), row["country"], error.message, error.hint or "Mend the cell."
        ) from error


def noted(row: Row, reason: str) -> str:
    """The row's words for plant, number, year and state, and what was made of them."""
    stated = " ".join(part for part in (row["value"], row["unit"]) if part) or "no number"
    since = row["year"] or f"no year, so the document's ({row['source_date']})"
    given = [
        f"In the source: {row['project']}, {stated}, {since}, {row['status']}",
        row["note"],
        reason,
    ]
    return ". ".join(text.rstrip(".") for text in given if text) + "."
