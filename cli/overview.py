"""``orepath ask overview``: several answers about one material, country or sector on one page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..report.page import PAGE, Extent
from .base import Command
from .options import naming, with_day, with_timeout
from .session import emit, open_graph, to_terminal
from .target import check_output, form_of, with_output

if TYPE_CHECKING:
    from ..queries.overview import Shown

KINDS = ("material", "country", "sector")
FORMATS = ("table", "markdown", "json", "html", "docx", "pdf")
PAGES = ("html", "docx", "pdf")
"""Forms in which the page has pictures, numbered sources and the queries."""
ENDINGS = {
    "txt": "table", "md": "markdown", "markdown": "markdown", "json": "json", "html": "html",
    "htm": "html", "docx": "docx", "pdf": "pdf",
}  # fmt: skip
LINES = 115
"""Lines of the page; each part shows fewer rows until it is no longer."""
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
        ("orepath ask overview --country China --as-of 2025-12-31", "As of a day."),
        ("orepath ask overview --sector defence --format markdown -o defence.md", "For a report."),
        ("orepath ask overview --material gallium -o gallium.html", "As a page with pictures."),
    ),
)
@naming("--material", "material", "A material or a group (like gallium).")
@naming("--country", "country", "A country (like China).")
@naming("--sector", "sector", "A sector (like defence).")
@with_day
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How to write the page; pdf and docx need the extra `report`.  [default: table on a "
    "terminal, markdown in a pipe, by its name in a file]",
)
@with_output
@click.option("--sources", is_flag=True, help="Cite the sources in full, with their addresses.")
@click.option("--cypher", is_flag=True, help="Print the queries with their parameters instead.")
@with_timeout
def overview(
    as_of: str | None,
    form: str | None,
    output: Path | None,
    force: bool,
    sources: bool,
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
    endings = {"cypher": "cypher", "txt": "cypher"} if cypher else ENDINGS
    form = form_of(None if cypher else form, output, endings, _default())
    check_output(output, force)
    from ..queries.emptiness import explained
    from ..queries.overview import overview as put
    from ..queries.paste import table_statement

    with open_graph() as graph, explained(graph):
        name, shown = put(graph, *given[0], as_of=as_of, timeout=timeout)
        if form in PAGES:
            from ..report.brief import overview_brief, render

            made = overview_brief(graph, given[0][0], name, shown, as_of)
            emit(render(made, form), output, force=force)
            return
    if cypher:
        texts = [
            f"// {s.part.heading}: {s.answer.question.title}\n"
            + table_statement(s.answer.question, s.answer.parameters).rstrip()
            for s in shown
        ]
        emit(";\n\n".join(texts), output, force=force)
        return
    extent = Extent(sources=sources or output is not None)
    emit(page(name, shown, form, extent, to_file=output is not None), output, force=force)


def _default() -> str:
    return "table" if to_terminal() else "markdown"


def page(
    name: str, shown: list[Shown], form: str, extent: Extent = PAGE, *, to_file: bool = False
) -> str:
    """The page as text, in one of the first three of ``FORMATS``; JSON holds the answers whole."""
    from ..queries.overview import day

    as_of = day(shown)
    if form == "json":
        from ..graph.export.table import to_json
        from ..report.files.rows import as_mapping

        whole: list[dict[str, Any]] = [
            {"heading": s.part.heading, **as_mapping(s.answer)} for s in shown
        ]
        return to_json({"subject": name, "as_of": as_of, "parts": whole})
    title = name[:1].upper() + name[1:] + (f", as of {as_of}" if as_of else "")
    if form == "markdown":
        from ..report.files.markdown import cited_markdown, markdown
        from ..report.layout import shared_sources

        answers = [one.shortened() for one in shown]
        cited = shared_sources(answers, None)
        texts = [f"# {title}"]
        for one, answer in zip(shown, answers, strict=True):
            paragraphs, _ = markdown(answer, extent, sources=cited)
            texts += [f"## {one.part.heading}", *paragraphs]
        told = cited_markdown(answers[0], cited, replace(extent, everything=True))
        return "\n\n".join([*texts, f"Caveat: {CAVEAT}", *told]) + "\n"
    from ..report.table import overview_page

    rows = [len(one.shortened().rows) for one in shown]
    while True:
        parts = [(s.part.heading, s.shortened(n)) for s, n in zip(shown, rows, strict=True)]
        text = overview_page(title, parts, CAVEAT, extent, to_file=to_file)
        over = text.count("\n") - LINES
        if over <= 0 or max(rows) <= 1:
            return text
        # All give way alike, the longer of two first.
        for _ in range(max(1, over // 2)):
            most = max(range(len(rows)), key=lambda i: (rows[i] > 1, rows[i] / shown[i].part.rows))
            rows[most] = max(rows[most] - 1, 1)
