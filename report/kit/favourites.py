"""The questions as favourites: a zip of ``.cypher`` files that is dropped on the Neo4j Browser.

A folder becomes a folder of favourites, the comment in a file's first line its title.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...graph.export.undated import packed
from .entries import Entry


def favourites(entries: Iterable[Entry]) -> bytes:
    """The zip: ``Orepath dependence/top-producers table.cypher`` and so on."""
    return packed(
        (f"Orepath {entry.topic}/{entry.id} {kind}.cypher", statement)
        for entry in entries
        for kind, statement in entry.statements()
    )
