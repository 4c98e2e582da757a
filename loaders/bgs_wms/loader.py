"""BGS World Mineral Statistics: production by country and year since 1971, one file a commodity.

The files are exports of the publisher's open interface, 28 columns in any order, or have one of the
other ``layouts``. Former states are
economies of their own and nothing is added up: not a state's successors, not the minerals of an
element, not the grades of an ore.

All files that are given together are one edition, named after the newest year in them; a load of
some tables stands for the whole edition, and the ledger's notes say which tables it lacks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact, Value
from .. import units
from ..base import AGAIN, NOTHING_SAID, Load, Publication, Reading, Row, Said, Survey, Table, keyed
from .layouts import FEATURES, Features, require_pages, tables_in
from .meaning import ESTIMATES, Meaning, extents, footnotes, meaning_of

# SDMX observation status: a value, not significant, missing.
_VALUE, _SMALL, _MISSING = "A", "N", "O"
_HALF_UNIT = 0.5
"""What BGS prints no figure for: more than zero and less than half a unit."""


class Loader(Publication):
    """One observation of an industry for each row that counts a product."""

    _unit = ""
    """What the user says of the unit of the files that are being read."""

    def read(
        self, files: Sequence[Path], *, whole: bool = True, said: Said = NOTHING_SAID
    ) -> Reading:
        """As all loaders do; a page of the open interface that is not the last is a part."""
        self._unit = said.unit
        if whole:
            require_pages([t for _, t in self.tables(files) if isinstance(t, Features)])
        return super().read(files, whole=whole, said=said)

    def tables_in(self, path: Path) -> list[tuple[str, Table]]:
        """The tables of a file, whatever its layout."""
        return tables_in(path, self.declared.what, self._unit) or super().tables_in(path)

    def edition(self, survey: Survey) -> str:
        """The newest year; files end in the same one, but for tables that BGS has given up."""
        ends = {file: at[:4] for file, at in survey.newest.items()}
        # The pages of one answer end where they end; ``require_pages`` knows whether one is lost.
        running = {
            file
            for file, commodity, _ in survey.counted
            if not _until(commodity) and not file.endswith(FEATURES)
        }
        edition = max(ends[file] for file in running or ends)
        for file in sorted(running):
            if ends[file] != edition:
                raise OrepathError(
                    f"{file} ends in {ends[file]}, other files in {edition}; it is cut off, or was"
                    " downloaded for another edition",
                    "Download all files of one edition at the same time.",
                )
        if not survey.known:
            survey.assumed = f"edition {edition} is inferred from the newest year"
        return survey.known or edition

    def complete(self, survey: Survey, edition: str) -> None:
        """A table has as many rows as the known edition has or, in an edition that is not known,
        not much fewer in its newest year than in the year before."""
        rows: dict[str, Counter[str]] = {}
        files: dict[str, str] = {}
        for (file, commodity, at), count in survey.counted.items():
            files.setdefault(commodity, file)
            rows.setdefault(commodity, Counter())[at[:4]] += count
        known = edition in self.declared.editions
        for commodity, years in rows.items():
            extent = extents().get(commodity)
            if known and extent and years.total() < extent.rows:
                raise OrepathError(
                    f"{files[commodity]}: {years.total():,} rows of {commodity!r} instead of"
                    f" {extent.rows:,}; the file is cut off or changed",
                    f"{AGAIN} A revision by the publisher is an edition of its own.",
                )
            now, before = years[edition], years[str(int(edition) - 1)]
            if not known and not _until(commodity) and 2 * now < before:
                raise OrepathError(
                    f"{files[commodity]}: {now:,} rows of {commodity!r} in {edition}, {before:,} in"
                    " the year before; the file is cut off",
                    AGAIN,
                )

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The observation of a row."""
        meaning = meaning_of(row)
        economy = _economy(row, load)
        year = row["year"][:4]
        unit = _unit(row, meaning, load)
        figures = _figures(row, meaning.status)
        key = (economy, meaning.product, meaning.measure, meaning.basis, year)
        load.claim(key, None, row, "sub-commodity")
        load.keep(set).add(row["commodity"])
        yield from load.observed(
            row,
            economy,
            meaning.product,
            {
                "measure": meaning.measure,
                "period": year,
                "unit": unit.base,
                "basis": meaning.basis,
                "basis_note": meaning.basis_note,
                "original_value": row["printed"] or row["quantity"] or None,
                "original_unit": row["unit"],
                "note": " ".join(n for n in footnotes(row) if n != ESTIMATES) or None,
                **figures,
                **{n: unit.convert(v) for n, v in figures.items() if isinstance(v, float)},
            },
        )

    def finish(self, load: Load) -> Iterator[Fact]:
        """A note on the tables that the load does not have."""
        given = load.keep(set)
        if lacking := sorted(set(extents()) - given):
            load.ledger.notes.append(
                f"These files hold {len(given)} of {len(extents())} tables of"
                f" {self.declared.publication_name}, and nothing of {'; '.join(lacking)}."
            )
        return iter(())


def _until(commodity: str) -> str:
    """The last year of a table that BGS has given up, else nothing."""
    return extents()[commodity].until if commodity in extents() else ""


def _economy(row: Row, load: Load) -> str:
    """The economy that the row names; its code must not say another one."""
    name, code = row["country"], row["code"]
    economy = load.economy(row, "country")
    if code not in ("", economy) and (name, code) not in keyed("bgs_wms/codes", "name", "code"):
        raise FactError(
            f"the row names {name!r} and has the code {code!r}, which is not {economy}",
            f"{AGAIN} If BGS writes it so, say which is right in loaders/bgs_wms/codes.csv.",
            "code",
            code,
        )
    return economy


def _unit(row: Row, meaning: Meaning, load: Load) -> units.Unit:
    """The unit of the quantity, which must not contradict what the product is weighed by."""
    unit = load.at("unit", units.unit, row["unit"], load.publication)
    if unit.basis not in (None, meaning.basis):
        raise row.fault(
            "unit",
            f"the unit says {unit.basis}, but the product is known by its {meaning.basis}",
            "Mend its line in loaders/bgs_wms/products.csv.",
        )
    return unit


def _figures(row: Row, status: str) -> dict[str, Value]:
    """Amount or bounds in the row's own unit, and status; checked against what the book prints."""
    text, printed, code = row["quantity"], row["printed"], row["status"]
    if code == _MISSING and not text:
        return {"status": "not-available"}
    amount = row.number("quantity")
    if code == _SMALL and amount == 0:
        return {"low": 0.0, "high": _HALF_UNIT, "status": "below-threshold"}
    if code != _VALUE:
        said = f"the status {code!r} does not go with the quantity {text!r}"
        raise FactError(said, AGAIN, "status", code)
    if not _same(printed, Decimal(text)):
        said = f"the quantity is {text!r}, the one printed in the book {printed!r}"
        raise FactError(said, AGAIN, "printed", printed)
    return {"amount": amount, "status": status}


def _same(printed: str, amount: Decimal) -> bool:
    """Whether the book prints ``amount``: with separators, or as a dash where it is zero."""
    if set(printed) <= {"-"}:
        return amount == 0
    try:
        return Decimal(re.sub(r"[ ,]", "", printed)) == amount
    except InvalidOperation:
        return False
