"""The table in long format that each edition since 2026 is: all chapters, the world and the US.

What a combination of chapter, section, statistic and detail means (which product, at which stage,
counted on which basis) stands line by line with its reason in ``products.csv`` for the world and
in ``us_products.csv`` for the United States. World totals and *Other countries* become industries
of aggregates, never of a country.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from ...ontology.facts import Value as FactValue
from .. import names, units
from ..base import AGAIN, LeftOut, Load, Row, Table
from ..base.declaration import TableForm
from ..base.survey import few
from .figures import Figure, as_published, require_unit, sourced, stated
from .meaning import Line, corrections, fold, footnotes, lines, readings, unknown
from .parts import Part, reason
from .values import in_words, parse_value, us_value

KNOWN = "2026"
"""The first edition in this layout, whose rows ``products.csv`` counts."""
SALIENT = "Salient Statistics—United States"
IMPORT_SOURCES = "Import Sources"

_WORLD_KEY = ("MCS chapter", "Commodity", "Section", "Statistics", "Statistics_detail")
_US_KEY = ("MCS chapter", "Commodity", "Statistics", "Statistics_detail")
_ROUNDED = re.compile(r"[:,]?\s*\(?rounded\)?$", re.IGNORECASE)
_PERCENT = units.Unit("", Decimal("0.01"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPAN = re.compile(r"(?P<first>(?:19|20)\d\d)\s*[-–—]\s*(?P<last>(?:(?:19|20)?\d\d))")


class LongTable(Part):
    """The table; its edition is named after the year that follows the newest of the world's."""

    def __init__(self, table: Table, form: TableForm) -> None:
        super().__init__(table, form)
        newest = 0
        self.seen: Counter[tuple[str, ...]] = Counter()
        foreign: list[Row] = []
        held = 0
        for row in self.rows():
            held += any(row.cells.values())
            if row["Section"].startswith("World"):
                year = int(row["Year"]) if _YEAR.fullmatch(row["Year"]) else 0
                newest = max(newest, year if year <= date.today().year else 0)
                self.seen[_combination(row)] += 1
            elif row["Section"] not in (SALIENT, IMPORT_SOURCES):
                foreign.append(row)
        if not newest:
            raise self.damaged(
                "there is no section on the world with a year; the file is cut off, changed or not"
                f" a file of {table.title}"
            )
        self.edition = str(newest + 1)
        if self.edition < KNOWN:
            raise self.damaged(
                f"the newest year of world production is {newest}; editions before {KNOWN} have"
                " another layout, so the file is cut off or changed"
            )
        if len(foreign) > few(held) and self.edition == KNOWN:
            raise self.damaged(
                f"the edition {KNOWN} has no section {foreign[0]['Section']!r}; its text may have"
                " been damaged",
                foreign[0],
                "Section",
            )

    def complete(self) -> None:
        """Each combination of the known edition has its rows."""
        for combination, line in _world().items() if self.edition == KNOWN else ():
            if self.seen[combination] < int(line["rows"]):
                raise OrepathError(
                    f"{self.table.name}: {self.seen[combination]} rows instead of {line['rows']}"
                    f" of {' / '.join(combination)}; the file is cut off or changed",
                    f"{AGAIN} A revision by the publisher is an edition of its own.",
                )

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The facts of a row of any section."""
        world = row["Section"] not in (SALIENT, IMPORT_SOURCES)
        line = _line(row, world)
        if not world and line["left"]:
            raise LeftOut(line["left"])
        if row["Section"] == IMPORT_SOURCES:
            yield from _sourcing(row, line, load)
            return
        year = row["Year"]
        if not _YEAR.fullmatch(year):
            raise FactError(f"{year!r} is not a year", AGAIN, "Year", year)
        if not world:
            if line["world"] and int(year) >= first_of_world(load.source):
                raise LeftOut(reason("US output of the two newest years"))
            if in_words(row["Value"]):
                raise LeftOut(reason("prices in words"))
        yield from stated([_figure(row, line, load, world)], row, load, "Statistics_detail")


def first_of_world(source: str) -> int:
    """The first year of the World tables of an edition: each has the two before its own."""
    return int(source.rpartition("-")[2]) - 2


def _line(row: Row, world: bool) -> Line:
    if world:
        found, name = _world().get(_combination(row)), "products"
    else:
        cells = [row[column] for column in _US_KEY]
        if row["Section"] == IMPORT_SOURCES:
            cells[2] = "import sources"
        found, name = us_products().get(tuple(map(fold, cells))), "us_products"
    if found is None:
        said = " / ".join(row[column] for column in (_WORLD_KEY if world else _US_KEY))
        detail = "Statistics_detail"
        raise unknown(f"which product {said} is", name, detail, row[detail])
    return found


def _figure(row: Row, line: Line, load: Load, world: bool) -> Figure:
    reading: Mapping[str, str] = {} if world else _reading(row, load.source)
    economy = load.at("Country", names.economy, line["economy"] or row["Country"], load.publication)
    words = (not world and line["unit"]) or row["Unit"]
    edition = load.source.rpartition("-")[2]
    remark = ""
    for fix in corrections(edition, row["MCS chapter"], "Unit", "*", row["Statistics"]):
        if fix["printed"] == words:
            words = fix["read_as"]
            remark = f"Printed: {fix['printed']}, read as {words}: {fix['reason']}"
    unit = load.at("Unit", units.unit, words, load.publication)
    printed = as_published(row, "Value")
    require_unit(printed, unit, "Value")
    if world:
        # Some chapters give the world's figure as a sentence, which then stands in the detail.
        said = "Estimated. -- " if "estimated" in row["Statistics_detail"] else ""
        value = load.at("Value", parse_value, printed, said + row["Notes"])
    else:
        cell = reading.get("value") or printed
        value = load.at("Value", us_value, cell, row["Notes"], unit)
    return Figure(
        economy=economy,
        meaning=line,
        product=reading.get("product", ""),
        period=row["Year"],
        unit=unit,
        value=value,
        printed=row["Value"],
        printed_unit=row["Unit"],
        rounded=_ROUNDED.search(row["Statistics_detail"]) is not None,
        note=" ".join(part for part in (footnotes(row["Notes"]), remark) if part) or None,
    )


def _reading(row: Row, source: str) -> Mapping[str, str]:
    """What a reviewed line says of a cell of the US statistics, if any must and does."""
    table = (fold(row["MCS chapter"]), fold(row["Statistics_detail"]))
    if found := readings().get((source, row["Year"], row["Value"], *table)):
        return found
    if (cell := row["Value"]).startswith("?"):
        what = f"what {cell!r} is, in which the publisher's conversion lost a character"
        raise unknown(what, "us_readings", "Value", cell)
    of = [key[0] for key, line in readings().items() if line["product"] and key[3:] == table]
    # The reviewed lines of one edition say nothing of another's rows.
    if of and source not in of:
        detail = "Statistics_detail"
        what = f"which of several products {row[detail]!r} of the chapter is"
        raise unknown(what, "us_readings", detail, row[detail])
    return {}


def _sourcing(row: Row, line: Line, load: Load) -> Iterator[Fact]:
    economy = load.economy(row, "Country")
    span = _SPAN.fullmatch(row["Year"])
    if span is None:
        raise row.fault("Year", f"{row['Year']!r} is not a span of years")
    value = load.at("Value", parse_value, row["Value"].rstrip("% ") + "%", row["Notes"])
    notes = [
        f"Share of US imports ({row['Statistics_detail']}); domestic production is not counted.",
        footnotes(row["Notes"]) or "",
    ]
    own: dict[str, FactValue] = {
        "period": f"{span['first']}-{span['first'][: 4 - len(span['last'])]}{span['last']}",
        "share": _PERCENT.convert(value.amount),
        "low": _PERCENT.convert(value.low),
        "high": _PERCENT.convert(value.high),
        "status": value.status,
        "original_value": row["Value"],
        "note": " ".join(part for part in notes if part),
    }
    yield from sourced(row, load, economy, line["product"], own)


def _combination(row: Row) -> tuple[str, ...]:
    cells = [row[column] for column in _WORLD_KEY]
    return (*map(fold, cells[:-1]), fold(_ROUNDED.sub("", cells[-1])))


def _world() -> Mapping[tuple[str, ...], Line]:
    return lines("products", (), ("chapter", "commodity", "section", "statistic", "detail"))


def us_products() -> Mapping[tuple[str, ...], Line]:
    """What each combination of chapter, commodity, statistic and detail means, folded."""
    return lines("us_products", (), ("chapter", "commodity", "statistic", "detail"))
