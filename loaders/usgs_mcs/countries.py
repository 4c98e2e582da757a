"""The column Country of the wide tables: an economy, and what stands beside its name.

Footnotes lose their height there (``New Caledonia11``, ``Chinae``), and some tables say in the
name what the country counts (``Peru (exports)``); what such an addition means stands with its
reason in ``qualifiers.csv``; an unknown one is kept in its own words. A total that *excludes*
somebody is read by that word, and is then less than the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...ontology.errors import FactError
from .. import names
from .meaning import fold, lines

PUBLICATION = "usgs-mcs"
_BESIDE = re.compile(r"(?P<name>.+?)\s*\((?P<in>[^)]*)\)\s*\d*(?:,\s*(?P<after>.+))?")
_COMMA = re.compile(r"(?P<name>.+),\s*(?P<in>[^,]+)")
# "World total (rounded), excluding U.S. production", "World total (excludes United States)"
_EXCLUDES = re.compile(
    r"exclud(?:es|ing)\s+(?P<who>.+?)(?:\s+(?P<base>production|capacity|reserves))?\.?",
    re.IGNORECASE,
)
_BASES = {"production": "Prod", "capacity": "Cap", "reserves": "Reserves"}
_GLUED_E = re.compile(r"(?P<name>.+)e\d*")


@dataclass(frozen=True, slots=True)
class Country:
    """A cell of the column Country, understood."""

    economy: str
    note: str
    rounded: bool
    estimated: bool
    excludes: str = ""
    excluded_from: str = ""

    def lacks(self, base: str) -> str:
        """Whom a total of ``base`` (``Prod``, ``Cap``, ``Reserves``) leaves out, as printed."""
        return self.excludes if self.excluded_from in ("", base) else ""


def read_country(cell: str) -> Country:
    """The economy that a cell names, without what is beside the name: a footnote's number or
    mark glued to it, and what the country counts (*Peru (exports)*).

    Raises ``FactError`` for an unknown name.
    """
    name, beside, rounded = cell, [], "(rounded)" in cell
    if not _is_name(cell):
        found = _BESIDE.fullmatch(cell) or _COMMA.fullmatch(cell)
        if found and ("(" in cell or _is_name(found["name"])):
            name = found["name"]
            beside = [words for words in found.groups()[1:] if words]
    notes, excludes, excluded_from = [], "", ""
    for words in _parts(beside):
        if left_out := _EXCLUDES.fullmatch(words):
            excludes = left_out["who"]
            excluded_from = _BASES.get((left_out["base"] or "").casefold(), "")
            continue
        line = lines("qualifiers", (), ("qualifier",)).get((fold(words),))
        rounded = rounded or bool(line and line["rounded"] == "yes")
        notes.append(line["basis_note"] if line else words)
    glued = _GLUED_E.fullmatch(name)
    estimated = not _is_name(name) and glued is not None and _is_name(glued["name"])
    try:
        economy = names.economy(name, PUBLICATION)
    except FactError as error:
        error.value = cell
        raise
    note = "; ".join(filter(None, notes))
    return Country(economy, note, rounded, estimated, excludes, excluded_from)


def _parts(beside: list[str]) -> Iterator[str]:
    """Each addition; one that nobody reviewed as a whole, part by part."""
    for words in beside:
        known = (fold(words),) in lines("qualifiers", (), ("qualifier",))
        yield from [words] if known else re.split(r"[,;]\s+", words)


def _is_name(words: str) -> bool:
    key = names.fold(words)
    return key in names.labels("economy") or any(
        (owner, key) in names.readings() for owner in (PUBLICATION, "*")
    )
