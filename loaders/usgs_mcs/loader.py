"""USGS Mineral Commodity Summaries: every edition, in the three layouts that it has had.

A release tells its layout by the names of its files or by its columns: one file a commodity
(until 2024), one wide table (2025), one table in long format (since 2026). ``source.yaml`` says
which names and columns these are; here each is read by a class of its own. What the figures mean
is not decided in Python but in the data files of this folder, line by line with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact
from ..base import NOTHING_SAID, Ledger, Load, Publication, Reading, Said, Survey, Table, book
from ..base.survey import agreed
from .introduction import Applications, ImportSources
from .long_table import LongTable
from .parts import LeftPart, Part, named
from .revision import RevisionNotes
from .salient import Salient
from .world_tables import CommodityTable, WideTable

PARTS: Mapping[str, type[Part]] = {
    "commodity": CommodityTable,
    "revision": RevisionNotes,
    "metadata": LeftPart,
    "salient": Salient,
    "import-sources": ImportSources,
    "applications": Applications,
    "introduction": LeftPart,
    "wide": WideTable,
    "long": LongTable,
}
"""What reads a declared table, in the order in which facts are made."""


@dataclass(frozen=True)
class Release:
    """The files of an edition, recognised."""

    source: str
    publication: str
    parts: Sequence[Part]
    assumed: str = ""

    def facts(self, ledger: Ledger) -> Iterator[Fact]:
        """The facts of each part in turn; every row of every file is booked in ``ledger``."""
        load = Load(self.source, self.publication, ledger)
        for part in self.parts:
            yield from book(part.rows(), ledger, partial(part.facts_of, load=load))


class Loader(Publication):
    """A release is one edition, so all its files are given together."""

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """The files, recognised; a part of an edition is refused unless ``whole`` is false.

        Raises ``OrepathError`` naming file, line and column for a file that is no part of a
        release, files of two editions, a missing, damaged or unrevised table, and missing rows.
        """
        order = list(PARTS)
        tables = sorted(self.tables(files), key=lambda t: (order.index(t[0]), t[1].name.casefold()))
        given: set[str] = set()
        for form, table in tables:
            if len(tables) > 1 and not self.declared.tables[form].file:
                raise OrepathError(
                    f"{table.name} was given with {len(tables) - 1} more; since 2025 an edition is"
                    " one file, before it was the files mcs2024-…csv under the publisher's names",
                    "Load one edition at a time.",
                )
            # The folders of a release describe the same tables in the same words.
            if table.name.casefold() in given and form != "metadata":
                raise OrepathError(f"{table.name} was given twice", "Give each file once.")
            given.add(table.name.casefold())
        form, first = tables[0]
        several = whole and self.declared.tables[form].file
        if several and (year := _said(first) or named(first, self.declared.tables[form])["year"]):
            self._require_files(tables[0], year, given)
        parts = [PARTS[form](table, self.declared.tables[form]) for form, table in tables]
        edition = parts[0].edition
        if several:
            self._require_files(tables[0], edition, given)
        for part in parts:
            if part.edition != edition:
                raise OrepathError(
                    f"{part.table.name} is of the edition {part.edition}, other files are of"
                    f" {edition}",
                    "Load one edition at a time.",
                )
            if whole:
                part.complete()
        agreed(
            self.declared, Survey(Counter(table.name for _, table in tables), said=said), edition
        )
        assumed = ""
        if isinstance(parts[0], LongTable) and not (said.edition or self._known(files)):
            assumed = f"edition {edition} is inferred from the newest year of the world"
        return Release(f"{self.id}-{edition}", self.id, parts, assumed)

    def form_of(self, table: Table) -> str:
        """As all loaders do; the commodity of a world table stands in its name only."""
        told = any(named(table, form) for form in self.declared.tables.values())
        if not told and set(table.header) >= {"Source", "Country", "Type"}:
            said = _said(table)
            raise OrepathError(
                f"{table.name}: its rows are of {f'MCS{said}' if said else 'world tables'},"
                " where only the name of the file says the commodity",
                "Call it as the publisher does, e.g. mcs2022-germa_world.csv.",
            )
        return super().form_of(table)

    def _require_files(self, head: tuple[str, Table], edition: str, given: set[str]) -> None:
        """Raise ``OrepathError`` naming what is missing: a part would replace the whole edition."""
        form, first = head
        if form != "commodity":
            raise OrepathError(
                f"{first.name}: no table of world production (mcs…_world.csv) is among the files",
                "Give all files of the release at once, with the folder world.",
            )
        known = self.declared.described().get(f"{self.id}-{edition}")
        wanted = [file.name for file in known.files if file.name.endswith(".csv")] if known else []
        if missing := [name for name in wanted if name.casefold() not in given]:
            more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
            raise OrepathError(
                f"{first.name}: the edition {edition} is {len(wanted)} tables, and a part of it"
                f" would replace the whole; missing: {', '.join(missing[:5])}{more}",
                "Give all files of the release at once, e.g. world/*.csv with the revision file,"
                " salient/salient/*.csv and the folder of trends.",
            )


def _said(table: Table) -> str:
    """The edition that the first row says, if any."""
    first = next((cells[0] for _, cells in islice(table.records(), 1, 2) if cells), "")
    found = re.fullmatch(r"MCS ?(\d{4})", first.strip())
    return found[1] if found else ""
