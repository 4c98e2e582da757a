"""The map of the world: who makes a product and how much of it, and who is a partner of whom.

The shade is the share, in five steps that a grey printer keeps apart; the largest have their name
and share beside them. Partners are hatched, the economy that was asked for is outlined.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...ontology.errors import OrepathError
from ...ontology.vocabulary import vocabulary
from .boxes import Share
from .extent import Point
from .frame import MARGIN, SMALL, SUBHEAD, closed, opened
from .labels import Label, Labels, Land
from .letters import width as long
from .palette import EMPHASIS, INK, PAPER, QUIET
from .parts import Part, about, parts
from .svg import Picture, digits
from .world import CREDIT, HEIGHT, Place, hatching, outline, places, world
from .world import WIDTH as ACROSS

if TYPE_CHECKING:
    from ...graph.subgraph import Subgraph
    from ...queries.pictures import Drawing
    from ...queries.run import Answer

PARTS = ("place", "label", "group", "value", "low", "high", "bound")
"""The parts that a question's columns can play."""
LAND = "#eceef1"
SHADES = ("#d3e0f0", "#9dbbe0", "#5b8bc6", "#245a9c", "#0b2d5c")
FROM = (0.0, 0.05, 0.2, 0.5, 0.8)
"""Share from which each shade is used."""
RANGES = ("under 5 %", "5–20 %", "20–50 %", "50–80 %", "80 % and more")
PARTNER, PARTNER_LAND = "#7a4fa0", "#e6def0"
MAPS = 2
"""Products of which a picture has a map each."""
NAMED = 50.0
"""Units of the picture's width for each country that is named."""
POINT = 5.0
"""A shape of less than so many units of the picture is drawn as a point."""
DOT, HATCH = 3.6, 4.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A country on a map: its share as a fraction, None where it has none, and in words."""

    id: str
    name: str
    share: float | None = None
    told: str = ""
    partner: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One map: its heading and its countries, the largest share first."""

    heading: str
    marks: tuple[Mark, ...]


def picture(answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float) -> str:
    """A map for each of the first products of an answer, as SVG; raises ``OrepathError`` where no
    country of it is on the map."""
    every = sheets(parts(answer, drawing))
    drawable = [s for s in every if any(m.id in places() for m in s.marks)]
    if not drawable:
        raise OrepathError(
            "the answer names no country that is on the map",
            "Take another kind of picture, or the answer as a table.",
        )
    shown, asked = drawable[:MAPS], _asked(answer)
    canvas, y = opened(answer, about(answer, drawing), width=width)
    unnamed: list[str] = []
    for sheet in shown:
        if sheet.heading:
            room = width - 2 * MARGIN
            y = canvas.paragraph(MARGIN, y, sheet.heading, room, SUBHEAD, bold=True, lines=2) + 4
        y, without = _sheet(canvas, y, sheet, asked)
        unnamed += [m.name for m in without if m.partner]
    y = _legend(canvas, y, shown, _name(asked))
    notes = [" ".join([*_left_out(drawable, shown), CREDIT])]
    if unnamed:
        notes.insert(0, f"Partners without room for their name: {', '.join(sorted(set(unnamed)))}.")
    return closed(canvas, answer, y, notes)


def sheets(rows: Sequence[Part]) -> list[Sheet]:
    """A sheet for each group of rows.

    Rows have a ``place``, one id or several, with a ``value``; without that part the places are
    partners. Where there are several places, a list of as many values holds that of each.
    """
    groups: dict[str, dict[str, Mark]] = {}
    for row in rows:
        group = groups.setdefault(row.text("group"), {})
        partner = "value" not in row.columns
        for number, identifier in enumerate(_ids(row.get("place"))):
            share = Share(*(_at(row.get(part), number) for part in ("value", "low", "high")))
            told = share.told()
            if told and (bound := row.text("bound")):
                told = f"{bound} {told}"
            # A partner of which only a limit is known has no share that a shade could be of.
            size = share.size if told and (share.size > 0 or not partner) else None
            if not partner and size is None:
                continue
            mark = Mark(identifier, _country(identifier, row), size, told, partner)
            known = group.get(identifier)
            # A country that several rows name has the largest of their shares.
            if known is None or (known.share or 0.0) < (size or 0.0):
                group[identifier] = mark
    return [
        Sheet(heading, tuple(sorted(found.values(), key=lambda m: (-(m.share or 0.0), m.name))))
        for heading, found in groups.items()
    ]


