"""Where the boxes and lines of a path picture stand: its columns and what lies between them.

Before a column lines bend in one strip and run level in the next, where their shares stand; so no
line crosses a share, and none a box.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .boxes import Drawn, Folded, Tie
from .frame import BODY, MARGIN, SMALL
from .layers import MAKERS, ranked
from .letters import LEADING, paragraph_height, width, wrapped
from .looks import LINES, PAD, STRIPE, thickness
from .slots import Line, Size
from .sugiyama import Layout, lay_out

ROOMS = (116.0, 100.0, 90.0)
"""Widths of a box's text, the widest first."""
BENDS = (26.0, 96.0)
"""Least and greatest width in which lines go from one height to another."""
SPARE = 90.0
"""What such a strip gets at most of the width that is left over."""
ARROW = 6.0


def layers(drawn: Folded) -> dict[str, int]:
    """The column of each box."""
    return ranked(
        {n.id: n.band for n in drawn.nodes},
        [(t.start, t.end) for t in drawn.ties],
        {n.id: n.stage for n in drawn.nodes},
    )


class Columns:
    """All that is measured before the first line is drawn, for texts of so much ``room`` and a
    picture of at least that width."""

    def __init__(self, drawn: Folded, room: float, least: float) -> None:
        words = [w for n in drawn.nodes for w in re.split(r"[\s/–-]", n.name)]
        longest = max(width(w, BODY, bold=True) for w in words)
        self.drawn, self.room = drawn, min(max(room, longest), ROOMS[0])
        room = self.room
        self.boxes: dict[str, Drawn] = {n.id: n for n in drawn.nodes}
        self.layers = layers(drawn)
        self.turned = {t.id for t in drawn.ties if self.layers[t.start] > self.layers[t.end]}
        self.ties = [t for t in drawn.ties if self.layers[t.start] != self.layers[t.end]]
        self.names = {n.id: wrapped(n.name, room, BODY, bold=n.band == MAKERS, lines=LINES)
                      for n in drawn.nodes}  # fmt: skip
        self.notes = {
            n.id: [line for note in n.notes for line in wrapped(note, room, SMALL, lines=LINES)]
            for n in drawn.nodes
        }
        self.widths = self._widths()
        self.layout = self._layout()
        self.labels = self._labels()
        self.bends = self._bends()
        self.width = 2 * MARGIN + sum(self.widths) + sum(self.labels) + sum(self.bends)
        spare = max(0.0, least - self.width) / max(1, len(self.bends) - 1)
        self.bends = [self.bends[0], *(b + min(spare, SPARE) for b in self.bends[1:])]
        self.width = 2 * MARGIN + sum(self.widths) + sum(self.labels) + sum(self.bends)
        self.lefts = self._lefts()

    def _widths(self) -> list[float]:
        widths = [0.0] * (max(self.layers.values()) + 1)
        for node, layer in self.layers.items():
            bold = self.boxes[node].band == MAKERS
            texts = [width(line, BODY, bold=bold) for line in self.names[node]]
            texts += [width(line, SMALL) for line in self.notes[node]]
            widths[layer] = max([widths[layer], *texts])
        return [w + 2 * PAD + STRIPE for w in widths]

    def height(self, node: str) -> float:
        notes = self.notes[node]
        text = paragraph_height(len(self.names[node]), BODY)
        return text + (paragraph_height(len(notes), SMALL) + 2 if notes else 0) + 2 * PAD - 2

    def _layout(self) -> Layout:
        lines = []
        for tie in self.ties:
            one, other = self.ends(tie)
            room = SMALL * LEADING + 1 if tie.told else max(thickness(tie), 3.0)
            trunk = "" if tie.told or tie.size else f"firm {tie.firm}"
            lines.append(Line(tie.id, one, other, tie.port, room, trunk))
        sizes = {
            node: Size(self.widths[layer], self.height(node)) for node, layer in self.layers.items()
        }
        return lay_out(sizes, lines, self.layers)

    def ends(self, tie: Tie) -> tuple[str, str]:
        return (tie.end, tie.start) if tie.id in self.turned else (tie.start, tie.end)

    def _labels(self) -> list[float]:
        """Before each column the room of the labels on the lines that end there."""
        rooms = [0.0] * len(self.widths)
        for tie in self.ties:
            layer = self.layers[self.ends(tie)[1]]
            room = width(tie.told, SMALL) + 16 if tie.told else 0.0
            rooms[layer] = max(rooms[layer], room + ARROW + 2)
        return rooms

    def _bends(self) -> list[float]:
        """Before each column the room in which lines rise and fall: more where they do so more."""
        falls = [0.0] * len(self.widths)
        for tie in self.ties:
            route = self.layout.routes[tie.id]
            layer = self.layers[self.ends(tie)[0]]
            for index, (one, other) in enumerate(pairwise(route)):
                falls[layer + index + 1] = max(falls[layer + index + 1], abs(one - other))
        least, greatest = BENDS
        return [0.0, *(min(greatest, least + 0.2 * fall) for fall in falls[1:])]

    def _lefts(self) -> list[float]:
        lefts, x = [], MARGIN
        for column, label, bend in zip(self.widths, self.labels, self.bends, strict=True):
            x += label + bend
            lefts.append(x)
            x += column
        return lefts
