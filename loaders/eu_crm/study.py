"""Names that the modules of the EU study share, and how they put notes together."""

from __future__ import annotations

from collections.abc import Iterable

FOLDER = "eu_crm"
PERIOD = "2016-2020"
EU = "EU27"

GLOBAL, SOURCING, USES, HISTORY = "global supply", "EU sourcing", "uses", "results over time"
GROUPINGS, RESULTS = "groupings", "results of 2023"
NOT_MEASURED, ANNEXES = "sourcing not measured", "annexes of the regulation"


def joined(parts: Iterable[str]) -> str | None:
    """The notes as one text of sentences, or nothing."""
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part) or None
