"""One colour a class of the ontology, the same in every picture, graph file and the Browser.

A class below another has that one's colour. The colours stand in ``colours.csv``; they differ for
the usual eye and for those that see no red or no green. On white paper a light one is darkened
where it is to be seen as a line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("colours.csv")
UNKNOWN = "#8A8F98"
"""Of a class of a user's own extension."""
SEEN = 3.0
"""Contrast with white paper (WCAG 2) at which a line is seen."""


@cache
def colours() -> Mapping[str, str]:
    """``#RRGGBB`` by class."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["class"]: row["colour"] for row in csv.DictReader(file)}


def colour(labels: Iterable[str]) -> str:
    """The colour of a node by its labels, own class first."""
    known = colours()
    return next((known[label] for label in labels if label in known), UNKNOWN)


@cache
def line_colour(colour: str) -> str:
    """A colour as dark as a line on white paper must be."""
    while contrast(colour, "#FFFFFF") < SEEN:
        colour = darker(colour, 0.9)
    return colour


def tint(colour: str, strength: float = 0.16) -> str:
    """A colour on white paper at that strength, from 0 (white) to 1."""
    return _hex(255 - (255 - c) * strength for c in _channels(colour))


def darker(colour: str, strength: float) -> str:
    """A colour with that part of its light, from 0 (black) to 1."""
    return _hex(c * strength for c in _channels(colour))


def contrast(first: str, second: str) -> float:
    """The contrast of two colours by WCAG 2, from 1 to 21."""
    lighter, darkest = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darkest + 0.05)


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in _channels(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _hex(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(channel):02X}" for channel in channels)
