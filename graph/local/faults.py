"""What can go wrong between the local server and the machine, in words that say what to do.

Each function turns one kind of failure into a ``DatabaseError``. Nothing is retried here.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...ontology.errors import DatabaseError

MEGABYTE = 1_000_000

OTHER_WAYS = (
    "Three other ways to a Neo4j: (1) set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD to a server "
    "that you can reach; (2) with Docker, `docker compose up -d` in a checkout of Orepath starts "
    "one (compose.yaml); (3) set OREPATH_MAVEN_MIRROR to a Maven repository that you can reach. "
    "What was downloaded so far is kept."
)

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def explained(what: str, path: Path) -> Iterator[None]:
    """Turn an ``OSError`` inside into a ``DatabaseError`` that begins with ``what``."""
    try:
        yield
    except OSError as error:
        raise from_os_error(error, what, path) from error


def from_os_error(error: OSError, what: str, path: Path) -> DatabaseError:
    """The error for a file operation below ``path`` that the system refused."""
    reason = error.strerror or str(error)
    if error.errno in _FULL:
        return DatabaseError(f"{what}: no space left on the disk of {path}", _room_hint())
    if error.errno in _FORBIDDEN:
        return DatabaseError(
            f"{what}: no permission to write there ({reason})",
            "Give yourself the right to write there, or set OREPATH_DATA_DIR and "
            "OREPATH_CACHE_DIR to folders of your own.",
        )
    return DatabaseError(
        f"{what}: {reason}",
        "Set OREPATH_DATA_DIR and OREPATH_CACHE_DIR to folders where you can write.",
    )


def check_room(folder: Path, needed: int, purpose: str) -> None:
    """Raise ``DatabaseError`` unless ``needed`` bytes are free on the disk of ``folder``."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free
    if free < needed:
        raise DatabaseError(
            f"too little disk space in {existing}: {purpose} needs {megabytes(needed)} MB, "
            f"{megabytes(free)} MB are free",
            _room_hint(),
        )


def megabytes(size: int) -> int:
    """Bytes as whole megabytes, rounded up."""
    return -(-size // MEGABYTE)


def _room_hint() -> str:
    return (
        "Free some space, or set OREPATH_DATA_DIR (database) and OREPATH_CACHE_DIR (downloads) "
        "to folders on another disk."
    )
