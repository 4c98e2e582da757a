"""An answer's rows as a picture needs them: the values by the part that they play in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...queries.finding import Filler, fill, is_zero, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...queries.definition import Column
    from ...queries.pictures import Drawing
    from ...queries.run import Answer


@dataclass(frozen=True, slots=True)
class Part:
    """One row: ``values`` by part, None where a column is empty or the answer has not got it."""

    values: Mapping[str, Any]
    columns: Mapping[str, Column] = field(repr=False)
    quiet: bool = False

    def get(self, part: str) -> Any:
        """The value that plays a part."""
        return self.values.get(part)

    def number(self, part: str) -> float | None:
        """The number that plays a part."""
        value = self.values.get(part)
        return float(value) if isinstance(value, (int, float)) else None

    def text(self, part: str) -> str:
        """The value as a person reads it; empty where it is not known."""
        value = self.values.get(part)
        if value in (None, "", ()):
            return ""
        column = self.columns[part]
        if isinstance(value, float) and column.type != "share" and abs(value) < 1000:
            return "0" if is_zero(value) else f"{value:.3g}"  # beside a bar no more can be seen
        return written(value, column)


def parts(answer: Answer, drawing: Drawing) -> list[Part]:
    """The rows that are drawn, in the order of the answer; all, where none would be left."""
    columns = {c.name: (i, c) for i, c in enumerate(answer.columns)}
    played = {p: columns[name] for p, name in drawing.columns.items() if name in columns}
    by_part = {part: column for part, (_, column) in played.items()}

    def met(row: tuple[Any, ...], wanted: Mapping[str, tuple[str, ...]]) -> bool:
        return any(c in columns and row[columns[c][0]] in values for c, values in wanted.items())

    kept = [row for row in answer.rows if not met(row, drawing.drop)]
    return [
        Part({p: row[i] for p, (i, _) in played.items()}, by_part, met(row, drawing.quiet))
        for row in kept or answer.rows
    ]


def about(answer: Answer, drawing: Drawing) -> str:
    """What the picture shows, as a sentence; empty where none of the drawing's can be filled."""
    names = {s.id: s.name for s in answer.sources}
    return fill(drawing.about, Filler(answer.columns, answer.rows, answer.names, names))
