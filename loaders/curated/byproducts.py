"""By-product ties: which material is won as a companion of which host, and how far.

The companionality of a row is that of the material over all its hosts, as its source gives it,
and not the part of one host. A material that is won for its own sake has no host: its row is a
claim and no tie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...ontology.facts import Fact, Value
from ..protocol import Ledger
from ..tables import Row
from .claims import claim
from .reading import (
    DOCUMENT_COLUMNS,
    LeaveOut,
    Unreadable,
    distinct,
    document_id,
    document_of,
    identify,
    parts,
    read_rows,
    reading,
    verified,
    vocabulary,
)

SOURCE = "orepath-byproducts"
COLUMNS = {
    "byproducts": (
        *("material_id", "relation", "host", "companionality_pct", "class_", "note"),
        *DOCUMENT_COLUMNS,
    )
}


def recognise(files: Sequence[Path]) -> str:
    """``orepath-byproducts``; raises ``OrepathError`` where the columns are not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """A ``ByproductTie`` a row, and the documents."""
    file = parts(files, COLUMNS)["byproducts"]
    yield from distinct(read_rows(file, COLUMNS["byproducts"], ledger, tie))


def tie(row: Row) -> Iterator[Fact]:
    """The tie that a row states, and its document."""
    material = identify("Material", row["material_id"], row.place("material_id"))
    if row["relation"] == "primary_product":
        yield document_of(row)
        yield from primary(row, material)
        return
    values: dict[str, Value] = {
        "material": material,
        "host": host(row),
        "source": document_id(row),
        "verified": verified(row),
        "byproduct_class": row["class_"],
        "note": note(row),
    }
    if (percent := companionality(row)) is not None:
        values["companionality"] = percent
    yield document_of(row)
    yield Fact("ByproductTie", values, row.place())


def primary(row: Row, material: str) -> Iterator[Fact]:
    """The claim that a material is won for its own sake: it has no host that a tie could name."""
    values: dict[str, Value] = {
        "text": f"{vocabulary()['Material'][material]} is won for its own sake. {row['note']}",
        "subject": vocabulary()["Material"][material],
        "predicate": "companionality",
        "value": companionality(row),
        "unit": "percent",
        "asserted_by": row["publisher"],
        "verified": verified(row),
    }
    about = [f"Material:{material}"]
    yield from claim(f"primary-{material}", values, about, document_id(row), row.place())


def companionality(row: Row) -> float | None:
    """Percent of the output that is won as a companion, or nothing where the row has none."""
    text = row["companionality_pct"]
    try:
        return float(text) if text else None
    except ValueError:
        raise Unreadable(
            row.place("companionality_pct"), text, "it is no number", "Write percent, 0 to 100."
        ) from None


def host(row: Row) -> str:
    """Id of the host; a host that is no material is left out for the mapping's reason."""
    hosts = reading("byproduct_hosts", "material_id", "host")
    line = hosts.get((row["material_id"], row["host"])) or hosts.get(("*", row["host"]))
    if line is None:
        raise Unreadable(
            row.place("host"),
            row["host"],
            "mapping/byproduct_hosts.csv does not say which material this is",
            "Add a line with a reason to mapping/byproduct_hosts.csv.",
        )
    if not line["host_id"]:
        raise LeaveOut(f"{row['material_id']} from {row['host']}: {line['reason']}")
    return identify("Material", line["host_id"], row.place("host"))


def note(row: Row) -> str:
    """The row's note, with the word of the relation where it says less than "by-product"."""
    if row["relation"] == "minor_by_product_of":
        return f"Minor by-product. {row['note']}"
    return row["note"]
