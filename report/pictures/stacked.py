"""The path picture for a telephone: boxes below each other, with lines in lanes to their left.

A share stands in the box to which its line leads, with the maker's name; where many supply one
market, in the supplier's. Lines are as wide there as the share is large. See
``lanes`` for the order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ...queries.articles import with_article
from .boxes import Drawn, Folded, Tie
from .columns import layers
from .frame import BODY, MARGIN, SMALL
from .lanes import Trunk, ordered, trunks
from .layers import MAKERS, MARKET
from .letters import ASCENT, LEADING, paragraph_height, wrapped
from .looks import DASHES, LINES, PAD, STRIPE, THIN, head, look, stroke, thickness, tip
from .palette import EMPHASIS, INK, PAPER, QUIET
from .svg import Picture, digits

PITCH, GUTTER = 9.0, 116.0
"""From one lane to the next at most, and the width of all lanes together at most."""
LANDING = 15.0
"""Between the lanes and the boxes, for the arrows."""
PORT, ARROW = 8.0, 5.0
"""From one line at the edge of a box to the next; the length of an arrow."""
SUPPLIERS = 4
"""Shares that the box of a market tells at most; of more each stands in the supplier's."""
GAP, BELOW = 7.0, 12.0
"""Between two boxes, and between two bands."""
TURN = 4.0
"""Radius of a line's corner."""
MERGED = 2.2
"""The width of a line in which those of several boxes run together."""
HALO = 3.0
"""By how much a line that crosses others interrupts them."""


