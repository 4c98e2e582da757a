"""A user's own figures: one tidy table, CSV or Excel, in a layout that is documented here.

Each row is one figure of one economy for one product (or one material at one stage) in one
period. The file becomes a data set of its own, ``table-<name of the file>``; a row that names its
document is a fact of that document. The figures stand beside those of the publishers, never
instead of them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from rapidfuzz import process

from ..ontology.errors import FactError, OrepathError
from ..ontology.facts import Fact, Value
from ..ontology.schema import load_schema
from . import names, units
from .documents import document, slug
from .industries import industry_facts, industry_id
from .protocol import Ledger
from .sheets import read_sheet
from .tables import Row, read_table

T = TypeVar("T")
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
    "source": "Title of the document that the figure is from; empty for your own figure.",
    "source_url": "Its address.",
    "source_date": "When it was published: 2025, 2025-06 or 2025-06-30.",
    "verified": "yes (if empty), or no where the document itself was not read.",
    "note": "Anything a reader must know.",
}
"""What each column of the layout holds."""
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
REQUIRED = ("economy", "period", "unit")
_PERIOD = re.compile(r"(?:1[89]|20)\d\d(?:-(?:1[89]|20)\d\d)?")
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_WITHOUT = ("withheld", "not-available", "not-stated", "below-threshold")
_ANSWERS = {"": True, "yes": True, "true": True, "no": False, "false": False}


def template() -> str:
    """An empty table: the header of the layout as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(COLUMNS)
    return stream.getvalue()


def recognise(files: Sequence[Path]) -> str:
    """``table-<name of the file>``; raises ``OrepathError`` where it is not one such table."""
    if len(files) != 1:
        raise OrepathError(
            f"{len(files) or 'no'} files were given; an own table is one file",
            "Name one CSV or Excel file; each is a data set of its own.",
        )
    for _ in _rows(files[0]):
        break
    return f"{PUBLICATION}-{slug(files[0].stem)}"


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """A fact a row, with the industries and documents that they need."""
    dataset = recognise(files)
    seen: dict[tuple[str, ...], int] = {}
    for row in _rows(files[0]):
        try:
            made = list(_facts_of(row, dataset, seen))
        except FactError as error:
            place = row.place(error.column)
            remedy = error.hint or "Mend the cell and load the file again."
            ledger.reject(place, str(error.value or ""), error.message, remedy)
        else:
            ledger.use()
            yield from made


def _rows(file: Path) -> Iterator[Row]:
    """The rows with all columns of the layout; those that the file lacks are empty."""
    optional = tuple(name for name in COLUMNS if name not in REQUIRED)
    if file.suffix.casefold() in SPREADSHEETS:
        return read_sheet(file, REQUIRED, TITLE, optional=optional)
    return read_table(file, REQUIRED, TITLE, optional=optional, delimiters=",;\t")


def _facts_of(row: Row, dataset: str, seen: dict[tuple[str, ...], int]) -> Iterator[Fact]:
    economy = _column("economy", names.economy, row["economy"], PUBLICATION)
    product = _product(row)
    measure = _coded("measure", row["measure"] or "production", extra=("reserves",))
    unit = _column("unit", units.unit, row["unit"], PUBLICATION)
    if not _PERIOD.fullmatch(row["period"]):
        raise _wrong(row, "period", "is no year", "Write a year like 2025, or 2016-2020.")
    basis = _coded("basis", row["basis"] or unit.basis or "not-stated")
    source = _document(row)
    values: dict[str, Value] = {
        "source": str(source.values["id"]) if source else dataset,
        "period": row["period"],
        "unit": unit.base,
        "basis": basis,
        "original_value": row["amount"] or None,
        "original_unit": row["unit"],
        "file": row.file,
        "line": row.line,
        "verified": _verified(row),
        "note": row["note"] or None,
        **_figure(row, unit),
    }
    key = (economy, product, measure, basis, row["period"], str(values["source"]))
    if (first := seen.setdefault(key, row.line)) != row.line:
        raise FactError(
            f"line {first} gives this figure already",
            "Keep one of the two, or tell them apart by basis, measure or source.",
            "economy",
            row["economy"],
        )
    place = row.place()
    if source:
        yield source
        yield Fact("edition_of", {"start": source.values["id"], "end": PUBLICATION}, place)
    yield from names.aggregate_fact(economy, place)
    if measure == "reserves":
        material = names.material_of(product)
        ends: dict[str, Value] = {"economy": economy, "material": material, "product": product}
        yield Fact("ReserveObservation", {**ends, **values}, place)
        return
    name = f"{names.label('economy', economy)}: {names.label('product', product)}"
    yield from industry_facts(economy, product, name, place)
    industry = industry_id(economy, product)
    yield Fact("IndustryObservation", {"industry": industry, "measure": measure, **values}, place)


