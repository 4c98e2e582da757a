"""Which kinds of picture there are, and the one door to all of them.

A kind is a module of this folder with a function ``picture(answer, drawing, subgraph, width)``,
which returns SVG; it is imported when it is drawn.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from ...ontology.errors import OrepathError
from ...queries.pictures import drawings
from .frame import WIDTH

if TYPE_CHECKING:
    from ...graph.subgraph import Subgraph
    from ...queries.definition import Question
    from ...queries.pictures import Drawing
    from ...queries.run import Answer

LEAST, MOST = 320, 2000
"""Widths between which pictures are drawn."""
KINDS = ("ladder", "bars", "trend", "timeline", "paths", "map", "sankey")
"""All kinds, each the name of its module."""
OF_SUBGRAPH = ("paths",)
"""Kinds that are drawn of a subgraph alone, and not the usual ones where none is given."""


class Kind(Protocol):
    """What a module of a kind has."""

    def picture(
        self, answer: Answer, drawing: Drawing, subgraph: Subgraph | None, width: float
    ) -> str:
        """The picture as SVG."""


def kinds(question: Question) -> tuple[str, ...]:
    """The kinds that can be drawn of a question, the usual one first; none for some."""
    return tuple(drawing.kind for drawing in drawings(question))


def draw(
    answer: Answer,
    kind: str | None = None,
    subgraph: Subgraph | None = None,
    *,
    width: float = WIDTH,
) -> str:
    """The picture of an answer as SVG: of that kind, or the usual one of its question.

    ``subgraph`` is the answer as a piece of the graph, for the kinds that draw one. ``width`` is
    in units of letters 10 to 19 high: 800 for a page, 420 for a telephone. Raises
    ``OrepathError`` naming the kinds where the question has not that one, and for a width in
    which nothing can be drawn.
    """
    if not LEAST <= width <= MOST:
        raise OrepathError(
            f"a picture cannot be {width:g} units wide",
            f"Take {LEAST} to {MOST}: {WIDTH:.0f} for a page, 420 for a telephone.",
        )
    found = {drawing.kind: drawing for drawing in drawings(answer.question)}
    if not found:
        raise OrepathError(
            f"{answer.question.id} has no picture",
            "Its answer is a table: take csv, xlsx or md.",
        )
    if kind is not None and kind not in found:
        raise OrepathError(
            f"{answer.question.id} has no picture of the kind {kind!r}",
            f"It has {', '.join(found)}.",
        )
    usual = [d for d in found.values() if subgraph is not None or d.kind not in OF_SUBGRAPH]
    drawing = found[kind] if kind is not None else (usual or list(found.values()))[0]
    return module_of(drawing.kind).picture(answer, drawing, subgraph, width)


def module_of(kind: str) -> Kind:
    """The module that draws a kind."""
    return cast("Kind", import_module(f".{kind}", __package__))