class Stack:
    """A folded subgraph from top to bottom, in a picture of any width."""

    def __init__(self, drawn: Folded, width: float) -> None:
        self.drawn, self.width = drawn, width
        self.boxes = {n.id: n for n in drawn.nodes}
        self.order = ordered(drawn, layers(drawn))
        self.trunks = trunks(drawn.ties, self.order)
        lanes = 1 + max(t.lane for t in self.trunks)
        self.pitch = min(PITCH, GUTTER / lanes)
        self.left = MARGIN + (lanes - 1) * self.pitch + LANDING + THIN
        self.wide = width - MARGIN - self.left
        self.room = self.wide - STRIPE - 2 * PAD
        self.told = self._told()
        self.ports = self._ports()
        self.names = {
            n.id: wrapped(n.name, self.room, BODY, bold=n.band == MAKERS, lines=LINES)
            for n in drawn.nodes
        }
        self.lines = {n.id: self._lines(n) for n in drawn.nodes}
        self.heights = {n: self._height(n) for n in self.order}

    def _told(self) -> dict[str, list[Tie]]:
        """The lines whose shares are told in a box, each share once."""
        once = {(t.end, t.port, t.told): t for t in reversed(self.drawn.ties) if t.told}
        entering = Counter(tie.end for tie in once.values())
        found: dict[str, list[Tie]] = defaultdict(list)
        for tie in reversed(once.values()):
            found[tie.start if self._crowded(tie, entering) else tie.end].append(tie)
        return found

    def _crowded(self, tie: Tie, entering: Mapping[str, int]) -> bool:
        """Whether a market has more suppliers than its box could name."""
        market = self.boxes[tie.end].band == MARKET and self.drawn.country is None
        return market and entering[tie.end] > SUPPLIERS

    def _lines(self, node: Drawn) -> list[tuple[str, str]]:
        """What stands below a box's name, line by line, each with its colour."""
        texts = [(note, QUIET) for note in node.notes]
        told = sorted(
            self.told.get(node.id, ()), key=lambda t: (t.start == node.id, -(t.size or 0.0))
        )
        texts += [(self._share(tie, node.id), EMPHASIS if tie.emphasised else INK) for tie in told]
        if look(node).letters == PAPER:
            texts = [(text, PAPER) for text, _ in texts]
        return [
            (line, fill)
            for text, fill in texts
            for line in wrapped(text, self.room, SMALL, lines=LINES)
        ]

    def _share(self, tie: Tie, box: str) -> str:
        if box == tie.start:
            return f"{tie.told} of what {with_article(self.boxes[tie.end].name)} has"
        return f"{self.drawn.country or self.boxes[tie.start].full_name}: {tie.told}"

    def _ports(self) -> dict[str, list[Trunk]]:
        """The trunks at the edge of each box from top to bottom. What comes in stands above what
        leaves; of several that end here the nearer lane, so that they do not cross."""
        place = {node: number for number, node in enumerate(self.order)}
        found: dict[str, list[tuple[int, int, Trunk]]] = defaultdict(list)
        for trunk in self.trunks:
            for end in trunk.ends:
                above = place[trunk.starts[0]] < place[end]
                found[end].append((0, trunk.lane if above else -trunk.lane, trunk))
            for start in trunk.starts:
                found[start].append((1, -trunk.lane, trunk))
        return {
            node: [t for *_, t in sorted(some, key=lambda x: x[:2])] for node, some in found.items()
        }

    def _height(self, node: str) -> float:
        text = paragraph_height(len(self.names[node]), BODY)
        if lines := self.lines[node]:
            text += paragraph_height(len(lines), SMALL) + 2
        return max(text + 2 * PAD - 2, (len(self.ports.get(node, ())) + 1) * PORT)

    def draw(self, picture: Picture, y: float) -> float:
        """Draw below ``y``; returns the lower edge."""
        tops, y = self._placed(picture, y)
        at = {
            (node, trunk): tops[node] + self.heights[node] * (number + 1) / (len(some) + 1)
            for node, some in self.ports.items()
            for number, trunk in enumerate(some)
        }
        # Bars first: what leads to a box interrupts the lanes that it crosses.
        for trunk in self.trunks:
            self._bar(picture, trunk, [at[n, trunk] for n in (*trunk.starts, *trunk.ends)])
        for trunk in sorted(self.trunks, key=lambda t: -t.lane):
            for start in trunk.starts:
                ties = [t for t in trunk.ties if t.start == start]
                bend = 1 if tops[trunk.ends[-1]] > tops[start] else -1
                self._branch(picture, trunk, at[start, trunk], ties, bend, self.left)
            for end in trunk.ends:
                ties = [t for t in trunk.ties if t.end == end]
                bend = -1 if tops[trunk.starts[0]] < tops[end] else 1
                tip_at = self.left - self._thickness(ties) / 2 - ARROW
                self._branch(picture, trunk, at[end, trunk], ties, bend, tip_at + 1)
                self._arrow(picture, at[end, trunk], tip_at, ties)
        for node in self.order:
            self._box(picture, self.boxes[node], tops[node])
        return y

    def _placed(self, picture: Picture, y: float) -> tuple[dict[str, float], float]:
        """The upper edges of the boxes; the heads of bands are drawn on the way."""
        tops: dict[str, float] = {}
        before: int | None = None
        for node in self.order:
            band = self.boxes[node].band
            if band != before:
                y += BELOW if before is not None else 0.0
                told = head(band, self.drawn.nodes)
                picture.text(self.left, y + SMALL, told, SMALL, fill=QUIET, bold=True)
                y += SMALL * 1.7
                before = band
            tops[node] = y
            y += self.heights[node] + GAP
        return tops, y

    def _x(self, trunk: Trunk) -> float:
        return self.left - LANDING - trunk.lane * self.pitch

    def _thickness(self, ties: Sequence[Tie]) -> float:
        """That of the greatest share; lines of several boxes add up to no share."""
        if len({t.start for t in ties}) > 1:
            return min(MERGED, self.pitch - 2)
        return min(max(thickness(t) for t in ties), self.pitch - 2)

    def _bar(self, picture: Picture, trunk: Trunk, heights: Sequence[float]) -> None:
        """The part of a trunk in its lane, between its outermost corners."""
        one, other = min(heights) + TURN, max(heights) - TURN
        if other > one:
            d = f"M{digits(self._x(trunk))} {digits(one)}V{digits(other)}"
            picture.path(
                d, stroke=stroke(_strongest(trunk.ties)), width=self._thickness(trunk.ties)
            )

    def _branch(
        self,
        picture: Picture,
        trunk: Trunk,
        y: float,
        ties: Sequence[Tie],
        bend: int,
        right: float,
    ) -> None:
        """From a box to the lane of a trunk, which lies below (``bend`` 1) or above it (-1)."""
        x, wide = self._x(trunk), self._thickness(ties)
        if trunk.lane:
            across = f"M{digits(x + TURN + 1)} {digits(y)}H{digits(self.left - LANDING + TURN)}"
            picture.path(across, stroke=PAPER, width=wide + HALO)
        ink = stroke(_strongest(ties))
        corner = f"M{digits(x)} {digits(y + TURN * bend)}Q{digits(x)} {digits(y)}"
        narrow = min(wide, self._thickness(trunk.ties))
        picture.path(f"{corner} {digits(x + TURN)} {digits(y)}h1", stroke=ink, width=narrow)
        picture.path(
            f"M{digits(x + TURN)} {digits(y)}H{digits(right)}",
            stroke=ink,
            width=wide,
            dashes=None if any(t.firm for t in ties) else DASHES,
            tip="; ".join(self._tip(t) for t in ties),
        )

    def _arrow(self, picture: Picture, y: float, base: float, ties: Sequence[Tie]) -> None:
        half = (self._thickness(ties) + 5) / 2
        d = f"M{digits(self.left)} {digits(y)}L{digits(base)} {digits(y - half)}V{digits(y + half)}"
        picture.path(f"{d}Z", stroke(_strongest(ties)))

    def _tip(self, tie: Tie) -> str:
        one, other = self.boxes[tie.start].name, self.boxes[tie.end].name
        return f"{one} → {other}" + (f": {tie.told}" if tie.told else "")

    def _box(self, picture: Picture, node: Drawn, top: float) -> None:
        high, colours = self.heights[node.id], look(node)
        picture.rect(self.left, top, self.wide, high, colours.ground, radius=3, tip=tip(node))
        picture.rect(self.left, top, STRIPE, high, colours.edge, radius=2)
        x, y = self.left + STRIPE + PAD, top + PAD - 1
        y = picture.paragraph(
            x, y, node.name, self.room, BODY, fill=colours.letters, bold=node.band == MAKERS,
            lines=LINES,
        )  # fmt: skip
        for number, (line, fill) in enumerate(self.lines[node.id]):
            base = y + 2 + SMALL * (ASCENT + number * LEADING)
            picture.text(x, base, line, SMALL, fill=fill)


def _strongest(ties: Sequence[Tie]) -> Tie:
    """The line by which several that run together are coloured."""
    return max(ties, key=lambda t: (t.emphasised, t.size or 0.0, t.id))
