"""Criticality lists of the United States and NATO: which materials stand on them.

A list states what it holds and gives no numbers; that a material is not on it is no statement of
the list, and makes no fact. Where a list names the members of a group one by one, the group
itself is not on it. The columns of the file that are lists, with their documents, are in
``mapping/criticality_lists.csv``; the EU's list belongs to its study.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ...ontology.facts import Fact, Place, Value
from ..documents import document
from ..protocol import Ledger
from ..tables import Row
from .reading import (
    LeaveOut,
    Unreadable,
    distinct,
    identify,
    parts,
    read_rows,
    reading,
)

SOURCE = "orepath-criticality"
COLUMNS = {
    "materials": (
        *("material_id", "us_2022", "us_2022_confidence", "us_2025", "us_2025_confidence"),
        *("nato_dcm_2024", "note", "confidence"),
    )
}
LISTED, MEMBERS = "yes", "members "
OFF = ("no", "")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-criticality``; raises ``OrepathError`` where a column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """The lists with their documents, and a ``Listing`` for each material on one."""
    file = parts(files, COLUMNS)["materials"]
    yield from distinct(read_rows(file, COLUMNS["materials"], ledger, listings))


def listings(row: Row) -> Iterator[Fact]:
    """The lists that a row's material stands on."""
    found = [line for line in _lists().values() if on_list(row, line["column"])]
    if not found:
        raise LeaveOut("on none of these lists")
    material = identify("Material", row["material_id"], row.place("material_id"))
    for line in found:
        cited = document_of_list(line)
        yield from list_facts(line, cited)
        values: dict[str, Value] = {
            "list": line["list"],
            "material": material,
            "source": cited.values["id"],
            "critical": True,
            "verified": row[line["confidence_column"]] == "S",
            "note": row["note"] or None,
        }
        yield Fact("Listing", values, row.place(line["column"]))


def on_list(row: Row, column: str) -> bool:
    """Whether a cell says that the material itself stands on the list."""
    text = row[column]
    if text != LISTED and text not in OFF and not text.startswith(MEMBERS):
        raise Unreadable(
            row.place(column), text, "it is none of yes, no, members …", "Mend the cell."
        )
    return text == LISTED


def list_facts(line: Mapping[str, str], cited: Fact) -> Iterator[Fact]:
    """A list, who adopted it, and its document."""
    place = Place("criticality_lists.csv")
    values: dict[str, Value] = {
        "id": line["list"],
        "name": line["name"],
        "year": int(line["year"]),
    }
    if line["published"]:
        values["published"] = date.fromisoformat(line["published"])
    start = f"CriticalityList:{line['list']}"
    adopter = identify("Economy", line["adopted_by"], place)
    yield Fact("CriticalityList", values, place)
    yield Fact("adopted_by", {"start": start, "end": adopter}, place)
    yield cited
    yield Fact("documented_by", {"start": start, "end": cited.values["id"]}, place)


def document_of_list(line: Mapping[str, str]) -> Fact:
    """The document in which a list stands, or was read."""
    cells = (line["title"], line["publisher"], line["date"], line["url"])
    return document(*cells, Place("criticality_lists.csv"))


def _lists() -> Mapping[tuple[str, ...], Mapping[str, str]]:
    return reading("criticality_lists", "list")
