"""A user's own figures: one tidy table, CSV or Excel, in a layout that is documented here.

Each row is one figure of one economy for one product (or one material at one stage) in one
period, or what a company buys there (``purchases``). The file becomes a data set of its own,
``table-<name of the file>``; a row that names its document is a fact of that document. The figures
stand beside those of the publishers, never instead of them. Tables of any other class are read by
``loader``, whose cells and rows these are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Value
from ...ontology.schema import load_schema
from .. import formulas, names, units
from ..base import NOTHING_SAID, Column, Ledger, Row, Said, Table
from ..base.tables import header_key
from ..documents import document, slug
from ..industries import industry_id
from ..near import near
from . import cells, purchases, words
from .rows import Rows, Things, booked
from .tables import header, opened

PUBLICATION = "table"
TITLE = "an own table (`orepath load table --template FILE.csv` writes an empty one)"
COLUMNS = {
    "economy": "Country or bloc: a name, or an ISO code like CHN. Required.",
    "product": "Product by id or name, such as cobalt/refined; or leave it out and say what "
    "follows.",
    "material": "Material by name, id or symbol, where the stage tells which product is meant.",
    "stage": "Stage of the product: extraction, processing, … Only with a material.",
    "measure": "production (if empty), capacity, reserves, imports, exports, stocks, …",
    "period": "A year like 2025, or years like 2016-2020. Required.",
    "amount": "A number with a point, without separators; empty where there is none.",
    "low": "The least that it can be, where only a limit or a range is known.",
    "high": "The most that it can be.",
    "unit": "t, kg, ct, m3, percent, … Required.",
    "basis": "What is weighed: contained, gross-weight, oxide-equivalent, … (not-stated if empty).",
    "status": "normal (if empty), estimated, provisional, forecast; or, without an amount, "
    "withheld, not-available, not-stated, below-threshold.",
    **purchases.COLUMNS,
    "source": "Title of the document that the figure is from; empty for your own figure.",
    "source_url": "Its address.",
    "source_date": "When it was published: 2025, 2025-06 or 2025-06-30.",
    "verified": "yes (if empty), or no where the document itself was not read.",
    "note": "Anything a reader must know.",
}
"""What each column of the layout holds."""
REQUIRED = ("economy", "period", "unit")
_PERIOD = re.compile(r"(?:1[89]|20)\d\d(?:-(?:1[89]|20)\d\d)?")


def template() -> str:
    """An empty table: the header of the layout as CSV."""
    return header(COLUMNS)


@dataclass(frozen=True)
class Reading:
    """An own table, recognised."""

    source: str
    table: Table
    columns: Mapping[str, Column]
    unread: Sequence[str] = ()
    assumed: str = ""

    def facts(self, ledger: Ledger) -> Iterator[Fact]:
        """A fact a row, with the industries and documents that they need."""
        if self.unread:
            ledger.notes.append(
                f"Not read, since the layout has no such column: {', '.join(self.unread)}."
            )
        schema = load_schema()
        things = Things(schema, {}, self.source)
        rows = list(self.table.rows(self.columns))
        english = words.is_english(row["economy"] for row in rows)
        tables = [(rows, partial(_facts_of, english=english))]
        yield from booked(tables, lambda: Rows(schema, self.source, things), ledger)


class Loader:
    """What reads a user's own table."""

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """The file, recognised; raises ``OrepathError`` where it is not one such table."""
        if len(files) != 1:
            raise OrepathError(
                f"{len(files) or 'no'} files were given; an own table is one file",
                "Name one CSV or Excel file; each is a data set of its own.",
            )
        optional = [name for name in COLUMNS if name not in REQUIRED]
        table, columns = opened(files[0], REQUIRED, optional, TITLE, purchases.HEADERS)
        unread = _unread(table, columns)
        return Reading(f"{PUBLICATION}-{slug(files[0].stem)}", table, columns, unread)


def _unread(table: Table, columns: Mapping[str, Column]) -> list[str]:
    """The columns that the layout does not have; raises ``OrepathError`` for one that is the slip
    of a column which the table lacks, since what stands in it would be lost."""
    known = {header_key(h): name for name, column in columns.items() for h in column.headers}
    there = {header_key(name) for name in table.header}
    unread = [name for name in table.header if name and header_key(name) not in known]
    for name in unread:
        if lacking := near(header_key(name), known.keys() - there):
            raise OrepathError(
                f"{table.name}, line 1: no column of an own table is called {name!r}",
                f"Did you mean {' or '.join(known[key] for key in lacking)}?",
            )
    return unread


