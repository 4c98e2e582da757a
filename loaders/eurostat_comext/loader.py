"""Eurostat Comext: what EU members traded with each partner, by line of the Combined Nomenclature.

A bulk file (or an extract with its columns) has a row for each declarant, partner, CN8 line, flow,
period and statistical procedure, the dissemination API one for each figure (SDMX-CSV, TSV). What
they say of one flow over all procedures becomes one trade flow, recorded by the declarant: imports
at CIF-type, exports at FOB-type statistical value, in euros. Trade between members is marked
``intra_eu`` by the publisher's flag, or by the memberships of the year where an extract has dropped
it. A line is a code of its year's nomenclature: ``cn2022/28461000`` and ``cn2023/28461000`` are two
codes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from decimal import Decimal
from functools import cache, partial
from pathlib import Path

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place, Value
from .. import names, units
from ..base import AGAIN, Ledger, LeftOut, Load, Only, Publication, Row, Survey, Table, keyed
from ..customs import CustomsCode, editions, known
from ..memberships import memberships, throughout
from ..trade import claim, flow, newest_year, year_of
from .series import Series, is_wide
from .sums import Part, Sum

_UNION = "EU27"
_SIDES = {"1": "importer", "2": "exporter"}
_VALUATIONS = {"importer": "CIF", "exporter": "FOB"}
_ANNUAL = ("", "52")


class Loader(Publication):
    """One trade flow for each declarant, partner, CN8 line, direction and year."""

    def check(self, row: Row) -> None:
        """Who declares is, or was, a member: so the two sides of trade are told apart."""
        if not _declares(row["declarant"], self.id):
            raise row.fault(
                "declarant",
                f"{row['declarant']} was never a member of the European Union and declares nothing"
                " to Eurostat",
                "The columns of declarants and partners may have been exchanged. " + AGAIN,
            )

    def edition(self, survey: Survey) -> str:
        """The newest year; that of the newest month where there are only months."""
        return newest_year(survey, _ANNUAL)

    def tables_in(self, path: Path) -> list[tuple[str, Table]]:
        """A bulk file or an extract of it, or the series of an answer of the API."""
        table = Table(path, self.declared.what)
        if is_wide(table) or "OBS_VALUE" in table.header:
            return [("series", Series(path, self.declared.what))]
        return super().tables_in(path)

    def _survey(self, name: str, table: Table, survey: Survey) -> None:
        super()._survey(name, table, survey)
        columns = self.declared.tables[name].columns
        if (
            not survey.known
            and name == "trade"
            and table.places(columns, table.header)["procedure"] < 0
        ):
            survey.doubts.append("which statistical procedures the rows cover is not said")

    def rows(self, form: str, table: Table, ledger: Ledger) -> Iterator[Row]:
        """The rows but for those of lines that hold no critical raw material."""
        why = self.declared.reason("lines without a critical raw material")
        only = Only("product", _Lines(), partial(ledger.leave, why))
        return table.rows(self.declared.tables[form].columns, form, only)

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """Nothing yet: a row is a part of a flow, which is made of all its rows in the end."""
        figures = self._figures(row)
        declarant, partner = load.economy(row, "declarant"), load.economy(row, "partner")
        side = _SIDES.get(row["flow"])
        if side is None:
            raise row.fault("flow", "a flow is 1 (import) or 2 (export)")
        exporter, importer = (declarant, partner) if side == "exporter" else (partner, declarant)
        code = _code(int(row["period"][:4]), row["product"])
        year = year_of(load, row["period"][:4], (exporter, code, importer))
        intra = _intra_eu(row, declarant, partner, year)
        key = (exporter, code.id, importer, year, side)
        found = load.keep(_Flows).setdefault(key, Sum(row, (exporter, code, importer), side, intra))
        try:
            numbers = {name: row.number(column) for name, (column, _) in figures.items()}
        except FactError:
            found.refused |= {(row["procedure"], name) for name in figures}
            raise
        stated = tuple(numbers.items()), [row[column] for column, _ in figures.values()]
        claim(load, (*key, row["procedure"], *figures), stated, row)
        part = found.parts.setdefault(row["procedure"], Part())
        for name, (column, factor) in figures.items():
            # Goods are traded at some value, so a zero is one that was suppressed or not given;
            # those that weigh nothing are goods whose weight was not asked for.
            number = numbers[name]
            part.numbers[name] = float(Decimal(repr(number)) * factor) if number else None
            part.cells[name] = "c" if "c" in row.cells.get("flag", "") else row[column]
        return iter(())

    def finish(self, load: Load) -> Iterator[Fact]:
        """The flows, in the order in which the files begin to speak of them."""
        for found in load.keep(_Flows).values():
            if not found.parts:
                continue
            value, weight, status, note = found.total()
            values: dict[str, Value] = {
                "value": value,
                "currency": "EUR",
                "mass": units.unit("kg", self.id).convert(weight),
                "valuation": _VALUATIONS[found.side],
                "status": status,
                "intra_eu": found.intra_eu,
                "note": note,
            }
            row, year = found.row, found.row["period"][:4]
            yield from flow(load, row, found.ends, year, found.side, values, told=())
            yield from load.once(_described(found.ends[1], row.place()))

    def _figures(self, row: Row) -> dict[str, tuple[str, int]]:
        """Which figures of a flow a row states, each with its column and factor."""
        if row.table != "series":
            return {"value": ("value", 1), "weight": ("weight", 1)}
        line = keyed("eurostat_comext/indicators", "indicator").get((row["indicator"],))
        if line is None:
            raise LeftOut(self.declared.reason("other indicators than value and weight"))
        return {line["figure"]: ("figure", int(line["kilograms"] or 1))}


class _Flows(dict[tuple[Hashable, ...], Sum]):
    """The flows of one load, by exporter, code, importer, year and side."""


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
