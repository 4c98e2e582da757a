"""The path picture: who makes what, what it goes into, and what needs it, from left to right, or
from top to bottom for a telephone.

Each share stands on the line that leads to what it is a share of, with its interval; the line is
as wide as the share is large. See ``folded`` for what is drawn, ``columns`` and
``stacked`` for where.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ...ontology.errors import OrepathError
from ...queries.articles import with_article
from .boxes import Drawn, Folded, Tie, condensed
from .columns import ARROW, ROOMS, Columns, layers
from .folded import folded
from .frame import BODY, NARROW, SMALL, WIDTH, closed, opened
from .layers import MAKERS
from .letters import ASCENT, LEADING
from .letters import width as long
from .looks import DASHES, LINES, PAD, STRIPE, head, look, stroke, thickness, tip
from .palette import EMPHASIS, INK, PAPER, QUIET
from .parts import about
from .stacked import Stack
from .strongest import strongest
from .svg import Picture, digits

if TYPE_CHECKING:
    from ...graph.subgraph import Subgraph
    from ...queries.pictures import Drawing
    from ...queries.run import Answer

PARTS: tuple[str, ...] = ()
"""No column plays a part: what is drawn is the subgraph."""
GOAL = 1000.0
"""Units across beyond which letters become small on a page."""
FITS = 1.15
"""By how much a picture may be wider than a telephone, which then shows it smaller."""
WIDEST = 1250.0
"""Units across beyond which letters are under 7 pt even on a page of A4 that lies on its side."""
STACKED = 560.0
"""Width of a stack on a page: boxes as wide as the page would be bars."""
DEEP = 7
"""Columns beyond which products without a share are drawn together."""


def picture(
    answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float = WIDTH
) -> str:
    """An SVG of the paths in an answer's subgraph, as wide as they need but not less than
    ``width``, and just so wide for a telephone; raises ``OrepathError`` where there is none."""
    asked = [
        f"economy/{value}"
        for parameter in answer.question.parameters
        if parameter.type == "country" and (value := answer.parameters.get(parameter.name))
    ]
    if subgraph is None:
        raise OrepathError(
            "a picture of paths is drawn of the answer's subgraph, and none was given",
            "Give the subgraph beside the answer, or take another kind of picture.",
        )
    whole = folded(subgraph, asked)
    if not whole.ties:
        raise OrepathError(
            "the answer holds no path that could be drawn",
            "Ask for another material, sector or country, or take the answer as a table.",
        )
    drawn = strongest(whole)
    placed = laid_out(drawn, width)
    stacked = isinstance(placed, Stack)
    shown = (about(answer, drawing).rstrip("."), subtitle(placed.drawn, stacked=stacked))
    canvas, y = opened(answer, ". ".join(filter(None, shown)), width=max(width, placed.width))
    y = placed.draw(canvas, y) if isinstance(placed, Stack) else _Page(canvas, placed).draw(y)
    notes = []
    if more := len(whole.nodes) - len(drawn.nodes):
        notes.append(
            f"Drawn are the {len(drawn.nodes)} of {len(whole.nodes)} boxes with the largest "
            f"shares; {more} {'is' if more == 1 else 'are'} left out, and their lines."
        )
    if whole.silent:
        notes.append("Makers of whose share nothing is known are not drawn.")
    return closed(canvas, answer, y, notes)


def laid_out(drawn: Folded, width: float) -> Columns | Stack:
    """Columns from left to right; a stack where they do not fit a telephone, or a chain is so long
    that no page holds it."""
    shorter = condensed(drawn) if max(layers(drawn).values()) >= DEEP else drawn
    columns = Columns(shorter, ROOMS[0], width)
    for room in ROOMS[1:]:
        if columns.width > max(GOAL, width):
            columns = Columns(shorter, room, width)
    most = width * FITS if width < NARROW else max(WIDEST, width)
    return Stack(drawn, min(width, STACKED)) if columns.width > most else columns


def subtitle(drawn: Folded, *, stacked: bool = False) -> str:
    """What the numbers are: on the lines, or in the boxes where those are ``stacked``."""
    whose = f"{drawn.country}’s share" if drawn.country else "the maker’s share"
    where, it = ("In a box", "") if stacked else ("On a line", " that it leads to")
    told = []
    market = with_article(drawn.market) if drawn.market else None
    if "world" in drawn.bases:
        told.append(f"{where}: {whose} of the world’s output of the product{it}")
        if market:
            told[-1] += f", then of what {market} has of it"
    elif "market" in drawn.bases:
        told.append(f"{where}: {whose} of what the market has of the product{it}")
    if any("Industry" in n.labels for n in drawn.nodes):
        told.append(
            f"{where}: the maker’s share of what the industry or the market{it} has of that product"
        )
    if told and any("(" in t.told for t in drawn.ties):
        told[-1] += " (in brackets the interval)"
    if any(not t.firm for t in drawn.ties):
        told.append("Dashed: needed, but not essential")
    return ". ".join(told) + "." if told else ""


class _Page:
    """A picture that is being drawn, and where everything stands in it."""

    def __init__(self, picture: Picture, columns: Columns) -> None:
        self.picture, self.columns = picture, columns

    def draw(self, y: float) -> float:
        """Draw below ``y``; returns the lower edge."""
        columns = self.columns
        y = self._heads(y) - columns.layout.top
        for tie in sorted(columns.ties, key=lambda t: (t.emphasised, t.size or 0.0, t.id)):
            self._line(tie, y)
        self._shares(y)
        for node in columns.drawn.nodes:
            self._box(node, y)
        return y + columns.layout.bottom + 4

    def _heads(self, y: float) -> float:
        """Above the columns the name of each band, in the room to the next."""
        columns = self.columns
        spans: dict[int, list[int]] = {}
        for node in columns.drawn.nodes:
            spans.setdefault(node.band, []).append(columns.layers[node.id])
        for band, found in spans.items():
            left, following = columns.lefts[min(found)], max(found) + 1
            ended = following == len(columns.lefts)
            right = self.picture.width if ended else columns.lefts[following]
            name = head(band, columns.drawn.nodes)
            room = right - left - 8
            self.picture.text(left, y + SMALL, name, SMALL, fill=QUIET, bold=True, room=room)
        return y + SMALL * 2

    def _line(self, tie: Tie, y: float) -> None:
        columns = self.columns
        route = [y + height for height in columns.layout.routes[tie.id]]
        one, other = columns.ends(tie)
        first = columns.layers[one]
        turned = tie.id in columns.turned
        thick = thickness(tie)
        # Where a line arrives its arrow ends it; a turned one has its arrow at the other end.
        point = ARROW + thick / 2
        left = x = columns.lefts[first] + columns.widths[first]
        d = f"M{digits(x + point - 1 if turned else x)} {digits(route[0])}"
        for index, (here, there) in enumerate(pairwise(route)):
            column = first + index + 1
            half, bent = x + columns.bends[column] / 2, x + columns.bends[column]
            x = columns.lefts[column] + columns.widths[column]
            end = (
                x
                if index + 2 < len(route)
                else columns.lefts[column] - (0 if turned else point - 1)
            )
            d += (
                f"C{digits(half)} {digits(here)} {digits(half)} {digits(there)} "
                f"{digits(bent)} {digits(there)}H{digits(end)}"
            )
        dashes = None if tie.firm else DASHES
        self.picture.path(d, stroke=stroke(tie), width=thick, dashes=dashes, tip=self._tip(tie))
        if turned:
            self._arrow(left, route[0], point, thick, stroke(tie), -1)
        else:
            self._arrow(
                columns.lefts[columns.layers[other]], route[-1], point, thick, stroke(tie), 1
            )

    def _arrow(self, x: float, y: float, head: float, thick: float, fill: str, way: int) -> None:
        half = (thick + 5) / 2
        self.picture.path(
            f"M{digits(x)} {digits(y)}L{digits(x - way * head)} {digits(y - half)}"
            f"V{digits(y + half)}Z",
            fill,
        )

    def _tip(self, tie: Tie) -> str:
        one, other = self.columns.boxes[tie.start].name, self.columns.boxes[tie.end].name
        return f"{one} → {other}" + (f": {tie.told}" if tie.told else "")

    def _shares(self, y: float) -> None:
        """The shares, each once at its port."""
        columns = self.columns
        done = set()
        for tie in columns.ties:
            end = columns.ends(tie)[1]
            if not tie.told or (end, tie.port) in done:
                continue
            done.add((end, tie.port))
            middle = y + columns.layout.routes[tie.id][-1]
            right = columns.lefts[columns.layers[end]] - ARROW - thickness(tie) / 2 - 6
            wide, top = long(tie.told, SMALL), middle - SMALL * 0.62
            self.picture.rect(right - wide - 3, top, wide + 5, SMALL * 1.24, PAPER, radius=2)
            fill = EMPHASIS if tie.emphasised else INK
            base = middle + SMALL * 0.36
            self.picture.text(right, base, tie.told, SMALL, anchor="end", fill=fill)

    def _box(self, node: Drawn, y: float) -> None:
        columns, picture = self.columns, self.picture
        layer = columns.layers[node.id]
        left, wide = columns.lefts[layer], columns.widths[layer]
        high = columns.layout.heights[node.id]
        top = y + columns.layout.y[node.id] - high / 2
        colours = look(node)
        picture.rect(left, top, wide, high, colours.ground, radius=3, tip=tip(node))
        picture.rect(left, top, STRIPE, high, colours.edge, radius=2)
        x = left + STRIPE + PAD
        upper = top + (high - columns.height(node.id)) / 2 + PAD - 1
        bold = node.band == MAKERS
        upper = picture.paragraph(
            x, upper, node.name, columns.room, BODY, fill=colours.letters, bold=bold, lines=LINES
        )
        for number, line in enumerate(columns.notes[node.id]):
            base = upper + 2 + SMALL * (ASCENT + number * LEADING)
            picture.text(x, base, line, SMALL, fill=QUIET)
