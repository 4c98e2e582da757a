"""``orepath export``: an answer as a file for another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..ontology.errors import OrepathError
from ..queries.emptiness import explained
from .ask import TIMEOUT_OPTION
from .asking import Arguments, QuestionGroup
from .session import emit, note, open_graph

if TYPE_CHECKING:
    from ..graph.connection import Graph
    from ..graph.subgraph import Subgraph
    from ..queries.definition import Question

FORMATS = ("csv", "json", "graphml", "turtle", "jsonld")
SUFFIXES = {
    ".csv": "csv",
    ".json": "json",
    ".graphml": "graphml",
    ".ttl": "turtle",
    ".jsonld": "jsonld",
}
OPTIONS = (
    click.Option(
        ["--format", "--to", "form"],
        type=click.Choice(FORMATS),
        help="csv: the answer's table; json, graphml: its picture as nodes and relationships; "
        "turtle, jsonld: the same in the ontology's terms.  [default: by the file's name]",
    ),
    click.Option(
        ["-o", "--output"],
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file instead of standard output.",
    ),
    TIMEOUT_OPTION,
)


def write(
    question: Question,
    arguments: Arguments,
    form: str | None,
    output: Path | None,
    timeout: float,
) -> None:
    """Ask and write; says on stderr what was written."""
    form = form or SUFFIXES.get(output.suffix.casefold() if output else "")
    if form is None:
        raise click.UsageError(f"Say which format with --format {'|'.join(FORMATS)}.")
    if form == "csv":
        _write_table(question, arguments, output, timeout)
        return
    if question.picture is None:
        raise OrepathError(
            f"{question.id} has no picture, only a table",
            f"Export it with --format csv, or as JSON: orepath ask {question.id} … --format json",
        )
    from ..queries.run import picture

    with open_graph() as graph, explained(graph):
        subgraph = picture(graph, question, arguments, timeout=timeout)
        if not subgraph.nodes:
            _say_why_empty(graph, question, arguments, timeout)
        if form in ("turtle", "jsonld"):
            from ..graph.export.rdf import with_references

            subgraph = with_references(graph, subgraph)
    emit(_graph_text(subgraph, form), output)
    if output is not None:
        note(
            f"Wrote {output}: {len(subgraph.nodes)} nodes, "
            f"{len(subgraph.relationships)} relationships."
        )


def _write_table(
    question: Question, arguments: Arguments, output: Path | None, timeout: float
) -> None:
    from ..queries.run import ask
    from .formats import render

    with open_graph() as graph, explained(graph):
        answer = ask(graph, question, arguments, timeout=timeout)
    emit(render(answer, "csv"), output)
    if not answer.rows:
        note(answer.finding)
    if output is not None:
        note(f"Wrote {output}: {len(answer.rows)} rows.")


def _say_why_empty(graph: Graph, question: Question, arguments: Arguments, timeout: float) -> None:
    from ..queries.run import ask

    note(ask(graph, question, arguments, timeout=timeout).finding)


def _graph_text(subgraph: Subgraph, form: str) -> str:
    if form == "json":
        from ..graph.export.graph_json import graph_json

        return graph_json(subgraph)
    if form == "graphml":
        from ..graph.export.graphml import graphml

        return graphml(subgraph)
    from ..graph.export.rdf import rdf

    return rdf(subgraph, form)


export = QuestionGroup(
    "export",
    act=write,
    options=OPTIONS,
    help="""Write an answer for another program: a spreadsheet, Gephi, an RDF store.

    The questions and their options are those of `orepath ask`.""",
    short_help="Write an answer as CSV, JSON, GraphML, Turtle or JSON-LD.",
    examples=(
        (
            "orepath export top-producers --material gallium --format csv -o gallium.csv",
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
    ),
)
