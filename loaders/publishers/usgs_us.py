"""US statistics of the Mineral Commodity Summaries: salient statistics and import sources.

Rows of the long layout (since 2026) become observations of industries of the United States
(national production, trade, consumption, prices, stocks, employment, net import reliance) and
shares of its imports by origin. What a combination of chapter, commodity, statistic and detail
means stands line by line in ``mapping/usgs_us_products.csv``. ``usgs_mcs_long`` reads the table
and books its rows; the files of 2024 are read by ``usgs_us_2024``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeVar

from ...ontology.errors import FactError
from ...ontology.facts import Fact
from .. import names, units
from ..industries import industry_facts, industry_id
from ..reading import LeaveOut
from ..tables import AGAIN, Row, read_mapping
from .usgs_mcs_facts import PUBLICATION, Entry, Stated
from .usgs_us_2024 import WORLD, is_2024_part, read_2024
from .usgs_us_values import Reading, fold, footnotes, in_words, readings, us_value
from .usgs_values import Value, parse_value

__all__ = ["SECTIONS", "facts", "is_2024_part", "read_2024"]

SALIENT = "Salient Statistics—United States"
IMPORT_SOURCES = "Import Sources"
SECTIONS = frozenset({SALIENT, IMPORT_SOURCES})
MARKET = "USA"
WORDS_ONLY = "A price said in words only: no figure and no unit"

T = TypeVar("T")
_KEY = ("MCS chapter", "Commodity", "Statistics", "Statistics_detail")
_SPAN = re.compile(r"(?P<first>(?:19|20)\d\d)\s*[-–—]\s*(?P<last>(?:(?:19|20)?\d\d))")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROUNDED = re.compile(r"\(?rounded\)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a combination means: one line of ``mapping/usgs_us_products.csv``.

    ``economy`` is set where the figure is of another country's industry, ``unit`` where the
    column Unit is wrong; ``world`` says that the chapter's World table states the two newest
    years; ``left`` is why the combination is not loaded.
    """

    product: str
    measure: str
    basis: str
    basis_note: str
    economy: str
    unit: str
    world: bool
    left: str


def facts(row: Row, source_id: str) -> Iterator[Fact]:
    """The facts of a row of the sections ``SECTIONS`` of the edition ``source_id``.

    Raises ``FactError`` naming the column where the row cannot be understood, and ``LeaveOut``
    where it is deliberately not loaded.
    """
    meaning = _meaning(row)
    if meaning.left:
        raise LeaveOut(meaning.left)
    if row["Section"] == IMPORT_SOURCES:
        yield from _sourcing(row, meaning, source_id)
        return
    year = row["Year"]
    if not _YEAR.fullmatch(year):
        raise FactError(f"{year!r} is no year", AGAIN, column="Year", value=year)
    if meaning.world and stated_by_world(year, source_id):
        raise LeaveOut(WORLD)
    if in_words(row["Value"]):
        raise LeaveOut(WORDS_ONLY)
    yield from Stated().facts(_entry(row, meaning, source_id), source_id)


def stated_by_world(year: str, source_id: str) -> bool:
    """Whether the World tables of an edition have the year: each has the two before its own."""
    return int(year) >= int(source_id.rpartition("-")[2]) - 2


def _meaning(row: Row) -> Meaning:
    cells = [row[column] for column in _KEY]
    if row["Section"] == IMPORT_SOURCES:
        cells[2] = "import sources"
    found = meanings().get(tuple(fold(cell) for cell in cells))
    if found is None:
        raise FactError(
            f"nothing says which product {' / '.join(cells)} of the US statistics is",
            "Add the combination to loaders/mapping/usgs_us_products.csv with a reason.",
            column="Statistics_detail",
            value=row["Statistics_detail"],
        )
    return found


