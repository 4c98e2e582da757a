"""The one writer: facts in, graph changed, nothing lost and nothing of another source touched.

It validates each fact, compares with what the graph already says, and writes only differences,
in keyed batches. What it knows of labels, types and keys comes from the schema. It reads no
files and knows no publisher.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from neo4j import ManagedTransaction

from ..ontology.facts import Fact
from ..ontology.schema import Schema
from . import constraints, runs
from .batches import Batch, Row
from .changes import Changes, Kind
from .connection import Graph
from .held import NOBODY, existing_ids, kinds, stated
from .plan import LoadReport, Permit, Plan, Progress, Rows, relations
from .takeback import Gone, TakeBack, sweep

BATCH = 5000
"""Rows a transaction: large enough that the round trip does not count, small enough for a heap
of half a gigabyte."""


class Writer:
    """Writes the facts of data sets into one graph by one schema."""

    def __init__(self, graph: Graph, schema: Schema) -> None:
        self.graph = graph
        self.schema = schema
        self.plan = Plan(schema)
        self._constrained = False
        # What the graph holds, read when first needed and kept in step by what is written here.
        self._kinds: dict[str, int] | None = None
        self._stated: dict[str, int] | None = None

    @property
    def kinds(self) -> dict[str, int]:
        """Nodes of each label and relationships of each type."""
        if self._kinds is None:
            self._kinds = kinds(self.graph)
        return self._kinds

    @property
    def stated(self) -> dict[str, int]:
        """Nodes and relationships that each data set states."""
        if self._stated is None:
            self._stated = stated(self.graph)
        return self._stated

    def load(
        self,
        dataset: str,
        facts: Iterable[Fact],
        *,
        strict: bool = False,
        progress: Progress | None = None,
        run: Mapping[str, Any] | None = None,
        keep: bool = False,
        permit: Permit | None = None,
    ) -> LoadReport:
        """Make the graph say of ``dataset`` just what ``facts`` say.

        Idempotent; a load that was killed is completed by running it again. Facts that break
        the ontology are rejected one by one; with ``strict`` the first one raises ``FactError``
        before anything is written. ``run`` goes into the log of loads as soon as all facts
        were read. With ``keep`` what the data set stated earlier stays. ``permit`` is told what
        the load would do, and says whether it does it; the graph stays as it was where not.
        """
        report = LoadReport(dataset)
        rows = self.plan.grouped(facts, report, strict)
        self.constrain()
        self.plan.reject_dangling(rows, report, strict, partial(existing_ids, self.graph))
        batches = self.plan.batches(rows)
        changes, pending = self._changes(dataset, batches)
        known = changes.total("changed") + changes.total("unchanged")
        before = self.stated.get(dataset, 0)
        gone = self._gone(dataset, rows, changes) if known < before and not keep else ()
        if permit is not None and not permit(changes, report):
            return report
        if run is not None:
            self.record(dataset, run)
        total = sum(len(batch.rows) for batch in batches)
        done = 0
        for batch, rows_of in zip(batches, pending, strict=True):
            self._write(batch, rows_of, dataset, report)
            done += len(batch.rows)
            if progress:
                progress(batch.name, done, total)
        if gone:
            report.removed = self._taking(dataset).take(gone)
        if report.removed or NOBODY in self.stated:
            sweep(self.graph, self.schema)
        self.stated[dataset] = total + (before - known if keep else 0)
        return report

    def record(self, dataset: str, properties: Mapping[str, Any]) -> None:
        """Note a run in the log of loads (see ``runs.record``)."""
        self.constrain()
        runs.record(self.graph, dataset, properties)

    def constrain(self) -> None:
        """Have the keys of the ontology as constraints of the database."""
        if not self._constrained:
            constraints.ensure(self.graph, self.schema)
            self._constrained = True

    def unload(self, dataset: str) -> LoadReport:
        """Remove what only ``dataset`` states."""
        return self.load(dataset, ())

    def _changes(
        self, dataset: str, batches: Sequence[Batch]
    ) -> tuple[Changes, list[Sequence[Row]]]:
        """What writing these batches would do, and of each the rows that have to be written;
        nothing is read of what was never stated."""
        if not self.stated.get(dataset):
            return Changes.first(dataset, batches), [list(b.rows.values()) for b in batches]
        changes = Changes(dataset)
        pending: list[Sequence[Row]] = []
        for batch in batches:
            rows = list(batch.rows.values())
            differing: list[Row] = []
            for at in range(0, len(rows), BATCH):
                part = rows[at : at + BATCH]
                held = batch.held(self.graph, part) if self.kinds.get(batch.kind) else {}
                for row in part:
                    change = batch.change(row, before := held.get(row.key), dataset)
                    kind: Kind = "new"
                    if before is not None and dataset in before.get("stated_in", ()):
                        kind = "unchanged" if change is None else "changed"
                    changes.add(batch.name, row, kind)
                    if kind != "unchanged":
                        differing.append(row)
            pending.append(differing)
        return changes, pending

    def _gone(self, dataset: str, rows: Rows, changes: Changes) -> list[Gone]:
        """What the data set stated earlier and no longer states, counted in ``changes``."""
        ties = {(self.schema.relations[n].type, r.key) for n, r in relations(rows, self.schema)}
        nodes = {
            (self.schema.root(n), key) for n in rows if n in self.schema.nodes for key in rows[n]
        }
        gone = self._taking(dataset).gone(ties, nodes)
        names = {relation.type: name for name, relation in self.schema.relations.items()}
        for one in gone:
            changes.remove(names.get(one.name, one.name), one.about)
        return gone

    def _taking(self, dataset: str) -> TakeBack:
        return TakeBack(self.graph, self.schema, dataset, self._execute)

    def _write(self, batch: Batch, rows: Sequence[Row], dataset: str, report: LoadReport) -> None:
        """Write those rows of a batch that differ from what the graph holds."""
        report.unchanged += len(batch.rows) - len(rows)
        new = not self.kinds.get(batch.kind)
        for at in range(0, len(rows), BATCH):
            part = rows[at : at + BATCH]
            held = {} if new else batch.held(self.graph, part)
            pending: dict[tuple[str, bool], list[dict[str, Any]]] = {}
            for row in part:
                before = held.get(row.key)
                change = batch.change(row, before, dataset)
                report.created += before is None
                report.changed += before is not None and change is not None
                report.unchanged += change is None
                if change is not None:
                    pending.setdefault((change.cls, change.relabel), []).append(change.sent)
            for (cls, relabel), changes in sorted(pending.items()):
                self._execute(batch.statement(cls, relabel=relabel), {"rows": changes})
        self.kinds[batch.kind] = self.kinds.get(batch.kind, 0) + len(rows)

    def _execute(self, statement: str, parameters: dict[str, Any]) -> None:
        def work(tx: ManagedTransaction) -> None:
            tx.run(statement, parameters).consume()

        self.graph.write(work)
