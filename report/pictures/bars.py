"""Ranked bars: a bar a row, its value beside it, whiskers where only an interval is known.

What was asked about, or else the first bar of each group, has the emphasis. On a narrow picture a
label stands above its bar.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...queries.excerpt import cut
from .frame import BODY, MARGIN, SMALL, SUBHEAD, closed, opened
from .letters import width as long
from .letters import wrapped
from .palette import EMPHASIS, INK, LINE, PAPER, QUIET, REST, STEPS, UNCERTAIN
from .parts import Part, about, parts
from .scale import Scale, scale, share_scale, told
from .svg import Picture, paragraph_height

if TYPE_CHECKING:
    from ...graph.subgraph import Subgraph
    from ...queries.pictures import Drawing
    from ...queries.run import Answer

MOST = 24
"""Bars that a picture holds."""
BAR, GAP = 15.0, 9.0
"""Thickness of a bar, and the room above and below it together."""
NARROW = 560
"""Width below which labels stand above their bars."""
LABELS = 0.36
"""Part of the width that labels take at most."""
NOT_KNOWN = "not known"


def picture(answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float) -> str:
    """Bars of an answer, as SVG."""
    shown = cut(answer, MOST + _dropped(answer, drawing))
    rows = parts(shown, drawing)[:MOST]
    drawn, y = opened(answer, about(answer, drawing), width=width)
    groups: dict[str, list[Part]] = {}
    for row in rows:
        groups.setdefault(row.text("group"), []).append(row)
    asked = _asked(answer, rows)
    layout = _layout(rows, width)
    units = {row.text("unit") for row in rows}
    share = _is_share(rows)
    axis = _axis(rows, layout, share=share)
    for heading, members in groups.items():
        if len(units) > 1:
            axis = _axis(members, layout, share=share)
        y = _group(drawn, y, heading, members, axis, layout, asked, share=share)
    more = len(parts(answer, drawing)) - len(rows)
    notes = [f"{more:,} more in the table."] if more > 0 else []
    if any(row.number("low") is not None and _value(row) is not None for row in rows):
        notes.insert(0, "Whiskers: from the least to the most that is possible by what is known.")
    return closed(drawn, answer, y, notes)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where labels, bars and values stand; ``stacked`` where a label stands above its bar."""

    labels: float
    bars: float
    end: float
    stacked: bool
    width: float


def _dropped(answer: Answer, drawing: Drawing) -> int:
    return len(answer.rows) - len(parts(answer, drawing))


def _is_share(rows: list[Part]) -> bool:
    kinds = {row.columns[p].type for row in rows for p in ("value", "low") if p in row.columns}
    return "share" in kinds


def _value(row: Part) -> float | None:
    return row.number("value")


def _asked(answer: Answer, rows: list[Part]) -> frozenset[str]:
    """The labels that were asked for by name, if that sets them apart from others."""
    labels = {row.text("label") for row in rows}
    found = labels & set(answer.names.values())
    return frozenset(found) if found != labels else frozenset()


def _layout(rows: list[Part], width: float) -> _Layout:
    stacked = width < NARROW
    values = max((long(_told(row), BODY, bold=True) for row in rows), default=0)
    if stacked:
        return _Layout(width - 2 * MARGIN, MARGIN, width - MARGIN - values - 8, True, width)
    room = (width - 2 * MARGIN) * LABELS
    wanted = max((max(long(r.text("label"), BODY, bold=True), _detail(r)) for r in rows), default=0)
    labels = min(wanted, room)
    bars = MARGIN + labels + 14
    return _Layout(labels, bars, max(width - MARGIN - values - 8, bars + 60), False, width)


def _detail(row: Part) -> float:
    return long(row.text("detail"), SMALL)


def _axis(rows: list[Part], layout: _Layout, *, share: bool) -> Scale:
    ends = [row.number(p) for row in rows for p in ("value", "high", "low")]
    top = max((end for end in ends if end is not None), default=0.0)
    if share:
        return share_scale(top, layout.bars, layout.end)
    return scale(0, top, layout.bars, layout.end)


def _told(row: Part) -> str:
    """A row's value in words: with its bound, its unit, or the interval that it lies in."""
    low, high = row.text("low"), row.text("high")
    value = row.text("value")
    unit = row.text("unit") or _fixed_unit(row)
    if value:
        bound = row.text("bound")
        value = f"{bound} {value}" if bound else value
    elif low and high:
        value = low if low == high else f"{low.removesuffix(' %')}–{high}"
    elif low or high:
        value = f"at least {low}" if low else f"at most {high}"
    else:
        return NOT_KNOWN
    return f"{value} {unit}" if unit else value


