"""Where a text stands in a picture, and whether two texts stand in each other's way."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

from .letters import ASCENT, DESCENT

Point = tuple[float, float]
SLACK = 0.05
"""By how much boxes may meet and not overlap; the file's numbers are rounded to 0.01."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a text stands: its corners, clockwise from the upper left of the text itself."""

    text: str
    corners: tuple[Point, Point, Point, Point]

    @classmethod
    def of(
        cls,
        text: str,
        left: float,
        base: float,
        long: float,
        size: float,
        pivot: Point,
        angle: float,
    ) -> Box:
        """The box of a line of text from ``left`` on the line ``base``, turned about ``pivot`` by
        an angle in degrees, clockwise."""
        top, bottom, right = base - size * ASCENT, base + size * DESCENT, left + long
        turn = radians(angle)

        def turned(x: float, y: float) -> Point:
            dx, dy = x - pivot[0], y - pivot[1]
            return (
                pivot[0] + dx * cos(turn) - dy * sin(turn),
                pivot[1] + dx * sin(turn) + dy * cos(turn),
            )

        return cls(
            text,
            (turned(left, top), turned(right, top), turned(right, bottom), turned(left, bottom)),
        )

    def overlaps(self, other: Box) -> bool:
        """Whether the two boxes share more than an edge, whatever their angle."""
        for axis in (0, 1):
            mine, theirs = ([c[axis] for c in box.corners] for box in (self, other))
            if max(mine) <= min(theirs) or max(theirs) <= min(mine):
                return False
        for box in (self, other):
            for (x1, y1), (x2, y2) in zip(box.corners[:2], box.corners[1:3], strict=True):
                side = (x2 - x1, y2 - y1)
                mine = [x * side[0] + y * side[1] for x, y in self.corners]
                theirs = [x * side[0] + y * side[1] for x, y in other.corners]
                slack = SLACK * (side[0] ** 2 + side[1] ** 2) ** 0.5
                if max(mine) <= min(theirs) + slack or max(theirs) <= min(mine) + slack:
                    return False
        return True
