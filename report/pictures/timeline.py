"""A time line: what was agreed, restricted or adopted, each a bar from its beginning to its end.

What is known to a year or a month only begins or ends in a paler piece of that length. A bar
without an end goes on to the day asked for; what is suspended, or still to come, is an empty frame.
On a page it holds the newest that the page has room for, and says how many more there are.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .frame import BODY, MARGIN, NARROW, PAGE, SMALL, SUBHEAD, Foot, opened
from .letters import Lines
from .letters import width as long
from .palette import INK, LINE, QUIET
from .parts import Part, about, parts
from .scale import Scale
from .svg import Picture, Shapes
from .timeline_row import GAP, OPEN, OVER, Row, bar_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...graph.subgraph import Subgraph
    from ...queries.pictures import Drawing
    from ...queries.run import Answer
    from .timeline_row import Bar

PARTS = ("label", "group", "state", "told", "start", "since", "end", "pause", "resume")
"""The parts that a question's columns can play."""
MOST = 24
"""Bars that a picture holds."""
YEARS, HEADING = SMALL + 6, 9.0
"""Height of the line of years, and what stands around the name of a group."""
ROOM = 0.75
"""Part of a page below which nothing more is listed: the rest is for what stands at its foot."""
LABELS = 0.52
"""Part of the width that the labels take."""
LATER = 120
"""Days that the axis goes on after the last date."""


def picture(answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float) -> str:
    """A time line of an answer, as SVG."""
    rows = parts(answer, drawing)
    every = [bar for row in rows if (bar := bar_of(row)) is not None]
    drawn, y = opened(answer, about(answer, drawing), width=width)
    if not every:
        y = _undated(drawn, y, rows)
        return drawn.svg(Foot.of(answer, width).draw(drawn, y))
    day = answer.parameters.get("as_of")
    today = day.toordinal() if isinstance(day, date) else None
    stacked = width < NARROW
    room = width - 2 * MARGIN
    words = room if stacked else room * LABELS
    newest = [
        Row.of(bar, words, stacked=stacked) for bar in sorted(every, key=lambda b: -b.newest)[:MOST]
    ]

    def foot(shown: Sequence[Row]) -> Foot:
        bars = [row.bar for row in shown]
        notes = _notes(bars, today, len(every) - len(bars), len(rows) - len(every))
        return Foot.of(answer, width, notes)

    def fits(shown: Sequence[Row]) -> bool:
        tall = y + YEARS + _tall(shown, room) + 4 + foot(shown).height
        return stacked or tall <= PAGE * width

    most = next((m for m in range(len(newest), 1, -1) if fits(newest[:m])), 1)
    shown = newest[:most]
    groups: dict[str, list[Row]] = {}
    for row in sorted(shown, key=lambda r: (r.bar.begins, r.bar.part.text("label"))):
        groups.setdefault(row.bar.part.text("group"), []).append(row)
    left = MARGIN if stacked else MARGIN + words + 14
    axis = _axis([row.bar for row in shown], today, left, width - MARGIN - 8)
    grid = drawn.layer()
    top = y + YEARS
    _years(drawn, y + SMALL, axis, today)
    y = top
    for name in sorted(groups, key=lambda g: (groups[g][0].bar.begins, g)):
        if len(groups) > 1:
            y = drawn.lines(MARGIN, y + HEADING - 1, _heading(name, room)) + 1
        for row in groups[name]:
            y = row.draw(drawn, y, axis, today)
    if not stacked:
        _grid(grid, axis, top, y, today)
    return drawn.svg(foot(shown).draw(drawn, y + 4))


def _heading(name: str, room: float) -> Lines:
    return Lines.of(name, room, SUBHEAD, bold=True, most=2)


def _tall(rows: Sequence[Row], room: float) -> float:
    """The height of rows with the headings of their groups."""
    names = {row.bar.part.text("group") for row in rows}
    heads = [HEADING + _heading(name, room).height for name in names] if len(names) > 1 else []
    return sum(heads) + sum(row.height for row in rows)


def _undated(drawn: Picture, y: float, rows: Sequence[Part]) -> float:
    """What has no date by its name and state; returns the lower edge."""
    room = drawn.width - 2 * MARGIN
    y = drawn.paragraph(MARGIN, y, "No date is known.", room, BODY, fill=QUIET) + 8
    shown = 0
    for row in rows[:MOST]:
        if y > PAGE * drawn.width * ROOM and drawn.width >= NARROW:
            break
        y = drawn.paragraph(MARGIN, y, row.text("label"), room, BODY, lines=4)
        y = drawn.paragraph(MARGIN, y, row.text("state"), room, SMALL, fill=QUIET) + GAP
        shown += 1
    if (more := len(rows) - shown) > 0:
        y = drawn.paragraph(MARGIN, y, f"{more} more in the table.", room, SMALL, fill=QUIET)
    return y


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


def _years(drawn: Picture, base: float, axis: Scale, today: int | None) -> None:
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


def _grid(grid: Shapes, axis: Scale, top: float, bottom: float, today: int | None) -> None:
    for _, day in _first_days(axis):
        grid.line((axis.at(day), top), (axis.at(day), bottom), LINE, width=0.75)
    if today is not None:
        x = axis.at(today)
        grid.line((x, top), (x, bottom), INK, width=1, dashes="3 2")
