"""The question library as data: one file a question, found by its name and handed out frozen.

``queries/<topic>/<id>.cypher`` begins with a YAML header in a comment and holds one statement
that only reads; ``<id>.picture.cypher`` beside it returns the same answer as a subgraph, and
``<id>.nothing.cypher`` what can be said when there is no row. A part of a long statement may stand
in ``<id>.<part>.cypher``, where the statement says ``// part: <part>``; another question's part is
named in full (``// part: hidden-dependence.tier``), so that both say the same. A file is read and
checked once (``reading.py``) and kept as JSON in the cache folder until it changes. This module
talks to no database and formats nothing.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from ..ontology.errors import OrepathError
from ..ontology.paths import kept
from .definition import Column, Parameter, Question
from .parts import part_files

FOLDER = Path(__file__).parent
TOPICS = {
    "dependence": "Who makes what, and on whom a sector depends",
    "policy": "Agreements and restrictions",
    "risk": "What could go wrong, how badly, and what would help",
    "evidence": "What is known, from whom, and what is not",
}
# What makes a question of its files: with it, what was kept by an earlier release is read anew.
_MADE_BY = ("definition.py", "reading.py", "parts.py", "lexer.py")


def catalogue(folder: Path | None = None) -> dict[str, Question]:
    """All questions by id, in the order of topics and ids. Raises ``OrepathError``."""
    return {path.stem: read_question(path) for path in _files(folder or FOLDER)}


def question(identifier: str, folder: Path | None = None) -> Question:
    """One question; only its own files are read. Raises ``OrepathError`` with a suggestion."""
    known = {path.stem: path for path in _files(folder or FOLDER)}
    wanted = identifier.strip().lower().replace("_", "-")
    if wanted not in known:
        near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.5)
        raise OrepathError(
            f"there is no question {identifier!r}",
            f"Did you mean {near[0]}?" if near else f"Questions: {', '.join(known)}.",
        )
    return read_question(known[wanted])


def identifiers() -> tuple[str, ...]:
    """The ids of all questions of the library, in order; no question is read."""
    return tuple(path.stem for path in _files(FOLDER))


def topics() -> dict[str, str]:
    """The topics in reading order, with what each is about."""
    return dict(TOPICS)


def _files(folder: Path) -> list[Path]:
    order = list(TOPICS)

    def rank(path: Path) -> tuple[int, str, str]:
        topic = path.parent.name
        return (order.index(topic) if topic in order else len(order), topic, path.stem)

    # A dot within the stem marks a companion (picture, nothing) of a question.
    return sorted((p for p in folder.glob("*/*.cypher") if "." not in p.stem), key=rank)


@cache
def read_question(path: Path) -> Question:
    """One question of a file, checked. Raises ``OrepathError`` naming the line."""
    files = (path, *sorted(path.parent.glob(f"{path.stem}.*.cypher")))
    files += tuple(sorted({part for file in files for part in part_files(file)} - {*files}))
    digest = hashlib.sha256(_maker())
    for file in files:
        digest.update(f"{file.parent.name}/{file.name}\0".encode())
        digest.update(file.read_bytes())

    def made() -> Question:
        from .reading import read

        return read(path)

    return kept(f"questions/{digest.hexdigest()[:24]}", _from_json, made, asdict)


@cache
def _maker() -> bytes:
    return b"".join((FOLDER / name).read_bytes() for name in _MADE_BY)


def _from_json(data: Mapping[str, Any]) -> Question:
    def tupled(entry: Mapping[str, Any]) -> dict[str, Any]:
        return {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}

    return Question(
        **tupled(data)
        | {
            "parameters": tuple(Parameter(**tupled(p)) for p in data["parameters"]),
            "columns": tuple(Column(**tupled(c)) for c in data["columns"]),
        }
    )
