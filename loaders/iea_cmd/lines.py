"""A line of the IEA's supply tables: heading, label, unit, and a figure for each year.

It is a ``Row`` with the cells ``heading``, ``label``, ``unit``, ``case`` (the table's scenario),
``note``, ``verified``, and one named after each year that has a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .. import names
from ..base import Column, Row, read_mapping
from ..base.numbers import Signs

PUBLICATION = "iea-cmd"
DERIVED = ("top 3 share", "top 3 countries")

# Spreadsheets compute residuals by subtraction and keep the noise of binary fractions.
_DIGITS = 12
_FIGURE = Column(headers=(), low=0)


def line(
    file: str,
    at: int,
    cells: Mapping[str, str],
    figures: Mapping[int, str],
    signs: Signs | None = None,
) -> Row:
    """A line; ``at`` is its number in the file, ``signs`` say how that writes its figures."""
    years = {str(year): text for year, text in figures.items()}
    texts = {"note": "", "verified": "yes"}
    columns = dict.fromkeys(years, _FIGURE)
    return Row(file, at, texts | dict(cells) | years, columns=columns, signs=signs)


def years(row: Row) -> list[str]:
    """The years in which a line has a figure."""
    return list(row.columns)


def amount(row: Row, year: str) -> float:
    """A figure as printed; raises ``FactError`` where it is none, or below zero."""
    return float(f"{row.number(year):.{_DIGITS}g}")


def derived(row: Row) -> bool:
    """Whether the line repeats in percent what others say."""
    return names.fold(row["label"]) in DERIVED


def meaning(row: Row) -> Mapping[str, str]:
    """Product and basis of a line's table; raises ``FactError`` where its heading is not known."""
    if found := _products().get(names.fold(row["heading"])):
        return found
    raise row.fault(
        "heading",
        f"no product is known for the table {row['heading']!r}",
        "Say which it is in iea_cmd/products.csv, with a reason.",
    )


@cache
def _products() -> Mapping[str, Mapping[str, str]]:
    return {names.fold(line["heading"]): line for line in read_mapping("iea_cmd/products")}
