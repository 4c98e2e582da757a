"""World Bank Worldwide Governance Indicators: six indicators by economy and year since 1996.

Each layout of ``layouts`` is read as one row an economy, indicator and year; what a layout does not
have (ranks in the update of 2025, all but the estimate in converted tables) stays empty. The World
Bank's own codes (ZAR
for today's Democratic Republic of the Congo in all years) are in ``mapping/economies.csv``; the
name beside a code must not mean another economy. The mean of the six is computed elsewhere and is
no figure of the World Bank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from .. import names
from ..base import AGAIN, Load, Publication, Row, Survey, Table, read_mapping
from .layouts import indicator_code, tables_in

FIGURES = {
    "value": "estimate",
    "estimate": "estimate",
    "stddev": "standard_error",
    "pctrank": "rank",
    "pctranklower": "lower_rank",
    "pctrankupper": "upper_rank",
}
_INDICATORS = {line["code"]: line["indicator"] for line in read_mapping("wb_wgi/indicators")}
# Ranks are computed in single precision.
_SLACK = 1e-3


class Loader(Publication):
    """One score for each row that has an estimate."""

    def tables_in(self, path: Path) -> list[tuple[str, Table]]:
        """The tables of a file, whatever its layout."""
        return tables_in(path, self.declared.what, self.form_of)

    def check(self, row: Row) -> None:
        """The key column repeats the three others."""
        said = f"{row['code']}{_code(row['indicator'])}{row['year']}"
        if row["codeindyr"] != said:
            raise self.misplaced(row, "codeindyr")

    def complete(self, survey: Survey, edition: str) -> None:
        """Every indicator has as many rows as the others."""
        rows: Counter[str] = Counter()
        for (_, indicator, _), count in survey.counted.items():
            rows[_code(indicator)] += count
        for indicator in _INDICATORS:
            if rows[indicator] != max(rows.values()):
                raise OrepathError(
                    f"{next(iter(survey.rows))}: {rows[indicator]} rows of the indicator"
                    f" {indicator!r}, {max(rows.values())} of others; rows are lost",
                    f"{AGAIN} A part of an edition is loaded with --add.",
                )

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The score of a row."""
        country = load.economy(row, "code")
        if (named := _named(row["countryname"], self.id)) not in (None, country):
            raise row.fault(
                "countryname",
                f"the code {row['code']} is {country}, the name {row['countryname']!r} is {named}",
                "Say which is meant in mapping/economies.csv.",
            )
        figures = {n: row.number(c) for c, n in FIGURES.items() if c in row.columns}
        ranks = ("rank", "lower_rank", "upper_rank")
        rank, low, high = (figures.get(name) or 0.0 for name in ranks)
        if not low - _SLACK <= rank <= high + _SLACK:
            raise row.fault("pctrank", f"the rank {row['pctrank']} lies outside its own bounds")
        counted = next((c for c in ("nsource", "sources") if c in row.columns), "")
        sources = (row.number(counted) or 0) if counted else 0
        if sources != int(sources):
            raise row.fault(counted, "a number of sources is whole")
        indicator = _INDICATORS[indicator_code(row["indicator"])]
        load.claim((country, indicator, row["year"]), row.cells, row, "codeindyr")
        yield Fact(
            "GovernanceScore",
            {
                "country": country,
                "indicator": indicator,
                "year": int(row["year"]),
                "source": load.source,
                **figures,
                "note": f"Sources: {int(sources)}." if counted else None,
                "verified": True,
            },
            row.place(),
        )


@cache
def _code(words: str) -> str:
    """The code of an indicator, or its words where they are those of none."""
    try:
        return indicator_code(words)
    except FactError:
        return words


@cache
def _named(name: str, publication: str) -> str | None:
    """The economy that a name means, or nothing where it is a spelling that nobody knows."""
    try:
        return names.economy(name, publication)
    except FactError:
        return None
