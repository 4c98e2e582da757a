"""Figures and tables of the introduction of the Mineral Commodity Summaries until 2024.

Figure 2 names the major sources of US imports in descending order without their shares, and the
net import reliance of commodities whose own file lacks it; table 4 the primary applications of
critical minerals. The other figures and tables are left out, each with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...ontology.facts import Fact, Value
from .. import names, units
from ..base import Column, Load, Row, Table
from ..base.declaration import TableForm
from .figures import MARKET, Figure, sourced, stated
from .meaning import Line, fold, lines, unknown
from .parts import Part
from .values import us_value

ROLE = "primary application"
_ORIGINS = re.compile(r"Major_Import_Sources_(?P<first>\d{4})_(?P<last>\d{4})")
_RELIANCE = re.compile(r"Net_Import_Reliance_pct_(?P<year>\d{4})")
_APART = re.compile(r",\s*(?:and\s+)?|\s+and\s+(?!many\b|development\b)")
_PERCENT = {"measure": "net-import-reliance", "basis": "not-applicable", "basis_note": ""}


class ImportSources(Part):
    """Figure 2; the headings of two of its columns say of which years they are."""

    def __init__(self, table: Table, form: TableForm) -> None:
        super().__init__(table, form)
        reliance = [m for name in table.header if (m := _RELIANCE.fullmatch(name))]
        origins = [m for name in table.header if (m := _ORIGINS.fullmatch(name))]
        if len(reliance) != 1 or len(origins) != 1:
            raise self.damaged(
                "no columns 'Net_Import_Reliance_pct_…' and 'Major_Import_Sources_…'; this is not"
                f" a file of {table.title}"
            )
        self.year, self.span = reliance[0]["year"], "-".join(origins[0].groups())
        self.columns["reliance"] = Column(headers=(reliance[0].group(),))
        self.columns["origins"] = Column(headers=(origins[0].group(),))

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The net import reliance where only this figure has it, and the sources by rank."""
        line = _known("commodity", row["Commodity"], "Commodity")
        product = line["product"]
        if line["reliance"] == "yes":
            unit = units.unit("percent", load.publication)
            reliance = Figure(
                economy=MARKET,
                meaning=_PERCENT,
                product=product,
                period=self.year,
                unit=unit,
                value=load.at("reliance", us_value, row["reliance"], "Estimated.", unit),
                printed=row["reliance"],
                printed_unit="percent",
            )
            yield from stated([reliance], row, load, "reliance")
        listed = [name.strip() for name in row["origins"].split(",") if name.strip()]
        for rank, name in enumerate(listed, start=1):
            economy = load.at("origins", names.economy, name, load.publication)
            values: dict[str, Value] = {
                "period": self.span,
                "status": "not-stated",
                "original_value": row["origins"],
                "note": f"Number {rank} of {len(listed)} sources named. {row['Notes']}".strip(),
            }
            yield from sourced(row, load, economy, product, values)


class Applications(Part):
    """Table 4."""

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The applications of a mineral, and the sectors that they serve."""
        used = load.at("Critical Mineral", names.material, row["Critical Mineral"])
        place = row.place("Primary Applications")
        for text in _APART.split(row["Primary Applications"].rstrip(". ")):
            line = _known("use", text, "Primary Applications")
            user = f"Application:{line['application']}"
            yield Fact("Application", {"id": line["application"], "name": line["name"]}, place)
            for sector in line["sectors"].split():
                yield Fact("serves", {"start": user, "end": sector}, place)
            yield Fact(
                "Use",
                {
                    "used": f"Material:{used}",
                    "user": user,
                    "role": ROLE,
                    **load.read(row),
                    "original_value": row["Primary Applications"],
                    "note": row["Category_Note"] or None,
                },
                place,
            )


def _known(what: str, words: str, column: str) -> Line:
    """The line of ``us_commodities.csv`` or ``us_uses.csv`` for a ``commodity`` or ``use``."""
    name = {"commodity": "us_commodities", "use": "us_uses"}[what]
    if line := lines(name, (), (what,)).get((fold(words),)):
        return line
    raise unknown(f"what the {what} {words!r} is", name, column, words)
