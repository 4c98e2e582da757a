"""``orepath check``: the whole graph against the ontology's shapes, and sources against another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..ontology.errors import OrepathError
from .base import Command
from .session import emit, note, open_graph, to_terminal
from .target import check_output, form_of, with_output

if TYPE_CHECKING:
    from ..graph.connection import Graph
    from ..ontology.check import Violation

AGREEMENT = (
    "product",
    "year",
    "source",
    "leader",
    "share",
    "other_source",
    "other_leader",
    "other_share",
    "points",
    "same",
    "reason",
)
ENDINGS = {"txt": "table", "csv": "csv", "json": "json"}
COLUMNS = ("focus", "path", "value", "message", "severity")


@click.command(
    cls=Command,
    examples=(
        ("orepath check", "Exit code 1 and a list when anything breaks the ontology."),
        ("orepath check --format csv -o violations.csv", "The list as a file."),
        ("orepath check --sources", "How far the publications agree on who makes what."),
    ),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "json")),
    help="How to write the violations.  [default: table on a terminal, csv in a pipe]",
)
@with_output
@click.option(
    "--sources",
    is_flag=True,
    help="Show only how far publications agree: largest maker of each product, and its share.",
)
@click.pass_context
def check(
    ctx: click.Context, form: str | None, output: Path | None, force: bool, sources: bool
) -> None:
    """Check the graph against the ontology (SHACL), and its sources against each other.

    Exit code 1 when anything breaks the ontology, or when two sources differ by more than 10 %
    without a reviewed reason (`orepath ask source-conflicts` lists all). Warnings are listed
    too, but do not change the exit code.

    With --sources, a table of agreement instead; exit code 1 when two publications name different
    largest makers, or shares of it more than 10 points apart, without a reviewed reason.
    """
    from ..graph.audit import audit
    from ..ontology.schema import load_schema
    from ..queries.emptiness import refuse_empty
    from .progress import bars

    form = form_of(form, output, ENDINGS, "table" if to_terminal() else "csv")
    check_output(output, force)
    with open_graph() as graph, bars() as bar:
        if not graph.size():
            refuse_empty(graph)
        if sources:
            text, code = _agreement(graph, form)
            emit(text, output, force=force)
            ctx.exit(code)
        note("Checking everything in the graph against the ontology …")
        found = audit(graph, load_schema(), bar("evidence checked"))
        violations = sorted([*found, *_between_sources(graph)])
    broken = sum(v.severity == "Violation" for v in violations)
    if violations or output is not None or form != "table":
        emit(_shown(violations, form), output, force=force)
    if warned := len(violations) - broken:
        note(f"{warned:,} warnings: a person should look at these.")
    if broken:
        note(f"{broken:,} violations of the ontology.")
        ctx.exit(1)
    note("The graph conforms to the ontology.")


def _agreement(graph: Graph, form: str) -> tuple[str, int]:
    """How far publications agree; with it 1 where a difference was not reviewed."""
    from ..graph.export.table import to_csv, to_json
    from ..queries.agreement import agreements, summary
    from ..report.table import plain_table

    found = agreements(graph)
    rows = [tuple(getattr(one, name) for name in AGREEMENT) for one in found]
    if form == "table":
        shown = [
            (
                o.product,
                o.year,
                f"{o.source}: {o.leader} {o.share:.0f} %",
                f"{o.other_source}: {o.other_leader} ({o.leader} {o.other_share:.0f} %)",
                f"{o.points:.0f}",
                o.reason or ("not reviewed" if o.differs else ""),
            )
            for o in found
        ]
        heads = ("product", "year", "largest maker", "by the other", "points", "why they differ")
        text = plain_table("Who makes most, by each two publications", heads, shown)
        text = "\n".join([text.rstrip("\n"), "", *summary(found)]) + "\n"
    elif form == "json":
        text = to_json({"agreement": [dict(zip(AGREEMENT, r, strict=True)) for r in rows]})
    else:
        text = to_csv(AGREEMENT, rows)
    unknown = [one for one in found if one.differs and not one.reason]
    for one in unknown:
        note(f"Not reviewed: {one.product}, {one.year}: {one.source} and {one.other_source}.")
    return text, 1 if unknown else 0


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
    from ..report.table import plain_table

    return plain_table("Violations", COLUMNS, rows)
