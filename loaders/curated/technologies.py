"""Which materials technologies need, in which component, and which sectors they serve.

A row "technology, component, material" becomes two uses: of the material in the technology, with
the component as a property, and of the material in the component. Only the first says that this
technology holds this material; a component such as *cathode* is part of technologies of
different chemistry, so that a way from material over component to technology may claim too much.
Technologies, components and sectors themselves are vocabulary and are not made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...ontology.facts import Fact, Value
from ..protocol import Ledger
from ..tables import Row
from .reading import (
    DOCUMENT_COLUMNS,
    distinct,
    document_id,
    document_of,
    identify,
    look_up,
    merged,
    parts,
    read_rows,
    words,
)

SOURCE = "orepath-technologies"
COLUMNS = {
    "technologies": ("technology_id", "label", "sectors", "taxonomy", "note", *DOCUMENT_COLUMNS),
    "technology_materials": (
        *("technology_id", "component", "material_id", "role", "importance", "stage", "status"),
        *("support", "source_quality", "verification_note"),
        *DOCUMENT_COLUMNS,
    ),
}
USE_KEY = ("used", "user", "role", "source")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-technologies``; raises ``OrepathError`` where a file or column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Sectors served, parts, uses and documents."""
    found = parts(files, COLUMNS)
    served = read_rows(found["technologies"], COLUMNS["technologies"], ledger, serves)
    needed = read_rows(found["technology_materials"], COLUMNS["technology_materials"], ledger, uses)
    stated = [*served, *needed]
    yield from distinct(fact for fact in stated if fact.term != "Use")
    yield from merged((fact for fact in stated if fact.term == "Use"), USE_KEY)


def serves(row: Row) -> Iterator[Fact]:
    """The sectors of a technology, and the document."""
    technology = identify("Technology", row["technology_id"], row.place("technology_id"))
    sectors = [identify("Sector", name, row.place("sectors")) for name in words(row["sectors"])]
    document = document_of(row)
    yield document
    start = f"Technology:{technology}"
    yield Fact("documented_by", {"start": start, "end": document.values["id"]}, row.place())
    for sector in sectors:
        yield Fact("serves", {"start": start, "end": sector}, row.place("sectors"))


def uses(row: Row) -> Iterator[Fact]:
    """The uses of a material in a technology and its component, and the document."""
    technology = identify("Technology", row["technology_id"], row.place("technology_id"))
    material = identify("Material", row["material_id"], row.place("material_id"))
    line = look_up(
        "components",
        {"technology_id": row["technology_id"], "text": row["component"]},
        row.place("component"),
    )
    component = identify("Component", line["component"], row.place("component"))
    values: dict[str, Value] = {
        "used": f"Material:{material}",
        "user": f"Technology:{technology}",
        "role": row["role"],
        "source": document_id(row),
        "verified": row["confidence"] == "S" and row["status"] == "S",
        "component": component,
        "stage": identify("Stage", row["stage"], row.place("stage")),
        "support": "contradicted" if row["status"] == "contradicted" else row["support"],
        "note": note(row),
    }
    importance = look_up("importance", {"text": row["importance"]}, row.place("importance"))
    values["importance"] = importance["importance"]
    if row["source_quality"]:
        values["source_quality"] = row["source_quality"]
    yield document_of(row)
    start = f"Technology:{technology}"
    yield Fact("has_part", {"start": start, "end": component}, row.place("component"))
    yield Fact("Use", values, row.place())
    within = {name: value for name, value in values.items() if name != "component"}
    within |= {"user": f"Component:{component}", "importance": importance["in_component"]}
    yield Fact("Use", within, row.place())


def note(row: Row) -> str:
    """What the reader must know of a use: what was found, and words that a code replaces."""
    given = [row["verification_note"]]
    if row["importance"].startswith("essential "):
        given.append(row["importance"])
    given.append(f"component in the file: {row['component']}")
    return "; ".join(text for text in given if text)
