"""The stage ladder: materials down, stages across, in each cell who makes how much of the product.

Beside a material stand its restriction and the technologies that need it. On a narrow picture the
stages of a material stand below each other and the technologies are named in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import TYPE_CHECKING

from .frame import BODY, MARGIN, SMALL, closed, opened
from .letters import Lines, shortened
from .letters import width as long
from .palette import BAND, EMPHASIS, INK, LINE, PAPER, QUIET, REST, STEPS
from .parts import about, parts
from .rung_cell import BAR, TINY, laid
from .rungs import read_rungs, stages_of, technologies_of
from .svg import Picture, digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...graph.subgraph import Subgraph
    from ...queries.pictures import Drawing
    from ...queries.run import Answer
    from .rungs import Rung

PARTS = (
    *("material", "stage", "position", "product", "maker", "share", "bound", "period"),
    *("essential", "also", "restricts", "in_force"),
)
"""The parts that a question's columns can play."""
NARROW = 620
"""Width below which the stages of a material stand below each other."""
NAMES = 128.0
"""Width of the column of materials."""
HEAD = 11.5
"""Size of the letters of a stage's name."""
DOT, DOTS = 5.0, 19.0
"""Radius of a technology's dot, and from one to the next."""
TURN = -58.0
"""Degrees by which the names of technologies are turned."""
HEADS = 160.0
"""Longest name of a technology, in units."""
HEADROOM = 9.0
"""By how much a stage's name may be wider than the bars below it."""


def picture(answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float) -> str:
    """The ladder of an answer to ``stage-ladder``, as SVG."""
    rungs = read_rungs(parts(answer, drawing))
    country = answer.names.get("country", "the country")
    drawn, y = opened(answer, about(answer, drawing), width=width)
    y = _legend(drawn, y, country, rungs, dots=width >= NARROW)
    stages = stages_of(rungs)
    if width < NARROW:
        for number, rung in enumerate(rungs):
            y = _block(drawn, y, rung, stages, banded=number % 2 == 0)
        return closed(drawn, answer, y, _notes(answer, ()))
    technologies, left_out = technologies_of(rungs)
    grid = Grid.of(width, stages, technologies)
    y = _heads(drawn, y, grid)
    for number, rung in enumerate(rungs):
        y = _rung(drawn, y, rung, grid, banded=number % 2 == 0)
    return closed(drawn, answer, y, _notes(answer, left_out))


