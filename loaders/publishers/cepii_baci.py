"""CEPII BACI: who sends which goods to whom, by HS code, in one figure for each pair of countries.

BACI makes one flow of what exporter and importer report, valued free on board. The yearly table
holds all goods; the customs codes of the vocabularies choose the rows that become facts, all others
are counted as left out. Values are in thousand dollars and become dollars, quantities are tonnes.
Codes that mix materials stay baskets. Which countries the numbers mean stands with reasons in
``mapping/economies.csv``; other lumps than these are rejected by name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Place, Value
from .. import customs, names
from ..protocol import Ledger
from ..tables import AGAIN
from .cepii_baci_files import TITLE, Table, tables
from .cepii_baci_rows import amount, lines, probe

PUBLICATION = "cepii-baci"
SIDE = "reconciled"

OTHER_CODES = "HS codes outside the vocabulary"
_CODE_LIST = "A list of codes, read to resolve the numbers of the tables"
_GIVEN_TWICE = "The same flow, which another table of this load gives with its quantity"

# An extract with quantities goes before the same one without.
_ORDER = {"parquet": 0, "yearly": 1, "extract": 2}

# Exporter, importer, code and year.
Key = tuple[str, str, str, int]


def recognise(files: Sequence[Path]) -> str:
    """``cepii-baci-2026-01`` for tables of the release 202601.

    Raises ``OrepathError`` naming file, line and column for another publisher's file, tables of
    two releases, an edition of the Harmonized System of which the vocabularies hold no code, a
    header that does not belong to its rows, and a prepared extract that has lost rows.
    """
    found = tables(files)
    data = [table for table in found if table.kind in _ORDER]
    releases = sorted({table.release for table in found if table.release})
    if len(releases) != 1:
        raise OrepathError(
            f"the files are of {len(releases)} releases of {TITLE}: {', '.join(releases)}",
            "Releases revise each other: load one at a time.",
        )
    _require_apart(data)
    for table in data:
        if not codes(table):
            known = sorted({c.nomenclature for c in customs.known().values()})
            raise OrepathError(
                f"{table.name}: the vocabularies hold no code of {table.nomenclature}",
                f"Editions known: {', '.join(n for n in known if n.startswith('HS'))}.",
            )
        if table.kind != "parquet":
            probe(table)
        if table.rows and table.kind == "extract":
            with table.open() as stream:
                held = sum(1 for line in stream if line.strip())
            if held < table.rows:
                raise OrepathError(
                    f"{table.name}: {held} rows instead of {table.rows}; the file is cut off",
                    "Get it again; a selection of your own should have a name of its own.",
                )
    return f"{PUBLICATION}-{releases[0]}"


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """The flows under the codes of the vocabularies, in the order of the files' names and rows.

    Memory holds what tells a flow given twice, for the codes that are asked for, and no row.
    """
    found = tables(files)
    listed = listed_countries(found, ledger)
    flows = customs.Flows(edition(found))
    stated = Stated()
    for table in trade(found):
        yield from table_facts(table, listed, flows, stated, ledger)


def edition(found: Sequence[Table]) -> str:
    """Id of the source that the tables are."""
    return f"{PUBLICATION}-{next(t.release for t in found if t.release)}"


def trade(found: Sequence[Table]) -> list[Table]:
    """The tables of flows among all, in the order in which they are read."""
    return sorted((t for t in found if t.kind in _ORDER), key=lambda t: _ORDER[t.kind])


def table_facts(
    table: Table,
    listed: Mapping[str, str],
    flows: customs.Flows,
    stated: Stated,
    ledger: Ledger,
) -> Iterator[Fact]:
    """The flows of one table; ``listed`` are the countries of the release's own list."""
    asked = codes(table)
    resolve = Resolver(table, listed)
    for line, read in lines(table, asked, partial(ledger.leave, OTHER_CODES)):
        try:
            if line.problem:
                raise FactError(line.problem, AGAIN, value=",".join(line.cells)[:80])
            exporter, importer, code, year, value, quantity = read(line)
            sender, receiver = resolve(exporter), resolve(importer)
            if stated.before(table, (sender, receiver, code, year), value):
                ledger.leave(_GIVEN_TWICE)
                continue
            found = figures(value, quantity)
        except FactError as error:
            place = Place(table.name, line.number, error.column)
            hint = error.hint or AGAIN
            ledger.reject(place, str(error.value or ""), error.message, hint)
            continue
        ledger.use()
        place = Place(table.name, line.number)
        at: dict[str, Value] = {"file": table.name, "line": line.number}
        yield from flows.facts(sender, asked[code], receiver, year, SIDE, {**found, **at}, place)


