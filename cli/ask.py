"""``orepath ask``: put a question of the library and print its answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..report.files.endings import ENDINGS, ending_named, listed, named
from .asking import Arguments, QuestionGroup
from .options import timeout_option
from .session import emit, note, open_graph, open_orepath, to_terminal
from .target import check_output, form_of, output_options

if TYPE_CHECKING:
    from ..queries.definition import Question

PICTURES = ("ladder", "bars", "trend", "timeline", "paths", "map", "sankey")
OVERVIEW = "overview"
LIMIT = "limit"
ALL = 1_000_000
"""Rows than which no answer has more."""
OPTIONS = (
    click.Option(
        ["--format", "form"],
        type=click.Choice(named()),
        metavar="FORMAT",
        help=f"How to write the answer: its rows as {', '.join(named('rows'))}; its piece of the "
        f"graph as {', '.join(named('graph'))}; a picture as {', '.join(named('picture'))}; its "
        f"sources as {', '.join(named('references'))}.  [default: by the file's name; table on a "
        "terminal, csv in a pipe]",
    ),
    *output_options(),
    click.Option(
        ["--picture"],
        type=click.Choice(PICTURES),
        help="The kind of picture, where the question has several and the file holds one.  "
        "[default: the usual one of the question]",
    ),
    click.Option(
        ["--width"],
        type=click.IntRange(320, 2000),
        metavar="UNITS",
        help="How wide a picture is, its letters being 10 to 19 units high: 800 for a page, 420 "
        "for a telephone, where paths run downwards.  [default: 800]",
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
    timeout_option(),
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
    force: bool = False,
    limit: int | None = None,
    picture: str | None = None,
    width: int | None = None,
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
        if output is not None:
            raise click.UsageError("--browser prints a link; leave -o out.")
        from .browser import show_link

        show_link(question, arguments)
        return
    check_output(output, force)
    if cypher:
        from ..queries.paste import table_statement
        from ..queries.resolve import resolve

        form_of(None, output, {"cypher": "cypher", "txt": "cypher"}, "cypher")
        with open_graph() as graph:
            text = table_statement(question, resolve(graph, question, arguments).values)
        emit(text, output, force=force)
        return
    ending = chosen_ending(form, output, "txt" if to_terminal() else "csv")
    for option, given in (("--picture", picture), ("--width", width)):
        if given is not None and ENDINGS[ending].holds != "picture":
            raise click.UsageError(f"{option} goes with a file of {listed(named('picture'))}.")
    from ..report.page import Extent

    with open_orepath() as orepath:
        found = orepath.ask(question, arguments, timeout=timeout)
        # A file holds everything, unless told otherwise.
        whole = everything or (output is not None and limit is None)
        extent = Extent(limit, whole, sources or output is not None)
        to_file = output is not None
        content = found.render(ending, extent=extent, to_file=to_file, kind=picture, width=width)
    emit(content, output, force=force)
    if not found.rows and ending != "txt":
        note(found.finding)


def chosen_ending(form: str | None, output: Path | None, default: str) -> str:
    """The kind of file that ``--format`` or the file's name says; as ``form_of`` otherwise."""
    from ..report.files.endings import spellings

    return form_of(ending_named(form) if form else None, output, spellings(), default)


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
            "orepath ask sector-exposure --sector defence -o exposure.xlsx",
            "A workbook: the answer, its rows as numbers, its sources.",
        ),
        (
            "orepath ask restrictions --as-of 2026-02-03 --format json",
            "What was in force on a day, unrounded and with codes.",
        ),
        ("orepath ask top-producers --material gallium --cypher", "The query itself."),
    ),
)
