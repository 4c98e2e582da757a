"""A brief with everything behind it, as a folder: tables, pieces of the graph, pictures, queries,
sources, and a manifest with the hash of each file. The same graph gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ...graph.connection import Graph
from ...graph.subgraph import Subgraph
from ...ontology.errors import OrepathError
from ...queries.drawn import drawn
from ...queries.run import Answer
from ..files import render as rendered
from ..pictures import kinds
from .dressing import render
from .model import Asked, Brief

MANIFEST = "manifest.json"
TABLES, GRAPHS, PICTURES = ("xlsx", "csv"), ("graphml", "ttl"), ("svg", "png")
"""The endings of the files of an answer."""
Piece = Callable[[Answer], Subgraph | None]


def bundle(
    graph: Graph,
    brief: Brief,
    folder: Path,
    *,
    form: str = "html",
    templates: Path | None = None,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write a brief and what it rests on into a new folder; returns the files, relative to it.

    ``force`` replaces a folder that is a bundle itself. Raises ``OrepathError`` where another
    folder is there, and what ``render`` does; then the place is as it was.
    """
    check(folder, force=force)
    try:
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.resolve().parent))
    except OSError as error:
        raise OrepathError(
            f"no folder can be made beside {folder}: {error.strerror}", "Name another place."
        ) from error
    try:
        names = []
        for name, content in _files(brief, form, templates, partial(piece, graph)):
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            names.append(Path(name))
        (part / MANIFEST).write_text(_manifest(brief, part, names), "utf-8")
        part.chmod(0o755)
        check(folder, force=force)
        if folder.exists():
            shutil.rmtree(folder)
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return (*names, Path(MANIFEST))


def check(folder: Path, *, force: bool) -> None:
    """Refuse a place before work is done for it: raises ``OrepathError``."""
    if not folder.resolve().parent.is_dir():
        raise OrepathError(f"there is no folder {folder.parent}", "Make it first.")
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not (folder / MANIFEST).is_file():
        raise OrepathError(
            f"{folder} is there and no bundle of a brief", "Name a folder that is not there yet."
        )
    if not force:
        raise OrepathError(
            f"{folder} is there already",
            "Name another folder, or add --force (in Python, force=True).",
        )


def piece(graph: Graph, answer: Answer) -> Subgraph | None:
    """The nodes that the answer's rows name and what ties them; ``None`` for a question without a
    picture."""
    if answer.question.picture is None:
        return None
    return drawn(graph, answer, most=None).subgraph


def _files(
    brief: Brief, form: str, templates: Path | None, piece_of: Piece
) -> Iterator[tuple[str, bytes]]:
    yield f"brief.{form}", _bytes(render(brief, form, templates))
    for number, asked in enumerate(brief.asked, start=1):
        yield from _answered(f"{number:02d}-{asked.answer.question.id}", asked, piece_of)
    from ..files.references import bibtex

    yield "references.bib", _bytes(bibtex([source.citation for source in brief.sources]))


def _answered(name: str, asked: Asked, piece_of: Piece) -> Iterator[tuple[str, bytes]]:
    answer = asked.answer
    for ending in TABLES:
        content = rendered(answer, ending, command=asked.command)
        yield f"tables/{name}.{ending}", _bytes(content)
    yield f"queries/{name}.cypher", _bytes(f"// {asked.command}\n{asked.cypher}\n")
    found = piece_of(answer)
    if found is not None:
        for ending in GRAPHS:
            content = rendered(answer, ending, subgraph=lambda: found, command=asked.command)
            yield f"graphs/{name}.{ending}", _bytes(content)
    if answer.rows and kinds(answer.question):
        for ending in PICTURES:
            content = rendered(answer, ending, subgraph=_given(found), command=asked.command)
            yield f"pictures/{name}.{ending}", _bytes(content)


def _given(found: Subgraph | None) -> Callable[[], Subgraph] | None:
    return None if found is None else lambda: found


def _manifest(brief: Brief, folder: Path, names: list[Path]) -> str:
    """What the folder holds and from what it was made; the editions are those of the graph."""
    told: dict[str, Any] = {
        "title": brief.title,
        "command": brief.command,
        "as_of": brief.as_of,
        "orepath": brief.version,
        "ontology": brief.ontology,
        "editions": list(brief.editions),
        "commands": [asked.command for asked in brief.asked],
        "files": {
            name.as_posix(): hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in sorted(names)
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content
