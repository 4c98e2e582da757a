"""The graph as RDF and back, without loss: one mapping for every class, made from the schema.

A node is an individual, a plain relationship a triple, an n-ary relationship an individual whose
IRI is its key. Which data sets state something is bookkeeping that a triple cannot carry, so a
plain relationship with it is also described as an ``rdf:Statement``. This module knows no file
format beyond what rdflib offers and no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from urllib.parse import quote, unquote

from rapidfuzz import process
from rdflib import RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from .errors import OntologyError
from .facts import Fact, Place
from .terms import NAMESPACE, Property, Relation, Schema, kebab
from .validate import NodeRecord, Record, RelationRecord

SAFE = "/:~-._;,()+"
STATEMENT = NAMESPACE + "statement/"


def iri(name: str, identifier: str) -> URIRef:
    """The IRI of an instance of a root class or n-ary class."""
    return URIRef(f"{NAMESPACE}{kebab(name)}/{quote(identifier, safe=SAFE)}")


def identifier(resource: Node) -> str:
    """The id in an instance's IRI."""
    path = str(resource).removeprefix(NAMESPACE)
    return unquote(path.partition("/")[2])


def to_rdf(records: Iterable[Record], schema: Schema) -> Graph:
    """All records as triples."""
    graph = Graph(bind_namespaces="core")
    graph.bind("ore", NAMESPACE)
    graph.bind("skos", SKOS)
    for record in records:
        if isinstance(record, NodeRecord):
            _add_node(graph, record, schema)
        elif record.relation.plain:
            _add_plain(graph, record)
        else:
            _add_nary(graph, record, schema)
    return graph


def _add_node(graph: Graph, record: NodeRecord, schema: Schema) -> None:
    subject = iri(record.cls.root, record.id)
    graph.add((subject, RDF.type, URIRef(record.cls.iri)))
    _add_properties(graph, subject, record.cls.properties, record.properties, schema)


def _add_plain(graph: Graph, record: RelationRecord) -> None:
    subject, target = iri(*record.start), iri(*record.end)
    predicate = URIRef(record.relation.iri)
    graph.add((subject, predicate, target))
    if stated := record.properties.get("stated_in"):
        path = f"{record.relation.name}/{quote(';'.join((*record.start, *record.end)), safe=SAFE)}"
        statement = URIRef(STATEMENT + path)
        graph.add((statement, RDF.type, RDF.Statement))
        graph.add((statement, RDF.subject, subject))
        graph.add((statement, RDF.predicate, predicate))
        graph.add((statement, RDF.object, target))
        for source in stated:
            graph.add((statement, URIRef(NAMESPACE + "stated_in"), Literal(source)))


def _add_nary(graph: Graph, record: RelationRecord, schema: Schema) -> None:
    relation = record.relation
    subject = iri(relation.name, record.id)
    graph.add((subject, RDF.type, URIRef(relation.iri)))
    graph.add((subject, URIRef(NAMESPACE + relation.start_role), iri(*record.start)))
    graph.add((subject, URIRef(NAMESPACE + relation.end_role), iri(*record.end)))
    _add_properties(graph, subject, relation.properties, record.properties, schema)


def _add_properties(
    graph: Graph,
    subject: URIRef,
    properties: tuple[Property, ...],
    values: dict[str, Any],
    schema: Schema,
) -> None:
    for p in properties:
        value = values.get(p.name)
        for item in value if isinstance(value, list) else [value]:
            if item is not None:
                graph.add((subject, URIRef(p.iri), _term(p, item, schema)))


def _term(p: Property, value: Any, schema: Schema) -> Node:
    """The value as it is stored. One that its property does not allow keeps its own type, so that
    a checker sees it."""
    if isinstance(value, str):
        if p.datatype == "reference":
            return iri(schema.root_labels(p.target)[0], value)
        if p.datatype == "langString":
            return Literal(value, lang="en")
        if p.datatype == "anyURI":
            return URIRef(value) if is_resource(value) else Literal(value, datatype=XSD.anyURI)
        # Without a type: RDF knows no difference to xsd:string, rdflib and its users do.
        return Literal(value)
    if isinstance(value, bool):
        return Literal(value)
    if isinstance(value, int | float) and p.datatype == "decimal":
        return Literal(format(Decimal(repr(float(value))), "f"), datatype=XSD.decimal)
    if isinstance(value, int):
        return Literal(value, datatype=XSD.gYear if p.datatype == "gYear" else XSD.integer)
    if isinstance(value, float):
        return Literal(value)
    if isinstance(value, date):
        exact = XSD.dateTime if isinstance(value, datetime) else XSD.date
        return Literal(value.isoformat(), datatype=exact)
    return Literal(str(value), datatype=URIRef(f"{NAMESPACE}{type(value).__name__}"))


def is_resource(value: str) -> bool:
    """Whether an address can stand as an IRI."""
    return not any(c in value for c in '<>" {}|\\^`')


