"""What the loaders of curated facts share: parts of a data set, readings, references, marks.

A curated data set is one or more CSV files known by their header. How their free texts are read
is not in Python but in ``loaders/mapping/*.csv``, each line with its reason. This module knows
no data set; ``tables.py`` reads the files.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from rapidfuzz import process

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Place, Value
from ...ontology.rdf import facts_from_rdf
from ...ontology.schema import load_schema, vocabulary_files
from ...ontology.turtle import read_turtle
from .. import names
from ..documents import document
from ..industries import industry_facts
from ..protocol import Ledger
from ..tables import Row, decode, read_mapping, read_table

DOCUMENT_COLUMNS = ("source_title", "publisher", "source_date", "url", "confidence")
PUBLICATION = "orepath"
PRECISIONS = {1: "year", 2: "month", 3: "day"}

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?!\d)")


class LeaveOut(Exception):  # noqa: N818 - it is no error: the row is left out on purpose
    """A row is deliberately not loaded; the text says why."""


class Unreadable(Exception):  # noqa: N818 - it never reaches the user: the ledger keeps it
    """A row cannot be understood: where, which value, why, and what to do."""

    def __init__(self, place: Place, value: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.place, self.value, self.reason, self.remedy = place, value, reason, remedy


def parts(files: Sequence[Path], columns: Mapping[str, Sequence[str]]) -> dict[str, Path]:
    """Which of ``files`` is which part of a data set, by header.

    ``columns`` gives for each part the columns that it needs; of the parts that a file could be,
    the widest is meant. Raises ``OrepathError`` naming the file and the missing columns, or the
    missing part.
    """
    found: dict[str, Path] = {}
    for file in files:
        header = {name.strip() for name in next(csv.reader(io.StringIO(decode(file))), [])}
        part = max(columns, key=lambda name: _likeness(header, set(columns[name])))
        if missing := [name for name in columns[part] if name not in header]:
            raise OrepathError(
                f"{file.name}, line 1: no column {', '.join(missing)}, which {part} needs",
                f"The header must hold {', '.join(columns[part])}.",
            )
        if part in found:
            raise OrepathError(
                f"{file.name} and {found[part].name} are both {part}", "Give one file of each."
            )
        found[part] = file
    if lacking := [name for name in columns if name not in found]:
        raise OrepathError(
            f"no file of {', '.join(lacking)} is given",
            "; ".join(f"{name} has the columns {', '.join(columns[name])}" for name in lacking),
        )
    return found


def _likeness(header: set[str], needed: set[str]) -> tuple[float, int]:
    return len(header & needed) / len(needed), len(needed)


def read_rows(
    file: Path,
    columns: Sequence[str],
    ledger: Ledger,
    read: Callable[[Row], Iterable[Fact]],
) -> Iterator[Fact]:
    """The facts of each row of ``file``, each row booked once in ``ledger``."""
    for row in read_table(file, columns, "curated facts"):
        try:
            made = list(read(row))
        except LeaveOut as left:
            ledger.leave(str(left))
        except Unreadable as problem:
            ledger.reject(problem.place, problem.value, problem.reason, problem.remedy)
        else:
            ledger.use()
            yield from made


def distinct(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Each fact once: several rows cite one document or name one part.

    A document is described as the first row that cites it does.
    """
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    for fact in facts:
        given = {"id": fact.values["id"]} if fact.term == "Source" else fact.values
        key = (fact.term, tuple(sorted((k, repr(v)) for k, v in given.items())))
        if key not in seen:
            seen.add(key)
            yield fact


def merged(facts: Iterable[Fact], key: Sequence[str]) -> Iterator[Fact]:
    """One fact for each value of ``key``, in order of first appearance.

    Notes are joined, it is verified only where every row was, and a property in which the rows
    differ is left out: the rows speak of different cases, and none holds for all.
    """
    groups: dict[tuple[Value, ...], list[Fact]] = {}
    for fact in facts:
        groups.setdefault(tuple(fact.values.get(name) for name in key), []).append(fact)
    for group in groups.values():
        values: dict[str, Value] = {}
        for name in {name: None for fact in group for name in fact.values}:
            given = [fact.values.get(name) for fact in group]
            if name == "note":
                values[name] = "; ".join(dict.fromkeys(str(text) for text in given if text))
            elif name == "verified":
                values[name] = all(given)
            elif all(value == given[0] for value in given):
                values[name] = given[0]
        yield Fact(group[0].term, values, group[0].place)


