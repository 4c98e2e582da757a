"""``orepath schema``: the graph model as the ontology defines it; needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .base import Command
from .session import emit, to_terminal
from .target import form_of, with_output

if TYPE_CHECKING:
    from ..ontology.schema import Schema

FORMS = ("table", "csv", "markdown", "cypher", "mermaid")
ENDINGS = {
    "txt": "table",
    "csv": "csv",
    "md": "markdown",
    "markdown": "markdown",
    "cypher": "cypher",
    "mmd": "mermaid",
    "mermaid": "mermaid",
}


def _short_flags(command: click.decorators.FC) -> click.decorators.FC:
    """``--csv`` for ``--format csv``, and so for the others."""
    for form in FORMS:
        short = f"Short for --format {form}."
        flag = click.option(f"--{form}", "form", flag_value=form, help=short, hidden=True)
        command = flag(command)
    return command


@click.command(
    cls=Command,
    examples=(
        ("orepath schema", "The labels and relationship types."),
        ("orepath schema IndustryObservation", "All about one class, type or property."),
        ("orepath schema --format cypher", "The constraints, ready to paste into another Neo4j."),
        ("orepath schema --format mermaid -o model.mmd", "The model as a picture."),
    ),
)
@click.argument("term", required=False, shell_complete=lambda c, p, i: _complete(i))
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="table: labels and relationship types; csv: one row a property; markdown: a page with "
    "every property; cypher: the constraints that the database gets; mermaid: a class diagram.  "
    "[default: table on a terminal, csv in a pipe]",
)
@_short_flags
@with_output
def schema(term: str | None, form: str | None, output: Path | None, force: bool) -> None:
    """Show labels, relationship types, properties and constraints, from the ontology.

    With TERM (a label, a relationship type or a property) everything that is said about it.
    """
    from ..ontology.schema import load_schema
    from . import schema_views

    compiled = load_schema()
    if term is not None:
        if form is not None:
            raise click.UsageError(f"--format {form} shows the whole model; leave out {term!r}.")
        form_of(None, output, {"txt": "table"}, "table")
        emit(schema_views.term(compiled, term), output, force=force)
        return
    form = form_of(form, output, ENDINGS, "table" if to_terminal() else "csv")
    emit(_shown(compiled, form), output, force=force)


def _shown(compiled: Schema, form: str) -> str:
    from . import schema_views

    if form == "markdown":
        return schema_views.markdown(compiled)
    if form == "mermaid":
        return schema_views.mermaid(compiled)
    if form == "cypher":
        from ..graph.constraints import statements

        return "\n".join(f"{statement};" for statement in statements(compiled).values())
    rows = schema_views.rows(compiled)
    if form == "csv":
        from ..graph.export.table import to_csv

        return to_csv(schema_views.COLUMNS, rows)
    from ..report.table import plain_table

    terms = [(row[2], row[1], row[-1]) for row in rows if not row[3]]
    nodes = [row for row in terms if row[0].startswith(":")]
    relationships = [row for row in terms if not row[0].startswith(":")]
    return "\n".join(
        (
            plain_table("Nodes", ("labels", "class", "what it is"), nodes),
            plain_table(
                "Relationships", ("pattern", "class or property", "what it says"), relationships
            ),
            "`orepath schema TERM` shows the properties of one of them.",
        )
    )


def _complete(incomplete: str) -> list[str]:
    from ..ontology.schema import load_schema
    from .schema_views import names

    return [name for name in names(load_schema()) if name.startswith(incomplete)]
