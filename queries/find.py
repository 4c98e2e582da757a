"""All that a word may stand for in a graph, of whatever class: what is called so, in English, by a
code or in another language, what has the word in its name, and what is spelt alike.

Unlike ``names.py``, which settles what a parameter means and never guesses, this is for looking
around: it lists, best first, and says how each was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from .names import near
from .spelling import normal

if TYPE_CHECKING:
    from ..graph.connection import Graph

PART, ALIKE = "part of the name", "spelt alike"
RANKS = ("id", "name", "code", "other name")
"""How a thing was found, best first; after these come other languages, ``PART`` and ``ALIKE``."""
SHORTEST = 3
"""Letters from which a word is looked for within names."""


@dataclass(frozen=True, slots=True)
class Found:
    """A node that a word may stand for: its class, id and name, and which of its ``spelling`` was
    found ``how``: one of ``RANKS``, ``in German`` or another language, ``PART`` or ``ALIKE``."""

    label: str
    id: str
    name: str
    how: str
    spelling: str

    @property
    def exact(self) -> bool:
        """Whether it is called so, up to case, accents and punctuation."""
        return self.how not in (PART, ALIKE)


@dataclass(frozen=True, slots=True)
class _Named:
    """A node with all its spellings, by rank."""

    label: str
    root: str
    id: str
    name: str
    spellings: tuple[tuple[str, str], ...]


def find(graph: Graph, text: str, limit: int = 20) -> list[Found]:
    """What a word or name may stand for, best first: all that is called so, then at most ``limit``
    things that have it in their name, or where nothing is called so, that are spelt alike."""
    wanted = normal(text)
    if not wanted:
        return []
    known = graph.remembered("all names", partial(_read, graph))
    exact = sorted(_called(wanted, known), key=lambda f: (_rank(f.how), f.label, f.id))
    seen = {(f.label, f.id) for f in exact}
    others = [f for f in _with(wanted, known) if (f.label, f.id) not in seen]
    if not exact:
        seen |= {(f.label, f.id) for f in others}
        others += [f for f in _alike(text, known) if (f.label, f.id) not in seen]
    return exact + others[:limit]


def _rank(how: str) -> int:
    return RANKS.index(how) if how in RANKS else len(RANKS)


def _called(wanted: str, known: tuple[_Named, ...]) -> Iterator[Found]:
    from ..ontology.languages import LANGUAGES, foreign_names
    from ..ontology.terms import kebab

    foreign: dict[tuple[str, str], list[str]] = {}
    spelt: dict[tuple[str, str], str] = {}
    for name in foreign_names():
        if normal(name.name) == wanted:
            foreign.setdefault((name.kind, name.id), []).append(LANGUAGES[name.language])
            spelt.setdefault((name.kind, name.id), name.name)
    for thing in known:
        key = (kebab(thing.root), thing.id)
        called = next((s for s in thing.spellings if normal(s[1]) == wanted), None)
        if called:
            yield Found(thing.label, thing.id, thing.name, *called)
        elif key in foreign:
            how = f"in {', '.join(foreign[key])}"
            yield Found(thing.label, thing.id, thing.name, how, spelt[key])


def _with(wanted: str, known: tuple[_Named, ...]) -> list[Found]:
    if len(wanted) < SHORTEST:
        return []
    words = set(wanted.split())
    found = []
    for thing in known:
        # The id comes first among the spellings and says least to a reader.
        spelt = [s for _, s in (*thing.spellings[1:], thing.spellings[0])]
        spelling = next((s for s in spelt if words <= {*normal(s).split()}), None)
        if spelling is not None:
            found.append(Found(thing.label, thing.id, thing.name, PART, spelling))
    # A short name with the word in it says more about it than a long one.
    return sorted(found, key=lambda f: (len(f.spelling), f.label, f.id))


def _alike(text: str, known: tuple[_Named, ...]) -> list[Found]:
    spelt: dict[str, list[Found]] = {}
    for thing in known:
        for how, spelling in thing.spellings:
            if how != "code":
                found = Found(thing.label, thing.id, thing.name, ALIKE, spelling)
                spelt.setdefault(normal(spelling), []).append(found)
    once: dict[tuple[str, str], Found] = {}
    for spelling in near(text, spelt):
        for found in sorted(spelt[spelling], key=lambda f: (len(f.id), f.label)):
            once.setdefault((found.label, found.id), found)
    return list(once.values())


def _read(graph: Graph) -> tuple[_Named, ...]:
    from ..ontology.schema import load_schema

    schema = load_schema()
    # What is called after others, as an industry is after its country and product, is no name.
    roots = [root for root in schema.roots if not schema.nodes[root].named_after]
    answer = graph.read(
        f"MATCH (n:{'|'.join(f'`{root}`' for root in roots)}) RETURN labels(n) AS labels,"
        " n.id AS id, n.name AS name, n.alt_names AS alt_names, [c IN [n.symbol, n.alpha2,"
        " n.alpha3, n.numeric, n.study_code, n.code] WHERE c IS NOT NULL] AS codes"
    )
    known = []
    for row in answer.records:
        classes = [schema.nodes[label] for label in row["labels"] if label in schema.nodes]
        if not classes:
            continue
        own = max(classes, key=lambda node: len(node.parents))
        spellings = [("id", row["id"]), ("name", row["name"] or row["id"])]
        spellings += [("code", code) for code in row["codes"]]
        spellings += [("other name", name) for name in row["alt_names"] or ()]
        known.append(_Named(own.name, own.root, row["id"], spellings[1][1], tuple(spellings)))
    return tuple(sorted(known, key=lambda thing: (thing.label, thing.id)))
