"""World tables in wide layout, as the editions until 2025 have them: a row is a country.

A row has columns of figures (production, capacity, reserves, one a year) and a note to each kind.
What a table and row type mean stands in ``mapping/usgs_mcs_world_products.csv``; what the
publisher got wrong in ``usgs_mcs_corrections.csv``, which years are estimates although no column
says so in ``usgs_mcs_estimates.csv``, what a country's name has beside it in
``usgs_mcs_qualifiers.csv``, each line with its reason. How a file is laid out is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from ...ontology.errors import FactError
from ...ontology.facts import Fact
from .. import names, units
from ..protocol import Ledger
from ..tables import AGAIN, read_mapping
from .usgs_mcs_countries import Country, read_country
from .usgs_mcs_facts import PUBLICATION, Entry, Stated, corrections
from .usgs_mcs_lines import Column, Line, Meaning, meaning, meanings, revisions
from .usgs_notes import Notes, mark, text_without_status
from .usgs_values import parse_value

MAPPING = "loaders/mapping/usgs_mcs_world_products.csv"
BLANK = "blank rows"
NOTHING = "rows of a table's other half, without a figure, mark or note of their own"
_ESTIMATED_TYPE = re.compile(r"\bestimated\b", re.IGNORECASE)


def facts(lines: Sequence[Line], source: str, stated: Stated, ledger: Ledger) -> Iterator[Fact]:
    """The facts of the rows in their order; every row is booked in ``ledger``."""
    used = _used(lines)
    for line in lines:
        if line.blank:
            ledger.leave(BLANK)
            continue
        try:
            entries = _entries(line, used)
            stated.check(entries)
        except FactError as error:
            column = error.column or "Country"
            value = line.row.cells.get(column, "") if error.value is None else str(error.value)
            ledger.reject(line.row.place(column), value, error.message, error.hint or AGAIN)
            continue
        if not entries:
            ledger.leave(NOTHING)
            continue
        ledger.use()
        for entry in entries:
            yield from stated.facts(entry, source)


def _used(lines: Iterable[Line]) -> set[tuple[str, str, str, str, str]]:
    """The columns in which a product's table has anything at all.

    A wide table has columns for all kinds of figures, and most tables fill some of them only; a
    column that is blank in every row is not part of the table. Where all are blank (germanium in
    2025), the first kind is, and nothing is stated in it.
    """
    cells: dict[tuple[str, str, str], dict[str, tuple[bool, str, str]]] = {}
    for line in lines:
        for column in line.columns:
            found = meaning(line, column.kind)
            if found is None or not found.product:
                continue
            group = (line.layout, line.table, found.product)
            held = cells.setdefault(group, {})
            full = bool(line.row[column.name]) or mark(_note(line, column), column.year) is not None
            full = full or held.get(_at(column, found), (False,))[0]
            held[_at(column, found)] = (full, found.measure, found.basis)
    used = set()
    for (layout, table, product), held in cells.items():
        nothing = not any(full for full, *_ in held.values())
        first = next(iter(held.values()))[1]
        for at, (full, measure, _) in held.items():
            if full or (nothing and measure == first):
                used.add((layout, table, product, measure, at))
    return used


def _at(column: Column, found: Meaning) -> str:
    return f"{column.name} {found.basis}"


def _entries(line: Line, used: set[tuple[str, str, str, str, str]]) -> list[Entry]:
    if (line.layout, names.fold(line.table), names.fold(line.type)) not in _types():
        raise FactError(
            f"nothing says what the row type {line.type!r} of {line.table!r} is",
            f"Add it to {MAPPING} with a reason.",
            column="Type",
            value=line.type,
        )
    country = None
    entries = []
    for column in line.columns:
        found = meaning(line, column.kind)
        if found is None:
            if line.row[column.name]:
                raise FactError(
                    f"nothing says what {column.kind} means in {line.table!r}",
                    f"Add the column to {MAPPING} with a reason.",
                    column=column.name,
                    value=line.row[column.name],
                )
            continue
        if not found.product:
            continue
        if (line.layout, line.table, found.product, found.measure, _at(column, found)) in used:
            country = country or read_country(line.country)
            entries.append(_entry(line, column, found, country))
    return entries


def _entry(line: Line, column: Column, found: Meaning, country: Country) -> Entry:
    cell, words = line.row[column.name], column.unit or line.unit
    remarks = []
    text, unit_words = cell, words
    for fix in _fixes(line, column.name):
        if names.fold(fix["printed"]) == names.fold(words):
            unit_words = fix["read_as"]
        elif fix["printed"] == cell:
            text = fix["read_as"]
        else:
            continue
        printed = fix["printed"] or "nothing"
        remarks.append(f"Printed: {printed}, read as {fix['read_as']}: {fix['reason']}")
    try:
        unit = units.unit(unit_words, PUBLICATION)
    except FactError as error:
        error.column = column.name if column.unit else "UNIT_MEAS"
        raise
    note = _note(line, column)
    remarks += [fix["note"] for fix in _revised(line, column.kind)]
    said = mark(note, column.year) if not text else None
    status = _status(line, column, country, note)
    try:
        value = parse_value(said or text, "Estimated." if status == "estimated" else "")
    except FactError as error:
        error.column = column.name
        raise
    basis_notes = [found.basis_note, country.note]
    years = frozenset(c.year for c in line.columns if c.base == column.base)
    words_kept = "" if said else text_without_status(note.text, years)
    if (value.amount, value.low, value.high) == (None, None, None):
        remarks = []
    parts = [words_kept, *remarks]
    return Entry(
        economy=country.economy,
        product=found.product,
        measure=found.measure,
        basis=found.basis,
        basis_note="; ".join(dict.fromkeys(part for part in basis_notes if part)),
        period=column.year,
        unit=unit,
        value=value,
        rounded=country.rounded,
        original_value=note.text if said else cell,
        original_unit=words,
        note=" ".join(part for part in parts if part) or None,
        place=line.row.place(),
    )


def _status(line: Line, column: Column, country: Country, note: Notes) -> str:
    """``estimated`` or ``normal``: the note on the figure goes before the heading of the column
    and the row type, and those before what the release's metadata say of the whole table."""
    reserves = column.base == "Reserves"
    if said := note.status(column.year, headed=column.estimated and column.base == "Prod"):
        return said
    if country.estimated and not reserves:
        return "estimated"
    if column.estimated or (not reserves and _ESTIMATED_TYPE.search(line.type)):
        return "estimated"
    if column.base == "Prod":
        for name in (line.country, "*"):
            key = (line.edition, names.fold(line.table), names.fold(name))
            if status := _estimates().get(key):
                return status
    return "normal"


