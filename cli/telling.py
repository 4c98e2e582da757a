"""What the commands that change the graph tell of what they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .session import note

SHOWN = 10
"""Leading figures, and suspect ones, that are told one by one."""

REJECTED = 5
"""Rejected rows that are told on stderr; a rejects file has all of them."""

if TYPE_CHECKING:
    from ..graph.derive import DeriveReport
    from ..graph.network.build import Balance
    from ..loaders.loading import Loaded
    from ..ontology.facts import Rejection


def counted(number: int, thing: str) -> str:
    """``1 row``, ``1,200 rows``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def told(loaded: Loaded) -> str:
    """What became of a source."""
    if loaded.refusal is not None:
        return f"Refused: {loaded.refusal}"
    report, changes = loaded.report, loaded.changes
    new = changes.total("new") if changes else report.created
    changed = changes.total("changed") if changes else report.changed
    did = (
        ", loaded already"
        if loaded.stood
        else f" ({new:,} new, {changed:,} changed, {report.removed:,} removed)"
    )
    parts = [f"{loaded.source}: {counted(report.facts, 'fact')}{did}"]
    if left := sum(loaded.ledger.left.values()):
        parts.append(f"{counted(left, 'row')} skipped (reasons: --verbose)")
    if loaded.rejected:
        parts.append(f"{counted(len(loaded.rejected), 'row')} refused")
    return "; ".join(parts) + "."


def planned(done: Sequence[Loaded]) -> str:
    """What loads would do, table by table."""
    from ..graph.changes import KINDS
    from ..report.table import plain_table

    rows = []
    for loaded in done:
        refused = Counter(row.place.file for row in loaded.rejected)
        tables = loaded.changes.tables if loaded.changes else {}
        for (term, file), counts in sorted(tables.items()):
            numbers = [f"{counts[kind]:,}" for kind in KINDS]
            rows.append((loaded.source, term, file, *numbers, ""))
        none = [""] * len(KINDS)
        rows += [(loaded.source, "", file, *none, f"{n:,}") for file, n in refused.items()]
    header = ("source", "class", "file", *KINDS, "rows refused")
    table = plain_table("What would change (nothing was written)", header, rows)
    for loaded in done:
        if loaded.refusal is not None:
            table += f"\nAs it stands, the load would be refused: {loaded.refusal}"
    if stood := sum(loaded.stood for loaded in done):
        table += f"\n{counted(stood, 'source')} loaded already; --replace compares fact by fact."
    return table


def tell_refused(rows: Sequence[Rejection], rejects: Path | None) -> None:
    """Tell the first of the refused rows, and write all of them to the file ``rejects``."""
    from ..loaders.refused import write_rejects

    if rejects is not None:
        write_rejects(rows, rejects)
    for row in rows[:REJECTED]:
        note(f"Refused: {row.place}: {row.value!r}: {row.reason}. {row.remedy}")
    if (more := len(rows) - REJECTED) > 0 and rejects is None:
        note(f"… and {more:,} more; --rejects FILE keeps them all.")


def told_derived(report: DeriveReport) -> list[str]:
    """What was derived, in figures; which leading figures changed, and which figures were found
    that cannot be right."""
    told = [
        f"Headline shares: {report.shares:,} ({report.written:,} written, "
        f"{report.removed:,} removed). Dependency network: {report.edges:,} relationships "
        f"({report.edges_changed:,} changed)."
    ]
    if report.moved:
        told.append(f"{counted(len(report.moved), 'leading figure')} changed:")
        told += [f"  {move}" for move in report.moved[:SHOWN]]
        if (more := len(report.moved) - SHOWN) > 0:
            told.append(f"  … and {more:,} more.")
    if report.suspects_changed and report.suspects:
        told.append(
            f"{counted(len(report.suspects), 'figure')} cannot be right as printed and lead nothing"
            " (orepath ask source-conflicts):"
        )
        told += [f"  {key}: {reason}" for key, reason in sorted(report.suspects.items())[:SHOWN]]
    return told


def _told(value: float) -> str:
    """A share or a factor of what was reported."""
    return f"{value:.2f}"


def unbalanced(balance: Balance) -> list[str]:
    """What a person should know of trade and output that were balanced."""
    if not balance.trade:
        return []
    by = ", ".join(f"{source} ({year}): {count}" for source, year, count in balance.trade)
    found = [
        f"Trade of {balance.traded:,} products ({by}) was balanced with output: "
        f"{balance.flows:,} flows, {balance.without_mass:,} without a mass."
    ]
    if balance.without_output:
        found.append(f"In trade, but of no known output: {', '.join(balance.without_output)}.")
    found += [
        f"Trade of {product} is not known: no flows of {', '.join(codes)} are loaded."
        for product, codes in balance.uncovered
    ]
    found += [
        f"Does not fit: {product}, {statement}: {_told(stated)} stated, {_told(estimate)} by all "
        f"other evidence ({abs(deviations):.1f} standard deviations)."
        for product, statement, stated, estimate, deviations in balance.conflicts
    ]
    return found
