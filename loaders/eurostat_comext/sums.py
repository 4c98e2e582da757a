"""Flows whose figures stand in several rows: value and weight apart, or a row for each procedure.

Eurostat's tables state a flow over all statistical procedures (normal trade, inward and outward
processing), its bulk files each of them; the sum of the latter is the former. Where a file gives
the total itself, that is the flow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..base import Row
from ..customs import CustomsCode

_TOTAL = ("4", "TOTAL")
_NORMAL = "1"
_NO_NUMBER = {"": "not-stated", ":": "not-available", "c": "withheld", ":c": "withheld"}
_ZERO = "The file has 0, which stands for a value that is confidential or not given."
_NO_WEIGHT = "The value is given, the weight is not."
_NO_VALUE = "The weight is given, the value is not."
_REFUSED = "A row of this flow was refused, so that its {} is not known."


@dataclass
class Part:
    """What a file says of a flow in one procedure: ``value`` in euros, ``weight`` in kilograms, and
    the cells in which they stand; there are none of a figure of which there is no row."""

    numbers: dict[str, float | None] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)


@dataclass
class Sum:
    """A flow under way: the first row that speaks of it, what that row says it is, its parts by
    procedure, and of which procedures and figures a row was refused."""

    row: Row
    ends: tuple[str, CustomsCode, str]
    side: str
    intra_eu: bool | None
    parts: dict[str, Part] = field(default_factory=dict)
    refused: set[tuple[str, str]] = field(default_factory=set)

    def total(self) -> tuple[float | None, float | None, str, str | None]:
        """Euros and kilograms over all procedures, their status, and what there is to say."""
        stated = next((self.parts[key] for key in _TOTAL if key in self.parts), None)
        parts = {"": stated} if stated else self.parts
        value, weight = (self._over(figure, parts) for figure in ("value", "weight"))
        status, notes = "normal", []
        cells = next(iter(parts.values())).cells
        if value is None:
            status = _NO_NUMBER.get(cells.get("value", ""), "not-stated")
            notes += [_ZERO] if cells.get("value", "") not in _NO_NUMBER else []
            notes += [_NO_VALUE] if "value" not in cells else []
        elif weight is None and cells.get("weight"):
            status, notes = "not-stated", [_NO_WEIGHT]
        notes += [_REFUSED.format(figure) for figure in sorted(self._unknown())]
        return value, weight, status, " ".join([*notes, *_procedures(parts)]) or None

    def _over(self, figure: str, parts: Mapping[str, Part]) -> float | None:
        """The sum of those that are given; nothing where one was refused."""
        given = [n for part in parts.values() if (n := part.numbers.get(figure)) is not None]
        return sum(given) if given and figure not in self._unknown() else None

    def _unknown(self) -> set[str]:
        """Figures of which a procedure's row was refused, and no other row states it."""
        return {f for p, f in self.refused if f not in self.parts.get(p, Part()).numbers}


def _procedures(parts: Mapping[str, Part]) -> Iterator[str]:
    """What there is to say of the procedures that a flow is the sum of."""
    named = sorted(filter(None, parts))
    if len(named) > 1:
        normal = parts.get(_NORMAL, Part()).numbers.get("value")
        of_it = "none" if normal is None else f"{normal:,.0f} EUR"
        yield f"Sum of the statistical procedures {', '.join(named)}; normal trade is {of_it}."
    elif named and named != [_NORMAL]:
        yield f"Statistical procedure {named[0]} alone; there is no normal trade."
    if missing := [n for n in named if len(named) > 1 and parts[n].numbers.get("value") is None]:
        yield f"No value is given of procedure {', '.join(missing)}."
