"""BACI's yearly tables in blocks, straight into the files of the offline import.

polars reads and checks millions of rows while Python would look at few; what a flow becomes is a
line of the import, made after a pattern that was checked as a fact is. That is for tables in which
every row is plain. One with anything odd (a damaged row, a number that nobody explains, a flow
given twice) is read as everywhere, row by row, and so tells what is wrong in the same words.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from ...graph.bulk import BulkWriter, Part
from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place
from .. import customs
from ..industries import industry_id
from ..protocol import Ledger
from . import cepii_baci
from .cepii_baci_files import YEARLY, Table, tables

if TYPE_CHECKING:
    import polars as pl

TERM = "TradeFlow"
_EDGES = ' "\t\r'
_CODE = r"^[0-9]{1,6}$"
_VALUE = r"^[0-9]+(\.[0-9]+)?$"
_QUANTITY = r"^([0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?|NA)$"
# One of each kind of quantity; see `cepii_baci.figures`.
_KINDS = ("1", "0.000", "NA")


def facts(
    files: Sequence[Path], ledger: Ledger, sink: BulkWriter, parts: list[Part]
) -> Iterator[Fact]:
    """The facts of the files but for the flows that were written, which are added to ``parts``.

    Without polars all flows are facts.
    """
    found = tables(files)
    listed = cepii_baci.listed_countries(found, ledger)
    flows = customs.Flows(cepii_baci.edition(found))
    stated = cepii_baci.Stated()
    for table in cepii_baci.trade(found):
        frame = _plain(table, listed, sink.folder) if table.kind == "yearly" else None
        if frame is None:
            yield from cepii_baci.table_facts(table, listed, flows, stated, ledger)
        else:
            yield from _written(table, frame, flows, sink, parts, ledger)


def _plain(
    table: Table, listed: Mapping[str, str], folder: Path
) -> tuple[pl.DataFrame, int] | None:
    """The flows of a table under the codes of the vocabularies, and the rows under others; None
    where a row is not plain.

    Columns: ``line``, the six of the table as text, ``exporter``, ``importer``, ``code``,
    ``industry``.
    """
    try:
        import polars as pl
    except ImportError:
        return None
    path = folder / f"{table.name}.part"
    with table.open_whole() as packed, path.open("wb") as whole:
        shutil.copyfileobj(packed, whole, 1 << 20)
    try:
        with path.open("rb") as whole:
            whole.seek(-1, os.SEEK_END)
            if whole.read(1) != b"\n":
                return None
        return _checked(_rows(table, path), table, listed)
    except pl.exceptions.PolarsError:
        return None
    finally:
        path.unlink()


def _rows(table: Table, path: Path) -> pl.LazyFrame:
    import polars as pl

    names = {place: name for name, place in table.columns.items()}
    columns = [names.get(place, f"column {place}") for place in range(table.width)]
    rows = pl.scan_csv(
        path,
        has_header=False,
        skip_rows=1,
        schema=dict.fromkeys(columns, pl.String),
        quote_char=None,
        row_index_name="line",
        row_index_offset=2,
    )
    return rows.with_columns(pl.col(YEARLY).str.strip_chars(_EDGES))


def _checked(
    rows: pl.LazyFrame, table: Table, listed: Mapping[str, str]
) -> tuple[pl.DataFrame, int] | None:
    import polars as pl

    asked = cepii_baci.codes(table)
    sound = reduce(
        lambda every, column: every & pl.col(column).is_not_null(),
        YEARLY,
        (pl.col("t") == str(table.year)) & pl.col("k").str.contains(_CODE),
    )
    counted, kept = pl.collect_all(
        (
            rows.select(pl.len().alias("rows"), sound.sum().alias("sound")),
            rows.filter(pl.col("k").is_in(list(asked))),
        ),
        engine="streaming",
    )
    total, right = counted.row(0)
    amounts = kept.select(
        (
            pl.col("v").str.contains(_VALUE)
            & pl.col("v").cast(pl.Float64, strict=False).is_finite()
            & pl.col("q").str.contains(_QUANTITY)
            & pl.col("q").cast(pl.Float64, strict=False).is_finite().fill_null(value=True)
        ).all()
    ).item()
    economies = _economies(kept, table, listed)
    if right != total or not amounts or economies is None:
        return None
    kept = kept.with_columns(
        exporter=pl.col("i").replace_strict(economies, return_dtype=pl.String),
        importer=pl.col("j").replace_strict(economies, return_dtype=pl.String),
        code=pl.col("k").replace_strict(
            {code: known.id for code, known in asked.items()}, return_dtype=pl.String
        ),
    ).with_columns(industry=pl.format(industry_id("{}", "{}"), "exporter", "code"))
    if kept.select("industry", "importer").is_duplicated().any():
        return None
    return kept, total - kept.height


def _economies(
    kept: pl.DataFrame, table: Table, listed: Mapping[str, str]
) -> dict[str, str] | None:
    """Economies by number; None where a number is not explained."""
    resolve = cepii_baci.Resolver(table, listed)
    numbers = {*kept["i"].to_list(), *kept["j"].to_list()}
    try:
        return {number: resolve(number) for number in sorted(numbers)}
    except FactError:
        return None


def _written(
    table: Table,
    plain: tuple[pl.DataFrame, int],
    flows: customs.Flows,
    sink: BulkWriter,
    parts: list[Part],
    ledger: Ledger,
) -> Iterator[Fact]:
    """Write the flows as a file of the import; what they need that is no flow is facts."""
    kept, others = plain
    ledger.leave(cepii_baci.OTHER_CODES, others)
    ledger.use(kept.height)
    if not kept.height:
        return
    asked = cepii_baci.codes(table)
    for end in ("industry", "importer"):
        for row in kept.unique(end, keep="first", maintain_order=True).iter_rows(named=True):
            place = Place(table.name, row["line"])
            yield from flows.nodes(row["exporter"], asked[row["k"]], row["importer"], place)
    target = sink.folder / f"{table.name}.flows.csv"
    _write(kept, table, flows, sink, target)
    ends = {"Industry": set(kept["industry"]), "Economy": set(kept["importer"])}
    parts.append(Part(TERM, target, kept.height, str(table.year), ends))


def _write(
    kept: pl.DataFrame, table: Table, flows: customs.Flows, sink: BulkWriter, target: Path
) -> None:
    import polars as pl

    mass = pl.col("q").cast(pl.Float64, strict=False)
    kind = (
        pl.when(mass.is_null())
        .then(pl.lit("NA"))
        .when(mass == 0)
        .then(pl.lit("0.000"))
        .otherwise(pl.lit("1"))
    )
    with target.open("wb") as file:
        for quantity in _KINDS:
            figures = cepii_baci.figures(Decimal(1), quantity)
            pattern = flows.flow(
                industry_id("X", "Z"),
                "Y",
                table.year,
                cepii_baci.SIDE,
                {**figures, "file": table.name, "line": 1},
                Place(table.name, 1),
            )
            header, cells = sink.line(pattern, flows.source)
            key = cells["id"].replace(industry_id("X", "Z"), "{}").replace(";Y;", ";{};")
            # A thousand dollars each; the exponent keeps the decimal number exact.
            varying = {
                ":start": pl.col("industry"),
                ":end": pl.col("importer"),
                "id": pl.format(key, "industry", "importer"),
                "line": pl.col("line"),
                "value": pl.col("v") + "e3",
                "mass": pl.col("q") if "mass" in figures else pl.lit(None),
            }
            if quantity == _KINDS[0]:
                file.write((",".join(header.values()) + "\n").encode())
            columns = [
                varying.get(name, pl.lit(cells[name] or None)).alias(name) for name in header
            ]
            part = kept.filter(kind == quantity)
            if part.select(pl.len()).item():
                part.select(columns).write_csv(file, include_header=False)
