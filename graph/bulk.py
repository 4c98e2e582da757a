"""Many facts into an empty local graph at once, by Neo4j's own offline import.

It stands in for the writer: the same facts become the same graph, by the same rules about who
states what (``Batch.change`` decides both). Nodes and structure are kept together until all data
sets are there; evidence, of which there is most, goes to a file as soon as it is checked, so that
memory grows with the largest data set and not with all of them.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from ..ontology.errors import OrepathError
from ..ontology.facts import Fact, Place
from ..ontology.schema import Property, Schema
from ..ontology.validate import RelationRecord
from .batches import Batch, Row
from .captions import LOG, captions, kinds
from .changes import Changes
from .fingerprint import fingerprint
from .local.importing import ImportFile
from .plan import LoadReport, Permit, Plan, Progress
from .shares import label

ARRAY = "\x1f"
"""Between the parts of a list in a cell: no text of ours holds it."""

TYPES = {
    "integer": "long",
    "gYear": "long",
    "decimal": "double",
    "double": "double",
    "boolean": "boolean",
    "date": "date",
    "dateTime": "datetime",
}
"""Types of the import by XSD type; everything else is a string."""

Ends = tuple[str, str]
_NOWHERE = Place("")
_PLAIN = frozenset({str, float, int})


@dataclass(slots=True)
class _Held:
    """Everything known of one node or relationship so far."""

    row: Row
    properties: dict[str, Any]
    labels: Collection[str] = ()


class _Stream:
    """A file of the import; ``header`` maps our names of its columns to the import's."""

    def __init__(self, file: IO[str], header: Mapping[str, str]) -> None:
        self._writer = csv.writer(file)
        self._writer.writerow(header.values())
        self._columns = {name: at for at, name in enumerate(header)}
        self.multiline = False
        """Whether a text has several lines."""

    def write(self, row: Row, properties: Mapping[str, Any], labels: Iterable[str] = ()) -> None:
        """Write a node or relationship."""
        cells = _cells(self._columns, row, properties, labels)
        self._writer.writerow(cells)
        for cell in cells:
            if type(cell) is str and ("\n" in cell or "\r" in cell):
                self.multiline = True


def _cells(
    columns: Mapping[str, int], row: Row, properties: Mapping[str, Any], labels: Iterable[str] = ()
) -> list[Any]:
    """The cells of a node or relationship; ``columns`` are the places of our names."""
    cells: list[Any] = [None] * len(columns)
    for name, value in properties.items():
        cells[columns[name]] = value if type(value) in _PLAIN else _text(value)
    if row.id:
        cells[columns["id"]] = row.id
    if row.start[1]:
        cells[columns[":start"]], cells[columns[":end"]] = row.start[1], row.end[1]
    else:
        cells[columns[":labels"]] = ARRAY.join(sorted(labels))
    return cells


