"""USGS Mineral Commodity Summaries: world production, capacity and reserves of every chapter.

The data release is one table in long format. What a combination of chapter, section, statistic
and detail means (which product, at which stage, counted on which basis) is not decided here but
stands, line by line with its reason, in ``mapping/usgs_mcs_products.csv``; the sections that are
deliberately not loaded stand in the source's sidecar. World totals and *Other countries* become
industries of aggregates, never of a country.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..ontology.errors import FactError, OrepathError
from ..ontology.facts import Fact
from . import names, units
from .industries import industry_facts, industry_id
from .protocol import Ledger, sidecars
from .tables import AGAIN, Row, read_mapping, read_table
from .usgs_values import Value, parse_value

PUBLICATION = "usgs-mcs"
TITLE = "USGS Mineral Commodity Summaries 2026 (MCS2026_Commodities_Data.csv)"
SOURCE = "usgs-mcs-2026"
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
    "Is critical mineral 2025",
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
    Country does not; ``rows`` is how many rows the edition has, which tells a cut file.
    """

    product: str
    measure: str
    basis: str
    basis_note: str
    economy: str
    rows: int


@dataclass
class _Seen:
    """What has been stated already, so that each node is stated once and no key twice."""

    economies: set[str] = field(default_factory=set)
    industries: set[str] = field(default_factory=set)
    keys: dict[tuple[str, ...], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row of a World section, understood."""

    meaning: Meaning
    economy: str
    period: str
    unit: units.Unit
    value: Value
    rounded: bool


def recognise(files: Sequence[Path]) -> str:
    """``usgs-mcs-2026`` for its data release, complete.

    Raises ``OrepathError`` naming file, line and column for another table, an edition with other
    sections, or a file that ends early.
    """
    left = _left_out()
    seen: Counter[Combination] = Counter()
    newest = ""
    for row in read_table(_single(files), COLUMNS, TITLE):
        section = row["Section"]
        if section not in left and not section.startswith("World"):
            raise OrepathError(
                f"{row.place('Section')}: the section {section!r} is not one of {TITLE}",
                f"It may be another edition, or its text was damaged by a conversion. {AGAIN}",
            )
        newest = max(newest, row["Year"])
        seen[_combination(row)] += 1
    if newest != "2025":
        raise OrepathError(
            f"{files[0].name}: the newest year is {newest!r}, not '2025'; this is not {TITLE}",
            "`orepath sources` lists the editions that can be loaded.",
        )
    for combination, meaning in meanings().items():
        if seen[combination] < meaning.rows:
            raise OrepathError(
                f"{files[0].name}: {seen[combination]} rows instead of {meaning.rows} of"
                f" {' / '.join(combination)}; the file is cut off or changed",
                f"{AGAIN} A revision by the publisher is an edition of its own.",
            )
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """The facts of the World sections in the file's order; every row is booked in ``ledger``."""
    left = _left_out()
    seen = _Seen()
    for row in read_table(_single(files), COLUMNS, TITLE):
        if reason := left.get(row["Section"]):
            ledger.leave(reason)
            continue
        try:
            entry = _read(row)
            found = list(_facts_of(row, entry, seen))
        except FactError as error:
            column = error.column or "Statistics_detail"
            ledger.reject(
                row.place(column), str(error.value or ""), error.message, error.hint or AGAIN
            )
            continue
        ledger.use()
        yield from found


def _read(row: Row) -> _Entry:
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
    try:
        unit = units.unit(row["Unit"], PUBLICATION)
    except FactError as error:
        error.column = "Unit"
        raise
    notes = row["Notes"]
    # Some chapters give the world's figure as a sentence, which then stands in the detail.
    if "estimated" in row["Statistics_detail"]:
        notes = f"Estimated. -- {notes}"
    rounded = _ROUNDED.search(row["Statistics_detail"]) is not None
    return _Entry(meaning, economy, row["Year"], unit, parse_value(row["Value"], notes), rounded)


def _facts_of(row: Row, entry: _Entry, seen: _Seen) -> Iterator[Fact]:
    place = row.place()
    meaning = entry.meaning
    reserves = meaning.measure == "reserves"
    key = (entry.economy, meaning.product, meaning.measure, meaning.basis, entry.period)
    if (first := seen.keys.get(key)) is not None:
        raise FactError(
            f"line {first} states the same already: {' '.join(key)}",
            "Two rows of one key need two products, or a basis that tells them apart, in"
            " loaders/mapping/usgs_mcs_products.csv.",
            "Statistics_detail",
            row["Statistics_detail"],
        )
    seen.keys[key] = row.line
    if entry.economy not in seen.economies:
        seen.economies.add(entry.economy)
        yield from names.aggregate_fact(entry.economy, place)
    shared = _observed(row, entry)
    if reserves:
        material = names.material_of(meaning.product)
        ends = {"economy": entry.economy, "material": material, "product": meaning.product}
        yield Fact("ReserveObservation", {**ends, **shared}, place)
        return
    industry = industry_id(entry.economy, meaning.product)
    if industry not in seen.industries:
        seen.industries.add(industry)
        name = f"{names.label('economy', entry.economy)}: {names.label('product', meaning.product)}"
        yield from industry_facts(entry.economy, meaning.product, name, place)
    yield Fact(
        "IndustryObservation",
        {"industry": industry, "measure": meaning.measure, **shared},
        place,
    )


def _observed(row: Row, entry: _Entry) -> dict[str, str | float | bool | int | None]:
    value, convert = entry.value, entry.unit.convert
    parts = [*_note_parts(row["Notes"]), value.note]
    return {
        "source": SOURCE,
        "period": entry.period,
        "amount": convert(value.amount),
        "low": convert(value.low),
        "high": convert(value.high),
        "unit": entry.unit.base,
        "basis": entry.meaning.basis,
        "basis_note": entry.meaning.basis_note or None,
        "status": value.status,
        "rounded": True if entry.rounded else None,
        "original_value": row["Value"] or None,
        "original_unit": row["Unit"] or None,
        "file": row.file,
        "line": row.line,
        "verified": True,
        "note": " ".join(part for part in parts if part) or None,
    }


def _note_parts(notes: str) -> list[str]:
    """The publisher's footnotes without what the status says already."""
    parts = (part.strip() for part in re.split(r"\s*\.?-- ?", notes))
    kept = (p for p in parts if p and not _SAID.search(p) and p.casefold() not in _SLIPPED)
    return [p if p.endswith((".", "”", "!")) else f"{p}." for p in kept]


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


def _left_out() -> dict[str, str]:
    return {entry.what: entry.reason for entry in sidecars()[SOURCE].left_out}


def _single(files: Sequence[Path]) -> Path:
    if len(files) != 1:
        raise OrepathError(
            f"{len(files)} files were given; {PUBLICATION} is one file an edition",
            "Load one MCS…_Commodities_Data.csv at a time.",
        )
    return files[0]
