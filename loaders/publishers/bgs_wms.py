"""BGS World Mineral Statistics: production by country and year since 1971, one file a commodity.

The files are exports of the publisher's open interface, 28 columns in any order. What a table and
sub-commodity mean (which product, weighed on which basis) stands line by line with its reason in
``mapping/bgs_wms_products.csv``; footnotes that change the meaning of a row (*Li content*,
*Capacity*) in ``mapping/bgs_wms_notes.csv``. Former states are economies of their own and nothing
is added up: not a state's successors, not the minerals of an element, not the grades of an ore.

All files that are given together are one edition, named after the newest year in them; a load of
some tables stands for the whole edition, and the ledger's notes say which tables it lacks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from .. import names
from ..industries import industry_facts, industry_id
from ..protocol import Ledger, sidecars
from ..tables import AGAIN, Row, read_table
from .bgs_wms_rows import (
    COLUMNS,
    PUBLICATION,
    TITLE,
    Meaning,
    footnotes,
    read_economy,
    read_meaning,
    read_unit,
    read_value,
    read_year,
    tables,
    until,
)


@dataclass
class _Extent:
    """How many rows of a commodity there are by year, and the (first) file that has them."""

    file: str
    years: Counter[str] = field(default_factory=Counter)


@dataclass
class _Seen:
    """What has been stated already, so that each industry is stated once and no key twice."""

    industries: set[str] = field(default_factory=set)
    keys: dict[tuple[str, ...], str] = field(default_factory=dict)


def recognise(files: Sequence[Path]) -> str:
    """``bgs-wms-2023`` for files whose newest year is 2023.

    Raises ``OrepathError`` naming file, line and column for a file that is no such export, that
    is cut off, or that ends in another year than the rest.
    """
    if not files:
        raise OrepathError(f"no file of {TITLE} is given", "Name one file a commodity.")
    newest: dict[Path, str] = {}
    ended: dict[Path, str] = {}
    rows: dict[str, _Extent] = {}
    for file in files:
        last, running = "", False
        for row in read_table(file, COLUMNS, TITLE):
            year, commodity = read_year(row), row["bgs_commodity_trans"]
            last = max(last, year)
            running = running or not until(commodity)
            if row["bgs_statistic_type_trans"] == "Production":
                rows.setdefault(commodity, _Extent(file.name)).years[year] += 1
        if not last:
            raise OrepathError(f"{file.name} has a header and no rows", AGAIN)
        (newest if running else ended)[file] = last
    edition = max((newest or ended).values())
    for file, year in newest.items():
        if year != edition:
            raise OrepathError(
                f"{file.name} ends in {year}, other files in {edition}; it is cut off, or was"
                " downloaded for another edition",
                "Download all files of one edition at the same time.",
            )
    _refuse_cut(rows, edition)
    return f"{PUBLICATION}-{edition}"


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Industries and their production in the files' order; every row is booked in ``ledger``."""
    source = recognise(files)
    seen = _Seen()
    given: set[str] = set()
    for file in files:
        for row in read_table(file, COLUMNS, TITLE):
            statistic = row["bgs_statistic_type_trans"]
            if statistic in _left_out():
                ledger.leave(_left_out()[statistic])
                continue
            try:
                meaning = read_meaning(row)
                if not meaning.product:
                    ledger.leave(meaning.reason)
                    continue
                found = list(_facts_of(row, meaning, source, seen))
            except FactError as error:
                ledger.reject(
                    row.place(error.column), str(error.value or ""), error.message, error.hint or ""
                )
                continue
            given.add(row["bgs_commodity_trans"])
            ledger.use()
            yield from found
    if lacking := sorted(set(tables()) - given):
        ledger.notes.append(
            f"{source} now holds {len(given)} of {len(tables())} tables and nothing of"
            f" {', '.join(lacking)}; load all files together to have all."
        )


def _facts_of(row: Row, meaning: Meaning, source: str, seen: _Seen) -> Iterator[Fact]:
    economy = read_economy(row)
    year = read_year(row)
    unit = read_unit(row, meaning)
    value = read_value(row, meaning.status)
    place = row.place()
    industry = industry_id(economy, meaning.product)
    key = (industry, meaning.measure, meaning.basis, year)
    if (first := seen.keys.get(key)) is not None:
        raise FactError(
            f"{first} states the same already: {' '.join(key)}",
            "Two rows of one key need two products, or a basis that tells them apart, in"
            " loaders/mapping/bgs_wms_products.csv.",
            "bgs_sub_commodity_trans",
            row["bgs_sub_commodity_trans"],
        )
    seen.keys[key] = str(place)
    if industry not in seen.industries:
        seen.industries.add(industry)
        name = f"{names.label('economy', economy)}: {names.label('product', meaning.product)}"
        yield from industry_facts(economy, meaning.product, name, place)
    yield Fact(
        "IndustryObservation",
        {
            "industry": industry,
            "source": source,
            "measure": meaning.measure,
            "period": year,
            "amount": unit.convert(value.amount),
            "low": unit.convert(value.low),
            "high": unit.convert(value.high),
            "unit": unit.base,
            "basis": meaning.basis,
            "basis_note": meaning.basis_note,
            "status": value.status,
            "original_value": row["quantity_in_book_style"] or row["quantity"] or None,
            "original_unit": row["units"],
            "file": row.file,
            "line": row.line,
            "verified": True,
            "note": " ".join(n for n in footnotes(row) if n != "Estimates.") or None,
        },
        place,
    )


def _refuse_cut(rows: Mapping[str, _Extent], edition: str) -> None:
    """Raise for a table that has fewer rows than the known edition has, or, in an edition that
    is not known, few in its newest year."""
    known = f"{PUBLICATION}-{edition}" in sidecars()
    for commodity, extent in rows.items():
        table, total = tables().get(commodity), extent.years.total()
        if known and table and total < table.rows:
            raise OrepathError(
                f"{extent.file}: {total:,} rows of {commodity!r} instead of {table.rows:,}; the"
                " file is cut off or changed",
                f"{AGAIN} A revision by the publisher is an edition of its own.",
            )
        now, before = extent.years[edition], extent.years[str(int(edition) - 1)]
        if not known and not until(commodity) and 2 * now < before:
            raise OrepathError(
                f"{extent.file}: {now:,} rows of {commodity!r} in {edition}, {before:,} in the"
                " year before; the file is cut off",
                AGAIN,
            )


@cache
def _left_out() -> Mapping[str, str]:
    newest = max(s.id for s in sidecars().values() if s.publication == PUBLICATION)
    return {entry.what: entry.reason for entry in sidecars()[newest].left_out}
