"""China's exports of rare earths and magnets by partner and year, as the World Bank has them.

Values are as China reports them, free on board; weights are in whole kilograms, and those of 2016
are not carried over, since their estimates are wrong. A customs code is kept as the basket that it
is: 850511 holds all metal magnets, 284690 many compounds, and nothing here shares them out by
material. The file does not say which edition of the Harmonized System a code is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place, Value
from .. import customs, names
from ..industries import industry_id
from ..protocol import Ledger
from ..tables import Row
from ..units import unit
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_id,
    document_of,
    industry_of,
    parts,
    read_rows,
    verified,
)

SOURCE = "orepath-china-exports"
COLUMNS = {
    "china_rare_earth_exports": (
        *("reporter", "partner", "year", "hs6", "value_usd", "quantity_kg", "note"),
        *DOCUMENT_COLUMNS,
    )
}
NOMENCLATURE = "hs2022"
EDITION_NOTE = (
    "The source does not say of which edition of the Harmonized System the code is; it has held"
    " the same goods since 1992."
)
SMALL_NOTE = "Printed as 0: less than half of one unit, or not recorded."

_WHOLE = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-china-exports``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Flows, the industries that they come from, and the documents."""
    file = parts(files, COLUMNS)["china_rare_earth_exports"]
    seen: dict[tuple[str, str, int, str], Place] = {}
    columns = COLUMNS["china_rare_earth_exports"]
    yield from distinct(read_rows(file, columns, ledger, lambda row: flow(row, seen)))


def flow(row: Row, seen: dict[tuple[str, str, int, str], Place]) -> Iterator[Fact]:
    """The flow of a row; ``seen`` holds the keys of the rows before and where they stand."""
    exporter, importer = _economy(row, "reporter"), _economy(row, "partner")
    code = _code(row)
    year = _year(row)
    industry, document = industry_id(exporter, code.id), document_id(row)
    key = (industry, importer, year, document)
    if key in seen:
        raise Unreadable(
            row.place("partner"),
            row["partner"],
            f"{seen[key]} states the same flow already",
            "Keep one of the two rows.",
        )
    value, kilograms = _number(row, "value_usd"), _number(row, "quantity_kg")
    if value is None:
        raise Unreadable(row.place("value_usd"), "", "there is no value", "Mend the cell.")
    mass, status, notes = _weight(row, value, kilograms)
    seen[key] = row.place()
    yield document_of(row)
    yield from names.aggregate_fact(importer, row.place())
    yield from industry_of(exporter, code.id, row.place())
    values: dict[str, Value] = {
        "exporter": industry,
        "importer": importer,
        "source": document,
        "year": year,
        "reporter_side": "exporter",
        "value": float(value),
        "currency": "USD",
        "mass": mass,
        "valuation": "FOB",
        "status": status,
        "file": row.file,
        "line": row.line,
        "verified": verified(row),
        "note": " ".join([*notes, EDITION_NOTE]),
    }
    yield Fact("TradeFlow", values, row.place())


def _weight(row: Row, value: int, kilograms: int | None) -> tuple[float | None, str, list[str]]:
    """Tonnes, the status of the figures and what there is to say: nothing weighs nothing."""
    notes = [f"{row['note'][0].upper()}{row['note'][1:]}."] if row["note"] else []
    if kilograms is None:
        return None, "not-available" if row["note"] else "not-stated", notes
    if value and not kilograms:
        return None, "below-threshold", [*notes, f"Weight: {SMALL_NOTE}"]
    status = "normal" if value else "below-threshold"
    if not value:
        notes.append(f"Value: {SMALL_NOTE}")
    return unit("kg", SOURCE).convert(kilograms), status, notes


def _economy(row: Row, column: str) -> str:
    try:
        return names.economy(row[column], SOURCE)
    except FactError as error:
        raise Unreadable(
            row.place(column), row[column], error.message, error.hint or "Mend the cell."
        ) from error


def _code(row: Row) -> customs.CustomsCode:
    found = customs.known().get(f"{NOMENCLATURE}/{row['hs6']}")
    if found is None:
        raise Unreadable(
            row.place("hs6"),
            row["hs6"],
            f"the vocabularies have no customs code {NOMENCLATURE}/{row['hs6']}",
            "Add it to ontology/vocabulary/trade-codes-hs.ttl.",
        )
    return found


def _year(row: Row) -> int:
    if not _YEAR.fullmatch(row["year"]):
        raise Unreadable(row.place("year"), row["year"], "it is no year", "Write, say, 2024.")
    return int(row["year"])


def _number(row: Row, column: str) -> int | None:
    """A whole number, or nothing for an empty cell."""
    if not row[column]:
        return None
    if not _WHOLE.fullmatch(row[column]):
        raise Unreadable(
            row.place(column), row[column], "it is no whole number", "Write digits only."
        )
    return int(row[column])
