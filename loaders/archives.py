"""Zip archives that a user gives in place of the files in them, as publishers pack their tables,
and what a browser leaves of a file that it has not finished."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ..ontology.errors import OrepathError

LARGEST = 4 * 2**30
"""Bytes that an archive may unpack to."""
UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".opdownload", ".!ut", ".aria2")
"""Endings that browsers and other programs give a file until it is whole."""


def is_archive(path: Path) -> bool:
    """Whether a file is an archive by its name; a workbook, one too inside, has another."""
    return path.suffix.lower() == ".zip"


def require_finished(paths: Iterable[Path]) -> None:
    """Raise ``OrepathError`` where a file is a download that was not finished, by its name: a part
    of a table looks like a small one."""
    if half := [path.name for path in paths if path.suffix.casefold() in UNFINISHED]:
        are = "is a download that was" if len(half) == 1 else "are downloads that were"
        raise OrepathError(
            f"{', '.join(sorted(half))} {are} not finished",
            "Wait for the end of the download, or start it again; nothing was read.",
        )


def unpacked(path: Path, *, within: bool = False) -> list[Path]:
    """The files of a zip archive, in a folder that lasts as long as the process; archives in it
    are unpacked as well, but none that are ``within`` these.

    Raises ``OrepathError`` for an archive that is damaged, locked or too large.
    """
    found: list[Path] = []
    for file in sorted(Path(_unpacked(path).name).rglob("*")):
        if is_archive(file) and within:
            raise OrepathError(
                f"{path.name} holds an archive in an archive, {file.name}",
                "Unpack it, and give the files that are wanted.",
            )
        if file.is_file():
            found += unpacked(file, within=True) if is_archive(file) else [file]
    return found


@cache
def _unpacked(path: Path) -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="orepath-")
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > LARGEST:
                raise OrepathError(
                    f"{path.name} would unpack to {size / 2**30:,.0f} GiB",
                    "Unpack it, and give the files that are wanted.",
                )
            archive.extractall(folder.name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise OrepathError(
            f"{path.name} cannot be unpacked: {error}",
            "Download it again, or unpack it and give the files in it.",
        ) from error
    return folder
