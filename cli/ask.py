"""``orepath ask``: put a question of the library and print its answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asking import Arguments, QuestionGroup
from .session import emit, note, open_graph, to_terminal

if TYPE_CHECKING:
    from ..queries.definition import Question

FORMATS = ("table", "csv", "json", "markdown")
SUFFIXES = {".json": "json", ".md": "markdown", ".markdown": "markdown", ".txt": "table"}
OVERVIEW = "overview"
LIMIT = "limit"
ALL = 1_000_000
"""Rows than which no answer has more."""
TIMEOUT = 60.0
"""Seconds after which the server ends a question, unless the user says otherwise."""

TIMEOUT_OPTION = click.Option(
    ["--timeout"],
    type=click.FloatRange(min=0, min_open=True),
    default=TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="Time after which the server ends the query.",
)
OPTIONS = (
    click.Option(
        ["--format", "form"],
        type=click.Choice(FORMATS),
        help="How to write the answer.  [default: table on a terminal, csv in a pipe, by its "
        "name in a file]",
    ),
    click.Option(
        ["-o", "--output"],
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file instead of standard output.",
    ),
    click.Option(
        ["--cypher"],
        is_flag=True,
        help="Print the query with its parameters, ready to paste, instead of asking it.",
    ),
    click.Option(
        ["--browser"],
        is_flag=True,
        help="Print a link to the Neo4j Browser with the query typed in, instead of asking it.",
    ),
    click.Option(
        ["--limit"],
        type=click.IntRange(min=1),
        metavar="ROWS",
        help="Show so many rows; the finding speaks of all.  [default: what fits a page on a "
        "terminal and in a table or Markdown, all rows in csv, json and files]",
    ),
    click.Option(["--all", "everything"], is_flag=True, help="Show all rows, cells whole."),
    click.Option(
        ["--sources"],
        is_flag=True,
        help="Cite the sources of the rows shown in full, with their addresses.",
    ),
    TIMEOUT_OPTION,
)


def answer(
    question: Question,
    arguments: Arguments,
    form: str | None,
    output: Path | None,
    cypher: bool,
    browser: bool,
    everything: bool,
    sources: bool,
    timeout: float,
    limit: int | None = None,
) -> None:
    """Ask, or show what would be asked.

    A question with a ``limit`` of its own returns so many; then all of these are shown.
    """
    if any(p.name == LIMIT for p in question.parameters):
        if everything and arguments.get(LIMIT) is None:
            arguments = {**arguments, LIMIT: str(ALL)}
        elif arguments.get(LIMIT) is not None:
            limit = ALL
    if limit is not None and everything:
        raise click.UsageError("--limit and --all are two numbers of rows: take one.")
    if cypher and browser:
        raise click.UsageError("--cypher and --browser are two ways to show the query: take one.")
    if browser:
        from .browser import show_link

        show_link(question, arguments, output=output)
        return
    from ..queries.paste import table_statement
    from ..queries.run import ask as put

    with open_graph() as graph:
        if cypher:
            from ..queries.resolve import resolve

            values = resolve(graph, question, arguments).values
            emit(table_statement(question, values), output)
            return
        from .emptiness import explained

        with explained(graph):
            found = put(graph, question, arguments, timeout=timeout)
    from .formats import render
    from .page import Extent

    form = form or _default_form(output)
    # A file holds everything, unless told otherwise.
    extent = Extent(
        limit, everything or (output is not None and limit is None), sources or output is not None
    )
    emit(render(found, form, extent, to_file=output is not None), output)
    if not found.rows and form == "csv":
        note(found.finding)


def _default_form(output: Path | None) -> str:
    if output is not None:
        return SUFFIXES.get(output.suffix.casefold(), "csv")
    return "table" if to_terminal() else "csv"


class AskGroup(QuestionGroup):
    """The questions, and the overview that composes several of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The overview first."""
        return [OVERVIEW, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The overview, or one question."""
        if cmd_name == OVERVIEW:
            from .overview import overview

            return overview
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name the overview before the questions."""
        with formatter.section("Several answers on one page"):
            formatter.write_dl([(OVERVIEW, "One page about a material, a country or a sector.")])
        super().format_commands(ctx, formatter)


ask = AskGroup(
    "ask",
    act=answer,
    options=OPTIONS,
    help="""Answer a question from the graph, with sources.

    `orepath ask QUESTION --help` shows the options of a question. Names are taken as people write
    them: China, CN and CHN; EU; neodymium and Nd. An answer without rows is an answer too: it
    says what is not in the data.""",
    short_help="Answer a question from the graph, with sources.",
    examples=(
        ("orepath ask top-producers --material gallium", "Who makes gallium, by which source?"),
        (
            "orepath ask sector-exposure --sector defence --format markdown -o exposure.md",
            "A table with footnotes for a report.",
        ),
        (
            "orepath ask restrictions --as-of 2026-02-03 --format json",
            "What was in force on a day, unrounded and with codes.",
        ),
        ("orepath ask top-producers --material gallium --cypher", "The query itself."),
    ),
)
