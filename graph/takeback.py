"""What a data set no longer states is taken back: the element goes if nobody else states it, and
shows what the others say if somebody does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..ontology.facts import Place
from ..ontology.schema import Schema
from . import merge
from .batches import Row, labelling
from .connection import Graph
from .merge import Statement, class_of

BATCH = 5000
Key = tuple[str, str]
"""Root label and id of a node, type and key of a relationship."""
Execute = Callable[[str, dict[str, Any]], None]

NODES = "MATCH (x) WHERE $dataset IN x.stated_in"
RELATIONS = "MATCH (a)-[x]->(b) WHERE $dataset IN x.stated_in"
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


class TakeBack:
    """Takes back what ``dataset`` states beyond ``kept``."""

    def __init__(self, graph: Graph, schema: Schema, dataset: str, execute: Execute) -> None:
        self.graph = graph
        self.schema = schema
        self.dataset = dataset
        self.execute = execute

    def relations(self, kept: set[Key]) -> int:
        """Take back relationships; how many they were."""
        answer = self.graph.read(
            f"{RELATIONS} RETURN type(x) AS type, x.id AS id, a.id AS start, b.id AS end, "
            "labels(a) AS start_labels, labels(b) AS end_labels, elementId(x) AS element, "
            "CASE WHEN x.stated_as IS NULL THEN NULL ELSE properties(x) END AS contested, "
            "[] AS labels",
            {"dataset": self.dataset},
        )
        gone = []
        for record in answer.records:
            start = (self.schema.root_of(record["start_labels"]), record["start"])
            end = (self.schema.root_of(record["end_labels"]), record["end"])
            row = Row(record["id"] or "", {}, Place(""), start, end)
            if (record["type"], row.key) not in kept:
                gone.append(record)
        return self._take(gone, TAKE_BACK_RELATIONS, "()-[x]->()")

    def nodes(self, kept: set[Key]) -> int:
        """Take back nodes, which ``sweep`` then removes; how many they were."""
        answer = self.graph.read(
            f"{NODES} RETURN labels(x) AS labels, x.id AS id, elementId(x) AS element, "
            "CASE WHEN x.stated_as IS NULL THEN NULL ELSE properties(x) END AS contested",
            {"dataset": self.dataset},
        )
        gone = [
            r for r in answer.records if (self.schema.root_of(r["labels"]), r["id"]) not in kept
        ]
        return self._take(gone, TAKE_BACK_NODES, "(x)")

    def _take(self, gone: Iterable[Mapping[str, Any]], statement: str, pattern: str) -> int:
        plain = [record["element"] for record in gone if record["contested"] is None]
        for at in range(0, len(plain), BATCH):
            part = sorted(plain)[at : at + BATCH]
            self.execute(statement, {"elements": part, "dataset": self.dataset})
        contested = [record for record in gone if record["contested"] is not None]
        pending: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for record in contested:
            labels, row = self._restored(record)
            pending.setdefault(labels, []).append(row)
        for (add, remove), rows in pending.items():
            self.execute(
                f"UNWIND $rows AS row MATCH {pattern} WHERE elementId(x) = row.element{add} "
                f"SET x += row.properties{remove}",
                {"rows": rows},
            )
        return len(plain) + len(contested)

    def _restored(self, record: Mapping[str, Any]) -> tuple[tuple[str, str], dict[str, Any]]:
        """What an element shows when only the other data sets state it: Cypher for its labels,
        and the properties to set."""
        shown = Statement(class_of(record["labels"], self.schema), record["contested"])
        statements = merge.stated(shown)
        before = merge.standing(statements, self.schema)
        del statements[self.dataset]
        after = merge.standing(statements, self.schema)
        # What differs between the two views, so that nothing derived is touched.
        properties = merge.differences(before.properties, after.properties)
        row = {"element": record["element"], "properties": properties}
        return labelling(after.cls, self.schema), row


def sweep(graph: Graph, schema: Schema) -> None:
    """Remove the nodes that nobody states and on which nothing hangs any more."""
    loose = {relation.type for relation in schema.relations.values() if relation.derived}
    parameters = {"loose": sorted(loose | {"LOADED"}), "limit": BATCH}
    while graph.run(SWEEP, parameters).records[0]["n"]:
        pass
