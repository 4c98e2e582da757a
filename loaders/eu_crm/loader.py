"""The EU study on critical raw materials 2023: supply, EU sourcing, end uses, criticality lists.

The study comes as tables, any of which may be loaded alone: global supply shares and EU sourcing
shares with the trade variable (``shares``), end uses by NACE division (``uses``), results of 2023
with their inputs, results of five assessments, and the annexes of Regulation (EU) 2024/1252
(``lists``). A load is the source as a whole: one of some tables takes the place of one of all, so
all that are wanted are given together. Which material is part of which group is the vocabulary's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from ..base import Ledger, Load, Publication, Row, Survey, Table, corrected
from . import shares, uses
from .lists import Lists
from .study import ANNEXES, FOLDER, GLOBAL, GROUPINGS, HISTORY, NOT_MEASURED, RESULTS, SOURCING

# Tables that only say something about another one.
_SUPPLEMENTS = {GROUPINGS, NOT_MEASURED}
_WHOLE_PERCENT = re.compile(r"\d+\s*%?")


class Loader(Publication):
    """Leads the rows of each table to what reads them."""

    def edition(self, survey: Survey) -> str:
        """There is one."""
        return "2023"

    def tables(self, files: Sequence[Path]) -> list[tuple[str, Table]]:
        """The tables in the order in which they are declared, whichever way they are given."""
        found: dict[str, Table] = {}
        for form, table in super().tables(files):
            name = SOURCING if form == GLOBAL and self._in_whole_percents(table) else form
            # Its columns are so common that only they and no others make the table.
            if name == NOT_MEASURED and len(table.header) > len(self.declared.tables[name].columns):
                raise OrepathError(
                    f"{table.name} is not a table of {self.declared.what}",
                    "`orepath sources` says which files it has.",
                )
            if name in found:
                raise OrepathError(
                    f"{table.name} and {found[name].name} are both the table of {name}",
                    "Give one file of each table.",
                )
            found[name] = table
        if not set(found) - _SUPPLEMENTS:
            raise OrepathError(
                f"{', '.join(t.name for t in found.values())}: none of the tables of"
                f" {self.declared.what} that state facts is given",
                f"Give at least one of {', '.join(set(self.declared.tables) - _SUPPLEMENTS)}.",
            )
        return [(name, found[name]) for name in self.declared.tables if name in found]

    def rows(self, form: str, table: Table, ledger: Ledger) -> Iterator[Row]:
        """The rows of a table; of the results over time, the highest supply risk first: as with
        the stages of one assessment, the higher of two risks is that of the material."""
        found = super().rows(form, table, ledger)
        return iter(sorted(found, key=_risk, reverse=True)) if form == HISTORY else found

    def facts_of(self, row: Row, load: Load) -> Iterable[Fact]:
        """The facts of a row; those of the lists are made at the end."""
        mended, slips = corrected(FOLDER, row)
        if row.table in (RESULTS, HISTORY, ANNEXES):
            load.keep(Lists).take(mended, slips, load)
            return ()
        if row.table == NOT_MEASURED:
            listed = {shares.list_of(r, load) for r in self.ahead(load, SOURCING)}
            load.keep(shares.RepeatedLists).add(row, listed, load)
            return ()
        if row.table == GLOBAL:
            return shares.observation(row, mended, slips, load)
        if row.table == SOURCING:
            return shares.sourcing(row, mended, slips, load)
        return uses.use(mended, slips, load)

    def finish(self, load: Load) -> Iterator[Fact]:
        """The lists and what is on them."""
        return load.once(load.keep(Lists).facts(load.source))

    def _in_whole_percents(self, table: Table) -> bool:
        printed = [row["Share"] for row in table.rows(self.declared.tables[GLOBAL].columns)]
        return 2 * sum(map(bool, map(_WHOLE_PERCENT.fullmatch, printed))) > len(printed)


def _risk(row: Row) -> tuple[float, float]:
    """Supply risk and importance of a row, below all others where it has none."""
    try:
        risk, importance = row.number("SR"), row.number("EI")
    except FactError:
        return -1, -1  # reading the row itself will say what is wrong with it
    return (-1, -1) if risk is None or importance is None else (risk, importance)
