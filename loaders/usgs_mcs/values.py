"""The publisher's way of writing a number, and of writing that there is none.

A cell of the Mineral Commodity Summaries holds a figure, a bound, a range, a word (*Large*) or a
mark; the five marks for a missing number mean different things and stay different. The footnote
beside the cell decides two cases: whether a figure is estimated, and what the mark ``s`` stands
for. The US statistics write more: limits in carats or tons, footnotes in a figure's place. This
module knows the marks, not the tables they stand in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ...ontology.errors import FactError
from ..base.numbers import together
from ..units import Unit

# A figure with or without thousands separators: 900,000 · 34000 · 0.1 · .5
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_FIGURE = re.compile(rf"(?P<sign>[-−])?(?P<number>{_NUMBER})(?P<percent>\s*%)?")
_BOUND = re.compile(rf"(?P<side>[<>≥≤])\s*(?P<number>{_NUMBER})(?P<percent>\s*%)?")
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s*%)?\s*(?:-|–|—|\bto\b)\s*(?P<high>{_NUMBER})(?P<percent>\s*%)?"
)
# Superscripts lose their height when a table becomes text: "e5,000" is an estimate, "r" a
# revision, "p" a preliminary figure.
_GLUED = re.compile(r"(?P<marks>[erp]{1,2})(?=[\d.<>])")
_GLUED_STATUS = {"e": "estimated", "p": "provisional"}
# "Less than ½ unit": the publisher's own limit for what is too small to print.
HALF_UNIT = re.compile(r"less\s+than\s+(?:½|1/2|an?\s+half|one[- ]half)\s*unit\.?", re.IGNORECASE)
_INCLUDED = re.compile(r"\binclude[sd]?\s+(?:in|with)\b", re.IGNORECASE)
_ESTIMATED = re.compile(r"\s*estimated\b", re.IGNORECASE)
_ZEROS = frozenset("—–-−")
_MARKS = {
    "": ("not-stated", "The publisher left the cell blank."),
    "W": ("withheld", None),
    "NA": ("not-available", None),
    "XX": ("not-available", "Not applicable (XX)."),
}
# Words that say how much without a number, as a figure's cell or the note beside it has them.
SIZE = re.compile(
    r"(?:(?:considered to be|categorized as)\s+)?[\"“]?"
    r"(?P<size>(?:very\s+)?(?:large|small)|moderate(?:\s+to\s+large)?|trace)[\"”]?\.?",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"less than (?P<number>[\d,]+) (?P<what>carats|tons|kilograms)\b", re.IGNORECASE
)
_LIMITS = {"carats": ("ct", 1.0), "tons": ("t", 1.0), "kilograms": ("t", 0.001)}
_IN_WORDS = re.compile(r"variable\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says, in the cell's own unit.

    A figure has ``amount``; a bound has one of ``low`` and ``high``, a range both, and something
    too small to print has ``low`` 0 and, where the publisher says its limit, ``high``. ``status``
    says whether the figure is normal or estimated, or why there is none. ``note`` explains what
    the cell's mark means where the status alone does not.
    """

    amount: float | None
    low: float | None
    high: float | None
    status: str
    note: str | None = None


def parse_value(text: str, notes: str = "") -> Value:
    """Read a cell and the footnote that goes with it.

    Percentages are returned as the publisher writes them (``12`` for 12 %). Raises ``FactError``
    for a spelling that is not known, so that nothing is guessed.
    """
    cell = together(" ".join(unicodedata.normalize("NFC", text).replace("\xa0", " ").split()))
    status = "estimated" if _ESTIMATED.match(notes) else "normal"
    if glued := _GLUED.match(cell):
        marks = [_GLUED_STATUS[m] for m in glued["marks"] if m in _GLUED_STATUS]
        status = marks[0] if marks else status
        cell = cell[glued.end() :]
    if missing := _without_number(cell, notes, status):
        return missing
    if figure := _FIGURE.fullmatch(cell):
        number = _float(figure["number"])
        return Value(-number if figure["sign"] else number, None, None, status)
    if bound := _BOUND.fullmatch(cell):
        return _bound(bound, status)
    if span := _RANGE.fullmatch(cell):
        low, high = _float(span["low"]), _float(span["high"])
        if low <= high:
            return Value(None, low, high, status)
    raise FactError(
        f"{text!r} is not a figure, bound, range or mark of the Mineral Commodity Summaries",
        "Compare the cell with the publisher's file; a new mark belongs in"
        " loaders/usgs_mcs/values.py.",
        value=text,
    )


def us_value(cell: str, notes: str, unit: Unit) -> Value:
    """The value of a cell of the US statistics with its footnotes, in the cell's own ``unit``.

    Raises ``FactError`` for a spelling that is not known.
    """
    if cell == "s" or _LIMIT.match(cell):
        if limit := _LIMIT.search(cell) or _LIMIT.search(notes):
            base, factor = _LIMITS[limit["what"].lower()]
            high = _float(limit["number"]) * factor / float(unit.factor)
            return Value(None, 0.0, high if base == unit.base else None, "below-threshold")
        if not HALF_UNIT.search(notes):
            return Value(None, None, None, "not-available", "A footnote stands for the figure.")
    return parse_value(cell, notes)


def has_figure(cell: str) -> bool:
    """Whether a cell of which nobody knows what it is holds a figure, a bound or a range, and not
    a mark, a dash or words."""
    try:
        value = parse_value(cell)
    except FactError:
        return False
    return any((value.amount, value.low, value.high))


def in_words(cell: str) -> bool:
    """Whether a price is only said in words (*Variable, depending on type of product*)."""
    return _IN_WORDS.fullmatch(cell) is not None


def _without_number(cell: str, notes: str, status: str) -> Value | None:
    if cell in _ZEROS:
        return Value(0.0, None, None, status)
    if cell in _MARKS:
        return Value(None, None, None, *_MARKS[cell])
    if cell == "E":
        return Value(None, None, 0.0, status, "Net exporter.")
    if (size := SIZE.fullmatch(cell)) or _INCLUDED.match(cell):
        words = (size["size"] if size else cell).lower().rstrip(".")
        return Value(None, None, None, "not-available", f"Said in words: {words}.")
    if cell != "s" and not HALF_UNIT.fullmatch(cell):
        return None
    # "s" stands for any footnote that takes the place of a figure: most often "Less than ½ unit",
    # but also "Included with “Other countries”", which is not small.
    if HALF_UNIT.search(f"{cell} {notes}"):
        return Value(None, 0.0, 0.5, "below-threshold")
    if _INCLUDED.search(notes):
        return Value(None, None, None, "not-available", "Included elsewhere (s).")
    return Value(None, 0.0, None, "below-threshold")


def _bound(bound: re.Match[str], status: str) -> Value:
    number = _float(bound["number"])
    if bound["side"] in ">≥":
        return Value(None, number, None, status)
    # A share under the smallest that is printed is "too small"; an upper limit of a quantity is
    # a bound.
    if bound["percent"]:
        return Value(None, 0.0, number, "below-threshold")
    return Value(None, None, number, status)


def _float(digits: str) -> float:
    return float(digits.replace(",", ""))
