"""Whether the lines of the IEA's tables make up their sums, and which line a residual repeats.

A table without its sum is cut off; one whose lines do not add up to it has lost a line or has
been changed. The publisher itself counts a line of its own in the rest of the world as well:
where ``overlaps.csv`` says so, the table is taken and the residual carries a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from ...ontology.errors import FactError, OrepathError
from .. import names
from ..base import AGAIN, Row, keyed, read_mapping
from .lines import PUBLICATION, amount, derived, meaning, years

WORLD = "WLD"
RESIDUAL = f"REST:{PUBLICATION}"

# Lines are printed to one decimal and the residual takes up the rest.
_TOLERANCE = 0.01


def noted(lines: Sequence[Row], file: str) -> Iterator[Row]:
    """The lines, with a note on each residual that repeats another line.

    Raises ``OrepathError`` for a table that has no sum, or lines that do not make it up.
    """
    tables: dict[str, list[Row]] = {}
    for row in lines:
        if not derived(row):
            tables.setdefault(row["heading"], []).append(row)
    if not tables:
        raise OrepathError(f"{file}: there is no table of supply", AGAIN)
    repeated = {heading: _repeated(members) for heading, members in tables.items()}
    for row in lines:
        label = repeated.get(row["heading"])
        if label and _economy(row) == RESIDUAL:
            said = f"The publisher's figure includes {label}, which has a line of its own."
            note = " ".join(part for part in (row["note"], said) if part)
            yield replace(row, cells={**row.cells, "note": note})
        else:
            yield row


def require_all(lines: Sequence[Row], file: str) -> None:
    """Raise ``OrepathError`` where the tables of an edition known to have all lack a product."""
    held = set()
    for row in lines:
        with suppress(FactError):
            held.add(meaning(row)["product"])
    missing = sorted({line["product"] for line in read_mapping("iea_cmd/products")} - held)
    if missing:
        raise OrepathError(
            f"{file} has no table of {', '.join(missing)}; the file is cut off, or its heading"
            " is not known",
            f"{AGAIN} Headings are in iea_cmd/products.csv.",
        )


def _repeated(members: Sequence[Row]) -> str:
    """The label of the line that a table's residual repeats, or nothing."""
    found = ""
    for year in years(total := _total(members)):
        found = _repeated_in(year, members[:-1], total) or found
    return found


def _total(members: Sequence[Row]) -> Row:
    """The last line of a table, which must be its sum and its only one."""
    places = [at for at, row in enumerate(members) if _economy(row) == WORLD]
    heading = members[-1]["heading"]
    if not places:
        raise OrepathError(
            f"{members[-1].place()}: the table {heading!r} ends without its sum; the file is cut"
            " off there",
            AGAIN,
        )
    if places[0] != len(members) - 1:
        raise OrepathError(
            f"{members[places[0] + 1].place()}: the table {heading!r} goes on after its sum; a"
            " heading is lost there",
            AGAIN,
        )
    return members[-1]


def _repeated_in(year: str, members: Sequence[Row], total: Row) -> str:
    try:
        amounts = {row["label"]: amount(row, year) for row in members if year in years(row)}
        whole = amount(total, year)
        product = meaning(total)["product"]
    except FactError:
        return ""  # the line is refused with its own reason
    known = keyed("iea_cmd/overlaps", "product").get((product,), {}).get("label", "")
    room = _TOLERANCE * max(whole, 1.0)
    held = sum(amounts.values())
    if abs(held - whole) <= room:
        return ""
    if known in amounts and abs(held - amounts[known] - whole) <= room:
        return known
    raise OrepathError(
        f"{total.place()}: the lines of {total['heading']!r} make {held:g} in {year}, not"
        f" {whole:g}; a line is lost or a figure changed",
        AGAIN,
    )


def _economy(row: Row) -> str:
    try:
        return names.economy(row["label"], PUBLICATION)
    except FactError:
        return ""
