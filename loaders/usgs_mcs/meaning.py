"""What the publisher's words mean: the reviewed lines of this folder, by the words they are of.

The data files say of each chapter, row type, column or cell which product and measure it is, what
was printed wrong, and what stands beside a country's name, each line with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from ...ontology.errors import FactError
from .. import names
from ..base import read_mapping
from ..base.tables import header_key

FOLDER = __package__.rpartition(".")[2]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# What the status already says, and the pointer that stands at every reserve.
_SAID = re.compile(
    r"^(?:estimated|reported)\s*\.?$|^See Appendix C for resource and reserve definitions",
    re.IGNORECASE,
)
# One row of 2026 has slipped by a column: its note is the answer to "is it critical?".
_SLIPPED = frozenset({"yes", "no"})

Line = Mapping[str, str]
"""A line of a data file; those on products have ``product``, ``measure``, ``basis`` …"""


@cache
def fold(text: str) -> str:
    """A heading as it is compared between editions: no case, no years, hyphens of one kind.

    The publisher's conversion has left question marks where non-breaking hyphens stood.
    """
    return _YEAR.sub("year", names.fold(text).replace("?", "-").replace("\u2010", "-"))


@cache
def groups(
    name: str, exact: tuple[str, ...], folded: tuple[str, ...]
) -> Mapping[tuple[str, ...], Sequence[Line]]:
    """The lines of ``<name>.csv`` by their cells of ``exact`` columns and folded ones of others."""
    found: dict[tuple[str, ...], list[Line]] = {}
    for line in read_mapping(f"{FOLDER}/{name}"):
        key = (*(line[column] for column in exact), *(fold(line[column]) for column in folded))
        found.setdefault(key, []).append(line)
    return found


@cache
def lines(
    name: str, exact: tuple[str, ...], folded: tuple[str, ...]
) -> Mapping[tuple[str, ...], Line]:
    """As ``groups``, where a key has one line."""
    return {key: found[-1] for key, found in groups(name, exact, folded).items()}


def corrections(edition: str, table: str, column: str, country: str, kind: str) -> list[Line]:
    """What ``corrections.csv`` has for a cell: its table, column, country and row type."""
    held = groups("corrections", ("edition",), ("table",))
    return [
        fix
        for fix in held.get((edition, fold(table)), ())
        if header_key(fix["column"]) == header_key(column)
        and fix["country"] in ("*", country)
        and fold(fix["type"]) in ("", fold(kind))
    ]


def readings() -> Mapping[tuple[str, ...], Line]:
    """How single cells are to be read, by source, year, cell, chapter and detail."""
    return lines("us_readings", ("source", "year", "cell"), ("chapter", "detail"))


def unknown(what: str, name: str, column: str | None, value: str) -> FactError:
    """The error where nothing in ``<name>.csv`` says ``what``."""
    remedy = f"Add it to loaders/{FOLDER}/{name}.csv with a reason."
    return FactError(f"nothing says {what}", remedy, column, value)


def footnotes(notes: str) -> str | None:
    """The publisher's footnotes without what the status says already."""
    parts = (part.strip() for part in re.split(r"\s*\.?-- ?", notes))
    kept = (p for p in parts if p and not _SAID.search(p) and p.casefold() not in _SLIPPED)
    return " ".join(p if p.endswith((".", "”", "!")) else f"{p}." for p in kept) or None
