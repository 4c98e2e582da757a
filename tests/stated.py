"""The sets of facts that come with the package, as their tables state them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from orepath.loaders.base import Ledger
from orepath.loaders.facts import loader as facts
from orepath.loaders.facts import sets
from orepath.ontology.facts import Fact, Value
from orepath.ontology.schema import load_schema
from orepath.ontology.vocabulary import load_vocabulary


class Stated:
    """The facts of one data set, asked by term and values."""

    def __init__(self, stated: Iterable[Fact], ledger: Ledger) -> None:
        self.facts, self.ledger = list(stated), ledger

    def all(self, term: str, **values: Value) -> list[Fact]:
        return [
            fact
            for fact in self.facts
            if fact.term == term
            and all(fact.values.get(name) == value for name, value in values.items())
        ]

    def one(self, term: str, **values: Value) -> dict[str, Value]:
        (fact,) = self.all(term, **values)
        return dict(fact.values)

    def ends(self, term: str, start: str) -> set[str]:
        return {str(fact.values["end"]) for fact in self.all(term, start=start)}


@cache
def stated(name: str) -> Stated:
    """What the set ``orepath-<name>`` states."""
    ledger = Ledger()
    files = facts.set_files(sets.bundled()[f"orepath-{name}"])
    return Stated(facts.Loader().read(files).facts(ledger), ledger)


def some(values: dict[str, Value], names: dict[str, Value]) -> dict[str, Value]:
    """Of the values those that are named."""
    return {name: values.get(name) for name in names}


def individuals() -> dict[str, set[str]]:
    """Ids of the individuals of the vocabularies by root label."""
    schema = load_schema()
    found: dict[str, set[str]] = {}
    for fact in load_vocabulary().facts:
        if fact.term in schema.nodes:
            found.setdefault(schema.root(fact.term), set()).add(str(fact.values["id"]))
    return found
