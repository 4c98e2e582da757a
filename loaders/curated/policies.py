"""Policies with their benchmarks, and what the European Court of Auditors found in 2026.

A row of the policies is one provision. A target, limit or threshold becomes a benchmark, by
``mapping/policy_benchmarks.csv``; every other provision a claim about its policy, since it is a
statement in a document and no quantity of an industry. What a policy is, is in
``mapping/policies.csv``: a list, a reply or an outlook is no policy, and its rows are claims
alone. A finding of the auditors is a claim asserted by them, in the document in which it was
read. Whether a benchmark is met is a question and not answered here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ...ontology.facts import Fact, Place, Value
from ..documents import slug
from ..protocol import Ledger
from ..tables import Row, read_mapping
from .claims import claim
from .figures import Figure, figure, measured_in
from .reading import (
    DOCUMENT_COLUMNS,
    Unreadable,
    distinct,
    document_id,
    document_of,
    economy_of,
    identify,
    look_up,
    parts,
    read_rows,
    reading,
    referred,
    verified,
    words,
)

SOURCE = "orepath-policies"
COLUMNS = {
    "policies": (
        *("policy_id", "policy", "jurisdiction", "date", "kind", "attribute", "value", "unit"),
        *("note", *DOCUMENT_COLUMNS),
    ),
    "eca_sr_2026_04": (
        *("finding_id", "topic", "subject", "material_id", "value", "unit", "period", "text"),
        *DOCUMENT_COLUMNS,
    ),
}
AUDITORS, AUDIT = "European Court of Auditors", "eca-sr-2026-04"
AUDITED_ON = date(2026, 2, 2)
SUPPLIER, AUDITED = "supplier share", "audit finding"
PERCENT = "percent"

_CEILING = re.compile(r"up to\b|.*\(up to\)$")
_FLOOR = re.compile(r"at least\b|over\b|.*\(at least\)$")
_HEDGE = re.compile(r"(up to|at least|about|over)\s+")


def recognise(files: Sequence[Path]) -> str:
    """``orepath-policies``; raises ``OrepathError`` where a file or column is not there."""
    parts(files, COLUMNS)
    return SOURCE


def facts(files: Sequence[Path], ledger: Ledger) -> Iterator[Fact]:
    """Policies, benchmarks, claims on both, and the documents."""
    found = parts(files, COLUMNS)
    yield from distinct(read_rows(found["policies"], COLUMNS["policies"], ledger, provision))
    yield from distinct(
        read_rows(found["eca_sr_2026_04"], COLUMNS["eca_sr_2026_04"], ledger, finding)
    )


def provision(row: Row) -> Iterator[Fact]:
    """What a row says of its policy: benchmarks, or a claim."""
    identifier, attribute = row["policy_id"], row["attribute"]
    yield from policy_facts(identifier, row)
    if (identifier, attribute) in _benchmarks():
        yield from benchmark_facts(identifier, attribute, row["value"], row)
        return
    line = reading("policy_claims", "policy", "attribute").get((identifier, attribute))
    about = policy_ends(identifier, row) + (words(line["about"]) if line else [])
    name = f"{identifier}/{slug(attribute)}"
    yield from statement(name, row, f"{row['policy']}: {attribute}", about)


def policy_facts(identifier: str, row: Row) -> Iterator[Fact]:
    """The policy with who adopted it and what it addresses, tied to the row's document.

    Of what is no policy there is only the document. Raises ``Unreadable`` where
    ``mapping/policies.csv`` does not say what it is.
    """
    place = row.place()
    yield document_of(row)
    if not look_up("policies", {"policy": identifier}, place)["class"]:
        return
    yield from policy_node(identifier, place)
    ends: dict[str, Value] = {"start": f"Policy:{identifier}", "end": document_id(row)}
    yield Fact("documented_by", ends, place)


def policy_node(identifier: str, place: Place) -> Iterator[Fact]:
    """The policy as ``mapping/policies.csv`` describes it, who adopted it, what it addresses.

    It is the same in every data set that speaks of it.
    """
    line = look_up("policies", {"policy": identifier}, place)
    values: dict[str, Value] = {
        "id": identifier,
        "name": line["name"],
        "kind": line["kind"],
        "status": line["status"],
        "verified": line["verified"] == "true",
    }
    if line["adopted"]:
        values["adopted"] = date.fromisoformat(line["adopted"])
    yield Fact(line["class"], values, place)
    adopter = identify("Economy", line["adopted_by"], place)
    yield Fact("adopted_by", {"start": f"Policy:{identifier}", "end": adopter}, place)
    for material in words(line["addresses"]):
        end = identify("Material", material, place)
        yield Fact("addresses", {"start": identifier, "end": end}, place)


def policy_ends(identifier: str, row: Row) -> list[str]:
    """The reference to a policy, where it is one."""
    line = look_up("policies", {"policy": identifier}, row.place())
    return [f"Policy:{identifier}"] if line["class"] else []


def benchmark_facts(identifier: str, attribute: str, text: str, row: Row) -> Iterator[Fact]:
    """The benchmarks that a provision sets; raises ``Unreadable`` where the row has changed."""
    for line in _benchmarks()[identifier, attribute]:
        if line["written"] != text:
            raise Unreadable(
                row.place("value"),
                text,
                f"mapping/policy_benchmarks.csv was written for {line['written']!r}",
                "Review that line of mapping/policy_benchmarks.csv.",
            )
        place, benchmark = row.place(), line["benchmark"]
        unit = measured_in(row, line["unit"], "unit")
        yield Fact(
            "Benchmark",
            {
                "id": benchmark,
                "name": line["name"],
                "value": unit.convert(float(line["value"])),
                "unit": unit.base,
                "direction": line["direction"],
                "verified": line["verified"] == "true",
            },
            place,
        )
        yield Fact("sets", {"start": identifier, "end": benchmark}, place)
        for stage in words(line["stage"]):
            end = identify("Stage", stage, place)
            yield Fact("applies_to", {"start": benchmark, "end": end}, place)
        ends: dict[str, Value] = {"start": f"Benchmark:{benchmark}", "end": document_id(row)}
        yield Fact("documented_by", ends, place)


def statement(identifier: str, row: Row, said: str, about: Sequence[str]) -> Iterator[Fact]:
    """The claim that a row is, asserted by who published it; a finding, by the auditors."""
    audited = row.cells.get("kind") == AUDITED
    checks = [f"as reported by {row['publisher']}"] if audited else []
    checks += [] if verified(row) else ["the document was not read"]
    values: dict[str, Value] = {
        "text": ". ".join(part for part in (worded(said, row), row["note"]) if part),
        "subject": said.partition(":")[0],
        "predicate": said.partition(":")[2].strip(),
        **number(row, row["note"]),
        "made_on": AUDITED_ON if audited else None,
        "asserted_by": AUDITORS if audited else row["publisher"],
        "verified": verified(row),
        "publisher_verification": "; ".join(checks) or None,
    }
    ends = [end_of(reference, row.place()) for reference in dict.fromkeys(about)]
    yield from claim(identifier, values, ends, document_id(row), row.place())


def finding(row: Row) -> Iterator[Fact]:
    """A finding of the auditors, in the document in which it was read."""
    place = row.place()
    if row["topic"] == SUPPLIER:
        said = f"{row['subject']}'s share of the Union's sourcing of {row['material_id']}"
        materials = [m.partition(" (")[0] for m in words(row["material_id"])]
        about = [f"Economy:{economy_of(row, 'subject')}", "Economy:EU27"]
        about += [
            f"Material:{identify('Material', m, row.place('material_id'))}" for m in materials
        ]
    else:
        keys = {"finding_id": row["finding_id"]}
        about = words(look_up("eca_findings", keys, row.place("finding_id"))["about"])
        listed = f" ({row['material_id']})" if row["material_id"] else ""
        said = f"{row['topic']}: {row['subject']}{listed}"
    own = row["publisher"] == AUDITORS
    checks = ["" if own else f"as reported by {row['publisher']}"]
    checks += ["" if verified(row) else "not sure"]
    values: dict[str, Value] = {
        "text": ". ".join(p for p in (worded(said.replace("_", " "), row), row["text"]) if p),
        "subject": row["subject"],
        "predicate": row["topic"],
        **number(row, row["text"]),
        "period": row["period"] or None,
        "made_on": AUDITED_ON,
        "asserted_by": AUDITORS,
        "verified": verified(row),
        "publisher_verification": "; ".join(text for text in checks if text) or None,
    }
    yield from policy_facts(AUDIT, row)
    ends = [end_of(reference, place) for reference in [f"Policy:{AUDIT}", *about]]
    yield from claim(row["finding_id"], values, list(dict.fromkeys(ends)), document_id(row), place)


def end_of(reference: str, place: Place) -> str:
    """A reference ``Label:id``, checked: policies by their own mapping, all else by vocabulary."""
    label, _, identifier = reference.partition(":")
    if label == "Policy":
        look_up("policies", {"policy": identifier}, place)
        return reference
    return referred(reference, place)


def worded(said: str, row: Row) -> str:
    """What is said, with the number or words of the row's value."""
    value = " ".join(part for part in (row["value"], row["unit"]) if part)
    return f"{said}: {value}" if value else said


