"""CEPII BACI: who sends which goods to whom, by HS code, in one figure for each pair of countries.

BACI makes one flow of what exporter and importer report, valued free on board. The yearly table
holds all goods; the customs codes of the vocabularies choose the rows that become facts, all others
are counted as left out. Values are in thousand dollars and become dollars, quantities are tonnes.
Codes that mix materials stay baskets. What a table means is said by its name, of prepared extracts
by ``extracts.csv``; which countries the numbers mean stands with reasons in
``mapping/economies.csv``, and other lumps than these are rejected by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path

from ...ontology.errors import OrepathError
from .. import customs
from ..base import (
    AGAIN,
    NOTHING_SAID,
    Publication,
    Reading,
    Said,
    Survey,
    Table,
    read_mapping,
)
from .release import Release, codes
from .tables import PROBLEM, Listed, Parquet, Trade, members

_PROBED = 1000
# An extract with quantities goes before the same one without.
_ORDER = {"countries": 0, "products": 0, "parquet": 1, "yearly": 2, "extract": 3}
_NAME = re.compile(r"BACI_HS(\d\d)_Y(\d{4})_V(\d{4})(\d\d)([a-z]?)\.(?:csv|zip)$", re.IGNORECASE)
_RELEASE = re.compile(r"_V(\d{4})(\d\d)([a-z]?)\.csv$", re.IGNORECASE)
_EDITIONS = {"92": "1992", "96": "1996"}
_NAMES = (
    "BACI_HS22_Y2024_V202601.csv names the edition of the Harmonized System, the year and the"
    " release; keep CEPII's names."
)


class Loader(Publication):
    """One trade flow for each exporter, importer and code of a year."""

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """The files, recognised by their names and the first rows of each table.

        Raises ``OrepathError`` naming file, line and column for another publisher's file, tables
        of two releases, an edition of the Harmonized System of which the vocabularies hold no code,
        a header that does not belong to its rows, and a prepared extract that has lost rows.
        """
        tables = sorted(self.tables(files), key=lambda pair: _ORDER[pair[0]])
        trade = [(form, table) for form, table in tables if isinstance(table, Trade)]
        if not trade:
            raise OrepathError(
                f"{', '.join(path.name for path in files)}: no table of trade of CEPII BACI",
                f"Give at least one yearly table. {_NAMES}",
            )
        releases = sorted({t.release for _, t in tables if isinstance(t, Listed) and t.release})
        if len(releases) != 1:
            raise OrepathError(
                f"the files are of {len(releases)} releases of CEPII BACI: {', '.join(releases)}",
                "Releases revise each other: load one at a time.",
            )
        _require_apart(trade)
        for form, table in trade:
            if not codes(table.nomenclature):
                known = sorted({c.nomenclature for c in customs.known().values()})
                raise OrepathError(
                    f"{table.name}: the vocabularies hold no code of {table.nomenclature}",
                    f"Editions known: {', '.join(n for n in known if n.startswith('HS'))}.",
                )
            if form != "parquet":
                self._probe(form, table)
            if whole and form == "extract":
                held = sum(1 for _ in table.rows(self.declared.tables[form].columns))
                self.require_rows(Survey(Counter({table.name: held})), releases[0])
        return Release(f"{self.id}-{releases[0]}", self.declared, tables)

    def tables_in(self, path: Path) -> list[tuple[str, Table]]:
        """The table that a file is, or those in an archive."""
        if path.suffix.lower() == ".parquet":
            return [("parquet", _told(Parquet(path, self.declared.what)))]
        if path.suffix.lower() != ".zip":
            return [self._table(path, "")]
        return [self._table(path, name) for name in members(path)]

    def _table(self, path: Path, member: str) -> tuple[str, Table]:
        table = Listed(path, self.declared.what, None, member)
        form = self.form_of(table)
        release = _RELEASE.search(table.name)
        if form in ("countries", "products"):
            written = f"{release[1]}-{release[2]}{release[3]}" if release else ""
            return form, replace(table, release=written)
        trade = Trade(path, table.title, None, member)
        return form, _named(trade) if form == "yearly" else _told(trade)

    def _probe(self, form: str, table: Trade) -> None:
        """Raise ``OrepathError`` naming line and column where the first rows of a table do not hold
        what its header says.

        BACI is ordered by exporter, which tells columns of exporters and importers apart.
        """
        declared = self.declared.tables[form]
        shaped = [*declared.shaped, ("year", re.compile(table.year))]
        ends: list[tuple[str, str]] = []
        for row in islice(table.rows(declared.columns, form), _PROBED):
            if PROBLEM not in row.cells:
                self.require_shapes(row, shaped)
                ends.append((row["exporter"].zfill(3), row["importer"].zfill(3)))
        if (end := table.text.end) and end.count(",") + 1 < len(table.header):
            raise OrepathError(
                f"{table.name}: the last row has {end.count(',') + 1} columns instead of"
                f" {len(table.header)}; the file is cut off there",
                AGAIN,
            )
        if not ends:
            raise OrepathError(f"{table.name} has a header and no whole row; it was cut off", AGAIN)
        exporters, importers = ([end[at] for end in ends] for at in (0, 1))
        if importers == sorted(importers) and exporters != sorted(exporters):
            raise OrepathError(
                f"{table.name}, line 1: the column j is ordered and i is not; exporters seem to"
                " stand under j, so the header does not belong to the rows",
                AGAIN,
            )


def _require_apart(trade: Sequence[tuple[str, Trade]]) -> None:
    """Raise ``OrepathError`` where two tables state the same flows.

    Two editions of the Harmonized System state the same trade under other codes, and both stay.
    """
    yearly: dict[tuple[str, str], str] = {}
    for form, table in trade:
        key = (table.nomenclature, table.year)
        if form == "yearly" and key in yearly:
            raise OrepathError(
                f"{table.name} and {yearly[key]} are both {key[0]} of {key[1]}",
                "Give each table once, in an archive or by itself.",
            )
        if form == "yearly":
            yearly[key] = table.name
    editions = {edition for edition, _ in yearly}
    for form, table in trade:
        if form != "yearly" and table.nomenclature in editions:
            raise OrepathError(
                f"{table.name} is an extract of tables that are given too",
                "Give CEPII's tables or the extract of them.",
            )


def _named(table: Trade) -> Trade:
    """A yearly table with what its own name, or its archive's, says."""
    match = _NAME.search(table.name) or _NAME.search(table.path.name)
    if match is None:
        raise OrepathError(f"{table.name}: the name does not say what the table is", _NAMES)
    edition, year, major, month, minor = match.groups()
    nomenclature = f"HS{_EDITIONS.get(edition, f'20{edition}')}"
    release = f"{major}-{month}{minor.lower()}"
    return replace(table, release=release, nomenclature=nomenclature, year=year)


def _told(table: Trade) -> Trade:
    """A prepared extract with what ``extracts.csv`` says of its name."""
    for line in read_mapping("cepii_baci/extracts"):
        if fnmatch(table.name, line["file"]):
            year = re.search(r"\d{4}", table.name)
            return replace(
                table,
                release=line["release"],
                nomenclature=line["nomenclature"],
                year=year[0] if year else "",
            )
    raise OrepathError(
        f"{table.name}: nothing says which release and edition of the Harmonized System this"
        " extract is of",
        "Add its name to loaders/cepii_baci/extracts.csv with a reason, or give CEPII's table.",
    )
