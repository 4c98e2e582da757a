"""Global supply shares and EU sourcing shares of the EU study, by country and stage.

A global share becomes an observation of the country's industry in percent, as printed; an EU
sourcing share becomes ``SUPPLIES`` to the EU as a fraction. Member states are among the EU's
sources: their shares are what the EU produces itself. The study states no residual and no total,
so none is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Value
from .. import names
from ..industries import industry_facts, industry_id
from ..protocol import Ledger
from ..reading import LeaveOut, Unreadable, reading
from ..tables import AGAIN, Row
from .eu_crm_tables import (
    GLOBAL,
    NOT_MEASURED,
    PERIOD,
    PUBLICATION,
    SOURCE,
    SOURCING,
    booked,
    corrected,
    joined,
    material,
    notes_on,
    number,
)

MARKET = "EU27"
CODES = {"extraction": "E", "processing": "P"}
LOWEST_TRADE_VARIABLE, HIGHEST_TRADE_VARIABLE = Decimal("0.8"), Decimal("2")

_SHARE = re.compile(r"(?P<below><)?\s*(?P<number>\d+(?:\.\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class Share:
    """A printed share in percent: ``amount``, or ``high`` where it is too small to be printed."""

    amount: Decimal | None
    high: Decimal | None

    def values(self, name: str, scale: Decimal) -> dict[str, Value]:
        """The properties that hold it, ``name`` for the amount, all divided by ``scale``."""
        if self.high is not None:
            high = float(self.high / scale)
            return {"low": 0.0, "high": high, "status": "below-threshold"}
        assert self.amount is not None
        return {name: float(self.amount / scale), "status": "normal"}


def parse_share(text: str) -> Share:
    """``93.8%`` or ``<0.1%``; raises ``FactError`` for anything else."""
    match = _SHARE.fullmatch(text)
    if match is None or Decimal(match["number"]) > 100:
        reason = f"{text!r} is no share as the study prints them (93.8%, <0.1%)"
        raise FactError(reason, AGAIN, column="Share", value=text)
    value = Decimal(match["number"])
    return Share(None, value) if match["below"] else Share(value, None)


def supply_facts(tables: Mapping[str, list[Row]], ledger: Ledger) -> Iterator[Fact]:
    """The facts of both tables; books also the rows that say what was not measured."""
    repeated = RepeatedLists()
    listed = tables.get(SOURCING, [])
    yield from booked(tables.get(NOT_MEASURED, ()), ledger, lambda row: repeated.read(row, listed))
    world = _Table(GLOBAL)
    yield from booked(tables.get(GLOBAL, ()), ledger, world.observation)
    market = _Table(SOURCING, repeated if NOT_MEASURED in tables else None)
    yield from booked(listed, ledger, market.sourcing)


class RepeatedLists:
    """The lists of EU sourcing that only repeat the global list, by material and stage."""

    def __init__(self) -> None:
        self._found: set[tuple[str, str]] = set()

    def __contains__(self, listed: tuple[str, str]) -> bool:
        return listed in self._found

    def read(self, row: Row, sourcing: Sequence[Row]) -> Iterator[Fact]:
        """Take in a row that names such a list of the table ``sourcing``; it makes no facts."""
        found = (material(row, "material_id"), CODES.get(row["stage"], row["stage"]))
        if not sourcing:
            raise LeaveOut("no table of EU sourcing is given with it")
        if found not in {_listed(r) for r in sourcing}:
            raise Unreadable(
                row.place("material_id"),
                f"{row['material_id']}, {row['stage']}",
                "the table of EU sourcing has no such list",
                "Give a material and a stage (extraction, processing) of that table.",
            )
        self._found.add(found)
        yield from ()


class _Table:
    """Reads one of the two tables; keeps what was stated, since the study repeats lists."""

    def __init__(self, name: str, repeated: RepeatedLists | None = None) -> None:
        self._name = name
        self._repeated = repeated
        self._stated: dict[tuple[str, str], tuple[str, str]] = {}

    def observation(self, row: Row) -> Iterator[Fact]:
        """The facts of a row of global supply."""
        product, economy, shared = self._read(row, "amount", Decimal(1))
        yield from _structure(economy, product, row)
        values: dict[str, Value] = {
            "industry": industry_id(economy, product),
            "measure": "share-of-supply",
            "unit": "percent",
            "basis": "not-applicable",
            "original_unit": "%",
        }
        yield Fact("IndustryObservation", values | shared, row.place())

    def sourcing(self, row: Row) -> Iterator[Fact]:
        """The facts of a row of EU sourcing; ``measured`` only where it is known."""
        product, economy, shared = self._read(row, "share", Decimal(100))
        yield from _structure(economy, product, row)
        values: dict[str, Value] = {"industry": industry_id(economy, product), "market": MARKET}
        if self._repeated is not None:
            listed = (material(row, "Material"), row["Stage"])
            values["measured"] = listed not in self._repeated
        yield Fact("SourcingShare", values | shared, row.place())

    def _read(self, row: Row, name: str, scale: Decimal) -> tuple[str, str, dict[str, Value]]:
        """Product, economy and the properties that both kinds of row have.

        Raises ``LeaveOut`` for a row that says again what another one said.
        """
        label, country = row["Material"], row["Country"]
        mended, slips = corrected(self._name, row, label, country)
        line = reading("eu_crm_products", "material_label", "stage").get((label, row["Stage"]))
        if line is None:
            raise Unreadable(
                row.place("Material"),
                f"{label}, {row['Stage']}",
                "mapping/eu_crm_products.csv does not say which product this is",
                "Add a line with a reason to mapping/eu_crm_products.csv.",
            )
        try:
            economy = names.economy(country, PUBLICATION)
        except FactError as error:
            error.column = "Country"
            raise
        share = parse_share(mended["Share"])
        trade_variable = _trade_variable(row)
        self._once(row, line["product"], economy)
        shared: dict[str, Value] = {
            "source": SOURCE,
            "period": PERIOD,
            **share.values(name, scale),
            "trade_variable": float(trade_variable),
            "original_value": row["Share"],
            "file": row.file,
            "line": row.line,
            "verified": True,
            "note": joined([*slips, *notes_on(self._name, label, row["Stage"], country)]),
        }
        return line["product"], economy, shared

    def _once(self, row: Row, product: str, economy: str) -> None:
        stated = (row["Share"], row["t"])
        first = self._stated.get((product, economy))
        if first is None:
            self._stated[product, economy] = stated
            return
        if first == stated:
            raise LeaveOut("the study states the same share of the same product twice")
        raise Unreadable(
            row.place("Share"),
            row["Share"],
            f"an earlier row gives {row['Country']} the share {first[0]} of {product}",
            "Take one of the rows out, or give them different products in"
            " mapping/eu_crm_products.csv.",
        )


def _listed(row: Row) -> tuple[str, str] | None:
    """Material and stage of a row of a table, or nothing where reading the row will fail."""
    try:
        return material(row, "Material"), row["Stage"]
    except FactError:
        return None


def _trade_variable(row: Row) -> Decimal:
    value = number(row, "t")
    if value is None or not LOWEST_TRADE_VARIABLE <= value <= HIGHEST_TRADE_VARIABLE:
        raise Unreadable(row.place("t"), row["t"], "the trade variable is between 0.8 and 2", AGAIN)
    return value


def _structure(economy: str, product: str, row: Row) -> Iterator[Fact]:
    label = f"{names.label('economy', economy)}: {names.label('product', product)}"
    yield from industry_facts(economy, product, label, row.place())
