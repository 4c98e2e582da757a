"""Rows of the wide tables and what their figures mean, before anything is made of them.

What a table, row type and column mean stands in ``mapping/usgs_mcs_world_products.csv``, which
also counts the rows of the known editions, so that a cut file is noticed. How a file is laid out
is not known here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ...ontology.errors import OrepathError
from .. import names
from ..tables import AGAIN, Row, read_mapping

# What a conversion makes of letters that it does not understand.
_DAMAGE = re.compile("[\x80-\x9f\ufffd]|Ã|â€")
_LETTERS = frozenset("\xa0’“”½ô")

MeaningKey = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: its name in the file, ``kind`` (``Prod``, ``Reserves_ore`` …), the unit
    where the name says it, the year, and whether it is headed as estimated."""

    name: str
    kind: str
    unit: str | None
    year: str
    estimated: bool

    @property
    def base(self) -> str:
        """``Prod``, ``Cap`` or ``Reserves``."""
        return self.kind.partition("_")[0]

    @property
    def order(self) -> tuple[int, str, str]:
        """Where the column's facts come in a row, wherever it stands in the file."""
        return (("Prod", "Cap", "Reserves").index(self.base), self.kind, self.year)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a world table with what its file says of it.

    ``notes`` are the names of the columns of notes by base; ``unit`` is the row's own.
    """

    edition: str
    layout: str
    table: str
    type: str
    country: str
    row: Row
    columns: Sequence[Column]
    notes: Mapping[str, str]
    unit: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing stands in the row."""
        return not any(self.row.cells.values())


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a kind of figure in a row means; without ``product`` it is deliberately left."""

    product: str
    measure: str
    basis: str
    basis_note: str
    years: int
    rows: int


def meaning(line: Line, kind: str) -> Meaning | None:
    """What the figures of ``kind`` mean in a row; ``None`` where the mapping has no such line."""
    base = (line.layout, names.fold(line.table), names.fold(line.type))
    for country in (names.fold(line.country), ""):
        if found := meanings().get((*base, country, kind)):
            return found
    return None


def missing(lines: Iterable[Line], layout: str) -> Iterator[tuple[str, str, int, int]]:
    """Table, row type, rows found and rows expected of what a known edition lacks."""
    seen: Counter[MeaningKey] = Counter()
    for line in lines:
        base = (layout, names.fold(line.table), names.fold(line.type))
        country = names.fold(line.country)
        for kind in sorted({column.kind for column in line.columns}):
            special = (*base, country, kind)
            seen[special if special in meanings() else (*base, "", kind)] += 1
    for key, expected in meanings().items():
        if key[0] == layout and seen[key] < expected.rows:
            yield key[1], key[2], seen[key], expected.rows


def check_letters(lines: Iterable[Line], known: bool) -> None:
    """Raise ``OrepathError`` where a conversion has damaged letters: in a known edition at any
    letter that it does not have, else at what only a wrong encoding can produce."""
    for line in lines:
        for column, cell in line.row.cells.items():
            odd = _DAMAGE.search(cell)
            bad = odd.group() if odd else ""
            if known and not bad:
                bad = next((c for c in cell if c == "?" or (c > "~" and c not in _LETTERS)), "")
            if bad:
                raise OrepathError(
                    f"{line.row.place(column)}: {bad!r} is no letter of the publisher's text; it"
                    " was damaged by a conversion",
                    AGAIN,
                )


@cache
def meanings() -> Mapping[MeaningKey, Meaning]:
    """The lines of ``mapping/usgs_mcs_world_products.csv`` by layout, table, row type, country
    and kind of column."""
    return {
        (
            line["layout"],
            names.fold(line["table"]),
            names.fold(line["type"]),
            names.fold(line["country"]),
            line["column"],
        ): Meaning(
            line["product"],
            line["measure"],
            line["basis"],
            line["basis_note"],
            int(line["years"]),
            int(line["rows"]),
        )
        for line in read_mapping("usgs_mcs_world_products")
    }


@cache
def revisions(edition: str) -> Sequence[Mapping[str, str]]:
    """What the publisher revised within an edition, from ``mapping/usgs_mcs_revisions.csv``."""
    return [line for line in read_mapping("usgs_mcs_revisions") if line["edition"] == edition]
