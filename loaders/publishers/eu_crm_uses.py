"""End uses of the EU study: which part of a material's use in the EU an application takes.

The study puts each use into one NACE division. A use of the same name in another division is
another application (autocatalysts of cerium are chemicals, those of platinum parts of cars), and
what is left over of a material (*Other*) is an application of that material alone, since it is
nothing that two materials share. An application serves the sector of its division, and the
sectors that its name says, by ``mapping/eu_crm_applications.csv``; a division that is wider than
a sector never stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...ontology.facts import Fact, Value
from .. import names
from ..documents import slug
from ..reading import LeaveOut, Unreadable, identify, reading, words
from ..tables import Row
from .eu_crm_supply import parse_share
from .eu_crm_tables import PERIOD, SOURCE, USES, corrected, joined, material, number

ROLE = "end use"
REGION = "EU27"
VALUE_ADDED = "VA in million €"

_DIVISION = re.compile(r"(?P<code>[A-U]\d\d) - \S.*")
# Below the smallest share that is printed, and yet something.
_ABOVE_ZERO = ">0%"


class Uses:
    """Reads the rows of uses; keeps what was stated, since the table repeats a row."""

    def __init__(self) -> None:
        self._stated: dict[tuple[str, str], str] = {}

    def read(self, row: Row) -> Iterator[Fact]:
        """The application, the sectors that it serves, and the use."""
        mended, notes = corrected(USES, row, row["Material"], row["Application"])
        used = material(row, "Material")
        nace = _division(mended)
        line = reading("eu_crm_applications", "application").get((row["Application"],), {})
        name = line.get("name") or row["Application"]
        residual = bool(line.get("residual"))
        place = f" ({nace})" if nace else ""
        if residual:
            identity = "/".join(part for part in ("other", used, nace.lower()) if part)
            name = f"{name} of {names.label('material', used)}{place}"
        else:
            identity = f"{slug(name)}/{nace.lower()}" if nace else slug(name)
            name = f"{name}{place}"
        share = _share(mended)
        self._once(row, used, identity)
        user = f"Application:{identity}"
        yield Fact("Application", {"id": identity, "name": name}, row.place("Application"))
        for sector in _sectors(row, nace, line.get("sectors", ""), line.get("nace_sector", "")):
            yield Fact("serves", {"start": user, "end": sector}, row.place("NACE sector"))
        if share is None:
            notes.append(f"Printed as {row['Share']}: more than nothing, but less than 1 %.")
        elif share == 0:
            notes.append("Printed as 0 %: less than half a percent.")
        value_added = number(row, VALUE_ADDED)
        values: dict[str, Value] = {
            "used": f"Material:{used}",
            "user": user,
            "role": ROLE,
            "source": SOURCE,
            "share": None if share is None else float(share / 100),
            "nace": nace or None,
            "value_added": None if value_added is None else float(value_added),
            "region": REGION,
            "period": PERIOD,
            "verified": True,
            "note": joined(notes),
        }
        yield Fact("Use", values, row.place())

    def _once(self, row: Row, used: str, identity: str) -> None:
        first = self._stated.get((used, identity))
        if first is None:
            self._stated[used, identity] = row["Share"]
            return
        if first == row["Share"]:
            raise LeaveOut("the study states the same share of the same use twice")
        raise Unreadable(
            row.place("Share"),
            row["Share"],
            f"an earlier row gives the use the share {first}",
            "Take one of the rows out, or name the uses apart in mapping/eu_crm_applications.csv.",
        )


def _share(row: Row) -> Decimal | None:
    if row["Share"] == _ABOVE_ZERO:
        return None
    return parse_share(row["Share"]).amount


def _division(row: Row) -> str:
    """The NACE division of a row, checked against its value added; empty for a residual."""
    text = row["NACE sector"]
    value_added = number(row, VALUE_ADDED)
    if not text and value_added is None:
        return ""
    match = _DIVISION.fullmatch(text)
    line = reading("eu_crm_sectors", "nace").get((match["code"],)) if match else None
    if match is None or line is None:
        raise Unreadable(
            row.place("NACE sector"),
            text,
            "it is no NACE division that the study uses",
            "Add it to mapping/eu_crm_sectors.csv with a reason.",
        )
    if value_added != Decimal(line["value_added"]):
        raise Unreadable(
            row.place(VALUE_ADDED),
            row[VALUE_ADDED],
            f"the study gives {match['code']} a value added of {line['value_added']}: number and"
            " division do not belong together",
            "Mend the row by a line with a reason in mapping/eu_crm_corrections.csv.",
        )
    return match["code"]


def _sectors(row: Row, nace: str, named: str, by_division: str) -> list[str]:
    found = words(named)
    if nace and not by_division:
        found.append(reading("eu_crm_sectors", "nace")[(nace,)]["sector"])
    return [identify("Sector", name, row.place("NACE sector")) for name in sorted(set(found))]
