"""Nodes and relationships as Turtle or TriG, written as they come: for graphs of any size.

The same triples as ``ontology/rdf.py`` makes with rdflib (a test compares them), fifty times as
fast, and never more than one element in memory. In TriG every element stands in the graphs of the
data sets that state it; what Orepath derived from them stands in none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from ...ontology.rdf import SAFE, STATEMENT, is_resource, relation_of
from ...ontology.schema import NAMESPACE, Schema
from ...ontology.terms import NodeClass, Property, Relation, kebab
from ..subgraph import Node, Relationship

PREFIXES = {
    "ore": NAMESPACE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
Term = Callable[[Any], str]
Told = Mapping[str, tuple[str, Term]]
"""Of each property by name: its IRI as Turtle writes it, and how its values are written."""
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PLAIN = re.compile(r"[A-Za-z0-9/:~._;,()+-]*")
"""Ids that an IRI holds as they are."""
_SPECIAL = re.compile(r'[\x00-\x1f\x7f"\\\ud800-\udfff]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def turtle(
    nodes: Iterable[Node], relationships: Iterable[Relationship], schema: Schema
) -> Iterator[str]:
    """Turtle in pieces of text, an element a piece.

    Raises ``OntologyError`` for a relationship that the ontology does not define.
    """
    yield HEAD
    for _, piece in _elements(nodes, relationships, schema):
        yield piece


def trig(
    nodes: Iterable[Node], relationships: Iterable[Relationship], schema: Schema
) -> Iterator[str]:
    """TriG in the same pieces, each in the graph of every data set that states it."""
    yield HEAD
    for element, piece in _elements(nodes, relationships, schema):
        stated = element.properties.get("stated_in")
        if not isinstance(stated, list | tuple) or not stated:
            yield piece
            continue
        for dataset in stated:
            yield f"{_iri('Source', str(dataset))} {{\n{piece}}}\n"


def _elements(
    nodes: Iterable[Node], relationships: Iterable[Relationship], schema: Schema
) -> Iterator[tuple[Node | Relationship, str]]:
    classes: dict[tuple[str, ...], tuple[NodeClass, str, Told]] = {}
    for node in nodes:
        if node.labels not in classes:
            cls = schema.nodes[node.labels[0]]
            classes[node.labels] = cls, _term_iri(cls.iri), _told(cls.properties, schema)
        cls, type_, told = classes[node.labels]
        subject = _iri(cls.root, str(node.properties["id"]))
        yield node, _block(subject, [f"a {type_}"], node.properties, told)
    roots = {kebab(root): root for root in schema.roots}
    relations: dict[tuple[str, str, str], tuple[Relation, Told]] = {}
    for tie in relationships:
        kind, _, start = tie.start.partition("/")
        other, _, end = tie.end.partition("/")
        key = tie.type, roots[kind], roots[other]
        if key not in relations:
            relation = relation_of(schema, *key)
            relations[key] = relation, _told(relation.properties, schema)
        relation, told = relations[key]
        ends = (roots[kind], start), (roots[other], end)
        if relation.plain:
            yield tie, _plain(relation, ends, tie.properties)
        else:
            said = [
                f"a {_term_iri(relation.iri)}",
                f"{_term_iri(NAMESPACE + relation.start_role)} {_iri(*ends[0])}",
                f"{_term_iri(NAMESPACE + relation.end_role)} {_iri(*ends[1])}",
            ]
            subject = _iri(relation.name, str(tie.properties["id"]))
            yield tie, _block(subject, said, tie.properties, told)


def _plain(
    relation: Relation,
    ends: tuple[tuple[str, str], tuple[str, str]],
    properties: Mapping[str, Any],
) -> str:
    """One triple, and who states it as a statement about it."""
    subject, target = _iri(*ends[0]), _iri(*ends[1])
    predicate = _term_iri(relation.iri)
    triple = f"{subject} {predicate} {target} .\n"
    stated = properties.get("stated_in")
    if not stated:
        return triple
    path = quote(";".join((*ends[0], *ends[1])), safe=SAFE)
    said = [
        "a rdf:Statement",
        f"rdf:subject {subject}",
        f"rdf:predicate {predicate}",
        f"rdf:object {target}",
        "ore:stated_in " + ", ".join(_text(str(s)) for s in stated),
    ]
    return f"{triple}<{STATEMENT}{relation.name}/{path}> " + " ;\n  ".join(said) + " .\n"


def _block(subject: str, said: list[str], properties: Mapping[str, Any], told: Told) -> str:
    for name, value in properties.items():
        if value is None or name not in told:
            continue
        predicate, term = told[name]
        if isinstance(value, list | tuple):
            if value:
                said.append(f"{predicate} {', '.join(map(term, value))}")
        else:
            said.append(f"{predicate} {term(value)}")
    return f"{subject} " + " ;\n  ".join(said) + " .\n"


def _told(properties: Iterable[Property], schema: Schema) -> Told:
    return {p.name: (_term_iri(p.iri), _written(p, schema)) for p in properties}


def _written(p: Property, schema: Schema) -> Term:
    """How a property's values are written: as ``ontology/rdf.py`` has them, which also gives the
    reasons. Texts, by far the most, come first."""
    of_text: Term = _text
    if p.datatype == "reference":
        root = schema.root_labels(p.target)[0]

        def of_text(value: Any) -> str:
            return _iri(root, value)

    elif p.datatype == "langString":

        def of_text(value: Any) -> str:
            return f"{_text(value)}@en"

    elif p.datatype == "anyURI":

        def of_text(value: Any) -> str:
            return f"<{value}>" if _is_written(value) else f"{_text(value)}^^xsd:anyURI"

    decimal, year = p.datatype == "decimal", p.datatype == "gYear"

    def term(value: Any) -> str:
        if isinstance(value, str):
            return of_text(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float) and decimal:
            return f'"{format(Decimal(repr(float(value))), "f")}"^^xsd:decimal'
        if isinstance(value, int):
            return f'"{value}"^^xsd:{"gYear" if year else "integer"}'
        if isinstance(value, float):
            return f'"{value!r}"^^xsd:double'
        if isinstance(value, date):
            kind = "dateTime" if isinstance(value, datetime) else "date"
            return f'"{value.isoformat()}"^^xsd:{kind}'
        return f"{_text(str(value))}^^<{NAMESPACE}{type(value).__name__}>"

    return term


@lru_cache(maxsize=4096)
def _term_iri(iri: str) -> str:
    """An IRI of a class or property, shortened where its namespace has a prefix."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if iri != local and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


@lru_cache(maxsize=65536)
def _iri(name: str, identifier: str) -> str:
    """The IRI of an instance of a root class or n-ary class, as ``ontology.rdf.iri`` makes it."""
    if not _PLAIN.fullmatch(identifier):
        identifier = quote(identifier, safe=SAFE)
    return f"<{NAMESPACE}{kebab(name)}/{identifier}>"


def _is_written(value: str) -> bool:
    return is_resource(value) and not any(c <= " " or "\ud800" <= c < "\ue000" for c in value)


def _text(value: str) -> str:
    if _SPECIAL.search(value):
        value = _SPECIAL.sub(_escaped, value)
    return f'"{value}"'


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    if "\ud800" <= char < "\ue000":  # half a character cannot be written in UTF-8
        return "\ufffd"
    return _SHORT.get(char) or f"\\u{ord(char):04X}"
