"""Facts from documents: a folder of tables, one a class of the ontology, becomes a data set.

``facts/`` of this package holds the sets that come with it; a user's folder is read in the same
way. ``set.yaml`` in the folder describes the set; without one it is named after the folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact
from ...ontology.schema import Schema, load_schema
from .. import names
from ..base import NOTHING_SAID, Edition, Ledger, Row, Said
from ..documents import document_id, slug
from ..registry import edition_of, is_data_set
from . import sets
from .rows import Rows, Things, booked
from .sets import DESCRIPTION, LOADER
from .tables import SUFFIXES, Layout, layout, rows


def set_files(folder: Path) -> list[Path]:
    """The tables of a folder and its description, sorted."""
    found = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(p for p in found if p.suffix.casefold() in SUFFIXES or p.name == DESCRIPTION)


def described(files: Sequence[Path]) -> Edition:
    """What is known of the set as a whole.

    A file alone is the set of its folder where that holds no other table, else one of its own.
    """
    tables = _tables(files)
    folders = {file.resolve().parent for file in tables}
    if len(folders) != 1:
        raise OrepathError(
            "the tables are in several folders" if folders else "no table was given",
            f"Give one folder with files like Claim{SUFFIXES[0]}; each folder is a set of its own.",
        )
    (folder,) = folders
    name = slug(folder.name)
    part = len(_tables(set_files(folder))) > len(tables)
    if part:
        name = f"{name}-{slug('-'.join(sorted(file.stem for file in tables)))}"
    description = folder / DESCRIPTION
    if part or not description.is_file():
        return edition_of(f"{LOADER}-{name}")
    found = Edition.model_validate(sets.described(description, f"{LOADER}-{name}"))
    if is_data_set(found.id) and edition_of(found.id).loader != LOADER:
        raise OrepathError(
            f"{description.name}: the id {found.id!r} is that of another source",
            "Choose another id, or leave it out.",
        )
    return found


@dataclass(frozen=True)
class Reading:
    """The tables of a set, recognised."""

    described: Edition
    tables: Sequence[tuple[Layout, Path]]
    assumed: str = ""

    @property
    def source(self) -> str:
        """Id of the set."""
        return self.described.id

    def facts(self, ledger: Ledger) -> Iterator[Fact]:
        """The facts of all rows of the tables, with the structure that follows from them."""
        schema = load_schema()
        read = [(columns, list(rows(file, columns))) for columns, file in self.tables]
        things = Things(schema, _own(schema, read), self.source)
        tables = [(found, partial(Rows.facts, layout=columns)) for columns, found in read]
        return booked(tables, lambda: Rows(schema, self.source, things), ledger)


class Loader:
    """What reads tables of facts."""

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """The tables, recognised; raises ``OrepathError`` where a file is no table."""
        tables = [(layout(load_schema(), file.stem), file) for file in _tables(files)]
        return Reading(described(files), tables)


def _own(schema: Schema, tables: Sequence[tuple[Layout, list[Row]]]) -> dict[str, dict[str, str]]:
    """What the tables describe, by root label: each id, and each name that only one has."""
    found: dict[str, dict[str, str]] = {}
    for columns, read in tables:
        if columns.term not in schema.nodes:
            continue
        by_id: dict[str, str] = {}
        by_name: dict[str, set[str]] = {}
        for row in read:
            identity = row["id"]
            if not identity and columns.term == "Source":
                identity = document_id(row["name"], row["url"])
            by_id[identity] = identity
            if row["name"]:
                by_name.setdefault(names.fold(row["name"]), set()).add(identity)
        only = {name: next(iter(ids)) for name, ids in by_name.items() if len(ids) == 1}
        root = found.setdefault(schema.root(columns.term), {})
        root |= {name: identity for name, identity in only.items() if name not in root} | by_id
    return found


def _tables(files: Sequence[Path]) -> list[Path]:
    found = [file for file in files if file.name != DESCRIPTION]
    for file in found:
        if file.suffix.casefold() not in SUFFIXES:
            raise OrepathError(
                f"{file.name} is neither a table nor {DESCRIPTION}",
                f"A table is named after its class and ends in {', '.join(SUFFIXES)}.",
            )
    return found
