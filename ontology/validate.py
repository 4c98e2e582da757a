"""Each fact against the ontology, before anything is written.

A pydantic model is made from the compiled schema for every term; what passes becomes a record
that the writer and the RDF export understand. This module says what is wrong with a fact and
what to do about it; it reads no file and no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from rapidfuzz import process

from .errors import FactError
from .facts import Fact
from .schema import NodeClass, Property, Relation, Schema

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


class Validator:
    """Checks facts against one schema; models are made when first needed."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._models: dict[str, type[BaseModel]] = {}

    def check(self, fact: Fact) -> Record:
        """The record of a fact.

        Raises ``FactError`` with the property, its value, the reason and a remedy.
        """
        if node := self.schema.nodes.get(fact.term):
            values = self._validated(fact.term, node.properties, ("id",), fact.values)
            return NodeRecord(node, str(values.pop("id")), values)
        relation = self.schema.relations.get(fact.term)
        if relation is None:
            raise FactError(
                f"the ontology has no term {fact.term!r}",
                self._suggestion(fact.term) or "Use a class or property of `orepath schema`.",
                "term",
                fact.term,
            )
        ends = (relation.start_role, relation.end_role)
        values = self._validated(fact.term, relation.properties, ends, fact.values)
        key = KEY_SEPARATOR.join(_text(values.get(name)) for name in relation.key)
        start = self.reference(relation.start, str(values[ends[0]]), ends[0])
        end = self.reference(relation.end, str(values[ends[1]]), ends[1])
        stored = {p.name for p in relation.properties}
        properties = {name: value for name, value in values.items() if name in stored}
        return RelationRecord(relation, start, end, key, properties)

    def reference(self, labels: tuple[str, ...], value: str, role: str) -> tuple[str, str]:
        """(root label, id) of a reference to a node with one of ``labels``."""
        roots = self.schema.root_labels(labels)
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

    def _validated(
        self,
        term: str,
        properties: tuple[Property, ...],
        required: tuple[str, ...],
        values: Mapping[str, Any],
    ) -> dict[str, Any]:
        model = self._models.get(term)
        if model is None:
            model = self._models[term] = _model(term, properties, required)
        try:
            checked = model.model_validate({k: v for k, v in values.items() if v is not None})
        except ValidationError as error:
            raise _fact_error(term, error, model) from None
        result: dict[str, Any] = checked.model_dump(exclude_none=True)
        for p in properties:
            low, high = result.get(p.name), result.get(p.not_above or "")
            if low is not None and high is not None and low > high:
                raise FactError(
                    f"{p.name} {low} is above {p.not_above} {high}",
                    "Check whether the two are swapped in the source.",
                    p.name,
                    low,
                )
        return result


def _model(
    term: str, properties: tuple[Property, ...], required: tuple[str, ...]
) -> type[BaseModel]:
    fields: dict[str, Any] = dict.fromkeys(required, (PYTHON_TYPES["string"], ...))
    for p in properties:
        if p.bookkeeping:
            continue
        inner: Any = Literal[p.values] if p.values else PYTHON_TYPES[p.datatype]
        limits: dict[str, Any] = {"ge": p.minimum, "le": p.maximum}
        if not p.values:
            limits["pattern"] = p.pattern
        given = {name: limit for name, limit in limits.items() if limit is not None}
        if given:
            inner = Annotated[inner, Field(**given)]
        if p.many:
            inner = Annotated[list[inner], Field(min_length=1 if p.required else 0)]
        fields[p.name] = (inner, ...) if p.required else (inner | None, None)
    return create_model(
        term,
        __config__=ConfigDict(extra="forbid", strict=False, coerce_numbers_to_str=False),
        **fields,
    )


def _fact_error(term: str, error: ValidationError, model: type[BaseModel]) -> FactError:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    value = first["input"]
    if first["type"] == "extra_forbidden":
        known = sorted(model.model_fields)
        match = process.extractOne(name, known, score_cutoff=70)
        hint = f"Did you mean {match[0]!r}?" if match else f"It has {', '.join(known)}."
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
