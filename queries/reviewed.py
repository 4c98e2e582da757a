"""Differences between sources that a person has looked at, each with its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from importlib import resources


@cache
def reasons(name: str, columns: Sequence[str]) -> dict[tuple[str, ...], str]:
    """The reasons of ``evidence/<name>.reviewed.csv`` by the cells of ``columns``, a tuple."""
    file = resources.files(__package__) / "evidence" / f"{name}.reviewed.csv"
    rows = csv.DictReader(io.StringIO(file.read_text("utf-8"), newline=""))
    return {tuple(row[column] for column in columns): row["reason"] for row in rows}
