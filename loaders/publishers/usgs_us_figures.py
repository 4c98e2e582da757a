"""Figures and tables of the introduction of the Mineral Commodity Summaries until 2024.

Figure 2 names the major sources of US imports in descending order without their shares, and the
net import reliance of commodities whose own file lacks; table 4 the primary applications of
critical minerals. The other figures and tables count or restate what the chapters say, or are
about the economy as a whole; they are left out, each with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from .. import names, units
from ..industries import industry_facts, industry_id
from ..protocol import Ledger
from ..tables import AGAIN, Row, header_of, read_mapping, read_table
from .usgs_mcs_facts import PUBLICATION, Entry, Stated
from .usgs_us_values import us_value

TITLE = "USGS Mineral Commodity Summaries 2024 (MCS2024_Fig… and MCS2024_T…csv)"
MARKET = "USA"
ROLE = "primary application"
LEFT = {
    "t1": "Trends of the mineral industry as a whole; no material, product or country",
    "t2": "Trends of the economy as a whole; no material, product or country",
    "t3": "Value of all minerals by state of the United States; no single material",
    "t5": "Restates production, consumption and net import reliance of the chapters in tonnes",
    "fig1": "Value of minerals in the economy as a whole; no material, product or country",
    "fig3": "Counts in how many rows of figure 2 a country stands",
    "fig4": "Value of minerals by type as a whole; no material or product",
    "fig10": "Growth rates of the prices that the chapters state",
    "fig11": "Growth rates of the consumption that the chapters state",
    "fig12": "Growth rates of the consumption that the chapters state",
}

_YEARS = re.compile(r"Major_Import_Sources_(?P<first>\d{4})_(?P<last>\d{4})")
_RELIANCE = re.compile(r"Net_Import_Reliance_pct_(?P<year>\d{4})")
_APART = re.compile(r",\s*(?:and\s+)?|\s+and\s+(?!many\b|development\b)")


def figure_facts(
    path: Path, part: str, source: str, stated: Stated, ledger: Ledger
) -> Iterator[Fact]:
    """The facts of a figure or table, ``part`` being ``fig2``, ``t4`` …; every row is booked.

    Raises ``OrepathError`` for a part that this version does not know or a damaged file.
    """
    if reason := LEFT.get(part):
        for _ in read_table(path, header_of(path)[:1], TITLE):
            ledger.leave(reason)
        return
    if part == "fig2":
        yield from _booked(path, _sources_columns(path), ledger, _import_sources(source, stated))
    elif part == "t4":
        columns = ["Source", "Critical Mineral", "Primary Applications", "Category_Note"]
        yield from _booked(path, columns, ledger, _applications(source))
    else:
        raise OrepathError(f"{path.name} is no part of {TITLE}", AGAIN)


def _booked(
    path: Path, columns: list[str], ledger: Ledger, read: Callable[[Row], Iterator[Fact]]
) -> Iterator[Fact]:
    for row in read_table(path, columns, TITLE):
        try:
            found = list(read(row))
        except FactError as error:
            ledger.reject(
                row.place(error.column), str(error.value or ""), error.message, error.hint or AGAIN
            )
            continue
        ledger.use()
        yield from found


def _sources_columns(path: Path) -> list[str]:
    found = [
        name for name in header_of(path) if _YEARS.fullmatch(name) or _RELIANCE.fullmatch(name)
    ]
    if len(found) != 2:
        raise OrepathError(
            f"{path.name}, line 1: no columns 'Net_Import_Reliance_pct_…' and"
            f" 'Major_Import_Sources_…'; this is not a file of {TITLE}",
            AGAIN,
        )
    return ["Source", "Import_Share_Order", "Commodity", *found, "Notes"]


def _import_sources(source: str, stated: Stated) -> Callable[[Row], Iterator[Fact]]:
    def read(row: Row) -> Iterator[Fact]:
        commodity = row["Commodity"]
        line = commodities().get(names.fold(commodity))
        if line is None:
            raise FactError(
                f"nothing says which product {commodity!r} is",
                "Add it to loaders/mapping/usgs_us_commodities.csv with a reason.",
                column="Commodity",
                value=commodity,
            )
        reliance = next(name for name in row.cells if _RELIANCE.fullmatch(name))
        if line["reliance"] == "yes":
            yield from stated.facts(_entry(row, line["product"], reliance), source)
        column = next(name for name in row.cells if _YEARS.fullmatch(name))
        yield from _ranked(row, column, line["product"], source)

    return read


def _entry(row: Row, product: str, column: str) -> Entry:
    unit = units.unit("percent", PUBLICATION)
    year = column[-4:]
    return Entry(
        economy=MARKET,
        product=product,
        measure="net-import-reliance",
        basis="not-applicable",
        basis_note="",
        period=year,
        unit=unit,
        value=us_value(row[column], "Estimated.", unit),
        rounded=False,
        original_value=row[column],
        original_unit="percent",
        note=None,
        place=row.place(column),
    )


def _ranked(row: Row, column: str, product: str, source: str) -> Iterator[Fact]:
    span = _YEARS.fullmatch(column)
    assert span is not None
    listed = [name.strip() for name in row[column].split(",") if name.strip()]
    for rank, name in enumerate(listed, start=1):
        try:
            economy = names.economy(name, PUBLICATION)
        except FactError as error:
            error.column = column
            raise
        industry = industry_id(economy, product)
        label = f"{names.label('economy', economy)}: {names.label('product', product)}"
        yield from names.aggregate_fact(economy, row.place())
        yield from industry_facts(economy, product, label, row.place())
        yield Fact(
            "SourcingShare",
            {
                "industry": industry,
                "market": MARKET,
                "source": source,
                "period": f"{span['first']}-{span['last']}",
                "status": "not-stated",
                "measured": True,
                "original_value": row[column],
                "file": row.file,
                "line": row.line,
                "verified": True,
                "note": f"Number {rank} of {len(listed)} sources named. {row['Notes']}".strip(),
            },
            row.place(column),
        )


def _applications(source: str) -> Callable[[Row], Iterator[Fact]]:
    def read(row: Row) -> Iterator[Fact]:
        mineral = row["Critical Mineral"]
        try:
            used = names.material(mineral)
        except FactError as error:
            error.column = "Critical Mineral"
            raise
        for text in _APART.split(row["Primary Applications"].rstrip(". ")):
            line = uses().get(names.fold(text))
            if line is None:
                raise FactError(
                    f"nothing says which application {text!r} is",
                    "Add it to loaders/mapping/usgs_us_uses.csv with a reason.",
                    column="Primary Applications",
                    value=text,
                )
            place = row.place("Primary Applications")
            yield Fact("Application", {"id": line["application"], "name": line["name"]}, place)
            for sector in line["sectors"].split():
                ends = {"start": f"Application:{line['application']}", "end": sector}
                yield Fact("serves", ends, place)
            yield Fact(
                "Use",
                {
                    "used": f"Material:{used}",
                    "user": f"Application:{line['application']}",
                    "role": ROLE,
                    "source": source,
                    "original_value": row["Primary Applications"],
                    "file": row.file,
                    "line": row.line,
                    "verified": True,
                    "note": row["Category_Note"] or None,
                },
                place,
            )

    return read


@cache
def commodities() -> Mapping[str, Mapping[str, str]]:
    """The lines of ``mapping/usgs_us_commodities.csv`` by the commodity's folded name."""
    return {names.fold(line["commodity"]): line for line in read_mapping("usgs_us_commodities")}


@cache
def uses() -> Mapping[str, Mapping[str, str]]:
    """The lines of ``mapping/usgs_us_uses.csv`` by the use's folded words."""
    return {names.fold(line["use"]): line for line in read_mapping("usgs_us_uses")}
