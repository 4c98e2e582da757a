"""The ontology as it is now: which Turtle files define it, and what they compile to.

``load_schema`` gives the compiled form of the Turtle. It is cached by the hash of the files, so
that a command does not parse RDF; this module imports no RDF library unless the cache is cold.
What the compiled form holds is in ``terms.py``, how Turtle becomes it in ``compile.py``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path

from .paths import kept
from .terms import NAMESPACE, NodeClass, Property, Relation, Schema, from_json, to_json

__all__ = [
    "NAMESPACE",
    "NodeClass",
    "Property",
    "Relation",
    "Schema",
    "extension_files",
    "hash_of",
    "load_schema",
    "ontology_files",
    "vocabulary_files",
]

FORMAT = 3
"""Raised whenever the compiled form changes its shape, so that no old cache is read."""


def ontology_files() -> tuple[Path, ...]:
    """The Turtle files that define terms: the package's, then the user's own extensions.

    ``OREPATH_ONTOLOGY`` may name a folder (or several, separated like ``PATH``) whose ``.ttl``
    files add classes, relationships and vocabulary.
    """
    here = Path(str(resources.files(__package__)))
    files = [here / "orepath.ttl", here / "shapes.ttl", here / "vocabulary" / "codes.ttl"]
    return tuple(files) + extension_files()


def extension_files() -> tuple[Path, ...]:
    """The user's own Turtle files."""
    folders = os.environ.get("OREPATH_ONTOLOGY", "")
    return tuple(
        file
        for folder in folders.split(os.pathsep)
        if folder
        for file in sorted(Path(folder).glob("*.ttl"))
    )


def vocabulary_files() -> tuple[Path, ...]:
    """The Turtle files that hold instances: the package's vocabularies, then extensions."""
    here = Path(str(resources.files(__package__))) / "vocabulary"
    return tuple(sorted(here.glob("*.ttl"))) + extension_files()


def load_schema() -> Schema:
    """The compiled ontology, from the cache where the Turtle has not changed.

    Raises ``OntologyError`` where the Turtle lacks what the compiler needs.
    """
    files = ontology_files()
    return _load(hash_of(files, str(FORMAT)), files)


def hash_of(files: Iterable[Path], form: str) -> str:
    """What changes whenever a file or the form of what is made from them does."""
    digest = hashlib.sha256(form.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:24]


@cache
def _load(digest: str, files: tuple[Path, ...]) -> Schema:
    def compiled() -> Schema:
        from .compile import compile_files

        return compile_files(files)

    return replace(kept(f"schema/{digest}", from_json, compiled, to_json), digest=digest)
