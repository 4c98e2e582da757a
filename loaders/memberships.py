"""Who belonged to a bloc on a day, by the dated memberships of the vocabularies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from ..ontology.facts import Place
from ..ontology.rdf import facts_from_rdf
from ..ontology.schema import load_schema, vocabulary_files
from ..ontology.turtle import read_turtle


def is_member(economy: str, bloc: str, day: date) -> bool:
    """Whether an economy was in a bloc (``EU27``, ``NATO`` …) on a day, its last day included."""
    return any(
        first <= day and (last is None or day <= last)
        for first, last in memberships(bloc).get(economy, ())
    )


def throughout(economy: str, bloc: str, year: int) -> bool | None:
    """Whether an economy was in a bloc all through a year; nothing where that changed in it."""
    ends = {is_member(economy, bloc, day) for day in (date(year, 1, 1), date(year, 12, 31))}
    return ends.pop() if len(ends) == 1 else None


@cache
def memberships(bloc: str) -> Mapping[str, Sequence[tuple[date, date | None]]]:
    """First and last day of each membership of a bloc, by economy."""
    held = [f for f in vocabulary_files() if "ore:Membership" in f.read_text(encoding="utf-8")]
    found: dict[str, list[tuple[date, date | None]]] = {}
    for fact in facts_from_rdf(read_turtle(held), load_schema(), Place("vocabulary")):
        if fact.term == "Membership" and fact.values["bloc"] == bloc:
            first, last = fact.values["from"], fact.values.get("until")
            assert isinstance(first, date)
            assert last is None or isinstance(last, date)
            found.setdefault(str(fact.values["country"]), []).append((first, last))
    return found
