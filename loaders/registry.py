"""What can be loaded: every known edition of every source, and the loader of each publication.

A publisher's loader is found by its folder (``loaders/usgs_mcs`` for ``usgs-mcs``), whose
``source.yaml`` describes its editions; a set of facts by its folder in ``facts/``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module, resources
from pathlib import Path
from typing import Protocol, cast

import yaml

from ..ontology.errors import FactError, OrepathError
from ..ontology.facts import Fact, Place
from .base import Reading
from .base.declaration import Edition, declaration, folders
from .base.survey import NOTHING_SAID, Said
from .facts import sets

OWN = {"facts": ".facts.loader", "table": ".facts.figures", "vocabulary": ".vocabulary"}
"""Loaders of what is no publisher's: tables of facts, own figures, the vocabularies."""


class Loader(Protocol):
    """What reads the files of a publication."""

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """The files, recognised; a part of an edition is refused unless ``whole`` is false, and
        ``said`` is believed where the files do not say it.

        Raises ``OrepathError`` naming the file and what was expected when they are none of its
        editions.
        """
        ...


@cache
def all_editions() -> dict[str, Edition]:
    """All known source editions by id, sorted."""
    folder = resources.files(__package__) / "sources"
    found = {}
    for entry in folder.iterdir():
        if entry.name.endswith(".yaml"):
            edition = Edition.model_validate(yaml.safe_load(entry.read_text("utf-8")))
            found[edition.id] = edition
    for name in folders():
        found |= declaration(name).described()
    for name, tables in sets.bundled().items():
        described = sets.described(tables / sets.DESCRIPTION, name)
        found[name] = Edition.model_validate(described)
    return dict(sorted(found.items()))


def edition_of(source_id: str) -> Edition:
    """The description of a source edition, also of one that came out after this release.

    An edition that no file describes (``usgs-mcs-2027``) is described like the newest known one
    of its publication, with its own id, edition and year; nothing is said of its files. Raises
    ``OrepathError`` where not even the publication is known.
    """
    known = all_editions()
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


def is_data_set(identity: str) -> bool:
    """Whether an id is that of a publication or of one of its editions, known or to come."""
    return any(identity == p or identity.startswith(f"{p}-") for p in _publications())


def require_own(fact: Fact, dataset: str) -> None:
    """Raise ``FactError`` where a fact of a user's ``dataset`` describes another data set, is
    stated in the name of one, or makes a document an edition of a publication."""
    column = "id" if fact.term in ("Publication", "Source") else "source"
    said = str(fact.values.get(column) or "")
    if fact.term == "edition_of":
        column, said = fact.term, str(fact.values["end"])
    if said != dataset and is_data_set(said):
        raise FactError(
            f"{said} is a data set of its own: only its own files say what it states",
            "Describe the document that you read as a Source, under a title of its own.",
            column,
            said,
        )


@cache
def _publications() -> frozenset[str]:
    return frozenset(edition.publication for edition in all_editions().values())


def loader(name: str) -> Loader:
    """The loader of a publication, e.g. ``usgs-mcs``."""
    known = sorted({s.loader for s in all_editions().values()})
    if name not in known:
        raise OrepathError(f"there is no loader {name!r}", f"Loaders: {', '.join(known)}.")
    if module := OWN.get(name):
        return cast(Loader, import_module(module, __package__).Loader())
    folder = name.replace("-", "_")
    return cast(Loader, import_module(f".{folder}.loader", __package__).Loader(folder))


def source_facts(edition: Edition) -> Iterator[Fact]:
    """The nodes of a source edition and its publication, and the tie between them."""
    place = Place(f"{edition.id}.yaml")
    yield Fact(
        "Publication",
        {
            "id": edition.publication,
            "name": edition.publication_name,
            "publisher": edition.publisher,
            "preference": edition.preference,
        },
        place,
    )
    yield Fact(
        "Source",
        {
            "id": edition.id,
            "name": edition.title,
            "kind": "dataset",
            "publisher": edition.publisher,
            "edition": edition.edition,
            "published": edition.published or None,
            "url": edition.url or None,
            "licence": edition.licence,
            "redistributable": edition.redistributable,
            "citation": edition.citation,
            "accessed": edition.accessed or None,
        },
        place,
    )
    yield Fact("edition_of", {"start": edition.id, "end": edition.publication}, place)
