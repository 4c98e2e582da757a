"""Flows into a market: what it has of each product, by where that was made.

Only for shares that add up, such as those of a reconciled supply: what is left to the whole is
drawn as not known. Shares of world output are no flows, and no question draws them so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...graph.shares import percent
from ...ontology.errors import OrepathError
from .boxes import Share
from .frame import BODY, MARGIN, NARROW, SMALL, closed, opened
from .letters import Lines
from .letters import width as long
from .palette import EMPHASIS, INK, PAPER, QUIET, REST, STEPS
from .parts import Part, about, parts
from .svg import Picture, digits

if TYPE_CHECKING:
    from ...graph.subgraph import Subgraph
    from ...queries.pictures import Drawing
    from ...queries.run import Answer

PARTS = ("label", "group", "value", "low", "high")
"""The parts that a question's columns can play."""
PRODUCTS = 4
"""Products that a picture holds."""
WHOLE = 150.0
"""Height of a product's whole."""
LINE = 15.0
"""Least height of a flow with its share, so that no two shares lie on one another."""
GAP, NODE = 12.0, 10.0
"""Between two blocks of a side; the width of a block."""
SMALLEST = 0.01
"""Share below which suppliers are drawn together."""
OTHERS, UNKNOWN = "other suppliers", "not known"


@dataclass(frozen=True, slots=True)
class Flow:
    """What of a product comes from a supplier, as a fraction of what the market has."""

    supplier: str
    product: str
    share: float
    told: str


def picture(answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float) -> str:
    """Flows of an answer, as SVG; raises ``OrepathError`` where no share is known."""
    found = flows(parts(answer, drawing))
    if not found:
        raise OrepathError(
            "of no product the answer knows shares that add up to a whole",
            "Take another kind of picture, or the answer as a table.",
        )
    products = list(dict.fromkeys(f.product for f in found))
    shown = products[:PRODUCTS]
    canvas, y = opened(answer, about(answer, drawing), width=width)
    y = _Sides([f for f in found if f.product in shown], width).draw(canvas, y)
    notes = [f"Suppliers of less than {percent(SMALLEST)} are drawn together."]
    if more := len(products) - len(shown):
        notes.append(f"In the table only: {more} more {'product' if more == 1 else 'products'}.")
    return closed(canvas, answer, y, [" ".join(notes)])


def flows(rows: list[Part]) -> list[Flow]:
    """The flows of each product that has shares, the largest first, with what is left to its
    whole; products of which the shares exceed it by more than rounding are left out."""
    by_product: dict[str, list[Part]] = {}
    for row in rows:
        if row.number("value") is not None and row.text("label"):
            by_product.setdefault(row.text("group"), []).append(row)
    found: list[Flow] = []
    for product, members in by_product.items():
        shares = [(row, row.number("value") or 0.0) for row in members]
        total = sum(share for _, share in shares)
        if total > 1.02 or total <= 0:
            continue
        large = sorted((s for s in shares if s[1] >= SMALLEST), key=lambda s: (-s[1], _name(s[0])))
        found += [Flow(_name(row), product, share, _told(row)) for row, share in large]
        others = total - sum(share for _, share in large)
        for name, rest in ((OTHERS, others), (UNKNOWN, 1 - total)):
            if rest >= 0.005:
                found.append(Flow(name, product, rest, percent(rest)))
    return found


def _name(row: Part) -> str:
    return row.text("label").split(" (")[0]


def _told(row: Part) -> str:
    return Share(row.number("value"), row.number("low"), row.number("high")).told()


