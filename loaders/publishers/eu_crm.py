"""The EU study on critical raw materials 2023: supply, EU sourcing, end uses, criticality lists.

The study comes as tables, any of which may be loaded alone: global supply shares and EU sourcing
shares with the trade variable (``eu_crm_supply``), end uses by NACE division (``eu_crm_uses``),
results of 2023 with their inputs, results of five assessments, and the annexes of Regulation (EU)
2024/1252 (``eu_crm_lists``). A load is the source as a whole: one of some tables takes the place of
one of all, so all that are wanted are given together. Shares are averages of 2016 to 2020. The
table of groupings is accepted and not loaded: which material is part of which group is the
vocabulary's. This module only leads the rows to
those that read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...ontology.facts import Fact
from ..protocol import Ledger
from ..reading import distinct
from ..tables import Row
from .eu_crm_lists import Lists
from .eu_crm_supply import supply_facts
from .eu_crm_tables import GROUPINGS, SOURCE, USES, booked, tables
from .eu_crm_uses import Uses


def recognise(files: Sequence[Path]) -> str:
    """``eu-crm-2023``, where every file is a whole table of it.

    Raises ``OrepathError`` naming the file and what is wrong with it.
    """
    tables(files)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """The facts of the tables, in the same order whichever way the files are given."""
    found = tables(files)
    yield from distinct(_facts(found, ledger))


def _facts(found: dict[str, list[Row]], ledger: Ledger) -> Iterator[Fact]:
    for _ in found.get(GROUPINGS, ()):
        ledger.leave("groups of materials are those of the materials vocabulary")
    yield from Lists().read(found, ledger)
    yield from supply_facts(found, ledger)
    yield from booked(found.get(USES, ()), ledger, Uses().read)
