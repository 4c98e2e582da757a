"""A cell of the stage ladder: a bar of a product's makers, and its name below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .frame import BODY, SMALL
from .letters import width as long
from .letters import wrapped
from .palette import EMPHASIS, PAPER, QUIET, REST, STEPS, on
from .svg import Picture, paragraph_height

if TYPE_CHECKING:
    from .parts import Part
    from .rungs import Cell

BAR, TINY = 15.0, 9.0
"""Thickness of a bar; size of the letters of a product's name."""
APART = 0.8
"""From one maker's part of a bar to the next, so that they are told apart in grey."""
CAPTIONS = 3
"""Lines that a product's name has at most."""
LIMITS = {"at most": "≤ ", "at least": "≥ "}


def _beside(cell: Cell, wide: float) -> str:
    """The figure that stands before a product's name, since its part of the bar has no room."""
    share = cell.makers[0].number("share") if cell.makers else None
    if share is None or share <= 0:
        return ""
    figure = _figure(cell.makers[0])
    fits = long(figure, SMALL, bold=True) <= min(share, 1.0) * wide - 8
    return "" if fits else figure


def _caption(cell: Cell, wide: float) -> tuple[str, float, list[str]]:
    """The figure before a product's name, the room that it leaves, and the name in lines."""
    figure = _beside(cell, wide)
    taken = long(figure, TINY, bold=True) + 5 if figure else 0.0
    if taken and long(cell.caption, TINY) > wide - taken:
        return figure, 0.0, wrapped(cell.caption, wide, TINY, lines=CAPTIONS)
    return figure, taken, wrapped(cell.caption, wide - taken, TINY, lines=CAPTIONS)


def depth(cell: Cell, wide: float) -> float:
    """The height of a cell: its bar and what stands below."""
    figure, taken, lines = _caption(cell, wide)
    count = len(lines) + (1 if figure and not taken else 0)
    return BAR + TINY * 0.1 + paragraph_height(max(count, 1), TINY)


def draw_cell(drawn: Picture, x: float, y: float, wide: float, cell: Cell) -> None:
    """A bar of the makers, and below it the product's name, after a figure without room above."""
    below = y + BAR + TINY * 0.1
    figure, taken, _ = _caption(cell, wide)
    if figure:
        drawn.paragraph(x, below, figure, wide, TINY, fill=EMPHASIS, bold=True)
        below += 0.0 if taken else paragraph_height(1, TINY)
    drawn.paragraph(x + taken, below, cell.caption, wide - taken, TINY, fill=QUIET, lines=CAPTIONS)
    if not cell.makers:
        drawn.text(x, y + BAR * 0.75, "–", BODY, fill=QUIET)
        return
    drawn.rect(x, y, wide, BAR, REST, tip=f"{cell.product}: others, or not known")
    at = x
    for number, maker in enumerate(cell.makers):
        share = maker.number("share")
        if share is None or share <= 0:
            continue
        right = min(at + share * wide, x + wide)
        _segment(drawn, at, y, right, maker, number)
        at = right


def _figure(maker: Part) -> str:
    return f"{LIMITS.get(maker.text('bound'), '')}{maker.text('share')}"


def _segment(drawn: Picture, x: float, y: float, right: float, maker: Part, number: int) -> None:
    """One maker's part of a bar, with its figure where that fits into it."""
    colour = EMPHASIS if number == 0 else STEPS[min(number, len(STEPS)) - 1]
    framed = maker.text("bound") == "at most"
    fill, inset = (PAPER, 0.5) if framed else (colour, 0.0)
    long_enough = max(right - x - APART - 2 * inset, 0.5)
    told = " ".join(filter(None, (maker.text("bound"), maker.text("share"))))
    tip = f"{maker.text('maker')}: {told} ({maker.text('period')})"
    stroke = colour if framed else None
    drawn.rect(x + inset, y + inset, long_enough, BAR - 2 * inset, fill, stroke=stroke, tip=tip)
    text = _figure(maker) if number == 0 else f"{maker.text('maker')} {_figure(maker)}"
    bold = number == 0
    if long(text, SMALL, bold=bold) <= right - x - 8:
        drawn.text(x + 5, y + BAR * 0.74, text, SMALL, fill=on(fill), bold=bold)
