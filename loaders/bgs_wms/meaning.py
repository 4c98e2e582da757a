"""What a row of the BGS statistics counts: its table and footnotes, by the reviewed data files.

``products.csv`` says which product, measure and basis a commodity and sub-commodity are (for one
country, where it is another there), ``notes.csv`` which footnotes change that (*Li content*,
*Capacity*).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from ..base import LeftOut, Row, read_mapping

_NOTES = re.compile(r"\s*\|\s*")
_ESTIMATE = "*"
_LONGEST_MARK = 2
ESTIMATES = "Estimates."


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
class Extent:
    """How many rows of a commodity the known edition has, and the last year of a table that BGS
    has given up."""

    rows: int
    until: str


def footnotes(row: Row) -> list[str]:
    """The footnotes of a figure, in the publisher's order, each of which has a mark.

    Raises ``FactError`` where marks and notes do not agree: a lost note could turn an estimate
    into a figure, or a content into a weight.
    """
    notes = [note for note in _NOTES.split(row["notes"]) if note]
    marks = [mark for mark in _NOTES.split(row["marks"]) if mark]
    moved = max(map(len, marks), default=0) > _LONGEST_MARK
    if moved or len(notes) != len(marks) or (_ESTIMATE in marks) != (ESTIMATES in notes):
        raise row.fault("notes", f"the marks {row['marks']!r} do not go with the footnotes")
    return notes


def meaning_of(row: Row) -> Meaning:
    """What the row counts; raises ``LeftOut`` where that is no product, ``FactError`` where
    nothing says what it is."""
    commodity, sub = row["commodity"], row["sub-commodity"]
    if row["statistic"] != "Production":
        said = f"the statistic {row['statistic']!r} of BGS is not known"
        raise row.fault("statistic", said)
    known = meanings()
    found = known.get((commodity, sub, row["country"])) or known.get((commodity, sub, ""))
    if found is None:
        column = "sub-commodity" if commodity in extents() else "commodity"
        raise row.fault(
            column,
            f"nothing says which product {commodity} / {sub or '(not split)'} is",
            "Add the combination to loaders/bgs_wms/products.csv with a reason.",
        )
    notes = footnotes(row)
    for line in read_mapping("bgs_wms/notes"):  # a later line overrides an earlier one
        about = line["commodity"] in ("", commodity) and line["sub_commodity"] in ("*", sub)
        if about and line["note"] in notes:
            found = replace(
                found,
                product=line["product"] or found.product,
                measure=line["measure"] or found.measure,
                basis=line["basis"] or found.basis,
                basis_note=line["note"].rstrip(".") if line["basis"] else found.basis_note,
                status=line["status"] or found.status,
            )
    if not found.product:
        raise LeftOut(found.reason)
    return found


@cache
def meanings() -> Mapping[tuple[str, str, str], Meaning]:
    """What each commodity and sub-commodity means, for all countries or (third part) one."""
    return {
        (line["commodity"], line["sub_commodity"], line["country"]): Meaning(
            line["product"], line["measure"], line["basis"], line["basis_note"], line["reason"]
        )
        for line in read_mapping("bgs_wms/products")
    }


@cache
def extents() -> Mapping[str, Extent]:
    """The tables of the known edition by commodity."""
    lines = read_mapping("bgs_wms/products")
    rows: Counter[str] = Counter()
    for line in lines:
        rows[line["commodity"]] += int(line["rows"] or 0)
    ended = {line["commodity"]: line["until"] for line in lines}
    return {commodity: Extent(rows[commodity], ended[commodity]) for commodity in sorted(rows)}
