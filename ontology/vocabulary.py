"""The vocabularies as facts and units, compiled once and cached as the schema is.

Whoever reads a publisher's file asks this one index about names, codes, units and memberships.
It imports no RDF library unless the cache is cold.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from .facts import Fact, Place, Value
from .paths import kept
from .schema import hash_of, load_schema, vocabulary_files
from .terms import NAMESPACE, Schema, kebab

FORMAT = 1
"""Raised whenever the compiled form changes its shape, so that no old cache is read."""
PLACE = Place("vocabulary")
UNITS = f"{NAMESPACE}code/unit"


@dataclass(frozen=True, slots=True)
class UnitConcept:
    """A unit by all its names: it is ``factor`` times ``base``, a unit that amounts are kept in;
    ``basis`` is the content basis that its words imply."""

    names: tuple[str, ...]
    base: str
    factor: str = "1"
    basis: str | None = None


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All facts of the vocabularies, sorted, and their units; equal only to itself, so that what
    is made from it can be cached by it."""

    schema: Schema
    facts: tuple[Fact, ...]
    units: tuple[UnitConcept, ...]

    @cached_property
    def individuals(self) -> Mapping[str, Mapping[str, Mapping[str, Value]]]:
        """Properties of each individual, by kind (a root class as in an IRI: ``economy``) and
        id."""
        found: dict[str, dict[str, Mapping[str, Value]]] = {}
        for fact in self.facts:
            if node := self.schema.nodes.get(fact.term):
                found.setdefault(kebab(node.root), {})[str(fact.values["id"])] = fact.values
        return found

    def of(self, term: str) -> Iterator[Mapping[str, Value]]:
        """The values of all facts of a term, such as ``Membership``."""
        return (fact.values for fact in self.facts if fact.term == term)

    @cached_property
    def _links(self) -> Mapping[str, tuple[Mapping[str, list[str]], Mapping[str, list[str]]]]:
        links: dict[str, tuple[dict[str, list[str]], dict[str, list[str]]]] = {}
        for fact in self.facts:
            if (relation := self.schema.relations.get(fact.term)) and relation.plain:
                start, end = str(fact.values["start"]), str(fact.values["end"])
                ends, starts = links.setdefault(fact.term, ({}, {}))
                ends.setdefault(start, []).append(end)
                starts.setdefault(end, []).append(start)
        return links

    def ends(self, relation: str, start: str) -> tuple[str, ...]:
        """Ids that a plain relation (``form_of``) leads to from an individual, sorted."""
        ends, _ = self._links.get(relation, ({}, {}))
        return tuple(sorted(ends.get(start, ())))

    def starts(self, relation: str, end: str) -> tuple[str, ...]:
        """Ids of the individuals from which a plain relation leads to this one, sorted."""
        _, starts = self._links.get(relation, ({}, {}))
        return tuple(sorted(starts.get(end, ())))


def vocabulary() -> Vocabulary:
    """The vocabularies as they were when this process first asked for them, once for each value
    of ``OREPATH_ONTOLOGY``: loaders ask at every cell."""
    return _remembered(os.environ.get("OREPATH_ONTOLOGY", ""))


@cache
def _remembered(_extensions: str) -> Vocabulary:
    return load_vocabulary()


def load_vocabulary() -> Vocabulary:
    """The vocabularies as they are now, from the cache where no Turtle has changed.

    Raises ``OntologyError`` for an individual that the ontology does not know how to read.
    """
    files = vocabulary_files()
    return _load(hash_of(files, f"{FORMAT} {load_schema().digest}"), files)


@cache
def _load(digest: str, files: tuple[Path, ...]) -> Vocabulary:
    schema = load_schema()

    def compiled() -> Vocabulary:
        return _compiled(files, schema)

    def read(data: Mapping[str, Any]) -> Vocabulary:
        facts = (
            Fact(term, {k: _temporal(v) for k, v in values.items()}, PLACE)
            for term, values in data["facts"]
        )
        units = (UnitConcept(**unit | {"names": tuple(unit["names"])}) for unit in data["units"])
        return Vocabulary(schema, tuple(facts), tuple(units))

    return kept(f"vocabulary/{digest}", read, compiled, _plain)


def _compiled(files: Iterable[Path], schema: Schema) -> Vocabulary:
    from .rdf import facts_from_rdf
    from .turtle import read_turtle, unit_concepts

    graph = read_turtle(files)
    facts = tuple(facts_from_rdf(graph, schema, PLACE))
    units = (UnitConcept(**concept) for concept in unit_concepts(graph, UNITS))
    return Vocabulary(schema, facts, tuple(units))


def _plain(known: Vocabulary) -> dict[str, Any]:
    return {
        "facts": [
            (
                fact.term,
                {
                    key: {"on": value.isoformat()} if isinstance(value, date) else value
                    for key, value in fact.values.items()
                },
            )
            for fact in known.facts
        ],
        "units": [asdict(unit) for unit in known.units],
    }


def _temporal(value: Any) -> Any:
    """A value of the cache file: a date, which JSON has not, stands there as ``{"on": …}``."""
    if not isinstance(value, dict):
        return value
    text = value["on"]
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
