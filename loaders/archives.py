"""Zip archives that a user gives in place of the files in them, as publishers pack their tables."""

from __future__ import annotations

import zipfile
import zlib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ..ontology.errors import OrepathError

LARGEST = 4 * 2**30
"""Bytes that an archive may unpack to."""


def is_archive(path: Path) -> bool:
    """Whether a file is an archive by its name; a workbook, one too inside, has another."""
    return path.suffix.lower() == ".zip"


def unpacked(path: Path) -> list[Path]:
    """The files of a zip archive, in a folder that lasts as long as the process.

    Raises ``OrepathError`` for an archive that is damaged, locked or too large.
    """
    folder = Path(_unpacked(path).name)
    return [file for file in folder.rglob("*") if file.is_file()]


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
