"""Parts of a question's statements that are kept in files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..ontology.errors import OrepathError

PART = re.compile(r"^ *// part: (\S+)$", re.MULTILINE)
"""A line of a statement in whose place the file ``<id>.<part>.cypher`` stands, or that of the full
name where it is another question's, with its topic before a slash where that is another one. A
part can have parts, and so can the statement of a picture."""


def part_file(path: Path, name: str) -> Path:
    """The file of a part of a question's statement: its own, or by full name another one's."""
    if "/" in name:
        return path.parent.parent / f"{name}.cypher"
    return path.with_name(f"{name if '.' in name else f'{path.stem}.{name}'}.cypher")


def whole(path: Path, text: str, within: tuple[Path, ...] = ()) -> str:
    """The text of a file with all its parts in place. Raises ``OrepathError`` for a part that is
    not there, or that is a part of itself."""

    def put(found: re.Match[str]) -> str:
        file = part_file(path, found[1])
        if not file.is_file():
            raise OrepathError(
                f"{path.name}: its part {found[1]!r} is not there", f"Write {file.name}."
            )
        if file in (path, *within):
            raise OrepathError(
                f"{path.name}: its part {found[1]!r} has the file itself as a part",
                "Take one of the two lines `// part:` out.",
            )
        return whole(file, file.read_text("utf-8").strip("\n"), (*within, path))

    return PART.sub(put, text)


def part_files(path: Path) -> Iterator[Path]:
    """The files of all parts of a statement that are there, and of their parts, each once."""
    seen: set[Path] = set()
    waiting = [path]
    while waiting:
        one = waiting.pop()
        for name in sorted(set(PART.findall(one.read_text("utf-8")))):
            file = part_file(one, name)
            if file.is_file() and file not in seen:
                seen.add(file)
                waiting.append(file)
                yield file
