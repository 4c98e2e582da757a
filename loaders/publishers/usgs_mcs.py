"""USGS Mineral Commodity Summaries: every edition, in the three layouts that it has had.

A release tells its layout by its columns or by the names of its files: one file a commodity
(until 2024), one wide table (2025), one table in long format (since 2026). What the figures mean
is not decided here but in ``loaders/mapping``, line by line with its reason. World totals and
*Other countries* become industries of aggregates, never of a country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact
from ..protocol import Ledger
from ..tables import header_of
from . import usgs_mcs_2024, usgs_mcs_2025, usgs_mcs_long
from .usgs_mcs_facts import PUBLICATION, once

COLUMNS = usgs_mcs_long.COLUMNS


def recognise(files: Sequence[Path]) -> str:
    """The edition that the files are, complete: ``usgs-mcs-2024``, ``usgs-mcs-2025`` …

    Raises ``OrepathError`` naming file, line and column for another table, a damaged one, or an
    edition of which a part is missing.
    """
    if any(usgs_mcs_2024.named(path) for path in files):
        return usgs_mcs_2024.recognise(files)
    path = _single(files)
    return usgs_mcs_2025.recognise(path) if _is_wide(path) else usgs_mcs_long.recognise(path)


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """The facts of an edition in the files' order; every row is booked in ``ledger``."""
    if any(usgs_mcs_2024.named(path) for path in files):
        yield from once(usgs_mcs_2024.facts(files, ledger))
        return
    path = _single(files)
    read = usgs_mcs_2025.facts if _is_wide(path) else usgs_mcs_long.facts
    yield from once(read(path, ledger))


def _is_wide(path: Path) -> bool:
    """Whether a table has more of the columns of 2025 than of those since 2026."""
    header = {name.casefold() for name in header_of(path)}
    shared = [sum(name.casefold() in header for name in columns) for columns in _LAYOUTS]
    return shared[0] > shared[1]


_LAYOUTS = (usgs_mcs_2025.COLUMNS, usgs_mcs_long.COLUMNS)


def _single(files: Sequence[Path]) -> Path:
    if len(files) != 1:
        raise OrepathError(
            f"{len(files)} files were given; {PUBLICATION} is one file an edition since 2025, and"
            " the files mcs2024-…csv under the publisher's names before",
            "Load one edition at a time.",
        )
    return files[0]
