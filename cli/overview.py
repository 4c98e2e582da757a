"""``orepath ask overview``: several answers about one material, country or sector on one page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .base import Command
from .page import PAGE, WHOLE
from .session import emit, open_graph, to_terminal

if TYPE_CHECKING:
    from ..queries.overview import Shown

KINDS = ("material", "country", "sector")
FORMATS = ("table", "markdown", "json")
SUFFIXES = {".json": "json", ".md": "markdown", ".markdown": "markdown"}
REFUSED = (".csv", ".tsv", ".xlsx")
"""Files of one table, which a page is not."""
CAVEAT = (
    "Each part is the answer to a question of its own, shortened; `orepath ask QUESTION` gives all "
    "of its rows, notes and caveats."
)


@click.command(
    "overview",
    cls=Command,
    short_help="One page about a material, a country or a sector.",
    examples=(
        ("orepath ask overview --material gallium", "What is known of gallium, on one page."),
        ("orepath ask overview --country China", ""),
        ("orepath ask overview --sector defence --format markdown -o defence.md", "For a report."),
    ),
)
@click.option("--material", metavar="MATERIAL", help="A material or a group (like gallium).")
@click.option("--country", metavar="COUNTRY", help="A country (like China).")
@click.option("--sector", metavar="SECTOR", help="A sector (like defence).")
@click.option("--as-of", metavar="DATE", help="For the questions that can be asked as of a day.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How to write the page.  [default: table on a terminal, markdown in a pipe, by its name "
    "in a file]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)
@click.option("--cypher", is_flag=True, help="Print the queries with their parameters instead.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Time after which the server ends one query.",
)
def overview(
    as_of: str | None,
    form: str | None,
    output: Path | None,
    cypher: bool,
    timeout: float,
    **subjects: str | None,
) -> None:
    """One page about a material, a country or a sector: the few answers that matter.

    Who makes it, on whom one depends, what is restricted and what is done about it; each part
    begins with its finding and names its sources.
    """
    given = [(kind, word) for kind in KINDS if (word := subjects[kind]) is not None]
    if len(given) != 1:
        raise click.UsageError("Name one of --material, --country and --sector.")
    if form is None and output is not None and not cypher:
        if (suffix := output.suffix.casefold()) in REFUSED:
            raise click.UsageError(f"A page is no {suffix}: name a .md, .json or .txt file.")
        form = SUFFIXES.get(suffix, "table")
    from ..queries.overview import overview as put
    from ..queries.run import browsable
    from .emptiness import explained

    with open_graph() as graph, explained(graph):
        name, shown = put(graph, *given[0], as_of=as_of, timeout=timeout)
    if cypher:
        texts = [
            f"// {s.part.heading}: {s.answer.question.title}\n"
            + browsable(s.answer.question, s.answer.parameters)
            for s in shown
        ]
        emit("\n".join(texts), output)
        return
    form = form or ("table" if to_terminal() else "markdown")
    emit(page(name, shown, form, to_file=output is not None), output)


def page(name: str, shown: list[Shown], form: str, *, to_file: bool = False) -> str:
    """The page in one of ``FORMATS``; JSON holds the answers whole."""
    from ..queries.overview import sources

    title = name[:1].upper() + name[1:]
    cited = sources(shown)
    if form == "json":
        from ..graph.export.table import to_json
        from .formats import as_mapping

        parts: list[dict[str, Any]] = [
            {"heading": s.part.heading, **as_mapping(s.answer)} for s in shown
        ]
        return to_json({"subject": name, "parts": parts})
    if form == "markdown":
        from .formats import cited_markdown, markdown

        texts = [f"# {title}"]
        for one in shown:
            told, _ = markdown(one.shortened(), PAGE, sources=cited)
            texts += [f"## {one.part.heading}", *told]
        told = cited_markdown(shown[0].answer, cited, WHOLE)
        return "\n\n".join([*texts, f"Caveat: {CAVEAT}", *told]) + "\n"
    from .table import overview_page

    parts_shown = [(s.part.heading, s.shortened()) for s in shown]
    return overview_page(title, parts_shown, CAVEAT, cited, to_file=to_file)
