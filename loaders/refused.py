"""What a load refused and left out, as it is kept on its record and written to a file."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..ontology.facts import Place, Rejection
from .base import Ledger

KEPT = 1000
"""Refused rows that the record of a load keeps; it counts them all."""
COLUMNS = ("file", "line", "column", "value", "reason", "remedy")


def booked(ledger: Ledger, rejected: Sequence[Rejection] = ()) -> dict[str, Any]:
    """Properties of a load's record: where its rows went, and the refused ones with reasons;
    ``rejected`` are facts that the ontology refused."""
    refused = [*ledger.refused, *rejected]
    return {
        "rows_read": ledger.rows_read,
        "rejected": len(refused),
        "left_out": sum(ledger.left.values()),
        "refused_rows": [_text(one) for one in refused[:KEPT]],
        "left_reasons": [f"{rows} {reason}" for reason, rows in sorted(ledger.left.items())],
    }


def added(run: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The record of a load that adds to what its source stated before; counts of a file that was
    read before are those of its new reading."""
    old = [file for file in before.get("files") or () if file not in run["files"]]
    if not old:
        return dict(run)
    found = dict(run) | {"files": [*old, *run["files"]]}
    for name in ("rows_read", "rejected", "left_out", "facts"):
        found[name] = (before.get(name) or 0) + run[name]
    for name in ("refused_rows", "left_reasons"):
        found[name] = [*(before.get(name) or ()), *run[name]]
    found["assumed"] = run.get("assumed") or before.get("assumed")
    return found


def reasons(record: Mapping[str, Any]) -> Counter[str]:
    """Rows left out by reason, from a load's record."""
    found: Counter[str] = Counter()
    for text in record.get("left_reasons") or ():
        rows, _, reason = text.partition(" ")
        found[reason] += int(rows)
    return found


def refused(record: Mapping[str, Any]) -> list[Rejection]:
    """The refused rows that a load's record keeps."""
    found = []
    for text in record.get("refused_rows") or ():
        file, line, column, *rest = json.loads(text)
        found.append(Rejection(Place(file, line, column), *rest))
    return found


def write_rejects(rejected: Iterable[Rejection], file: Path) -> None:
    """A CSV of what was refused: file, line, column, value, reason, remedy."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(COLUMNS)
        rows.writerows(map(cells, rejected))


def cells(one: Rejection) -> list[Any]:
    """A refused row as ``COLUMNS`` has it."""
    place = one.place
    return [place.file, place.line, place.column, one.value, one.reason, one.remedy]


def _text(one: Rejection) -> str:
    return json.dumps(cells(one), ensure_ascii=False)
