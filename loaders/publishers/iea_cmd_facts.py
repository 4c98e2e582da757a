"""What a line of the IEA's supply tables means: an industry and its output, year by year.

A table's heading says the product and how it is weighed (``mapping/iea_cmd_products.csv``), a
line's label the economy; *Rest of world* is a residual and *Total* the world. Years before the
edition's own are observed, later ones projections. Shares of the three largest are derived from
the lines beside them and are not facts. This module reads no files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place, Value
from .. import names
from ..industries import industry_facts, industry_id
from ..names import fold
from ..tables import AGAIN, read_mapping
from ..units import unit

PUBLICATION = "iea-cmd"
TITLE = "the IEA Critical Minerals Dataset"
WORLD = "WLD"
DERIVED = ("top 3 share", "top 3 countries")
DERIVED_REASON = "Share of the three largest, which follows from the lines beside it"

# Spreadsheets compute residuals by subtraction and keep the noise of binary fractions.
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: figures as printed, by year; ``case`` is the table's scenario."""

    heading: str
    label: str
    figures: Mapping[int, str]
    unit: str
    case: str
    place: Place
    note: str = ""
    verified: bool = True

    @property
    def derived(self) -> bool:
        """Whether the line repeats in percent what others say."""
        return fold(self.label) in DERIVED


@dataclass
class Supply:
    """The supply of one edition: each industry is stated once, and no key twice."""

    source: str
    _industries: set[str] = field(default_factory=set)
    _keys: dict[tuple[str, int], Place] = field(default_factory=dict)

    def facts(self, line: Line) -> list[Fact]:
        """The industry of a line and an observation for each year that has a figure.

        Raises ``FactError`` for a heading, label, unit or figure that is not understood.
        """
        meaning = product_of(line.heading)
        economy = names.economy(line.label, PUBLICATION)
        measured = unit(line.unit, PUBLICATION)
        industry = industry_id(economy, meaning["product"])
        amounts = {year: number(text) for year, text in line.figures.items()}
        for year in amounts:
            if (industry, year) in self._keys:
                raise FactError(
                    f"{self._keys[industry, year]} states {industry} in {year} already",
                    "Keep one of the two lines.",
                    value=line.label,
                )
        self._keys.update(dict.fromkeys(((industry, year) for year in amounts), line.place))
        made = list(self._industry(economy, meaning["product"], line.place)) if amounts else []
        for year, amount in amounts.items():
            values: dict[str, Value] = {
                "industry": industry,
                "source": self.source,
                "measure": "production",
                "period": str(year),
                "amount": measured.convert(amount),
                "unit": measured.base,
                "basis": meaning["basis"],
                "basis_note": meaning["basis_note"],
                "status": "forecast" if self.projects(year) else "normal",
                "original_value": line.figures[year],
                "original_unit": line.unit,
                "file": line.place.file,
                "line": line.place.line,
                "verified": line.verified,
                "note": self._note(line, year),
            }
            made.append(Fact("IndustryObservation", values, line.place))
        return made

    def projects(self, year: int) -> bool:
        """Whether the edition cannot have observed a year."""
        return year >= int(self.source.removeprefix(f"{PUBLICATION}-")[:4])

    def _industry(self, economy: str, product: str, place: Place) -> Iterator[Fact]:
        if (industry := industry_id(economy, product)) in self._industries:
            return
        self._industries.add(industry)
        label = f"{names.label('economy', economy)}: {names.label('product', product)}"
        yield from names.aggregate_fact(economy, place)
        yield from industry_facts(economy, product, label, place)

    def _note(self, line: Line, year: int) -> str | None:
        case = f"Projection, {line.case}." if self.projects(year) else ""
        return " ".join(part for part in (case, line.note) if part) or None


def product_of(heading: str) -> Mapping[str, str]:
    """The line of ``mapping/iea_cmd_products.csv`` for a table's heading.

    Raises ``FactError`` where there is none.
    """
    if found := _products().get(fold(heading)):
        return found
    raise FactError(
        f"no product is known for the table {heading!r}",
        "Say which it is in mapping/iea_cmd_products.csv, with a reason.",
        value=heading,
    )


def number(text: str) -> float:
    """A figure as printed; raises ``FactError`` where it is none, or below nought."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise FactError(f"{text!r} is no amount", AGAIN, value=text)
    return float(f"{value:.{_DIGITS}g}")


@cache
def _products() -> Mapping[str, Mapping[str, str]]:
    return {fold(line["heading"]): line for line in read_mapping("iea_cmd_products")}
