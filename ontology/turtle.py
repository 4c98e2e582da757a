"""What whoever reads Turtle of ours needs: the files as one graph, code lists, short names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rdflib import SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from .errors import OntologyError
from .terms import NAMESPACE

ORE = Namespace(NAMESPACE)


def read_turtle(files: Iterable[Path]) -> Graph:
    """All files in one graph; raises ``OntologyError`` naming the file that does not parse."""
    graph = Graph(bind_namespaces="core")
    for file in files:
        try:
            graph.parse(file, format="turtle")
        except Exception as error:
            raise OntologyError(
                f"{file.name} cannot be read as Turtle: {error}", "Mend the syntax at that place."
            ) from error
    return graph


def codes(graph: Graph, scheme: Node) -> tuple[str, ...]:
    """The notations of a code list, sorted, without the units that are only read and converted.

    Raises ``OntologyError`` for a list without any.
    """
    found = {
        str(notation)
        for concept in graph.subjects(SKOS.inScheme, scheme)
        if (concept, ORE.base_unit, None) not in graph
        for notation in graph.objects(concept, SKOS.notation)
    }
    if not found:
        raise OntologyError(
            f"the code list {scheme} has no concept with a skos:notation",
            "Add its concepts, or mend ore:codeList.",
        )
    return tuple(sorted(found))


def unit_concepts(graph: Graph, scheme: str) -> Iterator[dict[str, Any]]:
    """Each unit of a code list: its names, the notation of the unit that it is kept in, how much
    of that it is, and the content basis that its words imply."""
    names = (SKOS.notation, SKOS.prefLabel, SKOS.altLabel)
    for concept in sorted(graph.subjects(SKOS.inScheme, URIRef(scheme)), key=str):
        basis = graph.value(concept, ORE.implied_basis)
        yield {
            "names": tuple(
                str(t) for n in names for t in sorted(graph.objects(concept, n), key=str)
            ),
            "base": str(graph.value(graph.value(concept, ORE.base_unit) or concept, SKOS.notation)),
            "factor": str(graph.value(concept, ORE.factor) or 1),
            "basis": None if basis is None else str(basis),
        }


def local(term: Node) -> str:
    """The readable end of an IRI."""
    return str(term).removeprefix(NAMESPACE).replace("#", "/").rsplit("/", 1)[-1]
