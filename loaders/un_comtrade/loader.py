"""UN Comtrade: what a reporter's customs recorded of its trade with each partner, by HS code.

Files are answers of the data API (JSON or CSV), downloads of the site, bulk files, or CSV files of
Comtrade until 2022, as many as the user has; together they are one edition, named after the newest
year in them. A row becomes one trade flow, of a year or of a month: what the
reporter imports is CIF and reported by the importer, what it exports FOB and reported by the
exporter, so the two sides of one trade stay two flows. Partner *World* becomes the aggregate
``WLD``. Rows that repeat a total (by mode of transport, customs procedure or second partner) and
re-exports, which are part of the exports, are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from ...ontology.errors import OrepathError
from ...ontology.facts import Fact
from .. import names, units
from ..base import LeftOut, Load, Publication, Row, Survey, Table, keyed
from ..customs import CustomsCode, editions, known
from ..trade import flow, newest_year
from .answers import Answer, is_json

_SIDES = {"M": "importer", "1": "importer", "X": "exporter", "2": "exporter"}
_PERIODS = frozenset({"", *(f"{month:02}" for month in range(1, 13))})
_TOTALS = ("motCode", "customsCode")
_ESTIMATED = ("4", "6")
_HEADING = 4
_KILOGRAM = "8"  # the quantity unit of UN Comtrade's code list


class Loader(Publication):
    """One trade flow for each reporter, partner, code, direction, and year or month."""

    def tables(self, files: Sequence[Path]) -> list[tuple[str, Table]]:
        """The answers; those in JSON that hold no record are passed over."""
        columns = self.declared.tables["trade"].columns
        found: list[tuple[str, Table]] = []
        for form, table in super().tables(files):
            if not isinstance(table, Answer) or next(table.rows(columns), None):
                found.append((form, table))
        if not found:
            raise OrepathError(
                f"{', '.join(file.name for file in files)}: UN Comtrade has answered that it has"
                " no data",
                "Check reporter, partner, code and year of the question.",
            )
        return found

    def tables_in(self, path: Path) -> list[tuple[str, Table]]:
        """An answer in JSON, or in CSV."""
        if is_json(path):
            return [("trade", Answer(path, self.declared.what))]
        return super().tables_in(path)

    def check(self, row: Row) -> None:
        """Exports are valued FOB."""
        primary = row["primaryValue"]
        if (
            _SIDES.get(row["flowCode"]) == "exporter"
            and row["cifvalue"] == primary != row["fobvalue"]
        ):
            raise row.fault(
                "cifvalue",
                "exports are valued FOB; the columns of the values may have been exchanged",
            )

    def edition(self, survey: Survey) -> str:
        """The newest year, of years and months alike."""
        return newest_year(survey, _PERIODS)

    def _survey(self, name: str, table: Table, survey: Survey) -> None:
        super()._survey(name, table, survey)
        columns = self.declared.tables[name].columns
        if isinstance(table, Answer) or "flowCode" not in map(str.strip, table.header):
            return
        if lacking := [c for c in _TOTALS if table.places(columns, table.header)[c] < 0]:
            survey.doubts.append(f"rows are taken for totals, without {' and '.join(lacking)}")

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The flow of a row."""
        code, notes = self._code(row)
        reporter, partner = (
            load.at(column, names.numbered, row[column], self.id)
            for column in ("reporterCode", "partnerCode")
        )
        side = _SIDES[row["flowCode"]]
        exporter, importer = (reporter, partner) if side == "exporter" else (partner, reporter)
        when = _when(row)
        value = row.number("primaryValue")
        if value is None:
            raise row.fault("primaryValue", "there is no value")
        if reporter == partner:
            notes.append("Goods of the reporter's own that came back (re-import).")
        mass, status, weighed = _weight(row, reporter, when[:4])
        notes += weighed
        if row["isOriginalClassification"].casefold() in ("false", "0"):
            notes.append("Converted by UN Comtrade from the nomenclature that the reporter used.")
        yield from flow(
            load,
            row,
            (exporter, code, importer),
            when,
            side,
            {
                "value": value,
                "currency": "USD",
                "mass": mass,
                "valuation": _valuation(row, value),
                "status": status,
                "note": " ".join(notes) or None,
            },
        )

    def _code(self, row: Row) -> tuple[CustomsCode, list[str]]:
        """The customs code of a row, and what to note of it.

        A heading that is not divided is its subheading, which ends with 00. Raises ``LeftOut`` for
        goods that the vocabularies do not hold, ``FactError`` where they do in other editions.
        """
        code = row["cmdCode"]
        edition = keyed("nomenclatures", "classification").get((row["classificationCode"],))
        if edition is None:
            named = row["classificationCode"]
            raise row.fault(
                "classificationCode",
                f"the edition {named} of the Harmonized System is not known"
                if named[-1].isdecimal()
                else "the row does not say which edition of the Harmonized System its code is of",
                "Ask UN Comtrade for one edition (H0 to H6) rather than HS as reported.",
            )
        nomenclature = edition["nomenclature"]
        if found := known().get(f"{nomenclature}/{code}"):
            return found, []
        if not editions("hs", code):
            only = known().get(f"{nomenclature}/{code}00") if len(code) == _HEADING else None
            if only is None:
                divided = len(code) == _HEADING and f"{nomenclature}/{code}" in _headings()
                what = (
                    "headings of several subheadings"
                    if divided
                    else "codes without a critical raw material"
                )
                raise LeftOut(self.declared.reason(what))
            return only, [f"Given as heading {code}, whose only subheading is {only.code}."]
        others = ", ".join(key.partition("/")[0] for key in editions("hs", row["cmdCode"]))
        raise row.fault(
            "cmdCode",
            f"the vocabularies do not say what {row['cmdCode']} is in {nomenclature}",
            f"They know it in {others}. Add it to ontology/vocabulary/trade-codes-hs.ttl: codes"
            " change their meaning between editions.",
        )


