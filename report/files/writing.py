"""A file in its place, whole or not at all.

The content goes to a file beside the target, which then takes the target's name in one step: who
looks sees the old file or the new one, whatever happens in between.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ...ontology.errors import OrepathError


def write(path: Path | str, content: str | bytes, *, force: bool = False) -> None:
    """Write a file; ``force`` replaces one that is there. Text is UTF-8 with ``\\n``.

    Raises ``OrepathError`` where a file is there, or the place cannot be written to; then, and on
    Ctrl-C, the place is as it was before.
    """
    with replacing(path, force=force) as stream:
        stream.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def replacing(path: Path | str, *, force: bool = False) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file when the block ends well; as ``write`` otherwise."""
    path = Path(path)
    check_target(path, force=force)
    if path.exists() and not path.is_file():
        # A pipe or a terminal (/dev/stdout) is no file that could be replaced.
        with path.open("wb") as stream:
            yield stream
        return
    target = Path(os.path.realpath(path))
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask())
        # Someone else may have written there meanwhile.
        check_target(path, force=force)
        part.replace(target)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise


def check_target(path: Path | str, *, force: bool = False) -> None:
    """Refuse a place before work is done for it.

    Raises ``OrepathError`` for a file that is there unless ``force``, for a folder, and for a
    place in a folder that is not there.
    """
    path = Path(path)
    if path.is_dir():
        raise OrepathError(f"{path} is a folder", "Name a file in it.")
    if not path.parent.is_dir():
        raise OrepathError(f"there is no folder {path.parent}", "Make it first, or name another.")
    if path.is_file() and not force:
        raise OrepathError(
            f"{path} is there already", "Name another file, or add --force (in Python, force=True)."
        )


def _unwritable(path: Path, error: OSError) -> OrepathError:
    why = error.strerror or str(error)
    return OrepathError(
        f"{path} cannot be written: {why}", "Nothing was changed there. Name another place."
    )


def _mask() -> int:
    """The user's mask for new files; it can be read only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
