"""What one row of the BGS World Mineral Statistics says: year, economy, unit, quantity, meaning.

The reviewed data files ``mapping/bgs_wms_*.csv`` decide what a table and a footnote mean. Each
function reads one aspect of a row and raises ``FactError`` naming the column where the row
contradicts itself; nothing here makes facts or knows of files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache

from ...ontology.errors import FactError, OrepathError
from .. import names, units
from ..tables import AGAIN, Row, read_mapping

PUBLICATION = "bgs-wms"
TITLE = "BGS World Mineral Statistics (BGS_…_production.csv)"
COLUMNS = (
    *("bgs_statistic_type_trans", "bgs_commodity_trans", "bgs_sub_commodity_trans"),
    *("country_trans", "country_iso3_code", "year", "units", "quantity"),
    *("quantity_in_book_style", "sdmx_code"),
    *("concat_figure_notes_code", "concat_figure_notes_text"),
)
_YEAR = re.compile(r"((?:19|20)\d\d)(?:-01-01(?:[ T]00:00:00(?:\.0+)?Z?)?)?")
_NOTES = re.compile(r"\s*\|\s*")
# SDMX observation status: a value, not significant, missing.
_VALUE, _SMALL, _MISSING = "A", "N", "O"
_ESTIMATE = "*"
_HALF_UNIT = 0.5
"""What BGS prints no figure for: more than nothing and less than half a unit."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a row counts: product, measure, what is weighed, and whether it is an estimate.

    Without a product the row is left out for the ``reason``.
    """

    product: str
    measure: str
    basis: str
    basis_note: str
    reason: str
    status: str = "normal"


@dataclass(frozen=True, slots=True)
class Table:
    """How much of a commodity's table the known edition has; ``until`` is its last year where BGS
    has given it up."""

    rows: int
    until: str


@dataclass(frozen=True, slots=True)
class Value:
    """A quantity in the row's own unit, or why there is none."""

    amount: float | None
    low: float | None
    high: float | None
    status: str


def footnotes(row: Row) -> list[str]:
    """The footnotes of a figure, in the publisher's order, each of which has a mark.

    Raises ``FactError`` where marks and notes do not agree: a lost note could turn an estimate
    into a figure, or a content into a weight.
    """
    notes = [note for note in _NOTES.split(row["concat_figure_notes_text"]) if note]
    marks = [mark for mark in _NOTES.split(row["concat_figure_notes_code"]) if mark]
    if len(notes) != len(marks) or (_ESTIMATE in marks) != ("Estimates." in notes):
        raise FactError(
            f"the marks {row['concat_figure_notes_code']!r} do not go with the footnotes",
            AGAIN,
            "concat_figure_notes_text",
            row["concat_figure_notes_text"],
        )
    return notes


def read_meaning(row: Row) -> Meaning:
    """What the row counts, by its table and its footnotes."""
    commodity, sub = row["bgs_commodity_trans"], row["bgs_sub_commodity_trans"]
    if row["bgs_statistic_type_trans"] != "Production":
        raise FactError(
            f"BGS has no statistic {row['bgs_statistic_type_trans']!r} that is known here",
            AGAIN,
            "bgs_statistic_type_trans",
            row["bgs_statistic_type_trans"],
        )
    known = meanings()
    meaning = known.get((commodity, sub, row["country_trans"])) or known.get((commodity, sub, ""))
    if meaning is None:
        raise FactError(
            f"nothing says which product {commodity} / {sub or '(not split)'} is",
            "Add the combination to loaders/mapping/bgs_wms_products.csv with a reason.",
            "bgs_sub_commodity_trans" if commodity in tables() else "bgs_commodity_trans",
            sub if commodity in tables() else commodity,
        )
    notes = footnotes(row)
    for line in notes_that_matter():
        if (
            line["note"] in notes
            and line["commodity"] in ("", commodity)
            and line["sub_commodity"] in ("*", sub)
        ):
            meaning = replace(
                meaning,
                product=line["product"] or meaning.product,
                measure=line["measure"] or meaning.measure,
                basis=line["basis"] or meaning.basis,
                basis_note=line["note"].rstrip(".") if line["basis"] else meaning.basis_note,
                status=line["status"] or meaning.status,
            )
    return meaning


