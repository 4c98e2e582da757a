"""World Bank Worldwide Governance Indicators: six indicators by economy and year since 1996.

The long layout is read (one row an economy, indicator and year). The World Bank's own codes (ZAR
for today's Democratic Republic of the Congo in all years) are in ``mapping/economies.csv``; the
name beside a code must not mean another economy. A row of two dots has no estimate. The mean of
the six is computed elsewhere and is no figure of the World Bank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Place, Value
from .. import names
from ..protocol import Ledger
from ..sheets import read_sheet
from ..tables import AGAIN, Row, read_mapping

PUBLICATION = "wb-wgi"
TITLE = "the Worldwide Governance Indicators"
FIGURES = {
    "estimate": "estimate",
    "stddev": "standard_error",
    "pctrank": "rank",
    "pctranklower": "lower_rank",
    "pctrankupper": "upper_rank",
}
COLUMNS = ("codeindyr", "code", "countryname", "year", "indicator", "nsource", *FIGURES)
MISSING = ("..", "#N/A", "")
NO_ESTIMATE = "The World Bank has no estimate for the economy in that year (two dots)"

_CODE = re.compile(r"[A-Z]{3}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
# The scale is standard normal; the weakest estimate ever published is about -3.3.
_WIDEST = 5.0
# Ranks are computed in single precision.
_SLACK = 1e-3


def recognise(files: Sequence[Path]) -> str:
    """``wb-wgi-<year of the update>``, the year after the newest in the file.

    Raises ``OrepathError`` naming file, line and column for another file, and for one in which an
    indicator has fewer rows than the others.
    """
    path = _single(files)
    rows: Counter[str] = Counter()
    newest = 0
    for row in read_sheet(path, COLUMNS, TITLE):
        _check(row)
        rows[row["indicator"]] += 1
        newest = max(newest, int(row["year"]))
    if not rows:
        raise OrepathError(f"{path.name} has no rows below its header", AGAIN)
    most = max(rows.values())
    for indicator in _indicators():
        if rows[indicator] != most:
            raise OrepathError(
                f"{path.name}: {rows[indicator]} rows of the indicator {indicator!r}, {most} of"
                " others; rows are lost",
                AGAIN,
            )
    return f"{PUBLICATION}-{newest + 1}"


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """A score for each row that has an estimate; every row is booked in ``ledger``."""
    source = recognise(files)
    seen: dict[tuple[str, str, str], Place] = {}
    for row in read_sheet(_single(files), COLUMNS, TITLE):
        try:
            fact = _score(row, source, seen)
        except FactError as error:
            where = row.place(error.column)
            ledger.reject(where, str(error.value or ""), error.message, error.hint or AGAIN)
            continue
        if fact is None:
            ledger.leave(NO_ESTIMATE)
        else:
            ledger.use()
            yield fact


def _check(row: Row) -> None:
    """Raise ``OrepathError`` where a column that gives a row its shape holds something else."""
    shapes = {
        "code": _CODE.fullmatch(row["code"]),
        "year": _YEAR.fullmatch(row["year"]),
        "indicator": row["indicator"] in _indicators(),
        "codeindyr": row["codeindyr"] == f"{row['code']}{row['indicator']}{row['year']}",
    }
    for column, fits in shapes.items():
        if not fits:
            raise OrepathError(
                f"{row.place(column)}: {row[column]!r} cannot stand there; the columns may have"
                f" moved, or this is not {TITLE}",
                AGAIN,
            )


def _score(row: Row, source: str, seen: dict[tuple[str, str, str], Place]) -> Fact | None:
    """The score of a row, or nothing where there is no estimate; raises ``FactError``."""
    country = _economy(row)
    key = (country, row["indicator"], row["year"])
    if first := seen.get(key):
        raise FactError(
            f"{first} states {' '.join(key)} already",
            "Keep one of the two rows.",
            "codeindyr",
            row["codeindyr"],
        )
    seen[key] = row.place()
    if all(row[column] in MISSING for column in (*FIGURES, "nsource")):
        return None
    figures = {name: _number(row, column) for column, name in FIGURES.items()}
    _plausible(row, figures)
    values: dict[str, Value] = {
        "country": country,
        "indicator": _indicators()[row["indicator"]],
        "year": int(row["year"]),
        "source": source,
        **figures,
        "note": f"Sources: {int(_number(row, 'nsource'))}.",
        "verified": True,
    }
    return Fact("GovernanceScore", values, row.place())


def _economy(row: Row) -> str:
    """The economy of a row's code; raises ``FactError`` where its name means another."""
    try:
        found = names.economy(row["code"], PUBLICATION)
    except FactError as error:
        error.column = "code"
        raise
    if (named := _named(row["countryname"])) not in (None, found):
        raise FactError(
            f"the code {row['code']} is {found}, the name {row['countryname']!r} is {named}",
            "Say which is meant in mapping/economies.csv.",
            "countryname",
            row["countryname"],
        )
    return found


@cache
def _named(name: str) -> str | None:
    """The economy that a name means, or nothing where it is a spelling that nobody knows."""
    try:
        return names.economy(name, PUBLICATION)
    except FactError:
        return None


def _number(row: Row, column: str) -> float:
    try:
        value = float(row[column])
    except ValueError:
        value = float("nan")
    if not abs(value) < float("inf"):
        raise FactError(
            f"{row[column]!r} is no number, while other cells of the row are",
            AGAIN,
            column,
            row[column],
        )
    return value


def _plausible(row: Row, figures: Mapping[str, float]) -> None:
    """Raise ``FactError`` where figures cannot be what their columns say: moved or damaged."""
    rank, low, high = (figures[name] for name in ("rank", "lower_rank", "upper_rank"))
    sources = _number(row, "nsource")
    wrong = {
        "estimate": abs(figures["estimate"]) > _WIDEST,
        "stddev": not 0 < figures["standard_error"] <= _WIDEST,
        "pctrank": not low - _SLACK <= rank <= high + _SLACK,
        "pctranklower": not 0 <= low <= 100,
        "pctrankupper": not 0 <= high <= 100,
        "nsource": sources < 1 or sources != int(sources),
    }
    for column, holds in wrong.items():
        if holds:
            raise FactError(
                f"{row[column]!r} cannot be the {column} of an indicator",
                AGAIN,
                column,
                row[column],
            )


@cache
def _indicators() -> Mapping[str, str]:
    return {line["code"]: line["indicator"] for line in read_mapping("wb_wgi_indicators")}


def _single(files: Sequence[Path]) -> Path:
    if len(files) != 1:
        raise OrepathError(
            f"{len(files)} files were given; {TITLE} are one workbook an edition",
            "Load one edition at a time.",
        )
    return files[0]
