"""Eurostat Comext: what EU members traded with each partner, by line of the Combined Nomenclature.

The bulk file (or an extract with its columns) has a row for each declarant, partner, CN8 line,
flow and period. A row becomes one trade flow, recorded by the declarant: imports at CIF-type,
exports at FOB-type statistical value, in euros. Trade between members is marked ``intra_eu`` by the
publisher's flag, or by the memberships of the year where an extract has dropped it. A line is a
code of its year's nomenclature: ``cn2022/28461000`` and ``cn2023/28461000`` are two codes. Lines
that hold no critical raw material, procedures other than normal trade, and months are left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Place, Value
from .. import names, units
from ..customs import CustomsCode, Flows, editions, known, require_rows
from ..memberships import memberships, throughout
from ..protocol import Ledger, sidecar
from ..streams import stream_table
from ..tables import AGAIN, Row

PUBLICATION = "eurostat-comext"
TITLE = "Eurostat Comext (bulk file of trade by CN8)"
# Headers of the second version of the bulk files, of the first, and of extracts made from them.
COLUMNS: Mapping[str, Sequence[str]] = {
    "declarant": ("DECLARANT_ISO", "REPORTER"),
    "partner": ("PARTNER_ISO", "PARTNER"),
    "product": ("PRODUCT_NC",),
    "flow": ("FLOW",),
    "period": ("PERIOD",),
    "value": ("VALUE_IN_EUROS", "VALUE_EUR"),
    "weight": ("QUANTITY_IN_KG", "QUANTITY_KG"),
    "trade type": ("TRADE_TYPE",),
    "procedure": ("STAT_PROCEDURE",),
}
OPTIONAL = ("weight", "trade type", "procedure")
_SHAPES = {
    "declarant": re.compile(r"[A-Z][A-Z0-9_]{1,9}"),
    "partner": re.compile(r"[A-Z][A-Z0-9_]{1,15}"),
    "product": re.compile(r"(?:[0-9]{2}){1,4}|[0-9]{2}[0-9A-Z]{6}|TOTAL"),
    "flow": re.compile(r"[0-9]"),
    "period": re.compile(r"(?:19|20)\d\d(?:\d\d)?"),
    "trade type": re.compile(r"[A-Z]?"),
    "procedure": re.compile(r"[0-9A-Z]?"),
}
_UNION = "EU27"
_SIDES = {"1": "importer", "2": "exporter"}
_VALUATIONS = {"importer": "CIF", "exporter": "FOB"}
_ANNUAL = ("", "52")  # a year's total is written 2024 or 202452
_NORMAL = "1"
_NO_NUMBER = {"": "not-stated", ":": "not-available", "c": "withheld", ":c": "withheld"}
_NOUGHT = "The file has 0, which stands for a value that is confidential or not given."
_MONTHS = "monthly rows"
_PROCEDURES = "procedures other than normal trade (STAT_PROCEDURE)"
_CONFIDENTIAL = "confidential lines (letters in PRODUCT_NC)"
_HEADINGS = "chapters, headings and subheadings"
_OTHER = "lines without a critical raw material"
_REPEATED = "rows that repeat another of the same load"


def recognise(files: Sequence[Path]) -> str:
    """``eurostat-comext-<newest year>``, e.g. ``eurostat-comext-2024``.

    Raises ``OrepathError`` naming file, line and column for another publisher's file, moved
    columns, or a file that is cut off.
    """
    if not files:
        raise OrepathError(
            f"no file was given; {PUBLICATION} reads the bulk file of a year or more",
            "Give all years together: they are loaded as one edition.",
        )
    newest = newest_month = ""
    declarants: set[str] = set()
    for file in files:
        held = 0
        for row in stream_table(file, COLUMNS, OPTIONAL, TITLE):
            _check(row)
            if row["declarant"] not in declarants:
                _require_member(row)
                declarants.add(row["declarant"])
            period = row["period"]
            if period[4:] in _ANNUAL:
                newest = max(newest, period[:4])
            newest_month = max(newest_month, period[:4])
            held += 1
        if not held:
            raise OrepathError(f"{file.name} has a header and no rows", AGAIN)
        require_rows(PUBLICATION, file, held)
    return f"{PUBLICATION}-{newest or newest_month}"


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """The flows of all files in their order; every row is booked in ``ledger``."""
    source = recognise(files)
    reasons = {entry.what: entry.reason for entry in sidecar(source).left_out}
    flows = Flows(source)
    codes = _Codes()
    for file in files:
        for row in stream_table(file, COLUMNS, OPTIONAL, TITLE):
            if (left := _left(row)) is not None:
                ledger.leave(reasons[left])
                continue
            try:
                found = list(_flow(row, flows, codes))
            except FactError as error:
                column = COLUMNS[error.column][0] if error.column else None
                ledger.reject(
                    row.place(column), str(error.value or ""), error.message, error.hint or AGAIN
                )
                continue
            if found:
                ledger.use()
                yield from found
            else:
                ledger.leave(reasons[_REPEATED])


def _check(row: Row) -> None:
    for column, shape in _SHAPES.items():
        if not shape.fullmatch(row[column]):
            raise OrepathError(
                f"{row.place(COLUMNS[column][0])}: {row[column]!r} cannot stand there; the columns"
                f" may have moved, or this is not a file of {TITLE}",
                AGAIN,
            )


def _require_member(row: Row) -> None:
    """Raise ``OrepathError`` where a country declares that was never a member of the Union.

    That is how declarants and partners under each other's header are noticed.
    """
    try:
        declarant = names.economy(row["declarant"], PUBLICATION)
    except FactError:
        return
    if not (
        declarant in memberships(_UNION) or declarant == _UNION or declarant.startswith("AGG:")
    ):
        raise OrepathError(
            f"{row.place(COLUMNS['declarant'][0])}: {row['declarant']} was never a member of the"
            " European Union and declares nothing to Eurostat",
            "The columns of declarants and partners may have been exchanged. " + AGAIN,
        )


def _left(row: Row) -> str | None:
    """Why a row is deliberately not loaded, by the sidecar's words."""
    product = row["product"]
    if not product.isdecimal():
        return _HEADINGS if product == "TOTAL" else _CONFIDENTIAL
    if len(product) < 8:
        return _HEADINGS
    if not editions("cn", product):
        return _OTHER
    if row["procedure"] not in (_NORMAL, ""):
        return _PROCEDURES
    if row["period"][4:] not in _ANNUAL:
        return _MONTHS
    return None


