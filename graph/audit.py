"""The whole graph against the ontology, in parts, so that memory and time stay in bounds.

Everything is first looked at as it is stored (``stored.py``), then as RDF by the shapes. The
structure (nodes, plain relationships, and the few with properties whose rules look further than to
the nodes that they name) is checked in one piece. All other relationships with properties are
checked by the page, each page with the classes of the nodes that it refers to, on all processors.
Whatever is found becomes a row, and the rest is checked nevertheless.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

import neo4j
from rdflib import RDF, URIRef

from ..ontology.check import Violation, check_graph, far_looking
from ..ontology.errors import OrepathError
from ..ontology.rdf import iri, to_rdf
from ..ontology.schema import NAMESPACE, Relation, Schema, load_schema
from ..ontology.terms import kebab
from ..ontology.validate import NodeRecord, Record
from .connection import Graph
from .native import UNREADABLE, properties_of
from .stored import End, Stored, Tie

PAGE = 5000
"""Relationships checked at a time: some 90 000 triples."""
Progress = Callable[[str, int, int], None]
"""Called with what was checked last, how many paged relationships are done and how many there
are."""

NODES = (
    "MATCH (n) RETURN labels(n) AS labels, elementId(n) AS element, properties(n) AS properties, "
    "NOT (n)--() AS loose"
)
TIE = (
    "RETURN type(r) AS type, elementId(r) AS element, labels(start) AS start_labels, "
    "start.id AS start, labels(end) AS end_labels, end.id AS end, properties(r) AS properties, "
    "r.id AS id"
)
STRUCTURE = f"MATCH (start)-[r]->(end) WHERE NOT type(r) IN $paged {TIE}"
UNREFERRED = "nothing in the graph refers to it: remove it, or the data set that states it"
NO_EDITION = (
    "MATCH (n:Source {kind: 'dataset'}) WHERE NOT (n)-[:EDITION_OF]->() RETURN n.id AS id "
    "ORDER BY id"
)
VOCABULARY = "orepath-vocabulary"
"""May name what nobody speaks of, such as an uninhabited island."""
Ids = Mapping[tuple[str, str], str]
"""Class by root label and id."""


@dataclass(frozen=True)
class Page:
    """Relationships of one class, and the classes of the nodes that they refer to."""

    relation: str
    rows: tuple[Tie, ...]
    classes: Ids


def audit(
    graph: Graph, schema: Schema, progress: Progress = lambda what, done, total: None
) -> Iterator[Violation]:
    """All that is wrong with the graph; reads the graph page by page.

    Raises ``OrepathError`` if no SHACL engine is installed.
    """
    stored = Stored(schema)
    paged = paged_of(schema)
    nodes, loose = _nodes(graph, stored)
    classes = {(n.cls.root, n.id): n.cls.name for n in nodes}
    ties = _ties(graph.read(STRUCTURE, {"paged": sorted({r.type for r in paged})}).records, stored)
    structure: list[Record] = [*nodes, *(r for tie in ties if (r := stored.tie(tie)))]
    total = sum(_count(graph, relation) for relation in paged)
    done = 0
    referred: set[tuple[str, str]] = set()
    workers = max(1, min(os.cpu_count() or 1, 8))
    # Fresh processes: a fork would copy the open connection.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: list[tuple[Page, Future[list[Violation]]]] = []

        def finished() -> list[Violation]:
            nonlocal done
            page, future = waiting.pop(0)
            found = future.result()
            done += len(page.rows)
            progress(page.relation, done, total)
            return found

        progress("", 0, total)
        for relation in paged:
            for page in _pages(graph, stored, relation, classes):
                referred.update(page.classes)
                waiting.append((page, pool.submit(check_page, page)))
                # No more pages in memory than are being worked on.
                while len(waiting) > 2 * workers:
                    yield from finished()
        yield from _structure(structure, schema, stored.faults)
        while waiting:
            yield from finished()
    yield from stored.faults
    yield from stored.unknown()
    for root, identifier in sorted(loose - referred):  # evidence names what it rests on
        yield Violation(str(iri(root, identifier)), "", "", UNREFERRED, "Violation")
    for record in graph.read(NO_EDITION).records:
        focus = str(iri("Source", str(record["id"])))
        yield Violation(focus, "", "", "a data set that is no edition", "Violation")


def paged_of(schema: Schema) -> list[Relation]:
    """The n-ary classes whose instances can be checked a few at a time, sorted by name."""
    far = far_looking()
    found = (r for r in schema.relations.values() if r.key and r.name not in far)
    return sorted(found, key=lambda r: r.name)


def check_page(page: Page) -> list[Violation]:
    """What is wrong with one page; the faults of the nodes around it are none of its business.

    Where a row cannot be checked at all, the others are, and it is named.
    """
    try:
        return _checked(page, load_schema())
    except OrepathError:
        raise
    except Exception as error:
        if len(page.rows) == 1:
            identifier = str(page.rows[0].properties.get("id"))
            return [_uncheckable(str(iri(page.relation, identifier)), error)]
        middle = len(page.rows) // 2
        halves = page.rows[:middle], page.rows[middle:]
        return [v for rows in halves for v in check_page(replace(page, rows=rows))]


def _checked(page: Page, schema: Schema) -> list[Violation]:
    stored = Stored(schema)
    data = to_rdf([record for tie in page.rows if (record := stored.tie(tie))], schema)
    for (root, identifier), cls in page.classes.items():
        data.add((iri(root, identifier), RDF.type, URIRef(schema.nodes[cls].iri)))
    own = f"{NAMESPACE}{kebab(page.relation)}/"
    found = (v for v in check_graph(data) if v.focus.startswith(own))
    return [*stored.faults, *_further(found, stored.faults)]


def _structure(
    records: list[Record], schema: Schema, faults: list[Violation]
) -> Iterator[Violation]:
    try:
        found = check_graph(to_rdf(records, schema))
    except OrepathError:
        raise
    except Exception as error:
        found = [_uncheckable("all nodes and what ties them", error)]
    yield from _further(found, faults)


def _further(found: Iterable[Violation], faults: Iterable[Violation]) -> Iterator[Violation]:
    """What the shapes find beyond what is already known of the same property."""
    known = {(v.focus, v.path) for v in faults if v.path}
    return (v for v in found if (v.focus, v.path) not in known)


def _uncheckable(focus: str, error: Exception) -> Violation:
    message = f"cannot be checked ({type(error).__name__}: {error}): mend what else is found first"
    return Violation(focus, "", "", message, "Violation")


def _nodes(graph: Graph, stored: Stored) -> tuple[list[NodeRecord], set[tuple[str, str]]]:
    """All nodes, and the keys of those that hang in the air, which no shape can see."""
    nodes, loose = [], set()
    for record in graph.read(NODES).records:
        try:
            properties = properties_of(record)
        except UNREADABLE as error:
            stored.unreadable(f"{':'.join(record['labels'])} {record['element']}", error)
            continue
        if node := stored.node(record["labels"], record["element"], properties):
            nodes.append(node)
            said = properties.get("stated_in")
            if record["loose"] and isinstance(said, list) and set(said) - {VOCABULARY}:
                loose.add((node.cls.root, node.id))
    return nodes, loose


def _ties(records: Iterable[neo4j.Record], stored: Stored) -> Iterator[Tie]:
    for record in records:
        start, end = (End(record[f"{role}_labels"], record[role]) for role in ("start", "end"))
        try:
            properties = properties_of(record)
        except UNREADABLE as error:
            stored.unreadable(f"{record['type']} from {start.id} to {end.id}", error)
            continue
        yield Tie(record["type"], record["element"], start, end, properties)


def _count(graph: Graph, relation: Relation) -> int:
    answer = graph.read(f"MATCH ()-[r:`{relation.type}`]->() RETURN count(r) AS n")
    return int(answer.records[0]["n"])


def _pages(graph: Graph, stored: Stored, relation: Relation, classes: Ids) -> Iterator[Page]:
    """Relationships in the order of their ids, then what has none."""
    match = f"MATCH (start)-[r:`{relation.type}`]->(end)"
    last = ""
    while found := graph.read(
        f"{match} WHERE r.id > $last WITH start, r, end ORDER BY r.id LIMIT $size {TIE}",
        {"last": last, "size": PAGE},
    ).records:
        yield _page(found, stored, relation, classes)
        last = str(found[-1]["id"])
    # An id that is no text, or none, is in no such order.
    if strange := graph.read(f"{match} WHERE NOT coalesce(r.id > '', false) {TIE}").records:
        yield _page(strange, stored, relation, classes)


def _values(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else () if value is None else (value,)


def _page(
    records: Sequence[neo4j.Record], stored: Stored, relation: Relation, classes: Ids
) -> Page:
    """The rows with the classes of the nodes that they lead or refer to."""
    schema = stored.schema
    rows = tuple(_ties(records, stored))
    references = [p for p in relation.properties if p.datatype == "reference"]
    named: dict[tuple[str, str], str] = {}
    for tie in rows:
        ends = [(schema.root_of(end.labels), str(end.id)) for end in (tie.start, tie.end)]
        ends += [
            (schema.root(p.target[0]), str(value))
            for p in references
            for value in _values(tie.properties.get(p.name))
        ]
        named.update({end: classes[end] for end in ends if end in classes})
    return Page(relation.name, rows, named)
