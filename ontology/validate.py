"""Each fact against the ontology, before anything is written.

A pydantic type is made from the compiled schema for every term; what passes becomes a record
that the writer and the RDF export understand. This module says what is wrong with a fact and
what to do about it; it reads no file and no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Literal, NotRequired, Required, cast

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from rapidfuzz import process
from typing_extensions import TypedDict

from .errors import FactError
from .facts import Fact
from .terms import NodeClass, Property, Relation, Schema

PYTHON_TYPES: dict[str, Any] = {
    "string": Annotated[str, Field(min_length=1)],
    "langString": Annotated[str, Field(min_length=1)],
    "anyURI": Annotated[str, Field(pattern=r"^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$")],
    "reference": Annotated[str, Field(min_length=1)],
    "integer": int,
    "gYear": int,
    "decimal": Annotated[float, Field(allow_inf_nan=False)],
    "double": Annotated[float, Field(allow_inf_nan=False)],
    "boolean": bool,
    "date": date,
    "dateTime": datetime,
}

KEY_SEPARATOR = ";"
"""Between the parts of an n-ary key: allowed in an IRI as it is, and in no id of ours."""


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """A validated node."""

    cls: NodeClass
    id: str
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """A validated relationship; ``start`` and ``end`` are (root label, id).

    ``id`` is the joined key of an n-ary class and empty for a plain relationship.
    """

    relation: Relation
    start: tuple[str, str]
    end: tuple[str, str]
    id: str
    properties: dict[str, Any]


Record = NodeRecord | RelationRecord


@dataclass(frozen=True)
class Term:
    """How the facts of one term are checked, made once from the schema.

    ``bounds`` are the pairs of properties of which the first must not be above the second;
    ``references`` the properties that name a node, with the labels it may have.
    """

    adapter: TypeAdapter[dict[str, Any]]
    known: frozenset[str]
    bounds: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, tuple[str, ...]], ...]
    apart: frozenset[str]
    """Ends of a relationship that are not stored as its properties."""


class Validator:
    """Checks facts against one schema; what a term needs is made when first used."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._made: dict[str, Term] = {}
        self._roots: dict[tuple[str, ...], tuple[str, ...]] = {}

    def check(self, fact: Fact) -> Record:
        """The record of a fact.

        Raises ``FactError`` with the property, its value, the reason and a remedy.
        """
        term = self.term(fact.term)
        values = _validated(fact.term, term, fact.values)
        if node := self.schema.nodes.get(fact.term):
            return NodeRecord(node, str(values.pop("id")), values)
        relation = self.schema.relations[fact.term]
        key = key_of(relation, values)
        start = self.reference(relation.start, values[relation.start_role], relation.start_role)
        end = self.reference(relation.end, values[relation.end_role], relation.end_role)
        for role in term.apart:
            del values[role]
        return RelationRecord(relation, start, end, key, values)

    def term(self, name: str) -> Term:
        """How facts of a term are checked; raises ``FactError`` where there is no such term."""
        if name not in self._made:
            if node := self.schema.nodes.get(name):
                self._made[name] = _term(name, node.properties, ("id",), frozenset())
            elif relation := self.schema.relations.get(name):
                ends = (relation.start_role, relation.end_role)
                apart = frozenset(ends) - {p.name for p in relation.properties}
                self._made[name] = _term(name, relation.properties, ends, apart)
            else:
                raise FactError(
                    f"the ontology has no term {name!r}",
                    self._suggestion(name) or "Use a class or property of `orepath schema`.",
                    "term",
                    name,
                )
        return self._made[name]

    def reference(self, labels: tuple[str, ...], value: str, role: str) -> tuple[str, str]:
        """(root label, id) of a reference to a node with one of ``labels``."""
        roots = self._roots.get(labels)
        if roots is None:
            roots = self._roots[labels] = self.schema.root_labels(labels)
        if len(roots) == 1:
            return roots[0], value
        label, colon, identifier = value.partition(":")
        if colon and label in self.schema.nodes and self.schema.root(label) in roots:
            return self.schema.root(label), identifier
        raise FactError(
            f"{role} {value!r} does not say which kind of thing it is",
            f"Write it as Label:id with one of {', '.join(roots)}.",
            role,
            value,
        )

    @cached_property
    def _terms(self) -> list[str]:
        return sorted({*self.schema.nodes, *self.schema.relations})

    def _suggestion(self, term: str) -> str:
        match = process.extractOne(term, self._terms, score_cutoff=70)
        return f"Did you mean {match[0]!r}?" if match else ""


def key_of(relation: Relation, values: Mapping[str, Any]) -> str:
    """The joined key of an n-ary relation with these roles and properties; else empty."""
    return KEY_SEPARATOR.join(_text(values.get(name)) for name in relation.key)


def _validated(name: str, term: Term, given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        values = term.adapter.validate_python({k: v for k, v in given.items() if v is not None})
    except ValidationError as error:
        raise _fact_error(name, error, term.known) from None
    for lower, upper in term.bounds:
        low, high = values.get(lower), values.get(upper)
        if low is not None and high is not None and low > high:
            raise FactError(
                f"{lower} {low} is above {upper} {high}",
                "Check whether the two are swapped in the source.",
                lower,
                low,
            )
    return values


def _term(
    name: str,
    properties: tuple[Property, ...],
    required: tuple[str, ...],
    apart: frozenset[str],
) -> Term:
    fields: dict[str, Any] = dict.fromkeys(required, Required[PYTHON_TYPES["string"]])
    for p in properties:
        if p.bookkeeping:
            continue
        inner: Any = Literal[p.values] if p.values else PYTHON_TYPES[p.datatype]
        limits: dict[str, Any] = {"ge": p.minimum, "le": p.maximum}
        if not p.values:
            limits |= {"pattern": p.pattern, "max_length": p.longest}
        given = {key: limit for key, limit in limits.items() if limit is not None}
        if given:
            inner = Annotated[inner, Field(**given)]
        if p.many:
            inner = Annotated[list[inner], Field(min_length=1 if p.required else 0)]
        fields[p.name] = Required[inner] if p.required else NotRequired[inner]
    # Types made while running are beyond what a type checker follows.
    made: Any = cast(Any, TypedDict)(name, fields)
    made.__pydantic_config__ = ConfigDict(extra="forbid")
    return Term(
        TypeAdapter(made),
        frozenset(fields),
        tuple((p.name, p.not_above) for p in properties if p.not_above),
        tuple((p.name, p.target) for p in properties if p.datatype == "reference"),
        apart,
    )


def _fact_error(term: str, error: ValidationError, known: frozenset[str]) -> FactError:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    value = first["input"]
    if first["type"] == "extra_forbidden":
        match = process.extractOne(name, sorted(known), score_cutoff=70)
        hint = f"Did you mean {match[0]!r}?" if match else f"It has {', '.join(sorted(known))}."
        return FactError(f"{term} has no property {name!r}", hint, name, value)
    if first["type"] == "missing":
        return FactError(
            f"{term} needs {name!r}, which is not given", "Add the value in the source.", name
        )
    return FactError(
        f"{name} of {term}: {first['msg'][0].lower()}{first['msg'][1:]}",
        f"`orepath schema` says what {name} may be.",
        name,
        value,
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
