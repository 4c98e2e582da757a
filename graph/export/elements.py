"""Nodes and relationships as rows of named cells, for formats that know attributes only.

A name has one type throughout, so that a share is a number in the program that reads it; lists
are joined, since these formats know none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from ...ontology.schema import Schema
from ...ontology.terms import NodeClass, Relation
from ..subgraph import Node, Relationship
from .values import plain, text

Element: TypeAlias = Node | Relationship
Cell = str | bool | int | float
Kinds = Mapping[str, type[Cell]]
"""The type of the values of each name."""
Dress = Callable[[Element], Mapping[str, Any]]
"""What an element gets beside its properties: how it is called, its colour, its weight."""
RESERVED = {"id": "identifier"}
"""Names that programs take for the element's own id, and what they become."""
NUMERIC: dict[str, type[Cell]] = {"decimal": float, "integer": int, "boolean": bool}
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def named(element: Element) -> Mapping[str, Any]:
    """The least that an element is dressed in: its name."""
    return {"label": element.name if isinstance(element, Node) else element.type}


def cells(element: Element, dress: Dress = named) -> dict[str, Any]:
    """All values of an element by name, the absent left out; its properties come last."""
    found, properties = dict(dress(element)), element.properties
    if isinstance(element, Node):
        found["labels"] = list(element.labels)
    else:
        found["type"] = element.type
    for name, value in properties.items():
        found[RESERVED.get(name, name)] = value
    return {name: value for name, value in found.items() if value is not None}


def kinds_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, type[Cell]]:
    """The type of each name, text where values differ in type."""
    found: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, set()).add(type(plain(value)))
    return {name: _common(types) for name, types in found.items()}


def kinds_declared(schema: Schema) -> dict[str, type[Cell]]:
    """The same as the ontology has it, for graphs that are too large to be looked at first."""
    found: dict[str, type[Cell]] = {}
    terms: Iterable[NodeClass | Relation] = (*schema.nodes.values(), *schema.relations.values())
    for term in terms:
        for p in term.properties:
            kind = str if p.many else NUMERIC.get(p.datatype, str)
            found[p.name] = kind if found.get(p.name, kind) is kind else str
    texts = {"label": str, "labels": str, "type": str, "colour": str, "identifier": str}
    return {**found, **texts, "weight": float, "layer": int}


def cell(value: Any, kind: type[Cell]) -> Cell:
    """A value in the type of its name; text holds no character that XML does not know."""
    if kind is not str:
        return kind(value)
    return seen(value if isinstance(value, str) else text(value))


def seen(told: str) -> str:
    """A text without the characters that XML does not know."""
    return _UNSEEN.sub("\ufffd", told) if _UNSEEN.search(told) else told


def _common(types: set[type]) -> type[Cell]:
    if types == {int, float} or types == {float}:
        return float
    return next(iter(types)) if types in ({int}, {bool}) else str
