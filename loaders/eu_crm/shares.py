"""Global supply shares and EU sourcing shares of the EU study, by country and stage.

A global share becomes an observation of the country's industry in percent, as printed; an EU
sourcing share becomes ``SUPPLIES`` to the EU as a fraction. Member states are among the EU's
sources: their shares are what the EU produces itself, so that the whole is own production plus
imports. Whether masses or values were divided its tables do not say. The study states no residual
and no total, so none is made.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Value
from ..base import AGAIN, LeftOut, Load, Row, keyed
from ..industries import industry_id
from .study import EU, NOT_MEASURED, PERIOD, joined

CODES = {"extraction": "E", "processing": "P"}

_SHARE = re.compile(r"(?P<below><)?\s*(?P<number>\d+(?:\.\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class Share:
    """A printed share in percent: ``amount``, or ``high`` where it is too small to be printed."""

    amount: Decimal | None
    high: Decimal | None

    def values(self, name: str, scale: int) -> dict[str, Value]:
        """The properties that hold it, ``name`` for the amount, all divided by ``scale``."""
        if self.high is not None:
            return {"low": 0.0, "high": float(self.high / scale), "status": "below-threshold"}
        assert self.amount is not None
        return {name: float(self.amount / scale), "status": "normal"}


def parse_share(text: str) -> Share:
    """``93.8%`` or ``<0.1%``; raises ``FactError`` for anything else."""
    match = _SHARE.fullmatch(text)
    if match is None or Decimal(match["number"]) > 100:
        reason = f"{text!r} is not a share as the study prints them (93.8%, <0.1%)"
        raise FactError(reason, AGAIN, column="Share", value=text)
    value = Decimal(match["number"])
    return Share(None, value) if match["below"] else Share(value, None)


@dataclass
class RepeatedLists:
    """The lists of EU sourcing that only repeat the global list, by material and stage."""

    found: set[tuple[str, str]] = field(default_factory=set)

    def add(self, row: Row, listed: Collection[tuple[str, str] | None], load: Load) -> None:
        """Take in a row that names one of the lists ``listed`` of EU sourcing."""
        named = (load.material(row, "material_id"), CODES.get(row["stage"], row["stage"]))
        if not listed:
            raise LeftOut("no table of EU sourcing is given with it")
        if named not in listed:
            raise FactError(
                "the table of EU sourcing has no such list",
                "Give a material and a stage (extraction, processing) of that table.",
                "material_id",
                f"{row['material_id']}, {row['stage']}",
            )
        self.found.add(named)


def list_of(row: Row, load: Load) -> tuple[str, str] | None:
    """Material and stage of a row of a table, or nothing where reading the row will fail."""
    try:
        return load.material(row, "Material"), row["Stage"]
    except FactError:
        return None


def observation(row: Row, mended: Row, slips: list[str], load: Load) -> Iterator[Fact]:
    """The facts of a row of global supply."""
    economy, product, shared = _read(row, mended, slips, load, "amount", 1)
    values: dict[str, Value] = {
        "measure": "share-of-supply",
        "unit": "percent",
        "basis": "not-applicable",
        "original_unit": "%",
    }
    yield from load.observed(row, economy, product, values | shared)


def sourcing(row: Row, mended: Row, slips: list[str], load: Load) -> Iterator[Fact]:
    """The facts of a row of EU sourcing; ``measured`` only where it is known."""
    economy, product, shared = _read(row, mended, slips, load, "share", 100)
    yield from load.industry(economy, product, row.place())
    values: dict[str, Value] = {
        "industry": industry_id(economy, product),
        "market": EU,
        "share_of": "supply",
        **load.read(row),
    }
    if NOT_MEASURED in dict(load.tables):
        values["measured"] = list_of(row, load) not in load.keep(RepeatedLists).found
    yield Fact("SourcingShare", values | shared, row.place())


def _read(
    row: Row, mended: Row, slips: list[str], load: Load, name: str, scale: int
) -> tuple[str, str, dict[str, Value]]:
    """Economy, product and the properties that both kinds of row have."""
    label, stage, country = row["Material"], row["Stage"], row["Country"]
    line = keyed("eu_crm/products", "material_label", "stage").get((label, stage))
    if line is None:
        raise FactError(
            "eu_crm/products.csv does not say which product this is",
            "Add a line with a reason to eu_crm/products.csv.",
            "Material",
            f"{label}, {stage}",
        )
    economy = load.economy(row, "Country")
    share = parse_share(mended["Share"])
    trade_variable = row.number("t")
    load.claim(
        (row.table, economy, line["product"]),
        (row["Share"], row["t"]),
        row,
        "Share",
        repeated="the study states the same share of the same product twice",
    )
    notes = keyed("eu_crm/notes", "table", "material", "stage", "item")
    said = (notes.get((row.table, label, stage, item)) for item in ("", country))
    values: dict[str, Value] = {
        "period": PERIOD,
        **share.values(name, scale),
        "trade_variable": trade_variable,
        "original_value": row["Share"],
        "note": joined([*slips, *(found["note"] for found in said if found)]),
    }
    return economy, line["product"], values
