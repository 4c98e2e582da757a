"""A picture being drawn: shapes and texts with known boxes, written as SVG.

Everything is placed by its caller; nothing here knows what is drawn. Numbers are written with two
digits at most, and attributes in a fixed order, so that the same picture is the same bytes. Each
text says its own width, so that a viewer without the font keeps within it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from .extent import Box, Point
from .letters import ASCENT, FAMILY, LEADING, Lines, clean, shortened, width
from .palette import INK, PAPER

Anchor = Literal["start", "middle", "end"]
_SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


def digits(value: float) -> str:
    """A length as the file writes it."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Shapes:
    """Shapes in the order in which they are drawn, later ones above earlier ones."""

    def __init__(self) -> None:
        self._parts: list[str | Shapes] = []

    def layer(self) -> Shapes:
        """Shapes that stay below all that is drawn after this call, whenever they are added."""
        below = Shapes()
        self._parts.append(below)
        return below

    def elements(self) -> list[str]:
        """All elements as they are written."""
        return [
            element
            for part in self._parts
            for element in (part.elements() if isinstance(part, Shapes) else [part])
        ]

    def _add(
        self, name: str, attributes: dict[str, float | str | None], tip: str | None, text: str = ""
    ) -> None:
        told = "".join(
            f" {key}={quoteattr(value if isinstance(value, str) else digits(value))}"
            for key, value in attributes.items()
            if value is not None
        )
        inner = escape(text) + (f"<title>{escape(clean(tip))}</title>" if tip else "")
        self._parts.append(f"<{name}{told}>{inner}</{name}>" if inner else f"<{name}{told}/>")

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        stroke: str | None = None,
        radius: float | None = None,
        tip: str | None = None,
    ) -> None:
        """A rectangle; ``stroke`` is the colour of its edge."""
        self._add(
            "rect",
            {
                "x": x, "y": y, "width": width, "height": height, "rx": radius, "fill": fill,
                "stroke": stroke,
            },
            tip,
        )  # fmt: skip

    def line(
        self,
        start: Point,
        end: Point,
        stroke: str,
        *,
        width: float = 1,
        dashes: str | None = None,
        tip: str | None = None,
    ) -> None:
        """A straight line; ``dashes`` like ``4 3``."""
        self._add(
            "line",
            {
                "x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1], "stroke": stroke,
                "stroke-width": width, "stroke-dasharray": dashes,
            },
            tip,
        )  # fmt: skip

    def circle(
        self,
        centre: Point,
        radius: float,
        fill: str,
        *,
        stroke: str | None = None,
        width: float | None = None,
        tip: str | None = None,
    ) -> None:
        """A circle; ``width`` is that of its edge."""
        self._add(
            "circle",
            {
                "cx": centre[0], "cy": centre[1], "r": radius, "fill": fill, "stroke": stroke,
                "stroke-width": width,
            },
            tip,
        )  # fmt: skip

    def path(
        self,
        d: str,
        fill: str = "none",
        *,
        stroke: str | None = None,
        width: float | None = None,
        dashes: str | None = None,
        opacity: float | None = None,
        tip: str | None = None,
    ) -> None:
        """A path by its commands, which the caller writes with ``digits``."""
        self._add(
            "path",
            {
                "d": d, "fill": fill, "stroke": stroke, "stroke-width": width,
                "stroke-dasharray": dashes, "opacity": opacity,
                "stroke-linejoin": "round" if stroke else None,
            },
            tip,
        )  # fmt: skip


class Picture(Shapes):
    """A picture of fixed width that grows downwards.

    ``title`` and ``description`` are its alt text. ``boxes`` are those of the texts drawn so far;
    a text that could not stay whole has the whole of it as a tip.
    """

    def __init__(self, width: float, title: str, description: str) -> None:
        super().__init__()
        self.width = width
        self.title = clean(title)
        self.description = clean(description) or self.title
        self.boxes: list[Box] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        fill: str = INK,
        bold: bool = False,
        anchor: Anchor = "start",
        room: float | None = None,
        angle: float = 0,
        halo: str | None = None,
        tip: str | None = None,
    ) -> float:
        """One line of text on the base line ``y``; returns its width.

        Longer than ``room`` it is shortened. ``angle`` turns it about its anchor, in degrees,
        clockwise. ``halo`` is the colour of a rim that keeps it legible above lines.
        """
        whole = clean(text)
        told = whole if room is None else shortened(whole, room, size, bold=bold)
        if not told:
            return 0.0
        if told != whole and tip is None:
            tip = whole
        long = width(told, size, bold=bold)
        left = x - long * _SHIFT[anchor]
        self.boxes.append(Box.of(told, left, y, long, size, (x, y), angle))
        self._add(
            "text",
            {
                "x": x, "y": y, "font-size": size, "font-weight": "700" if bold else None,
                "fill": fill, "text-anchor": anchor if anchor != "start" else None,
                "textLength": long if len(told) > 1 else None,
                "lengthAdjust": "spacingAndGlyphs" if len(told) > 1 else None,
                "stroke": halo, "stroke-width": 4 if halo else None,
                "stroke-linejoin": "round" if halo else None,
                "paint-order": "stroke" if halo else None,
                "transform": f"rotate({digits(angle)} {digits(x)} {digits(y)})" if angle else None,
            },
            tip,
            told,
        )  # fmt: skip
        return long

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        size: float,
        *,
        fill: str = INK,
        bold: bool = False,
        anchor: Anchor = "start",
        lines: int | None = None,
    ) -> float:
        """Text in lines below ``y``, its upper edge; returns the lower edge.

        Of more than ``lines`` lines the last ends in an ellipsis and has the whole as its tip.
        """
        found = Lines.of(text, room, size, bold=bold, most=lines)
        return self.lines(x, y, found, fill=fill, anchor=anchor)

    def lines(
        self, x: float, y: float, lines: Lines, *, fill: str = INK, anchor: Anchor = "start"
    ) -> float:
        """Lines below ``y``, their upper edge; returns the lower edge."""
        last = len(lines.told) - 1
        for number, line in enumerate(lines.told):
            base = y + lines.size * (ASCENT + number * LEADING)
            tip = lines.whole if number == last else None
            self.text(x, base, line, lines.size, fill=fill, bold=lines.bold, anchor=anchor, tip=tip)
        return y + lines.height

    def svg(self, height: float) -> str:
        """The whole document, white behind, with its alt text."""
        size = f'width="{digits(self.width)}" height="{digits(height)}"'
        box = f'viewBox="0 0 {digits(self.width)} {digits(height)}"'
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img"'
                f" aria-label={quoteattr(self.title)}"
                f" font-family=\"{FAMILY}, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif\">",
                f"<title>{escape(self.title)}</title>",
                f"<desc>{escape(self.description)}</desc>",
                f'<rect x="0" y="0" {size} fill="{PAPER}"/>',
                *self.elements(),
                "</svg>",
                "",
            ]
        )


def polyline(points: Iterable[Point]) -> str:
    """The commands of a path through points."""
    return "".join(
        f"{'L' if number else 'M'}{digits(x)} {digits(y)}" for number, (x, y) in enumerate(points)
    )