def _ids(value: object) -> Iterable[str]:
    if isinstance(value, tuple):
        return tuple(str(v) for v in value)
    return () if value is None else (str(value),)


def _at(value: object, number: int) -> float | None:
    """A number, or that which stands at a place in a list of them."""
    if isinstance(value, tuple):
        value = value[number] if number < len(value) else None
    return float(value) if isinstance(value, int | float) else None


def _country(identifier: str, row: Part) -> str:
    told = row.text("label") if not isinstance(row.get("place"), tuple) else ""
    known = vocabulary().individuals["economy"].get(identifier, {})
    return told or str(known.get("name") or identifier)


def _asked(answer: Answer) -> tuple[str, ...]:
    """The economies that were asked for."""
    wanted = ("economy", "country")
    found = [answer.parameters.get(p.name) for p in answer.question.parameters if p.type in wanted]
    return tuple(str(value) for value in found if isinstance(value, str))


def _members(economy: str) -> frozenset[str]:
    """A country itself, or those that belong to a bloc today, by the vocabulary."""
    if economy in places():
        return frozenset({economy})
    belonging = [m for m in vocabulary().of("Membership") if m["bloc"] == economy]
    return frozenset(str(m["country"]) for m in belonging if not m.get("until"))


def _name(asked: Sequence[str]) -> str:
    known = vocabulary().individuals["economy"]
    return " and ".join(str(known.get(a, {}).get("name", a)) for a in asked if _members(a))


def _left_out(every: Sequence[Sheet], shown: Sequence[Sheet]) -> list[str]:
    found = []
    if more := len(every) - len(shown):
        found.append(f"In the table, not on a map: {more} more {_plural('product', more)}.")
    # Of a residual not the publisher, who is named below.
    names = {m.name.split(" (")[0] for s in shown for m in s.marks if m.id not in places()}
    off = sorted(names)
    if off:
        found.append(f"Not on the map: {', '.join(off)}.")
    return found


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def shade(share: float) -> str:
    """The colour of a share."""
    return SHADES[max(i for i, least in enumerate(FROM) if share >= least or i == 0)]


def _sheet(
    canvas: Picture, y: float, sheet: Sheet, asked: Sequence[str]
) -> tuple[float, list[Mark]]:
    """One map; returns its lower edge and the countries that are not named on it."""
    scale = (canvas.width - 2 * MARGIN) / ACROSS
    marks = {m.id: m for m in sheet.marks if m.id in places()}

    def at(place: Place) -> tuple[float, float]:
        return MARGIN + place.middle[0] * scale, y + place.middle[1] * scale

    drawn = [p for p in world() if p.rings]
    for place in sorted(drawn, key=lambda p: p.id in marks):
        mark = marks.get(place.id)
        d = outline(place, scale, MARGIN, y)
        # The palest shade is hardly told from other land where a printer has only grey.
        edge = QUIET if mark is not None and mark.share is not None else PAPER
        canvas.path(d, _fill(mark), stroke=edge, width=0.5, tip=_tip(mark, place))
    for mark in marks.values():
        if mark.partner:
            _hatch(canvas, places()[mark.id], mark, scale, y)
    members = frozenset().union(*(_members(a) for a in asked))
    for place in drawn:
        if place.id in members:
            d = outline(place, scale, MARGIN, y)
            canvas.path(d, stroke=EMPHASIS, width=0.9)
    points = [p for p in places().values() if p.id in marks and _is_point(p, scale)]
    for place in points:
        mark = marks[place.id]
        canvas.circle(at(place), DOT, _fill(mark), stroke=INK, width=0.6, tip=_tip(mark, place))
    frame = (MARGIN, y, canvas.width - MARGIN, y + HEIGHT * scale)
    lands = {key: _land(places()[key], scale, y) for key in marks}
    labels = Labels(frame, [at(places()[key]) for key in marks], list(lands.values()))
    named = [m for m in sheet.marks if m.id in marks][: round(canvas.width / NAMED)]
    without = [m for m in sheet.marks if m.id in marks and m not in named]
    for mark in named:
        place = places()[mark.id]
        left, top, right, bottom = (v * scale for v in place.box())
        room = (0.0, 0.0) if _is_point(place, scale) else (right - left, bottom - top)
        ground = None if mark.partner else _fill(mark)
        label = Label(mark.name, mark.told, at(place), room, lands[mark.id], ground)
        if not labels.place(label):
            without.append(mark)
    labels.draw(canvas)
    return y + HEIGHT * scale + 10, without


