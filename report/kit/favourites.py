"""The questions as favourites: a zip of ``.cypher`` files that is dropped on the Neo4j Browser.

A folder becomes a folder of favourites, the comment in a file's first line its title.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .entries import Entry

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of all files, so that the same graph gives the same bytes."""


def favourites(entries: Iterable[Entry]) -> bytes:
    """The zip: ``Orepath dependence/top-producers table.cypher`` and so on."""
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for entry in entries:
            for kind, statement in entry.statements():
                name = f"Orepath {entry.topic}/{entry.id} {kind}.cypher"
                file = ZipInfo(name, LONG_AGO)
                file.compress_type = ZIP_DEFLATED
                archive.writestr(file, statement)
    return written.getvalue()
