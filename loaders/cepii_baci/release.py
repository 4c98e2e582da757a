"""The flows of one release of BACI: what its recognised tables say, each flow once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Value
from .. import customs, names
from ..base import AGAIN, Ledger, LeftOut, Load, Only, Row, Table, book, keyed
from ..base.declaration import Declaration
from ..trade import flow
from .tables import PROBLEM, UNITS, Trade

SIDE = "reconciled"
OTHER_CODES = "HS codes outside the vocabulary"
MISBOOKED = "flows under a wrong code"
_CODE_LIST = "A list of codes, read to resolve the numbers of the tables"
_GIVEN_TWICE = "The same flow, which another table of this load gives with its quantity"


@dataclass(frozen=True)
class Release:
    """Recognised tables of one release: the lists of codes first, then those of flows."""

    source: str
    declared: Declaration
    tables: Sequence[tuple[str, Table]]
    assumed: str = ""

    def facts(self, ledger: Ledger) -> Iterator[Fact]:
        """The flows under the codes of the vocabularies; every row is booked in ``ledger``."""
        load = Load(self.source, self.declared.publication, ledger)
        flows = _Flows(load)
        for form, table in self.tables:
            columns = self.declared.tables[form].columns
            if not isinstance(table, Trade):
                yield from book(table.rows(columns, form), ledger, flows.listed)
                continue
            asked = codes(table.nomenclature)
            only = Only("code", asked, partial(ledger.leave, OTHER_CODES))
            rows = table.rows(columns, form, only)
            yield from book(rows, ledger, partial(flows.of, asked, UNITS[table.unit]))


@dataclass
class _Flows:
    """The flows of one load; each is stated once.

    A yearly table is ordered by exporter, so the flows of one exporter are remembered at a time;
    prepared extracts are small, and one may repeat the flows of another.
    """

    load: Load
    _countries: dict[str, str] = field(default_factory=dict)
    _economies: dict[str, str] = field(default_factory=dict)
    _stated: dict[tuple[str, ...], tuple[Decimal, str]] = field(default_factory=dict)
    _exporter: tuple[str, str] = ("", "")

    def listed(self, row: Row) -> Iterator[Fact]:
        """Note what a list of codes says; it becomes no fact."""
        if row.table == "countries":
            self._countries[row["country_code"]] = row["country_iso3"]
        raise LeftOut(_CODE_LIST)

    def of(self, asked: Mapping[str, customs.CustomsCode], unit: int, row: Row) -> Iterator[Fact]:
        """The facts of a row, whose value is in units of so many dollars."""
        if problem := row.cells.get(PROBLEM):
            raise FactError(problem, AGAIN)
        value = _dollars(row, unit)
        exporter, importer = self._economy(row["exporter"]), self._economy(row["importer"])
        flows_of_others = keyed("cepii_baci/misbooked", "exporter", "importer", "code")
        if (exporter, importer, row["code"]) in flows_of_others:
            raise LeftOut(MISBOOKED)
        self._once(row, (exporter, importer, row["code"], row["year"]), value)
        ends = (exporter, asked[row["code"]], importer)
        return flow(self.load, row, ends, row["year"], SIDE, _figures(row, value), told=())

    def _once(self, row: Row, key: tuple[str, ...], value: Decimal) -> None:
        """Raise ``LeftOut`` where another table stated the same flow with the same value,
        ``FactError`` where the same table did, or another value was stated."""
        if row.table == "yearly" and (row.file, key[0]) != self._exporter:
            self._stated.clear()
            self._exporter = (row.file, key[0])
        if key not in self._stated:
            self._stated[key] = (value, row.file)
            return
        before, file = self._stated[key]
        if file != row.file and before == value:
            raise LeftOut(_GIVEN_TWICE)
        raise FactError(
            f"{file} states the flow {' '.join(key)} with {before} USD before",
            "Keep one of the two rows.",
            value=str(value),
        )

    def _economy(self, code: str) -> str:
        """Id of the economy that a number or three letters mean; each is looked up once."""
        if code not in self._economies:
            self._economies[code] = self._resolved(code)
        return self._economies[code]

    def _resolved(self, code: str) -> str:
        if not code.isdigit():
            return names.economy(code, self.load.publication)
        try:
            return names.numbered(code, self.load.publication)
        except FactError:
            # A country that is newer than this version stands in the release's own list.
            if code.lstrip("0") in self._countries:
                return names.economy(self._countries[code.lstrip("0")], self.load.publication)
            raise


def codes(nomenclature: str) -> Mapping[str, customs.CustomsCode]:
    """The codes of the vocabularies in an edition of the Harmonized System."""
    return {
        known.code: known
        for known in customs.known().values()
        if known.nomenclature == nomenclature and len(known.code) == 6
    }


def _dollars(row: Row, unit: int) -> Decimal:
    if row.number("value") is None:
        raise row.fault("value", "there is no value")
    # An extract's dollars may be thousands times a thousand in binary, which leaves dust behind.
    return round(Decimal(row.plain("value")) * unit, 3)


def _figures(row: Row, value: Decimal) -> dict[str, Value]:
    """Value and quantity of a flow.

    ``NA`` and a quantity that rounds to zero are no masses of zero: goods that have a value weigh
    something.
    """
    found: dict[str, Value] = {
        "value": float(value),
        "currency": "USD",
        "valuation": "FOB",
        "status": "normal",
    }
    if "quantity" not in row.cells:
        return found
    mass = row.number("quantity")
    if mass is None:
        found["status"] = "not-available" if row["quantity"] else "not-stated"
        found["note"] = "The value is given, the quantity is not."
    elif mass == 0:
        found["status"] = "below-threshold"
        found["note"] = "The quantity rounds to zero kilograms."
    else:
        found["mass"] = mass
    return found


def require_apart(trade: Sequence[tuple[str, Trade]]) -> None:
    """Raise ``OrepathError`` where two tables state the same flows.

    Two editions of the Harmonized System state the same trade under other codes, and both stay.
    """
    yearly: dict[tuple[str, str], str] = {}
    for form, table in trade:
        key = (table.nomenclature, table.year)
        if form == "yearly" and key in yearly:
            raise OrepathError(
                f"{table.name} and {yearly[key]} are both {' of '.join(filter(None, key))}",
                "Give each table once, in an archive or by itself.",
            )
        if form == "yearly":
            yearly[key] = table.name
    editions = {edition for edition, _ in yearly}
    for form, table in trade:
        if form != "yearly" and table.nomenclature in editions:
            raise OrepathError(
                f"{table.name} is an extract of tables that are given too",
                "Give CEPII's tables or the extract of them.",
            )
