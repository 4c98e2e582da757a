"""Zip archives without a clock: the same files are the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

MADE = (1980, 1, 1, 0, 0, 0)
"""The time of all files in an archive, which knows no earlier one."""


def entry(name: str) -> zipfile.ZipInfo:
    """A compressed file in an archive."""
    made = zipfile.ZipInfo(name, MADE)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def packed(files: Iterable[tuple[str, str | bytes]]) -> bytes:
    """An archive of these files, each a name and its text or bytes, in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files:
            archive.writestr(entry(name), content)
    return stream.getvalue()
