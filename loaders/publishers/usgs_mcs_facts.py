"""What one figure of Mineral Commodity Summaries becomes, whatever layout it stood in.

A layout's reader understands a cell as an ``Entry``; here it becomes an observation of an
industry or of reserves, with the nodes that it stands on, each stated once. Two figures of one
key are an error, never a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place
from .. import names
from ..industries import industry_facts, industry_id
from ..tables import read_mapping
from ..units import Unit
from .usgs_values import Value

PUBLICATION = "usgs-mcs"

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure, understood: whose, of what, counted how, and where it stands.

    ``value`` is in ``unit``; ``original_value`` and ``original_unit`` are the publisher's own.
    """

    economy: str
    product: str
    measure: str
    basis: str
    basis_note: str
    period: str
    unit: Unit
    value: Value
    rounded: bool
    original_value: str
    original_unit: str
    note: str | None
    place: Place

    @property
    def key(self) -> Key:
        """What tells a figure from every other of the edition."""
        return (self.economy, self.product, self.measure, self.basis, self.period)


@dataclass
class Stated:
    """What an edition has stated already: each node once, and no key twice."""

    economies: set[str] = field(default_factory=set)
    industries: set[str] = field(default_factory=set)
    keys: dict[Key, Place] = field(default_factory=dict)

    def facts(self, entry: Entry, source: str) -> Iterator[Fact]:
        """The facts of an entry of the edition ``source``; ``FactError`` if its key is taken."""
        self._take(entry)
        place = entry.place
        if entry.economy not in self.economies:
            self.economies.add(entry.economy)
            yield from names.aggregate_fact(entry.economy, place)
        shared = _shared(entry, source)
        if entry.measure == "reserves":
            material = names.material_of(entry.product)
            ends = {"economy": entry.economy, "material": material, "product": entry.product}
            yield Fact("ReserveObservation", {**ends, **shared}, place)
            return
        industry = industry_id(entry.economy, entry.product)
        if industry not in self.industries:
            self.industries.add(industry)
            owner = names.label("economy", entry.economy)
            name = f"{owner}: {names.label('product', entry.product)}"
            yield from industry_facts(entry.economy, entry.product, name, place)
        yield Fact(
            "IndustryObservation",
            {"industry": industry, "measure": entry.measure, **shared},
            place,
        )

    def check(self, entries: list[Entry]) -> None:
        """Raise ``FactError`` where an entry's key is taken, before anything of it is stated."""
        for at, entry in enumerate(entries):
            earlier = next((e for e in entries[:at] if e.key == entry.key), None)
            if first := self.keys.get(entry.key) or (earlier and earlier.place):
                raise _taken(entry, first)

    def _take(self, entry: Entry) -> None:
        if first := self.keys.get(entry.key):
            raise _taken(entry, first)
        self.keys[entry.key] = entry.place


def _taken(entry: Entry, first: Place) -> FactError:
    where = (
        f"line {first.line}"
        if first.file == entry.place.file
        else f"{first.file}, line {first.line}"
    )
    return FactError(
        f"{where} states the same already: {' '.join(entry.key)}",
        "Two rows of one key need two products, or a basis that tells them apart, in"
        " loaders/mapping.",
    )


def _shared(entry: Entry, source: str) -> dict[str, str | float | bool | int | None]:
    value, convert = entry.value, entry.unit.convert
    note = " ".join(part for part in (entry.note, value.note) if part)
    return {
        "source": source,
        "period": entry.period,
        "amount": convert(value.amount),
        "low": convert(value.low),
        "high": convert(value.high),
        "unit": entry.unit.base,
        "basis": entry.basis,
        "basis_note": entry.basis_note or None,
        "status": value.status,
        "rounded": True if entry.rounded else None,
        "original_value": entry.original_value or None,
        "original_unit": entry.original_unit or None,
        "file": entry.place.file,
        "line": entry.place.line,
        "verified": True,
        "note": note or None,
    }


def once(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts without the industries and totals that were stated before: the readers of world
    tables and of US statistics state those that they need."""
    stated: set[tuple[str, ...]] = set()
    for fact in facts:
        if fact.term in ("Industry", "Aggregate", "has", "totals", "Making"):
            key = (fact.term, *(str(fact.values[name]) for name in sorted(fact.values)))
            if key in stated:
                continue
            stated.add(key)
        yield fact


def corrections(edition: str, table: str, column: str) -> Sequence[Mapping[str, str]]:
    """What ``mapping/usgs_mcs_corrections.csv`` has for a column of a table of an edition."""
    return _corrections().get((edition, names.fold(table), column), ())


@cache
def _corrections() -> Mapping[tuple[str, str, str], Sequence[Mapping[str, str]]]:
    found: dict[tuple[str, str, str], list[Mapping[str, str]]] = {}
    for line in read_mapping("usgs_mcs_corrections"):
        key = (line["edition"], names.fold(line["table"]), line["column"])
        found.setdefault(key, []).append(line)
    return found
