"""Whether the files of the FINEPRINT compilation are there and whole.

The workbook and the table of ids are needed; the lists of countries, materials and conversion
factors may be given and are not read, since Orepath resolves names and units by its own
vocabularies.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from ...ontology.errors import OrepathError
from ..base import AGAIN, Declaration, Table

IDS = "facility_ids"


class Sheet(Table):
    """A sheet of the workbook, which messages and facts name with it."""

    @property
    def name(self) -> str:
        """``detailed_data_mining.xlsx, processing``."""
        return f"{self.path.name}, {self.sheet}"


def require_all(found: Sequence[tuple[str, Table]], declared: Declaration) -> None:
    """Raise ``OrepathError`` naming the workbook, sheet or list that is missing or damaged."""
    books = sorted({table.path for _, table in found if table.sheet})
    if len(books) != 1:
        raise OrepathError(
            f"{len(books)} workbooks are given, one is needed",
            f"Give {declared.what} and facility_ids.csv.",
        )
    _refuse_damaged(books[0])
    given = {form for form, _ in found}
    sheets = [name for name, form in declared.tables.items() if form.sheet]
    if missing := [name for name in sheets if name not in given]:
        raise OrepathError(
            f"{books[0].name} has no sheet {', '.join(missing)}; it is not {declared.what}", AGAIN
        )
    if IDS not in given:
        raise OrepathError(
            "facility_ids.csv is not given, which has the ids of the facilities",
            f"Its columns are {', '.join(declared.tables[IDS].columns)}.",
        )


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
