"""Slips of publishers that are known, mended while a row is read, and said in its note.

They are lines of ``<folder>/corrections.csv``: the ``table``, the cells that say ``where`` in it
(``Material=Manganese; Application=Metalware``), the ``column``, what is ``printed`` there, what it
is ``read_as``, and the ``reason``. A cell that a later release has mended is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from .declaration import read_mapping
from .tables import Row


def corrected(folder: str, row: Row) -> tuple[Row, list[str]]:
    """The row with its slips mended, and a note on each."""
    notes = []
    for line, where in _lines(folder).get(row.table, ()):
        column = line["column"]
        if row[column] == line["printed"] and where.items() <= row.cells.items():
            row = replace(row, cells={**row.cells, column: line["read_as"]})
            notes.append(
                f"{column} {line['printed']!r} is read as {line['read_as']!r}: {line['reason']}."
            )
    return row, notes


@cache
def _lines(folder: str) -> Mapping[str, Sequence[tuple[Mapping[str, str], dict[str, str]]]]:
    found: dict[str, list[tuple[Mapping[str, str], dict[str, str]]]] = {}
    for line in read_mapping(f"{folder}/corrections"):
        where = dict(pair.strip().split("=", 1) for pair in line["where"].split(";"))
        found.setdefault(line["table"], []).append((line, where))
    return found
