"""The path picture: who makes what, what it goes into, and what needs it, from left to right.

Each share stands on the line that leads to what it is a share of, with its interval; the line is
as wide as the share is large. See ``folded`` for what is drawn, ``sugiyama`` for where.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...graph.subgraph import Subgraph
from ...ontology.errors import OrepathError
from ..colours import colour, tint
from .folded import Drawn, Folded, Tie, condensed, folded
from .frame import BODY, MARGIN, SMALL, WIDTH, closed, opened
from .layers import MARKET, ranked
from .letters import ASCENT, width, wrapped
from .palette import EMPHASIS, INK, PAPER, QUIET, STEPS
from .parts import about
from .strongest import strongest
from .sugiyama import Layout, Line, Size, lay_out
from .svg import LEADING, Picture, digits, paragraph_height

if TYPE_CHECKING:
    from ...queries.pictures import Drawing
    from ...queries.run import Answer

ROOMS, LINES = (116.0, 100.0, 90.0), 5
"""Widths of a box's text, of which the first is taken that keeps the picture within ``GOAL``, and
its most lines."""
GOAL = 1000.0
"""Units across beyond which letters become small on a page."""
DEEP = 7
"""Columns beyond which products without a share are drawn together."""
PAD, STRIPE = 6.0, 4.0
"""Between a box and its text; the stripe of its class."""
BENDS = (26.0, 96.0)
"""Least and greatest width in which lines go from one height to another."""
ARROW = 6.0
THIN, WIDEST = 1.2, 8.0
"""Widths of a line without a share and of one with the whole."""
GREY = "#8d949e"
BANDS = {
    0: "Evidence", 1: "Agreed or ordered", 2: "Made by", 3: "Materials", 4: "Products",
    5: "Technologies", 6: "Sectors", MARKET: "Markets",
}  # fmt: skip


def picture(
    answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float = WIDTH
) -> str:
    """An SVG of the paths in an answer's subgraph, as wide as they need but not less than
    ``width``; raises ``OrepathError`` where there is none."""
    asked = [
        f"economy/{value}"
        for parameter in answer.question.parameters
        if parameter.type == "country" and (value := answer.parameters.get(parameter.name))
    ]
    whole = folded(subgraph or Subgraph((), ()), asked)
    if not whole.ties:
        raise OrepathError(
            "the answer holds no path that could be drawn",
            "Ask for another material, sector or country, or take the answer as a table.",
        )
    drawn = strongest(whole)
    boxes = len(drawn.nodes)
    if max(layers(drawn).values()) >= DEEP:
        drawn = condensed(drawn)
    measured = (_Measured(drawn, room, width) for room in ROOMS)
    chosen = next((m for m in measured if m.width <= max(GOAL, width)), None)
    chosen = chosen or _Measured(drawn, ROOMS[-1], width)
    told = ". ".join(t for t in (about(answer, drawing).rstrip("."), subtitle(drawn)) if t)
    picture, y = opened(answer, told, width=max(width, chosen.width))
    y = chosen.draw(picture, y)
    notes = []
    if more := len(whole.nodes) - boxes:
        notes.append(
            f"Drawn are the {boxes} of {len(whole.nodes)} boxes with the largest "
            f"shares; {more} {'is' if more == 1 else 'are'} left out, and their lines."
        )
    if whole.silent:
        notes.append("Makers of whose share nothing is known are not drawn.")
    return closed(picture, answer, y, notes)


def subtitle(drawn: Folded) -> str:
    """What the numbers on the lines are."""
    whose = f"{drawn.country}’s share" if drawn.country else "the maker’s share"
    told = []
    market = drawn.market
    if "world" in drawn.bases and market:
        told.append(
            f"On a line: {whose} of the world’s output of the product that it leads to, "
            f"then of what {market} has of it"
        )
    elif "world" in drawn.bases:
        told.append(f"On a line: {whose} of the world’s output of the product that it leads to")
    elif "market" in drawn.bases:
        told.append(f"On a line: {whose} of what the market has of the product that it leads to")
    if any("Industry" in n.labels for n in drawn.nodes):
        told.append(
            "On a line: the maker’s share of what the industry or the market that it leads to has "
            "of that product"
        )
    if told and any("(" in t.told for t in drawn.ties):
        told[-1] += " (in brackets the interval)"
    if any(not t.firm for t in drawn.ties):
        told.append("Dashed: needed, but not essential")
    return ". ".join(told) + "." if told else ""


def layers(drawn: Folded) -> dict[str, int]:
    """The column of each box."""
    return ranked(
        {n.id: n.band for n in drawn.nodes},
        [(t.start, t.end) for t in drawn.ties],
        {n.id: n.stage for n in drawn.nodes},
    )


class _Measured:
    """All that is measured before the first line is drawn."""

    def __init__(self, drawn: Folded, room: float, least: float) -> None:
        words = [w for n in drawn.nodes for w in re.split(r"[\s/–-]", n.name)]
        longest = max(width(w, BODY, bold=True) for w in words)
        self.drawn, self.room = drawn, min(max(room, longest), ROOMS[0])
        room = self.room
        self.boxes: dict[str, Drawn] = {n.id: n for n in drawn.nodes}
        self.layers = layers(drawn)
        self.turned = {t.id for t in drawn.ties if self.layers[t.start] > self.layers[t.end]}
        self.ties = [t for t in drawn.ties if self.layers[t.start] != self.layers[t.end]]
        self.names = {n.id: wrapped(n.name, room, BODY, bold=n.band == 2, lines=LINES)
                      for n in drawn.nodes}  # fmt: skip
        self.notes = {
            n.id: [line for note in n.notes for line in wrapped(note, room, SMALL, lines=LINES)]
            for n in drawn.nodes
        }
        self.columns = self._columns()
        self.layout = self._layout()
        self.labels = self._labels()
        self.bends = self._bends()
        self.width = 2 * MARGIN + sum(self.columns) + sum(self.labels) + sum(self.bends)
        spare = max(0.0, least - self.width) / max(1, len(self.bends) - 1)
        self.bends = [self.bends[0], *(b + min(spare, 90.0) for b in self.bends[1:])]
        self.width = 2 * MARGIN + sum(self.columns) + sum(self.labels) + sum(self.bends)
        self.lefts = self._lefts()

    def _columns(self) -> list[float]:
        widths = [0.0] * (max(self.layers.values()) + 1)
        for node, layer in self.layers.items():
            bold = self.boxes[node].band == 2
            texts = [width(line, BODY, bold=bold) for line in self.names[node]]
            texts += [width(line, SMALL) for line in self.notes[node]]
            widths[layer] = max(widths[layer], *texts)
        return [w + 2 * PAD + STRIPE for w in widths]

    def _height(self, node: str) -> float:
        notes = self.notes[node]
        text = paragraph_height(len(self.names[node]), BODY)
        return text + (paragraph_height(len(notes), SMALL) + 2 if notes else 0) + 2 * PAD - 2

    def _layout(self) -> Layout:
        lines = []
        for tie in self.ties:
            one, other = self._ends(tie)
            room = SMALL * LEADING + 1 if tie.told else max(thickness(tie), 3.0)
            trunk = "" if tie.told or tie.size else f"firm {tie.firm}"
            lines.append(Line(tie.id, one, other, tie.port, room, trunk))
        sizes = {
            node: Size(self.columns[layer], self._height(node))
            for node, layer in self.layers.items()
        }
        return lay_out(sizes, lines, self.layers)

    def _ends(self, tie: Tie) -> tuple[str, str]:
        return (tie.end, tie.start) if tie.id in self.turned else (tie.start, tie.end)

    def _labels(self) -> list[float]:
        """Before each column the room of the labels on the lines that end there."""
        rooms = [0.0] * len(self.columns)
        for tie in self.ties:
            layer = self.layers[self._ends(tie)[1]]
            room = width(tie.told, SMALL) + 16 if tie.told else 0.0
            rooms[layer] = max(rooms[layer], room + ARROW + 2)
        return rooms

    def _bends(self) -> list[float]:
        """Before each column the room in which lines rise and fall: more where they do so more."""
        falls = [0.0] * len(self.columns)
        for tie in self.ties:
            route = self.layout.routes[tie.id]
            layer = self.layers[self._ends(tie)[0]]
            for index, (one, other) in enumerate(zip(route, route[1:], strict=False)):
                falls[layer + index + 1] = max(falls[layer + index + 1], abs(one - other))
        least, greatest = BENDS
        return [0.0, *(min(greatest, least + 0.2 * fall) for fall in falls[1:])]

    def _lefts(self) -> list[float]:
        lefts, x = [], MARGIN
        for column, label, bend in zip(self.columns, self.labels, self.bends, strict=True):
            x += label + bend
            lefts.append(x)
            x += column
        return lefts

    def draw(self, picture: Picture, y: float) -> float:
        """Draw below ``y``; returns the lower edge."""
        y = self._heads(picture, y) - self.layout.top
        for tie in sorted(self.ties, key=lambda t: (t.emphasised, t.size or 0.0, t.id)):
            self._line(picture, tie, y)
        self._told(picture, y)
        for node in self.drawn.nodes:
            self._box(picture, node, y)
        return y + self.layout.bottom + 4

    def _heads(self, picture: Picture, y: float) -> float:
        """Above the columns the name of each band."""
        spans: dict[int, list[int]] = {}
        for node, layer in self.layers.items():
            spans.setdefault(self.boxes[node].band, []).append(layer)
        for band, layers in spans.items():
            left = self.lefts[min(layers)]
            right = self.lefts[max(layers)] + self.columns[max(layers)]
            gap = self.labels[max(layers) + 1] + self.bends[max(layers) + 1] if (
                max(layers) + 1 < len(self.columns)) else 0.0  # fmt: skip
            industries = any(
                "Industry" in self.boxes[n].labels
                for n in self.layers
                if self.boxes[n].band == band
            )
            name = "Industries" if industries else BANDS[band]
            picture.text(left, y + SMALL, name, SMALL, fill=QUIET, bold=True,
                         room=right - left + max(0.0, gap - 8))  # fmt: skip
        return y + SMALL * 2

    def _line(self, picture: Picture, tie: Tie, y: float) -> None:
        route = [y + height for height in self.layout.routes[tie.id]]
        first = self.layers[self._ends(tie)[0]]
        thick = thickness(tie)
        x = self.lefts[first] + self.columns[first]
        # Where a line arrives its arrow ends it; a turned one has its arrow at the other end.
        head = ARROW + thick / 2
        start = x + head - 1 if tie.id in self.turned else x
        d = f"M{digits(start)} {digits(route[0])}"
        for index, (one, other) in enumerate(zip(route, route[1:], strict=False)):
            column = first + index + 1
            bend = self.bends[column]
            d += (
                f"C{digits(x + bend / 2)} {digits(one)} {digits(x + bend / 2)} {digits(other)} "
                f"{digits(x + bend)} {digits(other)}"
            )
            end = self.lefts[column]
            if index + 2 < len(route):
                end += self.columns[column]
            elif tie.id not in self.turned:
                end -= head - 1
            d += f"H{digits(end)}"
            x = self.lefts[column] + self.columns[column]
        stroke = _stroke(tie)
        picture.path(d, stroke=stroke, width=thick, dashes=None if tie.firm else "5 4",
                     tip=self._tip(tie))  # fmt: skip
        last = self.lefts[self.layers[self._ends(tie)[1]]]
        if tie.id in self.turned:
            tip_x, tip_y, way = start - head + 1, route[0], -1
        else:
            tip_x, tip_y, way = last, route[-1], 1
        half = (thick + 5) / 2
        picture.path(
            f"M{digits(tip_x)} {digits(tip_y)}L{digits(tip_x - way * head)} {digits(tip_y - half)}"
            f"V{digits(tip_y + half)}Z",
            stroke,
        )

    def _tip(self, tie: Tie) -> str:
        one, other = self.boxes[tie.start].name, self.boxes[tie.end].name
        return f"{one} → {other}" + (f": {tie.told}" if tie.told else "")

    def _told(self, picture: Picture, y: float) -> None:
        """The shares, each once at its port."""
        done = set()
        for tie in self.ties:
            end = self._ends(tie)[1]
            if not tie.told or (end, tie.port) in done:
                continue
            done.add((end, tie.port))
            middle = y + self.layout.routes[tie.id][-1]
            right = self.lefts[self.layers[end]] - ARROW - thickness(tie) / 2 - 6
            long = width(tie.told, SMALL)
            picture.rect(right - long - 3, middle - SMALL * 0.62, long + 5, SMALL * 1.24, PAPER,
                         radius=2)  # fmt: skip
            picture.text(right, middle + SMALL * 0.36, tie.told, SMALL, anchor="end",
                         fill=EMPHASIS if tie.emphasised else INK)  # fmt: skip

    def _box(self, picture: Picture, node: Drawn, y: float) -> None:
        layer = self.layers[node.id]
        left, wide = self.lefts[layer], self.columns[layer]
        high = self.layout.heights[node.id]
        top = y + self.layout.y[node.id] - high / 2
        edge = EMPHASIS if node.emphasised else colour(node.labels)
        fill = edge if node.emphasised and not node.notes else tint(edge)
        picture.rect(left, top, wide, high, fill, radius=3,
                     tip=f"{node.name} ({node.labels[0]})" if node.labels else node.name)  # fmt: skip
        picture.rect(left, top, STRIPE, high, edge, radius=2)
        text = PAPER if fill == edge else INK
        tall = self._height(node.id) - 2 * PAD + 2
        upper = top + (high - tall) / 2
        x = left + STRIPE + PAD
        bold = node.band == 2
        upper = picture.paragraph(x, upper, node.name, self.room, BODY, fill=text, bold=bold,
                                  lines=LINES)  # fmt: skip
        for number, line in enumerate(self.notes[node.id]):
            base = upper + 2 + SMALL * (ASCENT + number * LEADING)
            picture.text(x, base, line, SMALL, fill=QUIET)


def thickness(tie: Tie) -> float:
    """The width of a line."""
    return THIN if tie.size is None else THIN + (WIDEST - THIN) * min(1.0, max(0.0, tie.size))


def _stroke(tie: Tie) -> str:
    if tie.emphasised:
        return tint(EMPHASIS, 0.62)
    return GREY if tie.size is None else STEPS[0]