def _facts_of(rows: Rows, row: Row, english: bool) -> Iterator[Fact]:
    bought = purchases.is_purchase(row)
    said = cells.gathered(
        {
            "economy": lambda: _economy(row, rows.dataset, english, bought),
            "product": lambda: _product(row),
            "measure": lambda: (
                purchases.measure(row)
                if bought
                else _coded(row, "measure", "production", "reserves")
            ),
            "unit": lambda: cells.named("unit", units.unit, row["unit"], names.READER),
            "basis": lambda: _coded(row, "basis", "not-stated"),
            "period": lambda: _period(row),
            "figure": lambda: _figure(row),
            "verified": lambda: cells.boolean(row, "verified") if row["verified"] else True,
        }
    )
    economy, (product, implied), measure = said["economy"], said["product"], said["measure"]
    unit, figure = said["unit"], said["figure"]
    own = said["basis"] if row["basis"] else None
    basis = cells.basis("basis", own, unit.basis, implied) or "not-stated"
    cited = (row["source"], "", row["source_date"], row["source_url"])
    source = document(*cited, row.place()) if row["source"] else None
    values: dict[str, Value] = {
        "source": str(source.values["id"]) if source else rows.dataset,
        "period": row["period"],
        "unit": unit.base,
        "basis": basis,
        "original_value": row["amount"] or None,
        "original_unit": row["unit"],
        "file": row.file,
        "line": row.line,
        "verified": said["verified"],
        "note": row["note"] or None,
        "status": figure.pop("status"),
        **{name: unit.convert(number) for name, number in figure.items()},
    }
    if bought:
        ends = {"economy": economy, "product": product}
        made = list(purchases.stated(row, rows, {**ends, **values}))
    elif measure == "reserves":
        ends = {"economy": economy, "product": product}
        made = list(rows.stated(Fact("ReserveObservation", {**ends, **values}, row.place())))
    else:
        values |= {"industry": industry_id(economy, product), "measure": measure}
        made = list(rows.stated(Fact("IndustryObservation", values, row.place())))
    if source:
        yield source
        ties: dict[str, Value] = {"start": source.values["id"], "end": PUBLICATION}
        yield Fact("edition_of", ties, row.place())
    yield from made


def _economy(row: Row, dataset: str, english: bool, bought: bool) -> str:
    economy_of = partial(words.economy, english=english)
    found = cells.named("economy", economy_of, row["economy"], dataset, row["period"])
    return purchases.where(row, found) if bought else found


def _period(row: Row) -> str:
    if not _PERIOD.fullmatch(row["period"]):
        raise cells.wrong(row, "period", "is not a year", "Write a year like 2025, or 2016-2020.")
    return row["period"]


def _figure(row: Row) -> dict[str, Any]:
    """Amount, limits and status, with what marks in their cells say."""
    row = words.unmarked(row)
    found: dict[str, Any] = cells.gathered(
        {name: partial(cells.number, row, name) for name in ("amount", "low", "high")}
        | {"status": partial(_coded, row, "status", "normal")}
    )
    cells.check_figure(row, found)
    return found


def _product(row: Row) -> tuple[str, str]:
    """The product that a row names, or the only one of its material at its stage, and the basis
    that a formula in the material's name implies."""
    if row["product"]:
        return cells.named("product", names.instance, "product", row["product"]), ""
    if not row["material"] or not row["stage"]:
        remedy = "Name a product, or a material and a stage."
        raise cells.wrong(row, "product", "is missing", remedy)
    material, basis = astuple(cells.named("material", formulas.material, row["material"]))
    stage = cells.named("stage", names.instance, "stage", row["stage"])
    found = names.products_of(material, stage)
    # What is weighed by its content is the output as a whole, and not one of the named minerals.
    whole = tuple(product for product in found if product == f"{material}/ore")
    if whole and _is_content(row, basis):
        found = whole
    if len(found) == 1:
        return found[0], basis
    listed = ", ".join(found or names.products_of(material))
    raise row.fault(
        "stage",
        f"{material} has {len(found) or 'no'} products at the stage {stage}",
        f"Name one in the column product: {listed}.",
    )


def _is_content(row: Row, implied: str) -> bool:
    said = {names.fold(row["basis"]), implied}
    with suppress(FactError):
        said.add(units.unit(row["unit"], names.READER).basis or "")
    return not said.isdisjoint(formulas.CONTENTS)


def _coded(row: Row, name: str, default: str, *extra: str) -> str:
    """A word of a code list of ``IndustryObservation``, or the default of an empty cell."""
    properties = load_schema().relations["IndustryObservation"].properties
    known = next(p.values for p in properties if p.name == name)
    return cells.coded(name, row[name] or default, (*known, *extra))
