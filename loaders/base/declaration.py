"""What a source says of itself: the models of ``source.yaml``, and the reviewed data files.

A publisher is a folder of ``loaders``: ``source.yaml`` holds what can be said without Python
(columns with the headers and shapes that they may have, how an edition is known, what is left out
and why, licence, address and day of access of each edition), the CSV files beside it what its
words mean, line by line with a reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Container, Mapping
from functools import cache, cached_property
from importlib import resources
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

LOADERS = __package__.rpartition(".")[0]
"""The package whose folders are the publishers."""


class Declared(BaseModel):
    """Base of the models: unknown keys are errors, nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceFile(Declared):
    """A file that the loader was tested with; ``sha256`` of the publisher's original bytes.

    ``rows`` counts its rows below the header: a file of that name with fewer was cut off.
    """

    name: str
    sha256: str
    description: str = ""
    rows: int = 0


class LeftOutRule(Declared):
    """What is deliberately not loaded, and why.

    A row is left out where all cells named in ``when`` have the given shape, or one of those
    named in ``unless`` has not; without either, the loader says which rows are meant.
    """

    what: str
    reason: str
    when: Mapping[str, str] = {}
    unless: Mapping[str, str] = {}

    def speaks_of(self, columns: Container[str]) -> bool:
        """Whether it is a rule about cells, and a table has the columns that it names."""
        return bool(self._shapes) and all(name in columns for name, _ in self._shapes)

    def holds(self, cells: Mapping[str, str]) -> bool:
        """Whether a row with these cells is left out by this rule."""
        if self.unless:
            return not all(s.fullmatch(cells[name]) for name, s in self._shapes)
        return bool(self.when) and all(s.fullmatch(cells[name]) for name, s in self._shapes)

    @cached_property
    def _shapes(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(name, re.compile(s)) for name, s in (self.unless or self.when).items()]


class Column(Declared):
    """A column: the headers under which releases write it, and what its cells may hold.

    A cell that has not the ``shape`` (a regular expression) shows that the file is another one.
    ``missing`` are the cells that stand for "no number"; other numbers lie between ``low`` and
    ``high``. Cells of an ``optional`` column that a file lacks are empty.
    """

    headers: tuple[str, ...]
    shape: str = ""
    optional: bool = False
    missing: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """The shape, compiled."""
        return re.compile(self.shape, re.ASCII) if self.shape else None


class TableForm(Declared):
    """One table that a publication consists of, known by its columns.

    ``sheet`` is a regular expression that the names of its sheets in a workbook match; ``file``
    one for the names of its files, where these rather than the columns tell what it is. ``count``
    names a column by whose values rows are counted, so that a cut file is noticed; ``rows`` is
    how many the publisher's table has, under whatever file name. A column that is declared by its
    name alone has that as its only header.
    """

    columns: Mapping[str, Column] = {}
    sheet: str = ""
    file: str = ""
    count: str = ""
    rows: int = 0

    @field_validator("columns", mode="before")
    @classmethod
    def _named(cls, columns: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: {"headers": (name,), **(said or {})} for name, said in columns.items()}

    @cached_property
    def shaped(self) -> list[tuple[str, re.Pattern[str]]]:
        """The columns whose cells have a declared shape."""
        return [(name, c.pattern) for name, c in self.columns.items() if c.pattern]


class EditionRule(Declared):
    """How the edition is told from the newest ``column`` of the rows, ``plus`` so many years."""

    column: str
    plus: int = 0


class Edition(Declared):
    """One edition of one source, as users see it listed."""

    id: str
    loader: str
    publication: str
    publication_name: str
    preference: int = 100
    title: str
    publisher: str
    edition: str
    published: str
    citation: str
    licence: str
    redistributable: bool
    url: str
    accessed: str
    years: str = ""
    files: tuple[SourceFile, ...] = ()
    left_out: tuple[LeftOutRule, ...] = ()


class Declaration(Declared):
    """A publication: what all its editions share, and what each of them says of itself.

    ``what`` is what its files are called in messages. With ``blank_rows`` rows without a filled
    cell are counted like others, and left out. ``editions`` holds by edition what differs (title,
    published, citation, url, accessed, years, files, also licence where it changed).
    """

    publication: str
    publication_name: str
    what: str
    publisher: str
    preference: int
    licence: str
    redistributable: bool
    url: str
    single_file: bool = False
    blank_rows: bool = False
    edition: EditionRule | None = None
    tables: Mapping[str, TableForm] = {}
    left_out: tuple[LeftOutRule, ...] = ()
    editions: Mapping[str, Mapping[str, Any]]

    def described(self) -> dict[str, Edition]:
        """The known editions by id."""
        shared = {n: getattr(self, n) for n in Edition.model_fields if n in type(self).model_fields}
        shared["loader"] = self.publication
        return {
            (key := f"{self.publication}-{name}"): Edition.model_validate(
                {**shared, "id": key, "edition": name, **own}
            )
            for name, own in self.editions.items()
        }

    def reason(self, what: str) -> str:
        """Why ``what`` is left out, in the words of the declaration."""
        return next(rule.reason for rule in self.left_out if rule.what == what)


@cache
def declaration(folder: str) -> Declaration:
    """What ``loaders/<folder>/source.yaml`` declares."""
    file = resources.files(LOADERS) / folder / "source.yaml"
    return Declaration.model_validate(yaml.safe_load(file.read_text("utf-8")))


@cache
def folders() -> tuple[str, ...]:
    """The folders of publishers, sorted."""
    found = resources.files(LOADERS).iterdir()
    return tuple(sorted(f.name for f in found if (f / "source.yaml").is_file()))


@cache
def read_mapping(name: str) -> list[dict[str, str]]:
    """The lines of a reviewed data file: ``usgs_mcs/products`` is that of a publisher's folder,
    ``economies`` one that all loaders share."""
    file = resources.files(LOADERS) / (f"{name}.csv" if "/" in name else f"mapping/{name}.csv")
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))


@cache
def keyed(
    name: str, *keys: str, fold: Callable[[str], str] = str
) -> Mapping[tuple[str, ...], Mapping[str, str]]:
    """The lines of a reviewed data file by the cells of the columns ``keys``, each as ``fold``
    makes it."""
    return {tuple(fold(line[key]) for key in keys): line for line in read_mapping(name)}