def _notes(answer: Answer, left_out: Sequence[str]) -> list[str]:
    notes = ["–: nobody's share is known; no cell: the chain has no such product there."]
    if left_out:
        notes.append(f"Other technologies that need one of these: {', '.join(left_out)}.")
    columns = {c.name: i for i, c in enumerate(answer.columns)}
    if answer.rows and "left_out" in columns and (more := answer.rows[0][columns["left_out"]]):
        notes.append(f"{more} more materials in the table.")
    return [" ".join(notes)]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns stand: stages at ``left``, each ``wide``; technologies at ``dots``."""

    width: float
    stages: tuple[str, ...]
    left: tuple[float, ...]
    wide: float
    technologies: tuple[str, ...]
    dots: tuple[float, ...]

    @classmethod
    def of(cls, width: float, stages: Sequence[str], technologies: Sequence[str]) -> Grid:
        """The columns for a width: the technologies take what they need, the stages the rest."""
        longest = max((min(long(name, SMALL), HEADS) for name in technologies), default=0.0)
        lean = longest * cos(radians(TURN))
        needed = len(technologies) * DOTS + lean * 0.75
        begin, end = MARGIN + NAMES, width - MARGIN - needed - 4
        count = max(len(stages), 1)
        step = (end - begin) / count
        dots = tuple(end + 10 + DOTS * i + DOT for i in range(len(technologies)))
        left = tuple(begin + step * i for i in range(len(stages)))
        return cls(width, tuple(stages), left, step - 12, tuple(technologies), dots)

    def columns(self) -> Iterable[tuple[float, str]]:
        """The stages, each with its left edge."""
        return zip(self.left, self.stages, strict=True)


def _legend(drawn: Picture, y: float, country: str, rungs: Sequence[Rung], *, dots: bool) -> float:
    """What the marks mean, in as many lines as it takes; returns the lower edge."""
    bounds = {m.text("bound") for r in rungs for c in r.cells for m in c.makers}
    entries = [("bar", country), ("steps", "the three that make most besides"), ("rest", "others")]
    entries += [("frame", "at most")] if "at most" in bounds else []
    entries += [("full", "essential"), ("ring", "used")] if dots else []
    entries += [("mark", "restriction in force")] if any(r.in_force for r in rungs) else []
    entries += (
        [("open", "suspended or announced")]
        if any(r.restricts and not r.in_force for r in rungs)
        else []
    )
    x, base = MARGIN, y + 10
    for kind, text in entries:
        needed = (39 if kind == "steps" else 18) + long(text, SMALL) + 16
        if x > MARGIN and x + needed - 16 > drawn.width - MARGIN:
            x, base = MARGIN, base + 17
        x = _key(drawn, x, base, kind) + 5
        x += drawn.text(x, base, text, SMALL, fill=INK, room=drawn.width - MARGIN - x) + 16
    return base + 12


def _key(drawn: Picture, x: float, base: float, kind: str) -> float:
    """One mark of the legend; returns its right edge."""
    top, side = base - 9, 10.0
    if kind == "steps":
        for number, colour in enumerate(STEPS):
            drawn.rect(x + number * side, top, side, side, colour)
        return x + 3 * side
    if kind in ("full", "ring"):
        _dot(drawn, x + DOT, base - 4, full=kind == "full")
        return x + 2 * DOT
    if kind in ("mark", "open"):
        _mark(drawn, x + 3, top, side, in_force=kind == "mark")
        return x + 7
    fill = {"bar": EMPHASIS, "rest": REST}.get(kind, PAPER)
    drawn.rect(x, top, side, side, fill, stroke=EMPHASIS if kind == "frame" else None)
    return x + side


def _dot(drawn: Picture, x: float, y: float, *, full: bool, tip: str | None = None) -> None:
    if full:
        drawn.circle((x, y), DOT, INK, tip=tip)
    else:
        drawn.circle((x, y), DOT - 0.75, PAPER, stroke=INK, width=1.5, tip=tip)


def _mark(
    drawn: Picture, x: float, y: float, height: float, *, in_force: bool, tip: str | None = None
) -> None:
    fill = INK if in_force else PAPER
    drawn.rect(x, y, 4, height, fill, stroke=INK, tip=tip)


def _heads(drawn: Picture, y: float, grid: Grid) -> float:
    """Names of the stages and, turned, of the technologies; returns where the rungs begin."""
    names = [shortened(name, HEADS, SMALL) for name in grid.technologies]
    turned = max((long(name, SMALL) * sin(radians(-TURN)) for name in names), default=0.0)
    heads = [
        Lines.of(_capital(stage), grid.wide + HEADROOM, HEAD, bold=True, most=3)
        for stage in grid.stages
    ]
    tall = max((head.height for head in heads), default=0.0)
    bottom = y + max(turned + 6, tall) + 6
    for x, head in zip(grid.left, heads, strict=True):
        drawn.lines(x, bottom - head.height - 4, head)
    for x, name in zip(grid.dots, grid.technologies, strict=True):
        drawn.text(x + 3, bottom - 6, name, SMALL, room=HEADS, angle=TURN)
    return bottom


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rung(drawn: Picture, y: float, rung: Rung, grid: Grid, *, banded: bool) -> float:
    room = NAMES - 18
    below = Lines.of(_first_part(rung.restricts), room, TINY, most=2)
    named = Lines.of(rung.material, room, BODY, bold=True, most=2)
    tall = named.height + below.height
    cells = [(x, laid(cell, grid.wide)) for x, at in grid.columns() if (cell := rung.at(at))]
    deepest = max((cell.depth for _, cell in cells), default=BAR + TINY * 1.3)
    height = max(tall + 8, deepest + 12)
    if banded:
        drawn.rect(MARGIN - 8, y, grid.width - 2 * MARGIN + 16, height, BAND)
    top = y + (height - tall) / 2
    drawn.lines(MARGIN + 4, drawn.lines(MARGIN + 4, top, named), below, fill=QUIET)
    if rung.restricts:
        _mark(drawn, MARGIN - 6, y + 5, height - 10, in_force=rung.in_force, tip=rung.restricts)
    middle = y + height / 2
    for x, placed in cells:
        placed.draw(drawn, x, y + (height - deepest) / 2)
    for x, name in zip(grid.dots, grid.technologies, strict=True):
        if name in rung.essential or name in rung.also:
            word = "essential in" if name in rung.essential else "used in"
            tip = f"{rung.material} is {word} {name}"
            _dot(drawn, x, middle, full=name in rung.essential, tip=tip)
    return y + height


def _first_part(restricts: str) -> str:
    """What is told below a material's name: the first state, with what is of that state."""
    return restricts.split(";")[0].strip()


def _block(drawn: Picture, y: float, rung: Rung, stages: Iterable[str], *, banded: bool) -> float:
    """A material on a narrow picture: its name, a bar a stage, and words; returns the end."""
    room = drawn.width - 2 * MARGIN
    ground = drawn.layer()
    start = y
    y = drawn.paragraph(MARGIN + 4, y + 7, rung.material, room, BODY, bold=True, lines=2)
    y = drawn.paragraph(MARGIN + 4, y, rung.restricts, room - 8, SMALL, fill=QUIET, lines=4)
    for stage in stages:
        if (cell := rung.at(stage)) is not None:
            drawn.text(MARGIN + 4, y + 15, _capital(stage), SMALL, room=room - 8)
            y = laid(cell, room - 8).draw(drawn, MARGIN + 4, y + 20) + 2
    for word, names in (("Essential in", rung.essential), ("Used in", rung.also)):
        if names:
            text = f"{word} {', '.join(names)}."
            y = drawn.paragraph(MARGIN + 4, y + 4, text, room - 8, SMALL, lines=6)
    y += 8
    if banded:
        ground.rect(MARGIN - 8, start, room + 16, y - start, BAND)
    else:
        ground.path(f"M{digits(MARGIN)} {digits(y)}h{digits(room)}", stroke=LINE, width=0.5)
    if rung.restricts:
        _mark(drawn, MARGIN - 6, start + 6, y - start - 12, in_force=rung.in_force)
    return y
