"""How the boxes and lines of a path picture look, whether it runs to the right or downwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..colours import colour, line_colour, tint
from .boxes import Drawn, Tie
from .layers import MARKET
from .palette import EMPHASIS, INK, PAPER, STEPS

GREY = "#8d949e"
DASHES = "5 4"
"""Of a need that is not essential."""
THIN, WIDEST = 1.2, 8.0
"""Widths of a line without a share and of one with the whole."""
PAD, STRIPE = 6.0, 4.0
"""Between a box and its text; the stripe of its class."""
LINES = 24
"""Lines that a name or a note has at most: more than any has, also where several are one box."""
HEADS = {
    0: "Evidence", 1: "Agreed or ordered", 2: "Made by", 3: "Materials", 4: "Products",
    5: "Technologies", 6: "Sectors", MARKET: "Markets",
}  # fmt: skip


class Look(NamedTuple):
    """The colours of a box: its stripe, its ground, its letters."""

    edge: str
    ground: str
    letters: str


def look(node: Drawn) -> Look:
    """The colours of a box: those of its class, or of what was asked about."""
    edge = EMPHASIS if node.emphasised else line_colour(colour(node.labels))
    ground = edge if node.emphasised and not node.notes else tint(edge)
    return Look(edge, ground, PAPER if ground == edge else INK)


def head(band: int, nodes: Iterable[Drawn]) -> str:
    """The name of a band in which these boxes stand."""
    industries = any("Industry" in n.labels for n in nodes if n.band == band)
    return "Industries" if industries else HEADS[band]


def stroke(tie: Tie) -> str:
    """The colour of a line."""
    if tie.emphasised:
        return tint(EMPHASIS, 0.62)
    return GREY if tie.size is None else STEPS[0]


def thickness(tie: Tie) -> float:
    """The width of a line."""
    return THIN if tie.size is None else THIN + (WIDEST - THIN) * min(1.0, max(0.0, tie.size))


def tip(node: Drawn) -> str:
    """What a box tells who points at it."""
    return f"{node.name} ({node.labels[0]})" if node.labels else node.name
