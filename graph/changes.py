"""What a load would do to a graph, known before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .batches import Row

Kind = Literal["new", "changed", "unchanged", "removed"]
KINDS: tuple[Kind, ...] = ("new", "changed", "removed", "unchanged")
_YEAR = re.compile(r"\b[12]\d{3}\b")


@dataclass(frozen=True, slots=True)
class About:
    """What a fact is about, as far as it says: the years, the economy, and the file it stands
    in; the last two are empty where it says none."""

    years: frozenset[int] = frozenset()
    economy: str = ""
    file: str = ""


def about(properties: Iterable[object], start: str, file: object) -> About:
    """What a fact is about: its period and year, the id at its start (``CHN:gallium/primary``)."""
    years = frozenset(int(y) for v in properties if v for y in _YEAR.findall(str(v)))
    return About(years, start.partition(":")[0] if years else "", str(file or ""))


@dataclass(slots=True)
class Changes:
    """New, changed, unchanged and removed facts by table, and what they are about.

    A table is a class of the ontology and the file in which its facts stand; ``touched`` are the
    classes of which something would be written. What a load brings is looked at only where the
    data set stated something before (``again``).
    """

    dataset: str
    again: bool = True
    tables: dict[tuple[str, str], Counter[Kind]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    brought: set[About] = field(default_factory=set)
    gone: set[About] = field(default_factory=set)

    def add(self, term: str, row: Row, kind: Kind) -> None:
        """Count a fact that the load states."""
        properties = row.properties
        file = properties.get("file")
        self._count(term, str(file or ""), kind)
        if kind != "unchanged":
            self.touched.add(term)
        if self.again:
            when = (properties.get("period"), properties.get("year"))
            self.brought.add(about(when, row.start[1], file))

    def remove(self, term: str, said: About) -> None:
        """Count a fact that the load would remove."""
        self._count(term, said.file, "removed")
        self.gone.add(said)

    def _count(self, term: str, file: str, kind: Kind) -> None:
        self.tables.setdefault((term, file), Counter())[kind] += 1

    def total(self, kind: Kind) -> int:
        """How many facts of all tables there are of a kind."""
        return sum(counted[kind] for counted in self.tables.values())

    def lacking(self) -> dict[str, Sequence[str]]:
        """Years, economies and tables that only removed facts are about, each sorted."""
        years = {y for a in self.gone for y in a.years} - {y for a in self.brought for y in a.years}
        economies = {a.economy for a in self.gone} - {a.economy for a in self.brought}
        files = {a.file for a in self.gone} - {a.file for a in self.brought}
        found = {
            "year": [str(year) for year in sorted(years)],
            "economy": sorted(economies - {""}),
            "table": sorted(files - {""}),
        }
        return {what: names for what, names in found.items() if names}