class BulkWriter:
    """Collects data sets in ``folder`` as files for the import; ``files`` ends it.

    ``suspects`` are the reasons why figures, by their id, were found that cannot be right.
    """

    def __init__(
        self, schema: Schema, folder: Path, suspects: Mapping[str, str] | None = None
    ) -> None:
        self.schema = schema
        self.folder = folder
        self.plan = Plan(schema)
        self.suspects = suspects or {}
        self._held: dict[tuple[str, Ends], dict[str, _Held]] = {}
        self._known: dict[str, set[str]] = {}
        self._streams: dict[tuple[str, Ends], _Stream] = {}
        self._files: list[ImportFile] = []
        self._open = ExitStack()
        self._done: set[str] = set()
        relations = schema.relations.values()
        # Relations with a share that a picture writes on its line.
        self._lettered = {r.name for r in relations if any(p.name == "label" for p in r.properties)}

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
        """As ``Writer.load``, for a graph that holds what was loaded here before.

        Each data set comes once, so that nothing is taken back.
        """
        report = LoadReport(dataset)
        rows = self.plan.grouped(facts, report, strict)
        self.plan.reject_dangling(rows, report, strict, self._existing)
        batches = self.plan.batches(rows)
        if permit is not None and not permit(Changes.first(dataset, batches), report):
            return report
        total = sum(len(batch.rows) for batch in batches)
        done = 0
        for batch in batches:
            for row in batch.rows.values():
                self._take(batch, row, dataset, report)
            done += len(batch.rows)
            if progress:
                progress(batch.name, done, total)
        self._done.add(dataset)
        return report

    def derived(self, facts: Iterable[Fact]) -> int:
        """Take what was derived from all that was loaded and recorded here, which no data set
        states; returns how many relationships it is. Raises ``FactError`` where the ontology
        refuses one."""
        count = 0
        for fact in facts:
            record = self.plan.validator.check(fact)
            if not isinstance(record, RelationRecord):
                raise OrepathError(f"{fact.term} is not a relationship")
            row = Row(record.id, record.properties, fact.place, record.start, record.end)
            held = self._held.setdefault((fact.term, (row.start[0], row.end[0])), {})
            held.setdefault(row.key, _Held(row, {})).properties |= row.properties
            count += 1
        for run in self._held.get(("Load", ("", "")), {}).values():
            run.properties["derived_by"] = fingerprint(self.plan.schema)
        return count

    def record(self, dataset: str, properties: Mapping[str, Any]) -> None:
        """Note a run in the log of loads (see ``runs.record``)."""
        held = self._held.setdefault(("Load", ("", "")), {})
        stored = {"name": dataset, **properties}
        held[dataset] = _Held(Row(dataset, {}, _NOWHERE), stored, {"Load"})
        ends = (("Load", dataset), ("Source", dataset))
        links = self._held.setdefault(("loaded", ("Load", "Source")), {})
        links[dataset] = _Held(Row("", {}, _NOWHERE, *ends), {})

    def files(self) -> list[ImportFile]:
        """Finish all files: those of nodes, then those of relationships."""
        texts = captions(self._names(), kinds(self.schema))
        for name, ends in sorted(self._held):
            for held in self._held[name, ends].values():
                caption = texts.get((name, held.row.id))
                shown = held.properties | ({"caption": caption} if caption else {})
                self._write(name, ends, held.row, shown, held.labels)
        self._open.close()
        return sorted(self._files, key=lambda f: (f.type, f.path.name))

    def _names(self) -> dict[tuple[str, str], str]:
        """The names of all nodes that pictures show, by root label and id."""
        return {
            (root, identifier): str(held.properties["name"])
            for root in self.schema.roots
            if root != LOG
            for identifier, held in self._held.get((root, ("", "")), {}).items()
            if "name" in held.properties
        }

    @property
    def multiline(self) -> bool:
        """Whether a text in the files has several lines; if not, they are imported faster."""
        return any(stream.multiline for stream in self._streams.values())

    def _existing(self, label: str, ids: set[str]) -> set[str]:
        return ids & self._known.get(label, set())

    def _take(self, batch: Batch, row: Row, dataset: str, report: LoadReport) -> None:
        relation = self.schema.relations.get(batch.name)
        name = batch.name if relation else self.schema.root(batch.name)
        ends = (row.start[0], row.end[0])
        if relation and "source" in relation.key:
            stated_by = row.properties["source"]
            if stated_by == dataset:
                # Nobody else states what a data set reports itself: it need not be kept.
                self._write(name, ends, row, row.properties | {"stated_in": [dataset]})
                report.created += 1
                return
            if stated_by in self._done:
                raise OrepathError(
                    f"{row.place}: {dataset} states a fact of the source {stated_by}",
                    "Load it without --bulk.",
                )
        held = self._held.setdefault((name, ends), {})
        before = held.get(row.key)
        change = batch.change(
            row,
            None if before is None else {**before.properties, ":labels": list(before.labels)},
            dataset,
        )
        report.created += before is None
        report.changed += before is not None and change is not None
        report.unchanged += change is None
        if before is None:
            before = held[row.key] = _Held(row, {})
            if not relation:
                self._known.setdefault(name, set()).add(row.id)
        if change is not None:
            joined = before.properties | change.sent["properties"]
            before.properties = {n: v for n, v in joined.items() if v is not None}
            before.labels = self.schema.nodes[change.cls].labels if change.cls else ()

    def _write(
        self,
        name: str,
        ends: Ends,
        row: Row,
        properties: Mapping[str, Any],
        labels: Iterable[str] = (),
    ) -> None:
        """Write a node or relationship to its file, marked where it is a suspect figure."""
        if reason := self.suspects.get(row.id):
            properties = {**properties, "suspect": reason}
        if name in self._lettered and (text := label(properties)):
            properties = {**properties, "label": text}
        self._stream(name, ends).write(row, properties, labels)

    def _stream(self, name: str, ends: Ends) -> _Stream:
        """The file of a class's nodes or of a relation between two root labels."""
        stream = self._streams.get((name, ends))
        if stream is None:
            relation = self.schema.relations.get(name)
            path = self.folder / f"{'-'.join(part for part in (name, *ends) if part)}.csv"
            file = self._open.enter_context(path.open("w", encoding="utf-8", newline=""))
            stream = self._streams[name, ends] = _Stream(file, self._header(name, ends))
            self._files.append(ImportFile(path, relation.type if relation else ""))
        return stream

    def _header(self, name: str, ends: Ends) -> dict[str, str]:
        """Columns of a file: our names for them, and what the import calls them."""
        if relation := self.schema.relations.get(name):
            properties = {p.name: p for p in relation.properties}
            first = {":start": f":START_ID({ends[0]})", ":end": f":END_ID({ends[1]})"}
            first |= {"stated_in": "stated_in:string[]"} if relation.plain else {"id": "id:string"}
        else:
            family = [node for node in self.schema.nodes.values() if node.root == name]
            properties = {p.name: p for node in family for p in node.properties}
            first = {":labels": ":LABEL", "id": f"id:ID({name})"}
        return first | {n: f"{n}:{_type(p)}" for n, p in sorted(properties.items())}


def _type(p: Property) -> str:
    return TYPES.get(p.datatype, "string") + ("[]" if p.many else "")


def _text(value: Any) -> Any:
    """A value as the import reads it; texts and numbers the csv module writes by itself."""
    if isinstance(value, list):
        return ARRAY.join(str(_text(part)) for part in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value
