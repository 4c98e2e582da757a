"""Whether the lines of the IEA's tables make up their sums, and which line a residual repeats.

A table without its sum is cut off; one whose lines do not add up to it has lost a line or has
been changed. The publisher itself counts a line of its own in the rest of the world as well:
where ``mapping/iea_cmd_overlaps.csv`` says so, the table is taken and the residual carries a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache

from ...ontology.errors import FactError, OrepathError
from .. import names
from ..tables import AGAIN, read_mapping
from .iea_cmd_facts import PUBLICATION, WORLD, Line, number, product_of

RESIDUAL = f"REST:{PUBLICATION}"

# Lines are printed to one decimal and the residual takes up the rest.
_TOLERANCE = 0.01


def overlaps(found: Iterable[Line], file: str) -> Mapping[str, str]:
    """By heading, the label of the line that the table's residual repeats.

    Raises ``OrepathError`` for a table that has no sum, or lines that do not make it up.
    """
    tables: dict[str, list[Line]] = {}
    for line in found:
        if not line.derived:
            tables.setdefault(line.heading, []).append(line)
    if not tables:
        raise OrepathError(f"{file}: there is no table of supply", AGAIN)
    repeated: dict[str, str] = {}
    for heading, members in tables.items():
        total = _total(heading, members, file)
        for year in total.figures:
            if label := _repeated(heading, members[:-1], total, year):
                repeated[heading] = label
    return repeated


def require_all(found: Iterable[Line], file: str) -> None:
    """Raise ``OrepathError`` where the tables of an edition known to have all lack a product."""
    held = set()
    for line in found:
        with suppress(FactError):
            held.add(product_of(line.heading)["product"])
    missing = sorted({line["product"] for line in read_mapping("iea_cmd_products")} - held)
    if missing:
        raise OrepathError(
            f"{file} has no table of {', '.join(missing)}; the file is cut off, or its heading"
            " is not known",
            f"{AGAIN} Headings are in mapping/iea_cmd_products.csv.",
        )


def noted(found: Iterable[Line], repeated: Mapping[str, str]) -> Iterator[Line]:
    """The lines, with a note on each residual that repeats another line."""
    for line in found:
        label = repeated.get(line.heading)
        if label and _economy(line) == RESIDUAL:
            said = f"The publisher's figure includes {label}, which has a line of its own."
            yield replace(line, note=" ".join(part for part in (line.note, said) if part))
        else:
            yield line


def _total(heading: str, members: Sequence[Line], file: str) -> Line:
    """The last line of a table, which must be its sum and its only one."""
    places = [at for at, line in enumerate(members) if _economy(line) == WORLD]
    if not places:
        raise OrepathError(
            f"{file}, line {members[-1].place.line}: the table {heading!r} ends without its sum;"
            " the file is cut off there",
            AGAIN,
        )
    if places[0] != len(members) - 1:
        raise OrepathError(
            f"{members[places[0] + 1].place}: the table {heading!r} goes on after its sum; a"
            " heading is lost there",
            AGAIN,
        )
    return members[-1]


def _repeated(heading: str, members: Sequence[Line], total: Line, year: int) -> str:
    try:
        amounts = {m.label: number(m.figures[year]) for m in members if year in m.figures}
        whole = number(total.figures[year])
        known = _known().get(product_of(heading)["product"], "")
    except FactError:
        return ""  # the line is refused with its own reason
    room = _TOLERANCE * max(whole, 1.0)
    held = sum(amounts.values())
    if abs(held - whole) <= room:
        return ""
    if known in amounts and abs(held - amounts[known] - whole) <= room:
        return known
    raise OrepathError(
        f"{total.place}: the lines of {heading!r} make {held:g} in {year}, not {whole:g}; a line"
        " is lost or a figure changed",
        AGAIN,
    )


def _economy(line: Line) -> str:
    try:
        return names.economy(line.label, PUBLICATION)
    except FactError:
        return ""


@cache
def _known() -> Mapping[str, str]:
    return {line["product"]: line["label"] for line in read_mapping("iea_cmd_overlaps")}
