"""The layout of the editions since 2026: one table in long format, all chapters in it.

What a combination of chapter, section, statistic and detail means (which product, at which
stage, counted on which basis) stands, line by line with its reason, in
``mapping/usgs_mcs_products.csv``. The sections on the United States alone are read by
``usgs_us``; a section that nobody reads is left out with the reason in the edition's sidecar.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from .. import names, units
from ..protocol import Ledger, sidecar
from ..reading import LeaveOut
from ..tables import AGAIN, Row, read_mapping, read_table
from . import usgs_us
from .usgs_mcs_facts import PUBLICATION, Entry, Stated, corrections
from .usgs_values import parse_value

TITLE = "USGS Mineral Commodity Summaries 2026 or later (MCS…_Commodities_Data.csv)"
KNOWN = frozenset({"2026"})
FIRST_EDITION = 2026
COLUMNS = (
    "MCS chapter",
    "Section",
    "Commodity",
    "Country",
    "Statistics",
    "Statistics_detail",
    "Unit",
    "Year",
    "Value",
    "Notes",
    "Other notes",
)
_KEY = ("MCS chapter", "Commodity", "Section", "Statistics", "Statistics_detail")
_ROUNDED = re.compile(r"[:,]?\s*\(?rounded\)?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
# What the status already says, and the pointer that stands at every reserve.
_SAID = re.compile(
    r"^(?:estimated|reported)\s*\.?$|^See Appendix C for resource and reserve definitions",
    re.IGNORECASE,
)
# One row of 2026 has slipped by a column: its note is the answer to "is it critical?".
_SLIPPED = frozenset({"yes", "no"})

Combination = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a combination means: one line of ``mapping/usgs_mcs_products.csv``.

    ``economy`` is the name of a lump of countries where the detail names one and the column
    Country does not; ``rows`` is how many rows the edition 2026 has, which tells a cut file.
    """

    product: str
    measure: str
    basis: str
    basis_note: str
    economy: str
    rows: int


def recognise(path: Path) -> str:
    """The edition of a table in this layout, by its newest year: ``usgs-mcs-2026`` has 2025.

    Raises ``OrepathError`` naming file, line and column for another table and, where the edition
    is known, for a section that it does not have or rows that are missing.
    """
    edition = _edition(path)
    if edition in KNOWN:
        seen: Counter[Combination] = Counter()
        for row in read_table(path, COLUMNS, TITLE):
            section = row["Section"]
            if not (section.startswith("World") or _elsewhere(section)):
                raise OrepathError(
                    f"{row.place('Section')}: the section {section!r} is not one of {TITLE}",
                    f"It may be another edition, or its text was damaged. {AGAIN}",
                )
            seen[_combination(row)] += 1
        _complete(path, seen)
    return f"{PUBLICATION}-{edition}"


def _edition(path: Path) -> str:
    """The year after the newest one of world production."""
    newest = 0
    for row in read_table(path, COLUMNS, TITLE):
        if row["Section"].startswith("World") and _YEAR.fullmatch(row["Year"]):
            newest = max(newest, int(row["Year"]))
    if not newest:
        raise OrepathError(
            f"{path.name} has no section on the world with a year; the file is cut off, changed"
            f" or not {TITLE}",
            AGAIN,
        )
    edition = newest + 1
    if edition < FIRST_EDITION:
        raise OrepathError(
            f"{path.name}: the newest year of world production is {newest}; editions before"
            f" {FIRST_EDITION} have another layout, so the file is cut off or changed",
            AGAIN,
        )
    return str(edition)


def _elsewhere(section: str) -> bool:
    return section in usgs_us.SECTIONS


def _complete(path: Path, seen: Counter[Combination]) -> None:
    for combination, meaning in meanings().items():
        if seen[combination] < meaning.rows:
            raise OrepathError(
                f"{path.name}: {seen[combination]} rows instead of {meaning.rows} of"
                f" {' / '.join(combination)}; the file is cut off or changed",
                f"{AGAIN} A revision by the publisher is an edition of its own.",
            )


