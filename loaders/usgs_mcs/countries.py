"""The column Country of the wide tables: an economy, and what stands beside its name.

Footnotes lose their height there (``New Caledonia11``, ``Chinae``), and some tables say in the
name what the country counts (``Peru (exports)``); what such an addition means stands with its
reason in ``qualifiers.csv``. Nothing is guessed: an unknown one is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...ontology.errors import FactError
from .. import names
from .meaning import fold, lines, unknown

PUBLICATION = "usgs-mcs"
_BESIDE = re.compile(r"(?P<name>.+?)\s*\((?P<in>[^)]*)\)\s*\d*(?:,\s*(?P<after>.+))?")
_COMMA = re.compile(r"(?P<name>.+),\s*(?P<in>[^,]+)")
_GLUED_E = re.compile(r"(?P<name>.+)e\d*")


@dataclass(frozen=True, slots=True)
class Country:
    """A cell of the column Country, understood."""

    economy: str
    note: str
    rounded: bool
    estimated: bool


def read_country(cell: str) -> Country:
    """The economy that a cell names, without what is beside the name: a footnote's number or
    mark glued to it, and what the country counts (*Peru (exports)*).

    Raises ``FactError`` for an unknown name, and for an addition that ``qualifiers.csv`` lacks.
    """
    name, beside, rounded = cell, [], "(rounded)" in cell
    if not _is_name(cell):
        found = _BESIDE.fullmatch(cell) or _COMMA.fullmatch(cell)
        if found and ("(" in cell or _is_name(found["name"])):
            name = found["name"]
            beside = [words for words in found.groups()[1:] if words]
    notes = []
    for words in beside:
        line = lines("qualifiers", (), ("qualifier",)).get((fold(words),))
        if line is None:
            raise unknown(f"what {words!r} means beside {name!r}", "qualifiers", None, cell)
        rounded = rounded or line["rounded"] == "yes"
        notes.append(line["basis_note"])
    glued = _GLUED_E.fullmatch(name)
    estimated = not _is_name(name) and glued is not None and _is_name(glued["name"])
    try:
        economy = names.economy(name, PUBLICATION)
    except FactError as error:
        error.value = cell
        raise
    return Country(economy, "; ".join(note for note in notes if note), rounded, estimated)


def _is_name(words: str) -> bool:
    key = names.fold(words)
    return key in names.labels("economy") or any(
        (owner, key) in names.readings() for owner in (PUBLICATION, "*")
    )
