"""One colour a class of the ontology, the same in every picture, graph file and the Browser.

Classes of one family share a hue and differ in darkness, so that a grey printer and a
colour-blind reader tell families apart by darkness and by where they stand. The colours stand in
``colours.csv``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("colours.csv")
UNKNOWN = "#8a8f98"
"""Of a class of a user's own extension."""


@cache
def colours() -> Mapping[str, str]:
    """``#rrggbb`` by class."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["class"]: row["colour"] for row in csv.DictReader(file)}


def colour(labels: Iterable[str]) -> str:
    """The colour of a node by its labels, own class first."""
    known = colours()
    return next((known[label] for label in labels if label in known), UNKNOWN)


def tint(colour: str, strength: float = 0.16) -> str:
    """A colour on white paper at that strength, from 0 (white) to 1."""
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - c) * strength):02x}" for c in channels)