def read_economy(row: Row) -> str:
    """The economy that the row names; its code must not say another one."""
    name, code = row["country_trans"], row["country_iso3_code"]
    try:
        economy = names.economy(name, PUBLICATION)
    except FactError as error:
        error.column = "country_trans"
        raise
    if code not in ("", economy) and (name, code) not in _odd_codes():
        raise FactError(
            f"the row names {name!r} and has the code {code!r}, which is not {economy}",
            f"{AGAIN} If BGS writes it so, say which is right in"
            " loaders/mapping/bgs_wms_codes.csv.",
            "country_iso3_code",
            code,
        )
    return economy


def read_unit(row: Row, meaning: Meaning) -> units.Unit:
    """The unit of the quantity, which must not contradict what the product is weighed by."""
    try:
        unit = units.unit(row["units"], PUBLICATION)
    except FactError as error:
        error.column = "units"
        raise
    if unit.basis not in (None, meaning.basis):
        raise FactError(
            f"the unit says {unit.basis}, but the product is known by its {meaning.basis}",
            "Mend its line in loaders/mapping/bgs_wms_products.csv.",
            "units",
            row["units"],
        )
    return unit


def read_value(row: Row, status: str) -> Value:
    """The quantity, checked against the one that BGS prints in its book."""
    text, printed, code = row["quantity"], row["quantity_in_book_style"], row["sdmx_code"]
    if code == _MISSING and not text:
        return Value(None, None, None, "not-available")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise FactError(f"{text!r} is no quantity", AGAIN, "quantity", text)
    if code == _SMALL and amount == 0:
        return Value(None, 0.0, _HALF_UNIT, "below-threshold")
    if code != _VALUE:
        raise FactError(
            f"the status {code!r} does not go with the quantity {text!r}", AGAIN, "sdmx_code", code
        )
    if not _same(printed, amount):
        raise FactError(
            f"the quantity is {text!r}, the one printed in the book {printed!r}",
            AGAIN,
            "quantity_in_book_style",
            printed,
        )
    return Value(float(amount), None, None, status)


def _same(printed: str, amount: Decimal) -> bool:
    """Whether the book prints ``amount``: with separators, or as a dash where there is none."""
    if set(printed) <= {"-"}:
        return amount == 0
    try:
        return Decimal(re.sub(r"[ ,]", "", printed)) == amount
    except InvalidOperation:
        return False


def read_year(row: Row) -> str:
    """The year of the row; raises ``OrepathError``, since no row of an export lacks one."""
    match = _YEAR.fullmatch(row["year"])
    if match is None:
        raise OrepathError(
            f"{row.place('year')}: {row['year']!r} is no year; this is not a file of {TITLE}, or"
            " its columns were shifted",
            AGAIN,
        )
    return match.group(1)


def until(commodity: str) -> str:
    """The last year of a table that BGS has given up, else nothing."""
    return tables()[commodity].until if commodity in tables() else ""


@cache
def meanings() -> Mapping[tuple[str, str, str], Meaning]:
    """What each commodity and sub-commodity means, for all countries or (third part) one."""
    return {
        (line["commodity"], line["sub_commodity"], line["country"]): Meaning(
            line["product"], line["measure"], line["basis"], line["basis_note"], line["reason"]
        )
        for line in read_mapping("bgs_wms_products")
    }


@cache
def tables() -> Mapping[str, Table]:
    """The tables of the known edition by commodity."""
    rows: Counter[str] = Counter()
    until: dict[str, str] = {}
    for line in read_mapping("bgs_wms_products"):
        rows[line["commodity"]] += int(line["rows"] or 0)
        until[line["commodity"]] = line["until"]
    return {commodity: Table(rows[commodity], until[commodity]) for commodity in sorted(rows)}


@cache
def notes_that_matter() -> Sequence[Mapping[str, str]]:
    """The footnotes that change what a row means; a later line overrides an earlier one."""
    return read_mapping("bgs_wms_notes")


@cache
def _odd_codes() -> frozenset[tuple[str, str]]:
    return frozenset((line["name"], line["code"]) for line in read_mapping("bgs_wms_codes"))
