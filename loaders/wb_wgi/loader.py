"""World Bank Worldwide Governance Indicators: six indicators by economy and year since 1996.

The long layout is read (one row an economy, indicator and year). The World Bank's own codes (ZAR
for today's Democratic Republic of the Congo in all years) are in ``mapping/economies.csv``; the
name beside a code must not mean another economy. The mean of the six is computed elsewhere and is
no figure of the World Bank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from .. import names
from ..base import AGAIN, Load, Publication, Row, Survey, read_mapping

FIGURES = {
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

    def check(self, row: Row) -> None:
        """The key column repeats the three others."""
        if row["codeindyr"] != f"{row['code']}{row['indicator']}{row['year']}":
            raise OrepathError(
                f"{row.place('codeindyr')}: {row['codeindyr']!r} cannot stand there; the columns"
                f" may have moved, or this is not a file of {self.declared.what}",
                AGAIN,
            )

    def complete(self, survey: Survey, edition: str) -> None:
        """Every indicator has as many rows as the others."""
        rows: Counter[str] = Counter()
        for (_, indicator, _), count in survey.counted.items():
            rows[indicator] += count
        for indicator in _INDICATORS:
            if rows[indicator] != max(rows.values()):
                raise OrepathError(
                    f"{next(iter(survey.rows))}: {rows[indicator]} rows of the indicator"
                    f" {indicator!r}, {max(rows.values())} of others; rows are lost",
                    AGAIN,
                )

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The score of a row."""
        country = load.economy(row, "code")
        if (named := _named(row["countryname"], self.id)) not in (None, country):
            raise FactError(
                f"the code {row['code']} is {country}, the name {row['countryname']!r} is {named}",
                "Say which is meant in mapping/economies.csv.",
                "countryname",
                row["countryname"],
            )
        figures = {name: row.number(column) for column, name in FIGURES.items()}
        rank, low, high = (figures[name] or 0.0 for name in ("rank", "lower_rank", "upper_rank"))
        if not low - _SLACK <= rank <= high + _SLACK:
            raise FactError(
                f"the rank {row['pctrank']} lies outside its own bounds",
                AGAIN,
                "pctrank",
                row["pctrank"],
            )
        sources = row.number("nsource") or 0
        if sources != int(sources):
            raise FactError("a number of sources is whole", AGAIN, "nsource", row["nsource"])
        load.claim((country, row["indicator"], row["year"]), row.cells, row, "codeindyr")
        yield Fact(
            "GovernanceScore",
            {
                "country": country,
                "indicator": _INDICATORS[row["indicator"]],
                "year": int(row["year"]),
                "source": load.source,
                **figures,
                "note": f"Sources: {int(sources)}.",
                "verified": True,
            },
            row.place(),
        )


@cache
def _named(name: str, publication: str) -> str | None:
    """The economy that a name means, or nothing where it is a spelling that nobody knows."""
    try:
        return names.economy(name, publication)
    except FactError:
        return None
