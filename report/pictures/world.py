"""The countries of the world as shapes and points of a map 1,000 units wide.

Equal Earth projection about 11° E: areas are as large as they are. The shapes are Natural Earth's
at 1:110 million, with borders as it draws them; what is too small for that is a point. See
``world.md``, which stands beside the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from .svg import digits

FILE = Path(__file__).with_name("world.csv")
WIDTH, HEIGHT = 1000.0, 437.0
"""The map's own size, from 84° N to 56° S."""
CREDIT = "Map: Natural Earth, Equal Earth projection; borders as drawn there."

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A country by its id (ISO 3166-1 alpha-3 for most; empty where it has none), with the middle
    of its largest part and its rings, none where it is a point."""

    id: str
    name: str
    middle: Point
    rings: tuple[tuple[Point, ...], ...]

    def holds(self, point: Point) -> bool:
        """Whether a point of the map is in its largest part."""
        x, y = point
        ring = self.rings[0] if self.rings else ()
        left = False
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                left = not left
        return left

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of its largest part."""
        points = self.rings[0] if self.rings else (self.middle,)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)


@cache
def world() -> tuple[Place, ...]:
    """All places, by id."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(row["id"], row["name"], (float(row["x"]), float(row["y"])), _rings(row["rings"]))
            for row in csv.DictReader(file)
        )


@cache
def places() -> Mapping[str, Place]:
    """The places that have an id, by it."""
    return {place.id: place for place in world() if place.id}


def _rings(text: str) -> tuple[tuple[Point, ...], ...]:
    found = []
    for ring in text.split(";") if text else ():
        steps = [int(step) for step in ring.split()]
        x = y = 0
        points = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x / 10, y / 10))
        found.append(tuple(points))
    return tuple(found)


def outline(place: Place, scale: float, left: float, top: float) -> str:
    """The commands of a path around a place, on a map scaled and moved: each ring's first point,
    then steps, in tenths."""
    told = []
    for ring in place.rings:
        points = [(round((left + x * scale) * 10), round((top + y * scale) * 10)) for x, y in ring]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
        start = f"M{digits(points[0][0] / 10)} {digits(points[0][1] / 10)}"
        moved = " ".join(f"{digits(x / 10)} {digits(y / 10)}" for x, y in steps if x or y)
        told.append(f"{start}l{moved}Z" if moved else "")
    return "".join(told)


def hatching(rings: Iterable[Sequence[Point]], step: float) -> list[tuple[Point, Point]]:
    """Lines from lower left to upper right within rings, so far apart from each other."""
    edges = [edge for ring in rings for edge in pairwise([*ring, ring[0]])]
    sums = [x + y for edge in edges for x, y in edge]
    lines = []
    for number in range(int(min(sums) // step), int(max(sums) // step) + 1):
        level = (number + 0.5) * step
        cuts = sorted(cut for one, other in edges if (cut := _cut(one, other, level)) is not None)
        lines += [
            (one, other) for one, other in zip(cuts[::2], cuts[1::2], strict=False) if one != other
        ]
    return lines


def _cut(one: Point, other: Point, level: float) -> Point | None:
    """Where an edge meets the line on which ``x + y`` is the level; of its ends the first counts
    and the last does not, so that each corner is met once."""
    before, after = sum(one) - level, sum(other) - level
    if (before < 0) == (after < 0):
        return None
    part = before / (before - after)
    return one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])
