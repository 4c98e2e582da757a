"""The EU's lists of critical raw materials from 2011 to 2023, with the results of assessment.

``EU-2023`` has the full results: per-stage supply risk, import reliance, recycling. It lists what
was assessed: single materials, the groups (heavy and light rare earths, platinum-group metals)
that are entries of the list, and their members, which the study assesses one by one and which are
critical as members. *The 34 entries are the critical materials that are no part of another
critical one*; the 17 strategic ones are counted alike. The strategic status is that of Annex I of
Regulation (EU) 2024/1252, which came a year after the study; a note gives the form that the annex
names (*lithium - battery grade*). It names seven rare earths for magnets as one entry: those
seven and the rare earths as a whole are strategic, the two groups are not as such.

The older lists have supply risk and economic importance only. What was critical is computed from
the printed results for 2017 and 2020, save for the exceptions of ``mapping/eu_crm_listings.csv``,
and is not said for 2011 and 2014, which used another method.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place, Value
from ..documents import document
from ..protocol import Ledger
from ..reading import LeaveOut, Unreadable, reading
from ..tables import Row
from .eu_crm_tables import (
    ANNEXES,
    HISTORY,
    PERIOD,
    RESULTS,
    SOURCE,
    STAGES,
    booked,
    corrected,
    joined,
    material,
    number,
)

NEWEST = "EU-2023"
ADOPTED_BY = "EU27"
FLAGS = {"yes": True, "yes (via group)": True, "no": False}


@dataclass
class _Listing:
    place: Place
    values: dict[str, Value] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Lists:
    """Listings as they are put together from the three tables, by list and material."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], _Listing] = {}

    def read(self, tables: Mapping[str, list[Row]], ledger: Ledger) -> Iterator[Fact]:
        """The lists, their documents and listings; books each row of the tables."""
        results = tables.get(RESULTS, [])
        history = tables.get(HISTORY, [])
        rivals = _rivals(history)
        for rows, take in (
            (results, self._result),
            (history, lambda row: self._assessed(row, bool(results), rivals)),
            (tables.get(ANNEXES, []), self._annex),
        ):
            yield from booked(rows, ledger, take)
        for name in sorted({name for name, _ in self._found}):
            yield from _list_facts(name)
        for (name, listed), listing in sorted(self._found.items(), key=lambda item: item[0]):
            exception = reading("eu_crm_listings", "list", "material").get((name, listed))
            notes = [*listing.notes, *([exception["note"]] if exception else [])]
            values = {"list": name, "material": listed, "source": SOURCE, **listing.values}
            yield Fact("Listing", values | {"note": joined(notes)}, listing.place)

    def _result(self, row: Row) -> Iterator[Fact]:
        """A row of the results of 2023."""
        row, notes = corrected(RESULTS, row, row["material_label"])
        listed = material(row, "material_id")
        if row["reference_period"] != PERIOD:
            raise Unreadable(
                row.place("reference_period"),
                row["reference_period"],
                f"the assessment of 2023 is one of {PERIOD}",
                "Another assessment is an edition of its own.",
            )
        values: dict[str, Value] = {
            "critical": _flag(row, "is_eu_crm"),
            "supply_risk": _number(row, "supply_risk"),
            "economic_importance": _number(row, "economic_importance"),
            "decisive_stage": row["stage_used"] or None,
            "end_of_life_recycling": _fraction(row, "eol_rir_pct"),
            "substitution_index_supply": _number(row, "si_sr"),
            "substitution_index_importance": _number(row, "si_ei"),
            "period": PERIOD,
            "verified": row["confidence"] == "S",
        }
        for stage in STAGES:
            values[f"supply_risk_{stage}"] = _number(row, f"sr_{stage}")
            values[f"supply_data_{stage}"] = row[f"supply_data_{stage}"] or None
            values[f"import_reliance_{stage}"] = _fraction(row, f"import_reliance_{stage}_pct")
        self._found[NEWEST, listed] = _Listing(row.place(), values, [*notes, row["note"]])
        yield from ()

    def _assessed(
        self, row: Row, newest_known: bool, rivals: Mapping[tuple[str, str], list[Row]]
    ) -> Iterator[Fact]:
        """A row of the results over time."""
        line = reading("eu_crm_lists", "year").get((row["Year"],))
        if line is None:
            raise Unreadable(
                row.place("Year"),
                row["Year"],
                "there is no such assessment",
                "Add the list to mapping/eu_crm_lists.csv.",
            )
        risk, importance = number(row, "SR"), number(row, "EI")
        if risk is None or importance is None:
            raise LeaveOut("not assessed in that year")
        listed = material(row, "Material")
        name = line["list"]
        if name == NEWEST and newest_known:
            raise LeaveOut("the results of 2023 are given with their inputs")
        first, *others = rivals[row["Year"], listed]
        if row is not first:
            raise LeaveOut("assessed apart in that year; the ore and the metal are one material")
        notes = [
            f"{first['Material']} and {other['Material']} were assessed apart; the other had"
            f" supply risk {other['SR']} and economic importance {other['EI']}."
            for other in others
        ]
        values: dict[str, Value] = {
            "supply_risk": float(risk),
            "economic_importance": float(importance),
            "verified": True,
        }
        exception = reading("eu_crm_listings", "list", "material").get((name, listed), {})
        if exception.get("critical"):
            values["critical"] = exception["critical"] == "true"
        elif line["supply_risk_from"]:
            limits = line["supply_risk_from"], line["economic_importance_from"]
            values["critical"] = risk >= Decimal(limits[0]) and importance >= Decimal(limits[1])
            notes.append(
                f"Critical is computed from the printed results: supply risk {limits[0]} and"
                f" economic importance {limits[1]} or more."
            )
        self._found[name, listed] = _Listing(row.place(), values, notes)
        yield from ()

    def _annex(self, row: Row) -> Iterator[Fact]:
        """A row of the annexes of the regulation."""
        if row["eu_srm"] == "no" and row["eu_crm_2023"] == "no" and not self._assessed_name(row):
            raise LeaveOut("neither assessed by the study nor named by the regulation")
        listed = material(row, "material_id")
        exception = reading("eu_crm_listings", "list", "material").get((NEWEST, listed), {})
        critical = None if row["eu_crm_2023"] == "group" else _flag(row, "eu_crm_2023")
        strategic: bool | None = None
        if row["eu_srm"] != "partly":
            strategic = _flag(row, "eu_srm")
        elif exception.get("strategic"):
            strategic = exception["strategic"] == "true"
        fresh = _Listing(row.place(), {"critical": critical, "verified": True})
        listing = self._found.setdefault((NEWEST, listed), fresh)
        if listing.values.get("critical") is not critical:
            raise Unreadable(
                row.place("eu_crm_2023"),
                row["eu_crm_2023"],
                "the results of 2023 say otherwise whether it is critical",
                "Mend the row, or the row of the results.",
            )
        listing.values["strategic"] = strategic
        if row["confidence"] != "S":
            listing.values["verified"] = False
        if row["eu_srm_form"]:
            partly = "partly, " if row["eu_srm"] == "partly" else ""
            listing.notes.append(
                f"Annex I of Regulation (EU) 2024/1252: {partly}{row['eu_srm_form']}."
            )
        yield from ()

    def _assessed_name(self, row: Row) -> bool:
        try:
            return (NEWEST, material(row, "material_id")) in self._found
        except FactError:
            return False


