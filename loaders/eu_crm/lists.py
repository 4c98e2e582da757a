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
the printed results for 2017 and 2020, save for the exceptions of ``listings.csv``, and is not
said for 2011 and 2014, which used another method.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...ontology.errors import FactError
from ...ontology.facts import Fact, Place, Value
from ..base import LeftOut, Load, Row, keyed
from ..documents import document
from .study import ANNEXES, EU, PERIOD, RESULTS, joined

NEWEST = "EU-2023"
FLAGS = {"yes": True, "yes (via group)": True, "no": False}


@dataclass
class _Listing:
    row: Row
    values: dict[str, Value]
    notes: list[str] = field(default_factory=list)
    computed: str = ""


class Lists:
    """Listings as they are put together from the three tables, by list and material."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], _Listing] = {}
        self._with_inputs = False

    def take(self, row: Row, slips: list[str], load: Load) -> None:
        """Take in a row of the results of 2023, the annexes, or the results over time."""
        if row.table == RESULTS:
            self._result(row, slips, load)
        elif row.table == ANNEXES:
            self._annex(row, load)
        else:
            self._assessed(row, load)

    def facts(self, source: str) -> Iterator[Fact]:
        """The lists, their documents and listings."""
        for name in sorted({name for name, _ in self._found}):
            yield from _list_facts(name)
        for (name, listed), listing in sorted(self._found.items(), key=lambda item: item[0]):
            exception = _exception(name, listed).get("note", "")
            note = joined([*listing.notes, listing.computed, exception])
            values = {"list": name, "material": listed, "source": source, **listing.values}
            yield Fact("Listing", values | {"note": note}, listing.row.place())

    def _result(self, row: Row, slips: list[str], load: Load) -> None:
        self._with_inputs = True
        listed = load.material(row, "material_id")
        if row["reference_period"] != PERIOD:
            raise row.fault(
                "reference_period",
                f"the assessment of 2023 is one of {PERIOD}",
                "Another assessment is an edition of its own.",
            )
        values: dict[str, Value] = {
            "critical": _flag(row, "is_eu_crm"),
            "supply_risk": row.number("supply_risk"),
            "economic_importance": row.number("economic_importance"),
            "decisive_stage": row["stage_used"] or None,
            "end_of_life_recycling": _fraction(row, "eol_rir_pct"),
            "substitution_index_supply": row.number("si_sr"),
            "substitution_index_importance": row.number("si_ei"),
            "period": PERIOD,
            "verified": row["confidence"] == "S",
        }
        for stage in ("extraction", "processing"):
            values[f"supply_risk_{stage}"] = row.number(f"sr_{stage}")
            values[f"supply_data_{stage}"] = row[f"supply_data_{stage}"] or None
            values[f"import_reliance_{stage}"] = _fraction(row, f"import_reliance_{stage}_pct")
        self._found[NEWEST, listed] = _Listing(row, values, [*slips, row["note"]])

    def _assessed(self, row: Row, load: Load) -> None:
        """A row of the results over time, of which those of the highest risk come first."""
        line = keyed("eu_crm/lists", "year").get((row["Year"],))
        if line is None:
            raise row.fault(
                "Year", "there is no such assessment", "Add the list to eu_crm/lists.csv."
            )
        risk, importance = row.number("SR"), row.number("EI")
        if risk is None or importance is None:
            raise LeftOut("not assessed in that year")
        name, listed = line["list"], load.material(row, "Material")
        if name == NEWEST and self._with_inputs:
            raise LeftOut("the results of 2023 are given with their inputs")
        if first := self._found.get((name, listed)):
            first.notes.append(
                f"{first.row['Material']} and {row['Material']} were assessed apart; the other had"
                f" supply risk {row['SR']} and economic importance {row['EI']}."
            )
            raise LeftOut("assessed apart in that year; the ore and the metal are one material")
        values: dict[str, Value] = {
            "supply_risk": risk,
            "economic_importance": importance,
            "verified": True,
        }
        computed = ""
        if said := _exception(name, listed).get("critical"):
            values["critical"] = said == "true"
        elif line["supply_risk_from"]:
            limits = line["supply_risk_from"], line["economic_importance_from"]
            values["critical"] = risk >= float(limits[0]) and importance >= float(limits[1])
            computed = (
                f"Critical is computed from the printed results: supply risk {limits[0]} and"
                f" economic importance {limits[1]} or more."
            )
        self._found[name, listed] = _Listing(row, values, [], computed)

    def _annex(self, row: Row, load: Load) -> None:
        if row["eu_srm"] == row["eu_crm_2023"] == "no" and not self._lists(row, load):
            raise LeftOut("neither assessed by the study nor named by the regulation")
        listed = load.material(row, "material_id")
        critical = None if row["eu_crm_2023"] == "group" else _flag(row, "eu_crm_2023")
        strategic: bool | None = None
        if row["eu_srm"] != "partly":
            strategic = _flag(row, "eu_srm")
        elif said := _exception(NEWEST, listed).get("strategic"):
            strategic = said == "true"
        fresh = _Listing(row, {"critical": critical, "verified": True})
        listing = self._found.setdefault((NEWEST, listed), fresh)
        if listing.values.get("critical") is not critical:
            raise row.fault(
                "eu_crm_2023",
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

    def _lists(self, row: Row, load: Load) -> bool:
        try:
            return (NEWEST, load.material(row, "material_id")) in self._found
        except FactError:
            return False


def _exception(name: str, listed: str) -> Mapping[str, str]:
    return keyed("eu_crm/listings", "list", "material").get((name, listed), {})


def _list_facts(name: str) -> Iterator[Fact]:
    place = Place("eu_crm/lists.csv")
    line = keyed("eu_crm/lists", "list")[(name,)]
    yield Fact(
        "CriticalityList",
        {
            "id": name,
            "name": line["name"],
            "year": int(line["year"]),
            "published": line["published"],
        },
        place,
    )
    start = f"CriticalityList:{name}"
    yield Fact("adopted_by", {"start": start, "end": EU}, place)
    for cited in keyed("eu_crm/documents", "list", "title").values():
        if cited["list"] == name:
            cells = (cited["title"], cited["publisher"], cited["date"], cited["url"])
            source = document(*cells, place)
            yield source
            yield Fact("documented_by", {"start": start, "end": source.values["id"]}, place)


def _flag(row: Row, column: str) -> bool:
    if row[column] not in FLAGS:
        raise row.fault(column, f"it is none of {', '.join(FLAGS)}", "Mend the cell.")
    return FLAGS[row[column]]


def _fraction(row: Row, column: str) -> float | None:
    percent = row.number(column)
    return None if percent is None else percent / 100
