"""How the US statistics of the Mineral Commodity Summaries write what is no plain figure.

They use the marks of the world tables (``usgs_values``) and more: limits said in a footnote or in
the cell (*Less than 500 carats*), prices said in words, footnotes that take the place of a figure.
A cell that a reviewed line of ``mapping/usgs_us_readings.csv`` speaks of is read as it says. This
module knows no table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .. import names
from ..tables import read_mapping
from ..units import Unit
from .usgs_values import Value, parse_value

_LIMIT = re.compile(
    r"less than (?P<number>[\d,]+) (?P<what>carats|tons|kilograms)\b", re.IGNORECASE
)
_LIMITS = {"carats": ("ct", 1.0), "tons": ("t", 1.0), "kilograms": ("t", 0.001)}
_HALF = re.compile(r"less than (?:½|1/2|an?\s+half|one[- ]half) unit\.?", re.IGNORECASE)
_IN_WORDS = re.compile(r"variable\b.*", re.IGNORECASE)
_SAID = re.compile(r"^(?:estimated|reported)\s*\.?$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reviewed line says of one cell: the product that its row is about, or its value."""

    product: str
    value: str


def us_value(cell: str, notes: str, unit: Unit) -> Value:
    """The value of a cell with its footnotes, in the cell's own ``unit``.

    Raises ``FactError`` for a spelling that is not known.
    """
    if _HALF.fullmatch(cell):
        return parse_value("Less than ½ unit", notes)
    if cell == "s" or _LIMIT.match(cell):
        if limit := _LIMIT.search(cell) or _LIMIT.search(notes):
            return _below(limit, unit)
        if not _HALF.search(notes):
            return Value(None, None, None, "not-available", "A footnote stands for the figure.")
    return parse_value(cell, notes)


def in_words(cell: str) -> bool:
    """Whether a price is only said in words (*Variable, depending on type of product*)."""
    return _IN_WORDS.fullmatch(cell) is not None


def footnotes(notes: str) -> str | None:
    """The publisher's footnotes without what the status says already."""
    parts = (part.strip() for part in re.split(r"\s*\.?-- ?", notes))
    kept = (part for part in parts if part and not _SAID.fullmatch(part))
    return " ".join(p if p.endswith((".", "”", "!")) else f"{p}." for p in kept) or None


def fold(text: str) -> str:
    """A heading as it is compared between editions: no case, no years, hyphens of one kind.

    The publisher's conversion has left question marks where non-breaking hyphens stood.
    """
    return _YEAR.sub("year", names.fold(text).replace("?", "-").replace("\u2010", "-"))


@cache
def readings() -> Mapping[tuple[str, ...], Reading]:
    """The lines of ``mapping/usgs_us_readings.csv`` by source, chapter, detail, year and cell."""
    keys = ("source", "chapter", "detail", "year", "cell")
    return {
        tuple(fold(line[k]) if k in ("chapter", "detail") else line[k] for k in keys): Reading(
            line["product"], line["value"]
        )
        for line in read_mapping("usgs_us_readings")
    }


def _below(limit: re.Match[str], unit: Unit) -> Value:
    base, factor = _LIMITS[limit["what"].lower()]
    if base != unit.base:
        return Value(None, 0.0, None, "below-threshold")
    high = float(limit["number"].replace(",", "")) * factor / float(unit.factor)
    return Value(None, 0.0, high, "below-threshold")
