"""``orepath questions``: what can be asked; needs no database."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ..queries.near import did_you_mean
from .asking import examples, flag
from .base import Command, Group
from .own import own_library, questions_option
from .session import emit, to_terminal

if TYPE_CHECKING:
    from ..queries.definition import Question

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "json")),
    help="How to write it.  [default: table on a terminal, csv in a pipe]",
)


class Topics(Group):
    """``orepath questions dependence`` lists a topic: a name that is no command is a topic."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """``show`` and ``list`` are commands; anything else is given to ``list``."""
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "list", self.commands["list"], args


@click.group(
    cls=Topics,
    invoke_without_command=True,
    subcommand_metavar="[TOPIC] | show ID",
    params=[questions_option()],
    examples=(
        ("orepath questions", "All questions, by topic."),
        ("orepath questions policy", "Those of one topic."),
        ("orepath questions show top-producers", "Parameters, columns, caveats and Cypher."),
    ),
)
@click.pass_context
def questions(ctx: click.Context) -> None:
    """List the questions that can be asked, or show one with its Cypher."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing)


@questions.command(
    "list",
    cls=Command,
    examples=(("orepath questions list evidence --format csv", "One topic as CSV."),),
)
@click.argument("topic", required=False)
@FORMAT
def listing(topic: str | None = None, form: str | None = None) -> None:
    """List the questions, all or those of a TOPIC."""
    from ..queries.catalogue import catalogue, topics

    own = own_library()
    known = topics() | ({"own": "Your own questions"} if own else {})
    if topic is not None and topic not in known:
        hint = did_you_mean(topic, [*known, "show"]) or f"Topics: {', '.join(known)}."
        raise click.UsageError(f"There is no topic {topic!r}. {hint}")
    found = [q for q in (catalogue() | own).values() if topic in (None, q.topic)]
    form = form or ("table" if to_terminal() else "csv")
    if form == "table":
        from ..report.table import plain_table

        emit(
            "\n".join(
                plain_table(
                    f"{name}: {about}",
                    ("question", "in words"),
                    [(q.id, q.title) for q in found if q.topic == name],
                )
                for name, about in known.items()
                if topic in (None, name)
            )
        )
        return
    from ..graph.export.table import to_csv, to_json

    if form == "csv":
        emit(to_csv(("id", "topic", "title"), [(q.id, q.topic, q.title) for q in found]))
    else:
        emit(to_json({q.id: asdict(q) for q in found}))


@questions.command(
    "show",
    cls=Command,
    examples=(("orepath questions show restrictions", "All about one question."),),
)
@click.argument("identifier", metavar="ID")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", help="How to write it."
)
def show(identifier: str, form: str) -> None:
    """Show a question: its text, parameters, columns, caveats and Cypher."""
    from ..queries.catalogue import catalogue

    known = catalogue() | own_library()
    if identifier not in known:
        hint = did_you_mean(identifier, list(known)) or "`orepath questions` lists all."
        raise click.UsageError(f"There is no question {identifier!r}. {hint}")
    found = known[identifier]
    if form == "json":
        from ..graph.export.table import to_json

        emit(to_json(asdict(found)))
    else:
        emit(described(found))


def described(question: Question) -> str:
    """A question as a page of text."""
    parts = [f"{question.id}: {question.title}"]
    if question.parameters:
        lines = ["Parameters"]
        for p in question.parameters:
            given = (
                "required" if p.required else f"default {p.default}" if p.default else "optional"
            )
            lines.append(f"  {flag(p)} ({p.type}, {given}): {p.help} Like {p.example}.")
        parts.append("\n".join(lines))
    lines = ["Columns"]
    for c in question.columns:
        unit = f", {c.unit}" if c.unit else ""
        lines.append(f"  {c.name} ({c.type}{unit}): {c.meaning}")
    parts.append("\n".join(lines))
    parts.append("\n".join(["Method", f"  {question.method}"]))
    if question.caveats:
        parts.append("\n".join(["Caveats", *(f"  {caveat}" for caveat in question.caveats)]))
    parts.append("\n".join(["Examples", *(f"  {e}" for e in examples(question, "ask"))]))
    parts.append(f"Cypher\n\n{question.table.strip()}")
    if question.picture:
        parts.append(f"Cypher of the picture\n\n{question.picture.strip()}")
    return "\n\n".join(parts) + "\n"
