"""``orepath cypher``: a statement of one's own, which reads, as a table or a file of any kind."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ..api.session import LIMIT
from ..ontology.errors import OrepathError
from ..report.files.endings import named
from .ask import chosen_ending
from .base import Command
from .options import with_timeout
from .session import emit, note, open_orepath, to_terminal
from .target import check_output, with_output


@click.command(
    "cypher",
    cls=Command,
    short_help="Run a Cypher statement that reads, in any format.",
    examples=(
        (
            "orepath cypher 'MATCH (:Country)-[:HAS]->(:Industry)-[m:MAKES]->(p:Product) "
            "WHERE m.share IS NOT NULL RETURN p.name, max(m.share) AS largest "
            "ORDER BY largest DESC LIMIT 10'",
            "The ten most concentrated products.",
        ),
        (
            "orepath cypher 'MATCH (m:Material {id: $id})-[r]-(n) RETURN m, r, n' "
            "--param id=gallium -o gallium.graphml",
            "What returns nodes and relationships can be a graph file.",
        ),
        ("orepath cypher - < statement.cypher", "A statement from standard input."),
    ),
)
@click.argument("statement")
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the statement: a number, true, false, null or a text; may be repeated.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=LIMIT,
    show_default=True,
    metavar="ROWS",
    help="Fetch so many rows.",
)
@click.option("--all", "everything", is_flag=True, help="Fetch all rows.")
@click.option(
    "--format",
    "form",
    type=click.Choice(named("rows", "graph")),
    metavar="FORMAT",
    help=f"How to write it: {', '.join(named('rows', 'graph'))}.  [default: by the file's name; "
    "table on a terminal, csv in a pipe]",
)
@with_output
@with_timeout
def cypher(
    statement: str,
    params: tuple[str, ...],
    limit: int,
    everything: bool,
    form: str | None,
    output: Path | None,
    force: bool,
    timeout: float,
) -> None:
    """Run one Cypher STATEMENT that reads (`-`: from standard input).

    Nodes and relationships stand in a table by class and id, and whole in the formats of graphs.
    `orepath schema` shows what the graph may hold.
    """
    ending = chosen_ending(form, output, "txt" if to_terminal() else "csv")
    check_output(output, force)
    text = sys.stdin.read() if statement == "-" else statement
    given = dict(_parameter(each) for each in params)
    with open_orepath() as orepath:
        found = orepath.cypher(text, given, limit=None if everything else limit, timeout=timeout)
        from ..report.page import Extent

        emit(
            found.render(ending, extent=Extent(everything=True), to_file=output is not None),
            output,
            force=force,
        )
    if ending != "txt":
        for remark in found.notes:
            note(remark)


def _parameter(text: str) -> tuple[str, Any]:
    """A parameter as it is typed; what is no number, truth value or null is a text."""
    name, sign, value = text.partition("=")
    if not sign or not name.isidentifier():
        raise OrepathError(f"--param {text!r} is not NAME=VALUE", "For example --param id=gallium.")
    words: dict[str, Any] = {"true": True, "false": False, "null": None}
    if value in words:
        return name, words[value]
    for kind in (int, float):
        try:
            return name, kind(value)
        except ValueError:
            continue
    return name, value
