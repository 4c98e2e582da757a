"""China's exports of graphite, gallium and germanium by month, a selection from UN Comtrade.

A public compilation keeps the months of three HS codes and of the destinations that matter most,
without those of the rest; sums over its partners are therefore a little below what China exported.
A row becomes the monthly flow from China under the code, in the edition of the Harmonized System
that was in force. Answers of UN Comtrade itself are read by ``un_comtrade``.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...ontology.facts import Fact
from .. import units
from ..base import AGAIN, Load, Publication, Row, Survey
from ..customs import CustomsCode, in_force, known
from ..trade import flow, newest_month

_SELLER = "CHN"
_NO_WEIGHT = "The value is given, the net weight is not."


class Loader(Publication):
    """One monthly flow for each partner, code and month."""

    def edition(self, survey: Survey) -> str:
        """The newest month in the file."""
        return newest_month(survey)

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The flow of a row; goods of some value that weigh nothing are of no known weight."""
        mass = row.number("qty")
        yield from flow(
            load,
            row,
            (_SELLER, _code(row), load.economy(row, "partner")),
            row["month"][:7],
            "exporter",
            {
                "value": row.number("value"),
                "currency": "USD",
                "mass": units.unit("kg", self.id).convert(mass or None),
                "valuation": "FOB",
                "status": "normal" if mass else "not-stated",
                "note": None if mass else _NO_WEIGHT,
            },
        )


def _code(row: Row) -> CustomsCode:
    """The code in the edition of the Harmonized System that was in force in the row's year."""
    edition = in_force(int(row["month"][:4]))
    if found := known().get(f"{edition}/{row['code']}"):
        return found
    raise row.fault(
        "code",
        f"the vocabularies do not say what {row['code']} is in {edition}",
        f"Add it to ontology/vocabulary/trade-codes-hs.ttl. {AGAIN}",
    )
