"""Nodes and relationships as a zip of CSV files, a file a class of nodes and a type.

The columns are those that the ontology has, so that a file is the same whatever a graph holds;
absent is empty, lists are joined. Written as the elements come.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import BinaryIO

from ...ontology.schema import Schema
from ...ontology.terms import NodeClass, Relation, kebab
from ..subgraph import Node, Relationship
from .undated import entry
from .values import text

Line = tuple[object, ...]


def write_tables(
    stream: BinaryIO,
    nodes: Iterable[Node],
    relationships: Iterable[Relationship],
    schema: Schema,
) -> None:
    """Write the archive: ``nodes/material.csv`` …, ``relationships/MAKES.csv`` ….

    Nodes must come by root class and relationships by type, as ``pages`` gives them.
    """
    with zipfile.ZipFile(stream, "w") as archive:
        for root, members in groupby(nodes, lambda n: schema.root_of(n.labels)):
            known = _columns(c for c in schema.nodes.values() if c.root == root)
            lines: Iterable[Line] = (
                (n.properties.get("id"), n.labels[0], *map(n.properties.get, known))
                for n in members
            )
            _write(archive, f"nodes/{kebab(root)}.csv", ("id", "class", *known), lines)
        for type_, ties in groupby(relationships, lambda r: r.type):
            known = _columns(r for r in schema.relations.values() if r.type == type_)
            lines = (
                (r.properties.get("id"), r.start, r.end, *map(r.properties.get, known))
                for r in ties
            )
            _write(archive, f"relationships/{type_}.csv", ("id", "start", "end", *known), lines)


def _columns(terms: Iterable[NodeClass | Relation]) -> tuple[str, ...]:
    names = {p.name: None for term in terms for p in term.properties}
    return tuple(n for n in names if n != "stated_as")


def _write(
    archive: zipfile.ZipFile, name: str, columns: Sequence[str], lines: Iterable[Line]
) -> None:
    with (
        archive.open(entry(name), "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8", errors="replace", newline="") as stream,
    ):
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([text(value) for value in line] for line in lines)
