"""Element, oxide and carbonate: the only way from one to the other is a named factor.

Publishers weigh lithium as metal, as oxide or as carbonate, rare earths as metal or as oxide. The
factors of ``conversion_factors.csv`` follow from the molar masses of pure compounds of one
element; a mixture (all rare-earth oxides together, an ore) has none. No loader calls this: what
the graph keeps is what the source weighs, with its basis. Whoever compares across bases converts
here, and says by which factor.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from rapidfuzz import process

from orepath.ontology.errors import FactError


@dataclass(frozen=True, slots=True)
class Factor:
    """``factor`` units of mass of the compound hold one of the element."""

    name: str
    element: str
    compound: str
    factor: Decimal
    basis: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount as another substance, and the names of the factors that were used."""

    amount: float
    factors: tuple[str, ...]


def convert_content(amount: float, from_: str, to: str) -> Conversion:
    """``amount`` of the substance ``from_`` as the mass of ``to`` with the same element in it.

    Substances are written as element or formula (``Li``, ``Li2O``, ``Nd2O3``) or by a name of the
    trade (``LCE``). Both must hold the same single element; an amount keeps its unit of mass.
    Raises ``FactError`` for a substance without a factor, and for two of different elements.
    """
    (element, back), (other, forth) = _substance(from_), _substance(to)
    if element != other:
        raise FactError(
            f"{from_} cannot be expressed as {to}: one holds {element}, the other {other}",
            "Convert between substances of one element.",
            value=to,
        )
    value = Decimal(repr(amount))
    if back == forth:
        return Conversion(amount, ())
    if back:
        value /= back.factor
    if forth:
        value *= forth.factor
    return Conversion(float(value), tuple(f.name for f in (back, forth) if f))


def factor_lines() -> list[dict[str, str]]:
    """The lines of the table of factors."""
    file = Path(__file__).with_name("conversion_factors.csv")
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def factors() -> Mapping[str, Factor]:
    """The factors by the compound's formula or its name in the trade."""
    found: dict[str, Factor] = {}
    for line in factor_lines():
        factor = Factor(
            line["name"],
            line["element"],
            line["compound"],
            Decimal(line["factor"]),
            line["basis"],
        )
        for name in (line["compound"], line["alias"]):
            if name:
                found[name] = factor
    return found


def _substance(name: str) -> tuple[str, Factor | None]:
    """The element of a substance, and its factor where it is a compound."""
    known = factors()
    if name in known:
        return known[name].element, known[name]
    elements = {factor.element for factor in known.values()}
    if name in elements:
        return name, None
    near = process.extractOne(name, [*known, *sorted(elements)], score_cutoff=80)
    raise FactError(
        f"no factor is known for {name!r}",
        (f"Did you mean {near[0]!r}? " if near else "")
        + "A mixture such as all rare-earth oxides together has none.",
        value=name,
    )