def _note(line: Line, column: Column) -> Notes:
    """The note on a figure, mended; a table without figures of production has the notes on its
    capacity there."""
    name = line.notes.get(column.base) or ""
    if column.base == "Cap" and not name and meaning(line, "Prod") is None:
        name = line.notes.get("Prod", "")
    text = line.row[name] if name else ""
    for fix in _fixes(line, name):
        text = fix["read_as"] if fix["printed"] == "*" else text.replace(fix["printed"], "")
    years = frozenset(c.year for c in line.columns if c.base == column.base and not c.estimated)
    return Notes(" ".join(text.split()), years)


def _fixes(line: Line, column: str) -> list[Mapping[str, str]]:
    return [
        fix
        for fix in corrections(line.edition, line.table, column)
        if fix["country"] in ("*", line.country)
        and (not fix["type"] or names.fold(fix["type"]) == names.fold(line.type))
    ]


def _revised(line: Line, kind: str) -> list[Mapping[str, str]]:
    return [
        fix
        for fix in revisions(line.edition)
        if fix["note"]
        and (fix["table"], fix["column"]) == (line.table, kind)
        and fix["country"] in ("", line.country)
    ]


@cache
def _types() -> frozenset[tuple[str, str, str]]:
    return frozenset(key[:3] for key in meanings())


@cache
def _estimates() -> Mapping[tuple[str, str, str], str]:
    return {
        (line["edition"], names.fold(line["table"]), names.fold(line["country"])): line["status"]
        for line in read_mapping("usgs_mcs_estimates")
    }
