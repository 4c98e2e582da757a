"""Names on a map, of which none covers another: within their country, or beside it with a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from .frame import SMALL
from .letters import ASCENT, LEADING, paragraph_height, width
from .palette import INK, PAPER, on
from .svg import Picture, digits

DISTANCES = (4.0, 10.0, 18.0, 30.0, 45.0, 65.0, 90.0)
"""From a country's edge to its name."""
LARGE = 70.0
"""Width or height of a country from the whole of which a name is not kept away."""
DIRECTIONS = (0, 4, 12, 8, 2, 14, 6, 10, 1, 15, 3, 13, 5, 11, 7, 9)
"""Sixteenths of a turn clockwise from the right, in the order in which they are tried."""
SHIFTS = tuple(
    (x, y)
    for y in (0, -0.07, 0.07, -0.14, 0.14, -0.21, 0.21)
    for x in (0, -0.05, 0.05, -0.1, 0.1, -0.15, 0.15)
)
"""From a country's middle to where its name is tried on it, in parts of its width and height."""
SPACE = 2.0
"""Between two names."""

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
Land = Callable[[Point], bool]
"""Whether a point lies in a country."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name and what is told of it, at a point: the middle of a country.

    ``room`` is the country's width and height, 0 for a point, and ``holds`` says whether a point
    is in it; ``ground`` is the colour that it has, None where that is no ground for letters.
    """

    name: str
    told: str
    point: Point
    room: tuple[float, float]
    holds: Land
    ground: str | None


@dataclass(frozen=True, slots=True)
class _Placed:
    label: Label
    lines: tuple[str, ...]
    box: Rectangle
    inside: bool

    def way(self) -> list[Point]:
        """Points on the line from the country to its name; none for one within."""
        if self.inside:
            return []
        one, other = self.label.point, _near(self.box, self.label.point)
        return [
            (one[0] + (other[0] - one[0]) * i / 12, one[1] + (other[1] - one[1]) * i / 12)
            for i in range(12)
        ]


class Labels:
    """Names placed one by one, the most important first, within a frame and off certain points.

    A name that finds no place is left out: the shade and the table tell it.
    """

    def __init__(
        self, frame: Rectangle, points: Sequence[Point], lands: Sequence[Land] = ()
    ) -> None:
        self._frame = frame
        self._points = points
        self._lands = lands
        self._placed: list[_Placed] = []

    def place(self, label: Label) -> bool:
        """Whether the name found a place; one on no other of the lands, if there is any."""
        found: _Placed | None = None
        for candidate in _candidates(label):
            if self._free(candidate):
                if not self._abroad(candidate):
                    found = candidate
                    break
                found = found or candidate
        if found is not None:
            self._placed.append(found)
        return found is not None

    def _abroad(self, new: _Placed) -> bool:
        """Whether a name beside its country lies on another one of the lands."""
        left, top, right, bottom = new.box
        middle = (top + bottom) / 2
        spots = [(left + (right - left) * i / 6, middle) for i in range(7)]
        return not new.inside and any(
            land(spot) for land in self._lands for spot in spots if land != new.label.holds
        )

    def _free(self, new: _Placed) -> bool:
        left, top, right, bottom = self._frame
        box = new.box
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        if any(_covers(box, p) for p in self._points if p != new.label.point):
            return False
        return not any(
            _meet(box, other.box)
            or any(_covers(box, p) for p in other.way())
            or any(_covers(other.box, p) for p in new.way())
            for other in self._placed
        )

    def draw(self, picture: Picture) -> None:
        """Draw the lines, then the names."""
        for placed in self._placed:
            if not placed.inside:
                one = placed.label.point
                picture.line(one, _near(placed.box, one), INK, width=0.6)
                picture.circle(one, 1.3, INK)
        for placed in self._placed:
            left, top, right, bottom = placed.box
            ground = placed.label.ground if placed.inside else None
            if ground is None:
                d = f"M{digits(left - 2)} {digits(top)}H{digits(right + 2)}V{digits(bottom)}"
                picture.path(f"{d}H{digits(left - 2)}Z", PAPER, opacity=0.82)
            for number, line in enumerate(placed.lines):
                base = top + SMALL * (ASCENT + number * LEADING)
                middle = (left + right) / 2
                picture.text(middle, base, line, SMALL, fill=on(ground) if ground else INK,
                             anchor="middle")  # fmt: skip


def _candidates(label: Label) -> Iterator[_Placed]:
    """All places of a name in the order in which they are tried: on its country, on one to three
    lines, then around it."""
    whole = (f"{label.name} {label.told}".strip(),)
    x, y = label.point
    parted = (label.name, *label.told.replace(" (", "\n(").split("\n"))
    for lines in (whole, (label.name, label.told), parted) if label.told else (whole,):
        long, high = _extent(lines)
        if label.room[0] < long or label.room[1] < high:
            continue
        for dx, dy in SHIFTS:
            cx, cy = x + dx * label.room[0], y + dy * label.room[1]
            box = (cx - long / 2, cy - high / 2, cx + long / 2, cy + high / 2)
            if all(label.holds(point) for point in _rim(box)):
                yield _Placed(label, lines, box, True)
    long, high = _extent(whole)
    wide, tall = (min(r, LARGE) / 2 for r in label.room)
    for distance in DISTANCES:
        for direction in DIRECTIONS:
            angle = direction * pi / 8
            dx, dy = cos(angle), sin(angle)
            cx = x + dx * (distance + wide + long / 2)
            cy = y + dy * (distance + tall + high / 2)
            box = (cx - long / 2, cy - high / 2, cx + long / 2, cy + high / 2)
            yield _Placed(label, whole, box, False)


def _rim(box: Rectangle) -> list[Point]:
    """Points on the upper and lower edge of a name, just outside it."""
    steps = [box[0] - 2 + (box[2] - box[0] + 4) * i / 6 for i in range(7)]
    return [(x, y) for x in steps for y in (box[1], box[3])]


def _extent(lines: Sequence[str]) -> tuple[float, float]:
    return max(width(line, SMALL) for line in lines), paragraph_height(len(lines), SMALL)


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return not (
        one[2] + SPACE <= other[0]
        or other[2] + SPACE <= one[0]
        or one[3] + SPACE <= other[1]
        or other[3] + SPACE <= one[1]
    )


def _covers(box: Rectangle, point: Point) -> bool:
    return (
        box[0] - SPACE <= point[0] <= box[2] + SPACE
        and box[1] - SPACE <= point[1] <= box[3] + SPACE
    )


def _near(box: Rectangle, point: Point) -> Point:
    """The point of a box nearest to another."""
    return (
        min(max(point[0], box[0]), box[2]),
        min(max(point[1], box[1]), box[3]),
    )
