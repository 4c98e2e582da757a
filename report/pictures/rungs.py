"""What a stage ladder holds, read from an answer's rows: materials, their cells and technologies.

Nothing is drawn here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .parts import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 10
"""Technologies that have a column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One product of one material: its makers, the country asked for first."""

    stage: str
    position: int
    product: str
    caption: str
    makers: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """One material, with a cell a stage and the technologies that need it."""

    material: str
    cells: tuple[Cell, ...]
    essential: tuple[str, ...]
    also: tuple[str, ...]
    restricts: str
    in_force: bool

    def at(self, stage: str) -> Cell | None:
        """The cell of a stage; None where the material has no product there."""
        return next((cell for cell in self.cells if cell.stage == stage), None)


def read_rungs(rows: Sequence[Part]) -> list[Rung]:
    """The materials in the order of the rows, each with its cells in that of the chain."""
    by_material: dict[str, list[Part]] = {}
    for row in rows:
        by_material.setdefault(row.text("material"), []).append(row)
    rungs = []
    for material, members in by_material.items():
        cells: dict[tuple[int, str, str], list[Part]] = {}
        for row in members:
            place = (int(row.number("position") or 0), row.text("stage"), row.text("product"))
            cells.setdefault(place, []).append(row)
        first = members[0]
        rungs.append(
            Rung(
                material,
                tuple(
                    Cell(
                        stage,
                        position,
                        product,
                        product.removeprefix(f"{material}, "),
                        tuple(m for m in makers if m.text("maker")),
                    )
                    for (position, stage, product), makers in sorted(cells.items())
                ),
                tuple(first.get("essential") or ()),
                tuple(first.get("also") or ()),
                first.text("restricts"),
                first.get("in_force") is True,
            )
        )
    return rungs


def stages_of(rungs: Sequence[Rung]) -> list[str]:
    """The stages at which of any material a maker is known, in the order of the chain."""
    found = {(c.position, c.stage) for rung in rungs for c in rung.cells if c.makers}
    return [stage for _, stage in sorted(found)]


def technologies_of(rungs: Sequence[Rung]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The technologies that have a column, those that need most first, and the others."""
    counted: Counter[str] = Counter()
    for rung in rungs:
        counted.update(dict.fromkeys(rung.essential, 100))
        counted.update(dict.fromkeys(rung.also, 1))
    names = sorted(counted, key=lambda name: (-counted[name], name))
    return tuple(names[:MOST]), tuple(names[MOST:])
