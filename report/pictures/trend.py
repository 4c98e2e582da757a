"""Trend lines: one line a series, named at its end, with a panel for each measure.

A line joins what one source says in one edition; from one to the next it is dotted, for a step
there may be theirs. What holds for several years is drawn as long as they are, a month as a twelfth
of its year. What happened stands as a numbered upright line, and in words below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from .frame import BODY, MARGIN, NARROW, SMALL, SUBHEAD, closed, opened
from .letters import LEADING, Lines
from .letters import width as long
from .palette import INK, LINE, PAPER, QUIET, SERIES
from .parts import Part, about, parts
from .scale import Scale, numbered, scale, share_scale, tick_text, told
from .svg import Picture, polyline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...graph.subgraph import Subgraph
    from ...queries.pictures import Drawing
    from ...queries.run import Answer

PARTS = ("label", "group", "value", "second", "time", "bound", "event", "source")
"""The parts that a question's columns can play."""
HEIGHT = 230.0
"""Of one panel."""
DASHES = (None, "7 3", "2 3", "9 3 2 3", "5 2", "12 4")
"""Beside its colour each line has its own dashes."""
LABELS = 0.3
"""Part of the width that the names at the lines' ends take at most."""
MEASURES = ("value", "second")
ONE = 48.0
"""Width of the axis of time that has one period only."""
MONTHS = 12
STEPS = (1, 3, 6, 12, 24, 60)
"""Months from one mark of the axis to the next."""
_MONTH = re.compile(r"((?:18|19|20)\d\d)-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Point:
    """What one source says of one period: ``begin`` and ``end`` in years, the end excluded."""

    begin: float
    end: float
    value: float
    source: str
    part: Part

    @property
    def middle(self) -> float:
        """Where it stands on the axis of time."""
        return (self.begin + self.end) / 2


@dataclass(frozen=True, slots=True)
class Series:
    """One line, its points in the order of time."""

    name: str
    points: tuple[Point, ...]


def picture(answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float) -> str:
    """Trend lines of an answer, as SVG."""
    rows = parts(answer, drawing)
    drawn, y = opened(answer, about(answer, drawing), width=width)
    measures = [m for m in MEASURES if m in drawing.columns]
    left_out, dotted = 0, False
    for measure in measures:
        every = _series(rows, measure)
        lines, left_out = every[: len(SERIES)], max(left_out, len(every) - len(SERIES))
        dotted = dotted or any(_changes(line) for line in lines)
        heading = drawing.columns[measure].replace("_", " ") if len(measures) > 1 else ""
        if heading:
            y = drawn.paragraph(MARGIN, y, heading, width, SUBHEAD, bold=True) + 6
        y = _panel(drawn, y, lines, measure, width, _events(rows))
    return closed(drawn, answer, y, _notes(rows, left_out, dotted=dotted))


def _changes(line: Series) -> bool:
    """Whether a line goes on from one source to another."""
    return len({point.source for point in line.points}) > 1


def _notes(rows: Sequence[Part], left_out: int, *, dotted: bool) -> list[str]:
    notes = [f"{n}: {told_of}." for n, (_, told_of) in enumerate(_events(rows), 1)]
    if any(row.text("bound") for row in rows):
        notes.append("Open circles: bounds, at most or at least so much.")
    if dotted:
        notes.append("Dotted: from one source or edition to the next, whose figures may differ.")
    if left_out > 0:
        notes.append(f"{left_out} more in the table.")
    return [" ".join(notes)] if notes else []


def _span(time: str) -> tuple[float, float] | None:
    """Begin and end, the end excluded, in years; nothing for what is no year, years or month."""
    if month := _MONTH.fullmatch(time):
        begin = int(month[1]) * MONTHS + int(month[2]) - 1
        return begin / MONTHS, (begin + 1) / MONTHS
    years = [int(year) for year in _YEAR.findall(time)]
    return (min(years), max(years) + 1) if years else None


def _events(rows: Sequence[Part]) -> list[tuple[float, str]]:
    """What happened, in the order of time: when (in years, the middle of its period) and what."""
    found = {
        ((span[0] + span[1]) / 2, row.text("event"))
        for row in rows
        if row.text("event") and (span := _span(row.text("time")))
    }
    return sorted(found)


def _series(rows: Sequence[Part], measure: str) -> list[Series]:
    found: dict[tuple[str, str], list[Point]] = {}
    for row in rows:
        span = _span(row.text("time"))
        value = row.number(measure)
        if span and value is not None:
            point = Point(*span, value, row.text("source"), row)
            found.setdefault((row.text("group"), row.text("label")), []).append(point)
    groups, labels = ({key[i] for key in found} for i in (0, 1))
    series = []
    for (group, label), points in found.items():
        named = [t for t, different in ((group, len(groups) > 1), (label, len(labels) > 1)) if t]
        shown = [t for t, d in ((group, len(groups) > 1), (label, len(labels) > 1)) if t and d]
        points.sort(key=lambda p: (p.end, p.begin, p.source))
        series.append(Series(", ".join(shown or named[-1:]), tuple(points)))
    return series


def _panel(
    drawn: Picture,
    y: float,
    lines: Sequence[Series],
    measure: str,
    width: float,
    events: Sequence[tuple[float, str]],
) -> float:
    """One plot; returns its lower edge."""
    points = [point for line in lines for point in line.points]
    if not points:
        return drawn.paragraph(MARGIN, y, "No figure is known.", width, BODY, fill=QUIET) + 8
    share = points[0].part.columns[measure].type == "share"
    room = (width - 2 * MARGIN) * (LABELS if width >= NARROW else 0.36)
    texts = [f"{_last(line, measure)} {line.name}" for line in lines]
    names = min(max(long(text, BODY, bold=True) for text in texts), room)
    top, bottom = y + SMALL + 4, y + HEIGHT
    high = max(point.value for point in points)
    axis = share_scale(high, bottom, top) if share else scale(0, high, bottom, top)
    ticks = [tick_text(tick, share=share) for tick in axis.ticks()]
    left = MARGIN + max(long(tick, SMALL) for tick in ticks) + 8
    right = width - MARGIN - names - 14
    for tick, text in zip(axis.ticks(), ticks, strict=True):
        at = axis.at(tick)
        drawn.line((left, at), (right, at), INK if tick == 0 else LINE, width=0.75)
        drawn.text(left - 8, at + SMALL * 0.36, text, SMALL, fill=QUIET, anchor="end")
    time = _time(drawn, points, left, right, bottom)
    places = [time.at(when) for when, _ in events]
    for at, (_, told_of) in zip(places, events, strict=True):
        drawn.line((at, top), (at, bottom), QUIET, width=1, dashes="2 2", tip=told_of)
    for at, numbers in numbered(places, SMALL):
        drawn.text(at, top - 3, numbers, SMALL, fill=QUIET, anchor="middle")
    named = [Lines.of(text, names, BODY, bold=True, most=3) for text in texts]
    placed = _ends(lines, axis, named, top, bottom)
    for number, line in enumerate(lines):
        _line(drawn, line, time, axis, number)
    for number, (line, name) in enumerate(zip(lines, named, strict=True)):
        end = (time.at(line.points[-1].middle), axis.at(line.points[-1].value))
        _name(drawn, end, right + 14, placed[number], name, SERIES[number])
    return bottom + SMALL * 3


def _last(line: Series, measure: str) -> str:
    part = line.points[-1].part
    return " ".join(filter(None, (part.text("bound"), part.text(measure))))


def _time(
    drawn: Picture, points: Sequence[Point], left: float, right: float, bottom: float
) -> Scale:
    """The axis of time with its years, which stand in the middle of a year's room."""
    first, last = min(p.begin for p in points), max(p.end for p in points)
    if len({p.middle for p in points}) == 1:
        # Of one period there is no trend: points at the names, so that no line seems to be one.
        left = right - ONE
    time = Scale(first, last, left + 6, right - 2, 1)
    for at, text in _marks(points, (right - left) / (last - first)):
        x = time.at(at)
        drawn.line((x, bottom), (x, bottom + 4), QUIET, width=0.75)
        drawn.text(x, bottom + SMALL + 7, text, SMALL, fill=QUIET, anchor="middle")
    return time


def _marks(points: Sequence[Point], wide: float) -> list[tuple[float, str]]:
    """Marks of the axis of time and their words; ``wide`` is the width of a year.

    A year's stands in the middle of its room, and so does a month's where all points are months.
    """
    first, last = min(p.begin for p in points), max(p.end for p in points)
    if all(_MONTH.fullmatch(point.part.text("time")) for point in points):
        step = next((s for s in STEPS if wide * s / MONTHS >= 56), STEPS[-1])
        months = range(round(first * MONTHS), round(last * MONTHS))
        few = len(months) < step
        return [
            ((m + 0.5) / MONTHS, f"{m // MONTHS}-{m % MONTHS + 1:02}")
            for m in months
            if m % step == 0 or (few and m == months[0])
        ]
    step = next((s for s in (1, 2, 5, 10, 20) if wide * s >= 44), 50)
    years = range(int(first), ceil(last))
    return [(y + 0.5, str(y)) for y in years if y % step == 0 or len(years) == 1]


def _line(drawn: Picture, line: Series, time: Scale, axis: Scale, number: int) -> None:
    colour = SERIES[number]

    def at(point: Point) -> tuple[float, float]:
        return time.at(point.middle), axis.at(point.value)

    pieces: list[list[Point]] = []
    for point in line.points:
        if pieces and pieces[-1][-1].source == point.source:
            pieces[-1].append(point)
        else:
            if pieces:
                drawn.line(at(pieces[-1][-1]), at(point), colour, width=1.2, dashes="1.5 3")
            pieces.append([point])
    for piece in pieces:
        if len(piece) > 1:
            path = polyline(at(point) for point in piece)
            drawn.path(path, stroke=colour, width=2.2, dashes=DASHES[number])
    for point in line.points:
        x, height = at(point)
        if point.end - point.begin > 1:
            ends = (time.at(point.begin), height), (time.at(point.end), height)
            drawn.line(*ends, colour, width=2.2)
        told_of = f"{line.name} {point.part.text('time')}: {_last_of(point)} ({point.source})"
        open_ended = bool(point.part.text("bound"))
        drawn.circle(
            (x, height), 2.8, PAPER if open_ended else colour,
            stroke=colour if open_ended else None, width=1.4 if open_ended else None, tip=told_of,
        )  # fmt: skip


def _last_of(point: Point) -> str:
    share = any(c.type == "share" for c in point.part.columns.values())
    return " ".join(filter(None, (point.part.text("bound"), told(point.value, share=share))))


def _ends(
    lines: Sequence[Series], axis: Scale, names: Sequence[Lines], top: float, bottom: float
) -> list[float]:
    """Upper edges of the names at the lines' ends: as near to them as they go without overlap."""
    heights = [name.height + 3 for name in names]
    order = sorted(range(len(lines)), key=lambda i: (axis.at(lines[i].points[-1].value), i))
    edges = [0.0] * len(lines)
    free = top - SMALL
    for index in order:
        wanted = axis.at(lines[index].points[-1].value) - heights[index] / 2
        edges[index] = max(wanted, free)
        free = edges[index] + heights[index]
    below = bottom + SMALL * LEADING
    for index in reversed(order):
        edges[index] = min(edges[index], below - heights[index])
        below = edges[index]
    return edges


def _name(
    drawn: Picture,
    end: tuple[float, float],
    x: float,
    top: float,
    name: Lines,
    colour: str,
) -> None:
    drawn.line((end[0] + 5, end[1]), (x - 3, top + name.height / 2), colour, width=0.5)
    drawn.lines(x, top, name, fill=colour)
