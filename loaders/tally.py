"""What a load's evidence is about, counted as it passes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..ontology.facts import Fact

_YEARS = re.compile(r"\b[12]\d{3}\b")


@dataclass
class Tally:
    """What a load's evidence is about, and how much of it was read in its document."""

    statements: int = 0
    unverified: int = 0
    years: tuple[int, int] | None = None

    def watch(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Pass facts on, counted."""
        for fact in facts:
            verified = fact.values.get("verified")
            if isinstance(verified, bool):
                self.statements += 1
                self.unverified += not verified
                self._at(str(fact.values.get("period") or fact.values.get("year") or ""))
            yield fact

    def described(self) -> dict[str, Any]:
        """Properties of the load's record."""
        found: dict[str, Any] = {}
        if self.statements:
            found["unverified"] = self.unverified / self.statements
        if self.years:
            first, last = self.years
            found["years"] = f"{first}-{last}" if first < last else str(first)
        return found

    def _at(self, period: str) -> None:
        for year in map(int, _YEARS.findall(period)):
            first, last = self.years or (year, year)
            self.years = min(first, year), max(last, year)
