"""The one writer: facts in, graph changed, nothing lost and nothing of another source touched.

It validates each fact, compares with what the graph already says, and writes only differences,
in keyed batches. What it knows of labels, types and keys comes from the schema. It reads no
files and knows no publisher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from neo4j import ManagedTransaction

from ..ontology.errors import FactError
from ..ontology.facts import Fact, Place, Rejection
from ..ontology.schema import Schema
from ..ontology.validate import NodeRecord, Validator
from . import constraints
from .batches import (
    TAKE_BACK_NODES,
    TAKE_BACK_RELATIONS,
    Batch,
    Row,
    existing_ids,
    kinds,
    node_batch,
    relation_batch,
    stated_nodes,
    stated_relations,
    states_anything,
)
from .connection import Graph

BATCH = 5000
"""Rows a transaction: large enough that the round trip does not count, small enough for a heap
of half a gigabyte."""

Progress = Callable[[str, int, int], None]
"""Called with what is being written, how many rows are done and how many there are."""


@dataclass
class LoadReport:
    """What a load did: counts of facts, and each rejection."""

    dataset: str
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: list[Rejection] = field(default_factory=list)

    @property
    def facts(self) -> int:
        """Distinct facts that the graph now holds from this load."""
        return self.created + self.changed + self.unchanged


class Writer:
    """Writes the facts of data sets into one graph by one schema."""

    def __init__(self, graph: Graph, schema: Schema) -> None:
        self.graph = graph
        self.schema = schema
        self.validator = Validator(schema)
        self._constrained = False

    def load(
        self,
        dataset: str,
        facts: Iterable[Fact],
        *,
        strict: bool = False,
        progress: Progress | None = None,
    ) -> LoadReport:
        """Make the graph say of ``dataset`` just what ``facts`` say.

        Idempotent; a load that was killed is completed by running it again. Facts that break
        the ontology are rejected one by one; with ``strict`` the first one raises ``FactError``
        before anything is written.
        """
        report = LoadReport(dataset)
        rows = self._grouped(facts, report, strict)
        self.constrain()
        # A data set that the graph has never heard of has nothing to take back.
        known = states_anything(self.graph, dataset)
        self._reject_dangling(rows, report, strict)
        batches = self._batches(rows)
        total = sum(len(batch.rows) for batch in batches)
        done = 0
        counts = kinds(self.graph)
        for batch in batches:
            self._write(batch, dataset, report, new=not counts.get(batch.kind))
            done += len(batch.rows)
            if progress:
                progress(batch.name, done, total)
        if known:
            self._remove_stale(rows, dataset, report)
        return report

    def constrain(self) -> None:
        if not self._constrained:
            constraints.ensure(self.graph, self.schema)
            self._constrained = True

    def unload(self, dataset: str) -> LoadReport:
        """Remove what only ``dataset`` states."""
        return self.load(dataset, ())

    def _grouped(
        self, facts: Iterable[Fact], report: LoadReport, strict: bool
    ) -> dict[str, dict[str, Row]]:
        """Validated rows by term and key; a fact said twice counts once, one that contradicts
        an earlier one of the same key is rejected."""
        grouped: dict[str, dict[str, Row]] = {}
        for fact in facts:
            try:
                record = self.validator.check(fact)
                if isinstance(record, NodeRecord):
                    row = Row(record.id, record.properties, fact.place)
                else:
                    row = Row(record.id, record.properties, fact.place, record.start, record.end)
                earlier = grouped.setdefault(fact.term, {}).setdefault(row.key, row)
                if earlier is not row:
                    _merge(earlier, row, fact.term)
            except FactError as error:
                self._reject(report, fact.place, error, strict)
        return grouped

    def _reject(self, report: LoadReport, place: Place, error: FactError, strict: bool) -> None:
        where = Place(place.file, place.line, error.column or place.column)
        if strict:
            raise FactError(f"{where}: {error.message}", error.hint, error.column, error.value)
        value = "" if error.value is None else str(error.value)
        report.rejected.append(Rejection(where, value, error.message, error.hint or ""))

    def _reject_dangling(
        self, rows: dict[str, dict[str, Row]], report: LoadReport, strict: bool
    ) -> None:
        """Refuse relationships whose ends, or other references, are nowhere to be found."""
        known: dict[str, set[str]] = {}
        for name in rows:
            if name in self.schema.nodes:
                known.setdefault(self.schema.root(name), set()).update(rows[name])
        # By what a relationship refers to and is not said by this data set itself.
        users: dict[tuple[str, str], list[tuple[str, Row, str]]] = {}
        for name, row in _relations(rows, self.schema):
            for role, (label, identifier) in self._references(name, row):
                if identifier not in known.get(label, ()):
                    users.setdefault((label, identifier), []).append((name, row, role))
        wanted: dict[str, set[str]] = {}
        for label, identifier in users:
            wanted.setdefault(label, set()).add(identifier)
        there = {label: existing_ids(self.graph, label, ids) for label, ids in wanted.items()}
        for (label, identifier), referring in users.items():
            if identifier in there[label]:
                continue
            for name, row, role in referring:
                if rows[name].pop(row.key, None) is None:
                    continue  # refused already, for another of its references
                error = FactError(
                    f"there is no {label} {identifier!r}",
                    "Load the vocabulary or the source that defines it, or mend the name.",
                    role,
                    identifier,
                )
                self._reject(report, row.place, error, strict)

    def _references(self, name: str, row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
        """The roles of a relationship that refer to nodes, each with (root label, id)."""
        relation = self.schema.relations[name]
        yield relation.start_role, row.start
        yield relation.end_role, row.end
        for role, labels in self.validator.term(name).references:
            if role in row.properties and role not in (relation.start_role, relation.end_role):
                yield role, self.validator.reference(labels, row.properties[role], role)

    def _batches(self, rows: dict[str, dict[str, Row]]) -> list[Batch]:
        """Nodes before relationships, each group of one kind, in a fixed order."""
        batches = [
            node_batch(self.schema.nodes[name], self.schema, rows[name])
            for name in sorted(rows)
            if name in self.schema.nodes
        ]
        by_ends: dict[tuple[str, str, str], dict[str, Row]] = {}
        for name, row in _relations(rows, self.schema):
            by_ends.setdefault((name, row.start[0], row.end[0]), {})[row.key] = row
        for name, start, end in sorted(by_ends):
            relation = self.schema.relations[name]
            batches.append(relation_batch(relation, (start, end), by_ends[name, start, end]))
        return batches

    def _write(self, batch: Batch, dataset: str, report: LoadReport, *, new: bool) -> None:
        """Write the rows of a batch that differ from what the graph holds."""
        rows = list(batch.rows.values())
        for at in range(0, len(rows), BATCH):
            part = rows[at : at + BATCH]
            held = {} if new else batch.held(self.graph, part)
            pending = []
            for row in part:
                before = held.get(row.key)
                change = batch.change(row, before, dataset)
                report.created += before is None
                report.changed += before is not None and change is not None
                report.unchanged += change is None
                if change is not None:
                    pending.append(change)
            for relabel in (False, True):
                if changes := [change for change in pending if change["relabel"] is relabel]:
                    self._execute(batch.statement(relabel=relabel), {"rows": changes})

    def _remove_stale(
        self, rows: dict[str, dict[str, Row]], dataset: str, report: LoadReport
    ) -> None:
        """Take back what the data set stated earlier and no longer states: relationships first,
        then nodes on which nothing hangs any more."""
        stated = {(self.schema.relations[n].type, r.key) for n, r in _relations(rows, self.schema)}
        gone = stated_relations(self.graph, self.schema, dataset)
        self._take_back(TAKE_BACK_RELATIONS, gone, stated, dataset, report)
        nodes = {
            (self.schema.root(n), key) for n in rows if n in self.schema.nodes for key in rows[n]
        }
        held = stated_nodes(self.graph, self.schema, dataset)
        self._take_back(TAKE_BACK_NODES, held, nodes, dataset, report)

    def _take_back(
        self,
        statement: str,
        held: dict[tuple[str, str], str],
        stated: set[tuple[str, str]],
        dataset: str,
        report: LoadReport,
    ) -> None:
        gone = [element for key, element in sorted(held.items()) if key not in stated]
        report.removed += len(gone)
        for at in range(0, len(gone), BATCH):
            self._execute(statement, {"elements": gone[at : at + BATCH], "dataset": dataset})

    def _execute(self, statement: str, parameters: dict[str, Any]) -> None:
        def work(tx: ManagedTransaction) -> None:
            tx.run(statement, parameters).consume()

        self.graph.write(work)


def _relations(rows: dict[str, dict[str, Row]], schema: Schema) -> list[tuple[str, Row]]:
    return [(n, row) for n in sorted(rows) if n in schema.relations for row in rows[n].values()]


def _merge(earlier: Row, row: Row, term: str) -> None:
    """Join a second statement of the same thing into the first.

    Raises ``FactError`` where they contradict each other: two rows of one key cannot both stand.
    """
    for name, value in row.properties.items():
        before = earlier.properties.setdefault(name, value)
        if isinstance(before, list) and isinstance(value, list):
            before.extend(item for item in value if item not in before)
        elif before != value:
            raise FactError(
                f"{term} {row.key!r} says {name} {value!r}, but {earlier.place} says {before!r}",
                "Keep one of the two in the source, or make their keys differ.",
                name,
                value,
            )
