"""What a user types, and what the graph calls it: names, codes and symbols become ids.

A match is exact up to case, accents and punctuation, in the order id, name, code or symbol, other
name, name in another language; nothing is ever guessed: a near miss is only offered as "did you
mean". The names of a kind are read from the graph once and remembered by the connection; those in
other languages come from a file of the package, which is read when English has no such word.
``find.py`` lists all that a word may stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from ..ontology.errors import OrepathError
from .spelling import LABELS, normal, quoted

if TYPE_CHECKING:
    from ..graph.connection import Answered, Graph

__all__ = ["LABELS", "Names", "Thing", "in_languages", "names_of", "normal", "quoted"]

NEAR = 65
"""Likeness in percent from which a spelling is offered for one that is not known."""
Tongues = Mapping[str, Mapping[str, Sequence[str]]]
"""Languages of each id that a spelling, as ``normal`` writes it, names."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in the graph that can be named."""

    id: str
    name: str
    codes: tuple[str, ...] = ()
    alt_names: tuple[str, ...] = ()


class Names:
    """All things of one kind, found by any spelling of their names."""

    def __init__(self, kind: str, things: Iterable[Thing]) -> None:
        self.kind = kind
        self.things = tuple(things)
        # One dictionary a rank: an id goes before a name, a name before a code.
        self._ranks: tuple[dict[str, dict[str, Thing]], ...] = ({}, {}, {}, {})
        for thing in self.things:
            spellings = ((thing.id,), (thing.name,), thing.codes, thing.alt_names)
            for rank, words in zip(self._ranks, spellings, strict=True):
                for word in words:
                    rank.setdefault(normal(word), {})[thing.id] = thing

    def match(self, text: str) -> Thing:
        """The one thing that a text names; raises ``OrepathError``."""
        wanted = normal(text)
        for rank in self._ranks if wanted else ():
            found = rank.get(wanted, {})
            if len(found) == 1:
                return next(iter(found.values()))
            if found:
                listed = [f"{thing.id} ({thing.name})" for _, thing in sorted(found.items())]
                raise self._ambiguous(text, listed)
        tongues = self._tongues.get(wanted, {}) if wanted else {}
        if len(tongues) == 1:
            return self._by_id[next(iter(tongues))]
        if tongues:
            raise self._ambiguous(text, [self._told(id_, tongues[id_]) for id_ in sorted(tongues)])
        raise self._unknown(text)

    @cached_property
    def _by_id(self) -> dict[str, Thing]:
        return {thing.id: thing for thing in self.things}

    @cached_property
    def _tongues(self) -> Tongues:
        """Names of these things in other languages; read only where English has no such word."""
        return in_languages(self.kind, self._by_id)

    def _told(self, id_: str, languages: Sequence[str]) -> str:
        from ..ontology.languages import LANGUAGES

        words = " and ".join(LANGUAGES[language] for language in languages)
        return f"{id_} ({self._by_id[id_].name}, in {words})"

    def _ambiguous(self, text: str, listed: Sequence[str]) -> OrepathError:
        return OrepathError(
            f"{quoted(text)} is the name of more than one {self.kind}: {', '.join(listed)}",
            "Use the id.",
        )

    def _unknown(self, text: str) -> OrepathError:
        article = "an" if self.kind[0] in "aeiou" else "a"
        if not self.things:
            return OrepathError(
                f"there is no {self.kind} in the graph, so {quoted(text)} cannot be looked up",
                "Load a table of purchases with `orepath load table`."
                if self.kind == "company"
                else "Load the bundled data with `orepath load`.",
            )
        spellings = {
            normal(s): t.name for t in self.things for s in (t.id, t.name, *t.alt_names) if s
        }
        names = list(dict.fromkeys(spellings[s] for s in near(text, spellings)))[:3]
        if not names:
            tongues = {
                word: self._by_id[id_].name for word, ids in self._tongues.items() for id_ in ids
            }
            names = list(dict.fromkeys(tongues[s] for s in near(text, tongues)))[:3]
        hint = f"Did you mean {' or '.join(names)}?" if names else None
        if hint is None and len(self.things) <= 20:
            hint = f"Known: {', '.join(sorted(t.name for t in self.things))}."
        return OrepathError(
            f"{quoted(text)} is not the name of {article} {self.kind} in the graph", hint
        )


def names_of(graph: Graph, kind: str) -> Names:
    """The names of a kind (a key of ``LABELS``) in a graph."""
    return graph.remembered(("names", kind), partial(_read, graph, kind))


def near(text: str, spellings: Iterable[str]) -> list[str]:
    """The spellings that are most like a text, the most alike first; six at most."""
    from rapidfuzz import fuzz, process  # only a mistake pays for its import

    # A text much longer than every name is like none of them, and slow to compare.
    wanted = normal(text) if len(text) <= 200 else ""
    found = process.extract(wanted, sorted(spellings), scorer=fuzz.ratio, limit=6)
    return [spelling for spelling, score, _ in found if score >= NEAR]


def in_languages(kind: str, known: Iterable[str]) -> Tongues:
    """What things of a kind are called in other languages than English: languages by spelling, as
    ``normal`` writes it, and by those of the ids that are known."""
    from ..ontology.languages import foreign_names

    wanted = set(known)
    root = "economy" if kind == "country" else kind
    found: dict[str, dict[str, list[str]]] = {}
    for name in foreign_names():
        # A thing of any class has its class in its id.
        id_ = f"{name.kind.capitalize()}:{name.id}" if kind == "thing" else name.id
        if root in ("thing", name.kind) and id_ in wanted:
            found.setdefault(normal(name.name), {}).setdefault(id_, []).append(name.language)
    return found


def _read(graph: Graph, kind: str) -> Names:
    if kind == "thing":
        # One entry a node: the class goes into the id, the id itself is one more code.
        labels = ", ".join(f"'{label}'" for label in LABELS[kind])
        answer = graph.read(
            f"MATCH (n:{'|'.join(LABELS[kind])})"
            f" RETURN head([l IN [{labels}] WHERE l IN labels(n)]) + ':' + n.id AS id,"
            " n.name AS name, n.alt_names AS alt_names, [c IN [n.id, n.symbol, n.alpha2, n.alpha3]"
            " WHERE c IS NOT NULL] AS codes"
        )
        return Names(kind, _things(answer))
    answer = graph.read(
        f"MATCH (n:{'|'.join(LABELS[kind])}) RETURN n.id AS id, n.name AS name,"
        " n.alt_names AS alt_names, [c IN [n.symbol, n.alpha2, n.alpha3, n.numeric,"
        " n.study_code] WHERE c IS NOT NULL] AS codes"
    )
    return Names(kind, _things(answer))


def _things(answer: Answered) -> list[Thing]:
    return [
        Thing(r["id"], r["name"] or r["id"], tuple(r["codes"]), tuple(r["alt_names"] or ()))
        for r in answer.records
    ]
