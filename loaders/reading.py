"""What several loaders read rows with: rows left out or refused, reviewed readings, references.

How a publisher's free texts are read is not in Python but in ``loaders/mapping/*.csv``, each line
with its reason. This module knows no publisher; ``tables.py`` reads the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from rapidfuzz import process

from ..ontology.compile import read_once
from ..ontology.facts import Fact, Place
from ..ontology.rdf import facts_from_rdf
from ..ontology.schema import load_schema, vocabulary_files
from . import names
from .tables import Row, read_mapping

DOCUMENT_COLUMNS = ("source_title", "publisher", "source_date", "url", "confidence")


class LeaveOut(Exception):  # noqa: N818 - it is no error: the row is left out on purpose
    """A row is deliberately not loaded; the text says why."""


class Unreadable(Exception):  # noqa: N818 - it never reaches the user: the ledger keeps it
    """A row cannot be understood: where, which value, why, and what to do."""

    def __init__(self, place: Place, value: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.place, self.value, self.reason, self.remedy = place, value, reason, remedy


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


def verified(row: Row) -> bool:
    """Whether the document was read (mark ``S``); behind ``K`` and ``?`` it was not."""
    return row["confidence"] == "S"


def words(cell: str) -> list[str]:
    """The parts of a cell that holds a list separated by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


@cache
def reading(name: str, *keys: str) -> Mapping[tuple[str, ...], Mapping[str, str]]:
    """The lines of ``loaders/mapping/<name>.csv`` by the values of the columns ``keys``."""
    return {tuple(line[key] for key in keys): line for line in read_mapping(name)}


@cache
def vocabulary() -> Mapping[str, Mapping[str, str]]:
    """Names of the individuals of the vocabularies by id, by root label."""
    schema = load_schema()
    found: dict[str, dict[str, str]] = {}
    for fact in facts_from_rdf(read_once(vocabulary_files()), schema, Place("vocabulary")):
        if fact.term in schema.nodes:
            called = found.setdefault(schema.root(fact.term), {})
            called[str(fact.values["id"])] = str(fact.values["name"])
    return found


def identify(label: str, text: str, place: Place) -> str:
    """Id of the individual of the vocabularies that a file calls ``text``, by id or name.

    Raises ``Unreadable`` with the nearest id where there is none.
    """
    known = vocabulary().get(label, {})
    found = text.replace("_", "-")
    for spelling in (found, *names.labels(label.casefold()).get(names.fold(text), ())):
        if spelling in known:
            return spelling
    near = process.extractOne(found, sorted(known), score_cutoff=60)
    meant = f"Did you mean {near[0]!r}? " if near else ""
    raise Unreadable(
        place,
        text,
        f"the vocabularies have no {label.lower()} {found!r}",
        f"{meant}Mend the cell or add the term to the vocabulary.",
    )