def facts_from_rdf(graph: Graph, schema: Schema, place: Place) -> Iterator[Fact]:
    """The facts that a graph states in the ontology's terms, sorted; other triples are passed
    over (an ontology's own axioms, mappings to other vocabularies).

    Raises ``OntologyError`` for a resource whose type or property is of our namespace but not in
    the ontology, and for a value that its datatype does not allow.
    """
    nodes = {URIRef(c.iri): c for c in schema.nodes.values()}
    nary = {URIRef(r.iri): r for r in schema.relations.values() if not r.plain}
    plain = {URIRef(r.iri) for r in schema.relations.values() if r.plain}
    found: list[Fact] = []
    for subject, cls in sorted(graph.subject_objects(RDF.type)):
        if not isinstance(cls, URIRef) or not str(cls).startswith(NAMESPACE):
            continue
        if node := nodes.get(cls):
            # An individual typed with a class and its parent is one node of the narrower class.
            narrower = [
                c
                for c in graph.objects(subject, RDF.type)
                if isinstance(c, URIRef) and c in nodes and node.name in nodes[c].parents
            ]
            if narrower:
                continue
            values = _values(graph, subject, node.properties, plain)
            found.append(Fact(node.name, {"id": identifier(subject)} | values, place))
        elif relation := nary.get(cls):
            roles = {URIRef(NAMESPACE + r) for r in (relation.start_role, relation.end_role)}
            values = _values(graph, subject, relation.properties, roles)
            for role, ends in (
                (relation.start_role, relation.start),
                (relation.end_role, relation.end),
            ):
                values[role] = _reference(graph, subject, role, ends, schema)
            found.append(Fact(relation.name, values, place))
        else:
            raise OntologyError(
                f"{subject} is a {cls}, which the ontology does not define",
                "Declare the class in Turtle, or mend the type.",
            )
    found += _plain_facts(graph, schema, place)
    return iter(found)


def _plain_facts(graph: Graph, schema: Schema, place: Place) -> Iterator[Fact]:
    for relation in schema.relations.values():
        if not relation.plain:
            continue
        for subject, target in sorted(graph.subject_objects(URIRef(relation.iri))):
            yield Fact(
                relation.name,
                {
                    "start": _end(subject, relation.start, schema),
                    "end": _end(target, relation.end, schema),
                },
                place,
            )


def _reference(
    graph: Graph, subject: Node, role: str, ends: tuple[str, ...], schema: Schema
) -> str | None:
    target = graph.value(subject, URIRef(NAMESPACE + role))
    return None if target is None else _end(target, ends, schema)


def _end(resource: Node, labels: tuple[str, ...], schema: Schema) -> str:
    roots = schema.root_labels(labels)
    if len(roots) == 1:
        return identifier(resource)
    kind = str(resource).removeprefix(NAMESPACE).partition("/")[0]
    label = next((root for root in roots if kebab(root) == kind), kind)
    return f"{label}:{identifier(resource)}"


def _values(
    graph: Graph, subject: Node, properties: tuple[Property, ...], others: set[URIRef]
) -> dict[str, Any]:
    """Values of a resource's properties; ``others`` are read elsewhere."""
    by_iri = {URIRef(p.iri): p for p in properties}
    found: dict[str, list[Any]] = {}
    for predicate, term in sorted(graph.predicate_objects(subject), key=_text):
        if p := by_iri.get(cast(URIRef, predicate)):
            english = not isinstance(term, Literal) or term.language in (None, "en")
            if not p.bookkeeping and (english or p.datatype != "langString"):
                found.setdefault(p.name, []).append(_value(subject, p, term))
        elif str(predicate).startswith(NAMESPACE) and predicate not in others:
            raise _unknown(subject, str(predicate), properties)
    many = {p.name for p in properties if p.many}
    return {
        p.name: found[p.name] if p.name in many else found[p.name][0]
        for p in properties
        if p.name in found
    }


def _text(pair: tuple[Node, Node]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])


def _unknown(subject: Node, predicate: str, properties: tuple[Property, ...]) -> OntologyError:
    name = predicate.removeprefix(NAMESPACE)
    near = process.extractOne(name, [p.name for p in properties], score_cutoff=70)
    return OntologyError(
        f"{subject} has a property {name}, which its class does not have",
        f"Did you mean {near[0]}?" if near else "Add it to the shape of the class, or mend it.",
    )


def _value(subject: Node, p: Property, term: Node) -> Any:
    if p.datatype == "reference":
        return identifier(term)
    if isinstance(term, Literal) and p.datatype in ("integer", "boolean", "date", "dateTime"):
        value = term.toPython()
        if isinstance(value, Literal):
            raise OntologyError(
                f"{p.name} of {subject}: {str(term)!r} is not of type {p.datatype}",
                "Write it like the example of `orepath schema`, or mend the type.",
            )
        return value
    return float(str(term)) if p.datatype in ("decimal", "double") else str(term)


def relation_of(schema: Schema, type_: str, start: str, end: str) -> Relation:
    """The relation that a relationship of a type between two root labels is."""
    for relation in schema.relations.values():
        if (
            relation.type == type_
            and start in schema.root_labels(relation.start)
            and end in schema.root_labels(relation.end)
        ):
            return relation
    raise OntologyError(f"no relation {type_} leads from {start} to {end}", None)
