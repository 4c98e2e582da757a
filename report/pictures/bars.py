"""Ranked bars: a bar a row, its value beside it, whiskers where only an interval is known.

What was asked about, or else the first bar of each group, has the emphasis. On a narrow picture a
label stands above its bar.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from ...queries.excerpt import cut
from ..cells import interval
from .frame import BODY, MARGIN, NARROW, SMALL, SUBHEAD, closed, opened
from .letters import Lines
from .letters import width as long
from .palette import EMPHASIS, INK, LINE, PAPER, QUIET, REST, STEPS, UNCERTAIN
from .parts import Part, about, parts
from .scale import Scale, scale, share_scale, tick_text
from .svg import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...graph.subgraph import Subgraph
    from ...queries.pictures import Drawing
    from ...queries.run import Answer

PARTS = ("label", "detail", "group", "value", "low", "high", "bound", "unit")
"""The parts that a question's columns can play."""
MOST = 24
"""Bars that a picture holds."""
BAR, GAP = 15.0, 9.0
"""Thickness of a bar, and the room above and below it together."""
LABELS = 0.36
"""Part of the width that labels take at most."""
LINES = 4
"""Lines that a label or its detail has at most."""
NOT_KNOWN = "not known"
LIMITS = ("at most", "under", "below", "up to", "less than")
"""Words of a bound that make of a figure the most that is possible."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where labels, bars and values stand; ``stacked`` where a label stands above its bar."""

    labels: float
    bars: float
    end: float
    stacked: bool
    room: float


def picture(answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float) -> str:
    """Bars of an answer, as SVG."""
    rows, more, unknown = _shown(answer, drawing)
    drawn, y = opened(answer, about(answer, drawing), width=width)
    groups: dict[str, list[Part]] = {}
    for row in rows:
        groups.setdefault(row.text("group"), []).append(row)
    asked = _asked(answer, rows)
    layout = _layout(rows, width)
    # What is counted in different units has no common axis.
    common = len({row.text("unit") for row in rows}) <= 1
    axis = _axis(rows, layout)
    for number, (heading, members) in enumerate(groups.items()):
        axis = axis if common else _axis(members, layout)
        y = _heading(drawn, y, heading, layout)
        ticked = not layout.stacked and (number == 0 or not common)
        y = _group(drawn, y, members, axis, layout, asked, ticked=ticked)
    notes = []
    if any(row.number("low") is not None and row.number("value") is not None for row in rows):
        notes.append("Whiskers: the least and the most that is possible by what is known.")
    if more:
        notes.append(f"{more:,} more in the table.")
    if unknown:
        notes.append(f"Not drawn, since no figure is known: {unknown:,} in the table.")
    return closed(drawn, answer, y, [" ".join(notes)] if notes else [])


def _shown(answer: Answer, drawing: Drawing) -> tuple[list[Part], int, int]:
    """The rows that are drawn, and how many are not: for want of room, and of a figure."""
    every = parts(answer, drawing)
    known = [row for row in every if _known(row)]
    kept = _different(known or every)
    if drawing.sort:
        rows = sorted(kept, key=lambda row: -_greatest(row))[:MOST]
    else:
        # Of each group some, as in a table that does not hold all.
        chosen = cut(answer, MOST + len(answer.rows) - len(kept))
        rows = _different(r for r in parts(chosen, drawing) if _known(r) or not known)[:MOST]
    return _flat(rows), len(kept) - len(rows), len(every) - len(known) if known else 0


def _greatest(row: Part) -> float:
    numbers = (row.number(part) for part in ("value", "high", "low"))
    return next((number for number in numbers if number is not None), 0.0)


def _different(rows: Iterable[Part]) -> list[Part]:
    """The rows without those that would be the same bar again."""
    seen = {(r.text("group"), r.text("label"), r.text("detail"), _told(r)): r for r in rows}
    return list(seen.values())


def _flat(rows: list[Part]) -> list[Part]:
    """The rows, where most groups have one only: with the group's name as label."""
    groups = {row.text("group") for row in rows}
    if len(groups) < 2 or len(groups) * 2 <= len(rows):
        return rows
    return [
        replace(
            row,
            values={
                **row.values,
                "group": None,
                "label": row.text("group"),
                "detail": " · ".join(filter(None, (row.text("label"), row.text("detail")))),
            },
            columns={**row.columns, "detail": row.columns["label"]},
        )
        for row in rows
    ]


def _known(row: Part) -> bool:
    return any(row.number(part) is not None for part in ("value", "low", "high"))


def _asked(answer: Answer, rows: list[Part]) -> frozenset[str]:
    """The labels that were asked for by name, where that sets them apart from others."""
    labels = {row.text("label") for row in rows}
    found = labels & set(answer.names.values())
    return frozenset(found) if found != labels else frozenset()


def _layout(rows: list[Part], width: float) -> Layout:
    room = width - 2 * MARGIN
    values = min(max((long(_told(row), BODY, bold=True) for row in rows), default=0), room / 2)
    if width < NARROW:
        return Layout(room, MARGIN, width - MARGIN - values - 8, True, room)
    wanted = max((max(long(_label(r), BODY, bold=True), _detail(r)) for r in rows), default=0)
    labels = min(wanted, room * LABELS)
    return Layout(labels, MARGIN + labels + 14, width - MARGIN - values - 8, False, room)


def _label(row: Part) -> str:
    """Its name; of a residual without the publisher, who is named in the footer."""
    text = row.text("label")
    return text.split(" (")[0] if row.quiet else text


def _detail(row: Part) -> float:
    return long(row.text("detail"), SMALL)


