"""Stockpiles: what programmes hold, have asked for or mean to hold of each material.

A target is no stock: the status keeps the row's word for which it is. A row that names several
materials with one number of days says it of each; days and money are kept in their unit and make
no tonnes. A row that names no material is a benchmark of its programme (a coverage to reach), or
a claim about it. Nothing is added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from ...ontology.facts import Fact, Value
from ..documents import slug
from ..protocol import Ledger
from ..tables import Row
from .figures import Figure, figure, measured_in
from .policies import benchmark_facts, bounded, policy_ends, policy_facts, statement
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_id,
    identify,
    look_up,
    partial_date,
    parts,
    read_rows,
    reading,
    verified,
    words,
)

SOURCE = "orepath-stockpiles"
COLUMNS = {
    "stockpiles": (
        *("programme", "holder", "material_id", "value", "unit", "date", "status", "note"),
        *DOCUMENT_COLUMNS,
    )
}

_SUM = re.compile(r"(\d+)\+(\d+)")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-stockpiles``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Stockpiles, what they hold by material, their targets, and the documents."""
    file = parts(files, COLUMNS)["stockpiles"]
    yield from distinct(read_rows(file, COLUMNS["stockpiles"], ledger, holding))


def holding(row: Row) -> Iterator[Fact]:
    """What a row says that a programme holds, or aims at."""
    keys = {"programme": row["programme"]}
    policy = look_up("stockpiles", keys, row.place("programme"))["policy"]
    yield from policy_facts(policy, row)
    if names_no_material(row):
        yield from general(policy, row)
        return
    period = partial_date(row["date"])
    if period is None:
        raise Unreadable(row.place("date"), row["date"], "it is no date", "Write the year first.")
    for text in words(row["material_id"]):
        values: dict[str, Value] = {
            "policy": policy,
            "material": identify("Material", text, row.place("material_id")),
            "source": document_id(row),
            "period": row["date"],
            "status": row["status"],
            "verified": verified(row),
            "note": noted(row),
            **amount(row),
        }
        yield Fact("StockHolding", values, row.place())


def names_no_material(row: Row) -> bool:
    """Whether a row speaks of the programme as a whole: ``general``, ``13 minerals``."""
    return bool(re.match(r"general\b|\d", row["material_id"]))


def general(policy: str, row: Row) -> Iterator[Fact]:
    """A row without a material: a coverage to reach, or a claim about the programme."""
    attribute = f"stockpile: {row['material_id']}"
    known = reading("policy_benchmarks", "policy", "attribute", "written")
    if (policy, attribute, row["value"]) in known:
        yield from benchmark_facts(policy, attribute, row["value"], row)
        return
    identifier = f"{policy}/{slug(' '.join((row['status'], row['value'], row['unit'])))}"
    about = policy_ends(policy, row)
    yield from statement(identifier, row, f"{row['programme']}: {row['status']}", about)


def amount(row: Row) -> dict[str, Value]:
    """Amount or bound in the base unit; nothing where the row gives no number."""
    if not row["value"]:
        return {}
    if parted := _SUM.fullmatch(row["value"]):
        # National and private days of one target; the note keeps the two.
        found = Figure(sum((Decimal(part) for part in parted.groups()), Decimal(0)), None, None)
    else:
        found = figure(row, "value")
    found = bounded(found, row["unit"], row["note"])
    unit = measured_in(row, row["unit"].removesuffix(" (up to)"), "unit")
    return {**found.values(unit, ("amount", "low", "high")), "unit": unit.base}


def noted(row: Row) -> str:
    """The row's words for number, unit and state, and its note."""
    stated = " ".join(part for part in (row["value"], row["unit"], row["date"]) if part)
    given = [f"In the source: {row['holder']}, {row['status']}, {stated}", row["note"]]
    return ". ".join(text for text in given if text) + "."
