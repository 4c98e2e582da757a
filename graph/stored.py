"""What the database holds against the schema, value by value: what RDF cannot carry to a shape.

Labels, relationship types, ends, keys, and the names and types of properties are looked at as they
are stored. What passes becomes a record for the shapes; what does not becomes a ``Violation`` and,
where it can be said in RDF at all, a record nevertheless. Nothing that is found stops a check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

from rapidfuzz import process

from ..ontology.check import Violation
from ..ontology.rdf import iri
from ..ontology.schema import NodeClass, Property, Relation, Schema
from ..ontology.validate import NodeRecord, RelationRecord, key_of
from .native import mistyped, shown

AGAIN = "load its source again, or mend it in the database"
NAMED = 5
"""How many of the nodes or relationships of an unknown kind are named."""


@dataclass(frozen=True, slots=True)
class End:
    """A node at an end of a relationship."""

    labels: Sequence[str]
    id: Any


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship as it is stored; ``element`` is the database's own id of it."""

    type: str
    element: str
    start: End
    end: End
    properties: Mapping[str, Any]


@dataclass
class Stored:
    """Looks at nodes and relationships one after another, and keeps what is wrong in ``faults``."""

    schema: Schema
    faults: list[Violation] = field(default_factory=list)
    _seen: set[tuple[str, ...]] = field(default_factory=set)
    _unknown: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    _classes: dict[tuple[str, ...], NodeClass | None] = field(default_factory=dict)

    def node(
        self, labels: Sequence[str], element: str, properties: Mapping[str, Any]
    ) -> NodeRecord | None:
        """The record of a node; none where it has no class or no id."""
        cls = self._class(labels)
        identifier = properties.get("id")
        if cls is None:
            focus = f"label {':'.join(sorted(labels))}" if labels else "no label"
            text = "the ontology has no such class: remove the nodes, or declare it in Turtle"
            self._group("nodes", focus, text, str(identifier or element))
            return None
        focus = self._focus(cls.root, identifier, element)
        for label in sorted(set(labels) - set(cls.labels)):
            words = "another class" if label in self.schema.nodes else "unknown to the ontology"
            self._add(focus, "", label, f"a {cls.name} also labelled {label}, {words}: remove it")
        for label in sorted(set(cls.labels) - set(labels)):
            self._add(focus, "", label, f"a {cls.name} without the label {label}: add it")
        self._properties(focus, cls.name, properties)
        if not isinstance(identifier, str) or not identifier:
            self._add(focus, "id", shown(identifier), f"the id must be text: {AGAIN}")
            return None
        self._once(focus, cls.root, identifier)
        return NodeRecord(cls, identifier, _given(properties))

    def tie(self, tie: Tie) -> RelationRecord | None:
        """The record of a relationship; none where the ontology has none between such ends."""
        named = self._by_type.get(tie.type, ())
        ends = f"{_named(tie.start)} -> {_named(tie.end)}"
        if not named:
            text = "the ontology has no such type: remove them, or declare it in Turtle"
            self._group("relationships", f"type {tie.type}", text, ends)
            return None
        classes = [self._class(end.labels) for end in (tie.start, tie.end)]
        relation = next((r for r in named if _joins(r, classes)), None)
        identifier = tie.properties.get("id")
        if relation is None:
            allowed = " or ".join(f"{'|'.join(r.start)} to {'|'.join(r.end)}" for r in named)
            found = " to ".join(cls.name if cls else "no class" for cls in classes)
            message = f"{tie.type} leads from {found}, but may only lead from {allowed}: remove it"
            self._add(ends, tie.type, shown(identifier), message)
            return None
        start, end = (
            (cls.root if cls else "", e.id)
            for cls, e in zip(classes, (tie.start, tie.end), strict=True)
        )
        if not (isinstance(start[1], str) and isinstance(end[1], str)):
            return None  # the node without an id is reported itself
        if relation.irreflexive and start == end:
            self._add(str(iri(*start)), relation.name, end[1], "leads to itself: remove it")
        if relation.plain:
            focus, key = str(iri(*start)), ""
            self._once(focus, tie.type, *start, *end)
            self._properties(focus, relation.name, tie.properties)
        else:
            key = self._key(relation, tie, start[1], end[1])
            focus = str(iri(relation.name, key))
        return RelationRecord(relation, start, end, key, _given(tie.properties))

    def _key(self, relation: Relation, tie: Tie, start: str, end: str) -> str:
        """The id of an n-ary relationship, and whether all its properties agree with it."""
        identifier = tie.properties.get("id")
        keys = _keys(self.schema, relation, tie, start, end)
        known = isinstance(identifier, str) and identifier
        focus = self._focus(relation.name, identifier if known else keys[0], tie.element)
        before = len(self.faults)
        self._properties(focus, relation.name, tie.properties)
        for role, target in ((relation.start_role, start), (relation.end_role, end)):
            if (said := tie.properties.get(role, target)) != target:
                message = f"says {said!r}, but the relationship leads to {target!r}: {AGAIN}"
                self._add(focus, role, shown(said), message)
        if len(self.faults) == before and identifier not in keys:
            message = f"the id is not the key {keys[0]}: {AGAIN}"
            self._add(focus, "id", shown(identifier), message)
        self._once(focus, tie.type, str(identifier))
        return str(identifier) if known else keys[0]

    def unreadable(self, what: str, error: Exception) -> None:
        """Note a value that the driver cannot read, such as a date before the year 1."""
        self._add(what, "", "", f"a value cannot be read ({error}): {AGAIN}")

    def unknown(self) -> Iterator[Violation]:
        """A row for each unknown label and type that was met, with the ids of some."""
        for (kind, focus, message), ids in sorted(self._unknown.items()):
            more = f" and {len(ids) - NAMED:,} more" if len(ids) > NAMED else ""
            value = f"{len(ids):,} {kind}: {', '.join(sorted(ids)[:NAMED])}{more}"
            yield Violation(focus, "", value, message, "Violation")

    def _class(self, labels: Sequence[str]) -> NodeClass | None:
        """The most specific class among some labels; none where the ontology has none of them."""
        key = tuple(labels)
        if key not in self._classes:
            known = [self.schema.nodes[label] for label in key if label in self.schema.nodes]
            self._classes[key] = max(
                known, key=lambda cls: (len(cls.parents), cls.name), default=None
            )
        return self._classes[key]

    @cached_property
    def _by_type(self) -> Mapping[str, Sequence[Relation]]:
        found: dict[str, list[Relation]] = {}
        for relation in self.schema.relations.values():
            found.setdefault(relation.type, []).append(relation)
        return found

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, Property]]:
        """Properties by term; a plain relation has nothing but who states it."""
        nodes, relations = self.schema.nodes.values(), self.schema.relations.values()
        kept = {p.name: p for cls in nodes for p in cls.properties if p.bookkeeping}
        found: dict[str, Mapping[str, Property]] = {
            cls.name: {p.name: p for p in cls.properties} for cls in nodes
        }
        for relation in relations:
            own = {p.name: p for p in relation.properties}
            found[relation.name] = kept if relation.plain else own
        return found

    def _properties(self, focus: str, term: str, properties: Mapping[str, Any]) -> None:
        known = self._known[term]
        for name, value in properties.items():
            if name == "id":
                continue
            if (p := known.get(name)) is None:
                near = process.extractOne(name, list(known), score_cutoff=70)
                hint = f"did you mean {near[0]}?" if near else "remove it, or declare it in Turtle"
                self._add(focus, name, shown(value), f"the ontology has no such property: {hint}")
            elif wrong := mistyped(p, value):
                self._add(focus, name, shown(value), f"{wrong}: {AGAIN}")

    def _once(self, focus: str, *key: str) -> None:
        if key in self._seen:
            self._add(focus, "", "", f"a duplicate {key[0]}: remove one of the two")
        self._seen.add(key)

    def _group(self, kind: str, focus: str, message: str, identifier: str) -> None:
        self._unknown.setdefault((kind, focus, message), []).append(identifier)

    def _add(self, focus: str, path: str, value: str, message: str) -> None:
        self.faults.append(Violation(focus, path, value, message, "Violation"))

    def _focus(self, name: str, identifier: Any, element: str) -> str:
        named = isinstance(identifier, str) and identifier
        return str(iri(name, identifier)) if named else f"{name} without an id ({element})"


def _joins(relation: Relation, classes: Sequence[NodeClass | None]) -> bool:
    sides = zip(classes, (relation.start, relation.end), strict=True)
    return all(cls and set(cls.labels) & set(allowed) for cls, allowed in sides)


def _keys(schema: Schema, relation: Relation, tie: Tie, start: str, end: str) -> list[str]:
    """The keys that an n-ary relationship may have: an end that may be of several root classes is
    named with its class, or one above it."""

    def names(labels: tuple[str, ...], at: End, identifier: str) -> list[str]:
        if len(schema.root_labels(labels)) == 1:
            return [identifier]
        return [f"{label}:{identifier}" for label in at.labels if label in schema.nodes]

    sides = (names(relation.start, tie.start, start), names(relation.end, tie.end, end))
    return [
        key_of(relation, {**tie.properties, relation.start_role: a, relation.end_role: b})
        for a, b in product(*sides)
    ]


def _given(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name != "id"}


def _named(end: End) -> str:
    return f"{':'.join(sorted(end.labels)) or 'node'} {end.id}"
