"""What a user types, and what the graph calls it: names, codes and symbols become ids.

A match is exact up to case, accents and punctuation, in the order id, name, code or symbol, other
name; nothing is ever guessed: a near miss is only offered as "did you mean". The names of a kind
are read from the graph once and remembered by the connection.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from ..graph.connection import Answered, Graph
from ..ontology.errors import OrepathError

LABELS = {
    "material": ("Material",),
    "economy": ("Country", "HistoricalState", "Bloc"),
    "country": ("Country", "HistoricalState"),
    "sector": ("Sector",),
    "technology": ("Technology",),
    "product": ("Product&!TradeCode",),
    "stage": ("Stage",),
    "source": ("Source",),
    "restriction": ("ExportRestriction",),
    "company": ("Company",),
    "publication": ("Publication",),
    "thing": (
        *("Material", "Product", "Stage", "Economy", "Technology", "Application"),
        *("Sector", "Agreement", "ExportRestriction", "Policy", "CriticalityList", "Project"),
        *("Claim", "Source"),
    ),
}
"""The labels that a parameter's type allows; a statistical aggregate is no economy to ask for.

An id is unique within one class only, so that a ``thing``, which may be of any, is known as
``Label:id``; where its name stands for several, the message lists them.
"""


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
                listed = ", ".join(f"{t.id} ({t.name})" for _, t in sorted(found.items()))
                raise OrepathError(
                    f"{quoted(text)} is the name of more than one {self.kind}: {listed}",
                    "Use the id.",
                )
        raise self._unknown(text)

    def _unknown(self, text: str) -> OrepathError:
        article = "an" if self.kind[0] in "aeiou" else "a"
        if not self.things:
            return OrepathError(
                f"there is no {self.kind} in the graph, so {quoted(text)} cannot be looked up",
                "Load the bundled data with `orepath load`.",
            )
        from rapidfuzz import fuzz, process  # only a mistake pays for its import

        spellings = {
            normal(s): t.name for t in self.things for s in (t.id, t.name, *t.alt_names) if s
        }
        # A text much longer than every name is like none of them, and slow to compare.
        wanted = normal(text) if len(text) <= 200 else ""
        near = process.extract(wanted, list(spellings), scorer=fuzz.ratio, limit=6)
        names = list(dict.fromkeys(spellings[s] for s, score, _ in near if score >= 65))[:3]
        hint = f"Did you mean {' or '.join(names)}?" if names else None
        if hint is None and len(self.things) <= 20:
            hint = f"Known: {', '.join(sorted(t.name for t in self.things))}."
        return OrepathError(
            f"{quoted(text)} is not the name of {article} {self.kind} in the graph", hint
        )


def names_of(graph: Graph, kind: str) -> Names:
    """The names of a kind (a key of ``LABELS``) in a graph."""
    return graph.remembered(("names", kind), partial(_read, graph, kind))


def quoted(text: str) -> str:
    """What a user typed as a message repeats it: in quotes, and its beginning where it is long."""
    return repr(text) if len(text) <= 80 else f"{text[:60]!r}… ({len(text):,} characters)"


def normal(text: str) -> str:
    """A spelling without case, accents and punctuation: ``Côte d'Ivoire`` → ``cote d ivoire``."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip()


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