def _land(place: Place, scale: float, y: float) -> Land:
    left, top, right, bottom = place.box()

    def holds(point: Point) -> bool:
        there = ((point[0] - MARGIN) / scale, (point[1] - y) / scale)
        return left <= there[0] <= right and top <= there[1] <= bottom and place.holds(there)

    return holds


def _is_point(place: Place, scale: float) -> bool:
    left, top, right, bottom = place.box()
    return max(right - left, bottom - top) * scale < POINT


def _fill(mark: Mark | None) -> str:
    if mark is None:
        return LAND
    if mark.share is None:
        return PARTNER_LAND if mark.partner else LAND
    return shade(mark.share)


def _tip(mark: Mark | None, place: Place) -> str:
    return f"{mark.name} {mark.told}".strip() if mark else place.name


def _hatch(canvas: Picture, place: Place, mark: Mark, scale: float, y: float) -> None:
    rings = [[(px * scale, py * scale) for px, py in ring] for ring in place.rings]
    d = "".join(
        f"M{digits(MARGIN + a[0])} {digits(y + a[1])}L{digits(MARGIN + b[0])} {digits(y + b[1])}"
        for a, b in (hatching(rings, HATCH * 1.4) if rings else ())
    )
    dark = mark.share is not None and mark.share >= FROM[3]
    if d:
        canvas.path(d, stroke=PAPER if dark else PARTNER, width=0.8)
    canvas.path(outline(place, scale, MARGIN, y), stroke=PARTNER, width=0.8)


def _legend(canvas: Picture, y: float, shown: Sequence[Sheet], asked: str) -> float:
    """The shades and marks that occur, in lines that fit; returns the lower edge."""
    marks = [m for s in shown for m in s.marks]
    keys: list[tuple[str, str | None, bool, str]] = []
    if any(m.share is not None for m in marks):
        keys += [(fill, None, False, text) for fill, text in zip(SHADES, RANGES, strict=True)]
    if any(m.partner for m in marks):
        keys.append((PARTNER_LAND, None, True, "partner"))
    if asked:
        keys.append((PAPER, EMPHASIS, False, asked))
    x = MARGIN
    for fill, stroke, hatched, text in keys:
        room = 22 + long(text, SMALL)
        if x + room > canvas.width - MARGIN and x > MARGIN:
            x, y = MARGIN, y + SMALL * 1.6
        canvas.rect(x, y, 15, SMALL, fill, stroke=stroke)
        for step in (3, 8, 13) if hatched else ():
            canvas.line((x + step - 3, y + SMALL), (x + step + 2, y), PARTNER, width=0.8)
        canvas.text(x + 20, y + SMALL * 0.86, text, SMALL, fill=QUIET)
        x += room + 16
    return y + SMALL * 1.4 if keys else y
