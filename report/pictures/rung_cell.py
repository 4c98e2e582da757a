"""A cell of the stage ladder: a bar of a product's makers, and its name below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .frame import BODY, SMALL
from .letters import Lines, paragraph_height
from .letters import width as long
from .palette import EMPHASIS, PAPER, QUIET, REST, STEPS, on
from .svg import Picture

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


@dataclass(frozen=True, slots=True)
class Laid:
    """A cell with its texts in lines for a width: measured before it is drawn.

    ``figure`` stands before the name, or above it where ``taken``, what it takes of the width, is
    nothing.
    """

    cell: Cell
    wide: float
    figure: str
    taken: float
    name: Lines

    @property
    def depth(self) -> float:
        """The height of the cell: its bar and what stands below."""
        count = len(self.name.told) + (1 if self.figure and not self.taken else 0)
        return BAR + TINY * 0.1 + paragraph_height(max(count, 1), TINY)

    def draw(self, drawn: Picture, x: float, y: float) -> float:
        """A bar of the makers, and below it the product's name, after a figure without room above;
        returns the lower edge."""
        below = y + BAR + TINY * 0.1
        if self.figure:
            drawn.paragraph(x, below, self.figure, self.wide, TINY, fill=EMPHASIS, bold=True)
            below += 0.0 if self.taken else paragraph_height(1, TINY)
        drawn.lines(x + self.taken, below, self.name, fill=QUIET)
        self._bar(drawn, x, y)
        return y + self.depth

    def _bar(self, drawn: Picture, x: float, y: float) -> None:
        if not self.cell.makers:
            drawn.text(x, y + BAR * 0.75, "–", BODY, fill=QUIET)
            return
        tip = f"{self.cell.product}: others, or not known"
        drawn.rect(x, y, self.wide, BAR, REST, tip=tip)
        at = x
        for number, maker in enumerate(self.cell.makers):
            share = maker.number("share")
            if share is None or share <= 0:
                continue
            right = min(at + share * self.wide, x + self.wide)
            _segment(drawn, at, y, right, maker, number)
            at = right


def laid(cell: Cell, wide: float) -> Laid:
    """A cell for a width."""
    figure = _beside(cell, wide)
    taken = long(figure, TINY, bold=True) + 5 if figure else 0.0
    if taken and long(cell.caption, TINY) > wide - taken:
        taken = 0.0
    name = Lines.of(cell.caption, wide - taken, TINY, most=CAPTIONS)
    return Laid(cell, wide, figure, taken, name)


def _beside(cell: Cell, wide: float) -> str:
    """The figure that stands before a product's name, since its part of the bar has no room."""
    share = cell.makers[0].number("share") if cell.makers else None
    if share is None or share <= 0:
        return ""
    figure = _figure(cell.makers[0])
    fits = long(figure, SMALL, bold=True) <= min(share, 1.0) * wide - 8
    return "" if fits else figure


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
