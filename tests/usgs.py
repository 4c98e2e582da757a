"""What the tests of the Mineral Commodity Summaries share: their samples, and how they are read.

The samples are rows of the publisher's own files (public domain) at their own lines; the lines
between them are empty, which readers pass over.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loading import read as read_files
from orepath.loaders.base import Ledger
from orepath.ontology.facts import Fact
from orepath.ontology.schema import load_schema
from orepath.ontology.validate import Validator

SAMPLES = Path(__file__).parent / "samples/usgs_mcs"
WIDE = "MCS2025_World_Data.csv"
LONG = "MCS2026_Commodities_Data.csv"

Key = tuple[str, str, str, str]
Rows = list[list[str]]
Change = Callable[[Rows], Rows]


@dataclass(frozen=True)
class Read:
    """An edition, or a part of one, with its facts by key."""

    facts: Sequence[Fact]
    ledger: Ledger
    observations: dict[Key, dict[str, Any]]
    reserves: dict[Key, dict[str, Any]]
    shares: dict[tuple[str, str], dict[str, Any]]

    @property
    def world(self) -> dict[Key, dict[str, Any]]:
        """The observations of the world tables."""
        return {k: v for k, v in self.observations.items() if k[1] in ("production", "capacity")}

    def holds(self, part: Read) -> bool:
        """Whether all facts of a part are also those of the whole, figure by figure."""
        return (
            part.observations.items() <= self.observations.items()
            and part.reserves.items() <= self.reserves.items()
            and part.shares.items() <= self.shares.items()
        )


def read(*files: Path, whole: bool = True) -> Read:
    """The facts of files by key; no key is stated twice."""
    facts, ledger = read_files("usgs-mcs", *files, whole=whole)
    found = Read(facts, ledger, {}, {}, {})
    for fact in facts:
        v: dict[str, Any] = dict(fact.values)
        if fact.term == "IndustryObservation":
            key = v["industry"], v["measure"], v["basis"], v["period"]
            assert key not in found.observations, key
            found.observations[key] = v
        elif fact.term == "ReserveObservation":
            key = v["economy"], v["product"], v["basis"], v["period"]
            assert key not in found.reserves, key
            found.reserves[key] = v
        elif fact.term == "SourcingShare":
            assert (v["industry"], v["period"]) not in found.shares
            found.shares[v["industry"], v["period"]] = v
    return found


def fits_the_ontology(found: Read) -> bool:
    """Whether each fact is valid, and each thing stated once; totals and residuals make nothing."""
    validator = Validator(load_schema())
    keys: Counter[tuple[str, str]] = Counter()
    for fact in found.facts:
        record: Any = validator.check(fact)
        if fact.term.endswith(("Industry", "Aggregate", "Making", "Observation", "Share")):
            keys[fact.term, record.id] += 1
    makers = {str(f.values["industry"]) for f in found.facts if f.term == "Making"}
    totals = {str(f.values["start"]) for f in found.facts if f.term == "totals"}
    lumps = [m for m in makers if m.startswith(("WLD", "REST:", "AGG:"))]
    return max(keys.values()) == 1 and not lumps and not makers & totals


def statements(facts: Iterable[Fact]) -> list[tuple[str, dict[str, Any]]]:
    """What facts say, wherever they stand."""
    return [(f.term, dict(f.values)) for f in facts]


def rewrite(path: Path, folder: Path, change: Change, encoding: str = "utf-8-sig") -> Path:
    """A changed copy of a table, as another program writes it; line numbers stay."""
    source = "cp1252" if path.name == LONG else "utf-8-sig"
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode(source), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out).writerows(change(rows))
    copy = folder / path.name
    copy.write_bytes(out.getvalue().encode(encoding))
    return copy


def shuffled(rows: Rows) -> Rows:
    """The columns in another order, with spaces around the cells."""
    return [[f" {cell}  " for cell in reversed(row)] for row in rows]


def without(column: str) -> Change:
    """Removes a column."""

    def change(rows: Rows) -> Rows:
        at = rows[0].index(column)
        return [row[:at] + row[at + 1 :] for row in rows]

    return change


def cell(line: int, column: str, text: str) -> Change:
    """Writes another text into a cell."""

    def change(rows: Rows) -> Rows:
        rows[line - 1][rows[0].index(column)] = text
        return rows

    return change


def mistaken(path: Path, encoding: str) -> bytes:
    """The bytes of a table as a program writes them that is wrong about its encoding."""
    text = path.read_bytes().decode("cp1252" if path.name == LONG else "utf-8-sig")
    if encoding == "utf-8 twice":
        return text.encode("utf-8").decode("cp1252", "replace").encode("utf-8")
    return text.encode(encoding, "replace")
