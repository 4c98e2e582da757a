"""UN Comtrade: what a reporter's customs recorded of its trade with each partner, by HS code.

Files are answers of the data API, JSON or CSV, as many as the user has asked for; together they
are one edition, named after the newest year in them. A row becomes one trade flow: what the
reporter imports is CIF and reported by the importer, what it exports FOB and reported by the
exporter, so the two sides of one trade stay two flows. Partner *World* becomes the aggregate
``WLD``. Rows that repeat a total (by mode of transport, customs procedure or second partner) and
re-exports, which are part of the exports, are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ...ontology.errors import FactError, OrepathError
from ...ontology.facts import Fact
from .. import names, units
from ..base import AGAIN, LeftOut, Load, Publication, Row, Survey, Table, read_mapping
from ..customs import CustomsCode, editions, known
from ..trade import flow
from .answers import Answer, is_json

_SIDES = {"M": "importer", "X": "exporter"}
_KILOGRAM = "8"  # the quantity unit of UN Comtrade's code list


class Loader(Publication):
    """One trade flow for each reporter, partner, code, direction and year."""

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
        if row["flowCode"] == "X" and row["cifvalue"] == primary != row["fobvalue"]:
            raise OrepathError(
                f"{row.place('cifvalue')}: exports are valued FOB; the columns of the values may"
                " have been exchanged",
                AGAIN,
            )

    def edition(self, survey: Survey) -> str:
        """The newest year; that of the newest month where there are only months."""
        periods = {period for _, period, _ in survey.counted}
        return max({p for p in periods if len(p) == 4} or periods)[:4]

    def facts_of(self, row: Row, load: Load) -> Iterator[Fact]:
        """The flow of a row."""
        if not editions("hs", row["cmdCode"]):
            raise LeftOut(self.declared.reason("codes without a critical raw material"))
        reporter, partner = (
            load.at(column, names.numbered, row[column], self.id)
            for column in ("reporterCode", "partnerCode")
        )
        side = _SIDES[row["flowCode"]]
        exporter, importer = (reporter, partner) if side == "exporter" else (partner, reporter)
        code, year = _code(row), row["period"]
        value = row.number("primaryValue")
        if value is None:
            raise FactError("there is no value", AGAIN, "primaryValue", row["primaryValue"])
        mass, status, notes = _weight(row, reporter, year)
        if reporter == partner:
            notes.insert(0, "Goods of the reporter's own that came back (re-import).")
        if row["isOriginalClassification"].casefold() == "false":
            notes.append("Converted by UN Comtrade from the nomenclature that the reporter used.")
        yield from flow(
            load,
            row,
            (exporter, code, importer),
            year,
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


def _code(row: Row) -> CustomsCode:
    nomenclature = _nomenclatures()[row["classificationCode"]]
    found = known().get(f"{nomenclature}/{row['cmdCode']}")
    if found is None:
        others = ", ".join(key.partition("/")[0] for key in editions("hs", row["cmdCode"]))
        raise FactError(
            f"the vocabularies do not say what {row['cmdCode']} is in {nomenclature}",
            f"They know it in {others}. Add it to ontology/vocabulary/trade-codes-hs.ttl: codes"
            " change their meaning between editions.",
            "cmdCode",
            row["cmdCode"],
        )
    return found


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
    if row["isNetWgtEstimated"].casefold() != "true":
        return tonnes, "normal", []
    if note := _unusable().get((reporter, year)):
        return None, "estimated", [f"Net weight {weight:,.0f} kg: {note}"]
    return tonnes, "estimated", ["Net weight estimated by UN Comtrade; the value is as reported."]


def _valuation(row: Row, value: float) -> str | None:
    """CIF or FOB: which of the two values is the primary one. Some reporters state imports FOB."""
    pairs = [("CIF", "cifvalue"), ("FOB", "fobvalue")]
    if row["flowCode"] == "X":
        pairs.reverse()
    return next((v for v, column in pairs if row.number(column) == value), None)


@cache
def _nomenclatures() -> Mapping[str, str]:
    """Editions of the Harmonized System by UN Comtrade's letters for them."""
    lines = read_mapping("nomenclatures")
    return {line["classification"]: line["nomenclature"] for line in lines}


@cache
def _unusable() -> Mapping[tuple[str, str], str]:
    """What to say of the weights of a reporter and year that are known to be wrong."""
    lines = read_mapping("un_comtrade/weights")
    return {(line["reporter"], line["year"]): line["note"] for line in lines}
