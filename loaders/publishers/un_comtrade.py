"""UN Comtrade: what a reporter's customs recorded of its trade with each partner, by HS code.

Files are answers of the data API, JSON or CSV, as many as the user has asked for; together they
are one edition, named after the newest year in them. A row becomes one trade flow: what the
reporter imports is CIF and reported by the importer, what it exports FOB and reported by the
exporter, so the two sides of one trade stay two flows. Partner *World* becomes the aggregate
``WLD``. Rows that repeat a total (by mode of transport, customs procedure or second partner) and
re-exports, which are part of the exports, are left out and counted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Place, Value
from .. import names, units
from ..customs import CustomsCode, Flows, editions, known, require_rows
from ..protocol import Ledger, sidecar
from ..tables import AGAIN, read_mapping
from .un_comtrade_answers import TITLE, Record, read_records

PUBLICATION = "un-comtrade"
_SIDES = {"M": "importer", "X": "exporter"}
_KILOGRAM = "8"  # the quantity unit of UN Comtrade's code list
# What each structural column holds in any answer; anything else means that columns have moved.
_SHAPES = {
    "typeCode": r"[CS]",
    "freqCode": r"[AM]",
    "period": r"(?:19|20)\d\d(?:0[1-9]|1[0-2])?",
    "reporterCode": r"[1-9]\d{0,2}",
    "flowCode": r"[A-Z]{1,4}",
    "partnerCode": r"\d{1,3}",
    "classificationCode": r"[A-Z][A-Z0-9]{0,3}",
    "isOriginalClassification": r"(?i:true|false|)",
    "cmdCode": r"[0-9A-Z]{1,8}",
    "motCode": r"\d{1,4}|",
    "isNetWgtEstimated": r"(?i:true|false|)",
}
_PATTERNS = {column: re.compile(shape) for column, shape in _SHAPES.items()}


@cache
def _nomenclatures() -> Mapping[str, str]:
    lines = read_mapping("un_comtrade_nomenclatures")
    return {line["classification"]: line["nomenclature"] for line in lines}


# Rows that are left out: what the sidecar calls them, and how they are known. The first that
# holds is the reason.
_LEFT: Mapping[str, Callable[[Record], bool]] = {
    "services (typeCode S)": lambda r: r["typeCode"] != "C",
    "monthly rows (freqCode M)": lambda r: r["freqCode"] != "A",
    "other nomenclatures than HS": lambda r: r["classificationCode"] not in _nomenclatures(),
    "re-exports and other flows": lambda r: r["flowCode"] not in _SIDES,
    "modes of transport (motCode)": lambda r: r["motCode"] not in ("0", ""),
    "customs procedures (customsCode)": lambda r: r["customsCode"] not in ("C00", ""),
    "modes of supply (mosCode)": lambda r: r["mosCode"] not in ("0", ""),
    "second partners (partner2Code)": lambda r: r["partner2Code"] not in ("0", ""),
    "codes without a critical raw material": lambda r: not editions("hs", r["cmdCode"]),
}
_REPEATED = "rows that repeat another of the same load"


def recognise(files: Sequence[Path]) -> str:
    """``un-comtrade-<newest year>``, e.g. ``un-comtrade-2024``, for answers of the API.

    Raises ``OrepathError`` naming the file and place for anything else: another publisher's
    file, an error message, an answer that is cut off, columns that have moved, no data at all.
    """
    if not files:
        raise OrepathError(
            f"no file was given; {PUBLICATION} reads answers of its data API, JSON or CSV",
            "Give all answers of one download together: they are loaded as one edition.",
        )
    newest = newest_month = ""
    for file in files:
        held = 0
        for record in read_records(file):
            _check(record)
            year = record["period"][:4]
            newest_month = max(newest_month, year)
            if record["freqCode"] == "A":
                newest = max(newest, year)
            held += 1
        require_rows(PUBLICATION, file, held)
    if not newest_month:
        listed = ", ".join(file.name for file in files)
        raise OrepathError(
            f"{listed}: UN Comtrade has answered that it has no data",
            "Check reporter, partner, code and year of the question.",
        )
    return f"{PUBLICATION}-{newest or newest_month}"


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """The flows of all files in their order; every record is booked in ``ledger``."""
    source = recognise(files)
    reasons = {entry.what: entry.reason for entry in sidecar(source).left_out}
    flows = Flows(source)
    for file in files:
        for record in read_records(file):
            left = next((what for what, holds in _LEFT.items() if holds(record)), None)
            if left is not None:
                ledger.leave(reasons[left])
                continue
            try:
                found = list(_flow(record, flows))
            except FactError as error:
                where = _place(record, error.column)
                ledger.reject(where, str(error.value or ""), error.message, error.hint or AGAIN)
                continue
            if found:
                ledger.use()
                yield from found
            else:
                ledger.leave(reasons[_REPEATED])


def _check(record: Record) -> None:
    """Raise ``OrepathError`` where a column that gives the row its shape holds something else."""
    for column, pattern in _PATTERNS.items():
        if not pattern.fullmatch(record[column]):
            raise OrepathError(
                f"{_place(record, column)}: {record[column]!r} cannot stand there; the columns may"
                f" have moved, or this is not {TITLE}",
                AGAIN,
            )
    primary = record["primaryValue"]
    if record["flowCode"] == "X" and record["cifvalue"] == primary != record["fobvalue"]:
        raise OrepathError(
            f"{_place(record, 'cifvalue')}: exports are valued FOB; the columns of the values may"
            " have been exchanged",
            AGAIN,
        )


def _place(record: Record, column: str | None) -> Place:
    return Place(record.place.file, record.place.line, column)


def _flow(record: Record, flows: Flows) -> Iterator[Fact]:
    """The facts of a row; none where the same row was stated before."""
    reporter = _economy(record, "reporterCode")
    partner = _economy(record, "partnerCode")
    side = _SIDES[record["flowCode"]]
    exporter, importer = (reporter, partner) if side == "exporter" else (partner, reporter)
    code = _code(record)
    year = int(record["period"])
    value = _number(record, "primaryValue")
    if value is None:
        raise FactError("there is no value", AGAIN, "primaryValue", record["primaryValue"])
    mass, status, notes = _weight(record, reporter, year)
    if reporter == partner:
        notes.insert(0, "Goods of the reporter's own that came back (re-import).")
    if record["isOriginalClassification"].casefold() == "false":
        notes.append("Converted by UN Comtrade from the nomenclature that the reporter used.")
    figures = (value, mass)
    if flows.seen(exporter, code.id, importer, year, side, figures, record.place):
        return
    values: dict[str, Value] = {
        "value": value,
        "currency": "USD",
        "mass": mass,
        "valuation": _valuation(record, value),
        "status": status,
        "file": record.place.file,
        "line": record.place.line,
        "note": " ".join(notes) or None,
    }
    yield from flows.facts(exporter, code, importer, year, side, values, record.place)


def _economy(record: Record, column: str) -> str:
    try:
        return names.numbered(record[column], PUBLICATION)
    except FactError as error:
        error.column = column
        raise


def _code(record: Record) -> CustomsCode:
    nomenclature = _nomenclatures()[record["classificationCode"]]
    found = known().get(f"{nomenclature}/{record['cmdCode']}")
    if found is None:
        others = ", ".join(key.partition("/")[0] for key in editions("hs", record["cmdCode"]))
        raise FactError(
            f"the vocabularies do not say what {record['cmdCode']} is in {nomenclature}",
            f"They know it in {others}. Add it to ontology/vocabulary/trade-codes-hs.ttl: codes"
            " change their meaning between editions.",
            "cmdCode",
            record["cmdCode"],
        )
    return found


def _weight(record: Record, reporter: str, year: int) -> tuple[float | None, str, list[str]]:
    """Net weight in tonnes, the status of the figures, and what there is to say of them.

    Goods of some value that weigh nothing are goods of which no weight is known.
    """
    weight = _number(record, "netWgt")
    estimated = record["isNetWgtEstimated"].casefold() == "true"
    if not weight:
        quantity = _number(record, "qty")
        missing = "The value is given, the net weight is not."
        if quantity and record["qtyUnitCode"] == _KILOGRAM:
            missing += f" The quantity is {quantity:,.0f} kg."
        return None, "not-stated", [missing]
    if not estimated:
        return _tonnes(weight), "normal", []
    if note := _unusable().get((reporter, str(year))):
        return None, "estimated", [f"Net weight {weight:,.0f} kg: {note}"]
    return (
        _tonnes(weight),
        "estimated",
        ["Net weight estimated by UN Comtrade; the value is as reported."],
    )


def _tonnes(kilograms: float) -> float | None:
    return units.unit("kg", PUBLICATION).convert(kilograms)


def _valuation(record: Record, value: float) -> str | None:
    """CIF or FOB: which of the two values is the primary one. Some reporters state imports FOB."""
    pairs = [("CIF", "cifvalue"), ("FOB", "fobvalue")]
    if record["flowCode"] == "X":
        pairs.reverse()
    for valuation, column in pairs:
        if _number(record, column) == value:
            return valuation
    return None


def _number(record: Record, column: str) -> float | None:
    text = record[column]
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0 or not text.isascii() or "_" in text:
        raise FactError(f"{text!r} is no amount", AGAIN, column, text)
    return number


@cache
def _unusable() -> Mapping[tuple[str, str], str]:
    """What to say of the weights of a reporter and year that are known to be wrong."""
    lines = read_mapping("un_comtrade_weights")
    return {(line["reporter"], line["year"]): line["note"] for line in lines}
