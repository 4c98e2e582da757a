"""What the EU consumes, and its trade as a proxy of it where consumption is not known.

Most rows are extra-EU trade of one customs code: imports and net imports in tonnes of goods, and
the largest third country with its share of them. They are a proxy of consumption only where the
EU makes nothing itself; where a row says so, the net imports are the apparent consumption too.
What the other rows become (consumption, demand, trade, a use, a claim) is in
``mapping/eu_consumption.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Value
from .. import customs, names
from ..industries import industry_id
from ..protocol import Ledger
from ..tables import Row
from .claims import claim
from .figures import PUBLICATION, figure, measured_in
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_id,
    document_of,
    identify,
    industry_of,
    look_up,
    parts,
    read_rows,
    reading,
    referred,
    verified,
    words,
)

SOURCE = "orepath-eu-consumption"
COLUMNS = {
    "eu_consumption": (
        *("material_id", "stage", "metric", "value", "unit", "year", "basis", "note"),
        *DOCUMENT_COLUMNS,
    )
}
MARKET = "EU27"
NOMENCLATURE = "hs2017"
PROXY = (
    "Extra-EU trade of the customs code in tonnes of goods: a proxy of consumption, in which what"
    " the EU makes itself is not counted"
)
MEASURES = {"imports": "imports", "net imports": "net-imports"}

_TRADE = re.compile(r"extra-EU (?P<what>imports|net imports) HS (?P<code>\d{6})\b.*")
_LARGEST = re.compile(r"largest third-country supplier, HS (?P<code>\d{6}): (?P<supplier>.+)")
_YEAR = re.compile(r"\d{4}")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-eu-consumption``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Observations, sourcing shares, flows, uses and claims, with their documents."""
    file = parts(files, COLUMNS)["eu_consumption"]
    yield from distinct(read_rows(file, COLUMNS["eu_consumption"], ledger, read))


def read(row: Row) -> Iterator[Fact]:
    """What a row becomes."""
    yield document_of(row)
    if match := _TRADE.fullmatch(row["metric"]):
        yield from traded(row, match["what"], match["code"])
    elif match := _LARGEST.fullmatch(row["metric"]):
        yield from largest(row, match["code"], match["supplier"])
    else:
        yield from _KINDS[_line(row)["treatment"]](row, _line(row))


def traded(row: Row, what: str, code: str) -> Iterator[Fact]:
    """Imports or net imports of the EU under a customs code, in tonnes of goods."""
    product = customs_code(row, code)
    yield from industry_of(MARKET, product, row.place())
    values = observed(row, product, MEASURES[what], row["value"])
    note = ". ".join(part for part in (PROXY, row["note"]) if part)
    given: dict[str, Value] = {"basis": "gross-weight", "status": "estimated", "note": note}
    yield Fact("IndustryObservation", values | given, row.place())
    line = reading("eu_apparent_consumption", "material_id", "code").get((row["material_id"], code))
    if line and what == "net imports":
        made = identify("Product", line["product"], row.place("metric"))
        yield from industry_of(MARKET, made, row.place())
        values = observed(row, made, "apparent-consumption", row["value"])
        given["note"] = f"{row['note']}. {line['note']}"
        yield Fact("IndustryObservation", values | given, row.place())


def largest(row: Row, code: str, supplier: str) -> Iterator[Fact]:
    """The share of the largest third country in the tonnes imported under a customs code."""
    product = customs_code(row, code)
    try:
        economy = names.economy(supplier, PUBLICATION)
    except FactError as error:
        raise Unreadable(
            row.place("metric"), supplier, error.message, error.hint or "Mend the cell."
        ) from error
    yield from industry_of(economy, product, row.place())
    values: dict[str, Value] = {
        "industry": industry_id(economy, product),
        "market": MARKET,
        "period": year(row),
        "measured": True,
        "status": "estimated",
        "original_value": row["value"],
        "note": f"The largest third country by {row['unit']}; {row['note']}",
        **cited(row),
        **figure(row, "value").scaled(Decimal(100), ("share", "low", "high")),
    }
    yield Fact("SourcingShare", values, row.place())


def _consumption(row: Row, line: Mapping[str, str]) -> Iterator[Fact]:
    product = referred(line["product"], row.place("material_id")).partition(":")[2]
    yield from industry_of(MARKET, product, row.place())
    values = observed(row, product, line["measure"], row["value"])
    values |= {"status": line["status"], "basis": "not-stated", "note": _note(row, line)}
    if line["period"]:
        values["period"] = line["period"]
    yield Fact("IndustryObservation", values, row.place())