class _Sides:
    """Suppliers on the left, products on the right; a flow has the same height on both."""

    def __init__(self, found: list[Flow], width: float) -> None:
        self.flows, self.width = found, width
        weights: dict[str, float] = {}
        for flow in found:
            weights[flow.supplier] = weights.get(flow.supplier, 0.0) + flow.share
        last = (OTHERS, UNKNOWN)
        self.suppliers = sorted(
            weights, key=lambda s: (last.index(s) if s in last else -1, -weights[s], s)
        )
        self.products = list(dict.fromkeys(f.product for f in found))
        narrow = width < NARROW
        names = max(long(s, BODY) for s in self.suppliers)
        self.names = min(names, width * (0.24 if narrow else 0.22))
        self.room = width * (0.2 if narrow else 0.18)
        self.shares = max(long(f.told, SMALL) for f in found) + 12
        self.first = self.suppliers[0] if self.suppliers[0] not in last else ""

    def height(self, flow: Flow) -> float:
        return flow.share * WHOLE

    def draw(self, canvas: Picture, y: float) -> float:
        """Draw below ``y``; returns the lower edge."""
        left = MARGIN + self.names + 8
        right = self.width - MARGIN - self.room - 8 - NODE
        starts, below = self._left(canvas, y, left)
        ends, deeper = self._right(canvas, y, right)
        bend, level = left + NODE, right - self.shares
        for flow in self.flows:
            self._ribbon(canvas, flow, (bend, starts[flow]), (level, ends[flow]), right)
        for flow in self.flows:
            base = ends[flow] + SMALL * 0.36
            if self.height(flow) < LINE:
                wide = long(flow.told, SMALL)
                top = ends[flow] - LINE / 2 + 1
                canvas.rect(right - wide - 9, top, wide + 6, LINE - 2, PAPER)
            canvas.text(right - 6, base, flow.told, SMALL, anchor="end", fill=INK)
        return max(below, deeper)

    def _left(self, canvas: Picture, y: float, x: float) -> tuple[dict[Flow, float], float]:
        """The suppliers' blocks and names; the middles of their flows and the lower edge."""
        middles: dict[Flow, float] = {}
        order = {p: i for i, p in enumerate(self.products)}
        for supplier in self.suppliers:
            mine = [f for f in self.flows if f.supplier == supplier]
            tall = sum(self.height(f) for f in mine)
            lines = Lines.of(supplier, self.names, BODY, bold=supplier == self.first, most=2)
            room = max(tall, lines.height)
            top = y + (room - tall) / 2
            canvas.rect(x, top, NODE, tall, self._fill(supplier))
            canvas.lines(x - 8, y + (room - lines.height) / 2, lines, anchor="end")
            for flow in sorted(mine, key=lambda f: order[f.product]):
                middles[flow] = top + self.height(flow) / 2
                top += self.height(flow)
            y += room + GAP / 2
        return middles, y

    def _right(self, canvas: Picture, y: float, x: float) -> tuple[dict[Flow, float], float]:
        """The products' blocks and names; the middles of the flows before them, far enough apart
        for their shares, and the lower edge."""
        middles: dict[Flow, float] = {}
        order = {s: i for i, s in enumerate(self.suppliers)}
        for product in self.products:
            mine = sorted(
                (f for f in self.flows if f.product == product), key=lambda f: order[f.supplier]
            )
            top = y
            for flow in mine:
                room = max(self.height(flow), LINE)
                middles[flow] = y + room / 2
                canvas.rect(x, y + (room - self.height(flow)) / 2, NODE, self.height(flow), INK)
                y += room
            lines = Lines.of(product, self.room, BODY, most=4)
            lower = canvas.lines(x + NODE + 8, max(top, (top + y - lines.height) / 2), lines)
            y = max(y, lower) + GAP
        return middles, y

    def _fill(self, supplier: str) -> str:
        if supplier == self.first:
            return EMPHASIS
        return QUIET if supplier == UNKNOWN else STEPS[0]

    def _ribbon(
        self,
        canvas: Picture,
        flow: Flow,
        start: tuple[float, float],
        end: tuple[float, float],
        right: float,
    ) -> None:
        half = self.height(flow) / 2
        (x1, y1), (x2, y2) = start, end
        middle = (x1 + x2) / 2
        top = f"C{digits(middle)} {digits(y1 - half)} {digits(middle)} {digits(y2 - half)}"
        back = f"C{digits(middle)} {digits(y2 + half)} {digits(middle)} {digits(y1 + half)}"
        d = (
            f"M{digits(x1)} {digits(y1 - half)}{top} {digits(x2)} {digits(y2 - half)}"
            f"H{digits(right)}V{digits(y2 + half)}H{digits(x2)}{back} {digits(x1)} "
            f"{digits(y1 + half)}Z"
        )
        fill = {self.first: EMPHASIS, UNKNOWN: REST}.get(flow.supplier, STEPS[1])
        tip = f"{flow.supplier} → {flow.product}: {flow.told}"
        canvas.path(d, fill, opacity=0.42 if flow.supplier != UNKNOWN else 1, tip=tip)
