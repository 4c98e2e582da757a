"""Who makes the components: shares and tonnes of magnets, rare-earth metal, cells, photovoltaics.

Documents contradict each other, and each is kept: a row is an observation in its own document.
What a row's product, measure and number mean is in ``mapping/component_shares.csv``; the number
of a part (one company, some months, sintered magnets only) is a lower bound of the whole. Shares
of capacity and of demand are no shares of output and have measures of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...ontology.facts import Fact, Value
from ..industries import industry_id
from ..protocol import Ledger
from ..tables import Row
from .figures import at_least, figure, hedged, measured_in
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_id,
    document_of,
    economy_of,
    identify,
    industry_of,
    look_up,
    parts,
    read_rows,
    verified,
)

SOURCE = "orepath-components"
COLUMNS = {
    "component_shares": (
        *("material_id", "product", "stage", "country", "value", "unit_or_pct"),
        *("reference_period", "measure", "note"),
        *DOCUMENT_COLUMNS,
    )
}
PERCENT = "percent"

_YEAR = re.compile(r"\d{4}")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-components``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Industries, what each document says of them, and the documents."""
    file = parts(files, COLUMNS)["component_shares"]
    yield from distinct(read_rows(file, COLUMNS["component_shares"], ledger, share))


def share(row: Row) -> Iterator[Fact]:
    """What a row says of a country's industry."""
    keys = {
        "material_id": row["material_id"],
        "product": row["product"],
        "source_measure": row["measure"],
    }
    line = look_up("component_shares", keys, row.place("product"))
    economy = economy_of(row, "country")
    product = identify("Product", line["product_id"], row.place("product"))
    found = figure(row, "value")
    words = found.unit or row["unit_or_pct"]
    unit = measured_in(row, words, "unit_or_pct")
    if line["number"] == "at-least":
        found = at_least(found)
    values: dict[str, Value] = {
        "industry": industry_id(economy, product),
        "source": document_id(row),
        "measure": line["measure"],
        "period": year(row),
        "unit": unit.base,
        "basis": "not-applicable" if unit.base == PERCENT else unit.basis or "not-stated",
        "status": hedged(row, ("note",)) or line["status"],
        "original_value": row["value"],
        "original_unit": words,
        "file": row.file,
        "line": row.line,
        "verified": verified(row),
        "note": note(row, line["reason"]),
        **found.values(unit, ("amount", "low", "high")),
    }
    yield document_of(row)
    yield from industry_of(economy, product, row.place())
    yield Fact("IndustryObservation", values, row.place())


def year(row: Row) -> str:
    """The year of a row; a part of a year stands under its year, and the note says so."""
    match = _YEAR.match(row["reference_period"])
    if match is None:
        raise Unreadable(
            row.place("reference_period"),
            row["reference_period"],
            "it begins with no year",
            "Write the year.",
        )
    return match.group()


def note(row: Row, reason: str) -> str:
    """The source's words for product, measure and period, and what was made of them."""
    given = [
        f"In the source: {row['product']}, {row['measure']}, {row['reference_period']}",
        row["note"],
        reason,
    ]
    return ". ".join(text.rstrip(".") for text in given if text) + "."
