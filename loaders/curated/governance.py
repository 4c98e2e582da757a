"""Means of the six governance indicators as another compilation has them, one figure an economy.

They are of a later update of the World Bank's indicators than the estimates loaded from its own
workbook, so that they do not follow from those. The compilation takes the latest year that each
economy has and does not say which; the figure is kept under the last year that it may be of, with
a note. The scaled risk beside each mean follows from it and is no fact of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place
from .. import names
from ..protocol import Ledger
from ..tables import Row
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_id,
    document_of,
    parts,
    read_rows,
    verified,
)

SOURCE = "orepath-governance"
PUBLISHER = "wb-wgi"
INDICATOR = "wgi-mean"
COLUMNS = {
    "countries_governance": (
        *("iso2", "iso3", "country", "wgi_mean6", "wgi_scaled_risk_0_10", "is_eu27", "note"),
        *DOCUMENT_COLUMNS,
    )
}

_YEARS = re.compile(r"latest year (?P<first>\d{4})-(?P<last>\d{4})")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_WIDEST = 5.0


def recognise(files: Sequence[Path]) -> str:
    """``orepath-governance``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """A score for each economy, and the document."""
    file = parts(files, COLUMNS)["countries_governance"]
    seen: dict[str, Place] = {}
    columns = COLUMNS["countries_governance"]
    yield from distinct(read_rows(file, columns, ledger, lambda row: score(row, seen)))


def score(row: Row, seen: dict[str, Place]) -> Iterator[Fact]:
    """The mean of a row; ``seen`` holds the economies of the rows before."""
    country = _economy(row)
    years = _YEARS.search(row["source_title"])
    if years is None:
        raise Unreadable(
            row.place("source_title"),
            row["source_title"],
            "it does not say of which years the figure may be",
            "Write, for example, (latest year 2015-2024).",
        )
    if not _NUMBER.fullmatch(row["wgi_mean6"]) or abs(float(row["wgi_mean6"])) > _WIDEST:
        raise Unreadable(
            row.place("wgi_mean6"), row["wgi_mean6"], "it is no estimate", "Mend the cell."
        )
    if country in seen:
        raise Unreadable(
            row.place("iso3"),
            row["iso3"],
            f"{seen[country]} states the same economy already",
            "Keep one of the two rows.",
        )
    seen[country] = row.place()
    yield document_of(row)
    yield Fact(
        "GovernanceScore",
        {
            "country": country,
            "indicator": INDICATOR,
            "year": int(years["last"]),
            "source": document_id(row),
            "estimate": float(row["wgi_mean6"]),
            "verified": verified(row),
            "note": f"Of the latest year from {years['first']} to {years['last']} that the economy"
            " has; which one is not said.",
        },
        row.place(),
    )


def _economy(row: Row) -> str:
    try:
        found = names.economy(row["iso3"], PUBLISHER)
        # Kosovo has a code and no name there.
        named = names.economy(row["country"], SOURCE) if row["country"] else found
    except FactError as error:
        value = str(error.value or row["iso3"])
        raise Unreadable(
            row.place("country"), value, error.message, error.hint or "Mend the cell."
        ) from error
    if found != named:
        raise Unreadable(
            row.place("country"),
            row["country"],
            f"the code {row['iso3']} is {found}, the name is {named}",
            "Mend the code or the name.",
        )
    return found
