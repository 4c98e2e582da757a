"""The whole graph against the ontology's shapes, in parts, so that memory and time stay in bounds.

The structure (nodes, plain relationships, what is not evidence) is checked in one piece, since its
rules look at several things at once. Evidence is checked by the page, each page with the classes
of the nodes that it refers to, on all processors.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from rdflib import RDF, URIRef

from ..ontology.check import Violation, check_graph
from ..ontology.rdf import iri, to_rdf
from ..ontology.schema import NAMESPACE, Relation, Schema, kebab, load_schema
from ..ontology.validate import RelationRecord
from .connection import Graph
from .export.rdf import listed, records
from .subgraph import subgraph
from .values import native

PAGE = 5000
"""Rows of evidence checked at a time: some 90 000 triples."""

STRUCTURE = "MATCH (start)-[r]->(end) WHERE NOT type(r) IN $evidence RETURN start, r, end"
UNREFERRED = "nothing in the graph refers to it"
LOOSE = {
    "MATCH (n) WHERE NOT (n)--() AND any(d IN n.stated_in WHERE d <> 'orepath-vocabulary') "
    "RETURN labels(n) AS labels, n.id AS id ORDER BY id": UNREFERRED,
    "MATCH (n:Source {kind: 'dataset'}) WHERE NOT (n)-[:EDITION_OF]->() "
    "RETURN labels(n) AS labels, n.id AS id ORDER BY id": "a data set that is no edition",
}
"""What no shape can see: nodes that hang in the air. The vocabularies may name what nobody speaks
of, such as an uninhabited island."""
Ids = Mapping[tuple[str, str], str]
"""Class by root label and id."""


@dataclass(frozen=True)
class Page:
    """Rows of one evidence class: ids of the ends and properties, and the classes referred to."""

    relation: str
    rows: tuple[tuple[tuple[str, str], tuple[str, str], dict[str, Any]], ...]
    classes: Ids


def audit(graph: Graph, schema: Schema) -> Iterator[Violation]:
    """All violations of the shapes; reads the graph page by page.

    Raises ``OrepathError`` if no SHACL engine is installed, ``OntologyError`` for what the
    ontology does not define.
    """
    evidence = evidence_of(schema)
    nodes = graph.read("MATCH (n) RETURN n").records
    ties = graph.read(STRUCTURE, {"evidence": sorted({r.type for r in evidence})}).records
    structure = subgraph((*nodes, *ties), schema)
    classes = {
        (schema.root(n.labels[0]), str(n.properties["id"])): n.labels[0]
        for n in structure.nodes
        if n.labels and n.labels[0] in schema.nodes
    }
    referred: set[tuple[str, str]] = set()
    workers = max(1, min(os.cpu_count() or 1, 8))
    # Fresh processes: a fork would copy the open connection.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = []
        for relation in evidence:
            for page in _pages(graph, schema, relation, classes):
                referred.update(page.classes)
                waiting.append(pool.submit(check_page, page))
                # No more pages in memory than are being worked on.
                while len(waiting) > 2 * workers:
                    yield from waiting.pop(0).result()
        yield from check_graph(to_rdf(records(structure, schema), schema))
        for future in waiting:
            yield from future.result()
    for statement, message in LOOSE.items():
        for record in graph.read(statement).records:
            root = schema.root_of(record["labels"])
            if message == UNREFERRED and (root, record["id"]) in referred:
                continue  # named by the evidence that rests on it, such as a document
            focus = str(iri(root, record["id"])) if root else str(record["id"])
            yield Violation(focus, "", "", message, "Violation")


def evidence_of(schema: Schema) -> list[Relation]:
    """The n-ary classes whose instances say who states them, sorted by name."""
    found = (r for r in schema.relations.values() if "source" in r.key)
    return sorted(found, key=lambda r: r.name)


def check_page(page: Page) -> list[Violation]:
    """The violations of one page; those of the nodes around it are none of its business."""
    schema = load_schema()
    relation = schema.relations[page.relation]
    data = to_rdf(
        (
            RelationRecord(relation, start, end, str(properties["id"]), listed(properties))
            for start, end, properties in page.rows
        ),
        schema,
    )
    for (root, identifier), cls in page.classes.items():
        data.add((iri(root, identifier), RDF.type, URIRef(schema.nodes[cls].iri)))
    own = f"{NAMESPACE}{kebab(relation.name)}/"
    return [v for v in check_graph(data) if v.focus.startswith(own)]


def _pages(graph: Graph, schema: Schema, relation: Relation, classes: Ids) -> Iterator[Page]:
    """The rows of an evidence class in the order of their ids."""
    statement = (
        f"MATCH (start)-[r:`{relation.type}`]->(end) WHERE r.id > $last "
        "WITH start, r, end ORDER BY r.id LIMIT $size "
        "RETURN labels(start) AS start_labels, start.id AS start, labels(end) AS end_labels, "
        "end.id AS end, properties(r) AS properties"
    )
    references = [p for p in relation.properties if p.datatype == "reference"]
    last = ""
    while True:
        found = graph.read(statement, {"last": last, "size": PAGE}).records
        if not found:
            return
        rows = []
        named: dict[tuple[str, str], str] = {}
        for record in found:
            properties = {k: native(v) for k, v in record["properties"].items()}
            ends = [
                (schema.root_of(record[f"{role}_labels"]), str(record[role]))
                for role in ("start", "end")
            ]
            rows.append((ends[0], ends[1], properties))
            for p in references:
                if p.name in properties:
                    ends.append((schema.root(p.target[0]), str(properties[p.name])))
            named.update({end: classes[end] for end in ends if end in classes})
        yield Page(relation.name, tuple(rows), named)
        last = str(found[-1]["properties"]["id"])