def _rivals(history: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    """Assessed rows of the same year and material, the highest supply risk first.

    As with the stages of one assessment, the higher risk is that of the material.
    """
    found: dict[tuple[str, str], list[tuple[Decimal, Decimal, Row]]] = {}
    for row in history:
        try:
            risk, importance = number(row, "SR"), number(row, "EI")
            key = row["Year"], material(row, "Material")
        except (FactError, Unreadable):
            continue  # reading the row itself will say what is wrong with it
        if risk is not None and importance is not None:
            found.setdefault(key, []).append((risk, importance, row))
    return {
        key: [row for _, _, row in sorted(rows, key=lambda r: r[:2], reverse=True)]
        for key, rows in found.items()
    }


def _list_facts(name: str) -> Iterator[Fact]:
    place = Place("eu_crm_lists.csv")
    line = reading("eu_crm_lists", "list")[(name,)]
    yield Fact(
        "CriticalityList",
        {
            "id": name,
            "name": line["name"],
            "year": int(line["year"]),
            "published": date.fromisoformat(line["published"]),
        },
        place,
    )
    start = f"CriticalityList:{name}"
    yield Fact("adopted_by", {"start": start, "end": ADOPTED_BY}, place)
    for cited in reading("eu_crm_documents", "list", "title").values():
        if cited["list"] == name:
            cells = (cited["title"], cited["publisher"], cited["date"], cited["url"])
            source = document(*cells, place)
            yield source
            yield Fact("documented_by", {"start": start, "end": source.values["id"]}, place)


def _flag(row: Row, column: str) -> bool:
    if row[column] not in FLAGS:
        raise Unreadable(
            row.place(column), row[column], f"it is none of {', '.join(FLAGS)}", "Mend the cell."
        )
    return FLAGS[row[column]]


def _number(row: Row, column: str) -> float | None:
    value = number(row, column)
    return None if value is None else float(value)


def _fraction(row: Row, column: str) -> float | None:
    value = number(row, column)
    return None if value is None else float(value / 100)
