"""What a firm buys: rows of an own table that name a supplier or the company that buys.

Such a row says where the seller is, and nothing of who makes the product there; no industry and no
share follows from it. The other cells are those of any figure of an own table (``figures``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...ontology.facts import Fact, Value
from ..base import Row
from ..documents import slug
from ..industries import is_aggregate
from . import cells
from .rows import Rows

COLUMNS = {
    "company": "Who buys, where the row is a purchase; empty for the owner of the table. Also "
    "headed `buyer`.",
    "supplier": "From whom it is bought; `economy` (also headed `country`) is then where the "
    "supplier is.",
}
"""The columns that make a row a purchase, with what they hold."""
HEADERS = {"company": ("company", "buyer"), "economy": ("economy", "country")}
"""Other headers under which columns of an own table may stand."""
MEASURE = "purchases"
UNKNOWN = "not stated"
_WHOLE = 200
"""Letters of a name that its id keeps."""


def is_purchase(row: Row) -> bool:
    """Whether a row says what somebody buys."""
    return bool(row["company"] or row["supplier"] or row["measure"].casefold() == MEASURE)


def measure(row: Row) -> str:
    """The measure of a purchase, which may be left empty; raises ``FactError`` for another."""
    if row["measure"].casefold() not in ("", MEASURE):
        what = "goes with no company and no supplier"
        raise cells.wrong(row, "measure", what, f"Write {MEASURE}, or leave it empty.")
    return MEASURE


def where(row: Row, economy: str) -> str:
    """The economy where the seller is; raises ``FactError`` where the cell names a total."""
    if is_aggregate(economy):
        raise cells.wrong(row, "economy", "is no country", "Name where the supplier is.")
    return economy


def stated(row: Row, rows: Rows, values: Mapping[str, Value]) -> Iterator[Fact]:
    """The company, as it was first written, and what it buys; ``values`` are those of the row's
    figure."""
    buyer = row["company"]
    company = _identity(buyer) if buyer else rows.dataset
    purchase = {"company": company, "seller": row["supplier"] or UNKNOWN, **values}
    made = list(rows.stated(Fact("Purchase", purchase, row.place())))
    if rows.is_first(f"Company:{company}"):
        name = buyer or f"the owner of {rows.dataset}"
        yield Fact("Company", {"id": company, "name": name}, row.place())
    yield from made


def _identity(name: str) -> str:
    """An id that is the same however the name is capitalised and spaced."""
    plain = " ".join(name.split()).casefold()
    # A name in other letters would lose all that tells it from others.
    return slug(name, _WHOLE) if plain.isascii() else plain
