"""A time line: what was agreed, restricted or adopted, each a bar from its beginning to its end.

What is known to a year or a month only begins or ends in a paler piece of that length. A bar
without an end goes on to the day asked for; what is suspended, or still to come, is an empty frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .dates import Span, span
from .frame import BODY, MARGIN, NARROW, SMALL, SUBHEAD, closed, opened
from .letters import width as long
from .letters import wrapped
from .palette import EMPHASIS, INK, LINE, PAPER, QUIET, REST, STEPS
from .parts import Part, about, parts
from .scale import Scale
from .svg import Picture, Shapes, digits, paragraph_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...graph.subgraph import Subgraph
    from ...queries.pictures import Drawing
    from ...queries.run import Answer

PARTS = ("label", "group", "state", "told", "start", "since", "end", "pause", "resume")
"""The parts that a question's columns can play."""
MOST = 24
"""Bars that a picture holds."""
BAR, GAP = 10.0, 9.0
LABELS = 0.44
"""Part of the width that the labels take."""
LINES = 5
"""Lines that a label, or the dates below it, have at most."""
LATER = 120
"""Days that the axis goes on after the last date."""
OPEN = ("announced", "suspended", "suspension over", "undated", "proposed", "negotiated")
"""States in which a thing is not, or not now, in force."""
OVER = ("ended", "dropped", "superseded", "expired")


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its dates, each with the span of days in which it lies."""

    part: Part
    start: Span
    end: Span | None
    pause: Span | None
    resume: Span | None
    told: Span | None

    @property
    def begins(self) -> int:
        """The first day that is drawn of it."""
        return min(s.first for s in (self.told, self.start) if s is not None)

    @property
    def newest(self) -> int:
        """The last day on which something is known to have begun, or to have been suspended."""
        return max(s.first for s in (self.told, self.start, self.pause) if s is not None)


def picture(answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float) -> str:
    """A time line of an answer, as SVG."""
    every = [bar for row in parts(answer, drawing) if (bar := _bar(row)) is not None]
    bars = sorted(every, key=lambda b: -b.newest)[:MOST]
    drawn, y = opened(answer, about(answer, drawing), width=width)
    if not bars:
        return closed(drawn, answer, _undated(drawn, y, parts(answer, drawing)))
    day = answer.parameters.get("as_of")
    today = day.toordinal() if isinstance(day, date) else None
    groups: dict[str, list[Bar]] = {}
    for bar in sorted(bars, key=lambda b: (b.begins, b.part.text("label"))):
        groups.setdefault(bar.part.text("group"), []).append(bar)
    stacked = width < NARROW
    room = width - 2 * MARGIN
    left = MARGIN if stacked else MARGIN + room * LABELS + 14
    axis = _axis(bars, today, left, width - MARGIN - 8)
    grid = drawn.layer()
    y = top = _years(drawn, y, axis, today)
    for name in sorted(groups, key=lambda g: (groups[g][0].begins, g)):
        y = _heading(drawn, y, name, room) if len(groups) > 1 else y
        for bar in groups[name]:
            labels = room if stacked else room * LABELS
            y = _row(drawn, y, bar, axis, today, labels, stacked=stacked)
    if not stacked:
        _grid(grid, axis, top, y, today)
    undated = len(parts(answer, drawing)) - len(every)
    return closed(drawn, answer, y + 4, _notes(bars, today, len(every) - len(bars), undated))


def _undated(drawn: Picture, y: float, rows: Sequence[Part]) -> float:
    """What has no date by its name and state; returns the lower edge."""
    room = drawn.width - 2 * MARGIN
    y = drawn.paragraph(MARGIN, y, "No date is known.", room, BODY, fill=QUIET) + 8
    for row in rows[:MOST]:
        y = drawn.paragraph(MARGIN, y, row.text("label"), room, BODY, lines=4)
        y = drawn.paragraph(MARGIN, y, row.text("state"), room, SMALL, fill=QUIET) + GAP
    if (more := len(rows) - MOST) > 0:
        y = drawn.paragraph(MARGIN, y, f"{more} more in the table.", room, SMALL, fill=QUIET)
    return y


def _bar(row: Part) -> Bar | None:
    start = span(row.get("start")) or span(row.get("told"))
    if start is None:
        return None
    spans = (span(row.get(part)) for part in ("end", "pause", "resume", "told"))
    return Bar(row, start, *spans)


def _notes(bars: Sequence[Bar], today: int | None, more: int, undated: int) -> list[str]:
    """What the marks mean that occur, and what is not drawn."""
    to_come = any(b.end and today is not None and b.end.first > today for b in bars)
    halted = any(b.pause or b.part.text("state") in OPEN for b in bars)
    planned = any("planned" in b.part.text("start") for b in bars)
    meanings = (
        (any(b.part.text("state") not in (*OPEN, *OVER) for b in bars), "full: in force"),
        (any(b.part.text("state") in OVER for b in bars), "blue: over"),
        (to_come or halted or planned, "empty frame: suspended or still to come"),
        (
            any(not s.exact for b in bars for s in (b.start, b.end) if s is not None),
            "pale: known to the month or the year only",
        ),
        (any(b.told and b.told.first < b.start.first for b in bars), "circle: announced"),
        (any(b.end is None for b in bars), "arrow: no end is known"),
    )
    legend = "; ".join(meaning for occurs, meaning in meanings if occurs)
    notes = [f"{legend[:1].upper()}{legend[1:]}."] if legend else []
    if more > 0:
        notes.append(f"The newest {len(bars)}; {more} more in the table.")
    if undated > 0:
        notes.append(f"Without a date: {undated}.")
    return [" ".join(notes)]


def _axis(bars: Sequence[Bar], today: int | None, left: float, right: float) -> Scale:
    days = [bar.begins for bar in bars]
    for bar in bars:
        days += [s.after for s in (bar.start, bar.end, bar.resume) if s is not None]
    days += [today] if today is not None else []
    first = date(date.fromordinal(min(days)).year, 1, 1).toordinal()
    last = min(max(days) + LATER, date.max.toordinal())
    return Scale(first, last, left, right, 365.25)


def _first_days(axis: Scale) -> list[tuple[int, int]]:
    """The years whose first day lies on the axis, as many as have room for their number."""
    first = date.fromordinal(int(axis.low)).year
    last = min(date.fromordinal(int(axis.high)).year, date.max.year)
    wide = (axis.end - axis.start) / max(last - first + 1, 1)
    step = next((s for s in (1, 2, 5, 10, 25, 50, 100) if wide * s >= 38), 500)
    return [(y, date(y, 1, 1).toordinal()) for y in range(first, last + 1) if y % step == 0]


def _years(drawn: Picture, y: float, axis: Scale, today: int | None) -> float:
    base = y + SMALL
    taken: list[tuple[float, float]] = []
    if today is not None:
        text = date.fromordinal(today).isoformat()
        half = long(text, SMALL, bold=True) / 2
        x = min(max(axis.at(today), axis.start + half), axis.end + 8 - half)
        drawn.text(x, base, text, SMALL, bold=True, anchor="middle")
        taken.append((x - half - 4, x + half + 4))
    for year, day in _first_days(axis):
        x, long_year = axis.at(day), long(str(year), SMALL)
        if all(x + long_year < low or x > high for low, high in taken) and (
            x + long_year <= drawn.width - MARGIN
        ):
            drawn.text(x, base, str(year), SMALL, fill=QUIET)
    return base + 6


def _grid(grid: Shapes, axis: Scale, top: float, bottom: float, today: int | None) -> None:
    for _, day in _first_days(axis):
        grid.line((axis.at(day), top), (axis.at(day), bottom), LINE, width=0.75)
    if today is not None:
        x = axis.at(today)
        grid.line((x, top), (x, bottom), INK, width=1, dashes="3 2")


def _heading(drawn: Picture, y: float, name: str, room: float) -> float:
    return drawn.paragraph(MARGIN, y + 8, name, room, SUBHEAD, bold=True, lines=2) + 1


def _dates(bar: Bar) -> str:
    """The dates of a bar in words."""
    part = bar.part
    told = [
        f"{word} {text}"
        for name, word in (("told", "announced"), ("start", "from"), ("end", "until"))
        if (text := part.text(name)) and not (name == "told" and text == part.text("start"))
    ]
    if bar.pause is not None:
        until = f" to {part.text('resume')}" if bar.resume is not None else ""
        told.append(f"suspended {part.text('pause')}{until}")
    return ", ".join(told)


def _row(
    drawn: Picture,
    y: float,
    bar: Bar,
    axis: Scale,
    today: int | None,
    room: float,
    *,
    stacked: bool,
) -> float:
    label = bar.part.text("label").removeprefix(f"{bar.part.text('group')}: ")
    label = label[:1].upper() + label[1:]
    below = " · ".join(filter(None, (bar.part.text("state"), _dates(bar))))
    tall = paragraph_height(len(wrapped(label, room, BODY, lines=LINES)), BODY)
    tall += paragraph_height(len(wrapped(below, room, SMALL, lines=LINES)), SMALL)
    height = tall + GAP + (BAR + 3 if stacked else 0)
    after = drawn.paragraph(MARGIN, y + GAP / 2, label, room, BODY, lines=LINES)
    drawn.paragraph(MARGIN, after, below, room, SMALL, fill=QUIET, lines=LINES)
    middle = y + height - GAP / 2 - BAR / 2 if stacked else y + height / 2
    _draw(drawn, middle, bar, axis, today, f"{label}: {below}")
    return y + height


def _draw(
    drawn: Picture, middle: float, bar: Bar, axis: Scale, today: int | None, tip: str
) -> None:
    state = bar.part.text("state")
    colour = STEPS[0] if state in OVER else EMPHASIS
    top = middle - BAR / 2
    begin = axis.at(bar.start.first if bar.start.exact else bar.start.after)
    now = axis.at(today) if today is not None else axis.end
    back = axis.at(bar.resume.after) if bar.resume is not None else now
    stop = axis.at(bar.end.first) if bar.end is not None else max(now, back, begin + 12)
    if bar.told is not None and bar.told.first < bar.start.first:
        x = axis.at(bar.told.first)
        drawn.line((x, middle), (axis.at(bar.start.first), middle), QUIET, width=1, dashes="2 2")
        drawn.circle((x, middle), 3, PAPER, stroke=QUIET, width=1.3, tip=tip)
    last = min(stop, now) if bar.end is not None else stop
    full = _full_until(bar, axis, begin, last)
    if not bar.start.exact:
        _pale(drawn, axis.at(bar.start.first), min(begin, stop), top, colour, tip)
    if full > begin:
        drawn.rect(begin, top, max(full - begin, 1.5), BAR, colour, tip=tip)
    if stop > full:
        wide = max(stop - full - 1, 0.5)
        drawn.rect(full + 0.5, top + 0.5, wide, BAR - 1, PAPER, stroke=colour, tip=tip)
    if bar.end is None:
        tail = f"M{digits(stop)} {digits(top)}l6 {digits(BAR / 2)}l-6 {digits(BAR / 2)}z"
        drawn.path(tail, colour if full >= stop else PAPER, stroke=colour, width=1)
    elif not bar.end.exact:
        _pale(drawn, stop, axis.at(bar.end.after), top, colour, tip)
    if (since := span(bar.part.get("since"))) is not None:
        drawn.circle((axis.at(since.first), middle), 3, INK, tip=tip)


def _full_until(bar: Bar, axis: Scale, begin: float, last: float) -> float:
    """Up to where a bar is full: what was planned only, or is no longer known to hold, is not."""
    if "planned" in bar.part.text("start"):
        return begin
    if bar.pause is not None:
        return max(begin, min(axis.at(bar.pause.first), last))
    return begin if bar.part.text("state") in OPEN else max(begin, last)


def _pale(drawn: Picture, left: float, right: float, top: float, colour: str, tip: str) -> None:
    if right > left:
        drawn.rect(left, top + 2, right - left, BAR - 4, REST, stroke=colour, tip=tip)