def number(row: Row, note: str) -> dict[str, Value]:
    """The value of a row as a number or bound with the row's unit; as an object where it is none.

    *Up to* and *at least* make a bound, wherever the row says so.
    """
    text = row["value"]
    if not text:
        return {}
    bare = _HEDGE.sub("", text, count=1)
    try:
        found = figure(replace(row, cells={**row.cells, "value": bare}), "value")
    except Unreadable:
        return {"object": worded("", row).removeprefix(": ")}
    found = bounded(found, text, row["unit"], note)
    given = (("value", found.amount), ("low", found.low), ("high", found.high))
    values: dict[str, Value] = {name: float(part) for name, part in given if part is not None}
    unit = found.unit or row["unit"] or None
    # What a percentage is of stays in the text.
    return {**values, "unit": PERCENT if unit and unit.startswith("%") else unit}


def bounded(found: Figure, *hints: str) -> Figure:
    """The figure as a bound, where one of the texts that stand with it says so."""
    if found.amount is None:
        return found
    if any(_CEILING.match(hint) for hint in hints):
        return Figure(None, None, found.amount, found.unit)
    if any(_FLOOR.match(hint) for hint in hints):
        return Figure(None, found.amount, None, found.unit)
    return found


def _benchmarks() -> Mapping[tuple[str, str], list[dict[str, str]]]:
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for line in read_mapping("policy_benchmarks"):
        found.setdefault((line["policy"], line["attribute"]), []).append(dict(line))
    return found