def _entry(row: Row, meaning: Meaning, source: str) -> Entry:
    reading = _reading(row, source)
    unit = _named("Unit", lambda: units.unit(meaning.unit or row["Unit"], PUBLICATION))
    return Entry(
        economy=_named(
            "Country", lambda: names.economy(meaning.economy or row["Country"], PUBLICATION)
        ),
        product=reading.product or meaning.product,
        measure=meaning.measure,
        basis=meaning.basis,
        basis_note=meaning.basis_note,
        period=row["Year"],
        unit=unit,
        value=us_value(reading.value or row["Value"], row["Notes"], unit),
        rounded=_ROUNDED.search(row["Statistics_detail"]) is not None,
        original_value=row["Value"],
        original_unit=row["Unit"],
        note=footnotes(row["Notes"]),
        place=row.place(),
    )


def _reading(row: Row, source: str) -> Reading:
    chapter, detail = fold(row["MCS chapter"]), fold(row["Statistics_detail"])
    key = (source, chapter, detail, row["Year"], row["Value"])
    if found := readings().get(key):
        return found
    if row["Value"].startswith("?"):
        raise FactError(
            f"{row['Value']!r} has a character that the publisher's conversion lost, most likely"
            " a minus sign",
            "Say in loaders/mapping/usgs_us_readings.csv how it is to be read, with a reason.",
            column="Value",
            value=row["Value"],
        )
    lines = [at for at, line in readings().items() if line.product and at[1:3] == key[1:3]]
    # The reviewed lines of one edition say nothing of another's rows.
    if lines and all(at[0] != source for at in lines):
        raise FactError(
            f"the file has {row['Statistics_detail']!r} for several products and does not say"
            " which of them the row is about",
            "Say so in loaders/mapping/usgs_us_readings.csv with a reason.",
            column="Statistics_detail",
            value=row["Statistics_detail"],
        )
    return Reading("", "")


def _sourcing(row: Row, meaning: Meaning, source: str) -> Iterator[Fact]:
    place = row.place()
    economy = _named("Country", lambda: names.economy(row["Country"], PUBLICATION))
    span = _SPAN.fullmatch(row["Year"])
    if span is None:
        raise FactError(
            f"{row['Year']!r} is no span of years", AGAIN, column="Year", value=row["Year"]
        )
    industry = industry_id(economy, meaning.product)
    label = f"{names.label('economy', economy)}: {names.label('product', meaning.product)}"
    yield from names.aggregate_fact(economy, place)
    yield from industry_facts(economy, meaning.product, label, place)
    notes = [
        f"Share of US imports ({row['Statistics_detail']}); domestic production is not counted.",
        footnotes(row["Notes"]) or "",
    ]
    yield Fact(
        "SourcingShare",
        {
            "industry": industry,
            "market": MARKET,
            "source": source,
            "period": f"{span['first']}-{span['first'][: 4 - len(span['last'])]}{span['last']}",
            **shares(parse_value(row["Value"].rstrip("% ") + "%", row["Notes"])),
            "measured": True,
            "original_value": row["Value"],
            "file": row.file,
            "line": row.line,
            "verified": True,
            "note": " ".join(part for part in notes if part),
        },
        place,
    )


def shares(value: Value) -> dict[str, float | str | None]:
    """A percentage as a fraction with its bounds and status."""

    def scaled(number: float | None) -> float | None:
        return None if number is None else float(Decimal(repr(number)) / 100)

    return {
        "share": scaled(value.amount),
        "low": scaled(value.low),
        "high": scaled(value.high),
        "status": value.status,
    }


def _named(column: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except FactError as error:
        error.column = column
        raise


@cache
def meanings() -> Mapping[tuple[str, ...], Meaning]:
    """What each combination of chapter, commodity, statistic and detail means, folded."""
    return {
        tuple(fold(line[column]) for column in ("chapter", "commodity", "statistic", "detail")): (
            Meaning(
                line["product"],
                line["measure"],
                line["basis"],
                line["basis_note"],
                line["economy"],
                line["unit"],
                line["world"] == "yes",
                line["left"],
            )
        )
        for line in read_mapping("usgs_us_products")
    }
