"""End uses of the EU study: which part of a material's use in the EU an application takes.

The study puts each use into one NACE division. A use of the same name in another division is
another application (autocatalysts of cerium are chemicals, those of platinum parts of cars), and
what is left over of a material (*Other*) is an application of that material alone, since it is
nothing that two materials share. An application serves the sector of its division, and the
sectors that its name says, by ``applications.csv``; a division that is wider than a sector never
stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Value
from .. import names
from ..base import Load, Row, keyed
from ..documents import slug
from .shares import parse_share
from .study import EU, PERIOD, joined

VALUE_ADDED = "VA in million €"

_DIVISION = re.compile(r"(?P<code>[A-U]\d\d) - \S.*")
# Below the smallest share that is printed, and yet something.
_ABOVE_ZERO = ">0%"


def use(row: Row, notes: list[str], load: Load) -> Iterator[Fact]:
    """The application, the sectors that it serves, and the use."""
    used = load.material(row, "Material")
    nace = _division(row)
    line = keyed("eu_crm/applications", "application").get((row["Application"],), {})
    name = line.get("name") or row["Application"]
    place = f" ({nace})" if nace else ""
    if line.get("residual"):
        identity = "/".join(part for part in ("other", used, nace.lower()) if part)
        name = f"{name} of {names.label('material', used)}{place}"
    else:
        identity = f"{slug(name)}/{nace.lower()}" if nace else slug(name)
        name = f"{name}{place}"
    share = None if row["Share"] == _ABOVE_ZERO else parse_share(row["Share"]).amount
    load.claim(
        (used, identity),
        row["Share"],
        row,
        "Share",
        repeated="the study states the same share of the same use twice",
    )
    if share is None:
        notes.append(f"Printed as {row['Share']}: more than nothing, but less than 1 %.")
    elif share == 0:
        notes.append("Printed as 0 %: less than half a percent.")
    user = f"Application:{identity}"
    yield from load.once([Fact("Application", {"id": identity, "name": name}, row.place())])
    sectors = {word.strip() for word in line.get("sectors", "").split(";") if word.strip()}
    if nace and not line.get("nace_sector"):
        sectors.add(keyed("eu_crm/sectors", "nace")[(nace,)]["sector"])
    for sector in sorted(sectors):
        ends: dict[str, Value] = {"start": user, "end": sector}
        yield from load.once([Fact("serves", ends, row.place("NACE sector"))])
    values: dict[str, Value] = {
        "used": f"Material:{used}",
        "user": user,
        "role": "end use",
        "source": load.source,
        "share": None if share is None else float(share / 100),
        "nace_division": nace or None,
        "value_added": row.number(VALUE_ADDED),
        "region": EU,
        "period": PERIOD,
        "verified": True,
        "note": joined(notes),
    }
    yield Fact("Use", values, row.place())


def _division(row: Row) -> str:
    """The NACE division of a row, checked against its value added; empty for a residual."""
    text, value_added = row["NACE sector"], row.number(VALUE_ADDED)
    if not text and value_added is None:
        return ""
    match = _DIVISION.fullmatch(text)
    line = keyed("eu_crm/sectors", "nace").get((match["code"],)) if match else None
    if match is None or line is None:
        raise FactError(
            "it is not a NACE division that the study uses",
            "Add it to eu_crm/sectors.csv with a reason.",
            "NACE sector",
            text,
        )
    if value_added != float(line["value_added"]):
        raise row.fault(
            VALUE_ADDED,
            f"the study gives {match['code']} a value added of {line['value_added']}: number and"
            " division do not belong together",
            "Mend the row by a line with a reason in eu_crm/corrections.csv.",
        )
    return match["code"]
