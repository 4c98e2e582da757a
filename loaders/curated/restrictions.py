"""Export restrictions: who restricts what, against whom, since when, and when it was suspended.

The dates are those that the rows state; whether a measure is in force on a day is a question and
not answered here. A planned date is marked as such. Rows that are no export restriction (mining
law, production quotas, import tariffs) become policies, or claims on what happened, as
``mapping/restrictions_other.csv`` says; suspensions and exemptions become documents of the
measures that they change. A measure on one form of a material restricts that product, one on
several forms the material; a general term ("all dual-use items") restricts no named thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ...ontology.facts import Fact, Value
from ..protocol import Ledger
from ..tables import Row
from .claims import claim
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_id,
    document_of,
    identify,
    look_up,
    partial_date,
    parts,
    read_rows,
    referred,
    verified,
    vocabulary,
    words,
)

SOURCE = "orepath-restrictions"
COLUMNS = {
    "export_restrictions": (
        *("measure_id", "imposing_country", "materials", "stage", "measure_type", "announced"),
        *("effective", "end_or_suspended", "instrument", "target", "status", "note"),
        *DOCUMENT_COLUMNS,
    )
}

_SUSPENDED = re.compile(r"suspended (\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})$")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-restrictions``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Restrictions with what they restrict and against whom, and the documents."""
    file = parts(files, COLUMNS)["export_restrictions"]
    yield from distinct(read_rows(file, COLUMNS["export_restrictions"], ledger, measure))


def measure(row: Row) -> Iterator[Fact]:
    """What a row becomes: a restriction, the document of others, or nothing."""
    line = look_up("restrictions", {"measure_id": row["measure_id"]}, row.place("measure_id"))
    if row["materials"] != line["materials"]:
        raise Unreadable(
            row.place("materials"),
            row["materials"],
            f"mapping/restrictions.csv was written for {line['materials']!r}",
            "Review that line of mapping/restrictions.csv.",
        )
    yield document_of(row)
    if line["treatment"] == "other":
        yield from other(row)
    elif line["treatment"] == "evidence":
        for identifier in words(line["supports"]):
            yield documented(identifier, row)
    else:
        yield from restriction(row, line)


def restriction(row: Row, line: Mapping[str, str]) -> Iterator[Fact]:
    """The restriction of a row with its ends."""
    identifier, place = row["measure_id"], row.place()
    imposer = identify("Economy", row["imposing_country"], row.place("imposing_country"))
    values: dict[str, Value] = {
        "id": identifier,
        # The row's materials are ids of its own; a person reads words.
        "name": f"{vocabulary()['Economy'][imposer]}: {row['measure_type']}, "
        + row["materials"].replace("_", " "),
        "kind": line["kind"],
        "status": line["status"],
        "verified": verified(row),
        "description": described(row),
        **dates(row),
    }
    if row["instrument"]:
        values["instrument"] = row["instrument"]
    yield Fact("ExportRestriction", values, place)
    yield Fact("imposed_by", {"start": identifier, "end": imposer}, place)
    for reference in words(line["restricts"]):
        end = referred(reference, row.place("materials"))
        yield Fact("restricts", {"start": identifier, "end": end}, place)
    for economy in words(line["against"]):
        end = identify("Economy", economy, row.place("target"))
        yield Fact("against", {"start": identifier, "end": end}, place)
    yield documented(identifier, row)


def other(row: Row) -> Iterator[Fact]:
    """What a row becomes that is no export restriction: a policy, or a claim on an event."""
    line = look_up("restrictions_other", {"measure_id": row["measure_id"]}, row.place("measure_id"))
    identifier, place = row["measure_id"], row.place()
    imposer = identify("Economy", row["imposing_country"], row.place("imposing_country"))
    about = [referred(reference, row.place("materials")) for reference in words(line["about"])]
    if line["class"] == "Claim":
        event: dict[str, Value] = {
            "text": f"{vocabulary()['Economy'][imposer]}: {row['measure_type']},"
            f" {row['instrument']} ({row['status']})",
            "subject": row["materials"].replace("_", " "),
            "predicate": row["measure_type"],
            "object": row["instrument"],
            "period": row["effective"] or row["announced"] or None,
            "asserted_by": row["publisher"],
            "verified": verified(row),
            "publisher_verification": described(row),
        }
        yield from claim(identifier, event, about, document_id(row), place)
        return
    values: dict[str, Value] = {
        "id": identifier,
        "name": line["name"],
        "kind": line["kind"],
        "status": row["status"],
        "verified": verified(row),
        "description": described(row),
    }
    if line["adopted"]:
        values["adopted"] = date.fromisoformat(line["adopted"])
    yield Fact(line["class"], values, place)
    start = f"Policy:{identifier}"
    yield Fact("adopted_by", {"start": start, "end": imposer}, place)
    for reference in about:
        material = reference.removeprefix("Material:")
        yield Fact("addresses", {"start": identifier, "end": material}, place)
    yield Fact("documented_by", {"start": start, "end": document_id(row)}, place)


def described(row: Row) -> str:
    """The row's own words for form, addressee and state, and its note."""
    given = [
        f"Forms: {row['stage']}" if row["stage"] else "",
        f"Addressed to: {row['target']}" if row["target"] else "",
        f"State as the source has it: {row['status']}" if row["status"] else "",
        f"Ends: {row['end_or_suspended']}" if row["end_or_suspended"] else "",
        row["note"],
    ]
    return ". ".join(text[0].upper() + text[1:] for text in given if text)


def dates(row: Row) -> dict[str, Value]:
    """The dates of a row with their precision; raises ``Unreadable`` for a text that is none.

    A cell that begins with words and not with a date ("brought forward") stays in the
    description.
    """
    values: dict[str, Value] = {}
    for column, name in (
        ("announced", "announced"),
        ("effective", "effective"),
        ("end_or_suspended", "ended"),
    ):
        text = row[column]
        if suspension := _SUSPENDED.match(text):
            first, last = suspension.groups()
            values["suspended_from"] = date.fromisoformat(first)
            values["suspended_until"] = date.fromisoformat(last)
        elif found := partial_date(text):
            values[name], values[f"{name}_precision"] = found
        elif any(character.isdigit() for character in text):
            raise Unreadable(
                row.place(column),
                text,
                "it is no date",
                'Write year, year-month, year-month-day, or "suspended … to …".',
            )
    if "(planned)" in row["effective"].partition(";")[0]:
        values["effective_planned"] = True
    return values


def documented(identifier: str, row: Row) -> Fact:
    """The tie between a restriction and the document that a row cites."""
    ends: dict[str, Value] = {"start": f"ExportRestriction:{identifier}", "end": document_id(row)}
    return Fact("documented_by", ends, row.place())