def _flow(row: Row, line: Mapping[str, str]) -> Iterator[Fact]:
    product = referred(line["product"], row.place("material_id")).partition(":")[2]
    supplier = identify("Economy", line["supplier"], row.place("metric"))
    industry = industry_id(supplier, product)
    unit = measured_in(row, row["unit"], "unit")
    mass = figure(row, "value").amount
    yield from industry_of(supplier, product, row.place())
    flow: dict[str, Value] = {
        "exporter": industry,
        "importer": MARKET,
        "year": int(year(row)),
        "mass": None if mass is None else float(mass * unit.factor),
        "reporter_side": "importer",
        "status": line["status"],
        "note": _note(row, line),
        **cited(row),
    }
    yield Fact("TradeFlow", flow, row.place())
    share: dict[str, Value] = {
        "industry": industry,
        "market": MARKET,
        "period": year(row),
        "share": float(Decimal(line["share"]) / 100),
        "measured": True,
        "status": line["status"],
        "original_value": f"{line['share']} %",
        "note": line["note"],
        **cited(row),
    }
    yield Fact("SourcingShare", share, row.place())


def _use(row: Row, line: Mapping[str, str]) -> Iterator[Fact]:
    unit = measured_in(row, row["unit"], "unit")
    values: dict[str, Value] = {
        "used": referred(line["product"], row.place("material_id")),
        "user": referred(line["user"], row.place("metric")),
        "role": row["metric"],
        "region": MARKET,
        "period": year(row),
        "quantity_unit": unit.base,
        "status": line["status"],
        "original_value": row["value"],
        "original_unit": row["unit"],
        "note": _note(row, line),
        **cited(row),
        **figure(row, "value").values(unit, ("quantity", "quantity_low", "quantity_high")),
    }
    yield Fact("Use", values, row.place())


def _claims(row: Row, line: Mapping[str, str]) -> Iterator[Fact]:
    """A claim for each value of the row, which may hold several with their stages."""
    stages = words(line["stages"]) or [""]
    values = [part.strip() for part in row["value"].split("/")] if line["unit"] else [""]
    if len(stages) != len(values):
        raise Unreadable(
            row.place("value"), row["value"], f"{len(stages)} numbers are expected", "Mend the row."
        )
    for stage, text in zip(stages, values, strict=True):
        about = [referred(reference, row.place()) for reference in words(line["about"])]
        if stage:
            about.append(f"Stage:{identify('Stage', stage, row.place('stage'))}")
        said = " ".join(part for part in (line["text"], stage and f"({stage})") if part)
        given: dict[str, Value] = {
            "text": f"{said}: {text} {line['unit']}" if text else said,
            "subject": line["subject"],
            "predicate": line["predicate"],
            "unit": line["unit"] or None,
            "period": row["year"] or None,
            "asserted_by": row["publisher"],
            "verified": verified(row),
            "publisher_verification": "; ".join(
                part
                for part in (row["note"], "" if verified(row) else "the document was not read")
                if part
            )
            or None,
        }
        if text:
            given["value"] = _plain(row, text)
        identity = "-".join(part for part in (line["claim_id"], stage) if part)
        yield from claim(identity, given, about, document_id(row), row.place())


_KINDS = {"observe": _consumption, "flow": _flow, "use": _use, "claim": _claims}


def observed(row: Row, product: str, measure: str, text: str) -> dict[str, Value]:
    """What every observation of the EU holds."""
    unit = measured_in(row, row["unit"], "unit")
    return {
        "industry": industry_id(MARKET, product),
        "measure": measure,
        "period": year(row),
        "unit": unit.base,
        "original_value": text,
        "original_unit": row["unit"],
        "basis_note": row["basis"],
        **cited(row),
        **figure(row, "value").values(unit, ("amount", "low", "high")),
    }


def cited(row: Row) -> dict[str, Value]:
    """The document and the place of a row."""
    return {
        "source": document_id(row),
        "verified": verified(row),
        "file": row.file,
        "line": row.line,
    }


def customs_code(row: Row, code: str) -> str:
    """The customs code that a row names, in the edition that its flows are counted in."""
    key = f"{NOMENCLATURE}/{code}"
    if key not in customs.known():
        raise Unreadable(
            row.place("metric"),
            code,
            f"the vocabularies have no customs code {key!r}",
            "Add it to ontology/vocabulary/trade-codes-hs.ttl.",
        )
    return key


def year(row: Row) -> str:
    """The year that a row begins with."""
    match = _YEAR.search(row["year"])
    if match is None:
        raise Unreadable(row.place("year"), row["year"], "there is no year", "Write the year.")
    return match.group()


def _line(row: Row) -> Mapping[str, str]:
    keys = {"material_id": row["material_id"], "metric": row["metric"]}
    return look_up("eu_consumption", keys, row.place("metric"))


def _plain(row: Row, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Unreadable(
            row.place("value"),
            text,
            "it is no number",
            "Write a number, or several with /.",
        ) from None


def _note(row: Row, line: Mapping[str, str]) -> str:
    return "; ".join(part for part in (row["metric"], row["note"], line["note"]) if part)
