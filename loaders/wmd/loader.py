"""World Mining Data of the Austrian Ministry of Finance: output by country and year since 1984.

Table 6.4 in its long form is read: one row a commodity, country and year. What each commodity is
stands in ``products.csv``. The table does not say of which edition it is; a file that is not known
by its bytes needs ``--edition``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...ontology.errors import RefusedError
from ...ontology.facts import Fact
from ..base import LeftOut, Load, Publication, Row, Survey, corrected, keyed
from ..units import unit

_TOTAL = "Total"
_STATUS = {"r": "normal", "e": "estimated", "p": "provisional", "nan": "normal", "": "normal"}


class Loader(Publication):
    """An observation of an industry for each row, and of the world for each total."""

    def edition(self, survey: Survey) -> str:
        """The edition of a known file, or what the user says."""
        if edition := survey.known or survey.said.edition:
            return edition
        raise RefusedError(
            f"{', '.join(survey.rows)}: the table does not say of which edition of"
            f" {self.declared.what} it is",
            "Say it: --edition 2026. Its newest year is two years before.",
        )

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The output of a row."""
        row, notes = corrected(self.folder, row)
        line = keyed("wmd/products", "commodity").get((row["commodity"],))
        if line is None:
            raise row.fault(
                "commodity",
                f"nothing says what {row['commodity']!r} is",
                "Add it to loaders/wmd/products.csv with a reason.",
            )
        if not line["product"]:
            raise LeftOut(f"{row['commodity']}: {line['reason'].rstrip('.')}")
        total = row["Country"] == _TOTAL
        economy = "WLD" if total else load.economy(row, "Country")
        if not total and (code := load.economy(row, "Country_ISO")) != economy:
            raise row.fault(
                "Country_ISO",
                f"{row['Country']!r} is {economy}, the code {row['Country_ISO']} is {code}",
            )
        measured = load.at("unit", unit, row["unit"], self.id)
        load.claim((line["product"], economy, row["year"]), row.cells, row, "Country")
        yield from load.observed(
            row,
            economy,
            line["product"],
            {
                "measure": "production",
                "period": row["year"],
                "amount": measured.convert(row.number("production")),
                "unit": measured.base,
                "basis": line["basis"],
                "basis_note": line["basis_note"] or None,
                "status": _STATUS[row["data_source"]],
                "original_value": row["production"],
                "original_unit": row["unit"],
                "note": " ".join(notes) or None,
            },
        )
