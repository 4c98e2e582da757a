"""Agreements on raw materials: who with whom, since when, how binding, and what they name.

A date that stands for entry into force or for an announcement is never given as a signature. A
partnership that names no material covers none; what it says of stages is kept. How the texts of
a row are read is in ``mapping/agreements.csv`` and ``mapping/agreement_coverage.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ...ontology.facts import Fact, Value
from ..documents import slug
from ..protocol import Ledger
from ..tables import Row, read_table
from .claims import claim
from .reading import (
    DOCUMENT_COLUMNS,
    LeaveOut,
    Unreadable,
    distinct,
    document_id,
    document_of,
    identify,
    look_up,
    merged,
    partial_date,
    parts,
    read_rows,
    reading,
    verified,
    words,
)

SOURCE = "orepath-agreements"
COLUMNS = {
    "agreements": (
        *("agreement_id", "party_a", "party_b", "date", "date_precision", "type", "materials"),
        *("status", "family", "ecas14", "note"),
        *DOCUMENT_COLUMNS,
    ),
    "agreement_coverage": (
        *("agreement_id", "material_id", "stage", "what_source_says"),
        *DOCUMENT_COLUMNS,
    ),
    "agreement_dates_verified": ("agreement_id", "date", "note", *DOCUMENT_COLUMNS),
}
COVERAGE_KEY = ("agreement", "covered", "source")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-agreements``; raises ``OrepathError`` where a file or column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Agreements, parties, coverage and documents."""
    found = parts(files, COLUMNS)
    dates = found["agreement_dates_verified"]
    read_dates = {
        row["agreement_id"]: row
        for row in read_table(dates, COLUMNS["agreement_dates_verified"], SOURCE)
    }
    stated = [
        *read_rows(
            found["agreements"],
            COLUMNS["agreements"],
            ledger,
            lambda row: agreement(row, read_dates.get(row["agreement_id"])),
        ),
        *read_rows(dates, COLUMNS["agreement_dates_verified"], ledger, dated),
        *read_rows(found["agreement_coverage"], COLUMNS["agreement_coverage"], ledger, coverage),
    ]
    yield from distinct(fact for fact in stated if fact.term != "Coverage")
    yield from merged((fact for fact in stated if fact.term == "Coverage"), COVERAGE_KEY)


def agreement(row: Row, read_date: Row | None) -> Iterator[Fact]:
    """The agreement of a row, its parties, the materials that the row names, its document."""
    line = look_up("agreements", {"agreement_id": row["agreement_id"]}, row.place("agreement_id"))
    reviewed(row, line)
    identifier, place = row["agreement_id"], row.place()
    if line["class"] == "Claim":
        yield from meeting(row, line)
        return
    values: dict[str, Value] = {
        "id": identifier,
        "name": line["name"] or f"{row['party_a']} – {row['party_b']}: {row['type']}",
        "status": line["status"],
        "family": row["family"],
        "verified": verified(row) or (read_date is not None and verified(read_date)),
        "description": described(row),
        **when(row, line, read_date),
    }
    if line["binding"]:
        values["binding"] = line["binding"] == "true"
    if line["ended"]:
        values["ended"] = date.fromisoformat(line["ended"])
    if line["class"] == "StrategicPartnership":
        values["audited_2026"] = row["ecas14"].startswith("yes")
    yield document_of(row)
    yield Fact(line["class"], values, place)
    for party in words(line["parties"]):
        economy = identify("Economy", party, row.place("party_b"))
        yield Fact("party", {"start": identifier, "end": economy}, place)
    yield documented(identifier, row)
    for material in words(line["covers"]):
        covered = f"Material:{identify('Material', material, row.place('materials'))}"
        yield covers(identifier, covered, row, f"named: {row['materials']}")


def meeting(row: Row, line: Mapping[str, str]) -> Iterator[Fact]:
    """A row of a meeting, which is no agreement: the claim that it was held, and what is said."""
    identifier = row["agreement_id"]
    parties = words(line["parties"])
    about = [f"Economy:{identify('Economy', p, row.place('party_b'))}" for p in parties]
    values: dict[str, Value] = {
        "text": f"{row['type']} of {row['party_a']} with {row['party_b']}: {row['note']}",
        "subject": row["party_a"],
        "predicate": f"{row['status']} {row['type']} with",
        "object": row["party_b"],
        "period": row["date"],
        "asserted_by": row["publisher"],
        "verified": verified(row),
    }
    yield document_of(row)
    yield from claim(identifier, values, about, document_id(row), row.place())


