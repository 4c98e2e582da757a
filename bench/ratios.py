"""The ratios of the last kept run, and what became worse since.

Seconds differ from machine to machine; a ratio of two sides that ran in turns does so little that
``bench/ratios.csv`` can be compared with. ``make bench KEEP=1`` writes it, on a quiet machine.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

FILE = Path(__file__).with_name("ratios.csv")
WORSE = 1.25
"""By which factor a ratio must have worsened to be told."""
COLUMNS = ("what", "ratio", "target")

Ratios = Mapping[str, tuple[float, str]]
"""Ratio and target (``<= 1.2``: the less the better) by the name of what was measured."""


def name(what: str) -> str:
    """A line of the report without its figures, which differ from run to run."""
    return what.partition(":")[0]


def kept(file: Path = FILE) -> dict[str, tuple[float, str]]:
    """The ratios of the last kept run; none before the first one."""
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as stream:
        return {row["what"]: (float(row["ratio"]), row["target"]) for row in csv.DictReader(stream)}


def keep(measured: Ratios, file: Path = FILE) -> None:
    """Make these ratios the ones that later runs are compared with."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((what, ratio, target) for what, (ratio, target) in measured.items())


def worse(measured: Ratios, before: Ratios) -> Iterator[str]:
    """A sentence for each ratio that is worse than before by more than ``WORSE``."""
    for what, (ratio, target) in measured.items():
        if what in before:
            old = before[what][0]
            factor = old / ratio if target.startswith(">") else ratio / old
            if factor > WORSE:
                yield f"{what}: ratio {ratio:.2f}, was {old:.2f} ({factor:.2f} times worse)"
