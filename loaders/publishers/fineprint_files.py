"""The files of the FINEPRINT compilation: which is which, their sheets, and the facilities' ids.

The workbook and the table of ids are needed; the lists of countries, materials and conversion
factors may be given and are not read, since Orepath resolves names and units by its own
vocabularies. This module knows sheets and columns, not what the cells mean.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ..protocol import Sidecar, sidecars
from ..sheets import open_workbook, read_sheet
from ..tables import AGAIN, Row, decode, read_table

PUBLICATION = "fineprint-mines"
TITLE = "the FINEPRINT compilation of mining data (detailed_data_mining.xlsx)"
FACILITY_IDS = ("facility_id", "mine_fac", "sub_site")
_REPORT = ("source", "comment", "production_share", "reporting_period", "amount_sold")
COLUMNS: Mapping[str, Sequence[str]] = {
    "general": (
        *("mine_fac", "mine_other_names", "country", "state", "region", "province", "district"),
        *("location_municipality", "latitude", "longitude", "mine_or_processing"),
        *("commodities_products", "mining_facility_types", "activity_status"),
        *("year_activity_status", "source"),
    ),
    "sub_sites": (
        *("mine_fac", "sub_site", "sub_site_other_name", "latitude", "longitude"),
        *("activity_status", "year_activity_status", "mine_or_processing"),
        *("commodities_products", "mine_types", "source"),
    ),
    "minerals_ores_conce": (
        *("mine_fac", "sub_site", "type_mineral", "min_ore_con", "type_mining", "year", "unit"),
        *("value", "mine_processing", *_REPORT),
    ),
    "commodities": (
        *("mine_fac", "sub_site", "min_ore_con", "commodity", "type_mining", "year", "unit"),
        *("value", "mine_processing", *_REPORT),
    ),
    "processing": (
        *("mine_fac", "sub_site", "type_facility", "year", "process_output"),
        *("process_output_unit", "process_output_value"),
        *("mine_site_processing_incl_purchased", *_REPORT),
    ),
    "other_info": ("mine_fac", "sub_site", "owners", "operators", "year"),
}
_LEFT_SHEETS = ("transport", "capacity_reserves", "waste")
_REFERENCES = {
    "conversion_factors.csv": ("unit_cat", "unit_id", "conv_factor_t"),
    "country_ids.csv": ("alphanumiso", "country", "iso_alpha3"),
    "material_ids.csv": ("material_id", "material_name"),
}


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook with the ids of its facilities, and the reference lists that came with it."""

    path: Path
    ids_path: Path
    references: Mapping[str, Path]
    ids: Mapping[tuple[str, str], str]
    source: str

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet; raises ``OrepathError`` where a column is missing."""
        return read_sheet(self.path, COLUMNS[sheet], TITLE, sheet=sheet)

    def ids_table(self) -> Iterator[Row]:
        """The rows of the table of ids."""
        return read_table(self.ids_path, FACILITY_IDS, TITLE)

    def facility_id(self, row: Row, name: str, site: str) -> str:
        """Id of a facility or site; raises ``FactError`` where the table of ids lacks it."""
        if (found := self.ids.get((name, site))) is None:
            raise FactError(
                f"{self.ids_path.name} has no id of {name!r} {site!r}".rstrip(" '"),
                "Give the facility_ids.csv of the same edition as the workbook.",
                "sub_site" if site else "mine_fac",
                site or name,
            )
        return f"fineprint/{found}"

    def left(self) -> Iterator[tuple[str, int]]:
        """Sheets and reference lists that are deliberately not loaded: reason and rows."""
        reasons = {entry.what: entry.reason for entry in _newest().left_out}
        for sheet in _LEFT_SHEETS:
            yield (
                reasons[sheet],
                sum(1 for _ in read_sheet(self.path, ("mine_fac",), TITLE, sheet=sheet)),
            )
        for name, path in self.references.items():
            lines = [line for line in decode(path).splitlines()[1:] if line.strip()]
            yield reasons[name], len(lines)


def open_book(files: Sequence[Path]) -> Book:
    """The files told apart; raises ``OrepathError`` naming what is missing or foreign."""
    workbooks = [file for file in files if file.suffix.casefold() in (".xlsx", ".xlsm", ".ods")]
    if len(workbooks) != 1:
        raise OrepathError(
            f"{len(workbooks)} workbooks are given, one is needed",
            f"Give {TITLE} and facility_ids.csv.",
        )
    known = open_workbook(workbooks[0]).sheet_names
    _refuse_damaged(workbooks[0])
    if missing := [sheet for sheet in (*COLUMNS, *_LEFT_SHEETS) if sheet not in known]:
        raise OrepathError(
            f"{workbooks[0].name} has no sheet {', '.join(missing)}; it is not {TITLE}",
            f"Sheets found: {', '.join(known[:12])}.",
        )
    ids_path: Path | None = None
    references: dict[str, Path] = {}
    for file in files:
        if file in workbooks:
            continue
        header = {name.strip().casefold() for name in _first_line(file)}
        if set(FACILITY_IDS) <= header:
            ids_path = file
        elif name := next((n for n, c in _REFERENCES.items() if set(c) <= header), None):
            references[name] = file
        else:
            raise OrepathError(
                f"{file.name} is no file of {TITLE}",
                f"With the workbook come facility_ids.csv, {', '.join(_REFERENCES)}.",
            )
    if ids_path is None:
        raise OrepathError(
            "facility_ids.csv is not given, which has the ids of the facilities",
            f"Its columns are {', '.join(FACILITY_IDS)}.",
        )
    ids: dict[tuple[str, str], str] = {}
    for row in read_table(ids_path, FACILITY_IDS, TITLE):
        ids[row["mine_fac"], row["sub_site"]] = row["facility_id"]
    return Book(workbooks[0], ids_path, references, ids, _source(workbooks[0]))


def _source(path: Path) -> str:
    """Id of the edition: the newest year of the sheets of figures.

    Raises ``OrepathError`` where a column is missing or a year is none.
    """
    newest = 0
    for sheet, columns in COLUMNS.items():
        for row in read_sheet(path, columns, TITLE, sheet=sheet):
            if not row["mine_fac"]:
                raise OrepathError(
                    f"{row.place('mine_fac')}, sheet {sheet}: a row without a facility", AGAIN
                )
            if "year" in columns:
                newest = max(newest, _year(row, sheet))
    return f"{PUBLICATION}-{newest}"


def _year(row: Row, sheet: str) -> int:
    text = row["year"]
    if sheet == "other_info":
        return 0
    if not (text.isdigit() and 1900 < int(text) < 2100):
        raise OrepathError(
            f"{row.place('year')}, sheet {sheet}: {text!r} is no year; columns were shifted", AGAIN
        )
    return int(text)


def _refuse_damaged(workbook: Path) -> None:
    """Raise where a part of the archive has another checksum than it says; the reader of
    workbooks does not look at them."""
    if zipfile.is_zipfile(workbook):
        try:
            with zipfile.ZipFile(workbook) as archive:
                wrong = archive.testzip()
        except (OSError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
            raise OrepathError(f"{workbook.name} is damaged: {error}", AGAIN) from error
        if wrong:
            raise OrepathError(f"{workbook.name} is damaged: {wrong}", AGAIN)


def _first_line(file: Path) -> list[str]:
    lines = decode(file).splitlines()
    return lines[0].replace(";", ",").split(",") if lines else []


def _newest() -> Sidecar:
    return max((s for s in sidecars().values() if s.publication == PUBLICATION), key=lambda s: s.id)
