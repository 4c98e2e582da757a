"""What the words of an own table mean where the vocabularies alone would guess.

Its author is nobody's publisher: a name of two economies is refused with both, what it calls the
rest of the world is its own residual, and a mark beside or instead of a number says its status.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ...ontology.errors import FactError
from .. import names
from ..base import Row, keyed
from ..names import READER
from .cells import WITHOUT

_RESIDUAL, _LANGUAGE = "REST", "language"
_ZERO = ("--", "—", "–")
_MARKED = re.compile(r"([^\W\d_])\s*([\d.,]+)|([\d.,]+)\s*([^\W\d_])")


def economy(name: str, dataset: str, period: str = "", *, english: bool = True) -> str:
    """Id of the economy that a table calls ``name``; its own residual is ``REST:<dataset>``.

    Raises ``FactError`` where the name is not known, can mean several (in that period, or in a
    table that is not in ``english``), or means a state that had ended.
    """
    line = keyed("own_names", "name", fold=names.fold).get((names.fold(name),), {})
    means, until = line.get("means", "").split(), line.get("until", "")
    if means == [_RESIDUAL]:
        return f"{_RESIDUAL}:{dataset}"
    if len(means) > 1 and (
        not until or (not english if until == _LANGUAGE else "" < period[:4] <= until)
    ):
        raise names.of_several(name, means)
    found = means[0] if len(means) == 1 else names.economy(name, READER)
    ended = names.ended(found)
    if period[:4].isdecimal() and ended < int(period[:4]):
        raise FactError(
            f"{names.label('economy', found)} ended in {ended}", "Name its successor.", value=name
        )
    return found


def is_english(economies: Iterable[str]) -> bool:
    """Whether a table's names of economies are those of an English one: not where two or more,
    and more than a quarter, are not known."""
    words = {names.fold(name) for name in economies}
    own = {name for (name,) in keyed("own_names", "name", fold=names.fold)}
    known = names.labels("economy").keys() | own
    foreign = [name for name in words if len(name) > len("CHN") and name not in known]
    return len(foreign) < 2 or 4 * len(foreign) <= len(words)


def unmarked(row: Row) -> Row:
    """The row with what a mark in ``amount`` or ``status`` says spelt out in both.

    ``W`` becomes an empty amount that is withheld, ``--`` zero, ``e100`` an estimate of 100.
    Raises ``FactError`` where mark and status contradict each other.
    """
    cells = dict(row.cells)
    said = keyed("marks", "mark").get((names.fold(row["status"]),), {})
    if said.get("column") in ("both", "status"):
        cells["status"] = said["status"]
    mark, number = row["amount"], "0" if row["amount"] in _ZERO else ""
    if parts := _MARKED.fullmatch(mark):
        mark, number = parts[1] or parts[4], parts[2] or parts[3]
    line = keyed("marks", "mark").get((mark.casefold(),), {})
    # A number goes with a mark that qualifies it; a mark alone says why there is none.
    if line.get("column", "status") != "status" and bool(number) != (line["status"] in WITHOUT):
        cells["amount"] = number
        if not cells["status"]:
            cells["status"] = line["status"]
        elif line["status"] not in (cells["status"], "normal"):
            raise row.fault(
                "status",
                f"the mark {mark!r} means {line['status']}, the status says {row['status']}",
                "Empty one of the two.",
            )
    return replace(row, cells=cells)