def _fixed_unit(row: Part) -> str:
    """The unit that a column always has, where it is one that is written behind a number."""
    column = row.columns.get("value")
    unit = (column.unit or "") if column else ""
    if unit == "percent":
        return "%"
    if column is None or "unit" in row.columns or not unit or unit[0].isdigit():
        return ""
    return unit


def _group(
    drawn: Picture,
    y: float,
    heading: str,
    rows: list[Part],
    axis: Scale,
    layout: _Layout,
    asked: frozenset[str],
    *,
    share: bool,
) -> float:
    """One group with its axis; returns the lower edge."""
    if heading:
        room = layout.width - 2 * MARGIN
        y = drawn.paragraph(MARGIN, y, heading, room, SUBHEAD, bold=True, lines=2) + 6
    y += SMALL
    grid = drawn.layer()
    top = y + 4
    for tick in axis.ticks():
        anchor = "start" if tick == axis.low and layout.stacked else "middle"
        drawn.text(axis.at(tick), y, told(tick, share=share), SMALL, fill=QUIET, anchor=anchor)
    y = top + 4
    for number, row in enumerate(rows):
        strong = row.text("label") in asked if asked else number == 0
        y = _row(drawn, y, row, axis, layout, strong=strong and not row.quiet)
    for tick in axis.ticks():
        x = axis.at(tick)
        grid.line((x, top), (x, y), INK if tick == axis.low else LINE, width=0.75)
    return y + 14


def _row(
    drawn: Picture, y: float, row: Part, axis: Scale, layout: _Layout, *, strong: bool
) -> float:
    label, detail = row.text("label"), row.text("detail")
    lines = wrapped(label, layout.labels, BODY, bold=strong, lines=2)
    details = wrapped(detail, layout.labels, SMALL, lines=2)
    tall = paragraph_height(len(lines), BODY) + paragraph_height(len(details), SMALL)
    height = max(tall, BAR) + GAP if not layout.stacked else tall + BAR + GAP + 2
    top = y + (height - tall) / 2 if not layout.stacked else y + GAP / 2
    below = drawn.paragraph(MARGIN, top, label, layout.labels, BODY, bold=strong, lines=2)
    drawn.paragraph(MARGIN, below, detail, layout.labels, SMALL, fill=QUIET, lines=2)
    middle = y + height / 2 if not layout.stacked else y + GAP / 2 + tall + 2 + BAR / 2
    end = _bar(drawn, middle, row, axis, strong=strong)
    drawn.text(
        end + 7,
        middle + BODY * 0.36,
        _told(row),
        BODY,
        bold=strong,
        fill=INK if _told(row) != NOT_KNOWN else QUIET,
    )
    return y + height


def _bar(drawn: Picture, middle: float, row: Part, axis: Scale, *, strong: bool) -> float:
    """Draw the bar; returns where it ends, whisker included."""
    value, low, high = _value(row), row.number("low"), row.number("high")
    colour = REST if row.quiet else EMPHASIS if strong else STEPS[0]
    zero, top = axis.at(axis.low), middle - BAR / 2
    tip = f"{row.text('label')}: {_told(row)}"
    if value is None:
        if low is None and high is None:
            return zero
        sure, most = axis.at(low or 0), axis.at(high if high is not None else (low or 0))
        drawn.rect(zero, top, max(most - zero, 0.5), BAR, REST, stroke=colour, tip=tip)
        if sure > zero:
            drawn.rect(zero, top, sure - zero, BAR, colour, tip=tip)
        return most
    end = axis.at(value)
    open_ended = row.text("bound").startswith(("at most", "under", "below", "up to"))
    if open_ended:
        drawn.rect(zero, top, max(end - zero, 0.5), BAR, REST, stroke=colour, tip=tip)
    else:
        drawn.rect(zero, top, max(end - zero, 0.75), BAR, colour, tip=tip)
    if low is None or high is None or axis.at(high) - axis.at(low) < 1.5:
        return end
    left, right = axis.at(low), axis.at(high)
    for ground, thick in ((PAPER, 3.0), (UNCERTAIN, 1.2)):
        drawn.line((left, middle), (right, middle), ground, width=thick)
        for x in (left, right):
            drawn.line((x, middle - 4), (x, middle + 4), ground, width=thick)
    return max(end, right)