def _flow(row: Row, flows: Flows, codes: _Codes) -> Iterator[Fact]:
    """The facts of a row; none where the same row was stated before."""
    place = row.place()
    declarant, partner = (_economy(row, column) for column in ("declarant", "partner"))
    side = _SIDES.get(row["flow"])
    if side is None:
        raise FactError("a flow is 1 (import) or 2 (export)", AGAIN, "flow", row["flow"])
    exporter, importer = (declarant, partner) if side == "exporter" else (partner, declarant)
    year = int(row["period"][:4])
    value, status, note = _value(row)
    mass = _weight(row)
    if status == "normal" and mass is None and row["weight"]:
        status, note = "not-stated", "The value is given, the weight is not."
    intra = _intra_eu(row, declarant, partner, year)
    code, stated = codes.of(year, row["product"], place)
    if flows.seen(exporter, code.id, importer, year, side, (value, mass, status), place):
        return
    yield from stated
    values: dict[str, Value] = {
        "value": value,
        "currency": "EUR",
        "mass": mass,
        "valuation": _VALUATIONS[side],
        "status": status,
        "intra_eu": intra,
        "file": row.file,
        "line": row.line,
        "note": note,
    }
    yield from flows.facts(exporter, code, importer, year, side, values, place)


class _Codes:
    """The CN codes of a load: those of the vocabularies, and those of a later or earlier year."""

    def __init__(self) -> None:
        self._made: dict[str, CustomsCode] = {}

    def of(self, year: int, code: str, place: Place) -> tuple[CustomsCode, list[Fact]]:
        """A code of a year, and its node where the vocabularies do not have it.

        A year that they do not know is described as the nearest year that they do, and says so.
        """
        key = f"cn{year}/{code}"
        found = known().get(key) or self._made.get(key)
        if found:
            return found, []
        nearest = min(editions("cn", code), key=lambda k: (abs(int(k[2:6]) - year), k))
        model = known()[nearest]
        name = model.name.replace(f"CN {nearest[2:6]}", f"CN {year}")
        made = CustomsCode(key, f"CN{year}", code, name, model.materials)
        self._made[key] = made
        said = f"Described as in CN {nearest[2:6]}, with which CN {year} was not compared."
        values: dict[str, Value] = {
            "id": key,
            "name": name,
            "code": code,
            "nomenclature": made.nomenclature,
            "description": said,
        }
        forms = [Fact("form_of", {"start": key, "end": m}, place) for m in made.materials]
        return made, [Fact("TradeCode", values, place), *forms]


def _economy(row: Row, column: str) -> str:
    try:
        return names.economy(row[column], PUBLICATION)
    except FactError as error:
        error.column = column
        raise


def _value(row: Row) -> tuple[float | None, str, str | None]:
    """Value in euros, its status, and what there is to say of it.

    Goods are traded at some value, so a nought is one that was suppressed or not given.
    """
    text = row["value"]
    if text in _NO_NUMBER:
        return None, _NO_NUMBER[text], None
    value = _number(row, "value")
    return (value, "normal", None) if value else (None, "not-stated", _NOUGHT)


def _weight(row: Row) -> float | None:
    """Net mass in tonnes. Goods that weigh nothing are goods whose weight was not asked for."""
    if row["weight"] in _NO_NUMBER:
        return None
    kilograms = _number(row, "weight")
    return units.unit("kg", PUBLICATION).convert(kilograms) if kilograms else None


def _number(row: Row, column: str) -> float:
    text = row[column]
    number = float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text, re.ASCII) else math.nan
    if not math.isfinite(number):
        raise FactError(f"{text!r} is no amount", AGAIN, column, text)
    return number


def _intra_eu(row: Row, declarant: str, partner: str, year: int) -> bool | None:
    """Whether the flow is between members: the publisher's flag, else the memberships.

    Nothing where membership of one of the two began or ended in the year.
    """
    if flag := row["trade type"]:
        if flag not in ("I", "E"):
            raise FactError("a trade type is I (intra) or E (extra)", AGAIN, "trade type", flag)
        return flag == "I"
    sides = [e == _UNION or throughout(e, _UNION, year) for e in (declarant, partner)]
    if False in sides:
        return False
    return None if None in sides else True
