"""Turtle in, ``Schema`` out: reads OWL classes, n-ary annotations and SHACL shapes.

What makes a class a node, an object property a relationship, and an n-ary class a relationship
with properties is said in the Turtle by the annotations of ``orepath.ttl``; nothing here names
a class of the domain.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from .errors import OntologyError
from .terms import NodeClass, Property, Relation, Schema
from .turtle import ORE, codes, local, read_turtle

HEADER = URIRef(f"{ORE}ontology")
"""The ontology itself, which has the version."""
MAPPINGS = (
    OWL.equivalentClass,
    OWL.equivalentProperty,
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.relatedMatch,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
)


def compile_files(files: Iterable[Path]) -> Schema:
    """The schema that the files define."""
    return Compiler(read_turtle(files)).schema()


class Compiler:
    """Reads one graph; ``schema`` is its only result."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def schema(self) -> Schema:
        """Compile all nodes and relations, each sorted by name."""
        nodes = sorted(self._subclasses(ORE.Entity), key=local)
        relations = [
            self._plain(p)
            for p in self.graph.subjects(RDF.type, OWL.ObjectProperty)
            if (p, ORE.asRelationship, None) in self.graph and isinstance(p, URIRef)
        ]
        relations += [
            self._nary(c)
            for c in self._subclasses(ORE.Statement)
            if (c, ORE.asRelationship, None) in self.graph
        ]
        return Schema(
            {local(c): self._node(c) for c in nodes},
            {relation.name: relation for relation in sorted(relations, key=lambda r: r.name)},
            self._text(HEADER, OWL.versionInfo),
        )

    def _subclasses(self, parent: URIRef) -> set[URIRef]:
        found = self.graph.transitive_subjects(RDFS.subClassOf, parent)
        return {c for c in found if isinstance(c, URIRef) and c != parent and c.startswith(ORE)}

    def _ancestors(self, cls: URIRef) -> tuple[URIRef, ...]:
        """Classes of our namespace above ``cls``, nearest first, the abstract roots included."""
        chain: list[URIRef] = []
        level = [cls]
        while level:
            above = sorted(
                {
                    p
                    for c in level
                    for p in self.graph.objects(c, RDFS.subClassOf)
                    if isinstance(p, URIRef) and p.startswith(ORE) and p not in chain
                }
            )
            chain += above
            level = above
        return tuple(chain)

    def _node(self, cls: URIRef) -> NodeClass:
        parents = tuple(local(c) for c in self._ancestors(cls) if c != ORE.Entity)
        properties = [p for p in self._properties(cls) if p.datatype != "relationship"]
        return NodeClass(
            local(cls),
            str(cls),
            parents,
            tuple(properties),
            tuple(sorted(local(c) for c in self.graph.objects(cls, ORE.namedAfter))),
            **self._texts(cls),
            mappings=self._mappings(cls),
        )

    def _plain(self, prop: URIRef) -> Relation:
        start, end = self._ends(prop, RDFS.domain), self._ends(prop, RDFS.range)
        shapes = [shape for name in start for shape in self._shapes(ORE[name], prop)]
        minimum = max((self._integer(s, SH.minCount) or 0 for s in shapes), default=0)
        maxima = [m for s in shapes if (m := self._integer(s, SH.maxCount)) is not None]
        return Relation(
            local(prop),
            str(prop),
            self._text(prop, ORE.asRelationship),
            start,
            end,
            minimum=minimum if len(start) == 1 else 0,
            maximum=min(maxima, default=None),
            derived=self._flag(prop, ORE.derived),
            irreflexive=(prop, RDF.type, OWL.IrreflexiveProperty) in self.graph,
            **self._texts(prop),
            mappings=self._mappings(prop),
        )

    def _nary(self, cls: URIRef) -> Relation:
        start, end = self._role(cls, ORE.fromRole), self._role(cls, ORE.toRole)
        head = self.graph.value(cls, ORE.keyRole)
        key = tuple(self._name(k) for k in Collection(self.graph, head)) if head else ()
        if not key:
            raise OntologyError(
                f"n-ary class {local(cls)} has no ore:keyRole",
                "List the roles and properties that identify an instance.",
            )
        # A role that a parent class already gives (the source of all evidence) is kept as a
        # property even where it is an end, so that every piece of evidence can be filtered alike.
        inherited = {
            shape_path for c in self._ancestors(cls) for shape_path, _ in self._property_shapes(c)
        }
        ends = {start, end} - inherited
        properties = [p for p in self._properties(cls) if URIRef(p.iri) not in ends]
        known = {p.name for p in properties} | {local(start), local(end)}
        if unknown := set(key) - known:
            raise OntologyError(
                f"the key of {local(cls)} names {', '.join(sorted(unknown))}, which it lacks",
                "Add a property shape for it, or mend the key.",
            )
        return Relation(
            local(cls),
            str(cls),
            self._text(cls, ORE.asRelationship),
            self._ends(start, RDFS.range),
            self._ends(end, RDFS.range),
            self._name(start),
            self._name(end),
            key,
            tuple(properties),
            derived=self._flag(cls, ORE.derived),
            query=self._text(cls, ORE.query),
            **self._texts(cls),
            mappings=self._mappings(cls),
        )

    def _role(self, cls: URIRef, annotation: URIRef) -> URIRef:
        role = self.graph.value(cls, annotation)
        if not isinstance(role, URIRef):
            raise OntologyError(
                f"n-ary class {local(cls)} has no ore:{local(annotation)}",
                "Name the object property that leads to that end.",
            )
        return role

    def _ends(self, prop: URIRef, annotation: URIRef) -> tuple[str, ...]:
        """Labels that a domain or range allows, sorted; a union lists several."""
        labels: set[str] = set()
        for end in self.graph.objects(prop, annotation):
            union = self.graph.value(end, OWL.unionOf)
            members = Collection(self.graph, union) if union is not None else [end]
            labels |= {local(m) for m in members if isinstance(m, URIRef)}
        if not labels:
            raise OntologyError(
                f"{local(prop)} has no rdfs:{local(annotation)}",
                "Say which classes it may connect.",
            )
        return tuple(sorted(labels))

    def _property_shapes(self, cls: URIRef) -> list[tuple[URIRef, Node]]:
        found = []
        for shape in self.graph.subjects(SH.targetClass, cls):
            for prop in self.graph.objects(shape, SH.property):
                path = self.graph.value(prop, SH.path)
                if isinstance(path, URIRef):
                    found.append((path, prop))
        return found

    def _shapes(self, cls: URIRef, path: URIRef) -> list[Node]:
        return [shape for p, shape in self._property_shapes(cls) if p == path]

    def _properties(self, cls: URIRef) -> list[Property]:
        """Properties of a class and its ancestors, by name; the nearest class's shape wins."""
        shapes: dict[URIRef, list[Node]] = {}
        for c in (cls, *self._ancestors(cls)):
            for path, shape in self._property_shapes(c):
                if (path, ORE.asRelationship, None) not in self.graph:
                    shapes.setdefault(path, []).append(shape)
        found = [self._property(path, shapes[path]) for path in shapes]
        return sorted(found, key=lambda p: p.name)

    def _property(self, path: URIRef, shapes: list[Node]) -> Property:
        reference = (path, RDF.type, OWL.ObjectProperty) in self.graph
        datatype = "reference" if reference else self._datatype(path, shapes)
        longest = self._first(shapes, SH.maxLength)
        below = self._first(shapes, SH.lessThanOrEquals)
        return Property(
            name=self._name(path),
            iri=str(path),
            datatype=datatype,
            required=any((self._integer(s, SH.minCount) or 0) > 0 for s in shapes),
            many=not any(self._integer(s, SH.maxCount) == 1 for s in shapes),
            minimum=self._number(shapes, SH.minInclusive),
            maximum=self._number(shapes, SH.maxInclusive),
            pattern=str(p) if (p := self._first(shapes, SH.pattern)) is not None else None,
            values=self._values(shapes),
            longest=int(longest) if isinstance(longest, Literal) else None,
            target=self._ends(path, RDFS.range) if reference else (),
            unit=str(u) if (u := self.graph.value(path, ORE.measuredIn)) is not None else None,
            not_above=self._name(below) if isinstance(below, URIRef) else None,
            # A property may be observed on one class and derived on another (a share).
            derived=any(self._flag(term, ORE.derived) for term in (path, *shapes)),
            bookkeeping=self._flag(path, ORE.bookkeeping),
            **self._texts(path),
        )

    def _datatype(self, path: URIRef, shapes: list[Node]) -> str:
        datatype = self._first(shapes, SH.datatype) or self.graph.value(path, RDFS.range)
        if not isinstance(datatype, URIRef):
            raise OntologyError(f"property {local(path)} has no datatype", "Give it an rdfs:range.")
        if not datatype.startswith(str(XSD)) and datatype != RDF.langString:
            raise OntologyError(f"{local(path)}: {datatype} is no XSD datatype", "Use an XSD one.")
        return local(datatype)

    def _values(self, shapes: list[Node]) -> tuple[str, ...]:
        """The codes that a property may have; a code list goes before what ``sh:in`` repeats of
        it, so that an extension may add to it."""
        if (scheme := self._first(shapes, ORE.codeList)) is not None:
            return codes(self.graph, scheme)
        listed = self._first(shapes, SH["in"])
        return tuple(str(v) for v in Collection(self.graph, listed)) if listed is not None else ()

    def _first(self, shapes: list[Node], predicate: URIRef) -> Node | None:
        return next((v for s in shapes if (v := self.graph.value(s, predicate)) is not None), None)

    def _integer(self, subject: Node, predicate: URIRef) -> int | None:
        value = self.graph.value(subject, predicate)
        return int(value) if isinstance(value, Literal) else None

    def _number(self, shapes: list[Node], predicate: URIRef) -> float | None:
        value = self._first(shapes, predicate)
        return float(value) if isinstance(value, Literal) else None

    def _flag(self, subject: Node, predicate: URIRef) -> bool:
        value = self.graph.value(subject, predicate)
        return isinstance(value, Literal) and bool(value.toPython())

    def _name(self, term: Node) -> str:
        alias = self.graph.value(term, ORE.asProperty)
        return str(alias) if alias is not None else local(term)

    def _text(self, subject: Node, predicate: URIRef) -> str:
        value = self.graph.value(subject, predicate)
        return "" if value is None else str(value)

    def _texts(self, term: Node) -> dict[str, Any]:
        return {
            "label": self._text(term, RDFS.label),
            "definition": self._text(term, SKOS.definition),
            "example": self._text(term, SKOS.example),
            "source": self._text(term, DCTERMS.source),
        }

    def _mappings(self, term: URIRef) -> tuple[str, ...]:
        return tuple(
            sorted(
                {
                    str(o)
                    for m in MAPPINGS
                    for o in self.graph.objects(term, m)
                    if isinstance(o, URIRef) and not o.startswith(ORE)
                }
            )
        )
