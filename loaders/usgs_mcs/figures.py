"""What one figure of the Mineral Commodity Summaries becomes, whatever layout it stood in.

A layout's reader understands a cell as a ``Figure``; here it becomes an observation of an
industry or of reserves, or a share of imports, with the nodes that it stands on. Two figures of
one key are an error, never a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...ontology.errors import FactError
from ...ontology.facts import Fact
from ...ontology.facts import Value as FactValue
from .. import names
from ..base import Load, Row
from ..industries import industry_id
from ..units import Unit
from .meaning import Line
from .values import Value

MARKET = "USA"
_PERCENT = "%"


def as_published(row: Row, column: str) -> str:
    """A cell with the publisher's signs: a program that separates cells by semicolons has decimal
    commas; raises ``FactError`` where it is not certain what a number is."""
    return row.plain(column) if row.signs and row.signs.delimiter == ";" else row[column]


def require_unit(text: str, unit: Unit, column: str) -> None:
    """Raise ``FactError`` for a percentage among figures that are counted in another unit."""
    if text.rstrip().endswith(_PERCENT) and unit.base != _PERCENT:
        raise FactError(
            f"{text!r} is a percentage among figures in {unit.base}",
            "Compare the cell with the publisher's file.",
            column,
            text,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure, understood: whose, of what, counted how.

    ``meaning`` is the reviewed line that says product, measure and basis; ``value`` is in
    ``unit``, ``printed`` and ``printed_unit`` are the publisher's own words.
    """

    economy: str
    meaning: Line
    period: str
    unit: Unit
    value: Value
    printed: str
    printed_unit: str
    product: str = ""
    basis_note: str | None = None
    rounded: bool = False
    note: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What tells a figure from every other of the edition."""
        line = self.meaning
        product = self.product or line["product"]
        return (self.economy, product, line["measure"], line["basis"], self.period)

    def values(self) -> dict[str, FactValue]:
        """The properties that an observation of an industry and one of reserves share."""
        value, convert = self.value, self.unit.convert
        note = self.meaning["basis_note"] if self.basis_note is None else self.basis_note
        return {
            "period": self.period,
            "amount": convert(value.amount),
            "low": convert(value.low),
            "high": convert(value.high),
            "unit": self.unit.base,
            "basis": self.meaning["basis"],
            "basis_note": note or None,
            "status": value.status,
            "rounded": True if self.rounded else None,
            "original_value": self.printed or None,
            "original_unit": self.printed_unit or None,
            "note": " ".join(part for part in (self.note, value.note) if part) or None,
        }


def stated(figures: Iterable[Figure], row: Row, load: Load, column: str) -> Iterator[Fact]:
    """The facts of a row's figures; raises ``FactError`` at ``column`` where one is stated."""
    held = list(figures)
    for figure in held:
        load.claim(figure.key, None, row, column)
    for figure in held:
        economy, product, measure, *_ = figure.key
        if measure != "reserves":
            yield from load.observed(row, economy, product, {"measure": measure, **figure.values()})
            continue
        place = row.place()
        yield from load.once(names.aggregate_fact(economy, place))
        own = {"economy": economy, "product": product}
        yield Fact("ReserveObservation", {**own, **load.read(row), **figure.values()}, place)


def sourced(
    row: Row, load: Load, economy: str, product: str, values: dict[str, FactValue]
) -> Iterator[Fact]:
    """A share of an economy's industry in the imports of the United States."""
    yield from load.industry(economy, product, row.place())
    own: dict[str, FactValue] = {
        "industry": industry_id(economy, product),
        "market": MARKET,
        "share_of": "imports",
        "measured": True,
    }
    yield Fact("SourcingShare", {**own, **load.read(row), **values}, row.place())
