"""The sets of facts that come with the package, as their tables state them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from orepath.loaders import fact_sets, facts
from orepath.loaders.protocol import Ledger
from orepath.ontology.facts import Fact, Value


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
    files = facts.set_files(fact_sets.bundled()[f"orepath-{name}"])
    return Stated(facts.facts(files, ledger), ledger)


def some(values: dict[str, Value], names: dict[str, Value]) -> dict[str, Value]:
    """Of the values those that are named."""
    return {name: values.get(name) for name in names}
