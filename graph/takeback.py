"""What a data set no longer states is taken back: the element goes if nobody else states it, and
shows what the others say if somebody does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..ontology.facts import Place
from ..ontology.schema import Schema
from . import merge
from .batches import Row, labelling
from .changes import About, about
from .connection import Graph
from .merge import Statement, class_of

BATCH = 5000
Key = tuple[str, str]
"""Root label and id of a node, type and key of a relationship."""
Execute = Callable[[str, dict[str, Any]], None]

NODES = """MATCH (x) WHERE $dataset IN x.stated_in
RETURN labels(x) AS labels, x.id AS id, elementId(x) AS element,
       CASE WHEN x.stated_as IS NULL THEN NULL ELSE properties(x) END AS contested"""
RELATIONS = """MATCH (a)-[x]->(b) WHERE $dataset IN x.stated_in
RETURN type(x) AS type, x.id AS id, a.id AS start, b.id AS end, labels(a) AS start_labels,
       labels(b) AS end_labels, elementId(x) AS element, [] AS labels, x.file AS file,
       [x.period, x.year] AS when,
       CASE WHEN x.stated_as IS NULL THEN NULL ELSE properties(x) END AS contested"""
TAKE_BACK_RELATIONS = """UNWIND $elements AS element
MATCH ()-[x]->() WHERE elementId(x) = element
SET x.stated_in = [d IN x.stated_in WHERE d <> $dataset]
WITH x WHERE size(x.stated_in) = 0 DELETE x"""
TAKE_BACK_NODES = """UNWIND $elements AS element
MATCH (x) WHERE elementId(x) = element
SET x.stated_in = [d IN x.stated_in WHERE d <> $dataset]"""
# A node on which another source's relationship still hangs stays, stated by nobody, until that
# relationship goes; deleting it would take the other source's fact with it. What is derived, and
# the log's record of the load, go with it.
SWEEP = """MATCH (x) WHERE x.stated_in = []
AND NOT EXISTS { (x)-[r]-() WHERE r.stated_in IS NOT NULL OR NOT type(r) IN $loose }
WITH x LIMIT $limit DETACH DELETE x RETURN count(*) AS n"""


@dataclass(frozen=True, slots=True)
class Gone:
    """An element that a data set states in the graph and no longer states: ``name`` is its class
    or relationship type; ``contested`` its properties, where others say something else of it."""

    element: str
    name: str
    about: About
    labels: Sequence[str]
    contested: Mapping[str, Any] | None
    relation: bool


class TakeBack:
    """Takes back what ``dataset`` states beyond what it still states."""

    def __init__(self, graph: Graph, schema: Schema, dataset: str, execute: Execute) -> None:
        self.graph = graph
        self.schema = schema
        self.dataset = dataset
        self.execute = execute

    def gone(self, ties: set[Key], nodes: set[Key]) -> list[Gone]:
        """What the data set states beyond these relationships and nodes, relationships first."""
        found = []
        for record in self.graph.read(RELATIONS, {"dataset": self.dataset}).records:
            start = (self.schema.root_of(record["start_labels"]), record["start"])
            end = (self.schema.root_of(record["end_labels"]), record["end"])
            row = Row(record["id"] or "", {}, Place(""), start, end)
            if (record["type"], row.key) not in ties:
                said = about(record["when"], record["start"], record["file"])
                found.append(self._gone(record, record["type"], said, relation=True))
        for record in self.graph.read(NODES, {"dataset": self.dataset}).records:
            root = self.schema.root_of(record["labels"])
            if (root, record["id"]) not in nodes:
                name = class_of(record["labels"], self.schema) or root
                found.append(self._gone(record, name, About(), relation=False))
        return found

    def _gone(self, record: Mapping[str, Any], name: str, said: About, *, relation: bool) -> Gone:
        contested = record["contested"]
        return Gone(record["element"], name, said, record["labels"], contested, relation)

    def take(self, gone: Sequence[Gone]) -> int:
        """Take back what is gone, relationships before nodes, which ``sweep`` then removes; how
        many they were."""
        relations = [one for one in gone if one.relation]
        nodes = [one for one in gone if not one.relation]
        return self._take(relations, TAKE_BACK_RELATIONS, "()-[x]->()") + self._take(
            nodes, TAKE_BACK_NODES, "(x)"
        )

    def _take(self, gone: Sequence[Gone], statement: str, pattern: str) -> int:
        plain = [one.element for one in gone if one.contested is None]
        for at in range(0, len(plain), BATCH):
            part = sorted(plain)[at : at + BATCH]
            self.execute(statement, {"elements": part, "dataset": self.dataset})
        contested = [one for one in gone if one.contested is not None]
        pending: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for one in contested:
            labels, row = self._restored(one)
            pending.setdefault(labels, []).append(row)
        for (add, remove), rows in pending.items():
            self.execute(
                f"UNWIND $rows AS row MATCH {pattern} WHERE elementId(x) = row.element{add} "
                f"SET x += row.properties{remove}",
                {"rows": rows},
            )
        return len(plain) + len(contested)

    def _restored(self, gone: Gone) -> tuple[tuple[str, str], dict[str, Any]]:
        """What an element shows when only the other data sets state it: Cypher for its labels,
        and the properties to set."""
        shown = Statement(class_of(gone.labels, self.schema), gone.contested or {})
        statements = merge.stated(shown)
        before = merge.standing(statements, self.schema)
        del statements[self.dataset]
        after = merge.standing(statements, self.schema)
        # What differs between the two views, so that nothing derived is touched.
        properties = merge.differences(before.properties, after.properties)
        row = {"element": gone.element, "properties": properties}
        return labelling(after.cls, self.schema), row


def sweep(graph: Graph, schema: Schema) -> None:
    """Remove the nodes that nobody states and on which nothing hangs any more."""
    loose = {relation.type for relation in schema.relations.values() if relation.derived}
    parameters = {"loose": sorted(loose | {"LOADED"}), "limit": BATCH}
    while graph.run(SWEEP, parameters).records[0]["n"]:
        pass
