"""CEPII BACI: who sends which goods to whom, by HS code, in one figure for each pair of countries.

BACI makes one flow of what exporter and importer report, valued free on board. The yearly table
holds all goods; the customs codes of the vocabularies choose the rows that become facts, all others
are counted as left out. Values become dollars, quantities are tonnes. Codes that mix materials stay
baskets. What a table is (release, nomenclature, year, unit) is said by the name that CEPII gave it,
by ``extracts.csv`` for the bytes of prepared extracts, by its columns, or by the user, and is never
guessed; which countries the numbers mean stands with reasons in ``mapping/economies.csv``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from ...ontology.errors import FactError, OrepathError, RefusedError
from .. import customs
from ..base import (
    AGAIN,
    NOTHING_SAID,
    Publication,
    Reading,
    Said,
    Survey,
    Table,
    keyed,
    of_the_file,
    require_rows,
    sha256,
)
from ..base.sheets import sheet_names
from ..base.survey import few, require_edition
from ..base.trailing import says_note
from .release import Release, codes, require_apart
from .tables import PROBLEM, UNITS, Listed, Parquet, Trade, members

_PROBED = 1000
# An extract with quantities goes before the same one without.
_ORDER = {"countries": 0, "products": 0, "prepared": 1, "yearly": 2, "extract": 3}
_NAME = re.compile(
    r"BACI_HS(\d\d)_Y(\d{4})_V(\d{4})(\d\d)([a-z]?)(?: ?\(\d+\))?\.(?:csv(?:\.gz)?|zip|xlsx)$",
    re.IGNORECASE,
)
_RELEASE = re.compile(r"_V(\d{4})(\d\d)([a-z]?)\.csv$", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HEADER = re.compile(r"hs(\d\d)", re.IGNORECASE)
_OLD = ("92", "96")
_NAMES = (
    "CEPII's own names say it: BACI_HS22_Y2024_V202601.csv is HS 2022, the year 2024, release"
    " 2026-01. The tables are at https://www.cepii.fr (BACI, Download)."
)
_ASKED = {
    "release": "--edition RELEASE (e.g. --edition 2026-01)",
    "nomenclature": "--nomenclature EDITION (e.g. --nomenclature HS2017)",
    "unit": "--unit UNIT of the values (--unit USD or --unit 'thousand USD')",
}


class Loader(Publication):
    """One trade flow for each exporter, importer and code of a year."""

    reads_archives = True

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """The files, recognised by what is said of them and the first rows of each table.

        Raises ``RefusedError`` where nothing says what a table is, or where it cannot be that;
        ``OrepathError`` naming file, line and column for another publisher's file, tables of two
        releases, a header that does not belong to its rows, and an extract that has lost rows.
        """
        if said.edition:
            require_edition(self.declared, said.edition)
        found = sorted(self.tables(files), key=lambda pair: _ORDER[pair[0]])
        tables: list[tuple[str, Table]] = []
        trade: list[tuple[str, Trade]] = []
        assumed: list[str] = []
        for form, table in found:
            if isinstance(table, Trade):
                table, clause = self._told(form, table, said)
                trade.append((form, table))
                assumed += clause
            tables.append((form, table))
        if not trade:
            raise OrepathError(
                f"{', '.join(path.name for path in files)}: no table of trade of CEPII BACI",
                f"Give at least one yearly table. {_NAMES}",
            )
        for key, value in _given(said).items():
            if value and all(getattr(table, key) != value for _, table in trade):
                raise RefusedError(
                    f"{trade[0][1].name} says {key} {getattr(trade[0][1], key)}, not {value}",
                    "Leave out what the file says itself.",
                )
        releases = sorted({t.release for _, t in tables if isinstance(t, Listed) and t.release})
        if len(releases) != 1:
            raise OrepathError(
                f"the files are of {len(releases)} releases of CEPII BACI: {', '.join(releases)}",
                "Releases revise each other: load one at a time.",
            )
        require_apart(trade)
        for form, table in trade:
            self._probe(form, table)
            if whole and form == "extract":
                held = sum(1 for _ in table.rows(self.declared.tables[form].columns))
                require_rows(self.declared, Survey(Counter({table.name: held})), releases[0])
        return Release(
            f"{self.id}-{releases[0]}", self.declared, tables, "; ".join(dict.fromkeys(assumed))
        )

    def tables_in(self, path: Path) -> list[tuple[str, Table]]:
        """The table that a file is, or those in an archive."""
        if path.suffix.lower() == ".parquet":
            return [("prepared", Parquet(path, self.declared.what))]
        if path.suffix.lower() == ".zip":
            return [self._table(path, name) for name in members(path)]
        table = Listed(path, self.declared.what)
        if not table.is_sheet:
            return [self._table(path, "")]
        return [
            (form, Trade(path, one.title, one.sheet, by_sheet=one.by_sheet))
            if form not in ("countries", "products")
            else (form, one)
            for form, one in self._sheets_by_columns(table, sheet_names(path))
        ]

    def _table(self, path: Path, member: str) -> tuple[str, Table]:
        table = Listed(path, self.declared.what, None, member)
        form = self.form_of(table)
        if form not in ("countries", "products"):
            return form, Trade(path, table.title, None, member)
        release = _RELEASE.search(table.name)
        written = f"{release[1]}-{release[2]}{release[3]}" if release else ""
        return form, replace(table, release=written)

    def _told(self, form: str, table: Trade, said: Said) -> tuple[Trade, list[str]]:
        """A table with what is said of it, and in clauses what neither CEPII nor its bytes say.

        Raises ``RefusedError`` naming all that must be given.
        """
        stated = _stated(table)
        assumed = []
        columns = self.declared.tables[form].columns
        header = table.header
        if "nomenclature" not in stated and (
            edition := _HEADER.match(header[table.places(columns, header)["code"]])
        ):
            stated["nomenclature"] = _nomenclature(edition[1])
        if form != "extract":
            stated["unit"] = "thousand USD"
        elif "year" not in stated and len(years := set(_YEAR.findall(table.name))) == 1:
            stated["year"] = years.pop()
            assumed.append(f"the year {stated['year']} is only in the name of {table.name}")
        told = {key: value for key, value in (_given(said) | stated).items() if value}
        if missing := [option for key, option in _ASKED.items() if key not in told]:
            raise RefusedError(
                f"{table.name}: the file does not say its"
                f" {', '.join(key for key in _ASKED if key not in told)}",
                f"Give {', '.join(missing)}. {_NAMES}",
            )
        if form == "extract" and "year" not in told:
            raise RefusedError(
                f"{table.name}: neither a column nor the name says the year",
                f"Add a column `t` with the year, or give CEPII's table. {_NAMES}",
            )
        if told["unit"] not in UNITS:
            raise RefusedError(
                f"{told['unit']!r} is not a unit of BACI's values", f"Give {_ASKED['unit']}."
            )
        if asked := [f"{key} {told[key]}" for key in _ASKED if key not in stated]:
            assumed.append(f"{', '.join(asked)} is what the user says of the files")
        table = replace(
            table,
            release=told["release"],
            nomenclature=told["nomenclature"],
            year=told.get("year", ""),
            unit=told["unit"],
        )
        return self._possible(table), assumed

    def _possible(self, table: Trade) -> Trade:
        """The table; raises ``RefusedError`` where its edition or year cannot be."""
        if not codes(table.nomenclature):
            known = sorted({c.nomenclature for c in customs.known().values()})
            raise RefusedError(
                f"{table.name}: the vocabularies hold no code of {table.nomenclature}",
                f"Editions known: {', '.join(n for n in known if n.startswith('HS'))}.",
            )
        if table.year:
            _require_year(table, table.year)
        return table

    def _probe(self, form: str, table: Trade) -> None:
        """Raise ``OrepathError`` naming line and column where the first rows of a table do not hold
        what its header says, or any row of an extract is of a year that cannot be.

        BACI is ordered by exporter, which tells columns of exporters and importers apart.
        """
        declared = self.declared.tables[form]
        shaped = [*declared.shaped, *([("year", re.compile(table.year))] if table.year else [])]
        ends: list[tuple[str, str]] = []
        faults: list[OrepathError] = []
        probed, moved = 0, False
        for row in islice(table.rows(declared.columns, form), _PROBED):
            if PROBLEM not in row.cells:
                probed += 1
                try:
                    self.require_shapes(row, shaped)
                except FactError as fault:
                    faults.append(of_the_file(row, fault))
                    # BACI has NA for quantities, and none for values.
                    moved = moved or fault.column == "value"
                    continue
                ends.append((row["exporter"].zfill(3), row["importer"].zfill(3)))
        if faults and (moved or len(faults) > few(probed)):
            raise faults[0]
        if not (isinstance(table, Parquet) or table.is_sheet):
            self._require_end(table)
        if not ends:
            raise OrepathError(f"{table.name} has a header and no whole row; it was cut off", AGAIN)
        exporters, importers = ([end[at] for end in ends] for at in (0, 1))
        if form == "yearly" and importers == sorted(importers) and exporters != sorted(exporters):
            raise OrepathError(
                f"{table.name}, line 1: the column j is ordered and i is not; exporters seem to"
                " stand under j, so the header does not belong to the rows",
                AGAIN,
            )
        if not table.year:
            for year in {
                r["year"] for r in table.rows(declared.columns, form) if "year" in r.cells
            }:
                _require_year(table, year)

    def _require_end(self, table: Trade) -> None:
        """Raise ``OrepathError`` where the last row lacks cells and a line end."""
        if (
            (end := table.text.end)
            and not says_note(end)
            and end.count(table.text.delimiter) + 1 < len(table.header)
        ):
            raise OrepathError(
                f"{table.name}: the last row has {end.count(table.text.delimiter) + 1} columns"
                f" instead of {len(table.header)}; the file is cut off there",
                AGAIN,
            )


def _stated(table: Trade) -> dict[str, str]:
    """What CEPII's name of a table or its archive says, or ``extracts.csv`` of its bytes."""
    if match := _NAME.search(table.name) or _NAME.search(table.path.name):
        edition, year, major, month, minor = match.groups()
        release = f"{major}-{month}{minor.lower()}"
        return {"release": release, "nomenclature": _nomenclature(edition), "year": year}
    line = keyed("cepii_baci/extracts", "sha256").get((sha256(table.path),), {})
    return {key: v for key, v in line.items() if v and key not in ("sha256", "reason")}


def _given(said: Said) -> dict[str, str]:
    nomenclature = said.nomenclature.upper().replace(" ", "")
    return {"release": said.edition, "nomenclature": nomenclature, "unit": said.unit}


def _nomenclature(digits: str) -> str:
    return f"HS{'19' if digits in _OLD else '20'}{digits}"


def _require_year(table: Trade, year: str) -> None:
    """Raise ``RefusedError`` for a year before the nomenclature, or not before the release."""
    since = customs.since(table.nomenclature)
    if year.isdecimal() and not since <= int(year) < int(table.release[:4]):
        fault = (
            f"{table.nomenclature} has no trade before {since}"
            if int(year) < since
            else f"the release {table.release} holds years before it"
        )
        raise RefusedError(
            f"{table.name}: this cannot be trade of {year}: {fault}",
            f"Check year, edition of the Harmonized System and release. {_NAMES}",
        )
