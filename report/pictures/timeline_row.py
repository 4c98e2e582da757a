"""A row of the time line: its bar, with the words that tell its state and its dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .dates import Span, span
from .frame import BODY, MARGIN, SMALL
from .letters import Lines
from .palette import EMPHASIS, INK, PAPER, QUIET, REST, STEPS
from .svg import Picture, digits

if TYPE_CHECKING:
    from .parts import Part
    from .scale import Scale

BAR, GAP = 10.0, 9.0
"""Thickness of a bar, and what is left free above and below a row together."""
LINES = 5
"""Lines that a label, or the dates below it, have at most."""
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


def bar_of(row: Part) -> Bar | None:
    """The bar of a row of an answer; none where no date is known."""
    start = span(row.get("start")) or span(row.get("told"))
    if start is None:
        return None
    spans = (span(row.get(part)) for part in ("end", "pause", "resume", "told"))
    return Bar(row, start, *spans)


@dataclass(frozen=True, slots=True)
class Row:
    """A bar with its words in lines, measured before it is drawn."""

    bar: Bar
    label: Lines
    below: Lines
    tip: str
    stacked: bool

    @classmethod
    def of(cls, bar: Bar, room: float, *, stacked: bool) -> Row:
        """The row of a bar whose words have this room, above the bar or to the left of it."""
        label = bar.part.text("label").removeprefix(f"{bar.part.text('group')}: ")
        label, below = label[:1].upper() + label[1:], _below(bar)
        return cls(
            bar,
            Lines.of(label, room, BODY, most=LINES),
            Lines.of(below, room, SMALL, most=LINES),
            f"{label}: {below}",
            stacked,
        )

    @property
    def height(self) -> float:
        """From the row above to the one below."""
        return self.label.height + self.below.height + GAP + (BAR + 3 if self.stacked else 0)

    def draw(self, drawn: Picture, y: float, axis: Scale, today: int | None) -> float:
        """Draw it below ``y``; returns the lower edge."""
        after = drawn.lines(MARGIN, y + GAP / 2, self.label)
        drawn.lines(MARGIN, after, self.below, fill=QUIET)
        end = y + self.height
        middle = end - (GAP + BAR) / 2 if self.stacked else y + self.height / 2
        _draw(drawn, middle, self.bar, axis, today, self.tip)
        return end


def _below(bar: Bar) -> str:
    """The state of a bar and its dates, neither of which says what the other does."""
    state, dates = bar.part.text("state"), _dates(bar)
    told = any(date.startswith(f"{state} ") for date in dates)
    return " · ".join(filter(None, ("" if told else state, ", ".join(dates))))


def _dates(bar: Bar) -> list[str]:
    """The dates of a bar, each in words."""
    part = bar.part
    told = [
        f"{word} {text}"
        for name, word in (("told", "announced"), ("start", "from"), ("end", "until"))
        if (text := part.text(name)) and not (name == "told" and text == part.text("start"))
    ]
    if bar.pause is not None:
        until = f" to {part.text('resume')}" if bar.resume is not None else ""
        told.append(f"suspended {part.text('pause')}{until}")
    return told


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
