"""What a patient person would write for just these rows: no validation, no comparison with what
is there, no bookkeeping by source; only keyed MERGEs in large batches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from neo4j import Driver

from orepath.ontology.facts import Fact
from orepath.ontology.schema import Relation, Schema

BATCH = 5000


def hand_tuned_load(driver: Driver, schema: Schema, facts: Iterable[Fact]) -> None:
    """Write the facts as fast as the driver goes."""
    nodes: dict[str, dict[str, Any]] = {}
    links: dict[tuple[str, str, str], dict[Any, Any]] = {}
    for fact in facts:
        values: dict[str, Any] = dict(fact.values)
        if fact.term in schema.nodes:
            identifier = str(values.pop("id"))
            row = {"id": identifier, "properties": values}
            nodes.setdefault(fact.term, {})[identifier] = row
            continue
        relation = schema.relations[fact.term]
        start = end_of(relation.start, str(values.pop(relation.start_role)), schema)
        end = end_of(relation.end, str(values[relation.end_role]), schema)
        key = ";".join(str(fact.values.get(k)) for k in relation.key) or None
        link: dict[str, Any] = {"start": start[1], "end": end[1], "id": key, "properties": values}
        if relation.plain:
            link["properties"] = {}
        links.setdefault((fact.term, start[0], end[0]), {})[key or (start, end)] = link
    for name, rows in nodes.items():
        cls = schema.nodes[name]
        labels = "".join(f":`{label}`" for label in cls.labels)
        write(
            driver,
            f"UNWIND $rows AS row MERGE (x:`{cls.root}` {{id: row.id}}) "
            f"SET x{labels}, x += row.properties",
            list(rows.values()),
        )
    for (name, start_label, end_label), rows in links.items():
        write(
            driver,
            link_statement(schema.relations[name], start_label, end_label),
            list(rows.values()),
        )


def link_statement(relation: Relation, start: str, end: str) -> str:
    """Cypher that merges one kind of relationship."""
    key = "" if relation.plain else " {id: row.id}"
    return (
        f"UNWIND $rows AS row MATCH (a:`{start}` {{id: row.start}}) "
        f"MATCH (b:`{end}` {{id: row.end}}) "
        f"MERGE (a)-[x:`{relation.type}`{key}]->(b) SET x += row.properties"
    )


def end_of(labels: tuple[str, ...], value: str, schema: Schema) -> tuple[str, str]:
    """(root label, id) of a reference."""
    roots = schema.root_labels(labels)
    if len(roots) == 1:
        return roots[0], value
    label, _, identifier = value.partition(":")
    return schema.root(label), identifier


def write(driver: Driver, statement: str, rows: list[dict[str, Any]]) -> None:
    """All rows, a batch a transaction."""
    with driver.session() as session:
        for at in range(0, len(rows), BATCH):
            session.execute_write(
                lambda tx, part: tx.run(statement, rows=part).consume(), rows[at : at + BATCH]
            )
