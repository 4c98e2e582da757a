"""Who belonged to a bloc on a day, by the dated memberships of the vocabularies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from ..ontology.vocabulary import Vocabulary, vocabulary


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


def memberships(bloc: str) -> Mapping[str, Sequence[tuple[date, date | None]]]:
    """First and last day of each membership of a bloc, by economy."""
    return _memberships(vocabulary()).get(bloc, {})


@cache
def _memberships(
    known: Vocabulary,
) -> Mapping[str, Mapping[str, Sequence[tuple[date, date | None]]]]:
    found: dict[str, dict[str, list[tuple[date, date | None]]]] = {}
    for values in known.of("Membership"):
        first, last = values["from"], values.get("until")
        assert isinstance(first, date)
        assert last is None or isinstance(last, date)
        members = found.setdefault(str(values["bloc"]), {})
        members.setdefault(str(values["country"]), []).append((first, last))
    return found
