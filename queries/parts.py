"""Parts of a question's statement that are kept in files of their own."""

from __future__ import annotations

import re
from pathlib import Path

PART = re.compile(r"^ *// part: (\S+)$", re.MULTILINE)
"""A line of a statement in whose place the file ``<id>.<part>.cypher`` stands, or that of the full
name where it is another question's, with its topic before a slash where that is another one."""


def part_file(path: Path, name: str) -> Path:
    """The file of a part of a question's statement: its own, or by full name another one's."""
    if "/" in name:
        return path.parent.parent / f"{name}.cypher"
    return path.with_name(f"{name if '.' in name else f'{path.stem}.{name}'}.cypher")