class Stated:
    """The flows that were stated, so that none is stated twice.

    A yearly table is ordered by exporter, so those of one exporter are remembered at a time;
    prepared extracts are small, and one may repeat the flows of another.
    """

    def __init__(self) -> None:
        self._flows: dict[Key, tuple[Decimal, str]] = {}
        self._exporter = ("", "")

    def before(self, table: Table, key: Key, value: Decimal) -> bool:
        """Whether another table stated the same flow with the same value.

        Raises ``FactError`` where the same table did, or another value was stated.
        """
        if table.kind == "yearly" and (table.name, key[0]) != self._exporter:
            self._flows.clear()
            self._exporter = (table.name, key[0])
        first = self._flows.setdefault(key, (value, table.name))
        if first[1] == table.name and first[0] is value:
            return False
        if first[1] != table.name and first[0] == value:
            return True
        raise FactError(
            f"{first[1]} states the flow {' '.join(map(str, key))} with {first[0]} USD before",
            "Keep one of the two rows.",
            value=str(value),
        )


def _require_apart(data: Sequence[Table]) -> None:
    """Raise ``OrepathError`` where two tables state the same flows.

    Two editions of the Harmonized System state the same trade under other codes, and both stay.
    """
    yearly: dict[tuple[str, int], str] = {}
    for table in data:
        if table.kind != "yearly":
            continue
        key = (table.nomenclature, table.year)
        if key in yearly:
            raise OrepathError(
                f"{table.name} and {yearly[key]} are both {key[0]} of {key[1]}",
                "Give each table once, in an archive or by itself.",
            )
        yearly[key] = table.name
    for table in data:
        if table.kind != "yearly" and any(edition == table.nomenclature for edition, _ in yearly):
            raise OrepathError(
                f"{table.name} is an extract of tables that are given too",
                "Give CEPII's tables or the extract of them.",
            )


def codes(table: Table) -> Mapping[str, customs.CustomsCode]:
    """The codes of the vocabularies in a table's edition of the Harmonized System."""
    return {
        known.code: known
        for known in customs.known().values()
        if known.nomenclature == table.nomenclature and len(known.code) == 6
    }


def figures(value: Decimal, quantity: str | None) -> dict[str, Value]:
    """Value and quantity of a flow.

    ``NA`` and a quantity that rounds to nought are no masses of nought: goods that have a value
    weigh something.
    """
    found: dict[str, Value] = {
        "value": float(value),
        "currency": "USD",
        "valuation": "FOB",
        "status": "normal",
    }
    if quantity is None:
        return found
    if quantity in ("NA", ""):
        found["status"] = "not-available" if quantity else "not-stated"
        found["note"] = "The value is given, the quantity is not."
    elif float(amount(quantity, "q")) == 0.0:
        found["status"] = "below-threshold"
        found["note"] = "The quantity rounds to nought kilograms."
    else:
        found["mass"] = float(amount(quantity, "q"))
    return found


class Resolver:
    """Ids of the economies that the codes of one table mean; each code is looked up once."""

    def __init__(self, table: Table, listed: Mapping[str, str]) -> None:
        self._numeric = table.kind == "yearly"
        self._listed = listed
        self._known: dict[str, str] = {}

    def __call__(self, code: str) -> str:
        """Raises ``FactError`` for a code that nothing explains."""
        if code not in self._known:
            self._known[code] = self._resolved(code)
        return self._known[code]

    def _resolved(self, code: str) -> str:
        if not self._numeric:
            return names.economy(code, PUBLICATION)
        try:
            return names.numbered(code, PUBLICATION)
        except FactError:
            # A country that is newer than this version stands in the release's own list.
            if code.lstrip("0") in self._listed:
                return names.economy(self._listed[code.lstrip("0")], PUBLICATION)
            raise


def listed_countries(found: Sequence[Table], ledger: Ledger) -> dict[str, str]:
    """Three letters by number from the release's list of countries; its rows become no facts."""
    listed: dict[str, str] = {}
    for table in found:
        if table.kind not in ("countries", "products"):
            continue
        with table.open_whole() as stream:
            text = stream.read().decode("utf-8-sig", "replace")
        rows = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True)
        for row in rows:
            ledger.leave(_CODE_LIST)
            if table.kind == "countries":
                listed[(row["country_code"] or "").strip()] = (row["country_iso3"] or "").strip()
    return listed