def facts(path: Path, ledger: Ledger) -> Iterator[Fact]:
    """The facts of the table in its order; every row is booked in ``ledger``."""
    edition = _edition(path)
    source = f"{PUBLICATION}-{edition}"
    stated = Stated()
    left = {entry.what: entry.reason for entry in sidecar(source).left_out}
    for row in read_table(path, COLUMNS, TITLE):
        if reason := left.get(row["Section"]):
            ledger.leave(reason)
            continue
        try:
            if _elsewhere(row["Section"]):
                found = list(usgs_us.facts(row, source))
            else:
                found = list(stated.facts(_read(row, edition), source))
        except LeaveOut as left_out:
            ledger.leave(str(left_out))
            continue
        except FactError as error:
            column = error.column or "Statistics_detail"
            value = row.cells.get(column, "") if error.value is None else str(error.value)
            ledger.reject(row.place(column), value, error.message, error.hint or AGAIN)
            continue
        ledger.use()
        yield from found


def _read(row: Row, edition: str) -> Entry:
    meaning = meanings().get(_combination(row))
    if meaning is None:
        raise FactError(
            f"nothing says which product {row['MCS chapter']} / {row['Section']} /"
            f" {row['Statistics_detail']} is",
            "Add the combination to loaders/mapping/usgs_mcs_products.csv with a reason.",
            column="Statistics_detail",
            value=row["Statistics_detail"],
        )
    if not _YEAR.fullmatch(row["Year"]):
        raise FactError(f"{row['Year']!r} is no year", AGAIN, column="Year", value=row["Year"])
    try:
        economy = names.economy(meaning.economy or row["Country"], PUBLICATION)
    except FactError as error:
        error.column = "Country"
        raise
    words, remark = row["Unit"], ""
    for fix in corrections(edition, row["MCS chapter"], "Unit"):
        if (fix["type"], fix["printed"]) == (row["Statistics"], words):
            words = fix["read_as"]
            remark = f"Printed: {fix['printed']}, read as {words}: {fix['reason']}"
    try:
        unit = units.unit(words, PUBLICATION)
    except FactError as error:
        error.column = "Unit"
        raise
    notes = row["Notes"]
    # Some chapters give the world's figure as a sentence, which then stands in the detail.
    if "estimated" in row["Statistics_detail"]:
        notes = f"Estimated. -- {notes}"
    return Entry(
        economy=economy,
        product=meaning.product,
        measure=meaning.measure,
        basis=meaning.basis,
        basis_note=meaning.basis_note,
        period=row["Year"],
        unit=unit,
        value=parse_value(row["Value"], notes),
        rounded=_ROUNDED.search(row["Statistics_detail"]) is not None,
        original_value=row["Value"],
        original_unit=row["Unit"],
        note=" ".join(part for part in (_note(row["Notes"]), remark) if part) or None,
        place=row.place(),
    )


def _note(notes: str) -> str | None:
    """The publisher's footnotes without what the status says already."""
    parts = (part.strip() for part in re.split(r"\s*\.?-- ?", notes))
    kept = (p for p in parts if p and not _SAID.search(p) and p.casefold() not in _SLIPPED)
    return " ".join(p if p.endswith((".", "”", "!")) else f"{p}." for p in kept) or None


def _combination(row: Row) -> Combination:
    cells = [row[column].casefold() for column in _KEY]
    return (*cells[:-1], _ROUNDED.sub("", cells[-1]))


@cache
def meanings() -> Mapping[Combination, Meaning]:
    """What each combination of chapter, commodity, section, statistic and detail means."""
    columns = ("chapter", "commodity", "section", "statistic", "detail")
    return {
        tuple(line[column].casefold() for column in columns): Meaning(
            line["product"],
            line["measure"],
            line["basis"],
            line["basis_note"],
            line["economy"],
            int(line["rows"]),
        )
        for line in read_mapping("usgs_mcs_products")
    }
