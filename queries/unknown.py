"""Names in a statement that the ontology has not got: most are slips, and Neo4j finds nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .lexer import Names


class Unknown(NamedTuple):
    """A name that is none: ``what`` it would be, and what to do."""

    what: str
    name: str
    hint: str


def unknown_names(used: Names) -> Iterator[Unknown]:
    """Labels, relationship types and properties that the ontology does not declare."""
    labels, types, properties = _known()
    for what, names, known in (
        ("label", used.labels, labels),
        ("relationship type", used.types, types),
        ("property", used.properties, properties),
    ):
        for name in names:
            if name not in known:
                hint = _near(name, known) or "`orepath schema` lists what there is."
                yield Unknown(what, name, hint)


@cache
def _known() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    # rdflib is not needed for it: the schema is kept.
    from ..ontology.schema import load_schema

    schema = load_schema()
    return frozenset(schema.labels), frozenset(schema.types), frozenset(schema.property_names)


def _near(name: str, known: Iterable[str]) -> str | None:
    lowered: Mapping[str, str] = {k.lower(): k for k in sorted(known)}
    near = difflib.get_close_matches(name.lower(), lowered, n=1)
    return f"Did you mean {lowered[near[0]]}?" if near else None
