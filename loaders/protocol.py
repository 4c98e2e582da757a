"""What every loader is: files in, facts out, and a ledger in which no row is lost.

A loader is a module of this package named after its publication (``usgs_mcs`` for ``usgs-mcs``)
with two functions, ``recognise`` and ``facts``. It knows its publisher's layout and nothing of
the database; what it read, used, refused and left out it writes into the ledger.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module, resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import yaml
from pydantic import BaseModel, ConfigDict

from ..ontology.errors import OrepathError
from ..ontology.facts import Fact, Place, Rejection
from . import fact_sets

if TYPE_CHECKING:
    from ..graph.bulk import BulkWriter, Part


FOLDERS = (".publishers", "")
"""Where a loader is looked for: the last are the vocabularies, facts and a user's own table."""


class SourceFile(BaseModel):
    """A file that the loader was tested with; ``sha256`` of the publisher's original bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    sha256: str
    description: str = ""


class LeftOut(BaseModel):
    """A table or column that is deliberately not loaded, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str
    reason: str


class Sidecar(BaseModel):
    """One edition of one source, as ``loaders/sources/<id>.yaml`` describes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

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
    left_out: tuple[LeftOut, ...] = ()


@dataclass
class Ledger:
    """Where each row of a file went: ``rows_read == used + len(rejected) + sum(left.values())``.

    Every row is booked exactly once, by ``use``, ``reject`` or ``leave``.
    """

    rows_read: int = 0
    used: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    """What the user should know of the load as a whole, in sentences."""

    def use(self, rows: int = 1) -> None:
        """Book a row that became at least one fact, or many such rows of a large file at once."""
        self.rows_read += rows
        self.used += rows

    def reject(self, place: Place, value: str, reason: str, remedy: str) -> None:
        """Book a row that could not be understood."""
        self.rows_read += 1
        self.rejected.append(Rejection(place, value, reason, remedy))

    def leave(self, reason: str, rows: int = 1) -> None:
        """Book rows that are deliberately not loaded: one, or many of a large file at once."""
        self.rows_read += rows
        self.left[reason] += rows

    @property
    def balanced(self) -> bool:
        """Whether each row read was booked once."""
        return self.rows_read == self.used + len(self.rejected) + sum(self.left.values())


class Loader(Protocol):
    """The two functions of a loader's module."""

    def recognise(self, files: Sequence[Path]) -> str:
        """Id of the source edition that these files are; raises ``OrepathError`` naming the file
        and what was expected when they are none of its editions."""
        ...

    def facts(self, files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
        """The facts of the files, in the files' order, without the source's own node."""
        ...


class BulkLoader(Protocol):
    """The one function of a module ``<loader>_bulk``, which a loader of millions of rows has."""

    def facts(
        self, files: Sequence[Path], ledger: Ledger, sink: BulkWriter, parts: list[Part]
    ) -> Iterator[Fact]:
        """As ``Loader.facts``, for files that it recognised, but for what the function wrote
        itself as files of the offline import: these it adds to ``parts``."""
        ...


@cache
def sidecars() -> dict[str, Sidecar]:
    """All known source editions by id, sorted."""
    folder = resources.files(__package__) / "sources"
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yaml"):
            sidecar = Sidecar.model_validate(yaml.safe_load(entry.read_text("utf-8")))
            found[sidecar.id] = sidecar
    for name, tables in fact_sets.bundled().items():
        described = fact_sets.described(tables / fact_sets.DESCRIPTION, name)
        found[name] = Sidecar.model_validate(described)
    return dict(sorted(found.items()))


def sidecar(source_id: str) -> Sidecar:
    """The description of a source edition, also of one that came out after this release.

    An edition that no file describes (``usgs-mcs-2027``) is described like the newest known one
    of its publication, with its own id, edition and year; nothing is said of its files. Raises
    ``OrepathError`` where not even the publication is known.
    """
    known = sidecars()
    if source_id in known:
        return known[source_id]
    publications = [s for s in known.values() if source_id.startswith(f"{s.publication}-")]
    if not publications:
        raise OrepathError(
            f"there is no source {source_id!r}", f"Known sources: {', '.join(known)}."
        )
    model = max(publications, key=lambda s: (len(s.publication), s.published))
    edition = source_id.removeprefix(f"{model.publication}-")
    return model.model_copy(
        update={
            "id": source_id,
            "title": model.title.replace(model.edition, edition),
            "citation": f"{model.publisher}, {model.publication_name}, edition {edition}.",
            "edition": edition,
            "published": edition if edition[:4].isdigit() else "",
            "years": "",
            "files": (),
        }
    )


def loader(name: str) -> Loader:
    """The loader of a publication, e.g. ``usgs-mcs``."""
    known = sorted({s.loader for s in sidecars().values()})
    if name not in known:
        raise OrepathError(f"there is no loader {name!r}", f"Loaders: {', '.join(known)}.")
    module = _module(name)
    if module is None:
        raise OrepathError(f"the loader {name!r} has no module", "Install Orepath again.")
    return cast(Loader, import_module(module, __package__))


def bulk_loader(name: str) -> BulkLoader | None:
    """What reads a publication straight into the offline import, where there is such a thing."""
    module = _module(f"{name}-bulk")
    return cast(BulkLoader, import_module(module, __package__)) if module else None


def _module(name: str) -> str | None:
    """The module of a loader, relative to this package; None where there is none."""
    for folder in FOLDERS:
        module = f"{folder}.{name.replace('-', '_')}"
        if find_spec(module, __package__) is not None:
            return module
    return None


def source_facts(sidecar: Sidecar) -> Iterator[Fact]:
    """The nodes of a source edition and its publication, and the tie between them."""
    place = Place(f"{sidecar.id}.yaml")
    yield Fact(
        "Publication",
        {
            "id": sidecar.publication,
            "name": sidecar.publication_name,
            "publisher": sidecar.publisher,
            "preference": sidecar.preference,
        },
        place,
    )
    yield Fact(
        "Source",
        {
            "id": sidecar.id,
            "name": sidecar.title,
            "kind": "dataset",
            "publisher": sidecar.publisher,
            "edition": sidecar.edition,
            "published": sidecar.published or None,
            "url": sidecar.url or None,
            "licence": sidecar.licence,
            "redistributable": sidecar.redistributable,
            "citation": sidecar.citation,
            "accessed": sidecar.accessed or None,
        },
        place,
    )
    yield Fact("edition_of", {"start": sidecar.id, "end": sidecar.publication}, place)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
