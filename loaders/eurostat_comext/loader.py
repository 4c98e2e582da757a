"""Eurostat Comext: what EU members traded with each partner, by line of the Combined Nomenclature.

The bulk file (or an extract with its columns) has a row for each declarant, partner, CN8 line,
flow and period. A row becomes one trade flow, recorded by the declarant: imports at CIF-type,
exports at FOB-type statistical value, in euros. Trade between members is marked ``intra_eu`` by the
publisher's flag, or by the memberships of the year where an extract has dropped it. A line is a
code of its year's nomenclature: ``cn2022/28461000`` and ``cn2023/28461000`` are two codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Place
from .. import names, units
from ..base import AGAIN, Ledger, Load, Publication, Row, Survey, Table
from ..customs import CustomsCode, editions, known
from ..memberships import memberships, throughout
from ..trade import flow

_UNION = "EU27"
_SIDES = {"1": "importer", "2": "exporter"}
_VALUATIONS = {"importer": "CIF", "exporter": "FOB"}
_ANNUAL = ("", "52")
_NO_NUMBER = {"": "not-stated", ":": "not-available", "c": "withheld", ":c": "withheld"}
_ZERO = "The file has 0, which stands for a value that is confidential or not given."
_NO_WEIGHT = "The value is given, the weight is not."


class Loader(Publication):
    """One trade flow for each declarant, partner, CN8 line, direction and year."""

    def check(self, row: Row) -> None:
        """Who declares is, or was, a member: so the two sides of trade are told apart."""
        if not _declares(row["declarant"], self.id):
            raise OrepathError(
                f"{row.place('declarant')}: {row['declarant']} was never a member of the European"
                " Union and declares nothing to Eurostat",
                "The columns of declarants and partners may have been exchanged. " + AGAIN,
            )

    def edition(self, survey: Survey) -> str:
        """The newest year; that of the newest month where there are only months."""
        periods = {period for _, period, _ in survey.counted}
        return max({p for p in periods if p[4:] in _ANNUAL} or periods)[:4]

    def rows(self, form: str, table: Table, ledger: Ledger) -> Iterator[Row]:
        """The rows but for those of lines that hold no critical raw material."""
        skipped = partial(
            ledger.leave, self.declared.reason("lines without a critical raw material")
        )
        columns = self.declared.tables[form].columns
        return table.rows(columns, form, only=("product", _Lines()), skipped=skipped)

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The flow of a row."""
        declarant, partner = load.economy(row, "declarant"), load.economy(row, "partner")
        side = _SIDES.get(row["flow"])
        if side is None:
            raise FactError("a flow is 1 (import) or 2 (export)", AGAIN, "flow", row["flow"])
        exporter, importer = (declarant, partner) if side == "exporter" else (partner, declarant)
        year = int(row["period"][:4])
        # Goods are traded at some value, so a zero is one that was suppressed or not given; those
        # that weigh nothing are goods whose weight was not asked for.
        value = row.number("value") or None
        kilograms = row.number("weight") or None
        status, note = "normal", None
        if value is None:
            status = _NO_NUMBER.get(row["value"], "not-stated")
            note = None if row["value"] in _NO_NUMBER else _ZERO
        elif kilograms is None and row["weight"]:
            status, note = "not-stated", _NO_WEIGHT
        code = _code(year, row["product"])
        yield from flow(
            load,
            row,
            (exporter, code, importer),
            row["period"][:4],
            side,
            {
                "value": value,
                "currency": "EUR",
                "mass": units.unit("kg", self.id).convert(kilograms) if kilograms else None,
                "valuation": _VALUATIONS[side],
                "status": status,
                "intra_eu": _intra_eu(row, declarant, partner, year),
                "note": note,
            },
            ("value", "mass", "status"),
        )
        yield from load.once(_described(code, row.place()))


class _Lines:
    """Whether a product may become facts; of totals and confidential lines the rules judge."""

    def __contains__(self, product: object) -> bool:
        code = str(product)
        return len(code) < 8 or not code.isdecimal() or bool(editions("cn", code))


@cache
def _declares(code: str, publication: str) -> bool:
    """Whether a code can stand for a declarant; nobody says so of an unknown one."""
    try:
        economy = names.economy(code, publication)
    except FactError:
        return True
    return economy in memberships(_UNION) or economy == _UNION or economy.startswith("AGG:")


@cache
def _code(year: int, line: str) -> CustomsCode:
    """A CN code of a year; one that the vocabularies do not know is as in the nearest year."""
    key = f"cn{year}/{line}"
    if key in known():
        return known()[key]
    model = known()[_nearest(year, line)]
    name = model.name.replace(f"CN {model.nomenclature[2:]}", f"CN {year}")
    return CustomsCode(key, f"CN{year}", line, name, model.materials)


def _nearest(year: int, line: str) -> str:
    return min(editions("cn", line), key=lambda k: (abs(int(k[2:6]) - year), k))


def _described(code: CustomsCode, place: Place) -> Iterator[Fact]:
    """The node of a code that the vocabularies do not know, and what it is made of."""
    if code.id in known():
        return
    nearest = _nearest(int(code.nomenclature[2:]), code.code)[2:6]
    yield Fact(
        "TradeCode",
        {
            "id": code.id,
            "name": code.name,
            "code": code.code,
            "nomenclature": code.nomenclature,
            "description": f"Described as in CN {nearest}, with which CN {code.nomenclature[2:]}"
            " was not compared.",
        },
        place,
    )
    for material in code.materials:
        yield Fact("form_of", {"start": code.id, "end": material}, place)


def _intra_eu(row: Row, declarant: str, partner: str, year: int) -> bool | None:
    """Whether the flow is between members: the publisher's flag, else the memberships.

    Nothing where membership of one of the two began or ended in the year.
    """
    if flag := row["trade_type"]:
        if flag not in ("I", "E"):
            raise FactError("a trade type is I (intra) or E (extra)", AGAIN, "trade_type", flag)
        return flag == "I"
    sides = [e == _UNION or throughout(e, _UNION, year) for e in (declarant, partner)]
    if False in sides:
        return False
    return None if None in sides else True
