"""Facts of a data set made ready to be written: checked, grouped, their references resolved.

It knows the schema and asks only one thing of a graph: which ids it holds. How rows get into
the graph is the business of ``writer.py`` (statement by statement) and ``bulk.py`` (offline).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ..ontology.errors import FactError
from ..ontology.facts import Fact, Place, Rejection
from ..ontology.schema import Schema
from ..ontology.validate import NodeRecord, Validator
from .batches import Batch, Row, node_batch, relation_batch
from .changes import Changes

Rows = dict[str, dict[str, Row]]
"""Rows by term and key."""
There = Callable[[str, set[str]], set[str]]
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


Permit = Callable[[Changes, LoadReport], bool]
"""Told what a load would do and what it refused; whether it may go on."""


class Plan:
    """Makes rows of facts by one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.validator = Validator(schema)

    def grouped(self, facts: Iterable[Fact], report: LoadReport, strict: bool) -> Rows:
        """Validated rows by term and key; a fact said twice counts once, one that contradicts
        an earlier one of the same key is rejected."""
        grouped: Rows = {}
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
                _reject(report, fact.place, error, strict)
        return grouped

    def reject_dangling(self, rows: Rows, report: LoadReport, strict: bool, there: There) -> None:
        """Refuse relationships whose ends, or other references, are nowhere to be found.

        ``there`` says which ids of a root label the graph holds already.
        """
        known: dict[str, set[str]] = {}
        for name in rows:
            if name in self.schema.nodes:
                known.setdefault(self.schema.root(name), set()).update(rows[name])
        # By what a relationship refers to and is not said by this data set itself.
        users: dict[tuple[str, str], list[tuple[str, Row, str]]] = {}
        for name, row in relations(rows, self.schema):
            for role, (label, identifier) in self._references(name, row):
                if identifier not in known.get(label, ()):
                    users.setdefault((label, identifier), []).append((name, row, role))
        wanted: dict[str, set[str]] = {}
        for label, identifier in users:
            wanted.setdefault(label, set()).add(identifier)
        found = {label: there(label, ids) for label, ids in wanted.items()}
        for (label, identifier), referring in users.items():
            if identifier in found[label]:
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
                _reject(report, row.place, error, strict)

    def _references(self, name: str, row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
        """The roles of a relationship that refer to nodes, each with (root label, id)."""
        relation = self.schema.relations[name]
        yield relation.start_role, row.start
        yield relation.end_role, row.end
        for role, labels in self.validator.term(name).references:
            if role in row.properties and role not in (relation.start_role, relation.end_role):
                yield role, self.validator.reference(labels, row.properties[role], role)

    def batches(self, rows: Rows) -> list[Batch]:
        """Nodes before relationships, each group of one kind, in a fixed order."""
        batches = [
            node_batch(self.schema.nodes[name], self.schema, rows[name])
            for name in sorted(rows)
            if name in self.schema.nodes
        ]
        by_ends: dict[tuple[str, str, str], dict[str, Row]] = {}
        for name, row in relations(rows, self.schema):
            by_ends.setdefault((name, row.start[0], row.end[0]), {})[row.key] = row
        for name, start, end in sorted(by_ends):
            relation = self.schema.relations[name]
            batches.append(
                relation_batch(relation, self.schema, (start, end), by_ends[name, start, end])
            )
        return batches


def _reject(report: LoadReport, place: Place, error: FactError, strict: bool) -> None:
    where = Place(place.file, place.line, error.column or place.column)
    if strict:
        raise FactError(f"{where}: {error.message}", error.hint, error.column, error.value)
    value = "" if error.value is None else str(error.value)
    report.rejected.append(Rejection(where, value, error.message, error.hint or ""))


def relations(rows: Rows, schema: Schema) -> list[tuple[str, Row]]:
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
