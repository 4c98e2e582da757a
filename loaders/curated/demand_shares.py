"""Which part of demand goes into what: magnets and their materials by sector and technology.

The denominators differ (all magnet rare earths, clean energy only, high-performance grades, value
instead of tonnes), and a row's words for its measure, year and scenario are the role of the use,
so that no two of them are ever one. What is used and by whom is in
``mapping/demand_shares.csv``; an end use that is no technology is an application. Shares are
fractions, a bound stays one, tonnes stand beside them where the source has both, and what a
scenario says of a later year is a forecast. Rows on where the EU's magnets come from are sourcing
and trade.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ...ontology.facts import Fact, Value
from ..industries import industry_id
from ..protocol import Ledger
from ..tables import Row
from .applications import application
from .figures import Figure, figure, hedged, measured_in
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_id,
    document_of,
    economy_of,
    identify,
    industry_of,
    look_up,
    parts,
    read_rows,
    referred,
    verified,
)

SOURCE = "orepath-demand"
COLUMNS = {
    "demand_shares": (
        *("material_id", "product", "sector", "technology_id", "share_pct", "low", "high"),
        *("value", "unit", "region", "reference_period", "scenario", "measure", "note"),
        *DOCUMENT_COLUMNS,
    )
}
HUNDRED = Decimal(100)

_YEAR = re.compile(r"\d{4}")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-demand``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Uses with shares and tonnes, their applications, and the documents."""
    file = parts(files, COLUMNS)["demand_shares"]
    yield from distinct(read_rows(file, COLUMNS["demand_shares"], ledger, demand))


def demand(row: Row) -> Iterator[Fact]:
    """What a row becomes."""
    keys = {name: row[name] for name in ("material_id", "product", "sector", "measure")}
    line = look_up("demand_shares", keys, row.place("measure"))
    yield document_of(row)
    shared: dict[str, Value] = {
        "source": document_id(row),
        "verified": verified(row),
        "note": note(row, line),
    }
    if line["treatment"] == "sourcing":
        yield from sourcing(row, line, shared)
        return
    user = yield from used_in(row, line)
    values: dict[str, Value] = {
        "used": referred(line["used"], row.place("product")),
        "user": user,
        "role": role(row),
        "region": row["region"],
        "period": period(row),
        "status": status(row),
        "file": row.file,
        "line": row.line,
        **shared,
        **share(row),
        **tonnes(row, line),
    }
    yield Fact("Use", values, row.place())


def role(row: Row) -> str:
    """What the share is of, and of when: what tells two shares of one document apart."""
    scenario = "" if row["scenario"] == "actual" else row["scenario"]
    when = "" if row["reference_period"] == "n.d." else row["reference_period"]
    return ", ".join(part for part in (row["measure"], when, scenario) if part)


def period(row: Row) -> str | None:
    """The year of a row, or nothing where it has none."""
    match = _YEAR.search(row["reference_period"])
    return match.group() if match else None


def status(row: Row) -> str:
    """What kind of number it is: a scenario's later year is a forecast, a claim an estimate."""
    line = look_up("demand_scenarios", {"scenario": row["scenario"]}, row.place("scenario"))
    return hedged(row, ("note", "reference_period")) or line["status"]


def share(row: Row) -> dict[str, Value]:
    """The share of a row as a fraction: an amount, a bound or a range."""
    given = {n: figure(row, n).amount for n in ("share_pct", "low", "high") if row[n]}
    for name, value in given.items():
        if value is None or not 0 <= value <= HUNDRED:
            raise Unreadable(
                row.place(name), row[name], "it is no share in percent", "Write 0 to 100."
            )
    found = Figure(given.get("share_pct"), given.get("low"), given.get("high"))
    values = found.scaled(HUNDRED, ("share", "low", "high"))
    if values:
        values |= {"original_value": printed(row), "original_unit": "%"}
    return values


def printed(row: Row) -> str:
    """The share as the row has it."""
    if row["share_pct"]:
        return row["share_pct"]
    if row["low"] and row["high"]:
        return f"{row['low']}-{row['high']}"
    return f">{row['low']}" if row["low"] else f"<{row['high']}"


def tonnes(row: Row, line: Mapping[str, str]) -> dict[str, Value]:
    """The tonnes of a row; nothing where it has a share only, or its number is in words."""
    if not row["value"] or line["value"] == "words":
        return {}
    unit = measured_in(row, row["unit"], "unit")
    values = figure(row, "value").values(unit, ("quantity", "quantity_low", "quantity_high"))
    return {
        "original_value": row["value"],
        "original_unit": row["unit"],
        **values,
        "quantity_unit": unit.base,
    }


def used_in(row: Row, line: Mapping[str, str]) -> Generator[Fact, None, str]:
    """The technology of a row, or the application that stands for its sector."""
    if line["application"]:
        yield from application(line["application"], row.place("sector"))
        return f"Application:{line['application']}"
    technology = identify("Technology", row["technology_id"], row.place("technology_id"))
    return f"Technology:{technology}"


def sourcing(row: Row, line: Mapping[str, str], shared: dict[str, Value]) -> Iterator[Fact]:
    """Where a region's supply comes from: the share and the tonnes of one origin."""
    market = economy_of(row, "region")
    product = referred(line["used"], row.place("product")).partition(":")[2]
    supplier = identify("Economy", line["supplier"], row.place("measure"))
    when = period(row)
    if when is None:
        raise Unreadable(
            row.place("reference_period"), row["reference_period"], "it has no year", "Write it."
        )
    unit = measured_in(row, row["unit"], "unit")
    amount = figure(row, "value").amount
    industry = industry_id(supplier, product)
    yield from industry_of(supplier, product, row.place())
    values: dict[str, Value] = {
        "industry": industry,
        "market": market,
        "period": when,
        "measured": True,
        "status": status(row),
        "file": row.file,
        "line": row.line,
        **shared,
        **share(row),
    }
    values.pop("original_unit", None)
    yield Fact("SourcingShare", values, row.place())
    flow: dict[str, Value] = {
        "exporter": industry,
        "importer": market,
        "year": int(when),
        "mass": None if amount is None else float(amount * unit.factor),
        "reporter_side": "importer",
        "status": status(row),
        "file": row.file,
        "line": row.line,
        **shared,
    }
    yield Fact("TradeFlow", flow, row.place())


def note(row: Row, line: Mapping[str, str]) -> str:
    """The denominator, what the row remarks, and numbers that are words."""
    given = [
        f"{row['measure']} ({row['product']}; {row['sector']})",
        f"In words: {row['value']} {row['unit']}" if line["value"] == "words" else "",
        row["note"],
        line["note"],
    ]
    return "; ".join(text for text in given if text)
