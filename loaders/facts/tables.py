"""Tables of facts: one a class of the ontology, its columns those that the ontology gives it.

A class added in Turtle has a table like any other. This module knows which columns a table has
and reads its rows; what the cells mean is said in ``rows.py``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ...ontology.errors import OrepathError
from ...ontology.schema import Property, Relation, Schema
from ..base import Column, Row, Table
from ..base.sheets import shown_and_hidden
from ..base.tables import SPREADSHEETS
from ..near import suggestion

SUFFIXES = (".csv", ".tsv", *SPREADSHEETS)
PLACE = ("file", "line")
"""Where a row of a publisher's file stands; a curated fact says it with ``locator``."""
LAST = ("source", "documented_by", "made_in", "locator", "verified", "reason", "note")
"""The columns that say where a row is from and how far it is to be trusted."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a class's table: properties (roles included) and, for a class of nodes, the
    relationships that start at it, each cell listing the other ends."""

    term: str
    required: tuple[str, ...]
    properties: Mapping[str, Property]
    ties: Mapping[str, Relation]

    @property
    def columns(self) -> tuple[str, ...]:
        """All names of columns: what the row is about, what it says, where that is from."""
        names = [*self.properties, *self.ties]
        first = [n for n in names if n not in LAST]
        return (*first, *(n for n in LAST if n in names))

    @property
    def meanings(self) -> Iterator[tuple[str, str]]:
        """Each column with what it holds."""
        for name in self.columns:
            column = self.properties.get(name) or self.ties[name]
            needed = " Required." if name in self.required else ""
            yield name, f"{column.definition}{needed}"


def tables(schema: Schema) -> list[str]:
    """Names of the classes that can have a table, sorted."""
    nary = [name for name, r in schema.relations.items() if not r.plain and not r.derived]
    return sorted([*schema.nodes, *nary])


def layout(schema: Schema, name: str) -> Layout:
    """The table of a class, whatever its name's capitals; raises ``OrepathError``."""
    known = {term.casefold(): term for term in tables(schema)}
    term = known.get(name.casefold())
    if term is None:
        meant = suggestion(name, known.values(), "{}")
        raise OrepathError(
            f"the ontology has no class {name!r}",
            f"{meant}A table is named after a class of `orepath schema`.",
        )
    if node := schema.nodes.get(term):
        identity = Property("id", "", "string", definition="What other rows call it.")
        ties = {
            name: relation
            for name, relation in sorted(schema.relations.items())
            if relation.plain and not relation.derived and set(relation.start) & set(node.labels)
        }
        required = "name" if term == "Source" else "id"
        return Layout(term, (required,), _own((identity, *node.properties)), ties)
    relation = schema.relations[term]
    ends = {relation.start_role: relation.start, relation.end_role: relation.end}
    roles = [
        Property(role, "", "reference", True, target=ends[role], definition=" or ".join(ends[role]))
        for role in ends
    ]
    required_roles = tuple(role for role in ends if role != "source")
    return Layout(term, required_roles, _own((*roles, *relation.properties)), {})


def _own(properties: tuple[Property, ...]) -> dict[str, Property]:
    """Those that a person fills in."""
    return {
        p.name: p for p in properties if not (p.bookkeeping or p.derived) and p.name not in PLACE
    }


def template(schema: Schema, name: str) -> str:
    """An empty table of a class: its header as CSV."""
    return header(layout(schema, name).columns)


def header(columns: Iterable[str]) -> str:
    """A line of CSV that names columns."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(columns)
    return stream.getvalue()


def rows(path: Path, columns: Layout) -> Iterator[Row]:
    """The rows of a delimited file, or of the first sheet shown that has the columns.

    Columns that the file lacks are empty; one that the class does not have is an error, since
    what stands in it would be lost.
    """
    optional = [name for name in columns.columns if name not in columns.required]
    table, declared = opened(path, columns.required, optional, f"a table of {columns.term}")
    known = {name.casefold() for name in columns.columns}
    for name in table.header:
        if name and name.casefold() not in known:
            meant = suggestion(name, columns.columns, "{}")
            raise OrepathError(
                f"{path.name}, line 1, column {name}: {columns.term} has no property {name!r}",
                f"{meant}`orepath load facts --template {columns.term}` shows its columns.",
            )
    return table.rows(declared)


def opened(
    path: Path,
    required: Sequence[str],
    optional: Sequence[str],
    what: str,
    also: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> tuple[Table, dict[str, Column]]:
    """A table and its columns, each under its own name or one of those that ``also`` gives it;
    ``what`` is for messages.

    Raises ``OrepathError`` where a required column is missing.
    """
    columns = {name: Column(headers=also.get(name, (name,))) for name in required}
    columns |= {name: Column(headers=also.get(name, (name,)), optional=True) for name in optional}
    table = Table(path, what)
    if table.is_sheet:
        shown, hidden = shown_and_hidden(path)
        sheets = [Table(path, what, sheet) for sheet in shown or hidden]
        table = next((one for one in sheets if _fits(one, columns)), sheets[0])
    table.places(columns, table.header)
    return table, columns


def _fits(table: Table, columns: Mapping[str, Column]) -> bool:
    """Whether a sheet has the columns; what it lacks is told of the first one."""
    try:
        table.places(columns, table.header)
    except OrepathError:
        return False
    return True