def reviewed(row: Row, line: Mapping[str, str]) -> None:
    """Refuse a row whose parties or materials are not those that the mapping was written for."""
    given = {
        "parties_named": f"{row['party_a']} | {row['party_b']}",
        "materials": row["materials"],
    }
    for name, text in given.items():
        if text != line[name]:
            raise Unreadable(
                row.place("materials" if name == "materials" else "party_b"),
                text,
                f"mapping/agreements.csv was written for {line[name]!r}",
                "Review that line of mapping/agreements.csv.",
            )


def described(row: Row) -> str:
    """The note of the row with its own words for type and state."""
    given = [f"{row['type']}; {row['status']}", row["note"]]
    return ". ".join(text[0].upper() + text[1:] for text in given if text)


def when(row: Row, line: Mapping[str, str], read_date: Row | None) -> dict[str, Value]:
    """The date of a row under the name of what it dates.

    A date of signature that was read in a document takes the place of one that was not; of two
    that were read, the more precise one stands.
    """
    text = row["date"]
    if read_date is not None and not verified(row):
        text = read_date["date"]
    found = partial_date(text)
    if found is None:
        raise Unreadable(
            row.place("date"), text, "it is no date", "Write year, year-month or year-month-day."
        )
    day, precision = found
    if read_date is None and precision != row["date_precision"]:
        raise Unreadable(
            row.place("date_precision"),
            row["date_precision"],
            f"the date {text} is known to the {precision}",
            "Make the two agree.",
        )
    if line["date_is"] == "signed":
        return {"signed": day, "signed_precision": precision}
    return {line["date_is"]: day}


def dated(row: Row) -> Iterator[Fact]:
    """The document in which a date was read, tied to its agreement."""
    known_agreement(row, row["agreement_id"])
    yield document_of(row)
    yield documented(row["agreement_id"], row)


def coverage(row: Row) -> Iterator[Fact]:
    """What a row says that agreements cover: materials and stages, or neither."""
    covered = [
        f"{label}:{identify(label, name, row.place(column))}"
        for label, column in (("Material", "material_id"), ("Stage", "stage"))
        for name in words(in_words(row, column)["covers"])
    ]
    yield document_of(row)
    if not covered:
        yield from cooperation(row)
    for identifier in words(row["agreement_id"]):
        known_agreement(row, identifier)
        yield documented(identifier, row)
        for end in covered:
            said = row["what_source_says"]
            yield covers(identifier, end, row, f"{row['stage']}: {said}" if said else row["stage"])


def cooperation(row: Row) -> Iterator[Fact]:
    """What a row names that is neither material nor stage (skills, research, infrastructure)."""
    if row["stage"] == "not verified":
        raise LeaveOut("no material and no stage is named, and no text was found")
    for identifier in words(row["agreement_id"]):
        known_agreement(row, identifier)
        yield documented(identifier, row)
        about = [f"Agreement:{identifier}"]
        values: dict[str, Value] = {
            "text": f"{identifier}: {row['material_id']}, {row['stage']};"
            f" {row['what_source_says']}",
            "subject": identifier,
            "predicate": "names as area of cooperation",
            "object": row["stage"],
            "asserted_by": row["publisher"],
            "verified": verified(row),
        }
        identity = f"{identifier}-cooperation-{slug(row['stage'])}"
        yield from claim(identity, values, about, document_id(row), row.place())


def in_words(row: Row, column: str) -> Mapping[str, str]:
    """How ``mapping/agreement_coverage.csv`` reads a cell."""
    keys = {"column": column, "text": row[column]}
    return look_up("agreement_coverage", keys, row.place(column))


def known_agreement(row: Row, identifier: str) -> None:
    """Refuse an id that is no agreement."""
    if (identifier,) not in reading("agreements", "agreement_id"):
        raise Unreadable(
            row.place("agreement_id"),
            identifier,
            "no agreement has this id",
            "Use an agreement_id of the agreements.",
        )


def covers(identifier: str, covered: str, row: Row, note: str) -> Fact:
    """One ``Coverage``."""
    values: dict[str, Value] = {
        "agreement": identifier,
        "covered": covered,
        "source": document_id(row),
        "verified": verified(row),
        "note": note,
    }
    return Fact("Coverage", values, row.place())


def documented(identifier: str, row: Row) -> Fact:
    """The tie between an agreement and the document that a row cites."""
    ends: dict[str, Value] = {"start": f"Agreement:{identifier}", "end": document_id(row)}
    return Fact("documented_by", ends, row.place())
