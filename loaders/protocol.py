"""What every loader is: files in, facts out, and a ledger in which no row is lost.

A loader is a module of this package named after its publication (``usgs_mcs`` for ``usgs-mcs``)
with two functions, ``recognise`` and ``facts``. It knows its publisher's layout and nothing of
the database; what it read, used, refused and left out it writes into the ledger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

import yaml

from ..ontology.errors import OrepathError
from ..ontology.facts import Fact, Place
from . import fact_sets
from .base.declaration import Edition as Sidecar
from .base.declaration import SourceFile as SourceFile
from .base.declaration import declaration, folders
from .base.ledger import Ledger as Ledger
from .base.publication import Reading

FOLDERS = ("",)
"""Where a loader of two functions is looked for: vocabularies, facts and a user's own table."""


@dataclass(frozen=True)
class _Functions:
    """A loader that is a module of two functions, ``recognise`` and ``facts``."""

    module: ModuleType

    def read(self, files: Sequence[Path], *, whole: bool = True) -> Reading:
        """The files, recognised."""
        return _Files(self.module, files, str(self.module.recognise(files)))


@dataclass(frozen=True)
class _Files:
    module: ModuleType
    files: Sequence[Path]
    source: str

    def facts(self, ledger: Ledger) -> Iterator[Fact]:
        """The facts of the files."""
        yield from self.module.facts(self.files, ledger)


class Loader(Protocol):
    """What reads the files of a publication."""

    def read(self, files: Sequence[Path], *, whole: bool = True) -> Reading:
        """The files, recognised; a part of an edition is refused unless ``whole`` is false.

        Raises ``OrepathError`` naming the file and what was expected when they are none of its
        editions.
        """
        ...


@cache
def sidecars() -> dict[str, Sidecar]:
    """All known source editions by id, sorted."""
    folder = resources.files(__package__) / "sources"
    found = {}
    for entry in folder.iterdir():
        if entry.name.endswith(".yaml"):
            sidecar = Sidecar.model_validate(yaml.safe_load(entry.read_text("utf-8")))
            found[sidecar.id] = sidecar
    for name in folders():
        found |= declaration(name).described()
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
    folder = name.replace("-", "_")
    if folder in folders():
        return cast(Loader, import_module(f".{folder}.loader", __package__).Loader(folder))
    module = _module(name)
    if module is None:
        raise OrepathError(f"the loader {name!r} has no module", "Install Orepath again.")
    return _Functions(import_module(module, __package__))


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
