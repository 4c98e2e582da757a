"""``orepath check``: the whole graph against the ontology's shapes, and sources against another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..ontology.errors import OrepathError
from .base import Command
from .session import emit, note, open_graph, to_terminal

if TYPE_CHECKING:
    from ..graph.connection import Graph
    from ..ontology.check import Violation

COLUMNS = ("focus", "path", "value", "message", "severity")


@click.command(
    cls=Command,
    examples=(
        ("orepath check", "Exit code 1 and a list when anything breaks the ontology."),
        ("orepath check --format csv -o violations.csv", "The list as a file."),
    ),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "json")),
    help="How to write the violations.  [default: table on a terminal, csv in a pipe]",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."
)
@click.pass_context
def check(ctx: click.Context, form: str | None, output: Path | None) -> None:
    """Check the graph against the ontology (SHACL), and its sources against each other.

    Exit code 1 when anything breaks the ontology, or when two sources differ by more than 10 %
    without a reviewed reason (`orepath ask source-conflicts` lists all). Warnings are listed
    too, but do not change the exit code.
    """
    from ..graph.audit import audit
    from ..ontology.schema import load_schema
    from .emptiness import refuse_empty
    from .progress import bars

    with open_graph() as graph, bars() as bar:
        if not graph.size():
            refuse_empty(graph)
        note("Checking everything in the graph against the ontology …")
        found = audit(graph, load_schema(), bar("evidence checked"))
        violations = sorted([*found, *_between_sources(graph)])
    form = form or ("table" if to_terminal() and output is None else "csv")
    broken = sum(v.severity == "Violation" for v in violations)
    if violations or output is not None or form != "table":
        emit(_shown(violations, form), output)
    if warned := len(violations) - broken:
        note(f"{warned:,} warnings: a person should look at these.")
    if broken:
        note(f"{broken:,} violations of the ontology.")
        ctx.exit(1)
    note("The graph conforms to the ontology.")


def _between_sources(graph: Graph) -> Sequence[Violation]:
    """What the sources contradict one another in, or why they cannot be compared."""
    from ..ontology.check import Violation
    from ..queries.conflicts import conflicts

    try:
        return conflicts(graph)
    except (OrepathError, TypeError, ValueError) as error:
        message = f"cannot be compared ({error}): mend what else is found first"
        return [Violation("the sources", "", "", message, "Violation")]


def _shown(violations: Sequence[Violation], form: str) -> str:
    rows = [tuple(getattr(v, name) for name in COLUMNS) for v in violations]
    if form == "json":
        from ..graph.export.table import to_json

        return to_json({"violations": [dict(zip(COLUMNS, row, strict=True)) for row in rows]})
    if form == "csv":
        from ..graph.export.table import to_csv

        return to_csv(COLUMNS, rows)
    from .table import plain_table

    return plain_table("Violations", COLUMNS, rows)