def _product(row: Row) -> str:
    """The product that a row names, or the only one of its material at its stage."""
    if row["product"]:
        return _column("product", names.product, row["product"])
    if not row["material"] or not row["stage"]:
        raise _wrong(row, "product", "is missing", "Name a product, or a material and a stage.")
    material = _column("material", names.material, row["material"])
    stage = _column("stage", names.stage, row["stage"])
    found = names.products_of(material, stage)
    if len(found) == 1:
        return found[0]
    listed = ", ".join(found or names.products_of(material))
    raise FactError(
        f"{material} has {len(found) or 'no'} products at the stage {stage}",
        f"Name one in the column product: {listed}.",
        "stage",
        row["stage"],
    )


def _figure(row: Row, unit: units.Unit) -> dict[str, Value]:
    """Amount, bounds and status; raises ``FactError`` where they contradict each other."""
    numbers = {name: _number(row, name) for name in ("amount", "low", "high")}
    status = _coded("status", row["status"] or "normal")
    if numbers["amount"] is not None and status in _WITHOUT:
        raise _wrong(row, "status", "goes with no amount", "Empty one of the two.")
    if not any(n is not None for n in numbers.values()) and status not in _WITHOUT:
        raise _wrong(
            row,
            "amount",
            "is empty",
            f"Give a number or a limit, or say why there is none: {', '.join(_WITHOUT)}.",
        )
    return {"status": status, **{name: unit.convert(n) for name, n in numbers.items()}}


def _number(row: Row, column: str) -> float | None:
    text = row[column]
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise _wrong(row, column, "is no number", "Write it like 1234.5, without separators.")
    return float(text)


def _verified(row: Row) -> bool:
    answer = _ANSWERS.get(row["verified"].casefold())
    if answer is None:
        raise _wrong(row, "verified", "is neither yes nor no", "Write yes or no.")
    return answer


def _document(row: Row) -> Fact | None:
    if not row["source"]:
        return None
    return document(row["source"], "", row["source_date"], row["source_url"], row.place())


def _coded(name: str, text: str, extra: Sequence[str] = ()) -> str:
    """A word of a code list; raises ``FactError`` with the nearest one."""
    properties = load_schema().relations["IndustryObservation"].properties
    known = [*next(p.values for p in properties if p.name == name), *extra]
    word = text.casefold().replace("_", "-").replace(" ", "-")
    if word in known:
        return word
    near = process.extractOne(word, known, score_cutoff=60)
    hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(sorted(known))}."
    raise FactError(f"{text!r} is no {name}", hint, name, text)


def _column(name: str, read: Callable[..., T], *arguments: str) -> T:
    """What ``read`` makes of a cell; its ``FactError`` names the column."""
    try:
        return read(*arguments)
    except FactError as error:
        # What a loader's author would do about it is not what the owner of a table can do.
        meant = re.match(r"Did you mean [^?]*\?", error.hint or "")
        known = "Names, ids and codes are those of the vocabularies (docs/own-tables.md)."
        raise FactError(error.message, meant[0] if meant else known, name, error.value) from None


def _wrong(row: Row, column: str, what: str, remedy: str) -> FactError:
    return FactError(f"{column} {row[column]!r} {what}", remedy, column, row[column])
