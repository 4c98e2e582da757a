"""What a column of an answer looks like to a person: columns that say one thing are one column.

A share with its interval is read as ``55 % (43–62 %)``, one with its bound as ``at most 20 %``, an
amount with its unit as ``12,000 t``; machines get each by itself. Pure; knows no width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..queries.definition import Column

Row = tuple[Any, ...]
Indexed = tuple[int, "Column"]
NUMERIC = ("number", "integer", "share")
SOURCES = ("sources", "source")
"""Columns of which the first that there is stays in every table."""
LISTED, CITED, LETTERS = 4, 3, 140
"""How many values of a list, citations, and letters a cell holds on a page."""


@dataclass(slots=True)
class Seen:
    """A column as it is shown; ``bound``, ``unit``, ``low`` and ``high`` are read with it."""

    name: str
    main: Indexed | None
    bound: Indexed | None = None
    unit: Indexed | None = None
    low: Indexed | None = None
    high: Indexed | None = None
    spare: int = 0

    @property
    def column(self) -> Column:
        """The column that it is named after."""
        found = self.main or self.low or self.high
        assert found is not None
        return found[1]

    @property
    def numeric(self) -> bool:
        """Whether it is set flush right."""
        return self.column.type in NUMERIC

    def text(self, row: Row, labels: Mapping[str, str], *, whole: bool) -> str:
        """The cell of a row; long lists and texts are cut unless ``whole``."""
        from ..queries.finding import written

        def told(part: Indexed | None) -> str:
            return "" if part is None or row[part[0]] is None else written(row[part[0]], part[1])

        if self.main is not None and (cited := _cited(row[self.main[0]], labels, whole)):
            return cited
        if self.main is not None and not whole and isinstance(row[self.main[0]], tuple):
            main = _few([written(v, self.main[1]) for v in row[self.main[0]]], LISTED)
        else:
            main = told(self.main)
        if bound := told(self.bound):
            main = bounded(bound, main) if main else ""
        if main and (unit := told(self.unit)):
            main = f"{main} {unit}"
        between = interval(told(self.low), told(self.high))
        if between and between != main:
            main = f"{main} ({between})" if main else between
        return main if whole else _short(main)


def seen(columns: Sequence[Indexed]) -> list[Seen]:
    """The columns as they are shown, in their order."""
    names = {c.name for _, c in columns}
    units = [c.unit for _, c in columns if c.unit in names]
    shown: dict[str, Seen] = {}
    for index, column in columns:
        name = column.name
        stem, _, end = name.rpartition("_")
        base = shown.get(stem) or shown.get(f"{stem}_share")
        if stem and end in ("low", "high") and column.type in NUMERIC:
            if base is None:
                base = shown[stem] = Seen(stem, None, spare=column.spare)
            setattr(base, end, (index, column))
        elif (of := _bounded(name, shown)) is not None:
            of.bound = (index, column)
        elif units.count(name) == 1 and (
            measured := next((s for s in shown.values() if s.column.unit == name), None)
        ):
            measured.unit = (index, column)
        else:
            shown[name] = Seen(name, (index, column), spare=column.spare)
    return list(shown.values())


def bounded(bound: str, text: str) -> str:
    """``at most 20 %``; what is read as ``under 0.1 %`` or ``over 99 %`` is a bound already."""
    return text if text[:1].isalpha() else f"{bound} {text}"


def interval(low: str, high: str) -> str:
    """``43–62 %`` of two figures as they are written; a single one is a limit."""
    if not low and high in ("0", "0 %"):
        return high
    if not low or not high:
        return f"at least {low}" if low else f"at most {high}" if high else ""
    if low == high:
        return low
    if any(text[:1].isalpha() for text in (low, high)) or low.startswith("-"):
        return f"{low} to {high}"
    return f"{low.removesuffix(' %') if high.endswith(' %') else low}–{high}"


def _bounded(name: str, shown: Mapping[str, Seen]) -> Seen | None:
    """The figure that a column of bounds speaks of."""
    if name == "bound":
        last = list(shown.values())[-1:]
        return shown.get("share") or next((s for s in last if s.numeric), None)
    stem, _, end = name.rpartition("_")
    if end != "bound":
        return None
    return shown.get(stem) or shown.get(f"{stem}_share")


def _cited(value: Any, labels: Mapping[str, str], whole: bool) -> str:
    """The labels of the sources that a value names; empty where it is something else."""
    kept = cited_in(value, whole)
    if not kept or not all(isinstance(v, str) and v in labels for v in kept):
        return ""
    more = len(value) - len(kept) if isinstance(value, tuple) else 0
    return ", ".join(labels[v] for v in kept) + (f" +{more}" if more else "")


def cited_in(value: Any, whole: bool) -> tuple[Any, ...]:
    """The values that ``Seen.text`` names of a cell that cites sources."""
    named = value if isinstance(value, tuple) else (value,)
    return named if whole or len(named) <= CITED + 1 else named[:CITED]


def _few(texts: Sequence[str], most: int) -> str:
    if len(texts) <= most + 1:
        return ", ".join(texts)
    return f"{', '.join(texts[:most])} and {len(texts) - most} more"


def _short(text: str) -> str:
    """A text cut between two words."""
    if len(text) <= LETTERS:
        return text
    return text[: LETTERS - 1].rpartition(" ")[0].rstrip(" ,;:") + " …"
