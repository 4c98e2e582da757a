"""What a load would do to a graph, known before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .batches import Batch, Row

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

    A table is a class of the ontology and the file in which its facts stand. What the facts are
    about is known only where the data set stated something before.
    """

    dataset: str
    tables: dict[tuple[str, str], Counter[Kind]] = field(default_factory=dict)
    brought: set[About] = field(default_factory=set)
    gone: set[About] = field(default_factory=set)

    @classmethod
    def first(cls, dataset: str, batches: Iterable[Batch]) -> Changes:
        """Those of a data set that stated nothing before: all is new."""
        changes = cls(dataset)
        for batch in batches:
            files = Counter(str(row.properties.get("file") or "") for row in batch.rows.values())
            for file, facts in files.items():
                changes._count(batch.name, file, "new", facts)
        return changes

    def add(self, term: str, row: Row, kind: Kind) -> None:
        """Count a fact that the load states."""
        properties = row.properties
        when = (properties.get("period"), properties.get("year"))
        said = about(when, row.start[1], properties.get("file"))
        self._count(term, said.file, kind)
        self.brought.add(said)

    def remove(self, term: str, said: About) -> None:
        """Count a fact that the load would remove."""
        self._count(term, said.file, "removed")
        self.gone.add(said)

    def _count(self, term: str, file: str, kind: Kind, facts: int = 1) -> None:
        self.tables.setdefault((term, file), Counter())[kind] += facts

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