def _axis(rows: list[Part], layout: Layout) -> Scale:
    ends = [row.number(p) for row in rows for p in ("value", "high", "low")]
    top = max((end for end in ends if end is not None), default=0.0)
    if _shares(rows):
        return share_scale(top, layout.bars, layout.end)
    return scale(0, top, layout.bars, layout.end)


def _shares(rows: list[Part]) -> bool:
    return any(row.columns[p].type == "share" for row in rows[:1] for p in row.columns)


def _told(row: Part) -> str:
    """A row's value in words: with its bound, its unit, or the interval that it lies in."""
    value = row.text("value")
    if value:
        bound = row.text("bound")
        value = f"{bound} {value}" if bound else value
    else:
        value = interval(row.text("low"), row.text("high"))
    if not value:
        return NOT_KNOWN
    unit = row.text("unit") or _fixed_unit(row)
    return f"{value} {unit}" if unit else value


def _fixed_unit(row: Part) -> str:
    """The unit that a column always has, where it is one that is written behind a number."""
    column = row.columns.get("value") or row.columns.get("high")
    unit = (column.unit or "") if column else ""
    if unit == "percent":
        return "%"
    # What is counted in points is said above the picture; ``0-1`` and the like is no unit.
    return "" if "unit" in row.columns or unit[:1].isdigit() or "points" in unit else unit


def _heading(drawn: Picture, y: float, heading: str, layout: Layout) -> float:
    if not heading:
        return y
    return drawn.paragraph(MARGIN, y, heading, layout.room, SUBHEAD, bold=True, lines=2) + 4


def _group(
    drawn: Picture,
    y: float,
    rows: list[Part],
    axis: Scale,
    layout: Layout,
    asked: frozenset[str],
    *,
    ticked: bool,
) -> float:
    """One group, with the figures of its axis if ``ticked``; returns the lower edge."""
    grid = drawn.layer()
    # Where no figure is known there is nothing to measure.
    measured = any(_known(row) for row in rows)
    if ticked and measured:
        y = _ticks(drawn, y + SMALL, axis, rows)
    top = y
    for number, row in enumerate(rows):
        strong = row.text("label") in asked if asked else number == 0
        y = _row(drawn, y, row, axis, layout, strong=strong and not row.quiet)
    for tick in axis.ticks() if measured and not layout.stacked else ():
        x = axis.at(tick)
        grid.line((x, top), (x, y), INK if tick == axis.low else LINE, width=0.75)
    return y + 14


def _ticks(drawn: Picture, base: float, axis: Scale, rows: list[Part]) -> float:
    """The figures of the axis, as many as have room; returns their lower edge."""
    percent = " %" if rows and _fixed_unit(rows[0]) == "%" else ""
    texts = [tick_text(tick, share=_shares(rows)) + percent for tick in axis.ticks()]
    gap = axis.at(axis.low + axis.step) - axis.at(axis.low)
    widest = max(long(text, SMALL) for text in texts) + 6
    every = max(1, ceil(widest / gap)) if gap > 0 else len(texts)
    for tick, text in list(zip(axis.ticks(), texts, strict=True))[::every]:
        drawn.text(axis.at(tick), base, text, SMALL, fill=QUIET, anchor="middle")
    return base + 5


def _row(
    drawn: Picture, y: float, row: Part, axis: Scale, layout: Layout, *, strong: bool
) -> float:
    lines = Lines.of(_label(row), layout.labels, BODY, bold=strong, most=LINES)
    details = Lines.of(row.text("detail"), layout.labels, SMALL, most=LINES)
    tall = lines.height + details.height
    height = (tall + 2 + BAR if layout.stacked else max(tall, BAR)) + GAP
    top = y + GAP / 2 if layout.stacked else y + (height - tall) / 2
    middle = y + height - GAP / 2 - BAR / 2 if layout.stacked else y + height / 2
    drawn.lines(MARGIN, drawn.lines(MARGIN, top, lines), details, fill=QUIET)
    end = _bar(drawn, middle, row, axis, strong=strong)
    value = _told(row)
    fill, strong = (INK, strong) if value != NOT_KNOWN else (QUIET, False)
    room = MARGIN + layout.room - end - 7
    drawn.text(
        end + 7, middle + BODY * 0.36, value, BODY, fill=fill, bold=strong, room=room, halo=PAPER
    )
    return y + height


def _bar(drawn: Picture, middle: float, row: Part, axis: Scale, *, strong: bool) -> float:
    """Draw the bar; returns where it ends, whisker included.

    What is sure is full, what is only possible an empty frame.
    """
    value, low, high = row.number("value"), row.number("low"), row.number("high")
    colour = REST if row.quiet else EMPHASIS if strong else STEPS[0]
    zero, top = axis.at(axis.low), middle - BAR / 2
    tip = f"{row.text('label')}: {_told(row)}"
    limited = row.text("bound").startswith(LIMITS)
    if value is None and low is None and high is None:
        return zero
    sure = axis.at(0.0 if limited else value if value is not None else low or 0.0)
    most = axis.at(value if value is not None else high if high is not None else low or 0.0)
    if most > sure:
        drawn.rect(zero, top, most - zero, BAR, PAPER, stroke=colour, tip=tip)
    if sure > zero:
        drawn.rect(zero, top, max(sure - zero, 0.75), BAR, colour, tip=tip)
    if value is None or low is None or high is None or axis.at(high) - axis.at(low) < 1.5:
        return most
    left, right = axis.at(low), axis.at(high)
    for colour, thick in ((PAPER, 3.0), (UNCERTAIN, 1.2)):
        drawn.line((left, middle), (right, middle), colour, width=thick)
        for x in (left, right):
            drawn.line((x, middle - 4), (x, middle + 4), colour, width=thick)
    return max(most, right)
