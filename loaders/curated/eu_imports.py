"""Where the EU's imports came from in 2024, by customs code; headline producers of its study.

Two kinds of row, told apart by ``scope``. An import share is of the value of extra-EU imports
under one line of the Combined Nomenclature: it says nothing of what the EU makes itself, and is
kept at the customs line and not at a product. Its euros are a flow beside it. A headline producer
is the study's printed share of world supply at the stage that decided the supply risk; which
product that is, is in ``mapping/eu_import_products.csv``. Partners that are no country are
residuals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Value
from .. import customs, names
from ..industries import industry_id
from ..protocol import Ledger
from ..tables import Row
from .figures import figure
from .reading import (
    DOCUMENT_COLUMNS,
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
)

SOURCE = "orepath-eu-imports"
COLUMNS = {
    "eu_import_and_top_producer_shares": (
        *("material_id", "material_label", "stage", "scope", "country", "iso3", "share_pct"),
        *("value", "unit", "reference_period", "basis", "flag"),
        *DOCUMENT_COLUMNS,
    )
}
MARKET = "EU27"
PARTNERS = "eurostat-comext"
SCOPES = ("eu_imports_value", "global_supply_top_producer")
HUNDRED = Decimal(100)

_LINE = re.compile(r"\(CN (?P<code>[\d ]+)\)$")
_PERIOD = re.compile(r"(?:average )?(?P<period>\d{4}(?:-\d{4})?)")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-eu-imports``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Shares, flows, observations, and the documents."""
    file = parts(files, COLUMNS)["eu_import_and_top_producer_shares"]
    columns = COLUMNS["eu_import_and_top_producer_shares"]
    yield from distinct(read_rows(file, columns, ledger, read))


def read(row: Row) -> Iterator[Fact]:
    """What a row becomes, by its scope."""
    yield document_of(row)
    if row["scope"] == SCOPES[0]:
        yield from imported(row)
    elif row["scope"] == SCOPES[1]:
        yield from produced(row)
    else:
        raise Unreadable(
            row.place("scope"), row["scope"], f"it is none of {', '.join(SCOPES)}", "Mend the cell."
        )


def imported(row: Row) -> Iterator[Fact]:
    """The share of an origin in the value of imports under a customs line, and its euros."""
    code = customs_line(row)
    economy = economy_in(row, PARTNERS)
    year = period(row)
    industry = industry_id(economy, code.id)
    shared: dict[str, Value] = {
        "source": document_id(row),
        "verified": verified(row),
        "status": "normal",
        "file": row.file,
        "line": row.line,
    }
    yield from industry_of(economy, code.id, row.place())
    share: dict[str, Value] = {
        "industry": industry,
        "market": MARKET,
        "period": year,
        "measured": True,
        "original_value": row["share_pct"],
        "note": f"Share of the value of extra-EU imports, not of supply. {row['basis']}",
        **figure(row, "share_pct").scaled(HUNDRED, ("share", "low", "high")),
        **shared,
    }
    yield Fact("SourcingShare", share, row.place())
    euros = figure(row, "value").amount
    flow: dict[str, Value] = {
        "exporter": industry,
        "importer": MARKET,
        "year": int(year),
        "value": None if euros is None else float(euros),
        "currency": "EUR",
        "valuation": "CIF",
        "reporter_side": "importer",
        "note": f"Extra-EU imports of the Union as compiled by the document. {row['basis']}",
        **shared,
    }
    yield Fact("TradeFlow", flow, row.place())


def produced(row: Row) -> Iterator[Fact]:
    """The printed world share of the largest producer."""
    line = look_up(
        "eu_import_products",
        {"material_id": row["material_id"], "stage": row["stage"]},
        row.place("material_id"),
    )
    product = identify("Product", line["product"], row.place("material_id"))
    economy = economy_in(row, "eu-crm")
    yield from industry_of(economy, product, row.place())
    values: dict[str, Value] = {
        "industry": industry_id(economy, product),
        "source": document_id(row),
        "measure": "share-of-supply",
        "period": period(row),
        "unit": "percent",
        "basis": "not-applicable",
        "status": "normal",
        "original_value": row["share_pct"],
        "original_unit": row["unit"],
        "file": row.file,
        "line": row.line,
        "verified": verified(row),
        "note": "; ".join(
            part
            for part in (row["basis"], f"named there: {row['material_label']}", line["note"])
            if part
        ),
        **figure(row, "share_pct").scaled(Decimal(1), ("amount", "low", "high")),
    }
    yield Fact("IndustryObservation", values, row.place())


def customs_line(row: Row) -> customs.CustomsCode:
    """The line of the Combined Nomenclature of the row's year that its label ends with."""
    match = _LINE.search(row["material_label"])
    key = f"cn{period(row)}/{match['code'].replace(' ', '')}" if match else ""
    if key not in customs.known():
        raise Unreadable(
            row.place("material_label"),
            row["material_label"],
            f"the vocabularies have no customs line {key!r}"
            if match
            else "it ends with no CN code",
            "Add the line to ontology/vocabulary/trade-codes-cn-imports.ttl.",
        )
    return customs.known()[key]


def economy_in(row: Row, publication: str) -> str:
    """The economy of a row by its ISO code, and by the partner's code where it has none."""
    column = "iso3" if row["iso3"] else "country"
    try:
        return names.economy(row[column], publication)
    except FactError as error:
        raise Unreadable(
            row.place(column), row[column], error.message, error.hint or "Mend the cell."
        ) from error


def period(row: Row) -> str:
    """The year or span of years of a row."""
    match = _PERIOD.fullmatch(row["reference_period"])
    if match is None:
        raise Unreadable(
            row.place("reference_period"),
            row["reference_period"],
            "it is no year or average of years",
            "Write 2024 or average 2016-2020.",
        )
    return match["period"]