def document_of(row: Row) -> Fact:
    """The ``Source`` node of the document that a row cites."""
    cells = (row["source_title"], row["publisher"], row["source_date"], row["url"])
    return document(*cells, row.place())


def document_id(row: Row) -> str:
    """Id of the document that a row cites."""
    return str(document_of(row).values["id"])


def verified(row: Row) -> bool:
    """Whether the document was read (mark ``S``); behind ``K`` and ``?`` it was not."""
    return row["confidence"] == "S"


def words(cell: str) -> list[str]:
    """The parts of a cell that holds a list separated by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def partial_date(text: str) -> tuple[date, str] | None:
    """The date that ``text`` begins with and its precision (day, month or year), or nothing.

    A month or a year stands for its first day; the precision tells the reader so.
    """
    match = _DATE.match(text)
    if not match:
        return None
    numbers = [int(part) for part in match.groups() if part]
    try:
        return date(*[*numbers, 1, 1][:3]), PRECISIONS[len(numbers)]
    except ValueError:
        return None


@cache
def reading(name: str, *keys: str) -> Mapping[tuple[str, ...], Mapping[str, str]]:
    """The lines of ``loaders/mapping/<name>.csv`` by the values of the columns ``keys``."""
    return {tuple(line[key] for key in keys): line for line in read_mapping(name)}


def look_up(name: str, keys: Mapping[str, str], place: Place) -> Mapping[str, str]:
    """The line of ``mapping/<name>.csv`` whose columns ``keys`` hold these texts.

    Raises ``Unreadable`` where no line speaks of them.
    """
    found = reading(name, *keys).get(tuple(keys.values()))
    if found is None:
        raise Unreadable(
            place,
            " | ".join(keys.values()),
            f"mapping/{name}.csv does not say how to read it",
            f"Add a line with {', '.join(keys)} and a reason to mapping/{name}.csv.",
        )
    return found


@cache
def vocabulary() -> Mapping[str, Mapping[str, str]]:
    """Names of the individuals of the vocabularies by id, by root label."""
    schema = load_schema()
    found: dict[str, dict[str, str]] = {}
    for fact in facts_from_rdf(read_turtle(vocabulary_files()), schema, Place("vocabulary")):
        if fact.term in schema.nodes:
            names = found.setdefault(schema.root(fact.term), {})
            names[str(fact.values["id"])] = str(fact.values["name"])
    return found


def identify(label: str, text: str, place: Place) -> str:
    """Id of the individual of the vocabularies that a curated file calls ``text``.

    ``mapping/curated_ids.csv`` holds those whose name is not the id with underscores. Raises
    ``Unreadable`` with the nearest id where there is none.
    """
    line = reading("curated_ids", "label", "text").get((label, text))
    found = line["id"] if line else text.replace("_", "-")
    known = vocabulary().get(label, {})
    if found in known:
        return found
    near = process.extractOne(found, sorted(known), score_cutoff=60)
    meant = f"Did you mean {near[0]!r}? " if near else ""
    raise Unreadable(
        place,
        text,
        f"the vocabularies have no {label.lower()} {found!r}",
        f"{meant}Mend the cell or add the term to the vocabulary.",
    )


def economy_of(row: Row, column: str) -> str:
    """Id of the economy that a cell names, by the vocabulary and ``mapping/economies.csv``."""
    try:
        return names.economy(row[column], PUBLICATION)
    except FactError as error:
        raise Unreadable(
            row.place(column), row[column], error.message, error.hint or "Mend the cell."
        ) from error


def industry_of(economy: str, product: str, place: Place) -> Iterator[Fact]:
    """The industry of an economy for a product, named, with what it stands on."""
    label = f"{names.label('economy', economy)}: {names.label('product', product)}"
    yield from names.aggregate_fact(economy, place)
    yield from industry_facts(economy, product, label, place)


def referred(reference: str, place: Place) -> str:
    """A reference ``Label:id`` of a mapping, checked against the vocabularies."""
    label, _, name = reference.partition(":")
    return f"{label}:{identify(label, name, place)}"
