"""``orepath export``: an answer, or the whole graph, as a file for another program."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..ontology.errors import OrepathError
from ..report.files.endings import ENDINGS, ending_named, named
from .ask import chosen_ending
from .asking import Arguments, QuestionGroup
from .options import timeout_option
from .session import PipeClosedError, emit, note, open_graph, open_orepath
from .target import check_output, form_of, output_options

if TYPE_CHECKING:
    from ..api import Drawing
    from ..queries.definition import Question

ALL = ("graphml", "cypher", "turtle", "trig", "jsonl", "csv-zip")
"""Formats that hold the whole graph, whatever its size."""
JSON = {"json": "graph.json"}
"""Here JSON is that of the graph; the answer's own is what `orepath ask` writes."""
FORMATS = ("csv", "tsv", "jsonl", "xlsx", "parquet", "json", *named("graph")[1:])
WHOLE_OPTIONS = (
    click.Option(["--all", "everything"], is_flag=True, help="Write the whole graph."),
    click.Option(
        ["--format", "--to", "form"],
        type=click.Choice(ALL),
        help="With --all, the format.  [default: by the file's name]",
    ),
    *output_options(),
)
OPTIONS = (
    click.Option(
        ["--format", "--to", "form"],
        type=click.Choice(FORMATS),
        metavar="FORMAT",
        help="The answer's table as csv, tsv, jsonl, xlsx or parquet; its nodes and relationships "
        f"as json, {', '.join(named('graph')[1:])}.  [default: by the file's name]",
    ),
    *output_options(),
    timeout_option(),
)


def write(
    question: Question,
    arguments: Arguments,
    form: str | None,
    output: Path | None,
    force: bool,
    timeout: float,
) -> None:
    """Ask and write; says on stderr what was written."""
    ending = _ending(form, output)
    check_output(output, force)
    holds_rows = ENDINGS[ending].holds == "rows"
    if question.picture is None and not holds_rows:
        raise OrepathError(
            f"{question.id} has no picture, only a table",
            f"Export it with --format csv, or as JSON: orepath ask {question.id} … --format json",
        )
    with open_orepath() as orepath:
        found = orepath.ask(question, arguments, timeout=timeout)
        content = found.render(ending)
        written = f"{len(found)} rows" if holds_rows else _counted(found.graph(None))
    emit(content, output, force=force)
    if not found.rows:
        note(found.finding)
    if output is not None:
        note(f"Wrote {output}: {written}.")


def _counted(drawing: Drawing) -> str:
    return f"{len(drawing.nodes)} nodes, {len(drawing.relationships)} relationships"


def _ending(form: str | None, output: Path | None) -> str:
    if form is None and output is None:
        raise click.UsageError(f"Say which format with --format {'|'.join(FORMATS)}.")
    if form in JSON or (output is not None and output.name.casefold().endswith(".json")):
        form_of(form, output, JSON | {"json": "json", "graph.json": "json"}, "json")
        return JSON["json"]
    return chosen_ending(form, output, "csv")


def write_all(form: str | None, output: Path | None, *, force: bool) -> None:
    """Write the whole graph, to standard output where no file is named."""
    if form is None and output is None:
        raise click.UsageError(f"Name a file with -o, or say --format {'|'.join(ALL)}.")
    endings = {ending_named(name): ending_named(name) for name in ALL}
    ending = form_of(ending_named(form) if form else None, output, endings, "")
    check_output(output, force)
    from ..queries.emptiness import refuse_empty
    from ..report.files.whole import stream_whole, write_whole

    with open_graph() as graph:
        if not graph.size():
            refuse_empty(graph)
        if output is None:
            try:
                stream_whole(graph, sys.stdout.buffer, ending)
                sys.stdout.flush()
            except BrokenPipeError as error:
                raise PipeClosedError from error
            return
        written = write_whole(graph, output, ending, force=force)
    note(f"Wrote {output}: {written.nodes:,} nodes, {written.relationships:,} relationships.")


class ExportGroup(QuestionGroup):
    """The questions; without one, and with ``--all``, the whole graph."""

    def invoke(self, ctx: click.Context) -> object:
        """Write the whole graph where it is asked for."""
        result = super().invoke(ctx)
        if ctx.invoked_subcommand is None:
            if not ctx.params["everything"]:
                raise click.UsageError("Name a question, or write the whole graph with --all.")
            write_all(ctx.params["form"], ctx.params["output"], force=ctx.params["force"])
        return result

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A question, before which none of the options of the whole graph may stand."""
        if any(ctx.params[name] for name in ("everything", "form", "output", "force")):
            raise click.UsageError("--all takes no question; options of a question stand after it.")
        return super().resolve_command(ctx, args)


export = ExportGroup(
    "export",
    act=write,
    options=OPTIONS,
    params=list(WHOLE_OPTIONS),
    invoke_without_command=True,
    help="""Write an answer for another program: a spreadsheet, Gephi, an RDF store.

    The questions and their options are those of `orepath ask`. With --all and no question the
    whole graph is written, as it is read: its size does not matter.""",
    short_help="Write an answer, or the whole graph, for another program.",
    examples=(
        (
            "orepath export top-producers --material gallium -o gallium.csv",
            "The table, unrounded and with codes.",
        ),
        (
            "orepath export dependency-paths --sector defence --country China -o paths.graphml",
            "The picture for Gephi, yEd or networkx.",
        ),
        (
            "orepath export top-producers --material gallium --format turtle",
            "The facts as RDF, in the ontology's terms.",
        ),
        ("orepath export --all -o orepath.ttl", "The whole graph as RDF."),
    ),
)
