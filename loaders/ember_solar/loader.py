"""Ember, China's exports of solar panels, cells and wafers: by destination and month since 2017.

A row becomes the monthly flow of a product from China to a destination: value and mass as China's
customs recorded them, and the power that Ember makes of value (or pieces) and a price of the month.
So value by watt is that price again, and no finding. A power of zero is one that rounds to it or
was not estimated, and becomes none. Which product a line of the Chinese tariff holds stands in
``products.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...ontology.facts import Fact
from .. import units
from ..base import Load, Publication, Row, Survey, keyed
from ..trade import flow, newest_month

_SELLER = "CHN"
_NO_WEIGHT = "The value is given, the weight rounds to zero."
_NO_POWER = "The power is given as zero."


class Loader(Publication):
    """One monthly flow for each destination, tariff line and month."""

    def check(self, row: Row) -> None:
        """A tariff line is of one kind of goods, so that moved columns are noticed."""
        line = _lines().get((row["code"],))
        if line and line["kind"] != row["kind"]:
            raise self.misplaced(row, "kind")

    def edition(self, survey: Survey) -> str:
        """The newest month in the file."""
        return newest_month(survey)

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The flow of a row."""
        line = _lines().get((row["code"],))
        if line is None:
            raise row.fault(
                "code",
                f"nothing says what {row['code']} of the Chinese tariff holds",
                "Add it to loaders/ember_solar/products.csv with a reason.",
            )
        value, mass, power = (row.number(name) for name in ("value", "weight", "power"))
        notes = [text for number, text in ((mass, _NO_WEIGHT), (power, _NO_POWER)) if not number]
        yield from flow(
            load,
            row,
            (_SELLER, line["product"], load.economy(row, "area")),
            row["month"][:7],
            "exporter",
            {
                "value": value,
                "currency": "USD",
                "mass": units.unit("kg", self.id).convert(mass or None),
                "power": power or None,
                "valuation": "FOB",
                "status": "normal" if mass else "below-threshold",
                "note": " ".join(notes) or None,
            },
            told=("value", "mass", "power"),
        )


def _lines() -> Mapping[tuple[str, ...], Mapping[str, str]]:
    return keyed("ember_solar/products", "code")