def _when(row: Row) -> str:
    """The year (``2024``) or month (``2024-12``) of a row; raises ``FactError`` where frequency and
    period say two things."""
    year, month = row["period"][:4], row["period"][4:]
    if row["freqCode"] and (row["freqCode"] == "M") != bool(month):
        raise row.fault(
            "period",
            f"frequency and period differ: {row['freqCode']} is said of {row['period']}",
        )
    return f"{year}-{month}" if month else year


def _weight(row: Row, reporter: str, year: str) -> tuple[float | None, str, list[str]]:
    """Net weight in tonnes, the status of the figures, and what there is to say of them.

    Goods of some value that weigh nothing are goods of which no weight is known.
    """
    weight = row.number("netWgt")
    if not weight:
        quantity = row.number("qty")
        missing = "The value is given, the net weight is not."
        if quantity and row["qtyUnitCode"] == _KILOGRAM:
            missing += f" The quantity is {quantity:,.0f} kg."
        return None, "not-stated", [missing]
    tonnes = units.unit("kg", "un-comtrade").convert(weight)
    if not _estimated(row):
        return tonnes, "normal", []
    if line := keyed("un_comtrade/weights", "reporter", "year").get((reporter, year)):
        return None, "estimated", [f"Net weight {weight:,.0f} kg: {line['note']}"]
    return tonnes, "estimated", ["Net weight estimated by UN Comtrade; the value is as reported."]


def _estimated(row: Row) -> bool:
    """Whether the net weight is an estimate, by its own column or the flag of older files."""
    if said := row["isNetWgtEstimated"].casefold():
        return said in ("true", "1")
    return row["flag"] in _ESTIMATED


def _valuation(row: Row, value: float) -> str | None:
    """CIF or FOB: which of the two values is the primary one. Some reporters state imports FOB."""
    pairs = [("CIF", "cifvalue"), ("FOB", "fobvalue")]
    if _SIDES[row["flowCode"]] == "exporter":
        pairs.reverse()
    return next((v for v, column in pairs if row.number(column) == value), None)


@cache
def _headings() -> frozenset[str]:
    """The headings of which the vocabularies hold a subheading."""
    return frozenset(key[:-2] for key in known() if len(key.partition("/")[2]) == _HEADING + 2)
