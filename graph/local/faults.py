"""What can go wrong between the local server and the machine, in words that say what to do.

Each function turns one kind of failure into a ``DatabaseError``. Nothing is retried here.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...ontology.errors import DatabaseError

OTHER_WAYS = (
    "Three other ways to a Neo4j: (1) set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to a server "
    "that you can reach; (2) with Docker, `docker compose up -d` in a checkout of Orepath starts "
    "one (compose.yaml); (3) set OREPATH_MAVEN_MIRROR to a Maven repository that you can reach. "
    "What was downloaded so far is kept."
)
_ROOM_HINT = (
    "Free some space, or set OREPATH_DATA_DIR (database) and OREPATH_CACHE_DIR (downloads) "
    "to folders on another disk."
)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def explained(what: str, path: Path) -> Iterator[None]:
    """Turn an ``OSError`` of a file operation below ``path`` into a ``DatabaseError`` that begins
    with ``what``."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "Set OREPATH_DATA_DIR and OREPATH_CACHE_DIR to folders where you can write."
        if error.errno in _FULL:
            reason, hint = f"no space left on the disk of {path}", _ROOM_HINT
        elif error.errno in _FORBIDDEN:
            reason = f"no permission to write there ({reason})"
            hint = (
                "Give yourself the right to write there, or set OREPATH_DATA_DIR and "
                "OREPATH_CACHE_DIR to folders of your own."
            )
        raise DatabaseError(f"{what}: {reason}", hint) from error


def check_room(folder: Path, needed: int, purpose: str) -> None:
    """Raise ``DatabaseError`` unless ``needed`` bytes are free on the disk of ``folder``."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    if free < needed:
        # Whole megabytes, rounded up.
        raise DatabaseError(
            f"too little disk space in {existing}: {purpose} needs {-(-needed // 1_000_000)} MB, "
            f"{-(-free // 1_000_000)} MB are free",
            _ROOM_HINT,
        )


def number(variable: str, default: float, hint: str) -> float:
    """A number that is not negative, of the environment; ``DatabaseError`` for anything else."""
    text = os.environ.get(variable, "").strip()
    try:
        value = float(text) if text else default
    except ValueError:
        value = -1.0
    # The comparison refuses NaN too.
    if not value >= 0:
        raise DatabaseError(f"{variable} is {text!r}", hint)
    return value
